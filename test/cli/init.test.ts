// `merit init` leaves a policy that checks without a word, passes its tests, and runs; whatever the names, in both forms.

import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { initCommand } from '../../src/cli/init.ts';
import { merit, workplace } from './command.ts';

const { files } = workplace();

const NEW: readonly (readonly [string, ...string[]])[] = [
  ['plain', '--month', '2026-01'],
  ['in yaml', '--form', 'yaml', '--currency', 'RUB', '--zone', 'Europe/Moscow', '--month', '2024-02'],
  [
    'отдел',
    '--role',
    'менеджер',
    '--role',
    'head',
    '--role',
    'x',
    '--title',
    'A "B" \\ C',
    '--month',
    '2025-12',
  ],
  [
    'words',
    '--role',
    'role',
    '--name',
    'policy',
    '--currency',
    'jpy',
    '--form',
    'yaml',
    '--month',
    '2026-06',
  ],
];

/** What a command says to stderr, with nothing of it on the tests' own screen. */
async function withoutOutput(work: () => Promise<number>) {
  const told = { out: '', err: '' };
  const spies = (['out', 'err'] as const).map((name) =>
    vi.spyOn(process[`std${name}`], 'write').mockImplementation((text) => {
      told[name] += String(text);
      return true;
    }),
  );
  try {
    return { code: await work(), ...told };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

describe('merit init', () => {
  it.each(NEW)('%s', { timeout: 30_000 }, async (folder, ...flags) => {
    const made = await merit('init', folder, ...flags);
    expect([made.code, made.err]).toEqual([0, '']);
    const checked = await merit('check', folder, '--strict');
    expect([checked.code, checked.err]).toEqual([0, '']);
    expect(checked.out).toContain('nothing wrong');
    const tested = await merit('test', folder, '--require-tests');
    expect([tested.code, tested.err]).toEqual([0, '']);
    expect(tested.out).toMatch(/2 tests, all passed/);
    const run = await merit('run', folder, '--json');
    expect([run.code, run.err]).toEqual([0, '']);
    const { statements } = JSON.parse(run.out);
    // 25,000: 3% of 20,000 and 5% of 5,000 are 850, and the whole plan of 500
    expect(statements[0]).toMatchObject({ person: 'anna', pay: '1350' });
    const file = flags.includes('yaml') ? 'policy.merit.yaml' : 'policy.merit';
    expect((await merit('fmt', '--check', `${folder}/${file}`)).code).toBe(0);
  });

  it('says what to do next, in words that a shell takes', async () => {
    const { out } = await merit('init', "it's new", '--month', '2026-01');
    expect(out).toContain("  merit check 'it'\\''s new'\n");
  });

  it('asks for what no option says', async () => {
    const asked: string[] = [];
    const answers: Readonly<Record<string, string>> = {
      Currency: 'usd',
      'Roles, with commas between': 'a, b',
    };
    await withoutOutput(() =>
      initCommand('asked', { month: '2026-01', zone: 'UTC' }, async (question, suggested) => {
        asked.push(`${question} [${suggested}]`);
        return answers[question] ?? suggested;
      }),
    );
    expect(asked).toEqual([
      'Name of the policy [asked]',
      'Title [Asked]',
      'Currency [EUR]',
      'Roles, with commas between [seller]',
      'Form of the policy: text or yaml [text]',
    ]);
    const policy = readFileSync('asked/policy.merit', 'utf8');
    expect(policy).toContain('currency  USD');
    expect(policy).toContain('role b extends a {');
  });

  it('asks again where an answer can not be taken', async () => {
    const answers = ['EURO', 'usd'];
    const { code, err } = await withoutOutput(() =>
      initCommand('again', { month: '2026-01', zone: 'UTC' }, async (question, suggested) =>
        question === 'Currency' ? answers.shift()! : suggested,
      ),
    );
    expect([code, err]).toEqual([0, "error: `EURO` isn't a currency\n"]);
    expect(readFileSync('again/policy.merit', 'utf8')).toContain('currency  USD');
  });

  it.each([
    [['there', '--month', '2026-01'], /`there` holds `old\.merit` already/],
    [['data-there', '--month', '2026-01'], /holds `data\/deals\.csv` already/],
    [['file.txt'], /`file\.txt` is a file/],
    [['new', '--currency', 'EURO'], /`EURO` isn't a currency/],
    [['new', '--zone', 'Berlin'], /`Berlin` isn't a time zone/],
    [['new', '--role', 'two words'], /`two words` can't be a name/],
    [['new', '--month', '2026-13'], /`2026-13` isn't a month/],
    [['new', '--form', 'json'], /can't be `json`/],
  ])('refuses %j and writes nothing', async (args, message) => {
    files({ 'there/old.merit': '', 'data-there/data/deals.csv': '', 'file.txt': '' });
    const { code, err } = await merit('init', ...args);
    expect(code).toBe(2);
    expect(err).toMatch(message);
    expect(existsSync('new')).toBe(false);
    expect(existsSync('there/policy.merit')).toBe(false);
  });
});
