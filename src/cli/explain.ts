// `merit explain`: why an amount of a person is what it is, or what one row of an event moved.

import type { Command } from 'commander';
import { textWidth } from './output.ts';
import { type AskOptions, type OverData, oneOf, overData, type Told, withData } from './over-data.ts';
import { type ExitCode, UsageError } from './usage.ts';

export interface ExplainOptions extends AskOptions {
  readonly person?: string;
  readonly event?: string;
  readonly format: 'text' | 'json' | 'html';
  readonly lang: 'en' | 'ru';
  readonly depth?: string;
  readonly rows?: string;
}

const NOTES = `
What is asked about is \`pay\` unless said: the name of a bonus, an award or a KPI, or any expression
such as 'score', 'target(revenue)', 'attainment(revenue[team])'. Every step has its value, the
policy's words and their place, and the rows of the data that it was measured from.
--event says what one row moved: each amount without the row and with it, for everybody whom it
touched, and whether that came about directly or at second hand.

Examples:
  $ merit explain sales/ --person anna --period 2026-01
  $ merit explain sales/ commission --person anna --period 2026-01 --lang ru
  $ merit explain sales/ 'attainment(revenue)' --person anna --period 2026-01 --depth 2
  $ merit explain sales/ --event deal:D-017 --period 2026-01..2026-03
  $ merit explain sales/ --person anna --period 2026-01 --format html --output anna.html`;

/** Adds the command to the program. The engine is loaded only when it is used. */
export function registerExplain(program: Command, done: (code: ExitCode) => void): void {
  const command = program
    .command('explain')
    .description('Say why an amount of a person is what it is, down to the rows and the lines of the policy.')
    .summary('say why an amount is what it is')
    .usage('<policy> [what] [options]')
    .argument('<policy>', 'a policy file, or a folder with policy files')
    .argument('[what]', 'what is asked about; pay unless said')
    .option('--person <id>', 'the person')
    .option('--period <period>', 'the period, such as 2026-01; with --event a range too')
    .option('--event <event:key>', 'say instead what this row moved, such as deal:D-017')
    .addOption(oneOf('--format <format>', 'what is printed', ['text', 'json', 'html']))
    .addOption(oneOf('--lang <language>', 'the language of the sentences', ['en', 'ru']))
    .option('--depth <number>', 'how many levels of steps are told; all unless said')
    .option('--rows <number>', 'how many rows a step lists before it sums up the others; 20 unless said')
    .option('--as-known-on <day>', 'leave out rows that became known after that day, such as 2026-03-31');
  withData(command)
    .addHelpText('after', NOTES)
    .action(async (policy: string, what: string | undefined, options: ExplainOptions) =>
      done(await explainCommand(policy, what, options)),
    );
}

/** Prints an explanation. Diagnostics go to stderr; nothing is printed where there are errors. */
export async function explainCommand(
  path: string,
  what: string | undefined,
  options: ExplainOptions,
): Promise<ExitCode> {
  const asked = askedOf(what, options);
  return overData(path, options, {
    version: 'of the periods',
    expression: what,
    ask: (over) =>
      asked.event
        ? explainedEvent(over, { ...asked.event, ...mostOf(asked) }, options)
        : explained(over, asked, options),
  });
}

interface Asked {
  readonly person: string;
  readonly what?: string;
  readonly event?: { readonly event: string; readonly key: string };
  readonly rows: number | undefined;
}

/** What the options ask for; refuses what doesn't go together. */
function askedOf(what: string | undefined, { person, event, depth, rows }: ExplainOptions): Asked {
  numberOf('--depth', depth);
  const count = numberOf('--rows', rows);
  if (event !== undefined) {
    if (person !== undefined || what !== undefined)
      throw new UsageError('`--event` asks about everybody whom it touches', 'leave the person out');
    const at = event.indexOf(':');
    if (at < 1 || at === event.length - 1)
      throw new UsageError(
        `\`--event ${event}\` names no row`,
        'write the event and the key of the row, such as `--event deal:D-017`',
      );
    return { person: '', event: { event: event.slice(0, at), key: event.slice(at + 1) }, rows: count };
  }
  if (person === undefined)
    throw new UsageError(
      'there is nobody to explain it for',
      'write `--person anna`, or `--event deal:D-017`',
    );
  return { person, ...(what !== undefined && { what }), rows: count };
}

function numberOf(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^[0-9]{1,6}$/.test(text))
    throw new UsageError(`\`${option}\` can't be \`${text}\``, 'write a whole number');
  return Number(text);
}

function mostOf({ rows }: Asked): { readonly most?: number } {
  return rows === undefined ? {} : { most: rows };
}

async function explained(
  { node, model, request, open }: OverData,
  asked: Asked,
  options: ExplainOptions,
): Promise<Told> {
  const { person, what } = asked;
  const backend = await open(request.sources);
  try {
    const whom = { person, ...(what !== undefined && { what }), ...mostOf(asked) };
    const { value, diagnostics } = await node.explain({ ...request, model, ...whom }, backend);
    const { lang: language, format } = options;
    if (!value) return { text: undefined, diagnostics };
    const form = { language, ...depthOf(options) };
    if (format === 'json') return { text: node.jsonText(value), diagnostics };
    if (format === 'html') return { text: node.explanationHtml(value, form), diagnostics };
    return { text: node.explanationText(value, { ...form, width: widthOf(options) }), diagnostics };
  } finally {
    await backend.close();
  }
}

async function explainedEvent(
  { node, model, models, request, open }: OverData,
  row: { readonly event: string; readonly key: string; readonly most?: number },
  options: ExplainOptions,
): Promise<Told> {
  const { value, diagnostics } = await node.explainEvent(
    { ...request, model, versions: models, ...row },
    open,
  );
  const { lang: language, format } = options;
  if (!value) return { text: undefined, diagnostics };
  if (format === 'json') return { text: node.jsonText(value), diagnostics };
  if (format === 'html') return { text: node.movedHtml(value, { language }), diagnostics };
  return { text: node.movedText(value, { language, width: widthOf(options) }), diagnostics };
}

function depthOf({ depth }: ExplainOptions): { readonly depth?: number } {
  return depth === undefined ? {} : { depth: Number(depth) };
}

function widthOf({ output }: ExplainOptions): number {
  return textWidth(output === undefined ? process.stdout : {});
}
