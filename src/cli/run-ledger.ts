// `merit run --ledger`: a period with what the ledger says of it: a closed one as it was paid, the open one with what closed
// ones are corrected by.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Checked, hasErrors } from '../base/diagnostic.ts';
import { LEDGER_FILE, type Model, type Project, type Result, type RunRequest } from '../node.ts';
import { ledgerOf } from './ledger-options.ts';
import { UsageError } from './usage.ts';

export interface RunLedgerOptions {
  /** Without a file: the project's. */
  readonly ledger?: string | true;
  readonly acceptRemoved?: true;
}

/** Whether a run asks the ledger. Throws where it also asks for what only a plain run tells. */
export function asksLedger({
  ledger,
  acceptRemoved,
  ...others
}: RunLedgerOptions & { readonly sql?: true; readonly coverageOutput?: string }): boolean {
  if (ledger === undefined) {
    if (acceptRemoved)
      throw new UsageError('`--accept-removed` is about closed periods', 'add `--ledger`, or leave it out');
    return false;
  }
  const plain = others.sql ? '--sql' : others.coverageOutput === undefined ? undefined : '--coverage-output';
  if (plain !== undefined)
    throw new UsageError(`\`${plain}\` is about a run by itself`, 'leave out `--ledger`, or the other');
  return true;
}

/** What a run by itself leaves out, where the project has a ledger; looked for without loading what reads one. */
export function leftOut({ folder, config }: Project): string | undefined {
  return existsSync(join(folder, config?.value.ledger?.path ?? LEDGER_FILE))
    ? 'the ledger is not asked: with `--ledger` a closed period is as it was paid, and an open one has its corrections'
    : undefined;
}

/** What is asked of the ledger. */
export interface LedgerRun {
  readonly path: string;
  readonly project: Project;
  readonly model: Model;
  readonly models: readonly Model[];
  readonly request: RunRequest;
  readonly backend: 'duckdb' | 'memory';
  readonly options: RunLedgerOptions;
}

/** The period's result. The value is absent where there are errors: those of the ledger, and of the draft. */
export async function resultWithLedger(asked: LedgerRun): Promise<Checked<Result | undefined>> {
  const { path: called, project, models: versions, request, model, backend, options } = asked;
  const ledger = await import('../node-ledger.ts');
  const named = typeof options.ledger === 'string' ? { ledger: options.ledger } : {};
  const file = await ledgerOf(project, named);
  const { value: contents, diagnostics: broken } = await ledger.ledgerContents(file);
  if (hasErrors(broken)) return { value: undefined, diagnostics: broken };
  const closed = ledger.closesOf(contents.records).find(({ body }) => body.period === request.period);
  if (closed) return { value: closed.body.result, diagnostics: broken };
  const acceptRemoved = options.acceptRemoved ?? false;
  const draft = { ...request, project, model, versions, file, called, backend, acceptRemoved };
  const { value, diagnostics } = await ledger.draftPeriod(draft);
  return { value: value?.body.result, diagnostics };
}
