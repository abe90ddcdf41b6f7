// Where an amount is reached: the stretches of an input on which it is at least so much, found from the pieces in which it
// goes, and searched for where nothing is known of a piece.

import {
  absolute,
  add,
  compare,
  type Exact,
  fraction,
  greatest,
  multiply,
  ONE,
  subtract,
} from '../base/exact.ts';
import { type Looking, NEAR, type Piece } from './pieces.ts';
import { crossingsOf, simplestBetween, valueOn } from './shapes.ts';

/** Values of the input with at least an amount. */
export interface Reach {
  readonly from: Exact;
  /** Whether `from` itself is one of them; else all just past it are. */
  readonly includes: boolean;
  /** Absent: however large the input is. */
  readonly until?: Exact;
  readonly untilIncludes?: boolean;
  /** Whether the ends are worked out; else they are searched for, to a millionth. */
  readonly isExact: boolean;
}

interface Part {
  readonly from: Exact;
  /** The place itself, or what lies between it and the next part. */
  readonly isPoint: boolean;
  readonly isReached: boolean;
  readonly isExact: boolean;
}

/** The stretches on which the amount is at least `level`, in order. */
export function* reachIn(
  pieces: Iterable<Piece>,
  level: Exact,
  { look, scale }: { readonly look: Looking; readonly scale: Exact },
): Generator<Reach> {
  let open: { readonly from: Exact; readonly includes: boolean; isExact: boolean } | undefined;
  for (const part of partsOf(pieces, level, { look, scale })) {
    if (part.isReached) {
      open ??= { from: part.from, includes: part.isPoint, isExact: part.isExact };
      continue;
    }
    if (!open) continue;
    // what isn't reached is this place, or what comes after it
    yield { ...open, until: part.from, untilIncludes: !part.isPoint, isExact: open.isExact && part.isExact };
    open = undefined;
  }
  if (open) yield open;
}

function* partsOf(
  pieces: Iterable<Piece>,
  level: Exact,
  { look, scale }: { readonly look: Looking; readonly scale: Exact },
): Generator<Part> {
  const isReached = (value: Exact | undefined): boolean => value !== undefined && compare(value, level) >= 0;
  let isExact = true;
  for (const piece of pieces) {
    const { from, at, until, shape } = piece;
    yield { from, isPoint: true, isReached: isReached(at.value), isExact };
    isExact = piece.isExact;
    if (!shape) {
      yield* bySearch(piece, isReached, { look, scale });
      continue;
    }
    const inner = crossingsOf(shape, level).filter(
      ({ x }) => compare(x, from) > 0 && (!until || compare(x, until) < 0),
    );
    let begin = from;
    let beginIsExact = true;
    for (const { x, isExact } of [...inner, undefined].map((each) => each ?? { x: until, isExact: true })) {
      const middle = x ? multiply(add(begin, x), fraction(1, 2)) : add(begin, ONE);
      yield {
        from: begin,
        isPoint: false,
        isReached: isReached(valueOn(shape, middle)),
        isExact: beginIsExact,
      };
      if (x && x !== until) yield { from: x, isPoint: true, isReached: true, isExact };
      begin = x ?? begin;
      beginIsExact = isExact;
    }
  }
}

/** How many places a stretch is looked at whose shape isn't known, before it is halved between two of them. */
const SEARCHED = 48;

function* bySearch(
  piece: Piece,
  isReached: (value: Exact | undefined) => boolean,
  { look, scale }: { readonly look: Looking; readonly scale: Exact },
): Generator<Part> {
  const { from, until, inside } = piece;
  // the value is missing all along
  if (inside.value === undefined && !piece.isOpen) {
    yield { from, isPoint: false, isReached: false, isExact: true };
    return;
  }
  const places = searchPlaces(from, until, scale);
  const reached = (x: Exact): boolean => isReached(look(x).value);
  let before = add(from, NEAR);
  let state = reached(before);
  yield { from, isPoint: false, isReached: state, isExact: true };
  for (const place of places) {
    if (reached(place) === state) {
      before = place;
      continue;
    }
    let [low, high] = [before, place];
    const enough = fraction(1n, 10n ** 6n);
    while (compare(subtract(high, low), enough) > 0) {
      const middle = multiply(add(low, high), fraction(1, 2));
      if (reached(middle) === state) low = middle;
      else high = middle;
    }
    const simple = simplestBetween(low, high);
    state = !state;
    const found = reached(simple) === state ? simple : high;
    yield { from: found, isPoint: true, isReached: state, isExact: false };
    yield { from: found, isPoint: false, isReached: state, isExact: false };
    before = place;
  }
}

function searchPlaces(from: Exact, until: Exact | undefined, scale: Exact): readonly Exact[] {
  const far = until ? undefined : greatest(absolute(from), scale);
  return Array.from({ length: SEARCHED }, (_, index) => {
    if (until) return add(from, multiply(subtract(until, from), fraction(index + 1, SEARCHED + 1)));
    // farther and farther
    return add(from, multiply(far!, fraction((index + 1) ** 3, 5 * SEARCHED)));
  });
}
