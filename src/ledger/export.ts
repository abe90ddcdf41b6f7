// A ledger as plain text, a line of JSON for each thing, that any program can read: a record, then its statements, then
// the rows that came with it. Reading it back gives the same records, or says which line isn't one.

import type { Checked } from '../base/diagnostic.ts';
import * as messages from './messages.ts';
import type { LedgerStore, StoredEntry } from './store.ts';

/** The lines, each ended by a line end. */
export async function* exportLines(store: LedgerStore): AsyncIterable<string> {
  for (const { number, text, statements } of await store.records()) {
    yield `{"record":${text}}\n`;
    for (const each of statements) yield `{"statement":${each},"of":${number}}\n`;
    for (const each of await store.changes(number)) yield `{"row":${each},"of":${number}}\n`;
  }
}

/** Reads exported lines; `file` is what messages call them. Whether the chain holds is for `chain.ts`. */
export async function importLines(
  lines: AsyncIterable<string>,
  file: string,
): Promise<Checked<readonly StoredEntry[] | undefined>> {
  const entries: Filling[] = [];
  let number = 0;
  for await (const line of lines) {
    number += 1;
    if (line.trim() === '') continue;
    if (!taken(readLine(line), entries))
      return { value: undefined, diagnostics: [messages.badLine(file, number)] };
  }
  // an export that failed leaves a file without a line behind: no ledger is made of that
  if (entries.length === 0) return { value: undefined, diagnostics: [messages.badLine(file, 1)] };
  return { value: entries, diagnostics: [] };
}

/** An entry whose lines are still coming. */
interface Filling extends StoredEntry {
  readonly statements: string[];
  readonly changes: string[];
}

interface Line {
  readonly record?: { readonly number: number; readonly hash: string };
  readonly statement?: object;
  readonly row?: object;
  readonly of?: number;
}

function readLine(line: string): Line | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Puts a line where it belongs; false: it belongs nowhere. */
function taken(line: Line | undefined, entries: Filling[]): boolean {
  const entry = entries.at(-1);
  if (line?.record !== undefined) {
    const { number, hash } = line.record;
    if (typeof number !== 'number' || typeof hash !== 'string') return false;
    entries.push({ number, hash, text: JSON.stringify(line.record), statements: [], changes: [] });
    return true;
  }
  if (entry === undefined || line?.of !== entry.number) return false;
  if (line.statement !== undefined) entry.statements.push(JSON.stringify(line.statement));
  else if (line.row !== undefined) entry.changes.push(JSON.stringify(line.row));
  else return false;
  return true;
}
