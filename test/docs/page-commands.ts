// The commands that a page of the documentation shows, run in their order beside a copy of the sales example called `sales`,
// with the files that the page has its reader write.

import { spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, it } from 'vitest';
import { merit, workplace } from '../cli/command.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Words of a command line; what stands in single quotes is part of one. */
const wordsOf = (line: string) =>
  [...line.matchAll(/(?:'[^']*'|[^\s'])+/g)].map((each) => each[0].replaceAll("'", ''));

/** Columns are as wide as the screen lets them be. */
const plain = (text: string) => text.replace(/[ ─]+/g, ' ').trim();

/** What a page does, in its order: a file that it writes or adds to, or a command with what is shown after it. */
type Step =
  | { readonly kind: 'file'; readonly name: string; readonly text: string; readonly adds: boolean }
  | { readonly kind: 'command'; readonly line: string; readonly shown?: string };

function stepsOf(text: string): readonly Step[] {
  const blocks = text.matchAll(/```(\w+)(?: (\S+))?( \+)?\n([\s\S]*?)```(?:\n\n```\n([\s\S]*?)```)?/g);
  return [...blocks].flatMap(([, form, name, adds, content = '', shown]): readonly Step[] => {
    if (form !== 'sh') {
      if (name === undefined) return [];
      return [{ kind: 'file', name, text: content, adds: adds !== undefined }];
    }
    const lines = content.trim().split('\n');
    return lines.map((line, at) => ({
      kind: 'command',
      line,
      ...(shown !== undefined && at === lines.length - 1 ? { shown } : {}),
    }));
  });
}

/**
 * Tests that each command of the page ends well, and prints what the page shows after it; files that the page names are
 * written as it comes to them. `prepare` makes of the copy what the page says it is.
 */
export function testCommands(
  page: string,
  least: number,
  prepare: (folder: string) => void = () => undefined,
): void {
  const text = readFileSync(join(ROOT, 'docs', page), 'utf8');
  const { folder } = workplace();
  beforeAll(() => {
    cpSync(join(ROOT, 'examples/sales-department'), join(folder, 'sales'), { recursive: true });
    prepare(folder);
  });
  const steps = stepsOf(text);

  it('has commands', () => {
    expect(steps.filter((each) => each.kind === 'command').length).toBeGreaterThan(least);
  });

  it.each(steps.map((step) => [step.kind === 'file' ? step.name : step.line, step] as const))(
    '%s',
    { timeout: 60_000 },
    async (_, step) => {
      if (step.kind === 'file') {
        const write = step.adds ? appendFileSync : writeFileSync;
        write(join(folder, step.name), step.text);
        return;
      }
      const [program, ...args] = wordsOf(step.line);
      if (program !== 'merit') {
        expect(spawnSync('sh', ['-c', step.line], { cwd: folder }).status).toBe(0);
        return;
      }
      const { code, out, err } = await merit(...args);
      expect(err).not.toMatch(/^(error|warning)\b/m);
      expect(code).toBe(0);
      if (step.shown !== undefined) expect(plain(out)).toBe(plain(step.shown));
    },
  );
}
