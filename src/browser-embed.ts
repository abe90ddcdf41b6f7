// The door of programs that work out pay in a page or a worker: questions over rows, Arrow tables and texts, in memory.

import type { Checked } from './base/diagnostic.ts';
import { openBackend } from './browser-engine.ts';
import {
  type DiffQuestion,
  diffOn,
  type ExplainQuestion,
  explainOn,
  type OverData,
  type Platform,
  readOn,
  runOn,
  type SeekQuestion,
  seekOn,
  type Waiting,
} from './embed.ts';
import type { ReadData } from './embed-data.ts';
import type { PolicyTypes, TypedResult } from './embed-types.ts';
import type { PolicyDiff } from './model/diff.ts';
import type { Explanation } from './model/explanation.ts';
import type { SeekAnswer } from './model/seek.ts';

export { parseDay } from './base/date.ts';
export { toDecimal } from './base/decimal.ts';
export { hasErrors, InternalError, StopError } from './base/diagnostic.ts';
export { compile, compileVersions } from './embed.ts';
export { fromRows, fromText } from './embed-data.ts';
export type * from './embed-names.ts';
export { VERSION } from './engine.ts';
export { diagnosticsText } from './report/diagnostic-text.ts';

const PAGE: Platform = {
  zoneData: undefined,
  openBackend: async (_, limits) => openBackend({ limits }),
  limited({ signal, limits = {}, onProgress }) {
    const { seconds, rows, memory } = limits;
    if (memory !== undefined)
      throw new TypeError('`limits.memory`: a page cannot know how much memory it takes');
    const signals = [
      ...(signal ? [signal] : []),
      ...(seconds === undefined ? [] : [AbortSignal.timeout(seconds * 1000)]),
    ];
    return {
      limits: {
        ...(signals.length > 0 && { signal: AbortSignal.any(signals) }),
        ...(rows !== undefined && { rows }),
        ...(onProgress && { progress: onProgress }),
      },
      end: () => undefined,
    };
  },
};

/** Works out what a policy pays over the data. Errors are diagnostics; what stops it is thrown, as a `StopError`. */
export function run<P extends PolicyTypes = PolicyTypes>(
  request: OverData<P>,
): Promise<Checked<TypedResult<P> | undefined>> {
  return runOn(PAGE, request);
}

/** Explains an amount of a person in a period: `pay`, unless said, a bonus, or any expression. */
export function explain<P extends PolicyTypes = PolicyTypes>(
  request: ExplainQuestion<P>,
): Promise<Checked<Explanation | undefined>> {
  return explainOn(PAGE, request);
}

/** Seeks which result of a person gives an amount; without one, tells what comes next and what it brings. */
export function seek<P extends PolicyTypes = PolicyTypes>(
  request: SeekQuestion<P>,
): Promise<Checked<SeekAnswer | undefined>> {
  return seekOn(PAGE, request);
}

/** What two policies say differently; over data and a period also what that moves, and which change moved it. */
export function diff<P extends PolicyTypes = PolicyTypes>(
  request: DiffQuestion<P>,
): Promise<Checked<PolicyDiff | undefined>> {
  return diffOn(PAGE, request);
}

/** Reads data once for several questions: what comes one by one is kept. */
export function readData<P extends PolicyTypes = PolicyTypes>(
  request: Pick<OverData<P>, 'model' | 'data' | keyof Waiting>,
): Promise<Checked<ReadData | undefined>> {
  return readOn(PAGE, request);
}
