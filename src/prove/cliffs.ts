// Where one more unit of a KPI pays less, or pay jumps up, with all that a role pays: bonuses, gates, caps and draws
// together. Pay is worked out by the ordinary evaluation on both sides of every bound that the policy has for the KPI.

import { boundsOf } from '../analyse/bounds.ts';
import { figureCalled } from '../analyse/formulas.ts';
import { moverOf as unitMover } from '../analyse/mover.ts';
import type { Backend } from '../backend/backend.ts';
import { dayOf } from '../base/date.ts';
import { RunError } from '../base/diagnostic.ts';
import {
  add,
  compare,
  type Exact,
  exact,
  exactText,
  greatest,
  multiply,
  negate,
  roundTo,
  sign,
  subtract,
  whole,
  ZERO,
} from '../base/exact.ts';
import type { Limits } from '../base/limits.ts';
import { type Period, periodAt, periodsBetween } from '../base/period.ts';
import { runOver } from '../engine.ts';
import { payableOf } from '../evaluate/amounts.ts';
import { isTop, type Run } from '../evaluate/cell.ts';
import { hasDayIn, stayPlace } from '../evaluate/places.ts';
import { statedPay } from '../evaluate/stated.ts';
import { targetOf } from '../evaluate/target.ts';
import { type Gathered, gather } from '../gather.ts';
import { valueNotation } from '../library/notation.ts';
import { isNumeric } from '../library/types.ts';
import type { Cliff, CliffReport } from '../model/cost.ts';
import type { FieldModel, Figure, Kpi, Measure, Model, Role } from '../model/policy.ts';
import { bucketDays } from '../query/make-queries.ts';
import { isAdditive } from '../query/moved-facts.ts';
import { modelWithin } from './prove-claim.ts';
import { sourcesOf } from './situations.ts';
import { measureOf, thresholds, type Usual, type UsualResults, WHERE } from './turns-of-pay.ts';

/** What cliffs are looked for with. */
export interface CliffOptions {
  /** Gives a new backend in memory. */
  readonly openBackend: () => Backend;
  /** What it may take; see `RunRequest`. */
  readonly limits?: Limits;
}

/** The cliffs of all roles, in their order, by KPI and then by result. */
export async function cliffsOf(model: Model, options: CliffOptions): Promise<CliffReport> {
  const own = modelWithin(model, []);
  const cliffs: Cliff[] = [];
  for (const role of own.roles) cliffs.push(...(await cliffsOfRole(own, role, options)));
  return { formatVersion: 1, policy: model.name, currency: model.currency, cliffs };
}

async function cliffsOfRole(
  model: Model,
  role: Role,
  { openBackend, limits }: CliffOptions,
): Promise<readonly Cliff[]> {
  const period = longestEnd(model);
  const person = { id: 'p1', role: role.name, ...Object.fromEntries(model.attributes.map(usualCell)) };
  const backend = openBackend();
  try {
    const situation = { period, people: [person], absences: [], rows: new Map() };
    const asked = { sources: sourcesOf(model, situation), period: period.id, allowRejects: true };
    const request = { model, ...asked, ...(limits && { limits }) };
    const { value: gathered } = await gather(request, backend);
    const stay = gathered?.people.stays.find((each) => hasDayIn(each, period));
    if (!gathered || !stay) return [];
    const found = WHERE.flatMap((where) =>
      model.kpis.flatMap((kpi) => cliffsIn({ gathered, stay, period, role, where }, kpi)),
    );
    const key = ({ kpi, before, after }: Cliff): string => JSON.stringify([kpi, before.result, after.result]);
    return found.filter((each, at) => found.findIndex((other) => key(other) === key(each)) === at);
  } finally {
    await backend.close();
  }
}

/** The first period with which the longest time ends, so that bonuses of longer times are paid in it. */
function longestEnd({ grain, effective }: Model): Period {
  const first = effective.from ?? dayOf(2026, 1, 1);
  const all = periodsBetween(grain, first, Math.min(effective.until ?? first + 366, first + 366)).filter(
    (each) => each.from >= first,
  );
  return (
    all.find((each) => periodAt('year', each.from).until === each.until) ??
    all.find((each) => periodAt('quarter', each.from).until === each.until) ??
    all[0] ??
    periodAt(grain, first)
  );
}

function usualCell({ name, type, from, fallback }: FieldModel): readonly [string, string] {
  switch (type.kind) {
    case 'money':
      return [name, from !== undefined && compare(exact(from), whole(50_000)) > 0 ? from : '50000'];
    case 'number':
    case 'duration':
      return [name, fallback ?? from ?? '1'];
    case 'percent':
      return [name, '100%'];
    case 'enumeration':
      return [name, type.members[0] ?? ''];
    case 'truth':
      return [name, 'true'];
    case 'date':
    case 'datetime':
      return [name, '2020-01-01'];
    default:
      return [name, 'A'];
  }
}

function cliffsIn(standing: Usual, kpi: Kpi): readonly Cliff[] {
  const { gathered, role, where } = standing;
  const { model } = gathered;
  const figure = figureCalled(model, kpi.name);
  const unit = unitMover(model, role, kpi.name)?.unit;
  if (!figure || !unit || !isNumeric(figure.type)) return [];
  const others = usualResults(standing);
  const pays = new Map<string, Exact | undefined>();
  const payAt = (x: Exact): Exact | undefined => {
    const key = exactText(x);
    if (!pays.has(key)) pays.set(key, payWith(standing, { figure, x, others }));
    return pays.get(key);
  };
  // the better way: of what is better when less, one unit less
  const better = kpi.lowerIsBetter ? negate(unit) : unit;
  const step = exact(model.rounding.step);
  const { low, high } = boundsOf({ model }, figure.value);
  const isPossible = (x: Exact): boolean =>
    (!low || compare(x, low) >= 0) && (!high || compare(x, high) <= 0);
  return thresholds(standing, { figure, others }).flatMap((bound): readonly Cliff[] => {
    const at = roundTo(bound, unit, 'floor');
    return [subtract(at, unit), at, add(at, unit)].flatMap((x): readonly Cliff[] => {
      const [from, to] = [x, add(x, better)];
      const pay = [subtract(from, better), from, to, add(to, better)].map(payAt);
      const [first, before, after, last] = pay;
      if (!before || !after || !isPossible(from) || !isPossible(to)) return [];
      const change = subtract(after, before);
      const around = greatest(first ? subtract(before, first) : ZERO, last ? subtract(last, after) : ZERO);
      // what is rounded moves by a step or two of it anyhow
      const isJump = compare(change, add(around, multiply(step, whole(2)))) > 0;
      if (sign(change) >= 0 && !isJump) return [];
      const side = (result: Exact, amount: Exact) => ({
        result: valueNotation(result, figure.type),
        pay: exactText(amount),
      });
      return [
        {
          kind: sign(change) < 0 ? 'drop' : 'jump',
          role: role.name,
          kpi: kpi.name,
          before: side(from, before),
          after: side(to, after),
          change: exactText(change),
          where,
        },
      ];
    });
  });
}

/** What each KPI is taken to be beside the one that moves: its target, or nothing. */
function usualResults({ gathered, stay, period, where }: Usual): UsualResults {
  const { model } = gathered;
  const run = runOver(gathered);
  const place = stayPlace(run, stay, period);
  const found = new Map<string, Exact>();
  if (where === 'others at nothing') return found;
  for (const kpi of model.kpis) {
    const figure = figureCalled(model, kpi.name);
    if (!figure) continue;
    try {
      const target = targetOf(run, figure, place);
      if (typeof target === 'object' && !isTop(target)) found.set(figure.id, target);
    } catch (fault) {
      if (!(fault instanceof RunError)) throw fault;
    }
  }
  return found;
}

interface Moved {
  readonly figure: Figure;
  readonly x: Exact;
  readonly others: UsualResults;
}

/** Pay with a KPI at `x`; nothing where it can't be worked out. */
function payWith({ gathered, stay, period }: Usual, { figure, x, others }: Moved): Exact | undefined {
  const { model } = gathered;
  const results = new Map(others).set(figure.id, x);
  const measured = new Map<string, Exact>();
  const set = new Map<unknown, Exact>();
  for (const [id, value] of results) {
    const formula = figureCalled(model, id)!.value;
    const measure =
      formula.kind === 'measure' ? model.measures.find((each) => each.id === formula.measure) : undefined;
    if (measure && isAdditive(measure)) measured.set(measure.id, value);
    else set.set(formula, value);
  }
  const facts: Gathered['facts'] = {
    value: (measure: Measure, scope, bucket, group) => {
      const days = bucketDays(bucket);
      const isHere = days.from <= period.until - 1 && period.until - 1 < days.until;
      const value = measured.get(measure.id);
      return value !== undefined && (isHere || measure.id !== measureOf(figure))
        ? value
        : gathered.facts.value(measure, scope, bucket, group);
    },
  };
  const run: Run = runOver(
    { ...gathered, facts },
    { watch: { formula: (node, _, work) => (set.has(node) ? set.get(node)! : work()) } },
  );
  try {
    return payableOf(statedPay(run, stayPlace(run, stay, period)));
  } catch (fault) {
    if (fault instanceof RunError) return undefined;
    throw fault;
  }
}
