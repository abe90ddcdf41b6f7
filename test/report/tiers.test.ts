// What a statement shows of a table of rates, from a policy to its text. By hand, for a revenue of 1,439,692.77 RUB:
// 1,000,000 × 3 % = 30,000 and 439,692.77 × 5 % = 21,984.6385; whole: 1,439,692.77 × 5 % = 71,984.6385.

import { describe, expect, it } from 'vitest';
import { compile, openBackend, run, statementText, textSource } from '../../src/browser.ts';

const POLICY = `policy p {
  currency RUB
  timezone "Europe/Moscow"
  period month
  rounding half up to 0.01
}
event deal {
  id: text key
  day: date posts
  manager: person owner
  amount: money
}
kpi revenue = sum(deal.amount)
rates ladder marginal {
  from 0 RUB:          3%
  above 1_000_000 RUB: 5%
}
rates steps whole {
  from 0 RUB:         3%
  from 1_000_000 RUB: 5%
}
rates late whole { above 2_000_000 RUB: 5% }
role seller {
  bonus marginal = ladder(revenue)
  bonus whole = steps(revenue)
  bonus rate = 1_000 RUB * steps.rate(revenue)
  bonus last = late(revenue)
}
`;

/** The statement of one who sold for the amount in January. */
async function sold(amount: string): Promise<string> {
  const { value: model, diagnostics } = compile([{ name: 'p.merit', text: POLICY }]);
  expect(diagnostics).toEqual([]);
  const sources = [
    textSource('person', 'people.csv', 'id,name,role,from,until\nanna,anna,seller,2026-01-01,\n'),
    textSource('deal', 'deals.csv', `id,day,manager,amount\n1,2026-01-05,anna,${amount}\n`),
  ];
  const { value: result } = await run({ model: model!, sources, period: '2026-01' }, openBackend());
  return statementText(result!.statements[0]!, result!);
}

describe('a table of rates in a statement', () => {
  it('shows each slice, or the tier that decided', async () => {
    const text = await sold('1439692.77');
    expect(text).toContain(`
        ladder(revenue) = 51,984.6385 RUB
            from 0.00 RUB:          1,000,000.00 RUB × 3 % = 30,000.00   RUB
            above 1,000,000.00 RUB:   439,692.77 RUB × 5 % = 21,984.6385 RUB
`);
    expect(text).toContain(`
        steps(revenue) = 71,984.6385 RUB
            from 1,000,000.00 RUB: 1,439,692.77 RUB × 5 % = 71,984.6385 RUB
`);
    expect(text).toContain(`
        steps.rate(revenue) = 5 %
            from 1,000,000.00 RUB: 1,439,692.77 RUB at 5 %
`);
    expect(text).toMatch(
      /\n {8}late\(revenue\) = 0\.00 RUB\n {12}below its first tier, which begins above 2,000,000\.00 RUB\n {20,}─/,
    );
  });

  it('takes a refund back at the first rate', async () => {
    const text = await sold('-50');
    expect(text).toContain(`
        ladder(revenue) = -1.50 RUB
            below 0.00 RUB: -50.00 RUB × 3 % = -1.50 RUB
`);
    expect(text).toContain(`
        steps(revenue) = -1.50 RUB
            below 0.00 RUB: -50.00 RUB × 3 % = -1.50 RUB
`);
  });
});
