// The judge: a plain engine in memory that every other backend is compared with, and the one that runs in a browser.
// It reads CSV, JSON and NDJSON into columns, and looks at every row for every question.

import { type Checked, hasErrors, InternalError, RunError } from '../base/diagnostic.ts';
import { inTurns, type Limits, withinRows } from '../base/limits.ts';
import { createClock } from '../input/clock.ts';
import { rowCount } from '../input/csv-scan.ts';
import { type ReadFile, readText } from '../input/read.ts';
import { rowConditions } from '../library/conditions.ts';
import { eventsReadThrough } from '../library/row-formulas.ts';
import type { SourceSpec, TextTable } from '../model/dataset.ts';
import type { Decided } from '../model/decision.ts';
import { createLookup } from '../query/lookup.ts';
import { rowsByPerson } from '../query/persons.ts';
import type { Backend, LoadReport, Reference } from './backend.ts';
import { answer } from './memory-facts.ts';
import {
  computeFields,
  type LoadedEvent,
  type LoadWorld,
  type ReadEvent,
  readEvent,
  settleEvent,
} from './memory-load.ts';
import type { EventRows } from './memory-rows.ts';

/** How files are read (the bytes of a path), and who hears what formulas of rows decide. */
export interface MemoryOptions {
  readonly readFile: ReadFile;
  readonly decided?: Decided;
  /** Gives the cells of sources that somebody has read already. */
  readonly cells?: (source: SourceSpec) => Promise<Checked<TextTable>>;
  /** From how many used rows on measures are worked out by columns, where they can be. */
  readonly columnsFrom?: number;
  /** What reading files may take; what follows goes by the limits with which the backend is opened. */
  readonly limits?: Limits | undefined;
}

/** Of fewer rows the plain reading is as fast, and what works by columns isn't loaded. */
const COLUMNS_FROM = 1_000;

/** A backend that holds all rows in memory. */
export function createMemoryBackend(options: MemoryOptions): Backend {
  // a source is read once, so that its heading and its rows are of one moment
  const texts = new Map<SourceSpec['content'], Promise<Checked<TextTable>>>();
  const events = new Map<string, LoadedEvent>();
  const rows = new Map<string, EventRows>();
  const waiting: ReadEvent[] = [];
  let world: LoadWorld | undefined;
  let limits: Limits | undefined;

  function textOf(source: SourceSpec): Promise<Checked<TextTable>> {
    let text = texts.get(source.content);
    if (!text) {
      text = options.cells?.(source) ?? readText(source, options.readFile, options.limits);
      texts.set(source.content, text);
    }
    return text;
  }

  function opened(): LoadWorld {
    if (!world) throw new InternalError('the backend is not open');
    return world;
  }

  return {
    name: 'memory',

    async columns(source) {
      const { value, diagnostics } = await textOf(source);
      return { value: value.header, diagnostics };
    },

    text: textOf,

    async open(reference) {
      const { decided } = options;
      limits = reference.limits;
      const watch = decided && { decided, conditions: rowConditions(reference.model) };
      world = { ...worldOf(reference), watch };
    },

    async load(name, source, wanted) {
      const { value: text, diagnostics } = await textOf(source);
      if (hasErrors(diagnostics)) throw new RunError(diagnostics);
      const world = opened();
      const event = world.model.events.find((each) => each.name === name);
      if (!event) throw new InternalError(`no such event: ${name}`);
      withinRows(limits, source.file, rowCount(text));
      const work = readEvent(event, { bound: source, text, wanted }, world);
      const read = await inTurns(work, limits, 'rows read');
      rows.set(name, read.rows);
      waiting.push(read);
      texts.delete(source.content);
    },

    async settle() {
      const reports = new Map<string, LoadReport>();
      const found = waiting.splice(0);
      const keys = new Map(found.map((each) => [each.event.name, each.keys]));
      const world = { ...opened(), events: rows, keys };
      await inTurns(computeFields(found, world), limits, 'rows worked out');
      for (const each of found) {
        const loaded = await inTurns(settleEvent(each, world), limits, 'rows worked out');
        events.set(each.event.name, loaded);
        reports.set(each.event.name, loaded.report);
      }
      return reports;
    },

    async facts(query) {
      const event = events.get(query.event);
      if (!event) throw new InternalError(`not loaded: ${query.event}`);
      const { columnsFrom = COLUMNS_FROM } = options;
      const isFew = event.isWatched || event.used.rows.length < columnsFrom;
      const columns = isFew ? undefined : (await import('./memory-measures.ts')).measureColumns;
      return inTurns(answer(opened().model, query, { event, columns }), limits, 'rows worked out');
    },

    async rows(query) {
      const event = events.get(query.event);
      const seen = rows.get(query.event);
      if (!event || !seen) throw new InternalError(`not loaded: ${query.event}`);
      // most policies pay no rows one by one
      const { creditedRows } = await import('./memory-credited.ts');
      return creditedRows(query, event, seen.rows);
    },

    async close() {
      texts.clear();
      events.clear();
      rows.clear();
      world = undefined;
    },
  };
}

function worldOf({ model, people, tables }: Reference): LoadWorld {
  const lookups = model.tables.map((table) => {
    const data = tables.find((each) => each.table === table.name) ?? { table: table.name, rows: [] };
    return [table.name, createLookup(table, data)] as const;
  });
  return {
    model,
    people,
    persons: rowsByPerson(people),
    known: new Set(people.known ?? people.rows.map((row) => row.person)),
    lookups: new Map(lookups),
    clock: createClock(model.zone),
    readThrough: eventsReadThrough(model),
  };
}
