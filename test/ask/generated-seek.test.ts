// `seek` against runs over data that really has the rows: policies drawn with tiers, curves, gates, caps, floors and
// conditions, looked at place by place.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMemoryBackend } from '../../src/backend/memory.ts';
import { absolute, compare, exact, exactText, subtract } from '../../src/base/exact.ts';
import { run } from '../../src/engine.ts';
import type { ReachedBy, Stretch } from '../../src/model/seek.ts';
import { csvSource, modelOf } from '../evaluate/run-policy.ts';
import { generatedRuns } from '../runs.ts';
import { reachedIn } from './sought.ts';

const EVENTS = `event deal {
  id:      text key
  on_day:  date posts
  manager: person owner
  amount:  money
}
kpi revenue = sum(deal.amount)
`;

/** Ascending amounts of thousands, not all of them round. */
const bounds = (most: number) =>
  fc
    .uniqueArray(fc.integer({ min: 1, max: 2000 }), { minLength: 1, maxLength: most })
    .map((all) => all.toSorted((a, b) => a - b).map((each) => each * 1000 + (each % 3 === 0 ? 333.33 : 0)));
const percent = fc.integer({ min: 0, max: 90 }).map((each) => `${each / 10}%`);

const table = fc
  .record({
    mode: fc.constantFrom('marginal', 'whole'),
    begin: fc.boolean(),
    tiers: bounds(4),
    words: fc.array(fc.constantFrom('from', 'above'), { minLength: 4, maxLength: 4 }),
    rates: fc.array(percent, { minLength: 5, maxLength: 5 }),
  })
  .map(({ mode, begin, tiers, words, rates }) =>
    [
      `rates ladder ${mode} {`,
      ...(begin ? [`  from 0 RUB: ${rates[4]}`] : []),
      ...tiers.map((each, index) => `  ${words[index]} ${each} RUB: ${rates[index]}`),
      '}',
    ].join('\n'),
  );

const curve = fc
  .record({
    mode: fc.constantFrom('linear', 'steps'),
    points: fc.uniqueArray(fc.integer({ min: 10, max: 180 }), { minLength: 2, maxLength: 4 }),
    scores: fc.array(fc.integer({ min: 0, max: 200 }), { minLength: 4, maxLength: 4 }),
    below: fc.integer({ min: 0, max: 50 }),
  })
  .map(({ mode, points, scores, below }) =>
    [
      `curve scale ${mode} {`,
      `  below ${Math.min(...points)}%: ${below}%`,
      ...points.toSorted((a, b) => a - b).map((each, index) => `  ${each}%: ${scores[index]}%`),
      `  above: ${scores[points.length - 1]}%`,
      '}',
    ].join('\n'),
  );

const amount = fc.integer({ min: 1, max: 2500 }).map((each) => `${each * 1000} RUB`);
const bonus = fc.oneof(
  fc.constant('ladder(revenue)'),
  fc.constant('ladder.rate(revenue) * 100_000 RUB'),
  fc.constant('20_000 RUB * (score else 0%)'),
  amount.map((each) => `revenue * 2% when revenue >= ${each}`),
  amount.map((each) => `7_000 RUB when revenue < ${each}`),
  fc.tuple(amount, amount).map(([a, b]) => `min(revenue, ${a}) * 1.5% + max(revenue, ${b}) * 0.5%`),
  amount.map((each) => `revenue * 3% when revenue > ${each} otherwise revenue * 1%`),
  fc.constant('(ladder(revenue) + revenue * 0.3%) * (attainment(revenue) else 0%)'),
);

const policy = fc
  .record({
    table,
    curve,
    target: amount,
    gate: fc.option(amount),
    bonuses: fc.array(fc.record({ value: bonus, gated: fc.boolean() }), { minLength: 1, maxLength: 3 }),
    cap: fc.option(fc.integer({ min: 5, max: 90 })),
    floor: fc.option(fc.integer({ min: 1, max: 9 })),
  })
  .map(
    (each) => `${each.table}
${each.curve}
role seller {
  target revenue ${each.target}
  scorecard { revenue 100% on scale }
${each.gate === null ? '' : `  gate revenue >= ${each.gate}\n`}${each.bonuses
  .map(
    ({ value, gated }, index) =>
      `  bonus b${index}${gated && each.gate !== null ? ' gated' : ''} not prorated = ${value}`,
  )
  .join('\n')}
${each.floor === null ? '' : `  floor ${each.floor * 1000} RUB\n`}${each.cap === null ? '' : `  cap ${each.cap * 1000} RUB\n`}}
`,
  );

/** What is paid where revenue is each of these: a person for each, with a real row. */
async function paidAt(policy: string, places: readonly string[]): Promise<readonly string[]> {
  const model = modelOf(
    `policy small {\n  currency RUB\n  timezone "Europe/Moscow"\n  period month\n  rounding half up to 0.01\n}\n${EVENTS}${policy}`,
  );
  const people = places.map((_, index) => `p${index},P,seller`);
  const deals = places.map((each, index) => `d${index},2026-01-31,p${index},${each}`);
  const sources = [
    csvSource('person', ['id,name,role', ...people].join('\n')),
    csvSource('deal', ['id,on_day,manager,amount', ...deals].join('\n')),
  ];
  const backend = createMemoryBackend({
    readFile: () => {
      throw new Error('no files');
    },
  });
  const { value } = await run({ model, sources, period: '2026-01' }, backend);
  return places.map((_, index) => value!.statements.find((each) => each.person === `p${index}`)!.pay);
}

function isIn(stretches: readonly Stretch[], x: string): boolean {
  return stretches.some(({ from, includes, until, untilIncludes }) => {
    const low = compare(exact(x), exact(from));
    const high = until === undefined ? -1 : compare(exact(x), exact(until));
    return (low > 0 || (low === 0 && includes)) && (high < 0 || (high === 0 && untilIncludes === true));
  });
}

/** Whether a place lies so near to an end that the rounding of lines may decide. */
function isNear({ stretches }: ReachedBy, x: string): boolean {
  const ends = stretches.flatMap(({ from, until }) => (until === undefined ? [from] : [from, until]));
  return ends.some((end) => compare(absolute(subtract(exact(x), exact(end))), exact('30')) < 0);
}

describe('what gives an amount', () => {
  it('agrees with runs over real rows', async () => {
    let reached = 0;
    let looked = 0;
    await fc.assert(
      fc.asyncProperty(policy, fc.integer({ min: 1, max: 80 }), async (text, thousands) => {
        const level = `${thousands * 1000 + 500}`;
        const found = await reachedIn(
          {
            policy: `${EVENTS}${text}`,
            people: 'id,name,role\nanna,Anna,seller\n',
            data: { deal: 'id,on_day,manager,amount\nd1,2026-01-10,anna,100000\n' },
          },
          { person: 'anna', period: '2026-01', reach: level, by: 'revenue' },
        );
        const ends = found.stretches.flatMap(({ from, until }) => [
          from,
          ...(until === undefined ? [] : [until]),
        ]);
        const around = ends.flatMap((end) =>
          ['-31', '31'].map((by) => exactText(subtract(exact(end), exact(by)))),
        );
        const scan = Array.from({ length: 40 }, (_, index) => String(index * 65_537.5));
        const tried = [found.practical, found.short].flatMap((each) => (each ? [each.value.value!] : []));
        const places = [...scan, ...around.filter((each) => /^[0-9.]+$/.test(each)), ...tried].map(toCents);
        const paid = await paidAt(text, places);
        for (const [index, x] of places.entries()) {
          if (isNear(found, x)) continue;
          looked++;
          expect(`${x}: ${compare(exact(paid[index]!), exact(level)) >= 0}`).toBe(
            `${x}: ${isIn(found.stretches, x)}`,
          );
        }
        // what is said of a place that can be worked is what is paid there
        const told = new Map(places.map((each, index) => [each, paid[index]]));
        for (const each of [found.practical, found.short])
          if (each) expect(told.get(toCents(each.value.value!))).toBe(each.amount.value);
        if (found.practical) {
          reached++;
          expect(compare(exact(found.practical.amount.value!), exact(level))).toBeGreaterThanOrEqual(0);
          expect(compare(exact(found.short?.amount.value ?? '0'), exact(level))).toBeLessThan(0);
        }
      }),
      { ...generatedRuns(60), endOnFailure: true },
    );
    expect(reached).toBeGreaterThan(20);
    expect(looked).toBeGreaterThan(1000);
  }, 120_000);
});

/** A column of money holds two decimals. */
function toCents(text: string): string {
  return /^[0-9]+(\.[0-9]{1,2})?$/.test(text) ? text : (Math.floor(Number(text) * 100) / 100).toFixed(2);
}
