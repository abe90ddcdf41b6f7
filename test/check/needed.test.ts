// Parts of the checker that are loaded when a policy takes them: its words tell, and never too few of them.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import type { Source } from '../../src/base/source.ts';

/** Policies of cases and examples. */
const POLICIES = ['test/cases', 'examples'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.merit'))
    .map((path) => readFileSync(join(folder, path), 'utf8')),
);

/** Blocks of the pages about messages, right and wrong ones. */
const BLOCKS = readdirSync('docs/errors').flatMap((page) =>
  [...readFileSync(join('docs/errors', page), 'utf8').matchAll(/^```\w*\n([\s\S]*?)^```/gm)].map(
    ([, text]) => text!,
  ),
);

test('whatever the words of a policy ask nothing for is checked without it', async () => {
  // modules of this test alone, in which nothing has been asked for
  vi.resetModules();
  const { compile } = await import('../../src/engine.ts');
  const { takesSeldom } = await import('../../src/check/needed.ts');
  let taken = 0;
  for (const text of [...POLICIES, ...BLOCKS]) {
    const sources: readonly Source[] = [{ name: 'p.merit', text }];
    try {
      compile(sources);
    } catch (fault) {
      expect((fault as Error).message).toContain('await needForms(sources)');
      expect([text, takesSeldom(sources)]).toEqual([text, true]);
      taken += 1;
    }
  }
  expect(BLOCKS.length).toBeGreaterThan(300);
  expect(taken).toBeGreaterThan(30);
});

test('most policies of the cases take none of it', async () => {
  const { takesSeldom } = await import('../../src/check/needed.ts');
  const few = POLICIES.filter((text) => takesSeldom([{ name: 'p.merit', text }]));
  expect(few.length).toBeLessThan(POLICIES.length / 2);
});

test('YAML may take all of it, however its words are written', async () => {
  const { takesSeldom } = await import('../../src/check/needed.ts');
  expect(takesSeldom([{ name: 'p.merit.yaml', text: '"te\\u0073ts": {}' }])).toBe(true);
});
