// Tables of rates and curves, read by columns: which piece each cell lies in, and what that piece gives.

import { add, compare, divide, type Exact, isZero, multiply, subtract, whole, ZERO } from '../base/exact.ts';
import { type Piece, type Pieces, type PieceValue, readPieces } from '../library/pieces.ts';
import { clean } from './column-arithmetic.ts';
import {
  commonDen,
  doubles,
  exactlyOnce,
  marks,
  type NearColumn,
  type NumberColumn,
  near,
  nearest,
  SAFE,
  type SomeExact,
  TINY,
  UNIT,
  type WholeColumn,
  WIDER,
  type Work,
} from './columns.ts';

type Straight = PieceValue & { readonly kind: 'straight' };

/** What pieces give for each cell, or `undefined` where some of them aren't numbers along a line. */
export function readColumn(work: Work, pieces: Pieces, column: NumberColumn): NumberColumn | undefined {
  const lines = [pieces.below, ...pieces.pieces.map((each) => each.value)];
  const isMissing = lines.map((each) => each.kind === 'missing');
  if (lines.some((each) => each.kind !== 'straight' && each.kind !== 'missing')) return undefined;
  const exactly = exactlyOnce((cell) => {
    const value = column.exactly(cell);
    return value === undefined ? undefined : readPieces(pieces, value as Exact);
  });
  const straight = lines.map((each) => (each.kind === 'straight' ? each : NOTHING));
  const exact = column.kind === 'whole' ? readWhole(work, pieces.pieces, straight, column) : undefined;
  const { piece, found: read } =
    exact ?? readNear(work, pieces.pieces, { lines: straight, isMissing }, column);
  const found = { ...read, exactly };
  if (!isMissing.includes(true)) return found;
  const missing = marks();
  const before = column.missing;
  const gone = Uint8Array.from(isMissing, (each) => (each ? 1 : 0));
  work.steps.push((count) => {
    for (let at = 0; at < count; at++) missing[at] = before?.[at] === 1 || gone[piece[at]!] === 1 ? 1 : 0;
  });
  return found.kind === 'near' ? clean(work, { ...found, missing }) : { ...found, missing };
}

const NOTHING: Straight = { kind: 'straight', constant: ZERO, slope: ZERO };

interface Read {
  /** 0 below the first bound, else one more than the place of the piece. */
  readonly piece: Uint8Array;
  readonly found: WholeColumn | NearColumn;
}

/** Exactly, over a common denominator of all pieces, if that is safe. */
function readWhole(
  work: Work,
  pieces: readonly Piece[],
  lines: readonly Straight[],
  column: WholeColumn,
): Read | undefined {
  const { num } = column;
  const den = commonDenOf(lines, column.den);
  if (den === undefined) return undefined;
  const constants = lines.map((each) => wholeOf(each.constant, den));
  const slopes = lines.map((each) => wholeOf(divide(each.slope, whole(column.den))!, den));
  const bounds = pieces.map((each) => leastReached(each, column.den));
  if ([...constants, ...slopes, ...bounds].includes(undefined)) return undefined;
  const most = Math.max(
    ...lines.map((_, at) => Math.abs(constants[at]!) + Math.abs(slopes[at]!) * column.most),
  );
  if (most > SAFE) return undefined;
  const piece = marks();
  const found = doubles();
  const [base, slope, from] = [constants, slopes, bounds].map((each) =>
    Float64Array.from(each as number[]),
  ) as [Float64Array, Float64Array, Float64Array];
  work.steps.push((count) => {
    for (let at = 0; at < count; at++) {
      const value = num[at]!;
      let place = from.length;
      while (place > 0 && value < from[place - 1]!) place--;
      piece[at] = place;
      found[at] = base[place]! + slope[place]! * value;
    }
  });
  return { piece, found: { ...column, num: found, den, most } };
}

function commonDenOf(lines: readonly Straight[], den: number): number | undefined {
  const dens: number[] = [];
  for (const { constant, slope } of lines) {
    for (const each of [constant, divide(slope, whole(den))!]) {
      if (typeof each.den !== 'number') return undefined;
      dens.push(each.den);
    }
  }
  return commonDen(dens);
}

/** A number in parts of `den`, if it is whole in them and safe. */
function wholeOf(value: Exact, den: number): number | undefined {
  const { num, den: of } = multiply(value, whole(den));
  return typeof num === 'number' && of === 1 ? num : undefined;
}

/** The least number of parts that has reached a bound. */
function leastReached({ bound, includes }: Piece, den: number): number | undefined {
  const { num, den: of } = multiply(bound, whole(den));
  const [top, bottom] = [BigInt(num), BigInt(of)];
  const down = top / bottom - (top % bottom < 0n ? 1n : 0n);
  const least = Number(down * bottom === top && includes ? down : down + 1n);
  return Number.isSafeInteger(least) ? least : undefined;
}

/** By doubles; beside a bound at which the table jumps a cell is left to the exact way. */
function readNear(
  work: Work,
  pieces: readonly Piece[],
  { lines, isMissing }: { readonly lines: readonly Straight[]; readonly isMissing: readonly boolean[] },
  column: NumberColumn,
): Read {
  const x = near(work, column);
  const piece = marks();
  const value = doubles();
  const error = doubles();
  const bounds = Float64Array.from(pieces, (each) => nearest(each.bound));
  const ofBounds = bounds.map((each, at) => errorOf(pieces[at]!.bound, each));
  const includes = Uint8Array.from(pieces, (each) => (each.includes ? 1 : 0));
  // where two pieces meet without a jump either gives the value, but for what their slopes differ by
  const turns = Float64Array.from(pieces, ({ bound }, at) =>
    isMissing[at] === isMissing[at + 1] ? turnAt(lines[at]!, lines[at + 1]!, bound) : Infinity,
  );
  const base = Float64Array.from(lines, (each) => nearest(each.constant));
  const ofBase = base.map((each, at) => errorOf(lines[at]!.constant, each));
  const slope = Float64Array.from(lines, (each) => nearest(each.slope));
  const ofSlope = slope.map((each, at) => errorOf(lines[at]!.slope, each));
  const { undecided } = work;
  const size = bounds.length;
  const isAt = (place: number, read: number, ofRead: number): boolean =>
    read === bounds[place] && ofRead === 0 && ofBounds[place] === 0;
  /** What the value may be off by where it can't be told on which side of bounds it lies; a jump isn't decided. */
  const besideBounds = (at: number, read: number, ofRead: number): number => {
    let more = 0;
    for (let place = 0; place < size; place++) {
      const bound = (ofRead + ofBounds[place]!) * WIDER;
      if (Math.abs(read - bounds[place]!) > bound) continue;
      if (turns[place] === Infinity) undecided[at] = 1;
      else more += turns[place]! * 2 * bound;
    }
    return more;
  };
  work.steps.push((count) => {
    for (let at = 0; at < count; at++) {
      const read = x.value[at]!;
      const ofRead = x.error[at]!;
      let place = 0;
      for (let each = 0; each < size; each++) place += read >= bounds[each]! ? 1 : 0;
      // the bounds on both sides have to be farther away than the error
      let more = 0;
      if (place > 0 && !(read - bounds[place - 1]! > (ofRead + ofBounds[place - 1]!) * WIDER)) {
        if (isAt(place - 1, read, ofRead)) place -= includes[place - 1] === 1 ? 0 : 1;
        else more = besideBounds(at, read, ofRead);
      } else if (place < size && !(bounds[place]! - read > (ofRead + ofBounds[place]!) * WIDER))
        more = besideBounds(at, read, ofRead);
      if (Number.isNaN(read)) undecided[at] = 1;
      piece[at] = place;
      const part = slope[place]! * read;
      const given = base[place]! + part;
      const ofPart = Math.abs(part);
      value[at] = given;
      let bound =
        (Math.abs(slope[place]!) * ofRead +
          ofSlope[place]! * (Math.abs(read) + ofRead) +
          ofBase[place]! +
          more) *
          WIDER +
        (slope[place] === 0 ? 0 : ofPart * UNIT + Math.abs(given) * UNIT);
      if (ofPart < TINY && slope[place] !== 0 && read !== 0) bound += TINY;
      error[at] = bound;
    }
  });
  const { missing } = x;
  const some = work.keepsFractions ? levelPieces(work, lines, piece) : undefined;
  return {
    piece,
    found: clean(work, {
      kind: 'near',
      value,
      error,
      exactly: x.exactly,
      ...(some ? { some } : {}),
      ...(missing ? { missing } : {}),
    }),
  };
}

/** What pieces that are level give, exactly. */
function levelPieces(work: Work, lines: readonly Straight[], piece: Uint8Array): SomeExact | undefined {
  const isLevel = lines.map(
    ({ slope, constant }) =>
      isZero(slope) && typeof constant.den === 'number' && typeof constant.num === 'number',
  );
  if (!isLevel.includes(true)) return undefined;
  const level = lines.map(({ constant }, at) => (isLevel[at] ? constant : ZERO));
  const tops = Float64Array.from(level, (each) => Number(each.num));
  const bottoms = Float64Array.from(level, (each) => Number(each.den));
  const levels = Uint8Array.from(isLevel, (each) => (each ? 1 : 0));
  const [num, den, known] = [doubles(), doubles().fill(1), marks()];
  work.steps.push((count) => {
    for (let at = 0; at < count; at++) {
      const place = piece[at]!;
      num[at] = tops[place]!;
      den[at] = bottoms[place]!;
      known[at] = levels[place]!;
    }
  });
  return { num, den, known, most: Math.max(...tops.map(Math.abs)), mostDen: Math.max(...bottoms) };
}

/** How far a double may be from the exact number that it stands for. */
function errorOf(value: Exact, double: number): number {
  return value.den === 1 && typeof value.num === 'number' ? 0 : Math.abs(double) * 2 * UNIT;
}

/** By how much the slopes of two pieces differ that meet at a bound; without end where they don't meet. */
function turnAt(before: Straight, after: Straight, bound: Exact): number {
  const gap = subtract(
    add(after.constant, multiply(after.slope, bound)),
    add(before.constant, multiply(before.slope, bound)),
  );
  if (!isZero(gap)) return Infinity;
  const turn = subtract(after.slope, before.slope);
  return Math.abs(nearest(compare(turn, ZERO) < 0 ? subtract(ZERO, turn) : turn)) * WIDER;
}
