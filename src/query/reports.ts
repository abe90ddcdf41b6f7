// Who stands below whom, day by day: the one dated table behind `revenue[reports]`, from the people rows' `lead`.

import { RunError } from '../base/diagnostic.ts';
import type { People, Stay } from '../model/people.ts';
import type { DayRange } from './groups.ts';
import { tooManyBelow } from './messages.ts';
import type { MemberPiece } from './query.ts';

/** Most pieces of who stands below whom: five thousand people ten levels deep have fifty thousand. */
export const MOST_BELOW = 1_000_000;

/** By person, whom rows name as the lead and when; ranges of one lead may overlap, as the rows of two roles do. */
export type Leads = ReadonlyMap<string, readonly (DayRange & { readonly lead: string })[]>;

/** The stays below one stay, with the days of `[from, until)` on which they are. */
export interface Below extends DayRange {
  readonly stay: Stay;
}

// people are never changed
const closures = new WeakMap<People, ReadonlyMap<number, readonly Below[]>>();

/**
 * Who stands below each stay, on its own days: those whose rows name its person as the lead, and those below them, in
 * whatever role, but never the person. A lead without a row on a day has nobody above on it. In order of stays and days.
 */
export function belowEach(people: People): ReadonlyMap<number, readonly Below[]> {
  const found = closures.get(people) ?? closure(people);
  closures.set(people, found);
  return found;
}

/** The pieces of all groups of reports, each known by the stay that looks, that share a day with the range. */
export function reportPieces(people: People, days: DayRange): readonly MemberPiece[] {
  return [...belowEach(people)].flatMap(([viewer, below]) =>
    below
      .filter((each) => each.from < days.until && days.from < each.until)
      .map(({ stay, from, until }) => ({ group: String(viewer), member: stay.index, from, until })),
  );
}

function closure(people: People): ReadonlyMap<number, readonly Below[]> {
  const leads = leadsOf(people);
  const staysOf = new Map<string, Stay[]>();
  for (const stay of people.stays) {
    const own = staysOf.get(stay.person);
    if (own) own.push(stay);
    else staysOf.set(stay.person, [stay]);
  }
  const below = new Map<number, Below[]>(people.stays.map((each) => [each.index, []]));
  let count = 0;
  for (const stay of people.stays) {
    for (const [lead, ranges] of above(stay, leads)) {
      for (const viewer of staysOf.get(lead) ?? []) {
        for (const range of joined(ranges)) {
          const from = Math.max(range.from, viewer.from);
          const until = Math.min(range.until, viewer.until);
          if (from >= until) continue;
          below.get(viewer.index)!.push({ stay, from, until });
          count++;
        }
      }
      if (count > MOST_BELOW) throw new RunError([tooManyBelow(MOST_BELOW)]);
    }
  }
  return below;
}

/** Whom the rows of each person name. */
export function leadsOf(people: People): Leads {
  const leads = new Map<string, (DayRange & { readonly lead: string })[]>();
  for (const { person, lead, from, until } of people.rows) {
    if (lead === undefined) continue;
    const own = leads.get(person);
    if (own) own.push({ lead, from, until });
    else leads.set(person, [{ lead, from, until }]);
  }
  return leads;
}

/**
 * Everybody above a stay, with the days. Only days that aren't known yet are followed further up, so that circles end
 * and two ways to one lead are gone once.
 */
function above(stay: Stay, leads: Leads): ReadonlyMap<string, readonly DayRange[]> {
  const found = new Map<string, DayRange[]>();
  const open: (DayRange & { readonly lead: string })[] = stay.rows.flatMap(({ lead, from, until }) =>
    lead === undefined ? [] : [{ lead, from, until }],
  );
  for (let next = open.pop(); next; next = open.pop()) {
    const { lead } = next;
    if (lead === stay.person) continue;
    const known = found.get(lead) ?? [];
    found.set(lead, known);
    for (const fresh of without(next, known)) {
      known.push(fresh);
      for (const each of leads.get(lead) ?? []) {
        const from = Math.max(fresh.from, each.from);
        const until = Math.min(fresh.until, each.until);
        if (from < until) open.push({ lead: each.lead, from, until });
      }
    }
  }
  return found;
}

/** The days of a range that lie in none of the others. */
export function without(range: DayRange, others: readonly DayRange[]): readonly DayRange[] {
  let left: readonly DayRange[] = [{ from: range.from, until: range.until }];
  for (const other of others) {
    left = left.flatMap(({ from, until }) =>
      [
        { from, until: Math.min(until, other.from) },
        { from: Math.max(from, other.until), until },
      ].filter((each) => each.from < each.until),
    );
  }
  return left;
}

/** Ranges without a day in common, in order of time, adjoining ones joined. */
function joined(ranges: readonly DayRange[]): readonly DayRange[] {
  const found: DayRange[] = [];
  for (const range of [...ranges].sort((a, b) => a.from - b.from)) {
    const last = found.at(-1);
    if (last && last.until === range.from) found[found.length - 1] = { from: last.from, until: range.until };
    else found.push(range);
  }
  return found;
}
