// What statements show of a cell: KPI lines, the score, gates, and the values that a formula read.

import { dayText } from '../base/date.ts';
import { RunError } from '../base/diagnostic.ts';
import { compare, type Exact, exact, exactText, multiply, ONE } from '../base/exact.ts';
import { partsOf } from '../library/parts.ts';
import type { ApplyNode, Expression } from '../model/expression.ts';
import type { FigureValue, Input } from '../model/inputs.ts';
import type { GateLine, KpiLine, Score } from '../model/kpi-lines.ts';
import type { Gate } from '../model/pay.ts';
import type { Figure, Kpi, Role } from '../model/policy.ts';
import type { Cell, ValueType } from '../model/value.ts';
import { completeSince } from '../query/since.ts';
import { type CellPlace, isTop, type Run, wordsOf } from './cell.ts';
import { attainmentOf, branchTaken, evaluate, figureIn } from './formula.ts';
import { seldomPaid } from './needed.ts';
import { gateApplies, holds } from './pay.ts';
import { readsRow } from './per-event.ts';
import { hasValue } from './table.ts';
import { curvePart, decidedBy, rowRead } from './table-lines.ts';
import { seenRows } from './taken-rows.ts';
import { bandEnd, targetOf } from './target.ts';
import { targetAccount, whyNoTarget } from './target-account.ts';
import { linesOf } from './target-levels.ts';
import { supposed } from './watch.ts';

const GREEN = ONE;
const AMBER = exact('0.8');
const PERCENT: ValueType = { kind: 'percent' };

/** A value as results hold it. */
export function figureValue(cell: Cell, type: ValueType): FigureValue {
  if (cell === undefined) return { value: null, type };
  if (typeof cell !== 'object') return { value: String(cell), type };
  return { value: type.kind === 'date' ? dayText(Number(cell.num)) : exactText(cell), type };
}

function orTop(cell: Cell, type: ValueType): FigureValue | 'top' {
  return isTop(cell) ? 'top' : figureValue(cell, type);
}

export function kpiLine(run: Run, figure: Figure, place: CellPlace): KpiLine {
  const kpi = run.kpis.get(figure.name)!;
  const target = targetOf(run, figure, place);
  const upTo = bandEnd(run, figure, place);
  const attainment = attainmentOf(run, figure, place) as Exact | undefined;
  const since = completeSince(run.model, figure);
  const account = (end: 'lower' | 'upper', value: Exact) => targetAccount(run, figure, place, { end, value });
  return {
    kpi: figure.id,
    ...(kpi.title === undefined ? {} : { title: kpi.title }),
    ...(kpi.doc === undefined ? {} : { doc: kpi.doc }),
    ...(kpi.category ? { category: kpi.category } : {}),
    ...(since === undefined ? {} : { since: dayText(since) }),
    actual: figureValue(figureIn(run, figure, place), figure.type),
    ...seenRows(run, figure, place),
    ...(target === undefined ? {} : { target: figureValue(target, figure.type) }),
    ...(upTo === undefined ? {} : { upTo: figureValue(upTo, figure.type) }),
    ...(target === undefined
      ? whyNoTarget(run, figure, place)
      : { targetAccount: account('lower', target as Exact) }),
    ...(upTo === undefined ? {} : { upToAccount: account('upper', upTo as Exact) }),
    ...(attainment === undefined
      ? {}
      : { attainment: orTop(attainment, PERCENT), status: statusOf(kpi, attainment) }),
  };
}

function statusOf({ status }: Kpi, attainment: Exact): 'green' | 'amber' | 'red' {
  const [green, amber] = status ? [exact(status.green), exact(status.amber)] : [GREEN, AMBER];
  return compare(attainment, green) >= 0 ? 'green' : compare(attainment, amber) >= 0 ? 'amber' : 'red';
}

/** The KPI figures that a role's targets, scorecard, gates, bonuses and bounds name, in the policy's order. */
export function figuresShown(run: Run, role: Role, held: CellPlace['held']): readonly Figure[] {
  const aimedAt = run.model.kpis.filter((each) => linesOf(run, { role, held }, each.name).length > 0);
  const scored = role.scorecard ?? [];
  const formulas = [
    ...role.gates.flatMap((each) => [each.condition, each.when]),
    ...role.bonuses.flatMap((each) => [each.value, each.when, each.cap, each.floor]),
    ...[...role.caps, ...role.floors, ...role.draws].map((each) => each.amount),
  ];
  return figuresNamed(run, formulas, [...aimedAt.map(({ name }) => name), ...scored.map(({ kpi }) => kpi)]);
}

/** The KPI figures that formulas name, and those of the ids, in the policy's order. */
export function figuresNamed(
  run: Run,
  formulas: readonly (Expression | undefined)[],
  others: readonly string[],
): readonly Figure[] {
  const ids = new Set(others);
  const visit = (node: Expression | undefined): void => {
    if (!node) return;
    if (node.kind === 'figure' || node.kind === 'target' || node.kind === 'attainment') ids.add(node.figure);
    else for (const each of partsOf(node)) visit(each);
  };
  formulas.forEach(visit);
  const order = run.model.kpis.map((each) => each.name);
  const shown = run.model.figures.filter((each) => ids.has(each.id) && order.includes(each.name));
  return shown.sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name));
}

export function scoreLines(run: Run, place: CellPlace): Score {
  const { lines, value } = seldomPaid().scoreIn(run, place);
  return {
    value: figureValue(value, PERCENT),
    lines: lines.map(({ line, read, score, bound }) => ({
      kpi: line.kpi,
      weight: line.weight,
      ...(line.curve === undefined ? {} : { curve: line.curve }),
      read: orTop(read, line.reads === 'value' ? run.kpis.get(line.kpi)!.type : PERCENT),
      ...(line.curve === undefined || read === undefined || isTop(read)
        ? {}
        : { part: curvePart(run.curves.get(line.curve)!, read as Exact) }),
      score: score === undefined ? null : exactText(score),
      points: score === undefined ? null : exactText(multiply(score, exact(line.weight))),
      ...(bound ? { bound } : {}),
    })),
  };
}

export function gateLines(run: Run, role: Role, place: CellPlace): readonly GateLine[] {
  // a gate decides where a bonus asks for it
  return role.gates.map((gate) => supposed(run, gate.span, () => gateLine(run, gate, place)));
}

function gateLine(run: Run, gate: Gate, place: CellPlace): GateLine {
  const applies = gateApplies(run, gate, place);
  return {
    condition: wordsOf(run, gate.condition.span),
    applies,
    passed: !applies || holds(run, gate.condition, place, 'gate'),
    inputs: inputsOf(run, gate.condition, place),
  };
}

/** A part's value; `undefined` where it has none, which a condition or an `else` has kept from being read. */
function valueIfRead(run: Run, node: Expression, place: CellPlace): FigureValue | 'top' | undefined {
  try {
    return orTop(evaluate(run, node, place), node.type);
  } catch (fault) {
    if (fault instanceof RunError) return undefined;
    throw fault;
  }
}

/**
 * The named values that a formula reads, in its order, each once; a table of rates comes with its tiers. Of a formula
 * per event: for a row what stands in it, and else what is the person's.
 */
export function inputsOf(run: Run, node: Expression, place: CellPlace): readonly Input[] {
  const found = new Map<string, Input>();
  const put = (each: Expression, decided: Partial<Input> = {}): void => {
    const text = wordsOf(run, each.span);
    if (readsRow(each) !== (place.row !== undefined)) return;
    const value = valueIfRead(run, each, place);
    if (value !== undefined && !found.has(text)) found.set(text, { text, value, ...decided });
  };
  const visit = (each: Expression): void => {
    switch (each.kind) {
      case 'constant':
      case 'share': // stands with the row anyway
        return;
      case 'before':
        if (place.row) put(each);
        else visit(each.value);
        return;
      case 'apply':
        if (each.function === 'average' || each.function === 'median') put(each);
        else if (each.function === 'choose' && (place.row || !readsRow(each))) visitChoice(each);
        else each.args.forEach(visit);
        return;
      case 'curve':
      case 'grid':
      case 'rates':
        partsOf(each).forEach(visit);
        // a table may have no value for what has no end, where a condition keeps the bonus from reading it
        if (readsRow(each) === (place.row !== undefined) && hasValue(run, each, place))
          put(each, decidedBy(run, each, place));
        return;
      case 'lookup':
        put(
          each,
          ifRead(each, () => ({ row: rowRead(run, each, place) })),
        );
        return;
      case 'pool':
        put(
          each,
          ifRead(each, () => ({ pool: seldomPaid().poolRead(run, each, place) })),
        );
        return;
      default:
        put(each);
    }
  };
  // what isn't there can't be looked into
  const ifRead = (each: Expression, more: () => Partial<Input>): Partial<Input> =>
    readsRow(each) !== (place.row !== undefined) || valueIfRead(run, each, place) === undefined ? {} : more();
  // the branch that isn't taken wasn't read, and may have no value at all
  const visitChoice = (each: ApplyNode): void => {
    const [condition] = each.args;
    visit(condition!);
    if (valueIfRead(run, condition!, place) === undefined) return;
    const branch = branchTaken(run, each, place);
    if (branch) visit(branch);
  };
  supposed(run, node.span, () => visit(node));
  return [...found.values()];
}
