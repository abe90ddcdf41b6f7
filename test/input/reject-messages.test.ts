import { describe, expect, test } from 'vitest';
import { rejectDiagnostics } from '../../src/input/reject-messages.ts';
import type { Reject } from '../../src/model/dataset.ts';

function unknown(row: number, cell: string): Reject {
  return {
    source: 'deal',
    file: 'deals.csv',
    row,
    field: 'who',
    column: 'who',
    cell,
    reason: 'unknown person',
  };
}

describe('messages about rows', () => {
  test('show the beginning of a cell that holds half a file', () => {
    const [said] = rejectDiagnostics([unknown(2, `${'x'.repeat(199)}😀${'y'.repeat(100_000)}`)], {
      dialect: {},
      fields: [],
    });
    expect(said!.message).toBe(`\`${'x'.repeat(199)}…\` in column \`who\` is nobody in the people data`);
  });

  test("of a file of strangers don't compare each of them with everybody", () => {
    const persons = Array.from({ length: 3000 }, (_, index) => `colleague-${index}`);
    const rejects = Array.from({ length: 5000 }, (_, index) => unknown(index + 2, `colleaguf-${index}x`));
    const started = performance.now();
    const said = rejectDiagnostics(rejects, { dialect: {}, fields: [], persons });
    expect(performance.now() - started).toBeLessThan(5000);
    expect(said).toHaveLength(5000);
    expect(said[0]!.help).toContain('did you mean `colleague-0`?');
    expect(said.at(-1)!.message).toContain('`colleaguf-4999x`');
  });
});
