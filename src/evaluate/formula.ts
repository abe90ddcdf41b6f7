// The value of a checked formula in one cell. Exact throughout; missing passes through as the library's functions say.

import { InternalError } from '../base/diagnostic.ts';
import { add, divide, type Exact, fraction, isZero, multiply, whole, ZERO } from '../base/exact.ts';
import { libraryFunction } from '../library/index.ts';
import { amountOf, rateAt, scoreOf, topOf } from '../library/payout.ts';
import { isNumeric } from '../library/types.ts';
import type { ApplyNode, Expression, LookupNode, MeasureNode, Scope } from '../model/expression.ts';
import type { Figure } from '../model/policy.ts';
import type { Cell } from '../model/value.ts';
import { type DayRange, groupId, type Stretch, stretchesOf } from '../query/groups.ts';
import { windowBucket } from '../query/make-queries.ts';
import type { Bucket } from '../query/query.ts';
import {
  type CellPlace,
  constantIn,
  daysOf,
  type Held,
  isTop,
  placed,
  type Run,
  stop,
  TOP,
  wordsOf,
} from './cell.ts';
import { bonusBeforeRounding } from './pay.ts';
import { scoreIn } from './score.ts';
import { targetOf } from './target.ts';

export function evaluate(run: Run, node: Expression, place: CellPlace): Cell {
  switch (node.kind) {
    case 'constant':
      return constantIn(run, node);
    case 'measure':
      return measureIn(run, node, place);
    case 'figure':
      return figureIn(run, run.figures.get(node.figure)!, place);
    case 'attribute':
      return attributeIn(run, node.name, place);
    case 'lookup':
      return lookUp(run, node, place);
    case 'target':
      return targetOf(run, run.figures.get(node.figure)!, place);
    case 'attainment':
      return attainmentOf(run, run.figures.get(node.figure)!, place);
    case 'score':
      return scoreIn(run, place).value;
    case 'bonus':
      return bonusBeforeRounding(run, node.name, place);
    case 'period':
      return whole(node.edge === 'start' ? place.period.from : place.period.until - 1);
    case 'rates': {
      const value = evaluate(run, node.argument, place);
      if (value === undefined) return undefined;
      if (isTop(value)) return unbounded(run, node);
      const rates = run.rates.get(node.rates)!;
      return node.read === 'rate' ? rateAt(rates, value as Exact) : amountOf(rates, value as Exact);
    }
    case 'curve': {
      const value = evaluate(run, node.argument, place);
      const curve = run.curves.get(node.curve)!;
      return value === undefined ? undefined : isTop(value) ? topOf(curve) : scoreOf(curve, value as Exact);
    }
    case 'apply':
      return applied(run, node, place);
    case 'field':
    case 'nth':
      throw new InternalError(`a formula of rows among those of people: ${node.kind}`);
    case 'later':
      throw new InternalError(`not evaluated yet: ${node.what}`);
    default:
      return node satisfies never;
  }
}

const TAKES_TOP: ReadonlySet<string> = new Set([
  '<',
  '<=',
  '>',
  '>=',
  'is',
  'is not',
  'min',
  'max',
  'exists',
]);

function applied(run: Run, node: ApplyNode, place: CellPlace): Cell {
  if (node.function === 'choose') {
    const branch = branchTaken(run, node, place);
    return branch && evaluate(run, branch, place);
  }
  if (node.function === 'else')
    return evaluate(run, node.args[0]!, place) ?? evaluate(run, node.args[1]!, place);
  const args = node.args.map((each) => evaluate(run, each, place));
  const top = TAKES_TOP.has(node.function) ? -1 : args.findIndex(isTop);
  if (top >= 0) return unbounded(run, node.args[top]!);
  try {
    return libraryFunction(node.function).evaluate(args);
  } catch (fault) {
    throw placed(fault, node.span);
  }
}

/**
 * The part of `a when c otherwise b` that gives the value, if any. The other one isn't worked out: the condition may be
 * there to keep it from being so.
 */
export function branchTaken(run: Run, choice: ApplyNode, place: CellPlace): Expression | undefined {
  const [condition, then, otherwise] = choice.args;
  const holds = evaluate(run, condition!, place);
  return holds === undefined ? undefined : holds ? then : otherwise;
}

function unbounded(run: Run, node: Expression): never {
  const words = wordsOf(run, node.span);
  return stop(
    'M3001',
    node.span,
    `\`${words}\` has no upper end here: lower is better, and the result is 0`,
    `bound it: \`min(${words}, 150%)\`, or read a curve`,
  );
}

// ---- figures and measures ----------------------------------------------------------------------------------

export function figureIn(run: Run, figure: Figure, place: CellPlace): Cell {
  return remembered(place, `figure ${figure.id}`, () => {
    const value = evaluate(run, figure.value, place);
    // a KPI is shown as an amount, and may be held against a target of its own
    return isTop(value) && run.kpis.has(figure.name) ? unbounded(run, figure.value) : value;
  });
}

/** Works a value out once per cell. */
export function remembered(place: CellPlace, key: string, work: () => Cell): Cell {
  if (place.known.has(key)) return place.known.get(key);
  const value = work();
  place.known.set(key, value);
  return value;
}

function measureIn(run: Run, node: MeasureNode, place: CellPlace): Cell {
  const measure = run.measures.get(node.measure)!;
  const since = run.events.get(measure.event)!.since;
  const bucket = windowBucket(node.window, place.period, since);
  if (node.window.kind !== 'period' && since !== undefined && bucket.from < since) return undefined;
  const { viewer } = place;
  switch (node.scope.kind) {
    case 'company':
      return run.facts.value(measure, node.scope, bucket.id, '');
    case 'own':
      if (viewer.kind !== 'stay') throw new InternalError('a figure of one person without a person');
      return run.facts.value(measure, node.scope, bucket.id, String(viewer.stay.index));
    case 'group':
      return run.facts.value(measure, node.scope, bucket.id, groupIn(run, node.scope, bucket, place));
    default:
      return node.scope satisfies never;
  }
}

/** The id of the viewer's group in a bucket. */
function groupIn(run: Run, scope: Scope & { kind: 'group' }, bucket: Bucket, place: CellPlace): string {
  const id = remembered(place, `group ${scope.attribute} ${bucket.id}`, () =>
    groupId(stretchesSeen(run, scope.attribute, bucket, place)),
  );
  return id as string;
}

/** Which values of an attribute the viewer looks at, on which of the days. */
export function stretchesSeen(
  run: Run,
  attribute: string,
  days: DayRange,
  { viewer }: CellPlace,
): readonly Stretch[] {
  switch (viewer.kind) {
    case 'stay':
      return stretchesOf(run.model, viewer.stay, attribute, days);
    case 'value':
      return [{ value: viewer.value, from: days.from, until: days.until }];
    case 'company':
      throw new InternalError('a figure of a group without a group');
    default:
      return viewer satisfies never;
  }
}

/** Actual against target (language.md, section 6): missing without a target or with one of 0. */
export function attainmentOf(run: Run, figure: Figure, place: CellPlace): Cell {
  return remembered(place, `attainment ${figure.id}`, () => {
    const actual = figureIn(run, figure, place) as Exact | undefined;
    const target = targetOf(run, figure, place) as Exact | undefined;
    if (actual === undefined || target === undefined || isZero(target)) return undefined;
    if (!run.kpis.get(figure.name)!.lowerIsBetter) return divide(actual, target);
    return isZero(actual) ? TOP : divide(target, actual);
  });
}

// ---- people and tables -------------------------------------------------------------------------------------

/** A number or money is averaged by days over the days held; anything else is that of the last day. */
function attributeIn(run: Run, name: string, place: CellPlace): Cell {
  const index = run.model.attributes.findIndex((each) => each.name === name);
  const last = place.held.at(-1);
  if (!last) throw new InternalError('an attribute of a person on no day');
  if (index < 0) return builtIn(last, name);
  if (!isNumeric(run.model.attributes[index]!.type)) return last.row.attributes[index];
  return averageByDays(place.held, (held) => held.row.attributes[index] as Exact | undefined);
}

/** The day-weighted average over stretches; missing when it is missing on any of the days. */
export function averageByDays(
  held: readonly Held[],
  value: (held: Held) => Exact | undefined,
): Exact | undefined {
  const total = daysOf(held);
  let sum: Exact = ZERO;
  for (const each of held) {
    const part = value(each);
    if (part === undefined) return undefined;
    const days = each.until - each.from;
    sum = add(sum, days === total ? part : multiply(part, fraction(days, total)));
  }
  return total === 0 ? undefined : sum;
}

function builtIn(held: Held, name: string): Cell {
  const { row } = held;
  switch (name) {
    case 'id':
      return row.person;
    case 'name':
      return row.name;
    case 'role':
      return row.role;
    case 'team':
      return row.team;
    case 'lead':
      return row.lead;
    default:
      throw new InternalError(`no attribute of a person: ${name}`);
  }
}

function lookUp(run: Run, node: LookupNode, place: CellPlace): Cell {
  const keys = node.keys.map((each) => evaluate(run, each, place));
  const day = node.at && (evaluate(run, node.at, place) as Exact | undefined);
  if (node.at && day === undefined) return undefined;
  const table = run.tables.get(node.table)!;
  const cells = run.lookups.get(node.table)!(keys, day === undefined ? undefined : Number(day.num));
  return cells?.[table.fields.findIndex((each) => each.name === node.column)];
}
