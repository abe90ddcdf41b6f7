// How rows are kept in memory: a column for each field, of scaled whole numbers or of codes for what it holds. Columns
// that were read are taken over; those that are worked out are filled here, row by row.

import type { Exact } from '../base/exact.ts';
import { type Column, convertedAt, ELSEWHERE, MISSING, POWERS } from '../input/columns.ts';
import type { Converted } from '../input/convert.ts';
import type { Cell, ValueType } from '../model/value.ts';

/** A column that is filled row by row; rows without a value stay missing. */
export interface FilledColumn {
  readonly column: Column;
  put(row: number, value: Cell): void;
  /** Gives a row what another one has. */
  copy(row: number, from: number): void;
}

/** An empty column for so many rows. */
export function createColumn({ kind }: ValueType, rows: number): FilledColumn {
  return isCoded(kind) ? codedColumn(rows) : scaledColumn(rows);
}

function isCoded(kind: ValueType['kind']): boolean {
  return (
    kind === 'text' || kind === 'truth' || kind === 'enumeration' || kind === 'person' || kind === 'period'
  );
}

function codedColumn(rows: number): FilledColumn {
  const codes = new Int32Array(rows);
  const found: Converted[] = [{ value: undefined }];
  const known = new Map<Cell, number>([[undefined, 0]]);
  return {
    column: { kind: 'coded', codes, found, cut: () => found[0]! },
    put(row, value) {
      const code = known.get(value) ?? found.length;
      if (code === found.length) {
        known.set(value, code);
        found.push({ value });
      }
      codes[row] = code;
    },
    copy(row, from) {
      codes[row] = codes[from]!;
    },
  };
}

function scaledColumn(rows: number): FilledColumn {
  const digits = new Float64Array(rows);
  const places = new Uint8Array(rows).fill(MISSING);
  const others = new Map<number, Converted>();
  return {
    column: { kind: 'scaled', digits, places, others },
    put(row, value) {
      if (value === undefined) return;
      const { num, den } = value as Exact;
      const scale = POWERS.findIndex((power) => power % Number(den) === 0);
      const scaled = Number(num) * (POWERS[scale]! / Number(den));
      const isPlain = typeof num === 'number' && scale >= 0 && Number.isSafeInteger(scaled);
      digits[row] = isPlain ? scaled : 0;
      places[row] = isPlain ? scale : ELSEWHERE;
      if (!isPlain) others.set(row, { value });
    },
    copy(row, from) {
      digits[row] = digits[from]!;
      places[row] = places[from]!;
      const other = others.get(from);
      if (other) others.set(row, other);
    },
  };
}

/**
 * A column as it is kept: texts by codes, numbers of any kind scaled, so that nothing is cut out of the file again. Cells
 * that are rejected stay missing. Of a column of keys each text is taken for another one.
 */
export function keptColumn(
  { kind }: ValueType,
  column: Column,
  { isWhole, isKey }: { readonly isWhole: (row: number) => boolean; readonly isKey: boolean },
): Column {
  if (column.kind === 'scaled' || (isCoded(kind) && !column.codes.includes(-1))) return column;
  const { codes, found, cut } = column;
  if (isCoded(kind) && isKey) {
    const all = [...found];
    const own = (row: number): number => (isWhole(row) ? all.push(cut(row)) - 1 : 0);
    return { kind: 'coded', codes: codes.map((code, row) => (code < 0 ? own(row) : code)), found: all, cut };
  }
  const filled = isCoded(kind) ? codedColumn(codes.length) : scaledColumn(codes.length);
  for (let row = 0; row < codes.length; row++) {
    const value = isWhole(row) ? convertedAt(column, row) : undefined;
    if (value && 'value' in value) filled.put(row, value.value);
  }
  return filled.column;
}
