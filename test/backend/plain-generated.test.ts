// Generated policies over generated files that mostly need no mending: DuckDB's passes over typed columns against the
// judge, and the judge's own columns against its plain reading.

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDuckDbBackend } from '../../src/backend/duckdb.ts';
import { createMemoryBackend } from '../../src/backend/memory.ts';
import { generatedRuns } from '../runs.ts';
import { drawFrom } from './draw.ts';
import { generatePlain, type PlainCase } from './generated-plain.ts';
import { type Asked, inDuckDb, policyOf, type Told, toldBy } from './plain-run.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'merit-'));
});
afterAll(() => rm(folder, { recursive: true }));

const quoted = (cell: string): string => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

function csvOf({ heading, rows }: PlainCase): string {
  return `${[heading, ...rows].map((cells) => cells.map(quoted).join(',')).join('\n')}\n`;
}

type Question = Omit<Asked, 'deals'>;

async function inMemory(question: Question, text: string, columnsFrom: number): Promise<Told> {
  const deals = { format: 'csv', content: { kind: 'text', text } } as const;
  return toldBy(createMemoryBackend({ readFile, columnsFrom }), { ...question, deals });
}

/** What DuckDB says of a file, and whether it loaded the event as it does any other. */
async function inEngine(
  question: Question,
  format: 'csv' | 'parquet',
  path: string,
): Promise<{ readonly told: Told; readonly isPlain: boolean }> {
  let isPlain = true;
  const heard = ({ sql }: { readonly sql: string }): void => {
    if (/_raw\b/.test(sql)) isPlain = false;
  };
  const backend = await createDuckDbBackend({ readFile, paths: [path], threads: 2, heard });
  return {
    told: await toldBy(backend, { ...question, deals: { format, content: { kind: 'file', path } } }),
    isPlain,
  };
}

/** The file with types, and what its cells are as texts: a cell that its type doesn't take is empty. */
async function typed({ heading, casts }: PlainCase, csv: string): Promise<{ parquet: string; text: string }> {
  const [parquet, again] = [`${csv}.parquet`, `${csv}.again.csv`];
  const cells = heading.map((name, at) => `TRY_CAST(${name} AS ${casts[at]}) AS ${name}`).join(', ');
  const columns = heading.map((name) => `'${name}': 'VARCHAR'`).join(', ');
  await inDuckDb([
    `COPY (SELECT ${cells} FROM read_csv('${csv}', auto_detect = false, header = true, columns = {${columns}}, quote = '"', escape = '"'))
TO '${parquet}' (FORMAT parquet, ROW_GROUP_SIZE 2048)`,
    `COPY (SELECT * FROM read_parquet('${parquet}')) TO '${again}' (FORMAT csv, HEADER true)`,
  ]);
  return { parquet, text: await readFile(again, 'utf8') };
}

test('passes over typed columns and the columns of the judge give what plain reading gives', async () => {
  const runs = generatedRuns(25);
  const counted = { cases: 0, odd: 0, plainCsv: 0, plainParquet: 0, withResult: 0 };
  const all = fc.asyncProperty(fc.gen(), async (gen) => {
    const drawn = generatePlain(drawFrom(gen));
    const question = { policy: policyOf(drawn.policy), people: drawn.people, period: drawn.period };
    const csv = join(folder, `${counted.cases++}.csv`);
    const text = csvOf(drawn);
    await writeFile(csv, text);
    const plainly = await inMemory(question, text, Number.POSITIVE_INFINITY);
    expect(await inMemory(question, text, 0)).toEqual(plainly);
    const ofCsv = await inEngine(question, 'csv', csv);
    expect(ofCsv.told).toEqual(plainly);
    const types = await typed(drawn, csv);
    const ofParquet = await inEngine(question, 'parquet', types.parquet);
    expect(ofParquet.told).toEqual(await inMemory(question, types.text, 0));
    if (drawn.oddities > 0) counted.odd++;
    if (ofCsv.isPlain) counted.plainCsv++;
    if (ofParquet.isPlain) counted.plainParquet++;
    if (plainly.result) counted.withResult++;
  });
  await fc.assert(all, { ...runs, endOnFailure: true } as never);
  if (process.env.MERIT_RUNS) console.log(counted);
  // agreement of one way with itself would prove nothing
  expect(counted.plainCsv).toBeGreaterThan(counted.cases / 4);
  expect(counted.plainParquet).toBeGreaterThan(counted.cases / 20);
  expect(counted.odd).toBeGreaterThan(counted.cases / 5);
  expect(counted.withResult).toBeGreaterThan(counted.cases / 4);
}, 3_600_000);
