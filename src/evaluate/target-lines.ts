// One person's target over one period: the line that applies on each day (of several the last whose `when` holds), and
// how lines over other lengths of time give it. Each step keeps what it was made of, so that a statement can say it.

import type { Day } from '../base/date.ts';
import { add, divide, type Exact, equals, exact, isZero, multiply, ONE, ZERO } from '../base/exact.ts';
import { byLength, fits, type Grain, type Period, periodAt, periodsBetween } from '../base/period.ts';
import { missingDecision } from '../library/decisions.ts';
import type { Kpi, Role, Target } from '../model/policy.ts';
import type { DayRange } from '../query/groups.ts';
import { monthCount } from '../query/months.ts';
import type { CellPlace, Held, Run } from './cell.ts';
import { shareOf, weighing } from './days.ts';
import { evaluate } from './formula.ts';
import { spreadShare } from './spread.ts';
import { cutAt, type Level, linesOf, type Member, type Stretch, stretchesOf } from './target-levels.ts';
import type { Made, MadeOfDays, MadeOfLine } from './target-made.ts';
import { conditionIn, isHeard, tell } from './watch.ts';

/** A target by its KPI; of a band its lower or its upper end. */
export interface Asked {
  readonly kpi: Kpi;
  readonly end: 'lower' | 'upper';
}

/**
 * One member's target over a period: from lines of that grain (or spread over it), else of the longest shorter one,
 * whose parts add up. Missing where it is so on any day that counts.
 */
export function overPeriod(run: Run, asked: Asked, member: Member, period: Period): Made | undefined {
  const stretches = stretchesOf(run, asked.kpi.name, member);
  const grains = new Set(stretches.map((each) => partsGrain(each, period)));
  const [grain] = grains;
  if (grains.size === 1 && grain !== undefined) return inParts(run, asked, member, { period, grain });
  const weights = weighing(run, member.role, period);
  const parts: MadeOfDays['parts'][number][] = [];
  let sum: Exact = ZERO;
  let counted: Exact = ZERO;
  for (const stretch of stretches.flatMap((each) => asTablesChange(run, each, period))) {
    const weight = weights.of([stretch.held]);
    if (isZero(weight)) continue;
    const made = overStretch(run, asked, { role: member.role, stretch, period });
    if (!made) return undefined;
    parts.push({ held: stretch.held, weight, made });
    counted = add(counted, weight);
    sum = add(sum, multiply(made.value, weight));
  }
  if (isZero(counted)) return undefined;
  const average = divide(sum, counted)!;
  const prorated = asked.kpi.adding !== 'ratio' && weights.proration.by !== 'none';
  const value = prorated ? multiply(average, shareOf(weights, counted)) : average;
  return { kind: 'days', parts, weights, counted, prorated, value };
}

/** A stretch cut where a dated table that its lines are taken from has another row for the person. */
function asTablesChange(run: Run, stretch: Stretch, period: Period): readonly Stretch[] {
  const { held, levels } = stretch;
  const edges = levels.flatMap(({ lines }) =>
    lines.flatMap((line) => changesOf(run, line, { held, period })),
  );
  return edges.length === 0 ? [stretch] : cutAt(held, edges).map((part) => ({ held: part, levels }));
}

function changesOf(
  run: Run,
  line: Target,
  { held, period }: { readonly held: Held; readonly period: Period },
): readonly Day[] {
  const { value } = line;
  const isDaily = value.kind === 'lookup' && value.at?.kind === 'period' && value.at.edge === 'held';
  if (!isDaily) return [];
  const place = placeOn(run, held, periodOf(line, period));
  const keys = value.keys.map((each) => evaluate(run, each, place));
  return run.lookups.get(value.table)!.changes(keys);
}

/** What the target of the whole period would be, went the stretch on. */
function overStretch(
  run: Run,
  asked: Asked,
  of: { readonly role: Role; readonly stretch: Stretch; readonly period: Period },
): Made | undefined {
  const { role, stretch, period } = of;
  const { held } = stretch;
  for (const level of stretch.levels) {
    const direct = level.lines.filter((each) => isDirect(each, period.grain));
    const grain = longestShorter(level.lines, period.grain);
    if (direct.length > 0) {
      const made = lineOn(run, asked, { role, level, lines: direct, period, held });
      if (made) return made;
    } else if (grain) {
      const made = inParts(run, asked, { role, held: [held] }, { period, grain });
      if (!made) continue;
      const weights = weighing(run, role, period);
      // nothing is prorated: what is for some days is for all
      if (asked.kpi.adding === 'ratio' || weights.proration.by === 'none') return made;
      const counted = weights.of([held]);
      const value = divide(made.value, shareOf(weights, counted))!;
      return { kind: 'whole', made, weights, counted, value };
    }
  }
  return undefined;
}

function inParts(
  run: Run,
  asked: Asked,
  member: Member,
  { period, grain }: { readonly period: Period; readonly grain: Grain },
): Made | undefined {
  const lines = linesOf(run, member, asked.kpi.name).filter((each) => each.grain === grain);
  if (asked.kpi.adding !== 'ratio' && !lines.every((each) => each.addsUp)) return undefined;
  const cells = periodsBetween(grain, period.from, period.until).flatMap((part) => {
    const held = member.held.flatMap((each) => clip(each, part));
    const counts = held.length > 0 && !isZero(weighing(run, member.role, part).of(held));
    return counts ? [{ period: part, made: overPeriod(run, asked, { role: member.role, held }, part) }] : [];
  });
  return ofPeriods(cells, asked.kpi.adding);
}

/** The targets of several periods together; missing when one is. */
export function ofPeriods(
  cells: readonly { readonly period: Period; readonly made: Made | undefined }[],
  adding: Kpi['adding'],
): Made | undefined {
  const value = total(
    cells.map(({ made }) => made?.value),
    adding,
  );
  const parts = cells.flatMap(({ period, made }) => (made ? [{ period, made }] : []));
  return value && { kind: 'periods', together: adding === 'ratio' ? 'same' : 'sum', parts, value };
}

/** Parts that add up, or (of a ratio) the one value that all parts share; missing when a part is. */
export function total(parts: readonly (Exact | undefined)[], adding: Kpi['adding']): Exact | undefined {
  const present = parts.filter((each) => each !== undefined);
  if (present.length < parts.length || present.length === 0) return undefined;
  if (adding !== 'ratio') return present.reduce(add, ZERO);
  return present.every((each) => equals(each, present[0]!)) ? present[0] : undefined;
}

// ---- over which lengths of time ---------------------------------------------------------------------------------

/** Whether a line says the target of a period of the grain by itself. */
function isDirect(line: Target, grain: Grain): boolean {
  return line.grain === grain || (line.spread !== undefined && fits(grain, line.grain));
}

function longestShorter(lines: readonly Target[], grain: Grain): Grain | undefined {
  const shorter = lines.map((each) => each.grain).filter((each) => each !== grain && fits(each, grain));
  return shorter.sort(byLength)[0];
}

/** Where the first level that says anything of the period says it in parts: of which length. */
function partsGrain({ levels }: Stretch, { grain }: Period): Grain | undefined {
  for (const { lines } of levels) {
    if (lines.some((each) => isDirect(each, grain))) return undefined;
    const shorter = longestShorter(lines, grain);
    if (shorter) return shorter;
  }
  return undefined;
}

function clip(held: Held, range: DayRange): readonly Held[] {
  const from = Math.max(held.from, range.from);
  const until = Math.min(held.until, range.until);
  return from < until ? [{ row: held.row, from, until }] : [];
}

// ---- one line ----------------------------------------------------------------------------------------------------

/** The last line whose `when` holds, on the days of one person row; a missing value falls back to the line before. */
function lineOn(
  run: Run,
  { kpi, end }: Asked,
  of: {
    readonly role: Role;
    readonly level: Level;
    readonly lines: readonly Target[];
    readonly period: Period;
    readonly held: Held;
  },
): MadeOfLine | undefined {
  const { role, level, lines, period, held } = of;
  for (const line of lines.toReversed()) {
    const place = placeOn(run, held, periodOf(line, period));
    if (line.when && conditionIn(run, line.when, place) !== true) continue;
    const value = evaluate(run, line.value, place) as Exact | undefined;
    if (line.value.optional && isHeard(run)) tell(run, missingDecision(line.value.span, value), place);
    const share = line.grain === period.grain ? undefined : spreadShare(line, period, run.model.grain);
    if (value === undefined || (line.grain !== period.grain && share === undefined)) continue;
    const read =
      end === 'lower' ? value : line.upTo && (evaluate(run, line.upTo, place) as Exact | undefined);
    if (read === undefined) return undefined;
    if (level.of !== 'role' && isHeard(run))
      tell(run, { kind: 'target', span: line.span, way: 'applies' }, place);
    const ramp = canRamp(kpi, line, level) ? rampOn(run, role, { held, place }) : undefined;
    return {
      kind: 'line',
      line,
      of: level.of,
      end,
      place,
      written: read,
      ...(share ? { spread: share } : {}),
      ...(ramp ? { ramp } : {}),
      value: multiply(multiply(read, share ?? ONE), ramp?.percent ?? ONE),
    };
  }
  return undefined;
}

/** The person on some days of a period. */
function placeOn(run: Run, held: Held, period: Period): CellPlace {
  const stay = run.people.stays[held.row.stay]!;
  const role = run.roles.get(stay.role)!;
  return { viewer: { kind: 'stay', stay, role }, period, held: [held], known: new Map() };
}

/** A longer target is looked up by the name of the longer period, and as of the days of the part. */
function periodOf(line: Target, period: Period): Period {
  if (line.grain === period.grain) return period;
  const { grain, id } = periodAt(line.grain, period.from);
  return { grain, id, from: period.from, until: period.until };
}

/** Whether a target grows with the ramp: one of the role's own, of a sum or count of which more is better. */
export function canRamp(kpi: Kpi, line: Target, { of }: Pick<Level, 'of'>): boolean {
  return of === 'role' && kpi.adding !== 'ratio' && !kpi.lowerIsBetter && !line.upTo;
}

/** What the role's targets are multiplied by in the month of a stretch; nothing after the months of the ramp. */
function rampOn(
  run: Run,
  role: Role,
  { held: { row, from }, place }: { readonly held: Held; readonly place: CellPlace },
): MadeOfLine['ramp'] {
  if (!role.ramp) return undefined;
  const month = monthCount(run.people, row, { attribute: 'month_in_role', day: from });
  const step = role.ramp[month - 1];
  if (role.rampLine && isHeard(run)) {
    const way = step === undefined ? 'after' : String(month - 1);
    tell(run, { kind: 'ramp', span: role.rampLine.span, way }, place);
  }
  return step === undefined ? undefined : { percent: exact(step), month };
}
