// Why a closed period is corrected, in a few words: what a line is called, and lists of causes.

import type { AdjustmentCause, RowChange } from '../model/ledger.ts';

/** What has happened, as a statement calls it: `deal D-17 has changed`. */
export function causeText(cause: AdjustmentCause): string {
  switch (cause.kind) {
    case 'row':
      return `${cause.source} ${cause.key} ${HAPPENED[cause.change].one}`;
    case 'rows':
      return `${cause.count} rows of ${cause.source} ${HAPPENED[cause.change].several}`;
    case 'policy':
      return cause.declaration ?? cause.policy;
    case 'engine':
      return 'another version of Merit';
    case 'reach':
      return 'corrections reach further back';
    case 'together':
      return cause.causes.map(causeText).join(' and ');
    default:
      return cause satisfies never;
  }
}

const HAPPENED: Readonly<Record<RowChange['kind'], { readonly one: string; readonly several: string }>> = {
  added: { one: 'is new', several: 'are new' },
  changed: { one: 'has changed', several: 'have changed' },
  removed: { one: 'is gone', several: 'are gone' },
};
