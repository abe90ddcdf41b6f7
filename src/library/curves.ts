// Curves, read at a value: the score, and where on the curve it lies. Their meaning is that of `pieces.ts`.

import { compare, type Exact, exact } from '../base/exact.ts';
import type { Curve } from '../model/tables.ts';
import { isLevelAtTop, once, readPieces, scorePieces } from './pieces.ts';

const scores = once((curve: Curve) => scorePieces(curve));

/** The score for a value: points include themselves; a word of a curve that gives words; missing where it says nothing. */
export function scoreAt(curve: Curve, value: Exact): Exact | string | undefined {
  return readPieces(scores(curve), value);
}

/** Whether a curve has a score for what has no upper end: it goes on level past its last point. */
export function hasTop(curve: Curve): boolean {
  return isLevelAtTop(scores(curve));
}

export type CurvePoint = Curve['points'][number];

/** Where on a curve a value lies. */
export interface CurvePlace {
  /** The point at or below the value; absent below the first. */
  readonly from?: CurvePoint;
  /** The point above it, towards which a linear curve goes; of a value below the first point, that one. */
  readonly until?: CurvePoint;
  /** It lies above the last point, of which the curve says something else. */
  readonly past?: true;
}

export function placeAt({ points, mode, above, slope }: Curve, value: Exact): CurvePlace {
  // of two points at one bound, the first is for values just below it
  const at = points.findLastIndex((each) => !each.upTo && compare(exact(each.at), value) <= 0);
  const from = points[at];
  if (!from) return { until: points.find((each) => !each.upTo)! };
  const next = points[at + 1];
  if (compare(exact(from.at), value) === 0) return { from };
  if (next) return mode === 'steps' ? { from } : { from, until: next };
  return slope !== undefined || above !== undefined || mode === 'linear' ? { from, past: true } : { from };
}
