// Figures of an event whose rows are their owners', whole: sums and counts of all measures in one pass by stay and part of
// time, of which wider times and the company are sums; and one pass for each count of different things and each percentile.

import { InternalError } from '../base/diagnostic.ts';
import { add, decimalPlaces, type Exact, exact, fixedText, ONE, whole, ZERO } from '../base/exact.ts';
import type { FactRow } from '../model/dataset.ts';
import type { Expression } from '../model/expression.ts';
import type { Measure } from '../model/policy.ts';
import type { Value } from '../model/value.ts';
import { type AggregateQuery, type Bucket, takesShares } from '../query/query.ts';
import { NARROW } from './duckdb-plain-columns.ts';
import { cellKey } from './duckdb-plain-formulas.ts';
import {
  addParts,
  chainOf,
  formulaSql,
  type PlainRows,
  partsOfBucket,
  unkept,
  valueSql,
} from './duckdb-plain-rows.ts';
import { wordCells } from './duckdb-plain-words.ts';
import { compareText } from './memory-rows.ts';
import type { Answer } from './sql-connection.ts';
import type { RowChain } from './sql-row.ts';

// ---- sums and counts ---------------------------------------------------------------------------------------------------

/** Rows, first day and sums of one stay (nobody's: `undefined`) in one part of time. */
export interface Cube {
  /** By key of the measure, as `cellKey` says it: where its sum stands. */
  readonly places: ReadonlyMap<string, number>;
  readonly rows: readonly CubeRow[];
}

export interface CubeRow {
  readonly stay: number | undefined;
  readonly part: number;
  readonly count: Exact;
  readonly sums: readonly Exact[];
  /** What was asked beside: of `extra`. */
  readonly extra: readonly Answer[];
}

/** The sums of all measures, and sums of fields (`summed`, by their places) over all rows. */
export async function readCube(
  rows: PlainRows,
  measures: readonly Measure[],
  summed: readonly number[],
): Promise<Cube> {
  const cells = [...new Map(measures.filter(takesShares).map((each) => [cellKey(each), each])).values()];
  const { chain, answers } = cubeChain(rows, cells, summed);
  const found = await rows.connection.rows({
    sql: `WITH ${unkept(chain)}\nSELECT ${['stay', 'part', ...answers].join(', ')} FROM ${chain.name} GROUP BY stay, part`,
    values: chain.names.parameters.values,
    about: `a total of \`${rows.event.name}\``,
  });
  return {
    places: new Map(cells.map((each, at) => [cellKey(each), at])),
    rows: found.map(([stay, part, count, ...values]) => ({
      stay: stay === undefined ? undefined : numberOf(stay),
      part: numberOf(part),
      count: count as Exact,
      extra: values.slice(0, summed.length),
      sums: values.slice(summed.length).map((each) => (each as Exact | undefined) ?? ZERO),
    })),
  };
}

/** Rows and aggregates over them: how many there are, what fields come to, and the cells. */
function cubeChain(
  rows: PlainRows,
  cells: readonly Measure[],
  summed: readonly number[],
): { readonly chain: RowChain; readonly answers: readonly string[] } {
  const byWords = wordCells(cells, rows.event);
  const inner = byWords?.inner ?? cells;
  const chain = chainOf(rows, formulasOf(inner));
  const sums = inner.map(({ value, where }) => {
    const filter = where ? ` FILTER (WHERE ${formulaSql(rows, where, chain).sql})` : '';
    return value ? `sum(${valueSql(rows, value, chain)})${filter}` : `count(*)${filter}`;
  });
  const all = ['count(*)', ...summed.map((field) => `sum(${cellSql(rows, field)})`), ...sums];
  addParts(chain, { ...rows, isSound: false });
  if (!byWords) return { chain, answers: all };
  const keys = ['stay', 'part', ...byWords.fields.map((at) => `v${at}`)].join(', ');
  chain.add(
    (before) =>
      `SELECT ${keys}, ${all.map((each, at) => `${each} AS s${at}`).join(', ')} FROM ${before} GROUP BY ${keys}`,
  );
  const before = 1 + summed.length;
  return {
    chain,
    answers: [
      ...all.slice(0, before).map((_, at) => `sum(s${at})`),
      ...byWords.outer.map(({ at, where }) => {
        const holds = where.map((each) => formulaSql(rows, each, chain).sql).join(' AND ');
        return `sum(s${before + at})${holds ? ` FILTER (WHERE ${holds})` : ''}`;
      }),
    ],
  };
}

/** A cell as the file has it: control totals leave out what stands for an empty one. */
function cellSql({ columns }: PlainRows, field: number): string {
  return columns[field]!.written === undefined ? `n${field}` : `w${field}`;
}

export function numberOf(value: Answer): number {
  return Number((value as Exact).num);
}

function formulasOf(measures: readonly Measure[]): readonly Expression[] {
  return measures.flatMap(({ value, where }) => [value, where].filter((each) => each !== undefined));
}

// ---- what takes rows whole ---------------------------------------------------------------------------------------------

/** Values by `stay bucket`, and for the company by ` bucket`; the bucket is its place among those asked for. */
export type Wholes = ReadonlyMap<string, Value>;

/** One measure over buckets, of stays, the company or both. */
export async function readWhole(
  rows: PlainRows,
  measure: Measure,
  asked: { readonly buckets: readonly Bucket[]; readonly own: boolean; readonly company: boolean },
): Promise<Wholes> {
  const chain = chainOf(rows, formulasOf([measure]));
  const where = measure.where ? formulaSql(rows, measure.where, chain).sql : 'TRUE';
  const value = valueSql(rows, measure.value!, chain);
  addParts(chain, { ...rows, isSound: true });
  const pairs = asked.buckets.flatMap((bucket, at) =>
    (partsOfBucket(bucket, rows.edges) ?? missing(bucket)).map((part) => [part, at] as const),
  );
  const isOne = pairs.every(
    ([part, at], _, all) => all.filter(([other]) => other === part).length === 1 && part === at,
  );
  const bucket = isOne ? 'part' : 'b.bucket';
  const join = isOne
    ? ''
    : ` JOIN (VALUES ${pairs.map(([part, at]) => `(${part}, ${at})`).join(', ')}) AS b(part, bucket) ON k.part = b.part`;
  const within = isOne ? `part BETWEEN 0 AND ${pairs.length - 1} AND ` : '';
  if (pairs.length === 0) return new Map();
  const source = `SELECT ${measure.aggregate === 'distinct' ? 'DISTINCT ' : ''}stay, ${bucket} AS bucket, ${value} AS value
FROM ${chain.name} AS k${join} WHERE ${within}${where} AND ${value} IS NOT NULL`;
  const company = measure.aggregate === 'distinct' ? 'count(DISTINCT value)' : aggregateOf(measure);
  const answers = [
    ...(asked.own
      ? [
          `SELECT stay, bucket, ${measure.aggregate === 'distinct' ? 'count(*)' : aggregateOf(measure)} FROM a GROUP BY stay, bucket`,
        ]
      : []),
    ...(asked.company ? [`SELECT CAST(NULL AS BIGINT), bucket, ${company} FROM a GROUP BY bucket`] : []),
  ];
  const kept = answers.length > 1 ? 'MATERIALIZED' : 'NOT MATERIALIZED';
  const found = await rows.connection.rows({
    sql: `WITH ${unkept(chain)},\na AS ${kept} (${source})\n${answers.join('\nUNION ALL\n')}`,
    values: chain.names.parameters.values,
    about: `a total of \`${rows.event.name}\``,
  });
  return new Map(
    found.map(([stay, at, answer]) => [
      `${stay === undefined ? '' : numberOf(stay)} ${asked.buckets[numberOf(at)]!.id}`,
      answer as Value,
    ]),
  );
}

function missing(bucket: Bucket): never {
  throw new InternalError(`a bucket that begins or ends within a part of time: ${bucket.id}`);
}

function aggregateOf({ aggregate, place }: Measure): string {
  switch (aggregate) {
    case 'min':
      return 'min(value)';
    case 'max':
      return 'max(value)';
    case 'lower middle':
      return 'quantile_disc(value, 0.5)';
    case 'upper middle':
      return '-quantile_disc(-value, 0.5)';
    case 'percentile': {
      // with a decimal for its place DuckDB counts in whole numbers, so that this is the nearest rank
      const share = exact(place!);
      const decimals = decimalPlaces(share)!;
      return `quantile_disc(value, CAST('${fixedText(share, decimals)}' AS DECIMAL(${NARROW}, ${decimals})))`;
    }
    default:
      throw new InternalError(`not a measure of whole rows: ${aggregate}`);
  }
}

// ---- answers -----------------------------------------------------------------------------------------------------------

/** The rows of a query, from the sums by part of time and what was found of whole rows. */
export function factsOf(
  query: AggregateQuery,
  found: {
    readonly cube: Cube;
    readonly edges: readonly number[];
    readonly wholes: (measure: Measure) => Wholes;
  },
): readonly FactRow[] {
  const { cube, edges } = found;
  if (query.scope.kind === 'outside') return [];
  const isOwn = query.scope.kind === 'own';
  const bucketsOf = new Map<number, Bucket[]>();
  for (const bucket of query.buckets) {
    for (const part of partsOfBucket(bucket, edges) ?? missing(bucket)) {
      const list = bucketsOf.get(part);
      if (list) list.push(bucket);
      else bucketsOf.set(part, [bucket]);
    }
  }
  const shared = query.measures.map((each) => (takesShares(each) ? cube.places.get(cellKey(each))! : -1));
  const groups = new Map<string, Map<string, Exact[]>>();
  for (const row of cube.rows) {
    if (row.stay === undefined || row.part < 0) continue;
    const group = isOwn ? String(row.stay) : '';
    const buckets = groups.get(group) ?? new Map<string, Exact[]>();
    groups.set(group, buckets);
    for (const { id } of bucketsOf.get(row.part) ?? []) {
      const sums = buckets.get(id);
      if (!sums)
        buckets.set(
          id,
          shared.map((at) => (at < 0 ? ZERO : row.sums[at]!)),
        );
      else
        shared.forEach((at, place) => {
          if (at >= 0) sums[place] = add(sums[place]!, row.sums[at]!);
        });
    }
  }
  const wholes = query.measures.map((each) => (takesShares(each) ? undefined : found.wholes(each)));
  const none = query.measures.map((each) => (each.aggregate === 'distinct' ? whole(0) : undefined));
  const hasShared = shared.some((at) => at >= 0);
  const hasWhole = wholes.some((each) => each !== undefined);
  return inOrder(groups).flatMap(([group, buckets]) =>
    inOrder(buckets).flatMap(([bucket, sums]): readonly FactRow[] => {
      const key = `${group} ${bucket}`;
      const added = sums.map((sum, at) => (shared[at]! < 0 ? undefined : sum));
      const taken = hasWhole ? wholes.map((each, at) => each && (each.get(key) ?? none[at])) : [];
      return [
        ...(hasShared ? [{ group, bucket, share: ONE, values: added }] : []),
        ...(hasWhole ? [{ group, bucket, share: undefined, values: taken }] : []),
      ];
    }),
  );
}

function inOrder<T>(named: ReadonlyMap<string, T>): readonly (readonly [string, T])[] {
  return [...named].sort(([a], [b]) => compareText(a, b));
}
