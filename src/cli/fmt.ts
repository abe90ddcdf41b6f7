// `merit fmt`: policies as the formatter writes them, in place, as a check, or from standard input.

import { randomUUID } from 'node:crypto';
import { readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { text as readAll } from 'node:stream/consumers';
import { convertPolicy, type Form, formatPolicy } from '../syntax/print.ts';
import { printDiagnostics } from './output.ts';
import { unifiedDiff } from './fmt-diff.ts';
import { EXIT, type ExitCode, UsageError } from './usage.ts';

export interface FmtOptions {
  readonly check?: true;
  readonly diff?: true;
  readonly form?: Form;
}

/**
 * Formats files in place; `-`, or nothing with a pipe, formats standard input to standard output. A file with errors is
 * reported and left alone. With `--check` or `--diff` nothing is written.
 */
export async function fmtCommand(files: readonly string[], options: FmtOptions): Promise<ExitCode> {
  const isPiped = files.length === 0 && process.stdin.isTTY !== true;
  if (files.length === 0 && !isPiped) throw new UsageError('no file to format', 'name policy files, or pipe one in');
  if (files.includes('-') && files.length > 1)
    throw new UsageError('`-` stands alone: standard input is one policy');
  if (isPiped || files[0] === '-') return await formatStandardInput(options);
  if (options.form !== undefined)
    throw new UsageError("`--form` is for standard input: a file's name says its form");
  for (const file of files) await expectFile(file);
  let code: ExitCode = EXIT.done;
  for (const file of files) {
    if ((await formatFile(file, options)) !== EXIT.done) code = EXIT.wrong;
  }
  return code;
}

/** A policy file's name and text, without the byte order mark. */
export async function readPolicyFile(file: string): Promise<{ readonly name: string; readonly text: string }> {
  await expectFile(file);
  const bytes = await readFile(file);
  try {
    return { name: file, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    throw new UsageError(`\`${file}\` isn't a text in UTF-8`);
  }
}

async function expectFile(file: string): Promise<void> {
  const found = await stat(file).catch(() => undefined);
  if (!found) throw new UsageError(`there is no file \`${file}\``);
  if (!found.isFile()) throw new UsageError(`\`${file}\` isn't a file`, 'name the policy files themselves');
  if (!/\.(?:merit|ya?ml)$/i.test(file))
    throw new UsageError(`\`${file}\` isn't a policy`, 'policy files end in .merit, .merit.yaml or .merit.yml');
}

async function formatFile(file: string, { check, diff }: FmtOptions): Promise<ExitCode> {
  const source = await readPolicyFile(file);
  const { value, diagnostics } = formatPolicy(source);
  if (value === undefined) {
    await printDiagnostics(diagnostics, [source]);
    return EXIT.wrong;
  }
  const before = (await readFile(file)).toString('utf8');
  if (value === before) return EXIT.done;
  if (diff) process.stdout.write(unifiedDiff(file, before, value));
  else if (check) process.stdout.write(`${file}\n`);
  else await replaceFile(file, value);
  return check ? EXIT.wrong : EXIT.done;
}

async function formatStandardInput({ check, diff, form = 'text' }: FmtOptions): Promise<ExitCode> {
  const text = await readAll(process.stdin);
  const source = { name: form === 'yaml' ? 'stdin.merit.yaml' : 'stdin.merit', text };
  const { value, diagnostics } = convertPolicy(source, form);
  if (value === undefined) {
    await printDiagnostics(diagnostics, [source]);
    return EXIT.wrong;
  }
  if (diff) process.stdout.write(value === text ? '' : unifiedDiff(source.name, text, value));
  else if (!check) process.stdout.write(value);
  return check && value !== text ? EXIT.wrong : EXIT.done;
}

/** Writes the file whole or not at all, with the mode it has; a link goes on leading to its file. */
async function replaceFile(file: string, text: string): Promise<void> {
  const path = await realpath(file);
  const { mode } = await stat(path);
  const draft = join(dirname(path), `.${basename(path)}.${randomUUID()}.tmp`);
  try {
    await writeFile(draft, text, { mode: mode & 0o7777, flag: 'wx' });
    await rename(draft, path);
  } catch (cause) {
    await rm(draft, { force: true });
    throw new UsageError(`\`${file}\` can't be written: ${(cause as NodeJS.ErrnoException).code ?? cause}`);
  }
}
