// Bonuses of a cell: computed, prorated, gated, capped and rounded, once each, so that lines add up to their total.

import { InternalError, RunError } from '../base/diagnostic.ts';
import {
  add,
  compare,
  divide,
  type Exact,
  exact,
  exactText,
  greatest,
  least,
  multiply,
  ONE,
  roundTo,
  subtract,
  whole,
  ZERO,
} from '../base/exact.ts';
import { splitTo } from '../base/split.ts';
import { capDecision, payingDecision } from '../library/decisions.ts';
import type { Expression } from '../model/expression.ts';
import type { Bonus, Gate } from '../model/pay.ts';
import type { Because, Prorated } from '../model/pay-lines.ts';
import type { Role } from '../model/policy.ts';
import { type CellPlace, type Run, stop, wordsOf } from './cell.ts';
import { heldShare, isAway } from './days.ts';
import { evaluate } from './formula.ts';
import { type PerEvent, perEventIn } from './per-event.ts';
import { isThereThrough } from './places.ts';
import { conditionIn, isHeard, supposed, tell } from './watch.ts';

/** One bonus of one cell, step by step. */
export interface PaidBonus {
  readonly bonus: Bonus;
  /** What counts of the period, where the amount shrinks with it. */
  readonly prorated: Prorated | undefined;
  /** After proration; before condition, gate and cap. */
  readonly computed: Exact;
  /** After all of them, before rounding: what other formulas see. */
  readonly payable: Exact;
  readonly amount: Exact;
  readonly because: readonly Because[];
  /** Of a bonus per event: its rows. */
  readonly perEvent?: PerEvent;
}

/** What formulas of the same period see of a bonus. */
export function bonusBeforeRounding(run: Run, name: string, place: CellPlace): Exact {
  return paidBonus(run, bonusNamed(place, name), place).payable;
}

/** What formulas of later periods see of a bonus. */
export function bonusAsPaid(run: Run, name: string, place: CellPlace): Exact {
  return toStep(run, paidBonus(run, bonusNamed(place, name), place).payable);
}

/** A bonus of a cell, worked out once. */
export function paidBonus(run: Run, bonus: Bonus, place: CellPlace): PaidBonus {
  const ofCell = run.paid.get(place) ?? new Map<string, PaidBonus>();
  run.paid.set(place, ofCell);
  const found = ofCell.get(bonus.name) ?? payBonus(run, bonus, place);
  ofCell.set(bonus.name, found);
  return found;
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

function payBonus(run: Run, bonus: Bonus, place: CellPlace): PaidBonus {
  const because: Because[] = [];
  const failed = bonus.gated
    ? roleOf(place).gates.filter(
        (gate) => gateApplies(run, gate, place) && !holds(run, gate.condition, place, 'gate'),
      )
    : [];
  const stays = !bonus.whileEmployed || isStillThere(run, place);
  if (bonus.whileEmployed && isHeard(run))
    tell(run, payingDecision(bonus.span, 'while employed', stays), place);
  const valued = <T>(isPaid: boolean, work: () => T): T =>
    isPaid && stays && failed.length === 0 ? work() : supposed(run, bonus.value.span, work);
  const perEvent =
    bonus.perEvent === undefined ? undefined : valued(true, () => perEventIn(run, bonus, place));
  const applies = perEvent !== undefined || !bonus.when || holds(run, bonus.when, place);
  if (!applies) because.push({ kind: 'condition', condition: wordsOf(run, bonus.when!.span) });
  for (const gate of failed) because.push({ kind: 'gate', condition: wordsOf(run, gate.condition.span) });
  const value =
    perEvent?.value ??
    valued(applies, () =>
      applies ? (evaluate(run, bonus.value, place) as Exact | undefined) : wouldBe(run, bonus, place),
    );
  const away = value === undefined && applies && isAway(run, place);
  if (away) because.push({ kind: 'absent' });
  if (value === undefined && applies && !away) {
    return stop(
      'M3002',
      bonus.value.span,
      `bonus \`${bonus.name}\` is missing here`,
      'say what is paid then with `else`',
    );
  }
  const { share, prorated } = bonus.prorated ? heldShare(run, roleOf(place), place) : WHOLE;
  const computed = value === undefined ? ZERO : multiply(value, share);
  if (!stays) because.push({ kind: 'left' });
  const open = applies && failed.length === 0 && stays;
  const payable = open ? bounded(run, bonus, { value: computed, place, because }) : ZERO;
  return {
    bonus,
    prorated,
    computed,
    payable,
    amount: rounded(run, payable),
    because,
    ...(perEvent && { perEvent }),
  };
}

/** What isn't prorated. */
const WHOLE = { share: ONE, prorated: undefined };

/** What a bonus whose condition fails would pay; nothing where the condition is what keeps it from having no end. */
function wouldBe(run: Run, bonus: Bonus, place: CellPlace): Exact | undefined {
  try {
    return evaluate(run, bonus.value, place) as Exact | undefined;
  } catch (error) {
    if (error instanceof RunError) return undefined;
    throw error;
  }
}

/** Whether the person is there on the last day of what is worked out: who has changed roles is. */
function isStillThere(run: Run, { viewer, period }: CellPlace): boolean {
  return viewer.kind === 'stay' && isThereThrough(run, viewer.stay.person, period);
}

/** The bonus's own floor, prorated to the days that count, and then its cap. */
function bounded(
  run: Run,
  { floor, cap }: Bonus,
  {
    value,
    place,
    because,
  }: { readonly value: Exact; readonly place: CellPlace; readonly because: Because[] },
): Exact {
  let found = value;
  if (floor) {
    const lowest = multiply(boundIn(run, floor, place), heldShare(run, roleOf(place), place).share);
    if (isHeard(run)) tell(run, capDecision('floor', floor.span, { value: found, bound: lowest }), place);
    if (compare(found, lowest) < 0) because.push({ kind: 'floor', floor: exactText(lowest) });
    found = greatest(found, lowest);
  }
  if (cap) {
    const most = boundIn(run, cap, place);
    if (isHeard(run)) tell(run, capDecision('cap', cap.span, { value: found, bound: most }), place);
    if (compare(found, most) > 0) because.push({ kind: 'cap', cap: exactText(most) });
    found = least(found, most);
  }
  return found;
}

/** The amount of a bound; of who is away, from whom nothing is expected that it could be measured by, nothing. */
export function boundIn(run: Run, amount: Expression, place: CellPlace): Exact {
  const found = evaluate(run, amount, place) as Exact | undefined;
  return found ?? (isAway(run, place) ? ZERO : stopForMissing(run, amount));
}

/** Whether a gate's `when` holds, so that it counts. */
export function gateApplies(run: Run, gate: Gate, place: CellPlace): boolean {
  if (!gate.when) return true;
  // what can't be told of who is away pays nothing
  const isUnknown = isAway(run, place) && evaluate(run, gate.when, place) === undefined;
  return isUnknown || holds(run, gate.when, place);
}

/**
 * Whether a condition holds; one that is missing stops the run rather than pay or withhold in silence. Of who is away
 * the whole period it may be missing, as nothing was expected, and then doesn't hold.
 */
export function holds(
  run: Run,
  condition: Gate['condition'],
  place: CellPlace,
  kind: 'condition' | 'gate' = 'condition',
): boolean {
  const value = conditionIn(run, condition, place, kind);
  if (typeof value === 'boolean') return value;
  return isAway(run, place) ? false : stopForMissing(run, condition);
}

function stopForMissing(run: Run, node: Expression): never {
  return stop(
    'M3002',
    node.span,
    `${node.type.kind === 'truth' ? 'the condition' : 'the amount'} \`${wordsOf(run, node.span)}\` is missing here`,
    'say what counts then with `else`',
  );
}

export function rounded(run: Run, value: Exact): Exact {
  return run.unrounded ? value : toStep(run, value);
}

function toStep(run: Run, value: Exact): Exact {
  return roundTo(value, exact(run.model.rounding.step), run.model.rounding.mode);
}

/** The parts of an amount that is rounded, to the cent: see `splitTo`. */
export function partsIn(run: Run, amount: Exact, parts: readonly Exact[]): readonly Exact[] {
  if (!run.unrounded) return splitTo(amount, parts, exact(run.model.rounding.step));
  const difference = divide(subtract(amount, sumOf(parts)), whole(parts.length)) ?? ZERO;
  return parts.map((each) => add(each, difference));
}

export function sumOf(amounts: readonly Exact[]): Exact {
  return amounts.reduce(add, ZERO);
}
