// What people keep of awards from the beginning of the policy on: their account of points, badges and trainings, and
// levels. Periods are worked out in their order, the earliest first, each once.

import type { Day } from '../base/date.ts';
import { add, type Exact, ZERO } from '../base/exact.ts';
import { type Period, periodAt, shift } from '../base/period.ts';
import { windowDays } from '../library/window.ts';
import type { PointsNode } from '../model/expression.ts';
import type { Award, Level } from '../model/pay.ts';
import type { Model } from '../model/policy.ts';
import type { Cell } from '../model/value.ts';
import { awardFormulas, rolesOf } from '../query/awards.ts';
import { completeFrom } from '../query/named.ts';
import { outcomesOf, type Won } from './awards.ts';
import { type CellPlace, type Run, stop } from './cell.ts';
import { viewerStay } from './formula.ts';

/** What an award gave, and when. */
export interface Kept {
  readonly award: Award;
  readonly period: Period;
  readonly won: Won;
}

/** What is worked out so far, by person; `until` is where it goes on. */
interface Progress<T> {
  until: Day;
  /** A period is being worked out: whoever asks for it now would go in a circle. */
  open: boolean;
  readonly byPerson: Map<string, T[]>;
}

interface Account {
  readonly points: Progress<Kept>;
  readonly things: Progress<Kept>;
  readonly levels: Progress<Reached>;
}

/** A level, and the first period whose condition held. */
export interface Reached {
  readonly level: Level;
  readonly period: Period;
}

const accounts = new WeakMap<Run, Account>();

function accountOf(run: Run): Account {
  const { beginning = 0, model, opening } = run;
  const until = opening?.from ?? periodAt(model.grain, beginning).from;
  const begin = <T>(before: ReadonlyMap<string, readonly T[]> = new Map()): Progress<T> => {
    const byPerson = new Map([...before].map(([person, kept]) => [person, [...kept]]));
    return { until, open: false, byPerson };
  };
  const found = accounts.get(run) ?? {
    points: begin(opening?.points),
    things: begin(opening?.things),
    levels: begin(opening && levelsAmong(model, opening.levels)),
  };
  accounts.set(run, found);
  return found;
}

/** Levels of the version before as those of this one that have their names. */
function levelsAmong(
  { awards }: Model,
  before: ReadonlyMap<string, readonly Reached[]>,
): ReadonlyMap<string, readonly Reached[]> {
  const levelOf = (name: string): Level | undefined =>
    awards.find((each) => each.kind === 'level' && each.name === name) as Level | undefined;
  const now = ({ level, period }: Reached): readonly Reached[] => {
    const found = levelOf(level.name);
    return found ? [{ level: found, period }] : [];
  };
  return new Map([...before].map(([person, reached]) => [person, reached.flatMap(now)]));
}

/** Works the periods out that end by a day and haven't been. */
function goOn<T>(
  run: Run,
  progress: Progress<T>,
  to: { readonly day: Day; work(period: Period): void },
): void {
  if (run.beginning === undefined) return;
  const { grain } = run.model;
  for (let period = periodAt(grain, progress.until); period.until <= to.day; period = shift(period, 1)) {
    if (progress.open) throw stopForCircle(run);
    progress.open = true;
    try {
      to.work(period);
      progress.until = period.until;
    } finally {
      progress.open = false;
    }
  }
}

/** The net under the checker's search for circles: by the formulas of other roles, say. */
function stopForCircle({ model }: Run): never {
  const award = model.awards.find((each) => gives(each, 'points'))!;
  return stop(
    'M1103',
    award.span,
    `award \`${award.name}\` gives points by what the points of the same period decide`,
    'read the points of the period before: `previous(points)`',
  );
}

/** Whether an award has a prize of that kind. */
export function gives(award: Award | Level, kind: Won['prize']['kind']): award is Award {
  return award.kind === 'award' && award.gives.some((each) => each.kind === kind);
}

/** Puts what an award gives in a period to who gets it; nothing of a period that begins before the data is complete. */
function put(
  run: Run,
  { byPerson }: Progress<Kept>,
  of: { readonly award: Award; readonly period: Period; readonly kinds: readonly Won['prize']['kind'][] },
): void {
  const { award, period, kinds } = of;
  if (isBehind(run, award, period)) return;
  for (const [person, { prizes }] of outcomesOf(run, award, period)) {
    const kept = prizes
      .filter(({ prize }) => kinds.includes(prize.kind))
      .map((won): Kept => ({ award, period, won }));
    if (kept.length > 0) byPerson.set(person, [...(byPerson.get(person) ?? []), ...kept]);
  }
}

function isBehind(run: Run, award: Award | Level, period: Period): boolean {
  const roles = rolesOf(run.model, award.to);
  return awardFormulas(award).some((formula) =>
    roles.some((role) => period.from < (completeFrom(run.model, formula, role) ?? period.from)),
  );
}

// ---- points ------------------------------------------------------------------------------------------------

/** All that the person's account got in periods that end by a day, in order of time. */
export function pointsUntil(run: Run, person: string, day: Day): readonly Kept[] {
  const { points } = accountOf(run);
  const awards = run.model.awards.filter((each) => gives(each, 'points'));
  const work = (period: Period): void => {
    for (const award of awards) put(run, points, { award, period, kinds: ['points'] });
  };
  goOn(run, points, { day, work });
  return (points.byPerson.get(person) ?? []).filter(({ period }) => period.until <= day);
}

export function sumOfPoints(kept: readonly Kept[]): Exact {
  return kept.reduce((sum, { won }) => add(sum, won.amount!), ZERO);
}

/** What the person's account got in the whole periods of a window, this one included; without a window all of it. */
export function pointsIn(run: Run, node: PointsNode, place: CellPlace): Cell {
  return sumOfPoints(pointsKept(run, node, place));
}

/** The prizes that those points come from, in order of time. */
export function pointsKept(run: Run, { window }: PointsNode, place: CellPlace): readonly Kept[] {
  const { person } = viewerStay(place);
  const days = window && window.kind !== 'to date' ? windowDays(window, place.period, undefined) : undefined;
  const kept = pointsUntil(run, person, days?.until ?? place.period.until);
  return days ? kept.filter(({ period }) => period.from >= days.from) : kept;
}

// ---- badges, trainings and levels ----------------------------------------------------------------------------

/** Badges and trainings of a person from periods that end by a day, in order of time. */
export function thingsUntil(run: Run, person: string, day: Day): readonly Kept[] {
  const { things } = accountOf(run);
  const kinds = ['badge', 'training'] as const;
  const awards = run.model.awards.filter((each) =>
    kinds.some((kind) => gives(each, kind)),
  ) as readonly Award[];
  const work = (period: Period): void => {
    for (const award of awards) put(run, things, { award, period, kinds });
  };
  goOn(run, things, { day, work });
  return (things.byPerson.get(person) ?? []).filter(({ period }) => period.until <= day);
}

/** Levels that a person has reached in periods that end by a day: each with the first one, in the policy's order. */
export function levelsUntil(run: Run, person: string, day: Day): readonly Reached[] {
  const { levels } = accountOf(run);
  const all = run.model.awards.filter((each) => each.kind === 'level');
  const work = (period: Period): void => {
    for (const level of all) {
      if (isBehind(run, level, period)) continue;
      for (const [person, { won }] of outcomesOf(run, level, period)) {
        const own = levels.byPerson.get(person) ?? [];
        if (won && !own.some((each) => each.level === level)) own.push({ level, period });
        levels.byPerson.set(person, own);
      }
    }
  };
  goOn(run, levels, { day, work });
  const order = (each: Reached): number => all.indexOf(each.level);
  return (levels.byPerson.get(person) ?? [])
    .filter(({ period }) => period.until <= day)
    .sort((a, b) => order(a) - order(b));
}
