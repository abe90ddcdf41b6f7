// Commands around a ledger in an example of a page: they are obeyed in order, and the last of them says what the page is
// about.

import { join } from 'node:path';
import type { Diagnostic, Model, Project, SourceSpec } from '../../src/node.ts';
import { approvePeriod, type ClosingRequest, closePeriod, remark } from '../../src/node-ledger.ts';
import { adjustmentsFor, historyFor } from '../../src/node-ledger-questions.ts';

/** What a command is given beside its options. */
export interface LedgerExample {
  readonly folder: string;
  readonly project: Project;
  readonly model: Model;
  readonly versions: readonly Model[];
  readonly sources: readonly SourceSpec[];
  readonly period: string;
  readonly backend: 'memory' | 'duckdb';
}

const VERBS: ReadonlySet<string> = new Set(['close', 'approve', 'adjustments', 'history', 'comment']);

export function isAboutLedger(verb: string | undefined): boolean {
  return verb !== undefined && VERBS.has(verb);
}

/** What one of the commands says. */
export async function saidOfLedger(
  verb: string,
  one: (name: string) => string | undefined,
  { folder, ...example }: LedgerExample,
): Promise<readonly Diagnostic[]> {
  const file = join(folder, 'merit.ledger.duckdb');
  const said = { by: one('by') ?? '', at: one('at') ?? '' };
  const person = one('person') ?? '';
  const request: ClosingRequest = {
    ...example,
    ...said,
    file,
    called: '.',
    ...(one('require-approval') !== undefined && { approvalRequired: true }),
  };
  const done = {
    close: () => closePeriod(request),
    approve: () => approvePeriod(request),
    adjustments: () => adjustmentsFor(request),
    history: () => historyFor(file, person),
    comment: () => remark(file, { ...said, person, period: example.period, text: one('text') ?? '' }),
  }[verb];
  return (await done!()).diagnostics;
}
