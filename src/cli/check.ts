// `merit check`: everything that is wrong in a policy, and what is worth a look, found without data; with data also
// whether its targets are achievable.

import { type Diagnostic, hasErrors } from '../base/diagnostic.ts';
import type { Model } from '../node.ts';
import {
  CONFIG_FILE,
  compileVersions,
  diagnosticsText,
  lint,
  loadProject,
  type Project,
} from '../node-check.ts';
import { dataFiles, expectDataFolder, expectPeriod } from './data-options.ts';
import { expectPolicy, printable, takesColour } from './output.ts';
import { EXIT, type ExitCode, UsageError } from './usage.ts';

export interface CheckOptions {
  readonly format: 'text' | 'line' | 'json';
  /** Warnings are as bad as errors. */
  readonly strict?: true;
  /** With any of these the policy is run too. */
  readonly people?: string;
  readonly data?: readonly string[];
  readonly dataDir?: string;
  readonly period?: string;
}

/** Checks a policy file or folder. What is found is the command's result: JSON and lines go to stdout, text to stderr. */
export async function checkCommand(path: string, options: CheckOptions): Promise<ExitCode> {
  const { format, strict } = options;
  await expectPolicy(path);
  const project = await loadProject(path);
  const sources = [
    ...(project.value?.read ?? []),
    ...(project.value?.config ? [project.value.config.source] : []),
  ];
  const checked =
    project.value && project.value.policy.length > 0 ? compileVersions(project.value.policy) : undefined;
  const diagnostics = [...project.diagnostics, ...(checked?.diagnostics ?? [])];
  const models = hasErrors(diagnostics) ? [] : (checked?.value ?? []);
  for (const model of models) diagnostics.push(...lint(model));
  if (project.value && models.length > 0) diagnostics.push(...(await dataLints(project.value, options)));
  const warned = diagnostics.some((each) => each.severity === 'warning');
  if (format === 'text') {
    const colour = takesColour(process.stderr);
    process.stderr.write(diagnosticsText(diagnostics, sources, { colour }));
    if (!warned && !hasErrors(diagnostics))
      for (const model of models) process.stdout.write(`${checkedText(model)}\n`);
  } else {
    process.stdout.write(diagnosticsText(diagnostics, sources, { form: format }));
  }
  return hasErrors(diagnostics) || (strict && warned) ? EXIT.wrong : EXIT.done;
}

/** What a run shows of the policy's targets; nothing where no option asks for a run. */
async function dataLints(project: Project, options: CheckOptions): Promise<readonly Diagnostic[]> {
  const { people, data, dataDir, period: asked } = options;
  if ([people, data, dataDir, asked].every((each) => each === undefined)) return [];
  if (asked !== undefined) expectPeriod(asked);
  if (dataDir !== undefined) await expectDataFolder(dataDir);
  const period = asked ?? project.config?.value.period;
  if (period === undefined) {
    const help = `write \`--period 2026-01\`, or \`period: 2026-01\` in ${CONFIG_FILE}`;
    throw new UsageError('the run has no period', help);
  }
  const { bindData, compileFor, lintWithResult, openBackend, run } = await import('../node.ts');
  const { value: model, diagnostics: unfit } = compileFor(project.policy, period);
  if (!model) return unfit;
  const sources = await bindData(project, model, {
    data: dataFiles(options),
    ...(dataDir !== undefined && { dataFolder: dataDir }),
  });
  if (hasErrors(sources.diagnostics)) return sources.diagnostics;
  const backend = await openBackend('duckdb', sources.value);
  try {
    const { value, diagnostics } = await run({ model, sources: sources.value, period }, backend);
    return [...sources.diagnostics, ...diagnostics, ...(value ? lintWithResult(model, value) : [])];
  } finally {
    await backend.close();
  }
}

/** What a good policy consists of: `sales: 5 events, 2 tables, 18 KPIs, 4 roles; nothing wrong`. */
function checkedText({ name, events, tables, kpis, roles, beyond }: Model): string {
  const counts = [
    [events.length, 'event'],
    [tables.length, 'table'],
    [kpis.length, 'KPI'],
    [roles.length, 'role'],
  ] as const;
  const parts = counts
    .filter(([count]) => count > 0)
    .map(([count, noun]) => `${count} ${noun}${count === 1 ? '' : 's'}`);
  const unpaid = beyond.length === 0 ? '' : `; ${beyond.length} parts can't be paid by this version yet`;
  return `${printable(name)}: ${parts.join(', ')}; nothing wrong${unpaid}`;
}
