// What awards give in a period, and who fulfils levels: the people whom they are for, those of them for whom the condition
// holds, and each prize. An award is a person's, and is won once a period.

import { add, compare, type Exact, fraction, multiply, ONE, ZERO } from '../base/exact.ts';
import type { Period } from '../base/period.ts';
import type { Held } from '../model/decision.ts';
import type { Award, Level, Prize } from '../model/pay.ts';
import type { Stay } from '../model/people.ts';
import { type CellPlace, isTop, type Run, stop } from './cell.ts';
import { isAway } from './days.ts';
import { evaluate } from './formula.ts';
import { holds, partsIn, rounded } from './pay.ts';
import { stayPlace } from './places.ts';
import { firstOf, type Placed, staysFor } from './recipients.ts';
import { isHeard, tell } from './watch.ts';

/** An award of a person in a period: won, or (of who is on one of the first places, or who needn't be) not, as its condition fails. */
export interface Outcome {
  /** The stay that it is won by. */
  readonly stay: Stay;
  readonly placed?: Placed;
  /** Whether the award's own condition holds. */
  readonly won: boolean;
  /** Those whose own condition holds. */
  readonly prizes: readonly Won[];
}

export interface Won {
  readonly prize: Prize;
  /** What it comes to before rounding, where it is money or points; a part of it where it is split among ties. */
  readonly computed?: Exact;
  /** Money: rounded. Points: as computed. */
  readonly amount?: Exact;
  /** A badge, recognition or training by its name. */
  readonly text?: string;
}

// what periods gave is asked for again by all who look back
const known = new WeakMap<Run, Map<string, ReadonlyMap<string, Outcome>>>();

/** Everybody's outcome of an award or level, by person and in order of person. */
export function outcomesOf(run: Run, award: Award | Level, period: Period): ReadonlyMap<string, Outcome> {
  const ofRun = known.get(run) ?? new Map<string, ReadonlyMap<string, Outcome>>();
  known.set(run, ofRun);
  const key = JSON.stringify([award.kind, award.name, period.id]);
  const found =
    ofRun.get(key) ?? new Map(workedOut(run, award, period).map((each) => [each.stay.person, each]));
  ofRun.set(key, found);
  return found;
}

function workedOut(run: Run, award: Award | Level, period: Period): readonly Outcome[] {
  const { to, when } = award;
  const gives = award.kind === 'award' ? award.gives : [];
  const outcome = (stay: Stay, placed?: Placed): Outcome => {
    const place = stayPlace(run, stay, period);
    const won = !when || holds(run, when, place);
    const prizes = won
      ? gives.flatMap((prize) => prizeIn(run, prize, { place, share: shareOf(award, placed) }))
      : [];
    return { stay, ...(placed ? { placed } : {}), won, prizes };
  };
  if (!to.top) {
    const outcomes = oncePerPerson(staysFor(run, to, period).map((stay) => outcome(stay)));
    if (isHeard(run)) for (const each of outcomes) tellWon(run, award, { ...each, period, held: [] });
    return outcomes;
  }
  const outcomes = firstOf(run, to, period).map((placed) => outcome(placed.stay, placed));
  if (isHeard(run)) tellPlaces(run, award, { outcomes, period });
  return (to.splitAmongTies ? splitToCents(run, outcomes) : outcomes).toSorted(byPerson);
}

function tellWon(
  run: Run,
  { span }: Award | Level,
  of: { readonly stay: Stay; readonly won: boolean; readonly period: Period; readonly held: readonly Held[] },
): void {
  const { stay, won, period, held } = of;
  const whom = { person: stay.person, role: stay.role, period: period.id };
  const way = won ? 'won' : 'not won';
  tell(run, { kind: 'award', span, way, ...(held.length > 0 ? { held } : {}) }, whom);
}

/** Who is on one of the first places, and who isn't, each with the value that the place begins or ends at. */
function tellPlaces(
  run: Run,
  award: Award | Level,
  { outcomes, period }: { readonly outcomes: readonly Outcome[]; readonly period: Period },
): void {
  const { to, span } = award;
  const rankedBy = (stay: Stay) =>
    evaluate(run, to.top!.by, stayPlace(run, stay, period)) as Exact | undefined;
  const first = new Set(outcomes.map(({ stay }) => stay.person));
  const others = staysFor(run, to, period).filter((stay) => !first.has(stay.person));
  const last = outcomes.map(({ stay }) => rankedBy(stay)!).reduce<Exact | undefined>(lesser, undefined);
  const next = others.flatMap((stay) => rankedBy(stay) ?? []).reduce<Exact | undefined>(greater, undefined);
  const held = (stay: Stay, bound: Exact | undefined): readonly Held[] => {
    const value = rankedBy(stay);
    const isNumber = value && bound && !isTop(value) && !isTop(bound);
    return isNumber ? [{ value, bound, includes: true }] : [];
  };
  for (const { stay, won, placed } of outcomes) {
    tellWon(run, award, { stay, won, period, held: held(stay, next) });
    if (!to.splitAmongTies || !placed) continue;
    const way = placed.sharing > 1 ? 'shared' : 'alone';
    tell(run, { kind: 'award', span, part: 'split', way }, { person: stay.person, period: period.id });
  }
  const isFull = outcomes.length >= to.top!.count;
  for (const stay of others)
    tellWon(run, award, { stay, won: false, period, held: isFull ? held(stay, last) : [] });
}

function lesser(a: Exact | undefined, b: Exact): Exact {
  return a && compare(a, b) <= 0 ? a : b;
}

function greater(a: Exact | undefined, b: Exact): Exact {
  return a && compare(a, b) >= 0 ? a : b;
}

/** Where places are shared, the part of each prize that one of them has. */
function shareOf({ to }: Award | Level, placed: Placed | undefined): Exact {
  return to.splitAmongTies && placed ? fraction(placed.prizes, placed.sharing) : ONE;
}

/** Of several stays the last one by which it is won, else the last one. */
function oncePerPerson(outcomes: readonly Outcome[]): readonly Outcome[] {
  const found = new Map<string, Outcome>();
  for (const each of outcomes.toSorted((a, b) => a.stay.from - b.stay.from || a.stay.index - b.stay.index)) {
    if (each.won || !found.get(each.stay.person)?.won) found.set(each.stay.person, each);
  }
  return [...found.values()].sort(byPerson);
}

function byPerson(a: Outcome, b: Outcome): number {
  return a.stay.person < b.stay.person ? -1 : a.stay.person > b.stay.person ? 1 : 0;
}

function prizeIn(
  run: Run,
  prize: Prize,
  { place, share }: { readonly place: CellPlace; readonly share: Exact },
): readonly Won[] {
  if (prize.when && !holds(run, prize.when, place)) return [];
  const value = evaluate(run, prize.value, place);
  if (value === undefined) return isAway(run, place) ? [] : stopForMissing(prize);
  if (prize.kind !== 'money' && prize.kind !== 'points') return [{ prize, text: value as string }];
  const computed = multiply(value as Exact, share);
  return [{ prize, computed, amount: prize.kind === 'money' ? rounded(run, computed) : computed }];
}

function stopForMissing({ value }: Prize): never {
  return stop('M3002', value.span, 'a prize is missing here', 'say what is given then with `else`');
}

/** Money that is split comes to the prize to the cent: what is left over goes by person. */
function splitToCents(run: Run, outcomes: readonly Outcome[]): readonly Outcome[] {
  const amounts = new Map<Won, Exact>();
  const shared = new Map<string, Won[]>();
  for (const { placed, prizes } of outcomes.toSorted(byPerson)) {
    for (const won of prizes.filter(({ prize }) => prize.kind === 'money')) {
      const key = `${placed!.place} ${won.prize.span.start}`;
      const others = shared.get(key);
      if (others) others.push(won);
      else shared.set(key, [won]);
    }
  }
  for (const wons of shared.values()) {
    const parts = wons.map((each) => each.computed!);
    const split = partsIn(run, rounded(run, parts.reduce(add, ZERO)), parts);
    for (const [index, won] of wons.entries()) amounts.set(won, split[index]!);
  }
  const withAmount = (won: Won): Won => ({
    ...won,
    ...(amounts.has(won) ? { amount: amounts.get(won)! } : {}),
  });
  return outcomes.map((each) => ({ ...each, prizes: each.prizes.map(withAmount) }));
}
