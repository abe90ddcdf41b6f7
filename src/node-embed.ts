// The door of programs that work out pay in Node, Deno or Bun: questions over rows, files and DuckDB connections.

import { readFile } from 'node:fs/promises';
import { type GivenConnection, takeDuckDb, type Asked as WhatIsAsked } from './backend/duckdb-given.ts';
import { createMemoryBackend } from './backend/memory.ts';
import type { Checked } from './base/diagnostic.ts';
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
import {
  cellSource,
  contentSource,
  type DataSource,
  fieldsOfSources,
  type ReadData,
  type RowOptions,
  type TextOptions,
} from './embed-data.ts';
import type { PolicyTypes, TypedResult } from './embed-types.ts';
import type { PolicyDiff } from './model/diff.ts';
import type { Explanation } from './model/explanation.ts';
import type { Model } from './model/policy.ts';
import type { SeekAnswer } from './model/seek.ts';
import { createLimits } from './node-limits.ts';
import { policyTypes } from './report/policy-types.ts';

export { parseDay } from './base/date.ts';
export { toDecimal } from './base/decimal.ts';
export { hasErrors, InternalError, StopError } from './base/diagnostic.ts';
export { compile, compileVersions } from './embed.ts';
export { fromRows, fromText } from './embed-data.ts';
export type * from './embed-names.ts';
export { VERSION } from './engine.ts';
export { diagnosticsText } from './report/diagnostic-text.ts';

/** Files and connections are read by DuckDB, rows and texts in memory; both give the same, to the cent. */
const NODE: Platform = {
  zoneData: process.versions.tz,
  limited: ({ signal, limits, onProgress }) =>
    createLimits({
      ...limits,
      ...(signal && { signal }),
      ...(onProgress && { progress: onProgress }),
    }),
  async openBackend(sources, limits) {
    const isInMemory = sources.every(({ content }) => content.kind === 'text');
    if (isInMemory) return createMemoryBackend({ readFile, limits });
    const { openBackend } = await import('./node.ts');
    return openBackend('duckdb', sources, limits);
  },
};

/** A file of CSV, JSON or Parquet; its name says which, unless the options do. */
export function fromFile(path: string, options: TextOptions = {}): DataSource {
  return {
    kind: 'data source',
    source: async (name) => contentSource(name, { file: path, content: { kind: 'file', path } }, options),
  };
}

/** A table or query of a connection of `@duckdb/node-api` that the program has open; nothing of it is changed. */
export function fromDuckDb(
  connection: GivenConnection,
  what: WhatIsAsked,
  options: RowOptions = {},
): DataSource {
  return cellSource(options, (take) => takeDuckDb(connection, what, take));
}

/** Works out what a policy pays over the data. Errors are diagnostics; what stops it is thrown, as a `StopError`. */
export function run<P extends PolicyTypes = PolicyTypes>(
  request: OverData<P>,
): Promise<Checked<TypedResult<P> | undefined>> {
  return runOn(NODE, request);
}

/** Explains an amount of a person in a period: `pay`, unless said, a bonus, or any expression. */
export function explain<P extends PolicyTypes = PolicyTypes>(
  request: ExplainQuestion<P>,
): Promise<Checked<Explanation | undefined>> {
  return explainOn(NODE, request);
}

/** Seeks which result of a person gives an amount; without one, tells what comes next and what it brings. */
export function seek<P extends PolicyTypes = PolicyTypes>(
  request: SeekQuestion<P>,
): Promise<Checked<SeekAnswer | undefined>> {
  return seekOn(NODE, request);
}

/** What two policies say differently; over data and a period also what that moves, and which change moved it. */
export function diff<P extends PolicyTypes = PolicyTypes>(
  request: DiffQuestion<P>,
): Promise<Checked<PolicyDiff | undefined>> {
  return diffOn(NODE, request);
}

/** Reads data once for several questions: what comes one by one is kept. */
export function readData<P extends PolicyTypes = PolicyTypes>(
  request: Pick<OverData<P>, 'model' | 'data' | keyof Waiting>,
): Promise<Checked<ReadData | undefined>> {
  return readOn(NODE, request);
}

/** The names and types of a policy, as TypeScript: what `merit types` prints. */
export function typesOf(model: Model): string {
  return policyTypes(model, fieldsOfSources(model));
}
