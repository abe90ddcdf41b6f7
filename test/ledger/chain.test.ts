// The chain: what was written is found changed, wherever it is changed.

import { describe, expect, it } from 'vitest';
import { canonicalParts, canonicalText } from '../../src/ledger/canonical.ts';
import { checkChain, checkKept, hashOf } from '../../src/ledger/chain.ts';
import { readContents } from '../../src/ledger/contents.ts';
import { readRecords } from '../../src/ledger/records.ts';
import type { StoredEntry } from '../../src/ledger/store.ts';
import { LEDGER_SCHEMA, type LedgerRecord } from '../../src/model/ledger.ts';
import { deals, memoryStore, sha256, statement, writing } from './sample.ts';

/** January and February of two people, a comment in between. */
function twoMonths() {
  const ledger = writing();
  ledger.close(
    '2026-01',
    [
      statement({ person: 'anna', period: '2026-01', bonus: '100', pay: '100' }),
      statement({ person: 'bob', period: '2026-01', bonus: '50', pay: '50' }),
    ],
    deals({ 'D-1': '1000', 'D-2': '500' }),
  );
  ledger.write({ kind: 'comment', policy: 'sales', period: '2026-01', person: 'anna', text: 'seen' });
  ledger.close(
    '2026-02',
    [statement({ person: 'anna', period: '2026-02', bonus: '10', pay: '10' })],
    deals({ 'D-1': '1000', 'D-2': '400', 'D-3': '100' }),
  );
  return ledger;
}

const codes = async (entries: readonly StoredEntry[]): Promise<readonly string[]> =>
  (await readContents(memoryStore(entries), sha256)).diagnostics.map(({ code }) => code);

describe('canonical text', () => {
  it('sorts keys, keeps the order of lists, and leaves out what is undefined', () => {
    expect(canonicalText({ b: [2, { d: null, c: 'é\n' }], a: undefined, A: true })).toBe(
      '{"A":true,"b":[2,{"c":"é\\n","d":null}]}',
    );
  });

  it('is the same in pieces', () => {
    const value = { b: [{ y: 1, x: [] }, 'a'], a: { c: {}, d: null } };
    expect([...canonicalParts(value)].join('')).toBe(canonicalText(value));
  });

  it('is hashed as any program would hash it', () => {
    // printf '{"a":1}' | sha256sum
    expect(sha256(canonicalParts({ a: 1 }))).toBe(
      '015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862',
    );
  });
});

describe('the chain', () => {
  it('holds as it was written, and gives the inputs of the last close', async () => {
    const { value, diagnostics } = await readContents(memoryStore(twoMonths().entries), sha256);
    expect(diagnostics).toEqual([]);
    expect(value.records.map(({ number, body }) => [number, body.kind])).toEqual([
      [1, 'close'],
      [2, 'comment'],
      [3, 'close'],
    ]);
    expect(value.snapshot).toEqual(deals({ 'D-1': '1000', 'D-2': '400', 'D-3': '100' }));
    expect(value.head?.number).toBe(3);
  });

  it('says that a record was changed, whatever in it', async () => {
    for (const [from, to] of [
      ['"by":"olga"', '"by":"ivan"'],
      ['"at":"2026-03-01"', '"at":"2026-03-02"'],
      ['"text":"seen"', '"text":"sean"'],
      ['"currency":"RUB"', '"currency":"EUR"'],
    ] as const) {
      const entries = twoMonths().entries.map((each) => ({ ...each, text: each.text.replace(from, to) }));
      expect(await codes(entries)).toEqual(['M3132']);
    }
  });

  it('says that a statement was changed, put in or taken out', async () => {
    const [first, ...others] = twoMonths().entries;
    const [anna, bob] = first!.statements;
    for (const statements of [
      [anna!.replace('"pay":"100"', '"pay":"900"'), bob!],
      [anna!],
      [bob!, anna!],
      [],
    ])
      expect(await codes([{ ...first!, statements }, ...others])).toEqual(['M3132']);
  });

  it('says that a hash was changed along with the record', async () => {
    const entries = twoMonths().entries;
    const [first, second, third] = readRecords(entries).value as readonly LedgerRecord[];
    const forged = { ...second!, by: 'ivan' };
    const hash = hashOf(forged, sha256);
    expect(checkChain([first!, { ...forged, hash }, third!], sha256).map(({ message }) => message)).toEqual([
      "record 3 of the ledger isn't what was written",
    ]);
  });

  it('says which record is missing', async () => {
    const [first, second, third] = twoMonths().entries;
    expect((await readContents(memoryStore([first!, third!]), sha256)).diagnostics[0]).toMatchObject({
      code: 'M3133',
      message: 'a record of the ledger is missing: number 2, before number 3',
    });
    expect(await codes([second!, third!])).toEqual(['M3133']);
    expect(await codes([first!, third!, second!])).toEqual(['M3133']);
  });

  it('says nothing of an end that is cut off, unless somebody has kept its hash', () => {
    const { records } = twoMonths();
    const last = records().at(-1)!.hash;
    expect(checkChain(records().slice(0, 2), sha256)).toEqual([]);
    expect(checkKept(records(), last.toUpperCase())).toEqual([]);
    expect(checkKept(records().slice(0, 2), last).map(({ code }) => code)).toEqual(['M3133']);
  });

  it("says that a text can't be read", async () => {
    const [first, second, third] = twoMonths().entries;
    for (const text of ['', '{', 'null', '{}', second!.text.slice(0, -1)])
      expect(await codes([first!, { ...second!, text }, third!])).toEqual(['M3132']);
  });

  it('says that rows were changed, put in or taken out', async () => {
    const [first, ...others] = twoMonths().entries;
    const [one, two] = first!.changes;
    for (const changes of [[one!.replace('1000', '2000'), two!], [one!], [two!, one!], [], ['{', two!]])
      expect(await codes([{ ...first!, changes }, ...others])).toEqual(['M3134']);
  });

  it('leaves a later form of records to a later version', async () => {
    const later = { ...readRecords(twoMonths().entries).value[0]!, schema: LEDGER_SCHEMA + 1 };
    expect(checkChain([{ ...later, hash: hashOf(later, sha256) }], sha256).map(({ code }) => code)).toEqual([
      'M3135',
    ]);
  });
});
