// From rows of text to rows of typed cells, each with what is wrong in it. People, tables and events share this step.

import type { Exact } from '../base/exact.ts';
import type { BoundSource, Reject, RejectReason, TextTable } from '../model/dataset.ts';
import type { FieldModel } from '../model/policy.ts';
import type { Cell } from '../model/value.ts';
import { type Cells, type Column, cellsOf, convertedAt, MISSING, readColumns, valueAt } from './columns.ts';
import { type AddAmount, type Control, createControl, summedFields } from './control-totals.ts';
import { type ConvertContext, keyText } from './convert.ts';

/** One row below the heading. */
export interface InputRow {
  /** Its number in the file, the heading being 1. */
  readonly row: number;
  /** By field; `undefined` where missing or rejected. None where the row has a wrong number of cells. */
  readonly cells: readonly Cell[];
  /** What it adds to control sums. */
  readonly addAmount: AddAmount;
  /** What is wrong, by field from 0 and in no order; -1 stands for the row itself. */
  readonly faults: Fault[];
}

export interface Fault {
  readonly field: number;
  readonly reason: RejectReason;
  /** The number of the row that it clashes with. */
  readonly other?: number;
}

/** Reads all rows; a bad cell is noted in its row and stops nothing. */
export function readRows(
  bound: BoundSource,
  fields: readonly FieldModel[],
  input: { readonly text: TextTable; readonly context: ConvertContext },
): readonly InputRow[] {
  const texts = cellsOf(input.text, bound.header.length);
  const columns = readColumns(bound, fields, input);
  const found = faultsOf(columns, texts);
  const addTo = amountsOf(bound, fields, { columns, texts });
  return Array.from({ length: texts.count }, (_, at): InputRow => {
    const isWhole = texts.width(at) === texts.columns;
    const cells = isWhole ? columns.map((column) => valueAt(column, at)) : [];
    return { row: at + 2, cells, addAmount: addTo(at), faults: found.get(at) ?? [] };
  });
}

/** What is wrong in each row that isn't sound, by row from 0. */
export function faultsOf(columns: readonly Column[], texts: Cells): Map<number, Fault[]> {
  const faults = new Map<number, Fault[]>();
  const isWhole = (row: number): boolean => texts.width(row) === texts.columns;
  for (let row = 0; row < texts.count; row++)
    if (!isWhole(row)) noteFault(faults, row, { field: -1, reason: 'wrong number of cells' });
  for (const [field, column] of columns.entries()) {
    const look = (row: number): void => {
      const found = convertedAt(column, row);
      if ('reason' in found && isWhole(row)) noteFault(faults, row, { field, reason: found.reason });
    };
    if (column.kind === 'scaled') for (const row of column.others.keys()) look(row);
    else {
      const isSuspect = column.found.map((each) => 'reason' in each);
      if (isSuspect.includes(true) || column.codes.includes(-1))
        for (let row = 0; row < texts.count; row++) if (isSuspect[column.codes[row]!] ?? true) look(row);
    }
  }
  return faults;
}

export function noteFault(faults: Map<number, Fault[]>, row: number, fault: Fault): void {
  const known = faults.get(row);
  if (known) known.push(fault);
  else faults.set(row, [fault]);
}

/** What rows, counted from 0, add to control sums: nothing of a cell that is missing, or that a fallback stands for. */
export function amountsOf(
  bound: BoundSource,
  fields: readonly FieldModel[],
  { columns, texts }: { readonly columns: readonly Column[]; readonly texts: Cells },
): (row: number) => AddAmount {
  const summed = summedFields(bound, fields);
  return (at) => (place, sum) => {
    const field = summed[place]!;
    const column = columns[field]!;
    if (texts.width(at) !== texts.columns) return;
    if (fields[field]!.fallback !== undefined && isEmpty(textOf(bound, texts, { at, field }))) return;
    if (column.kind === 'scaled' && column.places[at]! < MISSING) {
      sum.addScaled(column.digits[at]!, column.places[at]!);
      return;
    }
    const found = convertedAt(column, at);
    // a cell that is rejected for its bounds could be read
    const amount = 'reason' in found ? found.readable : found.value;
    if (amount !== undefined) sum.add(amount as Exact);
  };
}

/**
 * Notes `duplicate key` at `at` in every row whose key cells (all there) equal another row's. The other row is the first
 * of them; for the first, the second.
 */
export function noteDuplicates(rows: readonly InputRow[], keys: readonly number[], at: number): void {
  for (const group of rowsByKey(rows, keys)) {
    const [first, second] = group;
    if (!first || !second) continue;
    for (const row of group) {
      const other = (row === first ? second : first).row;
      row.faults.push({ field: at, reason: 'duplicate key', other });
    }
  }
}

/** Rows of equal key cells together; rows in which one of them is missing or rejected are left out. */
export function rowsByKey(rows: readonly InputRow[], keys: readonly number[]): readonly InputRow[][] {
  const groups = new Map<string, InputRow[]>();
  for (const row of rows) {
    const parts = keys.map((key) => row.cells[key]);
    if (parts.some((part) => part === undefined)) continue;
    const key = JSON.stringify(parts.map((part) => keyText(part!)));
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return [...groups.values()];
}

/** A row's rejects in the order of the fields; a field may have several. */
export function rejectsOf(
  bound: BoundSource,
  fields: readonly FieldModel[],
  found: {
    readonly row: { readonly row: number; readonly faults: readonly Fault[] };
    readonly text: TextTable;
  },
): readonly Reject[] {
  const { row, text } = found;
  if (row.faults.length === 0) return [];
  const texts = cellsOf(text, bound.header.length);
  const faults = [...row.faults].sort((a, b) => a.field - b.field);
  return faults.map(({ field, reason, other }) => {
    const place = { source: bound.name, file: bound.file, row: row.row, reason };
    const base = { ...place, ...(other !== undefined && { other }) };
    if (field < 0) return base;
    const binding = bound.bindings[field]!;
    return {
      ...base,
      field: fields[field]!.name,
      ...(binding.kind === 'column' && { column: binding.column }),
      ...(binding.kind !== 'absent' && { cell: textOf(bound, texts, { at: row.row - 2, field }) }),
    };
  });
}

/** Rejects of all rows in order, with every row counted as rejected or used: for sources that filter nothing. */
export function settleRows(
  bound: BoundSource,
  fields: readonly FieldModel[],
  found: { readonly rows: readonly InputRow[]; readonly text: TextTable },
): { readonly sound: readonly InputRow[]; readonly rejects: readonly Reject[]; readonly control: Control } {
  const control = createControl(bound, fields);
  const rejects: Reject[] = [];
  const sound: InputRow[] = [];
  for (const row of found.rows) {
    const own = rejectsOf(bound, fields, { row, text: found.text });
    control.count(own[0] ? { kind: 'rejected', reason: own[0].reason } : { kind: 'used' }, row.addAmount);
    if (own.length === 0) sound.push(row);
    else for (const reject of own) rejects.push(reject);
  }
  return { sound, rejects, control };
}

/** The text that a field is read from, in a row counted from 0. */
function textOf(
  bound: BoundSource,
  texts: Cells,
  { at, field }: { readonly at: number; readonly field: number },
): string {
  const binding = bound.bindings[field]!;
  switch (binding.kind) {
    case 'column':
      return texts.text(at, binding.index);
    case 'constant':
      return binding.text;
    case 'absent':
      return '';
    default:
      return binding satisfies never;
  }
}

/** Whether a cell of a summed field is empty; only those are asked. */
function isEmpty(text: string): boolean {
  return /^[ \t]*$/.test(text);
}
