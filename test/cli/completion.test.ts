// Completion in a real bash, and that the scripts of all shells know every command and option; what commands do alike.

import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { merit, workplace } from './command.ts';

const { files, folder } = workplace();
files({ 'my policy.merit': '', 'deals.csv': '' });

/** What bash would put in place of the last word. */
function completed(script: string, ...words: readonly string[]): readonly string[] {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is bash that reads it
  const answer = '${#COMPREPLY[@]} -eq 0 || printf "%s\\n" "${COMPREPLY[@]}"';
  const ask = `COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMPREPLY=(); _merit; test ${answer}`;
  const { stdout, stderr } = spawnSync('bash', ['-c', `${script}\n${ask}`, 'bash', ...words], {
    cwd: folder,
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  return stdout.split('\n').filter((each) => each !== '');
}

describe('completion in bash', () => {
  it.each([
    [['merit', 'sta'], ['status']],
    [['merit', 'run', '--form'], ['--format']],
    [
      ['merit', 'run', '--format', ''],
      ['text', 'json', 'csv'],
    ],
    [['merit', 'status', '--fail-on', 'r'], ['red']],
    [['merit', 'run', 'my'], ['my policy.merit']],
    [['merit', 'run', '.', '--people', 'de'], ['deals.csv']],
    [['merit', 'run', '.', '--data', 'deal', '=', 'de'], ['deals.csv']],
    [['merit', 'run', '.', '--period', ''], []],
    [
      ['merit', 'ledger', ''],
      ['export', 'import'],
    ],
    [['merit', 'ledger', 'export', '--le'], ['--ledger']],
    [
      ['merit', 'completion', ''],
      ['bash', 'zsh', 'fish'],
    ],
    [['merit', 'run', '--quiet', '--js'], ['--json']],
  ])('%j', async (words, expected) => {
    const { code, out } = await merit('completion', 'bash');
    expect(code).toBe(0);
    expect(completed(out, ...words)).toEqual(expected);
  });
});

describe('scripts', () => {
  it.each(['bash', 'zsh', 'fish'])('%s knows every command', async (shell) => {
    const { out } = await merit('completion', shell);
    const { out: help } = await merit('--help');
    const names = [...help.matchAll(/^ {2}([a-z][a-z-]*) .*$/gm)].map((each) => each[1]!);
    expect(names.length).toBeGreaterThan(20);
    for (const name of names.filter((each) => each !== 'help' && each !== 'merit'))
      expect(out).toMatch(new RegExp(`\\b${name}\\b`));
    expect(out).toContain('fail-on');
  });

  it('are for shells that there are', async () => {
    const { code, err } = await merit('completion', 'csh');
    expect(code).toBe(2);
    expect(err).toContain('it can be bash, zsh, fish');
  });
});

describe('what commands do alike', () => {
  it('is `--json` wherever there is `--format json`, and `--quiet`', async () => {
    const { out } = await merit('--help');
    const names = [...out.matchAll(/^ {2}([a-z][a-z-]*) [<[].*$/gm)].map((each) => each[1]!);
    for (const name of names.filter((each) => each !== 'merit' && each !== 'help')) {
      const { out: help } = await merit(name, '--help');
      if (/--format .*json/.test(help)) expect([name, help.includes('--json')]).toEqual([name, true]);
      if (!['lsp', 'repl', 'ledger'].includes(name))
        expect([name, help.includes('--quiet')]).toEqual([name, true]);
    }
  });

  it('is one answer for both ways to ask for JSON', async () => {
    const [one, other] = [
      await merit('eval', '1/3', '--json'),
      await merit('eval', '1/3', '--format', 'json'),
    ];
    expect(JSON.parse(one.out)).toMatchObject({ exact: '1/3' });
    expect(one).toEqual(other);
    expect(JSON.parse((await merit('explain-error', 'M1203', '--json')).out)).toMatchObject({
      code: 'M1203',
    });
  });

  it('is that two forms at once are refused', async () => {
    const { code, err } = await merit('test', '.', '--json', '--format', 'junit');
    expect(code).toBe(2);
    expect(err).toContain("`--json` and `--format junit` don't go together");
  });

  it('is that remarks go where they are not wanted', async () => {
    files({ 'q/policy.merit': 'policy q {\n  currency EUR\n  timezone "UTC"\n  period month\n}\n' });
    expect((await merit('test', 'q')).err).toContain('note: the policy has no tests');
    expect((await merit('test', 'q', '--quiet')).err).toBe('');
    expect((await merit('test', 'q')).err).toContain('note: the policy has no tests');
  });
});
