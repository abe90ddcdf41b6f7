// `merit types`: the names and types of a policy as TypeScript, for programs that run it.

import type { Command } from 'commander';
import { hasErrors } from '../base/diagnostic.ts';
import { expectOutputs, expectPeriod } from './data-options.ts';
import { expectPolicy, printDiagnostics, printResult } from './output.ts';
import { EXIT, type ExitCode } from './usage.ts';

interface TypesOptions {
  readonly period?: string;
  readonly output?: string;
}

const TYPES_NOTES = `
The file declares \`Policy\`: the roles and KPIs by name, and the columns of the people, events and tables.
\`run<Policy>({ ... })\` of merit/embed then knows them.

Examples:
  $ merit types sales/ --output sales.d.ts
  $ merit types policy.merit`;

/** Adds the command to the program. The engine is loaded only when it is used. */
export function registerTypes(program: Command, done: (code: ExitCode) => void): void {
  program
    .command('types')
    .description('Write the names and types of a policy as TypeScript, for programs that run it.')
    .summary('write the names and types of a policy as TypeScript')
    .usage('<policy> [options]')
    .argument('<policy>', 'a policy file, or a folder with policy files')
    .option('--period <period>', 'of several versions, the one that holds then; the last one unless said')
    .option('--output <file>', 'write to a file instead of printing')
    .helpOption('-h, --help', 'print this help')
    .addHelpText('after', TYPES_NOTES)
    .action(async (policy: string, options: TypesOptions) => done(await typesCommand(policy, options)));
}

async function typesCommand(path: string, options: TypesOptions): Promise<ExitCode> {
  await expectPolicy(path);
  if (options.period !== undefined) expectPeriod(options.period);
  const { compileFor, loadProject } = await import('../node.ts');
  const { typesOf } = await import('../node-embed.ts');
  const project = await loadProject(path);
  const { policy = [], read = [] } = project.value ?? {};
  await expectOutputs(options, [path, ...policy.map((each) => each.name)]);
  const compiled = hasErrors(project.diagnostics)
    ? { value: undefined, diagnostics: [] }
    : compileFor(policy, options.period);
  await printDiagnostics([...project.diagnostics, ...compiled.diagnostics], read);
  if (!compiled.value) return EXIT.wrong;
  await printResult(typesOf(compiled.value), options.output);
  return EXIT.done;
}
