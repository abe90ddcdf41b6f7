// Which cause moved what: differences are taken over one by one, and what each step moves is its own. The steps between
// two results come to their difference, so deltas by cause do too, for every line of every person.

import {
  add,
  compare,
  divide,
  type Exact,
  exact,
  fraction,
  isZero,
  multiply,
  subtract,
  ZERO,
} from '../base/exact.ts';
import { splitTo } from '../base/split.ts';

/** Most causes of which all orders are looked at; with more they are taken in one. */
export const MOST_AVERAGED = 6;

/** How far amounts lie from those of the earlier version, by what they are amounts of; an absent one is 0. */
export type Amounts = ReadonlyMap<string, Exact>;

/** What a policy with these units taken over gives; nothing where it isn't a policy, or can't be run. */
export type Tried = (units: ReadonlySet<number>) => Promise<Amounts | undefined>;

/**
 * Units as causes, in the order in which they can be taken over one by one: that of the units, where one that can't be
 * taken over yet waits for those that can. Those that only make a policy together are one cause; as few as can be.
 */
export async function causesOf(count: number, tried: Tried): Promise<readonly (readonly number[])[]> {
  const taken = new Set<number>();
  const causes: (readonly number[])[] = [];
  let waiting = Array.from({ length: count }, (_, unit) => unit);
  const works = async (units: readonly number[]) =>
    (await tried(new Set([...taken, ...units]))) !== undefined;
  const take = (units: readonly number[]) => {
    causes.push(units);
    for (const each of units) taken.add(each);
    waiting = waiting.filter((each) => !units.includes(each));
  };
  while (waiting.length > 0) {
    const before = waiting.length;
    for (const unit of waiting) if (await works([unit])) take([unit]);
    if (waiting.length < before) continue;
    let together: readonly number[] = waiting;
    for (const unit of waiting.toReversed()) {
      const fewer = together.filter((each) => each !== unit);
      if (fewer.length > 0 && (await works(fewer))) together = fewer;
    }
    take(together);
  }
  return causes;
}

/** What each cause moves of an amount, in the order of the causes. */
export type Shares = readonly Exact[];

/** How deltas come about. */
export interface Attributed {
  readonly kind: 'average' | 'in order';
  readonly orders: bigint;
  /** By what it is an amount of; INVARIANT: shares come to the delta. What doesn't move isn't there. */
  readonly shares: ReadonlyMap<string, Shares>;
}

/** The share of each cause in each delta, as multiples of `step` where the delta is one. */
export async function attributed(
  causes: readonly (readonly number[])[],
  { tried, step, average }: { readonly tried: Tried; readonly step: Exact; readonly average: boolean },
): Promise<Attributed> {
  const unitsOf = (set: number) => new Set(causes.filter((_, at) => (set >> at) & 1).flat());
  const { steps, orders } = average
    ? await allOrders(causes.length, async (set) => tried(unitsOf(set)))
    : { steps: causes.map((_, at) => oneStep(at)), orders: 1n };
  const amounts = new Map<string, Amounts>();
  const at = async (key: Step['from']): Promise<Amounts> => {
    const id = key.join(',');
    const found = amounts.get(id) ?? (await tried(new Set(key.flatMap((cause) => causes[cause]!))))!;
    amounts.set(id, found);
    return found;
  };
  const all = await at(causes.map((_, cause) => cause));
  const none = await at([]);
  const moving = new Map<string, Exact[]>();
  for (const { cause, from, weight } of steps) {
    const [low, high] = [await at(from), await at([...from, cause].sort((a, b) => a - b))];
    for (const key of new Set([...low.keys(), ...high.keys()])) {
      const delta = subtract(high.get(key) ?? ZERO, low.get(key) ?? ZERO);
      if (isZero(delta)) continue;
      const shares = moving.get(key) ?? causes.map(() => ZERO);
      moving.set(key, shares);
      shares[cause] = add(shares[cause]!, multiply(delta, weight));
    }
  }
  const shares = new Map(
    [...moving].map(([key, exactly]) => {
      const delta = subtract(all.get(key) ?? ZERO, none.get(key) ?? ZERO);
      return [key, splitTo(delta, exactly, stepFor(delta, step))] as const;
    }),
  );
  return { kind: average ? 'average' : 'in order', orders, shares };
}

/** One cause taken over after some others, and in which part of all orders that is so. */
interface Step {
  readonly cause: number;
  readonly from: readonly number[];
  readonly weight: Exact;
}

function oneStep(cause: number): Step {
  return { cause, from: Array.from({ length: cause }, (_, at) => at), weight: exact('1') };
}

/** Every step of the orders in which each step is a policy, with its part of all of them. */
async function allOrders(
  count: number,
  works: (set: number) => Promise<Amounts | undefined>,
): Promise<{ readonly steps: readonly Step[]; readonly orders: bigint }> {
  const full = 2 ** count - 1;
  const after = (set: number) =>
    causesIn(full & ~set, count).map((cause) => ({ cause, next: set | (1 << cause) }));
  const upTo = new Map<number, bigint>([[0, 1n]]);
  for (let set = 0; set <= full; set++) {
    const ways = upTo.get(set);
    if (ways === undefined) continue;
    if ((await works(set)) === undefined) {
      upTo.delete(set);
      continue;
    }
    for (const { next } of after(set)) upTo.set(next, (upTo.get(next) ?? 0n) + ways);
  }
  const onFrom = new Map<number, bigint>([[full, 1n]]);
  for (let set = full - 1; set >= 0; set--) {
    if (!upTo.has(set)) continue;
    onFrom.set(
      set,
      after(set).reduce((sum, { next }) => sum + (onFrom.get(next) ?? 0n), 0n),
    );
  }
  const orders = upTo.get(full)!;
  const steps = [...upTo].flatMap(([set, ways]) =>
    after(set).flatMap(({ cause, next }): readonly Step[] => {
      const rest = onFrom.get(next) ?? 0n;
      if (rest === 0n) return [];
      return [{ cause, from: causesIn(set, count), weight: fraction(ways * rest, orders) }];
    }),
  );
  return { steps, orders };
}

function causesIn(set: number, count: number): readonly number[] {
  return Array.from({ length: count }, (_, at) => at).filter((at) => (set >> at) & 1);
}

/** The step, or a finer one where the delta isn't a multiple of it. */
function stepFor(delta: Exact, step: Exact): Exact {
  const times = divide(delta, step);
  if (times && Number(times.den) === 1) return step;
  return compare(delta, ZERO) === 0 ? step : fraction(1, delta.den);
}
