// Explanations and comparisons ask a run's data more than the run did: over what runs share they come to the same.

import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import {
  compile,
  diffRuns,
  explain,
  explainEvent,
  keepData,
  openBackend,
  run,
  textSource,
} from '../../src/browser.ts';
import { loadProject } from '../../src/node.ts';

const FOLDER = fileURLToPath(new URL('../../examples/sales-department', import.meta.url));
const period = '2026-06';

async function sales() {
  const { value: project } = await loadProject(FOLDER);
  const { value: config } = project!.config!;
  const sources = config.sources.map(({ name, file }) =>
    textSource(name, file, readFileSync(join(FOLDER, file), 'utf8')),
  );
  const [policy] = project!.policy;
  const compiled = (text: string) => compile([{ name: 'policy.merit', text }]).value!;
  const models = [
    compiled(policy!.text),
    compiled(`// a remark\n${policy!.text.replace('5_000 RUB', '6_000 RUB')}`),
  ];
  expect(dirname(policy!.name)).toBe(FOLDER);
  return { sources, models };
}

test('what is asked of a result is the same over what was kept', async () => {
  const { sources, models } = await sales();
  const kept = await keepData();
  const { value } = await run({ model: models[0]!, sources, period }, kept.openBackend());
  const persons = [...new Set(value!.statements.map((each) => each.person))].filter((_, at) => at % 5 === 0);
  expect(persons.length).toBeGreaterThan(2);
  for (const person of persons) {
    for (const model of models) {
      const request = { model, sources, period, person };
      const anew = await explain(request, openBackend());
      expect(anew.value).toBeDefined();
      expect(await explain(request, kept.openBackend())).toEqual(anew);
    }
  }
  const deals = sources.find((each) => each.name === 'deal')!.content;
  const key = deals.kind === 'text' ? deals.text.split('\n')[40]!.split(',')[0]! : '';
  const request = { model: models[0]!, sources, period, event: 'deal', key };
  const moved = await explainEvent(request, async () => openBackend());
  expect(moved.value).toBeDefined();
  expect(await explainEvent(request, async () => kept.openBackend())).toEqual(moved);

  const sides = { before: [models[0]!], after: [models[1]!] };
  const asked = { sources, period, attribution: 'average' as const };
  const diff = await diffRuns(sides, asked, async () => openBackend());
  expect(diff.value).toBeDefined();
  expect(await diffRuns(sides, asked, async () => kept.openBackend())).toEqual(diff);
});
