// `merit repl`: from a pipe, and on a terminal with a prompt, completion, history and Ctrl-C.

import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { completions, type ReplOptions, replCommand } from '../../src/cli/repl.ts';
import { builtMerit, workplace } from './command.ts';
import { FILES } from './eval-policy.ts';

const { files, folder } = workplace();
const { program } = builtMerit(folder);
files(FILES);

/** A session whose input is all there from the start. */
async function piped(lines: readonly string[], options: ReplOptions = {}) {
  const streams = { input: new PassThrough(), output: new PassThrough(), errors: new PassThrough() };
  streams.input.end(lines.map((line) => `${line}\n`).join(''));
  const code = await replCommand(options, { ...streams, terminal: false });
  return { code, out: String(streams.output.read() ?? ''), err: String(streams.errors.read() ?? '') };
}

const KEYS = /\u001b\[[A-Z]|[\s\S]/gu;

/** A session on a terminal: each step is typed, key by key, when the prompt is there; the output as it was written. */
async function typed(steps: readonly string[], options: ReplOptions = {}) {
  const streams = { input: new PassThrough(), output: new PassThrough(), errors: new PassThrough() };
  let out = '';
  const waiting = [...steps];
  let prompts = 1;
  streams.output.on('data', (data) => {
    out += String(data);
    const shown = out.split('> ').length;
    if (shown === prompts) return;
    prompts = shown;
    const keys = waiting.shift()?.match(KEYS) ?? [];
    setImmediate(() => {
      for (const key of keys) streams.input.write(key);
    });
  });
  const code = await replCommand(options, { ...streams, terminal: true });
  return { code, out, err: String(streams.errors.read() ?? ''), left: waiting };
}

const plain = (text: string) => text.replace(/\u001b\[[0-9;]*[A-Za-z]/g, '');

describe('from a pipe', () => {
  it('prints answers and no prompt; blank lines and comments are skipped', async () => {
    expect(await piped(['1/3*3', '', '// a remark', '100 RUB * 5%', '1/0'])).toEqual({
      code: 0,
      out: '1\n5 RUB\nmissing\n',
      err: '',
    });
  });

  it('goes on after an error, and says at the end that there was one', async () => {
    const { code, out, err } = await piped(['1 + 2 RUB', '2 * 2', ':nonsense', '3']);
    expect({ code, out }).toEqual({ code: 1, out: '4\n3\n' });
    expect(err).toContain('error[M1203]');
    expect(err).toContain('there is no command `:nonsense`');
  });

  it('leaves at `:quit`', async () => {
    expect((await piped(['1', ':quit', '2'])).out).toBe('1\n');
  });

  it('asks about the person and period that are named', async () => {
    const lines = ['ladder(1_000 RUB)', 'revenue', ':person anna', 'revenue', ':period 2026-05', 'revenue'];
    const { out, err } = await piped(
      [...lines, ':person boris', ':period 2026-06', 'revenue', ':person', '1'],
      {
        policy: 'pay',
      },
    );
    expect(out).toBe('30 RUB\n1200.1 RUB\n400 RUB\nseller: 200 RUB\nmentor: 0 RUB\n1\n');
    expect(err).toContain('error[M3061]');
  });

  it('goes on after a person, period or command that is wrong', async () => {
    const lines = [':person ana', 'revenue', ':period june', ':person anna', 'revenue'];
    const { out, err } = await piped(lines, { policy: 'pay' });
    expect(out).toBe('1200.1 RUB\n');
    expect(err).toContain('did you mean `anna`?');
    expect(err).toContain("`june` isn't a period");
  });

  it('reads the data once', async () => {
    files({ 'once.csv': 'id,closed_on,manager,amount\n1,2026-06-01,anna,7\n' });
    const input = new PassThrough();
    const output = new PassThrough({ encoding: 'utf8' });
    let out = '';
    output.on('data', (data) => {
      out += data;
    });
    const options = { policy: 'pay', person: 'anna', data: ['deal=once.csv'] };
    const session = replCommand(options, { input, output, errors: new PassThrough(), terminal: false });
    input.write('revenue\n');
    await new Promise((done) => output.once('data', done));
    files({ 'once.csv': 'id,closed_on,manager,amount\n1,2026-06-01,anna,8\n' });
    input.end('revenue * 2\ncount(deal)\n');
    expect(await session).toBe(0);
    expect(out).toBe('7 RUB\n14 RUB\n1\n');
  });

  it('stops at once where the data are wrong', async () => {
    files({ 'bad.csv': 'id,closed_on,manager,amount\n1,2026-06-01,anna,1e3\n' });
    const { code, out, err } = await piped(['1'], { policy: 'pay', data: ['deal=bad.csv'] });
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain('bad.csv');
  });

  it('works as a process', () => {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [program, 'repl', '--policy', 'pay', '--person', 'anna', '--period', '2026-06'],
      { cwd: folder, encoding: 'utf8', input: 'revenue\r\nscore\r\n1/3' },
    );
    expect({ status, stdout, stderr }).toEqual({
      status: 0,
      stdout: '1200.1 RUB\n120.01%\n0.333333333333…\n',
      stderr: '',
    });
  });
});

describe('on a terminal', () => {
  it('prompts with who is asked about, and leaves at Ctrl-D with 0 whatever was wrong', async () => {
    const { code, out, err, left } = await typed(
      ['1/3*3\r', '1 +\r', ':person anna\r', 'revenue\r', '\u0004'],
      {
        policy: 'pay',
      },
    );
    expect({ code, left }).toEqual({ code: 0, left: [] });
    const text = plain(out);
    expect(text).toContain('merit> 1/3*3\r\n1\n');
    expect(text).toContain('anna 2026-06> revenue\r\n1200.1 RUB\n');
    expect(text.endsWith('\n')).toBe(true);
    expect(err).toContain('error[M1020]');
  });

  it('completes names at Tab', async () => {
    const { out } = await typed(['ladd\t(1_000 RUB)\r', '\u0004'], { policy: 'pay' });
    expect(plain(out)).toContain('30 RUB\n');
  });

  it('drops the line at Ctrl-C, and leaves at the second one on an empty line', async () => {
    const { code, out } = await typed(['1 + nonsense\u0003', '2 + 2\r', '\u0003', '\u0003']);
    expect(code).toBe(0);
    expect(plain(out)).toContain('4\n');
    expect(plain(out)).toContain('(Ctrl-C again, Ctrl-D or :quit leaves)');
  });

  it('brings earlier lines back', async () => {
    const { out } = await typed(['6 * 7\r', '\u001b[A\r', '\u0004']);
    expect(plain(out).match(/42\n/g)?.length).toBe(2);
  });

  it('keeps lines in a file where it is asked to, for its owner only', async () => {
    files({ 'history.txt': '5 + 5\n' });
    const { out } = await typed(['\u001b[A\r', '6 * 7\r', '\u0004'], { history: 'history.txt' });
    expect(plain(out)).toContain('10\n');
    expect(readFileSync('history.txt', 'utf8')).toBe('5 + 5\n5 + 5\n6 * 7\n');
    await typed(['1\r', '\u0004'], { history: 'new.txt' });
    expect(statSync('new.txt').mode & 0o777).toBe(0o600);
  });

  it('says once that the history can’t be kept, and goes on', async () => {
    const { out, err } = await typed(['1 + 1\r', '2 + 2\r', '\u0004'], { history: 'nowhere/history.txt' });
    expect(plain(out)).toContain('4\n');
    expect(err.match(/the history can't be kept/g)?.length).toBe(1);
  });
});

describe('completions', () => {
  const names = ['revenue', 'revenue_plan', 'deal.amount', 'выручка'];

  it.each([
    ['reve', ['revenue', 'revenue_plan'], 'reve'],
    ['2 * deal.a', ['deal.amount'], 'deal.a'],
    ['1 + выр', ['выручка'], 'выр'],
    ['1 + ', [], ''],
    [':p', [':period', ':person'], ':p'],
  ])('of `%s`', (line, hits, word) => {
    expect(completions(line, names)).toEqual([hits, word]);
  });
});
