// The commands in this process, from files to what they print, on both backends and in both forms of a policy.

import { mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Result } from '../../src/model/result.ts';
import { csvRows } from '../report/csv-rows.ts';
import { merit, workplace } from './command.ts';
import { DATA, DEALS, FLAT, JANUARY, PEOPLE, STATEMENT, TEXT } from './flat.ts';

const { files, folder } = workplace();
files(FLAT);

describe.each(['duckdb', 'memory'])('on %s', (backend) => {
  const run = (policy: string, ...args: readonly string[]) =>
    merit('run', policy, '--backend', backend, ...args);

  it.each(['flat.merit', 'flat.merit.yaml'])('%s gives the statement', async (policy) => {
    const { code, out, err } = await run(policy, ...JANUARY, '--person', 'anna');
    expect(err).toBe('');
    expect(out).toBe(STATEMENT);
    expect(code).toBe(0);
  });

  it('shows all people, the company and the rows', async () => {
    const { code, out } = await run('flat.merit', ...JANUARY);
    expect(code).toBe(0);
    expect(out).toContain('5,030.03');
    expect(out).toContain('=1+1 (__proto__)');
    expect(out).toMatch(/Total +10,000\.00 +35\.03 +10,035\.03/);
    expect(out).toMatch(/Company, 2026-01\n.*\n.*\nRevenue +350\.30 RUB/);
    expect(out).toMatch(
      /deal \(deals\.csv\) +4 +amount +1,349\.3\n +used +3 +amount +350\.3\n +filtered: outside the periods +1 +amount +999/,
    );
  });

  it('gives CSV that no spreadsheet takes for formulas', async () => {
    const { code, out } = await run('flat.merit', ...JANUARY, '--format', 'csv');
    expect(code).toBe(0);
    const rows: readonly Record<string, string>[] = csvRows(out);
    const total = rows.filter((row) => row.kind === 'pay').map((row) => [row.person, row.name, row.value]);
    expect(total).toContainEqual(['anna', 'Анна', '5030.03']);
    expect(total).toContainEqual(['__proto__', "'=1+1", '5005']);
  });

  it('gives JSON, to a file if asked', async () => {
    const { code, out } = await run('flat.merit', ...JANUARY, '--format', 'json', '--output', 'out.json');
    expect([code, out]).toEqual([0, '']);
    const result: Result = JSON.parse(readFileSync(join(folder, 'out.json'), 'utf8'));
    expect(result.formatVersion).toBe(1);
    expect(result.statements.map(({ person, pay }) => [person, pay])).toEqual(
      expect.arrayContaining([
        ['anna', '5030.03'],
        ['__proto__', '5005'],
      ]),
    );
  });

  it.each([
    ['a byte order mark', `\ufeff${DEALS}`],
    ['CRLF', DEALS.replaceAll('\n', '\r\n')],
    ['semicolons', DEALS.replaceAll(',', ';')],
    ['all of them', `\ufeff${DEALS.replaceAll(',', ';').replaceAll('\n', '\r\n')}`],
  ])('reads a file with %s', async (_, deals) => {
    files({ 'other.csv': deals });
    const args = [
      '--people',
      'people.csv',
      '--data',
      'deal=other.csv',
      '--period',
      '2026-01',
      '--person',
      'anna',
    ];
    const { code, out, err } = await run('flat.merit', ...args);
    expect([code, err, out]).toEqual([0, '', STATEMENT]);
  });

  it('stops at rejected rows, and goes on without them when told to, saying so', async () => {
    files({ 'bad.csv': `${DEALS}5,2026-01-20,anna,"12,5"\n6,2026-01-20,nobody,1.00\n` });
    const args = [
      '--people',
      'people.csv',
      '--data',
      'deal=bad.csv',
      '--period',
      '2026-01',
      '--person',
      'anna',
    ];
    const stopped = await run('flat.merit', ...args, '--rejects', 'rejects.csv');
    expect(stopped.code).toBe(1);
    expect(stopped.out).toBe('');
    expect(stopped.err).toContain('bad.csv, row 6, column amount');
    expect(stopped.err).toContain('bad.csv, row 7, column manager');
    const rejects: readonly Record<string, string>[] = csvRows(
      readFileSync(join(folder, 'rejects.csv'), 'utf8'),
    );
    expect(rejects.map(({ file, row, column }) => [file, row, column])).toEqual([
      ['bad.csv', '6', 'amount'],
      ['bad.csv', '7', 'manager'],
    ]);
    const allowed = await run('flat.merit', ...args, '--allow-rejects');
    expect(allowed.code).toBe(0);
    expect(allowed.out).toBe(STATEMENT.replace('Flat pay\n', 'Flat pay\nWITHOUT REJECTED ROWS (deal: 2)\n'));
    expect((await run('flat.merit', ...args, '--allow-rejects', '--format', 'csv')).out).toContain(
      'WITHOUT REJECTED ROWS',
    );
    expect(
      JSON.parse((await run('flat.merit', ...args, '--allow-rejects', '--format', 'json')).out)
        .rejectsAllowed,
    ).toBe(true);
  });

  it('prints twenty rejects of a file and counts the rest', async () => {
    const bad = Array.from({ length: 30 }, (_, index) => `b${index},2026-01-01,anna,x\n`).join('');
    files({ 'many.csv': DEALS + bad });
    const { code, err } = await run(
      'flat.merit',
      '--people',
      'people.csv',
      '--data',
      'deal=many.csv',
      '--period',
      '2026-01',
    );
    expect(code).toBe(1);
    expect(err.match(/many\.csv, row/g)).toHaveLength(20);
    expect(err).toContain('many.csv: and 10 more; `--rejects FILE` writes them all\n30 errors\n');
  });

  it('reads what the configuration names', async () => {
    files({
      'project/flat.merit': TEXT,
      'project/merit.config.yaml':
        'period: 2026-01\npeople: data/people.csv\ndata:\n  deal: data/deals.csv\n',
      'project/data/people.csv': PEOPLE,
      'project/data/deals.csv': DEALS,
    });
    for (const path of ['project', 'project/flat.merit']) {
      const { code, out, err } = await run(path, '--person', 'anna');
      expect([code, err, out]).toEqual([0, '', STATEMENT]);
    }
    expect((await run('project', '--data', 'deal=deals.csv', '--person', 'anna')).out).toBe(STATEMENT);
  });
});

describe('the folder of a project', () => {
  it("can't be left, by a path or a symlink", async () => {
    const config = (deals: string) => `period: 2026-01\npeople: people.csv\ndata:\n  deal: ${deals}\n`;
    files({ 'jail/flat.merit': TEXT, 'jail/people.csv': PEOPLE, 'outside/deals.csv': DEALS });
    symlinkSync('../outside/deals.csv', join(folder, 'jail/link.csv'));
    symlinkSync('../outside', join(folder, 'jail/linked'));
    mkdirSync(join(folder, 'jail/folder.csv'));
    const paths = ['link.csv', 'linked/deals.csv', '../outside/deals.csv', join(folder, 'outside/deals.csv')];
    for (const path of [...paths, 'https://example.org/deals.csv', '*.csv', 'folder.csv', 'none.csv']) {
      files({ 'jail/merit.config.yaml': config(JSON.stringify(path)) });
      const { code, out, err } = await merit('run', 'jail');
      expect([code, out], path).toEqual([1, '']);
      expect(err, path).toMatch(/^error\[M\d+\]: .*\n +┌─ jail\/merit\.config\.yaml:4:/);
    }
  });

  it("can't be left by its policy's files", async () => {
    files({ 'outside/flat.merit': TEXT, 'linking/keep.txt': '' });
    symlinkSync('../outside/flat.merit', join(folder, 'linking/flat.merit'));
    for (const args of [
      ['check', 'linking'],
      ['run', 'linking', ...JANUARY],
    ]) {
      const { code, out, err } = await merit(...args);
      expect([code, out]).toEqual([1, '']);
      expect(err).toContain('error[M2055]: `flat.merit` leads out of `linking`');
    }
    files({ 'linking/merit.config.yaml': 'policy: flat.merit\n' });
    expect((await merit('check', 'linking')).err).toMatch(
      /error\[M2055\].*\n +┌─ linking\/merit\.config\.yaml:1:/,
    );
    expect((await merit('check', 'linking/flat.merit')).code).toBe(0); // named by the user, who is taken at their word
  });

  it("can't be left by its configuration", async () => {
    files({ 'outside/secret.txt': 'the secret\n', 'tapped/flat.merit': TEXT });
    const link = join(folder, 'tapped/merit.config.yaml');
    for (const target of ['../outside/secret.txt', '/dev/zero', '../nowhere']) {
      rmSync(link, { force: true });
      symlinkSync(target, link);
      for (const path of ['tapped', 'tapped/flat.merit']) {
        const { code, out, err } = await merit('run', path, ...JANUARY);
        expect([code, out], target).toEqual([1, '']);
        expect(err, target).toMatch(/^error\[M205[35]\]: .*merit\.config\.yaml/);
        expect(err, target).not.toContain('the secret');
      }
    }
  });

  it('may link within itself', async () => {
    files({ 'within/parts/flat.merit': TEXT });
    symlinkSync('parts/flat.merit', join(folder, 'within/flat.merit'));
    expect((await merit('check', 'within')).code).toBe(0);
  });

  it('that holds one policy in two forms must name one', async () => {
    files({ 'both/flat.merit': FLAT['flat.merit'], 'both/flat.merit.yaml': FLAT['flat.merit.yaml'] });
    for (const args of [
      ['check', 'both'],
      ['run', 'both', ...JANUARY],
    ]) {
      const { code, out, err } = await merit(...args);
      expect([code, out]).toEqual([1, '']);
      expect(err).toContain('`both` holds both `flat.merit` and `flat.merit.yaml`');
      expect(err).toContain('name one: `both/flat.merit` in place of the folder');
    }
    expect((await merit('check', 'both/flat.merit.yaml')).code).toBe(0);
    files({ 'both/merit.config.yaml': 'policy: flat.merit\n' });
    expect((await merit('check', 'both')).code).toBe(0);
  });

  it('can be another for the data', async () => {
    const config = 'period: 2026-01\npeople: people.csv\ndata:\n  deal: deals.csv\n';
    files({ 'bare/flat.merit': TEXT, 'bare/merit.config.yaml': config });
    expect((await merit('run', 'bare', '--data-dir', '.', '--person', 'anna')).out).toBe(STATEMENT);
    expect((await merit('run', 'bare', '--data-dir', 'nowhere')).code).toBe(2);
  });
});

describe('what is written', () => {
  it('never takes the place of what is read', async () => {
    const config = 'period: 2026-01\npeople: people.csv\ndata:\n  deal: deals.csv\n';
    const kept = {
      'kept/flat.merit': TEXT,
      'kept/people.csv': PEOPLE,
      'kept/deals.csv': DEALS,
      'kept/merit.config.yaml': config,
      'kept/wrong/flat.merit': TEXT.replace('sum(', 'sun('),
    };
    files(kept);
    symlinkSync('deals.csv', join(folder, 'kept/alias.csv'));
    const given = ['--people', 'kept/people.csv', '--data', 'deal=kept/deals.csv', '--period', '2026-01'];
    for (const option of ['--output', '--rejects']) {
      for (const [path, file] of [
        ['kept', 'kept/flat.merit'],
        ['kept/flat.merit', './kept/flat.merit'],
        ['kept', 'kept/merit.config.yaml'],
        ['kept', 'kept/deals.csv'],
        ['kept', 'kept/alias.csv'],
        ['kept/flat.merit', 'kept/people.csv'],
        ['kept/wrong', 'kept/wrong/flat.merit'],
        ['kept/wrong/flat.merit', 'kept/deals.csv'],
      ] as const) {
        const args = path.startsWith('kept/wrong') ? given : [];
        const { code, out, err } = await merit('run', path, ...args, option, file);
        expect([code, out], `${option} ${file}`).toEqual([2, '']);
        expect(err).toBe(
          `error: \`${file}\` can't be written: the run reads it\n  name another file with \`${option}\`\n`,
        );
      }
    }
    for (const [name, text] of Object.entries(kept))
      expect(readFileSync(join(folder, name), 'utf8'), name).toBe(text);
  });

  it('is one file for each', async () => {
    const { code, err } = await merit(
      'run',
      'flat.merit',
      ...JANUARY,
      '--output',
      'one.txt',
      '--rejects',
      './one.txt',
    );
    expect(code).toBe(2);
    expect(err).toContain('`--output` and `--rejects` name the same file');
  });
});

describe('mistakes', () => {
  it.each([
    ['an unknown option', ['run', 'flat.merit', '--bogus'], '--bogus'],
    ['no policy', ['run'], 'no policy is given'],
    ['no policy, and what to name', ['run'], 'name a policy file or its folder, such as `.` for this one;'],
    ['a single version', ['diff', 'flat.merit'], "the version after the change isn't given"],
    ['an unknown command', ['walk'], 'walk'],
    ['an unknown format', ['run', 'flat.merit', '--format', 'pdf'], 'text, json, csv'],
    ['a policy that is not there', ['run', 'none.merit', ...JANUARY], 'there is no policy at `none.merit`'],
    ['a policy to check that is not there', ['check', 'none.merit'], 'there is no policy at `none.merit`'],
    ['no period', ['run', 'flat.merit', ...DATA], '--period 2026-01'],
    ['a bad period', ['run', 'flat.merit', ...DATA, '--period', '2026-13'], "`2026-13` isn't a period"],
    [
      'a period of another length',
      ['run', 'flat.merit', ...DATA, '--period', '2026-01-15'],
      'the policy is evaluated by month, and `2026-01-15` is a day',
    ],
    [
      'a range that ends before it begins',
      ['run', 'flat.merit', ...DATA, '--period', '2026-02..2026-01'],
      'write the earlier period first',
    ],
    ['a period without a value', ['run', 'flat.merit', '--period'], '`--period <period>` has no value'],
    ['two policies', ['run', 'flat.merit', 'flat.merit.yaml'], '`run` takes 1 argument, not 2'],
    ['a misspelt option', ['run', 'flat.merit', '--perod', '2026-01'], 'did you mean `--period`?'],
    ['people without a file', ['run', 'flat.merit', '--people', ''], '`--people` names no file'],
    ['an unknown person', ['run', 'flat.merit', ...JANUARY, '--person', 'ana'], 'did you mean `anna`?'],
    [
      'data for an unknown event',
      ['run', 'flat.merit', ...JANUARY, '--data', 'dael=deals.csv'],
      'did you mean `deal`?',
    ],
    [
      'no data',
      ['run', 'flat.merit', '--people', 'people.csv', '--period', '2026-01'],
      '--data deal=deal.csv',
    ],
    ['data given twice', ['run', 'flat.merit', ...JANUARY, '--data', 'deal=deals.csv'], 'given twice'],
    ['data without a file', ['run', 'flat.merit', '--data', 'deal'], 'names no file'],
    [
      'a data file that is not there',
      ['run', 'flat.merit', ...JANUARY.with(3, 'deal=none.csv')],
      '`none.csv`',
    ],
    [
      'a data file without a format',
      ['run', 'flat.merit', ...JANUARY.with(3, 'deal=flat.merit')],
      '.parquet',
    ],
    [
      'an output that cannot be written',
      ['run', 'flat.merit', ...JANUARY, '--output', 'no/where.csv'],
      "`no/where.csv` can't be written: its folder isn't there",
    ],
  ] as const)('%s: exit code 2', async (_, args, message) => {
    const { code, out, err } = await merit(...args);
    expect(err).toContain(message);
    expect(err).not.toContain('    at ');
    expect([code, out]).toEqual([2, '']);
  });

  it('a wrong policy: exit code 1, with its place', async () => {
    files({ 'wrong.merit': TEXT.replace('sum(deal.amount)', 'sum(deal.amuont)') });
    for (const args of [
      ['check', 'wrong.merit'],
      ['run', 'wrong.merit', ...JANUARY],
    ]) {
      const { code, out, err } = await merit(...args);
      expect([code, out]).toEqual([1, '']);
      expect(err).toMatch(/^error\[M\d+\]: .*\n +┌─ wrong\.merit:16:/);
      expect(err).toContain('did you mean `amount`?');
      expect(err).toMatch(/\n1 error\n$/);
    }
  });

  it('text that would steer the terminal is shown, not obeyed', async () => {
    const { err } = await merit('run', '\u001b[2J\u202e.merit');
    expect(err).toContain('\\u{1b}[2J\\u{202e}.merit');
  });
});

describe('merit check', () => {
  it('says what it checked where nothing is wrong', async () => {
    const out = 'flat: 1 event, 1 KPI, 1 role; nothing wrong\n';
    const err = expect.stringMatching(/^note\[M1501\]: [\s\S]*\n1 note\n$/); // it has no `effective`
    expect(await merit('check', 'flat.merit')).toEqual({ code: 0, out, err });
    expect(await merit('check', 'flat.merit.yaml')).toEqual({ code: 0, out, err });
    const dated = TEXT.replace('period month', 'period month, effective from 2026-01-01');
    files({ 'dated.merit': dated });
    expect(await merit('check', 'dated.merit')).toEqual({ code: 0, out, err: '' });
    const json = { code: 0, out: '[]\n', err: '' };
    expect(await merit('check', 'dated.merit', '--format', 'json')).toEqual(json);
  });

  it('writes lines and JSON to stdout', async () => {
    files({ 'wrong.merit': TEXT.replace('sum(deal.amount)', 'sum(deal.amuont)') });
    const line = await merit('check', 'wrong.merit', '--format', 'line');
    expect([line.code, line.err]).toEqual([1, '']);
    expect(line.out).toMatch(/^wrong\.merit:16:\d+: error\[M\d+\]: [^\n]+\n$/);
    const json = await merit('check', 'wrong.merit', '--format', 'json');
    expect(json.code).toBe(1);
    expect(JSON.parse(json.out)).toMatchObject([
      { severity: 'error', place: { file: 'wrong.merit', line: 16 } },
    ]);
  });
});

describe('the command', () => {
  it('prints help and its version', async () => {
    const help = await merit('--help');
    expect([help.code, help.err]).toEqual([0, '']);
    expect(help.out).toContain('Examples:');
    expect(help.out).toContain('Exit codes:');
    expect((await merit('run', '--help')).code).toBe(0);
    expect((await merit('--version')).out).toMatch(/^\d+\.\d+\.\d+\n$/);
    const bare = await merit();
    expect(bare.code).toBe(2);
    expect(bare.err).toContain('Usage:');
  });
});
