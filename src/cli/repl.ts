// `merit repl`: expressions line by line over one policy and its data. On a terminal there are a prompt, completion and
// history; from a pipe only answers, and the exit code says whether a line was wrong.

import { appendFile, readFile } from 'node:fs/promises';
import { createInterface, type Interface } from 'node:readline';
import type { Command } from 'commander';
import { isPeriodText } from '../base/period.ts';
import { policyOptions } from './eval.ts';
import type { Desk, PolicyOptions, Say } from './expression.ts';
import { takesColour } from './output.ts';
import { EXIT, type ExitCode, UsageError } from './usage.ts';

export interface ReplOptions extends PolicyOptions {
  readonly history?: string;
}

/** Where lines come from and answers go; `terminal` asks for a prompt, completion and history. */
export interface ReplStreams {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream & { readonly isTTY?: boolean };
  readonly errors: NodeJS.WritableStream & { readonly isTTY?: boolean };
  readonly terminal: boolean;
}

/** Lines that are remembered, in memory and of the history file. */
const REMEMBERED = 1000;

const COMMANDS = [':help', ':period', ':person', ':quit'] as const;

const HELP = `An expression prints its value: 1/3 * 3, or with a policy revenue[ytd] * 2%.
  :person anna      ask about a person (--policy is needed); without an id about nobody
  :period 2026-06   ask about a period of the policy
  :help             print this
  :quit             leave; so does Ctrl-D
Tab completes names, Ctrl-C drops the line.
`;

/** Adds the command to the program. The engine is loaded only when it is used. */
export function registerRepl(program: Command, done: (code: ExitCode) => void): void {
  const command = program
    .command('repl')
    .description('Work out expressions line by line; :help says how.')
    .summary('work out expressions line by line')
    .usage('[options]');
  policyOptions(command)
    .option('--history <file>', 'remember lines in this file')
    .action(async (options: ReplOptions) => {
      const { stdin, stdout, stderr } = process;
      const terminal = stdin.isTTY === true && stdout.isTTY === true;
      done(await replCommand(options, { input: stdin, output: stdout, errors: stderr, terminal }));
    });
}

/** Who is asked about, as the session's commands change it. */
interface Asked {
  person: string | undefined;
  period: string | undefined;
}

/** Answers each line until the input ends or `:quit`; what is wrong with a line is said and doesn't end the session. */
export async function replCommand(options: ReplOptions, streams: ReplStreams): Promise<ExitCode> {
  const { openDesk } = await import('./expression.ts');
  const { diagnosticsText } = await import('../node.ts');
  const { errors, terminal } = streams;
  const say: Say = (diagnostics, sources) => {
    errors.write(diagnosticsText(diagnostics, sources, { colour: takesColour(errors) }));
  };
  const desk = await openDesk(options, say);
  if (!desk) return EXIT.wrong;
  try {
    const needsData =
      options.person !== undefined || options.people !== undefined || options.data !== undefined;
    if (needsData && !(await desk.questions())) return EXIT.wrong;
    const asked: Asked = { person: options.person, period: desk.period };
    const wrong = await answerLines(desk, { options, streams, asked, say });
    return wrong && !terminal ? EXIT.wrong : EXIT.done;
  } finally {
    await desk.close();
  }
}

interface Session {
  readonly options: ReplOptions;
  readonly streams: ReplStreams;
  readonly asked: Asked;
  readonly say: Say;
}

/** Reads and answers lines; whether any was wrong. */
async function answerLines(desk: Desk, session: Session): Promise<boolean> {
  const { streams, asked } = session;
  const { output, errors, terminal } = streams;
  const remember = await historyOf(session.options.history, errors);
  const lines = await openLines(desk, streams, remember.lines);
  let closed = false;
  lines.on('close', () => {
    closed = true;
  });
  const prompt = (): void => {
    if (!terminal || closed) return;
    lines.setPrompt(promptOf(asked));
    lines.prompt();
  };
  if (terminal) onInterrupt(lines, output, prompt);
  let wrong = false;
  let quit = false;
  prompt();
  for await (const each of lines) {
    const line = each.trim();
    if (line === ':quit' || line === ':q') {
      quit = true;
      break;
    }
    if (line !== '' && !line.startsWith('//')) {
      await remember.add(line);
      if (!(await answerLine(desk, line, session))) wrong = true;
    }
    prompt();
  }
  if (terminal && !quit) output.write('\n'); // the prompt's line is still open
  lines.close();
  return wrong;
}

function promptOf({ person, period }: Asked): string {
  const about =
    person === undefined ? 'merit' : [person, period].filter((each) => each !== undefined).join(' ');
  return `${about}> `;
}

/** Answers one line; whether it was right. */
async function answerLine(desk: Desk, line: string, { streams, asked, say }: Session): Promise<boolean> {
  const { answer, answerText } = await import('./expression.ts');
  try {
    if (line.startsWith(':')) {
      streams.output.write(commanded(desk, line, asked));
      return true;
    }
    const whose = {
      ...(asked.person !== undefined && { person: asked.person }),
      ...(asked.period !== undefined && { period: asked.period }),
    };
    const found = await answer(desk, line, { ...whose, say });
    if (found) streams.output.write(answerText(found));
    return found !== undefined;
  } catch (fault) {
    const { visible } = await import('../node.ts');
    const isTheirs = fault instanceof UsageError;
    const message = fault instanceof Error ? fault.message : String(fault);
    const help = isTheirs ? fault.help : 'this is no fault of yours: please report it with the expression';
    streams.errors.write(`error: ${isTheirs ? '' : 'merit has made a mistake: '}${visible(message)}\n`);
    if (help !== undefined) streams.errors.write(`  ${visible(help)}\n`);
    return false;
  }
}

/** Obeys a command of the session; what it prints. */
function commanded(desk: Desk, line: string, asked: Asked): string {
  const [command = '', ...words] = line.split(/\s+/);
  const word = words.join(' ');
  switch (command) {
    case ':help':
      return HELP;
    case ':person':
      if (!desk.model)
        throw new UsageError('a person needs a policy', 'start with `merit repl --policy FOLDER`');
      asked.person = word === '' ? undefined : word;
      return '';
    case ':period':
      if (!isPeriodText(word))
        throw new UsageError(`\`${word}\` isn't a period`, 'write it like `:period 2026-01`');
      asked.period = word;
      return '';
    default:
      throw new UsageError(`there is no command \`${command}\``, `there are ${COMMANDS.join(', ')}`);
  }
}

// ---- the terminal ------------------------------------------------------------------------------------------

async function openLines(desk: Desk, streams: ReplStreams, history: readonly string[]): Promise<Interface> {
  const { input, output, terminal } = streams;
  if (!terminal) return createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
  const { expressionNames } = await import('../node.ts');
  const names = expressionNames(desk.model);
  return createInterface({
    input,
    output,
    terminal: true,
    history: [...history],
    historySize: REMEMBERED,
    removeHistoryDuplicates: true,
    completer: (line: string) => completions(line, names),
  });
}

/** The names, or commands, that the last word of a line may become, and that word: what readline asks for. */
export function completions(line: string, names: readonly string[]): [string[], string] {
  if (/^\s*:\S*$/.test(line)) return matching(line.trim(), COMMANDS);
  return matching(/[\p{L}\p{M}\p{N}_.]*$/u.exec(line)?.[0] ?? '', names);
}

function matching(word: string, known: readonly string[]): [string[], string] {
  if (word === '') return [[], word];
  const start = word.normalize('NFC');
  return [known.filter((each) => each.startsWith(start)), word];
}

/** Ctrl-C drops what is typed; on an empty line the second one leaves, as shells of languages do. */
function onInterrupt(lines: Interface, output: NodeJS.WritableStream, prompt: () => void): void {
  let warned = false;
  lines.on('line', () => {
    warned = false;
  });
  lines.on('SIGINT', () => {
    if (lines.line === '' && warned) return lines.close();
    warned = lines.line === '';
    output.write(warned ? '\n(Ctrl-C again, Ctrl-D or :quit leaves)\n' : '\n');
    lines.write(null, { ctrl: true, name: 'e' });
    lines.write(null, { ctrl: true, name: 'u' });
    prompt();
  });
}

/** The lines of the history file, newest first, and what adds one; only its owner can read the file. */
async function historyOf(file: string | undefined, errors: NodeJS.WritableStream) {
  if (file === undefined) return { lines: [], add: async () => {} };
  const text = await readFile(file, 'utf8').catch(() => '');
  let broken = false;
  return {
    lines: text
      .split('\n')
      .filter((line) => line !== '')
      .slice(-REMEMBERED)
      .reverse(),
    add: async (line: string): Promise<void> => {
      if (broken) return;
      await appendFile(file, `${line}\n`, { mode: 0o600 }).catch((cause: NodeJS.ErrnoException) => {
        broken = true;
        errors.write(`error: the history can't be kept in \`${file}\`: ${cause.code ?? cause}\n`);
      });
    },
  };
}
