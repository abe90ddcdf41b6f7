// Targets, attainment and scores within one period: which line of target wins, which way is better, where a curve
// reads a result, and what a missing one counts.

import { describe, expect, test } from 'vitest';
import { amounts, facts, kpiOf, roleOf, runPolicy, tryPolicy } from './run-policy.ts';

const EVENTS = `
event deal {
  since 2025-01-01
  id: text key
  day: date posts
  who: person owner
  client: text
  amount: money
}
event ticket {
  since 2025-01-01
  id: text key
  day: date posts
  who: person owner
  took: duration
  flaw: number
}
kpi revenue = sum(deal.amount)
kpi clients = count(distinct deal.client)
kpi check   = average(deal.amount)
kpi answer lower is better = average(ticket.took)
kpi flaws  lower is better = sum(ticket.flaw)
`;
const PEOPLE = 'id,role,team,from,until\n ann,seller,N,2026-01-01,';
const PERIOD = '2026-01';

async function january(role: string, data: Readonly<Record<string, string>> = {}) {
  const result = await runPolicy({ policy: `${EVENTS} ${role}`, people: PEOPLE, period: PERIOD, data });
  return roleOf(result, 'ann', PERIOD);
}

function deals(...values: readonly (readonly [client: string, amount: string])[]) {
  const rows = values.map(([client, amount], at) => `${at + 1},2026-01-${10 + at},ann,${client},${amount}`);
  return { deal: ['id,day,who,client,amount', ...rows].join('\n') };
}

describe('which target applies', () => {
  test('a later line whose `when` holds, a role before what it extends, a missing cell falls back', async () => {
    const role = await january(
      `table quota { who: text key
         amount: money? }
       role base { target revenue 1 RUB
         target clients 1
         target check 10 RUB
         target check 20 RUB when person.team is "N" }
       role seller extends base { target revenue 2 RUB
         target revenue quota[person.id].amount
         target clients 9 when person.team is "S"
         target check 30 RUB when (person.team else "") is "S" }`.replaceAll(
        'person.team is',
        '(person.team else "") is',
      ),
      { ...deals(['A', '100']), quota: 'who,amount\n bob,5' },
    );
    expect(facts(role.kpis, 'revenue')).toEqual(['100', '2', '50']);
    expect(facts(role.kpis, 'clients')).toEqual(['1', '1', '1']);
    expect(facts(role.kpis, 'check')).toEqual(['100', '20', '5']);
  });

  test('a target of 0 makes the attainment missing, and none is missing', async () => {
    const role = await january(
      `role seller { target revenue 0 RUB
         bonus plan = 10 RUB * (attainment(revenue) else 50%)
         bonus none = 10 RUB * (attainment(clients) else 30%) }
       role other { target clients 5 }`,
      deals(['A', '100']),
    );
    expect(facts(role.kpis, 'revenue')).toEqual(['100', '0', undefined]);
    expect(kpiOf(role.kpis, 'revenue').status).toBeUndefined();
    expect(facts(role.kpis, 'clients')).toEqual(['1', undefined, undefined]);
    expect(amounts(role, PERIOD)).toEqual({ plan: '5', none: '3' });
  });

  test.each([
    ['100', '1', 'green'],
    ['99.99', '0.9999', 'amber'],
    ['80', '0.8', 'amber'],
    ['79.99', '0.7999', 'red'],
    ['-5', '-0.05', 'red'],
  ])('%s of 100 is %s, %s', async (amount, attainment, status) => {
    const role = await january('role seller { target revenue 100 RUB }', deals(['A', amount]));
    expect(facts(role.kpis, 'revenue')).toEqual([amount, '100', attainment]);
    expect(kpiOf(role.kpis, 'revenue').status).toBe(status);
  });
});

describe('lower is better', () => {
  const ticket = (...rows: readonly string[]) => ({
    ticket: ['id,day,who,took,flaw', ...rows.map((row, at) => `${at},2026-01-05,ann,${row}`)].join('\n'),
  });
  const ROLE = `curve up linear { 50%: 0%
      150%: 100%
      above: 120% }
    role seller { target answer 4 hours
      target flaws 10
      scorecard { answer 50% on up missing counts 10%
        flaws 50% on up missing counts 20% }
      bonus plan = 1_000 RUB * score
      bonus quick = 100 RUB when (attainment(flaws) else 0%) >= 100%
      bonus bound not prorated = 100 RUB * min(attainment(flaws) else 0%, 150%) }`;

  test('target over actual', async () => {
    // answers of 2 h and 6 h average 4 h: 100%, which is 50% on the curve; 10 of 16 flaws: 62.5% is 12.5%
    const role = await january(ROLE, ticket('2:00:00,15', '6:00:00,1'));
    expect(facts(role.kpis, 'answer')).toEqual(['14400', '14400', '1']);
    expect(facts(role.kpis, 'flaws')).toEqual(['16', '10', '0.625']);
    expect(role.score!.value.value).toBe('0.3125');
    expect(amounts(role, PERIOD)).toEqual({ plan: '312.5', quick: '0', bound: '62.5' });
  });

  test('an actual of 0 is the top of the curve and above every bound; nothing to average is missing', async () => {
    const role = await january(ROLE);
    expect(facts(role.kpis, 'answer')).toEqual([null, '14400', undefined]);
    expect(facts(role.kpis, 'flaws')).toEqual(['0', '10', 'top']);
    expect(kpiOf(role.kpis, 'flaws').status).toBe('green');
    // 50% * 10% + 50% * 120%
    expect(role.score!.value.value).toBe('0.65');
    expect(role.score!.lines.map((each) => each.read)).toEqual([
      { value: null, type: { kind: 'percent' } },
      'top',
    ]);
    expect(amounts(role, PERIOD)).toEqual({ plan: '650', quick: '100', bound: '150' });
  });

  test('what has no upper end stops the run, unless a condition keeps it from being read', async () => {
    const run = (bonus: string) =>
      tryPolicy({
        policy: `${EVENTS} role seller { target flaws 10
          bonus plan not prorated = ${bonus} }`,
        people: PEOPLE,
        period: PERIOD,
      });
    const asKpi = await tryPolicy({
      policy: `${EVENTS} kpi quality = attainment(flaws) else 0%
        role seller { target flaws 10
          target quality 100%
          bonus plan not prorated = 100 RUB when quality >= 100% }`,
      people: PEOPLE,
      period: PERIOD,
    });
    expect(asKpi.diagnostics.map((each) => each.code)).toEqual(['M3001']);
    const stopped = await run('100 RUB * (attainment(flaws) else 0%)');
    expect(stopped.diagnostics.map((each) => each.code)).toEqual(['M3001']);
    for (const guarded of [
      '100 RUB * (attainment(flaws) else 0%) when flaws > 0',
      '100 RUB * (((attainment(flaws) else 0%) * 1) when flaws > 0 otherwise 0%)',
    ]) {
      const { result, diagnostics } = await run(guarded);
      expect(diagnostics).toEqual([]);
      expect(amounts(roleOf(result!, 'ann', PERIOD), PERIOD)).toEqual({ plan: '0' });
    }
  });
});

describe('curves', () => {
  const read = async (curve: string, amount: string, rest = '') => {
    const role = await january(
      `curve c ${curve}
       role seller { target revenue 100 RUB
         scorecard { revenue 100% on c ${rest} } }`,
      deals(['A', amount]),
    );
    return role.score!.value.value;
  };
  const LINEAR = 'linear { below 80%: 5%\n 80%: 50%\n 100%: 100%\n 130%: 160%\n above: 170% }';
  const STEPS = 'steps { below 80%: 5%\n 80%: 50%\n 100%: 100%\n 130%: 160% }';

  test.each([
    [LINEAR, '79.99', '0.05'],
    [LINEAR, '80', '0.5'],
    [LINEAR, '90', '0.75'],
    [LINEAR, '99.99', '0.99975'],
    [LINEAR, '100', '1'],
    [LINEAR, '115.5', '1.31'], // 1 + 15.5% * 2
    [LINEAR, '130', '1.6'],
    [LINEAR, '130.01', '1.7'],
    [LINEAR, '-1', '0.05'],
    [STEPS, '79.99', '0.05'],
    [STEPS, '80', '0.5'],
    [STEPS, '99.99', '0.5'],
    [STEPS, '100', '1'],
    [STEPS, '129.99', '1'],
    [STEPS, '1000', '1.6'],
  ])('%s reads %s as %s', async (curve, amount, score) => {
    expect(await read(curve, amount, 'missing counts 0%')).toBe(score);
  });

  test('cap and floor of a line come after the curve and before the weight; a curve of the value', async () => {
    const role = await january(
      `${`curve c ${LINEAR}`}
       curve money steps { below 1_000 RUB: 10%
         1_000 RUB: 90% }
       role seller { target revenue 100 RUB
         target clients 2
         scorecard { revenue 25% on c cap 120% missing counts 0%
           clients 25% floor 70%
           check 50% on money of value missing counts 0% } }`,
      deals(['A', '1000']),
    );
    // revenue 1000% is 170%, capped at 120%; clients 1 of 2 is 50%, raised to 70%; an average of 1000 is 90%
    expect(role.score!.lines.map((each) => [each.score, each.points])).toEqual([
      ['1.2', '0.3'],
      ['0.7', '0.175'],
      ['0.9', '0.45'],
    ]);
    expect(role.score!.value.value).toBe('0.925');
  });
});

describe('a score line that is missing', () => {
  const role = (answer: string, check: string) => `
    role seller { target revenue 100 RUB
      target answer 4 hours
      target check 50 RUB
      scorecard { revenue 40%
        answer 35% cap 200% ${answer}
        check 25% ${check} }
      bonus plan not prorated = 1_000 RUB * (score else 9%) }`;

  test('counts what it says', async () => {
    const found = await january(role('missing counts 60%', 'missing counts 0%'), deals(['A', '100']));
    // 40% * 100% + 35% * 60% + 25% * 200%
    expect(amounts(found, PERIOD)).toEqual({ plan: '1110' });
  });

  test('spreads its weight over the others', async () => {
    const found = await january(role('missing spreads its weight', 'missing counts 0%'), deals(['A', '100']));
    // (40% * 100% + 25% * 200%) / 65% = 90/65 = 18/13, 1384.615…
    expect(found.score!.value.value).toBe('18/13');
    expect(found.score!.lines[1]).toMatchObject({ score: null, points: null });
    expect(amounts(found, PERIOD)).toEqual({ plan: '1384.62' });
  });

  test('spreads only where enough weight is there', async () => {
    const at = async (least: string, data: Readonly<Record<string, string>>) =>
      amounts(
        await january(
          role(`missing spreads its weight at least ${least}`, `missing spreads its weight at least 30%`),
          data,
        ),
        PERIOD,
      );
    expect(await at('65%', deals(['A', '100']))).toEqual({ plan: '1384.62' });
    expect(await at('65.01%', deals(['A', '100']))).toEqual({ plan: '90' });
    // both missing: 40% of the weights are there, of 0 revenue
    expect(await at('40%', {})).toEqual({ plan: '0' });
    expect(await at('41%', {})).toEqual({ plan: '90' });
  });
});
