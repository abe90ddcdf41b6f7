// What a month pays doesn't depend on the months that are asked beside it, whatever it looks back at; and both engines
// find the same.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Draw, drawFrom } from '../backend/draw.ts';
import { runOnBoth, runPolicy, type SmallRun } from './run-policy.ts';

const RUNS = Number(process.env.MERIT_RUNS ?? 25);

/** Amounts of money, never missing, that look at other months and people. */
const AMOUNTS = [
  'revenue[ytd] * 5% - sum(SELF each earlier month)[ytd]',
  'revenue[to date] / 7 - sum(SELF each earlier month)[to date]',
  '(previous(SELF) else 1 RUB) / 3 + revenue',
  '(average(revenue each month)[trailing 3 months] else 2 RUB)',
  '(median(change each month)[trailing 4 months] else 3 RUB)',
  '(max(revenue each earlier month)[ytd] else 4 RUB)',
  'sum(revenue / 3 each month)[previous 2]',
  '1 RUB * streak(revenue >= 50 RUB)',
  '1 RUB * streak(attainment(revenue) >= 100%)',
  '1 RUB * count(good each month)[ytd]',
  '(rank(revenue) else 9) * 1 RUB',
  '(rank(revenue[team]) else 9) * 1 RUB',
  'total(revenue) * 1%',
  '(previous(rank(change)) else 9) * 1 RUB',
  'sum(total(balance) each month)[trailing 2 months] * 1%',
  '(previous(revenue[team]) else 5 RUB)',
  '(previous(change[company]) else 6 RUB)',
  'balance * 2%',
  '(previous(previous(balance)) else 8 RUB)',
] as const;

/** With `behind`, a look back can reach behind the data, and every amount says what then. */
function bonuses(draw: Draw, prefix: string, behind: boolean): string {
  return Array.from({ length: draw.int(1, 4) }, (_, index) => {
    const name = `${prefix}${index}`;
    const quarter = draw.rarely(4);
    const value = draw.pick(AMOUNTS).replaceAll('SELF', name);
    const sure = behind ? `((${value}) else 70 RUB)` : value;
    const over = quarter ? sure.replaceAll('each earlier month', 'each earlier quarter') : sure;
    return `  bonus ${name}${quarter ? ' per quarter' : ''} not prorated = ${over}${draw.rarely(3) ? ' cap 60 RUB' : ''}`;
  }).join('\n');
}

function generate(draw: Draw): SmallRun {
  const since = draw.pick(['', ' since 2025-01-01', ' since 2025-12-10']);
  const from = draw.pick(['2025-01-01', '2025-06-01', '2025-11-15', '2026-01-01']);
  const behind = since !== '';
  const policy = `
event deal {${since}
  id: text key
  day: date posts
  who: person owner
  amount: money }
kpi revenue = sum(deal.amount)
let change = revenue - (previous(revenue) else 0 RUB)
let good = revenue >= 40 RUB
let balance = round((previous(balance) else 0 RUB) * 90% + revenue to 0.01 RUB)
role seller {
  target revenue 40 RUB
${bonuses(draw, 's', behind)}
}
role hunter extends seller {
${bonuses(draw, 'h', behind)}
}
`;
  const people = ['ann', 'ben', 'cat'].flatMap((id) => stays(draw, id));
  const deals = Array.from({ length: draw.int(0, 40) }, (_, index) => {
    const day = `${draw.pick(['2025-10', '2025-11', '2025-12', '2026-01', '2026-02', '2026-03', '2026-04'])}-${String(draw.int(1, 28)).padStart(2, '0')}`;
    return `${index},${day},${draw.pick(['ann', 'ben', 'cat'])},${draw.int(-4000, 9000) / 100}`;
  });
  return {
    head: `period month\n effective from ${from}`,
    policy: since === '' ? policy.replaceAll('[to date]', '[ytd]') : policy,
    people: ['id,role,team,from,until', ...people].join('\n'),
    period: draw.pick(['2026-01..2026-04', '2026-02..2026-04', '2026-03..2026-06']),
    data: { deal: ['id,day,who,amount', ...deals].join('\n') },
  };
}

function stays(draw: Draw, id: string): readonly string[] {
  const role = () => draw.pick(['seller', 'hunter']);
  const team = () => draw.pick(['N', 'S']);
  switch (draw.int(0, 2)) {
    case 0:
      return [`${id},${role()},${team()},2025-10-05,`];
    case 1:
      return [`${id},${role()},${team()},2025-08-01,2026-01-20`, `${id},${role()},${team()},2026-03-04,`];
    default:
      return [
        `${id},${role()},${team()},2025-12-11,2026-02-09`,
        `${id},${role()},${team()},2026-02-10,2026-02-19`,
        `${id},${role()},${team()},2026-02-22,2026-04-30`,
      ];
  }
}

test('a month alone says what it says among others', async () => {
  let at = 0;
  const property = fc.asyncProperty(fc.gen(), async (gen) => {
    const draw = drawFrom(gen);
    const run = generate(draw);
    const all = await (at++ % 5 === 0 ? runOnBoth(run) : runPolicy(run));
    const period = draw.pick(all.periods);
    const alone = await runPolicy({ ...run, period });
    const isOf = (each: { readonly period: string }): boolean => each.period === period;
    expect(alone.statements).toEqual(all.statements.filter(isOf));
    expect(alone.company).toEqual(all.company.filter(isOf));
  });
  await fc.assert(property, { numRuns: RUNS, endOnFailure: true });
}, 600_000);
