// Look-ups in the policy's tables: the one row of a key, on a day where the table is dated.

import { type Day, FIRST_DAY, LAST_DAY } from '../base/date.ts';
import type { Exact } from '../base/exact.ts';
import type { TableData } from '../model/dataset.ts';
import type { TableModel } from '../model/policy.ts';
import type { Cell } from '../model/value.ts';

/**
 * The cells, in the order of the table's fields, of the row whose keys are these (in the order of the table's key
 * fields). `undefined`: a key is missing or has no row, or in a dated table the day is missing or no row holds then.
 */
export interface Lookup {
  (keys: readonly Cell[], day: Day | undefined): readonly Cell[] | undefined;
  /** Days on which another row of the key begins to hold, or none, in no order. */
  changes(keys: readonly Cell[]): readonly Day[];
}

interface DatedRow {
  readonly from: Day;
  /** Included. */
  readonly until: Day;
  readonly cells: readonly Cell[];
}

/**
 * Indexes a table's rows once.
 *
 * INVARIANT: at most one row of a key holds on any day; reading the table has rejected all others.
 */
export function createLookup(model: TableModel, data: TableData): Lookup {
  const at = (name: string): number => model.fields.findIndex((each) => each.name === name);
  const keys = model.keys.map(at);
  const [from, until] = model.dated ? [at('from'), at('until')] : [-1, -1];
  const index = new Map<string, DatedRow[]>();
  for (const cells of data.rows) {
    const key = keyOf(keys.map((each) => cells[each]));
    if (key === undefined) continue;
    const row = { from: dayOf(cells[from]) ?? FIRST_DAY, until: dayOf(cells[until]) ?? LAST_DAY, cells };
    const rows = index.get(key);
    if (rows) rows.push(row);
    else index.set(key, [row]);
  }
  const rowsOf = (wanted: readonly Cell[]): readonly DatedRow[] => {
    const key = keyOf(wanted);
    return (key === undefined ? undefined : index.get(key)) ?? [];
  };
  const find = (wanted: readonly Cell[], day: Day | undefined): readonly Cell[] | undefined => {
    const rows = rowsOf(wanted);
    if (!model.dated) return rows[0]?.cells;
    if (day === undefined) return undefined;
    return rows.find((row) => row.from <= day && day <= row.until)?.cells;
  };
  const changes = (wanted: readonly Cell[]): readonly Day[] =>
    model.dated ? rowsOf(wanted).flatMap((row) => [row.from, row.until + 1]) : [];
  return Object.assign(find, { changes });
}

function dayOf(cell: Cell): Day | undefined {
  return cell === undefined ? undefined : Number((cell as Exact).num);
}

/** One text for keys that are the same, numbers by value; `undefined` where a part is missing. */
function keyOf(parts: readonly Cell[]): string | undefined {
  if (parts.some((part) => part === undefined)) return undefined;
  return JSON.stringify(
    parts.map((part) => (typeof part === 'object' ? `${part.num}/${part.den}` : String(part))),
  );
}
