// What statements say of awards: the money among the lines of pay, and beside it what was won and why, the account of
// points, what is kept, and levels.

import { RunError } from '../base/diagnostic.ts';
import { type Exact, exactText } from '../base/exact.ts';
import type { Period } from '../base/period.ts';
import { NUMBER } from '../library/types.ts';
import type { AwardLine, LevelLine, PrizeLine } from '../model/award-lines.ts';
import type { Input } from '../model/inputs.ts';
import type { Award, Level, Recipients } from '../model/pay.ts';
import type { PayLine } from '../model/pay-lines.ts';
import type { Stay } from '../model/people.ts';
import type { Statement } from '../model/result.ts';
import { staysOfPerson } from '../query/persons.ts';
import { gives, levelsUntil, pointsUntil, sumOfPoints, thingsUntil } from './account.ts';
import { type Outcome, outcomesOf, type Won } from './awards.ts';
import { type CellPlace, type Run, wordsOf } from './cell.ts';
import { figureValue, inputsOf } from './lines.ts';
import { hasDayIn, stayPlace } from './places.ts';
import { firstOf, type Placed } from './recipients.ts';

/** Lines of pay for the money that the stay won, in the policy's order; lines add up, so each is rounded once. */
export function awardPayLines(run: Run, stay: Stay, period: Period): readonly PayLine[] {
  return run.model.awards.flatMap((award) => {
    const outcome = outcomesOf(run, award, period).get(stay.person);
    if (outcome?.stay !== stay) return [];
    return moneyLines(run, award, { outcome, place: stayPlace(run, stay, period) });
  });
}

interface Of {
  readonly outcome: Outcome;
  readonly place: CellPlace;
}

function moneyLines(run: Run, award: Award | Level, { outcome, place }: Of): readonly PayLine[] {
  return outcome.prizes
    .filter(({ prize }) => prize.kind === 'money')
    .map(({ prize, computed, amount }) => {
      const when = prize.when ?? award.when;
      return {
        kind: 'award',
        name: award.name,
        ...head(award),
        period: place.period.id,
        formula: wordsOf(run, prize.value.span),
        ...(when ? { condition: wordsOf(run, when.span) } : {}),
        inputs: [...reasonsOf(run, award, place), ...inputsOf(run, prize.value, place)].filter(isFirst),
        computed: exactText(computed!),
        amount: exactText(amount!),
      };
    });
}

function head({ title, doc }: Award | Level): { readonly title?: string; readonly doc?: string } {
  return { ...(title === undefined ? {} : { title }), ...(doc === undefined ? {} : { doc }) };
}

/** What it was won by: what people were ranked by, and what the condition read. */
function reasonsOf(run: Run, { to: { top }, when }: Award | Level, place: CellPlace): readonly Input[] {
  const formulas = [top?.by, top?.thenBy, when].filter((each) => each !== undefined);
  return formulas.flatMap((each) => inputsOf(run, each, place)).filter(isFirst);
}

function isFirst(input: Input, index: number, all: readonly Input[]): boolean {
  return all.findIndex((each) => each.text === input.text) === index;
}

/** What a statement says beside pay; parts that the policy has nothing of are absent. */
export function besidePay(
  run: Run,
  person: string,
  period: Period,
): Pick<Statement, 'awards' | 'points' | 'kept' | 'levels'> {
  const all = run.model.awards;
  const awards = all
    .filter((each) => each.kind === 'award')
    .flatMap((each) => awardLine(run, each, { person, period }));
  const levels = all.some((each) => each.kind === 'level') ? levelLines(run, person, period) : [];
  const kept = all.some((each) => gives(each, 'badge') || gives(each, 'training'))
    ? thingsUntil(run, person, period.until)
    : [];
  return {
    ...(awards.length > 0 ? { awards } : {}),
    ...pointsLine(run, person, period),
    ...(kept.length > 0
      ? {
          kept: kept.map(({ award, period: { id }, won }) => ({
            kind: won.prize.kind as 'badge' | 'training',
            name: won.text!,
            award: award.name,
            period: id,
          })),
        }
      : {}),
    ...(levels.length > 0 ? { levels } : {}),
  };
}

/** The account of who has points, or is in a role that can win some. */
function pointsLine(run: Run, person: string, period: Period): Pick<Statement, 'points'> {
  const all = pointsUntil(run, person, period.until);
  const givers = run.model.awards.filter((each) => gives(each, 'points'));
  const stays = staysOfPerson(run.people, person).filter((each) => hasDayIn(each, period));
  const canWin = stays.some(({ role }) => givers.some(({ to }) => to.roles.includes(role)));
  if (all.length === 0 && !canWin) return {};
  const gained = all.filter((each) => each.period.id === period.id);
  return { points: { gained: exactText(sumOfPoints(gained)), balance: exactText(sumOfPoints(all)) } };
}

interface Whose {
  readonly person: string;
  readonly period: Period;
}

function awardLine(run: Run, award: Award, { person, period }: Whose): readonly AwardLine[] {
  const outcome = outcomesOf(run, award, period).get(person);
  if (!outcome) return notPlaced(run, award, { person, period });
  const { stay, placed, won, prizes } = outcome;
  return [
    {
      award: award.name,
      ...head(award),
      role: stay.role,
      won,
      ...(placed
        ? { place: placed.place, sharing: placed.sharing, by: wordsOf(run, award.to.top!.by.span) }
        : {}),
      ...(award.when ? { condition: wordsOf(run, award.when.span) } : {}),
      inputs: reasonsOf(run, award, stayPlace(run, stay, period)),
      prizes: prizes.map((each) => prizeLine(run, each)),
    },
  ];
}

/** The line of who is in a role that the award is for, and on none of its places. */
function notPlaced(run: Run, award: Award, { person, period }: Whose): readonly AwardLine[] {
  const { to } = award;
  const stay = staysOfPerson(run.people, person).findLast(
    (each) => to.roles.includes(each.role) && hasDayIn(each, period),
  );
  if (!to.top || !stay) return [];
  const placed = placesIn(run, award, period).get(person);
  return [
    {
      award: award.name,
      ...head(award),
      role: (placed?.stay ?? stay).role,
      won: false,
      ...(placed ? { place: placed.place, sharing: placed.sharing } : {}),
      by: wordsOf(run, to.top.by.span),
      places: to.top.count,
      inputs: inputsOf(run, to.top.by, stayPlace(run, placed?.stay ?? stay, period)),
      prizes: [],
    },
  ];
}

const places = new WeakMap<Run, Map<string, ReadonlyMap<string, Placed>>>();

/** Everybody's place, also past those that win. */
function placesIn(run: Run, { name, to }: Award, period: Period): ReadonlyMap<string, Placed> {
  const ofRun = places.get(run) ?? new Map<string, ReadonlyMap<string, Placed>>();
  places.set(run, ofRun);
  const key = JSON.stringify([name, period.id]);
  const found = ofRun.get(key) ?? new Map(allPlaces(run, to, period).map((each) => [each.stay.person, each]));
  ofRun.set(key, found);
  return found;
}

/** Those further down were compared by nothing else before: what they lack mustn't stop the run. */
function allPlaces(run: Run, to: Recipients, period: Period): readonly Placed[] {
  const { top } = to;
  if (!top) return [];
  try {
    return firstOf(run, { ...to, top: { ...top, count: Number.MAX_SAFE_INTEGER } }, period);
  } catch (fault) {
    if (fault instanceof RunError) return [];
    throw fault;
  }
}

function prizeLine(run: Run, { prize, amount, text }: Won): PrizeLine {
  const value = (cell: Exact | string) =>
    figureValue(cell, prize.kind === 'points' ? NUMBER : prize.value.type);
  return {
    kind: prize.kind,
    value: value(amount ?? text!),
    ...(prize.when ? { condition: wordsOf(run, prize.when.span) } : {}),
  };
}

/** Levels that are reached, and those that the person, in the roles of the period, is on the way to. */
function levelLines(run: Run, person: string, period: Period): readonly LevelLine[] {
  const reached = levelsUntil(run, person, period.until);
  return run.model.awards.flatMap((level): readonly LevelLine[] => {
    if (level.kind !== 'level') return [];
    const since = reached.find((each) => each.level === level)?.period.id;
    const stay = staysOfPerson(run.people, person).findLast(
      (each) => level.to.roles.includes(each.role) && hasDayIn(each, period),
    );
    if (since === undefined && !stay) return [];
    return [
      {
        level: level.name,
        ...head(level),
        ...(since === undefined ? {} : { since }),
        condition: wordsOf(run, level.when.span),
        inputs: stay ? reasonsOf(run, level, stayPlace(run, stay, period)) : [],
      },
    ];
  });
}
