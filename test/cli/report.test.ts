// `merit report` and `merit export` as their users type them: which files come of them, and wrong use.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { merit, workplace } from './command.ts';

const { files } = workplace();

const POLICY = `policy sales {
  currency RUB
  timezone "Europe/Moscow"
  period   month
  effective from 2026-01-01
}

event deal {
  id:        text key
  closed_on: date posts
  manager:   person owner
  amount:    money
}

kpi revenue "Revenue" = sum(deal.amount)

role seller "Sells" {
  target revenue 10_000 RUB
  bonus commission "Commission" = revenue * 3%
}
`;

beforeAll(() => {
  files({
    'sales/policy.merit': POLICY,
    'sales/people.csv': 'id,name,role,team\nanna,Anna,seller,North\nboris,Boris,seller,North\n',
    'sales/deals.csv':
      'id,closed_on,manager,amount\nD-1,2026-01-10,anna,5000\nD-2,2026-02-11,anna,6000\nD-3,2026-02-12,boris,12000\n',
    'sales/merit.config.yaml': 'people: { file: people.csv }\ndata:\n  deal: { file: deals.csv }\n',
    'a-file': '',
  });
});

const FEBRUARY = ['--period', '2026-02'] as const;

describe('merit report', () => {
  it('writes dashboards and statements', async () => {
    const { code, out, err } = await merit('report', 'sales', ...FEBRUARY, '--out', 'pages');
    expect([code, err]).toEqual([0, '']);
    expect(out).toBe('5 pages are in pages; open pages/index.html\n');
    expect(readdirSync('pages').sort()).toEqual([
      'index.html',
      'role-seller.html',
      'statements',
      'team-North.html',
    ]);
    const page = readFileSync('pages/statements/anna.html', 'utf8');
    // 6,000 × 3%; January's 150 is less
    expect(page).toContain('180.00 RUB');
    expect(page).toContain('+30.00 RUB');
    expect(page).not.toContain('Boris');
  });

  it('writes one statement, in Russian', async () => {
    const { out } = await merit(
      'report',
      'sales',
      ...FEBRUARY,
      '--person',
      'anna',
      '--out',
      'own',
      '--locale',
      'ru',
    );
    expect(out).toBe('1 page is in own\n');
    expect(readdirSync('own')).toEqual(['statements']);
    expect(readFileSync('own/statements/anna.html', 'utf8')).toContain('К выплате');
  });

  it('leaves out feedback and earlier periods where that is asked', async () => {
    await merit('report', 'sales', ...FEBRUARY, '--out', 'short', '--no-feedback', '--history', '0');
    const page = readFileSync('short/statements/anna.html', 'utf8');
    expect(page).not.toContain('How it goes');
    expect(page).not.toContain('January');
  });

  it('says what is wrong, and writes nothing', async () => {
    const cases: readonly (readonly [readonly string[], string])[] = [
      [FEBRUARY, 'error: there is no folder to write to'],
      [[...FEBRUARY, '--out', 'a-file'], 'error: `a-file` is a file'],
      [[...FEBRUARY, '--out', 'none', '--person', 'carl'], 'error: `carl` has no statement in 2026-02'],
      [[...FEBRUARY, '--out', 'none', '--history', 'all'], "error: `--history` can't be `all`"],
      [['--period', '2025-12', '--out', 'none'], "error[M3005]: policy `sales` doesn't hold in `2025-12`"],
    ];
    for (const [args, said] of cases) {
      const { code, err } = await merit('report', 'sales', ...args);
      expect([code, err.split('\n')[0]]).toEqual([2, said]);
    }
    expect(existsSync('none')).toBe(false);
  });
});

describe('merit export', () => {
  it('prints CSV', async () => {
    const { code, out, err } = await merit('export', 'sales', ...FEBRUARY);
    expect([code, err]).toEqual([0, '']);
    expect(out).toBe(
      [
        'person,name,period,role,kind,line,title,earned_in,amount,currency',
        'anna,Anna,2026-02,seller,bonus,commission,Commission,2026-02,180.00,RUB',
        'boris,Boris,2026-02,seller,bonus,commission,Commission,2026-02,360.00,RUB',
        '',
      ].join('\n'),
    );
  });

  it('takes the columns that are named', async () => {
    const columns = [
      '--column',
      'Tab. no.=person',
      '--column',
      'Sum = RUB=amount',
      '--column',
      'team',
    ] as const;
    const { out } = await merit('export', 'sales', ...FEBRUARY, ...columns, '--csv', 'semicolon');
    expect(out).toBe('Tab. no.;Sum = RUB;team\nanna;180,00;North\nboris;360,00;North\n');
  });

  it('writes a workbook', async () => {
    const { code, out } = await merit('export', 'sales', ...FEBRUARY, '--output', 'pay.xlsx');
    expect([code, out]).toEqual([0, '']);
    expect(readFileSync('pay.xlsx').subarray(0, 2).toString()).toBe('PK');
  });

  it('says what is wrong', async () => {
    const cases: readonly (readonly [readonly string[], string])[] = [
      [['--format', 'xlsx'], "error: a workbook can't be printed"],
      [['--format', 'pdf'], "error: `--format` can't be `pdf`"],
      [['--column', 'Sum=amuont'], "error: `--column Sum=amuont`: a column can't hold `amuont`"],
      [['--column', '=amount'], 'error: `--column =amount` has no heading'],
      [['--output', 'sales/deals.csv'], "error: `sales/deals.csv` can't be written: the run reads it"],
    ];
    for (const [args, said] of cases) {
      const { code, err } = await merit('export', 'sales', ...FEBRUARY, ...args);
      expect([code, err.split('\n')[0]]).toEqual([2, said]);
    }
  });
});

describe('with a ledger', () => {
  const said = ['--by', 'olga', '--at', '2026-03-03'] as const;
  const anna = ['--person', 'anna', '--period', '2026-01'] as const;

  beforeAll(async () => {
    const data = (january: string, march: string) =>
      `id,closed_on,manager,amount\nD-1,2026-01-10,anna,${january}\nD-2,2026-02-11,anna,6000\nD-3,2026-03-12,anna,${march}\n`;
    files({
      'kept/policy.merit': POLICY,
      'kept/people.csv': 'id,name,role,team\nanna,Anna,seller,North\n',
      'kept/deals.csv': data('5000', '7000'),
      'kept/merit.config.yaml': 'people: { file: people.csv }\ndata:\n  deal: { file: deals.csv }\n',
    });
    const done = [
      await merit('close', 'kept', '--period', '2026-01', ...said),
      await merit('comment', 'kept', ...anna, ...said, '--text', 'Two renewals moved to February'),
      await merit('acknowledge', 'kept', ...anna, '--by', 'anna', '--at', '2026-02-06'),
    ];
    expect(done.map(({ code, err }) => [code, err])).toEqual([
      [0, ''],
      [0, ''],
      [0, ''],
    ]);
    files({ 'kept/deals.csv': data('4000', '7000') });
  });

  it('shows a closed period as it was paid, with what was said of it', async () => {
    await merit('report', 'kept', '--period', '2026-01', '--out', 'january');
    const page = readFileSync('january/statements/anna.html', 'utf8');
    // 5,000 × 3%, though the deal is of 4,000 by now
    expect(page).toContain('150.00 RUB');
    expect(page).not.toContain('120.00 RUB');
    expect(page).toContain('Final: closed by olga, 3 March 2026.');
    expect(page).toContain('Two renewals moved to February');
    expect(page).toContain('Acknowledged by anna, 6 February 2026');
  });

  it('pays what is corrected with the next period', async () => {
    // 6,000 × 3%, less 1,000 × 3% of January
    const { out } = await merit('export', 'kept', ...FEBRUARY, '--column', 'kind', '--column', 'amount');
    expect(out).toBe('kind,amount\nbonus,180.00\nadjustment,-30.00\n');
    await merit('report', 'kept', ...FEBRUARY, '--out', 'february');
    const page = readFileSync('february/statements/anna.html', 'utf8');
    expect(page).toContain('Correction of January 2026');
    expect(page).toContain('amount: 5000 before, 4000 now');
    const anew = await merit('export', 'kept', ...FEBRUARY, '--column', 'amount', '--no-ledger');
    expect(anew.out).toBe('amount\n180.00\n');
  });

  it('exports nothing whose corrections are not known, and says so of a report', async () => {
    const march = ['--period', '2026-03'] as const;
    const exported = await merit('export', 'kept', ...march);
    expect([exported.code, exported.out]).toEqual([1, '']);
    expect(exported.err).toContain('error[M3121]');
    const { code, err } = await merit('report', 'kept', ...march, '--out', 'march');
    expect(code).toBe(0);
    expect(err).toContain('note: 2026-03 is shown without corrections of closed periods');
  });
});
