// Look-backs, worked out as they are written: of all rows of the other event, those that share the key, lie within the
// time and satisfy the condition, the row itself left out.

import { addMonths, type Day } from '../base/date.ts';
import { InternalError } from '../base/diagnostic.ts';
import {
  add,
  compare,
  divide,
  type Exact,
  exact,
  greatest,
  least,
  negate,
  whole,
  ZERO,
} from '../base/exact.ts';
import type { Clock } from '../input/clock.ts';
import { keyText } from '../input/convert.ts';
import { referenceDecision } from '../library/decisions.ts';
import type { Decision } from '../model/decision.ts';
import type { Expression, LookBackNode } from '../model/expression.ts';
import type { Cell } from '../model/value.ts';
import { byTimeThenKey, type Evaluate, type EventRow, type EventRows, type SoundRow } from './memory-rows.ts';

/** What a look-back is worked out with: formulas of the row itself and of the others. */
export interface LookBackWorld {
  readonly of: (part: Expression) => Cell;
  readonly others: EventRows;
  readonly ofOther: Evaluate;
  readonly clock: Clock;
  readonly decided?: ((decision: Decision) => void) | undefined;
}

/**
 * Missing where the key or the day that it looks from is, and where it would reach behind the day since which the data
 * of the other event is complete. Without a time it looks at all rows since then: missing for rows posted before.
 */
export function lookBack(node: LookBackNode, row: SoundRow, world: LookBackWorld): Cell {
  const { of, others, ofOther } = world;
  const own = of(node.own);
  const within = node.within && reachOf(node.within, world);
  if (own === undefined || (node.within && !within)) return undefined;
  const { since } = others.event;
  const first = within ? within.firstDay : row.day;
  if (since !== undefined && (first === undefined || first < since)) return undefined;
  const found = others
    .sharing(node.other, own)
    .filter((other) => other !== row && (!within || within.holds(other)))
    .filter((other) => !node.where || ofOther(node.where, other) === true);
  // that there is one is what it gives itself
  if (node.aggregate !== 'exists') world.decided?.(referenceDecision(node.span, found.length > 0));
  return aggregated(node, found, ofOther);
}

export type Within = NonNullable<LookBackNode['within']>;

interface Reach {
  readonly firstDay: Day;
  holds(other: EventRow): boolean;
}

/** Which rows a time lets in: by days where either side is a date, else by moments; both ends included. */
function reachOf(within: Within, { of, others, clock }: LookBackWorld): Reach | undefined {
  const at = of(within.of) as Exact | undefined;
  if (at === undefined) return undefined;
  const isMoment = within.of.type.kind === 'datetime';
  if (isMoment && others.posts === 'datetime') {
    const end = laterMoment(at, within, of);
    const [from, until] = [least(at, end), greatest(at, end)];
    return {
      firstDay: clock.day(from),
      holds: ({ time }) => compare(from, time) <= 0 && compare(time, until) <= 0,
    };
  }
  const day = isMoment ? clock.day(at) : Number(at.num);
  const end = laterDay(day, within);
  const [from, until] = [Math.min(day, end), Math.max(day, end)];
  return { firstDay: from, holds: (other) => from <= other.day && other.day <= until };
}

/** The other end of a time that is measured in moments. */
function laterMoment(at: Exact, within: Within, of: (part: Expression) => Cell): Exact {
  const { word, length } = within;
  if (length.kind === 'months') return of(monthsLater(within, length.months)) as Exact;
  const seconds = exact(length.seconds);
  return add(at, word === 'after' ? seconds : negate(seconds));
}

/** The other end of a time of months, as a formula. */
export function monthsLater({ word, of }: Within, months: number): Expression {
  const { type, optional, span } = of;
  return { kind: 'months later', of, months: word === 'after' ? months : -months, type, optional, span };
}

/** The other end of a time that is measured in days. */
function laterDay(day: Day, { word, length }: Within): Day {
  const sign = word === 'after' ? 1 : -1;
  return length.kind === 'months'
    ? addMonths(day, sign * length.months)
    : day + sign * wholeDays(length.seconds);
}

/** How many days a length has; the checker lets only whole ones be measured in days. */
export function wholeDays(seconds: string): number {
  const days = divide(exact(seconds), whole(86400))!;
  if (Number(days.den) !== 1) throw new InternalError(`not whole days: ${seconds} seconds`);
  return Number(days.num);
}

function aggregated(node: LookBackNode, rows: readonly EventRow[], ofOther: Evaluate): Cell {
  if (node.aggregate === 'exists') return rows.length > 0;
  if (node.aggregate === 'count') return whole(rows.length);
  const { value } = node;
  if (!value) throw new InternalError(`${node.aggregate} of nothing`);
  const cells = [...rows]
    .sort(byTimeThenKey)
    .map((row) => ofOther(value, row))
    .filter((cell) => cell !== undefined);
  const numbers = cells as readonly Exact[];
  const inOrder = () => [...numbers].sort(compare);
  switch (node.aggregate) {
    case 'distinct':
      return whole(new Set(cells.map(keyText)).size);
    case 'sum':
      return numbers.reduce(add, ZERO);
    case 'first':
      return cells[0];
    case 'last':
      return cells.at(-1);
    case 'min':
      return numbers.length === 0 ? undefined : numbers.reduce(least);
    case 'max':
      return numbers.length === 0 ? undefined : numbers.reduce(greatest);
    case 'lower middle':
      return inOrder()[Math.ceil(numbers.length / 2) - 1];
    case 'upper middle':
      return inOrder()[Math.floor(numbers.length / 2)];
    case 'percentile':
      throw new InternalError('a percentile of other rows');
    default:
      return node.aggregate satisfies never;
  }
}
