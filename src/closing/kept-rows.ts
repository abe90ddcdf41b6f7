// The rows of one source that a policy takes, each with its key and its cells as one text each.

import { fiscalYears } from '../base/fiscal.ts';
import { ABSENCE_FIELDS, ABSENCES, optionalSources } from '../input/absence-fields.ts';
import { readAbsences } from '../input/absences.ts';
import { createClock } from '../input/clock.ts';
import { cellsOf } from '../input/columns.ts';
import { trimAscii } from '../input/convert.ts';
import { PEOPLE_FIELDS, readPeople } from '../input/people.ts';
import { type InputRow, noteDuplicates, readRows } from '../input/rows.ts';
import { readTable } from '../input/tables.ts';
import { cellText } from '../input/write-cell.ts';
import { rowKey } from '../ledger/snapshot.ts';
import type { BoundSource, Reject, TextTable } from '../model/dataset.ts';
import type { LedgerRow } from '../model/ledger.ts';
import type { FieldModel, Model } from '../model/policy.ts';
import type { ValueType } from '../model/value.ts';

/** How a policy reads a source. */
export interface SourceReading {
  readonly source: string;
  readonly kind: 'person' | 'absence' | 'table' | 'event';
  readonly fields: readonly FieldModel[];
  /** The fields that tell rows apart; `from`, the day from which a dated row holds, beside them. */
  readonly keys: readonly string[];
  readonly dated: boolean;
}

/** How a policy reads its sources, in the order in which they stand on each other. */
export function readingsOf(model: Model): readonly SourceReading[] {
  const { attributes, tables, events } = model;
  const people: SourceReading = {
    source: 'person',
    kind: 'person',
    fields: [...PEOPLE_FIELDS, ...attributes],
    keys: ['id', 'role'],
    dated: true,
  };
  const absences = optionalSources(model).map((source): SourceReading => {
    return { source, kind: 'absence', fields: ABSENCE_FIELDS, keys: ['person'], dated: true };
  });
  return [
    people,
    ...absences,
    ...tables.map(({ name, fields, keys, dated }): SourceReading => {
      return { source: name, kind: 'table', fields, keys, dated };
    }),
    ...events.map(({ name, fields, key }): SourceReading => {
      return { source: name, kind: 'event', fields, keys: [key], dated: false };
    }),
  ];
}

/** Whether a run goes without the source where there is none. */
export function isOptional({ kind }: SourceReading): boolean {
  return kind === ABSENCES;
}

/** A row that a policy takes. */
export interface KeptRow {
  readonly key: string;
  readonly cells: LedgerRow['cells'];
}

/** What a source's rows are read from. */
export interface KeptInput {
  readonly bound: BoundSource;
  readonly text: TextTable;
  /** Ids that stand in the people data. */
  readonly persons: ReadonlySet<string>;
}

/** The rows that the policy takes, by their number in the file. */
export function keptRows(
  model: Model,
  reading: SourceReading,
  input: KeptInput,
): ReadonlyMap<number, KeptRow> {
  const { bound, text, persons } = input;
  const { fields, keys, dated } = reading;
  const context = {
    dialect: bound.dialect,
    clock: createClock(model.zone),
    persons,
    calendars: fiscalYears(model),
  };
  const rows = readRows(bound, fields, { text, context });
  const places = keys.map((key) => fields.findIndex((each) => each.name === key));
  if (reading.kind === 'event') noteDuplicates(rows, places, places[0]!);
  const refused = new Set(rejectsOf(model, reading, { bound, text, context }).map((each) => each.row));
  const cells = cellsOf(text, bound.header.length);
  const from = dated ? fields.findIndex((each) => each.name === 'from') : -1;
  const write = fields.map(({ type }) => writer(type));
  const isFallback = fields.map(({ fallback, type }, at) => {
    const binding = bound.bindings[at]!;
    if (fallback === undefined) return () => false;
    if (binding.kind !== 'column') return () => binding.kind === 'absent' || isEmpty(binding.text, type);
    return ({ row }: InputRow) => isEmpty(cells.text(row - 2, binding.index), type);
  });

  const kept = new Map<number, KeptRow>();
  for (const row of rows) {
    if (row.faults.length > 0 || refused.has(row.row)) continue;
    const own: Record<string, string> = {};
    for (const [at, { name }] of fields.entries()) {
      const cell = row.cells[at];
      if (cell !== undefined && !isFallback[at]!(row)) putCell(own, name, write[at]!(cell));
    }
    const textAt = (at: number): string => own[fields[at]!.name] ?? '';
    kept.set(row.row, { key: rowKey(places.map(textAt), from < 0 ? undefined : textAt(from)), cells: own });
  }
  return kept;
}

/** Puts a cell into a row under any name that a field may have. */
export function putCell(cells: Record<string, string>, field: string, text: string): void {
  if (field !== '__proto__') cells[field] = text;
  else Object.defineProperty(cells, field, { value: text, enumerable: true, configurable: true });
}

/** What beside single cells keeps rows of people, absences and tables from being taken. */
function rejectsOf(
  model: Model,
  { source, kind }: SourceReading,
  {
    bound,
    text,
    context,
  }: Pick<KeptInput, 'bound' | 'text'> & { readonly context: Parameters<typeof readTable>[2]['context'] },
): readonly Reject[] {
  switch (kind) {
    case 'person':
      return readPeople(model, bound, text).rejects;
    case 'absence':
      return readAbsences(bound, { text, context }).rejects;
    case 'table':
      return readTable(model.tables.find((each) => each.name === source)!, bound, { text, context }).rejects;
    case 'event':
      return [];
    default:
      return kind satisfies never;
  }
}

/** A cell that its field's fallback stands for. */
function isEmpty(text: string, { kind }: ValueType): boolean {
  const asItStands = kind === 'text' || kind === 'person' || kind === 'enumeration';
  return (asItStands ? text : trimAscii(text)) === '';
}

/** Writes the cells of one field; those of days are few, and each is worked out once. */
function writer(type: ValueType): (value: Parameters<typeof cellText>[0]) => string {
  if (type.kind !== 'date') return (value) => cellText(value, type);
  const known = new Map<number | bigint, string>();
  return (value) => {
    if (typeof value !== 'object') return cellText(value, type);
    const found = known.get(value.num) ?? cellText(value, type);
    known.set(value.num, found);
    return found;
  };
}
