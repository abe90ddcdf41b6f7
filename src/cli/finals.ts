// What reports and exports take from the ledger: results of closed periods as they were paid, the draft of the open one with
// its corrections, and what was said of statements.

import type { Command } from 'commander';
import { type Checked, hasErrors } from '../base/diagnostic.ts';
import type { Final } from '../node.ts';
import type { SaidOf } from '../node-ledger.ts';
import { ledgerOf, ledgerRequest } from './ledger-options.ts';
import { note } from './output.ts';
import type { AskOptions, OverData } from './over-data.ts';

export interface FinalOptions {
  /** `--no-ledger` makes it false. */
  readonly ledger?: string | boolean;
}

/** Adds the options to a command. */
export function withFinals(command: Command): Command {
  return command
    .option(
      '--ledger <file>',
      'the file that holds closed periods; what merit.config.yaml says, else merit.ledger.duckdb beside the policy',
    )
    .option('--no-ledger', 'work everything out anew, without closed periods and their corrections');
}

/** What the ledger has of the periods asked for. */
export interface Finals {
  readonly finals: readonly Final[];
  readonly said: readonly SaidOf[];
}

/** What is asked, and what becomes of a period for which another has to be closed first: its corrections aren't known. */
interface FinalsAsked {
  readonly path: string;
  readonly options: AskOptions & FinalOptions;
  readonly ahead: 'say so' | 'stop';
}

/** A period isn't the next one to close. */
const NOT_NEXT = 'M3121';

const NOTHING: Finals = { finals: [], said: [] };

/**
 * All closed periods, and where one that is asked for isn't closed, the draft of the first such; nothing where no ledger is
 * there. The value is absent where there are errors: the ledger's, and those of the draft.
 */
export async function finalsOf(
  over: OverData,
  { path, options, ahead }: FinalsAsked,
): Promise<Checked<Finals | undefined>> {
  const { node, project, model, request } = over;
  if (options.ledger === false) return { value: NOTHING, diagnostics: [] };
  const ledger = await import('../node-ledger.ts');
  const named = typeof options.ledger === 'string' ? { ledger: options.ledger } : {};
  const file = await ledgerOf(project, named);
  if (!(await ledger.hasLedger(file))) return { value: NOTHING, diagnostics: [] };
  const { value: contents, diagnostics } = await ledger.ledgerContents(file);
  if (hasErrors(diagnostics)) return { value: undefined, diagnostics };
  const closes = ledger.closesOf(contents.records);
  const closed = closes.map(({ by, at, body }): Final => ({ result: body.result, closed: { by, at } }));
  const said = closes.flatMap(({ body: { period, result } }) =>
    result.statements.map(({ person }) => ledger.saidOf(contents.records, { person, period })),
  );
  const done = new Set(closes.map(({ body }) => body.period));
  const open = node.periodsIn(model, request.period).find((each) => !done.has(each));
  if (closes.length === 0 || open === undefined) return { value: { finals: closed, said }, diagnostics };
  const draft = await ledger.draftPeriod({
    ...ledgerRequest(over, { file, called: path, backend: options.backend }),
    period: open,
  });
  const early = draft.diagnostics.find((each) => each.code === NOT_NEXT);
  if (early && ahead === 'say so') {
    note(`${open} is shown without corrections of closed periods: ${early.message}`);
    return { value: { finals: closed, said }, diagnostics };
  }
  if (!draft.value) return { value: undefined, diagnostics: draft.diagnostics };
  return { value: { finals: [...closed, { result: draft.value.body.result }], said }, diagnostics };
}
