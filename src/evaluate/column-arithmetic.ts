// Arithmetic of columns. Each operation stays exact as long as its whole numbers are sure to be safe, and goes over to
// doubles with a bound of their error where they aren't. A cell with a missing part is missing.

import { absolute, add, divide, type Exact, greatest, least, multiply, negate } from '../base/exact.ts';
import {
  anyMissing,
  asRatio,
  doubles,
  exactlyOf,
  exactlyOnce,
  gcd,
  isConstant,
  marks,
  type NearColumn,
  type NumberColumn,
  near,
  overOne,
  SAFE,
  type SomeExact,
  someExact,
  TINY,
  UNIT,
  type WholeColumn,
  WIDER,
  type Work,
} from './columns.ts';

export function addColumns(work: Work, a: NumberColumn, b: NumberColumn): NumberColumn {
  const whole = overOne(work, [a, b]);
  const missing = anyMissing(work, [a, b]);
  const exactly = exactlyOf(add, [a, b]);
  if (whole && whole[0]!.most + whole[1]!.most <= SAFE) {
    const [x, y] = whole as readonly [WholeColumn, WholeColumn];
    const num = doubles();
    work.steps.push((count) => {
      for (let at = 0; at < count; at++) num[at] = x.num[at]! + y.num[at]!;
    });
    return { kind: 'whole', num, den: x.den, most: x.most + y.most, exactly, ...missing };
  }
  const [x, y] = [near(work, a), near(work, b)];
  const value = doubles();
  const error = doubles();
  work.steps.push((count) => {
    for (let at = 0; at < count; at++) {
      const left = x.value[at]!;
      const right = y.value[at]!;
      const sum = left + right;
      const taken = sum - left;
      // what the rounding of the sum has lost, to the last digit
      const lost = left - (sum - taken) + (right - taken);
      value[at] = sum;
      error[at] = (x.error[at]! + y.error[at]!) * WIDER + Math.abs(lost);
    }
  });
  return clean(work, { kind: 'near', value, error, exactly, ...missing });
}

export function negateColumn<T extends NumberColumn>(work: Work, column: T): T {
  return turnedColumn(work, column, { double: (each) => -each, fraction: negate });
}

export function absoluteColumn<T extends NumberColumn>(work: Work, column: T): T {
  return turnedColumn(work, column, { double: Math.abs, fraction: absolute });
}

/** A column with its numbers turned in sign, which loses nothing of them. */
function turnedColumn<T extends NumberColumn>(
  work: Work,
  column: T,
  turn: { readonly double: (value: number) => number; readonly fraction: (value: Exact) => Exact },
): T {
  const { double, fraction } = turn;
  const exactly = exactlyOnce((cell) => {
    const value = column.exactly(cell);
    return value && fraction(value as Exact);
  });
  if (isConstant(column)) return { ...column, num: column.num.map(double), exactly };
  const turned = (from: Float64Array): Float64Array => {
    const found = doubles();
    work.steps.push((count) => {
      for (let at = 0; at < count; at++) found[at] = double(from[at]!);
    });
    return found;
  };
  if (column.kind !== 'near') return { ...column, num: turned(column.num), exactly };
  const { some, value } = column;
  const known = some ? { some: { ...some, num: turned(some.num) } } : {};
  return { ...column, value: turned(value), exactly, ...known };
}

export function multiplyColumns(work: Work, a: NumberColumn, b: NumberColumn): NumberColumn {
  const missing = anyMissing(work, [a, b]);
  const exactly = exactlyOf(multiply, [a, b]);
  if (a.kind === 'whole' && b.kind === 'whole') {
    const den = a.den * b.den;
    if (a.most * b.most <= SAFE && den <= SAFE) {
      const num = product(work, a.num, b.num);
      return { kind: 'whole', num, den, most: a.most * b.most, exactly, ...missing };
    }
  } else if (a.kind !== 'near' && b.kind !== 'near') {
    const [x, y] = [asRatio(a)!, asRatio(b)!];
    if (x.most * y.most <= SAFE && x.mostDen * y.mostDen <= SAFE) {
      const num = product(work, x.num, y.num);
      const den = product(work, x.den, y.den);
      return {
        kind: 'ratio',
        num,
        den,
        most: x.most * y.most,
        mostDen: x.mostDen * y.mostDen,
        exactly,
        ...missing,
      };
    }
  }
  const [x, y] = [near(work, a), near(work, b)];
  const value = doubles();
  const error = doubles();
  work.steps.push((count) => {
    for (let at = 0; at < count; at++) {
      const left = x.value[at]!;
      const right = y.value[at]!;
      const ofLeft = x.error[at]!;
      const ofRight = y.error[at]!;
      const found = left * right;
      const size = Math.abs(found);
      let bound =
        (Math.abs(left) * ofRight + Math.abs(right) * ofLeft + ofLeft * ofRight) * WIDER + size * UNIT;
      if (size < TINY && left !== 0 && right !== 0) bound += TINY;
      value[at] = found;
      error[at] = bound;
    }
  });
  const some = productOfSome(work, someExact(work, a), someExact(work, b));
  return clean(work, { kind: 'near', value, error, exactly, ...(some ? { some } : {}), ...missing });
}

function productOfSome(
  work: Work,
  a: SomeExact | undefined,
  b: SomeExact | undefined,
): SomeExact | undefined {
  if (!a || !b || a.most * b.most > SAFE || a.mostDen * b.mostDen > SAFE) return undefined;
  const known = marks();
  work.steps.push((count) => {
    for (let at = 0; at < count; at++) known[at] = a.known[at]! & b.known[at]!;
  });
  return {
    num: product(work, a.num, b.num),
    den: product(work, a.den, b.den),
    known,
    most: a.most * b.most,
    mostDen: a.mostDen * b.mostDen,
  };
}

function product(work: Work, a: Float64Array, b: Float64Array): Float64Array {
  const found = doubles();
  work.steps.push((count) => {
    for (let at = 0; at < count; at++) found[at] = a[at]! * b[at]!;
  });
  return found;
}

/** Missing where the divisor is 0. */
export function divideColumns(work: Work, a: NumberColumn, b: NumberColumn): NumberColumn {
  const before = anyMissing(work, [a, b]).missing;
  const exactly = exactlyOf(divide, [a, b]);
  const missing = marks();
  const [x, y] = [asRatio(a), asRatio(b)];
  if (x && y) {
    // of two common denominators only what they don't share is multiplied in
    const shared = a.kind === 'whole' && b.kind === 'whole' ? gcd(a.den, b.den) : 1;
    const most = x.most * (y.mostDen / shared);
    const mostDen = y.most * (x.mostDen / shared);
    if (most <= SAFE && mostDen <= SAFE) {
      const num = doubles();
      const den = doubles();
      // of whole columns the denominators are the same in each cell
      const ofTop = a.kind === 'whole' && b.kind === 'whole' ? b.den / shared : undefined;
      const ofBottom = a.kind === 'whole' && b.kind === 'whole' ? a.den / shared : 1;
      work.steps.push((count) => {
        for (let at = 0; at < count; at++) {
          const by = y.num[at]! * (ofTop === undefined ? x.den[at]! : ofBottom);
          const top = x.num[at]! * (ofTop === undefined ? y.den[at]! : ofTop);
          const gone = by === 0 || (before !== undefined && before[at] === 1);
          missing[at] = gone ? 1 : 0;
          num[at] = gone ? 0 : by < 0 ? -top : top;
          den[at] = gone ? 1 : Math.abs(by);
        }
      });
      return { kind: 'ratio', num, den, most, mostDen, exactly, missing };
    }
  }
  const [left, right] = [near(work, a), near(work, b)];
  const value = doubles();
  const error = doubles();
  const { undecided } = work;
  work.steps.push((count) => {
    for (let at = 0; at < count; at++) {
      const by = right.value[at]!;
      const ofBy = right.error[at]!;
      const gone = (by === 0 && ofBy === 0) || (before !== undefined && before[at] === 1);
      missing[at] = gone ? 1 : 0;
      const least = Math.abs(by) - ofBy;
      const found = left.value[at]! / by;
      const size = Math.abs(found);
      if (gone || !(least > 0)) {
        // whether it is 0 can't be told
        if (!gone) undecided[at] = 1;
        value[at] = 0;
        error[at] = 0;
        continue;
      }
      let bound = ((left.error[at]! + size * WIDER * ofBy) / least) * WIDER + size * UNIT;
      if (size < TINY && left.value[at] !== 0) bound += TINY;
      value[at] = found;
      error[at] = bound;
    }
  });
  return { kind: 'near', value, error, exactly, missing };
}

/** The least (`min`) or greatest of two. */
export function boundColumns(
  work: Work,
  kind: 'min' | 'max',
  [a, b]: readonly [NumberColumn, NumberColumn],
): NumberColumn {
  const missing = anyMissing(work, [a, b]);
  const turn = kind === 'min' ? 1 : -1;
  const exactly = exactlyOf(kind === 'min' ? least : greatest, [a, b]);
  const whole = overOne(work, [a, b]);
  if (whole) {
    const [x, y] = whole as readonly [WholeColumn, WholeColumn];
    const num = doubles();
    const pick = kind === 'min' ? Math.min : Math.max;
    work.steps.push((count) => {
      for (let at = 0; at < count; at++) num[at] = pick(x.num[at]!, y.num[at]!);
    });
    return { kind: 'whole', num, den: x.den, most: Math.max(x.most, y.most), exactly, ...missing };
  }
  const [x, y] = [asRatio(a), asRatio(b)];
  if (x && y && x.most * y.mostDen <= SAFE && y.most * x.mostDen <= SAFE) {
    const num = doubles();
    const den = doubles();
    work.steps.push((count) => {
      for (let at = 0; at < count; at++) {
        const order = x.num[at]! * y.den[at]! - y.num[at]! * x.den[at]!;
        const first = order * turn <= 0;
        num[at] = first ? x.num[at]! : y.num[at]!;
        den[at] = first ? x.den[at]! : y.den[at]!;
      }
    });
    const most = Math.max(x.most, y.most);
    return { kind: 'ratio', num, den, most, mostDen: Math.max(x.mostDen, y.mostDen), exactly, ...missing };
  }
  const [left, right] = [near(work, a), near(work, b)];
  const value = doubles();
  const error = doubles();
  // which side it is: the second 1, the first 0, 2 where it can't be told
  const side = marks();
  work.steps.push((count) => {
    for (let at = 0; at < count; at++) {
      const order = left.value[at]! - right.value[at]!;
      const ofLeft = left.error[at]!;
      const ofRight = right.error[at]!;
      const first = order * turn <= 0;
      const told = Math.abs(order) > (ofLeft + ofRight) * WIDER;
      value[at] = first ? left.value[at]! : right.value[at]!;
      // where it can't be told which one it is, both are near enough
      error[at] = told ? (first ? ofLeft : ofRight) : Math.max(ofLeft, ofRight);
      side[at] = told ? (first ? 0 : 1) : 2;
    }
  });
  const some = someOf(work, side, [someExact(work, a), someExact(work, b)]);
  return clean(work, { kind: 'near', value, error, exactly, ...(some ? { some } : {}), ...missing });
}

/** Of the side that is taken in each cell (the first 0, the second 1, neither 2) the fraction, where it is known. */
export function someOf(
  work: Work,
  side: Uint8Array,
  [a, b]: readonly [SomeExact | undefined, SomeExact | undefined],
): SomeExact | undefined {
  if (!a && !b) return undefined;
  const none: SomeExact = { num: doubles(), den: doubles().fill(1), known: marks(), most: 0, mostDen: 1 };
  const [x, y] = [a ?? none, b ?? none];
  const num = doubles();
  const den = doubles().fill(1);
  const known = marks();
  work.steps.push((count) => {
    for (let at = 0; at < count; at++) {
      const taken = side[at] === 0 ? x : y;
      known[at] = side[at] === 2 ? 0 : taken.known[at]!;
      num[at] = taken.num[at]!;
      den[at] = taken.den[at]!;
    }
  });
  return { num, den, known, most: Math.max(x.most, y.most), mostDen: Math.max(x.mostDen, y.mostDen) };
}

/** 0 where the value is missing, so that what stands there decides nothing. */
export function clean(work: Work, column: NearColumn): NearColumn {
  const { value, error, missing } = column;
  if (!missing) return column;
  work.steps.push((count) => {
    for (let at = 0; at < count; at++) {
      if (missing[at] === 0) continue;
      value[at] = 0;
      error[at] = 0;
    }
  });
  return column;
}
