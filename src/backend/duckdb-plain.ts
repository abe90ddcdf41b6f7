// Events that need no mending, answered by a few passes over their typed columns: every cell, key and owner is looked at
// in the passes that add figures up. Whatever they find that isn't sound sends the event the way of all others, where each
// row's fate is told.

import { type Diagnostic, InternalError, RunError } from '../base/diagnostic.ts';
import { summedFields } from '../input/control-totals.ts';
import type { BoundSource } from '../model/dataset.ts';
import type { EventModel, Measure } from '../model/policy.ts';
import { type AggregateQuery, takesShares } from '../query/query.ts';
import type { Backend, LoadReport, Reference, Wanted } from './backend.ts';
import type { DuckDbConnection } from './duckdb-connection.ts';
import { type Cube, factsOf, readCube, readWhole, type Wholes } from './duckdb-plain-facts.ts';
import { asksPlainly, cellKey, holdOneRole, isPlainQuery, standsAlone } from './duckdb-plain-formulas.ts';
import {
  areKeysDifferent,
  controlOf,
  firstDay,
  hasUnknownPerson,
  namesAlike,
} from './duckdb-plain-report.ts';
import { edgesOf, ODD, type PlainRows, partsOfBucket } from './duckdb-plain-rows.ts';
import type { TypedLoad, TypedRelation } from './duckdb-plain-source.ts';
import { comparedFields, type NearMiss } from './near-misses.ts';

export interface PlainSources {
  readonly connection: DuckDbConnection;
  typed(event: EventModel, load: TypedLoad): Promise<TypedRelation | undefined>;
}

interface PlainEvent {
  readonly source: BoundSource;
  readonly wanted: Wanted;
  readonly rows: PlainRows;
  readonly cube: Cube;
  readonly wholes: Map<string, Wholes>;
  readonly report: LoadReport;
}

type Waiting = { readonly event: EventModel; readonly source: BoundSource; readonly wanted: Wanted };

/** The same backend, with events answered plainly where that gives the same answers. */
export function withPlainEvents(general: Backend, sources: PlainSources): Backend {
  const plain = new Map<string, PlainEvent>();
  const waiting: Waiting[] = [];
  let reference: Reference | undefined;
  let isOneRole = false;

  /** The event as any other, for whoever asks what the passes don't answer. */
  async function loadGenerally(name: string): Promise<void> {
    const found = plain.get(name);
    if (!found) return;
    plain.delete(name);
    await general.load(name, found.source, found.wanted);
    await general.settle();
  }

  return {
    ...general,

    async open(opened) {
      await general.open(opened);
      reference = opened;
      isOneRole = holdOneRole(opened.people);
    },

    async load(name, source, wanted) {
      const { model } = reference!;
      const event = model.events.find((each) => each.name === name)!;
      if (isOneRole && standsAlone(event, model) && asksPlainly(event, wanted))
        waiting.push({ event, source, wanted });
      else await general.load(name, source, wanted);
    },

    async settle() {
      for (const each of waiting.splice(0)) {
        const found = await settlePlainly(each, reference!, sources);
        if (found) plain.set(each.event.name, found);
        else await general.load(each.event.name, each.source, each.wanted);
      }
      const reports = new Map(await general.settle());
      for (const [name, { report }] of plain) reports.set(name, report);
      return reports;
    },

    async facts(query) {
      const found = plain.get(query.event);
      if (found && isAnswered(query, found)) return factsOf(query, answersOf(found));
      await loadGenerally(query.event);
      return general.facts(query);
    },

    async rows(query) {
      await loadGenerally(query.event);
      return general.rows(query);
    },
  };
}

function answersOf({ cube, rows, wholes }: PlainEvent): Parameters<typeof factsOf>[1] {
  return {
    cube,
    edges: rows.edges,
    wholes: (measure) => wholes.get(wholeKey(measure)) ?? missing(measure.id),
  };
}

function missing(what: string): never {
  throw new InternalError(`not worked out: ${what}`);
}

function wholeKey(measure: Measure): string {
  return `${measure.place ?? ''} ${cellKey(measure)}`;
}

/** Whether the passes that were made answer a query. */
function isAnswered(query: AggregateQuery, { rows, cube, wholes, wanted }: PlainEvent): boolean {
  if (!isPlainQuery(query, rows.event)) return false;
  if (query.scope.kind === 'outside') return true;
  if (query.buckets.some((each) => !partsOfBucket(each, rows.edges))) return false;
  return query.measures.every((each) =>
    takesShares(each)
      ? cube.places.has(cellKey(each))
      : wholes.has(wholeKey(each)) && (wanted.queries ?? []).some((asked) => asked === query),
  );
}

/** An event's figures and report; `undefined` where a row isn't sound, or what it needs doesn't fit. */
async function settlePlainly(
  each: Waiting,
  reference: Reference,
  sources: PlainSources,
): Promise<PlainEvent | undefined> {
  const table = `plain${reference.model.events.indexOf(each.event)}`;
  try {
    return await readPlainly(each, reference, { ...sources, table });
  } catch (fault) {
    // numbers too large for narrow columns may do in wide ones
    if (fault instanceof RunError && fault.diagnostics.every(({ code }: Diagnostic) => code === 'M3010'))
      return undefined;
    throw fault;
  } finally {
    await sources.connection.drop(table);
  }
}

async function readPlainly(
  { event, source, wanted }: Waiting,
  { model, limits }: Reference,
  sources: PlainSources & { readonly table: string },
): Promise<PlainEvent | undefined> {
  const typed = await sources.typed(event, { source, table: sources.table, limits });
  if (!typed) return undefined;
  const { connection } = sources;
  const queries = (wanted.queries ?? []) as readonly AggregateQuery[];
  const place = (name: string): number => event.fields.findIndex((field) => field.name === name);
  const owner = event.credit[0]!.to;
  const rows: PlainRows = {
    model,
    event,
    connection,
    relation: typed.relation,
    row: typed.row,
    columns: typed.columns,
    posting: place(event.posting),
    owner: place(owner.kind === 'field' ? owner.name : ''),
    edges: edgesOf([...queries.flatMap((query) => query.buckets), ...(wanted.periods ?? [])], wanted.posted),
  };
  if (rows.edges.length < 2) return undefined;
  const summed = summedFields(source, event.fields);
  const probe: Measure = { id: 'rows', event: event.name, aggregate: 'count' };
  const cube = await readCube(rows, [probe, ...queries.flatMap((query) => query.measures)], summed);
  if (cube.rows.some(({ part }) => part === ODD)) return undefined;
  if (await hasUnknownPerson(rows, cube)) return undefined;
  if (!(await areKeysDifferent(rows, typed.rows))) return undefined;
  const nearMisses: NearMiss[] = [];
  for (const field of comparedFields(model, event))
    nearMisses.push(...(await namesAlike(rows, field, typed.rows)));
  const wholes = await readWholes(rows, queries);
  const report: LoadReport = {
    control: controlOf(source, event, { cube, summed }),
    rejects: [],
    nearMisses,
    unknownKeys: [],
    ...(await firstDay(rows)),
  };
  return { source, wanted, rows, cube, wholes, report };
}

/** Each measure that takes rows whole, over all buckets that queries ask it for. */
async function readWholes(rows: PlainRows, queries: readonly AggregateQuery[]): Promise<Map<string, Wholes>> {
  const wholes = new Map<string, Wholes>();
  const measures = queries.flatMap((query) => query.measures.filter((each) => !takesShares(each)));
  for (const measure of measures) {
    const key = wholeKey(measure);
    if (wholes.has(key)) continue;
    const asking = queries.filter((query) => query.measures.some((each) => wholeKey(each) === key));
    const own = asking.filter(({ scope }) => scope.kind === 'own');
    const company = asking.filter(({ scope }) => scope.kind === 'company');
    const bucketsOf = (part: readonly AggregateQuery[]) => [
      ...new Map(part.flatMap((each) => each.buckets).map((each) => [each.id, each])).values(),
    ];
    const buckets = bucketsOf(asking);
    const isSame = [own, company].every(
      (part) => part.length === 0 || bucketsOf(part).length === buckets.length,
    );
    const passes = isSame
      ? [{ buckets, own: own.length > 0, company: company.length > 0 }]
      : [
          { buckets: bucketsOf(own), own: true, company: false },
          { buckets: bucketsOf(company), own: false, company: true },
        ];
    const found = [];
    for (const pass of passes) found.push(...(await readWhole(rows, measure, pass)));
    wholes.set(key, new Map(found));
  }
  return wholes;
}
