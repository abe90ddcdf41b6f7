// What a result was made of, in a few hashes: two runs with one fingerprint give one result, and two fingerprints say
// what differs. Where a row stands in its file is no part of it, as results don't depend on the order of rows.

import type { CloseBody, Fingerprint, LedgerRow } from '../model/ledger.ts';
import type { Result } from '../model/result.ts';
import { canonicalText } from './canonical.ts';
import type { Hash } from './chain.ts';

/** What a fingerprint is taken of. */
export interface Printed {
  readonly files: CloseBody['files'];
  /** All rows of the inputs, of one source after another, by key. */
  readonly rows: readonly LedgerRow[];
  readonly result: Result;
}

/** The fingerprint of a run. */
export function fingerprintOf({ files, rows, result }: Printed, hash: Hash): Fingerprint {
  const { version, zoneData } = result.engine;
  return {
    policy: hash([canonicalText(files)]),
    inputs: inputsOf(rows, hash),
    engine: { version, zoneData },
    result: statementsHash(result, hash),
  };
}

/** The hash of a result's statements. */
export function statementsHash({ statements }: Pick<Result, 'statements'>, hash: Hash): string {
  return hash(lines(statements.map(withoutPlaces)));
}

/** How many rows each source has, and the hash of them. A row's cells count, and nothing of what became of it. */
export function inputsOf(rows: readonly LedgerRow[], hash: Hash): Fingerprint['inputs'] {
  const sources = new Map<string, LedgerRow[]>();
  for (const row of rows) {
    const those = sources.get(row.source);
    if (those) those.push(row);
    else sources.set(row.source, [row]);
  }
  return [...sources]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([source, those]) => {
      const sorted = [...those].sort((a, b) => (a.key < b.key ? -1 : 1));
      return { source, rows: those.length, hash: hash(lines(sorted.map(({ key, cells }) => [key, cells]))) };
    });
}

function* lines(values: Iterable<unknown>): Iterable<string> {
  for (const each of values) yield `${canonicalText(each)}\n`;
}

/** What differs, in words: the policy, sources, the engine; else that it lies in what was closed since. */
export function differences(before: Fingerprint, after: Fingerprint): readonly string[] {
  const names = new Set([...before.inputs, ...after.inputs].map((each) => each.source));
  const of = (print: Fingerprint, source: string) => print.inputs.find((each) => each.source === source);
  const sources = [...names].filter((name) => of(before, name)?.hash !== of(after, name)?.hash).sort();
  const engine = canonicalText(before.engine) !== canonicalText(after.engine);
  const told = [
    ...(before.policy === after.policy ? [] : ['the policy has changed']),
    ...sources.map((name) => `the data of \`${name}\` has changed`),
    ...(engine ? ['the version of Merit or of its time zones has changed'] : []),
  ];
  if (told.length > 0 || before.result === after.result) return told;
  return ['the results differ, by what was closed or asked for otherwise since'];
}

/** The numbers of rows in their files, left out: they are no part of what a row says. */
function withoutPlaces(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(withoutPlaces);
  const entries = Object.entries(value).filter(
    ([key, each]) => !(key === 'row' && typeof each === 'number' && 'key' in value),
  );
  return Object.fromEntries(entries.map(([key, each]) => [key, withoutPlaces(each)]));
}
