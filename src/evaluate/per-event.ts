// Bonuses per event (language.md, section 6): the formula worked out for each row that the person is credited with in
// the period, in order of time. Parts of the row come from the backend, all others are those of the person's cell.

import { InternalError } from '../base/diagnostic.ts';
import { add, compare, divide, type Exact, multiply, ONE, sign, ZERO } from '../base/exact.ts';
import { payingDecision } from '../library/decisions.ts';
import { partsOf } from '../library/parts.ts';
import type { CreditedRow } from '../model/dataset.ts';
import type { BeforeNode, Expression, FieldNode, ShareNode, ThroughNode } from '../model/expression.ts';
import type { Bonus } from '../model/pay.ts';
import type { Cell } from '../model/value.ts';
import { bucketOf } from '../query/make-queries.ts';
import { type CellPlace, type Run, stop } from './cell.ts';
import { isAway } from './days.ts';
import { evaluate, viewerStay } from './formula.ts';
import { holds, type PaidBonus, partsIn } from './pay.ts';
import { isHeard, tell } from './watch.ts';

/** A row that a bonus counts, with what the formula gives for it. */
export interface CountedRow {
  readonly row: CreditedRow;
  /** Where the formula was worked out. */
  readonly place: CellPlace;
  readonly value: Exact;
}

export interface PerEvent {
  /** In order of time, known time and key. */
  readonly counted: readonly CountedRow[];
  /** Rows for which the condition doesn't hold, and those past the `first` so many. */
  readonly failed: number;
  readonly late: number;
  /** The sum over the rows counted. */
  readonly value: Exact;
}

/** Works a bonus out for each of the person's rows of the period. */
export function perEventIn(run: Run, bonus: Bonus, cell: CellPlace): PerEvent {
  const event = bonus.perEvent!;
  const { when, first } = bonus;
  const rows = run.rows.of(event, bucketOf(cell.period).id, viewerStay(cell).index);
  // a condition looks at all rows before; the value at those that the bonus counts, so that lines add up
  const asked = createSequence(run, event, cell);
  const counting = createSequence(run, event, cell);
  const counted: CountedRow[] = [];
  let failed = 0;
  let late = 0;
  for (const row of rows) {
    if (when && !holds(run, when, asked.next(row))) failed++;
    else if (first !== undefined && counted.length >= first) {
      late++;
      if (isHeard(run)) tell(run, payingDecision(bonus.span, 'first', false), cell);
    } else {
      if (first !== undefined && isHeard(run)) tell(run, payingDecision(bonus.span, 'first', true), cell);
      const place = counting.next(row);
      counted.push({ row, place, value: earnedBy(run, bonus, place) });
    }
  }
  const value = counted.map((each) => each.value).reduce(add, ZERO);
  return { counted, failed, late, value };
}

function earnedBy(run: Run, bonus: Bonus, place: CellPlace): Exact {
  const value = evaluate(run, bonus.value, place) as Exact | undefined;
  if (value !== undefined) return value;
  // of who is away the whole period nothing is expected, and nothing is paid by what is missing
  if (isAway(run, place)) return ZERO;
  return stop(
    'M3002',
    bonus.value.span,
    `bonus \`${bonus.name}\` is missing for \`${place.row!.row.key}\``,
    'say what is paid then with `else`',
  );
}

/** Rows in a row: each place knows those before it, and sums over them are added up once. */
function createSequence(run: Run, event: string, cell: CellPlace) {
  const places: CellPlace[] = [];
  const sums = new Map<BeforeNode, Cell[]>();
  const before = (node: BeforeNode, count: number): Cell => {
    const found = sums.get(node) ?? [ZERO];
    sums.set(node, found);
    while (found.length <= count) {
      const [sum, value] = [found.at(-1), evaluate(run, node.value, places[found.length - 1]!)];
      found.push(sum === undefined || value === undefined ? undefined : add(sum as Exact, value as Exact));
    }
    return found[count];
  };
  return {
    next(row: CreditedRow): CellPlace {
      const count = places.length;
      const place = { ...cell, row: { event, row, cell, before: (node: BeforeNode) => before(node, count) } };
      places.push(place);
      return place;
    },
  };
}

/** The value of what stands in the row. */
export function rowPartIn(
  run: Run,
  node: FieldNode | ThroughNode | ShareNode | BeforeNode,
  { row: at }: CellPlace,
): Cell {
  if (!at) throw new InternalError(`a formula of rows among those of people: ${node.kind}`);
  switch (node.kind) {
    case 'share':
      return at.row.share;
    case 'before':
      return at.before(node);
    case 'field':
    case 'through':
      return run.rows.value(at.event, node, at.row);
    default:
      return node satisfies never;
  }
}

// a formula is never changed
const readers = new WeakMap<Expression, boolean>();

/** Whether a formula reads the row that it is worked out for. */
export function readsRow(formula: Expression): boolean {
  const found = readers.get(formula) ?? (isOfRow(formula) || partsOf(formula).some(readsRow));
  readers.set(formula, found);
  return found;
}

function isOfRow({ kind }: Expression): boolean {
  return kind === 'field' || kind === 'through' || kind === 'share' || kind === 'before';
}

/**
 * What each row has of the bonus, to the cent: its value, or its part of what a gate or cap leaves; what a floor adds is
 * shared alike. The parts come to the bonus as it is rounded; cents go to the largest remainder first, ties by time and
 * key.
 */
export function rowAmounts(run: Run, paid: PaidBonus): readonly Exact[] {
  const { computed, payable, amount } = paid;
  const values = (paid.perEvent?.counted ?? []).map((each) => each.value);
  const left = divide(payable, computed);
  const isLess = left !== undefined && sign(left) >= 0 && compare(left, ONE) < 0;
  const parts = isLess ? values.map((each) => multiply(each, left)) : values;
  return partsIn(run, amount, parts);
}
