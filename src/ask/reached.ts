// Which value of a KPI gives an amount: all stretches that do, the end that is asked for, and the nearest value that can be
// worked, each seen to hold by running forward.

import { add, compare, type Exact, exactText, multiply, subtract, whole } from '../base/exact.ts';
import type { Run } from '../evaluate/cell.ts';
import type { Holding, ReachedBy, SoughtValue, Stretch, Tried } from '../model/seek.ts';
import {
  type Along,
  beginningOf,
  movedKpi,
  scaleOf,
  shown,
  stepped,
  triedAt,
  type Way,
  workable,
} from './along.ts';
import { saidOf } from './explaining.ts';
import { type Look, type Piece, piecesFrom } from './pieces.ts';
import { type Reach, reachIn } from './reaches.ts';

/** How a KPI reaches the amount. */
export function reachedBy(run: Run, along: Along, level: Exact): ReachedBy {
  const { of, look } = along;
  const scale = scaleOf(of);
  const pieces = [...piecesFrom(look, beginningOf(of), scale)];
  const stretches = [...reachIn(pieces, level, { look, scale })];
  const head = { ...movedKpi(along), stretches: stretches.map(stretchShown) };
  const now = along.amount(of.now ?? beginningOf(of));
  const isThere = of.now !== undefined && now !== undefined && compare(now, level) >= 0;
  if (stretches.length === 0)
    return {
      ...head,
      outcome: isThere ? 'reached already' : 'out of reach',
      ...outOfReach(run, along, pieces),
    };
  const outcome = isThere ? 'reached already' : 'reached';
  const way: Way = of.kpi.lowerIsBetter ? 'down' : 'up';
  const end = endOf(stretches, way);
  if (!end) return { ...head, outcome };
  const at: SoughtValue = { value: shown(end.x, of), includes: end.includes, isExact: end.isExact };
  return { ...head, outcome, at, ...practical(along, { level, end, way }) };
}

function stretchShown({ from, includes, until, untilIncludes, isExact }: Reach): Stretch {
  return {
    from: exactText(from),
    includes,
    ...(until ? { until: exactText(until), untilIncludes: untilIncludes ?? false } : {}),
    isExact,
  };
}

interface End {
  readonly x: Exact;
  readonly includes: boolean;
  readonly isExact: boolean;
}

/** The least value, or where lower is better the greatest, if there is one. */
function endOf(stretches: readonly Reach[], way: Way): End | undefined {
  if (way === 'up') {
    const [first] = stretches;
    return first && { x: first.from, includes: first.includes, isExact: first.isExact };
  }
  const last = stretches.at(-1);
  return last?.until && { x: last.until, includes: last.untilIncludes ?? false, isExact: last.isExact };
}

// ---- values that can be worked ---------------------------------------------------------------------------------------

/** Rounding may ask for a few steps more, or less; past so many it isn't rounding. */
const MOST_STEPS = 1 << 20;

/** The first value that can be worked at which what is paid reaches the amount, and one step short of it. */
export function practical(
  along: Along,
  { level, end, way }: { readonly level: Exact; readonly end: End; readonly way: Way },
): { readonly practical?: Tried; readonly short?: Tried } {
  const { of, amount } = along;
  const isEnough = (x: Exact): boolean => {
    const found = amount(x);
    return found !== undefined && compare(found, level) >= 0;
  };
  const back: Way = way === 'up' ? 'down' : 'up';
  const isLooked = (x: Exact): boolean => compare(x, beginningOf(of)) >= 0;
  const start = workable(of, end, way);
  let found = start;
  if (isEnough(start)) {
    // rounding up may do with less
    const away = (steps: number): Exact => moved(of.step, start, { steps, way: back });
    let steps = 1;
    while (steps < MOST_STEPS && isLooked(away(steps)) && isEnough(away(steps))) steps *= 2;
    if (isLooked(away(steps)) || steps > 1) {
      let [low, high] = [Math.floor(steps / 2), steps];
      while (high - low > 1) {
        const middle = Math.floor((low + high) / 2);
        if (isLooked(away(middle)) && isEnough(away(middle))) low = middle;
        else high = middle;
      }
      found = away(low);
    }
  } else {
    const on = (steps: number): Exact => moved(of.step, start, { steps, way });
    let steps = 1;
    while (steps < MOST_STEPS && !isEnough(on(steps))) steps *= 2;
    if (steps >= MOST_STEPS) return {};
    let [low, high] = [Math.floor(steps / 2), steps];
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (isEnough(on(middle))) high = middle;
      else low = middle;
    }
    found = on(high);
  }
  const before = stepped(of, found, back);
  const isShort = isLooked(before) && !isEnough(before);
  return { practical: triedAt(along, found), ...(isShort ? { short: triedAt(along, before) } : {}) };
}

function moved(step: Exact, x: Exact, { steps, way }: { readonly steps: number; readonly way: Way }): Exact {
  const by = multiply(step, whole(steps));
  return way === 'up' ? add(x, by) : subtract(x, by);
}

// ---- what is out of reach --------------------------------------------------------------------------------------------

interface Seen {
  readonly x: Exact;
  readonly includes: boolean;
  readonly look: Look;
}

/** The most that was found, and what holds the amount down there. */
function outOfReach(run: Run, along: Along, pieces: readonly Piece[]): Pick<ReachedBy, 'most' | 'because'> {
  const scale = scaleOf(along.of);
  const seen = pieces.flatMap((piece): readonly Seen[] => {
    const { from, at, inside, until, isOpen } = piece;
    const ends = until ? [multiply(add(from, until), half)] : [];
    const far = isOpen ? [add(from, scale), add(from, multiply(scale, whole(10)))] : [];
    return [
      { x: from, includes: true, look: at },
      { x: from, includes: false, look: inside },
      ...[...ends, ...far].map((x) => ({ x, includes: true, look: along.look(x) })),
    ];
  });
  const best = seen.reduce<Seen | undefined>(
    (most, each) =>
      each.look.value && (!most || compare(each.look.value, most.look.value!) > 0) ? each : most,
    undefined,
  );
  if (!best) return {};
  const x = workable(along.of, best, 'up');
  // what the most is held at further on says more than the place where it is reached
  const last = pieces.at(-1)!.inside;
  const isHeld = last.value !== undefined && compare(last.value, best.look.value!) === 0;
  return { most: triedAt(along, x), because: holding(run, isHeld ? last : best.look) };
}

const half = { num: 1, den: 2 } satisfies Exact;

/** The caps that bind, or else the gates and conditions that fail. */
export function holding(run: Run, { decided }: Look): readonly Holding[] {
  const told = decided.filter(({ decision }) => !decision.supposed).map(({ decision }) => decision);
  const caps = told.filter(({ kind, way }) => kind === 'cap' && way === 'binds');
  const gates = told.filter(({ kind, way }) => kind === 'gate' && way === 'failed');
  const paying = run.model.roles.flatMap(({ bonuses }) => bonuses.flatMap(({ when }) => when?.span ?? []));
  const conditions = told.filter(
    ({ kind, way, span }) =>
      kind === 'condition' &&
      way === 'no' &&
      paying.some((each) => each.start === span.start && each.source === span.source),
  );
  const chosen = caps.length > 0 ? caps : gates.length > 0 ? gates : conditions;
  const found = chosen.map(({ kind, span }): Holding => {
    const { text = '', at } = saidOf(run, span);
    return { kind: kind as Holding['kind'], text, ...(at ? { at } : {}) };
  });
  return [...new Map(found.map((each) => [JSON.stringify(each), each])).values()];
}
