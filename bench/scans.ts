// Twelve KPIs of many people by month over many deals, on DuckDB: against the best SQL that was found by hand, and against a
// query for each KPI. Figures are compared for equality before a time is printed.

import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { type Exact, equals, exact, exactText } from '../src/base/exact.ts';
import {
  bindData,
  compile,
  loadProject,
  type Model,
  openBackend,
  type RunData,
  readRun,
  resultText,
  run,
  type SourceSpec,
} from '../src/node.ts';
import { collectFacts } from '../src/query/facts.ts';
import { type Figure, quantile, timed } from './measure.ts';
import { additiveKpis, type Format, TWELVE_KPIS, writeScanData } from './scans-data.ts';
import { bestByHand, type Figures, oneByOne } from './scans-sql.ts';

/** How much is scanned, and how often. */
export interface ScanOptions {
  readonly rounds: number;
  readonly rows: number;
  readonly people: number;
}

interface Project {
  readonly model: Model;
  readonly sources: readonly SourceSpec[];
}

/** Times whole runs over generated deals against statements written by hand for the same KPIs. */
export async function benchScans(options: ScanOptions): Promise<readonly Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'merit-scans-'));
  try {
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    await writeScanData({ folder, ...options, formats: ['parquet', 'csv'] }, connection);
    connection.closeSync();
    instance.closeSync();
    const figures: Figure[] = [];
    for (const format of ['parquet', 'csv'] as const)
      figures.push(...(await ofFormat({ folder, format, ...options })));
    return [...figures, ...(await ofManyKpis(folder, options))];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function open(folder: string, format: Format, policy: string): Promise<Project> {
  writeFileSync(join(folder, 'policy.merit'), policy);
  const config = `policy: policy.merit\npeople: people.csv\ndata: { deal: deals.${format} }\n`;
  writeFileSync(join(folder, 'merit.config.yaml'), config);
  const { value: project } = await loadProject(folder);
  const { value: model, diagnostics } = compile(project!.policy);
  if (!model) throw new Error(JSON.stringify(diagnostics[0]));
  const { value: sources } = await bindData(project!, model);
  return { model, sources };
}

async function scanned({ model, sources }: Project): Promise<RunData> {
  const backend = await openBackend('duckdb', sources);
  try {
    const { value, diagnostics } = await readRun({ model, sources, period: '2026' }, backend);
    if (!value) throw new Error(JSON.stringify(diagnostics.slice(0, 3)));
    return value;
  } finally {
    await backend.close();
  }
}

/** All of `merit run`: what is read, what is worked out of it, and the statements in a file. */
async function whole({ model, sources }: Project, folder: string): Promise<void> {
  const backend = await openBackend('duckdb', sources);
  try {
    const { value } = await run({ model, sources, period: '2026' }, backend);
    writeFileSync(join(folder, 'statements.txt'), resultText(value!));
  } finally {
    await backend.close();
  }
}

async function ofFormat(
  options: ScanOptions & { readonly folder: string; readonly format: Format },
): Promise<readonly Figure[]> {
  const { folder, format, rounds, rows, people } = options;
  const project = await open(folder, format, TWELVE_KPIS);
  const expected = await bestByHand(folder, format);
  expectSame(expected, await oneByOne(folder, format));
  expectSame(expected, figuresOf(project.model, await scanned(project)));
  const times = { scan: [] as number[], hand: [] as number[], single: [] as number[], whole: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    times.hand.push(await timed(() => bestByHand(folder, format)));
    times.scan.push(await timed(() => scanned(project)));
    times.single.push(await timed(() => oneByOne(folder, format)));
    times.whole.push(await timed(() => whole(project, folder)));
  }
  const ratio = (a: readonly number[], b: readonly number[]): number =>
    quantile(
      a.map((each, at) => each / b[at]!),
      0.5,
    );
  const seconds = (each: readonly number[]): string => `${(quantile(each, 0.5) / 1000).toFixed(2)} s`;
  const size = (statSync(join(folder, `deals.${format}`)).size / 1e6).toFixed(0);
  const input = `${rows} deals, ${size} MB of ${format}; 12 KPIs by ${people} people and the company by 12 months, figures equal`;
  return [
    {
      what: `a scan of ${format} against the best SQL by hand, which looks at no key, cell or person`,
      input: `${input}; ${seconds(times.scan)} and ${seconds(times.hand)}`,
      value: ratio(times.scan, times.hand),
      unit: ' times',
      limit: 1.15,
    },
    {
      what: `a whole run over ${format}, statements written, against the same`,
      input: `${input}; ${seconds(times.whole)}`,
      value: ratio(times.whole, times.hand),
      unit: ' times',
      limit: 1.3,
    },
    {
      what: `a query for each KPI over ${format} against the scan`,
      input: `${input}; ${seconds(times.single)}`,
      value: ratio(times.single, times.scan),
      unit: ' times',
      least: format === 'parquet' ? 2.5 : 3,
    },
  ];
}

/** Whether the time goes with the rows, and little with KPIs that add up. */
async function ofManyKpis(folder: string, { rounds, rows, people }: ScanOptions): Promise<readonly Figure[]> {
  const counts = [4, 12, 50];
  const times = new Map<number, number[]>(counts.map((count) => [count, []]));
  const projects = new Map<number, Project>();
  for (const count of counts) projects.set(count, await open(folder, 'parquet', additiveKpis(count)));
  for (let round = 0; round <= rounds; round++)
    for (const [count, project] of projects) {
      const time = await timed(() => scanned(project));
      if (round > 0) times.get(count)!.push(time);
    }
  const of = (count: number): number => quantile(times.get(count)!, 0.5);
  return [
    {
      what: 'a scan of 50 KPIs that add up against one of 4',
      input: `${rows} deals of Parquet, ${people} people; ${counts.map((each) => `${each}: ${(of(each) / 1000).toFixed(2)} s`).join(', ')}`,
      value: of(50) / of(4),
      unit: ' times',
    },
  ];
}

// ---- whether all say the same ------------------------------------------------------------------------------------------

function expectSame(expected: Figures, found: Figures): void {
  for (const [place, figure] of expected) {
    const other = found.get(place);
    if (other === undefined || !equals(exact(figure), exact(other)))
      throw new Error(`${place}: ${figure} by hand, ${other} otherwise`);
  }
}

/** The figures that a run read, as the SQL by hand names them. */
function figuresOf(model: Model, { answers, people, periods }: RunData): Figures {
  const facts = collectFacts(answers);
  const figures = new Map<string, string>();
  const part = (formula: Model['figures'][number]['value']): Model['measures'][number] | undefined =>
    formula.kind === 'measure' ? model.measures.find((each) => each.id === formula.measure) : undefined;
  const named = new Map(model.figures.map((each) => [each.name, each.value]));
  const measures = new Map(
    ['revenue', 'costs', 'web', 'large', 'won', 'handled', 'clients', 'products', 'high', 'new_clients'].map(
      (name) => [name, part(named.get(name)!)!],
    ),
  );
  const conversion = named.get('conversion')!;
  if (conversion.kind === 'apply')
    measures.set('decided', conversion.args.flatMap((each) => part(each) ?? [])[0]!);
  for (const [month, period] of periods.entries())
    for (const [name, measure] of measures) {
      const bucket = `${period.from}..${period.until}`;
      const put = (who: string, scope: 'own' | 'company', group: string): void => {
        const value = facts.value(measure, { kind: scope }, bucket, group);
        if (value !== undefined) figures.set(`${who} ${month + 1} ${name}`, exactText(value as Exact));
      };
      put('company', 'company', '');
      for (const stay of people.stays) put(stay.person, 'own', String(stay.index));
    }
  return figures;
}
