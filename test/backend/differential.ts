// An engine against the judge: generated policies over generated raw files, read by each backend in its own way.

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect } from 'vitest';
import type { Backend, Wanted } from '../../src/backend/backend.ts';
import { createMemoryBackend } from '../../src/backend/memory.ts';
import { RunError } from '../../src/base/diagnostic.ts';
import { bindColumns } from '../../src/input/bind.ts';
import type { Dialect, SourceSpec } from '../../src/model/dataset.ts';
import type { Expression } from '../../src/model/expression.ts';
import type { EventModel } from '../../src/model/policy.ts';
import { otherDates } from '../../src/query/dates.ts';
import { dayRange } from '../../src/query/make-queries.ts';
import type { AggregateQuery, RowsQuery } from '../../src/query/query.ts';
import { isShortfall } from '../../src/query/shortfalls.ts';
import { type Draw, drawFrom } from './draw.ts';
import type { Engine } from './engine.ts';
import { cellText } from './generated-cells.ts';
import { type WrittenFile, writeFile as writeRows } from './generated-files.ts';
import { type GeneratedCase, generateCase } from './generated-model.ts';
import { CURRENCIES } from './generated-scalars.ts';

interface Input {
  readonly generated: GeneratedCase;
  readonly file: WrittenFile;
  readonly source: SourceSpec;
}

interface Answers {
  readonly header: unknown;
  readonly bound?: unknown;
  readonly stop?: unknown;
  readonly report?: unknown;
  readonly facts?: readonly (readonly unknown[])[];
}

/** What a backend says of the whole case: columns, what is wrong with them, what became of rows, and all facts. */
async function answers(backend: Backend, { generated, source }: Input): Promise<Answers> {
  const { model, event, people, tables, queries, knownOn } = generated;
  try {
    const header = await backend.columns(source);
    if (header.diagnostics.length > 0) return { header };
    const bound = bindColumns(source, event.fields, header.value);
    if (bound.diagnostics.some((each) => each.severity === 'error')) return { header, bound };
    await backend.open({ model, people, tables });
    const wanted: Wanted = {
      posted: dayRange(event.name, queries, []),
      by: otherDates(event.name, queries),
      ...(knownOn !== undefined && { knownOn }),
    };
    let report: unknown;
    try {
      await backend.load(event.name, bound.value, wanted);
      report = (await backend.settle()).get(event.name);
    } catch (stop) {
      if (!(stop instanceof RunError)) throw stop;
      return { header, stop: stop.diagnostics };
    }
    const facts = [];
    for (const query of queries) facts.push(await stopsOr(() => backend.facts(query)));
    for (const query of queries.slice(0, 2).flatMap((each) => rowsAsked(each, event)))
      facts.push(await stopsOr(() => backend.rows(query)));
    return { header, report, facts };
  } finally {
    await backend.close();
  }
}

/** The rows behind a query, credited and as look-backs see them, with all that its measures look at. */
function rowsAsked(query: AggregateQuery, { name, fields, computed }: EventModel): readonly RowsQuery[] {
  if (query.by) return [];
  const formulas = query.measures.flatMap(({ value, where }) => [value, where]);
  const named = [...fields, ...computed].map((each): Expression => ({ kind: 'field', ...each }));
  const [first] = query.measures;
  const base = {
    id: query.id,
    event: name,
    buckets: query.buckets,
    columns: [...named, ...formulas.filter((each) => each !== undefined)],
  };
  return [
    {
      ...base,
      ...(first?.as !== undefined && { as: first.as }),
      ...(first?.where && { where: first.where }),
    },
    { ...base, seen: true, columns: named },
  ];
}

/** What a query answers, or what it lacks: an exchange rate, or the years of the clock. */
async function stopsOr(work: () => Promise<readonly unknown[]>): Promise<readonly unknown[]> {
  try {
    return await work();
  } catch (stop) {
    if (!isShortfall(stop)) throw stop;
    return stop.diagnostics;
  }
}

/** SQL stops at a time outside the clock's years even where no figure asks for it; what it says otherwise must agree. */
function agree(sql: Answers, memory: Answers): void {
  const early = (part: unknown): boolean =>
    JSON.stringify(part ?? '', (_, value) => (typeof value === 'bigint' ? `${value}` : value)).includes(
      'M3031',
    );
  if (early(sql.stop)) return;
  const facts = sql.facts?.map((each, at) => (early(each) ? memory.facts?.[at] : each));
  expect(facts ? { ...sql, facts } : sql).toEqual(memory);
}

function generateInput(draw: Draw, stem: string): Input {
  const generated = generateCase(draw);
  const { fields } = generated.event;
  const odd = draw.pick([10, 60, 400, 400]);
  const dialect: Dialect = draw.pick<Dialect>([
    {},
    {},
    {},
    { decimal: ',', thousands: ' ' },
    { percents: 'fractions' },
    { thousands: "'" },
    { decimal: ',', thousands: '.' },
  ]);
  const names = fields.map((each) => each.name).filter((name) => !(name === 'took' && draw.rarely(5)));
  const body = draw.list(0, 25, (at) =>
    names.map((name) => {
      const { type } = fields.find((each) => each.name === name)!;
      if (name === 'id' && !draw.rarely(odd)) return String(at + 1);
      if (fields.find((each) => each.name === name)!.optional && draw.rarely(4)) return '';
      const text = name === 'currency' ? draw.pick(CURRENCIES) : cellText(draw, type, odd);
      const isNumber = /^[-+]?[0-9]+\.[0-9]+ ?%?$/.test(text);
      return isNumber && dialect.decimal && !draw.rarely(20) ? text.replace('.', dialect.decimal) : text;
    }),
  );
  const file = writeRows(draw, [names, ...body], { dialect, clean: draw.rarely(2) });
  const path = `${stem}.${file.format}`;
  const constants = new Map(draw.rarely(5) ? [['took', draw.pick(['1 hour', 'x', '2:00:00'])]] : []);
  if (constants.size > 0 && names.includes('took')) constants.delete('took');
  const source: SourceSpec = {
    name: 'sale',
    file: 'sale',
    format: file.format,
    content: { kind: 'file', path },
    columns: new Map(),
    constants,
    dialect: file.dialect,
  };
  return { generated, file, source };
}

/** Holds an engine against the judge on so many policies and files. */
export async function agreeOnFiles(
  engine: Engine,
  runs: fc.Parameters<unknown> & { numRuns: number },
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'merit-'));
  let run = 0;
  let tooLarge = 0;
  let withFacts = 0;
  const all = fc.asyncProperty(fc.gen(), async (gen) => {
    const input = generateInput(drawFrom(gen), join(folder, `run${run++}`));
    const path = (input.source.content as { path: string }).path;
    await writeFile(path, input.file.text.replace(engine.without ?? /(?!)/, ''));
    const memory = await answers(createMemoryBackend({ readFile }), input);
    agree(await answers(createMemoryBackend({ readFile, columnsFrom: 0 }), input), memory);
    try {
      agree(await answers(await engine.open([path]), input), memory);
      if (memory.facts?.some((each) => each.length > 0)) withFacts++;
    } catch (stop) {
      if (!(stop instanceof RunError) || stop.diagnostics[0]?.code !== 'M3010') throw stop;
      tooLarge++;
    } finally {
      await rm(path);
    }
  });
  await fc.assert(all, { ...runs, endOnFailure: true } as never);
  await rm(folder, { recursive: true });
  if (process.env.MERIT_RUNS) console.log({ ...runs, tooLarge, withFacts });
  // agreement about nothing would prove nothing
  expect(tooLarge).toBeLessThanOrEqual(Math.ceil(runs.numRuns / 10));
  expect(withFacts).toBeGreaterThan(runs.numRuns / 5);
}
