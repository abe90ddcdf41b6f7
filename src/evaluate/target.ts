// The target that applies to a KPI in a cell (language.md, sections 4 and 6): a sum's or count's is prorated to the days
// held and adds up over periods and people; a ratio's is averaged by days and stays as it is where its parts are equal.

import type { Day } from '../base/date.ts';
import { isZero } from '../base/exact.ts';
import { type Grain, type Period, periodAt, periodsBetween } from '../base/period.ts';
import { windowDays } from '../library/window.ts';
import type { Window } from '../model/expression.ts';
import type { Stay } from '../model/people.ts';
import type { Figure, Model } from '../model/policy.ts';
import type { Cell } from '../model/value.ts';
import { type DayRange, groupId, isSeen } from '../query/groups.ts';
import { measuresRead } from '../query/make-queries.ts';
import { belowEach } from '../query/reports.ts';
import { type CellPlace, heldDays, type Run } from './cell.ts';
import { weighing } from './days.ts';
import { remembered, stretchesSeen, viewerStay } from './formula.ts';
import { linesOf, type Member } from './target-levels.ts';
import { type Asked, ofPeriods, overPeriod, total } from './target-lines.ts';
import type { Made } from './target-made.ts';

/** The target that applies; of a band its lower end, if there is an upper one too. */
export function targetOf(run: Run, figure: Figure, place: CellPlace): Cell {
  const lower = endOf(run, figure, place, 'lower');
  if (lower === undefined || !hasBand(run.model, figure.name)) return lower;
  return bandEnd(run, figure, place) === undefined && isBandOfSome(run, figure, place) ? undefined : lower;
}

/** The upper end of the target that applies, where that is a band for all whose targets count together. */
export function bandEnd(run: Run, figure: Figure, place: CellPlace): Cell {
  return hasBand(run.model, figure.name) ? endOf(run, figure, place, 'upper') : undefined;
}

// a Model is never changed
const bands = new WeakMap<Model, ReadonlySet<string>>();

function hasBand(model: Model, kpi: string): boolean {
  let found = bands.get(model);
  if (!found) {
    const lines = [...model.roles, ...model.overrides].flatMap(({ targets }) => targets);
    found = new Set(lines.filter((each) => each.upTo).map((each) => each.kpi));
    bands.set(model, found);
  }
  return found.has(kpi);
}

/** Whether a band is the target of any whose targets count together: with one value beside it there is no target of all. */
function isBandOfSome(run: Run, figure: Figure, place: CellPlace): boolean {
  const kpi = run.kpis.get(figure.name)!;
  const hasOne = (member: Member, part: Period): boolean =>
    linesOf(run, member, kpi.name).some((each) => each.upTo) &&
    overPeriod(run, { kpi, end: 'lower' }, member, part) !== undefined;
  const parts = partsOf(run, figure, place.period) ?? [];
  return parts.some((part) => membersIn(run, figure, place, part).some((each) => hasOne(each, part)));
}

function endOf(run: Run, figure: Figure, place: CellPlace, end: Asked['end']): Cell {
  return remembered(place, `${end} target ${figure.id}`, () => madeIn(run, figure, place, end)?.value);
}

/** What an end of the target is made of; worked out anew whenever it is asked for, unless many people share it. */
export function madeIn(run: Run, figure: Figure, place: CellPlace, end: Asked['end']): Made | undefined {
  const parts = partsOf(run, figure, place.period);
  return parts && sharedTarget(run, figure, { place, end }, parts);
}

/** A group's target is worked out once for all who look at it on the same days, and so is the company's. */
function sharedTarget(
  run: Run,
  figure: Figure,
  { place, end }: { readonly place: CellPlace; readonly end: Asked['end'] },
  parts: readonly Period[],
): Made | undefined {
  const members = () => parts.map((part) => ({ part, members: membersIn(run, figure, place, part) }));
  const { scope } = figure;
  const asked: Asked = { kpi: run.kpis.get(figure.name)!, end };
  if (scope.kind === 'own' && place.viewer.kind === 'stay') return ofOne(run, asked, members());
  if (scope.kind === 'group' && scope.below) return together(run, asked, members());
  const days = spanOf(parts);
  const seen =
    scope.kind === 'group'
      ? groupId(stretchesSeen(run, scope.attribute, days, place))
      : JSON.stringify(daysSeen(place, days));
  const key = `${end} ${figure.id} ${place.period.id} ${seen}`;
  if (!run.shared.has(key)) run.shared.set(key, together(run, asked, members()));
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

/** Of some days those that a person was there, as results of the company are seen from a person's seat. */
function daysSeen({ viewer }: CellPlace, { from, until }: DayRange): DayRange {
  if (viewer.kind !== 'stay') return { from, until };
  return { from: Math.max(from, viewer.stay.from), until: Math.min(until, viewer.stay.until) };
}

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
    if (scope.kind !== 'group') return heldBy(daysSeen(place, period));
    if (scope.below) {
      const below = new Map<Stay, DayRange[]>();
      for (const { stay, from, until } of belowEach(run.people).get(viewerStay(place).index) ?? []) {
        const days = { from: Math.max(from, period.from), until: Math.min(until, period.until) };
        if (days.from < days.until) below.set(stay, [...(below.get(stay) ?? []), days]);
      }
      return [...below].map(([stay, days]) => ({
        role: run.roles.get(stay.role)!,
        held: days.flatMap((each) => heldDays(stay, each)),
      }));
    }
    const seen = stretchesSeen(run, scope.attribute, period, place);
    return stays.map((stay) => ({
      role: run.roles.get(stay.role)!,
      held: seen.flatMap((stretch) =>
        heldDays(stay, stretch).filter(({ row }) =>
          isSeen(run.model, row, { attribute: scope.attribute, stretch }),
        ),
      ),
    }));
  };
  // of whom nothing is expected in the period, there is no target
  const counting = all().filter(({ role, held }) => !isZero(weighing(run, role, period).of(held)));
  const splits = scope.kind !== 'own' && run.kpis.get(figure.name)!.adding === 'additive';
  return splits ? counting.flatMap(daysApart) : counting;
}

/**
 * Of many people, each stretch of days counts by itself: one without a target takes nothing from those with one. Where
 * nothing is prorated a stretch would count as the whole.
 */
function daysApart(member: Member): readonly Member[] {
  const { role, held } = member;
  return role.prorate?.by === 'none' ? [member] : held.map((each) => ({ role, held: [each] }));
}

type Parts = readonly { readonly part: Period; readonly members: readonly Member[] }[];

/** One person's own target; of a distinct count over several periods only where every line says that it adds up. */
function ofOne(run: Run, asked: Asked, all: Parts): Made | undefined {
  return ofMembers(run, asked, all, (found) => found[0]?.made);
}

/** The targets of several people together, as their sum or as the one value that all share. */
function together(run: Run, asked: Asked, all: Parts): Made | undefined {
  const { adding, balance } = asked.kpi;
  const across = balance ? 'additive' : adding;
  return ofMembers(run, asked, all, (found) => {
    const value =
      found.length === 0
        ? undefined
        : total(
            found.map(({ made }) => made.value),
            across,
          );
    const parts = found.map(({ member, made }) => ({
      person: member.held[0]!.row.person,
      value: made.value,
    }));
    return value && { kind: 'people', together: across === 'ratio' ? 'same' : 'sum', parts, value };
  });
}

/**
 * The targets of all parts and members. A part with nobody in it and a member without a target add nothing; where nobody
 * has one it is missing. Targets of different things add up only where every line says so.
 */
function ofMembers(
  run: Run,
  asked: Asked,
  all: Parts,
  joined: (found: readonly { readonly member: Member; readonly made: Made }[]) => Made | undefined,
): Made | undefined {
  const { adding, name } = asked.kpi;
  const parts = all.filter(({ members }) => members.length > 0);
  const members = parts.flatMap((each) => each.members);
  const addsUp = (member: Member): boolean => linesOf(run, member, name).every((each) => each.addsUp);
  if (adding === 'distinct' && members.length > 1 && !members.every(addsUp)) return undefined;
  let isBand = true;
  const found = parts.map(({ part, members }) => {
    const present = members.flatMap((member) => {
      const made = overPeriod(run, asked, member, part);
      if (!made && asked.end === 'upper')
        isBand &&= overPeriod(run, { ...asked, end: 'lower' }, member, part) === undefined;
      return made ? [{ member, made }] : [];
    });
    return { period: part, made: joined(present) };
  });
  if (!isBand) return undefined;
  return found.length === 1 ? found[0]!.made : ofPeriods(found, adding);
}
