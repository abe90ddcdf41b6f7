// Facts as they would be at the end of the days that are asked about, if the rest of them went as those until today did: what
// adds up grows with the days, and all else stays as it is.

import type { Day } from '../base/date.ts';
import { type Exact, fraction, multiply } from '../base/exact.ts';
import type { People, Stay } from '../model/people.ts';
import type { CalendarModel, Model } from '../model/policy.ts';
import type { Facts } from './facts.ts';
import { bucketDays } from './make-queries.ts';
import { isAdditive } from './moved-facts.ts';
import { hoursOf } from './working-time.ts';

/** Days as they are counted towards an end. */
export interface Pace {
  /** The last day that has passed: its rows are there. */
  readonly today: Day;
  /** The calendar whose working days are counted; absent: all days are. */
  readonly calendar?: CalendarModel;
}

/** How many days of a range count, and how many of them have passed. */
export interface PacedDays {
  readonly all: number;
  readonly passed: number;
}

/** The calendar by whose working days a policy's results come in: the only one that has any. */
export function paceCalendar({ calendars }: Model): CalendarModel | undefined {
  const [only, ...others] = calendars.filter(({ week }) => week.length > 0);
  return others.length === 0 ? only : undefined;
}

/** The days that count of `[from, until)`. */
export function pacedDays(
  { today, calendar }: Pace,
  { from, until }: { readonly from: Day; readonly until: Day },
): PacedDays {
  const count = (end: Day): number => {
    if (!calendar) return Math.max(0, end - from);
    let days = 0;
    for (let day = from; day < end; day++) if (hoursOf(calendar, day).length > 0) days++;
    return days;
  };
  return { all: count(until), passed: count(Math.min(until, today + 1)) };
}

/**
 * The facts at that pace: a sum or a count over days that haven't all passed is taken as many times as all its days are
 * those that have; what is of one stay has the days of the stay. Where none that counts has passed there is no pace, and it
 * stays.
 */
export function pacedFacts(
  { facts, people }: { readonly facts: Facts; readonly people: People },
  pace: Pace,
): Facts {
  const stays = new Map(people.stays.map((each) => [String(each.index), each]));
  const known = new Map<string, Exact | undefined>();
  const factorOf = (bucket: string, stay: Stay | undefined): Exact | undefined => {
    const days = bucketDays(bucket);
    const from = Math.max(days.from, stay?.from ?? days.from);
    const until = Math.min(days.until, stay?.until ?? days.until);
    const key = `${from}..${until}`;
    if (known.has(key)) return known.get(key);
    const { all, passed } = pacedDays(pace, { from, until });
    const factor = 0 < passed && passed < all ? fraction(all, passed) : undefined;
    known.set(key, factor);
    return factor;
  };
  return {
    value: (measure, scope, bucket, group) => {
      const value = facts.value(measure, scope, bucket, group);
      if (value === undefined || !isAdditive(measure)) return value;
      const factor = factorOf(bucket, scope.kind === 'own' ? stays.get(group) : undefined);
      return factor ? multiply(value as Exact, factor) : value;
    },
  };
}
