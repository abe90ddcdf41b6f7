// A ledger as plain lines, and back.

import { describe, expect, it } from 'vitest';
import { readContents } from '../../src/ledger/contents.ts';
import { exportLines, importLines } from '../../src/ledger/export.ts';
import { deals, memoryStore, sha256, statement, writing } from './sample.ts';

function ledger() {
  const written = writing();
  written.close(
    '2026-01',
    [statement({ person: 'анна\u2028"', period: '2026-01', bonus: '1', pay: '1' })],
    deals({ 'D-1': '1', '7': '2' }),
  );
  written.write({ kind: 'comment', policy: 'sales', period: '2026-01', person: 'анна', text: 'два\nстроки' });
  return written;
}

async function lines(): Promise<readonly string[]> {
  const all: string[] = [];
  for await (const each of exportLines(memoryStore(ledger().entries))) all.push(each);
  return all;
}

async function* given(texts: readonly string[]): AsyncIterable<string> {
  yield* texts;
}

describe('an exported ledger', () => {
  it('is a line for each record, statement and row', async () => {
    const read = (await lines()).map((each) => JSON.parse(each));
    expect(read.map((each) => Object.keys(each))).toEqual([
      ['record'],
      ['statement', 'of'],
      ['row', 'of'],
      ['row', 'of'],
      ['record'],
    ]);
    expect((await lines()).every((each) => each.indexOf('\n') === each.length - 1)).toBe(true);
  });

  it('reads back as the same', async () => {
    const { value } = await importLines(given(await lines()), 'out.ndjson');
    const before = await readContents(memoryStore(ledger().entries), sha256);
    const after = await readContents(memoryStore(value), sha256);
    expect(after.diagnostics).toEqual([]);
    expect(after.value).toEqual(before.value);
  });

  it.each([
    ['', 1],
    ['{', 1],
    ['[]', 1],
    ['{"statement":{},"of":1}', 1],
    ['{"record":{"number":"1","hash":"a"}}', 1],
    ['{"record":{"number":1,"hash":"a"}}\n\n{"row":{},"of":2}', 3],
    ['{"record":{"number":1,"hash":"a"}}\n{"of":1}', 2],
  ])('says which line is none: %s', async (text, line) => {
    const { value, diagnostics } = await importLines(given(text.split('\n')), 'out.ndjson');
    expect(value).toBeUndefined();
    expect(diagnostics).toMatchObject([
      { code: 'M3140', message: `line ${line} of \`out.ndjson\` isn't a line of an exported ledger` },
    ]);
  });
});
