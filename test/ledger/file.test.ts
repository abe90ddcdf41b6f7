// The ledger's file: what is appended is there or isn't, whoever else writes, whatever becomes of the disk and the file.

import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, describe, expect, it } from 'vitest';
import { type Migration, openDuckDbLedger } from '../../src/backend/duckdb-ledger.ts';
import { RunError } from '../../src/base/diagnostic.ts';
import { readContents } from '../../src/ledger/contents.ts';
import type { StoredEntry } from '../../src/ledger/store.ts';
import { appendToLedger, readLedger } from '../../src/node-ledger-file.ts';
import { deals, sha256, statement, writing } from './sample.ts';
import { heldElsewhere, newFolder } from './shop.ts';

const folder = newFolder();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let files = 0;
const newFile = (): string => {
  files += 1;
  mkdirSync(join(folder, String(files)));
  return join(folder, String(files), 'merit.ledger.duckdb');
};

/** Two closes; the second has so many rows. */
function entriesOf(rows = 3): readonly StoredEntry[] {
  const ledger = writing();
  const anna = (period: string) => [statement({ person: 'anna', period, bonus: '10', pay: '10' })];
  ledger.close('2026-01', anna('2026-01'), deals({ 'D-1': '1000' }));
  const amounts = Array.from({ length: rows }, (_, at) => [`D-${at}`, String(at)] as const);
  ledger.close('2026-02', anna('2026-02'), deals(Object.fromEntries(amounts)));
  return ledger.entries;
}

/** How many records a file holds, and what is wrong with them. */
async function stateOf(file: string): Promise<readonly [number, readonly string[]]> {
  const store = await readLedger(file);
  try {
    const { value, diagnostics } = await readContents(store, sha256);
    return [value.records.length, diagnostics.map(({ code }) => code)];
  } finally {
    await store.close();
  }
}

/** The code that something is refused with. */
async function refused(work: Promise<unknown>): Promise<string> {
  return work.then(
    (value) => `done: ${String(value)}`,
    (cause) => {
      if (!(cause instanceof RunError)) throw cause;
      return cause.diagnostics.map(({ code, message }) => `${code} ${message}`).join();
    },
  );
}

describe('a file', () => {
  it('is made by the first record, and appended to by the next', async () => {
    const file = newFile();
    const [first, second] = entriesOf(5000);
    expect(await refused(readLedger(file))).toBe(`M3149 there is no ledger \`${file}\``);
    expect(await appendToLedger(file, [first!], undefined)).toBe('appended');
    expect(await stateOf(file)).toEqual([1, []]);
    expect(await appendToLedger(file, [second!], first)).toBe('appended');
    expect(await stateOf(file)).toEqual([2, []]);
    expect(readdirSync(join(file, '..'))).toEqual(['merit.ledger.duckdb']);
  });

  it('takes nothing after a head that has moved', async () => {
    const file = newFile();
    const [first, second] = entriesOf();
    expect(await appendToLedger(file, [first!, second!], undefined)).toBe('appended');
    expect(await appendToLedger(file, [second!], first)).toBe('moved');
    expect(await appendToLedger(file, [first!], undefined)).toBe('moved');
    expect(await stateOf(file)).toEqual([2, []]);
  });

  it('is made by one of two that make it at once', async () => {
    const file = newFile();
    const [first] = entriesOf();
    const both = await Promise.allSettled([1, 2].map(() => appendToLedger(file, [first!], undefined)));
    const told = both.map((each) => (each.status === 'fulfilled' ? each.value : String(each.reason)));
    expect(told.filter((each) => each === 'appended')).toHaveLength(1);
    expect(await stateOf(file)).toEqual([1, []]);
  });

  it('is appended to by one of two that do at once', async () => {
    const file = newFile();
    const [first, second] = entriesOf();
    await appendToLedger(file, [first!], undefined);
    const both = await Promise.allSettled([1, 2].map(() => appendToLedger(file, [second!], first)));
    const told = both.map((each) => (each.status === 'fulfilled' ? each.value : String(each.reason)));
    expect(told.filter((each) => each === 'appended')).toHaveLength(1);
    expect(await stateOf(file)).toEqual([2, []]);
  });

  it('says that another program holds it', async () => {
    const file = newFile();
    const [first, second] = entriesOf();
    await appendToLedger(file, [first!], undefined);
    const letGo = await heldElsewhere(file);
    const held = `M3145 the ledger \`${file}\` is in use by another program`;
    expect(await refused(appendToLedger(file, [second!], first))).toBe(held);
    expect(await refused(readLedger(file))).toBe(held);
    await letGo();
    expect(await appendToLedger(file, [second!], first)).toBe('appended');
  });

  it('says that it is cut short, damaged, or none', async () => {
    const file = newFile();
    await appendToLedger(file, entriesOf(), undefined);
    const copy = (): string => {
      const other = newFile();
      copyFileSync(file, other);
      return other;
    };
    for (const size of [0, 100, 5000, 20_000, Math.trunc(statSync(file).size / 2), statSync(file).size - 1]) {
      const cut = copy();
      truncateSync(cut, size);
      expect(await refused(readLedger(cut).then(() => stateOf(cut)))).toMatch(
        /^M3146 .* can't be read as a ledger: it (?:is cut short|isn't a DuckDB file)$/,
      );
    }
    const text = copy();
    writeFileSync(text, 'period,pay\n2026-01,100\n');
    expect(await refused(readLedger(text))).toContain("it isn't a DuckDB file");
    const database = newFile();
    const instance = await DuckDBInstance.create(database);
    instance.closeSync();
    expect(await refused(readLedger(database))).toMatch(/^M3146 /);
  });

  it('is found edited by the chain, and by its blocks', async () => {
    const file = newFile();
    await appendToLedger(file, entriesOf(), undefined);
    const run = async (sql: string): Promise<readonly [number, readonly string[]]> => {
      const edited = newFile();
      copyFileSync(file, edited);
      const instance = await DuckDBInstance.create(edited);
      const connection = await instance.connect();
      await connection.run(sql);
      connection.closeSync();
      instance.closeSync();
      return stateOf(edited);
    };
    expect(await run("UPDATE ledger_statement SET text = replace(text, '10', '90')")).toEqual([2, ['M3132']]);
    expect(await run("UPDATE ledger_record SET text = replace(text, 'olga', 'ivan')")).toEqual([
      2,
      ['M3132'],
    ]);
    expect(await run("UPDATE ledger_row SET text = replace(text, '1000', '2000')")).toEqual([2, ['M3134']]);
    expect(await run('DELETE FROM ledger_record WHERE number = 1')).toEqual([1, ['M3133']]);
    expect(await run('DELETE FROM ledger_row WHERE record = 2')).toEqual([2, ['M3134']]);
    const bytes = readFileSync(file);
    const at = bytes.indexOf('ledger_statement');
    bytes.write('ledger_statemant', at);
    const flipped = newFile();
    writeFileSync(flipped, bytes);
    expect(await refused(readLedger(flipped))).toContain('it is damaged');
  });

  it('of an earlier layout is brought to the present one, and a copy is kept', async () => {
    const file = newFile();
    const entries = entriesOf();
    await appendToLedger(file, entries, undefined);
    const instance = await DuckDBInstance.create(file);
    const connection = await instance.connect();
    await connection.run('UPDATE ledger_layout SET version = 0');
    await connection.run('ALTER TABLE ledger_row RENAME TO ledger_change');
    connection.closeSync();
    instance.closeSync();
    const before = readFileSync(file);
    const steps: readonly Migration[] = [
      { from: 0, statements: ['ALTER TABLE ledger_change RENAME TO ledger_row'] },
    ];
    const failing = [{ from: 0, statements: [...steps[0]!.statements, 'SELECT * FROM nothing'] }];
    expect(await refused(readLedger(file, failing))).toMatch(/^M3147 /);
    expect(await refused(readLedger(file, []))).toMatch(/^M3146 .*its layout 0/);
    const store = await readLedger(file, steps);
    expect((await readContents(store, sha256)).diagnostics).toEqual([]);
    await store.close();
    expect(await stateOf(file)).toEqual([2, []]);
    expect(readFileSync(`${file}.layout-0`)).toEqual(before);
    const old = await openDuckDbLedger(`${file}.layout-0`, 'read');
    expect(old.layout).toBe(0);
    await old.store.close();
  });

  it('of a later layout is left to a later version', async () => {
    const file = newFile();
    await appendToLedger(file, entriesOf(), undefined);
    const instance = await DuckDBInstance.create(file);
    const connection = await instance.connect();
    await connection.run('UPDATE ledger_layout SET version = 2');
    connection.closeSync();
    instance.closeSync();
    expect(await refused(readLedger(file))).toBe(
      `M3148 the ledger \`${file}\` is of a later version of Merit (layout 2)`,
    );
  });

  it('restores from a backup of the file', async () => {
    const file = newFile();
    const [first, second] = entriesOf();
    await appendToLedger(file, [first!], undefined);
    const backup = newFile();
    copyFileSync(file, backup);
    await appendToLedger(file, [second!], first);
    copyFileSync(backup, file);
    expect(await stateOf(file)).toEqual([1, []]);
    expect(await appendToLedger(file, [second!], first)).toBe('appended');
  });
});

/** A file system of so many kilobytes, where this process may make one. */
function tinyDisk(kilobytes: number): string | undefined {
  const disk = join(folder, `disk-${kilobytes}`);
  mkdirSync(disk);
  const options = ['-t', 'tmpfs', '-o', `size=${kilobytes}k`, 'tmpfs', disk];
  return process.getuid?.() === 0 && spawnSync('mount', options).status === 0 ? disk : undefined;
}

describe('a full disk', () => {
  it('leaves no ledger, or the one there was', async ({ skip }) => {
    for (const [size, records] of [
      [300, 0],
      [2600, 1],
    ] as const) {
      const disk = tinyDisk(size);
      if (disk === undefined) return skip('only root can make a small disk to fill');
      const file = join(disk, 'merit.ledger.duckdb');
      const [first, second] = entriesOf(60_000);
      try {
        const full = `M3147 the ledger \`${file}\` can't be written: the disk is full`;
        if (records === 0) {
          expect(await refused(appendToLedger(file, [first!], undefined))).toBe(full);
          expect(existsSync(file)).toBe(false);
          expect(readdirSync(disk)).toEqual([]);
        } else {
          expect(await appendToLedger(file, [first!], undefined)).toBe('appended');
          expect(await refused(appendToLedger(file, [second!], first))).toBe(full);
          expect(await stateOf(file)).toEqual([1, []]);
        }
      } finally {
        spawnSync('umount', [disk]);
      }
    }
  });
});
