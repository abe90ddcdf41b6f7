// Which bonuses shrink with the days held (language.md, section 4): an amount is fixed when its money comes from the
// policy or the person and no count or sum multiplies it; score and attainment are ratios.

import { expect, test } from 'vitest';
import { accepted, expectError, WORLD } from './helpers.ts';

const POLICY = (formula: string, said = ''): string => `${WORLD}
kpi average_deal = average(deal.amount)
kpi hours = sum(call.length)
curve fee_steps steps {
  below 5: 0 RUB
  5: 1_000 RUB
  10: 3_000 RUB
}
curve fee_line linear {
  below 5: 0 RUB
  5: 1_000 RUB
  10: 3_000 RUB
  above: 3_000 RUB
}
rates fees marginal {
  from 0: 100 RUB
  from 5: 200 RUB
}
role seller {
  target calls 40
  target revenue 1_000_000 RUB
  target average_deal 50_000 RUB
  scorecard { calls 100% on standard }
  bonus base = 10_000 RUB
  bonus b${said} = ${formula}
}
`;

test.each([
  ['15_000 RUB', true],
  ['10_000 RUB + 5_000 RUB', true],
  ['person.salary * 30% * score', true],
  ['15_000 RUB * person.fte', true],
  ['15_000 RUB * attainment(calls)', true],
  ['15_000 RUB * (conversion else 0%)', true],
  ['((15_000 RUB * calls / target(calls)) else 0 RUB)', true],
  ['((15_000 RUB / target(calls) * calls) else 0 RUB)', true],
  ['15_000 RUB * ((revenue / target(revenue)) else 0%)', true],
  ['15_000 RUB * ladder.rate(revenue)', true],
  ['5_000 RUB when calls >= 10', true],
  ['5_000 RUB when calls >= 10 otherwise 0 RUB', true],
  ['(market["South"].size else 0 RUB) * 1%', true],
  ['fee_steps(calls)', true],
  ['fee_line(person.salary / 1_000 RUB)', true],
  ['target(average_deal) * 1%', true],
  ['0 RUB', false],
  ['calls * 500 RUB', false],
  ['clients * 500 RUB', false],
  ['min(calls, 10) * 500 RUB', false],
  ['floor(calls / 10 to 1) * 1_000 RUB', false],
  ['(calls when calls > 5 otherwise 0) * 500 RUB', false],
  ['hours / 1 hour * 500 RUB', false],
  ['calls * person.salary / 100', false],
  ['calls * 500 RUB * score', false],
  ['ladder(revenue)', false],
  ['fees(calls)', false],
  ['revenue * 5%', false],
  ['revenue[company] * 1%', false],
  ['revenue * 5% + 0 RUB', false],
  ['max(revenue * 5%, 0 RUB)', false],
  ['(average_deal else 0 RUB) * 1%', false],
  ['target(revenue) * 1%', false],
  ['base * 20%', false],
  ['revenue * 5% - calls * 10 RUB', false],
] as const)('%s: prorated %s', (formula, prorated) => {
  const bonus = accepted(POLICY(formula)).roles[0]!.bonuses.find((each) => each.name === 'b')!;
  expect(bonus.prorated).toBe(prorated);
});

test.each([
  'max(3_000 RUB, revenue * 2%)',
  '3_000 RUB + revenue * 2%',
  'revenue * 2% when calls > 5 otherwise 3_000 RUB',
  'base + calls * 500 RUB + 3_000 RUB',
  'base + 3_000 RUB',
  'fee_line(calls)',
  '((15_000 RUB / calls) else 0 RUB)',
])('must say: %s', (formula) => {
  expectError(POLICY(formula), 'M1408', { at: 'b' });
  expect(accepted(POLICY(formula, ' prorated')).roles[0]!.bonuses.at(-1)!.prorated).toBe(true);
  expect(accepted(POLICY(formula, ' not prorated')).roles[0]!.bonuses.at(-1)!.prorated).toBe(false);
});
