// `merit explain-error`: the page of the reference about one code, laid out for a terminal, or the list of all codes. The
// pages are the files docs/errors/CODE.md of the package.

import { readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { InternalError } from '../base/diagnostic.ts';
import { takesColour, textWidth } from './output.ts';
import { oneOf } from './over-data.ts';
import { EXIT, type ExitCode, UsageError } from './usage.ts';

const NOTES = `
Examples:
  $ merit explain-error M1203
  $ merit explain-error | grep tier`;

/** Adds the command to the program. */
export function registerExplainError(program: Command, done: (code: ExitCode) => void): void {
  program
    .command('explain-error')
    .description('Explain a code such as M1203, with an example and how to mend it; without one, list all.')
    .summary('explain a code such as M1203, or list all')
    .usage('[code]')
    .argument('[code]', 'such as M1203, as it stands in a message')
    .addOption(oneOf('--format <format>', 'what is printed', ['text', 'json']))
    .helpOption('-h, --help', 'print this help')
    .addHelpText('after', NOTES)
    .action(async (code: string | undefined, options: ExplainErrorOptions) =>
      done(await explainErrorCommand(code, options)),
    );
}

export interface ExplainErrorOptions {
  readonly format: 'text' | 'json';
}

/** Prints the page of a code, or a line for each of them; as JSON their titles, and the page in Markdown. */
export async function explainErrorCommand(
  written: string | undefined,
  { format }: ExplainErrorOptions,
): Promise<ExitCode> {
  const folder = await pagesFolder();
  const codes = await allCodes(folder);
  if (format === 'json') {
    process.stdout.write(await pagesJson(folder, { codes, written }));
    return EXIT.done;
  }
  const text =
    written === undefined
      ? await listOf(folder, codes)
      : pageText(await page(folder, codeOf(written, codes)));
  process.stdout.write(text);
  return EXIT.done;
}

/** The folder `docs/errors` of the package that this file is part of, wherever in it the file lies. */
export async function pagesFolder(): Promise<string> {
  const start = dirname(fileURLToPath(import.meta.url));
  // a folder of the package may have a `package.json` of its own, which only says how its scripts are read
  for (let folder = start; folder !== dirname(folder); folder = dirname(folder)) {
    const pages = join(folder, 'docs/errors');
    if ((await isThere(join(folder, 'package.json'))) && (await isThere(pages))) return pages;
  }
  return join(start, 'docs/errors');
}

async function isThere(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined;
}

async function allCodes(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => []);
  const codes = names.flatMap((name) => /^(M\d{4})\.md$/.exec(name)?.[1] ?? []);
  if (codes.length === 0) throw new InternalError(`the pages about codes are not in \`${folder}\``);
  return codes.sort();
}

function page(folder: string, code: string): Promise<string> {
  return readFile(join(folder, `${code}.md`), 'utf8');
}

/** The code that is meant: `M1203`, `m1203`, `1203`, or as a message has it, `error[M1203]`. */
function codeOf(written: string, codes: readonly string[]): string {
  const [, digits] = /^(?:\w+\[)?m?(\d{4})\]?:?$/i.exec(written.trim()) ?? [];
  if (digits === undefined) {
    throw new UsageError(
      `\`${written}\` isn't a code`,
      'a code is written like M1203; `merit explain-error` lists all',
    );
  }
  const code = `M${digits}`;
  if (codes.includes(code)) return code;
  const near = nearestCodes(Number(digits), codes).join(', ');
  throw new UsageError(
    `there is no code \`${code}\``,
    `the nearest are ${near}; \`merit explain-error\` lists all`,
  );
}

/** The three codes whose numbers are nearest, in their order. */
function nearestCodes(number: number, codes: readonly string[]): readonly string[] {
  const far = (code: string): number => Math.abs(Number(code.slice(1)) - number);
  return [...codes]
    .sort((a, b) => far(a) - far(b))
    .slice(0, 3)
    .sort();
}

async function pagesJson(
  folder: string,
  { codes, written }: { readonly codes: readonly string[]; readonly written: string | undefined },
): Promise<string> {
  const wanted = written === undefined ? codes : [codeOf(written, codes)];
  const pages = await Promise.all(
    wanted.map(async (code) => {
      const text = await page(folder, code);
      const title = text.split('\n')[0]!.replace(/^# M\d{4}: /, '');
      return { code, title, ...(written === undefined ? {} : { text }) };
    }),
  );
  return `${JSON.stringify(written === undefined ? pages : pages[0], null, 2)}\n`;
}

/** A line for each code: `M1203  cannot add … to …`. */
async function listOf(folder: string, codes: readonly string[]): Promise<string> {
  const titles = await Promise.all(codes.map(async (code) => (await page(folder, code)).split('\n')[0]));
  return `${titles.map((title) => title!.replace(/^# (M\d{4}): /, '$1  ')).join('\n')}\n`;
}

// ---- a page for a terminal ---------------------------------------------------------------------------------

/** Markdown as plain text: paragraphs as wide as the terminal takes, examples indented. */
function pageText(markdown: string): string {
  const colour = takesColour(process.stdout);
  const bold = (text: string): string => (colour ? `\u001b[1m${text}\u001b[22m` : text);
  const width = Math.min(100, textWidth(process.stdout));
  const parts = markdown.trimEnd().split(/^```.*\n([\s\S]*?)^```$/m); // text and examples in turn
  const texts = parts.flatMap((part, index) => {
    if (index % 2 === 1) return [indented(part)];
    return part
      .split(/\n{2,}/)
      .map((each) => each.trim())
      .filter((each) => each !== '')
      .map((each) => (each.startsWith('#') ? bold(each.replace(/^#+ /, '')) : wrapped(each, width)));
  });
  return `${texts.join('\n\n')}\n`;
}

function indented(example: string): string {
  const lines = (example.trimEnd() || '(nothing)').split('\n');
  return lines.map((line) => (line === '' ? '' : `    ${line}`)).join('\n');
}

function wrapped(paragraph: string, width: number): string {
  const lines: string[] = [];
  for (const word of paragraph.split(/\s+/)) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + 1 + word.length <= width)
      lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines.join('\n');
}
