// Which aggregates a run asks for, and how their answers are found again.

import { describe, expect, test } from 'vitest';
import { parseDay } from '../../src/base/date.ts';
import { type Exact, exact, exactText, whole } from '../../src/base/exact.ts';
import { parsePeriod } from '../../src/base/period.ts';
import type { Stay } from '../../src/model/people.ts';
import type { Measure } from '../../src/model/policy.ts';
import { collectFacts } from '../../src/query/facts.ts';
import { groupId, stretchesOf, valuesBetween } from '../../src/query/groups.ts';
import { createLookup } from '../../src/query/lookup.ts';
import { grainPlans, makeQueries } from '../../src/query/make-queries.ts';
import type { AggregateQuery } from '../../src/query/query.ts';
import { modelOf } from '../evaluate/run-policy.ts';

const day = (text: string): number => parseDay(text)!;

const MODEL = modelOf(`policy p { currency RUB
    timezone "UTC"
    period month }
  event deal { since 2025-01-01
    id: text key
    day: date posts
    who: person owner
    amount: money }
  table rate { code: text key
    from: date
    until: date?
    worth: number }
  kpi revenue = sum(deal.amount)
  kpi deals = count(deal)
  kpi most = max(deal.amount)
  role seller { target revenue 5 RUB
    scorecard { revenue 100% missing counts 0% }
    bonus a = revenue[team] * 1%
    bonus b per quarter = deals * 5 RUB
    bonus c per year not prorated = (most[previous]) else 0 RUB
    cap 100 RUB * score per quarter }`);

function stayOf(
  index: number,
  ...rows: readonly (readonly [team: string | undefined, from: string, until: string])[]
): Stay {
  const held = rows.map(([team, from, until]) => ({
    person: `p${index}`,
    name: `p${index}`,
    role: 'seller',
    ...(team === undefined ? {} : { team }),
    from: day(from),
    until: day(until) + 1,
    attributes: [],
    stay: index,
  }));
  return {
    index,
    person: `p${index}`,
    role: 'seller',
    from: held[0]!.from,
    until: held.at(-1)!.until,
    rows: held,
  };
}

describe('queries', () => {
  const march = parsePeriod('2026-03')!;
  const people = {
    rows: [],
    absences: [],
    stays: [stayOf(0, ['N', '2026-01-01', '2026-03-10'], ['S', '2026-03-11', '2026-12-31'])],
  };

  test('one for each event, scope, window and grain, with every measure that is read there', () => {
    const queries = makeQueries(MODEL, people, grainPlans(MODEL, [march]));
    const asked = queries.map(({ scope, buckets, measures }) => {
      const days = buckets.map((each) => each.until - each.from);
      return `${scope.kind} ${days} ${measures.map((each) => each.aggregate).sort()}`;
    });
    expect(asked.sort()).toEqual([
      'company 31 count,max,sum',
      'group 31 sum',
      'own 28 max', // the month before
      'own 31 count,max,sum',
      'own 365 max', // the year before
      'own 365 sum', // the score of the year, which a bonus of the year may read
      'own 90 count,sum', // the quarter, with the score that the cap reads
    ]);
  });

  test('hundreds of measures are asked for in parts: a statement of all of them takes far longer than its parts', () => {
    const names = Array.from({ length: 120 }, (_, at) => `k${at}`);
    const model = modelOf(`policy p { currency RUB
    timezone "UTC"
    period month }
  event deal { id: text key
    day: date posts
    who: person owner
    amount: money }
  ${names.map((name, at) => `kpi ${name} = sum(deal.amount where amount > ${at} RUB)`).join('\n')}
  role seller { bonus a = ${names.join(' + ')} }`);
    const plans = grainPlans(model, [parsePeriod('2026-01')!]);
    const queries = makeQueries(model, { rows: [], stays: [], absences: [] }, plans).filter(
      ({ scope }) => scope.kind === 'own',
    );
    expect(queries.map(({ measures }) => measures.length)).toEqual([50, 50, 20]);
    expect(new Set(queries.map(({ id }) => id)).size).toBe(3);
    expect(new Set(queries.flatMap(({ measures }) => measures)).size).toBe(120);
  });

  test('the company is asked for whole, and once for each range of days on which those who look were there', () => {
    const model = modelOf(`policy p { currency RUB
    timezone "UTC"
    period month }
  event deal { since 2025-01-01
    id: text key
    day: date posts
    who: person owner
    amount: money }
  kpi revenue = sum(deal.amount)
  kpi deals = count(deal)
  kpi whole = revenue[company]
  kpi unused = deals[company, ytd]
  role seller { bonus a = revenue * 1% }
  role head { bonus b = whole * 1%
    bonus c per quarter = revenue[company] * 1% }`);
    const rolled = (role: string, stay: Stay): Stay => ({ ...stay, role });
    // five thousand heads who weren't there on three different sets of days, and sellers whom it is nothing to
    const stays = Array.from({ length: 5_000 }, (_, at) =>
      rolled('head', stayOf(at, ['N', `2026-03-${['01', '10', '20', '30'][at % 4]}`, '2026-12-31'])),
    ).concat(rolled('seller', stayOf(5_000, ['N', '2026-03-07', '2026-03-08'])));
    const queries = makeQueries(model, { rows: [], absences: [], stays }, grainPlans(model, [march])).filter(
      ({ scope }) => scope.kind === 'company',
    );
    const asked = queries.map(({ buckets, measures }) => {
      const days = buckets.map(({ from, until, partOf }) => until - from + (partOf ? ' in part' : ''));
      return `${days} ${measures.map((each) => each.aggregate)}`;
    });
    expect(asked).toEqual([
      '31 sum,count',
      '22 in part,12 in part,2 in part sum',
      // what no role's formulas name may be asked for of anybody, the seller too
      '90 count',
      '31 in part,22 in part,12 in part,2 in part,2 in part count',
      '90 sum',
      '31 in part,22 in part,12 in part,2 in part sum',
    ]);
  });

  test('a group is asked for once as each stay sees it, and once whole', () => {
    const [first] = makeQueries(MODEL, people, grainPlans(MODEL, [march])).filter(
      (each) => each.scope.kind === 'group',
    );
    if (first?.scope.kind !== 'group') throw new Error('no group');
    const seen = groupId([
      { value: 'N', from: march.from, until: day('2026-03-11') },
      { value: 'S', from: day('2026-03-11'), until: march.until },
    ]);
    const pieces = first.scope.pieces.map(({ group, value, from, until }) => [
      group === seen ? 'seen' : 'whole',
      value,
      until - from,
    ]);
    expect(pieces).toEqual([
      ['seen', 'N', 10],
      ['seen', 'S', 21],
      ['whole', 'N', 31],
      ['whole', 'S', 31],
    ]);
  });
});

describe('groups', () => {
  const stay = stayOf(
    0,
    ['N', '2026-01-01', '2026-01-10'],
    ['N', '2026-01-11', '2026-01-20'],
    [undefined, '2026-01-21', '2026-01-25'],
    ['N', '2026-01-26', '2026-02-28'],
  );

  test('stretches of one value adjoin; who has no team is alone, and who lacks anything else is nowhere', () => {
    const range = { from: day('2026-01-05'), until: day('2026-02-01') };
    const stretches = stretchesOf(MODEL, stay, 'team', range);
    expect(stretches.map(({ value, alone, from, until }) => [value, alone, until - from])).toEqual([
      ['N', undefined, 16],
      ['p0', true, 5],
      ['N', undefined, 6],
    ]);
    expect(groupId(stretches)).not.toBe(groupId(stretches.slice(1)));
    const { alone: _, ...named } = stretches[1]!;
    expect(groupId([named])).not.toBe(groupId([stretches[1]!]));
    expect(stretchesOf(MODEL, stay, 'lead', range)).toEqual([]);
  });

  test('values are those of the days asked for, in order', () => {
    const stays = [stay, stayOf(1, ['Б', '2026-01-01', '2026-01-31'], ['A', '2026-02-01', '2026-02-02'])];
    expect(
      valuesBetween(MODEL, stays, 'team', { from: day('2026-01-01'), until: day('2026-02-01') }),
    ).toEqual(['N', 'Б']);
    expect(
      valuesBetween(MODEL, stays, 'role', { from: day('2026-01-01'), until: day('2026-02-01') }),
    ).toEqual(['seller']);
  });
});

describe('facts', () => {
  const measure = (aggregate: Measure['aggregate']): Measure => ({ id: aggregate, event: 'deal', aggregate });
  const [sum, most] = [measure('sum'), measure('max')];
  const query: AggregateQuery = {
    id: 'q1',
    event: 'deal',
    scope: { kind: 'own' },
    measures: [sum, most],
    buckets: [{ id: '0..31', from: 0, until: 31 }],
  };
  const own = { kind: 'own' } as const;
  const facts = collectFacts([
    {
      query,
      rows: [
        { group: '0', bucket: '0..31', share: exact('1/3'), values: [whole(100), undefined] },
        { group: '0', bucket: '0..31', share: exact('2/3'), values: [whole(50), undefined] },
        { group: '0', bucket: '0..31', share: undefined, values: [undefined, whole(50)] },
      ],
    },
  ]);

  test('shares are multiplied outside; nothing is 0 for a sum and missing for a bound', () => {
    expect(exactText(facts.value(sum, own, '0..31', '0') as Exact)).toBe('200/3');
    expect(facts.value(most, own, '0..31', '0')).toEqual(whole(50));
    expect(facts.value(sum, own, '0..31', '1')).toEqual(whole(0));
    expect(facts.value(most, own, '0..31', '1')).toBeUndefined();
  });

  test('what nobody asked for is a fault, never a 0', () => {
    expect(() => facts.value(sum, own, '31..59', '0')).toThrow('nobody asked');
    expect(() => facts.value(sum, { kind: 'company' }, '0..31', '')).toThrow('nobody asked');
  });

  test('an answer that two grains share is taken once', () => {
    const row = { group: '0', bucket: '0..31', share: whole(1), values: [whole(7), undefined] };
    const twice = collectFacts([
      { query, rows: [row] },
      { query: { ...query, id: 'q2' }, rows: [row] },
    ]);
    expect(twice.value(sum, own, '0..31', '0')).toEqual(whole(7));
  });
});

test('a dated look-up finds the row of the day, both ends included', () => {
  const table = MODEL.tables[0]!;
  const row = (code: string, from: string, until: string | undefined, worth: number) => [
    code,
    whole(day(from)),
    until === undefined ? undefined : whole(day(until)),
    whole(worth),
  ];
  const find = createLookup(table, {
    table: 'rate',
    rows: [
      row('x', '2026-01-01', '2026-01-31', 1),
      row('x', '2026-02-01', undefined, 2),
      row('y', '2026-01-01', undefined, 3),
    ],
  });
  const worth = (code: string | undefined, at: string | undefined) =>
    find([code], at === undefined ? undefined : day(at))?.[3];
  expect(worth('x', '2025-12-31')).toBeUndefined();
  expect(worth('x', '2026-01-01')).toEqual(whole(1));
  expect(worth('x', '2026-01-31')).toEqual(whole(1));
  expect(worth('x', '2026-02-01')).toEqual(whole(2));
  expect(worth('z', '2026-02-01')).toBeUndefined();
  expect(worth(undefined, '2026-02-01')).toBeUndefined();
  expect(worth('x', undefined)).toBeUndefined();
});
