// Steps of formulas that look at other periods and other people: the same formula there, each with its own value.

import { add, compare, type Exact, exactText, ZERO } from '../base/exact.ts';
import { type Period, shift } from '../base/period.ts';
import { pointsKept } from '../evaluate/account.ts';
import { type CellPlace, isTop, type Viewer } from '../evaluate/cell.ts';
import { isAway, isAwayIn } from '../evaluate/days.ts';
import { periodsLookedAt, seenFrom } from '../evaluate/past.ts';
import { hasDayIn, isWorkedOut, placeOf, sameIn, stayPlace, staysLike } from '../evaluate/places.ts';
import { poolRead } from '../evaluate/pool-lines.ts';
import { NUMBER } from '../library/types.ts';
import type { RestOfSum, Step } from '../model/explanation.ts';
import type {
  EachNode,
  Expression,
  PointsNode,
  PoolNode,
  PreviousNode,
  RankNode,
  StreakNode,
  TotalNode,
} from '../model/expression.ts';
import type { Stay } from '../model/people.ts';
import { rolesCompared } from '../query/named.ts';
import { type Explaining, onceNamed, saidOf, shownValue, whoseOf } from './explaining.ts';
import { headOf, stepIn, stepOf } from './steps.ts';
import type { Trace } from './trace.ts';

/** A formula in another period of the same viewer, where bonuses are seen as they were rounded. */
function past(
  explaining: Explaining,
  formula: Expression,
  at: { readonly viewer: Viewer; readonly period: Period },
) {
  const cell = placeOf(explaining.run, at.viewer, at.period);
  return explaining.tracing.of(explaining.run, formula, { ...cell, asPaid: cell });
}

/** A period with the value of a formula in it, which is told whole where it is the first. */
function periodStep(explaining: Explaining, trace: Trace): Step {
  const { period } = trace.place;
  return {
    kind: 'other period',
    name: period.id,
    ...whoseOf(explaining, trace.place),
    value: shownValue(trace.value, trace.node.type),
    how: { kind: 'same' },
    parts: [stepOf(explaining, trace)],
  };
}

/** `previous(x)`. */
export function previousStep(explaining: Explaining, trace: Trace, node: PreviousNode): Step {
  const { run } = explaining;
  const period = shift(trace.place.period, -1);
  const viewer = sameIn(run, trace.place.viewer, period);
  const before =
    trace.value === undefined || !viewer ? undefined : past(explaining, node.of, { viewer, period });
  return {
    kind: 'operation',
    ...headOf(explaining, trace),
    how: { kind: 'previous' },
    parts: before ? [periodStep(explaining, before)] : [],
  };
}

/** `sum(x each month)`: the periods that count, in order of time. */
export function eachStep(explaining: Explaining, trace: Trace, node: EachNode): Step {
  const { run, tracing } = explaining;
  const { place, value } = trace;
  const { viewer } = place;
  const periods = value === undefined ? [] : periodsLookedAt(run, node, place);
  const parts = periods.flatMap((period) => {
    if (viewer.kind === 'stay' && !hasDayIn(viewer.stay, period)) return [];
    const found =
      period.until < place.period.until
        ? past(explaining, node.of, { viewer, period })
        : tracing.of(run, node.of, seenFrom(place, placeOf(run, viewer, period)));
    const isLeftOut = found?.value === undefined && isAwayIn(run, viewer, period);
    return found && !isLeftOut ? [periodStep(explaining, found)] : [];
  });
  return {
    kind: 'operation',
    ...headOf(explaining, trace),
    how: { kind: 'each', function: node.function, grain: node.grain },
    parts,
  };
}

/** `streak(c)`: back to the period that broke it. */
export function streakStep(explaining: Explaining, trace: Trace, node: StreakNode): Step {
  const { run, tracing } = explaining;
  const { viewer, period: current } = trace.place;
  const now = tracing.of(run, node.of, trace.place);
  const parts = now ? [periodStep(explaining, now)] : [];
  const first = viewer.kind === 'stay' ? staysLike(run, viewer.stay)[0]!.from : Number.NEGATIVE_INFINITY;
  let goesOn = now?.value === true && trace.value !== undefined;
  for (
    let period = shift(current, -1);
    goesOn && isWorkedOut(run, period) && period.until > first;
    period = shift(period, -1)
  ) {
    const whose = sameIn(run, viewer, period);
    if (!whose || isAwayIn(run, whose, period)) continue;
    const found = past(explaining, node.of, { viewer: whose, period });
    if (found) parts.push(periodStep(explaining, found));
    goesOn = found?.value === true;
  }
  return { kind: 'operation', ...headOf(explaining, trace), how: { kind: 'streak' }, parts };
}

// ---- others --------------------------------------------------------------------------------------------------------

/** Everybody who is compared, with the formula's value. */
export function comparedWith(
  explaining: Explaining,
  formula: Expression,
  of: { readonly stays: readonly Stay[]; readonly place: CellPlace },
): readonly Trace[] {
  const { run, tracing } = explaining;
  return of.stays.flatMap((stay) => {
    const place = stayPlace(run, stay, of.place.period);
    const found = tracing.of(run, formula, seenFrom(of.place, place));
    return found && (found.value !== undefined || !isAway(run, place)) ? [found] : [];
  });
}

/** One of those compared; only of the person it is about is it told how the value came about. */
export function personStep(explaining: Explaining, trace: Trace): Step {
  const { viewer } = trace.place;
  const person = viewer.kind === 'stay' ? viewer.stay.person : '';
  const isAbout = person === explaining.about.person;
  return {
    kind: 'person',
    name: person,
    ...whoseOf(explaining, trace.place),
    value: shownValue(trace.value, trace.node.type),
    how: isAbout ? { kind: 'same' } : { kind: 'given' },
    parts: isAbout ? [stepOf(explaining, trace)] : [],
  };
}

function staysCompared({ run }: Explaining, node: RankNode | TotalNode, { viewer, period }: CellPlace) {
  const own = viewer.kind === 'stay' ? viewer.role : undefined;
  const names = rolesCompared(run.model, node.roles, own).map((each) => each.name);
  return run.people.stays.filter((stay) => names.includes(stay.role) && hasDayIn(stay, period));
}

/** The largest first; who has no value last. */
export function largestFirst(traces: readonly Trace[]): readonly Trace[] {
  const rank = ({ value }: Trace): Exact | undefined => (typeof value === 'object' ? value : undefined);
  return traces.toSorted((a, b) => {
    const [one, other] = [rank(a), rank(b)];
    if (one && other) return compare(other, one);
    return one ? -1 : other ? 1 : 0;
  });
}

/** `rank(x)`: those in front, and the person. */
export function rankStep(explaining: Explaining, trace: Trace, node: RankNode): Step {
  const { place } = trace;
  const all = comparedWith(explaining, node.of, { stays: staysCompared(explaining, node, place), place });
  const parts = firstAndOwn(explaining, largestFirst(all));
  return {
    kind: 'operation',
    ...headOf(explaining, trace),
    how: { kind: 'rank', people: all.length },
    parts: parts.map((each) => personStep(explaining, each)),
  };
}

/** The first of them, and the person that it is about wherever that is. */
export function firstAndOwn({ about, most }: Explaining, traces: readonly Trace[]): readonly Trace[] {
  return traces.filter(({ place: { viewer } }, index) => {
    return index < most || (viewer.kind === 'stay' && viewer.stay.person === about.person);
  });
}

/** `total(x)`. */
export function totalStep(explaining: Explaining, trace: Trace, node: TotalNode): Step {
  const { place } = trace;
  const all = comparedWith(explaining, node.of, { stays: staysCompared(explaining, node, place), place });
  const shown = firstAndOwn(explaining, largestFirst(all));
  const others = all.filter((each) => !shown.includes(each));
  const isWhole = trace.value !== undefined && !all.some(({ value }) => isTop(value));
  const rest: RestOfSum | undefined =
    others.length > 0 && isWhole
      ? {
          count: others.length,
          value: {
            value: exactText(others.reduce((sum, { value }) => add(sum, value as Exact), ZERO)),
            type: node.type,
          },
        }
      : undefined;
  return {
    kind: 'operation',
    ...headOf(explaining, trace),
    how: { kind: 'total', people: all.length, ...(rest ? { rest } : {}) },
    parts: shown.map((each) => personStep(explaining, each)),
  };
}

// ---- what is kept and shared ---------------------------------------------------------------------------------------

/** Points of the person's account: what gave them. */
export function pointsStep(explaining: Explaining, trace: Trace, node: PointsNode): Step {
  const kept = pointsKept(explaining.run, node, trace.place);
  return {
    kind: 'points',
    ...headOf(explaining, trace),
    how: { kind: 'sum' },
    parts: kept.map(({ award, period, won }) => ({
      kind: 'award',
      name: award.name,
      ...(award.title === undefined ? {} : { title: award.title }),
      ...saidOf(explaining.run, won.prize.span),
      whose: { period: period.id },
      value: shownValue(won.amount, NUMBER),
      how: { kind: 'given' },
      parts: [],
    })),
  };
}

/** What the person has of a pool: the pool's amount, and what it is shared by. */
export function poolStep(explaining: Explaining, trace: Trace, node: PoolNode): Step {
  const { run } = explaining;
  const { place } = trace;
  const pool = run.model.pools.find((each) => each.name === node.pool)!;
  const { title } = pool;
  const head = {
    kind: 'pool',
    ...headOf(explaining, trace),
    name: pool.name,
    ...(title === undefined ? {} : { title }),
    place,
  } as const;
  return onceNamed(explaining, head, () => {
    const read = poolRead(run, node, place);
    const amount = stepIn(explaining, pool.amount, placeOf(run, { kind: 'company' }, place.period));
    const by = read.by && pool.sharedBy !== 'equally' ? stepIn(explaining, pool.sharedBy, place) : undefined;
    const failed =
      read.because === 'condition' && pool.when ? stepIn(explaining, pool.when, place) : undefined;
    const parts = [amount, by, failed].filter((each) => each !== undefined);
    return { how: { kind: 'pool part', pool: read }, parts };
  });
}
