// The score of a role's scorecard in a cell: weight times what the curve gives, line by line.

import { InternalError } from '../base/diagnostic.ts';
import {
  add,
  compare,
  divide,
  type Exact,
  exact,
  greatest,
  isZero,
  least,
  multiply,
  sign,
  ZERO,
} from '../base/exact.ts';
import { hasTop, scoreAt } from '../library/curves.ts';
import { capDecision, missingDecision } from '../library/decisions.ts';
import { tableDecision } from '../library/table-decisions.ts';
import type { ScoreLine } from '../model/policy.ts';
import type { Cell } from '../model/value.ts';
import { type CellPlace, isTop, type Run, stop, TOP } from './cell.ts';
import { isAway } from './days.ts';
import { attainmentOf, figureIn } from './formula.ts';
import { isHeard, tell } from './watch.ts';

export interface ScoredLine {
  readonly line: ScoreLine;
  /** What the curve read. */
  readonly read: Cell;
  /** After curve, cap and floor; `undefined`: missing, its weight is spread over the others. */
  readonly score: Exact | undefined;
  /** The line's own cap or floor, where it decided the score. */
  readonly bound?: { readonly kind: 'cap' | 'floor'; readonly at: string };
}

export interface Scored {
  readonly lines: readonly ScoredLine[];
  readonly value: Exact | undefined;
}

export function scoreIn(run: Run, place: CellPlace): Scored {
  const { viewer } = place;
  if (viewer.kind !== 'stay') throw new InternalError('a score without a person');
  // a whole period of absence makes no line at all
  if (isAway(run, place)) return { lines: [], value: undefined };
  const lines = (viewer.role.scorecard ?? []).map((line) => scored(run, line, place));
  if (isHeard(run)) tellWeights(run, lines, place);
  return { lines, value: weighted(lines) };
}

function scored(run: Run, line: ScoreLine, place: CellPlace): ScoredLine {
  const figure = run.figures.get(line.kpi)!;
  const read = line.reads === 'value' ? figureIn(run, figure, place) : attainmentOf(run, figure, place);
  const raw = scoreFor(run, line, { read: read as Exact | undefined, place });
  if (line.missing && isHeard(run)) tell(run, missingDecision(line.span, raw), place);
  if (raw !== undefined) {
    const found = bounded(line, raw);
    if (isHeard(run)) tellBounds(run, line, { raw, place });
    return { line, read, ...found };
  }
  if (line.missing?.kind === 'counts') return { line, read, score: exact(line.missing.score) };
  if (line.missing) return { line, read, score: undefined };
  return stop(
    'M3003',
    line.span,
    `the score of \`${line.kpi}\` is missing here`,
    `say what counts then: \`${line.kpi} … missing counts 0%\``,
  );
}

function tellBounds(
  run: Run,
  { cap, floor, span }: ScoreLine,
  { raw, place }: { readonly raw: Exact; readonly place: CellPlace },
): void {
  const capped = cap === undefined ? raw : least(raw, exact(cap));
  if (cap !== undefined) tell(run, capDecision('cap', span, { value: raw, bound: exact(cap) }), place);
  if (floor !== undefined)
    tell(run, capDecision('floor', span, { value: capped, bound: exact(floor) }), place);
}

function scoreFor(
  run: Run,
  line: ScoreLine,
  { read, place }: { readonly read: Exact | undefined; readonly place: CellPlace },
): Exact | undefined {
  if (read === undefined) return undefined;
  if (line.curve === undefined) return read;
  const curve = run.curves.get(line.curve)!;
  if (isTop(read) && !hasTop(curve)) {
    if (isHeard(run)) tell(run, tableDecision(curve, read), place, line.span);
    // a curve that goes on rising has no upper end there either; one that goes on falling has no score at all
    return sign(exact(curve.slope!.more)) > 0 ? TOP : withoutEnd(line);
  }
  if (isHeard(run)) tell(run, tableDecision(curve, read), place, line.span);
  return scoreAt(curve, read) as Exact | undefined;
}

function bounded(line: ScoreLine, raw: Exact): Pick<ScoredLine, 'bound'> & { readonly score: Exact } {
  const { cap, floor } = line;
  const capped = cap === undefined ? raw : least(raw, exact(cap));
  if (isTop(capped)) return withoutEnd(line);
  const score = floor === undefined ? capped : greatest(capped, exact(floor));
  if (floor !== undefined && compare(score, capped) > 0)
    return { score, bound: { kind: 'floor', at: floor } };
  if (cap !== undefined && compare(raw, capped) > 0) return { score, bound: { kind: 'cap', at: cap } };
  return { score };
}

function withoutEnd(line: ScoreLine): never {
  return stop(
    'M3001',
    line.span,
    `the attainment of \`${line.kpi}\` has no upper end here: lower is better, and the result is 0`,
    line.curve === undefined
      ? 'give the line a cap or a curve'
      : 'give the line a cap, or its curve an end: `above: …`',
  );
}

/** Of each line that is missing and spreads its weight, whether the weights of those that are there are enough for it. */
function tellWeights(run: Run, lines: readonly ScoredLine[], place: CellPlace): void {
  const there = lines.filter((each) => each.score !== undefined).map(({ line }) => exact(line.weight));
  const weights = there.reduce(add, ZERO);
  for (const { line, score } of lines) {
    if (score !== undefined || line.missing?.kind !== 'spreads') continue;
    const bound = exact(line.missing.atLeast);
    const isEnough = !isZero(weights) && compare(weights, bound) >= 0;
    const way = isEnough ? 'enough' : 'too few';
    const held = [{ value: weights, bound, includes: true }];
    tell(run, { kind: 'missing', span: line.span, part: 'weights', way, held }, place);
  }
}

/** The weighted sum; where lines spread their weight, over the weights that are there, if those are enough. */
function weighted(lines: readonly ScoredLine[]): Exact | undefined {
  let weights: Exact = ZERO;
  let sum: Exact = ZERO;
  let needed: Exact = ZERO;
  for (const { line, score } of lines) {
    if (line.missing?.kind === 'spreads' && score === undefined) {
      needed = greatest(needed, exact(line.missing.atLeast));
      continue;
    }
    weights = add(weights, exact(line.weight));
    sum = add(sum, multiply(exact(line.weight), score!));
  }
  if (isZero(weights) || compare(weights, needed) < 0) return undefined;
  return divide(sum, weights);
}
