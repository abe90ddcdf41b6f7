// The answers of all queries, found by measure, scope, bucket and group.

import { type Diagnostic, InternalError, RunError } from '../base/diagnostic.ts';
import { add, type Exact, multiply, ZERO } from '../base/exact.ts';
import type { FactRow } from '../model/dataset.ts';
import type { Scope } from '../model/expression.ts';
import type { Measure } from '../model/policy.ts';
import type { Cell, Value } from '../model/value.ts';
import { scopeKey } from './make-queries.ts';
import type { AggregateQuery } from './query.ts';

/**
 * Facts of a run. An absent sum or count is 0: nothing happened; an absent other measure is missing.
 *
 * INVARIANT: only what a query asked about is read; an unasked measure or bucket is a fault, not a 0.
 */
export interface Facts {
  value(measure: Measure, scope: Scope, bucket: string, group: string): Cell;
}

export function collectFacts(
  answers: readonly { readonly query: AggregateQuery; readonly rows: readonly FactRow[] }[],
): Facts {
  const values = new Map<string, Map<string, Value>>();
  const asked = new Map<string, Set<string>>();
  const lacking = new Map<string, readonly Diagnostic[]>();
  for (const { query, rows } of answers) {
    query.measures.forEach((measure, index) => {
      const key = `${measure.id} ${scopeOfQuery(query.scope)}`;
      const cells = values.get(key) ?? new Map<string, Value>();
      values.set(key, cells);
      const buckets = asked.get(key) ?? new Set();
      for (const bucket of query.buckets) buckets.add(bucket.id);
      asked.set(key, buckets);
      // queries of different grains may share a bucket; each answers it in full
      const fresh = new Map<string, Value>();
      for (const row of rows) {
        const lack = row.lacks?.find((each) => each.column === index);
        if (lack) lacking.set(`${key} ${row.bucket} ${row.group}`, lack.diagnostics);
        const value = row.values[index];
        if (value === undefined) continue;
        const cell = `${row.bucket} ${row.group}`;
        if (row.share === undefined) {
          fresh.set(cell, value);
          continue;
        }
        const part = multiply(value as Exact, row.share);
        const before = fresh.get(cell) as Exact | undefined;
        fresh.set(cell, before ? add(before, part) : part);
      }
      for (const [cell, value] of fresh) cells.set(cell, value);
    });
  }
  return {
    value: (measure, scope, bucket, group) => {
      const key = `${measure.id} ${scopeKey(scope)}`;
      if (!asked.get(key)?.has(bucket))
        throw new InternalError(`nobody asked for ${key} over the days ${bucket}`);
      const lack = lacking.get(`${key} ${bucket} ${group}`);
      if (lack) throw new RunError(lack);
      return values.get(key)?.get(`${bucket} ${group}`) ?? ofNoRows(measure);
    },
  };
}

/** What a measure is where nothing happened. */
export function ofNoRows({ aggregate }: Measure): Cell {
  return aggregate === 'sum' || aggregate === 'count' || aggregate === 'distinct' ? ZERO : undefined;
}

/** The same as `scopeKey`, for the scope of a query. */
export function scopeOfQuery(scope: AggregateQuery['scope']): string {
  return scope.kind === 'below' || scope.kind === 'outside' ? scope.kind : scopeKey(scope);
}
