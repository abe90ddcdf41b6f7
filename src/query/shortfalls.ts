// What a figure needs and the data doesn't give: an exchange rate, a time within the years of the clock. A run that comes
// to such a figure stops and names what is wanting; what no figure asks for stops nothing.

import type { Day } from '../base/date.ts';
import { type Diagnostic, InternalError, RunError } from '../base/diagnostic.ts';
import { LOCAL_DAYS } from '../base/local-time.ts';
import type { FieldModel } from '../model/policy.ts';
import type { Cell } from '../model/value.ts';
import { type CellPlace, cellLeftOut, exchangeRateMissing, momentOutside } from './messages.ts';

/** How many are named, of all that are found. */
const MOST_NAMED = 5;
/** Stands between the parts of a shortfall where it is a text. */
export const BETWEEN = '\u001f';

const LEFT_OUT = 'M4001';
const CODES: ReadonlySet<string> = new Set(['M3030', 'M3031', LEFT_OUT]);

/** Stops what is being worked out for want of a rate. */
export function rateShort(table: string, pair: Parameters<typeof exchangeRateMissing>[1]): RunError {
  return new RunError([exchangeRateMissing(table, pair)]);
}

/** Stops what is being worked out for a time outside the years of the clock. */
export function momentShort(day: Day): RunError {
  return new RunError([momentOutside(day)]);
}

/** Stops what is being worked out for a cell that a test leaves out. */
export function leftOutShort(place: CellPlace, row?: number): RunError {
  return new RunError([cellLeftOut(place, row)]);
}

/** A cell that a formula reads; one that a test leaves out stops it. */
export function cellRead(field: FieldModel | undefined, of: string, cell: Cell): Cell {
  if (cell === undefined && field?.leftOut) throw leftOutShort({ of, field: field.name });
  return cell;
}

/** Whether a fault is of a cell that a test leaves out: it stops only those who read that row. */
export function isLeftOut(fault: unknown): fault is RunError {
  return fault instanceof RunError && fault.diagnostics.every((each) => each.code === LEFT_OUT);
}

/** Whether a day lies outside those for which local time is worked out. */
export function isOutside(day: Day): boolean {
  return day < LOCAL_DAYS.from || day > LOCAL_DAYS.last;
}

/** Whether a fault is of data that a figure needs; it stops those who need the figure, and nobody else. */
export function isShortfall(fault: unknown): fault is RunError {
  return fault instanceof RunError && fault.diagnostics.every((each) => CODES.has(each.code));
}

/** The shortfalls that a database found, as texts: `rate`, table, currencies and day, or `moment` and day. */
export function shortfallOf(text: string): RunError {
  const [kind, ...parts] = text.split(BETWEEN);
  if (kind === 'moment') return momentShort(Number(parts[0]));
  const [table, to, day, ...from] = parts;
  if (kind !== 'rate' || !table || !to || !day) throw new InternalError(`no shortfall: ${text}`);
  return rateShort(table, { from: from.join(BETWEEN), to, day: Number(day) });
}

/** Takes note of shortfalls, so that a run names several at once. */
export interface Shortfalls {
  note(fault: RunError): void;
  /** Throws if anything was noted: each once, in the order of the messages, five at most. */
  stop(): void;
}

export function createShortfalls(): Shortfalls {
  const found = new Map<string, Diagnostic>();
  return {
    note(fault) {
      for (const each of fault.diagnostics) found.set(each.message, each);
    },
    stop() {
      if (found.size === 0) return;
      const sorted = [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, each]) => each);
      throw new RunError(sorted.slice(0, MOST_NAMED));
    },
  };
}
