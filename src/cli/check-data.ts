// What `merit check` finds in data: whether the targets of a policy are achievable.

import { type Diagnostic, hasErrors } from '../base/diagnostic.ts';
import type { Limits } from '../node.ts';
import { CONFIG_FILE, type Project } from '../node-check.ts';
import type { CheckOptions } from './check.ts';
import { type DataOptions, dataFiles, expectDataFolder, expectPeriod } from './data-options.ts';
import { type LimitedOptions, limited } from './limits.ts';
import { UsageError } from './usage.ts';

/** With any of the options of data the policy is run too. */
export interface CheckDataOptions extends CheckOptions, DataOptions, LimitedOptions {
  readonly period?: string;
}

/** What a run shows of the policy's targets; nothing where no option asks for a run. */
export async function dataLints(project: Project, options: CheckDataOptions): Promise<readonly Diagnostic[]> {
  const { people, data, dataDir, period: asked } = options;
  if ([people, data, dataDir, asked].every((each) => each === undefined)) return [];
  if (asked !== undefined) expectPeriod(asked);
  if (dataDir !== undefined) await expectDataFolder(dataDir);
  const period = asked ?? project.config?.value.period;
  if (period === undefined) {
    const help = `write \`--period 2026-01\`, or \`period: 2026-01\` in ${CONFIG_FILE}`;
    throw new UsageError('the run has no period', help);
  }
  return await limited(options, (limits) => lintsOfRun(project, options, { period, limits }));
}

async function lintsOfRun(
  project: Project,
  options: CheckDataOptions,
  { period, limits }: { readonly period: string; readonly limits: Limits },
): Promise<readonly Diagnostic[]> {
  const { bindData, compileFor, lintWithResult, openBackend, run } = await import('../node.ts');
  const { value: model, diagnostics: unfit } = compileFor(project.policy, period);
  if (!model) return unfit;
  const { dataDir } = options;
  const sources = await bindData(project, model, {
    data: dataFiles(options),
    ...(dataDir !== undefined && { dataFolder: dataDir }),
  });
  if (hasErrors(sources.diagnostics)) return sources.diagnostics;
  const backend = await openBackend('duckdb', sources.value, limits);
  try {
    const { value, diagnostics } = await run({ model, sources: sources.value, period, limits }, backend);
    return [...sources.diagnostics, ...diagnostics, ...(value ? lintWithResult(model, value) : [])];
  } finally {
    await backend.close();
  }
}
