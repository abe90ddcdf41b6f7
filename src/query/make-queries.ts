// Which aggregates a run needs: every measure that its formulas read, in each scope, window and grain, bundled into one
// query per event, scope, window and grain.

import { type Grain, type Period, periodAt, periodsBetween } from '../base/period.ts';
import { windowDays } from '../library/window.ts';
import type { Expression, MeasureNode, Scope, Window } from '../model/expression.ts';
import type { People, Stay } from '../model/people.ts';
import type { Measure, Model, Role } from '../model/policy.ts';
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

/** The bucket of an event's facts for a window, seen from a period. */
export function windowBucket(model: Model, event: string, window: Window, period: Period): Bucket {
  return bucketOf(windowDays(window, period, model.events.find((each) => each.name === event)?.since));
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
    for (const node of measuresRead(model, plan.grain)) {
      const measure = model.measures.find((each) => each.id === node.measure)!;
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
  return [...bundles.values()].map((bundle, index) => {
    const buckets = new Map(
      bundle.plan.periods
        .map((period) => windowBucket(model, bundle.event, bundle.window, period))
        .map((each) => [each.id, each]),
    );
    const base = {
      id: `q${index + 1}`,
      event: bundle.event,
      buckets: [...buckets.values()],
      measures: [...bundle.measures.values()],
    };
    if (bundle.scope.kind !== 'group') return { ...base, scope: bundle.scope };
    const { attribute } = bundle.scope;
    return {
      ...base,
      scope: { kind: 'group', attribute, pieces: groupPieces(model, people.stays, attribute, base.buckets) },
    };
  });
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

/** Every measure that formulas over a grain read, through the figures that they name. */
function measuresRead(model: Model, grain: Grain): readonly MeasureNode[] {
  const found = new Map<string, MeasureNode>();
  const figures = new Map(model.figures.map((each) => [each.id, each]));
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
  for (const role of model.roles) for (const each of formulasOf(role, grain)) visit(each);
  const shown =
    grain === model.grain
      ? model.figures
      : model.figures.filter((figure) =>
          model.roles.some((role) => scored(role, grain, figure.name) && figure.id === figure.name),
        );
  for (const figure of shown) visit(figure.value);
  return [...found.values()];
}

function scored(role: Role, grain: Grain, kpi: string): boolean {
  return (
    role.bonuses.some((bonus) => bonus.grain === grain) &&
    (role.scorecard ?? []).some((line) => line.kpi === kpi)
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
