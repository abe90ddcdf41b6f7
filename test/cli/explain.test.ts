// `merit explain` as its user types it: forms, languages, what is asked about, and wrong use.

import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { merit, workplace } from './command.ts';

const { files } = workplace();

const POLICY = `policy sales {
  currency RUB
  timezone "Europe/Moscow"
  period   month
}

event deal {
  id:        text key
  closed_on: date posts
  manager:   person owner
  amount:    money
}

kpi revenue "Revenue" = sum(deal.amount)

role seller {
  bonus commission "Commission" = revenue * 3%
  bonus yearly per year = 1_000 RUB
}
`;

beforeAll(() => {
  files({
    'sales/policy.merit': POLICY,
    'sales/people.csv': 'id,name,role\nanna,Anna,seller\nboris,Boris,seller\n',
    'sales/deals.csv': 'id,closed_on,manager,amount\nD-1,2026-01-10,anna,5000\nD-2,2026-01-11,boris,100\n',
    'sales/merit.config.yaml': 'people: { file: people.csv }\ndata:\n  deal: { file: deals.csv }\n',
  });
});

const explain = (...args: readonly string[]) => merit('explain', 'sales', ...args);
const ANNA = ['--person', 'anna', '--period', '2026-01'] as const;

describe('merit explain', () => {
  it('tells all pay as text', async () => {
    const { code, out, err } = await explain(...ANNA);
    expect([code, err]).toEqual([0, '']);
    // 5,000 × 3% = 150
    expect(out).toContain('Pay: 150.00 RUB');
    expect(out).toContain('`revenue * 3%` = 150.00 RUB');
    expect(out).toMatch(/D-1 +2 +2026-01-10 +5,000\.00 RUB/);
    expect(out).toMatch(/Revenue \(revenue\): 5,000\.00 RUB +policy\.merit:14/);
  });

  it('tells it in Russian, and only so deep', async () => {
    const { out } = await explain('commission', ...ANNA, '--lang', 'ru', '--depth', '1');
    expect(out).toContain('сумма, deal: 1 строка, с 2026-01-01 по 2026-01-31');
    expect(out).not.toContain('D-1');
  });

  it('gives JSON with exact values', async () => {
    const { out } = await explain('revenue', ...ANNA, '--format', 'json');
    const { answers } = JSON.parse(out);
    expect(answers[0]).toMatchObject({ kind: 'kpi', name: 'revenue', value: { value: '5000' } });
    expect(answers[0].rows.rows[0]).toMatchObject({ key: 'D-1', row: 2, day: '2026-01-10' });
  });

  it('writes HTML to a file', async () => {
    const { code, out } = await explain(...ANNA, '--format', 'html', '--output', 'anna.html');
    expect([code, out]).toEqual([0, '']);
    expect(readFileSync('anna.html', 'utf8')).toMatch(
      /^<!doctype html>[\s\S]*Commission \(commission\)[\s\S]*D-1/,
    );
  });

  it('says what an event moved', async () => {
    const { code, out } = await explain('--event', 'deal:D-1', '--period', '2026-01');
    expect(code).toBe(0);
    expect(out).toContain('What deal D-1 moved (deals.csv, row 2)');
    expect(out).toMatch(/Commission \(commission\) +0\.00 RUB +150\.00 RUB +\+150\.00 RUB/);
    expect(out).toContain('directly');
    expect(out).not.toContain('Boris');
  });

  it('gives the same whatever reads the data', async () => {
    for (const args of [ANNA, ['--event', 'deal:D-1', '--period', '2026-01']]) {
      const memory = await explain(...args, '--backend', 'memory');
      expect(await explain(...args)).toEqual(memory);
    }
  });
});

describe('as known on a day', () => {
  it('leaves later rows out, of pay and of an expression, and says so', async () => {
    files({
      'late/policy.merit': POLICY.replace(
        'amount:    money',
        'amount:    money\n  entered:   datetime known',
      ),
      'late/people.csv': 'id,name,role\nanna,Anna,seller\n',
      'late/deals.csv':
        'id,closed_on,manager,amount,entered\nD-1,2026-01-10,anna,5000,2026-01-10T10:00:00\nD-2,2026-01-11,anna,700,2026-02-20T10:00:00\n',
      'late/merit.config.yaml': 'people: { file: people.csv }\ndata:\n  deal: { file: deals.csv }\n',
    });
    for (const what of ['pay', 'revenue']) {
      const { out } = await merit('explain', 'late', what, ...ANNA, '--as-known-on', '2026-01-31');
      expect(out).toContain('As known on 2026-01-31: rows known later are left out.');
      expect(out).toContain('5,000.00 RUB');
      expect(out).not.toContain('D-2');
      expect((await merit('explain', 'late', what, ...ANNA)).out).toContain('D-2');
    }
  });

  it('needs an event that says when its rows became known', async () => {
    const { code, err } = await explain(...ANNA, '--as-known-on', '2026-01-31');
    expect([code, err]).toEqual([2, expect.stringContaining('`--as-known-on` needs an event')]);
  });
});

describe('wrong use', () => {
  it.each([
    [['--period', '2026-01'], 'there is nobody to explain it for'],
    [['--person', 'ana', '--period', '2026-01'], 'there is no person `ana`'],
    [['--person', 'anna', '--period', '2026-Q1'], '`2026-Q1` is 3 periods'],
    [['yearly', ...ANNA], "`yearly` isn't among what anna is paid in 2026-01"],
    [['--event', 'deal', '--period', '2026-01'], '`--event deal` names no row'],
    [['--event', 'deal:D-9', '--period', '2026-01'], 'there is no `deal` with the key `D-9`'],
    [['--event', 'deal:D-1', '--person', 'anna', '--period', '2026-01'], '`--event` asks about everybody'],
    [[...ANNA, '--depth', 'x'], "`--depth` can't be `x`"],
    [[...ANNA, '--lang', 'de'], "`--lang <language>` can't be `de`"],
    [['--person', 'anna'], 'there is no period to ask about'],
    [[...ANNA, '--output', 'sales/deals.csv'], "`sales/deals.csv` can't be written: the run reads it"],
    [[...ANNA, '--output', 'sales/policy.merit'], "can't be written"],
  ])('%j', async (args, message) => {
    const { code, err, out } = await explain(...args);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(message);
  });

  it('says where an expression is wrong', async () => {
    const { code, err } = await explain('revenu', ...ANNA);
    expect(code).toBe(1);
    expect(err).toContain('M1101');
    expect(err).toContain('did you mean `revenue`');
  });
});
