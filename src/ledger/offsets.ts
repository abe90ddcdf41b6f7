// What was paid too much of a bonus that is paid in parts is taken of its parts that aren't paid yet, the next one first,
// before it is taken of anything else.

import {
  add,
  type Exact,
  exact,
  greatest,
  isZero,
  least,
  negate,
  sign,
  subtract,
  ZERO,
} from '../base/exact.ts';
import type { Adjustment } from '../model/ledger.ts';
import type { Statement } from '../model/result.ts';

/** A part of a bonus that is payable in the period, or later. */
export interface Part {
  readonly role?: string;
  readonly name: string;
  readonly title?: string;
  /** What the bonus was worked out over. */
  readonly over: string;
  /** The period in which the part is due. */
  readonly due: string;
  readonly amount: Exact;
}

/** What isn't taken of pay now, but of a part when it is due: what a period spares, or (below zero) takes. */
export type Offset = Part;

/** The parts of a statement's bonuses that aren't paid yet, those of the period itself first, in order of time. */
export type Unpaid = readonly Part[];

/** What of earlier bonuses is due in the statement's period, and all that is due later. */
export function unpaidOf({ period, lines = [], due = [] }: Statement): Unpaid {
  return [
    ...lines.flatMap((line): readonly Part[] => {
      if (line.kind !== 'due') return [];
      const { role, name, title, period: over, amount } = line;
      return [{ ...named(role, title), name, over, due: period, amount: exact(amount) }];
    }),
    ...due.map(({ role, name, title, earnedIn: over, period: when, amount }): Part => {
      return { ...named(role, title), name, over, due: when, amount: exact(amount) };
    }),
  ];
}

function named(role: string | undefined, title: string | undefined): Pick<Part, 'role' | 'title'> {
  return { ...(role !== undefined && { role }), ...(title !== undefined && { title }) };
}

/** What is set against later parts, and how much of the period's own pay goes first, as parts of it are due now. */
export interface Offsets {
  readonly offsets: readonly Offset[];
  readonly spared: Exact;
}

/**
 * Sets what the adjustments take of bonuses with unpaid parts against those, and goes on with what earlier periods have
 * left for them: what there is before and after, in lines of the difference. No more is spared than what the adjustments
 * take in all, and no more set against a period than what is due in it in all.
 */
export function offsetsOf(
  adjustments: readonly Adjustment[],
  before: readonly Offset[],
  { unpaid, period }: { readonly unpaid: Unpaid; readonly period: string },
): Offsets {
  const wanted = wantedOf(adjustments, before);
  const room = new Map<string, Exact>();
  for (const { due, amount } of unpaid) room.set(due, add(room.get(due) ?? ZERO, amount));
  const after: Offset[] = [];
  let spared = ZERO;
  for (const part of unpaid) {
    const bonus = bonusKey(part);
    const most = least(greatest(part.amount, ZERO), greatest(room.get(part.due)!, ZERO));
    const amount = least(wanted.get(bonus) ?? ZERO, most);
    if (sign(amount) <= 0) continue;
    wanted.set(bonus, subtract(wanted.get(bonus)!, amount));
    room.set(part.due, subtract(room.get(part.due)!, amount));
    if (part.due === period) spared = add(spared, amount);
    else after.push({ ...part, amount });
  }
  return { offsets: between(before, after), spared };
}

/** How much of each bonus is to be taken of its unpaid parts. */
function wantedOf(adjustments: readonly Adjustment[], before: readonly Offset[]): Map<string, Exact> {
  const earlier = sums(before.map((each) => [bonusKey(each), each.amount]));
  const moved = sums(
    adjustments.flatMap(({ period, lines }) =>
      lines.flatMap(({ kind, role, name, over = period, amount }) => {
        const isOfBonus = kind === 'bonus' || kind === 'due';
        return isOfBonus
          ? [[bonusKey({ ...named(role, undefined), name, over }), exact(amount)] as const]
          : [];
      }),
    ),
  );
  const all = adjustments.reduce((sum, each) => add(sum, exact(each.amount)), ZERO);
  let allowed = greatest(negate(all), ZERO);
  const wanted = new Map<string, Exact>();
  for (const bonus of new Set([...earlier.keys(), ...moved.keys()])) {
    const had = earlier.get(bonus) ?? ZERO;
    const whole = greatest(subtract(had, moved.get(bonus) ?? ZERO), ZERO);
    const more = least(greatest(subtract(whole, had), ZERO), allowed);
    allowed = subtract(allowed, more);
    wanted.set(bonus, add(least(had, whole), more));
  }
  return wanted;
}

/** What leads from the offsets before to those after, in order of time. */
function between(before: readonly Offset[], after: readonly Offset[]): readonly Offset[] {
  const keyOf = (each: Offset): string => `${bonusKey(each)} ${each.due}`;
  const places = new Map([...before, ...after].map((each) => [keyOf(each), each]));
  const [old, now] = [before, after].map((all) => sums(all.map((each) => [keyOf(each), each.amount])));
  return [...places]
    .map(([key, each]) => ({ ...each, amount: subtract(now!.get(key) ?? ZERO, old!.get(key) ?? ZERO) }))
    .filter(({ amount }) => !isZero(amount))
    .sort((a, b) => (a.due < b.due ? -1 : a.due > b.due ? 1 : 0));
}

function bonusKey({ role, name, over }: Pick<Part, 'role' | 'name' | 'over'>): string {
  return JSON.stringify([role ?? null, name, over]);
}

function sums(all: readonly (readonly [string, Exact])[]): ReadonlyMap<string, Exact> {
  const found = new Map<string, Exact>();
  for (const [key, amount] of all) found.set(key, add(found.get(key) ?? ZERO, amount));
  return found;
}
