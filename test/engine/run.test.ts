// What the engine refuses of a program that embeds it.

import { expect, it } from 'vitest';
import { createMemoryBackend } from '../../src/backend/memory.ts';
import { textSource } from '../../src/browser.ts';
import { compile, run } from '../../src/engine.ts';
import type { SourceSpec } from '../../src/model/dataset.ts';
import { DEALS, PEOPLE, TEXT } from '../cli/flat.ts';

const source = (name: string, text: string): SourceSpec => textSource(name, `${name}.csv`, text);

it('two sources of one name are refused: the rows of one would be lost', async () => {
  const model = compile([{ name: 'flat.merit', text: TEXT }]).value!;
  const ask = (...more: readonly SourceSpec[]) => {
    const sources = [source('person', PEOPLE), source('deal', DEALS), ...more];
    return run(
      { model, sources, period: '2026-01' },
      createMemoryBackend({ readFile: () => Promise.reject() }),
    );
  };
  expect((await ask()).value!.statements).toHaveLength(2);
  await expect(ask(source('deal', DEALS))).rejects.toThrow('two sources for deal');
});
