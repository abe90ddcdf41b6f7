// Steps of a person's pay: roles and lines as a statement has them, each line with what it is made of.

import { exactText } from '../base/exact.ts';
import type { Period } from '../base/period.ts';
import { lineOf, type PayAmount, payableOf } from '../evaluate/amounts.ts';
import { outcomesOf } from '../evaluate/awards.ts';
import { type CellPlace, type Run, wordsOf } from '../evaluate/cell.ts';
import { holds, paidBonus } from '../evaluate/pay.ts';
import { paidIn } from '../evaluate/pays-in.ts';
import type { PersonPay } from '../evaluate/person-pay.ts';
import { stayPlace } from '../evaluate/places.ts';
import { staysFor } from '../evaluate/recipients.ts';
import { earnedIn } from '../evaluate/role-pay.ts';
import type { AwardHow, Step, WouldPay } from '../model/explanation.ts';
import type { Award, Bonus, Cap, Draw, Floor, Level } from '../model/pay.ts';
import type { Stay } from '../model/people.ts';
import { staysOfPerson } from '../query/persons.ts';
import { type Explaining, MONEY, money, roleIn, saidOf, shownValue, TRUTH } from './explaining.ts';
import { stepIn } from './steps.ts';
import { bonusParts, conditionParts, formulaPart, titleOf } from './steps-bonus.ts';
import { comparedWith, firstAndOwn, largestFirst, personStep } from './steps-others.ts';

/** A line of pay, and the stay that it comes from. */
export interface PaidLine {
  readonly amount: PayAmount;
  readonly stay?: Stay;
  readonly pay: PersonPay;
}

/** What would have made a line more. */
export type Would = (line: PaidLine) => readonly WouldPay[];

/** A person's pay of a period. */
export function payStep(explaining: Explaining, pay: PersonPay, would: Would): Step {
  const { run } = explaining;
  const all = [...pay.roles.flatMap((each) => each.amounts), ...pay.own];
  return {
    kind: 'pay',
    name: 'pay',
    value: money(run, exactText(payableOf(all))),
    how: { kind: 'sum' },
    parts: [
      ...pay.roles.map(({ stay, amounts }) => roleStep(explaining, { stay, amounts, pay }, would)),
      ...pay.own.map((amount) => lineStep(explaining, { amount, pay }, would)),
    ],
  };
}

function roleStep(
  explaining: Explaining,
  {
    stay,
    amounts,
    pay,
  }: { readonly stay: Stay; readonly amounts: readonly PayAmount[]; readonly pay: PersonPay },
  would: Would,
): Step {
  const { run } = explaining;
  const role = run.roles.get(stay.role)!;
  return {
    kind: 'role',
    name: role.name,
    ...titleOf(role),
    whose: roleIn(role.name, stayPlace(run, stay, pay.period)),
    value: money(run, exactText(payableOf(amounts))),
    how: { kind: 'sum' },
    parts: amounts.map((amount) => lineStep(explaining, { amount, stay, pay }, would)),
  };
}

/** One line of pay. */
export function lineStep(explaining: Explaining, line: PaidLine, would: Would): Step {
  const { run } = explaining;
  const { amount, pay, stay } = line;
  const said = lineOf(amount, pay.isLost);
  const more = would(line);
  const paid = paidIn(run, amount, pay);
  const head = {
    kind: amount.kind,
    name: amount.name,
    ...titleOf(amount),
    value: money(run, said.amount),
    ...(amount.over === pay.period.id ? {} : { whose: { period: amount.over } }),
    ...(paid ? { paid } : {}),
    ...(more.length > 0 ? { would: more } : {}),
  };
  switch (amount.kind) {
    case 'bonus': {
      const { bonus, place } = bonusOf(run, { amount, stay: stay!, pay });
      const { how, parts } = bonusParts(explaining, paidBonus(run, bonus, place), {
        place,
        counts: 'payable now',
      });
      const later = {
        ...(said.later ? { later: said.later } : {}),
        ...(said.freed ? { freed: said.freed } : {}),
      };
      return { ...head, ...saidOf(run, bonus.span), text: said.formula, how: { ...how, ...later }, parts };
    }
    case 'award': {
      const award = run.model.awards.find((each) => each.name === amount.name)!;
      return { ...awardStep(explaining, award, { person: pay.person, period: pay.period }), ...head };
    }
    case 'floor':
    case 'cap':
    case 'draw': {
      const bound = boundOf(run, said.formula, line);
      return {
        ...head,
        text: said.formula,
        ...(bound ? { ...saidOf(run, bound.bound.span), text: said.formula } : {}),
        how: {
          kind: 'line',
          line: amount.kind,
          computed: said.computed,
          because: said.because ?? [],
          ...(said.prorated ? { prorated: said.prorated } : {}),
          ...(said.earned === undefined ? {} : { earned: said.earned }),
        },
        parts: bound ? formulaPart(explaining, bound.bound.amount, bound.place) : [],
      };
    }
    case 'due':
    case 'excess':
    case 'recovery':
      return {
        ...head,
        how: {
          kind: 'line',
          line: amount.kind,
          computed: said.computed,
          because: said.because ?? [],
          ...(said.freed ? { freed: said.freed } : {}),
        },
        parts: [],
      };
    default:
      return amount.kind satisfies never;
  }
}

/** The bonus that a line is of, and the cell in which it was worked out. */
export function bonusOf(
  run: Run,
  { amount, stay, pay }: PaidLine & { readonly stay: Stay },
): { readonly bonus: Bonus; readonly place: CellPlace } {
  const bonus = run.roles.get(stay.role)!.bonuses.find((each) => each.name === amount.name)!;
  const over = earnedIn(run, stay, bonus.grain, pay.period).find((each) => each.id === amount.over)!;
  return { bonus, place: stayPlace(run, stay, over) };
}

/** The bound that a line comes from: by its words, among those of the role, or of all pay. */
function boundOf(
  run: Run,
  formula: string,
  { amount, stay, pay }: PaidLine,
): { readonly bound: Cap | Floor | Draw; readonly place: CellPlace } | undefined {
  const { floors, caps, draws } = stay ? run.roles.get(stay.role)! : run.model.pay;
  const all = amount.kind === 'floor' ? floors : amount.kind === 'cap' ? caps : draws;
  const bound = all.find((each) => wordsOf(run, each.amount.span) === formula);
  const whose = stay ?? staysOfPerson(run.people, pay.person).findLast((each) => pay.stays.includes(each));
  if (!bound || !whose) return undefined;
  const over = earnedIn(run, whose, amount.grain, pay.period).find((each) => each.id === amount.over);
  return { bound, place: stayPlace(run, whose, over ?? pay.period) };
}

// ---- awards --------------------------------------------------------------------------------------------------------

/** An award or level of a person: the place, the condition, and what it gives. */
export function awardStep(
  explaining: Explaining,
  award: Award | Level,
  { person, period }: { readonly person: string; readonly period: Period },
): Step {
  const { run } = explaining;
  const outcome = outcomesOf(run, award, period).get(person);
  const stay = outcome?.stay ?? staysFor(run, award.to, period).findLast((each) => each.person === person);
  const place = stay && stayPlace(run, stay, period);
  const won = outcome?.won ?? false;
  const how: AwardHow = {
    kind: 'award',
    won,
    ...(outcome?.placed ? { place: outcome.placed.place, sharing: outcome.placed.sharing } : {}),
    prizes: (outcome?.prizes ?? []).map(({ prize, amount, text }) => ({
      kind: prize.kind,
      value: {
        value: amount ? exactText(amount) : text!,
        type:
          prize.kind === 'money'
            ? MONEY(run)
            : prize.kind === 'points'
              ? { kind: 'number' }
              : { kind: 'text' },
      },
    })),
  };
  return {
    kind: award.kind,
    name: award.name,
    ...titleOf(award),
    ...saidOf(run, award.span),
    value: shownValue(won, TRUTH),
    how,
    parts: [
      ...rankedParts(explaining, award, period),
      ...(award.when && place && outcome
        ? conditionParts(explaining, award.when, { place, kind: 'condition' })
        : []),
      ...prizeParts(explaining, award, { place, won }),
    ],
  };
}

/** Those who are in front, by what the award ranks. */
function rankedParts(explaining: Explaining, award: Award | Level, period: Period): readonly Step[] {
  const { top } = award.to;
  if (!top) return [];
  const { run } = explaining;
  const stays = staysFor(run, award.to, period);
  const first = stays[0];
  if (!first) return [];
  const all = comparedWith(explaining, top.by, { stays, place: stayPlace(run, first, period) });
  return firstAndOwn(explaining, largestFirst(all)).map((each) => personStep(explaining, each));
}

function prizeParts(
  explaining: Explaining,
  award: Award | Level,
  { place, won }: { readonly place: CellPlace | undefined; readonly won: boolean },
): readonly Step[] {
  if (award.kind === 'level' || !place || !won) return [];
  return award.gives.flatMap((prize) => {
    if (prize.when && !holds(explaining.run, prize.when, place))
      return conditionParts(explaining, prize.when, { place, kind: 'condition' });
    const step = prize.value.kind === 'constant' ? undefined : stepIn(explaining, prize.value, place);
    return step ? [step] : [];
  });
}
