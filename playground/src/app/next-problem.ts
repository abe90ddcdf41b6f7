// From one problem of the policy to the next, through all its files.

import type { Span } from '../share/span.ts';
import { showInPolicy } from './actions.ts';
import { cursor, diagnostics, policy } from './state.ts';

/** Goes to the next problem after the cursor, or the one before; after the last comes the first. */
export function nextProblem(way: 'on' | 'back'): void {
  const places = diagnostics.value.flatMap(({ span }) => (span ? [span] : []));
  const next = placeAfter(places, { files: policy.value.map((each) => each.name), from: cursor.value, way });
  if (next) showInPolicy(next);
}

/** The place after another one, in the order of the files and then of their text. */
export function placeAfter(
  places: readonly Span[],
  {
    files,
    from,
    way,
  }: { readonly files: readonly string[]; readonly from: Span | undefined; readonly way: 'on' | 'back' },
): Span | undefined {
  const compare = (a: Span, b: Span) =>
    files.indexOf(a.source) - files.indexOf(b.source) || a.start - b.start;
  const sorted = places.toSorted(compare);
  if (!from) return way === 'on' ? sorted[0] : sorted.at(-1);
  return way === 'on'
    ? (sorted.find((each) => compare(each, from) > 0) ?? sorted[0])
    : (sorted.findLast((each) => compare(each, from) < 0) ?? sorted.at(-1));
}
