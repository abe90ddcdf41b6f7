// A KPI that is moved, alone or with others that go with it: the amount along it, and values that can be worked.

import {
  absolute,
  add,
  compare,
  divide,
  type Exact,
  exactText,
  fraction,
  greatest,
  least,
  multiply,
  negate,
  ONE,
  sign,
  subtract,
  whole,
  ZERO,
} from '../base/exact.ts';
import { figureValue } from '../evaluate/lines.ts';
import type { FigureValue } from '../model/inputs.ts';
import type { MovedKpi, Tried } from '../model/seek.ts';
import type { Movable } from './movables.ts';
import { type Looking, remembering } from './pieces.ts';
import type { Moves, Probing } from './probing.ts';

export interface Companion {
  readonly of: Movable;
  /** How much of it comes with one of the KPI that is moved. */
  readonly by: Exact;
}

/** A KPI that is moved, with what goes with it, while `beside` stands elsewhere than the data says. */
export interface Along {
  readonly probing: Probing;
  readonly of: Movable;
  readonly companions: readonly Companion[];
  readonly beside: Moves;
  readonly look: Looking;
  /** The amount as it is rounded and paid. */
  readonly amount: (x: Exact) => Exact | undefined;
}

export function along(
  probing: Probing,
  of: Movable,
  { companions = [], beside = [] }: Partial<Pick<Along, 'companions' | 'beside'>> = {},
): Along {
  const moves = (x: Exact): Moves => [
    ...beside,
    { of, to: x },
    ...companions.map((each) => ({
      of: each.of,
      to: add(each.of.now ?? ZERO, multiply(each.by, subtract(x, of.now ?? ZERO))),
    })),
  ];
  const amounts = new Map<string, Exact | undefined>();
  return {
    probing,
    of,
    companions,
    beside,
    look: remembering((x) => probing.look(moves(x))),
    amount: (x) => {
      const key = exactText(x);
      if (!amounts.has(key)) amounts.set(key, probing.amount(moves(x)));
      return amounts.get(key);
    },
  };
}

/** The least value that is looked at: nothing, or what it is now where that is less. */
export function beginningOf({ now }: Movable): Exact {
  return now ? least(now, ZERO) : ZERO;
}

/** How large the KPI may be expected to be. */
export function scaleOf({ now, target, step }: Movable): Exact {
  const known = greatest(absolute(now ?? ZERO), absolute(target ?? ZERO));
  return sign(known) > 0 ? known : multiply(step, fraction(100, 1));
}

/** Which way a search goes: up, or down where lower is better. */
export type Way = 'up' | 'down';

/** The nearest value that can be worked from a place on, `way` from it; past it where the place itself doesn't count. */
export function workable(
  of: Movable,
  at: { readonly x: Exact; readonly includes: boolean },
  way: Way,
): Exact {
  const { now, step, how } = of;
  // rows are whole, whatever shares of others there are
  const start = how.kind === 'added' && compare(step, ONE) === 0 ? (now ?? ZERO) : ZERO;
  const turned = (x: Exact): Exact => (way === 'up' ? x : negate(x));
  const found = onGrid(turned(at.x), { start: turned(start), step });
  const isPast = at.includes || compare(found, turned(at.x)) > 0;
  return turned(isPast ? found : add(found, step));
}

/** The next value that can be worked, `way` from one that can. */
export function stepped(of: Movable, x: Exact, way: Way): Exact {
  return way === 'up' ? add(x, of.step) : subtract(x, of.step);
}

export function shown(value: Exact | undefined, { type }: Pick<Movable, 'type'>): FigureValue {
  return figureValue(value, type);
}

/** A value with the amount there. */
export function triedAt({ probing, of, amount }: Along, x: Exact): Tried {
  return { value: shown(x, of), amount: figureValue(amount(x), amountType(probing)) };
}

/** The type of the amount; a condition is shown as 1 or 0. */
export function amountType({ type }: Probing): FigureValue['type'] {
  return type.kind === 'truth' ? { kind: 'number' } : type;
}

export function movedKpi({ of, companions }: Pick<Along, 'of' | 'companions'>): MovedKpi {
  const { kpi, how, now, target } = of;
  const taken = new Set(companions.map((each) => each.of.kpi.name));
  return {
    kpi: kpi.name,
    ...(kpi.title === undefined ? {} : { title: kpi.title }),
    lowerIsBetter: kpi.lowerIsBetter,
    now: shown(now, of),
    ...(target ? { target: shown(target, of) } : {}),
    moved: how.kind,
    alone: how.kind === 'added' ? how.alone.filter((each) => !taken.has(each)) : [],
    ...(companions.length > 0
      ? { with: companions.map((each) => ({ kpi: each.of.kpi.name, by: shown(each.by, each.of) })) }
      : {}),
  };
}

/** The least multiple of a step, from a start, that isn't below a value (or, where that doesn't count, above it). */
function onGrid(value: Exact, { start, step }: { readonly start: Exact; readonly step: Exact }): Exact {
  const steps = divide(subtract(value, start), step)!;
  const [num, den] = [BigInt(steps.num), BigInt(steps.den)];
  const floor = num / den - (num % den < 0n ? 1n : 0n);
  const up = num % den === 0n ? floor : floor + 1n;
  return add(start, multiply(step, whole(up)));
}
