// Pages of published plans: of each case, what was published and worked out by hand, and the policy that pays it, in both
// forms.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { needYaml } from '../src/syntax/forms.ts';
import { convertPolicy } from '../src/syntax/print.ts';
import type { Page } from './pages.ts';

const CASES = 'test/cases';

/** A page for each case that has a policy in the text form and a description. */
export async function planPages(): Promise<readonly Page[]> {
  await needYaml();
  return readdirSync(CASES, { withFileTypes: true })
    .filter((each) => each.isDirectory() && existsSync(join(CASES, each.name, 'case.md')))
    .flatMap(({ name }) => {
      const policy = readdirSync(join(CASES, name)).filter((each) => each.endsWith('.merit'));
      return policy.length === 0 ? [] : [planPage(name, policy)];
    });
}

function planPage(name: string, files: readonly string[]): Page {
  const folder = join(CASES, name);
  const [, title = name, about = ''] =
    /^# (.*)\n([\s\S]*)$/.exec(readFileSync(join(folder, 'case.md'), 'utf8')) ?? [];
  const policies = files.map((file) => {
    const source = { name: file, text: readFileSync(join(folder, file), 'utf8') };
    const heading = files.length > 1 ? `### ${file}\n\n` : '';
    const yaml = convertPolicy(source, 'yaml').value;
    return `${heading}${fenced('merit', source.text)}${yaml === undefined ? '' : `\nThe same in YAML:\n\n${fenced('yaml', yaml)}`}`;
  });
  return {
    path: `plans/${name}.html`,
    title,
    text: `${about}\n## The policy\n\n${policies.join('\n')}`,
    file: join(folder, 'case.md'),
  };
}

function fenced(form: string, text: string): string {
  return `\`\`\`${form}\n${text.trimEnd()}\n\`\`\`\n`;
}
