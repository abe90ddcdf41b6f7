// The way of least effort to an amount over several KPIs. Each KPI by itself is exact; of two and three together, all but
// one stand where something is decided otherwise, and the last one is worked out: the best of these is what is found.

import {
  absolute,
  add,
  compare,
  divide,
  type Exact,
  exact,
  exactText,
  multiply,
  negate,
  ONE,
  sign,
  subtract,
  ZERO,
} from '../base/exact.ts';
import { figureValue } from '../evaluate/lines.ts';
import type { Path, PathMove } from '../model/seek.ts';
import {
  type Along,
  along,
  amountType,
  beginningOf,
  movedKpi,
  scaleOf,
  shown,
  type Way,
  workable,
} from './along.ts';
import type { Movable } from './movables.ts';
import { placesAhead } from './next-steps.ts';
import { type Looking, piecesFrom } from './pieces.ts';
import type { Moves, Probing } from './probing.ts';
import { practical } from './reached.ts';
import { type Reach, reachIn } from './reaches.ts';

export interface PathRequest {
  readonly probing: Probing;
  readonly all: readonly Movable[];
  readonly level: Exact;
  /** How much more than others a KPI takes, by its name; 1 unless said. */
  readonly weights: ReadonlyMap<string, Exact>;
}

/** Most places of a KPI at which it stands while another one is worked out. */
const MOST_LEVELS = 5;

interface Found {
  readonly moves: Moves;
  readonly effort: Exact;
}

/** The way of least effort that was found, if any; nothing where the amount is there already. */
export function pathTo(request: PathRequest): Path | undefined {
  const { probing, level, all } = request;
  const now = probing.amount([]);
  if (now && compare(now, level) >= 0) return undefined;
  let tried = 0;
  let best: Found | undefined;
  const take = (found: Found | undefined): void => {
    tried++;
    if (found && (!best || compare(found.effort, best.effort) < 0)) best = found;
  };
  const isCheap = (moves: Moves): boolean => !best || compare(effortOf(request, moves), best.effort) < 0;
  for (const of of all) take(lastMove(request, [], of));
  const levels = new Map(all.map((each) => [each, levelsOf(probing, each)]));
  for (const first of all) {
    for (const place of levels.get(first)!) {
      if (!isCheap([place])) continue;
      for (const of of all) if (of !== first) take(lastMove(request, [place], of));
    }
  }
  const pair = best && best.moves.length === 2 ? best.moves : [];
  for (const [index, kept] of pair.entries()) {
    const last = pair[1 - index]!.of;
    for (const third of all.filter((each) => !pair.some(({ of }) => of === each)))
      for (const place of levels.get(third)!) {
        const moves = [{ of: kept.of, to: kept.to }, place];
        if (isCheap(moves)) take(lastMove(request, moves, last));
      }
  }
  return best && pathOf(request, best, tried);
}

/** Where a KPI may stand: at the places ahead at which something is decided otherwise. */
function levelsOf(probing: Probing, of: Movable): Moves {
  return placesAhead(along(probing, of))
    .slice(0, MOST_LEVELS)
    .map((to) => ({ of, to }));
}

/** The least move of one KPI, in the better direction, that reaches the amount where the others stand. */
function lastMove(request: PathRequest, beside: Moves, of: Movable): Found | undefined {
  const { probing, level } = request;
  const one = along(probing, of, { beside });
  const way: Way = of.kpi.lowerIsBetter ? 'down' : 'up';
  const first = firstReach(one, level, way);
  if (!first) return undefined;
  const x = way === 'up' ? first.from : negate(first.from);
  const found = practical(one, { level, end: { x, includes: first.includes, isExact: true }, way });
  const to = found.practical && exact(found.practical.value.value!);
  if (!to || !isOnward(of, to, way)) return undefined;
  const isStill = of.now !== undefined && compare(to, of.now) === 0;
  const moves = isStill ? beside : [...beside, { of, to }];
  return { moves, effort: effortOf(request, moves) };
}

function firstReach(one: Along, level: Exact, way: Way): Reach | undefined {
  const { of, look } = one;
  const turned: Looking = way === 'up' ? look : (x) => look(negate(x));
  const begin = workable(of, { x: of.now ?? beginningOf(of), includes: true }, way);
  const scale = scaleOf(of);
  const pieces = piecesFrom(turned, way === 'up' ? begin : negate(begin), scale);
  for (const reach of reachIn(pieces, level, { look: turned, scale })) {
    const isThere = way === 'up' || compare(negate(reach.from), beginningOf(of)) >= 0;
    return isThere ? reach : undefined;
  }
  return undefined;
}

function isOnward({ now }: Movable, to: Exact, way: Way): boolean {
  if (!now) return true;
  return way === 'up' ? compare(to, now) >= 0 : compare(to, now) <= 0;
}

// ---- effort ----------------------------------------------------------------------------------------------------------

function effortOf(request: PathRequest, moves: Moves): Exact {
  return moves.map((each) => effort(request, each)).reduce(add, ZERO);
}

/** The move as a share of the target; where there is none, of what it is now, or of a hundred units. */
function effort({ weights }: PathRequest, { of, to }: Moves[number]): Exact {
  const base = [of.target, of.now].find((each) => each !== undefined && sign(each) > 0);
  const whole = base ?? multiply(of.unit, exact('100'));
  const share = divide(absolute(subtract(to, of.now ?? ZERO)), whole)!;
  return multiply(share, weights.get(of.kpi.name) ?? ONE);
}

function pathOf(request: PathRequest, { moves, effort: all }: Found, tried: number): Path {
  const { probing } = request;
  const told = moves.map(({ of, to }): PathMove => {
    return {
      ...movedKpi({ of, companions: [] }),
      to: shown(to, of),
      by: shown(subtract(to, of.now ?? ZERO), of),
      effort: exactText(effort(request, { of, to })),
    };
  });
  const amount = figureValue(probing.amount(moves), amountType(probing));
  return { moves: told, amount, effort: exactText(all), tried };
}
