// Straight lines over inputs, and the boxes in which they are looked at.

import type { Interval } from '../analyse/interval.ts';
import { add, compare, type Exact, isZero, multiply, negate, ONE, sign, ZERO } from '../base/exact.ts';
import type { Fact, Input, Sketch } from './sketch.ts';

/** A constant, and multiples of inputs. */
export interface Line {
  readonly constant: Exact;
  readonly terms: ReadonlyMap<Input, Exact>;
}

/** Where inputs lie, and what is assumed beside. */
export interface Box {
  /** Inputs that are narrower here than they are by themselves. */
  readonly inputs: ReadonlyMap<Input, Interval>;
  readonly assumed: ReadonlyMap<Fact, boolean>;
  /** Of tables, the first and last piece (0 is below all bounds) in which they are read. */
  readonly pieces: ReadonlyMap<Sketch, readonly [number, number]>;
  /** Lines that aren't below 0 here. */
  readonly above: readonly Line[];
}

/** All inputs by themselves, and nothing assumed. */
export const WHOLE_BOX: Box = { inputs: new Map(), assumed: new Map(), pieces: new Map(), above: [] };

/** A line that is the same everywhere. */
export function constantLine(constant: Exact): Line {
  return { constant, terms: new Map() };
}

/** So many times a line. */
export function scaled({ constant, terms }: Line, by: Exact): Line {
  if (isZero(by)) return constantLine(ZERO);
  return {
    constant: multiply(constant, by),
    terms: new Map([...terms].map(([input, factor]) => [input, multiply(factor, by)])),
  };
}

/** Two lines together. */
export function addedUp(a: Line, b: Line): Line {
  const terms = new Map(a.terms);
  for (const [input, factor] of b.terms) {
    const both = add(terms.get(input) ?? ZERO, factor);
    if (isZero(both)) terms.delete(input);
    else terms.set(input, both);
  }
  return { constant: add(a.constant, b.constant), terms };
}

/** Where an input lies in a box. */
export function rangeIn(box: Box, input: Input): Interval {
  return box.inputs.get(input) ?? input.range;
}

/** The least value of a line in a box; absent where it has none. */
export function leastOfLine(box: Box, { constant, terms }: Line): Exact | undefined {
  let total = constant;
  for (const [input, factor] of terms) {
    const { low, high } = rangeIn(box, input);
    const end = sign(factor) > 0 ? low : high;
    if (end === undefined) return undefined;
    total = add(total, multiply(end, factor));
  }
  return total;
}

/** The greatest value of a line in a box; absent where it has none. */
export function mostOfLine(box: Box, line: Line): Exact | undefined {
  const found = leastOfLine(box, scaled(line, negate(ONE)));
  return found && negate(found);
}

/** Whether a line is nowhere below another, by the box and by the lines that are assumed not to be below 0. */
export function isNowhereBelow(box: Box, line: Line, other: Line): boolean {
  const apart = addedUp(line, scaled(other, negate(ONE)));
  const low = leastOfLine(box, apart);
  return low !== undefined && sign(low) >= 0;
}

/** The least that a line can be, given that none of the assumed lines is below 0. */
export function leastGiven(box: Box, line: Line): Exact | undefined {
  let best = leastOfLine(box, line);
  for (const each of box.above) {
    const low = leastOfLine(box, addedUp(line, scaled(each, negate(ONE))));
    if (low !== undefined && (best === undefined || compare(low, best) > 0)) best = low;
  }
  return best;
}
