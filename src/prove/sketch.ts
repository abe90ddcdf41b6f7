// Sketches: what is known of a value before any data. A sketch is what a formula is made of, down to inputs of which only
// the bounds are known; what isn't understood is an unknown with the bounds that it has. Proofs look at sketches only.

import type { Interval } from '../analyse/interval.ts';
import { type Exact, negate, ONE, type RoundingMode, ZERO } from '../base/exact.ts';
import type { Span } from '../base/source.ts';
import type { Pieces } from '../library/pieces.ts';
import type { Scope, Window } from '../model/expression.ts';

/** What an input or an unknown stands on, so that it moves only where one of these does. */
export interface Reads {
  readonly measures: ReadonlySet<string>;
  readonly attributes: ReadonlySet<string>;
  /** By their ids. */
  readonly figures: ReadonlySet<string>;
  /** What a role pays, wins or is compared by. */
  readonly results: boolean;
}

/** Where an input comes from. */
export type Origin =
  /** `isLonger`: over a longer time than the policy's own. */
  | {
      readonly kind: 'measure';
      readonly measure: string;
      readonly scope: Scope;
      readonly window: Window;
      readonly isLonger: boolean;
    }
  /** A figure that is taken as a whole. */
  | { readonly kind: 'figure'; readonly figure: string }
  /** `isLonger`: averaged over a longer time than the policy's own. */
  | { readonly kind: 'attribute'; readonly attribute: string; readonly isLonger: boolean }
  | { readonly kind: 'other'; readonly reads: Reads };

/** A value that the policy doesn't make: any one within its range. */
export interface Input {
  readonly id: string;
  /** In the policy's words. */
  readonly words: string;
  readonly range: Interval;
  readonly origin: Origin;
  readonly span?: Span;
}

/** A number; where it stands for one that can be missing, any. */
export type Sketch =
  | { readonly kind: 'constant'; readonly value: Exact }
  | { readonly kind: 'input'; readonly input: Input }
  | { readonly kind: 'sum'; readonly parts: readonly Sketch[] }
  | { readonly kind: 'times'; readonly a: Sketch; readonly b: Sketch }
  /** A division by zero is missing, or above every number. */
  | { readonly kind: 'over'; readonly a: Sketch; readonly b: Sketch }
  | { readonly kind: 'least' | 'greatest'; readonly a: Sketch; readonly b: Sketch }
  | { readonly kind: 'table'; readonly of: Sketch; readonly pieces: Pieces }
  | { readonly kind: 'choice'; readonly when: Fact; readonly then: Sketch; readonly otherwise: Sketch }
  /** Never falls as any of `by` rises and `still` stay as they are; between `low` and `high`, where these are there. */
  | {
      readonly kind: 'follows';
      readonly by: readonly Sketch[];
      readonly still: readonly Fact[];
      readonly low?: Sketch;
      readonly high?: Sketch;
      /** It is the one of `by`, rounded so. */
      readonly rounded?: { readonly step: Exact; readonly mode: RoundingMode };
    }
  /** A value of which bounds are known that don't show in what it is made of. */
  | { readonly kind: 'within'; readonly of: Sketch; readonly range: Interval }
  | { readonly kind: 'unknown'; readonly range: Interval; readonly reads: Reads; readonly why: Why };

/** What couldn't be followed, and where the policy says it. */
export interface Why {
  readonly what: string;
  readonly span?: Span;
}

/** Something that is so or isn't. */
export type Fact =
  | { readonly kind: 'sure'; readonly holds: boolean }
  | {
      readonly kind: 'compared';
      readonly operator: '<' | '<=' | 'is';
      readonly a: Sketch;
      readonly b: Sketch;
    }
  | { readonly kind: 'both' | 'either'; readonly a: Fact; readonly b: Fact }
  | { readonly kind: 'not'; readonly of: Fact }
  /** Nothing is known of it but what it stands on; `rises`: or that it only ever comes to hold as this rises. */
  | {
      readonly kind: 'open';
      readonly id: string;
      readonly reads: Reads;
      readonly rises?: Sketch;
      readonly why?: Why;
    };

/** What never holds. */
export const NEVER: Fact = { kind: 'sure', holds: false };
/** What always holds. */
export const ALWAYS: Fact = { kind: 'sure', holds: true };
/** Of what nothing moves. */
export const NOTHING_READ: Reads = {
  measures: new Set(),
  attributes: new Set(),
  figures: new Set(),
  results: false,
};
/** Nothing. */
export const ZERO_SKETCH: Sketch = { kind: 'constant', value: ZERO };

/** A number as it stands. */
export function constantSketch(value: Exact): Sketch {
  return { kind: 'constant', value };
}

/** All of these together; of none, nothing. */
export function sumOf(parts: readonly Sketch[]): Sketch {
  const flat = parts.filter((each) => each !== ZERO_SKETCH);
  return flat.length === 1 ? flat[0]! : { kind: 'sum', parts: flat };
}

const MINUS_ONE: Sketch = constantSketch(negate(ONE));

/** The same below zero. */
export function negated(of: Sketch): Sketch {
  return { kind: 'times', a: MINUS_ONE, b: of };
}

/** The first less the second. */
export function differenceOf(a: Sketch, b: Sketch): Sketch {
  return sumOf([a, negated(b)]);
}

/** That both hold. */
export function both(a: Fact, b: Fact): Fact {
  if (a === NEVER || b === NEVER) return NEVER;
  if (a === ALWAYS) return b;
  return b === ALWAYS ? a : { kind: 'both', a, b };
}

/** That at least one holds. */
export function either(a: Fact, b: Fact): Fact {
  if (a === ALWAYS || b === ALWAYS) return ALWAYS;
  if (a === NEVER) return b;
  return b === NEVER ? a : { kind: 'either', a, b };
}

/** That a fact doesn’t hold. */
export function not(of: Fact): Fact {
  if (of === NEVER) return ALWAYS;
  if (of === ALWAYS) return NEVER;
  return of.kind === 'not' ? of.of : { kind: 'not', of };
}

/** One value where a fact holds, else another. */
export function choiceOf(when: Fact, then: Sketch, otherwise: Sketch): Sketch {
  if (when === ALWAYS) return then;
  return when === NEVER ? otherwise : { kind: 'choice', when, then, otherwise };
}
