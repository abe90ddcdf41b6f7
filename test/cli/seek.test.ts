// `merit seek` and `merit feedback` as their users type them: forms, languages, and wrong use.

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
kpi deals "Deals" = count(deal)

role seller {
  target revenue 10_000 RUB
  bonus commission = revenue * 3%
  bonus each_deal = deals * 10 RUB
}
`;

beforeAll(() => {
  files({
    'sales/policy.merit': POLICY,
    'sales/people.csv': 'id,name,role\nanna,Anna,seller\n',
    'sales/deals.csv': 'id,closed_on,manager,amount\nD-1,2026-01-10,anna,5000\nD-2,2026-02-11,anna,6000\n',
    'sales/merit.config.yaml': 'people: { file: people.csv }\ndata:\n  deal: { file: deals.csv }\n',
  });
});

const ANNA = ['--person', 'anna', '--period', '2026-01'] as const;
const seek = (...args: readonly string[]) => merit('seek', 'sales', ...args);

describe('merit seek', () => {
  it('says what one KPI takes', async () => {
    const { code, out, err } = await seek(...ANNA, '--reach', '310', '--by', 'revenue');
    expect([code, err]).toEqual([0, '']);
    // 300 of revenue and 10 of the deal: 300 / 3% = 10,000
    expect(out).toContain('It takes 10,000.00 RUB or more.');
    expect(out).toContain('Left as they are, though a real row would move them: deals.');
  });

  it('takes what comes along', async () => {
    // 160 now; a deal of 1,000 brings 40, so 240 takes two more
    const { out } = await seek(...ANNA, '--reach', '240 RUB', '--by', 'deals', '--with', 'revenue=1_000');
    expect(out).toContain('With one of it come revenue 1,000.00 RUB.');
    expect(out).toContain('In practice 3, which is 2 more: that gives 240.00 RUB.');
  });

  it('weighs efforts, for a bonus too', async () => {
    // 5,999.84 × 3% = 179.9952
    const { out } = await seek('commission', ...ANNA, '--reach', '180', '--weight', 'revenue=3');
    expect(out).toContain('commission is 150.00 RUB now.');
    expect(out).toContain('Revenue: 999.84 RUB more, to 5,999.84 RUB');
  });

  it('says what comes next, in Russian', async () => {
    const { code, out } = await seek(...ANNA, '--lang', 'ru');
    expect(code).toBe(0);
    expect(out.replaceAll('\u00a0', ' ')).toContain(
      'на 5 000,00 RUB больше, при 10 000,00 RUB: план выполнен.',
    );
  });

  it('gives JSON with exact values', async () => {
    const { out } = await seek(...ANNA, '--reach', '100', '--by', 'revenue', '--format', 'json');
    // 90 / 3% = 3,000
    expect(JSON.parse(out)).toMatchObject({
      formatVersion: 1,
      reach: { by: [{ kpi: 'revenue', at: { value: { value: '3000' } }, outcome: 'reached already' }] },
    });
  });

  it.each([
    [['--period', '2026-01', '--reach', '5'], 'there is nobody to ask about'],
    [['--person', 'anna', '--reach', '5'], 'there is no period to ask about'],
    [[...ANNA, '--with', 'deals=1', '--reach', '5'], '`--with` says what goes along with `--by`'],
    [[...ANNA, '--by', 'deals', '--with', 'revenue', '--reach', '5'], 'says nothing of a KPI'],
    [[...ANNA, '--weight', 'deals=2'], 'there is no amount to reach'],
    [[...ANNA, '--reach', '5', '--by', 'turnover'], 'there is no KPI `turnover`'],
    [[...ANNA, '--reach', '5%'], "`5%` isn't money in the currency that is meant"],
    [['--person', 'ana', '--period', '2026-01'], 'there is no person `ana`'],
  ] as const)('refuses %j', async (args, message) => {
    const { code, out, err } = await seek(...args);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(message);
  });

  it('shows where an expression is wrong', async () => {
    const { code, err } = await seek('revenu', ...ANNA, '--reach', '5');
    expect(code).toBe(1);
    expect(err).toContain('error[M1101]');
    expect(err).toContain('<expression>:1:1');
  });
});

describe('merit feedback', () => {
  it('is told in both languages and as JSON', async () => {
    const { code, out, err } = await merit('feedback', 'sales', '--person', 'anna', '--period', '2026-02');
    expect([code, err]).toEqual([0, '']);
    // 180 + 10; 150 + 10 in January
    expect(out).toContain('That is 30.00 RUB more than in 2026-01 (160.00 RUB).');
    expect(out).toContain('Revenue: better than in 2026-01, 5,000.00 RUB then and 6,000.00 RUB now.');
    const russian = await merit('feedback', 'sales', ...ANNA, '--lang', 'ru');
    expect(russian.out).toContain('Слабое место');
    const json = await merit('feedback', 'sales', ...ANNA, '--format', 'json');
    expect(JSON.parse(json.out)).toMatchObject({
      formatVersion: 1,
      weak: { at: { gain: { value: '150' } } },
    });
  });
});
