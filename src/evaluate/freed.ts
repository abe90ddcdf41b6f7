// `payable as payment.amount of amount`: what a row of a bonus per event earned is freed in the share that rows of
// another event have come to, as they come in; never more than the whole, and what is paid back takes it back.

import { type Day, dayText } from '../base/date.ts';
import {
  add,
  divide,
  type Exact,
  greatest,
  least,
  multiply,
  ONE,
  sign,
  subtract,
  ZERO,
} from '../base/exact.ts';
import { type Period, periodAt } from '../base/period.ts';
import { valueAt } from '../query/event-rows.ts';
import type { Later } from './amounts.ts';
import { type Run, stop } from './cell.ts';
import { evaluate } from './formula.ts';
import type { Schedule } from './later-pay.ts';
import { type PaidBonus, rounded } from './pay.ts';
import { type CountedRow, rowAmounts } from './per-event.ts';

/** What a row has freed by the end of a period: the share of it, and what that comes to, in the period and in all. */
export interface FreedRow {
  readonly of: CountedRow;
  readonly share: Exact;
  /** In the period. */
  readonly amount: Exact;
}

/** A row's steps: from the period in which it was earned, each in which more or less of it is freed. */
interface Step extends FreedRow {
  readonly period: Period;
}

/** What hasn't been freed by all that has come in has no period yet. */
const NOT_YET = 'not yet freed';

/**
 * What is payable of an earned amount in its period, and in which later ones. Rows that come in after the run's last
 * period aren't known: what they may free stands last, in no period.
 */
export function freedOver(run: Run, paid: PaidBonus, period: Period): Schedule {
  const steps = stepsOf(run, paid, period);
  const whole = rowAmounts(run, paid).reduce(add, ZERO);
  // what no row has of it, such as a floor where there are none, waits for nothing
  const now = steps
    .filter((each) => each.period.id === period.id)
    .reduce((sum, each) => add(sum, each.amount), subtract(paid.amount, whole));
  const forfeits = paid.bonus.forfeited ?? false;
  const later = new Map<string, Later & { readonly rows: FreedRow[] }>();
  for (const step of steps) {
    if (step.period.id === period.id) continue;
    const before = later.get(step.period.id);
    const rows = [...(before?.rows ?? []), step];
    const amount = add(before?.amount ?? ZERO, step.amount);
    later.set(step.period.id, { kind: 'freed', period: step.period, amount, forfeits, rows });
  }
  const inOrder = [...later.values()]
    .toSorted((a, b) => a.period.from - b.period.from)
    // what is taken back is so of one who has left too
    .map((each) => ({ ...each, forfeits: forfeits && sign(each.amount) > 0 }));
  const rest = subtract(
    paid.amount,
    inOrder.reduce((sum, each) => add(sum, each.amount), now),
  );
  // a rest of nothing stands there too: whether it will be so for good isn't known before all payments are
  const never = {
    id: NOT_YET,
    grain: period.grain,
    from: Number.MAX_SAFE_INTEGER,
    until: Number.MAX_SAFE_INTEGER,
  };
  return {
    now,
    later: [...inOrder, { kind: 'freed', period: never, amount: rest, forfeits: forfeits && sign(rest) > 0 }],
  };
}

/** What is freed of a row, with the day that posts it. */
export function rowOf({ of, amount }: FreedRow): { readonly amount: Exact; readonly day: Day } {
  return { amount, day: of.row.day };
}

/** What of each row is freed by the end of the period in which it was earned, in the order of the rows. */
export function freedInOwn(run: Run, paid: PaidBonus, period: Period): readonly FreedRow[] {
  return stepsOf(run, paid, period).filter((each) => each.period.id === period.id);
}

function stepsOf(run: Run, paid: PaidBonus, period: Period): readonly Step[] {
  const amounts = rowAmounts(run, paid);
  return (paid.perEvent?.counted ?? []).flatMap((row, at) =>
    stepsOfRow(run, paid, { row, amount: amounts[at]!, period }),
  );
}

function stepsOfRow(
  run: Run,
  { bonus }: PaidBonus,
  { row, amount, period }: { readonly row: CountedRow; readonly amount: Exact; readonly period: Period },
): readonly Step[] {
  const by = bonus.payableAs!;
  checkComplete(run, bonus, row);
  const whole = evaluate(run, by.of, row.place) as Exact;
  const sums = new Map<string, { readonly period: Period; readonly paid: Exact }>([
    [period.id, { period, paid: ZERO }],
  ]);
  let paid = ZERO;
  for (const payment of run.rows.payments(by, row.row.key)) {
    paid = add(paid, valueAt(payment, 1) as Exact);
    // what came in before the event counts when it does
    const over = payment.day < period.until ? period : periodAt(period.grain, payment.day);
    sums.set(over.id, { period: over, paid });
  }
  let before = ZERO;
  return [...sums.values()].map((each): Step => {
    const share = shareOf(each.paid, whole);
    const reached = rounded(run, multiply(amount, share));
    const step = { of: row, period: each.period, share, amount: subtract(reached, before) };
    before = reached;
    return step;
  });
}

/** The share that is paid of a whole; of nothing, all of it is. */
function shareOf(paid: Exact, whole: Exact): Exact {
  return greatest(ZERO, least(ONE, divide(paid, whole) ?? ONE));
}

/** Stops for a row from before the day since which the rows that free it are complete. */
function checkComplete(run: Run, bonus: PaidBonus['bonus'], { row }: CountedRow): void {
  const { event, value } = bonus.payableAs!;
  const since = run.events.get(event)!.since;
  if (since === undefined || row.day >= since) return;
  stop(
    'M3002',
    value.span,
    `what is paid of \`${row.key}\` can't be told: \`${event}\` is complete only since ${dayText(since)}`,
    `move its \`since\` back if the rows are there, or let \`${bonus.perEvent}\` begin later too`,
  );
}
