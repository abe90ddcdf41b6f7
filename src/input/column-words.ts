// A number for each text of a column, the same for the same text: what a text comes to is then worked out once for all
// of its cells.

import type { Cells } from './columns.ts';
import type { CsvScan } from './csv-scan.ts';

/** The numbers of a column's texts: the same one for the same text. */
export interface Words {
  /** By row; -1 where texts aren't numbered any more. */
  readonly codes: Int32Array;
  /** The row in which each was met first. */
  readonly firsts: readonly number[];
}

function cutWords({ count, columns, width, text }: Cells, index: number): Words {
  const codes = new Int32Array(count);
  const firsts: number[] = [];
  const known = new Map<string, number>();
  for (let row = 0; row < count; row++) {
    if (width(row) !== columns) continue;
    const word = text(row, index);
    const code = known.get(word) ?? firsts.length;
    if (code === firsts.length) {
      known.set(word, code);
      firsts.push(row);
    }
    codes[row] = code;
  }
  return { codes, firsts };
}

/** After so many rows of which most had a new text (numbers of documents, names) no more are looked up. */
const ENOUGH = 16_384;

/** By a table of hashes, and compared where they stand, quotes included: no text is cut out. */
function placedWords(
  { count, columns }: Cells,
  { text, ends, begins, starts }: CsvScan,
  index: number,
): Words {
  const codes = new Int32Array(count);
  const firsts: number[] = [];
  const hashes: number[] = [];
  let slots = new Int32Array(1024).fill(-1);
  for (let row = 0; row < count; row++) {
    const cell = starts[row + 1]! + index;
    if (starts[row + 2]! - cell !== columns - index) continue;
    if (row >= ENOUGH && firsts.length > ENOUGH / 2) {
      codes[row] = -1;
      continue;
    }
    const from = index === 0 ? begins[row + 1]! : ends[cell - 1]! + 1;
    const until = ends[cell]!;
    let hash = until - from;
    for (let at = from; at < until; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
    hash ^= hash >>> 15;
    let code = -1;
    let slot = hash & (slots.length - 1);
    for (; slots[slot]! >= 0; slot = (slot + 1) & (slots.length - 1)) {
      const known = slots[slot]!;
      if (hashes[known] !== hash) continue;
      const first = firsts[known]!;
      const other = starts[first + 1]! + index;
      const begin = index === 0 ? begins[first + 1]! : ends[other - 1]! + 1;
      if (ends[other]! - begin !== until - from) continue;
      let at = from;
      while (at < until && text.charCodeAt(at) === text.charCodeAt(begin + at - from)) at++;
      if (at < until) continue;
      code = known;
      break;
    }
    if (code < 0) {
      code = firsts.length;
      slots[slot] = code;
      firsts.push(row);
      hashes.push(hash);
      if (firsts.length * 2 > slots.length) slots = withRoom(hashes, slots.length * 4);
    }
    codes[row] = code;
  }
  return { codes, firsts };
}

/** The table of hashes with more slots. */
function withRoom(hashes: readonly number[], size: number): Int32Array<ArrayBuffer> {
  const slots = new Int32Array(size).fill(-1);
  for (const [code, hash] of hashes.entries()) {
    let slot = hash & (size - 1);
    while (slots[slot]! >= 0) slot = (slot + 1) & (size - 1);
    slots[slot] = code;
  }
  return slots;
}

/** Numbers the texts of a column. */
export function wordsOf(cells: Cells, index: number): Words {
  return cells.scan ? placedWords(cells, cells.scan, index) : cutWords(cells, index);
}
