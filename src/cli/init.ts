// `merit init`: a folder with a policy that runs, its sample data and its tests. What no option says is asked on a
// terminal; elsewhere it is taken as the question would suggest it.

import { mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { isCurrencyCode } from '../base/unit.ts';
import { isZone } from '../base/zone.ts';
import type { NewProject } from './init-files.ts';
import { complain, printDiagnostics, shellWord } from './output.ts';
import { EXIT, type ExitCode, refusal, UsageError } from './usage.ts';

export interface InitOptions {
  readonly name?: string;
  readonly title?: string;
  readonly currency?: string;
  readonly zone?: string;
  readonly role?: readonly string[];
  readonly form?: 'text' | 'yaml';
  readonly month?: string;
  /** Ask nothing. */
  readonly yes?: true;
}

/** Asks a question and gives the answer, or what is suggested where there is none. */
export type Ask = (question: string, suggested: string) => Promise<string>;

const NOTES = `
What no option says is asked; --yes asks nothing, and neither does a command without a terminal.
Nothing that is there is written over.

Examples:
  $ merit init bonus
  $ merit init bonus --currency EUR --zone Europe/Berlin --role seller --role head --form yaml`;

/** Adds the command to the program. */
export function registerInit(program: Command, done: (code: ExitCode) => void): void {
  const collect = (value: string, before: readonly string[] = []) => [...before, value];
  program
    .command('init')
    .description('Write a new policy that runs: with sample data, and tests that pass.')
    .summary('write a new policy with sample data and tests')
    .usage('<folder> [options]')
    .argument('<folder>', 'where it is written; made where there is none')
    .option('--name <name>', "the policy's name; made of the folder's unless said")
    .option('--title <title>', 'its title, as people read it')
    .option('--currency <code>', 'the currency of pay, such as EUR')
    .option('--zone <zone>', 'the time zone whose days count, such as Europe/Berlin')
    .option('--role <name>', 'a role that is paid; once for each', collect)
    .addOption(new Option('--form <form>', 'how it is written: text, yaml').choices(['text', 'yaml']))
    .option('--month <month>', 'the month of the sample data, such as 2026-01; this month unless said')
    .option('--yes', 'ask nothing')
    .helpOption('-h, --help', 'print this help')
    .addHelpText('after', NOTES)
    .action(async (folder: string, options: InitOptions) => {
      const isAsked = !options.yes && process.stdin.isTTY === true && process.stdout.isTTY === true;
      done(
        isAsked
          ? await asking((ask) => initCommand(folder, options, ask))
          : await initCommand(folder, options),
      );
    });
}

/** Writes the files and says what to do with them. Nothing is written where anything is wrong. */
export async function initCommand(folder: string, options: InitOptions, ask?: Ask): Promise<ExitCode> {
  await expectFree(folder);
  const { form, ...project } = await answers(folder, options, ask ?? (async (_, suggested) => suggested));
  const { newData, newPolicy } = await import('./init-files.ts');
  const node = await import('../node.ts');
  const name = form === 'yaml' ? 'policy.merit.yaml' : 'policy.merit';
  const source = { name: 'policy.merit', text: newPolicy(project) };
  if (form === 'yaml') await node.needYaml();
  const { value: text, diagnostics } = node.convertPolicy(source, form);
  const checked = node.compileVersions([source]);
  if (text === undefined || node.hasErrors([...diagnostics, ...checked.diagnostics])) {
    await printDiagnostics([...diagnostics, ...checked.diagnostics], [source]);
    return EXIT.wrong;
  }
  const files = { [name]: text, ...newData(project, name) };
  await writeAll(folder, files);
  process.stdout.write(written(folder, name));
  return EXIT.done;
}

function written(folder: string, policy: string): string {
  const at = shellWord(folder);
  const line = (file: string, what: string) => `  ${file.padEnd(19)}${what}`;
  return `${[
    `A new policy is in ${folder}:`,
    line(policy, 'what is paid, and for what; change it to yours'),
    line('merit.config.yaml', 'where the data lies, and which month is run'),
    line('data/people.csv', 'who is paid: two people, made up'),
    line('data/deals.csv', 'what they did: four deals, made up'),
    '',
    'Next:',
    `  merit check ${at}`,
    `  merit test ${at}`,
    `  merit run ${at}`,
    `  merit watch ${at}     runs again on every change, and says what it moves`,
  ].join('\n')}\n`;
}

// ---- answers -----------------------------------------------------------------------------------------------

type Answers = NewProject & { readonly form: 'text' | 'yaml' };

async function answers(folder: string, options: InitOptions, ask: Ask): Promise<Answers> {
  const asked = <T>(question: readonly [string, string], read: (text: string) => T) =>
    answered(ask, question, read);
  const said = <T>(
    given: string | undefined,
    question: readonly [string, string],
    read: (text: string) => T,
  ) => (given === undefined ? asked(question, read) : read(given));
  const name = await said(options.name, ['Name of the policy', suggestedName(folder)], (text) =>
    nameOf('--name', text),
  );
  const title = await said(options.title, ['Title', titleOf(name)], (text) => text);
  const currency = await said(options.currency, ['Currency', 'EUR'], currencyOf);
  const zone = await said(options.zone, ['Time zone', ownZone()], zoneOf);
  const roles = options.role
    ? rolesOf(options.role)
    : await asked(['Roles, with commas between', 'seller'], (text) => rolesOf(text.split(',')));
  const form = await said(options.form, ['Form of the policy: text or yaml', 'text'], formOf);
  return { name, title, currency, zone, roles, form, month: monthOf(options.month) };
}

/** What is answered; asked again where the answer can't be taken. */
async function answered<T>(
  ask: Ask,
  [question, suggested]: readonly [string, string],
  read: (text: string) => T,
): Promise<T> {
  for (;;) {
    const answer = await ask(question, suggested);
    try {
      return read(answer);
    } catch (fault) {
      if (!(fault instanceof UsageError) || answer === suggested) throw fault;
      complain(fault.message);
    }
  }
}

function rolesOf(names: readonly string[]): readonly string[] {
  return [...new Set(names.map((each) => nameOf('--role', each)))];
}

/** A name that a policy takes without quotes; words that mean something there are found by checking. */
function nameOf(option: string, text: string): string {
  const name = text.trim().normalize('NFC');
  if (/^[\p{L}_][\p{L}\p{M}\p{N}_]*$/u.test(name)) return name;
  throw new UsageError(
    `\`${text}\` can't be a name`,
    `a name is letters, digits and \`_\`, such as \`${option} ${option === '--role' ? 'key_account' : 'sales_2026'}\``,
  );
}

function suggestedName(folder: string): string {
  const words = basename(resolve(folder))
    .normalize('NFC')
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '_')
    .replace(/^_+|_+$/g, '');
  return /^\p{L}/u.test(words) ? words : `policy_${words}`.replace(/_$/, '');
}

function titleOf(name: string): string {
  const words = name.replaceAll('_', ' ').trim();
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;
}

function currencyOf(text: string): string {
  const code = text.trim().toUpperCase();
  if (isCurrencyCode(code)) return code;
  throw new UsageError(
    `\`${text}\` isn't a currency`,
    'write its code of three letters, such as `--currency EUR`',
  );
}

function zoneOf(text: string): string {
  if (isZone(text.trim())) return text.trim();
  throw new UsageError(
    `\`${text}\` isn't a time zone`,
    'write a region and a city, such as `--zone Europe/Berlin`',
  );
}

function formOf(text: string): 'text' | 'yaml' {
  const form = text.trim().toLowerCase();
  if (form === 'text' || form === 'yaml') return form;
  throw new UsageError(`there is no form \`${text}\``, 'it can be text or yaml');
}

function ownZone(): string {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return isZone(zone) ? zone : 'UTC';
}

function monthOf(text: string | undefined): string {
  const month = text ?? new Date().toISOString().slice(0, 7);
  if (/^[0-9]{4}-(?:0[1-9]|1[0-2])$/.test(month) && !month.startsWith('0000')) return month;
  throw new UsageError(`\`${month}\` isn't a month`, 'write it like `--month 2026-01`');
}

/** Works with questions on the terminal. */
async function asking<T>(work: (ask: Ask) => Promise<T>): Promise<T> {
  const { createInterface } = await import('node:readline/promises');
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  const stopping = new AbortController();
  lines.on('close', () => stopping.abort());
  try {
    return await work(async (question, suggested) => {
      const answer = await lines.question(`${question} [${suggested}]: `, { signal: stopping.signal });
      return answer.trim() === '' ? suggested : answer;
    });
  } catch (fault) {
    if (!stopping.signal.aborted) throw fault;
    process.stdout.write('\n');
    throw new UsageError('the questions were left', 'nothing was written; `--yes` asks none');
  } finally {
    lines.close();
  }
}

// ---- files -------------------------------------------------------------------------------------------------

const DATA_FILES: readonly string[] = ['people.csv', 'deals.csv'];
const PROJECT_FILE = /\.merit(?:\.ya?ml)?$|^merit\.config\.ya?ml$/;

/** Refuses a folder that holds a policy, or a file that would be written. */
async function expectFree(folder: string): Promise<void> {
  const found = await stat(folder).catch(() => undefined);
  if (!found) return;
  if (!found.isDirectory()) throw new UsageError(`\`${folder}\` is a file`, 'name a folder');
  const data = await readdir(join(folder, 'data')).catch(() => []);
  const [taken] = [
    ...(await readdir(folder)).filter((each) => PROJECT_FILE.test(each)),
    ...data.filter((each) => DATA_FILES.includes(each)).map((each) => `data/${each}`),
  ].sort();
  if (taken !== undefined)
    throw new UsageError(`\`${folder}\` holds \`${taken}\` already`, 'name a folder of its own');
}

async function writeAll(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    const file = join(folder, name);
    try {
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, text, { flag: 'wx' });
    } catch (cause) {
      throw new UsageError(`\`${file}\` can't be written: ${refusal(cause)}`);
    }
  }
}
