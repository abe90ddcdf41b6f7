// The door's part of imports: finds and reads the files that policies import or amend, wherever they lie in the folder.

import { dirname, join, normalize } from 'node:path';
import type { Checked, Diagnostic } from './base/diagnostic.ts';
import type { Source, Span } from './base/source.ts';
import { needForms } from './syntax/forms.ts';
import { parsedPolicy } from './syntax/parse.ts';

/** Most files of one policy. */
export const MOST_FILES = 1_000;

/** How the door reads: the real path of a file inside the project's folder, and its text. */
export interface ProjectFiles {
  /** Absent with a diagnostic where there is no such file, or where it lies outside. */
  inside(path: string, span: Span): Promise<Checked<string | undefined>>;
  read(path: string): Promise<Checked<Source | undefined>>;
}

/**
 * The files given and all that they import or amend, each once, in the order in which they are reached. A circle of
 * imports ends where it closes. Errors: a file that isn't there, that lies outside, or that is no policy file.
 */
export async function withImports(
  given: readonly Source[],
  files: ProjectFiles,
): Promise<Checked<readonly Source[]>> {
  const sources = [...given];
  const diagnostics: Diagnostic[] = [];
  const seen = new Set(given.map((each) => normalize(each.name)));
  for (let at = 0; at < sources.length && sources.length <= MOST_FILES; at++) {
    const source = sources[at] as Source;
    await needForms([source]);
    for (const { text, span } of pathsIn(source)) {
      const refused = refusal(text, span);
      const path = normalize(join(dirname(source.name), text));
      if (refused) diagnostics.push(refused);
      else if (!seen.has(path)) {
        seen.add(path);
        const real = await files.inside(path, span);
        const read = real.value === undefined ? undefined : await files.read(path);
        diagnostics.push(...real.diagnostics, ...(read?.diagnostics ?? []));
        if (read?.value) sources.push(read.value);
      }
    }
  }
  await needForms(sources);
  return { value: sources, diagnostics };
}

function pathsIn(source: Source): readonly { readonly text: string; readonly span: Span }[] {
  return parsedPolicy(source).value.declarations.flatMap((each) => {
    if (each.kind === 'import') return [each.path];
    return each.kind === 'policy' && each.amends ? [each.amends] : [];
  });
}

function refusal(path: string, span: Span): Diagnostic | undefined {
  const said = (message: string, help: string): Diagnostic => ({
    code: 'M2059',
    severity: 'error',
    message,
    span,
    help,
  });
  if (/^([a-z]+:|[/\\])/i.test(path) || path.includes('\\')) {
    return said(
      `\`${path}\` isn't a path inside the project`,
      'write it from this file on: `"./calendar.merit"`',
    );
  }
  if (!/\.merit(\.ya?ml)?$/i.test(path)) {
    return said(`\`${path}\` isn't a policy file`, 'policy files end in `.merit` or `.merit.yaml`');
  }
  return undefined;
}
