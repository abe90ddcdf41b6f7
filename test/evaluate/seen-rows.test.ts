// Results that people enter by hand: of two for a period the one that became known later counts, and both are shown, with
// who entered them and when, on both backends.

import { describe, expect, test } from 'vitest';
import { figureText } from '../../src/report/format.ts';
import { statementText } from '../../src/report/statement.ts';
import { kpiOf, roleOf, runOnBoth, statementOf, tryPolicy } from './run-policy.ts';

const RATING = `event rating {
  since 2026-01-01
  id:      text key
  day:     date posts
  entered: datetime known
  whose:   person owner
  by:      person
  stars:   number?
}
`;
const PEOPLE = 'id,role,from,until\nann,seller,2025-01-01,\nbob,seller,2025-01-01,\nlea,boss,2025-01-01,';
const ROWS = `id,day,entered,whose,by,stars
  r2,2026-01-31,2026-02-03 09:00,ann,lea,5
  r1,2026-01-31,2026-02-01 09:00,ann,bob,3
  r3,2026-01-31,2026-02-01 09:00,bob,lea,4
  r4,2026-01-31,2026-02-09 09:00,bob,lea,`;
const ROLES = 'role seller { bonus b = 10 RUB * (rating else 0) }\nrole boss { }';

const ask = (kpi: string, data: string = ROWS, event: string = RATING) =>
  runOnBoth({
    policy: `${event}kpi rating = ${kpi}\n${ROLES}`,
    people: PEOPLE,
    period: '2026-01',
    data: { rating: data },
  });

/** The rows of ann's line: key, whether it counts, and what is shown of it. */
const shown = (result: Awaited<ReturnType<typeof ask>>, person = 'ann') =>
  kpiOf(roleOf(result, person, '2026-01').kpis, 'rating').rows?.map((row) => [
    row.key,
    row.counted,
    row.value.value,
    ...row.inputs.map((each) => `${each.text} ${each.value === 'top' ? 'top' : figureText(each.value)}`),
  ]);

describe('rows of which one counts', () => {
  test('the later known counts, the other stands beside it', async () => {
    const result = await ask('last(rating.stars where stars exists)');
    expect(shown(result)).toEqual([
      ['r2', true, '5', expect.stringMatching(/^entered 2026-02-03/), 'by lea'],
      ['r1', false, '3', expect.stringMatching(/^entered 2026-02-01/), 'by bob'],
    ]);
    // 10 * 5
    expect(statementOf(result, 'ann', '2026-01').pay).toBe('50');
    // r4 has no stars, so there is one, which is shown with who entered it and when
    expect(shown(result, 'bob')).toEqual([
      ['r3', true, '4', expect.stringMatching(/^entered 2026-02-01/), 'by lea'],
    ]);
    const text = statementText(statementOf(result, 'ann', '2026-01'), result);
    expect(text).toContain('rating: 5 of r2 counts (entered = ');
    expect(text).toContain('rating: 3 of r1 does not count (entered = ');
  });

  test('of two days of a period the later day counts; that the other became known later is said', async () => {
    // ann: r2 was entered after r1 and is of an earlier day; bob: two days, entered in their order
    const data = `id,day,entered,whose,by,stars
      r1,2026-01-31,2026-02-01 09:00,ann,bob,3
      r2,2026-01-25,2026-02-03 09:00,ann,lea,5
      r3,2026-01-10,2026-02-01 09:00,bob,lea,4
      r4,2026-01-20,2026-02-01 09:00,bob,lea,2`;
    for (const backend of ['memory', 'duckdb'] as const) {
      const small = { people: PEOPLE, period: '2026-01', data: { rating: data }, backend };
      const policy = (kpi: string) => `${RATING}kpi rating = ${kpi}\n${ROLES}`;
      const { result, diagnostics } = await tryPolicy({
        ...small,
        policy: policy('last(rating.stars where stars exists)'),
      });
      expect(shown(result!)!.map(([key, counted]) => [key, counted])).toEqual([
        ['r1', true],
        ['r2', false],
      ]);
      // 10 * 3
      expect(statementOf(result!, 'ann', '2026-01').pay).toBe('30');
      expect(diagnostics.map(({ code, severity, message }) => `${code} ${severity} ${message}`)).toEqual([
        'M3044 warning of the rows of `rating` for `ann` in `2026-01`, `r1` of 2026-01-31 counts, though `r2` of 2026-01-25 became known later',
      ]);
      // of the first, the day alone is meant
      const first = await tryPolicy({ ...small, policy: policy('first(rating.stars where stars exists)') });
      expect(first.diagnostics).toEqual([]);
    }
  });

  test('a result of an earlier month that is corrected late is no other one of the last month', async () => {
    const data = `id,day,entered,whose,by,stars
      r1,2026-01-31,2026-02-01 09:00,ann,bob,3
      r2,2026-02-28,2026-03-01 09:00,ann,bob,4
      r3,2026-01-31,2026-03-05 09:00,ann,lea,5`;
    const { result, diagnostics } = await tryPolicy({
      policy: `${RATING}kpi rating = last(rating.stars where stars exists)[ytd]\n${ROLES}`,
      people: PEOPLE,
      period: '2026-02',
      data: { rating: data },
    });
    expect(diagnostics).toEqual([]);
    // February's 4 of the year so far, times 10
    expect(statementOf(result!, 'ann', '2026-02').pay).toBe('40');
  });

  test('of the first it is the other way round', async () => {
    const result = await ask('first(rating.stars where stars exists)');
    expect(shown(result)!.map(([key, counted]) => [key, counted])).toEqual([
      ['r1', true],
      ['r2', false],
    ]);
  });

  test('ten are shown and the rest is counted', async () => {
    const lines = Array.from(
      { length: 13 },
      (_, at) => `q${at + 10},2026-01-${at + 10},2026-02-01 09:00,ann,lea,${at}`,
    );
    const result = await ask(
      'last(rating.stars where stars exists)',
      ['id,day,entered,whose,by,stars', ...lines].join('\n'),
    );
    const line = kpiOf(roleOf(result, 'ann', '2026-01').kpis, 'rating');
    expect([line.actual.value, line.rows?.length, line.moreRows]).toEqual(['12', 10, 3]);
    // the latest first: the 22nd of January counts, the 13th is the last that is shown
    expect(line.rows?.map((each) => each.key)).toEqual(Array.from({ length: 10 }, (_, at) => `q${22 - at}`));
  });

  test('an event that doesn’t say when rows became known shows none', async () => {
    const event = RATING.replace('  entered: datetime known\n', '');
    const data = ROWS.replace('entered,', '').replace(/2026-02-0\d 09:00,/g, '');
    expect(shown(await ask('last(rating.stars where stars exists)', data, event))).toBeUndefined();
  });
});
