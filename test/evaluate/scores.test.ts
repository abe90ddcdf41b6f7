// Scores of three levels, with limits of lines and missing results, and gates that block pay; by hand, from both backends.

import { expect, test } from 'vitest';
import { statementText } from '../../src/browser.ts';
import { amounts, roleOf, runOnBoth, statementOf } from './run-policy.ts';

const EVENTS = `
event deal { since 2026-01-01\n id: text key\n day: date posts\n manager: person owner\n amount: money }
event survey { since 2026-01-01\n id: text key\n day: date posts\n manager: person owner\n mark: number }
event breach { since 2026-01-01\n id: text key\n day: date posts\n manager: person owner }
kpi revenue = sum(deal.amount)
kpi mark = average(survey.mark)
kpi breaches = count(breach)
`;

test('base, norm and goal; a line’s own limits; weights that spread', async () => {
  const result = await runOnBoth({
    policy: `${EVENTS}
/// Base 100,000, norm 150,000, goal 200,000.
curve levels linear {
  below 100_000 RUB: 0%
  100_000 RUB: 50%
  150_000 RUB: 100%
  200_000 RUB: 150%
  above: 150%
}
curve marks steps { below 3: 0%, 3: 50%, 4: 100%, 5: 120% }
role seller {
  scorecard {
    revenue 60% on levels of value cap 120% floor 20%
    mark    40% on marks of value missing spreads its weight at least 60%
  }
  bonus b = 1_000 RUB * (score else 0%)
}
role strict {
  scorecard {
    revenue 50% on levels of value
    mark    50% on marks of value missing spreads its weight at least 60%
  }
  bonus b = 1_000 RUB * (score else 0%)
}`,
    people: ['id,name,role', 'anna,A,seller', 'ben,B,seller', 'cat,C,seller', 'dan,D,strict'].join('\n'),
    period: '2026-01',
    data: {
      deal: 'id,day,manager,amount\n1,2026-01-05,anna,130000\n2,2026-01-05,ben,190000\n3,2026-01-05,cat,50000\n4,2026-01-05,dan,200000',
      survey: 'id,day,manager,mark\n1,2026-01-06,anna,4\n2,2026-01-07,anna,5\n3,2026-01-06,cat,3',
    },
  });
  const paid = (person: string) => amounts(roleOf(result, person, '2026-01'), '2026-01').b;
  // 130,000: 80 % × 60 % = 48 %; 4.5: 100 % × 40 % = 40 %
  expect(paid('anna')).toBe('880');
  // 190,000: 140 %, limited to 120 %; no mark: 72 % over 60 %
  expect(paid('ben')).toBe('1200');
  // 50,000: 0 %, at least 20 %: 12 %; 3: 50 % × 40 % = 20 %
  expect(paid('cat')).toBe('320');
  // half of the weights is less than 60 % of them: no score
  expect(paid('dan')).toBe('0');
  const lines = roleOf(result, 'anna', '2026-01').score!.lines;
  expect(lines.map(({ part }) => [part!.from!.at.value, part!.until?.at.value])).toEqual([
    ['100000', '150000'],
    ['4', undefined],
  ]);
  expect(statementText(statementOf(result, 'anna', '2026-01'), result)).toContain(`
    revenue on levels: between 100,000.00 RUB (50 %) and 150,000.00 RUB (100 %)
    mark on marks: from 4 (100 %)
`);
  expect(roleOf(result, 'cat', '2026-01').score!.lines[0]!.part).toMatchObject({
    until: { at: { value: '100000' }, score: { value: '0.5' } },
  });
});

test('a gate of the policy blocks what is gated in every role, whatever else was reached', async () => {
  const result = await runOnBoth({
    head: 'period month\n gate breaches is 0',
    policy: `${EVENTS}
role seller {
  target revenue 100_000 RUB
  gate (attainment(revenue) >= 50% or (mark else 0) >= 4)
  bonus b gated = 1_000 RUB * attainment(revenue)
  bonus c = 10 RUB
}
role head {
  bonus b gated = revenue[company] * 1%
}`,
    people: [
      'id,name,role',
      'anna,A,seller',
      'ben,B,seller',
      'cat,C,seller',
      'dan,D,head',
      'eve,E,seller',
    ].join('\n'),
    period: '2026-01',
    data: {
      deal: 'id,day,manager,amount\n1,2026-01-05,anna,120000\n2,2026-01-05,ben,120000\n3,2026-01-05,cat,40000\n4,2026-01-05,eve,40000',
      survey: 'id,day,manager,mark\n1,2026-01-06,eve,4',
      breach: 'id,day,manager\n1,2026-01-20,ben\n2,2026-01-20,dan',
    },
  });
  const paid = (person: string) => amounts(roleOf(result, person, '2026-01'), '2026-01');
  expect(paid('anna')).toEqual({ b: '1200', c: '10' });
  expect(paid('ben')).toEqual({ b: '0', c: '10' });
  expect(paid('cat')).toEqual({ b: '0', c: '10' });
  expect(paid('dan')).toEqual({ b: '0' });
  // 40 %, and a mark of 4
  expect(paid('eve')).toEqual({ b: '400', c: '10' });
  expect(statementText(statementOf(result, 'ben', '2026-01'), result)).toContain(
    '1,200.00 RUB is not paid, because this gate failed: breaches is 0',
  );
});
