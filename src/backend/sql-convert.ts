// The rules of input/convert.ts, over whole columns of text in SQL. Each cell is matched against its type's shape
// first and cast after it, so no cast meets a text that it would round, pad or guess at.

import type { FiscalYear } from '../base/fiscal.ts';
import type { Dialect, RejectReason } from '../model/dataset.ts';
import type { FieldModel } from '../model/policy.ts';
import { isPeriod } from './sql-periods.ts';
import { decimalType, type Parameters, textParameter } from './sql-text.ts';

/** How a column of texts becomes values: expressions over the texts. */
export interface Conversion {
  /** Asked only where there is no reason against the cell. */
  readonly value: string;
  /** The reason as text, or NULL where the cell is of its type; never asked of an empty cell. */
  readonly reason: string;
}

const CLOCK = '[0-9]{1,6}:[0-5][0-9]:[0-5][0-9](?:\\.[0-9]{1,9})?';
const BLANKS = "' ' || chr(9)";

/** The text that is converted: without spaces and tabs at the ends; text-like cells as they stand. */
export function trimmed(field: FieldModel, text: string): string {
  return isTextLike(field) ? text : `trim(${text}, ${BLANKS})`;
}

export function isTextLike(field: FieldModel): boolean {
  return ['text', 'person', 'enumeration', 'error'].includes(field.type.kind);
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

function matches(text: string, shape: string): string {
  return `regexp_full_match(${text}, ${literal(shape)})`;
}

function reasonWhen(...cases: readonly (readonly [string, RejectReason])[]): string {
  return `CASE ${cases.map(([condition, reason]) => `WHEN ${condition} THEN ${literal(reason)}`).join(' ')} END`;
}

function escaped(sign: string): string {
  return sign.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** A number as the dialect writes it: its shape, and the same digits with `.` and no thousands sign. */
function numberShape(dialect: Dialect): { readonly shape: string; plain(text: string): string } {
  const decimal = dialect.decimal ?? '.';
  const { thousands = '' } = dialect;
  const spaces = thousands === ' ' ? '[ \u00a0\u202f]' : escaped(thousands);
  const grouped = thousands === '' ? '' : `[0-9]{1,3}(?:${spaces}[0-9]{3})+|`;
  return {
    shape: `[+-]?(?:${grouped}[0-9]+)(?:${escaped(decimal)}[0-9]+)?`,
    plain: (text) => {
      const joined = thousands === '' ? text : `regexp_replace(${text}, ${literal(spaces)}, '', 'g')`;
      return decimal === '.' ? joined : `replace(${joined}, ${literal(decimal)}, '.')`;
    },
  };
}

/**
 * A plain number as `DECIMAL(38, scale)`. Casting text to more than 18 digits is a hundred times slower in DuckDB, so
 * short numbers take the shorter cast; neither rounds, as `scale` holds every decimal of the column.
 */
function decimalOf(plain: string, scale: number): string {
  const wide = decimalType(scale);
  const isShort = `length(split_part(${plain}, '.', 1)) <= ${18 - scale}`;
  return `CASE WHEN ${isShort} THEN CAST(TRY_CAST(${plain} AS DECIMAL(18, ${Math.min(18, scale)})) AS ${wide}) ELSE TRY_CAST(${plain} AS ${wide}) END`;
}

/** Whether a plain number keeps to 18 digits before the point and so many after it. */
function fits(plain: string, decimals: number): string {
  return matches(plain, `[+-]?0*[0-9]{0,18}(?:\\.[0-9]{0,${decimals}}0*)?`);
}

/** The decimals that a plain number needs. */
function decimalsOf(plain: string): string {
  return `length(rtrim(split_part(${plain}, '.', 2), '0'))`;
}

/**
 * How many decimals the values of a column need, as an aggregate over its texts; at least that, when some cells
 * aren't of their type. `undefined`: not held as decimals.
 */
export function scaleNeeded(field: FieldModel, dialect: Dialect, text: string): string | undefined {
  const { shape, plain } = numberShape(dialect);
  const most = (decimals: string): string => `coalesce(least(9, max(${decimals})), 0)`;
  switch (field.type.kind) {
    case 'number':
    case 'money':
      return most(`CASE WHEN ${matches(text, shape)} THEN ${decimalsOf(plain(text))} END`);
    case 'percent':
      return most(`2 + ${decimalsOf(plain(`regexp_replace(${text}, ' ?%$', '')`))}`);
    case 'duration':
      return most(
        `CASE WHEN ${matches(text, CLOCK)} THEN ${decimalsOf(text)}
ELSE ${decimalsOf(plain(`regexp_replace(${text}, ' [a-z]+$', '')`))} END`,
      );
    case 'datetime':
      return most(`length(rtrim(regexp_extract(${text}, '\\.([0-9]{1,9})', 1), '0'))`);
    default:
      return undefined;
  }
}

/** The conversion of a column of trimmed texts, for every type but datetime. */
export function conversion(
  field: FieldModel,
  text: string,
  context: {
    readonly dialect: Dialect;
    readonly parameters: Parameters;
    readonly scale: number;
    readonly calendars: readonly FiscalYear[];
  },
): Conversion {
  const { dialect, parameters, scale, calendars } = context;
  const { shape, plain } = numberShape(dialect);
  const decimal = decimalType(scale);
  switch (field.type.kind) {
    case 'number':
    case 'money': {
      const number = plain(text);
      return ruled(decimalOf(number, scale), [
        [`NOT ${matches(text, shape)}`, 'not a number'],
        [`NOT ${fits(number, 9)}`, 'too many digits'],
      ]);
    }
    case 'percent': {
      const number = plain(`regexp_replace(${text}, ' ?%$', '')`);
      const signed = `ends_with(${text}, '%')`;
      const fractions = dialect.percents === 'fractions';
      // dividing by a hundred moves the decimal point: a product with 0.01 is exact, a division isn't a decimal
      const hundredths = `CAST((${decimalOf(number, Math.max(0, scale - 2))}) * CAST('0.01' AS DECIMAL(38, 2)) AS ${decimal})`;
      return ruled(
        fractions
          ? `CASE WHEN ${signed} THEN ${hundredths} ELSE ${decimalOf(number, scale)} END`
          : hundredths,
        [
          [`NOT ${matches(text, `(?:${shape})(?: ?%)${fractions ? '?' : ''}`)}`, 'not a percent'],
          [`NOT CASE WHEN ${signed} THEN ${fits(number, 7)} ELSE ${fits(number, 9)} END`, 'too many digits'],
        ],
      );
    }
    case 'duration':
      return duration(text, dialect, scale);
    case 'date': {
      const day = `TRY_CAST(${text}[1:10] AS DATE)`;
      return ruled(`CAST(${day} - DATE '1970-01-01' AS BIGINT)`, [
        [`NOT ${matches(text, '[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ]00:00:00(?:\\.0+)?)?')}`, 'not a date'],
        [`${text}[1:4] = '0000' OR ${day} IS NULL`, 'not a date'],
      ]);
    }
    case 'period':
      return ruled(text, [[`NOT ${isPeriod(text, { calendars, parameters })}`, 'not a period']]);
    case 'truth': {
      const word = `translate(${text}, 'TRUEYSFALNO', 'trueysfalno')`;
      return ruled(`${word} IN ('true', 'yes')`, [
        [`NOT ${word} IN ('true', 'yes', 'false', 'no')`, 'not a truth value'],
      ]);
    }
    case 'enumeration': {
      const words = field.type.members.map((each) => textParameter(parameters, each.normalize('NFC')));
      const known = words.length === 0 ? 'FALSE' : `${text} IN (${words.join(', ')})`;
      return ruled(text, [[`NOT ${known}`, 'not a word of the list']]);
    }
    default:
      return { value: text, reason: 'CAST(NULL AS VARCHAR)' };
  }
}

/** INVARIANT: casts are TRY_CAST, so evaluating one too early harms nothing. */
function ruled(value: string, rules: readonly (readonly [string, RejectReason])[]): Conversion {
  return { value, reason: reasonWhen(...rules) };
}

const UNITS = [
  ['second', 1],
  ['minute', 60],
  ['hour', 3600],
  ['day', 86400],
  ['week', 604800],
] as const;

function duration(text: string, dialect: Dialect, scale: number): Conversion {
  const { shape, plain } = numberShape(dialect);
  const decimal = decimalType(scale);
  const isClock = matches(text, CLOCK);
  const number = plain(`regexp_replace(${text}, ' [a-z]+$', '')`);
  const part = (at: number): string => `TRY_CAST(split_part(${text}, ':', ${at}) AS BIGINT)`;
  const clock = `CAST(${part(1)} * 3600 + ${part(2)} * 60 AS ${decimal}) + TRY_CAST(split_part(${text}, ':', 3) AS ${decimal})`;
  const unit = `regexp_extract(${text}, ' ([a-z]+?)s?$', 1)`;
  const size = UNITS.map(([name, seconds]) => `WHEN '${name}' THEN ${seconds}`).join(' ');
  const seconds = `(${decimalOf(number, scale)}) * CAST(CASE ${unit} ${size} END AS DECIMAL(38, 0))`;
  const limit = `CAST('1000000000000000000' AS ${decimal})`;
  const words = `(?:${shape}) (?:second|minute|hour|day|week)s?`;
  return ruled(`CASE WHEN ${isClock} THEN ${clock} ELSE ${seconds} END`, [
    [`NOT ${matches(text, `${CLOCK}|${words}`)}`, 'not a duration'],
    [`NOT ${isClock} AND NOT ${fits(number, 9)}`, 'too many digits'],
    [`NOT ${isClock} AND abs(${seconds}) >= ${limit}`, 'too many digits'],
  ]);
}

const DATETIME =
  '[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[Tt ](?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:\\.[0-9]{1,9})?)?(?: ?(?:[Zz]|[+-](?:0[0-9]|1[0-7])(?::?[0-5][0-9])?|[+-]18(?::?00)?))?)?';

/** The parts of a column of datetimes, as expressions over its texts; all NULL where the cell isn't one. */
export interface DatetimeParts {
  readonly reason: string;
  /** Seconds since 1970 as local clocks count them, whole. */
  readonly local: string;
  readonly decimals: string;
  /** Seconds ahead of UTC, where the text says them. */
  readonly offset: string;
  /** Whether it is a bare date, whose midnight may be skipped. */
  readonly bare: string;
}

export function datetimeParts(text: string, scale: number): DatetimeParts {
  const day = `TRY_CAST(${text}[1:10] AS DATE)`;
  const sound = `(${matches(text, DATETIME)} AND ${text}[1:4] <> '0000' AND ${day} IS NOT NULL)`;
  const part = (from: number): string =>
    `coalesce(TRY_CAST(nullif(${text}[${from}:${from + 1}], '') AS BIGINT), 0)`;
  const seconds = `coalesce(TRY_CAST(nullif(regexp_extract(${text}, '^.{16}:([0-9]{2})', 1), '') AS BIGINT), 0)`;
  const decimals = `coalesce(TRY_CAST(nullif('0' || regexp_extract(${text}, '\\.[0-9]+'), '0') AS ${decimalType(scale)}), CAST(0 AS ${decimalType(scale)}))`;
  const zone = `regexp_extract(${text}[11:], '([Zz]|[+-][0-9:]+)$', 1)`;
  const ahead = `(CASE WHEN ${zone}[1] = '-' THEN -1 ELSE 1 END * (${zonePart(zone, '^.([0-9]{2})')} * 3600 + ${zonePart(zone, '^...:?([0-9]{2})')} * 60))`;
  return {
    reason: reasonWhen([`NOT ${sound}`, 'not a datetime']),
    local: `CASE WHEN ${sound} THEN CAST(${day} - DATE '1970-01-01' AS BIGINT) * 86400 + ${part(12)} * 3600 + ${part(15)} * 60 + ${seconds} END`,
    decimals: `CASE WHEN ${sound} THEN ${decimals} END`,
    offset: `CASE WHEN ${sound} AND ${zone} <> '' THEN CASE WHEN lower(${zone}) = 'z' THEN CAST(0 AS BIGINT) ELSE ${ahead} END END`,
    bare: `length(${text}) = 10`,
  };
}

function zonePart(zone: string, shape: string): string {
  return `coalesce(TRY_CAST(nullif(regexp_extract(${zone}, '${shape}', 1), '') AS BIGINT), 0)`;
}
