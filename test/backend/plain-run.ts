// One event's file answered by a backend, as a run says it; and files whose columns DuckDB types.

import { DuckDBInstance } from '@duckdb/node-api';
import { expect } from 'vitest';
import type { Backend } from '../../src/backend/backend.ts';
import { compile, run } from '../../src/engine.ts';
import type { SourceSpec } from '../../src/model/dataset.ts';
import type { Result } from '../../src/model/result.ts';

type Policy = ReturnType<typeof compile>;

export interface Told {
  /** The Result without the name of the engine. */
  readonly result: Result | undefined;
  readonly problems: readonly string[];
}

export interface Asked {
  readonly policy: Policy;
  readonly people: string;
  readonly deals: Pick<SourceSpec, 'format' | 'content'>;
  readonly period: string;
}

/** A policy that checks, as one file. */
export function policyOf(text: string): Policy {
  const policy = compile([{ name: 'plain.merit', text }]);
  expect(policy.diagnostics.filter((each) => each.severity === 'error')).toEqual([]);
  return policy;
}

/** What a run over the event `deal` says; closes the backend. */
export async function toldBy(backend: Backend, asked: Asked): Promise<Told> {
  const base = { columns: new Map(), constants: new Map(), dialect: {} };
  const people: SourceSpec = {
    ...base,
    name: 'person',
    file: 'people',
    format: 'csv',
    content: { kind: 'text', text: asked.people },
  };
  const sources = [people, { ...base, ...asked.deals, name: 'deal', file: 'deals' }];
  try {
    const { value, diagnostics } = await run(
      { model: asked.policy.value!, sources, period: asked.period },
      backend,
    );
    const problems = diagnostics.map((each) => `${each.severity} ${each.code} ${each.message}`);
    return { result: value && { ...value, engine: { ...value.engine, backend: '' } }, problems };
  } finally {
    await backend.close();
  }
}

/** Has DuckDB run statements in a database of its own, in memory or in a file. */
export async function inDuckDb(statements: readonly string[], file = ':memory:'): Promise<void> {
  const instance = await DuckDBInstance.create(file);
  const connection = await instance.connect();
  for (const each of statements) await connection.run(each);
  connection.closeSync();
  instance.closeSync();
}
