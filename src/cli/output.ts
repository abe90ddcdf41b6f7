// What the commands print: results to stdout, diagnostics and complaints to stderr; colours only on a terminal that
// wants them, and nothing that could steer it.

import { access, chmod, constants, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Diagnostic } from '../base/diagnostic.ts';
import type { Source } from '../base/source.ts';
import { refusal, UsageError } from './usage.ts';

/** How many rejected rows of one file are printed; the rest is counted. */
const SHOWN_REJECTS = 20;

/** One complaint about how the command was used. */
export function complain(message: string, help?: string, code?: string): void {
  const lines = [
    `error${code === undefined ? '' : `[${code}]`}: ${message}`,
    ...(help === undefined ? [] : [`  ${help}`]),
  ];
  process.stderr.write(`${lines.map(printable).join('\n')}\n`);
}

let isHushed = false;

/** Whether remarks and hints are left out from now on: what `--quiet` asks for. */
export function hush(quiet: boolean): void {
  isHushed = quiet;
}

/** One remark about what a command did, which changes nothing about how it ended. */
export function note(message: string): void {
  if (!isHushed) process.stderr.write(`note: ${printable(message)}\n`);
}

/** What one may do next; said only to who sits before a terminal. */
export function hint(message: string): void {
  if (!isHushed && process.stdout.isTTY && process.stderr.isTTY)
    process.stderr.write(`next: ${printable(message)}\n`);
}

/** A word of a command line as a shell takes it. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** Whether a stream takes colours: a terminal, and the user hasn't said no (https://no-color.org). */
export function takesColour(stream: { readonly isTTY?: boolean }): boolean {
  return stream.isTTY === true && !process.env.NO_COLOR && process.env.TERM !== 'dumb';
}

/** How wide text is made for a stream: a terminal's own width within reason, else what most screens and mails take. */
export function textWidth(stream: { readonly isTTY?: boolean; readonly columns?: number }): number {
  const { isTTY, columns } = stream;
  return isTTY === true && columns ? Math.min(200, Math.max(80, columns)) : 120;
}

/** Prints diagnostics to stderr. */
export async function printDiagnostics(
  diagnostics: readonly Diagnostic[],
  sources: readonly Source[],
): Promise<void> {
  const { diagnosticsText } = await import('../node-check.ts');
  process.stderr.write(diagnosticsText(diagnostics, sources, { colour: takesColour(process.stderr) }));
}

/**
 * Prints a run's diagnostics to stderr: of the messages about rows, the first twenty of each file, and how many more
 * there are; `rejectsFile` is where all of them are written.
 */
export async function printRunDiagnostics(
  diagnostics: readonly Diagnostic[],
  sources: readonly Source[],
  rejectsFile: string | undefined,
): Promise<void> {
  if (diagnostics.length === 0) return;
  const { countText, diagnosticsText } = await import('../node-check.ts');
  const seen = new Map<string, number>();
  const shown = diagnostics.filter((each) => {
    if (!isReject(each)) return true;
    const file = each.data?.file ?? '';
    const count = (seen.get(file) ?? 0) + 1;
    seen.set(file, count);
    return count <= SHOWN_REJECTS;
  });
  const colour = takesColour(process.stderr);
  const blocks = shown.map((each) => `${diagnosticsText([each], sources, { colour, count: false })}\n`);
  const where = rejectsFile === undefined ? '`--rejects FILE` writes them all' : `all are in ${rejectsFile}`;
  const rest = [...seen]
    .filter(([, count]) => count > SHOWN_REJECTS)
    .map(([file, count]) => `${file}: and ${count - SHOWN_REJECTS} more; ${where}`);
  const lines = [...rest, countText(diagnostics)].map((line) => `${printable(line)}\n`);
  process.stderr.write(blocks.join('') + lines.join(''));
}

/** Whether a diagnostic is about a row of the data. */
export function isReject(diagnostic: Diagnostic): boolean {
  return diagnostic.data?.row !== undefined;
}

/** Prints a result: to the file, else to stdout; on a terminal hidden characters are made visible. */
export async function printResult(text: string | Uint8Array, file: string | undefined): Promise<void> {
  if (file !== undefined) return writeOutput(file, text);
  const { visibleLines } = await import('../node-check.ts');
  process.stdout.write(process.stdout.isTTY && typeof text === 'string' ? visibleLines(text) : text);
}

/** What is written to a file. */
type Content = string | Uint8Array | AsyncIterable<string>;

/**
 * Writes a file that the user named. It is written beside and put in place when it is whole, so that whoever reads it has
 * either the old one or the new one; what isn't a plain file (a pipe, a device) is written to as it is.
 */
export async function writeOutput(file: string, text: Content): Promise<void> {
  try {
    const old = await stat(file).catch(() => undefined);
    if (old && !old.isFile()) return await writeFile(file, text);
    if (old) await access(file, constants.W_OK);
    await replaceFile(old ? await realpath(file) : file, text, old?.mode);
  } catch (cause) {
    throw new UsageError(`\`${file}\` can't be written: ${refusal(cause)}`);
  }
}

const NOT_BESIDE: ReadonlySet<string> = new Set(['EACCES', 'EPERM', 'EROFS', 'EBUSY', 'EXDEV']);

async function replaceFile(file: string, text: Content, mode: number | undefined): Promise<void> {
  const beside = join(dirname(file), `.${basename(file)}.${process.pid}.part`);
  try {
    await writeFile(beside, text, { flag: 'wx' });
    if (mode !== undefined) await chmod(beside, mode & 0o7777);
    await rename(beside, file);
  } catch (cause) {
    await rm(beside, { force: true });
    // the file may be written though its folder mayn't, or nothing may be put in its place
    if (mode === undefined || !NOT_BESIDE.has((cause as NodeJS.ErrnoException).code ?? '')) throw cause;
    await writeFile(file, text);
  }
}

/** Refuses a policy path that leads nowhere. */
export async function expectPolicy(path: string): Promise<void> {
  const found = await stat(path).catch(() => undefined);
  if (!found) throw new UsageError(`there is no policy at \`${path}\``, 'name a policy file or its folder');
  if (!found.isDirectory() && !found.isFile()) throw new UsageError(`\`${path}\` isn't a file or a folder`);
}

/** A line of text with control and bidirectional characters shown as escapes. */
export function printable(line: string): string {
  return line.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, (letter) => {
    return `\\u{${(letter.codePointAt(0) as number).toString(16)}}`;
  });
}
