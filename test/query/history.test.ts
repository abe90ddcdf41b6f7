// Which days a run asks facts for, where its formulas look at other periods.

import { expect, test } from 'vitest';
import { dayText, parseDay } from '../../src/base/date.ts';
import { parsePeriod } from '../../src/base/period.ts';
import type { People, PersonRow } from '../../src/model/people.ts';
import { grainPlans, makeQueries } from '../../src/query/make-queries.ts';
import { modelOf } from '../evaluate/run-policy.ts';

function peopleSince(from: string): People {
  const row: PersonRow = {
    person: 'ann',
    name: 'Ann',
    role: 'seller',
    from: parseDay(from)!,
    until: parseDay('2100-01-01')!,
    attributes: [],
    stay: 0,
  };
  const { person, role, until } = row;
  return {
    rows: [row],
    stays: [{ index: 0, person, role, from: row.from, until, rows: [row] }],
    absences: [],
  };
}

interface World {
  readonly effective?: string;
  readonly since?: string;
  readonly held?: string;
}

/** The first days of the ranges that revenue is asked for in a run of March 2026, each with its number of days. */
function asked(bonus: string, { effective, since, held = '2025-10-20' }: World = {}): readonly string[] {
  const model = modelOf(`policy p { currency RUB
 timezone "Europe/Moscow"
 period month${effective ? `\n effective from ${effective}` : ''} }
event deal {${since ? ` since ${since}` : ''}
 id: text key
 day: date posts
 who: person owner
 amount: money }
kpi revenue = sum(deal.amount)
let balance = round((previous(balance) else 0 RUB) + revenue to 1 RUB)
role seller { bonus b${bonus} }`);
  const people = peopleSince(held);
  const queries = makeQueries(model, people, grainPlans(model, [parsePeriod('2026-03')!]));
  return queries
    .flatMap((each) => each.buckets)
    .filter((each) => each.until - each.from > 27)
    .map((each) => `${dayText(each.from)} ${each.until - each.from}`)
    .sort();
}

const MARCH = '2026-03-01 31';
const [JANUARY, FEBRUARY] = ['2026-01-01 31', '2026-02-01 28'];
const AUTUMN = ['2025-10-01 31', '2025-11-01 30', '2025-12-01 31'];

// the `let` reads its own past, so that every policy here goes back to its beginning: that of each case is the last argument
test.each<[string, World, readonly string[]]>([
  [' = revenue', { effective: '2026-03-01' }, [MARCH]],
  [' = revenue', { effective: '2026-02-10' }, [FEBRUARY, MARCH]],
  // without a beginning of the policy, since somebody held a role
  [' = revenue', {}, [...AUTUMN, JANUARY, FEBRUARY, MARCH]],
  // or since the data is complete, if that is later: December isn't, from its first day on
  [' = revenue', { since: '2025-12-05' }, [JANUARY, FEBRUARY, MARCH]],
  [' = revenue', { since: '2025-12-01', held: '0001-01-01' }, [AUTUMN[2]!, JANUARY, FEBRUARY, MARCH]],
  [
    ' per quarter = sum(revenue each month)',
    { effective: '2026-01-01' },
    ['2026-01-01 31', '2026-01-01 90', FEBRUARY, MARCH],
  ],
  // the months of the quarter before, but for those before the policy
  [
    ' per quarter not prorated = (previous(sum(revenue each month)) else 0 RUB)',
    { effective: '2025-12-31' },
    [AUTUMN[2]!, JANUARY, '2026-01-01 90', FEBRUARY, MARCH],
  ],
])('asks for what is looked at: bonus b%s %j', (bonus, world, days) => {
  expect(new Set(asked(bonus, world))).toEqual(new Set(days));
});
