// The built command as a process: exit codes, which stream gets what, and pipes. All else is tested in process.

import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { builtMerit, workplace } from './command.ts';
import { FLAT, JANUARY, STATEMENT, TEXT } from './flat.ts';

vi.setConfig({ testTimeout: 60_000 }); // processes start slowly on a busy machine
const { files, folder } = workplace();
const { program, start } = builtMerit(folder);
files({ ...FLAT, 'wrong.merit': TEXT.replace('sum(deal.amount)', 'sum(deal.amuont)') });

describe('the process', () => {
  it.each(['duckdb', 'memory'])('prints a result to stdout and ends with 0, on %s', (backend) => {
    const args = ['run', 'flat.merit', ...JANUARY, '--backend', backend, '--person', 'anna'];
    expect(start(...args)).toEqual({ code: 0, out: STATEMENT, err: '' });
  });

  it('prints diagnostics to stderr, without colours, and ends with 1', () => {
    for (const args of [
      ['check', 'wrong.merit'],
      ['run', 'wrong.merit', ...JANUARY],
    ]) {
      const { code, out, err } = start(...args);
      expect([code, out]).toEqual([1, '']);
      expect(err).toContain('did you mean `amount`?');
      expect(err).not.toContain('\u001b');
    }
  });

  it('finds its pages about codes from where it lies', () => {
    expect(start('explain-error', 'M1203')).toMatchObject({ code: 0, err: '' });
  });

  it('prints the findings that programs read to stdout', () => {
    const { code, out, err } = start('check', 'wrong.merit', '--format', 'json');
    expect([code, err, JSON.parse(out).length]).toEqual([1, '', 1]);
  });

  it.each([[['run', 'flat.merit', '--bogus']], [['run', 'none.merit']], [[]]])(
    'complains on stderr and ends with 2: merit %j',
    (args) => {
      const { code, out, err } = start(...args);
      expect([code, out]).toEqual([2, '']);
      expect(err).not.toBe('');
    },
  );

  it('prints help and its version to stdout', () => {
    expect(start('run', '--help')).toMatchObject({ code: 0, err: '' });
    expect(start('--version').out).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it('writes text for no terminal in particular', () => {
    const { code, out } = start(
      'run',
      'flat.merit',
      ...JANUARY,
      '--output',
      'pay.txt',
      '--backend',
      'memory',
    );
    expect([code, out]).toEqual([0, '']);
    const printed = start('run', 'flat.merit', ...JANUARY, '--backend', 'memory').out;
    expect(readFileSync(join(folder, 'pay.txt'), 'utf8')).toBe(printed);
    expect(printed).not.toContain('\u001b');
  });

  it('ends quietly when its reader has seen enough', () => {
    const command = `"${process.execPath}" "${program}" run flat.merit ${JANUARY.join(' ')} --backend memory | head -1`;
    const { stdout, stderr } = spawnSync('sh', ['-c', command], { cwd: folder, encoding: 'utf8' });
    expect([stdout, stderr]).toEqual(['Flat pay\n', '']);
  });

  it('still says that something is wrong when nobody reads how', () => {
    const command = `("${process.execPath}" "${program}" check wrong.merit --format json; echo $? > code.txt) | true`;
    spawnSync('sh', ['-c', command], { cwd: folder });
    expect(readFileSync(join(folder, 'code.txt'), 'utf8')).toBe('1\n');
  });

  it('ends a session whose answers nobody reads', () => {
    const session = `(echo 1; echo 2; sleep 1; echo 3) | "${process.execPath}" "${program}" repl; echo $? > code.txt`;
    const { stdout, stderr } = spawnSync('sh', ['-c', `(${session}) | head -1`], {
      cwd: folder,
      encoding: 'utf8',
    });
    expect([stdout, stderr]).toEqual(['1\n', '']);
    expect(readFileSync(join(folder, 'code.txt'), 'utf8')).toBe('0\n');
  });

  it.runIf(existsSync('/dev/full'))('says in a line that its output has no room', () => {
    const command = `"${process.execPath}" "${program}" run flat.merit ${JANUARY.join(' ')} > /dev/full`;
    const { status, stderr } = spawnSync('sh', ['-c', command], { cwd: folder, encoding: 'utf8' });
    expect([status, stderr]).toEqual([2, "error: the output can't be written: the disk is full\n"]);
  });
});
