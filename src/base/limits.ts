// What a piece of work may take, and who may stop it: looked at between rows, people and questions, so that whoever has
// had enough is heard soon. No clock is read here, and no memory measured: doors do that, in `check`.

import { type Diagnostic, StopError } from './diagnostic.ts';

/** What a run, or whatever else reads data, may take. Work that is stopped throws a `StopError`, and gives nothing. */
export interface Limits {
  /** Stops the work when it is aborted: M3090, or M3091 where the reason is a timeout. */
  readonly signal?: AbortSignal;
  /** The most rows that any one source may have; past it M3093. */
  readonly rows?: number;
  /** The most bytes of memory, where the door can know: `check` looks at it, and DuckDB keeps to it by itself (M3092). */
  readonly memory?: number;
  /** Looks at what only the door knows; called between pieces of work, and throws what stops it. */
  readonly check?: () => void;
  /** Hears how far the work has come, now and then. */
  readonly progress?: (at: Progress) => void;
}

/** How far: rows of the source that is being read or credited, or people whose pay is worked out, once for every period. */
export interface Progress {
  readonly what: 'rows read' | 'rows worked out' | 'people worked out';
  readonly count: number;
}

/** Throws what stops the work, if anything does. */
export function goOn(limits: Limits | undefined): void {
  if (!limits) return;
  if (limits.signal?.aborted) throw stopOf(limits.signal);
  limits.check?.();
}

/** The same after whoever else waits has had a turn: only then can a signal be aborted at all. */
export async function giveTurn(limits: Limits | undefined): Promise<void> {
  if (!limits) return;
  await new Promise<void>((done) => {
    // browsers have no `setImmediate`, and Node's timers take a millisecond
    if (typeof setImmediate === 'function') setImmediate(done);
    else setTimeout(done);
  });
  goOn(limits);
}

/** What an aborted signal means: what a door has said, a timeout, or that nobody wants the answer any more. */
export function stopOf({ reason }: Pick<AbortSignal, 'reason'>): StopError {
  if (reason instanceof StopError) return reason;
  return new StopError(
    (reason as { readonly name?: unknown } | undefined)?.name === 'TimeoutError'
      ? tookTooLong()
      : cancelled(),
  );
}

/** Refuses more rows than a source may have. */
export function withinRows(limits: Limits | undefined, file: string, rows: number): void {
  if (limits?.rows !== undefined && rows > limits.rows) throw new StopError(tooManyRows(file, limits.rows));
}

// ---- long work -----------------------------------------------------------------------------------------------------

/** Work that can be interrupted after each of its pieces; yields how many rows or people were in the piece. */
export type Work<T> = Generator<number, T, void>;

/** How many are done between two turns of others: about as much work of either kind. */
export const DONE_IN_A_TURN: Readonly<Record<Progress['what'], number>> = {
  'rows read': 8192,
  'rows worked out': 8192,
  'people worked out': 256,
};

/** Does all of it without a pause. */
export function atOnce<T>(work: Work<T>): T {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}

/** Does it under the limits, with turns for others. */
export async function inTurns<T>(
  work: Work<T>,
  limits: Limits | undefined,
  what: Progress['what'],
): Promise<T> {
  if (!limits) return atOnce(work);
  let count = 0;
  let turn = 0;
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
    count += value;
    if (count - turn < DONE_IN_A_TURN[what]) continue;
    turn = count;
    limits.progress?.({ what, count });
    await giveTurn(limits);
  }
}

// ---- in words ------------------------------------------------------------------------------------------------------

/** Whoever asked doesn't want the answer any more. */
export function cancelled(): Diagnostic {
  return {
    code: 'M3090',
    severity: 'error',
    message: 'the work was cancelled before it was done',
    help: 'nothing was written; files that were there are as they were',
  };
}

/** `seconds`: how long it may take, where that is known. */
export function tookTooLong(seconds?: number): Diagnostic {
  const limit = seconds === undefined ? 'it may' : `the ${seconds} seconds that it may`;
  return {
    code: 'M3091',
    severity: 'error',
    message: `the work took longer than ${limit}`,
    help: 'nothing was written; allow more time, or ask about fewer periods at once',
  };
}

/** `bytes`: how much memory the work may take. */
export function tookTooMuchMemory(bytes: number): Diagnostic {
  return {
    code: 'M3092',
    severity: 'error',
    message: `the work took more than the ${memoryText(bytes)} of memory that it may`,
    help: 'nothing was written; allow more memory, or ask about fewer periods at once',
  };
}

function tooManyRows(file: string, most: number): Diagnostic {
  return {
    code: 'M3093',
    severity: 'error',
    message: `\`${file}\` has more than the ${most} rows that a source may have here`,
    data: { file },
    help: 'look whether it is the file that is meant, and if so allow more rows',
  };
}

function memoryText(bytes: number): string {
  const units = [
    ['GB', 2 ** 30],
    ['MB', 2 ** 20],
  ] as const;
  for (const [unit, size] of units) if (bytes >= size && bytes % size === 0) return `${bytes / size} ${unit}`;
  return `${Math.round(bytes / 2 ** 20)} MB`;
}
