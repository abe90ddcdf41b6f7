// Runs a project folder as the command does, without the command.

import { bindData, compile, loadProject, openBackend, type Result, run } from '../../src/node.ts';

/** Runs an example; any diagnostic is a failure. */
export async function runExample(options: {
  readonly folder: string;
  readonly period: string;
  readonly backend: 'memory' | 'duckdb';
  /** The policy file, where not the one that the configuration names. */
  readonly policy?: string;
  readonly dataFolder?: string;
}): Promise<Result> {
  const { value: project, diagnostics } = await loadProject(options.policy ?? options.folder);
  const { value: model, diagnostics: checked } = compile(project?.policy ?? []);
  const sources = await bindData(
    project!,
    model!,
    options.dataFolder === undefined ? {} : { dataFolder: options.dataFolder },
  );
  const found = [...diagnostics, ...checked, ...sources.diagnostics];
  if (found.length > 0) throw new Error(JSON.stringify(found, undefined, 2));
  const backend = await openBackend(options.backend, sources.value);
  try {
    const { value, diagnostics } = await run(
      { model: model!, sources: sources.value, period: options.period },
      backend,
    );
    if (!value || diagnostics.length > 0) throw new Error(JSON.stringify(diagnostics, undefined, 2));
    return value;
  } finally {
    await backend.close();
  }
}
