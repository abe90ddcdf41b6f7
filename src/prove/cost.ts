// What a policy can cost at most: the upper bound of what each role pays, from the bounds of fields and what is given,
// what has no bound, and whether the bound is reached by a situation that the ordinary evaluation confirms.

import { figureCalled, measureCalled } from '../analyse/formulas.ts';
import { type Interval, interval } from '../analyse/interval.ts';
import { wordsAt } from '../analyse/reading.ts';
import type { Backend } from '../backend/backend.ts';
import { chanceOf } from '../base/chance.ts';
import { RunError } from '../base/diagnostic.ts';
import {
  add,
  compare,
  type Exact,
  equals,
  exact,
  exactText,
  multiply,
  ONE,
  subtract,
  whole,
  ZERO,
} from '../base/exact.ts';
import type { Limits } from '../base/limits.ts';
import { runOver } from '../engine.ts';
import { earnedOf, payableOf } from '../evaluate/amounts.ts';
import { evaluate, figureIn } from '../evaluate/formula.ts';
import { hasDayIn, stayPlace } from '../evaluate/places.ts';
import { statedPay } from '../evaluate/stated.ts';
import { type Gathered, gather } from '../gather.ts';
import type { CostReport, RoleCost } from '../model/cost.ts';
import type { Stay } from '../model/people.ts';
import type { Model, Role } from '../model/policy.ts';
import type { GivenRange } from '../model/proof.ts';
import { isAdditive, movedFacts } from '../query/moved-facts.ts';
import { textPlace } from './failure.ts';
import { boundingIn } from './limits-of.ts';
import { rangeIn, WHOLE_BOX } from './lines.ts';
import { givenFigures, modelWithin } from './prove-claim.ts';
import { drawSituation, poolOf, type Situation, sourcesOf } from './situations.ts';
import type { Input, Sketch, Why } from './sketch.ts';
import { sketchRole } from './sketch-pay.ts';
import { allIn } from './sketch-walk.ts';

/** What a cost is worked out with. */
export interface CostOptions {
  /** Gives a new backend in memory. */
  readonly openBackend: () => Backend;
  /** What is given beside the bounds of fields. */
  readonly given?: readonly GivenRange[];
  /** How many people hold each role. */
  readonly heads?: ReadonlyMap<string, number>;
  /** In how many situations the bound is looked for; `COST_SITUATIONS` unless said. */
  readonly situations?: number;
  readonly seed?: number;
  /** What it may take; see `RunRequest`. */
  readonly limits?: Limits;
}

/** In how many situations of each role a bound is looked for, unless said. */
export const COST_SITUATIONS = 60;

/** What each role of a policy can pay at most, and all people together. */
export async function costOf(model: Model, options: CostOptions): Promise<CostReport> {
  const { given = [], heads } = options;
  const within = modelWithin(model, given);
  const roles: RoleCost[] = [];
  for (const role of within.roles) roles.push(await roleCost(within, role, options));
  const total = heads && totalOf(roles);
  return {
    formatVersion: 1,
    policy: model.name,
    currency: model.currency,
    given: given.map((each) => wordsAt(model, each.span)),
    roles,
    ...(total === undefined ? {} : { total: total && exactText(total) }),
  };
}

/** `null`: one of those whom there are has no bound. */
function totalOf(roles: readonly RoleCost[]): Exact | null {
  let total: Exact = ZERO;
  for (const { most, heads = 0 } of roles) {
    if (heads === 0) continue;
    if (most === null) return null;
    total = add(total, multiply(exact(most), whole(heads)));
  }
  return total;
}

// ---- one role ------------------------------------------------------------------------------------------------

async function roleCost(model: Model, role: Role, options: CostOptions): Promise<RoleCost> {
  const given = givenFigures(options.given ?? []);
  const sketcher = sketchRole({ model, role, whole: new Set(), given });
  // what is paid in other periods than those in which it is earned costs no more for that
  const of = movesBetweenPeriods(model) ? 'earned' : 'payable';
  const pay = sketcher.pay(of);
  const bounds = boundingIn(WHOLE_BOX);
  const most = bounds.range(pay.total).high;
  const seen = await mostSeen(model, { role, of, total: pay.total }, options);
  const sources = new Map(model.sources.map((each) => [each.name, each]));
  const heads = options.heads?.get(role.name);
  return {
    role: role.name,
    of: of === 'earned' ? 'earned' : 'paid',
    most: most ? exactText(most) : null,
    reached: most !== undefined && equals(most, seen),
    seen: exactText(seen),
    lines: pay.lines.map(({ name, amount }) => {
      const { high } = bounds.range(amount);
      return { name, most: high ? exactText(high) : null };
    }),
    unbounded: most
      ? []
      : unboundedIn(pay.total).map(({ what, span }) => ({
          what,
          ...(span ? { at: textPlace(sources, span) } : {}),
        })),
    ...(heads === undefined ? {} : { heads }),
  };
}

function movesBetweenPeriods({ roles }: Model): boolean {
  return roles.some(
    ({ bonuses, caps }) =>
      caps.some((each) => each.carryExcess) ||
      bonuses.some(({ parts, monthsLater, holds, payableAs }) =>
        [parts, monthsLater, holds, payableAs].some((each) => each !== undefined),
      ),
  );
}

/** What leaves a sketch without an upper end: inputs, each of which does so by itself, or what isn't followed. */
function unboundedIn(total: Sketch): readonly Why[] {
  const all = allIn(total);
  const inputs = all.flatMap((each) => (each.kind === 'input' ? [each.input] : []));
  const unknown = all.flatMap((each) => (each.kind === 'unknown' && !each.range.high ? [each.why] : []));
  const open = inputs.filter(({ range }) => !range.low || !range.high);
  const without = (left?: Input): boolean => {
    const closed = open
      .filter((each) => each !== left)
      .map((each) => {
        const { low, high } = rangeIn(WHOLE_BOX, each);
        // some room, so that what it is multiplied by still counts
        const from = low ?? (high ? subtract(high, ONE) : ZERO);
        return [each, interval(from, high ?? add(from, ONE))] as const;
      });
    return boundingIn({ ...WHOLE_BOX, inputs: new Map(closed) }).range(total).high !== undefined;
  };
  if (!without()) return unknown;
  const found = open.filter((each) => !without(each)).map(unboundedInput);
  return found.filter(({ what }, at) => found.findIndex((each) => each.what === what) === at);
}

function unboundedInput({ words, origin, span }: Input): Why {
  const isLonger = origin.kind === 'measure' && origin.isLonger;
  const what =
    origin.kind === 'attribute'
      ? `\`${words}\` has no bound: its field can say \`until\``
      : isLonger
        ? `\`${words}\` over a longer time has no upper bound: a cap would be one`
        : origin.kind === 'measure' || origin.kind === 'figure'
          ? `\`${words}\` has no upper bound: give one, such as \`given ${words} until …\``
          : `\`${words}\` has no upper bound`;
  return { what, ...(span ? { span } : {}) };
}

// ---- what is paid in situations --------------------------------------------------------------------------------

interface Seeing {
  readonly role: Role;
  readonly of: 'payable' | 'earned';
  readonly total: Sketch;
}

/** The most that somebody in the role is paid in drawn situations, and with what is given at its upper end. */
async function mostSeen(model: Model, seeing: Seeing, options: CostOptions): Promise<Exact> {
  const { openBackend, situations = COST_SITUATIONS, seed = 1, limits } = options;
  const given = givenFigures(options.given ?? []);
  const chance = chanceOf(seed);
  const pool = poolOf(model);
  let most: Exact = ZERO;
  for (let looked = 0, drawn = 0; looked < situations && drawn < situations; drawn++) {
    const situation = drawSituation({ model, pool, roles: [seeing.role.name] }, chance);
    const backend = openBackend();
    try {
      const request = {
        model,
        sources: sourcesOf(model, situation),
        period: situation.period.id,
        allowRejects: true,
        ...(limits && { limits }),
      };
      const { value: gathered } = await gather(request, backend);
      if (!gathered) continue;
      const here = gathered.people.stays.filter((each) => hasDayIn(each, situation.period));
      for (const stay of here) {
        if (stay.role !== seeing.role.name) continue;
        if (here.filter(({ person }) => person === stay.person).length > 1) continue;
        looked++;
        for (const each of [gathered, atTheTop(gathered, { stay, situation, given })]) {
          const paid = each && paidIn(each, { stay, situation, of: seeing.of, given });
          if (paid && compare(paid, most) > 0) most = paid;
        }
      }
    } catch (fault) {
      if (!(fault instanceof RunError)) throw fault;
    } finally {
      await backend.close();
    }
  }
  return most;
}

interface Person {
  readonly stay: Stay;
  readonly situation: Situation;
  readonly given: ReadonlyMap<string, Interval>;
}

/** The same data with rows more, so that sums and counts come to the upper end of what is given. */
function atTheTop(gathered: Gathered, { stay, situation, given }: Person): Gathered | undefined {
  const { model } = gathered;
  const run = runOver(gathered);
  const place = stayPlace(run, stay, situation.period);
  const by = new Map<string, Exact>();
  for (const [id, { high }] of given) {
    const formula = figureCalled(model, id)?.value;
    const measure = formula?.kind === 'measure' ? measureCalled(model, formula.measure) : undefined;
    if (!high || !measure || !isAdditive(measure)) continue;
    const now = evaluate(run, formula!, place);
    if (typeof now === 'object' && compare(now, high) < 0) by.set(measure.id, subtract(high, now));
  }
  if (by.size === 0) return undefined;
  const day = Math.min(stay.until, situation.period.until) - 1;
  return { ...gathered, facts: movedFacts(gathered, { stay, day, by }) };
}

function paidIn(
  gathered: Gathered,
  { stay, situation, of, given }: Person & { readonly of: Seeing['of'] },
): Exact | undefined {
  const run = runOver(gathered);
  const place = stayPlace(run, stay, situation.period);
  try {
    for (const [id, { low, high }] of given) {
      const value = figureIn(run, figureCalled(gathered.model, id)!, place);
      if (typeof value !== 'object' || (low && compare(value, low) < 0) || (high && compare(value, high) > 0))
        return undefined;
    }
    const amounts = statedPay(run, place);
    return of === 'payable' ? payableOf(amounts) : earnedOf(amounts);
  } catch (fault) {
    if (fault instanceof RunError) return undefined;
    throw fault;
  }
}
