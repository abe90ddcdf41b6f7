// The fate of one row that look-backs see, by every date that a run looks at: the posting one, and others that
// measures go by. By each date a row stands on another day, and credits those who hold a role then.

import type { Exact } from '../base/exact.ts';
import { type Fate, type LostCredits, NO_LOST_CREDITS } from '../input/control-totals.ts';
import type { Expression } from '../model/expression.ts';
import type { EventModel } from '../model/policy.ts';
import type { DayRange, Wanted } from './backend.ts';
import { type Credit, type CreditWorld, holding, type NamedAll, naming } from './memory-credit.ts';
import type { EventRow, RowWorld } from './memory-rows.ts';

/** A used row and who is credited with it, in the order of the credit lines. */
export interface UsedRow {
  /** As it stands by the date that is asked for: with that time and day. */
  readonly row: EventRow;
  readonly credits: readonly Credit[];
  /** Ordinary shares whose person held no role that day, where there are any. */
  readonly outside?: readonly Exact[];
}

export interface Settled {
  readonly fate: Fate;
  /** By the posting date, then by each other date wanted; absent where it doesn't count by that date. */
  readonly used: readonly (UsedRow | undefined)[];
  /** What counts for nobody of a used row; lines without a role for each date by which the row counts. */
  readonly lost: LostCredits;
}

const USED: Fate = { kind: 'used' };
const UNCREDITED: NamedAll = { kind: 'named', named: [], withoutPerson: 0, elsewhere: 0 };

/** Settles the rows of an event, one after the other. */
export function settling(
  event: EventModel,
  world: CreditWorld & RowWorld & { readonly wanted: Wanted },
): (row: EventRow) => Settled {
  const { wanted } = world;
  const credited = event.credit.length > 0;
  const name = credited ? naming(event, world) : () => UNCREDITED;
  const hold = holding(world);
  return (row) => {
    const unused = { used: [], lost: NO_LOST_CREDITS };
    const found = name(row);
    if (found.kind === 'rejected') return { ...unused, fate: found };

    const stands = [
      { stand: row, days: wanted.posted },
      ...wanted.by.map(({ date, days }) => ({ stand: standBy(date, row, world), days })),
    ];
    const used: (UsedRow | undefined)[] = [];
    let withoutRole = 0;
    let anybody = !credited;
    for (const { stand, days } of stands) {
      const held = stand && hold(found.named, stand);
      if (held?.kind === 'rejected') return { ...unused, fate: held };
      const counts = held !== undefined && (!credited || held.credits.length > 0);
      anybody ||= counts;
      const inside = stand !== undefined && liesIn(stand, days);
      used.push(counts && inside ? { row: stand, credits: held.credits, outside: held.outside } : undefined);
      if (counts && inside) withoutRole += held.withoutRole;
    }
    // the check of roles comes first, so that the reason is the lasting one
    if (!anybody) return { ...unused, fate: { kind: 'filtered', reason: 'nobody in a role that day' } };
    if (used.every((each) => each === undefined))
      return { ...unused, fate: { kind: 'filtered', reason: 'outside the periods' } };
    const { withoutPerson, elsewhere } = found;
    const isLost = withoutRole + withoutPerson + elsewhere > 0;
    return { fate: USED, used, lost: isLost ? { withoutRole, withoutPerson, elsewhere } : NO_LOST_CREDITS };
  };
}

/** The row as it stands by another date; nowhere where that is missing. */
function standBy(date: Expression, row: EventRow, world: CreditWorld & RowWorld): EventRow | undefined {
  const time = world.evaluate(date, row) as Exact | undefined;
  if (time === undefined) return undefined;
  return { ...row, time, day: date.type.kind === 'datetime' ? world.clock.day(time) : Number(time.num) };
}

function liesIn({ day }: EventRow, { from, until }: DayRange): boolean {
  return from <= day && day < until;
}
