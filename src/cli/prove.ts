// `merit prove`: what a policy's invariants come to, what it can cost at most, and where it has cliffs.

import { type Command, Option } from 'commander';
import { hasErrors } from '../base/diagnostic.ts';
import type { Limits, Model, Proven } from '../node.ts';
import { type LimitedOptions, limited, withLimits } from './limits.ts';
import { expectPolicy, note, printDiagnostics, printResult } from './output.ts';
import { EXIT, type ExitCode, UsageError } from './usage.ts';

export interface ProveOptions extends LimitedOptions {
  readonly filter?: string;
  readonly try?: number;
  readonly seed?: number;
  readonly cost?: true;
  readonly given?: readonly string[];
  readonly heads?: readonly string[];
  readonly cliffs?: true;
  readonly format: 'text' | 'json';
  readonly output?: string;
}

const NOTES = `
An invariant says what must hold of everybody in every period, whatever the data:

  invariant "selling more never pays less" { pay is nondecreasing in revenue }
  invariant "commission stays under 7%" {
    given revenue from 0 RUB until 50_000_000 RUB
    commission <= 7% * revenue
  }

It is proved (it holds for all data within the bounds of the fields and what is given), refuted (with
data for which it doesn't hold, as the ordinary evaluation says), or tried: neither; then none of so
many drawn situations refutes it, and it says what kept it from being proved.

--cost gives the most that a person can be paid in a period. Bounds come from the fields, and from the
ranges that the policy's invariants give, unless --given says others.

Examples:
  $ merit prove sales/
  $ merit prove sales/ --filter pays --try 5000 --seed 7
  $ merit prove sales/ --cost --given "revenue until 5_000_000 RUB" --heads hunter=5
  $ merit prove sales/ --cliffs
  $ merit prove sales/ --format json --output proofs.json

Exit codes: 1 where an invariant is refuted or the policy is wrong, else 0.`;

/** Adds the command to the program. The engine is loaded only when it is used. */
export function registerProve(program: Command, done: (code: ExitCode) => void): void {
  const command = program
    .command('prove')
    .description('Prove or refute the invariants of a policy; say what it can cost, and where it has cliffs.')
    .summary('prove or refute the invariants of a policy; its cost and cliffs')
    .usage('<policy> [options]')
    .argument('<policy>', 'a policy file, or a folder with policy files')
    .option('--filter <text>', 'only invariants whose name holds the text')
    .option(
      '--try <number>',
      'how many situations are drawn where there is no proof; 400 unless said',
      countOf,
    )
    .option('--seed <number>', 'what they are drawn by; 1 unless said', countOf)
    .option('--cost', 'say the most that each role can be paid in a period')
    .option('--given <range>', 'with --cost: a range, such as "revenue until 5_000_000 RUB"', collect)
    .option('--heads <role=number>', 'with --cost: how many people hold a role, for the sum', collect)
    .option('--cliffs', 'say where one more unit of a KPI pays less, or makes pay jump')
    .addOption(
      new Option('--format <format>', 'what is printed: text, json; text unless said')
        .choices(['text', 'json'])
        .default('text'),
    )
    .option('--output <file>', 'write the report to a file instead of printing it');
  withLimits(command)
    .helpOption('-h, --help', 'print this help')
    .addHelpText('after', NOTES)
    .action(async (policy: string, options: ProveOptions) => done(await proveCommand(policy, options)));
}

/** Proves a policy's invariants and prints what came of them; exits with 1 where one is refuted, or the policy is wrong. */
export async function proveCommand(path: string, options: ProveOptions): Promise<ExitCode> {
  return limited(options, (limits) => proveLimited(path, options, limits));
}

async function proveLimited(path: string, options: ProveOptions, limits: Limits): Promise<ExitCode> {
  await expectPolicy(path);
  const heads = headsOf(options);
  const { compileVersions, loadProject } = await import('../node.ts');
  const project = await loadProject(path);
  const { policy = [], read = [] } = project.value ?? {};
  const compiled = policy.length > 0 ? compileVersions(policy) : undefined;
  const diagnostics = [...project.diagnostics, ...(compiled?.diagnostics ?? [])];
  await printDiagnostics(
    diagnostics.filter((each) => each.severity === 'error'),
    read,
  );
  if (!compiled || hasErrors(diagnostics)) return EXIT.wrong;
  const all: Proven[] = [];
  for (const model of compiled.value) {
    expectRoles(model, heads);
    const found = await provenOf(model, { ...options, limits }, heads);
    if (!found) return EXIT.wrong;
    all.push(found);
  }
  const { cliffText, costText, proofText, provenJson } = await import('../node.ts');
  const text = ({ proofs, cost, cliffs }: Proven): string =>
    [
      ...(proofs.invariants.length > 0 || (!cost && !cliffs) ? [proofText(proofs)] : []),
      ...(cost ? [costText(cost)] : []),
      ...(cliffs ? [cliffText(cliffs)] : []),
    ].join('\n');
  await printResult(options.format === 'json' ? provenJson(all) : all.map(text).join('\n'), options.output);
  const count = all.reduce((sum, each) => sum + each.proofs.invariants.length, 0);
  if (count === 0 && options.filter !== undefined) note(`no invariant fits \`${options.filter}\``);
  return all.some(({ proofs }) => proofs.refuted > 0) ? EXIT.wrong : EXIT.done;
}

async function provenOf(
  model: Model,
  options: ProveOptions & { readonly limits: Limits },
  heads: ReadonlyMap<string, number> | undefined,
): Promise<Proven | undefined> {
  const { cliffsOf, costOf, givenByPolicy, givenRanges, proveInvariants } = await import('../node.ts');
  const { filter, try: situations, seed, cost, given, cliffs, limits } = options;
  const drawn = {
    limits,
    ...(situations === undefined ? {} : { situations }),
    ...(seed === undefined ? {} : { seed }),
  };
  const proofs = await proveInvariants(model, { ...drawn, ...(filter === undefined ? {} : { filter }) });
  const ranges = given && givenRanges(model, given);
  if (ranges && !ranges.value) {
    await printDiagnostics(ranges.diagnostics, [
      ...model.sources,
      { name: 'given.merit', text: given.join('\n') },
    ]);
    return undefined;
  }
  const within = ranges?.value ?? { model, given: givenByPolicy(model) };
  return {
    proofs,
    ...(cost
      ? {
          cost: await costOf(within.model, {
            given: within.given,
            limits,
            ...(seed === undefined ? {} : { seed }),
            ...(heads ? { heads } : {}),
          }),
        }
      : {}),
    ...(cliffs ? { cliffs: await cliffsOf(model, { limits }) } : {}),
    sources: model.sources,
  };
}

function headsOf({ heads, cost, given }: ProveOptions): ReadonlyMap<string, number> | undefined {
  if (!cost && (heads || given))
    throw new UsageError(`\`--${heads ? 'heads' : 'given'}\` goes with \`--cost\` only`);
  return (
    heads &&
    new Map(
      heads.map((each) => {
        const [role = '', count = ''] = each.split('=');
        if (!/^[0-9]{1,7}$/.test(count))
          throw new UsageError(`\`${each}\` isn't a role and a number`, 'write `hunter=5`');
        return [role, Number(count)];
      }),
    )
  );
}

function expectRoles({ roles }: Model, heads: ReadonlyMap<string, number> = new Map()): void {
  for (const role of heads.keys())
    if (!roles.some(({ name }) => name === role))
      throw new UsageError(
        `the policy has no role \`${role}\``,
        `its roles are ${roles.map(({ name }) => `\`${name}\``).join(', ')}`,
      );
}

function countOf(text: string): number {
  if (!/^[0-9]{1,9}$/.test(text)) throw new UsageError(`\`${text}\` isn't a whole number`);
  return Number(text);
}

function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}
