// `merit report`: a statement for each person and dashboards of roles, teams and the company, as pages in a folder.

import { mkdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Command } from 'commander';
import { type FinalOptions, finalsOf, withFinals } from './finals.ts';
import { writeOutput } from './output.ts';
import { type AskOptions, oneOf, overData, withSources } from './over-data.ts';
import { type ExitCode, refusal, UsageError } from './usage.ts';

export interface ReportOptions extends Omit<AskOptions, 'output'>, FinalOptions {
  readonly out?: string;
  readonly person?: string;
  readonly locale: 'en' | 'ru';
  readonly history?: string;
  /** `--no-feedback` makes it false. */
  readonly feedback: boolean;
}

const NOTES = `
The folder gets index.html, the company's dashboard, with a page for each role and team beside it and
each person's statement in statements/. Of a longer period than the policy's, each of its periods has
a folder of its own. Pages need nothing else and run nothing; a browser prints them on A4, to PDF too.
Closed periods are shown as they were paid, with what was said of statements; the open one with its
corrections. Statements show nobody else's figures. Earlier periods are shown beside the one that is asked for.

Examples:
  $ merit report sales/ --period 2026-06 --out report
  $ merit report sales/ --period 2026-06 --out report --locale ru
  $ merit report sales/ --period 2026-06 --out anna --person anna`;

/** Adds the command to the program. The engine is loaded only when it is used. */
export function registerReport(program: Command, done: (code: ExitCode) => void): void {
  const command = program
    .command('report')
    .description('Write a statement for each person, and dashboards, as pages to read and print.')
    .summary('write statements and dashboards as pages')
    .usage('<policy> --out <folder> [options]')
    .argument('<policy>', 'a policy file, or a folder with policy files')
    .option('--out <folder>', 'the folder that the pages are written to')
    .option('--period <period>', 'such as 2026-01, 2026-Q1, 2026 or 2026-01..2026-06')
    .option('--person <id>', 'only the statement of this person')
    .option('--history <number>', 'how many earlier periods are shown beside; 5 unless said')
    .option('--no-feedback', 'leave out what went well and the next step, which takes the longest')
    .addOption(oneOf('--locale <language>', 'the language of the pages', ['en', 'ru']));
  withSources(withFinals(command))
    .addHelpText('after', NOTES)
    .action(async (policy: string, options: ReportOptions) => done(await reportCommand(policy, options)));
}

/** Writes the pages. Diagnostics go to stderr; nothing is written where there are errors. */
export async function reportCommand(path: string, options: ReportOptions): Promise<ExitCode> {
  const { out, person, locale, history, feedback, ...asking } = options;
  if (out === undefined || out === '')
    throw new UsageError('there is no folder to write to', 'write `--out report`');
  await expectFolder(out);
  const earlier = history === undefined ? undefined : countOf(history);
  return overData(path, asking, {
    version: 'of the periods',
    ask: async (over) => {
      const { model, request, open } = over;
      const { value: kept, diagnostics: stopping } = await finalsOf(over, {
        path,
        options: asking,
        ahead: 'say so',
      });
      if (!kept) return { text: undefined, diagnostics: stopping };
      const { reportFiles } = await import('../node-report.ts');
      const { value: files, diagnostics } = await reportFiles(
        {
          ...request,
          model,
          language: locale,
          feedback: feedback ? 'each' : 'none',
          finals: kept.finals,
          meetings: kept.said,
          ...(person === undefined ? {} : { person: person.normalize('NFC') }),
          ...(earlier === undefined ? {} : { history: earlier }),
        },
        () => open(request.sources),
      );
      if (!files) return { text: undefined, diagnostics };
      if (files.length === 0)
        throw new UsageError(
          person === undefined
            ? `nobody has a statement in ${request.period}`
            : `\`${person}\` has no statement in ${request.period}`,
        );
      for (const { name, text } of files) await writePage(join(out, name), text);
      return { text: written(files.length, out, person), diagnostics };
    },
  });
}

function written(pages: number, out: string, person: string | undefined): string {
  const begin = person === undefined ? `; open ${join(out, 'index.html')}` : '';
  return `${pages} ${pages === 1 ? 'page is' : 'pages are'} in ${out}${begin}\n`;
}

async function expectFolder(out: string): Promise<void> {
  const found = await stat(out).catch(() => undefined);
  if (found && !found.isDirectory())
    throw new UsageError(`\`${out}\` is a file`, 'name a folder with `--out`');
}

async function writePage(file: string, text: string): Promise<void> {
  try {
    await mkdir(dirname(file), { recursive: true });
  } catch (cause) {
    throw new UsageError(`\`${dirname(file)}\` can't be made: ${refusal(cause)}`);
  }
  await writeOutput(file, text);
}

function countOf(text: string): number {
  if (!/^[0-9]{1,3}$/.test(text))
    throw new UsageError(
      `\`--history\` can't be \`${text}\``,
      'write a whole number, such as `--history 11`',
    );
  return Number(text);
}
