// Formulas over other periods of the same person (language.md, section 4): `previous`, `each` and `streak`. What is
// looked at later is worked out once and kept, and periods that stand on each other are worked out in their order.

import type { Day } from '../base/date.ts';
import { InternalError, RunError } from '../base/diagnostic.ts';
import { add, compare, divide, type Exact, fraction, multiply, whole, ZERO } from '../base/exact.ts';
import { type Period, periodsBetween, shift } from '../base/period.ts';
import type { EachNode, Expression, PreviousNode, StreakNode } from '../model/expression.ts';
import type { Cell } from '../model/value.ts';
import { eachDays, mayBeIncomplete } from '../query/history.ts';
import { completeFrom } from '../query/named.ts';
import { type CellPlace, isTop, type Run, type Viewer } from './cell.ts';
import { isAwayIn } from './days.ts';
import { evaluate, unbounded } from './formula.ts';
import { hasDayIn, isWorkedOut, placeOf, sameIn, staysLike, viewerKey } from './places.ts';
import { conditionIn } from './watch.ts';

/** The same person's result one period before, in the same role; missing where there was none, or its data isn't complete. */
export function previousIn(run: Run, node: PreviousNode, { viewer, period }: CellPlace): Cell {
  const before = shift(period, -1);
  const whose = sameIn(run, viewer, before);
  if (!whose || isBehind(before, completeOf(run, node.of, whose))) return undefined;
  return pastValue(run, { formula: node.of, viewer: whose, period: before });
}

/** For how many periods in a row the condition has held; missing where that goes back behind the data. */
export function streakIn(run: Run, node: StreakNode, place: CellPlace): Cell {
  if (conditionIn(run, node.of, place) !== true) return ZERO;
  let count = 1;
  const { viewer } = place;
  const complete = completeOf(run, node.of, viewer);
  const first = viewer.kind === 'stay' ? staysLike(run, viewer.stay)[0]!.from : Number.NEGATIVE_INFINITY;
  for (
    let period = shift(place.period, -1);
    isWorkedOut(run, period) && period.until > first;
    period = shift(period, -1)
  ) {
    const whose = sameIn(run, viewer, period);
    // not in the role, or away: neither breaks it nor counts
    if (!whose || isAwayIn(run, whose, period)) continue;
    if (isBehind(period, complete)) return undefined;
    if (pastValue(run, { formula: node.of, viewer: whose, period }) !== true) break;
    count++;
  }
  return whole(count);
}

/**
 * An aggregate over the periods of the window that have ended by its end. Of a person only the stay's own: as with
 * windows, nothing is added up across stays.
 */
export function eachIn(run: Run, node: EachNode, place: CellPlace): Cell {
  const { viewer } = place;
  const values: Cell[] = [];
  const complete = completeOf(run, node.of, viewer);
  for (const period of periodsOf(run, node, { current: place.period, complete })) {
    if (viewer.kind === 'stay' && !hasDayIn(viewer.stay, period)) continue;
    const isPast = period.until < place.period.until;
    if (isPast && !mayBeIncomplete(node) && isBehind(period, complete)) return undefined;
    const value = isPast
      ? pastValue(run, { formula: node.of, viewer, period })
      : truthOrValue(run, node.of, seenFrom(place, placeOf(run, viewer, period)));
    if (value === undefined && isAwayIn(run, viewer, period)) continue;
    if (value === undefined) return undefined;
    values.push(value);
  }
  return together(run, node, values);
}

/** The periods that an `each` looks at from a cell, in order of time, whether or not the viewer has a day in them. */
export function periodsLookedAt(run: Run, node: EachNode, { viewer, period }: CellPlace): readonly Period[] {
  return periodsOf(run, node, { current: period, complete: completeOf(run, node.of, viewer) });
}

/** The periods that an `each` looks at, seen from a period; the same for all who look. */
function periodsOf(
  run: Run,
  node: EachNode,
  seen: { readonly current: Period; readonly complete: Day | undefined },
): readonly Period[] {
  const { beginning, past } = run;
  const { current, complete } = seen;
  if (beginning === undefined) return [];
  const key = `${current.grain} ${current.id} ${complete}`;
  const ofNode = past.periods.get(node) ?? new Map<string, readonly Period[]>();
  past.periods.set(node, ofNode);
  const known = ofNode.get(key);
  if (known) return known;
  const days = eachDays(node, current, { beginning, complete });
  const found = periodsBetween(node.grain, days.from, days.until).filter(
    (period) =>
      period.until <= days.until &&
      (!node.earlier || period.until <= current.from) &&
      isWorkedOut(run, period),
  );
  ofNode.set(key, found);
  return found;
}

function together(run: Run, node: EachNode, values: readonly Cell[]): Cell {
  if (node.function === 'count') return whole(values.filter((each) => each === true).length);
  const numbers = values as readonly Exact[];
  const takesTop = node.function === 'min' || node.function === 'max';
  if (!takesTop && numbers.some(isTop)) return unbounded(run, node);
  if (node.function === 'sum') return numbers.reduce(add, ZERO);
  if (numbers.length === 0) return undefined;
  const sorted = numbers.toSorted(compare);
  const middle = sorted.length >> 1;
  switch (node.function) {
    case 'average':
      return divide(numbers.reduce(add, ZERO), whole(numbers.length));
    case 'min':
      return sorted[0];
    case 'max':
      return sorted.at(-1);
    case 'median':
      if (sorted.length % 2 === 1) return sorted[middle];
      return multiply(add(sorted[middle - 1]!, sorted[middle]!), fraction(1, 2));
    default:
      throw new InternalError(`no aggregate over periods: ${node.function}`);
  }
}

/** Whether an earlier period begins before the data that is read in it is complete. */
function isBehind(period: Period, complete: Day | undefined): boolean {
  return complete !== undefined && period.from < complete;
}

function completeOf(run: Run, formula: Expression, viewer: Viewer): Day | undefined {
  return completeFrom(run.model, formula, viewer.kind === 'stay' ? viewer.role : undefined);
}

/** A cell that is looked at from where bonuses are seen as rounded is so too. */
export function seenFrom(place: CellPlace, cell: CellPlace): CellPlace {
  return place.asPaid ? { ...cell, asPaid: cell } : cell;
}

// ---- in the order of periods -----------------------------------------------------------------------------------

/** A formula of a viewer in an earlier period. */
interface Asked {
  readonly formula: Expression;
  readonly viewer: Viewer;
  readonly period: Period;
}

/**
 * Values of formulas as later periods see them (bonuses as rounded), by formula, period and viewer; the periods that
 * each looks at; and how deep in one another values are being worked out.
 */
export interface Past {
  readonly values: Kept<Cell>;
  /** What stopped those that were worked out ahead; it is for whoever asks to stop for it, or not to mind. */
  readonly faults: Kept<RunError>;
  readonly periods: Map<EachNode, Map<string, readonly Period[]>>;
  depth: number;
  /** What has to be worked out first, where that would go too deep. */
  waiting?: Asked;
}

/** Deepest that values of earlier periods are worked out within each other; past it the earliest comes first. */
const DEEPEST = 8;
const TOO_DEEP = new InternalError('an earlier period is worked out first');

/**
 * A formula's value in an earlier period. One that stands on the period before, and so on, doesn't go down in calls: as
 * soon as that gets deep, the earlier period is worked out first, and the later one begun again.
 */
function pastValue(run: Run, asked: Asked): Cell {
  const { past } = run;
  const values = keptIn(past.values, asked);
  const whose = viewerKey(asked.viewer);
  const known = values.get(whose);
  if (known !== undefined || values.has(whose)) return known;
  const fault = keptIn(past.faults, asked).get(whose);
  if (fault) throw fault;
  if (past.depth >= DEEPEST) {
    past.waiting = asked;
    throw TOO_DEEP;
  }
  if (past.depth > 0) return workedOut(run, asked);
  const open = [asked];
  for (let next = open.at(-1); next; next = open.at(-1)) {
    try {
      workedOut(run, next);
      open.pop();
    } catch (fault) {
      if (fault === TOO_DEEP) open.push(past.waiting!);
      else if (open.length === 1 || !(fault instanceof RunError)) throw fault;
      else {
        keptIn(past.faults, next).set(viewerKey(next.viewer), fault);
        open.pop();
      }
    }
  }
  return values.get(whose);
}

function workedOut(run: Run, asked: Asked): Cell {
  const { past } = run;
  const cell = placeOf(run, asked.viewer, asked.period);
  past.depth++;
  try {
    const value = truthOrValue(run, asked.formula, { ...cell, asPaid: cell });
    keptIn(past.values, asked).set(viewerKey(asked.viewer), value);
    return value;
  } finally {
    past.depth--;
  }
}

/** A formula's value; one that is true or false is a condition. */
function truthOrValue(run: Run, formula: Expression, place: CellPlace): Cell {
  const isCondition = formula.type.kind === 'truth';
  return isCondition ? conditionIn(run, formula, place) : evaluate(run, formula, place);
}

/** By formula, period and viewer. */
type Kept<T> = Map<Expression, Map<string, Map<string | number, T>>>;

function keptIn<T>(kept: Kept<T>, { formula, period }: Asked): Map<string | number, T> {
  const key = `${period.grain} ${period.id}`;
  const ofFormula = kept.get(formula) ?? new Map<string, Map<string | number, T>>();
  kept.set(formula, ofFormula);
  const found = ofFormula.get(key) ?? new Map<string | number, T>();
  ofFormula.set(key, found);
  return found;
}
