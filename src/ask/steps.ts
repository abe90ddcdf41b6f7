// Steps of formulas: what a watched run worked out, in the words of the policy. Sums and products of several parts are one
// step; a named value is told whole once.

import { dayText } from '../base/date.ts';
import { InternalError } from '../base/diagnostic.ts';
import { type Exact, subtract } from '../base/exact.ts';
import { type CellPlace, isTop, type Run, wordsOf } from '../evaluate/cell.ts';
import { figureValue } from '../evaluate/lines.ts';
import { decidedBy, rowRead } from '../evaluate/table-lines.ts';
import { isScalar, partsOf } from '../library/parts.ts';
import { isNumeric } from '../library/types.ts';
import type { Against, How, Step } from '../model/explanation.ts';
import type {
  ApplyNode,
  AttributeNode,
  CurveNode,
  Expression,
  FigureNode,
  GridNode,
  MeasureNode,
  RatesNode,
} from '../model/expression.ts';
import { windowBucket } from '../query/make-queries.ts';
import { type Explaining, onceNamed, saidOf, shownValue } from './explaining.ts';
import { bonusRead } from './steps-bonus.ts';
import {
  eachStep,
  pointsStep,
  poolStep,
  previousStep,
  rankStep,
  streakStep,
  totalStep,
} from './steps-others.ts';
import { attainmentStep, scoreStep, targetStep } from './steps-target.ts';
import type { Trace } from './trace.ts';

/** The step of a formula in a cell; `undefined` where it has no value that could be worked out. */
export function stepIn(explaining: Explaining, node: Expression, place: CellPlace): Step | undefined {
  const trace = explaining.tracing.of(explaining.run, node, place);
  return trace && stepOf(explaining, trace);
}

/** Steps of several formulas in a cell. */
export function stepsIn(
  explaining: Explaining,
  nodes: readonly Expression[],
  place: CellPlace,
): readonly Step[] {
  return nodes.flatMap((each) => stepIn(explaining, each, place) ?? []);
}

/** What every step of a formula has. */
export function headOf({ run }: Explaining, { node, value }: Pick<Trace, 'node' | 'value'>) {
  const said = saidOf(run, node.span);
  return { name: said.text ?? '', ...said, value: shownValue(value, node.type) };
}

const GIVEN: Pick<Step, 'how' | 'parts'> = { how: { kind: 'given' }, parts: [] };

/** The step of what was worked out. */
export function stepOf(explaining: Explaining, trace: Trace): Step {
  const { node, place } = trace;
  const { run } = explaining;
  const head = headOf(explaining, trace);
  const [inner] = trace.parts;
  // words are compared by their places, and told as words
  if (node.kind === 'word place' && inner) return stepOf(explaining, inner);
  if (isScalar(node))
    return {
      kind: 'operation',
      ...head,
      how: { kind: 'operation', function: node.kind },
      parts: stepsOf(explaining, trace.parts),
    };
  switch (node.kind) {
    case 'constant':
      return { kind: 'constant', ...head, ...GIVEN };
    case 'period':
      return { kind: 'period', ...head, ...GIVEN };
    case 'field':
    case 'through':
    case 'share':
      return { kind: 'field', ...head, ...GIVEN };
    case 'before':
      return { kind: 'field', ...head, ...GIVEN };
    case 'of person':
      return { kind: 'attribute', ...head, ...GIVEN };
    case 'own':
      return { kind: node.read === 'target' ? 'target' : 'kpi', ...head, ...GIVEN };
    case 'measure':
      return measureStep(explaining, trace, node);
    case 'figure':
      return figureStep(explaining, trace, node);
    case 'attribute':
      return attributeStep(explaining, trace, node);
    case 'lookup':
      return {
        kind: 'table',
        ...head,
        how: { kind: 'row of table', row: rowRead(run, node, place) },
        parts: stepsIn(
          explaining,
          node.keys.filter((each) => each.kind !== 'constant'),
          place,
        ),
      };
    case 'target':
      return targetStep(explaining, run.figures.get(node.figure)!, { place, head });
    case 'attainment':
      return attainmentStep(explaining, run.figures.get(node.figure)!, { place, head });
    case 'score':
      return scoreStep(explaining, { place, head });
    case 'bonus':
      return bonusRead(explaining, node.name, { place, head });
    case 'rates':
    case 'curve':
    case 'grid':
      return tableStep(explaining, trace, node);
    case 'apply':
      return applyStep(explaining, trace, node);
    case 'previous':
      return previousStep(explaining, trace, node);
    case 'each':
      return eachStep(explaining, trace, node);
    case 'streak':
      return streakStep(explaining, trace, node);
    case 'rank':
      return rankStep(explaining, trace, node);
    case 'total':
      return totalStep(explaining, trace, node);
    case 'points':
      return pointsStep(explaining, trace, node);
    case 'pool':
      return poolStep(explaining, trace, node);
    case 'nth':
    case 'look-back':
    case 'result':
    case 'row number':
    case 'later':
      throw new InternalError(`a formula that isn't of people: ${node.kind}`);
    default:
      return node satisfies never;
  }
}

export function stepsOf(explaining: Explaining, traces: readonly Trace[]): readonly Step[] {
  return traces.map((each) => stepOf(explaining, each));
}

// ---- named values and what they are measured from ------------------------------------------------------------------

/** A KPI, a `let` or what was asked for: the steps of its formula in its own name. */
function figureStep(explaining: Explaining, { place, value }: Trace, node: FigureNode): Step {
  const { run, tracing } = explaining;
  const figure = run.figures.get(node.figure)!;
  const kpi = run.kpis.get(figure.name);
  const head = {
    kind: kpi ? 'kpi' : 'let',
    name: figure.id,
    ...(kpi?.title === undefined ? {} : { title: kpi.title }),
    ...saidOf(run, figure.value.span),
    value: shownValue(value, node.type),
    place,
  } as const;
  return onceNamed(explaining, head, () => {
    const trace = tracing.of(run, figure.value, place);
    return trace ? insideOf(explaining, trace) : GIVEN;
  });
}

/** How a formula came to its value, for a step that has a name of its own. */
export function insideOf(explaining: Explaining, trace: Trace): Pick<Step, 'how' | 'parts' | 'rows'> {
  const step = stepOf(explaining, trace);
  const isNamed = step.id !== undefined || step.kind === 'attribute' || step.kind === 'constant';
  if (isNamed) return { how: { kind: 'same' }, parts: [step] };
  const { how, parts, rows } = step;
  return { how, parts, ...(rows ? { rows } : {}) };
}

function measureStep(explaining: Explaining, trace: Trace, node: MeasureNode): Step {
  const rows = explaining.rowsOf(node, trace.place);
  return {
    kind: 'measure',
    ...headOf(explaining, trace),
    how: rowsHow(explaining, trace, node),
    parts: [],
    ...(rows ? { rows } : {}),
  };
}

function rowsHow(
  { run }: Explaining,
  { place, value }: Trace,
  node: MeasureNode,
): How & { readonly kind: 'rows' } {
  const measure = run.measures.get(node.measure)!;
  const { since } = run.events.get(measure.event)!;
  const bucket = windowBucket(node.window, place.period, since);
  const { scope } = node;
  const { viewer } = place;
  // of one's own only the days of the role count
  const own = scope.kind === 'own' && viewer.kind === 'stay' ? viewer.stay : bucket;
  const isBehind = value === undefined && since !== undefined && bucket.from < since;
  return {
    kind: 'rows',
    aggregate: measure.aggregate,
    event: measure.event,
    from: dayText(Math.max(bucket.from, own.from)),
    until: dayText(Math.min(bucket.until, own.until) - 1),
    scope: scope.kind !== 'group' ? scope.kind : scope.below ? 'reports' : scope.attribute,
    ...(measure.where ? { where: wordsOf(run, measure.where.span) } : {}),
    ...(measure.each ? { each: wordsOf(run, measure.each.span) } : {}),
    ...(measure.by ? { by: wordsOf(run, measure.by.span) } : {}),
    ...(isBehind ? { since: dayText(since) } : {}),
  };
}

/** A number or money that changed within the days held: its average by days. */
function attributeStep(explaining: Explaining, trace: Trace, node: AttributeNode): Step {
  const { run } = explaining;
  const head = { kind: 'attribute', ...headOf(explaining, trace) } as const;
  const index = run.model.attributes.findIndex((each) => each.name === node.name);
  if (index < 0 || !isNumeric(node.type)) return { ...head, ...GIVEN };
  const stretches: { value: Exact | undefined; from: number; until: number }[] = [];
  for (const { row, from, until } of trace.place.held) {
    const value = row.attributes[index] as Exact | undefined;
    const last = stretches.at(-1);
    if (
      last &&
      last.until === from &&
      JSON.stringify(shownValue(last.value, node.type)) === JSON.stringify(shownValue(value, node.type))
    )
      last.until = until;
    else stretches.push({ value, from, until });
  }
  if (stretches.length < 2) return { ...head, ...GIVEN };
  const days = stretches.map(({ from, until }) => until - from);
  return {
    ...head,
    how: {
      kind: 'by days',
      counts: days.map(String),
      of: String(days.reduce((sum, each) => sum + each, 0)),
      by: 'days',
      prorated: false,
    },
    parts: stretches.map(({ value, from, until }) => ({
      kind: 'days',
      name: `${dayText(from)}..${dayText(until - 1)}`,
      value: shownValue(value, node.type),
      ...GIVEN,
    })),
  };
}

// ---- tables and operations -----------------------------------------------------------------------------------------

function tableStep(explaining: Explaining, trace: Trace, node: RatesNode | CurveNode | GridNode): Step {
  const { place, value } = trace;
  return {
    kind: 'table',
    ...headOf(explaining, trace),
    how: tableHow(explaining.run, node, value === undefined ? undefined : place),
    parts: stepsIn(explaining, partsOf(node), place),
  };
}

function tableHow(run: Run, node: RatesNode | CurveNode | GridNode, place: CellPlace | undefined): How {
  const { curve, grid, ...rates } = place ? decidedBy(run, node, place) : {};
  switch (node.kind) {
    case 'rates':
      return { kind: 'rates', table: node.rates, read: node.read, ...rates };
    case 'curve':
      return { kind: 'curve', table: node.curve, ...(curve ? { on: curve } : {}) };
    case 'grid':
      return { kind: 'grid', table: node.grid, ...(grid ? { keys: grid } : {}) };
    default:
      return node satisfies never;
  }
}

/** Operators of which a chain is one step: `a * b * c`. */
const CHAINED: ReadonlySet<string> = new Set(['*', '+', 'and', 'or']);
const COMPARING: ReadonlySet<string> = new Set(['<', '<=', '>', '>=', 'is', 'is not']);

function applyStep(explaining: Explaining, trace: Trace, node: ApplyNode): Step {
  const head = headOf(explaining, trace);
  const { parts } = trace;
  switch (node.function) {
    case 'choose': {
      const [condition, branch] = parts;
      const taken = !branch ? 'neither' : branch.node === node.args[1] ? 'value' : 'otherwise';
      const steps = [condition, branch].flatMap((each) => (each ? [stepOf(explaining, each)] : []));
      return { kind: 'operation', ...head, how: { kind: 'choice', taken }, parts: steps };
    }
    case 'else':
      return { kind: 'operation', ...head, how: { kind: 'else' }, parts: stepsOf(explaining, parts) };
    case 'average':
    case 'median':
      return aggregateStep(explaining, trace, node);
    default:
      return {
        kind: 'operation',
        ...head,
        how: { kind: 'operation', function: node.function, ...againstOf(node, parts) },
        parts: stepsOf(explaining, CHAINED.has(node.function) ? chain(parts, node.function) : parts),
      };
  }
}

/** The parts of a chain of one operator, in the order of the text. */
function chain(parts: readonly Trace[], name: string): readonly Trace[] {
  return parts.flatMap((each) =>
    each.node.kind === 'apply' && each.node.function === name && each.parts.length > 0
      ? chain(each.parts, name)
      : [each],
  );
}

/** By how much the left side of a comparison of amounts is above the right one. */
function againstOf(node: ApplyNode, [left, right]: readonly Trace[]): { readonly against?: Against } {
  if (!COMPARING.has(node.function) || !left || !right || left.node.kind === 'word place') return {};
  const { type } = left.node;
  const [a, b] = [left.value, right.value];
  if (!isNumeric(type) || a === undefined || b === undefined || isTop(a) || isTop(b)) return {};
  return { against: { by: figureValue(subtract(a as Exact, b as Exact), type) } };
}

/** An average is a sum over a count, and a median the mean of two values: the rows are shown once. */
function aggregateStep(explaining: Explaining, trace: Trace, node: ApplyNode): Step {
  const [first] = trace.parts;
  const rows = first?.node.kind === 'measure' ? explaining.rowsOf(first.node, first.place) : undefined;
  const parts = trace.parts.map((each): Step => {
    if (each.node.kind !== 'measure') return stepOf(explaining, each);
    return {
      kind: 'measure',
      ...headOf(explaining, each),
      how: rowsHow(explaining, each, each.node),
      parts: [],
    };
  });
  return {
    kind: 'operation',
    ...headOf(explaining, trace),
    how: { kind: 'operation', function: node.function },
    parts,
    ...(rows ? { rows } : {}),
  };
}
