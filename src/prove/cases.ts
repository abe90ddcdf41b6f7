// Proof by cases: a fact holds in a box if it is sure to, or if it holds in every part of the box that there is. Parts are
// made where something in the fact is undecided: a condition, which piece of a table is read, which of two is the least.

import { type Interval, interval } from '../analyse/interval.ts';
import { compare, divide, type Exact, exact, negate, ONE, sign } from '../base/exact.ts';
import { intersection } from './limits.ts';
import { apartOf, type Bounding, boundingIn, orderOf } from './limits-of.ts';
import { addedUp, type Box, constantLine, type Line, rangeIn, scaled } from './lines.ts';
import type { Fact, Sketch } from './sketch.ts';

/** What came of a proof. */
export interface Cases {
  readonly proved: boolean;
  /** How many cases were looked at. */
  readonly looked: number;
  /** A part in which it couldn't be shown. */
  readonly open?: Box;
}

const MOST_CASES = 3000;

/** Tries to prove a fact in a box. */
export function proveIn(box: Box, fact: Fact): Cases {
  const boxes: Box[] = [box];
  let looked = 0;
  for (let next = boxes.pop(); next; next = boxes.pop()) {
    if (++looked > MOST_CASES) return { proved: false, looked, open: next };
    const bounding = boundingIn(next);
    if (!isPossible(bounding)) continue;
    if (bounding.decided(fact) === true) continue;
    const parts = splitBy(bounding, fact);
    if (!parts) return { proved: false, looked, open: next };
    boxes.push(...parts);
  }
  return { proved: true, looked };
}

/** Whether nothing shows that there is nothing in the box. */
function isPossible(bounding: Bounding): boolean {
  const { inputs, assumed } = bounding.box;
  for (const { low, high } of inputs.values()) if (low && high && compare(low, high) > 0) return false;
  for (const [fact, holds] of assumed) {
    const found = bounding.decidedByItself(fact);
    if (found !== undefined && found !== holds) return false;
  }
  return true;
}

type Parts = readonly Box[];

/** Parts by the first thing that is undecided in what the fact looks at. */
function splitBy(bounding: Bounding, fact: Fact): Parts | undefined {
  const seen = new Set<Sketch | Fact>();
  const ofFact = (each: Fact, isRoot: boolean): Parts | undefined => {
    if (seen.has(each) || bounding.decided(each) !== undefined) return undefined;
    seen.add(each);
    switch (each.kind) {
      case 'sure':
        return undefined;
      case 'not':
        return ofFact(each.of, isRoot);
      case 'both':
      case 'either':
        return ofFact(each.a, false) ?? ofFact(each.b, false);
      case 'open':
        return isRoot ? undefined : bothWays(bounding, each);
      case 'compared':
        return ofSketch(each.a) ?? ofSketch(each.b) ?? (isRoot ? undefined : bothWays(bounding, each));
      default:
        return each satisfies never;
    }
  };
  const ofSketch = (each: Sketch): Parts | undefined => {
    if (seen.has(each)) return undefined;
    seen.add(each);
    switch (each.kind) {
      case 'constant':
      case 'input':
      case 'unknown':
        return undefined;
      case 'sum':
        return first(each.parts, ofSketch);
      case 'times':
      case 'over':
        return ofSketch(each.a) ?? ofSketch(each.b);
      case 'least':
      case 'greatest':
        return ofSketch(each.a) ?? ofSketch(each.b) ?? ofFact(orderOf(each), false);
      case 'table':
        return ofSketch(each.of) ?? ofTable(bounding, each);
      case 'choice': {
        const holds = bounding.decided(each.when);
        if (holds !== undefined) return ofSketch(holds ? each.then : each.otherwise);
        return ofFact(each.when, false) ?? bothWays(bounding, each.when);
      }
      case 'follows':
        return first([each.low, each.high], (end) => end && ofSketch(end));
      case 'within':
        return ofSketch(each.of);
      default:
        return each satisfies never;
    }
  };
  return ofFact(fact, true);
}

function first<T>(all: readonly T[], work: (each: T) => Parts | undefined): Parts | undefined {
  for (const each of all) {
    const found = work(each);
    if (found) return found;
  }
  return undefined;
}

function bothWays(bounding: Bounding, fact: Fact): Parts {
  return [assuming(bounding, fact, true), assuming(bounding, fact, false)];
}

/** The part of a box in which a fact holds, or doesn't; its bounds are closed, so parts may share an edge. */
function assuming(bounding: Bounding, fact: Fact, holds: boolean): Box {
  const { box } = bounding;
  const found: Box = { ...box, assumed: new Map(box.assumed).set(fact, holds) };
  if (fact.kind === 'not') return { ...assuming({ ...bounding, box: found }, fact.of, !holds) };
  if (fact.kind !== 'compared') return found;
  const line = bounding.limits(apartOf(fact)).exactly;
  if (!line) return found;
  const below = scaled(line, negate(ONE));
  if (fact.operator === 'is') return holds ? notBelow(notBelow(found, line), below) : found;
  return notBelow(found, holds ? line : below);
}

/** The part in which a line isn't below 0. */
function notBelow(box: Box, line: Line): Box {
  const [only, second] = [...line.terms];
  if (!only) return box;
  if (second) return { ...box, above: [...box.above, line] };
  const [input, factor] = only;
  const at = divide(negate(line.constant), factor)!;
  return narrowed(box, input, sign(factor) > 0 ? interval(at, undefined) : interval(undefined, at));
}

function narrowed(box: Box, input: Parameters<typeof rangeIn>[1], range: Interval): Box {
  return { ...box, inputs: new Map(box.inputs).set(input, intersection(rangeIn(box, input), range)) };
}

/** Parts in which a table is read up to a bound, and from it on. */
function ofTable(bounding: Bounding, table: Sketch & { readonly kind: 'table' }): Parts | undefined {
  const [from, until] = bounding.reached(table);
  if (from >= until) return undefined;
  const middle = Math.floor((from + until) / 2);
  const { box } = bounding;
  const bound: Exact = table.pieces.pieces[middle]!.bound;
  const line = bounding.limits(table.of).exactly;
  const part = (pieces: readonly [number, number], side: Exact): Box => {
    const found: Box = { ...box, pieces: new Map(box.pieces).set(table, pieces) };
    return line ? notBelow(found, scaled(addedUp(line, constantLine(negate(bound))), side)) : found;
  };
  return [part([from, middle], exact('-1')), part([middle + 1, until], ONE)];
}
