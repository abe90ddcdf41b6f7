// `merit convert`: a policy file in the other form, printed.

import { convertPolicy, type Form, needForms, needYaml } from '../node.ts';
import { readPolicyFile } from './fmt.ts';
import { printDiagnostics, printResult } from './output.ts';
import { EXIT, type ExitCode } from './usage.ts';

export interface ConvertOptions {
  readonly to: Form;
}

/** Prints the policy in the form; comments and order are kept. Nothing is printed where it has errors. */
export async function convertCommand(file: string, { to }: ConvertOptions): Promise<ExitCode> {
  const source = await readPolicyFile(file);
  await (to === 'yaml' ? needYaml() : needForms([source]));
  const { value, diagnostics } = convertPolicy(source, to);
  if (value === undefined) {
    await printDiagnostics(diagnostics, [source]);
    return EXIT.wrong;
  }
  await printResult(value, undefined);
  return EXIT.done;
}
