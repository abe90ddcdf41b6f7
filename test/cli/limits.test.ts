// The limits of commands that read data: options, exit codes, control-C, and files that stay as they were.

import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { writeOutput } from '../../src/cli/output.ts';
import { createProgress } from '../../src/cli/progress.ts';
import { merit, workplace } from './command.ts';
import { FLAT, JANUARY } from './flat.ts';

const { files, folder } = workplace();
const people = Array.from({ length: 2000 }, (_, at) => `p${at},P,seller,2026-01-01,`);
files({ ...FLAT, 'many.csv': `id,name,role,from,until\nanna,A,seller,2026-01-01,\n${people.join('\n')}\n` });
const MANY = ['--people', 'many.csv', '--data', 'deal=anna.csv', '--period', '2026-01'];
files({ 'anna.csv': 'id,closed_on,manager,amount\n1,2026-01-10,anna,100.10\n' });

/** Files that somebody began to write. */
function parts(): readonly string[] {
  return readdirSync(folder).filter((name) => name.endsWith('.part'));
}

describe.each(['duckdb', 'memory'])('merit run on %s', (backend) => {
  it.each([
    [['--max-rows', '3'], 'error[M3093]: `deals.csv` has more than the 3 rows'],
    [['--max-memory', '1MB'], 'error[M3092]: the work took more than the 1 MB of memory'],
  ])('stops at %j with 1, and leaves the files that it would write', async (limit, said) => {
    writeFileSync('old.txt', 'as it was');
    writeFileSync('rejects.csv', 'as it was');
    const { code, out, err } = await merit(
      ...['run', 'flat.merit', ...JANUARY, '--backend', backend, '--output', 'old.txt'],
      ...['--rejects', 'rejects.csv', ...limit],
    );
    expect([code, out]).toEqual([1, '']);
    expect(err).toContain(said);
    expect([readFileSync('old.txt', 'utf8'), readFileSync('rejects.csv', 'utf8')]).toEqual([
      'as it was',
      'as it was',
    ]);
    expect(parts()).toEqual([]);
  });

  it('ends with 130 on control-C, and leaves the files that it would write', async () => {
    writeFileSync('old.txt', 'as it was');
    const before = process.listenerCount('SIGINT');
    const done = merit('run', 'flat.merit', ...MANY, '--backend', backend, '--output', 'old.txt');
    while (process.listenerCount('SIGINT') === before) await new Promise((turn) => setImmediate(turn));
    process.listeners('SIGINT').at(-1)!('SIGINT');
    const { code, out, err } = await done;
    expect([code, out]).toEqual([130, '']);
    expect(err).toContain('error[M3090]: the work was cancelled before it was done');
    expect(readFileSync('old.txt', 'utf8')).toBe('as it was');
    expect(parts()).toEqual([]);
    expect(process.listenerCount('SIGINT')).toBe(before);
  });

  it('gives the same within its limits', async () => {
    const args = ['run', 'flat.merit', ...JANUARY, '--backend', backend];
    const limits = ['--max-rows', '1_000', '--max-memory', '64GB', '--time-limit', '600', '--quiet'];
    expect(await merit(...args, ...limits)).toEqual(await merit(...args));
  });
});

it.each([
  ['explain', 'flat.merit', '--person', 'anna'],
  ['explain', 'flat.merit', '--event', 'deal:1'],
  ['seek', 'flat.merit', '--person', 'anna'],
  ['feedback', 'flat.merit', '--person', 'anna'],
  ['backtest', 'flat.merit'],
  ['simulate', 'flat.merit', '--change', 'revenue +10%'],
  ['diff', 'flat.merit', 'flat.merit.yaml'],
  ['check', 'flat.merit'],
  ['eval', 'revenue', '--policy', 'flat.merit', '--person', 'anna'],
])('merit %s stops too', async (...args) => {
  const { code, out, err } = await merit(...args, ...JANUARY, '--max-rows', '1');
  expect([code, out]).toEqual([1, '']);
  expect(err).toContain('error[M3093]: `people.csv` has more than the 1 rows');
});

it.each([
  [['--max-rows', '0'], "`--max-rows` can't be `0`"],
  [['--max-rows', 'many'], "`--max-rows` can't be `many`"],
  [['--max-memory', '2'], "`--max-memory` can't be `2`"],
  [['--time-limit', '-1'], "`--time-limit` can't be `-1`"],
])('%j is wrong use', async (option, said) => {
  const { code, err } = await merit('run', 'flat.merit', ...JANUARY, ...option);
  expect(code).toBe(2);
  expect(err).toContain(said);
});

describe('a file that is written', () => {
  it('is put in place whole, with the rights of the old one', async () => {
    writeFileSync('mine.txt', 'old');
    chmodSync('mine.txt', 0o600);
    await writeOutput('mine.txt', 'new');
    expect(readFileSync('mine.txt', 'utf8')).toBe('new');
    expect(statSync('mine.txt').mode & 0o777).toBe(0o600);
    expect(parts()).toEqual([]);
  });

  it('is the one that a link leads to', async () => {
    mkdirSync('elsewhere', { recursive: true });
    writeFileSync('elsewhere/real.txt', 'old');
    symlinkSync(join('elsewhere', 'real.txt'), 'link.txt');
    await writeOutput('link.txt', 'new');
    expect(readFileSync('elsewhere/real.txt', 'utf8')).toBe('new');
    expect(readdirSync('elsewhere')).toEqual(['real.txt']);
  });

  it('may be no plain file at all', async () => {
    await writeOutput('/dev/null', 'new');
    expect(statSync('/dev/null').isFile()).toBe(false);
  });

  it('leaves nothing where it cannot be written', async () => {
    await expect(writeOutput('no/such/folder.txt', 'new')).rejects.toThrow(
      /can't be written: its folder isn't there/,
    );
    expect(existsSync('no')).toBe(false);
    mkdirSync('taken', { recursive: true });
    await expect(writeOutput('taken', 'new')).rejects.toThrow(/can't be written: it is a folder/);
  });
});

describe('the line of progress', () => {
  afterEach(() => {
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
  });

  const told = (options: { readonly quiet?: true }, isTTY: boolean): string => {
    let text = '';
    vi.spyOn(process.stderr, 'write').mockImplementation((part) => {
      text += String(part);
      return true;
    });
    const before = Object.getOwnPropertyDescriptor(process.stderr, 'isTTY');
    Object.defineProperty(process.stderr, 'isTTY', { value: isTTY, configurable: true });
    const progress = createProgress(options);
    progress.step('rows read:', 8192);
    progress.end();
    if (before) Object.defineProperty(process.stderr, 'isTTY', before);
    else Reflect.deleteProperty(process.stderr, 'isTTY');
    return text;
  };

  it('stands on a terminal, unless it is not wanted', () => {
    vi.stubEnv('TERM', 'xterm');
    expect(told({}, true)).toBe('\r\x1b[Krows read: 8192\r\x1b[K');
    expect(told({ quiet: true }, true)).toBe('');
    expect(told({}, false)).toBe('');
    vi.stubEnv('TERM', 'dumb');
    expect(told({}, true)).toBe('');
  });
});

it('merit prove stops too, and leaves the file that it would write', async () => {
  files({
    'proven.merit': `${readFileSync('flat.merit', 'utf8')}\ninvariant "never negative" { pay >= 0 RUB }\n`,
    'proofs.txt': 'as it was',
  });
  const args = ['prove', 'proven.merit', '--cliffs', '--output', 'proofs.txt'];
  const { code, out, err } = await merit(...args, '--max-memory', '1MB');
  expect([code, out]).toEqual([1, '']);
  expect(err).toContain('error[M3092]: the work took more than the 1 MB of memory');
  expect(readFileSync('proofs.txt', 'utf8')).toBe('as it was');
});
