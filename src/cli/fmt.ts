// `merit fmt`: policies as the formatter writes them, in place, as a check, or from standard input.

import { randomUUID } from 'node:crypto';
import { readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { convertPolicy, type Form, formatPolicy, needForms } from '../node.ts';
import { note, printDiagnostics } from './output.ts';
import { EXIT, type ExitCode, refusal, UsageError } from './usage.ts';

export interface FmtOptions {
  readonly check?: true;
  readonly diff?: true;
  readonly form?: Form;
}

/** What a project's configuration file may be called: a pattern of shells, `*.yaml`, names it beside policies. */
const CONFIGURATION = /^merit\.config\.ya?ml$/i;

/**
 * Formats files in place; `-`, or nothing with a pipe, formats standard input to standard output. A file with errors is
 * reported and left alone, and so is a project's configuration file. With `--check` or `--diff` nothing is written.
 */
export async function fmtCommand(files: readonly string[], options: FmtOptions): Promise<ExitCode> {
  const isPiped = files.length === 0 && process.stdin.isTTY !== true;
  if (files.length === 0 && !isPiped)
    throw new UsageError('no file to format', 'name policy files, or pipe one in');
  if (files.includes('-') && files.length > 1)
    throw new UsageError('`-` stands alone: standard input is one policy');
  if (isPiped || files[0] === '-') return await formatStandardInput(options);
  if (options.form !== undefined)
    throw new UsageError("`--form` is for standard input: a file's name says its form");
  for (const file of files) await expectFile(file);
  let code: ExitCode = EXIT.done;
  for (const file of files) {
    if (CONFIGURATION.test(basename(file)))
      note(`\`${file}\` is a configuration file and no policy: it is left alone`);
    else if ((await formatFile(file, options)) !== EXIT.done) code = EXIT.wrong;
  }
  return code;
}

/** A policy file's name and text, without the byte order mark. */
export async function readPolicyFile(
  file: string,
): Promise<{ readonly name: string; readonly text: string }> {
  await expectFile(file);
  return { name: file, text: textOf(await readFile(file), `\`${file}\``) };
}

/** The text of the bytes, without the byte order mark; a byte that is no letter would be lost in what is written. */
function textOf(bytes: Uint8Array, what: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new UsageError(`${what} isn't a text in UTF-8`);
  }
}

async function expectFile(file: string): Promise<void> {
  const found = await stat(file).catch(() => undefined);
  if (!found) throw new UsageError(`there is no file \`${file}\``);
  if (!found.isFile()) throw new UsageError(`\`${file}\` isn't a file`, 'name the policy files themselves');
  if (!/\.(?:merit|ya?ml)$/i.test(file))
    throw new UsageError(
      `\`${file}\` isn't a policy`,
      'policy files end in .merit, .merit.yaml or .merit.yml',
    );
}

async function formatFile(file: string, { check, diff }: FmtOptions): Promise<ExitCode> {
  const source = await readPolicyFile(file);
  await needForms([source]);
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
  const bytes = await buffer(process.stdin);
  const text = textOf(bytes, 'standard input');
  const source = { name: form === 'yaml' ? 'stdin.merit.yaml' : 'stdin.merit', text };
  await needForms([source]);
  const { value, diagnostics } = convertPolicy(source, form);
  if (value === undefined) {
    await printDiagnostics(diagnostics, [source]);
    return EXIT.wrong;
  }
  const before = bytes.toString('utf8'); // with the byte order mark, which goes
  if (diff) process.stdout.write(value === before ? '' : unifiedDiff(source.name, before, value));
  else if (!check) process.stdout.write(value);
  return check && value !== before ? EXIT.wrong : EXIT.done;
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
    throw new UsageError(`\`${file}\` can't be written: ${refusal(cause)}`);
  }
}

// ---- differences ----------------------------------------------------------------------------------------

const CONTEXT = 3;

interface Step {
  readonly mark: ' ' | '-' | '+';
  readonly text: string;
}

/** The unified diff from `before` to `after` of a file. */
function unifiedDiff(file: string, before: string, after: string): string {
  const steps = stepsBetween(linesOf(before), linesOf(after));
  const changed = steps.flatMap(({ mark }, index) => (mark === ' ' ? [] : [index]));
  let out = `--- ${file}\n+++ ${file} (formatted)\n`;
  for (let from = 0; from < changed.length; ) {
    let to = from;
    while (to + 1 < changed.length && changed[to + 1]! - changed[to]! <= 2 * CONTEXT) to += 1;
    const start = Math.max(0, changed[from]! - CONTEXT);
    const end = Math.min(steps.length, changed[to]! + CONTEXT + 1);
    out += hunk(steps, start, end);
    from = to + 1;
  }
  return out;
}

function hunk(steps: readonly Step[], start: number, end: number): string {
  const count = (from: number, to: number, mark: Step['mark']) =>
    steps.slice(from, to).filter((step) => step.mark === ' ' || step.mark === mark).length;
  const range = (mark: Step['mark']) => {
    const length = count(start, end, mark);
    return `${count(0, start, mark) + (length === 0 ? 0 : 1)},${length}`;
  };
  const lines = steps.slice(start, end).map(({ mark, text }) => {
    return text.endsWith('\n') ? mark + text : `${mark}${text}\n\\ No newline at end of file\n`;
  });
  return `@@ -${range('-')} +${range('+')} @@\n${lines.join('')}`;
}

function linesOf(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/** The fewest lines to take out and put in (Myers, "An O(ND) difference algorithm"). */
function stepsBetween(before: readonly string[], after: readonly string[]): readonly Step[] {
  const [n, m] = [before.length, after.length];
  const furthest = new Map<number, number>([[1, 0]]);
  const trace: ReadonlyMap<number, number>[] = [];
  for (let edits = 0; edits <= n + m; edits++) {
    trace.push(new Map(furthest));
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      let x = goesDown(furthest, diagonal, edits)
        ? furthest.get(diagonal + 1)!
        : furthest.get(diagonal - 1)! + 1;
      while (x < n && x - diagonal < m && before[x] === after[x - diagonal]) x += 1;
      furthest.set(diagonal, x);
      if (x >= n && x - diagonal >= m) return walkBack(trace, before, after);
    }
  }
  return [];
}

function goesDown(furthest: ReadonlyMap<number, number>, diagonal: number, edits: number): boolean {
  if (diagonal === -edits) return true;
  return diagonal !== edits && furthest.get(diagonal - 1)! < furthest.get(diagonal + 1)!;
}

function walkBack(
  trace: readonly ReadonlyMap<number, number>[],
  before: readonly string[],
  after: readonly string[],
): readonly Step[] {
  const steps: Step[] = [];
  let [x, y] = [before.length, after.length];
  for (let edits = trace.length - 1; edits >= 0; edits--) {
    const furthest = trace[edits]!;
    const diagonal = x - y;
    const down = goesDown(furthest, diagonal, edits);
    const from = down ? diagonal + 1 : diagonal - 1;
    const fromX = furthest.get(from)!;
    const fromY = fromX - from;
    while (x > Math.max(fromX, 0) && y > Math.max(fromY, 0) && x - 1 >= 0 && y - 1 >= 0) {
      if (x <= (down ? fromX : fromX + 1) || before[x - 1] !== after[y - 1]) break;
      steps.push({ mark: ' ', text: before[x - 1]! });
      [x, y] = [x - 1, y - 1];
    }
    if (edits === 0) break;
    if (down) steps.push({ mark: '+', text: after[fromY]! });
    else steps.push({ mark: '-', text: before[fromX]! });
    [x, y] = [fromX, fromY];
  }
  while (x > 0 && y > 0) {
    steps.push({ mark: ' ', text: before[x - 1]! });
    [x, y] = [x - 1, y - 1];
  }
  return steps.reverse();
}
