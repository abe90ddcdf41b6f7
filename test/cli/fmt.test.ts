// `merit fmt` and `merit convert` as their users have them: files in place, checks, differences, pipes.

import { spawnSync } from 'node:child_process';
import { chmodSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { builtMerit, merit, workplace } from './command.ts';

const { files, folder } = workplace();
const { program } = builtMerit(folder);

const UGLY = '// why\npolicy p { title "P"\n currency RUB }\nkpi a=1+2 // one\n';
const PRETTY = '// why\npolicy p {\n  title    "P"\n  currency RUB\n}\n\nkpi a = 1 + 2  // one\n';
const YAML = '# why\npolicy: p\ntitle: P\ncurrency: RUB\n\nkpis:\n  a: 1 + 2 # one\n';

const read = (name: string) => readFileSync(join(folder, name), 'utf8');
const piped = (input: string, ...args: readonly string[]) =>
  spawnSync(process.execPath, [program, ...args], { cwd: folder, encoding: 'utf8', input });

describe('merit fmt', () => {
  it('writes files in place, whole, with the mode that they have, LF and no byte order mark', async () => {
    files({ 'a/one.merit': `\ufeff${UGLY.replaceAll('\n', '\r\n')}`, 'a/two.merit.yaml': YAML });
    chmodSync(join(folder, 'a/one.merit'), 0o640);
    const before = statSync(join(folder, 'a/two.merit.yaml')).mtimeMs;
    expect(await merit('fmt', 'a/one.merit', 'a/two.merit.yaml')).toEqual({ code: 0, out: '', err: '' });
    expect(read('a/one.merit')).toBe(PRETTY);
    expect(statSync(join(folder, 'a/one.merit')).mode & 0o777).toBe(0o640);
    expect(statSync(join(folder, 'a/two.merit.yaml')).mtimeMs).toBe(before);
    expect(readdirSync(join(folder, 'a')).sort()).toEqual(['one.merit', 'two.merit.yaml']);
  });

  it('writes through a link', async () => {
    files({ 'b/real.merit': UGLY });
    symlinkSync('real.merit', join(folder, 'b/link.merit'));
    expect((await merit('fmt', 'b/link.merit')).code).toBe(0);
    expect(read('b/real.merit')).toBe(PRETTY);
    expect(readdirSync(join(folder, 'b')).sort()).toEqual(['link.merit', 'real.merit']);
  });

  it('reports a file with errors and leaves it alone, and goes on with the others', async () => {
    files({ 'c/bad.merit': 'kpi a = 1 +\nkpi b=2\n', 'c/good.merit': UGLY });
    const { code, out, err } = await merit('fmt', 'c/bad.merit', 'c/good.merit');
    expect([code, out]).toEqual([1, '']);
    expect(err).toContain('error[M1020]');
    expect(read('c/bad.merit')).toBe('kpi a = 1 +\nkpi b=2\n');
    expect(read('c/good.merit')).toBe(PRETTY);
  });

  it('--check lists what would change, --diff shows it, and neither writes', async () => {
    files({ 'd/ugly.merit': UGLY, 'd/pretty.merit': PRETTY });
    expect(await merit('fmt', '--check', 'd/ugly.merit', 'd/pretty.merit')).toMatchObject({
      code: 1,
      out: 'd/ugly.merit\n',
    });
    expect(await merit('fmt', '--check', 'd/pretty.merit')).toMatchObject({ code: 0, out: '' });
    const { code, out } = await merit('fmt', '--diff', 'd/ugly.merit');
    expect(code).toBe(0);
    expect(out).toBe(
      [
        '--- d/ugly.merit',
        '+++ d/ugly.merit (formatted)',
        '@@ -1,4 +1,7 @@',
        ' // why',
        '-policy p { title "P"',
        '- currency RUB }',
        '-kpi a=1+2 // one',
        '+policy p {',
        '+  title    "P"',
        '+  currency RUB',
        '+}',
        '+',
        '+kpi a = 1 + 2  // one',
        '',
      ].join('\n'),
    );
    expect(read('d/ugly.merit')).toBe(UGLY);
  });

  it('leaves a configuration file alone, which a pattern of shells names beside policies, and says so', async () => {
    const config = 'people: people.csv\ndata: {deal: deals.csv}\n';
    files({ 'g/merit.config.yaml': config, 'g/one.merit.yaml': YAML, 'g/merit.config.yml': config });
    const err =
      'note: `g/merit.config.yaml` is a configuration file and no policy: it is left alone\n' +
      'note: `g/merit.config.yml` is a configuration file and no policy: it is left alone\n';
    const all = ['g/merit.config.yaml', 'g/merit.config.yml', 'g/one.merit.yaml'];
    expect(await merit('fmt', '--check', ...all)).toEqual({ code: 0, out: '', err });
    expect(await merit('fmt', ...all)).toEqual({ code: 0, out: '', err });
    expect(read('g/merit.config.yaml')).toBe(config);
  });

  it('a difference is what `patch` needs', async () => {
    const lines = Array.from({ length: 40 }, (_, at) => `kpi k${at}${at % 15 === 7 ? '=' : ' = '}${at}`);
    files({ 'e/long.merit': lines.join('\n') });
    const { out } = await merit('fmt', '--diff', 'e/long.merit');
    const patch = spawnSync('patch', ['-p0', '--quiet'], { cwd: folder, encoding: 'utf8', input: out });
    if (patch.error) return; // no such program here
    expect([patch.status, patch.stderr]).toEqual([0, '']);
    expect((await merit('fmt', '--check', 'e/long.merit')).code).toBe(0);
  });

  it('formats standard input to standard output', () => {
    expect(piped(UGLY, 'fmt')).toMatchObject({ status: 0, stdout: PRETTY, stderr: '' });
    expect(piped(UGLY, 'fmt', '-').stdout).toBe(PRETTY);
    expect(piped('kpis: {a: 1+2}\n', 'fmt', '-', '--form', 'yaml').stdout).toBe('kpis:\n  a: 1 + 2\n');
    expect(piped('kpi a =\n', 'fmt')).toMatchObject({ status: 1, stdout: '' });
    expect(piped(UGLY, 'fmt', '--check').status).toBe(1);
  });

  it('takes the byte order mark off standard input, and refuses bytes that are no text', () => {
    expect(piped(`\ufeff${PRETTY}`, 'fmt').stdout).toBe(PRETTY);
    expect(piped(`\ufeff${PRETTY}`, 'fmt', '--check').status).toBe(1);
    expect(piped(PRETTY, 'fmt', '--check').status).toBe(0);
    // `é` as the letter of an older encoding
    const input = new Uint8Array([...Buffer.from('kpi a = 1 // caf'), 0xe9, 0x0a]);
    const { status, stdout, stderr } = spawnSync(process.execPath, [program, 'fmt'], { cwd: folder, input });
    expect([status, stdout.toString()]).toEqual([2, '']);
    expect(stderr.toString()).toContain("standard input isn't a text in UTF-8");
  });

  it('refuses wrong use', async () => {
    files({ 'f/x.txt': 'x', 'f/y.merit': PRETTY, 'f/z.merit': new Uint8Array([0xff, 0xfe]) });
    for (const args of [
      ['f/none.merit'],
      ['f'],
      ['f/x.txt'],
      ['-', 'f/y.merit'],
      ['f/z.merit'],
      ['f/y.merit', '--form', 'yaml'],
    ]) {
      expect([args, (await merit('fmt', ...args)).code]).toEqual([args, 2]);
    }
  });
});

describe('merit convert', () => {
  it('prints the other form, comments included', async () => {
    files({ 'g/p.merit': UGLY, 'g/p.merit.yaml': YAML });
    expect(await merit('convert', 'g/p.merit', '--to', 'yaml')).toEqual({ code: 0, out: YAML, err: '' });
    expect(await merit('convert', 'g/p.merit.yaml', '--to', 'text')).toEqual({
      code: 0,
      out: PRETTY,
      err: '',
    });
    expect((await merit('convert', 'g/p.merit', '--to', 'text')).out).toBe(PRETTY);
  });

  it('says what YAML can not hold, and what is wrong', async () => {
    files({ 'h/twice.merit': 'event e {\n  a: text\n  a: number\n}\n', 'h/bad.merit': 'kpi a =\n' });
    const twice = await merit('convert', 'h/twice.merit', '--to', 'yaml');
    expect([twice.code, twice.out]).toEqual([1, '']);
    expect(twice.err).toBe('error[M1062]: in YAML, `a` is there twice\n\n1 error\n');
    const point = 'curve c linear {\n  80%: 50%\n  80%: 60%\n}\n';
    files({ 'h/point.merit': point, 'h/dark.merit.yaml': 'kpis:\n  a: {title: "x\\u202e", value: 1}\n' });
    expect((await merit('convert', 'h/point.merit', '--to', 'yaml')).err).toContain('`80%` is there twice');
    expect(await merit('convert', 'h/point.merit', '--to', 'text')).toMatchObject({ code: 0, out: point });
    for (const to of ['text', 'yaml']) {
      const dark = await merit('convert', 'h/dark.merit.yaml', '--to', to);
      expect([dark.code, dark.out]).toEqual([1, '']);
      expect(dark.err).toContain('h/dark.merit.yaml:2:16');
    }
    expect(await merit('convert', 'h/bad.merit', '--to', 'yaml')).toMatchObject({ code: 1, out: '' });
    expect((await merit('convert', 'h/bad.merit')).code).toBe(2);
  });
});
