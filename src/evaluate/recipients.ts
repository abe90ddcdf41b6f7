// Who an award, level or pool is for in a period (language.md, section 5): everybody in the roles, or the first of them by
// a formula. And the places of people, here and in `rank(…)`: a person takes one, with the stay that counts for most.

import { InternalError } from '../base/diagnostic.ts';
import { compare, type Exact, isZero } from '../base/exact.ts';
import type { Period } from '../base/period.ts';
import { isNumeric } from '../library/types.ts';
import type { Expression } from '../model/expression.ts';
import type { Recipients } from '../model/pay.ts';
import type { Stay } from '../model/people.ts';
import type { Cell } from '../model/value.ts';
import type { Run } from './cell.ts';
import { evaluate } from './formula.ts';
import { hasDayIn, stayPlace } from './places.ts';

/** One of the first, by a formula. */
export interface Placed {
  readonly stay: Stay;
  /** From 1; ties share it, and after two firsts comes the third. */
  readonly place: number;
  /** How many share the place. */
  readonly sharing: number;
  /** Of the places that they take up together, how many have a prize. */
  readonly prizes: number;
}

/** The stays in the roles that have a day in the period, in order of person, then time. */
export function staysFor(run: Run, to: Recipients, period: Period): readonly Stay[] {
  return run.people.stays.filter((stay) => to.roles.includes(stay.role) && hasDayIn(stay, period));
}

/** A stay that may be ranked, and by what. */
export interface Candidate {
  readonly stay: Stay;
  /** Missing of who isn't ranked. */
  readonly value: Cell;
  /** What decides between equal ones; worked out when it is first asked for. */
  readonly second?: () => Exact | undefined;
}

interface Ranked extends Candidate {
  readonly value: Exact;
}

/** The people on the first places; who isn't ranked, or further down, isn't among them. */
export function firstOf(run: Run, to: Recipients, period: Period): readonly Placed[] {
  const { top } = to;
  if (!top) throw new InternalError('recipients who aren’t ranked');
  const valueIn = (formula: Expression, stay: Stay): Exact | undefined =>
    evaluate(run, formula, stayPlace(run, stay, period)) as Exact | undefined;
  const candidates = staysFor(run, to, period).map((stay) => ({
    stay,
    value: valueIn(top.by, stay),
    second: once(() => top.thenBy && valueIn(top.thenBy, stay)),
  }));
  return placesAmong(candidates, top);
}

/** By what people are ranked, whether nothing is ranked too, and how many places are asked for (absent: all). */
export interface Ranking {
  readonly by: Expression;
  readonly withZero: boolean;
  readonly count?: number;
}

/**
 * The first places, in order, and who is on them: of each person the stay with the larger value, of equal ones the last
 * of those given. So that nobody has two places, the person's other stays have none.
 */
export function placesAmong(candidates: readonly Candidate[], ranking: Ranking): readonly Placed[] {
  const { by, withZero, count = candidates.length } = ranking;
  const best = new Map<string, Ranked>();
  for (const each of candidates) {
    // a date has no zero
    if (!hasValue(each) || (!withZero && isNumeric(by.type) && isZero(each.value))) continue;
    const before = best.get(each.stay.person);
    if (!before || inOrder(each, before) <= 0) best.set(each.stay.person, each);
  }
  return placesOf([...best.values()].sort(inOrder), count);
}

function hasValue(each: Candidate): each is Ranked {
  return each.value !== undefined;
}

/** The largest value first; whose second value is missing comes after those who have one. */
function inOrder(a: Ranked, b: Ranked): number {
  const first = compare(b.value, a.value);
  if (first !== 0) return first;
  const [own, other] = [a.second?.(), b.second?.()];
  if (own && other) return compare(other, own);
  return own ? -1 : other ? 1 : 0;
}

function placesOf(ranked: readonly Ranked[], count: number): readonly Placed[] {
  const found: Placed[] = [];
  for (let at = 0; at < Math.min(ranked.length, count); ) {
    let next = at + 1;
    while (next < ranked.length && inOrder(ranked[next]!, ranked[at]!) === 0) next++;
    const tied = ranked.slice(at, next);
    const prizes = Math.min(tied.length, count - at);
    for (const { stay } of tied) found.push({ stay, place: at + 1, sharing: tied.length, prizes });
    at += tied.length;
  }
  return found;
}

function once<T>(work: () => T): () => T {
  let known: { readonly value: T } | undefined;
  return () => {
    known ??= { value: work() };
    return known.value;
  };
}
