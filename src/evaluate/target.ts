// The target that applies to a KPI in a cell (language.md, sections 4 and 6): a sum's or count's is prorated to the days
// held and adds up over periods and people; a ratio's is averaged by days and stays as it is where its parts are equal.

import type { Day } from '../base/date.ts';
import { add, type Exact, equals, fraction, multiply, ZERO } from '../base/exact.ts';
import { fits, GRAINS, type Grain, type Period, periodAt, periodsBetween } from '../base/period.ts';
import { windowDays } from '../library/window.ts';
import type { Window } from '../model/expression.ts';
import type { Figure, Kpi, Role, Target } from '../model/policy.ts';
import type { Cell } from '../model/value.ts';
import { type DayRange, groupId, groupValue } from '../query/groups.ts';
import { measuresRead } from '../query/make-queries.ts';
import { type CellPlace, daysOf, type Held, heldDays, type Run } from './cell.ts';
import { averageByDays, evaluate, remembered, stretchesSeen } from './formula.ts';

/** One of those whose targets count together: a stay, on the days on which it counts. */
interface Member {
  readonly role: Role;
  readonly held: readonly Held[];
}

export function targetOf(run: Run, figure: Figure, place: CellPlace): Cell {
  return remembered(place, `target ${figure.id}`, () => {
    const parts = partsOf(run, figure, place.period);
    return parts && sharedTarget(run, figure, place, parts);
  });
}

/** A group's target is worked out once for all who look at it, and so is the company's. */
function sharedTarget(run: Run, figure: Figure, place: CellPlace, parts: readonly Period[]): Cell {
  const members = () => parts.map((part) => ({ part, members: membersIn(run, figure, place, part) }));
  const { scope } = figure;
  if (scope.kind === 'own') return together(run, figure.name, members());
  const seen = scope.kind === 'group' ? [stretchesSeen(run, scope.attribute, spanOf(parts), place)] : [];
  const key = `${figure.id} ${place.period.id} ${seen.map(groupId).join('')}`;
  if (!run.shared.has(key)) run.shared.set(key, together(run, figure.name, members()));
  return run.shared.get(key);
}

function spanOf(parts: readonly Period[]): DayRange {
  return { from: parts[0]!.from, until: parts.at(-1)!.until };
}

// ---- over which periods ------------------------------------------------------------------------------------

/** The whole periods that a figure's window is made of, the longest that fit; `undefined` where none do. */
function partsOf(run: Run, figure: Figure, period: Period): readonly Period[] | undefined {
  const { window } = figure;
  if (window.kind === 'period') return [period];
  const days = windowDays(window, period, window.kind === 'to date' ? sinceOf(run, figure) : undefined);
  return wholePeriods(unitOf(window, period), days) ?? wholePeriods(run.model.grain, days);
}

function unitOf(window: Window, period: Period): Grain {
  return window.kind === 'trailing' ? window.grain : period.grain;
}

function wholePeriods(grain: Grain, days: DayRange): readonly Period[] | undefined {
  const isWhole =
    days.from < days.until &&
    periodAt(grain, days.from).from === days.from &&
    periodAt(grain, days.until - 1).until === days.until;
  return isWhole ? periodsBetween(grain, days.from, days.until) : undefined;
}

/** From when the figure's events are complete; the earliest, so that no period of results is without its target. */
function sinceOf(run: Run, figure: Figure): Day | undefined {
  const starts = measuresRead(run.figures, [figure.value]).flatMap(
    (node) => run.events.get(run.measures.get(node.measure)!.event)!.since ?? [],
  );
  return starts.length === 0 ? undefined : Math.min(...starts);
}

// ---- of whom -----------------------------------------------------------------------------------------------

/** Who counts in a period: oneself, one's group as of each day, or everybody. */
function membersIn(run: Run, figure: Figure, place: CellPlace, period: Period): readonly Member[] {
  const { viewer } = place;
  const { scope } = figure;
  const { stays } = run.people;
  const heldBy = (days: DayRange): readonly Member[] =>
    stays.map((stay) => ({ role: run.roles.get(stay.role)!, held: heldDays(stay, days) }));
  const all = (): readonly Member[] => {
    if (scope.kind === 'own' && viewer.kind === 'stay')
      return [{ role: viewer.role, held: heldDays(viewer.stay, period) }];
    if (scope.kind !== 'group') return heldBy(period);
    const seen = stretchesSeen(run, scope.attribute, period, place);
    return stays.map((stay) => ({
      role: run.roles.get(stay.role)!,
      held: seen.flatMap((stretch) =>
        heldDays(stay, stretch).filter(
          ({ row }) => groupValue(run.model, row, scope.attribute) === stretch.value,
        ),
      ),
    }));
  };
  const held = all().filter((each) => each.held.length > 0);
  const splits = scope.kind !== 'own' && run.kpis.get(figure.name)!.adding === 'additive';
  return splits ? held.flatMap(daysApart) : held;
}

/** Of many people, each stretch of days counts by itself: one without a target takes nothing from those with one. */
function daysApart({ role, held }: Member): readonly Member[] {
  return held.map((each) => ({ role, held: [each] }));
}

/**
 * The targets of all parts and members together. A part with nobody in it and a member without a target add nothing;
 * where nobody has one it is missing. Targets of different things add up only where every line says so.
 */
function together(
  run: Run,
  kpi: string,
  all: readonly { readonly part: Period; readonly members: readonly Member[] }[],
): Exact | undefined {
  const { adding } = run.kpis.get(kpi)!;
  const parts = all.filter(({ members }) => members.length > 0);
  const members = parts.flatMap((each) => each.members);
  if (adding === 'distinct' && members.length > 1 && !members.every(({ role }) => addsUp(role, kpi)))
    return undefined;
  const found = parts.map(({ part, members }) => {
    const targets = members.map((member) => overPeriod(run, run.kpis.get(kpi)!, member, part));
    const present = targets.filter((each) => each !== undefined);
    return present.length === 0 ? undefined : total(present, adding);
  });
  return total(found, adding);
}

function addsUp(role: Role, kpi: string): boolean {
  return linesFor(role, kpi).every((each) => each.addsUp);
}

function linesFor(role: Role, kpi: string): readonly Target[] {
  return role.targets.filter((each) => each.kpi === kpi);
}

/** Parts that add up, or (of a ratio) the one value that all parts share; missing when a part is. */
function total(parts: readonly (Exact | undefined)[], adding: Kpi['adding']): Exact | undefined {
  const present = parts.filter((each) => each !== undefined);
  if (present.length < parts.length || present.length === 0) return undefined;
  if (adding !== 'ratio') return present.reduce(add, ZERO);
  return present.every((each) => equals(each, present[0]!)) ? present[0] : undefined;
}

// ---- one member's --------------------------------------------------------------------------------------------

/** One role's target over a period: from the lines of that grain, else of the longest shorter one, whose parts add up. */
function overPeriod(run: Run, kpi: Kpi, { role, held }: Member, period: Period): Exact | undefined {
  const lines = linesFor(role, kpi.name);
  const direct = lines.filter((each) => each.grain === period.grain);
  if (direct.length > 0) return ofLines(run, direct, { kpi, period, held });
  const grain = longestShorter(lines, period.grain);
  if (!grain) return undefined;
  const parts = lines.filter((each) => each.grain === grain);
  if (kpi.adding !== 'ratio' && !parts.every((each) => each.addsUp)) return undefined;
  const cells = periodsBetween(grain, period.from, period.until).flatMap((part) => {
    const days = held.flatMap((each) => clip(each, part));
    return days.length === 0 ? [] : [ofLines(run, parts, { kpi, period: part, held: days })];
  });
  return total(cells, kpi.adding);
}

function longestShorter(lines: readonly Target[], grain: Grain): Grain | undefined {
  return GRAINS.findLast(
    (each) => each !== grain && fits(each, grain) && lines.some((line) => line.grain === each),
  );
}

function clip(held: Held, range: DayRange): readonly Held[] {
  const from = Math.max(held.from, range.from);
  const until = Math.min(held.until, range.until);
  return from < until ? [{ row: held.row, from, until }] : [];
}

/** The target of one period from lines of its own grain, on the days held in it. */
function ofLines(
  run: Run,
  lines: readonly Target[],
  where: { readonly kpi: Kpi; readonly period: Period; readonly held: readonly Held[] },
): Exact | undefined {
  const { kpi, period, held } = where;
  const average = averageByDays(held, (each) => lineOf(run, lines, period, each));
  if (average === undefined || kpi.adding === 'ratio') return average;
  const days = daysOf(held);
  const all = period.until - period.from;
  return days === all ? average : multiply(average, fraction(days, all));
}

/** The last line whose `when` holds, on the days of one person row; a missing value falls back to the line before. */
function lineOf(run: Run, lines: readonly Target[], period: Period, held: Held): Exact | undefined {
  const stay = run.people.stays[held.row.stay]!;
  const place: CellPlace = {
    viewer: { kind: 'stay', stay, role: run.roles.get(stay.role)! },
    period,
    held: [held],
    known: new Map(),
  };
  for (const line of lines.toReversed()) {
    if (line.when && evaluate(run, line.when, place) !== true) continue;
    const value = evaluate(run, line.value, place) as Exact | undefined;
    if (value !== undefined) return value;
  }
  return undefined;
}
