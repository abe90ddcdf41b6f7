// Which aggregates a run needs: every measure that its formulas read, in each scope, window and grain, bundled into one
// query per event, scope, window and grain.

import type { Day } from '../base/date.ts';
import { type Grain, type Period, periodAt, periodsBetween } from '../base/period.ts';
import { partsOf } from '../library/parts.ts';
import { windowDays } from '../library/window.ts';
import type { Expression, MeasureNode, Scope, Window } from '../model/expression.ts';
import type { Cap, Floor } from '../model/pay.ts';
import type { People, Stay } from '../model/people.ts';
import type { Figure, Measure, Model, Role } from '../model/policy.ts';
import { rootsBeside } from './awards.ts';
import { dateKey } from './dates.ts';
import { type DayRange, piecesOf, stretchesOf, valuesBetween } from './groups.ts';
import { historyPlans, type Roots } from './history.ts';
import type { AggregateQuery, Bucket, GroupPiece, RowsQuery } from './query.ts';
import { reportPieces } from './reports.ts';

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
  const grains = new Set<Grain>([model.grain]);
  for (const role of model.roles) {
    for (const each of [...role.bonuses, ...role.caps, ...role.floors]) grains.add(each.grain);
  }
  for (const each of [...model.pay.caps, ...model.pay.floors]) grains.add(each.grain);
  for (const pool of model.pools) grains.add(pool.grain);
  return [...grains].map((grain) => ({
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
    if (bundle.scope.kind !== 'group') return inParts({ ...base, scope: bundle.scope });
    if (bundle.scope.below) {
      const pieces = reportPieces(people, spanOf(base.buckets));
      return inParts({ ...base, scope: { kind: 'below', pieces } });
    }
    const { attribute } = bundle.scope;
    const pieces = groupPieces(model, people.stays, attribute, base.buckets);
    return inParts({ ...base, scope: { kind: 'group', attribute, pieces } });
  });
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
      pieces.set(JSON.stringify([each.group, each.bucket, each.from, each.value]), each);
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

/** The formulas that are worked out over a grain, by role; figures are everybody's. */
export function rootsOver(model: Model, grain: Grain): readonly Roots[] {
  const shown =
    grain === model.grain
      ? model.figures.filter((figure) => !figure.grain)
      : model.figures.filter((figure) =>
          model.roles.some((role) => isScored(model, { role, grain, figure: figure.id })),
        );
  return [
    ...model.roles.map((role) => ({ role, formulas: formulasOf(role, grain) })),
    ...rootsBeside(model, grain),
    { formulas: boundsOver([...model.pay.caps, ...model.pay.floors], grain) },
    { formulas: model.pay.draws.map((each) => each.amount) },
    { formulas: shown.map((each) => each.value) },
  ];
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

/** Whether bonuses, caps or pools over the grain may read a score that this figure goes into. */
function isScored(
  { pools }: Model,
  { role, grain, figure }: { readonly role: Role; readonly grain: Grain; readonly figure: string },
): boolean {
  return (
    [...role.bonuses, ...role.caps, ...role.floors, ...pools].some((each) => each.grain === grain) &&
    (role.scorecard ?? []).some((line) => line.kpi === figure)
  );
}

function formulasOf(role: Role, grain: Grain): readonly Expression[] {
  const bonuses = role.bonuses.filter((bonus) => bonus.grain === grain);
  return [
    ...bonuses.flatMap((bonus) => [bonus.value, bonus.when, bonus.cap, bonus.floor]),
    ...boundsOver([...role.caps, ...role.floors], grain),
    // a draw of any length is worked out in the policy's period
    ...role.draws.map((draw) => draw.amount),
    ...(bonuses.length > 0 ? role.gates.flatMap((gate) => [gate.condition, gate.when]) : []),
  ].filter((each): each is Expression => each !== undefined);
}

function boundsOver(bounds: readonly (Cap | Floor)[], grain: Grain): readonly Expression[] {
  return bounds.filter((each) => each.grain === grain).map((each) => each.amount);
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
