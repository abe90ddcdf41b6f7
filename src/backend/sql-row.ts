// From formulas of rows to SQL. A formula becomes an expression over a chain of relations; look-ups and positions
// (`nth`) add a relation to the chain, with the column that holds their answer.

import { InternalError } from '../base/diagnostic.ts';
import { constantValue } from '../library/constant.ts';
import { libraryFunction } from '../library/index.ts';
import { isScalar } from '../library/parts.ts';
import type { ApplyNode, Expression, LookupNode, NthNode, PeriodEdgeNode } from '../model/expression.ts';
import type { Model } from '../model/policy.ts';
import type { Cell, ValueType } from '../model/value.ts';
import { clockJoin, localDay } from './sql-clock.ts';
import type { SqlDialect } from './sql-dialect.ts';
import { isRounding, roundedValue } from './sql-fraction.ts';
import { addLookBack, addOfPerson, addThrough, type SqlAgreed, type SqlEvent } from './sql-others.ts';
import { scalarSql } from './sql-scalars.ts';
import { gridValue, tableValue } from './sql-tables.ts';
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

/** What formulas of rows may name, and the engine whose words they are written in. */
export interface RowNames {
  readonly dialect: SqlDialect;
  readonly model: Model;
  readonly parameters: Parameters;
  readonly tables: ReadonlyMap<string, SqlTable>;
  /** The event whose rows they are, and all events that are loaded. */
  readonly event: string;
  readonly events: ReadonlyMap<string, SqlEvent>;
  readonly agreed: SqlAgreed;
  /** Fields of the event, read and computed. */
  readonly fields: Map<string, SqlValue>;
  /** Attributes of the credited person; absent where nobody is credited yet. */
  readonly attributes?: ReadonlyMap<string, SqlValue>;
  /** The credited share, where somebody is credited. */
  readonly share?: () => SqlValue;
  /** The first day of the period that rows are looked at for, and the first after it; absent where they aren't. */
  readonly period?: { readonly from: string; readonly until: string };
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
    this.#relations.push(
      `${this.#prefix}${this.#relations.length} AS (${select(before)}${this.names.dialect.fence})`,
    );
  }

  /** Has the last relation worked out once, however often the next ones name it. */
  keep(): void {
    const last = this.#relations.length - 1;
    this.#relations[last] = this.#relations[last]!.replace(' AS (', ' AS MATERIALIZED (');
  }

  /** Adds a column that holds the expression. */
  addColumn(column: string, value: SqlValue): SqlValue {
    this.add((before) => `SELECT ${before}.*, ${value.sql} AS ${column} FROM ${before}`);
    return { sql: column, scale: value.scale };
  }

  /** A name for the next column, which no other has. */
  get fresh(): string {
    return `${this.#prefix}h${this.#relations.length}`;
  }

  /** The value in a column of its own, so that it is worked out once however often it is named. */
  hold(value: SqlValue): SqlValue {
    if (/^\w+$/.test(value.sql)) return value;
    return this.addColumn(this.fresh, value);
  }

  /** The formula over the columns of the last relation, which may be a new one. */
  expression(formula: Expression): SqlValue {
    if (isScalar(formula)) return this.#shared(formula, () => scalarSql(this, formula));
    switch (formula.kind) {
      case 'constant':
        return this.constant(formula.type, constantValue(formula.type, formula.text));
      case 'field':
        return named(this.names.fields, formula.name);
      case 'attribute':
        return this.names.attributes
          ? named(this.names.attributes, formula.name)
          : this.constant(formula.type, undefined);
      case 'period':
        return this.#edge(formula);
      case 'lookup':
        return this.#once(formula, (column) => this.#lookup(formula, column));
      case 'nth':
        return this.#once(formula, (column) => this.#nth(formula, column));
      case 'share':
        if (!this.names.share) throw new InternalError('a share of a row that nobody is credited with');
        return this.names.share();
      case 'through':
        return this.#once(formula, (column) => addThrough(this, formula, column));
      case 'of person':
        return this.#once(formula, (column) => addOfPerson(this, formula, column));
      case 'look-back':
        return this.#once(formula, (column) => addLookBack(this, formula, column));
      case 'rates':
      case 'curve':
        return this.#shared(formula, () => tableValue(this, formula));
      case 'grid':
        return this.#shared(formula, () => gridValue(this, formula));
      case 'apply':
        return isRounding(formula)
          ? this.#shared(formula, () => roundedValue(this, formula))
          : this.#apply(formula);
      default:
        throw new InternalError(`not a formula of rows: ${formula.kind}`);
    }
  }

  #edge({ edge }: PeriodEdgeNode): SqlValue {
    const { period } = this.names;
    if (!period || edge === 'itself' || edge === 'held')
      throw new InternalError('a period in a formula of rows');
    return { sql: edge === 'start' ? period.from : `(${period.until} - 1)`, scale: undefined };
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

  /** The same for a formula that finds its own column. */
  #shared(formula: Expression, make: () => SqlValue): SqlValue {
    const text = JSON.stringify(formula, (key, value) => (key === 'span' ? undefined : value));
    const found = this.#columns.get(text) ?? this.hold(make());
    this.#columns.set(text, found);
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
      const day = this.dayOf(formula.at, column);
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

  /** The day of a date, or the local day of a datetime, of which `column` names a new column. */
  dayOf(at: Expression, column: string): string {
    const asked = this.expression(at).sql;
    if (at.type.kind !== 'datetime') return asked;
    this.add(
      (before) =>
        `SELECT ${before}.*, ${localDay(asked, 'clock.ahead', this.names.dialect)} AS ${column}_day
FROM ${clockJoin(before, asked, this.names)}`,
    );
    return `${column}_day`;
  }

  #nth(formula: NthNode, column: string): number {
    const by = formula.by.map((each) => this.expression(each).sql);
    const conditions = ['seen', ...by.map((each) => `${each} IS NOT NULL`)];
    if (formula.where) conditions.push(`coalesce(${this.expression(formula.where).sql}, FALSE)`);
    const counts = conditions.join(' AND ');
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
    const sql = definition.sql(
      alike.map((each) => each.sql),
      this.names.dialect,
    );
    const scale = isExact(formula.type) ? scaleOf(formula, alike) : undefined;
    // whatever the engine made of the operation, its answer is held in 38 digits
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
