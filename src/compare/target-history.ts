// How the results of history stood against the targets of roles.

import { compare, type Exact, exact, exactText, fraction, ONE } from '../base/exact.ts';
import type { TargetHistory, TargetResults } from '../model/backtest.ts';
import type { KpiLine } from '../model/kpi-lines.ts';
import type { Model } from '../model/policy.ts';
import type { Result } from '../model/result.ts';
import { bandsAt, quantilesOf, shareText } from './spread.ts';

/** One stay's result in a period. */
interface Seen {
  readonly person: string;
  readonly period: string;
  /** `top` lies above every number. */
  readonly attainment: Exact | 'top' | undefined;
}

/** Fewer results than these say nothing about a target, and neither does a single good or bad period. */
const ENOUGH_RESULTS = 5;
const ENOUGH_PERIODS = 2;

/** Every target that a role has for a KPI, with or without results. */
export function targetHistories(model: Model, result: Result): readonly TargetHistory[] {
  const held = new Set(result.statements.flatMap(({ roles }) => roles.map(({ role }) => role)));
  const roles = model.roles.filter(({ name }) => held.has(name)).sort((a, b) => (a.name < b.name ? -1 : 1));
  return roles.flatMap((role) => {
    const expected = new Set([
      ...role.targets.map(({ kpi }) => kpi),
      ...model.overrides.flatMap(({ targets }) => targets.map(({ kpi }) => kpi)),
    ]);
    return [...expected].flatMap((kpi) => {
      const lines = linesOf(result, role.name, kpi);
      const isOwn = role.targets.some((each) => each.kpi === kpi);
      return isOwn || lines.length > 0 ? [historyOf({ role: role.name, kpi }, lines, result)] : [];
    });
  });
}

function linesOf(
  { statements }: Result,
  role: string,
  kpi: string,
): readonly { readonly seen: Seen; readonly line: KpiLine }[] {
  return statements.flatMap(({ person, period, roles }) =>
    roles
      .filter((each) => each.role === role)
      .flatMap(({ kpis }) => kpis.filter((line) => line.kpi === kpi && line.target?.value != null))
      .map((line) => ({ seen: { person, period, attainment: attainmentOf(line) }, line })),
  );
}

function attainmentOf({ attainment }: KpiLine): Seen['attainment'] {
  if (attainment === undefined || attainment === 'top') return attainment;
  return attainment.value === null ? undefined : exact(attainment.value);
}

function historyOf(
  of: { readonly role: string; readonly kpi: string },
  lines: readonly { readonly seen: Seen; readonly line: KpiLine }[],
  { periods }: Result,
): TargetHistory {
  const title = lines[0]?.line.title;
  const seen = lines.map((each) => each.seen);
  const all = resultsOf(seen);
  const known = seen.filter(({ attainment }) => attainment !== undefined);
  const isEnough =
    known.length >= ENOUGH_RESULTS && new Set(known.map(({ period }) => period)).size >= ENOUGH_PERIODS;
  const verdict =
    all.reached === 0 ? 'never reached' : all.reached === known.length ? 'always reached' : undefined;
  return {
    ...of,
    ...(title === undefined ? {} : { title }),
    ...all,
    ...(isEnough && verdict ? { verdict } : {}),
    byPeriod: periods.map((period) => ({
      period,
      ...resultsOf(seen.filter((each) => each.period === period)),
    })),
  };
}

const BAND_ENDS = [fraction(1, 2), fraction(4, 5), ONE, fraction(6, 5), fraction(3, 2)];

function resultsOf(seen: readonly Seen[]): TargetResults {
  const known = seen.flatMap(({ attainment }) => attainment ?? []).sort(byValue);
  const numbers = known.filter((each): each is Exact => each !== 'top');
  const top = known.length - numbers.length;
  const reached = known.filter((each) => each === 'top' || compare(each, ONE) >= 0).length;
  const bands = bandsAt(numbers, BAND_ENDS);
  return {
    people: new Set(seen.map(({ person }) => person)).size,
    results: seen.length,
    missing: seen.length - known.length,
    top,
    reached,
    share: shareText(reached, known.length),
    attainment: quantilesOf(known, (each) => (each === 'top' ? each : exactText(each))),
    bands: bands.map((band, at) => (at === bands.length - 1 ? { ...band, count: band.count + top } : band)),
  };
}

function byValue(a: Exact | 'top', b: Exact | 'top'): number {
  if (a === 'top' || b === 'top') return a === b ? 0 : a === 'top' ? 1 : -1;
  return compare(a, b);
}
