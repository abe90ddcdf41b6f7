// `merit check`: everything that is wrong in a policy, found without data.

import { hasErrors } from '../base/diagnostic.ts';
import { compile, diagnosticsText, loadProject, type Model } from '../node.ts';
import { expectPolicy, printable, takesColour } from './output.ts';
import { EXIT, type ExitCode } from './usage.ts';

export interface CheckOptions {
  readonly format: 'text' | 'line' | 'json';
}

/** Checks a policy file or folder. What is found is the command's result: JSON and lines go to stdout, text to stderr. */
export async function checkCommand(path: string, { format }: CheckOptions): Promise<ExitCode> {
  await expectPolicy(path);
  const project = await loadProject(path);
  const sources = [
    ...(project.value?.policy ?? []),
    ...(project.value?.config ? [project.value.config.source] : []),
  ];
  const model = project.value && project.value.policy.length > 0 ? compile(project.value.policy) : undefined;
  const diagnostics = [...project.diagnostics, ...(model?.diagnostics ?? [])];
  if (format === 'text') {
    const colour = takesColour(process.stderr);
    process.stderr.write(diagnosticsText(diagnostics, sources, { colour }));
    if (diagnostics.length === 0 && model?.value) process.stdout.write(`${checkedText(model.value)}\n`);
  } else {
    process.stdout.write(diagnosticsText(diagnostics, sources, { form: format }));
  }
  return hasErrors(diagnostics) ? EXIT.wrong : EXIT.done;
}

/** What a good policy consists of: `sales: 5 events, 2 tables, 18 KPIs, 4 roles; nothing wrong`. */
function checkedText({ name, events, tables, kpis, roles }: Model): string {
  const counts = [
    [events.length, 'event'],
    [tables.length, 'table'],
    [kpis.length, 'KPI'],
    [roles.length, 'role'],
  ] as const;
  const parts = counts
    .filter(([count]) => count > 0)
    .map(([count, noun]) => `${count} ${noun}${count === 1 ? '' : 's'}`);
  return `${printable(name)}: ${parts.join(', ')}; nothing wrong`;
}
