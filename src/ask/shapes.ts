// How a value goes with an input on a stretch where nothing decides otherwise: a line, a quotient of two lines, or a
// square. Each is found from a few values and holds exactly, or isn't found.

import {
  add,
  compare,
  divide,
  type Exact,
  equals,
  exact,
  fraction,
  isZero,
  multiply,
  negate,
  sign,
  subtract,
  whole,
} from '../base/exact.ts';

export type Shape =
  /** `value + slope * (x - at)`. */
  | { readonly kind: 'line'; readonly at: Exact; readonly value: Exact; readonly slope: Exact }
  /** `(over * t + plus) / (t + pole)`, with `t = x - at`. */
  | {
      readonly kind: 'quotient';
      readonly at: Exact;
      readonly over: Exact;
      readonly plus: Exact;
      readonly pole: Exact;
    }
  /** `value + slope * t + bend * t * t`, with `t = x - at`. */
  | {
      readonly kind: 'square';
      readonly at: Exact;
      readonly value: Exact;
      readonly slope: Exact;
      readonly bend: Exact;
    };

export interface Point {
  readonly x: Exact;
  readonly y: Exact;
}

/** Where a shape comes to a level; `isExact`: just there, else so near that nothing meant lies between. */
export interface Crossing {
  readonly x: Exact;
  readonly isExact: boolean;
}

/** How many points at even distances tell a line, and any shape, with one to see that it holds. */
export const LINE_POINTS = 3;
export const SHAPE_POINTS = 5;

/** The shape through points at even distances. Of fewer than `SHAPE_POINTS` only a line is told. */
export function shapeOf(points: readonly Point[]): Shape | undefined {
  const found = [lineThrough(points), ...(points.length < SHAPE_POINTS ? [] : curvedThrough(points))];
  return found.find((shape) => shape && points.every(({ x, y }) => isOn(shape, x, y)));
}

function isOn(shape: Shape, x: Exact, y: Exact): boolean {
  const value = valueOn(shape, x);
  return value !== undefined && equals(value, y);
}

function lineThrough([first, second]: readonly Point[]): Shape | undefined {
  const slope = first && second && divide(subtract(second.y, first.y), subtract(second.x, first.x));
  return slope && { kind: 'line', at: first!.x, value: first!.y, slope };
}

function curvedThrough([first, second, third]: readonly Point[]): readonly (Shape | undefined)[] {
  const at = first!.x;
  const [s, t] = [subtract(second!.x, at), subtract(third!.x, at)];
  const [u, v] = [subtract(second!.y, first!.y), subtract(third!.y, first!.y)];
  return [quotientThrough({ at, value: first!.y }, { s, t, u, v }), squareThrough()];

  function squareThrough(): Shape | undefined {
    // u = slope * s + bend * s², v = slope * t + bend * t²
    const bend = divide(subtract(divide(v, t)!, divide(u, s)!), subtract(t, s));
    return (
      bend && {
        kind: 'square',
        at,
        value: first!.y,
        slope: subtract(divide(u, s)!, multiply(bend, s)),
        bend,
      }
    );
  }
}

/** Through `(0, value)`, `(s, value + u)` and `(t, value + v)`, as seen from `at`. */
function quotientThrough(
  { at, value }: { readonly at: Exact; readonly value: Exact },
  { s, t, u, v }: Readonly<Record<'s' | 't' | 'u' | 'v', Exact>>,
): Shape | undefined {
  // over * s - pole * u = s * (value + u), and the same of t and v; over * 0 + plus = value * pole
  const [right, other] = [multiply(s, add(value, u)), multiply(t, add(value, v))];
  const pole = divide(
    subtract(multiply(other, s), multiply(right, t)),
    subtract(multiply(u, t), multiply(v, s)),
  );
  const over = pole && divide(add(right, multiply(pole, u)), s);
  return pole && over && { kind: 'quotient', at, over, plus: multiply(value, pole), pole };
}

export function valueOn(shape: Shape, x: Exact): Exact | undefined {
  const t = subtract(x, shape.at);
  switch (shape.kind) {
    case 'line':
      return add(shape.value, multiply(shape.slope, t));
    case 'quotient':
      return divide(add(multiply(shape.over, t), shape.plus), add(t, shape.pole));
    case 'square':
      return add(shape.value, multiply(t, add(shape.slope, multiply(shape.bend, t))));
    default:
      return shape satisfies never;
  }
}

/** Where the shape has no value, as it divides by zero. */
export function poleOf(shape: Shape): Exact | undefined {
  return shape.kind === 'quotient' ? subtract(shape.at, shape.pole) : undefined;
}

/** Where the shape turns, from going up to going down or the other way. */
export function turnOf(shape: Shape): Exact | undefined {
  if (shape.kind !== 'square') return undefined;
  return add(shape.at, divide(negate(shape.slope), multiply(whole(2), shape.bend))!);
}

/** Where the shape comes to a level, in order; none where it stays on it. */
export function crossingsOf(shape: Shape, level: Exact): readonly Crossing[] {
  switch (shape.kind) {
    case 'line':
      return exactly(shape.at, divide(subtract(level, shape.value), shape.slope));
    case 'quotient': {
      // over * t + plus = level * (t + pole)
      const { over, plus, pole } = shape;
      return exactly(shape.at, divide(subtract(multiply(level, pole), plus), subtract(over, level)));
    }
    case 'square':
      return ofSquare(shape, subtract(shape.value, level));
    default:
      return shape satisfies never;
  }
}

function exactly(at: Exact, t: Exact | undefined): readonly Crossing[] {
  return t ? [{ x: add(at, t), isExact: true }] : [];
}

function ofSquare(
  { at, slope, bend }: Shape & { readonly kind: 'square' },
  value: Exact,
): readonly Crossing[] {
  const inner = subtract(multiply(slope, slope), multiply(whole(4), multiply(bend, value)));
  if (sign(inner) < 0) return [];
  const { root, isExact } = rootOf(inner);
  const twice = multiply(whole(2), bend);
  const found = [root, negate(root)].map((each): Crossing => {
    return { x: add(at, divide(subtract(each, slope), twice)!), isExact };
  });
  const ordered = found.toSorted((a, b) => compare(a.x, b.x));
  return isZero(root) ? ordered.slice(0, 1) : ordered;
}

/** Digits to which a root without an end is cut down. */
const ROOT_DIGITS = 40;

function rootOf(value: Exact): { readonly root: Exact; readonly isExact: boolean } {
  const [num, den] = [BigInt(value.num), BigInt(value.den)];
  const [n, d] = [wholeRoot(num), wholeRoot(den)];
  if (n * n === num && d * d === den) return { root: fraction(n, d), isExact: true };
  const scale = 10n ** BigInt(ROOT_DIGITS);
  return { root: fraction(wholeRoot((num * scale * scale) / den), scale), isExact: false };
}

/** The whole part of a square root. */
function wholeRoot(value: bigint): bigint {
  if (value < 2n) return value;
  let root = 1n << BigInt(Math.ceil(value.toString(2).length / 2));
  for (;;) {
    const next = (root + value / root) / 2n;
    if (next >= root) return root;
    root = next;
  }
}

/** The fraction of the smallest denominator between two others, ends included. */
export function simplestBetween(low: Exact, high: Exact): Exact {
  if (sign(low) <= 0 && sign(high) >= 0) return exact('0');
  if (sign(high) < 0) return negate(simplestBetween(negate(high), negate(low)));
  const floor = whole(BigInt(low.num) / BigInt(low.den));
  if (equals(floor, low)) return floor;
  const next = add(floor, whole(1));
  if (compare(next, high) <= 0) return next;
  const inside = simplestBetween(
    divide(whole(1), subtract(high, floor))!,
    divide(whole(1), subtract(low, floor))!,
  );
  return add(floor, divide(whole(1), inside)!);
}
