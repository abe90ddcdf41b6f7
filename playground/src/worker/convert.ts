// A policy of several files in the other form. Names change with the form (`policy.merit`, `policy.merit.yaml`), and so do
// the places where files name each other.

import { type Checked, type Diagnostic, needYaml, type Source } from '../../../src/browser-engine.ts';
import { type Form, formOf, nameIn } from '../app/file-names.ts';

/** All files of the policy in the form; no value where one of them can't be. Comments and order are kept. */
export async function inOtherForm(
  files: readonly Source[],
  form: Form,
): Promise<Checked<readonly Source[] | undefined>> {
  const { convertPolicy } = await import('../../../src/browser-editor.ts');
  await needYaml();
  const diagnostics: Diagnostic[] = [];
  const made: Source[] = [];
  const names = files.map(({ name }) => name);
  for (const file of files) {
    if (formOf(file.name) === form) {
      made.push({ name: file.name, text: renamed(file.text, names, form) });
      continue;
    }
    const converted = convertPolicy(file, form);
    if (converted.value === undefined) diagnostics.push(...converted.diagnostics);
    else made.push({ name: nameIn(form, file.name), text: renamed(converted.value, names, form) });
  }
  return { value: made.length === files.length ? made : undefined, diagnostics };
}

/** The text with the new names of the policy's own files, in the lines that import or amend one. */
export function renamed(text: string, names: readonly string[], form: Form): string {
  const lines = text.split('\n');
  let imports = false;
  return lines
    .map((line) => {
      if (/^\S/.test(line)) imports = /^imports:/.test(line);
      if (!imports && !/^(import\b|policy\b.*\bamends\b|amends:)/.test(line)) return line;
      return line.replace(/(?<=^|["'\s/])[^\s"'/]+\.merit(?:\.ya?ml)?(?=["'\s,\]]|$)/g, (name) =>
        names.includes(name) ? nameIn(form, name) : name,
      );
    })
    .join('\n');
}
