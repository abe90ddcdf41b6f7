// Which rows closed periods stand on: such a row may change, and say that it is cancelled, but it can't just be gone.

import type { Day } from '../base/date.ts';
import { cellOf } from '../ledger/snapshot.ts';
import { walk } from '../library/parts.ts';
import { rowFormulas } from '../library/row-formulas.ts';
import type { LedgerRow, RowChange } from '../model/ledger.ts';
import type { Model } from '../model/policy.ts';
import { rowTimes } from './row-days.ts';

/** Closed periods: the policies that they were worked out by, and the day on which the last of them had ended. */
export interface Closed {
  readonly models: readonly Model[];
  readonly until: Day;
}

/** The removed rows on which a closed period stands. */
export function removedUsed(changes: readonly RowChange[], { models, until }: Closed): readonly LedgerRow[] {
  const removed = changes.flatMap((each) => (each.kind === 'removed' ? [each.row] : []));
  if (removed.length === 0) return [];
  const uses = models.map((model) => usedBy(model, until));
  return removed.filter((row) => uses.some((isUsed) => isUsed(row)));
}

/**
 * Whether runs of periods before a day can stand on a row: it holds, or is posted, before that day; or rows are looked at by
 * another date too, or by other rows, whatever their own day. Rather more rows than too few: of one that nobody needed
 * somebody is asked, and nothing goes missing unseen.
 */
function usedBy(model: Model, until: Day): (row: LedgerRow) => boolean {
  const timeOf = rowTimes(model);
  const names = new Set(['person', 'absence', ...model.tables.map(({ name }) => name)]);
  const events = new Map(model.events.map((each) => [each.name, each]));
  const lookedAt = eventsSeenAnyDay(model);
  return (row) => {
    const { day } = timeOf(row);
    const event = events.get(row.source);
    if (!event) {
      // of people of whom no row was taken only the id is there
      const isTaken = row.source !== 'person' || cellOf(row, 'role') !== undefined;
      return isTaken && names.has(row.source) && (day === undefined || day < until);
    }
    if (lookedAt.has(event.name)) return true;
    return day !== undefined && day < until && (event.since === undefined || day >= event.since);
  };
}

/** Events whose rows count for a period on whichever day they were posted. */
function eventsSeenAnyDay(model: Model): ReadonlySet<string> {
  const found = new Set(model.measures.flatMap((each) => (each.by ? [each.event] : [])));
  for (const { value } of rowFormulas(model)) {
    walk(value, (node) => {
      if (node.kind === 'through' || node.kind === 'look-back') found.add(node.event);
    });
  }
  return found;
}
