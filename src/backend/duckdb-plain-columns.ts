// Cells in SQL as columns hold them, for sources whose cells need no mending: a field's value, and whether the rules of
// texts have to look at the cell after all.

import { decimalPlaces, type Exact, exact, fixedText } from '../base/exact.ts';
import { constantValue } from '../library/constant.ts';
import type { BoundSource } from '../model/dataset.ts';
import type { FieldModel } from '../model/policy.ts';
import { cellsOf, type RelationColumn } from './duckdb-source.ts';
import { literal } from './sql-dialect.ts';
import { STABLE } from './sql-typed.ts';

/** A field's cells in SQL over the columns of the file. */
export interface PlainColumn {
  readonly value: string;
  /** Decimals of a number; a date is a BIGINT of days, a text and a truth value are what they are. */
  readonly scale: number | undefined;
  /** Whether the rules of texts have to look at the cell; never NULL. */
  readonly odd: string;
  /** The cell as the file has it, where an empty one has another value: what control totals add up. */
  readonly written?: string;
  /** Whether an empty cell is odd already. */
  readonly refusesEmpty?: true;
}

/** Digits that a narrow decimal holds: sums of such are as exact as others, and several times as fast. */
export const NARROW = 18;
/** Decimals that a cell may have by the rules of numbers. */
const MOST_DECIMALS = 9;

/** The columns of all fields, or `undefined` where one of them needs the rules of texts. */
export function plainColumns(
  source: BoundSource,
  fields: readonly FieldModel[],
  columns: readonly RelationColumn[],
): readonly PlainColumn[] | undefined {
  const found: PlainColumn[] = [];
  for (const [at, field] of fields.entries()) {
    const binding = source.bindings[at]!;
    if (binding.kind !== 'column') return undefined;
    const each = plainColumn(field, source, columns[binding.index]!);
    if (!each) return undefined;
    found.push(each);
  }
  return found;
}

/** The same of a source of texts, columns `c0`, `c1` and so on; `decimals` are those that each column has at most. */
export function textColumns(
  source: BoundSource,
  fields: readonly FieldModel[],
  decimals: readonly number[],
): readonly PlainColumn[] | undefined {
  const found: PlainColumn[] = [];
  for (const [at, field] of fields.entries()) {
    const binding = source.bindings[at]!;
    if (binding.kind !== 'column') return undefined;
    const text = `c${binding.index}`;
    const typed = writtenColumn(field, source, { text, decimals: decimals[binding.index]! });
    if (!typed) return undefined;
    found.push(judged(field, typed));
  }
  return found;
}

/** A cell that is written in the usual way; any other is odd. */
function writtenColumn(
  field: FieldModel,
  source: BoundSource,
  { text, decimals }: { readonly text: string; readonly decimals: number },
): PlainColumn | undefined {
  const { dialect } = source;
  const odd = (conditions: string): string => `coalesce(${conditions}, FALSE)`;
  switch (field.type.kind) {
    case 'text':
    case 'person':
    case 'enumeration':
      return typedColumn(field, source, { name: text, type: 'VARCHAR' });
    case 'truth':
      return {
        value: `CASE ${text} WHEN 'true' THEN TRUE WHEN 'yes' THEN TRUE WHEN 'false' THEN FALSE WHEN 'no' THEN FALSE END`,
        scale: undefined,
        odd: odd(`${text} NOT IN ('', 'true', 'yes', 'false', 'no')`),
      };
    case 'date': {
      const date = `TRY_CAST(${text} AS DATE)`;
      const isWritten = `regexp_full_match(${text}, '[0-9]{4}-[0-9]{2}-[0-9]{2}')`;
      return {
        value: `CAST(${date} - DATE '1970-01-01' AS BIGINT)`,
        scale: undefined,
        odd: odd(`${text} <> '' AND (NOT ${isWritten} OR ${date} IS NULL OR ${text} < '0001')`),
      };
    }
    case 'number':
    case 'money': {
      if ((dialect.decimal ?? '.') !== '.' || dialect.thousands) return undefined;
      const scale = Math.min(MOST_DECIMALS, Math.max(2, decimals, decimalsSaid(field)) + 2);
      if (scale < decimalsSaid(field)) return undefined;
      const shape = `[+-]?[0-9]{1,${NARROW - scale}}(\\.[0-9]{1,${scale}})?`;
      return {
        value: `TRY_CAST(${text} AS DECIMAL(${NARROW}, ${scale}))`,
        scale,
        odd: odd(`${text} <> '' AND NOT regexp_full_match(${text}, '${shape}')`),
      };
    }
    default:
      return undefined;
  }
}

function plainColumn(
  field: FieldModel,
  source: BoundSource,
  column: RelationColumn,
): PlainColumn | undefined {
  const typed = typedColumn(field, source, { ...column, name: cellsOf(column, source) });
  // a bound or fallback of more decimals than the column would be rounded
  if (!typed || (typed.scale !== undefined && typed.scale < decimalsSaid(field))) return undefined;
  return judged(field, typed);
}

/** The most decimals of a field's bounds and fallback. */
function decimalsSaid({ type, from, until, fallback }: FieldModel): number {
  if (type.kind !== 'number' && type.kind !== 'money') return 0;
  const said = [from, until, fallback].filter((each) => each !== undefined);
  return Math.max(0, ...said.map((each) => decimalPlaces(exact(each)) ?? Number.POSITIVE_INFINITY));
}

/** The column with the field's bounds and fallback. */
function judged(field: FieldModel, typed: PlainColumn): PlainColumn {
  const { value, scale } = typed;
  const constant = (text: string): string => constantSql(field, text, scale);
  const odd = [typed.odd];
  if (field.from !== undefined) odd.push(`coalesce(${value} < ${constant(field.from)}, FALSE)`);
  if (field.until !== undefined) odd.push(`coalesce(${value} > ${constant(field.until)}, FALSE)`);
  if (field.fallback !== undefined)
    return {
      value: `coalesce(${value}, ${constant(field.fallback)})`,
      written: value,
      scale,
      odd: orOf(odd),
    };
  if (!field.optional && !typed.refusesEmpty) odd.push(`${value} IS NULL`);
  return { value, scale, odd: orOf(odd) };
}

/** Any of the conditions; of none, false. */
export function orOf(conditions: readonly string[]): string {
  const asked = conditions.filter((each) => each !== 'FALSE');
  return asked.length === 0 ? 'FALSE' : `(${asked.join(' OR ')})`;
}

function constantSql(field: FieldModel, text: string, scale: number | undefined): string {
  const value = constantValue(field.type, text);
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  if (typeof value === 'string') return literal(value);
  if (scale === undefined) return `CAST(${(value as Exact).num} AS BIGINT)`;
  return `CAST(${literal(fixedText(value as Exact, scale))} AS DECIMAL(${NARROW}, ${scale}))`;
}

/** The value of a cell, NULL where it is empty; a cell that isn't of the field's type is odd. */
function typedColumn(
  field: FieldModel,
  { dialect }: BoundSource,
  { name, type }: RelationColumn,
): PlainColumn | undefined {
  switch (field.type.kind) {
    case 'text':
    case 'person':
      if (type !== 'VARCHAR') return undefined;
      return textColumn(field, name, unstable(name));
    case 'enumeration': {
      if (type !== 'VARCHAR') return undefined;
      const words = field.type.members.map((each) => literal(each.normalize('NFC')));
      if (words.length === 0) return undefined;
      return textColumn(field, name, `coalesce(${name} NOT IN ('', ${words.join(', ')}), FALSE)`);
    }
    case 'truth':
      return type === 'BOOLEAN' ? { value: name, scale: undefined, odd: 'FALSE' } : undefined;
    case 'date':
      if (type !== 'DATE') return undefined;
      return {
        value: `CAST(${name} - DATE '1970-01-01' AS BIGINT)`,
        scale: undefined,
        odd: `coalesce(${name} NOT BETWEEN DATE '0001-01-01' AND DATE '9999-12-31', FALSE)`,
      };
    case 'number':
    case 'money':
      return numberColumn(name, type, dialect.decimal ?? '.');
    default:
      return undefined;
  }
}

/** A text; that of a required field as it lies in the file, where an empty one is odd. */
function textColumn({ optional, fallback }: FieldModel, name: string, odd: string): PlainColumn {
  return optional || fallback !== undefined
    ? { value: `nullif(${name}, '')`, scale: undefined, odd }
    : { value: name, scale: undefined, odd: orOf([odd, `coalesce(${name} = '', TRUE)`]), refusesEmpty: true };
}

function numberColumn(name: string, type: string, sign: string): PlainColumn | undefined {
  const decimal = /^DECIMAL\((\d+),(\d+)\)$/.exec(type);
  if (!decimal && !/^U?(TINY|SMALL|BIG)?INT(EGER)?$/.test(type)) return undefined;
  const scale = Number(decimal?.[2] ?? 0);
  if (scale > MOST_DECIMALS || (scale > 0 && sign !== '.')) return undefined;
  const narrow = `DECIMAL(${NARROW}, ${scale})`;
  const isNarrow = decimal ? Number(decimal[1]) <= NARROW : /^U?(TINY|SMALL)?INT(EGER)?$/.test(type);
  if (isNarrow) return { value: `CAST(${name} AS ${narrow})`, scale, odd: 'FALSE' };
  const value = `TRY_CAST(${name} AS ${narrow})`;
  return { value, scale, odd: `(${name} IS NOT NULL AND ${value} IS NULL)` };
}

/** Whether NFC may change a text; one of ASCII it doesn't, and that is soon seen. */
function unstable(text: string): string {
  return `CASE WHEN strlen(${text}) <> length(${text}) THEN NOT regexp_full_match(${text}, ${literal(STABLE)}) ELSE FALSE END`;
}
