// How a file is read, while it is being decided: each field from a column, from one text for all rows, or not at all.

import { columnName, type Dialect } from '../../../src/browser-data.ts';
import type { DataFile } from '../worker/held.ts';
import type { FieldNeed, SourceNeed } from '../worker/overview.ts';
import { columnsFor } from './guess.ts';

/** Where a field comes from. */
export type FieldSource =
  | { readonly kind: 'column'; readonly column: string }
  | { readonly kind: 'constant'; readonly text: string }
  | { readonly kind: 'none' };

/** What has been decided so far. */
export interface Mapping {
  readonly name: string;
  readonly fields: Readonly<Record<string, FieldSource>>;
  readonly dialect: Dialect;
}

/** The likeliest mapping to a kind of rows. */
export function suggested(header: readonly string[], need: SourceNeed, dialect: Dialect): Mapping {
  const { columns } = columnsFor(header, need.fields);
  const names = header.map(columnName);
  const fields = need.fields.map(({ name }): [string, FieldSource] => {
    const column =
      columns[name] ?? (names.includes(name.normalize('NFC')) ? name.normalize('NFC') : undefined);
    return [name, column === undefined ? { kind: 'none' } : { kind: 'column', column }];
  });
  return { name: need.name, fields: Object.fromEntries(fields), dialect };
}

/** How data that is open is read now. */
export function mappingOf(
  { name, columns = {}, constants = {}, dialect = {} }: DataFile,
  header: readonly string[],
  fields: readonly FieldNeed[],
): Mapping {
  const names = header.map(columnName);
  const sourceOf = (field: string): FieldSource => {
    const text = constants[field];
    if (text !== undefined) return { kind: 'constant', text };
    const column = columnName(columns[field] ?? field);
    return names.includes(column) ? { kind: 'column', column } : { kind: 'none' };
  };
  return {
    name,
    fields: Object.fromEntries(fields.map((each) => [each.name, sourceOf(each.name)])),
    dialect,
  };
}

/** Needed fields that come from nowhere. */
export function lackingIn({ fields }: Mapping, need: SourceNeed): readonly string[] {
  return need.fields
    .filter(({ name, optional }) => !optional && (fields[name]?.kind ?? 'none') === 'none')
    .map(({ name }) => name);
}

/** A file that is read so. */
export function mapped(file: Pick<DataFile, 'file' | 'text'>, { name, fields, dialect }: Mapping): DataFile {
  const columns: Record<string, string> = {};
  const constants: Record<string, string> = {};
  for (const [field, source] of Object.entries(fields)) {
    if (source.kind === 'constant') constants[field] = source.text;
    if (source.kind === 'column' && source.column !== field.normalize('NFC')) columns[field] = source.column;
  }
  return { name, ...file, columns, constants, dialect };
}
