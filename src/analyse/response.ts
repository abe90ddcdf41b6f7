// What formulas of a role come to where one KPI's result moves and everything else stays as it is. A value is a constant
// and multiples of what doesn't move; what can't be told is `undefined`, and so is all that it is a part of.

import {
  add,
  compare,
  divide,
  type Exact,
  exact,
  isZero,
  multiply,
  negate,
  ONE,
  sign,
  ZERO,
} from '../base/exact.ts';
import { foldConstant } from '../check/constants.ts';
import { keyOf } from '../check/known.ts';
import { scoreAt as scoreOn } from '../library/curves.ts';
import { libraryFunction } from '../library/index.ts';
import { partsOf } from '../library/parts.ts';
import type { ApplyNode, CurveNode, Expression, GridNode, RatesNode } from '../model/expression.ts';
import type { Bonus } from '../model/pay.ts';
import type { ScoreLine } from '../model/policy.ts';
import { readTable } from '../query/read-table.ts';
import { figureCalled, present } from './formulas.ts';
import { dependence, type Mover } from './mover.ts';
import { outcomeOf } from './outcome.ts';

/** A constant, and multiples of what stays as it is, each by its key. */
export interface Linear {
  readonly constant: Exact;
  readonly terms: ReadonlyMap<string, { readonly node: Expression; readonly factor: Exact }>;
}

/** One result of the moving KPI, and what is assumed of conditions that don't depend on it. */
export interface Situation {
  readonly mover: Mover;
  readonly result: Exact;
  /** By the key of the condition; those that were asked for are added to `asked` and hold otherwise. */
  readonly assumed: ReadonlyMap<string, boolean>;
  readonly asked: Set<string>;
}

export const NOTHING: Linear = { constant: ZERO, terms: new Map() };

export function constantly(constant: Exact): Linear {
  return { constant, terms: new Map() };
}

export function isConstant({ terms }: Linear): boolean {
  return terms.size === 0;
}

export function plus(a: Linear, b: Linear): Linear {
  const terms = new Map(a.terms);
  for (const [key, { node, factor }] of b.terms) {
    const both = add(terms.get(key)?.factor ?? ZERO, factor);
    if (isZero(both)) terms.delete(key);
    else terms.set(key, { node, factor: both });
  }
  return { constant: add(a.constant, b.constant), terms };
}

export function times(a: Linear, by: Exact): Linear {
  if (isZero(by)) return NOTHING;
  const terms = [...a.terms].map(
    ([key, { node, factor }]) => [key, { node, factor: multiply(factor, by) }] as const,
  );
  return { constant: multiply(a.constant, by), terms: new Map(terms) };
}

export function minus(a: Linear, b: Linear): Linear {
  return plus(a, times(b, negate(ONE)));
}

// ---- values ------------------------------------------------------------------------------------------------

/** What a formula comes to. */
export function valueAt(situation: Situation, node: Expression): Linear | undefined {
  const { mover, result } = situation;
  const how = dependence(mover, node);
  if (how === 'not at all') {
    const constant = foldConstant(node);
    if (typeof constant === 'object') return constantly(constant);
    return { constant: ZERO, terms: new Map([[keyOf(node), { node, factor: ONE }]]) };
  }
  if (how === 'in its own way') return undefined;
  switch (node.kind) {
    case 'measure':
      return constantly(result);
    case 'figure':
      if (node.figure === mover.figure.id) return constantly(result);
      return valueAt(situation, figureCalled(mover.model, node.figure)!.value);
    case 'attainment':
      return attainmentAt(situation);
    case 'score':
      return scoreAt(situation);
    case 'bonus': {
      const bonus = mover.role.bonuses.find((each) => each.name === node.name);
      return bonus && isPlain(bonus) ? valueAt(situation, bonus.value) : undefined;
    }
    case 'rates':
    case 'curve':
    case 'grid':
      return tableAt(situation, node);
    case 'apply':
      return appliedAt(situation, node);
    default:
      return undefined;
  }
}

/** Whether a bonus is its value, whoever names it. */
function isPlain({ when, cap, floor, gated, perEvent }: Bonus): boolean {
  return !when && !cap && !floor && !gated && perEvent === undefined;
}

/** Where all that the table reads is known. */
function tableAt(situation: Situation, node: RatesNode | CurveNode | GridNode): Linear | undefined {
  const values = new Map<Expression, Exact>();
  for (const part of partsOf(node)) {
    const value = valueAt(situation, part);
    if (!value || !isConstant(value)) return undefined;
    values.set(part, value.constant);
  }
  const read = readTable(situation.mover.model, node, { of: (part) => values.get(part) });
  return typeof read === 'object' ? constantly(read) : undefined;
}

/** Where higher is better and a full period's target is one number. */
function attainmentAt({ mover: { target, figure, model }, result }: Situation): Linear | undefined {
  const kpi = model.kpis.find((each) => each.name === figure.name);
  if (!target || !kpi || kpi.attainment) return undefined;
  const ratio = kpi.lowerIsBetter ? divide(target, result) : divide(result, target);
  return ratio && constantly(ratio);
}

function throughCurve(
  { mover: { model } }: Situation,
  name: string,
  argument: Linear | undefined,
): Linear | undefined {
  const curve = model.curves.find((each) => each.name === name);
  if (!curve || !argument || !isConstant(argument)) return undefined;
  const score = scoreOn(curve, argument.constant);
  return typeof score === 'object' ? constantly(score) : undefined;
}

/** Lines of other KPIs stay as they are. */
function scoreAt(situation: Situation): Linear | undefined {
  const { mover } = situation;
  let total: Linear | undefined = NOTHING;
  for (const line of mover.role.scorecard ?? []) {
    if (line.kpi !== mover.figure.id) continue;
    const score = lineAt(situation, line);
    total = score && total && plus(total, times(score, exact(line.weight)));
  }
  return total;
}

function lineAt(situation: Situation, line: ScoreLine): Linear | undefined {
  if (line.missing?.kind === 'spreads') return undefined;
  const read = line.reads === 'value' ? constantly(situation.result) : attainmentAt(situation);
  const raw = line.curve === undefined ? read : throughCurve(situation, line.curve, read);
  if (!raw || !isConstant(raw)) return undefined;
  let score = raw.constant;
  if (line.cap !== undefined && compare(score, exact(line.cap)) > 0) score = exact(line.cap);
  if (line.floor !== undefined && compare(score, exact(line.floor)) < 0) score = exact(line.floor);
  return constantly(score);
}

function appliedAt(situation: Situation, node: ApplyNode): Linear | undefined {
  const [first, second, third] = node.args as readonly [Expression, Expression, Expression];
  if (node.function === 'choose') {
    const holds = holdsAt(situation, first);
    return holds === undefined ? undefined : valueAt(situation, holds ? second : third);
  }
  // the moving result is there, so nothing stands in for it
  if (node.function === 'else') return valueAt(situation, first);
  const args = present(...node.args.map((each) => valueAt(situation, each)));
  if (args.length < node.args.length) return undefined;
  const [a, b] = args as unknown as readonly [Linear, Linear];
  switch (node.function) {
    case '+':
      return plus(a, b);
    case '-':
      return minus(a, b);
    case 'minus':
      return times(a, negate(ONE));
    case '*':
      if (isConstant(b)) return times(a, b.constant);
      return isConstant(a) ? times(b, a.constant) : undefined;
    case '/': {
      const by = isConstant(b) ? divide(ONE, b.constant) : undefined;
      return by && times(a, by);
    }
    case 'min':
    case 'max':
      return args.reduce<Linear | undefined>((best, each) => best && extremeOf(node.function, best, each), a);
    default: {
      if (!args.every(isConstant)) return undefined;
      const value = libraryFunction(node.function).evaluate(args.map((each) => each.constant));
      return typeof value === 'object' ? constantly(value) : undefined;
    }
  }
}

/** The least or the greatest of two whose difference is known. */
export function extremeOf(name: string, a: Linear, b: Linear): Linear | undefined {
  const difference = minus(a, b);
  if (!isConstant(difference)) return undefined;
  const isFirst = name === 'min' ? sign(difference.constant) <= 0 : sign(difference.constant) >= 0;
  return isFirst ? a : b;
}

// ---- conditions ----------------------------------------------------------------------------------------------

/** Whether a condition holds; what doesn't depend on the moving KPI is assumed. */
export function holdsAt(situation: Situation, node: Expression): boolean | undefined {
  const { mover } = situation;
  const how = dependence(mover, node);
  if (how === 'in its own way') return undefined;
  if (how === 'not at all') {
    const sure = outcomeOf({ model: mover.model, role: mover.role }, node);
    if (sure !== undefined) return sure;
    const key = keyOf(node);
    situation.asked.add(key);
    return situation.assumed.get(key) ?? true;
  }
  if (node.kind === 'figure') {
    const figure = figureCalled(mover.model, node.figure);
    return figure && holdsAt(situation, figure.value);
  }
  if (node.kind !== 'apply') return undefined;
  const [left, right] = node.args as readonly [Expression, Expression];
  const each = (): readonly (boolean | undefined)[] => node.args.map((part) => holdsAt(situation, part));
  switch (node.function) {
    case 'and': {
      const parts = each();
      return parts.includes(false) ? false : parts.includes(undefined) ? undefined : true;
    }
    case 'or': {
      const parts = each();
      return parts.includes(true) ? true : parts.includes(undefined) ? undefined : false;
    }
    case 'not': {
      const holds = holdsAt(situation, left);
      return holds === undefined ? undefined : !holds;
    }
    case 'else':
      return holdsAt(situation, left);
    case 'exists':
      return true;
    default:
      return comparedAt(situation, node.function, [left, right]);
  }
}

function comparedAt(
  situation: Situation,
  operator: string,
  sides: readonly [Expression, Expression],
): boolean | undefined {
  const [a, b] = sides.map((each) => valueAt(situation, each));
  const difference = a && b && minus(a, b);
  if (!difference || !isConstant(difference)) return undefined;
  return holdsFor(operator, sign(difference.constant));
}

/** Whether a comparison holds of two values in this order (below zero: the first is less); unknown of other functions. */
export function holdsFor(operator: string, order: number): boolean | undefined {
  switch (operator) {
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
    case 'is':
      return order === 0;
    case 'is not':
      return order !== 0;
    default:
      return undefined;
  }
}
