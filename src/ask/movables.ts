// What of a person can be moved to see what it is worth: the KPIs that the role's pay goes by, each with what moving it
// means. A sum or a count goes as if a row were added; anything else is set as it is.

import {
  divide,
  type Exact,
  exact,
  fraction,
  multiply,
  ONE,
  sign,
  subtract,
  whole,
  ZERO,
} from '../base/exact.ts';
import { currencyDecimals } from '../base/unit.ts';
import { type CellPlace, isTop, type Run } from '../evaluate/cell.ts';
import { figureIn } from '../evaluate/formula.ts';
import { figuresShown } from '../evaluate/lines.ts';
import { roleOf } from '../evaluate/pay.ts';
import { targetOf } from '../evaluate/target.ts';
import { partsOf } from '../library/parts.ts';
import { isNumeric } from '../library/types.ts';
import type { Expression } from '../model/expression.ts';
import type { Figure, Kpi, Measure, Model } from '../model/policy.ts';
import type { Cell, ValueType } from '../model/value.ts';
import { isAdditive } from '../query/moved-facts.ts';

/** A KPI that can be moved. */
export interface Movable {
  readonly kpi: Kpi;
  readonly figure: Figure;
  readonly type: ValueType;
  /** What it is in the period; missing where there is nothing to measure. */
  readonly now: Exact | undefined;
  readonly target: Exact | undefined;
  readonly how:
    | {
        /** As a row more of the person, on the last day held. */
        readonly kind: 'added';
        readonly measure: string;
        /** What the measure goes up by where the KPI does. */
        readonly factor: (by: Exact) => Exact;
        /** Other KPIs over the same rows, which a real row would move too and this doesn't. */
        readonly alone: readonly string[];
      }
    /** In the person's period alone: neither windows nor teams go with it. */
    | { readonly kind: 'set'; readonly formula: Expression };
  /** The smallest step that is meant: a cent, one of a count, a hundredth of a percent point. */
  readonly step: Exact;
  /** A step that is worth speaking of: one of a count, 1% of the target or 1 percent point. */
  readonly unit: Exact;
}

/** The KPI by its name, as it can be moved in a cell; `undefined` where it isn't a number. */
export function movable(run: Run, name: string, place: CellPlace): Movable | undefined {
  const kpi = run.kpis.get(name);
  const figure = run.figures.get(name);
  if (!kpi || !figure || !isNumeric(kpi.type)) return undefined;
  const now = numberIn(figureIn(run, figure, place));
  const target = numberIn(targetOf(run, figure, place));
  const how = howMoved(run.model, figure);
  const step = stepOf(kpi.type, how);
  return {
    kpi,
    figure,
    type: kpi.type,
    now,
    target,
    how,
    step,
    unit: unitOf({ step, target, now, kpi, how }),
  };
}

/** The KPIs that the pay of a role goes by, in the policy's order. */
export function movables(run: Run, place: CellPlace): readonly Movable[] {
  const role = roleOf(place);
  const shown = figuresShown(run, role, place.held);
  const formulas = [
    ...role.gates.flatMap((each) => [each.condition, each.when]),
    ...role.bonuses.flatMap((each) => [each.value, each.when, each.cap, each.floor]),
    ...[...role.caps, ...role.floors, ...run.model.pay.caps, ...run.model.pay.floors].map(
      (each) => each.amount,
    ),
    ...run.model.awards
      .filter((each) => each.to.roles.includes(role.name))
      .flatMap((each) => [each.when, each.to.top?.by]),
  ].filter((each) => each !== undefined);
  const named = namesBelow(run, [...formulas, ...shown.map((each) => each.value)]);
  const all = new Set([...shown.map((each) => each.name), ...named]);
  const found = run.model.kpis.flatMap(({ name }) =>
    all.has(name) ? (movable(run, name, place) ?? []) : [],
  );
  // what is made of others moves with them; by itself only where something is expected of it
  return found.filter((each) => each.how.kind === 'added' || each.target !== undefined);
}

/** The names of figures that formulas read, through those that they name. */
function namesBelow(run: Run, formulas: readonly Expression[]): ReadonlySet<string> {
  const names = new Set<string>();
  const visited = new Set<string>();
  const visit = (node: Expression): void => {
    if (node.kind === 'figure' || node.kind === 'target' || node.kind === 'attainment') {
      if (visited.has(node.figure)) return;
      visited.add(node.figure);
      const figure = run.figures.get(node.figure)!;
      names.add(figure.name);
      visit(figure.value);
    } else partsOf(node).forEach(visit);
  };
  formulas.forEach(visit);
  return names;
}

function numberIn(cell: Cell): Exact | undefined {
  return typeof cell === 'object' && !isTop(cell) ? cell : undefined;
}

function howMoved(model: Model, figure: Figure): Movable['how'] {
  const plain = plainMeasure(figure.value);
  const measure = plain && model.measures.find((each) => each.id === plain.measure);
  if (!plain || !measure || !isAdditive(measure)) return { kind: 'set', formula: figure.value };
  return { kind: 'added', measure: measure.id, factor: plain.factor, alone: othersOver(model, measure) };
}

interface Plain {
  readonly measure: string;
  readonly factor: (by: Exact) => Exact;
}

/** The one measure of the person's period that a formula is, or is a constant times of. */
function plainMeasure(node: Expression): Plain | undefined {
  if (node.kind === 'measure') {
    const isOwn = node.scope.kind === 'own' && node.window.kind === 'period' && !node.window.back;
    return isOwn ? { measure: node.measure, factor: (by) => by } : undefined;
  }
  if (node.kind !== 'apply' || node.function !== '*' || node.args.length !== 2) return undefined;
  const constant = node.args.find((each) => each.kind === 'constant');
  const other = node.args.find((each) => each.kind !== 'constant');
  const inner = other && plainMeasure(other);
  const times = constant?.kind === 'constant' && isNumeric(constant.type) ? exact(constant.text) : ZERO;
  return inner && sign(times) !== 0
    ? { ...inner, factor: (by) => inner.factor(divide(by, times)!) }
    : undefined;
}

/** KPIs that count other things of the rows of the same event. */
function othersOver({ figures, kpis, measures }: Model, measure: Measure): readonly string[] {
  const sameRows = new Set(
    measures.filter((each) => each.event === measure.event && each.id !== measure.id).map((each) => each.id),
  );
  const reads = (node: Expression): boolean =>
    node.kind === 'measure' ? sameRows.has(node.measure) : partsOf(node).some(reads);
  return kpis
    .filter(({ name }) => figures.some((each) => each.id === name && reads(each.value)))
    .map((each) => each.name);
}

const HUNDREDTH = fraction(1, 100);

function stepOf(type: ValueType, how: Movable['how']): Exact {
  switch (type.kind) {
    case 'money':
      return fraction(1, 10 ** currencyDecimals(type.currency));
    case 'percent':
      return fraction(1, 10_000);
    case 'duration':
      return whole(60);
    default:
      return how.kind === 'added' ? ONE : HUNDREDTH;
  }
}

function unitOf({
  step,
  target,
  now,
  kpi,
  how,
}: Pick<Movable, 'step' | 'target' | 'now' | 'kpi' | 'how'>): Exact {
  if (kpi.type.kind === 'percent') return HUNDREDTH;
  if (kpi.type.kind === 'number') return how.kind === 'added' ? ONE : fraction(1, 10);
  const base = target && sign(target) > 0 ? target : now;
  return multiply(base && sign(base) > 0 ? base : multiply(step, whole(1_000_000)), HUNDREDTH);
}

/** A value moved by so many steps in the better direction. */
export function better({ kpi, now }: Movable, by: Exact): Exact {
  return subtract(now ?? ZERO, kpi.lowerIsBetter ? by : multiply(by, whole(-1)));
}
