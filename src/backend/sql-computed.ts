// Computed fields in SQL, in the Model's order over all events. An event's fields grow on one chain of relations, which
// is put down as a table only when another formula looks at the event's rows.

import { InternalError } from '../base/diagnostic.ts';
import { createClock } from '../input/clock.ts';
import { eventsLookedAt } from '../library/row-formulas.ts';
import type { EventModel } from '../model/policy.ts';
import type { LoadWorld, ReadEvent } from './sql-load.ts';
import type { SqlEvent } from './sql-others.ts';
import { RowChain, type RowNames } from './sql-row.ts';
import { shortSql, stopFor } from './sql-shortfalls.ts';
import { decimalType, noParameters, type SqlValue } from './sql-text.ts';

/** An event whose fields are being worked out. */
export interface Computing {
  readonly read: ReadEvent;
  /** By field, read and computed. */
  readonly columns: Map<string, SqlValue>;
  readonly order: readonly string[];
  /** Columns that the chain ends in. */
  readonly kept: string[];
  chain: RowChain;
  /** Whether the chain has columns that the last table hasn't. */
  isAhead: boolean;
  /** Tables that have been put down; chains of other events may still name an old one. */
  readonly tables: string[];
}

/** The place of the field by which rows are posted. */
export function postingOf(event: EventModel): number {
  const posting = event.fields.findIndex((each) => each.name === event.posting);
  if (posting < 0) throw new InternalError(`no posting field: ${event.posting}`);
  return posting;
}

/** Works out every computed field of the events, and puts down the rows of those that others look at. */
export async function computeFields(
  found: readonly ReadEvent[],
  world: LoadWorld,
): Promise<readonly Computing[]> {
  const computing = new Map(found.map((each) => [each.event.name, begin(each, world)]));
  const putDown = async (names: Iterable<string>): Promise<void> => {
    for (const name of names) {
      const other = computing.get(name);
      if (other) await put(other, world);
    }
  };
  for (const place of world.model.computedOrder) {
    const own = computing.get(place.event);
    if (!own) continue;
    const { computed } = own.read.event;
    const at = computed.findIndex((each) => each.name === place.field);
    await putDown(eventsLookedAt(computed[at]!.value));
    own.columns.set(place.field, own.chain.addColumn(`u${at}`, own.chain.expression(computed[at]!.value)));
    own.kept.push(`u${at}`);
    own.isAhead = true;
  }
  for (const { read } of computing.values()) {
    for (const { date } of read.wanted.by) await putDown(eventsLookedAt(date));
    for (const { to, otherwise, when } of read.event.credit) {
      for (const each of [to, otherwise, when]) if (each) await putDown(eventsLookedAt(each));
    }
  }
  return [...computing.values()];
}

/** The rows that are sound; those that look-backs don't see only where some formula may read them by their key. */
function begin(read: ReadEvent, world: LoadWorld): Computing {
  const { event, prefix, typed } = read;
  const key = event.fields.findIndex((each) => each.name === event.key);
  const values = event.fields.map((_, at) => `v${at}`);
  const isLeft = world.readThrough.has(event.name) ? ' AND NOT f.hidden' : ' AND f.filter IS NULL';
  const source = `SELECT t.r, f.day, f.filter IS NULL AS seen, ${values.join(', ')}
FROM ${prefix}_typed AS t JOIN ${prefix}_first AS f ON t.r = f.r WHERE f.reject IS NULL${isLeft}`;
  const columns = new Map(event.fields.map((field, at) => [field.name, typed.values[at]!]));
  const order = [`v${postingOf(event)}`, ...knownOrder(read), `v${key}`, 'r'];
  return {
    read,
    columns,
    order,
    kept: ['r', 'day', 'seen', ...values],
    chain: new RowChain('l', source, namesOf(read, { columns, order }, world)),
    isAhead: true,
    tables: [],
  };
}

/** The known time, before which comes what doesn't say it: a moment before all years. */
function knownOrder({ event, typed }: ReadEvent): readonly string[] {
  const at = event.fields.findIndex((each) => each.name === event.known);
  if (at < 0) return [];
  return [`coalesce(v${at}, CAST(-1000000000000 AS ${decimalType(typed.values[at]!.scale ?? 0)}))`];
}

function namesOf(
  { event, prefix }: ReadEvent,
  { columns, order }: Pick<Computing, 'columns' | 'order'>,
  world: LoadWorld,
): RowNames {
  const { tables, events, agreed } = world;
  const clock = `${prefix}_instant`;
  return {
    dialect: world.reader.connection.dialect,
    model: world.model,
    parameters: noParameters(),
    tables,
    events,
    agreed,
    event: event.name,
    fields: columns,
    order,
    clock,
  };
}

/** Puts an event's rows down as a table, where it isn't one that has every field by now. */
async function put(own: Computing, world: LoadWorld): Promise<void> {
  if (!own.isAhead) return;
  const { event, prefix } = own.read;
  const table = `${prefix}_sound${own.tables.length}`;
  await save(own, { table, columns: own.kept }, world);
  own.chain = new RowChain('l', `SELECT * FROM ${table}`, namesOf(own.read, own, world));
  own.isAhead = false;
  own.tables.push(table);
  world.events.set(event.name, sqlEvent(own, table, world));
}

/** Makes a table of some columns of the chain. */
async function save(
  own: Computing,
  { table, columns }: { readonly table: string; readonly columns: readonly string[] },
  world: LoadWorld,
): Promise<void> {
  const { chain, read } = own;
  await world.reader.connection.make(table, {
    sql: `WITH ${chain.sql}\nSELECT ${columns.join(', ')} FROM ${chain.name}`,
    values: chain.names.parameters.values,
    about: `the computed fields of \`${read.event.name}\``,
  });
}

function sqlEvent(own: Computing, relation: string, world: LoadWorld): SqlEvent {
  const { event, prefix, typed } = own.read;
  const posting = postingOf(event);
  const { since } = event;
  return {
    relation,
    columns: own.columns,
    key: typed.values[event.fields.findIndex((each) => each.name === event.key)]!,
    posting: typed.values[posting]!,
    posts: event.fields[posting]!.type.kind === 'datetime' ? 'datetime' : 'date',
    order: own.order,
    since:
      since === undefined
        ? undefined
        : { day: since, moment: createClock(world.model.zone).startOfDay(since) },
    clock: `${prefix}_instant`,
  };
}

/** Makes `<prefix>_left`: the rows with all their fields, whom each credit line names, and the other dates wanted; gives its columns. */
export async function nameCredited(own: Computing, world: LoadWorld): Promise<readonly string[]> {
  const { chain, read } = own;
  const credits: string[] = [];
  read.event.credit.forEach((line, at) => {
    const applies = line.when ? `coalesce(${chain.expression(line.when).sql}, FALSE)` : 'TRUE';
    chain.addColumn(`a${at}`, { sql: applies, scale: undefined });
    const persons = [line.to, ...(line.otherwise ? [line.otherwise] : [])];
    const named = persons.map((each) => chain.expression(each).sql);
    chain.addColumn(`p${at}`, { sql: `coalesce(${named.join(', ')}, NULL)`, scale: undefined });
    credits.push(`a${at}`, `p${at}`);
  });
  read.wanted.by.forEach(({ date }, at) => {
    const { sql } = chain.addColumn(`by${at}`, chain.expression(date));
    const day = date.type.kind === 'datetime' ? chain.dayOf(date, `by${at}`) : sql;
    credits.push(sql, chain.addColumn(`byday${at}`, { sql: day, scale: undefined }).sql);
  });
  const columns = [...own.kept, ...credits];
  await save(own, { table: `${read.prefix}_left`, columns }, world);
  await stopForCredit(own, world);
  return columns;
}

/** Stops where a credit line that is asked for lacks a rate. */
async function stopForCredit({ chain, read }: Computing, world: LoadWorld): Promise<void> {
  const shorts = read.event.credit.flatMap(({ when, to, otherwise }) => {
    const persons = [to, ...(otherwise ? [otherwise] : [])].flatMap((each) => shortSql(chain, each) ?? []);
    const condition = when && shortSql(chain, when);
    return [...(condition ? [condition] : []), ...persons];
  });
  await stopFor(world.reader.connection, chain, shorts);
}

/** Lets formulas of measures find the event's rows in `<prefix>_rows`, and drops what is of no more use. */
export async function finish(own: Computing, world: LoadWorld): Promise<void> {
  const { event, prefix } = own.read;
  for (const table of own.tables) await world.reader.connection.drop(table);
  world.events.set(event.name, sqlEvent(own, `${prefix}_rows`, world));
}
