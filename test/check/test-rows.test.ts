// What the checker says of tests: rows that stand for too many, cells that can't be given, periods that are too short.

import { describe, expect, it } from 'vitest';
import { compile } from '../../src/engine.ts';
import { SHOP } from '../prove/tests.ts';

function codes(rows: string, expected = '', policy = SHOP): readonly string[] {
  const text = `${policy}\ntest "t" {\n  person anna { role seller }\n${rows}\n${expected}\n}\n`;
  return compile([{ name: 'shop.merit', text }]).diagnostics.map((each) => `${each.code} ${each.message}`);
}

describe('rows', () => {
  it.each([
    ['10_000 calls { at 2026-01-01 }', []],
    [
      '10_001 calls { at 2026-01-01 }',
      ['M1440 this stands for 10001 rows, and a line of a test for 10000 at most'],
    ],
    ['person bella { id x, role manager }', ["M1104 `id` can't stand here"]],
    ['person bella { month_in_role 3, role manager }', ["M1104 `month_in_role` can't stand here"]],
    ['deal { is_won true }', ["M1104 `is_won` can't stand here"]],
  ])('%s', (row, found) => {
    expect(codes(`  ${row}`)).toEqual(found);
  });
});

describe('expectations', () => {
  it('are in the policy’s period or in longer ones', () => {
    expect(codes('', '  expect anna in 2026-01-05 { calls is 0 }')).toEqual([
      "M1411 an expectation per day is shorter than the policy's month",
    ]);
    expect(codes('', '  expect anna in 2026 { calls is 0 }')).toEqual([]);
  });

  it('say of an award whether it was won, not how much it gives', () => {
    const award = `${SHOP}\naward best {\n  to top 1 of seller by calls\n  gives 250 RUB\n}\n`;
    const expecting = (what: string): string => `  expect anna in 2026-01 { ${what} }`;
    expect(codes('', expecting('not best'), award)).toEqual([]);
    const text = `${award}\ntest "t" {\n  person anna { role seller }\n${expecting('best is 250 RUB')}\n}\n`;
    const [found] = compile([{ name: 'shop.merit', text }]).diagnostics;
    expect(found?.code).toBe('M1203');
    expect(found?.help).toBe(
      '`best` is whether it was won: write `best` or `not best`; what it gives is in `pay`',
    );
  });

  it('leave a policy as it is without them', () => {
    const model = compile([{ name: 'shop.merit', text: SHOP }]).value!;
    const tested = compile([
      {
        name: 'shop.merit',
        text: `${SHOP}\ntest "t" {\n  person anna { role seller }\n  expect anna in 2026-01 { revenue[ytd] is 0 RUB and max(deal.cost) > 5 RUB }\n}\n`,
      },
    ]).value!;
    const { tests, onlyProved, sources: _, ...rest } = tested;
    const { tests: none, onlyProved: nothing, sources: __, ...bare } = model;
    expect(rest).toEqual(bare);
    expect([none, nothing]).toEqual([[], { figures: [], measures: [] }]);
    expect(tests).toHaveLength(1);
    expect(onlyProved.figures.map((each) => each.id)).toEqual(['revenue[ytd]']);
    expect(onlyProved.measures).toHaveLength(1);
  });
});
