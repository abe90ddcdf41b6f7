// Each kind of decision, both ways: small runs whose figures are worked out in the comments, and which ways they take.

import { describe, expect, it } from 'vitest';
import { exactText } from '../../src/base/exact.ts';
import { decidablesOf } from '../../src/prove/decisions.ts';
import { modelOf } from '../evaluate/run-policy.ts';
import { split, taken } from './taken.ts';

const PEOPLE = `
  id,name,role,team,lead,from,until
  anna,Anna,seller,North,,,
  ben,Ben,seller,North,,,`;

const DEAL = `
event deal {
  id: text key
  day: date posts
  manager: person owner
  amount: money
  cost: money?
  status: won | lost
}
kpi revenue = sum(deal.amount where status is won)
`;

const DEALS = `
  id,day,manager,amount,cost,status
  d1,2026-01-10,anna,100,,won
  d2,2026-01-11,anna,50,20,lost
  d3,2026-01-12,ben,30,,won`;

function run(policy: string, more: { data?: string; people?: string; period?: string } = {}) {
  const { data = DEALS, people = PEOPLE, period = '2026-01' } = more;
  return taken({ policy: DEAL + policy, people, period, data: { deal: data } });
}

describe('conditions', () => {
  it('of a measure and a bonus, both ways', async () => {
    // anna has 100 RUB, ben 30 RUB: the bonus is anna's
    const found = await run(`role seller { bonus b = revenue * 10% when revenue >= 100 RUB }`);
    expect(split(found, 'b` of role')).toEqual({
      taken: [
        'bonus `b` of role `seller`, when `revenue >= 100 RUB`: yes',
        'bonus `b` of role `seller`, when `revenue >= 100 RUB`: no',
      ],
      not: [],
      impossible: [],
    });
    expect(split(found, 'where').taken).toEqual([
      'kpi `revenue`, where `status is won`: yes',
      'kpi `revenue`, where `status is won`: no',
    ]);
    expect(found.report).toMatchObject({ total: 4, covered: 4, percent: 100, uncovered: [] });
  });

  it('hold a value against a bound', async () => {
    const { told } = await run(`role seller { bonus b = revenue * 10% when revenue >= 100 RUB }`);
    const held = told
      .filter(({ decision }) => decision.kind === 'comparison')
      .map(({ decision: { way, held = [] }, whom }) => [
        whom.person,
        way,
        ...held.map(({ value, bound, includes }) => `${exactText(value)} ${exactText(bound)} ${includes}`),
      ]);
    expect(held).toContainEqual(['anna', 'yes', '100 100 true']);
    expect(held).toContainEqual(['ben', 'no', '30 100 true']);
  });

  it('have each side of `and` and `or`', async () => {
    // anna: 100 >= 100 and 100 < 200; ben: 30 >= 100 fails, 30 < 200 holds
    const found = await run(
      `role seller { bonus b = revenue * 1% when revenue >= 100 RUB and revenue < 200 RUB }`,
    );
    expect(split(found, 'bonus').not).toEqual(['bonus `b` of role `seller`, `revenue < 200 RUB`: no']);
  });

  it('are missing too, where they can be', async () => {
    // only d2 has a cost, of more than 10 RUB
    const found = await run(`
      kpi dear = sum((2 RUB when deal.cost > 10 RUB otherwise 1 RUB) else 0 RUB)
      role seller { bonus b = dear * 10% }`);
    expect(split(found, 'when `deal.cost > 10 RUB`:')).toEqual({
      taken: ['kpi `dear`, when `deal.cost > 10 RUB`: yes', 'kpi `dear`, when `deal.cost > 10 RUB`: missing'],
      not: ['kpi `dear`, when `deal.cost > 10 RUB`: no'],
      impossible: [],
    });
  });

  it('of choices, of fields, and of named values', async () => {
    const found = await taken({
      policy: `${DEAL}
        let good = revenue > 50 RUB
        role seller { bonus b = (2% when good otherwise 1%) * revenue }`,
      people: PEOPLE,
      period: '2026-01',
      data: { deal: DEALS },
    });
    expect(split(found, 'good').taken).toEqual([
      'let `good`: yes',
      'let `good`: no',
      'bonus `b` of role `seller`, when `good`: yes',
      'bonus `b` of role `seller`, when `good`: no',
    ]);
  });

  it('that can come out one way only aren’t counted the other way', async () => {
    const found = await run(`
      kpi deals = count(deal)
      role seller { bonus b = revenue * 1% when deals >= 0 }`);
    expect(split(found, 'deals >= 0')).toEqual({
      taken: ['bonus `b` of role `seller`, when `deals >= 0`: yes'],
      not: [],
      impossible: ['bonus `b` of role `seller`, when `deals >= 0`: no'],
    });
    expect(found.report.impossible[0]!.why).toBe("it can't fail: `deals` is never below 0");
    expect(found.report.percent).toBe(100);
  });
});

describe('gates', () => {
  const POLICY = `
    rates ladder marginal { from 0 RUB: 10%\n from 50 RUB: 20% }
    role seller {
      gate revenue >= 40 RUB
      bonus b gated = ladder(revenue)
    }`;

  it('pass and fail; what a closed bonus would have been decides nothing', async () => {
    // anna has 100 RUB: tier from 50 RUB. ben has 30 RUB: the gate fails, so the tier from 0 RUB isn't paid by
    const found = await run(POLICY);
    expect(split(found, 'gate').taken).toEqual([
      'gate `revenue >= 40 RUB` of role `seller`: passes',
      'gate `revenue >= 40 RUB` of role `seller`: fails',
    ]);
    expect(split(found, 'ladder')).toEqual({
      taken: ['rates `ladder`: tier from 50 RUB'],
      not: ['rates `ladder`: tier from 0 RUB'],
      impossible: [],
    });
  });

  it('nor does a bonus whose condition fails', async () => {
    const found = await run(`
      rates ladder marginal { from 0 RUB: 10%\n from 50 RUB: 20% }
      role seller { bonus b = ladder(revenue) when revenue >= 40 RUB }`);
    expect(split(found, 'ladder').taken).toEqual(['rates `ladder`: tier from 50 RUB']);
  });

  it('of a role without a gated bonus decide nothing', async () => {
    const found = await run(`role seller { gate revenue >= 40 RUB\n bonus b = revenue * 1% }`);
    expect(split(found, 'gate').impossible).toEqual([
      'gate `revenue >= 40 RUB` of role `seller`: passes',
      'gate `revenue >= 40 RUB` of role `seller`: fails',
    ]);
  });
});

describe('what roles inherit', () => {
  it('stands once, where it is written', () => {
    const { all } = decidablesOf(
      modelOf(`policy p { currency RUB\n timezone "UTC"\n period month\n gate revenue >= 1 RUB }
        ${DEAL}
        role seller { gate revenue >= 2 RUB\n bonus b gated = revenue * 1%\n cap 10 RUB }
        role hunter extends seller { bonus c gated = revenue * 2% cap 5 RUB }`),
    );
    expect(all.map((each) => each.name).filter((name) => !name.startsWith('kpi'))).toEqual([
      'gate `revenue >= 1 RUB` of the policy: passes',
      'gate `revenue >= 1 RUB` of the policy: fails',
      'gate `revenue >= 2 RUB` of role `seller`: passes',
      'gate `revenue >= 2 RUB` of role `seller`: fails',
      'cap `10 RUB` of role `seller`: binds',
      "cap `10 RUB` of role `seller`: doesn't bind",
      'bonus `c` of role `hunter`: its cap `5 RUB` binds',
      "bonus `c` of role `hunter`: its cap `5 RUB` doesn't bind",
    ]);
  });
});

describe('caps and floors', () => {
  it('of a bonus, a role and the policy', async () => {
    // anna: 10% of 100 is 10, cut to 8 by the bonus's cap, to 7 by the role's, to 6 by the policy's; ben: 3, topped up
    // to 4 by the bonus's floor
    const found = await taken({
      head: 'period month\n cap 6 RUB',
      policy: `${DEAL} role seller {
        bonus b not prorated = revenue * 10% floor 4 RUB cap 8 RUB
        cap 7 RUB
      }`,
      people: PEOPLE,
      period: '2026-01',
      data: { deal: DEALS },
    });
    expect(split(found, 'RUB` ').not).toEqual([]);
    expect(split(found, 'binds').taken).toHaveLength(4);
    expect(split(found, "doesn't bind").taken).toHaveLength(4);
  });

  it('are `min` and `max` too, with what they held', async () => {
    // anna: min(100, 60) is 60; ben: min(30, 60) is 30
    const found = await run(`role seller { bonus b not prorated = min(revenue, 60 RUB) }`);
    expect(split(found, 'min').taken).toEqual([
      'bonus `b` of role `seller`, `min(revenue, 60 RUB)`: `60 RUB` binds',
      "bonus `b` of role `seller`, `min(revenue, 60 RUB)`: `60 RUB` doesn't bind",
    ]);
    const held = found.told.filter(({ decision }) => decision.kind === 'cap' && !decision.supposed);
    expect(held.map(({ decision: { held: [one] = [] } }) => one && exactText(one.bound))).toEqual([
      '60',
      '60',
    ]);
  });

  it('tell each bound of several from the others', async () => {
    // anna: max(100, 60, 20) is the first; ben: max(30, 60, 20) is 60
    const found = await run(`role seller { bonus b not prorated = max(revenue, 60 RUB, 20 RUB) }`);
    expect(split(found, 'max').taken).toEqual([
      'bonus `b` of role `seller`, `max(revenue, 60 RUB, 20 RUB)`: `60 RUB` binds',
      "bonus `b` of role `seller`, `max(revenue, 60 RUB, 20 RUB)`: `60 RUB` doesn't bind",
      "bonus `b` of role `seller`, `max(revenue, 60 RUB, 20 RUB)`: `20 RUB` doesn't bind",
    ]);
    // 60 RUB is never less than it
    expect(split(found, 'max').impossible).toEqual([
      'bonus `b` of role `seller`, `max(revenue, 60 RUB, 20 RUB)`: `20 RUB` binds',
    ]);
  });
});

describe('what is missing', () => {
  it('is decided by `else`', async () => {
    // d2 has a cost, d1 and d3 have none; all of them count
    const found = await run(`kpi costs = sum(deal.cost else 0 RUB)\nrole seller { bonus b = costs * 1% }`);
    expect(split(found, 'costs').taken).toEqual([
      'kpi `costs`, `deal.cost else 0 RUB`: there is a value',
      'kpi `costs`, `deal.cost else 0 RUB`: the `else` counts',
    ]);
  });

  it('in a scorecard counts, or spreads its weight', async () => {
    // cy has no deal: an average of no rows is missing. 60% are there then, which is enough
    const found = await run(
      `
      kpi mean = average(deal.amount)
      role seller {
        target revenue 100 RUB
        target mean 50 RUB
        scorecard {
          revenue 60%
          mean 40% missing spreads its weight at least 50%
        }
        bonus b prorated = 10 RUB * (score else 0%)
      }`,
      { people: `${PEOPLE}\n  cy,Cy,seller,North,,,` },
    );
    expect(split(found, 'scorecard')).toEqual({
      taken: [
        '`mean` in the scorecard of role `seller`: there is a score',
        '`mean` in the scorecard of role `seller`: missing, its weight is spread',
        '`mean` in the scorecard of role `seller`, spreading its weight: enough weights are there',
      ],
      not: [],
      // revenue is there whatever is missing: 60% are more than half
      impossible: [
        '`mean` in the scorecard of role `seller`, spreading its weight: too few weights are there',
      ],
    });
  });

  it('can’t be so where it is always there', async () => {
    const found = await run(
      `kpi twice = sum((deal.amount else 0 RUB) * 2)\nrole seller { bonus b = twice * 1% }`,
    );
    expect(split(found, 'twice').impossible).toEqual([
      'kpi `twice`, `deal.amount else 0 RUB`: the `else` counts',
    ]);
  });
});

describe('tables', () => {
  const at = (amounts: readonly number[]): string =>
    [
      'id,day,manager,amount,cost,status',
      ...amounts.map((each, n) => `x${n},2026-01-${10 + n},anna,${each},,won`),
    ].join('\n');

  it('of rates: each tier, by the value that lies in it', async () => {
    // 100 lies in the tier from it; 30 below the first bound
    const found = await run(`
      rates step whole { from 50 RUB: 1%\n above 70 RUB until 100 RUB: 2%\n above 100 RUB: 3% }
      role seller { bonus b = step(revenue) }`);
    expect(split(found, 'step')).toEqual({
      taken: ['rates `step`: below 50 RUB', 'rates `step`: tier above 70 RUB'],
      not: ['rates `step`: tier from 50 RUB', 'rates `step`: tier above 100 RUB'],
      impossible: [],
    });
    // the bounds on both sides of a value say how far it is to the next tier
    const anna = found.told.find(({ decision, whom }) => decision.kind === 'tier' && whom.person === 'anna');
    expect(anna!.decision.held!.map(({ bound, includes }) => [exactText(bound), includes])).toEqual([
      ['70', false],
      ['100', false],
    ]);
  });

  it('after a value: the tier in which both together lie', async () => {
    // x0: 0 to 60, below 100; x1: 60 to 120, from 100 on
    const found = await run(
      `rates r marginal { from 0 RUB: 1%\n from 100 RUB: 2%\n from 200 RUB: 3% }
       role seller { bonus b per deal = r(deal.amount, after before(deal.amount)) }`,
      { data: at([60, 60]) },
    );
    expect(split(found, 'rates').not).toEqual(['rates `r`: tier from 200 RUB']);
  });

  it('of amounts: what lies past their end too', async () => {
    const found = await run(
      `amounts a { from 0 RUB: 5 RUB\n from 10 RUB until 90 RUB: 7 RUB }
       role seller { bonus b = a(revenue) }`,
    );
    // anna: 100, past the end; ben: 30
    expect(split(found, '`a`').not).toEqual(['rates `a`: tier from 0 RUB']);
  });

  it('of curves: each segment, with the last point at the end of its own', async () => {
    // anna: 100%; ben: 30%, below. A value above 120% isn't there
    const found = await run(`
      curve c linear { below 50%: 0%\n 50%: 50%\n 100%: 100%\n 120%: 140%\n above: 150% }
      role seller {
        target revenue 100 RUB
        scorecard { revenue 100% on c }
        bonus b = 10 RUB * score
      }`);
    expect(split(found, 'curve')).toEqual({
      taken: ['curve `c`: below 50%', 'curve `c`: from 100% to 120%'],
      not: ['curve `c`: from 50% to 100%', 'curve `c`: above 120%'],
      impossible: [],
    });
  });

  it('of grids: each cell as it is written, and what lies outside', async () => {
    // anna: 100 and 100; ben: 30 and 30
    const found = await run(`
      grid g by first, second {
                    | from 0 RUB | from 50 RUB
        from 20 RUB | 1%         | 2%
        from 60 RUB | 3%         | 4%
      }
      role seller { bonus b = revenue * g(revenue, revenue) }`);
    expect(split(found, 'grid')).toEqual({
      taken: ['grid `g`: from 20 RUB, from 0 RUB', 'grid `g`: from 60 RUB, from 50 RUB'],
      not: [
        'grid `g`: outside of its keys',
        'grid `g`: from 20 RUB, from 50 RUB',
        'grid `g`: from 60 RUB, from 0 RUB',
      ],
      impossible: [],
    });
    const places = found.report.uncovered.map(({ name, at: { line } }) => [name, line]);
    expect(new Map(places as [string, number][]).get('grid `g`: from 60 RUB, from 0 RUB')).toBe(
      new Map(places as [string, number][]).get('grid `g`: from 20 RUB, from 50 RUB')! + 1,
    );
  });

  it('of grids whose rows go on with other keys: each row as it is written', async () => {
    // anna: 100, so B and from 50; ben: 30, so A and from 0
    const found = await taken({
      policy: `person { grade: A | B }\n${DEAL}
        grid g by grade, first, second {
                          | from 0 RUB | from 90 RUB
          A, from 0 RUB   | 1%         | 2%
          A, from 200 RUB | 3%         | 4%
          B, from 50 RUB  | 5%         | 6%
          otherwise       | 7%         | 8%
        }
        role seller { bonus b = revenue * g(person.grade, revenue, revenue) }`,
      people: `
        id,name,role,team,lead,from,until,grade
        anna,Anna,seller,North,,,,B
        ben,Ben,seller,North,,,,A`,
      period: '2026-01',
      data: { deal: DEALS },
    });
    expect(split(found, 'grid').taken).toEqual([
      'grid `g`: A, from 0 RUB, from 0 RUB',
      'grid `g`: B, from 50 RUB, from 90 RUB',
    ]);
    const text = found.model.sources[0]!.text;
    const cells = found.report.uncovered.flatMap(({ kind, name, at: { span } }) =>
      kind === 'grid' && !name.includes('outside') ? [`${name} ${text.slice(span.start, span.end)}`] : [],
    );
    expect(cells).toEqual([
      'grid `g`: A, from 0 RUB, from 90 RUB 2%',
      'grid `g`: A, from 200 RUB, from 0 RUB 3%',
      'grid `g`: A, from 200 RUB, from 90 RUB 4%',
      'grid `g`: B, from 50 RUB, from 0 RUB 5%',
      'grid `g`: otherwise, from 0 RUB 7%',
      'grid `g`: otherwise, from 90 RUB 8%',
    ]);
  });

  it('that nothing reads decide nothing', async () => {
    const found = await run(`rates idle marginal { from 0 RUB: 1% }\nrole seller { bonus b = revenue * 1% }`);
    expect(found.report.impossible).toMatchObject([
      { name: 'rates `idle`: tier from 0 RUB', why: 'nothing reads it' },
    ]);
  });

  it('with a tier that changes nothing count it not', async () => {
    const found = await run(
      `rates same marginal { from 0 RUB: 1%\n from 10 RUB: 1% }\nrole seller { bonus b = same(revenue) }`,
      { data: at([5]) },
    );
    expect(found.report.impossible.map(({ name, why }) => `${name} (${why})`)).toEqual([
      'rates `same`: tier from 10 RUB (this tier changes nothing: 1% is the rate below it too)',
    ]);
  });
});

describe('targets', () => {
  it('of roles by their condition, of single people by whether they apply', async () => {
    const found = await taken({
      policy: `person { region: text }\n${DEAL} role seller {
        target revenue 100 RUB
        target revenue 50 RUB when person.region is "South"
        bonus b = 1 RUB * (attainment(revenue) else 0%)
      }
      for person anna { target revenue 80 RUB }
      for person ben from 2027-01-01 { target revenue 70 RUB }`,
      people: `
        id,name,role,team,lead,from,until,region
        anna,Anna,seller,North,,,,North
        ben,Ben,seller,North,,,,South`,
      period: '2026-01',
      data: { deal: DEALS },
    });
    // anna's own target wins, so that her role's isn't looked at; ben's own begins later
    expect(split(found, 'target')).toEqual({
      taken: [
        'target `revenue` of role `seller`, when `person.region is "South"`: yes',
        'target `revenue` for person `anna`, `80 RUB`: applies',
      ],
      not: [
        'target `revenue` of role `seller`, when `person.region is "South"`: no',
        'target `revenue` for person `ben`, `70 RUB`: applies',
      ],
      impossible: [],
    });
  });

  it('from a table fall back to the line before', async () => {
    // the table has anna's only
    const found = await taken({
      policy: `${DEAL}
        table quota { person: person key\n revenue: money }
        role seller {
          target revenue 100 RUB
          target revenue from quota
          bonus b = 1 RUB * (attainment(revenue) else 0%)
        }`,
      people: PEOPLE,
      period: '2026-01',
      data: { deal: DEALS, quota: 'person,revenue\n anna,80' },
    });
    expect(split(found, 'target').taken).toEqual([
      'target `revenue` of role `seller`, `quota`: there is one',
      'target `revenue` of role `seller`, `quota`: there is none',
    ]);
  });

  it('grow month by month, and lie within a band', async () => {
    // anna came in December: January is her second month. Her 100 RUB lie within 90 and 110; ben's 30 below
    const found = await run(
      `
      kpi lost = sum(deal.amount where status is lost)
      role seller {
        target lost 40 RUB
        target revenue within 90 RUB .. 110 RUB
        ramp 25%, 50%
        bonus b = 1 RUB * (attainment(lost) else 0%) + 1 RUB * (attainment(revenue) else 0%)
      }`,
      {
        people: `
          id,name,role,team,lead,from,until
          anna,Anna,seller,North,,2025-12-01,
          ben,Ben,seller,North,,2020-01-01,`,
      },
    );
    expect(split(found, 'ramp')).toEqual({
      taken: ['ramp of role `seller`: month 2, 50%', 'ramp of role `seller`: after it'],
      not: ['ramp of role `seller`: month 1, 25%'],
      impossible: [],
    });
    expect(split(found, 'its target').taken).toEqual([
      'kpi `revenue`: within its target',
      'kpi `revenue`: below its target',
    ]);
  });
});

describe('awards', () => {
  it('are won and not, with the value of the place', async () => {
    // anna has 100 RUB, ben 30: the first place is hers by 70
    const found = await run(`
      role seller { bonus b = revenue * 1% }
      award best { to top 1 of seller by revenue\n gives 10 RUB }
      award all { to seller\n gives 1 RUB }
      award big { to seller\n when revenue >= 500 RUB\n gives 1 RUB }`);
    expect(split(found, 'award')).toEqual({
      taken: ['award `best`: won', 'award `best`: not won', 'award `all`: won', 'award `big`: not won'],
      not: ['award `big`: won'],
      impossible: ['award `all`: not won'],
    });
    const held = found.told.flatMap(({ decision: { kind, held = [] }, whom }) =>
      kind === 'award'
        ? held.map(({ value, bound }) => [whom.person, exactText(value), exactText(bound)])
        : [],
    );
    expect(held).toEqual([
      ['anna', '100', '30'],
      ['ben', '30', '100'],
    ]);
  });

  it('share places', async () => {
    const found = await run(
      `role seller { bonus b = revenue * 1% }
       award best { to top 1 of seller by revenue split among ties\n gives 10 RUB }`,
      {
        data: `id,day,manager,amount,cost,status
          d1,2026-01-10,anna,100,,won
          d2,2026-01-10,ben,100,,won`,
      },
    );
    expect(split(found, 'place').taken).toEqual(['award `best`: a place is shared']);
  });
});

describe('what else a payment depends on', () => {
  it('being there, leaving, and coming first', async () => {
    // anna leaves on 20 January: nothing of `staying`, and what is still due of `parts` is lost. Two rows of hers, one counts
    const found = await taken({
      policy: `${DEAL} role seller {
        bonus staying = revenue * 10% while employed
        bonus parts = revenue * 10% pays in 2 monthly parts forfeited on leaving
        bonus rows per deal = deal.amount * 1% first 1
      }`,
      people: `
        id,name,role,team,lead,from,until
        anna,Anna,seller,North,,,2026-01-20
        ben,Ben,seller,North,,,`,
      period: '2026-01..2026-02',
      data: { deal: DEALS },
    });
    expect(split(found, 'bonus').not).toEqual([]);
    expect(split(found, 'bonus').taken).toEqual([
      'bonus `staying` of role `seller`, while employed: the person is there',
      'bonus `staying` of role `seller`, while employed: the person has left',
      'bonus `parts` of role `seller`, forfeited on leaving: a part is paid',
      'bonus `parts` of role `seller`, forfeited on leaving: a part is lost',
      'bonus `rows` of role `seller`, first 1: a row counts',
      'bonus `rows` of role `seller`, first 1: a row comes too late',
    ]);
  });

  it('draws that top up and are recovered', async () => {
    // ben: 10% of 30 is 3, topped up to 5; in February 10% of 80 is 8, of which 2 are recovered
    const found = await taken({
      head: 'period month\n effective from 2026-01-01',
      policy: `${DEAL} role seller { bonus b = revenue * 10%\n draw 5 RUB recoverable }`,
      people: PEOPLE,
      period: '2026-01..2026-02',
      data: { deal: `${DEALS}\n  d4,2026-02-12,ben,80,,won\n  d5,2026-02-12,anna,80,,won` },
    });
    expect(split(found, 'draw')).toEqual({
      taken: [
        'draw `5 RUB` of role `seller`: tops up',
        "draw `5 RUB` of role `seller`: doesn't top up",
        'draw `5 RUB` of role `seller`, what is owed: recovered',
      ],
      not: ['draw `5 RUB` of role `seller`, what is owed: not recovered'],
      impossible: [],
    });
  });

  it('caps that keep the excess', async () => {
    // anna: 10 of which 6 are paid and 4 kept; in February nothing is earned, and they are paid
    const found = await taken({
      head: 'period month\n effective from 2026-01-01',
      policy: `${DEAL} role seller { bonus b = revenue * 10%\n cap 6 RUB per month carry excess }`,
      people: PEOPLE,
      period: '2026-01..2026-02',
      data: { deal: DEALS },
    });
    expect(split(found, 'cap').not).toEqual(['cap `6 RUB` of role `seller`, what it has kept: kept on']);
  });
});

describe('rows', () => {
  it('are credited by conditions, to who is named and holds the role', async () => {
    const found = await taken({
      policy: `
        event deal {
          id: text key
          day: date posts
          manager: person
          helper: person?
          amount: money
        }
        credit deal {
          to manager 100% in role seller
          to helper 10% extra as help when amount > 50 RUB
        }
        kpi revenue = sum(deal.amount)
        kpi helped = sum(deal.amount as help)
        role seller { bonus b = revenue * 1% + helped * 1% }
        role clerk { bonus b = helped * 1% }`,
      people: `
        id,name,role,team,lead,from,until
        anna,Anna,seller,North,,,
        ben,Ben,clerk,North,,,`,
      period: '2026-01',
      data: {
        deal: `id,day,manager,helper,amount
          d1,2026-01-10,anna,ben,100
          d2,2026-01-11,ben,,30`,
      },
    });
    expect(split(found, 'credit')).toEqual({
      taken: [
        'credit of `deal` to `manager`, in role `seller`: yes',
        'credit of `deal` to `manager`, in role `seller`: no',
        'credit of `deal` to `helper` as `help`, when `amount > 50 RUB`: yes',
        'credit of `deal` to `helper` as `help`, when `amount > 50 RUB`: no',
        'credit of `deal` to `helper` as `help`: names a person',
      ],
      not: ['credit of `deal` to `helper` as `help`: names nobody'],
      impossible: [],
    });
  });

  it('look back at others, and refer to them', async () => {
    // d1 has a refund of which the amount is above 5 RUB, d2 and d3 have none
    const found = await taken({
      policy: `${DEAL.replace('status: won | lost', 'status: won | lost\n  refunds = sum(refund.amount of this where amount > 5 RUB)')}
        event refund {
          since 2026-01-01
          id: text key
          day: date posts
          deal: deal
          amount: money
        }
        kpi refunded = sum(deal.refunds else 0 RUB)
        role seller { bonus b = revenue * 1% - refunded }`,
      people: PEOPLE,
      period: '2026-01',
      data: { deal: DEALS, refund: 'id,day,deal,amount\n r1,2026-01-12,d1,10' },
    });
    expect(split(found, 'field `refunds`')).toEqual({
      taken: [
        'event `deal`, field `refunds`, `sum(refund.amount of this where amount > 5 RUB)`: some rows',
        'event `deal`, field `refunds`, `sum(refund.amount of this where amount > 5 RUB)`: no rows',
        'event `deal`, field `refunds`, where `amount > 5 RUB`: yes',
      ],
      not: ['event `deal`, field `refunds`, where `amount > 5 RUB`: no'],
      impossible: [],
    });
  });
});
