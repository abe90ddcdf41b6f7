// Whether a period may be closed now: one at a time, in order, each once, and when it is over.

import { type Day, dayText, parseDay } from '../base/date.ts';
import type { Diagnostic } from '../base/diagnostic.ts';
import type { FiscalYear } from '../base/fiscal.ts';
import { grainText, type Period, parsePeriod, shift } from '../base/period.ts';
import type { LedgerRecord } from '../model/ledger.ts';
import * as messages from './messages.ts';
import { closesOf } from './records.ts';

/** A period that is to be closed, and the calendars that its policy knows. */
export interface Wanted {
  readonly period: Period;
  readonly calendars: readonly FiscalYear[];
  /** As given: a day, or a time. */
  readonly at: string;
}

/** What is in the way of closing the period; nothing, where it may be. */
export function closable(
  records: readonly LedgerRecord[],
  { period, calendars, at }: Wanted,
): readonly Diagnostic[] {
  const order = inOrder(records, { period, calendars });
  if (order.length > 0) return order;
  const day = dayOfTime(at);
  return day !== undefined && day < period.until
    ? [messages.notOver(period.id, dayText(period.until - 1), at)]
    : [];
}

/** What is in the way of a period being the open one; of an approval, whether it is over isn't asked. */
export function inOrder(
  records: readonly LedgerRecord[],
  { period, calendars }: Omit<Wanted, 'at'>,
): readonly Diagnostic[] {
  const closes = closesOf(records);
  const own = closes.find(({ body }) => body.period === period.id);
  if (own) return [messages.alreadyClosed(period.id, own)];
  const closed = closes.at(-1)?.body.period;
  if (closed === undefined) return [];
  const last = parsePeriod(closed, calendars);
  if (last?.grain !== period.grain)
    return [messages.otherCalendar(period.id, grainText(period.grain), closed)];
  const next = shift(last, 1);
  return next.id === period.id ? [] : [messages.notNext(period.id, next.id)];
}

/** The last closed period; absent where none is, or none that these calendars know. */
export function lastClosed(
  records: readonly LedgerRecord[],
  calendars: readonly FiscalYear[],
): Period | undefined {
  const last = closesOf(records).at(-1);
  return last && parsePeriod(last.body.period, calendars);
}

const TIME =
  /^(\d{4}-\d{2}-\d{2})(?:[T ]([01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)?)?$/;

/** The day of a time as it is given (`2026-02-03`, `2026-02-03T10:00+03:00`); absent: it isn't one. */
export function dayOfTime(text: string): Day | undefined {
  const day = TIME.exec(text)?.[1];
  return day === undefined ? undefined : parseDay(day);
}
