// The rows of an event as its figures are added up from them: with the computed fields that formulas read, the stay that
// each belongs to, and the part of time between two days at which some bucket begins or ends.

import type { ApplyNode, Expression, NthNode } from '../model/expression.ts';
import type { EventModel, Model } from '../model/policy.ts';
import type { Bucket } from '../query/query.ts';
import type { DuckDbConnection } from './duckdb-connection.ts';
import { DUCKDB } from './duckdb-dialect.ts';
import type { PlainColumn } from './duckdb-plain-columns.ts';
import { fieldsIn } from './duckdb-plain-formulas.ts';
import { RowChain } from './sql-row.ts';
import { decimalType, noParameters, type SqlValue } from './sql-text.ts';

/** The typed rows of an event, and whose they are. */
export interface PlainRows {
  readonly model: Model;
  readonly event: EventModel;
  readonly connection: DuckDbConnection;
  /** A relation of `odd`, `n<at>` for each field and `w<at>` for some; `row` is a column of it that no two rows have alike. */
  readonly relation: string;
  readonly row: string;
  readonly columns: readonly PlainColumn[];
  /** Places of the fields that post a row and name its owner. */
  readonly posting: number;
  readonly owner: number;
  /** Days between which buckets begin and end, in order: part n of time is `[edges[n], edges[n + 1])`. */
  readonly edges: readonly number[];
}

/** Parts of time that are none: rows of them are filtered. */
export const NO_DAY = -3;
export const TOO_EARLY = -2;
export const OUTSIDE = -1;
/** The part of rows that the rules of texts have to look at. */
export const ODD = -4;

/** The days at which any bucket begins or ends, over all that a run looks at. */
export function edgesOf(
  buckets: readonly { readonly from: number; readonly until: number }[],
  posted: { readonly from: number; readonly until: number },
): readonly number[] {
  const days = [posted, ...buckets].flatMap(({ from, until }) => [from, until]);
  const inside = days.filter((day) => posted.from <= day && day <= posted.until);
  return [...new Set(inside)].sort((a, b) => a - b);
}

/** The parts of time that make up a bucket; `undefined` where it begins or ends within one. */
export function partsOfBucket(bucket: Bucket, edges: readonly number[]): readonly number[] | undefined {
  const first = Math.max(bucket.from, edges[0]!);
  const last = Math.min(bucket.until, edges.at(-1)!);
  if (first >= last) return [];
  const [from, until] = [edges.indexOf(first), edges.indexOf(last)];
  if (from < 0 || until < 0) return undefined;
  return Array.from({ length: until - from }, (_, at) => from + at);
}

/** The part of time of a day, found by halves. */
function partSql({ event, edges, isSound }: PlainRows & { readonly isSound: boolean }): string {
  const find = (from: number, until: number): string => {
    if (until - from <= 1) return String(from);
    const middle = (from + until) >> 1;
    return `CASE WHEN day < ${edges[middle]} THEN ${find(from, middle)} ELSE ${find(middle, until)} END`;
  };
  const early = event.since === undefined ? '' : ` WHEN day < ${Math.trunc(event.since)} THEN ${TOO_EARLY}`;
  const odd = isSound ? '' : `WHEN odd THEN ${ODD} `;
  return `CASE ${odd}WHEN day IS NULL THEN ${NO_DAY}${early}
WHEN day < ${edges[0]} OR day >= ${edges.at(-1)} THEN ${OUTSIDE} ELSE ${find(0, edges.length - 1)} END`;
}

/** The chain of the rows with the computed fields that formulas read. */
export function chainOf(rows: PlainRows, formulas: readonly Expression[]): RowChain {
  const { model, event, relation, columns, posting } = rows;
  const wide = columns.map(({ scale }, at) =>
    scale === undefined ? `n${at} AS v${at}` : `CAST(n${at} AS ${decimalType(scale)}) AS v${at}`,
  );
  const since = event.since === undefined ? '' : ` AND n${posting} >= ${Math.trunc(event.since)}`;
  const source = `SELECT *, n${posting} AS day, coalesce(n${posting} IS NOT NULL${since}, FALSE) AS seen, ${wide.join(', ')} FROM ${relation}`;
  const key = event.fields.findIndex((each) => each.name === event.key);
  const order = [`n${posting}`, `n${key}`];
  const fields = new Map<string, SqlValue>(
    event.fields.map((each, at) => [each.name, { sql: `v${at}`, scale: columns[at]!.scale }]),
  );
  const chain = new RowChain('q', source, {
    dialect: DUCKDB,
    model,
    parameters: noParameters(),
    tables: new Map(),
    event: event.name,
    events: new Map(),
    agreed: { relation: '', person: '', since: '', until: '', attributes: new Map() },
    fields,
    order,
    clock: '',
  });
  const read = new Set(formulas.flatMap((each) => [...fieldsIn(each, event)]));
  for (const [at, { name, value }] of event.computed.entries()) {
    if (!read.has(name)) continue;
    fields.set(name, chain.addColumn(`u${at}`, formulaSql(rows, value, chain)));
  }
  return chain;
}

/** The chain's rows with their stay, and the part of time that they are in. */
export function addParts(chain: RowChain, rows: PlainRows & { readonly isSound: boolean }): void {
  const join = rows.isSound ? 'JOIN' : 'LEFT JOIN';
  chain.add(
    (before) => `SELECT k.*, p.stay AS stay, ${partSql(rows)} AS part
FROM ${before} AS k ${join} people AS p ON k.n${rows.owner} = p.person AND p.since <= k.day AND k.day < p.until`,
  );
}

/** The chain as the inside of a WITH, none of whose relations is put down. */
export function unkept(chain: RowChain): string {
  return chain.sql.replace(/^(\w+) AS \(/gm, '$1 AS NOT MATERIALIZED (');
}

/** A formula over the chain's rows. */
export function formulaSql(rows: PlainRows, formula: Expression, chain: RowChain): SqlValue {
  return chain.expression(withFirsts(rows, formula, chain));
}

/** The formula with each `nth(…) is 1` as a column: the first row of each group, which needs no order of all rows. */
function withFirsts(rows: PlainRows, formula: Expression, chain: RowChain): Expression {
  if (formula.kind !== 'apply') return formula;
  const position = firstOf(formula);
  if (!position) return { ...formula, args: formula.args.map((each) => withFirsts(rows, each, chain)) };
  const by = position.by.map((each) => formulaSql(rows, each, chain).sql);
  const where = position.where && `coalesce(${formulaSql(rows, position.where, chain).sql}, FALSE)`;
  const counts = ['seen', ...by.map((each) => `${each} IS NOT NULL`), ...(where ? [where] : [])].join(
    ' AND ',
  );
  const column = chain.fresh;
  const first = `arg_min(${rows.row}, (${chain.names.order.join(', ')}))`;
  chain.add(
    (before) => `SELECT ${before}.*, CASE WHEN ${counts} THEN ${rows.row} IN
(SELECT ${first} FROM ${before} WHERE ${counts} GROUP BY ${by.join(', ')}) END AS ${column} FROM ${before}`,
  );
  chain.names.fields.set(column, { sql: column, scale: undefined });
  return { ...formula, kind: 'field', name: column } as Expression;
}

/** The position of which the formula asks whether it is the first. */
function firstOf({ function: name, args }: ApplyNode): NthNode | undefined {
  if (name !== 'is') return undefined;
  const position = args.find((each) => each.kind === 'nth');
  const other = args.find((each) => each.kind === 'constant');
  return position?.kind === 'nth' &&
    other?.kind === 'constant' &&
    other.text === '1' &&
    position.by.length > 0
    ? position
    : undefined;
}

/** A measure's value; that of a field in few digits. */
export function valueSql(rows: PlainRows, value: Expression, chain: RowChain): string {
  const { event, columns } = rows;
  const at = value.kind === 'field' ? event.fields.findIndex((each) => each.name === value.name) : -1;
  return at >= 0 && columns[at]!.scale !== undefined
    ? `n${at}`
    : chain.hold(formulaSql(rows, value, chain)).sql;
}
