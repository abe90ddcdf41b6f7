// What checking costs as a command, from start to end: whole processes in turn with one that does nothing. And how many
// lines a second the parser reads once it is warm.

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { needYaml } from '../src/syntax/forms.ts';
import { parsePolicy } from '../src/syntax/parse.ts';
import { convertPolicy } from '../src/syntax/print.ts';
import { longPolicy } from './check.ts';
import { type Figure, quantile, timedNow } from './measure.ts';

/** A built command and policies of both forms; `lines` is how long they are. */
export async function benchStart({
  rounds,
  lines = 200,
}: {
  readonly rounds: number;
  readonly lines?: number;
}): Promise<readonly Figure[]> {
  const cache = resolve('node_modules/.cache');
  mkdirSync(cache, { recursive: true });
  // inside the project, so that packages are found from there
  const folder = mkdtempSync(join(cache, 'merit-start-'));
  try {
    const scripts: { buildNode(outdir: string): Promise<void> } = await import(resolve('scripts/build.mjs'));
    await scripts.buildNode(folder);
    const text = longPolicy(lines);
    await needYaml();
    const yaml = convertPolicy({ name: 'policy.merit', text }, 'yaml').value!;
    const file = (name: string, holds: string): string => {
      writeFileSync(join(folder, name), holds);
      return join(folder, name);
    };
    const empty = [file('empty.cjs', '')];
    const program = join(folder, 'cli/merit.js');
    const checks = [
      { form: 'text', limit: 1.8, args: [program, 'check', file('policy.merit', text)] },
      { form: 'YAML', limit: 2, args: [program, 'check', file('policy.merit.yaml', yaml)] },
    ] as const;
    return checks.map(({ form, limit, args }): Figure => {
      const ratios = Array.from({ length: rounds }, () => {
        const check = timedNow(() => node(args));
        return check / timedNow(() => node(empty));
      });
      return {
        what: `\`merit check\` against Node doing nothing, ${form}`,
        input: `a policy of ${lines} lines, whole processes in turn, ${rounds} rounds`,
        value: quantile(ratios, 0.5),
        unit: ' times',
        limit,
      };
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function node(args: readonly string[]): void {
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
}

/** Lines a second that are read, names and types aside. */
export function benchParse({
  rounds,
  lines = 10_000,
}: {
  readonly rounds: number;
  readonly lines?: number;
}): readonly Figure[] {
  const text = longPolicy(lines);
  const parse = (): void => {
    const { diagnostics } = parsePolicy({ name: 'long.merit', text });
    if (diagnostics.length > 0) throw new Error(diagnostics[0]!.message);
  };
  parse();
  const times = Array.from({ length: rounds }, () => timedNow(parse));
  return [
    {
      what: 'lines read a second, warm',
      input: `a policy of ${lines} lines, ${rounds} rounds`,
      value: text.split('\n').length / (quantile(times, 0.5) / 1000),
      unit: '',
      least: 40_000,
    },
  ];
}
