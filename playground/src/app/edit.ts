// Changes of the policy's text, as the engine gives them.

import type { Span } from '../share/span.ts';

/** A text that takes the place of another. */
export interface Edit {
  readonly span: Span;
  readonly text: string;
}
