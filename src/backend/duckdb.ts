// The backend for large data: DuckDB in the process, with the files read by it, every rule of the judge in SQL, and
// answers as exact as the judge's. Numbers have at most 38 digits here; what needs more is an error, never a rounding.

import { InternalError } from '../base/diagnostic.ts';
import type { ReadFile } from '../input/read.ts';
import { eventsReadThrough, rowFormulas } from '../library/row-formulas.ts';
import type { Backend, Reference } from './backend.ts';
import { loadCalendars } from './duckdb-calendar.ts';
import { connect } from './duckdb-connection.ts';
import { readCredited } from './duckdb-credited.ts';
import { type FactsWorld, readFacts } from './duckdb-facts.ts';
import { type LoadedEvent, type LoadWorld, type ReadEvent, readEvent, settleEvents } from './duckdb-load.ts';
import { loadMonths } from './duckdb-months.ts';
import { loadPeople, loadTables } from './duckdb-reference.ts';
import { sourceColumns, sourceText } from './duckdb-source.ts';

export interface DuckDbOptions {
  readonly readFile: ReadFile;
  /** The bound input files: nothing else on the machine can be read. */
  readonly paths: readonly string[];
  /** As DuckDB writes it, `4GB`. */
  readonly memoryLimit?: string;
  readonly threads?: number;
  /** A folder for what doesn't fit into memory; without one nothing is written anywhere. */
  readonly tempFolder?: string;
}

/** A backend over a DuckDB of its own, in memory. `readFile` gives the bytes of the files that DuckDB isn't to read. */
export async function createDuckDbBackend(options: DuckDbOptions): Promise<Backend> {
  const connection = await connect(options);
  const reader = { connection, readFile: options.readFile, paths: new Set(options.paths) };
  const events = new Map<string, LoadedEvent>();
  const waiting: ReadEvent[] = [];
  let world: (FactsWorld & Pick<LoadWorld, 'events'> & { readonly reference: Reference }) | undefined;

  function opened(): NonNullable<typeof world> {
    if (!world) throw new InternalError('the backend is not open');
    return world;
  }

  function loadWorld(): LoadWorld {
    const { model, tables, people, events } = opened();
    const { limits } = opened().reference;
    return {
      model,
      tables,
      agreed: people.agreed,
      reader: { ...reader, limits },
      events,
      readThrough: eventsReadThrough(model),
    };
  }

  return {
    name: 'duckdb',

    columns: (source) => sourceColumns(reader, source),

    text: (source) => sourceText(reader, source),

    async open(reference: Reference) {
      connection.within(reference.limits);
      const people = await loadPeople(connection, reference);
      const tables = await loadTables(connection, reference);
      const formulas = rowFormulas(reference.model).map((each) => each.value);
      await loadCalendars(connection, reference.model, formulas);
      await loadMonths(connection, reference, formulas);
      world = { model: reference.model, reference, connection, people, tables, events: new Map() };
    },

    async load(name, source, wanted) {
      const world = loadWorld();
      const at = world.model.events.findIndex((each) => each.name === name);
      const event = world.model.events[at];
      if (!event) throw new InternalError(`no such event: ${name}`);
      waiting.push(await readEvent(event, { source, wanted, prefix: `event${at}` }, world));
    },

    async settle() {
      const loaded = await settleEvents(waiting.splice(0), loadWorld());
      for (const each of loaded) events.set(each.event.name, each);
      return new Map(loaded.map((each) => [each.event.name, each.report]));
    },

    async facts(query) {
      const event = events.get(query.event);
      if (!event) throw new InternalError(`not loaded: ${query.event}`);
      const formulas = query.measures.flatMap(({ value, where, each }) => [value, where, each]);
      const asked = formulas.filter((each) => each !== undefined);
      await loadCalendars(connection, opened().model, asked);
      await loadMonths(connection, opened().reference, asked);
      return readFacts(query, event, opened());
    },

    async rows(query) {
      const event = events.get(query.event);
      if (!event) throw new InternalError(`not loaded: ${query.event}`);
      const asked = [...query.columns, ...(query.where ? [query.where] : [])];
      await loadCalendars(connection, opened().model, asked);
      await loadMonths(connection, opened().reference, asked);
      return readCredited(query, event, opened());
    },

    async close() {
      connection.close();
    },
  };
}
