// Rows that were kept, as sources of text: a run over them is the run over the files that they were read from.

import { cellOf } from '../ledger/snapshot.ts';
import type { SourceSpec } from '../model/dataset.ts';
import type { LedgerRow, Snapshot } from '../model/ledger.ts';
import type { Model } from '../model/policy.ts';
import { isOptional, readingsOf } from './kept-rows.ts';

/** All sources that a run of the policy reads, with the rows of the snapshot; a source that it hasn't has no rows. */
export function sourcesOf(snapshot: Snapshot, model: Model): readonly SourceSpec[] {
  return readingsOf(model).flatMap((reading): readonly SourceSpec[] => {
    const rows = snapshot.sources.find((each) => each.source === reading.source)?.rows;
    if (!rows && isOptional(reading)) return [];
    const fields = reading.fields.map((each) => each.name);
    return [
      {
        name: reading.source,
        file: reading.source,
        format: 'csv',
        content: contentOf(rows ?? NO_ROWS, fields),
        columns: new Map(),
        constants: new Map(),
        dialect: { delimiter: ',' },
      },
    ];
  });
}

type Content = SourceSpec['content'];

const NO_ROWS: readonly LedgerRow[] = [];

// runs over snapshots that share a source's rows share its text too: it is written once, and backends that keep what they
// have read know it again. Rows never change once they are in a snapshot.
const written = new WeakMap<readonly LedgerRow[], Map<string, Content>>();

function contentOf(rows: readonly LedgerRow[], fields: readonly string[]): Content {
  const own = written.get(rows) ?? new Map<string, Content>();
  written.set(rows, own);
  const form = JSON.stringify(fields);
  const known = own.get(form);
  if (known) return known;
  const lines = [fields.map(csvCell).join(',')];
  for (const row of rows) lines.push(fields.map((field) => csvCell(cellOf(row, field) ?? '')).join(','));
  const content: Content = { kind: 'text', text: `${lines.join('\n')}\n` };
  own.set(form, content);
  return content;
}

/** Cells that letters could be taken out of, or a line be taken for none of, stand in quotes. */
function csvCell(text: string): string {
  return /^[A-Za-z0-9_.:%-]+$/.test(text) ? text : `"${text.replaceAll('"', '""')}"`;
}
