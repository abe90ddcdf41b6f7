// `merit seek` and `merit feedback`: which result gives an amount, what comes next, and what to tell a person about it.

import type { Command } from 'commander';
import { textWidth } from './output.ts';
import { type AskOptions, type OverData, oneOf, overData, type Told, withData } from './over-data.ts';
import { type ExitCode, UsageError } from './usage.ts';

/** The options of both. */
export interface FeedbackOptions extends AskOptions {
  readonly person?: string;
  readonly format: 'text' | 'json';
  readonly lang: 'en' | 'ru';
}

export interface SeekOptions extends FeedbackOptions {
  readonly reach?: string;
  readonly by?: string;
  readonly with?: readonly string[];
  readonly weight?: readonly string[];
}

const SEEK_NOTES = `
What is sought is \`pay\` unless said: the name of a bonus, a KPI, or any expression with a number or
a condition, such as score or 'attainment(revenue) >= 100%'.
With --reach: what each KPI has to come to, as an exact fraction and in whole rows and cents, and the
way over several KPIs that takes the least effort: moves as shares of their targets, times --weight.
Without: how far the next tier, gate, target, cap or award is, and what it and one more bring.
Every answer is seen to hold by working the person's pay out with it.

Examples:
  $ merit seek sales/ --person anna --period 2026-01 --reach 100_000 --by revenue
  $ merit seek sales/ --person anna --period 2026-01 --reach '100_000 RUB' --weight calls=2
  $ merit seek sales/ score --person anna --period 2026-01 --reach 100% --by calls
  $ merit seek sales/ --person anna --period 2026-01
  $ merit seek sales/ --person anna --period 2026-01 --reach 100_000 --by deals --with revenue=250_000`;

const FEEDBACK_NOTES = `
Pay against the period before and the same one last year, targets that were reached, the KPI whose
shortfall costs most, and the step that brings most for the least effort.

Examples:
  $ merit feedback sales/ --person anna --period 2026-01
  $ merit feedback sales/ --person anna --period 2026-01 --lang ru
  $ merit feedback sales/ --person anna --period 2026-01 --format json`;

/** Adds the commands to the program. The engine is loaded only when one is used. */
export function registerSeek(program: Command, done: (code: ExitCode) => void): void {
  const collect = (value: string, before: readonly string[] = []) => [...before, value];
  const seek = program
    .command('seek')
    .description('Say which result gives an amount, or what comes next and what it brings.')
    .summary('say which result gives an amount, and what comes next')
    .usage('<policy> [what] [options]')
    .argument('<policy>', 'a policy file, or a folder with policy files')
    .argument('[what]', 'what is sought; pay unless said')
    .option('--reach <amount>', 'the amount to be reached, such as 100_000 or 80%')
    .option('--by <kpi>', 'the KPI that is moved; each that counts, and several together, unless said')
    .option('--with <kpi=amount>', 'how much of another KPI comes with one of --by', collect)
    .option('--weight <kpi=number>', 'how much more effort a KPI takes than others', collect);
  withPerson(seek)
    .addHelpText('after', SEEK_NOTES)
    .action(async (policy: string, what: string | undefined, options: SeekOptions) =>
      done(await seekCommand(policy, what, options)),
    );
  const feedback = program
    .command('feedback')
    .description('Tell a person what went well in a period, what costs most, and the next step.')
    .summary('tell a person what went well, and the next step')
    .usage('<policy> [options]')
    .argument('<policy>', 'a policy file, or a folder with policy files');
  withPerson(feedback)
    .addHelpText('after', FEEDBACK_NOTES)
    .action(async (policy: string, options: FeedbackOptions) => done(await feedbackCommand(policy, options)));
}

function withPerson(command: Command): Command {
  command
    .option('--person <id>', 'the person')
    .option('--period <period>', 'one period of the policy, such as 2026-01')
    .addOption(oneOf('--format <format>', 'what is printed', ['text', 'json']))
    .addOption(oneOf('--lang <language>', 'the language of the sentences', ['en', 'ru']));
  return withData(command);
}

/** Prints what is sought. Diagnostics go to stderr; nothing is printed where there are errors. */
export async function seekCommand(
  path: string,
  what: string | undefined,
  options: SeekOptions,
): Promise<ExitCode> {
  const more = {
    ...(what === undefined ? {} : { what }),
    ...(options.reach === undefined ? {} : { reach: options.reach }),
    ...(options.by === undefined ? {} : { by: options.by }),
    with: pairs('--with', options.with),
    weights: pairs('--weight', options.weight),
  };
  if (options.with && options.by === undefined)
    throw new UsageError(
      '`--with` says what goes along with `--by`',
      'name the KPI that is moved with `--by`',
    );
  if ((options.weight || options.with) && options.reach === undefined)
    throw new UsageError('there is no amount to reach', 'write `--reach 100_000`');
  const [expression] = [
    what,
    options.reach,
    ...Object.values(more.with),
    ...Object.values(more.weights),
  ].filter((each) => each !== undefined);
  return asking(path, options, {
    expression,
    ask: async ({ node, model, request }, person, backend) => {
      const { value, diagnostics } = await node.seek({ ...request, model, person, ...more }, backend);
      const text =
        value && (options.format === 'json' ? node.jsonText(value) : node.seekText(value, formOf(options)));
      return { text, diagnostics };
    },
  });
}

/** Prints feedback to a person. */
export async function feedbackCommand(path: string, options: FeedbackOptions): Promise<ExitCode> {
  return asking(path, options, {
    ask: async ({ node, model, request }, person, backend) => {
      const { value, diagnostics } = await node.feedback({ ...request, model, person }, backend);
      const text =
        value &&
        (options.format === 'json' ? node.jsonText(value) : node.feedbackText(value, formOf(options)));
      return { text, diagnostics };
    },
  });
}

function formOf({ lang: language, output }: FeedbackOptions) {
  return { language, width: textWidth(output === undefined ? process.stdout : {}) };
}

/** `name=value` as many times as it was said. */
function pairs(option: string, said: readonly string[] = []): Readonly<Record<string, string>> {
  return Object.fromEntries(
    said.map((text) => {
      const at = text.indexOf('=');
      if (at < 1 || at === text.length - 1)
        throw new UsageError(
          `\`${option} ${text}\` says nothing of a KPI`,
          `write it like \`${option} revenue=2\``,
        );
      return [text.slice(0, at), text.slice(at + 1)] as const;
    }),
  );
}

interface OfPerson {
  /** An expression that was given, which messages may point into. */
  readonly expression?: string | undefined;
  readonly ask: (
    over: OverData,
    person: string,
    backend: Awaited<ReturnType<OverData['open']>>,
  ) => Promise<Told>;
}

/** Asks about one person, over one reading of the data. */
async function asking(
  path: string,
  options: FeedbackOptions,
  { expression, ask }: OfPerson,
): Promise<ExitCode> {
  const { person } = options;
  if (person === undefined) throw new UsageError('there is nobody to ask about', 'write `--person anna`');
  return overData(path, options, {
    version: 'of the periods',
    expression,
    ask: async (over) => {
      const backend = await over.open(over.request.sources);
      try {
        return await ask(over, person, backend);
      } finally {
        await backend.close();
      }
    },
  });
}
