// The value of a checked formula in one cell. Exact throughout; missing passes through as the library's functions say.

import { InternalError } from '../base/diagnostic.ts';
import { compare, divide, type Exact, isZero, ONE, whole, ZERO } from '../base/exact.ts';
import { localDay } from '../base/local-time.ts';
import {
  applyDecisions,
  bandDecision,
  isSide,
  missingDecision,
  referenceDecision,
} from '../library/decisions.ts';
import { TAKES_TOP } from '../library/function.ts';
import { libraryFunction } from '../library/index.ts';
import { isScalar } from '../library/parts.ts';
import type {
  ApplyNode,
  Expression,
  LookupNode,
  MeasureNode,
  PeriodEdgeNode,
  Scope,
} from '../model/expression.ts';
import type { Stay } from '../model/people.ts';
import type { Figure } from '../model/policy.ts';
import type { Cell } from '../model/value.ts';
import { ofNoRows } from '../query/facts.ts';
import { type DayRange, groupId, type Stretch, stretchesOf } from '../query/groups.ts';
import { partOn, windowBucket } from '../query/make-queries.ts';
import type { Bucket } from '../query/query.ts';
import { cellRead } from '../query/shortfalls.ts';
import { attributeIn } from './attribute.ts';
import { type CellPlace, constantIn, isTop, placed, type Run, stop, TOP, wordsOf } from './cell.ts';
import { seldomPaid, takesSeldomPaid } from './needed.ts';
import { ofPersonIn } from './of-person.ts';
import { rankIn, totalIn } from './others.ts';
import { eachIn, previousIn, streakIn } from './past.ts';
import { bonusAsPaid, bonusBeforeRounding } from './pay.ts';
import { rowPartIn } from './per-event.ts';
import { scalarIn } from './scalar.ts';
import { tableIn } from './table.ts';
import { bandEnd, targetOf } from './target.ts';
import { conditionIn, isHeard, tell } from './watch.ts';

export function evaluate(run: Run, node: Expression, place: CellPlace): Cell {
  const watched = run.watch?.formula;
  return watched ? watched(node, place, () => worked(run, node, place)) : worked(run, node, place);
}

function worked(run: Run, node: Expression, place: CellPlace): Cell {
  if (isScalar(node)) return scalarIn(run, node, place);
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
      return seldomPaid().scoreIn(run, place).value;
    case 'bonus':
      if (place.stated) return place.stated.bonus(run, node, place);
      return place.asPaid
        ? bonusAsPaid(run, node.name, place.asPaid)
        : bonusBeforeRounding(run, node.name, place.row?.cell ?? place);
    case 'period':
      return periodEdge(node.edge, place);
    case 'rates':
    case 'curve':
    case 'grid':
      return tableIn(run, node, place);
    case 'apply':
      return applied(run, node, place);
    case 'of person':
      return ofPersonIn(run, node, place);
    case 'own':
      if (!place.own) throw new InternalError(`\`${node.read}\` outside of an attainment`);
      return place.own[node.read];
    case 'previous':
      return previousIn(run, node, place);
    case 'each':
      return eachIn(run, node, place);
    case 'streak':
      return streakIn(run, node, place);
    case 'rank':
      return rankIn(run, node, place);
    case 'total':
      return totalIn(run, node, place);
    case 'field':
    case 'through':
    case 'share':
    case 'before':
      return rowPartIn(run, node, place);
    case 'nth':
    case 'look-back':
      throw new InternalError(`a formula of rows among those of people: ${node.kind}`);
    case 'points':
      return takesSeldomPaid(run) ? seldomPaid().pointsIn(run, node, place) : ZERO;
    case 'pool':
      return seldomPaid().poolIn(run, node, place);
    case 'result':
      if (!place.stated) throw new InternalError('a result of statements outside of an expectation');
      return place.stated.result(run, node, place);
    case 'row number':
      if (!place.number) throw new InternalError('the number of a row outside of a test');
      return place.number;
    case 'later':
      throw new InternalError(`not evaluated yet: ${node.what}`);
    default:
      return node satisfies never;
  }
}

function applied(run: Run, node: ApplyNode, place: CellPlace): Cell {
  if (node.function === 'choose') {
    const branch = branchTaken(run, node, place);
    return branch && evaluate(run, branch, place);
  }
  if (node.function === 'else') {
    const first = evaluate(run, node.args[0]!, place);
    if (isHeard(run)) tell(run, missingDecision(node.span, first), place);
    return first ?? evaluate(run, node.args[1]!, place);
  }
  const heard = isHeard(run);
  const args = node.args.map((each) =>
    heard && isSide(node, each) ? conditionIn(run, each, place) : evaluate(run, each, place),
  );
  const top = TAKES_TOP.has(node.function) ? -1 : args.findIndex(isTop);
  if (top >= 0) return unbounded(run, node.args[top]!);
  try {
    const value = libraryFunction(node.function).evaluate(args);
    if (heard) for (const each of applyDecisions(node, args, value)) tell(run, each, place);
    return value;
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
  const holds = conditionIn(run, condition!, place);
  return holds === undefined ? undefined : holds ? then : otherwise;
}

/** A result of 0 where lower is better has no end, and arithmetic with it would pay something arbitrary. */
export function unbounded(run: Run, node: Expression): never {
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
    const isTruth = figure.type.kind === 'truth';
    const value = isTruth ? conditionIn(run, figure.value, place) : evaluate(run, figure.value, place);
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
  switch (node.scope.kind) {
    case 'company': {
      const { viewer } = place;
      const seen = viewer.kind === 'stay' ? partOn(bucket, viewer.stay) : bucket;
      return seen ? run.facts.value(measure, node.scope, seen.id, '') : ofNoRows(measure);
    }
    case 'own':
      return run.facts.value(measure, node.scope, bucket.id, String(viewerStay(place).index));
    case 'group':
      return run.facts.value(measure, node.scope, bucket.id, groupIn(run, node.scope, bucket, place));
    default:
      return node.scope satisfies never;
  }
}

/** The id of the viewer's group in a bucket. */
function groupIn(run: Run, scope: Scope & { kind: 'group' }, bucket: Bucket, place: CellPlace): string {
  expectAttribute(run, scope.attribute);
  // people below somebody are known by who looks, day by day
  if (scope.below) return String(viewerStay(place).index);
  const id = remembered(place, `group ${scope.attribute} ${bucket.id}`, () =>
    groupId(stretchesSeen(run, scope.attribute, bucket, place)),
  );
  return id as string;
}

/** Groups by an attribute need everybody's: of a person whose test leaves it out nobody knows which is meant. */
function expectAttribute({ model, people }: Run, attribute: string): void {
  const at = model.attributes.findIndex((each) => each.name === attribute);
  const field = model.attributes[at];
  if (!field?.leftOut) return;
  for (const row of people.rows) cellRead(field, 'person', row.attributes[at]);
}

/** The stay that looks, where only a person can. */
export function viewerStay({ viewer }: CellPlace): Stay {
  if (viewer.kind !== 'stay') throw new InternalError('a figure of one person without a person');
  return viewer.stay;
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

/** Actual against target (language.md, section 6): missing without a target or with one of 0, unless that is a band. */
export function attainmentOf(run: Run, figure: Figure, place: CellPlace): Cell {
  return remembered(place, `attainment ${figure.id}`, () => {
    const actual = figureIn(run, figure, place) as Exact | undefined;
    const target = targetOf(run, figure, place) as Exact | undefined;
    if (actual === undefined || target === undefined) return undefined;
    const upTo = bandEnd(run, figure, place) as Exact | undefined;
    if (upTo) {
      const { span } = run.kpis.get(figure.name)!;
      if (isHeard(run)) tell(run, bandDecision(span, actual, { from: target, upTo }), place);
      return compare(target, actual) <= 0 && compare(actual, upTo) <= 0 ? ONE : ZERO;
    }
    if (isZero(target)) return undefined;
    const { attainment, lowerIsBetter } = run.kpis.get(figure.name)!;
    if (attainment) return evaluate(run, attainment, { ...place, own: { actual, target } });
    if (!lowerIsBetter) return divide(actual, target);
    return isZero(actual) ? TOP : divide(target, actual);
  });
}

function periodEdge(edge: PeriodEdgeNode['edge'], { period, held }: CellPlace): Cell {
  switch (edge) {
    case 'itself':
      return period.id;
    case 'start':
      return whole(period.from);
    case 'end':
      return whole(period.until - 1);
    case 'held':
      return whole((held.at(-1) ?? period).until - 1);
    default:
      return edge satisfies never;
  }
}

// ---- tables ------------------------------------------------------------------------------------------------

function lookUp(run: Run, node: LookupNode, place: CellPlace): Cell {
  const keys = node.keys.map((each) => evaluate(run, each, place));
  const day = node.at && (evaluate(run, node.at, place) as Exact | undefined);
  if (node.at && day === undefined) return undefined;
  const table = run.tables.get(node.table)!;
  const isMoment = node.at?.type.kind === 'datetime';
  const on = day && (isMoment ? localDay(run.model.zone, day) : Number(day.num));
  const cells = run.lookups.get(node.table)!(keys, on);
  if (isHeard(run)) tell(run, referenceDecision(node.span, cells !== undefined), place);
  const column = table.fields.findIndex((each) => each.name === node.column);
  return cells && cellRead(table.fields[column], table.name, cells[column]);
}
