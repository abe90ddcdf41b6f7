// The backends in SQL: every rule of the judge as statements of one engine, and answers as exact as the judge's. Numbers
// have at most 38 digits here; what needs more is an error, never a rounding.

import { InternalError } from '../base/diagnostic.ts';
import { eventsReadThrough, rowFormulas } from '../library/row-formulas.ts';
import type { Backend, Reference } from './backend.ts';
import { loadCalendars } from './sql-calendar.ts';
import { readCredited } from './sql-credited.ts';
import { type FactsWorld, readFacts } from './sql-facts.ts';
import { type LoadedEvent, type LoadWorld, type ReadEvent, readEvent, settleEvents } from './sql-load.ts';
import { loadMonths } from './sql-months.ts';
import { loadPeople, loadTables } from './sql-reference.ts';
import type { SourceReader } from './sql-source.ts';

/** A backend over the sources that the reader reads, and its connection. */
export function createSqlBackend(reader: SourceReader): Backend {
  const { connection } = reader;
  const events = new Map<string, LoadedEvent>();
  const waiting: ReadEvent[] = [];
  let world: (FactsWorld & Pick<LoadWorld, 'events'> & { readonly reference: Reference }) | undefined;

  function opened(): NonNullable<typeof world> {
    if (!world) throw new InternalError('the backend is not open');
    return world;
  }

  function loadWorld(): LoadWorld {
    const { model, tables, people, events } = opened();
    return {
      model,
      tables,
      agreed: people.agreed,
      reader,
      limits: opened().reference.limits,
      events,
      readThrough: eventsReadThrough(model),
    };
  }

  return {
    name: connection.dialect.name,

    columns: reader.columns,
    text: reader.text,

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

    close: () => connection.close(),
  };
}
