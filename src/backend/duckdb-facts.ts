// From an aggregate query to one statement: the used rows put into groups and buckets, all measures worked out at once.

import { InternalError } from '../base/diagnostic.ts';
import { compare, type Exact } from '../base/exact.ts';
import type { FactRow } from '../model/dataset.ts';
import type { Expression } from '../model/expression.ts';
import type { Measure, Model } from '../model/policy.ts';
import { type AggregateQuery, takesShares } from '../query/query.ts';
import type { Connection } from './duckdb-connection.ts';
import { sharesOf } from './duckdb-credit.ts';
import type { LoadedEvent } from './duckdb-load.ts';
import type { SqlPeople } from './duckdb-reference.ts';
import { compareText } from './memory-rows.ts';
import { RowChain, type SqlTable } from './sql-row.ts';
import { decimalType, noParameters, type Parameters, type SqlValue, textParameter } from './sql-text.ts';

export interface FactsWorld {
  readonly model: Model;
  readonly connection: Connection;
  readonly people: SqlPeople;
  readonly tables: ReadonlyMap<string, SqlTable>;
}

/** One fact row for each group, bucket and share, and one without a share where a measure takes rows whole. */
export async function readFacts(
  query: AggregateQuery,
  loaded: LoadedEvent,
  world: FactsWorld,
): Promise<readonly FactRow[]> {
  const { connection } = world;
  const parameters = noParameters();
  const pieces = `${loaded.prefix}_pieces`;
  const about = `a total of \`${query.event}\``;
  if (query.measures.length === 0 || query.buckets.length === 0) return [];
  await loadPieces(query, pieces, connection);
  const sql = statement(query, { loaded, world, parameters, pieces });
  let rows: Awaited<ReturnType<Connection['rows']>>;
  try {
    rows = await connection.rows({ sql, values: parameters.values, about });
  } finally {
    await connection.run({ sql: `DROP TABLE IF EXISTS ${pieces}`, values: [], about });
  }
  const shares = sharesOf(loaded.event);
  return rows
    .map(([group, bucket, num, ...values]) => ({
      group: group as string,
      bucket: query.buckets[Number((bucket as Exact).num)]!.id,
      share: num === undefined ? undefined : shares.of(num as Exact),
      values: values as readonly (Exact | undefined)[],
    }))
    .sort(
      (a, b) =>
        compareText(a.group, b.group) || compareText(a.bucket, b.bucket) || compareShares(a.share, b.share),
    );
}

function compareShares(a: Exact | undefined, b: Exact | undefined): number {
  if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? 1 : -1;
  return compare(a, b);
}

async function loadPieces(query: AggregateQuery, table: string, connection: Connection): Promise<void> {
  if (query.scope.kind !== 'group') return;
  const { pieces } = query.scope;
  const numbers = new Map(query.buckets.map((each, at) => [each.id, String(at)]));
  const here = pieces.filter((each) => numbers.has(each.bucket));
  await connection.fill(table, [
    { name: 'grp', cells: here.map((each) => each.group) },
    { name: 'bucket', cells: here.map((each) => numbers.get(each.bucket)!) },
    { name: 'value', cells: here.map((each) => each.value) },
    { name: 'since', cells: here.map((each) => String(each.from)) },
    { name: 'until', cells: here.map((each) => String(each.until)) },
  ]);
}

interface Plan {
  readonly loaded: LoadedEvent;
  readonly world: FactsWorld;
  readonly parameters: Parameters;
  readonly pieces: string;
}

interface SqlMeasure {
  readonly measure: Measure;
  readonly value: SqlValue | undefined;
  /** Which rows it counts, `where` and the credit's name. */
  readonly counts: string;
}

function statement(query: AggregateQuery, plan: Plan): string {
  const { loaded, world, parameters } = plan;
  const { prefix } = loaded;
  const names = {
    parameters,
    tables: world.tables,
    fields: new Map(loaded.columns),
    order: loaded.order,
    clock: `${prefix}_instant`,
  };
  const chain = new RowChain('q', `SELECT * FROM ${prefix}_rows`, names);
  // positions look at rows that no query sees, so they come before the rest falls away
  for (const measure of query.measures) {
    for (const formula of [measure.value, measure.where]) if (formula) placePositions(formula, chain);
  }
  const attributes = [...world.people.attributes].map(([name, value], at) => ({
    name,
    value,
    column: `z${at}`,
  }));
  putIntoParts(query, { ...plan, chain, attributes });
  if (query.scope.kind !== 'company') {
    chain.names = {
      ...names,
      attributes: new Map(attributes.map(({ name, value, column }) => [name, { ...value, sql: column }])),
    };
  }
  const measures = query.measures.map((measure): SqlMeasure => {
    const value = measure.value && chain.expression(measure.value);
    const where = measure.where ? chain.expression(measure.where).sql : 'TRUE';
    return { measure, value, counts: `${where} AND ${named(measure, parameters)}` };
  });
  const once = measures.map((each, at) => countedOnce(each, { loaded, chain, column: `once${at}` }));
  return `WITH ${chain.sql}
${[sharedRows(measures, chain.name, parameters), wholeRows(once, chain.name, parameters)]
  .filter((each) => each !== undefined)
  .join('\nUNION ALL\n')}`;
}

function placePositions(formula: Expression, chain: RowChain): void {
  if (formula.kind === 'nth') chain.expression(formula);
  else if (formula.kind === 'apply') for (const each of formula.args) placePositions(each, chain);
  else if (formula.kind === 'lookup') {
    for (const each of [...formula.keys, ...(formula.at ? [formula.at] : [])]) placePositions(each, chain);
  }
}

/** A row for each group and bucket that a row is in, and each credit line that put it there. */
function putIntoParts(
  query: AggregateQuery,
  plan: Plan & {
    readonly chain: RowChain;
    readonly attributes: readonly { readonly value: SqlValue; readonly column: string }[];
  },
): void {
  const { chain, loaded, world, pieces, attributes } = plan;
  const credit = `${loaded.prefix}_credit AS c`;
  const all = `CAST(${sharesOf(loaded.event).whole} AS DECIMAL(38, 0))`;
  const buckets = query.buckets.map(
    (each, at) => `(${at}, ${Math.trunc(each.from)}, ${Math.trunc(each.until)})`,
  );
  const bucket = `(VALUES ${buckets.join(', ')}) AS b(bucket, since, until)`;
  const inBucket = 'b.since <= k.day AND k.day < b.until';
  const persons = `people AS p ON p.rowid = c.pid`;
  const shown = attributes.map(({ value, column }) => `p.${value.sql} AS ${column}`).join(', ');
  const columns = 'CAST(b.bucket AS BIGINT) AS bucket, c.num AS num, c.line AS line, c.as_name AS as_name';
  switch (query.scope.kind) {
    case 'own':
      chain.add(
        (before) => `SELECT k.*, CAST(c.stay AS VARCHAR) AS grp, ${columns}, ${shown}
FROM ${before} AS k JOIN ${credit} ON k.r = c.r JOIN ${persons} JOIN ${bucket} ON ${inBucket} WHERE k.used`,
      );
      return;
    case 'group': {
      const { attribute } = query.scope;
      const found = world.people.attributes.get(attribute);
      if (!found) throw new InternalError(`no such attribute: ${attribute}`);
      const value = groupText({ ...found, sql: `p.${found.sql}` });
      // a person's row may meet several pieces of one group, and counts once there
      chain.add(
        (before) => `SELECT DISTINCT k.*, m.grp AS grp, CAST(m.bucket AS BIGINT) AS bucket, c.num AS num,
c.line AS line, c.as_name AS as_name, ${shown}
FROM ${before} AS k JOIN ${credit} ON k.r = c.r JOIN ${persons}
JOIN ${pieces} AS m ON m.value = ${value} AND CAST(m.since AS BIGINT) <= k.day AND k.day < CAST(m.until AS BIGINT)
JOIN ${bucket} ON CAST(m.bucket AS BIGINT) = b.bucket AND ${inBucket} WHERE k.used`,
      );
      return;
    }
    case 'company':
      chain.add(
        (before) => `SELECT k.*, '' AS grp, ${columns} FROM ${before} AS k JOIN (
SELECT r, ${all} AS num, CAST(-1 AS BIGINT) AS line, CAST(NULL AS VARCHAR) AS as_name FROM ${loaded.prefix}_rows
UNION ALL SELECT r, num, line, as_name FROM ${credit} WHERE c.extra) AS c ON k.r = c.r
JOIN ${bucket} ON ${inBucket} WHERE k.used`,
      );
      return;
    default:
      query.scope satisfies never;
  }
}

/** An attribute's value as a group is known by it: a number in its shortest text. */
function groupText(value: SqlValue): string {
  const text = `CAST(${value.sql} AS VARCHAR)`;
  return value.scale ? `rtrim(rtrim(${text}, '0'), '.')` : text;
}

function named(measure: Measure, parameters: Parameters): string {
  return measure.as === undefined ? 'as_name IS NULL' : `as_name = ${textParameter(parameters, measure.as)}`;
}

/**
 * A measure that takes rows whole sees a row once in a group, through the first line that counts. It makes a
 * difference for the middle ones, and where the value depends on who is credited.
 */
function countedOnce(
  each: SqlMeasure,
  context: { readonly loaded: LoadedEvent; readonly chain: RowChain; readonly column: string },
): SqlMeasure {
  const { measure, counts } = each;
  const { loaded, chain, column } = context;
  const lines = loaded.event.credit.filter((line) => (line.extra ? line.as : undefined) === measure.as);
  const isMiddle = measure.aggregate === 'lower middle' || measure.aggregate === 'upper middle';
  const dependsOnPerson = measure.value !== undefined && readsAttribute(measure.value);
  if (takesShares(measure) || lines.length < 2 || !(isMiddle || dependsOnPerson)) return each;
  const place = `row_number() OVER (PARTITION BY grp, bucket, r, coalesce(${counts}, FALSE) ORDER BY line)`;
  const { sql } = chain.addColumn(column, {
    sql: `(coalesce(${counts}, FALSE) AND ${place} = 1)`,
    scale: undefined,
  });
  return { ...each, counts: sql };
}

function readsAttribute(formula: Expression): boolean {
  if (formula.kind === 'attribute') return true;
  if (formula.kind === 'apply') return formula.args.some(readsAttribute);
  return (
    formula.kind === 'lookup' && [...formula.keys, ...(formula.at ? [formula.at] : [])].some(readsAttribute)
  );
}

/** Sums and counts by share. */
function sharedRows(
  measures: readonly SqlMeasure[],
  from: string,
  parameters: Parameters,
): string | undefined {
  const shared = measures.filter(({ measure }) => takesShares(measure));
  if (shared.length === 0) return undefined;
  const answers = measures.map((each) => (takesShares(each.measure) ? aggregate(each) : 'NULL'));
  return `SELECT grp, bucket, num, ${answers.join(', ')} FROM ${from}
WHERE ${anyName(shared, parameters)} GROUP BY grp, bucket, num`;
}

/** The measures that take rows whole, once a group. */
function wholeRows(
  measures: readonly SqlMeasure[],
  from: string,
  parameters: Parameters,
): string | undefined {
  const wholes = measures.filter(({ measure }) => !takesShares(measure));
  if (wholes.length === 0) return undefined;
  const answers = measures.map((each) => (takesShares(each.measure) ? 'NULL' : aggregate(each)));
  return `SELECT grp, bucket, CAST(NULL AS DECIMAL(38, 0)) AS num, ${answers.join(', ')} FROM ${from}
WHERE ${anyName(wholes, parameters)} GROUP BY grp, bucket`;
}

function anyName(measures: readonly SqlMeasure[], parameters: Parameters): string {
  return `(${[...new Set(measures.map(({ measure }) => named(measure, parameters)))].join(' OR ')})`;
}

function aggregate({ measure, value, counts }: SqlMeasure): string {
  const filter = `FILTER (WHERE ${counts})`;
  if (measure.aggregate === 'count') return `count(*) ${filter}`;
  if (!value) throw new InternalError(`${measure.aggregate} of nothing`);
  const { sql } = value;
  switch (measure.aggregate) {
    case 'sum':
      return `coalesce(sum(${sql}) ${filter}, CAST(0 AS ${decimalType(value.scale ?? 0)}))`;
    case 'distinct':
      return `count(DISTINCT ${sql}) ${filter}`;
    case 'min':
      return `min(${sql}) ${filter}`;
    case 'max':
      return `max(${sql}) ${filter}`;
    case 'lower middle':
      return `quantile_disc(${sql}, 0.5) ${filter}`;
    case 'upper middle':
      return `-quantile_disc(-(${sql}), 0.5) ${filter}`;
    default:
      return measure.aggregate satisfies never;
  }
}
