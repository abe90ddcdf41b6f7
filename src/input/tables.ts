// From the rows of a table of the policy to typed reference data.

import type { BoundSource, ControlTotals, Reject, TableData, TextTable } from '../model/dataset.ts';
import type { TableModel } from '../model/policy.ts';
import type { ConvertContext } from './convert.ts';
import { noteBackwards, noteOverlaps } from './ranges.ts';
import type { SourceFacts } from './reject-messages.ts';
import { noteDuplicates, readRows, rowsByKey, settleRows } from './rows.ts';

export interface TableReport {
  readonly data: TableData;
  /** In order of row, then field. */
  readonly rejects: readonly Reject[];
  readonly control: ControlTotals;
  /** For the words about the rejects. */
  readonly facts: SourceFacts;
}

/**
 * Reads a table's rows. Rejected, beside bad cells: in a dated table rows of one key that share a day, and a range
 * that ends before it starts; in any other, rows of one key. All rows concerned are, so that their order decides
 * nothing.
 */
export function readTable(
  table: TableModel,
  bound: BoundSource,
  input: { readonly text: TextTable; readonly context: ConvertContext },
): TableReport {
  const { fields } = table;
  const rows = readRows(bound, fields, input);
  const at = (name: string): number => fields.findIndex((each) => each.name === name);
  const keys = table.keys.map(at);
  if (table.dated) {
    const dates = { from: at('from'), until: at('until') };
    noteBackwards(rows, dates);
    const forward = rows.filter((row) => row.faults.every((each) => each.reason !== 'ends before it starts'));
    for (const group of rowsByKey(forward, keys)) noteOverlaps(group, dates);
  } else {
    noteDuplicates(rows, keys, keys[0]!);
  }
  const { sound, rejects, control } = settleRows(bound, fields, { rows, text: input.text });
  const persons = [...(input.context.persons ?? [])];
  return {
    data: { table: table.name, rows: sound.map((row) => row.cells) },
    rejects,
    control: control.totals(),
    facts: { ...input.context, fields, dialect: bound.dialect, persons },
  };
}
