// What one stay in a role earns in a period: bonuses in the policy's order, money that was won, what floors add and what
// caps take. A bonus with a longer grain is earned in the period in which that grain, or the role, ends.

import { add, exact, exactText, multiply, ZERO } from '../base/exact.ts';
import { type Grain, type Period, periodAt } from '../base/period.ts';
import type { Bonus, Cap, Floor } from '../model/pay.ts';
import type { PayLine } from '../model/pay-lines.ts';
import type { Stay } from '../model/people.ts';
import type { Role } from '../model/policy.ts';
import { boundedOf, type PayAmount } from './amounts.ts';
import { type Bounding, cutDown, toppedUp } from './bounds.ts';
import { type Carried, countedBefore, takenBefore } from './carried.ts';
import { type CellPlace, type Run, wordsOf } from './cell.ts';
import { heldShare } from './days.ts';
import { freedInOwn, freedOver, rowOf } from './freed.ts';
import { scheduled } from './later-pay.ts';
import { inputsOf } from './lines.ts';
import { seldomPaid } from './needed.ts';
import { boundIn, paidBonus } from './pay.ts';
import { rowAmounts } from './per-event.ts';
import { freedLine, perEventLines } from './per-event-lines.ts';
import { stayPlace } from './places.ts';

/** A stay in a period of the policy. */
export interface StayIn {
  readonly stay: Stay;
  readonly period: Period;
}

/** Each amount rounded, so that they add up. Draws aren't among them: they look at what is due from earlier too. */
export function rolePay(run: Run, { stay, period }: StayIn, carried: Carried): readonly PayAmount[] {
  const role = run.roles.get(stay.role)!;
  const places = new Map<string, readonly CellPlace[]>();
  const placesOf = (grain: Grain): readonly CellPlace[] => {
    const found =
      places.get(grain) ?? earnedIn(run, stay, grain, period).map((each) => stayPlace(run, stay, each));
    places.set(grain, found);
    return found;
  };
  const amounts: PayAmount[] = role.bonuses.flatMap((bonus) =>
    placesOf(bonus.grain).map((place) => bonusAmount(run, bonus, { place, period })),
  );
  role.floors.forEach((floor, index) => {
    for (const place of placesOf(floor.grain)) {
      const key = `${role.name} floor ${index} ${stay.from}`;
      const bounding = boundingOf(run, floor, { key, role, place, amounts, carried });
      amounts.push(...toppedUp(run, bounding));
    }
    if (floor.inAll)
      keepCount(run, floor, { key: `${role.name} floor ${index} ${stay.from}`, period, amounts, carried });
  });
  role.caps.forEach((cap, index) => {
    // a longer time is bounded as it goes on, so that nothing has to be paid back when it ends
    const running = cap.inAll && cap.grain !== run.model.grain;
    const cells = running ? [stayPlace(run, stay, periodAt(cap.grain, period.from))] : placesOf(cap.grain);
    const key = `${role.name} cap ${index}${running ? ` ${stay.from}` : ''}`;
    for (const place of cells) {
      const taken = running ? { taken: takenBefore(carried, key, place.period) } : {};
      const bounding = boundingOf(run, cap, { key, role, place, amounts, carried });
      amounts.push(...cutDown(run, { ...bounding, ...taken }, carried));
    }
    if (running) keepCount(run, cap, { key, period, amounts, carried });
  });
  return [...amounts, ...awardAmounts(run, { stay, period })];
}

interface Bound {
  readonly key: string;
  readonly role: Role;
  readonly place: CellPlace;
  readonly amounts: readonly PayAmount[];
  readonly carried: Carried;
}

function boundingOf<T extends Cap | Floor>(
  run: Run,
  bound: T,
  { key, role, place, amounts, carried }: Bound,
): Bounding<T> {
  const { period } = place;
  const isFloor = !('carryExcess' in bound) && role.floors.includes(bound as Floor);
  const held = isFloor ? heldShare(run, role, place) : undefined;
  const amount = boundIn(run, bound.amount, place);
  return {
    bound,
    key,
    role: role.name,
    over: period,
    amount: held ? multiply(amount, held.share) : amount,
    counted: amounts.filter((each) => bound.inAll || (each.grain === bound.grain && each.over === period.id)),
    before: bound.inAll ? countedBefore(carried, key, period) : ZERO,
    of: 'earned',
    says: () => ({ inputs: inputsOf(run, bound.amount, place), prorated: held?.prorated }),
    whom: place,
  };
}

/** Adds up what a bound over a longer time has counted. */
function keepCount(
  run: Run,
  bound: Cap | Floor,
  of: {
    readonly key: string;
    readonly period: Period;
    readonly amounts: readonly PayAmount[];
    readonly carried: Carried;
  },
): void {
  if (bound.grain === run.model.grain) return;
  const { key, amounts, carried } = of;
  const over = periodAt(bound.grain, of.period.from);
  const counted = amounts.reduce((sum, each) => add(sum, boundedOf(each)), ZERO);
  carried.counted.set(key, { period: over.id, amount: add(countedBefore(carried, key, over), counted) });
}

/** The periods of a longer grain that are earned in this period: those whose end, or the stay's if sooner, lies in it. */
export function earnedIn(run: Run, stay: Stay, grain: Grain, period: Period): readonly Period[] {
  if (grain === run.model.grain) return [period];
  const first = periodAt(grain, Math.max(stay.from, period.from));
  const last = periodAt(grain, Math.min(stay.until, period.until) - 1);
  const found = first.id === last.id ? [first] : [first, last];
  return found.filter((each) => {
    const end = Math.min(each.until, stay.until) - 1;
    return end >= period.from && end < period.until;
  });
}

function bonusAmount(
  run: Run,
  bonus: Bonus,
  { place, period }: { readonly place: CellPlace; readonly period: Period },
): PayAmount {
  const paid = paidBonus(run, bonus, place);
  const { amount, perEvent } = paid;
  const { now, later } = bonus.payableAs
    ? freedOver(run, paid, period)
    : scheduled(run, bonus, amount, period);
  return {
    kind: 'bonus',
    name: bonus.name,
    ...(bonus.title === undefined ? {} : { title: bonus.title }),
    ...(place.viewer.kind === 'stay' ? { role: place.viewer.role.name } : {}),
    grain: bonus.grain,
    over: place.period.id,
    earned: amount,
    payable: now,
    later,
    ...(bonus.paysIn ? { paysIn: bonus.paysIn } : {}),
    ...(perEvent
      ? {
          rows: () => {
            if (bonus.payableAs) return freedInOwn(run, paid, period).map(rowOf);
            const amounts = rowAmounts(run, paid);
            return perEvent.counted.map(({ row }, at) => ({ amount: amounts[at]!, day: row.day }));
          },
        }
      : {}),
    line: () => bonusLine(run, bonus, place),
  };
}

/** What a statement says of a bonus; its amount is what is earned. */
export function bonusLine(run: Run, bonus: Bonus, place: CellPlace): PayLine {
  const paid = paidBonus(run, bonus, place);
  const perEvent = perEventLines(run, paid);
  const conditions = bonus.when ? inputsOf(run, bonus.when, place) : [];
  const inputs = inputsOf(run, bonus.value, place);
  return {
    kind: 'bonus',
    name: bonus.name,
    ...(bonus.title === undefined ? {} : { title: bonus.title }),
    ...(bonus.doc === undefined ? {} : { doc: bonus.doc }),
    period: place.period.id,
    formula: wordsOf(run, bonus.value.span),
    ...(bonus.when ? { condition: wordsOf(run, bonus.when.span) } : {}),
    inputs: [...inputs, ...conditions.filter((each) => !inputs.some((other) => other.text === each.text))],
    ...(paid.prorated ? { prorated: paid.prorated } : {}),
    ...(perEvent && { perEvent }),
    ...(bonus.payableAs ? { freed: freedInOwn(run, paid, place.period).map(freedLine) } : {}),
    computed: exactText(paid.computed),
    amount: exactText(paid.amount),
    ...(paid.because.length > 0 ? { because: paid.because } : {}),
  };
}

/** Money that was won: it is paid with the period, and no cap or floor of a role counts it. */
function awardAmounts(run: Run, { stay, period }: StayIn): readonly PayAmount[] {
  if (run.model.awards.length === 0) return [];
  return seldomPaid()
    .awardPayLines(run, stay, period)
    .map((line): PayAmount => {
      const amount = exact(line.amount);
      const { name, title } = line;
      return {
        kind: 'award',
        name,
        ...(title === undefined ? {} : { title }),
        role: stay.role,
        grain: run.model.grain,
        over: line.period,
        earned: amount,
        payable: amount,
        later: [],
        line: () => line,
      };
    });
}
