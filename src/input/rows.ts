// From rows of text to rows of typed cells, each with what is wrong in it. People, tables and events share this step.

import type { Exact } from '../base/exact.ts';
import type { BoundSource, Reject, RejectReason, TextTable } from '../model/dataset.ts';
import type { FieldModel } from '../model/policy.ts';
import type { Cell } from '../model/value.ts';
import { type Control, createControl, summedFields } from './control-totals.ts';
import { type ConvertContext, cellConverter, keyText } from './convert.ts';

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
  const converters = fields.map((field) => cellConverter(field, input.context));
  const summed = summedFields(bound, fields);
  return input.text.rows.map((texts, at) => {
    const row = at + 2;
    const faults: InputRow['faults'] = [];
    if (texts.length !== bound.header.length) {
      faults.push({ field: -1, reason: 'wrong number of cells' });
      return { row, cells: [], amounts: summed.map(() => undefined), faults };
    }
    const readable: Cell[] = [];
    const cells = fields.map((_, field) => {
      const text = textOf(bound, texts, field);
      const found = converters[field]!(text);
      if ('reason' in found) {
        faults.push({ field, reason: found.reason });
        readable.push(found.readable);
        return undefined;
      }
      // a fallback stands for no cell, so it is in no sum
      readable.push(isEmpty(text) ? undefined : found.value);
      return found.value;
    });
    return { row, cells, amounts: summed.map((field) => readable[field] as Exact | undefined), faults };
  });
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
      ...(binding.kind !== 'absent' && { cell: textOf(bound, text.rows[row.row - 2]!, field) }),
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

function textOf(bound: BoundSource, texts: readonly string[], field: number): string {
  const binding = bound.bindings[field]!;
  switch (binding.kind) {
    case 'column':
      return texts[binding.index]!;
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
