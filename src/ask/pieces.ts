// The pieces in which an amount goes with an input: from one place where something decides otherwise to the next. What is
// asked is only the amount and the decisions at single places; pieces are worked out from these and seen to hold.

import {
  absolute,
  add,
  compare,
  type Exact,
  equals,
  exact,
  fraction,
  greatest,
  multiply,
  subtract,
  whole,
  ZERO,
} from '../base/exact.ts';
import type { Decision } from '../model/decision.ts';
import {
  crossingsOf,
  LINE_POINTS,
  type Point,
  poleOf,
  SHAPE_POINTS,
  type Shape,
  shapeOf,
  simplestBetween,
  turnOf,
  valueOn,
} from './shapes.ts';

/** The amount where the input has a value, and all that was decided on the way. */
export interface Look {
  /** Missing, or what stops the run. */
  readonly value: Exact | undefined;
  readonly decided: readonly Looked[];
}

export interface Looked {
  /** What was decided, for whom and when: the same wherever the input stands. */
  readonly key: string;
  readonly decision: Decision;
  /** The period that it was decided over, where it was one of a person. */
  readonly period?: string;
  /** Values less the bounds that they were held against. */
  readonly gaps: readonly Exact[];
}

export type Looking = (x: Exact) => Look;

/** A place, and what comes after it up to the next one, which is a piece of its own. */
export interface Piece {
  readonly from: Exact;
  readonly at: Look;
  /** Just after `from`; decisions are the same up to `until`. */
  readonly inside: Look;
  /** Absent: the piece has no end. */
  readonly until?: Exact;
  /** How the amount goes between the ends; absent where it was found to be none that is known. */
  readonly shape?: Shape;
  /** Whether the end is where a decision was worked out to change; else it was searched for. */
  readonly isExact: boolean;
  /** Whether nothing is known from here on but what is asked place by place. */
  readonly isOpen?: true;
}

/** So near that nothing a policy says lies between. */
export const NEAR = fraction(1n, 10n ** 20n);
/** Places that no decision tells of are searched for so often; past that it goes in steps, as where a formula rounds. */
const MOST_HIDDEN = 8;
const MOST_PIECES = 500;

/** Asks no place twice. */
export function remembering(look: Looking): Looking {
  const known = new Map<string, Look>();
  return (x) => {
    const key = `${x.num}/${x.den}`;
    const found = known.get(key) ?? look(x);
    known.set(key, found);
    return found;
  };
}

/** The pieces from a place up, in order. `scale` is how large the input may be expected to be. */
export function* piecesFrom(look: Looking, start: Exact, scale: Exact): Generator<Piece> {
  let from = start;
  let hidden = 0;
  for (let count = 0; count < MOST_PIECES; count++) {
    const piece = pieceAt(look, from, scale);
    if (!piece.isExact) hidden++;
    if (hidden > MOST_HIDDEN) {
      yield { from, at: piece.at, inside: piece.inside, isExact: false, isOpen: true };
      return;
    }
    yield piece;
    if (!piece.until) return;
    from = piece.until;
  }
}

function pieceAt(look: Looking, from: Exact, scale: Exact): Piece {
  const at = look(from);
  const samples = samplesAfter(look, from, LINE_POINTS);
  const [first] = samples;
  const inside = first!.look;
  if (samples.some((each) => !isSameWay(each.look, inside)))
    return { from, at, inside, isExact: false, isOpen: true };
  const { shape, gaps } = shapesOf(look, from, samples);
  const last = samples.at(-1)!.x;
  const next = nextChange(shape, gaps, last);
  const holds = (x: Exact): boolean => isAsSaid(look(x), { inside, shape, x });
  const [failing, before] = firstFailing(placesToSee(from, next, scale), holds, last);
  if (!failing)
    return { from, at, inside, ...(next ? { until: next } : {}), ...(shape && { shape }), isExact: true };
  const until = searched(before, failing, holds);
  return { from, at, inside, until, ...(shape && { shape }), isExact: false };
}

interface Sample {
  readonly x: Exact;
  readonly look: Look;
}

function samplesAfter(look: Looking, from: Exact, count: number): readonly Sample[] {
  return Array.from({ length: count }, (_, index) => {
    const x = add(from, multiply(NEAR, whole(index + 1)));
    return { x, look: look(x) };
  });
}

/** How the amount and each gap go; what isn't a line is looked at more closely. */
function shapesOf(look: Looking, from: Exact, few: readonly Sample[]) {
  let samples = few;
  const told = (yOf: (each: Look) => Exact | undefined): Shape | undefined => {
    const line = shapeOf(pointsOf(samples, yOf));
    if (line || samples.length === SHAPE_POINTS) return line;
    const more = samplesAfter(look, from, SHAPE_POINTS);
    if (more.some((each) => !isSameWay(each.look, few[0]!.look))) return undefined;
    samples = more;
    return shapeOf(pointsOf(samples, yOf));
  };
  const { value, decided } = few[0]!.look;
  const shape = value && told((each) => each.value);
  const gaps = decided.flatMap((one, index) =>
    one.gaps.map((_, at) => told((each) => each.decided[index]!.gaps[at])),
  );
  return { shape, gaps };
}

function pointsOf(samples: readonly Sample[], yOf: (look: Look) => Exact | undefined): readonly Point[] {
  return samples.map(({ x, look }) => ({ x, y: yOf(look) ?? ZERO }));
}

/** The nearest place past which a decision may change. */
function nextChange(
  shape: Shape | undefined,
  gaps: readonly (Shape | undefined)[],
  after: Exact,
): Exact | undefined {
  const places = [
    ...gaps.flatMap((gap) => (gap ? crossingsOf(gap, ZERO).map((each) => each.x) : [])),
    ...[shape, ...gaps].flatMap((each) => (each && poleOf(each)) ?? []),
    ...(shape && turnOf(shape) ? [turnOf(shape)!] : []),
  ].filter((each) => compare(each, after) > 0);
  return places.reduce<Exact | undefined>(
    (least, each) => (least && compare(least, each) <= 0 ? least : each),
    undefined,
  );
}

/** Whether the same is decided, and the amount is what the shape says. */
function isAsSaid(
  look: Look,
  { inside, shape, x }: { readonly inside: Look; readonly shape: Shape | undefined; readonly x: Exact },
): boolean {
  if (!isSameWay(look, inside)) return false;
  if (!shape || !look.value) return true;
  const value = valueOn(shape, x);
  return value !== undefined && equals(value, look.value);
}

export function isSameWay(a: Look, b: Look): boolean {
  return (
    (a.value === undefined) === (b.value === undefined) &&
    a.decided.length === b.decided.length &&
    a.decided.every(
      ({ key, decision, gaps }, index) =>
        key === b.decided[index]!.key &&
        decision.way === b.decided[index]!.decision.way &&
        gaps.length === b.decided[index]!.gaps.length,
    )
  );
}

/** Where a piece is seen to hold, in order: within it and just before its end, or far out where it has none. */
function placesToSee(from: Exact, until: Exact | undefined, scale: Exact): readonly Exact[] {
  if (!until) {
    const far = greatest(absolute(from), scale);
    return ['1/7', '1', '37/3', '1000'].map((each) => add(from, multiply(far, exact(each))));
  }
  const length = subtract(until, from);
  return [
    ...['3/11', '21/34', '19/20'].map((each) => add(from, multiply(length, exact(each)))),
    subtract(until, NEAR),
  ];
}

/** The first place that fails, and the last one before it that doesn't. */
function firstFailing(
  places: readonly Exact[],
  holds: (x: Exact) => boolean,
  start: Exact,
): readonly [Exact | undefined, Exact] {
  let before = start;
  for (const each of places) {
    if (compare(each, before) <= 0) continue;
    if (!holds(each)) return [each, before];
    before = each;
  }
  return [undefined, before];
}

/** How far a search goes: to a millionth of a millionth of where it is. */
const STEPS = 64;

/** The place at which a piece ends, between one where it holds and one where it doesn't. */
function searched(low: Exact, high: Exact, holds: (x: Exact) => boolean): Exact {
  let [inner, outer] = [low, high];
  const half = fraction(1, 2);
  const enough = multiply(subtract(high, low), fraction(1n, 10n ** 13n));
  for (let step = 0; step < STEPS && compare(subtract(outer, inner), enough) > 0; step++) {
    const middle = multiply(add(inner, outer), half);
    if (holds(middle)) inner = middle;
    else outer = middle;
  }
  const simple = simplestBetween(inner, outer);
  const isThere = holds(subtract(simple, NEAR)) && !holds(add(simple, NEAR));
  return isThere ? simple : outer;
}
