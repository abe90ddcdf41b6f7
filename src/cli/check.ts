// `merit check`: everything that is wrong in a policy, and what is worth a look, found without data. What data adds is
// another file's, so that this one loads no more than checking takes.

import { type Diagnostic, hasErrors } from '../base/diagnostic.ts';
import type { Model } from '../node.ts';
import { compileVersions, diagnosticsText, lint, loadProject, type Project } from '../node-check.ts';
import { expectPolicy, hint, printable, shellWord, takesColour } from './output.ts';
import { EXIT, type ExitCode } from './usage.ts';

export interface CheckOptions {
  readonly format: 'text' | 'line' | 'json';
  /** Warnings are as bad as errors. */
  readonly strict?: true;
}

/**
 * Checks a policy file or folder. What is found is the command's result: JSON and lines go to stdout, text to stderr.
 * `shown` is what data shows of a policy in which nothing is wrong.
 */
export async function checkCommand(
  path: string,
  { format, strict }: CheckOptions,
  shown?: (project: Project) => Promise<readonly Diagnostic[]>,
): Promise<ExitCode> {
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
  if (shown && project.value && models.length > 0) diagnostics.push(...(await shown(project.value)));
  const warned = diagnostics.some((each) => each.severity === 'warning');
  if (format === 'text') {
    const colour = takesColour(process.stderr);
    process.stderr.write(diagnosticsText(diagnostics, sources, { colour }));
    if (!warned && !hasErrors(diagnostics))
      for (const model of models) process.stdout.write(`${checkedText(model)}\n`);
    if (!hasErrors(diagnostics)) {
      const at = shellWord(path);
      const hasTests = models.some((each) => each.tests.length > 0);
      hint(
        hasTests
          ? `\`merit test ${at}\` runs its tests, \`merit run ${at}\` its data`
          : `it has no tests yet: \`merit test --help\` shows one; \`merit run ${at}\` runs its data`,
      );
    }
  } else {
    process.stdout.write(diagnosticsText(diagnostics, sources, { form: format }));
  }
  return hasErrors(diagnostics) || (strict && warned) ? EXIT.wrong : EXIT.done;
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
