// The ledger's file on disk. A new one is written beside and put in its place when it is whole; one of an earlier layout is
// brought to the present one, with a copy of it kept; so there is always the old state or the new.

import { constants } from 'node:fs';
import { copyFile, link, lstat, open, readdir, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import {
  LAYOUT,
  MIGRATIONS,
  type Migration,
  type OpenedLedger,
  openDuckDbLedger,
} from './backend/duckdb-ledger.ts';
import { noLedger, notWritten } from './backend/ledger-messages.ts';
import type { Head, LedgerStore, StoredEntry } from './ledger/store.ts';

/** Whether there is a file. */
export async function hasLedger(file: string): Promise<boolean> {
  return (await lstat(file).catch(() => undefined)) !== undefined;
}

/** Opens a ledger for reading; others may read it at the same time. Throws a `RunError` where there is none. */
export async function readLedger(
  file: string,
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<LedgerStore> {
  if (!(await hasLedger(file))) throw noLedger(file);
  return (await present(file, 'read', migrations)).store;
}

/**
 * Appends entries, the first of them to the expected head; where there is no file and none is expected, it is made.
 * `moved`: somebody else has appended meanwhile.
 */
export async function appendToLedger(
  file: string,
  entries: readonly StoredEntry[],
  expected: Head | undefined,
): Promise<'appended' | 'moved'> {
  if (await hasLedger(file)) return appendAll(await present(file, 'write', MIGRATIONS), entries, expected);
  if (expected !== undefined) throw noLedger(file);
  return makeLedger(file, entries);
}

/** Opens a ledger, and brings it to the present layout first where it is of an earlier one: a copy of that is kept. */
async function present(
  file: string,
  access: 'read' | 'write',
  migrations: readonly Migration[],
): Promise<OpenedLedger> {
  const found = await openDuckDbLedger(file, access);
  if (found.layout === LAYOUT) return found;
  await found.store.close();
  const old = await openDuckDbLedger(file, 'write');
  try {
    await old.settle();
    await keepCopy(file, old.layout);
    await old.migrate(migrations);
  } finally {
    await old.store.close();
  }
  return openDuckDbLedger(file, access);
}

/** Keeps the file as it is beside it; where a copy of that layout is there already, it is of this very file or an earlier one. */
async function keepCopy(file: string, layout: number): Promise<void> {
  const copy = `${file}.layout-${layout}`;
  try {
    await copyFile(file, copy, constants.COPYFILE_EXCL);
    await onDisk(copy);
  } catch (cause) {
    const { code = String(cause) } = cause as NodeJS.ErrnoException;
    if (code === 'EEXIST') return;
    await rm(copy, { force: true });
    throw notWritten(file, `a copy of it can't be kept (${code})`);
  }
}

async function appendAll(
  { store, settle }: OpenedLedger,
  entries: readonly StoredEntry[],
  expected: Head | undefined,
): Promise<'appended' | 'moved'> {
  try {
    let head: Head | undefined = expected;
    for (const entry of entries) {
      if ((await store.append(entry, head)) === 'moved') return 'moved';
      head = entry;
    }
    if (expected === undefined) await settle();
    return 'appended';
  } finally {
    await store.close();
  }
}

let made = 0;

/**
 * INVARIANT: under its name there is a whole ledger or none. All of it stands in the file itself when that is put in its
 * place, and nothing beside, as what stands beside has another name.
 */
async function makeLedger(file: string, entries: readonly StoredEntry[]): Promise<'appended' | 'moved'> {
  await removeRemains(file);
  made += 1;
  const beside = join(dirname(file), `.${basename(file)}.${process.pid}-${made}.part`);
  try {
    await removeAll(beside);
    await appendAll(await openDuckDbLedger(beside, 'create', file), entries, undefined);
    if (await hasLedger(`${beside}.wal`)) throw notWritten(file, 'the disk is full');
    await onDisk(beside);
    await link(beside, file); // unlike a renaming it fails where another has made one meanwhile
    await onDisk(dirname(file)).catch(() => undefined); // not every system lets a folder be opened
    return 'appended';
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'EEXIST') return 'moved';
    throw code === undefined ? cause : notWritten(file, code === 'ENOSPC' ? 'the disk is full' : code);
  } finally {
    await removeAll(beside);
  }
}

/** Waits until a file, or what a folder has in it, is on the disk. */
async function onDisk(file: string): Promise<void> {
  const handle = await open(file, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function removeAll(file: string): Promise<void> {
  for (const each of [file, `${file}.wal`]) await rm(each, { force: true });
}

/** Removes what a program that was killed has left beside the file. */
async function removeRemains(file: string): Promise<void> {
  const left = new RegExp(`^\\.${basename(file).replace(/[^\w]/g, '\\$&')}\\.(\\d+)-\\d+\\.part(?:\\.wal)?$`);
  for (const name of await readdir(dirname(file)).catch(() => [])) {
    const owner = left.exec(name)?.[1];
    if (owner !== undefined && !isAlive(Number(owner))) await rm(join(dirname(file), name), { force: true });
  }
}

function isAlive(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code === 'EPERM';
  }
}
