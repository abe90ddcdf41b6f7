// The page about embedding: its programs are run, one after the other, and print what their comments say. That
// TypeScript takes the typed one is seen in pack.test.ts.

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { workplace } from '../cli/command.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PAGE = readFileSync(join(ROOT, 'docs/embedding.md'), 'utf8');
const { files, folder } = workplace();

const blocks = (language: string): readonly string[] =>
  [...PAGE.matchAll(/```([^\n]*)\n([\s\S]*?)```/g)].flatMap(([, head, text]) =>
    head === language ? [text!] : [],
  );
const withDoor = (text: string, door: string): string =>
  text.replaceAll("'merit/embed'", JSON.stringify(join(ROOT, 'src', door)));

/** With the policy where it lies. */
const placed = (text: string): string =>
  text.replace("'policy.merit', 'utf8'", `${JSON.stringify(join(folder, 'policy.merit'))}, 'utf8'`);

function ran(program: string): readonly string[] {
  const args = [join(ROOT, 'scripts/run-ts.mjs'), join(folder, program)];
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  expect(stderr).toBe('');
  return stdout.trim().split('\n');
}

/** What the lines of a program that print say that they print. */
const said = (text: string): readonly string[] =>
  [...text.matchAll(/console\.log.*; \/\/ (.*)$/gm)].map(([, printed]) => printed!);

describe('the page about embedding', () => {
  const policy = blocks('merit')[0]!;

  it('has programs that print what they say', () => {
    const program = [...blocks('js'), ...blocks('ts')].join('\n');
    expect(said(program).length).toBeGreaterThan(8);
    files({ 'policy.merit': policy, 'program.ts': placed(withDoor(program, 'node-embed.ts')) });
    expect(ran('program.ts')).toEqual(said(program));
  });

  it('has a worker that pays', () => {
    const [worker] = blocks('js worker');
    const given = {
      policy,
      people: 'id,role\nann,seller\n',
      deals: 'id,closed,seller,amount\n1,2026-01-05,ann,50.00\n',
      period: '2026-01',
    };
    const program = `globalThis.self = { postMessage: ({ value }) => console.log(value.statements[0].pay) };
${withDoor(worker!, 'browser-embed.ts')}
await self.onmessage({ data: ${JSON.stringify(given)} });
`;
    files({ 'worker.mjs': program });
    expect(ran('worker.mjs')).toEqual(['1']); // 50 * 2%
  });
});
