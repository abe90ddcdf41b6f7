// `merit check`: everything that is wrong in a policy, found without data.

import { hasErrors } from '../base/diagnostic.ts';
import { compile, countText, diagnosticsText, loadProject } from '../node.ts';
import { expectPolicy, takesColour } from './output.ts';
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
    if (diagnostics.length === 0) process.stdout.write(`${countText([])}\n`);
  } else {
    process.stdout.write(diagnosticsText(diagnostics, sources, { form: format }));
  }
  return hasErrors(diagnostics) ? EXIT.wrong : EXIT.done;
}
