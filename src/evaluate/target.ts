// The target that applies to a KPI in a cell (language.md, sections 4 and 6): a sum's or count's is prorated to the days
// held and adds up over periods and people; a ratio's is averaged by days and stays as it is where its parts are equal.

import type { Day } from '../base/date.ts';
import { add, type Exact, equals, fraction, multiply, ZERO } from '../base/exact.ts';
import { fits, GRAINS, type Grain, type Period, periodsBetween } from '../base/period.ts';
import { windowDays } from '../library/window.ts';
import type { Figure, Role, Target } from '../model/policy.ts';
import type { Cell } from '../model/value.ts';
import { groupValue } from '../query/groups.ts';
import { type CellPlace, daysOf, type Held, heldDays, type Run } from './cell.ts';
import { averageByDays, evaluate, remembered } from './formula.ts';

interface Range {
  readonly from: Day;
  readonly until: Day;
}

/** Rows of one stay whose targets count together, on days within a period. */
type HeldIn = (range: Range) => readonly { readonly role: Role; readonly held: readonly Held[] }[];

export function targetOf(run: Run, figure: Figure, place: CellPlace): Cell {
  return remembered(place, `target ${figure.id}`, () => {
    const who = peopleOf(run, figure, place);
    const ratio = run.kpis.get(figure.name)!.adding === 'ratio';
    if (figure.window.kind === 'period')
      return together(who, place.period, ratio, (role, range) =>
        overPeriod(run, figure.name, role, place.period, ratio, range),
      );
    const days = windowDays(figure.window, place.period, since(run, figure));
    const parts = periodsBetween(run.model.grain, days.from, days.until);
    return total(
      parts.map((part) =>
        together(who, part, ratio, (role, range) => overPeriod(run, figure.name, role, part, ratio, range)),
      ),
      ratio,
    );
  });
}

function since(run: Run, figure: Figure): Day | undefined {
  const starts = run.model.events.flatMap((each) => each.since ?? []);
  return figure.window.kind === 'to date' && starts.length > 0 ? Math.max(...starts) : undefined;
}

/** One's own rows, those of one's group as of each day, or everybody's. */
function peopleOf(run: Run, figure: Figure, place: CellPlace): HeldIn {
  const { viewer } = place;
  const { scope } = figure;
  const { stays } = run.people;
  const role = (name: string): Role => run.roles.get(name)!;
  if (scope.kind === 'own' && viewer.kind === 'stay')
    return (range) => [{ role: viewer.role, held: heldDays(viewer.stay, range) }];
  if (scope.kind !== 'group')
    return (range) => stays.map((stay) => ({ role: role(stay.role), held: heldDays(stay, range) }));
  const looks = (
    range: Range,
  ): readonly { readonly value: string | undefined; readonly from: Day; readonly until: Day }[] => {
    if (viewer.kind === 'value') return [{ value: viewer.value, ...range }];
    if (viewer.kind === 'company') return [];
    return heldDays(viewer.stay, range).map(({ row, from, until }) => ({
      value: groupValue(run.model, row, scope.attribute),
      from,
      until,
    }));
  };
  return (range) =>
    stays.map((stay) => ({
      role: role(stay.role),
      held: looks(range).flatMap((look) =>
        look.value === undefined
          ? []
          : heldDays(stay, look).filter(
              ({ row }) => groupValue(run.model, row, scope.attribute) === look.value,
            ),
      ),
    }));
}

/** The targets of all who count together; those without one add nothing, and nobody with one is missing. */
function together(
  who: HeldIn,
  period: Period,
  ratio: boolean,
  one: (role: Role, held: HeldRange) => Exact | undefined,
): Exact | undefined {
  const members = who(period).filter((each) => each.held.length > 0);
  const single = members.length === 1;
  const found = members.map((each) =>
    one(each.role, (range) => each.held.flatMap((held) => clip(held, range))),
  );
  if (single) return found[0];
  const present = found.filter((each): each is Exact => each !== undefined);
  return present.length === 0 ? undefined : total(present, ratio);
}

type HeldRange = (range: Range) => readonly Held[];

function clip(held: Held, range: Range): readonly Held[] {
  const from = Math.max(held.from, range.from);
  const until = Math.min(held.until, range.until);
  return from < until ? [{ row: held.row, from, until }] : [];
}

/** Parts that add up, or (of a ratio) the one value that all parts share; missing when a part is. */
function total(parts: readonly Cell[], ratio: boolean): Exact | undefined {
  const present = parts.filter((each) => each !== undefined) as readonly Exact[];
  if (present.length < parts.length || present.length === 0) return undefined;
  if (!ratio) return present.reduce(add, ZERO);
  return present.every((each) => equals(each, present[0]!)) ? present[0] : undefined;
}

/** One role's target over a period: from the lines of that grain, else of the longest shorter one, whose parts add up. */
function overPeriod(
  run: Run,
  kpi: string,
  role: Role,
  period: Period,
  ratio: boolean,
  held: HeldRange,
): Exact | undefined {
  const lines = role.targets.filter((each) => each.kpi === kpi);
  const direct = lines.filter((each) => each.grain === period.grain);
  if (direct.length > 0) return ofLines(run, direct, period, ratio, held(period));
  const grain = longestShorter(lines, period.grain);
  if (!grain) return undefined;
  const parts = lines.filter((each) => each.grain === grain);
  if (!ratio && !parts.every((each) => each.addsUp)) return undefined;
  const cells = periodsBetween(grain, period.from, period.until).flatMap((part) => {
    const days = held(part);
    return days.length === 0 ? [] : [ofLines(run, parts, part, ratio, days)];
  });
  return total(cells, ratio);
}

function longestShorter(lines: readonly Target[], grain: Grain): Grain | undefined {
  return GRAINS.filter(
    (each) => each !== grain && fits(each, grain) && lines.some((line) => line.grain === each),
  ).at(-1);
}

function ofLines(
  run: Run,
  lines: readonly Target[],
  period: Period,
  ratio: boolean,
  held: readonly Held[],
): Exact | undefined {
  const average = averageByDays(held, (each) => lineOf(run, lines, period, each));
  if (average === undefined || ratio) return average;
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
