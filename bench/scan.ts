// One run over generated deals, on DuckDB and in memory: the same result, and how long each takes.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dayOf, dayText } from '../src/base/date.ts';
import { bindData, compile, loadProject, openBackend, resultJson, run } from '../src/node.ts';
import { type Figure, quantile, seeded, timed } from './measure.ts';

const POLICY = `policy scan {
  currency RUB
  timezone "Europe/Moscow"
  period month
}
event deal {
  since 2026-01-01
  id: text key
  closed_on: date posts
  manager: person owner
  client: text
  amount: money from 0 RUB
  status: won | lost | open
  is_won = status is won
  is_first = is_won and nth(by client where is_won) is 1
}
kpi revenue = sum(deal.amount where is_won)
kpi deals = count(deal where is_won)
kpi clients = count(distinct deal.client where is_won)
kpi new_clients = count(distinct deal.client where is_first)
kpi conversion = deals / count(deal where status is not open)
kpi middle = median(deal.amount where is_won)
role seller {
  target revenue 500_000 RUB
  bonus share = revenue * 3%
}
`;

export async function benchScan(options: {
  readonly rounds: number;
  readonly rows: number;
}): Promise<readonly Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'merit-bench-'));
  try {
    return await scan(folder, options);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function scan(
  folder: string,
  { rounds, rows }: { readonly rounds: number; readonly rows: number },
): Promise<readonly Figure[]> {
  writeData(folder, rows);
  const { value: project } = await loadProject(folder);
  const { value: model } = compile(project!.policy);
  const { value: sources } = await bindData(project!, model!);
  const once = async (name: 'duckdb' | 'memory'): Promise<string> => {
    const backend = await openBackend(name, sources);
    try {
      const { value, diagnostics } = await run({ model: model!, sources, period: '2026' }, backend);
      if (!value) throw new Error(JSON.stringify(diagnostics.slice(0, 3)));
      return resultJson({ ...value, engine: { ...value.engine, backend: 'any' } });
    } finally {
      await backend.close();
    }
  };
  if ((await once('duckdb')) !== (await once('memory'))) throw new Error('the backends differ');
  const ratios: number[] = [];
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const duckdb = await timed(() => once('duckdb'));
    ratios.push(duckdb / (await timed(() => once('memory'))));
    times.push(duckdb);
  }
  return [
    {
      what: 'a whole run on DuckDB against memory',
      input: `${rows} generated deals in CSV, 200 people, 12 months, 6 KPIs, results equal; DuckDB's median ${quantile(times, 0.5).toFixed(0)} ms`,
      value: quantile(ratios, 0.5),
      unit: ' times',
    },
  ];
}

function writeData(folder: string, rows: number): void {
  const random = seeded(1);
  const below = (limit: number): number => Math.floor(random() * limit);
  const people = Array.from({ length: 200 }, (_, n) => `p${n},seller`);
  const first = dayOf(2026, 1, 1);
  const deals = Array.from({ length: rows }, (_, n) => {
    const amount = `${below(100_000)}.${String(below(100)).padStart(2, '0')}`;
    return `d${n},${dayText(first + below(365))},p${below(200)},c${below(5_000)},${amount},${['won', 'lost', 'open'][below(3)]}`;
  });
  writeFileSync(join(folder, 'policy.merit'), POLICY);
  writeFileSync(join(folder, 'people.csv'), `id,role\n${people.join('\n')}\n`);
  writeFileSync(
    join(folder, 'deals.csv'),
    `id,closed_on,manager,client,amount,status\n${deals.join('\n')}\n`,
  );
  writeFileSync(
    join(folder, 'merit.config.yaml'),
    'policy: policy.merit\npeople: people.csv\ndata: { deal: deals.csv }\n',
  );
}
