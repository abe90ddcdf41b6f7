// Invariants of small policies, worked by hand: what can be proved, what is refuted and by what, and what is only tried.

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { hasErrors } from '../../src/base/diagnostic.ts';
import { compile } from '../../src/engine.ts';
import type { InvariantResult } from '../../src/model/proof-report.ts';
import { compileVersions, loadProject, proveInvariants, runTests } from '../../src/node.ts';

const HEAD = `policy p {
  currency RUB
  timezone "UTC"
  period month
  effective from 2026-01-01 until 2026-12-31
}
person { salary: money from 0 RUB }
event deal {
  id: text key
  day: date posts
  manager: person owner
  amount: money from 0 RUB
  cost: money from 0 RUB
  status: won | lost
  is_won = status is won
}
event call { id: text key
  day: date posts
  manager: person owner }
event ticket { id: text key
  day: date posts
  manager: person owner
  hours: number from 0 }
kpi revenue    = sum(deal.amount where is_won)
kpi cost       = sum(deal.cost)
kpi calls      = count(call)
kpi conversion = count(deal where is_won) / count(deal)
kpi slowness lower is better = average(ticket.hours)
rates ladder marginal { from 0 RUB: 3%
  from 1_000 RUB: 5%
  from 2_000 RUB: 7% }
rates whole_up whole { from 0 RUB: 3%
  from 1_000 RUB: 5% }
rates whole_down whole { from 0 RUB: 5%
  from 1_000 RUB: 3% }
rates falling marginal { from 0 RUB: 5%
  from 1_000 RUB: 1% }
curve standard linear { below 80%: 0%
  80%: 50%
  100%: 100%
  above: 100% }
`;

async function settle(roles: string, claims: string): Promise<readonly InvariantResult[]> {
  const { value, diagnostics } = compile([{ name: 'p.merit', text: `${HEAD}${roles}\n${claims}` }]);
  if (!value || hasErrors(diagnostics))
    throw new Error(diagnostics.map((each) => `${each.code} ${each.message}`).join('\n'));
  const { invariants } = await proveInvariants(value, { situations: 120 });
  return invariants;
}

/** A role of these lines, and one claim about it. */
async function outcome(lines: string, claim: string): Promise<InvariantResult> {
  const [only] = await settle(
    `role seller {\n${lines}\n}`,
    `invariant "it" {\n${claim.replaceAll('  ', '\n')}\n}`,
  );
  return only!;
}

describe('proved', () => {
  test.each([
    // a rate is never below 3% of what is above nothing
    ['bonus b = ladder(revenue)', 'b is nondecreasing in revenue'],
    ['bonus b = ladder(revenue)', 'pay is nondecreasing in revenue'],
    // at 2,000: 30 + 50 = 80 <= 140; past it both rise by 7%; below the 7% is more everywhere
    ['bonus b = ladder(revenue)', 'b <= 7% * revenue'],
    ['bonus b = ladder(revenue)', 'b >= 3% * revenue'],
    ['bonus b = whole_up(revenue)', 'b is nondecreasing in revenue'],
    ['bonus b = revenue - ladder(revenue)', 'b is nondecreasing in revenue'],
    // at most 4%: (1,000 * 3% + 1,000 * 5%) / 2,000
    ['bonus b = ladder(revenue)', 'given revenue until 2_000 RUB  b <= 4% * revenue'],
    ['bonus b = falling(revenue) cap 40 RUB', 'pay <= 40 RUB'],
    [
      'bonus b = person.salary * score\n  scorecard { revenue 100% on standard }\n  target revenue 100 RUB',
      'b <= person.salary',
    ],
    [
      'bonus b = person.salary * score\n  scorecard { revenue 100% on standard }\n  target revenue 100 RUB',
      'b is nondecreasing in revenue',
    ],
    [
      'bonus b = person.salary * score\n  scorecard { revenue 100% on standard }\n  target revenue 100 RUB',
      'b is nondecreasing in person.salary',
    ],
    [
      'bonus b = person.salary * score\n  scorecard { slowness 100% on standard missing counts 0% }\n  target slowness 4',
      'b is nonincreasing in slowness',
    ],
    [
      'gate (conversion else 0%) >= 50%\n  bonus b gated = ladder(revenue)',
      'pay is nondecreasing in conversion',
    ],
    [
      'gate (conversion else 0%) >= 50%\n  bonus b gated = ladder(revenue)',
      'b is 0 RUB or (conversion else 0%) >= 50%',
    ],
    ['bonus b = 100 RUB when revenue >= 500 RUB', 'pay is nondecreasing in revenue'],
    ['bonus b = 100 RUB when calls < 5', 'pay is nonincreasing in calls'],
    [
      'bonus b = ladder(revenue)\n  cap 300 RUB\n  draw 50 RUB recoverable',
      'pay is nondecreasing in revenue',
    ],
    ['bonus b = ladder(revenue)\n  cap 300 RUB\n  draw 50 RUB', 'pay <= 300 RUB'],
    ['bonus b = ladder(revenue)\n  floor 30 RUB', 'earned >= 0 RUB'],
    ['bonus b = ladder(revenue[team])', 'pay is nondecreasing in revenue'],
    ['bonus b per quarter = ladder(revenue)', 'pay is nondecreasing in revenue'],
    ['bonus b = 10 RUB * (slowness else 0)', 'b is nondecreasing in slowness'],
    ['bonus b = ladder(revenue)', 'pay is nondecreasing in deal.amount'],
    ['bonus b = 100 RUB when streak(revenue >= 500 RUB) is 3', 'pay is nondecreasing in revenue'],
    ['bonus a = ladder(revenue)\n  bonus b = min(a, cost * 2%)', 'b <= a'],
    ['bonus b = 10 RUB', 'pay is nondecreasing in cost'],
    ['bonus b = ladder(revenue)', '(conversion else 0%) <= 100%'],
  ])('%s: %s', async (lines, claim) => {
    const found = await outcome(lines, claim);
    expect(found.outcome).toBe('proved');
    expect(found.counterexample).toBeUndefined();
    expect(found.roles).toEqual([{ role: 'seller', proved: true }]);
  });
});

describe('refuted, with data', () => {
  test.each([
    // 999.99 * 5% = 50.00; 1,000 * 3% = 30
    ['bonus b = whole_down(revenue)', 'pay is nondecreasing in revenue'],
    ['bonus b = ladder(revenue)', 'b <= 4% * revenue'],
    // 3% of 0.01 RUB is rounded to nothing: what is paid isn't what the bonus is
    ['bonus b = ladder(revenue)', 'pay >= 3% * revenue'],
    ['bonus b = 100 RUB when calls < 5', 'pay is nondecreasing in calls'],
    ['bonus b = falling(revenue) cap 40 RUB', 'pay <= 39.99 RUB'],
    ['bonus b = ladder(revenue)\n  gate calls >= 1', 'pay > 0 RUB or calls < 1'],
    ['bonus b = ladder(revenue) - cost * 1%', 'pay >= 0 RUB'],
    [
      'bonus b = person.salary * score\n  scorecard { revenue 100% on standard }\n  target revenue 100 RUB',
      'b >= person.salary * 50%',
    ],
    ['bonus b per deal = min(amount, 100 RUB) * share', 'pay <= 100 RUB'],
  ])('%s: %s', async (lines, claim) => {
    const found = await outcome(lines, claim);
    expect(found.outcome).toBe('refuted');
    expect(found.counterexample?.role).toBe('seller');
    expect(found.counterexample?.rows[0]).toMatch(/^person p\d \{ role seller/);
  });

  test('two results of what moves, and what is paid at each', async () => {
    const { counterexample } = await outcome(
      'bonus b = whole_down(revenue)',
      'pay is nondecreasing in revenue',
    );
    const [before, after] = counterexample!.steps!;
    const number = (text: string | null): number => Number(text);
    const [x, y] = [before!, after!].map(({ moved }) => number((moved.value as { value: string }).value));
    expect(x).toBeLessThan(1_000);
    expect(y).toBeGreaterThanOrEqual(1_000);
    const [p, q] = [before!, after!].map(({ value }) => number((value.value as { value: string }).value));
    // 5% below the bound, 3% from it on, to the cent
    expect(p).toBeCloseTo(x! * 0.05, 2);
    expect(q).toBeCloseTo(y! * 0.03, 2);
  });

  test('as few rows as it takes', async () => {
    const { counterexample } = await outcome('bonus b = ladder(revenue) - cost * 1%', 'pay >= 0 RUB');
    // a person, and one deal that costs something
    expect(counterexample!.rows).toHaveLength(2);
    // they are the rows of a test, which says the same
    const { person, period, rows } = counterexample!;
    const test = `test "it" {\n${rows.join('\n')}\nexpect ${person} in ${period} { pay < 0 RUB }\n}`;
    const role = 'role seller { bonus b = ladder(revenue) - cost * 1% }';
    const { value } = compile([{ name: 'p.merit', text: `${HEAD}${role}\n${test}` }]);
    expect(await runTests(value!)).toMatchObject({ passed: 1, failed: 0 });
  });
});

describe('tried', () => {
  test('a bonus for each event isn’t followed, and it is said where', async () => {
    // no deal gives more than 3%, so all of them don't
    const found = await outcome(
      'bonus b per deal = min(amount * 3%, 100 RUB) * share when is_won',
      'b <= 3% * revenue',
    );
    expect(found.outcome).toBe('tried');
    expect(found.looked).toEqual({ situations: expect.any(Number), seed: 1 });
    expect(found.looked!.situations).toBeGreaterThanOrEqual(120);
    expect(found.roles[0]!.why).toMatchObject({ what: 'bonus `b` is worked out for each deal' });
  });

  test('where nothing that is drawn lies within what is given it has been tried in no situation', async () => {
    const found = await outcome(
      'bonus b per deal = amount * 3% * share when is_won',
      'given cost from 9_000_000_000 RUB  b <= 4% * revenue',
    );
    expect(found.outcome).toBe('tried');
    expect(found.looked!.situations).toBe(0);
  });
});

describe('what is claimed', () => {
  test('of bonuses that only some roles have, these roles', async () => {
    const roles = 'role a { bonus x = ladder(revenue) }\nrole b { bonus y = whole_down(revenue) }';
    const claim = (text: string) => `invariant "it" { ${text} }`;
    const [own] = await settle(roles, claim('x is nondecreasing in revenue'));
    expect(own!.roles).toEqual([{ role: 'a', proved: true }]);
    const [all] = await settle(roles, claim('pay is nondecreasing in revenue'));
    expect(all!.outcome).toBe('refuted');
    expect(all!.roles.map(({ role, proved }) => [role, proved])).toEqual([
      ['a', true],
      ['b', false],
    ]);
  });

  test('a salary below nothing turns pay round, and is allowed where no bound says otherwise', async () => {
    const lines =
      'bonus b = person.salary * score\n  scorecard { revenue 100% on standard }\n  target revenue 100 RUB';
    const text = HEAD.replace('salary: money from 0 RUB', 'salary: money');
    const policy = `${text}role seller {\n${lines}\n}\ninvariant "it" { b is nondecreasing in revenue }`;
    const { value } = compile([{ name: 'p.merit', text: policy }]);
    const { invariants } = await proveInvariants(value!, { situations: 400 });
    expect(invariants[0]!.outcome).toBe('refuted');
    expect(invariants[0]!.counterexample!.rows.join()).toContain('salary (0 RUB - ');
    const given = compile([
      { name: 'p.merit', text: policy.replace('{ b is', '{ given person.salary from 0 RUB\n b is') },
    ]);
    expect((await proveInvariants(given.value!)).invariants[0]!.outcome).toBe('proved');
  });

  test('who is on the first place depends on others: their rows may take a prize away, one’s own results don’t', async () => {
    const roles = `role seller { bonus b = 1 RUB }
award best { to top 1 of seller by revenue
  gives 500 RUB }`;
    const claims = (in_: string) => `invariant "it" { pay is nondecreasing in ${in_} }`;
    expect((await settle(roles, claims('revenue')))[0]!.outcome).toBe('proved');
    expect((await settle(roles, claims('deal.amount')))[0]!.outcome).not.toBe('proved');
  });

  test('a cap of all pay doesn’t count what a draw adds as an advance', async () => {
    const text = HEAD.replace('  effective', '  cap 100 RUB\n  effective');
    const claims = 'invariant "a" { pay <= 100 RUB }\ninvariant "b" { pay <= 400 RUB }';
    const { value } = compile([
      {
        name: 'p.merit',
        text: `${text}role seller { bonus b = ladder(revenue)\n  draw 300 RUB recoverable }\n${claims}`,
      },
    ]);
    const { invariants } = await proveInvariants(value!, { situations: 60 });
    expect(invariants.map((each) => each.outcome)).toEqual(['refuted', 'proved']);
  });

  test('the same seed finds the same', async () => {
    const lines = 'bonus b = whole_down(revenue)';
    const [a, b] = [
      await outcome(lines, 'pay is nondecreasing in revenue'),
      await outcome(lines, 'pay is nondecreasing in revenue'),
    ];
    expect(a).toEqual(b);
  });
});

test('the policy of the language’s first page: a salary may be below nothing there; the commission stays under 7%', async () => {
  const project = await loadProject('examples/whole-language');
  const [model] = compileVersions(project.value!.policy).value;
  const { invariants } = await proveInvariants(model!);
  expect(invariants.map(({ name, outcome: found }) => [name, found])).toEqual([
    ['selling more never pays less', 'refuted'],
    ['commission stays under 7% of sales', 'proved'],
  ]);
  // a quarterly bonus of 30% of the salary times the score
  expect(invariants[0]!.counterexample!.rows[0]).toContain('salary (0 RUB - ');
  expect(invariants[0]!.roles.filter((each) => !each.proved).map(({ role }) => role)).toEqual(['hunter']);
  // with a salary that isn't, it holds for everybody
  const files = model!.sources.map(({ name }) => ({
    name,
    text: readFileSync(name, 'utf8').replace(/salary:(\s+)money$/m, 'salary:$1money from 0 RUB'),
  }));
  const { invariants: bounded } = await proveInvariants(compile(files).value!);
  expect(bounded.map((each) => each.outcome)).toEqual(['proved', 'proved']);
});
