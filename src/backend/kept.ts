// Runs that share what they have read: the page in which somebody writes a policy, and whoever compares many policies
// over the same data. Text that is the same is read once, rows are settled once for all policies that read them alike,
// and a measure is worked out once, whoever asks. Each answer is the one that the judge would give by itself.

import { type Checked, hasErrors, InternalError, RunError } from '../base/diagnostic.ts';
import { compare } from '../base/exact.ts';
import { type Limits, withinRows } from '../base/limits.ts';
import { keyText } from '../input/convert.ts';
import { rowCount } from '../input/csv-scan.ts';
import { readText } from '../input/read.ts';
import type { BoundSource, CreditedRow, FactRow, SourceSpec, TextTable } from '../model/dataset.ts';
import type { Decided } from '../model/decision.ts';
import type { Measure } from '../model/policy.ts';
import { ofNoRows } from '../query/facts.ts';
import { askedBy, ofRows, written } from '../query/of-rows.ts';
import { type AggregateQuery, type RowsQuery, takesShares } from '../query/query.ts';
import type { Backend, LoadReport, Reference, Wanted } from './backend.ts';
import { createMemoryBackend, type MemoryOptions } from './memory.ts';
import { compareText } from './memory-rows.ts';
import { comparedFields } from './near-misses.ts';

/** What is kept between runs, until it is forgotten; nothing outlives it. */
export interface KeptData {
  /** The backend of one run. Who wants to hear decisions of rows gets one that shares nothing, since they are made once. */
  openBackend(watch?: { readonly decided?: Decided }): Backend;
  forget(): void;
}

/** What is kept unless said: what is worked on and what it is compared with. All of it is in memory. */
const MOST_KEPT = 2;

/** How many answers of one world are kept before it is let go with all of them. */
const MOST_ANSWERS = 20_000;

/** How files are read, and whether those of one source are read once: else a file may change, and is read by each run. */
export interface KeepOptions extends Pick<MemoryOptions, 'readFile' | 'limits'> {
  readonly once?: boolean;
  /** How many worlds, and texts of each file, are kept at a time. */
  readonly most?: number;
}

/** Keeps what runs over text read, and over files where these are read once. */
export function keepData(options: KeepOptions): KeptData {
  const texts = new Map<string, KeptText[]>();
  const files = new Map<SourceSpec['content'], Promise<Checked<TextTable>>>();
  const worlds: World[] = [];
  const { most = MOST_KEPT } = options;

  async function textOf(source: SourceSpec): Promise<Checked<TextTable>> {
    const { content, format, dialect, file } = source;
    if (content.kind !== 'text') {
      const cells = files.get(content) ?? readText(source, options.readFile, options.limits);
      if (options.once) files.set(content, cells);
      return cells;
    }
    const form = written({ format, dialect, file });
    const versions = texts.get(form) ?? [];
    texts.set(form, versions);
    const found = versions.find((each) => each.text === content.text);
    const kept = found ?? { text: content.text, cells: readText(source, options.readFile, options.limits) };
    latest(versions, kept, most);
    return kept.cells;
  }

  return {
    openBackend: (watch = {}) =>
      watch.decided
        ? createMemoryBackend({ ...options, ...watch })
        : openRun({ textOf, worlds, most, options }),
    forget() {
      texts.clear();
      files.clear();
      worlds.length = 0;
    },
  };
}

interface KeptText {
  readonly text: string;
  readonly cells: Promise<Checked<TextTable>>;
}

/** Rows that are read and settled, and what has been asked of them. */
interface World {
  /** All that decides what its rows are: equal for two runs whose rows are the same. */
  readonly key: string;
  readonly cells: readonly TextTable[];
  readonly backend: Backend;
  readonly reports: ReadonlyMap<string, LoadReport>;
  /** By query without its measures, then by measure. */
  readonly columns: Map<string, Map<string, Column>>;
  readonly rows: Map<string, readonly CreditedRow[]>;
  answers: number;
}

/** The answers of one measure. */
type Column = readonly (Pick<FactRow, 'group' | 'bucket' | 'share'> & {
  readonly value: FactRow['values'][number];
})[];

interface Load {
  readonly event: string;
  readonly source: BoundSource;
  readonly wanted: Wanted;
  readonly cells: TextTable;
}

interface Shared {
  readonly textOf: (source: SourceSpec) => Promise<Checked<TextTable>>;
  readonly worlds: World[];
  readonly most: number;
  readonly options: KeepOptions;
}

function openRun({ textOf, worlds, most, options }: Shared): Backend {
  const own = new Map<SourceSpec['content'], Promise<Checked<TextTable>>>();
  const loads: Load[] = [];
  let reference: Reference | undefined;
  let world: World | undefined;

  // a source is read once in a run, so that its heading and its rows are of one moment
  function cellsOf(source: SourceSpec): Promise<Checked<TextTable>> {
    const cells = own.get(source.content) ?? textOf(source);
    own.set(source.content, cells);
    return cells;
  }

  async function worldOf(key: string): Promise<World> {
    if (!reference) throw new InternalError('the backend is not open');
    const backend = createMemoryBackend({ ...options, cells: cellsOf });
    // the limits are of the run that reads it; whoever asks later has others, or none
    const limits: { -readonly [K in keyof Limits]: Limits[K] } = { ...reference.limits };
    await backend.open({ ...reference, limits });
    for (const { event, source, wanted } of loads) await backend.load(event, source, wanted);
    const reports = await backend.settle();
    for (const each of ['signal', 'check', 'progress'] as const) delete limits[each];
    const cells = loads.map((each) => each.cells);
    return { key, cells, backend, reports, columns: new Map(), rows: new Map(), answers: 0 };
  }

  /** An answer to be kept. What lacks something, or stops, isn't: the whole question is asked again, for all that it says. */
  async function asked<T>(
    keep: (world: World) => Promise<T | undefined>,
    plain: (backend: Backend) => Promise<T>,
  ): Promise<T> {
    if (!world) throw new InternalError('nothing is settled');
    try {
      const answer = await keep(world);
      if (world.answers > MOST_ANSWERS) drop(worlds, world);
      if (answer) return answer;
    } catch (fault) {
      if (!(fault instanceof RunError)) throw fault;
    }
    return plain(world.backend);
  }

  return {
    name: 'memory',
    async columns(source) {
      const { value, diagnostics } = await cellsOf(source);
      return { value: value.header, diagnostics };
    },
    text: cellsOf,
    async open(found) {
      reference = found;
    },
    async load(event, source, wanted) {
      const { value: cells, diagnostics } = await cellsOf(source);
      if (hasErrors(diagnostics)) throw new RunError(diagnostics);
      withinRows(reference?.limits, source.file, rowCount(cells));
      // what will be asked changes nothing of the rows
      const { queries: _, periods: __, ...rows } = wanted;
      loads.push({ event, source, wanted: rows, cells });
    },
    async settle() {
      if (!reference) throw new InternalError('the backend is not open');
      const key = worldKey(reference, loads);
      world = worlds.find((each) => isOver(each, key, loads)) ?? (await worldOf(key));
      latest(worlds, world, most);
      return world.reports;
    },
    facts: (query) =>
      asked(
        (from) => keptFacts(from, query),
        (backend) => backend.facts(query),
      ),
    rows: (query) =>
      asked(
        (from) => keptRows(from, query),
        (backend) => backend.rows(query),
      ),
    async close() {
      world = undefined;
    },
  };
}

function isOver({ key, cells }: World, wanted: string, loads: readonly Load[]): boolean {
  return key === wanted && loads.every((each, at) => each.cells === cells[at]);
}

/** All that decides what becomes of rows, what formulas over them come to and what is told of them, the cells aside. */
function worldKey({ model, people, tables }: Reference, loads: readonly Load[]): string {
  return written({
    policy: ofRows(model),
    people,
    tables,
    compared: model.events.map((each) => comparedFields(model, each)),
    loads: loads.map(({ event, wanted, source: { file, dialect, header, bindings } }) => {
      return { event, wanted, file, dialect, header, bindings };
    }),
  });
}

// ---- answers -------------------------------------------------------------------------------------------------------

/** The answers to a query, of which only new measures are asked; nothing where the data doesn't give all of it. */
async function keptFacts(world: World, query: AggregateQuery): Promise<readonly FactRow[] | undefined> {
  const { id: _, measures, ...rest } = query;
  const key = written(rest);
  const columns = world.columns.get(key) ?? new Map<string, Column>();
  world.columns.set(key, columns);
  const keys = measures.map(askedBy);
  const fresh = measures.filter((_, at) => !columns.has(keys[at]!));
  if (fresh.length > 0) {
    const rows = await world.backend.facts({ ...query, measures: fresh });
    if (rows.some((each) => each.lacks)) return undefined;
    for (const [at, measure] of fresh.entries()) {
      columns.set(keys[measures.indexOf(measure)]!, columnOf(rows, measure, at));
      world.answers++;
    }
  }
  return factRows(
    measures,
    keys.map((each) => columns.get(each)!),
  );
}

function columnOf(rows: readonly FactRow[], measure: Measure, at: number): Column {
  return rows
    .filter(({ share }) => takesShares(measure) === (share !== undefined))
    .map(({ group, bucket, share, values }) => ({ group, bucket, share, value: values[at] }));
}

/** The rows in which measures asked at different times stand side by side, in the order of all backends. */
function factRows(measures: readonly Measure[], columns: readonly Column[]): readonly FactRow[] {
  const found = new Map<string, FactRow & { readonly values: FactRow['values'][number][] }>();
  for (const [at, column] of columns.entries()) {
    for (const { group, bucket, share, value } of column) {
      // ids of buckets and shares hold no line break
      const key = `${bucket}\n${share ? keyText(share) : ''}\n${group}`;
      const row = found.get(key) ?? {
        group,
        bucket,
        share,
        values: measures.map((each) => empty(each, share)),
      };
      row.values[at] = value;
      found.set(key, row);
    }
  }
  return [...found.values()].sort(
    (a, b) =>
      compareText(a.group, b.group) ||
      compareText(a.bucket, b.bucket) ||
      (a.share && b.share ? compare(a.share, b.share) : Number(!a.share) - Number(!b.share)),
  );
}

/** What a measure is in a row that others are in. */
function empty(measure: Measure, share: FactRow['share']): FactRow['values'][number] {
  return takesShares(measure) === (share !== undefined) ? ofNoRows(measure) : undefined;
}

async function keptRows(world: World, query: RowsQuery): Promise<readonly CreditedRow[] | undefined> {
  const { id: _, ...rest } = query;
  const key = written(rest);
  const kept = world.rows.get(key);
  if (kept) return kept;
  const rows = await world.backend.rows(query);
  if (rows.some((each) => each.lacks)) return undefined;
  world.rows.set(key, rows);
  world.answers++;
  return rows;
}

// ---- keeping -------------------------------------------------------------------------------------------------------

/** Puts it in front, and lets go of those that nobody asked for longest. */
function latest<T>(all: T[], one: T, most: number): void {
  drop(all, one);
  all.unshift(one);
  all.length = Math.min(all.length, most);
}

function drop<T>(all: T[], one: T): void {
  const at = all.indexOf(one);
  if (at >= 0) all.splice(at, 1);
}
