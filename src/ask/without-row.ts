// A source of data without one of its rows: the same cells as text, one row less.

import type { Backend } from '../backend/backend.ts';
import { hasErrors, RunError } from '../base/diagnostic.ts';
import { nearest } from '../base/suggest.ts';
import type { SourceSpec } from '../model/dataset.ts';
import type { EventModel } from '../model/policy.ts';

/** A row found by its key. */
export interface FoundRow {
  /** Its number in the file. */
  readonly row: number;
  readonly fields: readonly { readonly name: string; readonly text: string }[];
  /** The source without it. */
  readonly rest: SourceSpec;
}

/** Finds the row of an event by its key. Throws `RunError` where there is none (M3066), or the source can't be read. */
export async function findRow(
  event: EventModel,
  source: SourceSpec,
  { key, backend }: { readonly key: string; readonly backend: Backend },
): Promise<FoundRow> {
  const { value: table, diagnostics } = await backend.text(source);
  if (hasErrors(diagnostics)) throw new RunError(diagnostics);
  const header = table.header.map(plain);
  const columnOf = (field: string): number => header.indexOf(plain(source.columns.get(field) ?? field));
  const column = columnOf(event.key);
  const keys = table.rows.map((cells) => plain(cells[column] ?? ''));
  const at = keys.indexOf(plain(key));
  if (at < 0) {
    const near = nearest(plain(key), keys);
    throw new RunError([
      {
        code: 'M3066',
        severity: 'error',
        message: `there is no \`${event.name}\` with the key \`${key}\` in ${source.file}`,
        ...(near === undefined ? {} : { help: `did you mean \`${near}\`?` }),
      },
    ]);
  }
  const cells = table.rows[at]!;
  const fields = event.fields.flatMap(({ name }) => {
    const index = columnOf(name);
    return index < 0 ? [] : [{ name, text: cells[index] ?? '' }];
  });
  const rows = table.rows.filter((_, index) => index !== at);
  const rest: SourceSpec = {
    ...source,
    format: 'csv',
    content: { kind: 'text', text: csvText([table.header, ...rows]) },
    dialect: { ...source.dialect, delimiter: ',' },
  };
  return { row: at + 2, fields, rest };
}

function plain(text: string): string {
  return text.trim().normalize('NFC');
}

/** Every cell in quotes, so that none can be taken for anything else. */
function csvText(rows: readonly (readonly string[])[]): string {
  return rows.map((cells) => cells.map((each) => `"${each.replaceAll('"', '""')}"`).join(',')).join('\n');
}
