// `merit status`: how the KPIs of a period stand and how they are expected to end, for people and for schedulers.

import { type Command, Option } from 'commander';
import { suggestion } from '../base/suggest.ts';
import { dayOf } from './data-options.ts';
import { textWidth } from './output.ts';
import { type AskOptions, oneOf, overData, withData } from './over-data.ts';
import { EXIT, type ExitCode, UsageError } from './usage.ts';

export interface StatusOptions extends AskOptions {
  readonly format: 'text' | 'line' | 'json' | 'markdown';
  readonly failOn?: 'red' | 'amber';
  readonly today?: string;
  readonly person?: string;
  readonly kpi?: string;
}

const NOTES = `
Sums and counts grow at the pace so far until the period's end, in working days where the policy has one
calendar of them, else in days; ratios and averages stay. The last day that has passed is that of the last
row in the period, unless --today says otherwise. Colours are the policy's (100% and 80% unless it says so).
--fail-on goes by the colours that are expected at the period's end; it exits with 1 where one is as bad.
A KPI is open where no day of it has passed yet.

Examples:
  $ merit status sales/ --period 2026-03
  $ merit status sales/ --period 2026-03 --today 2026-03-20 --fail-on red --format line
  $ merit status sales/ --period 2026-03 --format markdown >> "$GITHUB_STEP_SUMMARY"`;

/** Adds the command to the program. The engine is loaded only when it is used. */
export function registerStatus(program: Command, done: (code: ExitCode) => void): void {
  const status = program
    .command('status')
    .description("Say how KPIs stand, and how they will at the period's end at the pace so far.")
    .summary('say how KPIs stand, and which are going to miss')
    .usage('<policy> [options]')
    .argument('<policy>', 'a policy file, or a folder with policy files')
    .option('--period <period>', 'one period of the policy, such as 2026-03')
    .option('--today <day>', 'the last day that has passed; that of the last row unless said')
    .addOption(oneOf('--format <format>', 'what is printed', ['text', 'line', 'json', 'markdown']))
    .option('--person <id>', 'the KPIs of one person only')
    .option('--kpi <name>', 'one KPI only')
    .option('--as-known-on <day>', 'leave out rows that became known after that day, such as 2026-03-31');
  withData(
    status.addOption(
      new Option(
        '--fail-on <colour>',
        'exit with 1 where a KPI is expected to end so, or worse: red, amber',
      ).choices(['red', 'amber']),
    ),
  )
    .addHelpText('after', NOTES)
    .action(async (policy: string, options: StatusOptions) => done(await statusCommand(policy, options)));
}

/** Prints how KPIs stand; exits with 1 where one is expected to end as badly as `--fail-on` says. */
export async function statusCommand(path: string, options: StatusOptions): Promise<ExitCode> {
  const today = options.today === undefined ? undefined : dayOf(options.today);
  const person = options.person?.normalize('NFC');
  const kpi = options.kpi?.normalize('NFC');
  return overData(path, options, {
    version: 'of the periods',
    ask: async ({ node, model, request, open }) => {
      expectKpi(kpi, model.kpis);
      const backend = await open(request.sources);
      try {
        const { value, diagnostics } = await node.standingOf(
          {
            ...request,
            model,
            ...(today !== undefined && { today }),
            ...(person !== undefined && { person }),
            ...(kpi !== undefined && { kpi }),
          },
          backend,
        );
        if (!value) return { text: undefined, diagnostics };
        const { red, amber } = value.counts;
        const bad = options.failOn === 'amber' ? red + amber : options.failOn === 'red' ? red : 0;
        return {
          text: render(node, value, options),
          diagnostics,
          code: bad > 0 ? EXIT.wrong : EXIT.done,
        };
      } finally {
        await backend.close();
      }
    },
  });
}

type Node = typeof import('../node.ts');

function render(
  node: Node,
  standing: Parameters<Node['standingText']>[0],
  { format, output }: StatusOptions,
): string {
  switch (format) {
    case 'text':
      return node.standingText(standing, { width: textWidth(output === undefined ? process.stdout : {}) });
    case 'line':
      return node.standingLine(standing);
    case 'json':
      return node.jsonText(standing);
    case 'markdown':
      return node.standingMarkdown(standing);
    default:
      return format satisfies never;
  }
}

function expectKpi(kpi: string | undefined, kpis: readonly { readonly name: string }[]): void {
  if (kpi === undefined || kpis.some((each) => each.name === kpi)) return;
  const known = kpis.map((each) => each.name);
  throw new UsageError(`the policy has no KPI \`${kpi}\``, suggestion(kpi, known));
}
