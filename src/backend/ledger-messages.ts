// What a ledger's store has to say of its file (M3145 to M3149).

import { type Diagnostic, RunError } from '../base/diagnostic.ts';

function fault(code: string, message: string, help: string): RunError {
  const diagnostic: Diagnostic = { code, severity: 'error', message, help };
  return new RunError([diagnostic]);
}

/** Another program has the file open. */
export function heldByAnother(file: string): RunError {
  return fault(
    'M3145',
    `the ledger \`${file}\` is in use by another program`,
    'nothing was written; wait until that one is done, and give the command again',
  );
}

/** The file can't be read, or holds something else; `why` in words. */
export function notALedger(file: string, why: string): RunError {
  return fault(
    'M3146',
    `\`${file}\` can't be read as a ledger: ${why}`,
    'take the file from a backup; `merit ledger import` makes one of an exported ledger',
  );
}

/** Nothing was written; `why` in words. */
export function notWritten(file: string, why: string): RunError {
  return fault(
    'M3147',
    `the ledger \`${file}\` can't be written: ${why}`,
    'the ledger is as it was before; mend that, and give the command again',
  );
}

/** Tables laid out as only a later version reads them. */
export function laterLayout(file: string, layout: number): RunError {
  return fault(
    'M3148',
    `the ledger \`${file}\` is of a later version of Merit (layout ${layout})`,
    'use the version of Merit that wrote it, or a later one',
  );
}

/** There is no such file. */
export function noLedger(file: string): RunError {
  return fault(
    'M3149',
    `there is no ledger \`${file}\``,
    'the first `merit close` makes it; `--ledger FILE` and `ledger` in merit.config.yaml name another',
  );
}
