// One number of a policy moved until the cost comes to a budget. Values are run on a grid of steps; between the last one that
// fits and the first that doesn't the cost goes straight wherever everything is decided alike, so that the place is exact.

import { simplestBetween } from '../ask/shapes.ts';
import { type Checked, RunError } from '../base/diagnostic.ts';
import {
  add,
  compare,
  divide,
  type Exact,
  equals,
  exactText,
  fraction,
  multiply,
  roundTo,
  sign,
  subtract,
  whole,
} from '../base/exact.ts';
import type { Gathered } from '../gather.ts';
import type { Fit, FitExact, FitPoint } from '../model/fit.ts';
import type { Model } from '../model/policy.ts';
import {
  type Adjustable,
  type Adjusting,
  adjustableText,
  adjustedLines,
  adjustedModel,
  adjustedText,
  adjusting,
  amountText,
  digitsOf,
  findAdjustable,
  meantBy,
  otherUnit,
  parseDigits,
  shownText,
  stepOf,
} from './adjustable.ts';
import { type Cost, costOf, costUnrounded } from './cost.ts';
import type { Reader } from './runs.ts';

/** What is fitted: which number, and what the periods may cost in all. */
export interface FitRequest {
  /** In the policy's words or by its place: `rate ladder from 1_000_000 RUB`, `policy.merit:80 5%`. */
  readonly number: string;
  /** In the policy's currency. */
  readonly budget: Exact;
  /** The step of the answer, such as `0.5%`; a round one for the number unless said. */
  readonly step?: string;
  /** Hears how many values have been run. */
  readonly progress?: (runs: number) => void;
}

/** What the number is fitted over. */
export interface Fitting {
  readonly model: Model;
  readonly gathered: Gathered;
  readonly read: Reader;
}

/** Moves the number until the cost comes to the budget; the value is absent where there is no one such number (M3080, M3083, M3084). */
export async function fitted(request: FitRequest, over: Fitting): Promise<Checked<Fit | undefined>> {
  const policy = adjusting(over.model);
  const adjustable = findAdjustable(policy, request.number);
  if ('code' in adjustable) return { value: undefined, diagnostics: [adjustable] };
  const step = request.step === undefined ? stepOf(adjustable) : parseDigits(adjustable, request.step);
  if (!step || sign(step) === 0)
    return { value: undefined, diagnostics: [otherUnit(adjustable, request.step!)] };
  return { value: await search(request, over, { policy, adjustable, step }), diagnostics: [] };
}

interface Subject {
  readonly policy: Adjusting;
  readonly adjustable: Adjustable;
  readonly step: Exact;
}

async function search(request: FitRequest, over: Fitting, subject: Subject): Promise<Fit> {
  const { policy, adjustable, step } = subject;
  const probes = createProbes(over, subject, request.progress);
  const { budget } = request;
  const now = digitsOf(adjustable);
  const start = roundTo(divide(now, step)!, whole(1), 'half even');
  const edge = await edgeNear(probes, Number(start.num), budget);
  const pointAt = async (at: number): Promise<FitPoint> =>
    pointOf(adjustable, multiply(whole(at), step), (await probes.costAt(at))!);
  const seen = probes.seen();
  const byCost = [...seen].sort((a, b) => compare(a.cost, b.cost));
  const extreme = (each: (typeof seen)[number]) =>
    pointOf(adjustable, multiply(whole(each.at), step), each.cost);
  const outcome: Fit['outcome'] =
    edge === 'always over' || edge === 'always fits'
      ? { kind: edge }
      : {
          kind: 'found',
          fits: await pointAt(edge.fits),
          over: await pointAt(edge.over),
          exact: await exactBetween(probes, edge, { budget, subject }),
          diff: adjustedLines(policy, adjustable, multiply(whole(edge.fits), step)),
        };
  return {
    subject: adjustableText(adjustable).replaceAll('`', ''),
    file: adjustable.file,
    line: adjustable.line,
    budget: exactText(budget),
    currency: over.model.currency,
    step: amountText(adjustable, step),
    now: pointOf(adjustable, now, costOf(over.gathered)),
    outcome,
    runs: probes.runs(),
    monotone: isMonotone(seen.map((each) => each.cost)),
    least: extreme(byCost[0]!),
    greatest: extreme(byCost.at(-1)!),
  };
}

function pointOf(adjustable: Adjustable, digits: Exact, cost: Exact): FitPoint {
  return { value: adjustedText(adjustable, digits), cost: exactText(cost) };
}

function isMonotone(costs: readonly Exact[]): boolean {
  const ways = costs.slice(1).map((each, index) => sign(subtract(each, costs[index]!)));
  return !(ways.includes(1) && ways.includes(-1));
}

// ---- values that are run ---------------------------------------------------------------------------------------------

interface Probes {
  /** The cost as paid, at so many steps from 0; nothing where the policy can't have that number. */
  readonly costAt: (steps: number) => Promise<Exact | undefined>;
  /** The cost before rounding, with any digits. */
  readonly unrounded: (digits: Exact) => Promise<Cost | undefined>;
  /** Whether a value had the data read again: the number decides how rows are read. */
  readonly hasRead: () => boolean;
  /** What was run on the grid, in the order of the number. */
  readonly seen: () => readonly { readonly at: number; readonly cost: Exact }[];
  readonly runs: () => number;
}

function createProbes(
  { read, gathered: base }: Fitting,
  { policy, adjustable, step }: Subject,
  progress: FitRequest['progress'],
): Probes {
  const known = new Map<number, Exact | undefined>();
  let runs = 0;
  let hasRead = false;
  const run = async <T>(digits: Exact, cost: (gathered: Gathered) => T): Promise<T | undefined> => {
    const model = adjustedModel(policy, adjustable, digits);
    if (!model) return undefined;
    runs++;
    progress?.(runs);
    try {
      const { gathered } = await read(model);
      if (gathered && gathered.facts !== base.facts) hasRead = true;
      return gathered && cost(gathered);
    } catch (fault) {
      if (fault instanceof RunError) return undefined;
      throw fault;
    }
  };
  return {
    costAt: async (at) => {
      if (!known.has(at)) known.set(at, await run(multiply(whole(at), step), costOf));
      return known.get(at);
    },
    unrounded: (digits) => run(digits, costUnrounded),
    seen: () => [...known].flatMap(([at, cost]) => (cost ? [{ at, cost }] : [])).sort((a, b) => a.at - b.at),
    hasRead: () => hasRead,
    runs: () => runs,
  };
}

// ---- the nearest place at which the budget is passed -----------------------------------------------------------------

interface Edge {
  readonly fits: number;
  readonly over: number;
}

/** Numbers are tried up to so many doublings of the one that is there. */
const DOUBLINGS = 12;
/** And in so many places between, to see whether the cost goes one way. */
const LOOKS = 6;

async function edgeNear(
  { costAt }: Probes,
  start: number,
  budget: Exact,
): Promise<Edge | 'always over' | 'always fits'> {
  const fitsAt = async (at: number): Promise<boolean | undefined> => {
    const cost = await costAt(at);
    return cost && compare(cost, budget) <= 0;
  };
  const first = await fitsAt(start);
  if (first === undefined) return 'always over';
  const found: Edge[] = [];
  for (const places of [upward(start), downward(start)]) {
    let before = start;
    for (const place of places) {
      const fits = await fitsAt(place);
      if (fits === undefined) {
        // a bound can't go past the next one: as far as it can
        const last = await lastThere(before, place, costAt);
        if ((await fitsAt(last)) !== first) found.push(await narrowed(before, last, fitsAt));
        break;
      }
      if (fits !== first) {
        found.push(await narrowed(before, place, fitsAt));
        break;
      }
      before = place;
    }
  }
  const near = (edge: Edge): number => Math.abs(edge.fits - start);
  const [best] = found.sort((a, b) => near(a) - near(b));
  if (best) {
    for (let look = 1; look <= LOOKS; look++) await costAt(Math.round((start * 2 * look) / LOOKS));
    return best;
  }
  return first ? 'always fits' : 'always over';
}

function upward(start: number): readonly number[] {
  const from = Math.max(1, Math.ceil(start / 4));
  return Array.from({ length: DOUBLINGS }, (_, index) => start + from * 2 ** index);
}

/** Half the way to 0, again and again, and 0 itself. */
function downward(start: number): readonly number[] {
  const places = Array.from({ length: 2 }, (_, index) => Math.floor(start / 2 ** (index + 1)));
  return [...new Set([...places, 0])].filter((each) => each < start);
}

/** The farthest place that the policy can have, between one that it can and one that it can't. */
async function lastThere(there: number, not: number, costAt: Probes['costAt']): Promise<number> {
  let [inside, outside] = [there, not];
  while (Math.abs(outside - inside) > 1) {
    const middle = Math.trunc((inside + outside) / 2);
    if (await costAt(middle)) inside = middle;
    else outside = middle;
  }
  return inside;
}

/** Two neighbours of which one fits. */
async function narrowed(
  from: number,
  to: number,
  fitsAt: (at: number) => Promise<boolean | undefined>,
): Promise<Edge> {
  const fits = (await fitsAt(from)) === true;
  let [a, b] = [from, to];
  while (Math.abs(b - a) > 1) {
    const middle = Math.trunc((a + b) / 2);
    if ((await fitsAt(middle)) === fits) a = middle;
    else b = middle;
  }
  return fits ? { fits: a, over: b } : { fits: b, over: a };
}

// ---- the exact place -------------------------------------------------------------------------------------------------

/** How often a step is halved until everything in it is decided alike. */
const HALVINGS = 48;

/** Where between the two the cost without rounding is the budget. */
async function exactBetween(
  { unrounded, hasRead }: Probes,
  { fits, over }: Edge,
  { budget, subject: { adjustable, step } }: { readonly budget: Exact; readonly subject: Subject },
): Promise<FitExact> {
  let low = multiply(whole(fits), step);
  let high = multiply(whole(over), step);
  let [atLow, atHigh] = [await unrounded(low), await unrounded(high)];
  const value = (digits: Exact): FitExact => ({
    kind: 'value',
    value: exactText(meantBy(adjustable, digits)),
    shown: shownText(adjustable, digits),
  });
  if (!atLow || !atHigh) return { kind: 'between' };
  for (let halving = 0; halving < HALVINGS; halving++) {
    // rounding to cents alone may be what makes the one fit and the other not
    if (compare(atLow.amount, budget) > 0 || compare(atHigh.amount, budget) < 0) return { kind: 'between' };
    if (equals(atLow.amount, budget)) return value(low);
    if (equals(atHigh.amount, budget)) return value(high);
    if (atLow.decided === atHigh.decided) {
      const rise = divide(subtract(high, low), subtract(atHigh.amount, atLow.amount))!;
      const place = add(low, multiply(rise, subtract(budget, atLow.amount)));
      const there = await unrounded(place);
      if (there && equals(there.amount, budget)) return value(place);
    }
    // to halve it again and again would read the data each time
    if (hasRead()) return { kind: 'between' };
    const middle = multiply(add(low, high), fraction(1, 2));
    const there = await unrounded(middle);
    if (!there) return { kind: 'between' };
    if (compare(there.amount, budget) <= 0) [low, atLow] = [middle, there];
    else [high, atHigh] = [middle, there];
  }
  if (atLow.decided === atHigh.decided) return { kind: 'between' };
  const [left, right] = compare(low, high) < 0 ? [low, high] : [high, low];
  const place = simplestBetween(left, right);
  return {
    kind: 'jump',
    value: exactText(meantBy(adjustable, place)),
    shown: shownText(adjustable, place),
    below: exactText(atLow.amount),
    above: exactText(atHigh.amount),
  };
}
