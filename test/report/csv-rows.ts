// CSV that the reports write, read back by the engine's own reader.

import { expect } from 'vitest';
import { readCsv } from '../../src/input/csv.ts';

/** The rows of a CSV text, each by its heading. */
export function csvRows(text: string): readonly Record<string, string>[] {
  const { value, diagnostics } = readCsv(text, 'report.csv', {});
  expect(diagnostics).toEqual([]);
  return value.rows.map((row) => {
    expect(row.length).toBe(value.header.length);
    return Object.fromEntries(value.header.map((name, index) => [name, row[index] as string]));
  });
}
