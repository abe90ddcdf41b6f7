// Bounds at which a role's pay turns: where a condition on one KPI's result comes out otherwise one unit on, and what the
// bonuses that this moves pay on both sides, all together.

import {
  add,
  compare,
  divide,
  type Exact,
  exact,
  multiply,
  negate,
  roundTo,
  sign,
  subtract,
  ZERO,
} from '../base/exact.ts';
import type { Span } from '../base/source.ts';
import { foldConstant } from '../check/constants.ts';
import { walk } from '../library/parts.ts';
import type { ApplyNode, Expression } from '../model/expression.ts';
import type { Bonus } from '../model/pay.ts';
import type { Model, Role } from '../model/policy.ts';
import { boundsOf, payableBounds } from './bounds.ts';
import { figureCalled, present } from './formulas.ts';
import { type Interval, interval, point, product, sum } from './interval.ts';
import { bonusDependence, dependence, type Mover, moverOf } from './mover.ts';
import { placeKey } from './reading.ts';
import {
  extremeOf,
  holdsAt,
  isConstant,
  type Linear,
  minus,
  NOTHING,
  plus,
  type Situation,
  valueAt,
} from './response.ts';
import { decidePayBeside } from './uses.ts';

/** A condition that comes out otherwise from one result of a KPI to the next better one. */
export interface Turn {
  readonly mover: Mover;
  /** The comparison. */
  readonly span: Span;
  /** The result at which it turns. */
  readonly bound: Exact;
  /** The two results, the better one last. */
  readonly results: readonly [Exact, Exact];
  /** Bonuses whose pay moves there. */
  readonly bonuses: readonly Bonus[];
  readonly verdict: 'pays less' | 'pays more or as much';
  /** What these bonuses pay together, where that is known. */
  readonly amounts?: readonly [Exact, Exact];
}

/** So many conditions that depend on other things are tried both ways. */
const MOST_ASSUMED = 3;

/** All turns of a role's pay that can be told, for each KPI that says which way it gets better. */
export function turnsOf(model: Model, role: Role): readonly Turn[] {
  // what a floor or a draw tops up isn't seen here, the policy's own included
  const topUps = [role, model.pay].flatMap(({ floors, draws }) => [...floors, ...draws]);
  if (topUps.length > 0) return [];
  const grains = [...new Set(role.bonuses.map((each) => each.grain))];
  return model.kpis.flatMap(({ name }) => {
    // an award or a pool may pay from where a bonus ends
    if (decidePayBeside(model).has(name)) return [];
    const mover = moverOf(model, role, name);
    if (!mover) return [];
    // over a longer grain the target is another one
    const { target: _, ...longer } = mover;
    return grains.flatMap((grain) =>
      turnsIn(
        grain === model.grain ? mover : { ...longer, known: new Map() },
        role.bonuses.filter((each) => each.grain === grain),
      ),
    );
  });
}

function turnsIn(mover: Mover, all: readonly Bonus[]): readonly Turn[] {
  const bonuses = all.filter((each) => bonusDependence(mover, each) !== 'not at all');
  if (bonuses.some((each) => bonusDependence(mover, each) === 'in its own way')) return [];
  if (bonuses.some((each) => each.floor)) return [];
  const steady = all.filter((each) => !bonuses.includes(each));
  return comparisonsOf(mover, bonuses).flatMap((comparison) => {
    const bound = boundOf(mover, comparison);
    if (!bound) return [];
    return pairsAt(mover, comparison, bound).flatMap(
      (results) => turnAt(mover, { comparison, bound, results, bonuses, steady }) ?? [],
    );
  });
}

// ---- where -------------------------------------------------------------------------------------------------

const COMPARISONS: ReadonlySet<string> = new Set(['<', '<=', '>', '>=']);

/** Comparisons that decide what bonuses pay, in the formulas that they name too. */
function comparisonsOf(mover: Mover, bonuses: readonly Bonus[]): readonly ApplyNode[] {
  const found = new Map<string, ApplyNode>();
  const seen = new Set<Expression>();
  const visit = (formula: Expression): void => {
    if (seen.has(formula)) return;
    seen.add(formula);
    walk(formula, (node) => {
      if (dependence(mover, node) !== 'through it') return;
      const named = node.kind === 'figure' ? figureCalled(mover.model, node.figure) : undefined;
      if (named && named.id !== mover.figure.id) visit(named.value);
      if (node.kind === 'apply' && COMPARISONS.has(node.function)) found.set(placeKey(node.span), node);
    });
  };
  for (const { value, when, cap } of bonuses) for (const each of present(value, when, cap)) visit(each);
  if (bonuses.some((each) => each.gated))
    for (const { condition, when } of mover.role.gates)
      for (const each of present(condition, when)) visit(each);
  return [...found.values()];
}

/** Pairs of neighbouring results, the better one last, between which a comparison comes out otherwise. */
function pairsAt(mover: Mover, comparison: ApplyNode, bound: Exact): readonly (readonly [Exact, Exact])[] {
  const { unit, figure, model } = mover;
  const below = multiply(roundDown(divide(bound, unit)!), unit);
  const results = [subtract(below, unit), below, add(below, unit), add(add(below, unit), unit)];
  const { low, high } = boundsOf({ model }, figure.value);
  const isBetterMore = !model.kpis.find((each) => each.name === figure.name)!.lowerIsBetter;
  return results.slice(1).flatMap((after, index) => {
    const before = results[index]!;
    if ((low && compare(before, low) < 0) || (high && compare(after, high) > 0)) return [];
    const [a, b] = [before, after].map((result) =>
      holdsAt(situationOf(mover, result, new Map()), comparison),
    );
    if (a === undefined || b === undefined || a === b) return [];
    return [isBetterMore ? ([before, after] as const) : ([after, before] as const)];
  });
}

function roundDown(value: Exact): Exact {
  const cut = roundTo(value, exact('1'), 'down');
  return compare(cut, value) > 0 ? subtract(cut, exact('1')) : cut;
}

/** The result at which both sides are equal, where their difference goes straight. */
function boundOf(mover: Mover, { args }: ApplyNode): Exact | undefined {
  const [left, right] = args as readonly [Expression, Expression];
  const at = (result: string): Exact | undefined => {
    const situation = situationOf(mover, exact(result), new Map());
    const [a, b] = [valueAt(situation, left), valueAt(situation, right)];
    const difference = a && b && minus(a, b);
    return difference && isConstant(difference) ? difference.constant : undefined;
  };
  const [one, two, three] = [at('1'), at('2'), at('3')];
  if (!one || !two || !three) return undefined;
  const slope = subtract(two, one);
  if (sign(slope) === 0 || compare(slope, subtract(three, two)) !== 0) return undefined;
  return subtract(exact('1'), divide(one, slope)!);
}

function situationOf(mover: Mover, result: Exact, assumed: ReadonlyMap<string, boolean>): Situation {
  return { mover, result, assumed, asked: new Set() };
}

// ---- what it pays --------------------------------------------------------------------------------------------

interface Place {
  readonly comparison: ApplyNode;
  readonly bound: Exact;
  readonly results: readonly [Exact, Exact];
  readonly bonuses: readonly Bonus[];
  readonly steady: readonly Bonus[];
}

/** `undefined` where it can't be told. */
function turnAt(mover: Mover, { comparison, bound, results, bonuses, steady }: Place): Turn | undefined {
  const asked = new Set<string>();
  const pay = (result: Exact, assumed: ReadonlyMap<string, boolean>): readonly (Linear | undefined)[] => {
    const situation = { ...situationOf(mover, result, assumed), asked };
    return bonuses.map((each) => payAt(situation, each));
  };
  for (const result of results) pay(result, new Map());
  if (asked.size > MOST_ASSUMED) return undefined;
  let lost: { readonly moved: readonly Bonus[]; readonly amounts?: readonly [Exact, Exact] } | undefined;
  for (const assumed of waysOf([...asked])) {
    const [before, after] = [pay(results[0], assumed), pay(results[1], assumed)];
    if ([...before, ...after].includes(undefined)) return undefined;
    const moved = bonuses.filter((_, index) => !isNothing(minus(after[index]!, before[index]!)));
    const total = (side: readonly (Linear | undefined)[]): Linear =>
      bonuses.reduce(
        (sofar, each, index) => (moved.includes(each) ? plus(sofar, side[index]!) : sofar),
        NOTHING,
      );
    const change = boundsOfLinear(mover, minus(total(after), total(before)));
    const way = wayOf(mover.model, change);
    if (way === 'unclear') return undefined;
    if (way === 'more') return turn('pays more or as much', moved);
    if (way !== 'less' || !isBelowCaps(mover, total(after), steady)) continue;
    const ends = [total(before), total(after)] as const;
    const amounts = ends.every(isConstant) ? ([ends[0].constant, ends[1].constant] as const) : undefined;
    lost ??= { moved, ...(amounts ? { amounts } : {}) };
  }
  return lost ? turn('pays less', lost.moved, lost.amounts) : turn('pays more or as much', []);

  function turn(verdict: Turn['verdict'], moved: readonly Bonus[], amounts?: Turn['amounts']): Turn {
    return {
      mover,
      span: comparison.span,
      bound,
      results,
      bonuses: moved,
      verdict,
      ...(amounts ? { amounts } : {}),
    };
  }
}

/** Every way in which conditions can come out, all of them holding first. */
function waysOf(keys: readonly string[]): readonly ReadonlyMap<string, boolean>[] {
  return keys.reduce<readonly ReadonlyMap<string, boolean>[]>(
    (ways, key) => [true, false].flatMap((holds) => ways.map((each) => new Map([...each, [key, holds]]))),
    [new Map()],
  );
}

/** What a bonus pays over a whole period, after its condition, gates and cap. */
function payAt(situation: Situation, bonus: Bonus): Linear | undefined {
  const gates = bonus.gated ? situation.mover.role.gates : [];
  for (const { condition, when } of gates) {
    const applies = when ? holdsAt(situation, when) : true;
    if (applies === undefined) return undefined;
    const passes = applies ? holdsAt(situation, condition) : true;
    if (passes === undefined) return undefined;
    if (!passes) return NOTHING;
  }
  const holds = bonus.when ? holdsAt(situation, bonus.when) : true;
  if (holds === undefined) return undefined;
  if (!holds) return NOTHING;
  const value = valueAt(situation, bonus.value);
  if (!value || !bonus.cap) return value;
  const cap = valueAt(situation, bonus.cap);
  return cap && extremeOf('min', value, cap);
}

function isNothing(value: Linear): boolean {
  return isConstant(value) && sign(value.constant) === 0;
}

function boundsOfLinear({ model, role }: Mover, { constant, terms }: Linear): Interval {
  return [...terms.values()]
    .map(({ node, factor }) => product(point(factor), boundsOf({ model, role }, node)))
    .reduce(sum, point(constant));
}

/** Less than a step of rounding isn't a change. */
function wayOf(model: Model, { low, high }: Interval): 'less' | 'more' | 'same' | 'unclear' {
  const step = exact(model.rounding.step);
  const isFixed = low && high && compare(low, high) === 0;
  if (isFixed && compare(high, negate(step)) <= 0) return 'less';
  if (isFixed) return compare(low, step) >= 0 ? 'more' : 'same';
  if (high && sign(high) <= 0) return 'less';
  return low && sign(low) >= 0 ? 'more' : 'unclear';
}

/** Whether the caps, the role's and the policy's, leave room for what is lost, where the other bonuses pay their least. */
function isBelowCaps({ model, role }: Mover, after: Linear, steady: readonly Bonus[]): boolean {
  const caps = [...role.caps, ...model.pay.caps];
  if (caps.length === 0) return true;
  const others = steady.map((each) => payableBounds(model, role, each)).reduce(sum, point(ZERO));
  const { low } = sum(others, isConstant(after) ? point(after.constant) : interval(undefined, undefined));
  return caps.every(({ amount }) => {
    const most = foldConstant(amount);
    return low !== undefined && typeof most === 'object' && compare(low, most) < 0;
  });
}

/** What a formula comes to at a result, where nothing else is assumed. */
export function comesTo(mover: Mover, result: Exact, node: Expression): Linear | undefined {
  return valueAt(situationOf(mover, result, new Map()), node);
}
