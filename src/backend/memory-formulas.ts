// Formulas over all rows at once. A formula gives the same for the same fields, so one that reads only words and truths
// is worked out once for each of their combinations; any other row by row, by the evaluator of rows alone.

import type { Work } from '../base/limits.ts';
import type { Column } from '../input/columns.ts';
import { partsOf } from '../library/parts.ts';
import type { Expression } from '../model/expression.ts';
import { createColumn } from './memory-columns.ts';
import { type Evaluate, type EventRows, placeOf, type SoundRow } from './memory-rows.ts';

/** How many rows are a piece of work. */
const PIECE = 4096;

/** Combinations past which rows are taken one by one. */
const MOST_COMBINED = 65_536;

/** Works a formula out for rows; `fault` hears what a row is stopped by, and may throw it. */
export function* fillColumn(
  formula: Expression,
  {
    event,
    rows,
    evaluate,
    fault,
    isWatched = false,
  }: {
    readonly event: EventRows;
    readonly rows: readonly SoundRow[];
    readonly evaluate: Evaluate;
    readonly fault: (fault: unknown, row: SoundRow) => void;
    /** Whether somebody hears what is decided for each row. */
    readonly isWatched?: boolean;
  },
): Work<Column> {
  const filled = createColumn(formula.type, event.count);
  const combine = isWatched ? undefined : combining([formula], event);
  // by combination, one more than the place of the first row that has it
  const firsts = combine && new Int32Array(combine.count);
  for (const [done, row] of rows.entries()) {
    if (done % PIECE === PIECE - 1) yield PIECE;
    const place = placeOf(row);
    const code = combine ? combine.codeOf(place) : 0;
    const first = firsts ? firsts[code]! : 0;
    if (first > 0) {
      filled.copy(place, first - 1);
      continue;
    }
    try {
      filled.put(place, evaluate(formula, row));
      if (firsts) firsts[code] = place + 1;
    } catch (thrown) {
      fault(thrown, row);
    }
  }
  return filled.column;
}

/** Combinations of what rows hold in some fields, numbered. */
export interface Combining {
  readonly count: number;
  codeOf(place: number): number;
}

/** The combinations that decide what formulas come to; `undefined` where there are too many, or more decides. */
export function combining(
  formulas: readonly (Expression | undefined)[],
  event: EventRows,
): Combining | undefined {
  const columns = new Set<Coded>();
  for (const each of formulas) if (each && !addFieldsRead(each, event, columns)) return undefined;
  const all = [...columns].map(({ codes, found }) => ({ codes, size: found.length }));
  const count = all.reduce((product, { size }) => product * size, 1);
  if (count > MOST_COMBINED) return undefined;
  return {
    count,
    codeOf(place) {
      let code = 0;
      for (let at = 0; at < all.length; at++) code = code * all[at]!.size + all[at]!.codes[place]!;
      return code;
    },
  };
}

type Coded = Column & { readonly kind: 'coded' };

/** Adds the columns that a formula reads, where they are all of codes and nothing else decides what it comes to. */
function addFieldsRead(formula: Expression, event: EventRows, found: Set<Coded>): boolean {
  switch (formula.kind) {
    case 'field': {
      const place = event.places.get(formula.name)!;
      const column = event.columns[place];
      if (column?.kind !== 'coded' || !isSound(event, place)) return false;
      found.add(column);
      return true;
    }
    case 'constant':
    case 'apply':
    case 'word place':
    case 'word step':
    case 'period start':
      return partsOf(formula).every((part) => addFieldsRead(part, event, found));
    default:
      return false;
  }
}

/** Whether a column stops nobody who reads it. */
export function isSound({ event, lacks }: EventRows, place: number): boolean {
  return !lacks.has(place) && !event.fields[place]?.leftOut;
}

/** Whether a formula is of the row alone: not of who is credited, with how much, or when. */
export function isOfRow(formula: Expression): boolean {
  switch (formula.kind) {
    case 'attribute':
    case 'share':
    case 'period':
    case 'of person':
    case 'before':
      return false;
    default:
      return partsOf(formula).every(isOfRow);
  }
}
