// `merit test --record`: statements that a person has checked, written as tests of the policy.

import { stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { type Diagnostic, hasErrors } from '../base/diagnostic.ts';
import { suggestion } from '../base/suggest.ts';
import {
  bindData,
  CONFIG_FILE,
  compileFor,
  formOf,
  loadProject,
  openBackend,
  type Project,
  recordTests,
} from '../node.ts';
import { dataFiles, expectDataFolder, expectPeriod } from './data-options.ts';
import { note, printRunDiagnostics, writeOutput } from './output.ts';
import { EXIT, type ExitCode, UsageError } from './usage.ts';

export interface RecordOptions {
  readonly period?: string;
  readonly person?: readonly string[];
  readonly people?: string;
  readonly data?: readonly string[];
  readonly dataDir?: string;
  readonly output?: string;
  readonly force?: true;
}

/** How many things that couldn't be recorded are said one by one. */
const SHOWN = 10;

/** Runs the policy and writes a file of tests beside it, in its form; a file that is there is kept, unless `--force`. */
export async function recordCommand(path: string, options: RecordOptions): Promise<ExitCode> {
  if (options.dataDir !== undefined) await expectDataFolder(options.dataDir);
  if (options.period !== undefined) expectPeriod(options.period);
  const project = await loadProject(path);
  const { value } = project;
  const policy = value?.policy ?? [];
  if (!value || policy.length === 0 || hasErrors(project.diagnostics))
    return stop(project.diagnostics, value);
  const period = options.period ?? value.config?.value.period;
  if (period === undefined) {
    const help = `write \`--period 2026-01\`, or \`period: 2026-01\` in ${CONFIG_FILE}`;
    throw new UsageError('the run has no period', help);
  }
  const compiled = compileFor(policy, period);
  if (!compiled.value) return stop([...project.diagnostics, ...compiled.diagnostics], value);
  const model = compiled.value;
  const file = options.output ?? fileBeside(policy[0]!.name);
  await expectFree(file, options);
  const data = dataFiles(options);
  const sources = await bindData(value, model, {
    data,
    ...(options.dataDir !== undefined && { dataFolder: options.dataDir }),
  });
  if (hasErrors(sources.diagnostics)) return stop(sources.diagnostics, value);
  const backend = await openBackend('duckdb', sources.value);
  try {
    const { person: persons } = options;
    const replaces = policy.find((each) => resolve(each.name) === resolve(file))?.name;
    const recorded = await recordTests(
      {
        model,
        sources: sources.value,
        period,
        form: formOf(file),
        ...(persons && { persons }),
        ...(replaces !== undefined && { replaces }),
      },
      backend,
    );
    await tell([...compiled.diagnostics, ...sources.diagnostics, ...recorded.diagnostics], value);
    if (!recorded.value) return EXIT.wrong;
    return await written(recorded.value, { file, persons, period });
  } finally {
    await backend.close();
  }
}

async function written(
  {
    text,
    tests,
    rows,
    leftOut,
  }: { readonly [K in 'text']: string } & {
    readonly tests: readonly string[];
    readonly rows: number;
    readonly leftOut: readonly string[];
  },
  {
    file,
    persons = [],
    period,
  }: { readonly file: string; readonly persons: readonly string[] | undefined; readonly period: string },
): Promise<ExitCode> {
  for (const each of leftOut.slice(0, SHOWN)) note(`not recorded: ${each}`);
  if (leftOut.length > SHOWN) note(`and ${leftOut.length - SHOWN} more are not recorded`);
  const without = persons.filter(
    (each) => !tests.some((name) => name.startsWith(`${each.normalize('NFC')} in `)),
  );
  if (tests.length === 0) {
    if (leftOut.length > 0) return EXIT.wrong;
    const known = without[0] === undefined ? undefined : suggestion(without[0], tests);
    throw new UsageError(`there is no statement to record in ${period}`, known);
  }
  await writeOutput(file, text);
  const count = `${tests.length} test${tests.length === 1 ? '' : 's'} with ${rows} rows`;
  process.stdout.write(`${count} written to ${file}\n`);
  note(
    `the policy has them once it says \`import "./${basename(file)}"\`, or where the whole folder is the policy`,
  );
  return EXIT.done;
}

/** `sales.merit` to `sales.tests.merit`. */
function fileBeside(policy: string): string {
  return policy.replace(/(\.merit(?:\.ya?ml)?)?$/i, (ending) => `.tests${ending === '' ? '.merit' : ending}`);
}

async function expectFree(file: string, { force }: RecordOptions): Promise<void> {
  if (force || !(await stat(file).catch(() => undefined))) return;
  const help = 'name another file with `--output`, or write over it with `--force`';
  throw new UsageError(`\`${file}\` is there already`, help);
}

async function stop(diagnostics: readonly Diagnostic[], project: Project | undefined): Promise<ExitCode> {
  await tell(diagnostics, project);
  return EXIT.wrong;
}

async function tell(diagnostics: readonly Diagnostic[], project: Project | undefined): Promise<void> {
  const config = project?.config ? [project.config.source] : [];
  await printRunDiagnostics(diagnostics, [...(project?.read ?? []), ...config], undefined);
}
