// Which form a file of data has, by the end of its name.

import type { SourceFormat } from '../model/dataset.ts';

/** A form, and what parts its cells where that isn't found from the heading. */
export interface FileFormat {
  readonly format: SourceFormat;
  readonly delimiter?: string;
}

const FORMATS: ReadonlyMap<string, FileFormat> = new Map([
  ['csv', { format: 'csv' }],
  ['tsv', { format: 'csv', delimiter: '\t' }],
  ['json', { format: 'json' }],
  ['ndjson', { format: 'ndjson' }],
  ['jsonl', { format: 'ndjson' }],
  ['parquet', { format: 'parquet' }],
]);

/** The ends of names that say a form. */
export const FILE_ENDS: readonly string[] = [...FORMATS.keys()];

/** The form of a file; absent where its name doesn't say it. */
export function formatOf(path: string): FileFormat | undefined {
  return FORMATS.get(/\.([^./\\]+)$/.exec(path)?.[1]?.toLowerCase() ?? '');
}
