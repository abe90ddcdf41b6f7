// Every case of test/cases from tables of a database, whose names are as odd as names can be: the same to the last line
// as from memory.

import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { quoteIdentifier } from '../../src/backend/sql-text.ts';
import { readText } from '../../src/input/read.ts';
import { hasErrors, type Model, openBackend, run, type SourceSpec } from '../../src/node.ts';
import { differences, readCase, readExpected, runCase } from '../cases/run-case.ts';
import { HAS_POSTGRES, type PostgresServer, startPostgres } from './server.ts';

const HERE = join(import.meta.dirname, '../cases');
const CASES = readdirSync(HERE, { withFileTypes: true })
  .filter((each) => each.isDirectory())
  .map((each) => each.name)
  .sort();
const SCHEMA = `a "b" $1; DROP TABLE c -- 'д'`;
let server: PostgresServer;

/** The table's name, as the configuration would write it. */
async function tableOf(source: SourceSpec, model: Model, stem: string): Promise<SourceSpec> {
  const { value: text } = await readText(source, readFile);
  const fields = [...model.events, ...model.tables].find((each) => each.name === source.name)?.fields ?? [];
  const columns = new Map(source.columns);
  const odd = text.header.map((name) => {
    const field = fields.find((each) => (source.columns.get(each.name) ?? each.name) === name);
    if (field) columns.set(field.name, `${name} "$1" 'CAST($1 AS VARCHAR)`);
    return field ? columns.get(field.name)! : name;
  });
  const table = `${quoteIdentifier(SCHEMA)}.${quoteIdentifier(`${stem} "${source.name}"`)}`;
  await server.fill(table, odd, text.rows);
  const content = { kind: 'table', table, database: { kind: 'postgres' } } as const;
  return { ...source, format: 'table', content, columns };
}

/** Rows of a database have no places of their own. */
function withoutPlaces(result: object): unknown {
  return JSON.parse(JSON.stringify(result, (key, value) => (key === 'row' ? undefined : value)));
}

describe.skipIf(!HAS_POSTGRES)('from tables of a database', () => {
  beforeAll(async () => {
    server = await startPostgres();
    vi.stubEnv('MERIT_DATABASE_URL', server.url());
    await server.run(`CREATE SCHEMA ${quoteIdentifier(SCHEMA)}`);
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await server?.stop();
  });

  test.each(CASES)('%s', async (name) => {
    const folder = join(HERE, name);
    const { periods, ...expected } = await readExpected(folder);
    const memory = await runCase(folder, periods, 'memory');
    const { model, sources } = await readCase(folder);
    const tables = await Promise.all(sources.map((each) => tableOf(each, model, name)));
    const backend = await openBackend('duckdb', tables);
    const { value, diagnostics } = await run({ model, sources: tables, period: periods }, backend).finally(
      () => backend.close(),
    );
    expect(diagnostics.filter((each) => hasErrors([each]))).toEqual([]);
    expect(value?.engine.backend).toBe('postgres');
    expect(differences(value!, { periods, ...expected })).toEqual([]);
    expect(withoutPlaces({ ...value, engine: memory.engine })).toEqual(withoutPlaces(memory));
  });
});
