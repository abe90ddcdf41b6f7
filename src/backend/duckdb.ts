// The backend for large data: DuckDB in the process, with the files read by it, every rule of the judge in SQL, and
// answers as exact as the judge's. Numbers have at most 38 digits here; what needs more is an error, never a rounding.

import { InternalError } from '../base/diagnostic.ts';
import type { ReadFile } from '../input/read.ts';
import type { Backend, Reference } from './backend.ts';
import { connect } from './duckdb-connection.ts';
import { type FactsWorld, readFacts } from './duckdb-facts.ts';
import { type LoadedEvent, loadEvent } from './duckdb-load.ts';
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
  let world: FactsWorld | undefined;

  function opened(): FactsWorld {
    if (!world) throw new InternalError('the backend is not open');
    return world;
  }

  return {
    name: 'duckdb',

    columns: (source) => sourceColumns(reader, source),

    text: (source) => sourceText(reader, source),

    async open(reference: Reference) {
      const people = await loadPeople(connection, reference);
      const tables = await loadTables(connection, reference);
      world = { model: reference.model, connection, people, tables };
    },

    async load(name, source, range) {
      const { model, tables } = opened();
      const at = model.events.findIndex((each) => each.name === name);
      const event = model.events[at];
      if (!event) throw new InternalError(`no such event: ${name}`);
      const loaded = await loadEvent(
        event,
        { source, range, prefix: `event${at}` },
        { model, tables, reader },
      );
      events.set(name, loaded);
      return loaded.report;
    },

    async facts(query) {
      const event = events.get(query.event);
      if (!event) throw new InternalError(`not loaded: ${query.event}`);
      return readFacts(query, event, opened());
    },

    async close() {
      connection.close();
    },
  };
}
