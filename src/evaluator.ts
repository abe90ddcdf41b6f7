// The evaluator alone, for pages and services that show what a policy pays and read no data: a checked policy, and what
// a run of it has read elsewhere, to the Result. There is no parser in it, no checker and no backend.

import { type Checked, failedBy } from './base/diagnostic.ts';
import { resultOf } from './engine.ts';
import { holdSeldomPaid } from './evaluate/needed.ts';
import * as seldom from './evaluate/seldom.ts';
import type { RunRequest } from './gather.ts';
import type { Model } from './model/policy.ts';
import type { Result } from './model/result.ts';
import { gathered, type RunData } from './run-data.ts';

export type { Checked, Diagnostic } from './base/diagnostic.ts';
export { InternalError, RunError } from './base/diagnostic.ts';
export { VERSION } from './engine.ts';
export type { Model } from './model/policy.ts';
export type { Result } from './model/result.ts';
export type { RunData } from './run-data.ts';

// it is worked out at once, with nothing to wait for
holdSeldomPaid(seldom);

/**
 * The Result that `run` gives for the same data. The policy may be another than the one for which it was read, with other
 * rates, targets and bonuses, as long as it asks no more of the data: that throws an `InternalError`. Faults that only
 * working it out finds are diagnostics.
 */
export function evaluate(
  model: Model,
  data: RunData,
  options: Omit<RunRequest, 'model' | 'sources' | 'period'> = {},
): Checked<Result | undefined> {
  try {
    return { value: resultOf(gathered(model, data), options), diagnostics: [] };
  } catch (fault) {
    return failedBy(fault);
  }
}

/** The data of a run as JSON text, with whole numbers of any size. */
export function dataText(data: RunData): string {
  return JSON.stringify(data, (_, value) =>
    typeof value === 'bigint' ? { [INTEGER]: String(value) } : value,
  );
}

/** What `dataText` wrote. */
export function dataFrom(text: string): RunData {
  return restored(JSON.parse(text)) as RunData;
}

/** A key that no part of the data has. */
const INTEGER = '$integer';

function restored(value: unknown): unknown {
  // of a cell without a value JSON makes `null`, and nothing else is one
  if (value === null) return undefined;
  if (typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(restored);
  const integer = (value as Readonly<Record<string, unknown>>)[INTEGER];
  if (typeof integer === 'string') return BigInt(integer);
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, restored(each)]));
}
