// References to rows that aren't there: a payment whose deal is in no file. What is read through one is missing, so that
// nothing is paid by it; the user is told.

import { dayText } from '../base/date.ts';
import type { Exact } from '../base/exact.ts';
import { valueAt } from '../input/columns.ts';
import { keyText } from '../input/convert.ts';
import type { EventModel, FieldModel } from '../model/policy.ts';
import type { Value, ValueType } from '../model/value.ts';
import { type EventRows, placeOf, valueText } from './memory-rows.ts';

/** Rows that look-backs see whose reference is the key of no row that may be read by it. */
export interface UnknownKeys {
  readonly field: string;
  /** The event that it refers to. */
  readonly event: string;
  readonly rows: number;
  /** The first of them in its file, and the key that it refers to. */
  readonly first: { readonly row: number; readonly key: string };
}

/** The fields of an event that refer to others, each with its place and the event that is meant. */
export function referencesOf(
  event: EventModel,
): readonly { readonly field: FieldModel; readonly at: number; readonly to: string }[] {
  return event.fields.flatMap((field, at) =>
    field.references === undefined ? [] : [{ field, at, to: field.references }],
  );
}

/** A key as a message shows it. */
export function shownKey(value: Value, type: ValueType): string {
  return type.kind === 'date' ? dayText(Number((value as Exact).num)) : valueText(value);
}

/** What an event's rows refer to in vain; `keys` are those of the rows of each event that may be read. */
export function unknownKeys(
  { event, columns, rows }: EventRows,
  keys: ReadonlyMap<string, ReadonlySet<string>>,
): readonly UnknownKeys[] {
  return referencesOf(event).flatMap(({ field, at, to }) => {
    const known = keys.get(to);
    const lost = rows.flatMap((each) => {
      const value = valueAt(columns[at]!, placeOf(each));
      return value === undefined || known?.has(keyText(value)) ? [] : [{ row: each.row, value }];
    });
    const [first, ...others] = lost;
    if (!first) return [];
    const earliest = others.reduce((least, each) => (each.row < least.row ? each : least), first);
    const key = shownKey(earliest.value, field.type);
    return [{ field: field.name, event: to, rows: lost.length, first: { row: earliest.row, key } }];
  });
}
