// Limits as Node can keep them: it has a clock, and knows how much memory the process takes.

import { StopError } from './base/diagnostic.ts';
import { type Limits, tookTooLong, tookTooMuchMemory } from './base/limits.ts';

/** What the work may take. */
export interface LimitOptions extends Omit<Limits, 'check'> {
  /** The most seconds, from now on. */
  readonly seconds?: number;
}

/** Limits that a clock runs for. */
export interface Limited {
  readonly limits: Limits;
  /** Stops the clock: nothing is limited any more. */
  readonly end: () => void;
}

/** How often the memory is looked at, in milliseconds: measuring it takes a while. */
const MEASURED = 50;

/**
 * Makes limits of what the work may take. Memory is that of the whole process, Node's own part in it, and is looked at
 * between pieces of work; a statement of DuckDB is kept to what is left of it by DuckDB itself.
 */
export function createLimits({ seconds, ...rest }: LimitOptions = {}): Limited {
  const { memory, signal } = rest;
  const late = new AbortController();
  const began = performance.now();
  const isLate = (): boolean => seconds !== undefined && performance.now() - began >= seconds * 1000;
  const timer =
    seconds === undefined
      ? undefined
      : setTimeout(() => late.abort(new StopError(tookTooLong(seconds))), seconds * 1000);
  timer?.unref();
  let measured = -MEASURED;
  const check = (): void => {
    if (seconds !== undefined && isLate()) throw new StopError(tookTooLong(seconds));
    if (memory === undefined || performance.now() - measured < MEASURED) return;
    measured = performance.now();
    if (process.memoryUsage.rss() > memory) throw new StopError(tookTooMuchMemory(memory));
  };
  const signals = [...(signal ? [signal] : []), ...(timer ? [late.signal] : [])];
  return {
    limits: {
      ...rest,
      ...(signals.length > 0 && { signal: AbortSignal.any(signals) }),
      ...((seconds !== undefined || memory !== undefined) && { check }),
    },
    end: () => clearTimeout(timer),
  };
}

/** The least that DuckDB can work with at all. */
const LEAST = 16 * 2 ** 20;

/** What is left for DuckDB of the memory of the whole process, as DuckDB writes it. */
export function duckDbMemory(memory: number): string {
  return `${Math.floor(Math.max(LEAST, memory - process.memoryUsage.rss()) / 1024)}KiB`;
}
