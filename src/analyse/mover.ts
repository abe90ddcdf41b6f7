// One KPI of a role whose result is moved by a unit, and what depends on it.

import { type Exact, exact, isZero } from '../base/exact.ts';
import { currencyDecimals } from '../base/unit.ts';
import { foldConstant } from '../check/constants.ts';
import { keyOf } from '../check/known.ts';
import { partsOf, walk } from '../library/parts.ts';
import { isNumeric } from '../library/types.ts';
import type { Expression } from '../model/expression.ts';
import type { Bonus } from '../model/pay.ts';
import type { Figure, Model, Role } from '../model/policy.ts';
import { figureCalled, measureCalled, present } from './formulas.ts';

export interface Mover {
  readonly model: Model;
  readonly role: Role;
  /** The KPI's own result of the period. */
  readonly figure: Figure;
  /** Ids of the measures that its formula reads. */
  readonly measures: ReadonlySet<string>;
  /** What is expected of it over a whole period, where that is one number. */
  readonly target?: Exact;
  /** How little it can move: a deal, a cent, a hundredth of a percent. */
  readonly unit: Exact;
  readonly known: Map<Expression, Dependence>;
}

/** Whether a formula moves with the KPI: through it alone, or (also) in a way that isn't followed here. */
export type Dependence = 'not at all' | 'through it' | 'in its own way';

/** A KPI of a role as something that moves; `undefined` where its result isn't a figure with an order. */
export function moverOf(model: Model, role: Role, kpi: string): Mover | undefined {
  const figure = model.figures.find((each) => each.name === kpi && each.id === kpi);
  if (!figure || !isNumeric(figure.type)) return undefined;
  const measures = new Set<string>();
  collectMeasures(model, figure.value, measures);
  const target = targetOf(model, role, kpi);
  return {
    model,
    role,
    figure,
    measures,
    ...(target ? { target } : {}),
    unit: unitOf(model, figure),
    known: new Map(),
  };
}

function collectMeasures(model: Model, node: Expression, into: Set<string>): void {
  walk(node, (part) => {
    if (part.kind === 'measure') into.add(part.measure);
    const named = part.kind === 'figure' ? figureCalled(model, part.figure) : undefined;
    if (named && named.value !== node) collectMeasures(model, named.value, into);
  });
}

/** One line without a condition, of the policy's own period and for everybody. */
function targetOf(model: Model, role: Role, kpi: string): Exact | undefined {
  const [line, ...others] = role.targets.filter((each) => each.kpi === kpi);
  const own = model.overrides.some((each) => each.targets.some((target) => target.kpi === kpi));
  if (!line || others.length > 0 || own) return undefined;
  if (line.when || line.upTo || line.spread || line.grain !== model.grain) return undefined;
  const value = foldConstant(line.value);
  return typeof value === 'object' && !isZero(value) ? value : undefined;
}

function unitOf(model: Model, { type, value }: Figure): Exact {
  const measure = value.kind === 'measure' ? measureCalled(model, value.measure) : undefined;
  if (measure?.aggregate === 'count' || measure?.aggregate === 'distinct') return exact('1');
  if (type.kind === 'money') return exact(`1/${10 ** currencyDecimals(type.currency)}`);
  if (type.kind === 'percent') return exact('0.0001');
  return exact(type.kind === 'number' ? '0.01' : '1');
}

/** How a formula of the mover's role depends on it. */
export function dependence(mover: Mover, node: Expression): Dependence {
  const found = mover.known.get(node);
  if (found) return found;
  mover.known.set(node, 'in its own way'); // a circle, which only the past can be
  const how = worked(mover, node);
  mover.known.set(node, how);
  return how;
}

function worked(mover: Mover, node: Expression): Dependence {
  const { model, role, figure, measures } = mover;
  switch (node.kind) {
    case 'constant':
    case 'attribute':
    case 'field':
    case 'period':
    case 'target':
    case 'nth':
      return 'not at all';
    case 'measure':
      if (!measures.has(node.measure)) return 'not at all';
      return keyOf(node) === keyOf(figure.value) ? 'through it' : 'in its own way';
    case 'figure': {
      if (node.figure === figure.id) return 'through it';
      const named = figureCalled(model, node.figure);
      return named ? dependence(mover, named.value) : 'in its own way';
    }
    case 'attainment': {
      if (node.figure === figure.id) return 'through it';
      const named = figureCalled(model, node.figure);
      return named && dependence(mover, named.value) === 'not at all' ? 'not at all' : 'in its own way';
    }
    case 'score':
      return strongest(
        (role.scorecard ?? []).map((line) => {
          if (line.kpi === figure.id) return 'through it';
          const named = figureCalled(model, line.kpi);
          return named && dependence(mover, named.value) === 'not at all' ? 'not at all' : 'in its own way';
        }),
      );
    case 'bonus': {
      const bonus = role.bonuses.find((each) => each.name === node.name);
      return bonus ? bonusDependence(mover, bonus) : 'in its own way';
    }
    case 'lookup':
    case 'rates':
    case 'curve':
    case 'grid':
    case 'apply':
      return strongest(partsOf(node).map((each) => dependence(mover, each)));
    // other people, other periods and what is kept or shared: how these follow the result isn't told
    default:
      return 'in its own way';
  }
}

/** How what a bonus pays depends on the mover, by its own lines and the gates that it stands behind. */
export function bonusDependence(mover: Mover, bonus: Bonus): Dependence {
  const { value, when, cap, floor, gated, perEvent } = bonus;
  const gates = gated ? mover.role.gates.flatMap((each) => present(each.condition, each.when)) : [];
  const how = strongest(
    [...present(value, when, cap, floor), ...gates].map((each) => dependence(mover, each)),
  );
  if (perEvent === undefined) return how;
  const events = [...mover.measures].map((id) => measureCalled(mover.model, id)?.event);
  return how === 'not at all' && !events.includes(perEvent) ? 'not at all' : 'in its own way';
}

function strongest(parts: readonly Dependence[]): Dependence {
  if (parts.includes('in its own way')) return 'in its own way';
  return parts.includes('through it') ? 'through it' : 'not at all';
}
