// What comes next on a KPI in the better direction: each place at which something is decided otherwise, how far it is and
// what it brings; and what one more of the KPI is worth.

import {
  compare,
  divide,
  type Exact,
  equals,
  exact,
  exactText,
  negate,
  sign,
  subtract,
  ZERO,
} from '../base/exact.ts';
import type { Span } from '../base/source.ts';
import type { Run } from '../evaluate/cell.ts';
import { figureValue } from '../evaluate/lines.ts';
import { GRID_BELOW } from '../library/table-decisions.ts';
import type { Decision } from '../model/decision.ts';
import type { Expression } from '../model/expression.ts';
import type { Measure } from '../model/policy.ts';
import type { NextOf, NextStep, StepKind, Worth } from '../model/seek.ts';
import {
  type Along,
  along,
  amountType,
  beginningOf,
  type Companion,
  movedKpi,
  scaleOf,
  shown,
  triedAt,
  type Way,
  workable,
} from './along.ts';
import { saidOf } from './explaining.ts';
import { better, type Movable } from './movables.ts';
import { isSameWay, type Look, type Looked, type Looking, type Piece, piecesFrom } from './pieces.ts';
import type { Probing } from './probing.ts';
import { valueOn } from './shapes.ts';

/** How many pieces ahead are looked at. */
const MOST_AHEAD = 12;

/** What is next on a KPI. The last argument are all KPIs that go by rows, which one row more may hold something of. */
export function nextOf(probing: Probing, of: Movable, all: readonly Movable[]): NextOf {
  const alone = along(probing, of);
  const row = rowWorth(probing, of, all);
  return {
    ...movedKpi(alone),
    ...(canMove(of) ? { worth: worthOf(alone, better(of, of.unit)) } : {}),
    ...(row ? { row } : {}),
    steps: stepsAhead(probing.run, alone),
  };
}

/** Whether there is any left where less is better. */
function canMove(of: Movable): boolean {
  return !of.kpi.lowerIsBetter || compare(better(of, of.unit), beginningOf(of)) >= 0;
}

// ---- worth -----------------------------------------------------------------------------------------------------------

function worthOf(one: Along, x: Exact): Worth {
  const { probing, of, companions, amount } = one;
  const now = probing.amount([]);
  const then = amount(x);
  const by = subtract(x, of.now ?? ZERO);
  return {
    by: shown(by, of),
    gain: figureValue(now && then && subtract(then, now), amountType(probing)),
    ...(companions.length > 0
      ? { with: companions.map((each) => ({ kpi: each.of.kpi.name, by: shown(each.by, each.of) })) }
      : {}),
  };
}

/** One more row, like those of the period: it brings of each sum over the same rows what they hold on average. */
function rowWorth(probing: Probing, of: Movable, all: readonly Movable[]): NextOf['row'] {
  const counted = measureOf(probing.run, of);
  if (counted?.aggregate !== 'count' || !of.now || sign(of.now) <= 0 || of.kpi.lowerIsBetter)
    return undefined;
  const companions = all.flatMap((each): readonly Companion[] => {
    const measure = measureOf(probing.run, each);
    const isSame =
      measure?.aggregate === 'sum' && measure.event === counted.event && isOverSame(measure, counted);
    const by = isSame && each.now && divide(each.now, of.now!);
    return by ? [{ of: each, by }] : [];
  });
  if (companions.length === 0) return undefined;
  const one = along(probing, of, { companions });
  return { event: counted.event, ...worthOf(one, better(of, of.unit)) };
}

function measureOf(run: Run, { how }: Movable): Measure | undefined {
  return how.kind === 'added' ? run.measures.get(how.measure) : undefined;
}

function isOverSame(a: Measure, b: Measure): boolean {
  return a.as === b.as && bare(a.where) === bare(b.where) && bare(a.by) === bare(b.by);
}

/** A formula without where it stands. */
function bare(formula: Expression | undefined): string {
  return JSON.stringify(formula, (key, value) => (key === 'span' ? undefined : value)) ?? '';
}

// ---- steps -----------------------------------------------------------------------------------------------------------

/** The places ahead at which something is decided otherwise, in order, and the target. */
export function stepsAhead(run: Run, one: Along): readonly NextStep[] {
  const { of } = one;
  const way: Way = of.kpi.lowerIsBetter ? 'down' : 'up';
  const start = of.now ?? beginningOf(of);
  const found: NextStep[] = [];
  const target = targetStep(one, start, way);
  if (target) found.push(target);
  const seen = new Set<string>();
  for (const change of changesAhead(one, start, way)) {
    if (change.isIdle) continue;
    for (const told of tellable(run, change, one.probing.period.id)) {
      const key = JSON.stringify([told.kind, told.text, told.table, told.over]);
      if (seen.has(key)) continue;
      seen.add(key);
      const isTargets = target && told.kind === 'curve' && equals(change.x, of.target!);
      if (!isTargets) found.push({ ...told, ...placedAt(one, { ...change, includes: told.includes }, way) });
    }
  }
  const distance = ({ missing }: NextStep): Exact => exact(missing.value ?? '0');
  return found.toSorted((a, b) => compare(distance(a), distance(b)));
}

/**
 * Values that can be worked at the places ahead, nearest first, and at the target: also where nothing comes of it as long as
 * all else stays as it is.
 */
export function placesAhead(one: Along): readonly Exact[] {
  const { of } = one;
  const way: Way = of.kpi.lowerIsBetter ? 'down' : 'up';
  const start = of.now ?? beginningOf(of);
  const target = targetStep(one, start, way);
  const places = [...changesAhead(one, start, way)].map(({ x, at, after }) =>
    workable(of, { x, includes: isSameWay(at, after) }, way),
  );
  const all = [...places, ...(target ? [exact(target.practical.value.value!)] : [])];
  return [...new Map(all.map((each) => [exactText(each), each])).values()].toSorted((a, b) =>
    way === 'up' ? compare(a, b) : compare(b, a),
  );
}

function targetStep(one: Along, now: Exact, way: Way): NextStep | undefined {
  const { of } = one;
  const { target, kpi } = of;
  const isAhead = target && (way === 'up' ? compare(now, target) < 0 : compare(now, target) > 0);
  if (!isAhead) return undefined;
  const at = { x: target, includes: true, isExact: true };
  return { kind: 'target', text: kpi.name, way: 'reached', ...placedAt(one, at, way) };
}

interface Change {
  readonly x: Exact;
  readonly isExact: boolean;
  readonly before: Look;
  readonly at: Look;
  readonly after: Look;
  /** Whether the amount goes on past it as it did before. */
  readonly isIdle: boolean;
}

/** Whether two pieces are one line, and the place between them lies on it. */
function goesOn({ shape: a }: Piece, { shape: b, from, at }: Piece): boolean {
  if (a?.kind !== 'line' || b?.kind !== 'line' || !at.value || !equals(a.slope, b.slope)) return false;
  return [a, b].every((line) => equals(valueOn(line, from)!, at.value!));
}

function* changesAhead(one: Along, start: Exact, way: Way): Generator<Change> {
  const { look, of } = one;
  const turned: Looking = way === 'up' ? look : (x) => look(negate(x));
  const end = way === 'up' ? undefined : negate(beginningOf(of));
  let last: Piece | undefined;
  let count = 0;
  for (const piece of piecesFrom(turned, way === 'up' ? start : negate(start), scaleOf(of))) {
    if (last) {
      const x = way === 'up' ? piece.from : negate(piece.from);
      yield {
        x,
        isExact: last.isExact,
        before: last.inside,
        at: piece.at,
        after: piece.inside,
        isIdle: goesOn(last, piece),
      };
    }
    // nothing is below nothing
    if (end && compare(piece.from, end) >= 0) return;
    last = piece;
    if (++count > MOST_AHEAD) return;
  }
}

/** Where a step is, what is missing of it, and what it brings where it can be worked. */
function placedAt(
  one: Along,
  { x, includes, isExact }: Pick<Change, 'x' | 'isExact'> & { readonly includes: boolean },
  way: Way,
): Pick<NextStep, 'value' | 'includes' | 'isExact' | 'missing' | 'practical' | 'gain'> {
  const { of, probing, amount } = one;
  const worked = workable(of, { x, includes }, way);
  const now = probing.amount([]);
  const then = amount(worked);
  const from = of.now ?? ZERO;
  return {
    value: shown(x, of),
    includes,
    isExact,
    missing: shown(way === 'up' ? subtract(worked, from) : subtract(from, worked), of),
    practical: triedAt(one, worked),
    gain: figureValue(now && then && subtract(then, now), amountType(probing)),
  };
}

type Told = Pick<NextStep, 'kind' | 'text' | 'table' | 'at' | 'over' | 'way' | 'includes'>;

/** What a change is about, in the policy's words; of a condition, not the comparisons that it is made of. */
function tellable(run: Run, { before, at, after }: Change, period: string): readonly Told[] {
  const [was, is, on] = [waysOf(before), waysOf(after), waysOf(at)];
  const turned = [...is].filter(
    ([key, { decision }]) => was.has(key) && was.get(key)!.decision.way !== decision.way,
  );
  const found = turned.flatMap(([key, { decision, period: over }]) => {
    const told = toldOf(run, decision);
    const where = over === undefined || over === period ? {} : { over };
    const includes = on.get(key)?.decision.way === decision.way;
    return told ? [{ ...told, ...where, decision, includes }] : [];
  });
  const isPart = ({ decision }: (typeof found)[number]): boolean =>
    (decision.kind === 'comparison' || decision.kind === 'condition') &&
    found.some((other) => isLarger(other.decision, decision));
  const inside = found.filter((each) => !isPart(each));
  return inside.map(({ decision: _, ...told }) => told);
}

/** Decisions by what they are about; a table may be read by several lines, in one order. */
function waysOf({ decided }: Look): ReadonlyMap<string, Looked> {
  const found = new Map<string, Looked>();
  const counts = new Map<string, number>();
  for (const each of decided) {
    const count = (counts.get(each.key) ?? 0) + 1;
    counts.set(each.key, count);
    if (!each.decision.supposed) found.set(`${each.key} ${count}`, each);
  }
  return found;
}

/** Whether a decision is one that the other is a part of, or the same in better words. */
function isLarger({ kind, span: whole }: Decision, { kind: own, span: part }: Decision): boolean {
  if (kind === 'comparison' || part.source !== whole.source) return false;
  if (part.start === whole.start && part.end === whole.end)
    return kind !== own && (own === 'comparison' || kind === 'gate');
  return part.start >= whole.start && part.end <= whole.end;
}

function toldOf(run: Run, decision: Decision): Omit<Told, 'includes'> | undefined {
  const { kind, span, way } = decision;
  const said = (place: Span, as: StepKind, table?: string): Omit<Told, 'includes'> => {
    const { text = '', at } = saidOf(run, place);
    return { kind: as, text, ...(table === undefined ? {} : { table }), ...(at ? { at } : {}), way };
  };
  switch (kind) {
    case 'tier': {
      const table = run.model.rates.find((each) => isSame(each.span, span));
      const tier = table?.tiers[Number(way)];
      return table && said(tier?.span ?? table.span, 'tier', table.name);
    }
    case 'curve': {
      const curve = run.model.curves.find((each) => isSame(each.span, span));
      const point = curve && (curve.points[Number(way)] ?? curve.points.at(-1));
      return curve && said(point?.span ?? curve.span, 'curve', curve.name);
    }
    case 'grid': {
      const grid = run.model.grids.find((each) => isSame(each.span, span));
      return grid && way !== GRID_BELOW ? said(span, 'grid', grid.name) : undefined;
    }
    case 'award': {
      const award = run.model.awards.find((each) => isSame(each.span, span));
      return award && { ...said(span, 'award'), text: award.title ?? award.name };
    }
    case 'comparison':
      return said(span, 'condition');
    case 'gate':
    case 'condition':
    case 'cap':
    case 'floor':
    case 'band':
      return said(span, kind);
    default:
      return undefined;
  }
}

function isSame(a: Span, b: Span): boolean {
  return a.source === b.source && a.start === b.start && a.end === b.end;
}
