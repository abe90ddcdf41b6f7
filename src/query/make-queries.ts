// Which aggregates a run needs: every measure that its formulas read, in each scope, window and grain, bundled into one
// query per event, scope, window and grain.

import type { Day } from '../base/date.ts';
import { type Grain, type Period, periodAt, periodsBetween } from '../base/period.ts';
import { windowDays } from '../library/window.ts';
import type { Expression, MeasureNode, Scope, Window } from '../model/expression.ts';
import type { People, Stay } from '../model/people.ts';
import type { Figure, Measure, Model, Role } from '../model/policy.ts';
import { piecesOf, stretchesOf, valuesBetween } from './groups.ts';
import type { AggregateQuery, Bucket, GroupPiece } from './query.ts';

/** The facts that formulas over periods of one grain need. */
export interface GrainPlan {
  readonly grain: Grain;
  readonly periods: readonly Period[];
}

/**
 * The grains that the policy's bonuses and caps are worked out over, each with the periods that are needed for the
 * policy periods asked for: those that overlap them.
 */
export function grainPlans(model: Model, periods: readonly Period[]): readonly GrainPlan[] {
  const grains = new Set<Grain>([model.grain]);
  for (const role of model.roles) {
    for (const each of [...role.bonuses, ...role.caps]) grains.add(each.grain);
  }
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
  return scope.kind === 'group' ? `by ${scope.attribute}` : scope.kind;
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
      readonly plan: GrainPlan;
      readonly measures: Map<string, Measure>;
    }
  >();
  for (const plan of plans) {
    for (const node of measuresOver(model, plan.grain)) {
      const measure = measures.get(node.measure)!;
      const key = JSON.stringify([measure.event, scopeKey(node.scope), node.window, plan.grain]);
      const bundle = bundles.get(key) ?? {
        event: measure.event,
        scope: node.scope,
        window: node.window,
        plan,
        measures: new Map<string, Measure>(),
      };
      bundle.measures.set(measure.id, measure);
      bundles.set(key, bundle);
    }
  }
  return [...bundles.values()].flatMap((bundle, index) => {
    const buckets = new Map(
      bundle.plan.periods
        .map((period) => windowBucket(bundle.window, period, since.get(bundle.event)))
        .map((each) => [each.id, each]),
    );
    const base = {
      id: `q${index + 1}`,
      event: bundle.event,
      buckets: [...buckets.values()],
      measures: [...bundle.measures.values()],
    };
    if (bundle.scope.kind !== 'group') return inParts({ ...base, scope: bundle.scope });
    const { attribute } = bundle.scope;
    const pieces = groupPieces(model, people.stays, attribute, base.buckets);
    return inParts({ ...base, scope: { kind: 'group', attribute, pieces } });
  });
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
    for (const value of valuesBetween(model, stays, attribute, bucket))
      put(piecesOf([{ value, from: bucket.from, until: bucket.until }], bucket));
  }
  return [...pieces.values()];
}

/** Every measure that a grain's formulas read. */
function measuresOver(model: Model, grain: Grain): readonly MeasureNode[] {
  const shown =
    grain === model.grain
      ? model.figures
      : model.figures.filter((figure) => model.roles.some((role) => isScored(role, grain, figure.id)));
  return measuresRead(new Map(model.figures.map((each) => [each.id, each])), [
    ...model.roles.flatMap((role) => formulasOf(role, grain)),
    ...shown.map((each) => each.value),
  ]);
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
      case 'rates':
      case 'curve':
        visit(node.argument);
        return;
      case 'lookup':
        for (const each of [...node.keys, ...(node.at ? [node.at] : [])]) visit(each);
        return;
      case 'apply':
        for (const each of node.args) visit(each);
        return;
      default:
        return;
    }
  };
  for (const each of formulas) visit(each);
  return [...found.values()];
}

/** Whether bonuses or caps over the grain may read a score that this figure goes into. */
function isScored(role: Role, grain: Grain, figure: string): boolean {
  return (
    [...role.bonuses, ...role.caps].some((each) => each.grain === grain) &&
    (role.scorecard ?? []).some((line) => line.kpi === figure)
  );
}

function formulasOf(role: Role, grain: Grain): readonly Expression[] {
  const bonuses = role.bonuses.filter((bonus) => bonus.grain === grain);
  return [
    ...bonuses.flatMap((bonus) => [bonus.value, bonus.when, bonus.cap]),
    ...role.caps.filter((cap) => cap.grain === grain).map((cap) => cap.amount),
    ...(bonuses.length > 0 ? role.gates.flatMap((gate) => [gate.condition, gate.when]) : []),
  ].filter((each): each is Expression => each !== undefined);
}

/** The days that any query looks at for an event, or those of the periods where none does. */
export function dayRange(
  event: string,
  queries: readonly AggregateQuery[],
  periods: readonly Period[],
): { readonly from: number; readonly until: number } {
  const own = queries.filter((each) => each.event === event).flatMap((each) => each.buckets);
  const days = own.length > 0 ? own : periods;
  return {
    from: Math.min(...days.map((each) => each.from)),
    until: Math.max(...days.map((each) => each.until)),
  };
}
