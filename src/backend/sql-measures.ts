// Measures in SQL: which rows each counts, and the aggregate over them. What takes rows whole sees each once in a group;
// the first, the last and a percentile are found as the row at a place in an order.

import { InternalError } from '../base/diagnostic.ts';
import { exact } from '../base/exact.ts';
import { walk } from '../library/parts.ts';
import type { Expression } from '../model/expression.ts';
import type { EventModel, Measure } from '../model/policy.ts';
import type { ValueType } from '../model/value.ts';
import { takesShares } from '../query/query.ts';
import { keepText } from './sql-connection.ts';
import type { SqlDialect } from './sql-dialect.ts';
import type { RowChain } from './sql-row.ts';
import { decimalType, type SqlValue } from './sql-text.ts';

/** A measure as SQL. */
export interface SqlMeasure {
  readonly measure: Measure;
  readonly value: SqlValue | undefined;
  readonly each: SqlValue | undefined;
  /** Which rows it counts, `where` and the credit's name. */
  readonly counts: string;
}

/** What the measures of one query share. */
export interface MeasureContext {
  readonly event: EventModel;
  readonly chain: RowChain;
  /** The order of time by which queries go, from the earliest. */
  readonly order: readonly string[];
  /** A name for a new column. */
  readonly column: string;
}

/**
 * A measure that takes rows whole sees a row once in a group, through the first line that counts. It makes a
 * difference where rows are counted off, and where the value depends on who is credited. Sums and counts take a share
 * once for each line and person, though the line may credit several roles of the person.
 */
export function countedOnce(each: SqlMeasure, context: MeasureContext): SqlMeasure {
  const { measure, counts } = each;
  const { event, chain, column } = context;
  const lines = event.credit.filter((line) => (line.extra ? line.as : undefined) === measure.as);
  const countsOff = ['lower middle', 'upper middle', 'percentile'].includes(measure.aggregate);
  const depends = [measure.value, measure.each].some((part) => part && dependsOnPerson(part));
  const single = lines.length < 2 && !lines.some((line) => line.leadsAbove || line.inEveryRole);
  const isShared = takesShares(measure);
  if (isShared ? !lines.some((line) => line.inEveryRole) : single || !(countsOff || depends)) return each;
  const among = `grp, bucket, r, coalesce(${counts}, FALSE)${isShared ? ', line, who' : ''}`;
  const place = `row_number() OVER (PARTITION BY ${among} ORDER BY line, who, stay)`;
  const { sql } = chain.addColumn(column, {
    sql: `(coalesce(${counts}, FALSE) AND ${place} = 1)`,
    scale: undefined,
  });
  return { ...each, counts: sql };
}

function dependsOnPerson(formula: Expression): boolean {
  let found = false;
  walk(formula, (node) => {
    if (node.kind === 'attribute' || node.kind === 'share') found = true;
  });
  return found;
}

/** The first, the last and a percentile count the one row (of each value of `each`) that stands at their place. */
export function atPlace(measured: SqlMeasure, context: MeasureContext): SqlMeasure {
  const { measure, value, each, counts } = measured;
  const { chain, order, column } = context;
  const { aggregate } = measure;
  if (aggregate !== 'percentile' && aggregate !== 'first' && aggregate !== 'last') return measured;
  const present = [value, each].flatMap((part) => (part ? [`${part.sql} IS NOT NULL`] : []));
  const here = chain.addColumn(`${column}_here`, {
    sql: `(${[`coalesce(${counts}, FALSE)`, ...present].join(' AND ')})`,
    scale: undefined,
  }).sql;
  const among = `PARTITION BY grp, bucket, ${here}${each ? `, ${each.sql}` : ''}`;
  const by = aggregate === 'percentile' ? [value!.sql] : order;
  const sorted = by.map((part) => (aggregate === 'last' ? `${part} DESC` : part)).join(', ');
  const { dialect } = chain.names;
  const wanted =
    aggregate === 'percentile' ? nearestRank(measure.place!, `count(*) OVER (${among})`, dialect) : '1';
  const { sql } = chain.addColumn(column, {
    sql: `(${here} AND row_number() OVER (${among} ORDER BY ${sorted}) = ${wanted})`,
    scale: undefined,
  });
  return { ...measured, counts: sql };
}

/** `ceil(p * n)` in whole numbers: binary floating point puts some percentiles a place too high. */
function nearestRank(place: string, count: string, dialect: SqlDialect): string {
  const { num, den } = exact(place);
  const huge = (value: bigint): string => `CAST('${value}' AS ${dialect.huge})`;
  return dialect.quotient(`(${huge(BigInt(num))} * ${count} + ${huge(BigInt(den) - 1n)})`, huge(BigInt(den)));
}

/** The aggregate as an answer that `rows` gives back whole. */
export function aggregateSql({ measure, value, counts }: SqlMeasure, dialect: SqlDialect): string {
  const filter = `FILTER (WHERE ${counts})`;
  if (measure.aggregate === 'count') return `count(*) ${filter}`;
  if (!value) throw new InternalError(`${measure.aggregate} of nothing`);
  const { sql } = value;
  switch (measure.aggregate) {
    case 'sum':
      return sumSql(value, filter);
    case 'distinct':
      return `count(DISTINCT ${sql}) ${filter}`;
    case 'min':
      return `min(${sql}) ${filter}`;
    case 'max':
      return `max(${sql}) ${filter}`;
    case 'lower middle':
      return `${dialect.middle(sql)} ${filter}`;
    case 'upper middle':
      return `-${dialect.middle(`-(${sql})`)} ${filter}`;
    case 'percentile':
      return dialect.only(sql, filter);
    case 'first':
    case 'last':
      if (measure.each) return sumSql(value, filter, 'NULL');
      return isText(measure) ? keepText(dialect.only(sql, filter)) : dialect.only(sql, filter);
    default:
      return measure.aggregate satisfies never;
  }
}

/** A sum in 38 digits, past which it is an error. */
function sumSql({ sql, scale }: SqlValue, filter: string, ofNone = '0'): string {
  const decimal = decimalType(scale ?? 0);
  return `coalesce(CAST(sum(${sql}) ${filter} AS ${decimal}), CAST(${ofNone} AS ${decimal}))`;
}

/** Whether the answers of a measure are texts. */
export function isText({ aggregate, value }: Measure): boolean {
  const texts: readonly ValueType['kind'][] = ['text', 'enumeration', 'person'];
  return (
    (aggregate === 'first' || aggregate === 'last') && value !== undefined && texts.includes(value.type.kind)
  );
}
