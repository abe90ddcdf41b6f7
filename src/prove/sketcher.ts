// What sketches of a role are made by and from: where a formula stands, what is said beside the policy, and what comes
// out: a value and where it is missing.

import { boundsOf } from '../analyse/bounds.ts';
import { ANY, type Interval } from '../analyse/interval.ts';
import { wordsAt } from '../analyse/reading.ts';
import type { Grain } from '../base/period.ts';
import { keyOf } from '../check/known.ts';
import { isNumeric } from '../library/types.ts';
import type { Expression } from '../model/expression.ts';
import type { Model, Role } from '../model/policy.ts';
import { readsOf } from './reads.ts';
import { type Fact, type Input, NEVER, type Reads, type Sketch } from './sketch.ts';

/** A number, and where it is missing. */
export interface Valued {
  readonly value: Sketch;
  readonly missing: Fact;
}

/** Whether something holds where it isn't missing, and where it is. */
export interface Told {
  readonly holds: Fact;
  readonly missing: Fact;
}

/** Where a formula stands: over which length of time, and in a KPI's own attainment what it is about. */
export interface Standing {
  readonly grain: Grain;
  readonly own?: { readonly actual: Valued; readonly target: Valued; readonly key: string };
}

/** What is said beside the policy when a role is sketched. */
export interface Sketching {
  readonly model: Model;
  readonly role: Role;
  /** Figures of the policy's own period that are taken as a whole, not as what they are made of. */
  readonly whole: ReadonlySet<string>;
  /** Within which values a figure of the policy's own period is meant to be. */
  readonly given: ReadonlyMap<string, Interval>;
}

/** A role's formulas as sketches; the same formula over the same time is the same sketch. */
export interface Sketcher extends Sketching {
  value(node: Expression, at: Standing): Valued;
  told(node: Expression, at: Standing): Told;
  /** The input of that id, made once. */
  input(id: string, make: () => Omit<Input, 'id'>): Sketch;
  open(id: string, reads: Reads): Fact;
  /** What the role pays and wins. */
  results: Results;
}

/** Sketches of bonuses, pay and awards. */
export interface Results {
  bonus(name: string, at: Standing): Valued;
  result(node: Expression & { readonly kind: 'result' }): Valued | undefined;
  toldResult(node: Expression & { readonly kind: 'result' }): Told | undefined;
}

/** Of what is never missing. */
export const PRESENT: Fact = NEVER;

/** A value that is never missing. */
export function there(value: Sketch): Valued {
  return { value, missing: PRESENT };
}

/** What isn’t followed: any value within its bounds, missing or not wherever it can be. */
export function unknown(sketcher: Sketcher, node: Expression): Valued {
  const { model, role } = sketcher;
  const reads = readsOf(model, role, [node]);
  const range = isNumeric(node.type) && node.kind !== 'previous' ? boundsOf({ model, role }, node) : ANY;
  return {
    value: {
      kind: 'unknown',
      range,
      reads,
      why: { what: `what \`${wordsAt(model, node.span)}\` comes to isn't followed`, span: node.span },
    },
    // over another length of time it may be there
    missing: node.optional ? { kind: 'open', id: `missing ${keyOf(node)}`, reads } : PRESENT,
  };
}
