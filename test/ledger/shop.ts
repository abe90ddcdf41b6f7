// A small project on disk whose periods are closed: one seller with a commission of 3%, and any number of deals a month.

import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bindData, compileVersions, loadProject } from '../../src/node.ts';
import type { ClosingRequest } from '../../src/node-ledger.ts';

export const POLICY = `policy sales {
  currency RUB
  timezone "Europe/Moscow"
  period   month
  effective from 2026-01-01
}
event deal {
  id:        text key
  closed_on: date posts
  manager:   person owner
  amount:    money
}
kpi revenue = sum(deal.amount)
role seller {
  bonus commission = revenue * 3%
}
`;

export const CONFIG = 'policy: policy.merit\npeople: people.csv\ndata:\n  deal: deals.csv\n';

/** Deals of 1,000 each, so many in each month from January on. */
export function dealsCsv(perMonth: number, months = 3): string {
  const lines = ['id,closed_on,manager,amount'];
  for (let month = 1; month <= months; month++)
    for (let at = 1; at <= perMonth; at++) lines.push(`${month}-${at},2026-0${month}-10,anna,1000`);
  return `${lines.join('\n')}\n`;
}

/** A new folder in the project, so that packages are found from it; whoever makes it removes it. */
export function newFolder(): string {
  const cache = join(fileURLToPath(new URL('../..', import.meta.url)), 'node_modules/.cache');
  mkdirSync(cache, { recursive: true });
  return mkdtempSync(join(cache, 'merit-ledger-'));
}

/** Writes the project. */
export function writeShop(folder: string, deals: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'policy.merit'), POLICY);
  writeFileSync(join(folder, 'merit.config.yaml'), CONFIG);
  writeFileSync(join(folder, 'people.csv'), 'id,name,role\nanna,Anna,seller\n');
  writeFileSync(join(folder, 'deals.csv'), deals);
}

/** What a close of a period asks for; a month is closed on the third of the next. */
export async function closing(folder: string, period: string, file: string): Promise<ClosingRequest> {
  const { value: project } = await loadProject(folder);
  const { value: versions } = compileVersions(project!.policy);
  const [model] = versions;
  const { value: sources } = await bindData(project!, model!);
  return {
    project: project!,
    versions,
    model: model!,
    sources,
    period,
    file,
    called: folder,
    by: 'olga',
    at: `2026-0${Number(period.slice(-1)) + 1}-03`,
    backend: 'memory',
  };
}

/** Has another process hold a ledger's file until it is told to let go. */
export async function heldElsewhere(file: string): Promise<() => Promise<void>> {
  const script = `import { DuckDBInstance } from '@duckdb/node-api';
    const held = await (await DuckDBInstance.create(process.argv[1])).connect();
    console.log('held'); process.stdin.resume(); process.stdin.on('end', () => held.closeSync());`;
  // from the project, so that packages are found
  const other = spawn(process.execPath, ['--input-type=module', '-e', script, file], {
    cwd: import.meta.dirname,
  });
  await new Promise((done) => other.stdout.once('data', done));
  return async () => {
    other.kill('SIGKILL');
    await new Promise((done) => other.once('exit', done));
  };
}
