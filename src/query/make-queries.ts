// Which aggregates a run needs: every measure that its formulas read, in each scope, window and grain, bundled into one
// query per event, scope, window and grain.

import type { Day } from '../base/date.ts';
import { InternalError } from '../base/diagnostic.ts';
import { type Grain, type Period, periodAt, periodsBetween } from '../base/period.ts';
import { partsOf } from '../library/parts.ts';
import { windowDays } from '../library/window.ts';
import type { Expression, MeasureNode, Scope, Window } from '../model/expression.ts';
import type { People, Stay } from '../model/people.ts';
import type { Figure, Measure, Model } from '../model/policy.ts';
import { dateKey } from './dates.ts';
import { type DayRange, piecesOf, stretchesOf, valuesBetween } from './groups.ts';
import { historyPlans } from './history.ts';
import type { AggregateQuery, Bucket, GroupPiece, RowsQuery } from './query.ts';
import { reportPieces } from './reports.ts';
import { grainsOf, rootsOver } from './roots.ts';
import { lookedAt, rolesLooking, type Seats } from './seats.ts';

/** The facts that formulas over periods of one grain need. */
export interface GrainPlan {
  readonly grain: Grain;
  readonly periods: readonly Period[];
  /** Only these, in earlier periods that others look at; absent: all that the grain's formulas read. */
  readonly measures?: readonly MeasureNode[];
}

/**
 * The grains that the policy's bonuses and caps are worked out over, each with the periods that are needed for the
 * policy periods asked for: those that overlap them.
 */
export function grainPlans(model: Model, periods: readonly Period[]): readonly GrainPlan[] {
  return grainsOf(model).map((grain) => ({
    grain,
    periods: grain === model.grain ? periods : longer(grain, periods),
  }));
}

function longer(grain: Grain, periods: readonly Period[]): readonly Period[] {
  const found = new Map<string, Period>();
  for (const period of periods) {
    for (const each of [periodAt(grain, period.from), ...periodsBetween(grain, period.from, period.until)])
      found.set(each.id, each);
  }
  return [...found.values()];
}

export function bucketOf(days: { readonly from: number; readonly until: number }): Bucket {
  return { id: `${days.from}..${days.until}`, from: days.from, until: days.until };
}

/** The days of a bucket, by its id. */
export function bucketDays(id: string): DayRange {
  const found = /^(-?[0-9]+)\.\.(-?[0-9]+)/.exec(id);
  if (!found) throw new InternalError(`a bucket without days: ${id}`);
  return { from: Number(found[1]), until: Number(found[2]) };
}

/**
 * What of a bucket of the company a stay sees: its own days, which all stays with the same ones share, and of one that
 * holds throughout the bucket itself. `undefined` where it has no day in it.
 */
export function partOn(bucket: Bucket, stay: DayRange): Bucket | undefined {
  const from = Math.max(bucket.from, stay.from);
  const until = Math.min(bucket.until, stay.until);
  if (from >= until) return undefined;
  if (from === bucket.from && until === bucket.until) return bucket;
  const partOf = { from: bucket.from, until: bucket.until };
  return { id: `${from}..${until} of ${bucket.id}`, from, until, partOf };
}

/** The bucket of an event's facts for a window, seen from a period; `since` is the event's. */
export function windowBucket(window: Window, period: Period, since: Day | undefined): Bucket {
  return bucketOf(windowDays(window, period, since));
}

export function scopeKey(scope: Scope): string {
  if (scope.kind !== 'group') return scope.kind;
  return scope.below ? 'below' : `by ${scope.attribute}`;
}

/** All queries of a run over the plans. */
export function makeQueries(
  model: Model,
  people: People,
  plans: readonly GrainPlan[],
): readonly AggregateQuery[] {
  const measures = new Map(model.measures.map((each) => [each.id, each]));
  const since = new Map(model.events.map((each) => [each.name, each.since]));
  const bundles = new Map<
    string,
    {
      readonly event: string;
      readonly scope: Scope;
      readonly window: Window;
      readonly periods: Map<string, Period>;
      readonly by: Expression | undefined;
      readonly measures: Map<string, Measure>;
    }
  >();
  const earlier = historyPlans(
    model,
    people,
    plans.map((plan) => ({ plan, roots: rootsOver(model, plan.grain) })),
  );
  for (const plan of [...plans, ...earlier]) {
    for (const node of plan.measures ?? measuresOver(model, plan.grain)) {
      const measure = measures.get(node.measure)!;
      const by = measure.by && dateKey(measure.by);
      const key = JSON.stringify([measure.event, scopeKey(node.scope), node.window, plan.grain, by]);
      const bundle = bundles.get(key) ?? {
        event: measure.event,
        scope: node.scope,
        window: node.window,
        periods: new Map<string, Period>(),
        by: measure.by,
        measures: new Map<string, Measure>(),
      };
      bundle.measures.set(measure.id, measure);
      for (const period of plan.periods) bundle.periods.set(period.id, period);
      bundles.set(key, bundle);
    }
  }
  const looking = rolesLooking(model);
  return [...bundles.values()].flatMap((bundle, index) => {
    const buckets = new Map(
      [...bundle.periods.values()]
        .map((period) => windowBucket(bundle.window, period, since.get(bundle.event)))
        .map((each) => [each.id, each]),
    );
    const base = {
      id: `q${index + 1}`,
      event: bundle.event,
      buckets: [...buckets.values()],
      ...(bundle.by && { by: bundle.by }),
      measures: [...bundle.measures.values()],
    };
    if (bundle.scope.kind === 'own') return inParts({ ...base, scope: bundle.scope });
    if (bundle.scope.kind === 'company') {
      const whole = { ...base, scope: bundle.scope };
      return [
        ...inParts(whole),
        ...inParts(seenInPart(people.stays, whole, { window: bundle.window, looking })),
      ];
    }
    if (bundle.scope.below) {
      const pieces = reportPieces(people, spanOf(base.buckets));
      return inParts({ ...base, scope: { kind: 'below', pieces } });
    }
    const { attribute } = bundle.scope;
    const pieces = groupPieces(model, people.stays, attribute, base.buckets);
    return inParts({ ...base, scope: { kind: 'group', attribute, pieces } });
  });
}

/** What of the company stays see that weren't there all the time: each stretch of days once, however many see it. */
function seenInPart(
  stays: readonly Stay[],
  whole: AggregateQuery,
  { window, looking }: { readonly window: Window; readonly looking: Seats },
): AggregateQuery {
  const rolesOf = ({ id }: Measure): readonly string[] => [
    ...(looking.get(lookedAt({ measure: id, window })) ?? []),
  ];
  const measures = whole.measures.filter((each) => rolesOf(each).length > 0);
  const roles = new Set(measures.flatMap(rolesOf));
  const viewers = stays.filter((each) => roles.has(each.role));
  const parts = whole.buckets.flatMap((bucket) =>
    viewers.flatMap((stay) => partOn(bucket, stay) ?? []).filter((part) => part !== bucket),
  );
  const buckets = [...new Map(parts.map((each) => [each.id, each])).values()];
  return { ...whole, id: `${whole.id} in part`, buckets, measures: buckets.length === 0 ? [] : measures };
}

/** From the first day of any to the last. */
function spanOf(days: readonly DayRange[]): DayRange {
  return {
    from: Math.min(...days.map((each) => each.from)),
    until: Math.max(...days.map((each) => each.until)),
  };
}

/** Most measures of one query: the time that a database takes to plan a statement grows with their square. */
const MOST_MEASURES = 50;

function inParts(query: AggregateQuery): readonly AggregateQuery[] {
  const { id, measures } = query;
  const count = Math.ceil(measures.length / MOST_MEASURES);
  return Array.from({ length: count }, (_, part) => ({
    ...query,
    id: part === 0 ? id : `${id}.${part + 1}`,
    measures: measures.slice(part * MOST_MEASURES, (part + 1) * MOST_MEASURES),
  }));
}

/** The groups of everybody who looks (each stay), and the whole group of each value. */
function groupPieces(
  model: Model,
  stays: readonly Stay[],
  attribute: string,
  buckets: readonly Bucket[],
): readonly GroupPiece[] {
  const pieces = new Map<string, GroupPiece>();
  const put = (found: readonly GroupPiece[]): void => {
    for (const each of found)
      pieces.set(JSON.stringify([each.group, each.bucket, each.from, each.value, each.alone]), each);
  };
  for (const bucket of buckets) {
    for (const stay of stays) put(piecesOf(stretchesOf(model, stay, attribute, bucket), bucket));
  }
  put(wholeGroups(model, stays, attribute, buckets));
  return [...pieces.values()];
}

/** The whole group of each value, over each bucket. */
export function wholeGroups(
  model: Model,
  stays: readonly Stay[],
  attribute: string,
  buckets: readonly Bucket[],
): readonly GroupPiece[] {
  return buckets.flatMap((bucket) =>
    valuesBetween(model, stays, attribute, bucket).flatMap((value) =>
      piecesOf([{ value, from: bucket.from, until: bucket.until }], bucket),
    ),
  );
}

/** Every measure that a grain's formulas read. */
function measuresOver(model: Model, grain: Grain): readonly MeasureNode[] {
  const formulas = rootsOver(model, grain).flatMap((each) => each.formulas);
  return measuresRead(new Map(model.figures.map((each) => [each.id, each])), formulas);
}

/** Every measure that formulas read, through the figures that they name. */
export function measuresRead(
  figures: ReadonlyMap<string, Figure>,
  formulas: readonly Expression[],
): readonly MeasureNode[] {
  const found = new Map<string, MeasureNode>();
  const visited = new Set<string>();
  const visit = (node: Expression): void => {
    switch (node.kind) {
      case 'measure':
        found.set(JSON.stringify([node.measure, node.scope, node.window]), node);
        return;
      case 'figure':
      case 'target':
      case 'attainment':
        if (visited.has(node.figure)) return;
        visited.add(node.figure);
        visit(figures.get(node.figure)!.value);
        return;
      default:
        for (const each of partsOf(node)) visit(each);
    }
  };
  for (const each of formulas) visit(each);
  return [...found.values()];
}

/** A query of any kind; one for rows as look-backs see them looks at all days anyway. */
type Looking = Pick<AggregateQuery, 'event' | 'by' | 'buckets'> & Pick<RowsQuery, 'seen'>;

/**
 * The posting days that any query looks at for an event: those of the periods where nothing looks at it, and none where
 * all queries go by other dates.
 */
export function dayRange(
  event: string,
  queries: readonly Looking[],
  periods: readonly Period[],
): { readonly from: number; readonly until: number } {
  const own = queries.filter((each) => each.event === event && !each.seen);
  const days = own.length > 0 ? own.filter((each) => !each.by).flatMap((each) => each.buckets) : periods;
  if (days.length === 0) return { from: 0, until: 0 };
  return spanOf(days);
}
