// Measures over all parts of a query at once, where they look at rows alone and not at who is credited: counts, exact
// sums, different values, and places in an order. Any other measure is left to the plain reading of it.

import { add, type Exact, fraction, whole, ZERO } from '../base/exact.ts';
import type { Work } from '../base/limits.ts';
import { type Column, MISSING, POWERS, valueAt } from '../input/columns.ts';
import { keyText } from '../input/convert.ts';
import type { Expression } from '../model/expression.ts';
import type { Measure } from '../model/policy.ts';
import { written } from '../query/of-rows.ts';
import { takesShares } from '../query/query.ts';
import { fillColumn, isOfRow, isSound } from './memory-formulas.ts';
import { type Answer, type BySlot, bySlot, type Parts, placeAmong } from './memory-parts.ts';
import type { Evaluate } from './memory-rows.ts';

/** Answers measures over the parts; `undefined` for one that is to be read plainly. */
export function measureColumns(
  parts: Parts,
  evaluate: Evaluate,
): (measure: Measure) => Work<Answer | undefined> {
  const { used, slot, slots, share, name, row, allShares } = parts;
  const shares = allShares.length;
  const masks = new Map<string, Uint8Array>();
  const sorted = new Map<Uint8Array, BySlot>();
  const places = placesAt(used.places, row);

  return function* (measure) {
    const { where, value, aggregate, each } = measure;
    if (each || aggregate === 'first' || aggregate === 'last') return undefined;
    if (takesShares(measure) && used.inEveryRole) return undefined;
    const column = value && (yield* valuesOf(value));
    const mask = yield* maskOf(where, used.allNames.indexOf(measure.as));
    if (!mask || (value && !column)) return undefined;
    if (!column) return counts(mask);
    if (aggregate === 'distinct') return distinct(mask, column);
    const numbers = wholeNumbers(column);
    if (aggregate === 'sum') return numbers && sums(mask, numbers);
    return numbers && numbers.others.size === 0 ? inOrder(mask, numbers, measure) : undefined;
  };

  /** The values of a formula of rows alone by which nobody is stopped. */
  function* valuesOf(formula: Expression): Work<Column | undefined> {
    const { event, worked, rows } = used;
    if (formula.kind === 'field') {
      const place = event.places.get(formula.name)!;
      return isSound(event, place) ? event.columns[place] : undefined;
    }
    const key = written(formula);
    if (worked.has(key)) return worked.get(key);
    let isStopped = !isOfRow(formula);
    const fault = (): void => {
      isStopped = true;
    };
    const each = { event, rows: isStopped ? [] : rows.map(({ row }) => row), evaluate, fault };
    const column = yield* fillColumn(formula, each);
    worked.set(key, isStopped ? undefined : column);
    return worked.get(key);
  }

  /** 1 for each part of that name for which the condition holds. */
  function* maskOf(where: Expression | undefined, wanted: number): Work<Uint8Array | undefined> {
    const key = `${wanted} ${where && written(where)}`;
    const known = masks.get(key);
    if (known) return known;
    const column = where && (yield* valuesOf(where));
    if (where && column?.kind !== 'coded') return undefined;
    const holds = column?.kind === 'coded' ? truths(column) : undefined;
    const mask = new Uint8Array(row.length);
    for (let part = 0; part < mask.length; part++)
      if (name[part] === wanted) mask[part] = holds ? holds.of[holds.codes[places[part]!]!]! : 1;
    masks.set(key, mask);
    return mask;
  }

  /** The places of the rows that a mask has, by their slots. */
  function placesOf(mask: Uint8Array): BySlot {
    const known = sorted.get(mask);
    if (known) return known;
    const { parts: of, starts } = bySlot(parts, mask);
    const found = { parts: placesAt(places, of), starts };
    sorted.set(mask, found);
    return found;
  }

  function counts(mask: Uint8Array): Answer {
    const found = new Int32Array(slots * shares);
    for (let part = 0; part < mask.length; part++) found[slot[part]! * shares + share[part]!]! += mask[part]!;
    return (at, of) => count(found[at * shares + of]!);
  }

  function sums(mask: Uint8Array, { digits, places: scale, others }: WholeNumbers): Answer {
    const found = new Float64Array(slots * shares);
    // what no longer goes into a double that holds whole numbers, or never did
    const beside = new Map<number, Exact>();
    const put = (cell: number, value: Exact): void => {
      beside.set(cell, add(beside.get(cell) ?? ZERO, value));
    };
    const power = POWERS[scale]!;
    for (let part = 0; part < mask.length; part++) {
      if (mask[part] === 0) continue;
      const cell = slot[part]! * shares + share[part]!;
      const value = digits[places[part]!]!;
      const sum = found[cell]! + value;
      if (sum <= Number.MAX_SAFE_INTEGER && sum >= -Number.MAX_SAFE_INTEGER) found[cell] = sum;
      else if (!Number.isNaN(value)) {
        put(cell, fraction(found[cell]!, power));
        found[cell] = value;
      } else if (others.size > 0) {
        const other = others.get(places[part]!);
        if (other) put(cell, other);
      }
    }
    return (at, of) => {
      const cell = at * shares + of;
      const sum = fraction(found[cell]!, power);
      const other = beside.size > 0 ? beside.get(cell) : undefined;
      return other ? add(sum, other) : sum;
    };
  }

  function distinct(mask: Uint8Array, column: Column): Answer | undefined {
    const codes = codesOf(column);
    if (!codes) return undefined;
    const found = new Int32Array(slots);
    const last = new Int32Array(codes.count).fill(-1);
    const { parts: of, starts } = placesOf(mask);
    for (let at = 0; at < slots; at++) {
      for (let next = starts[at]!; next < starts[at + 1]!; next++) {
        const code = codes.of(of[next]!);
        if (code < 0 || last[code] === at) continue;
        last[code] = at;
        found[at]!++;
      }
    }
    return (at) => count(found[at]!);
  }

  function inOrder(mask: Uint8Array, { digits, places: scale }: WholeNumbers, measure: Measure): Answer {
    const found = new Float64Array(slots).fill(Number.NaN);
    const { parts: of, starts } = placesOf(mask);
    const placeOf = placeAmong(measure);
    const room = new Float64Array(of.length);
    for (let at = 0; at < slots; at++) {
      let count = 0;
      let before = -1;
      for (let next = starts[at]!; next < starts[at + 1]!; next++) {
        const place = of[next]!;
        const value = digits[place]!;
        // each row once, through however many credits it is here
        if (Number.isNaN(value) || place === before) continue;
        before = place;
        room[count++] = value;
      }
      if (count > 0) found[at] = room.subarray(0, count).sort()[placeOf(count) - 1]!;
    }
    const power = POWERS[scale]!;
    return (at) => (Number.isNaN(found[at]!) ? undefined : fraction(found[at]!, power));
  }
}

/** What a column has at each of some places. */
function placesAt(column: Int32Array, at: Int32Array): Int32Array {
  const found = new Int32Array(at.length);
  for (let next = 0; next < at.length; next++) found[next] = column[at[next]!]!;
  return found;
}

const COUNTS = Array.from({ length: 256 }, (_, count) => whole(count));

/** A count, most of which are small. */
function count(of: number): Exact {
  return COUNTS[of] ?? whole(of);
}

/** Of each code of a column of truths whether it says yes. */
function truths({ codes, found }: Column & { readonly kind: 'coded' }) {
  return { codes, of: Uint8Array.from(found, (each) => ('value' in each && each.value === true ? 1 : 0)) };
}

/** A number for each row, the same where the value is; below zero where it is missing. `undefined` where it isn't told. */
function codesOf(column: Column): { readonly count: number; of(place: number): number } | undefined {
  const known = new Map<unknown, number>();
  const codeOf = (key: unknown): number => {
    const code = known.get(key) ?? known.size;
    known.set(key, code);
    return code;
  };
  if (column.kind === 'coded') {
    const { codes } = column;
    // two texts of a file may come to one value
    const same = Int32Array.from(column.found, (each) =>
      'value' in each && each.value !== undefined ? codeOf(keyText(each.value)) : -1,
    );
    return { count: known.size, of: (place) => same[codes[place]!]! };
  }
  const numbers = wholeNumbers(column);
  if (!numbers || numbers.others.size > 0) return undefined;
  const same = Int32Array.from(numbers.digits, (each) => (Number.isNaN(each) ? -1 : codeOf(each)));
  return { count: known.size, of: (place) => same[place]! };
}

/** A column of numbers as whole ones over one power of ten. */
interface WholeNumbers {
  /** Not a number where the value is missing, or stands among the others. */
  readonly digits: Float64Array;
  readonly places: number;
  /** Values that aren't such a number of a size that a double holds. */
  readonly others: ReadonlyMap<number, Exact>;
}

// columns aren't changed once they are asked for
const known = new WeakMap<Column, WholeNumbers>();

function wholeNumbers(column: Column): WholeNumbers | undefined {
  if (column.kind !== 'scaled') return undefined;
  const found = known.get(column) ?? madeWhole(column);
  known.set(column, found);
  return found;
}

function madeWhole(column: Column & { readonly kind: 'scaled' }): WholeNumbers {
  const { digits, places } = column;
  let most = 0;
  for (const each of places) if (each < MISSING && each > most) most = each;
  const scaled = new Float64Array(digits.length);
  const others = new Map<number, Exact>();
  for (let row = 0; row < digits.length; row++) {
    const own = places[row]!;
    const number = own < MISSING ? digits[row]! * POWERS[most - own]! : Number.NaN;
    const isHeld = Number.isSafeInteger(number);
    scaled[row] = isHeld ? number : Number.NaN;
    const value = isHeld || own === MISSING ? undefined : valueAt(column, row);
    if (value !== undefined) others.set(row, value as Exact);
  }
  return { digits: scaled, places: most, others };
}
