// What statements show of a cell: KPI lines, the score, gates, and the values that a formula read.

import { dayText } from '../base/date.ts';
import { compare, type Exact, exact, exactText, multiply, ONE } from '../base/exact.ts';
import { amountOf, slices, tierAt } from '../library/payout.ts';
import type { ApplyNode, Expression } from '../model/expression.ts';
import type { Figure, Role } from '../model/policy.ts';
import type { FigureValue, GateLine, Input, KpiLine, Score, TierPart } from '../model/result.ts';
import type { Cell, ValueType } from '../model/value.ts';
import { type CellPlace, isTop, type Run, wordsOf } from './cell.ts';
import { attainmentOf, branchTaken, evaluate, figureIn } from './formula.ts';
import { gateApplies, holds } from './pay.ts';
import { scoreIn } from './score.ts';
import { targetOf } from './target.ts';

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
  const attainment = attainmentOf(run, figure, place) as Exact | undefined;
  return {
    kpi: figure.id,
    ...(kpi.title === undefined ? {} : { title: kpi.title }),
    ...(kpi.doc === undefined ? {} : { doc: kpi.doc }),
    ...(kpi.category ? { category: kpi.category } : {}),
    actual: figureValue(figureIn(run, figure, place), figure.type),
    ...(target === undefined ? {} : { target: figureValue(target, figure.type) }),
    ...(attainment === undefined
      ? {}
      : { attainment: orTop(attainment, PERCENT), status: status(attainment) }),
  };
}

function status(attainment: Exact): 'green' | 'amber' | 'red' {
  return compare(attainment, GREEN) >= 0 ? 'green' : compare(attainment, AMBER) >= 0 ? 'amber' : 'red';
}

/** The KPI figures that a role's targets, scorecard, gates, bonuses and caps name, in the policy's order. */
export function figuresShown(run: Run, role: Role): readonly Figure[] {
  const ids = new Set<string>();
  const visit = (node: Expression | undefined): void => {
    if (!node) return;
    if (node.kind === 'figure' || node.kind === 'target' || node.kind === 'attainment') ids.add(node.figure);
    else if (node.kind === 'rates' || node.kind === 'curve') visit(node.argument);
    else if (node.kind === 'apply') node.args.forEach(visit);
  };
  for (const each of role.targets) ids.add(each.kpi);
  for (const each of role.scorecard ?? []) ids.add(each.kpi);
  for (const each of role.gates) [each.condition, each.when].forEach(visit);
  for (const each of role.bonuses) [each.value, each.when, each.cap].forEach(visit);
  for (const each of role.caps) visit(each.amount);
  const order = run.model.kpis.map((each) => each.name);
  const shown = run.model.figures.filter((each) => ids.has(each.id) && order.includes(each.name));
  return shown.sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name));
}

export function scoreLines(run: Run, place: CellPlace): Score {
  const { lines, value } = scoreIn(run, place);
  return {
    value: figureValue(value, PERCENT),
    lines: lines.map(({ line, read, score, bound }) => ({
      kpi: line.kpi,
      weight: line.weight,
      ...(line.curve === undefined ? {} : { curve: line.curve }),
      read: orTop(read, line.reads === 'value' ? run.kpis.get(line.kpi)!.type : PERCENT),
      score: score === undefined ? null : exactText(score),
      points: score === undefined ? null : exactText(multiply(score, exact(line.weight))),
      ...(bound ? { bound } : {}),
    })),
  };
}

export function gateLines(run: Run, role: Role, place: CellPlace): readonly GateLine[] {
  return role.gates.map((gate) => {
    const applies = gateApplies(run, gate, place);
    return {
      condition: wordsOf(run, gate.condition.span),
      applies,
      passed: !applies || holds(run, gate.condition, place),
      inputs: inputsOf(run, gate.condition, place),
    };
  });
}

/** The named values that a formula reads, in its order, each once; a table of rates comes with its tiers. */
export function inputsOf(run: Run, node: Expression, place: CellPlace): readonly Input[] {
  const found = new Map<string, Input>();
  const put = (each: Expression, tiers?: Input['tiers']): void => {
    const text = wordsOf(run, each.span);
    const value = orTop(evaluate(run, each, place), each.type);
    if (!found.has(text)) found.set(text, { text, value, ...(tiers ? { tiers } : {}) });
  };
  const visit = (each: Expression): void => {
    switch (each.kind) {
      case 'constant':
        return;
      case 'apply':
        if (each.function === 'average' || each.function === 'median') put(each);
        else if (each.function === 'choose') visitChoice(each);
        else each.args.forEach(visit);
        return;
      case 'curve':
        visit(each.argument);
        put(each);
        return;
      case 'rates':
        visit(each.argument);
        // no end: only where a condition keeps the bonus from reading it
        if (!isTop(evaluate(run, each.argument, place))) put(each, tiersOf(run, each, place));
        return;
      default:
        put(each);
    }
  };
  // the branch that isn't taken wasn't read, and may have no value at all
  const visitChoice = (each: ApplyNode): void => {
    visit(each.args[0]!);
    const branch = branchTaken(run, each, place);
    if (branch) visit(branch);
  };
  visit(node);
  return [...found.values()];
}

/** The tiers that a value went through; where one decides, as in `whole` and for `.rate`, that one with the whole value. */
function tiersOf(run: Run, node: Expression & { kind: 'rates' }, place: CellPlace): Input['tiers'] {
  const value = evaluate(run, node.argument, place) as Exact | undefined;
  if (value === undefined) return undefined;
  const rates = run.rates.get(node.rates)!;
  const types = run.model.rates.find((each) => each.name === node.rates)!;
  const tierPart = (index: number, part: Exact, amount: Exact | undefined): TierPart => {
    const { bound, includes, rate } = rates.tiers[index]!;
    return {
      bound: figureValue(bound, types.input),
      includes,
      part: figureValue(part, types.input),
      rate: figureValue(rate, types.rate),
      ...(amount === undefined ? {} : { amount: figureValue(amount, node.type) }),
    };
  };
  const decides = rates.mode === 'whole' || node.read === 'rate';
  if (!decides) return slices(rates, value).map(({ tier, part, amount }) => tierPart(tier, part, amount));
  const reached = tierAt(rates, value);
  if (reached < 0) return undefined;
  return [tierPart(reached, value, node.read === 'rate' ? undefined : amountOf(rates, value))];
}
