// What the tests of the editor's services share: a policy with a marked place in it, and the projects of the examples.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Source, Span } from '../../src/base/source.ts';
import { openProject, type Project } from '../../src/editor/project.ts';
import { needForms, needYaml } from '../../src/syntax/forms.ts';

await needYaml();

/** A text with `|` where the cursor is, which is taken out. */
export interface Marked {
  readonly project: Project;
  readonly file: string;
  readonly offset: number;
  readonly text: string;
}

/** A project of one file whose text has the mark `‸`; other files may stand beside it. */
export function marked(text: string, name = 'p.merit', others: readonly Source[] = []): Marked {
  const offset = text.indexOf('‸');
  if (offset < 0) throw new Error('no mark in the text');
  const clean = text.replace('‸', '');
  return { project: openProject([{ name, text: clean }, ...others]), file: name, offset, text: clean };
}

/** The text of a span, with its line before it: `12 amount`. */
export function shown(project: Project, { source, start, end }: Span): string {
  const { text } = project.sources.find(({ name }) => name === source)!;
  return `${text.slice(0, start).split('\n').length} ${text.slice(start, end)}`;
}

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

function read(...paths: readonly string[]): readonly Source[] {
  return paths.map((path) => ({
    name: path.split('/').at(-1)!,
    text: readFileSync(`${ROOT}${path}`, 'utf8'),
  }));
}

/** The examples, in both forms. */
export const EXAMPLES: Readonly<Record<string, readonly Source[]>> = {
  'sales department': read('examples/sales-department/policy.merit'),
  'sales department in YAML': read('examples/sales-department/policy.merit.yaml'),
  'whole language': read('examples/whole-language/policy.merit', 'examples/whole-language/calendar.merit'),
  'whole language in YAML': read(
    'examples/whole-language/policy.merit.yaml',
    'examples/whole-language/calendar.merit.yaml',
  ),
  'every construct': read('test/check/whole.merit'),
  'CRM pipeline': read('examples/crm-pipeline/policy.merit'),
};

for (const each of Object.values(EXAMPLES)) await needForms(each);
