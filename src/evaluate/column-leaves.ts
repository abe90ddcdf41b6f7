// What formulas by columns stand on, read from a run cell by cell: facts, attributes, look-ups, targets, and whatever else
// columns don't work out. Once read, it is kept, so that changed formulas over the same data go on from it.

import { RunError } from '../base/diagnostic.ts';
import { type Exact, fraction } from '../base/exact.ts';
import { walk } from '../library/parts.ts';
import type { Expression } from '../model/expression.ts';
import type { Figure, Target } from '../model/policy.ts';
import type { Cell, ValueType } from '../model/value.ts';
import { isMonthAttribute } from '../query/months.ts';
import { type CellPlace, isTop, type Run } from './cell.ts';
import { multiplyColumns } from './column-arithmetic.ts';
import type { Leaves } from './column-formula.ts';
import {
  CHUNK,
  type Column,
  doubles,
  gcd,
  LEFT,
  marks,
  type NumberColumn,
  nearest,
  SAFE,
  UNIT,
  type Work,
  wordPlace,
} from './columns.ts';
import { heldShare, isAway } from './days.ts';
import { evaluate } from './formula.ts';
import { roleOf } from './pay.ts';

/** A value for each cell, whole columns at a time. */
export interface Stored {
  readonly kind: 'number' | 'truth' | 'word';
  readonly num: Float64Array | Int32Array;
  readonly den: Float64Array | number;
  /** Some are too large for safe whole numbers: `num` is near them, and the fractions stand here. */
  readonly large?: ReadonlyMap<number, Exact>;
  readonly most: number;
  readonly words?: readonly string[];
  readonly missing?: Uint8Array;
  /** Cells of which only the exact way knows. */
  readonly open?: Uint8Array;
}

const INT32_MOST = 2 ** 31 - 1;

/** Reads a value in each cell. */
export function stored(count: number, kindOf: Stored['kind'], read: (at: number) => Cell): Stored {
  const num = new Float64Array(count);
  const dens = new Float64Array(count).fill(1);
  const missing = new Uint8Array(count);
  const open = new Uint8Array(count);
  const words: string[] = [];
  const places = new Map<string, number>();
  let kind = kindOf;
  const large = new Map<number, Exact>();
  for (let at = 0; at < count; at++) {
    let cell: Cell;
    try {
      cell = read(at);
    } catch (fault) {
      // the exact way says it, where the value is really asked for
      if (!(fault instanceof RunError)) throw fault;
      open[at] = 1;
    }
    if (cell === undefined) missing[at] = 1;
    else if (typeof cell === 'boolean') {
      kind = 'truth';
      num[at] = cell ? 1 : 0;
    } else if (typeof cell === 'string') {
      kind = 'word';
      const place = places.get(cell) ?? words.push(cell) - 1;
      places.set(cell, place);
      num[at] = place;
    } else if (isTop(cell)) open[at] = 1;
    else if (typeof cell.num === 'number' && typeof cell.den === 'number') {
      num[at] = cell.num;
      dens[at] = cell.den;
    } else {
      large.set(at, cell);
      num[at] = nearest(cell);
    }
  }
  const den = kind === 'number' && large.size === 0 ? sameDen(num, dens) : dens;
  let most = 0;
  for (let at = 0; at < count; at++) most = Math.max(most, Math.abs(num[at]!));
  return {
    kind,
    // half the memory, where that holds them
    num: large.size === 0 && most <= INT32_MOST ? Int32Array.from(num) : num,
    den,
    most,
    ...(large.size > 0 ? { large } : {}),
    ...(kind === 'word' ? { words } : {}),
    ...(missing.includes(1) ? { missing } : {}),
    ...(open.includes(1) ? { open } : {}),
  };
}

/** Puts all over one denominator, if that is safe; else each keeps its own. */
function sameDen(num: Float64Array, dens: Float64Array): Float64Array | number {
  let den = 1;
  let last = 1;
  for (const each of dens) {
    if (each === last) continue;
    last = each;
    den = (den / gcd(den, each)) * each;
    if (den > 1e9) return dens;
  }
  for (let at = 0; at < num.length; at++) if (Math.abs(num[at]!) * (den / dens[at]!) > SAFE) return dens;
  for (let at = 0; at < num.length; at++) num[at] = num[at]! * (den / dens[at]!);
  return den;
}

/** A column that takes its cells from what is stored. */
export function columnFrom(work: Work, from: Stored): Column {
  const { num, den, missing: gone, open } = from;
  const values = doubles();
  const missing = gone ? marks() : undefined;
  const { undecided, steps } = work;
  const size = num.length;
  const part = <T extends Float64Array | Int32Array | Uint8Array>(all: T, at: number, count: number): T =>
    all.subarray(at, Math.min(size, at + count)) as T;
  steps.push((count, at) => {
    values.set(part(num, at, count));
    missing?.set(part(gone!, at, count));
    if (open) for (let cell = 0; cell < count; cell++) undecided[cell]! |= open[at + cell]!;
  });
  const masked = {
    ...(missing ? { missing } : {}),
    exactly: (cell: number): Cell => exactlyFrom(from, cell),
  };
  switch (from.kind) {
    case 'truth': {
      const holds = marks();
      steps.push((count) => {
        for (let at = 0; at < count; at++) holds[at] = values[at]!;
      });
      return { kind: 'truth', holds, ...masked };
    }
    case 'word': {
      const of = Int32Array.from(from.words!, (each) => wordPlace(work, each));
      const place = new Int32Array(CHUNK);
      steps.push((count) => {
        for (let at = 0; at < count; at++) place[at] = of[values[at]!] ?? -1;
      });
      return { kind: 'word', place, ...masked };
    }
    case 'number': {
      if (typeof den === 'number') return { kind: 'whole', num: values, den, most: from.most, ...masked };
      const dens = doubles();
      let mostDen = 1;
      for (const each of den) mostDen = Math.max(mostDen, each);
      steps.push((count, at) => dens.set(part(den, at, count)));
      if (from.large) {
        const [value, error] = [doubles(), doubles()];
        steps.push((count) => {
          for (let at = 0; at < count; at++) {
            value[at] = values[at]! / dens[at]!;
            error[at] = Math.abs(value[at]!) * 3 * UNIT;
          }
        });
        return { kind: 'near', value, error, ...masked };
      }
      return { kind: 'ratio', num: values, den: dens, most: from.most, mostDen, ...masked };
    }
    default:
      return from.kind satisfies never;
  }
}

/** The value of a cell as it was read. */
function exactlyFrom({ kind, num, den, words, large, missing, open }: Stored, cell: number): Cell {
  if (open?.[cell] === 1) throw LEFT;
  if (missing?.[cell] === 1) return undefined;
  switch (kind) {
    case 'truth':
      return num[cell] === 1;
    case 'word':
      return words![num[cell]!];
    case 'number':
      return large?.get(cell) ?? fraction(num[cell]!, typeof den === 'number' ? den : den[cell]!);
    default:
      return kind satisfies never;
  }
}

/** What has been read of some cells, by what it is. */
export type Kept = Map<string, Stored>;

/**
 * The leaves of cells of one role over one period. `kept` holds what was read of the same cells for other formulas over
 * the same facts; what depends on more than facts and people isn't taken from it.
 */
export function leavesOf(run: Run, places: readonly CellPlace[], kept: Kept = new Map()): Leaves {
  const own: Kept = new Map();
  const read = (
    key: { readonly text: string; readonly ofData: boolean },
    value: (place: CellPlace) => Cell,
    kind: Stored['kind'] = 'number',
  ): Stored => {
    const all = key.ofData ? kept : own;
    const found = all.get(key.text) ?? stored(places.length, kind, (at) => value(places[at]!));
    all.set(key.text, found);
    return found;
  };
  const counting = (what: string): { readonly text: string; readonly ofData: true } => {
    const said = places[0] && roleOf(places[0]).prorate;
    const { calendars } = run.model;
    const calendar = said?.by === 'working days' && calendars.find((each) => each.name === said.calendar);
    return { text: JSON.stringify([what, said, calendar]), ofData: true };
  };
  const share = (work: Work): NumberColumn =>
    columnFrom(
      work,
      read(counting('share'), (place) => heldShare(run, roleOf(place), place).share),
    ) as NumberColumn;
  return {
    begin: (work) =>
      // who is away has rules of their own
      leave(work, read(counting('away'), (place) => (isAway(run, place) ? undefined : true)).missing),
    column: (work, node) =>
      columnFrom(
        work,
        read(
          { text: leafKey(node), ofData: node.kind === 'measure' || node.kind === 'attribute' },
          (place) => evaluate(run, node, place),
          kindOf(node.type),
        ),
      ),
    share,
    target: (work, figure, of) => plainTarget(run, figure, places, { work, of, share }),
  };
}

function kindOf({ kind }: ValueType): Stored['kind'] {
  if (kind === 'truth') return 'truth';
  return NUMBERS.has(kind) ? 'number' : 'word';
}

const NUMBERS: ReadonlySet<ValueType['kind']> = new Set([
  'number',
  'percent',
  'money',
  'duration',
  'date',
  'datetime',
]);

function leave({ left, steps }: Work, marked: Uint8Array | undefined): void {
  if (!marked) return;
  steps.push((count, at) => {
    for (let cell = 0; cell < count; cell++) left[cell]! |= marked[at + cell]!;
  });
}

/** What a part of a formula is known by, whatever its place in the text. */
export function leafKey(node: Expression): string {
  return JSON.stringify(node, (key, value) => (key === 'span' ? undefined : value));
}

/**
 * A target that one plain line of the role gives to all: its value, shrunk with the days that count. `undefined` where it
 * is found otherwise.
 */
function plainTarget(
  run: Run,
  figure: Figure,
  places: readonly CellPlace[],
  at: {
    readonly work: Work;
    readonly of: (node: Expression) => Column;
    readonly share: (work: Work) => NumberColumn;
  },
): Column | undefined {
  const first = places[0];
  if (!first || figure.scope.kind !== 'own' || figure.window.kind !== 'period' || figure.window.back)
    return undefined;
  const role = roleOf(first);
  const kpi = run.kpis.get(figure.name)!;
  if (run.model.overrides.some(({ targets }) => targets.some((each) => each.kpi === kpi.name)))
    return undefined;
  const lines = role.targets.filter((each) => each.kpi === kpi.name);
  const [line] = lines;
  if (lines.length !== 1 || !isPlain(line!, run) || role.ramp) return undefined;
  const value = at.of(line!.value);
  if (value.kind === 'truth' || value.kind === 'word') return undefined;
  const shrinks = kpi.adding !== 'ratio' && role.prorate?.by !== 'none';
  const prorated = (column: NumberColumn): NumberColumn =>
    shrinks ? multiplyColumns(at.work, column, at.share(at.work)) : column;
  // of who has two rows in the period each has its days
  if (places.some(({ held }) => held.length > 1)) {
    const several = Uint8Array.from(places, ({ held }) => (held.length > 1 ? 1 : 0));
    leave(at.work, several);
  }
  return prorated(value);
}

function isPlain(line: Target, { model }: Run): boolean {
  if (line.when || line.upTo || line.spread !== undefined || line.grain !== model.grain) return false;
  let plain = true;
  walk(line.value, (node) => {
    const readsTime = node.kind === 'period' || (node.kind === 'attribute' && isMonthAttribute(node.name));
    if (readsTime || !['constant', 'attribute', 'apply'].includes(node.kind)) plain = false;
  });
  return plain;
}
