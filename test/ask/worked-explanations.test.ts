// Explanations that were worked out by hand: explanations/case.md has the arithmetic.

import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { bindData, compile, explain, loadProject, openBackend } from '../../src/node.ts';
import { missingLines, outlineOf } from './outline.ts';

const folder = fileURLToPath(new URL('./explanations/', import.meta.url));
const files = readdirSync(folder).filter((each) => each.endsWith('.txt'));

/** The outline of what a first line asks about: example, person, period and what. */
async function outline(asked: string, backendName: 'memory' | 'duckdb'): Promise<readonly string[]> {
  const [example, person, period, what] = asked.split(' ') as [string, string, string, string];
  const { value: project } = await loadProject(
    fileURLToPath(new URL(`../../examples/${example}`, import.meta.url)),
  );
  const model = compile(project!.policy).value!;
  const sources = (await bindData(project!, model)).value;
  const backend = await openBackend(backendName, sources);
  try {
    const { value, diagnostics } = await explain({ model, sources, person, period, what }, backend);
    expect(diagnostics.filter((each) => each.severity === 'error')).toEqual([]);
    return value!.answers.flatMap(outlineOf);
  } finally {
    await backend.close();
  }
}

describe('explanations worked by hand', () => {
  it('are at least ten', () => expect(files.length).toBeGreaterThanOrEqual(10));

  it.each(files)(
    '%s',
    async (file) => {
      const [asked, ...lines] = readFileSync(`${folder}${file}`, 'utf8').trim().split('\n') as [
        string,
        ...string[],
      ];
      const found = await outline(asked, 'memory');
      expect(missingLines(lines, found), found.join('\n')).toEqual([]);
      expect(await outline(asked, 'duckdb')).toEqual(found);
    },
    60_000,
  );
});
