// From formulas of rows to SQL. A formula becomes an expression over a chain of relations; look-ups and positions
// (`nth`) add a relation to the chain, with the column that holds their answer.

import { InternalError } from '../base/diagnostic.ts';
import { constantValue } from '../library/constant.ts';
import { libraryFunction } from '../library/index.ts';
import type { ApplyNode, Expression, LookupNode, NthNode } from '../model/expression.ts';
import type { Cell, ValueType } from '../model/value.ts';
import { clockJoin, localDay } from './sql-clock.ts';
import {
  decimalParameter,
  decimalType,
  type Parameters,
  type SqlValue,
  textParameter,
  widened,
} from './sql-text.ts';

/** A table of the policy as it lies in the database; columns in the order of its fields. */
export interface SqlTable {
  readonly relation: string;
  readonly keys: readonly SqlValue[];
  readonly columns: ReadonlyMap<string, SqlValue>;
  /** Days, of which either may be absent; `undefined` for a table that isn't dated. */
  readonly dates: { readonly from?: string; readonly until?: string } | undefined;
}

/** What formulas of rows may name. */
export interface RowNames {
  readonly parameters: Parameters;
  readonly tables: ReadonlyMap<string, SqlTable>;
  /** Fields of the event, read and computed. */
  readonly fields: Map<string, SqlValue>;
  /** Attributes of the credited person; absent where nobody is credited yet. */
  readonly attributes?: ReadonlyMap<string, SqlValue>;
  /** What positions are counted by: posting time, then key. */
  readonly order: readonly string[];
  /** The table of the zone's offsets, for look-ups by a datetime. */
  readonly clock: string;
}

/** A chain of relations, each made from the one before; `name` is the last. */
export class RowChain {
  readonly #relations: string[] = [];
  readonly #columns = new Map<string, SqlValue>();
  readonly #prefix: string;
  names: RowNames;

  constructor(prefix: string, source: string, names: RowNames) {
    this.#prefix = prefix;
    this.names = names;
    this.#relations.push(`${prefix}0 AS (${source})`);
  }

  get name(): string {
    return `${this.#prefix}${this.#relations.length - 1}`;
  }

  /** The chain as the inside of a WITH. */
  get sql(): string {
    return this.#relations.join(',\n');
  }

  /** Puts a relation on the chain; it is given the name of the one before. */
  add(select: (before: string) => string): void {
    const before = this.name;
    this.#relations.push(`${this.#prefix}${this.#relations.length} AS (${select(before)})`);
  }

  /** Adds a column that holds the expression. */
  addColumn(column: string, value: SqlValue): SqlValue {
    this.add((before) => `SELECT ${before}.*, ${value.sql} AS ${column} FROM ${before}`);
    return { sql: column, scale: value.scale };
  }

  /** The formula over the columns of the last relation, which may be a new one. */
  expression(formula: Expression): SqlValue {
    switch (formula.kind) {
      case 'constant':
        return this.constant(formula.type, constantValue(formula.type, formula.text));
      case 'field':
        return named(this.names.fields, formula.name);
      case 'attribute':
        return this.names.attributes
          ? named(this.names.attributes, formula.name)
          : this.constant(formula.type, undefined);
      case 'lookup':
        return this.#once(formula, (column) => this.#lookup(formula, column));
      case 'nth':
        return this.#once(formula, (column) => this.#nth(formula, column));
      case 'apply':
        return this.#apply(formula);
      default:
        throw new InternalError(`not a formula of rows: ${formula.kind}`);
    }
  }

  constant(type: ValueType, value: Cell): SqlValue {
    const { parameters } = this.names;
    if (value === undefined) return nothing(type);
    if (typeof value === 'boolean') return { sql: value ? 'TRUE' : 'FALSE', scale: undefined };
    if (typeof value === 'string') return { sql: textParameter(parameters, value), scale: undefined };
    if (type.kind !== 'date') return decimalParameter(parameters, value);
    return {
      sql: `CAST(${textParameter(parameters, String(value.num))} AS BIGINT)`,
      scale: undefined,
    };
  }

  /** A column for a formula, shared by all formulas that are written alike. */
  #once(formula: Expression, add: (column: string) => number | undefined): SqlValue {
    const text = JSON.stringify(formula, (key, value) => (key === 'span' ? undefined : value));
    let found = this.#columns.get(text);
    if (!found) {
      const column = `${this.#prefix}x${this.#columns.size}`;
      found = { sql: column, scale: undefined };
      this.#columns.set(text, found);
      found = { sql: column, scale: add(column) };
      this.#columns.set(text, found);
    }
    return found;
  }

  #lookup(formula: LookupNode, column: string): number | undefined {
    const table = this.names.tables.get(formula.table);
    if (!table) throw new InternalError(`no such table: ${formula.table}`);
    const conditions = formula.keys.map((each, index) => {
      const [key, wanted] = sameScale([table.keys[index]!, this.expression(each)]);
      return `${key!.sql} = ${wanted!.sql}`;
    });
    if (table.dates) {
      if (!formula.at) throw new InternalError('a look-up in a dated table without a day');
      const day = this.#dayOf(formula.at, column);
      const { from, until } = table.dates;
      conditions.push(`${day} IS NOT NULL`);
      if (from) conditions.push(`(${from} IS NULL OR ${from} <= ${day})`);
      if (until) conditions.push(`(${until} IS NULL OR ${day} <= ${until})`);
    }
    const found = named(table.columns, formula.column);
    this.add(
      (before) =>
        `SELECT ${before}.*, ${found.sql} AS ${column} FROM ${before}
LEFT JOIN ${table.relation} ON ${conditions.join(' AND ')}`,
    );
    return found.scale;
  }

  /** The day that a look-up asks for: a date, or the local day of a datetime. */
  #dayOf(at: Expression, column: string): string {
    const asked = this.expression(at).sql;
    if (at.type.kind !== 'datetime') return asked;
    const { clock } = this.names;
    this.add(
      (before) =>
        `SELECT ${before}.*, ${localDay(asked, 'clock.ahead')} AS ${column}_day
FROM ${clockJoin(before, asked, clock)}`,
    );
    return `${column}_day`;
  }

  #nth(formula: NthNode, column: string): number {
    const by = formula.by.map((each) => this.expression(each).sql);
    const conditions = by.map((each) => `${each} IS NOT NULL`);
    if (formula.where) conditions.push(`coalesce(${this.expression(formula.where).sql}, FALSE)`);
    const counts = conditions.length > 0 ? conditions.join(' AND ') : 'TRUE';
    const parts = [`(${counts})`, ...by].join(', ');
    const place = `row_number() OVER (PARTITION BY ${parts} ORDER BY ${this.names.order.join(', ')})`;
    this.add(
      (before) =>
        `SELECT ${before}.*, CASE WHEN ${counts} THEN CAST(${place} AS DECIMAL(38, 0)) END AS ${column}
FROM ${before}`,
    );
    return 0;
  }

  #apply(formula: ApplyNode): SqlValue {
    const definition = libraryFunction(formula.function);
    if (!definition.sql) {
      const found = constantOf(formula);
      if (!found) throw new InternalError(`not for rows: ${formula.function}`);
      return this.constant(formula.type, found.value);
    }
    const args = formula.args.map((each) => this.expression(each));
    const alike = formula.function === '*' ? args : sameScale(args);
    const sql = definition.sql(alike.map((each) => each.sql));
    const scale = isExact(formula.type) ? scaleOf(formula, alike) : undefined;
    // whatever DuckDB made of the operation, its answer is held in 38 digits
    return scale === undefined
      ? { sql: `(${sql})`, scale }
      : { sql: `CAST(${sql} AS ${decimalType(scale)})`, scale };
  }
}

function scaleOf(formula: ApplyNode, args: readonly SqlValue[]): number {
  if (formula.function === 'days between') return 0;
  const scales = args.map((each) => each.scale ?? 0);
  return formula.function === '*' ? scales.reduce((a, b) => a + b, 0) : Math.max(...scales);
}

/** The arguments with one scale, those that have one. */
export function sameScale(values: readonly SqlValue[]): readonly SqlValue[] {
  const scale = Math.max(...values.map((each) => each.scale ?? 0));
  return values.map((each) => widened(each, scale));
}

/** Whether values of the type are held as decimals. */
export function isExact(type: ValueType): boolean {
  return ['number', 'percent', 'money', 'duration', 'datetime'].includes(type.kind);
}

/** NULL of the type. */
function nothing(type: ValueType): SqlValue {
  if (isExact(type)) return { sql: 'CAST(NULL AS DECIMAL(38, 0))', scale: 0 };
  const kind = type.kind === 'date' ? 'BIGINT' : type.kind === 'truth' ? 'BOOLEAN' : 'VARCHAR';
  return { sql: `CAST(NULL AS ${kind})`, scale: undefined };
}

function named(names: ReadonlyMap<string, SqlValue>, name: string): SqlValue {
  const found = names.get(name);
  if (!found) throw new InternalError(`no such column: ${name}`);
  return found;
}

/** The value of a formula of constants alone: an operation that SQL can't do exactly is done here. */
function constantOf(formula: Expression): { readonly value: Cell } | undefined {
  if (formula.kind === 'constant') return { value: constantValue(formula.type, formula.text) };
  if (formula.kind !== 'apply') return undefined;
  const args: Cell[] = [];
  for (const each of formula.args) {
    const found = constantOf(each);
    if (!found) return undefined;
    args.push(found.value);
  }
  return { value: libraryFunction(formula.function).evaluate(args) };
}
