// A place in a file of the policy, as the engine gives it.

import type { Diagnostic } from '../../../src/browser-engine.ts';

/** A half-open range of UTF-16 offsets in the file called `source`. */
export type Span = NonNullable<Diagnostic['span']>;
