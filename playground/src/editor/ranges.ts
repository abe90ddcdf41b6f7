// Places of the engine as the editor's ranges, and back.

import type { Span } from '../share/span.ts';
import { monaco } from './monaco.ts';

/** The range of a place in its model. */
export function rangeOf(
  model: monaco.editor.ITextModel,
  { start, end }: Pick<Span, 'start' | 'end'>,
): monaco.Range {
  return monaco.Range.fromPositions(model.getPositionAt(start), model.getPositionAt(end));
}
