// From rows of text to rows of typed cells, each with what is wrong in it. People, tables and events share this step.

import type { Exact } from '../base/exact.ts';
import type { BoundSource, Reject, RejectReason, TextTable } from '../model/dataset.ts';
import type { FieldModel } from '../model/policy.ts';
import type { Cell } from '../model/value.ts';
import { type Cells, cellsOf, convertedAt, readColumns } from './columns.ts';
import { type Control, createControl, summedFields } from './control-totals.ts';
import { type ConvertContext, type Converted, keyText } from './convert.ts';

/** One row below the heading. */
export interface InputRow {
  /** Its number in the file, the heading being 1. */
  readonly row: number;
  /** By field; `undefined` where missing or rejected. None where the row has a wrong number of cells. */
  readonly cells: readonly Cell[];
  /** By summed field (see `summedFields`): the cell's value where it could be read, even out of bounds. */
  readonly amounts: readonly (Exact | undefined)[];
  /** What is wrong, by field from 0 and in no order; -1 stands for the row itself. */
  readonly faults: Fault[];
}

interface Fault {
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
  const summed = summedFields(bound, fields);
  const rows: InputRow[] = [];
  for (let at = 0; at < texts.count; at++) {
    const faults: InputRow['faults'] = [];
    const row = at + 2;
    if (texts.width(at) !== texts.columns) {
      faults.push({ field: -1, reason: 'wrong number of cells' });
      rows.push({ row, cells: [], amounts: summed.map(() => undefined), faults });
      continue;
    }
    const cells: Cell[] = [];
    for (let field = 0; field < columns.length; field++) {
      const found = convertedAt(columns[field]!, at);
      if ('reason' in found) faults.push({ field, reason: found.reason });
      cells.push('reason' in found ? undefined : found.value);
    }
    const amounts = summed.map((field) => {
      if (cells[field] === undefined) return readableOf(convertedAt(columns[field]!, at));
      // a fallback stands for no cell, so it is in no sum
      const isFallback =
        fields[field]!.fallback !== undefined && isEmpty(textOf(bound, texts, { at, field }));
      return isFallback ? undefined : (cells[field] as Exact);
    });
    rows.push({ row, cells, amounts, faults });
  }
  return rows;
}

/** What a rejected cell counts in control sums; nothing of one that is missing. */
function readableOf(found: Converted): Exact | undefined {
  return 'reason' in found ? (found.readable as Exact | undefined) : undefined;
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
  found: { readonly row: InputRow; readonly text: TextTable },
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
    control.count(own[0] ? { kind: 'rejected', reason: own[0].reason } : { kind: 'used' }, row.amounts);
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
