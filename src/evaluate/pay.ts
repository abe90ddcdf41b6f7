// Bonuses of a cell: computed, prorated, gated, capped and rounded, once each, so that lines add up to their total.

import { InternalError, RunError } from '../base/diagnostic.ts';
import {
  add,
  compare,
  type Exact,
  exact,
  exactText,
  fraction,
  least,
  multiply,
  roundTo,
  subtract,
  ZERO,
} from '../base/exact.ts';
import type { Bonus, Cap, Gate, Role } from '../model/policy.ts';
import type { Because } from '../model/result.ts';
import { type CellPlace, daysOf, type Run, stop, wordsOf } from './cell.ts';
import { evaluate, remembered } from './formula.ts';

/** One bonus of one cell, step by step. */
export interface PaidBonus {
  readonly bonus: Bonus;
  /** The days held over those of the period, where the amount shrinks with them. */
  readonly prorated: { readonly days: number; readonly of: number } | undefined;
  /** After proration; before condition, gate and cap. */
  readonly computed: Exact;
  /** After all of them, before rounding: what other formulas see. */
  readonly payable: Exact;
  readonly amount: Exact;
  readonly because: readonly Because[];
}

export function bonusBeforeRounding(run: Run, name: string, place: CellPlace): Exact {
  return remembered(
    place,
    `bonus ${name}`,
    () => payBonus(run, bonusNamed(place, name), place).payable,
  ) as Exact;
}

function bonusNamed(place: CellPlace, name: string): Bonus {
  const found = roleOf(place).bonuses.find((each) => each.name === name);
  if (!found) throw new InternalError(`no such bonus: ${name}`);
  return found;
}

export function roleOf(place: CellPlace): Role {
  if (place.viewer.kind !== 'stay') throw new InternalError('a bonus without a person');
  return place.viewer.role;
}

export function payBonus(run: Run, bonus: Bonus, place: CellPlace): PaidBonus {
  const because: Because[] = [];
  const applies = !bonus.when || holds(run, bonus.when, place);
  if (!applies) because.push({ kind: 'condition', condition: wordsOf(run, bonus.when!.span) });
  const failed = bonus.gated
    ? roleOf(place).gates.filter(
        (gate) => gateApplies(run, gate, place) && !holds(run, gate.condition, place),
      )
    : [];
  for (const gate of failed) because.push({ kind: 'gate', condition: wordsOf(run, gate.condition.span) });
  const value = applies
    ? (evaluate(run, bonus.value, place) as Exact | undefined)
    : wouldBe(run, bonus, place);
  if (value === undefined && applies) {
    return stop(
      'M3002',
      bonus.value.span,
      `bonus \`${bonus.name}\` is missing here`,
      'say what is paid then with `else`',
    );
  }
  const days = { days: daysOf(place.held), of: place.period.until - place.period.from };
  const prorated = bonus.prorated && days.days !== days.of ? days : undefined;
  const computed =
    value === undefined ? ZERO : prorated ? multiply(value, fraction(days.days, days.of)) : value;
  const open = applies && failed.length === 0 ? computed : ZERO;
  const payable = bonus.cap ? capped(run, bonus.cap, open, place, because) : open;
  return { bonus, prorated, computed, payable, amount: rounded(run, payable), because };
}

/** What a bonus whose condition fails would pay; nothing where the condition is what keeps it from having no end. */
function wouldBe(run: Run, bonus: Bonus, place: CellPlace): Exact | undefined {
  try {
    return evaluate(run, bonus.value, place) as Exact | undefined;
  } catch (error) {
    if (error instanceof RunError) return undefined;
    throw error;
  }
}

function capped(
  run: Run,
  cap: Bonus['cap'] & object,
  value: Exact,
  place: CellPlace,
  because: Because[],
): Exact {
  const most = evaluate(run, cap, place) as Exact;
  if (compare(value, most) > 0) because.push({ kind: 'cap', cap: exactText(most) });
  return least(value, most);
}

/** Whether a gate's `when` holds, so that it counts. */
export function gateApplies(run: Run, gate: Gate, place: CellPlace): boolean {
  return !gate.when || holds(run, gate.when, place);
}

/** Whether a condition holds; one that is missing stops the run rather than pay or withhold in silence. */
export function holds(run: Run, condition: Gate['condition'], place: CellPlace): boolean {
  const value = evaluate(run, condition, place);
  if (typeof value === 'boolean') return value;
  return stop(
    'M3002',
    condition.span,
    `the condition \`${wordsOf(run, condition.span)}\` is missing here`,
    'say what counts then with `else`',
  );
}

/** What a role's cap takes from the total of the bonuses that it counts; 0 when it doesn't bind. */
export function takenByCap(
  run: Run,
  cap: Cap,
  place: CellPlace,
  total: Exact,
): { readonly most: Exact; readonly taken: Exact } {
  const most = rounded(run, evaluate(run, cap.amount, place) as Exact);
  return { most, taken: compare(total, most) > 0 ? subtract(most, total) : ZERO };
}

export function rounded(run: Run, value: Exact): Exact {
  return roundTo(value, exact(run.model.rounding.step), run.model.rounding.mode);
}

export function sumOf(amounts: readonly Exact[]): Exact {
  return amounts.reduce(add, ZERO);
}
