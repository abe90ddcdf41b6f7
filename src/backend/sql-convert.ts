// The rules of input/convert.ts, over whole columns of text in SQL. Each cell is matched against its type's shape
// first and cast after it, so no cast meets a text that it would round, pad or guess at.

import type { FiscalYear } from '../base/fiscal.ts';
import type { Dialect, RejectReason } from '../model/dataset.ts';
import type { FieldModel } from '../model/policy.ts';
import { literal, type SqlDialect } from './sql-dialect.ts';
import { isPeriod } from './sql-periods.ts';
import { decimalType, type Parameters, textParameter } from './sql-text.ts';

/** How the cells of a source are written, and the engine that reads them. */
export interface Reading {
  readonly written: Dialect;
  readonly dialect: SqlDialect;
}

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

function reasonWhen(...cases: readonly (readonly [string, RejectReason])[]): string {
  return `CASE ${cases.map(([condition, reason]) => `WHEN ${condition} THEN ${literal(reason)}`).join(' ')} END`;
}

function escaped(sign: string): string {
  return sign.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** A number as the dialect writes it: its shape, and the same digits with `.` and no thousands sign. */
function numberShape(written: Dialect): { readonly shape: string; plain(text: string): string } {
  const decimal = written.decimal ?? '.';
  const { thousands = '' } = written;
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

/** Whether a plain number keeps to 18 digits before the point and so many after it. */
function fits(plain: string, decimals: number, dialect: SqlDialect): string {
  return dialect.matches(plain, `[+-]?0*[0-9]{0,18}(?:\\.[0-9]{0,${decimals}}0*)?`);
}

/** The decimals that a plain number needs. */
function decimalsOf(plain: string): string {
  return `length(rtrim(split_part(${plain}, '.', 2), '0'))`;
}

/**
 * How many decimals the values of a column need, as an aggregate over its texts; at least that, when some cells
 * aren't of their type. `undefined`: not held as decimals.
 */
export function scaleNeeded(field: FieldModel, text: string, reading: Reading): string | undefined {
  const { dialect } = reading;
  const { shape, plain } = numberShape(reading.written);
  const most = (decimals: string): string => `coalesce(least(9, max(${decimals})), 0)`;
  switch (field.type.kind) {
    case 'number':
    case 'money':
      return most(`CASE WHEN ${dialect.matches(text, shape)} THEN ${decimalsOf(plain(text))} END`);
    case 'percent':
      return most(`2 + ${decimalsOf(plain(`regexp_replace(${text}, ' ?%$', '')`))}`);
    case 'duration':
      return most(
        `CASE WHEN ${dialect.matches(text, CLOCK)} THEN ${decimalsOf(text)}
ELSE ${decimalsOf(plain(`regexp_replace(${text}, ' [a-z]+$', '')`))} END`,
      );
    case 'datetime':
      return most(`length(rtrim(${dialect.found(text, '\\.([0-9]{1,9})')}, '0'))`);
    default:
      return undefined;
  }
}

/** The conversion of a column of trimmed texts, for every type but datetime. */
export function conversion(
  field: FieldModel,
  text: string,
  context: Reading & {
    readonly parameters: Parameters;
    readonly scale: number;
    readonly calendars: readonly FiscalYear[];
  },
): Conversion {
  const { written, dialect, parameters, scale, calendars } = context;
  const { shape, plain } = numberShape(written);
  const decimal = decimalType(scale);
  switch (field.type.kind) {
    case 'number':
    case 'money': {
      const number = plain(text);
      return ruled(dialect.decimal(number, scale), [
        [`NOT ${dialect.matches(text, shape)}`, 'not a number'],
        [`NOT ${fits(number, 9, dialect)}`, 'too many digits'],
      ]);
    }
    case 'percent': {
      const number = plain(`regexp_replace(${text}, ' ?%$', '')`);
      const signed = `right(${text}, 1) = '%'`;
      const fractions = written.percents === 'fractions';
      // dividing by a hundred moves the decimal point: a product with 0.01 is exact, a division isn't a decimal
      const hundredths = `CAST((${dialect.decimal(number, Math.max(0, scale - 2))}) * CAST('0.01' AS DECIMAL(38, 2)) AS ${decimal})`;
      return ruled(
        fractions
          ? `CASE WHEN ${signed} THEN ${hundredths} ELSE ${dialect.decimal(number, scale)} END`
          : hundredths,
        [
          [`NOT ${dialect.matches(text, `(?:${shape})(?: ?%)${fractions ? '?' : ''}`)}`, 'not a percent'],
          [
            `NOT CASE WHEN ${signed} THEN ${fits(number, 7, dialect)} ELSE ${fits(number, 9, dialect)} END`,
            'too many digits',
          ],
        ],
      );
    }
    case 'duration':
      return duration(text, scale, context);
    case 'date': {
      const day = dialect.date(`substr(${text}, 1, 10)`);
      return ruled(`CAST(${day} - DATE '1970-01-01' AS BIGINT)`, [
        [
          `NOT ${dialect.matches(text, '[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ]00:00:00(?:\\.0+)?)?')}`,
          'not a date',
        ],
        [`substr(${text}, 1, 4) = '0000' OR ${day} IS NULL`, 'not a date'],
      ]);
    }
    case 'period':
      return ruled(text, [[`NOT ${isPeriod(text, { calendars, parameters, dialect })}`, 'not a period']]);
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

/** INVARIANT: no cast of a text fails, so evaluating one too early harms nothing. */
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

function duration(text: string, scale: number, { written, dialect }: Reading): Conversion {
  const { shape, plain } = numberShape(written);
  const decimal = decimalType(scale);
  const isClock = dialect.matches(text, CLOCK);
  const number = plain(`regexp_replace(${text}, ' [a-z]+$', '')`);
  const part = (at: number): string => dialect.long(`split_part(${text}, ':', ${at})`);
  const clock = `CAST(${part(1)} * 3600 + ${part(2)} * 60 AS ${decimal}) + ${dialect.decimal(`split_part(${text}, ':', 3)`, scale)}`;
  const unit = `rtrim(${dialect.found(text, ' ([a-z]+)$')}, 's')`;
  const size = UNITS.map(([name, seconds]) => `WHEN '${name}' THEN ${seconds}`).join(' ');
  const seconds = `(${dialect.decimal(number, scale)}) * CAST(CASE ${unit} ${size} END AS DECIMAL(38, 0))`;
  const limit = `CAST('1000000000000000000' AS ${decimal})`;
  const words = `(?:${shape}) (?:second|minute|hour|day|week)s?`;
  return ruled(`CASE WHEN ${isClock} THEN ${clock} ELSE ${seconds} END`, [
    [`NOT ${dialect.matches(text, `${CLOCK}|${words}`)}`, 'not a duration'],
    [`NOT ${isClock} AND NOT ${fits(number, 9, dialect)}`, 'too many digits'],
    [`NOT ${isClock} AND abs(${seconds}) >= ${limit}`, 'too many digits'],
  ]);
}

const DATETIME =
  '[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[Tt ](?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:\\.[0-9]{1,9})?)?(?: ?(?:[Zz]|[+-](?:0[0-9]|1[0-7])(?::?[0-5][0-9])?|[+-]18(?::?00)?))?)?';

/** What shapes find in a column of datetimes, as expressions over its texts: what else is asked is asked of these. */
export interface DatetimeFound {
  /** A DATE; NULL where the cell isn't a datetime. */
  readonly day: string;
  /** The offset as it is written, `''` without one. */
  readonly zone: string;
  /** Decimals of a second, `0.25`. */
  readonly decimals: string;
}

export function datetimeFound(text: string, dialect: SqlDialect): DatetimeFound {
  const isSound = `${dialect.matches(text, DATETIME)} AND substr(${text}, 1, 4) <> '0000'`;
  return {
    day: `CASE WHEN ${isSound} THEN ${dialect.date(`substr(${text}, 1, 10)`)} END`,
    zone: dialect.found(`substr(${text}, 11)`, '([Zz]|[+-][0-9:]+)$'),
    decimals: `'0' || ${dialect.found(text, '(\\.[0-9]+)')}`,
  };
}

/** The parts of a column of datetimes, as expressions over its texts and what was found; all NULL where the cell isn't one. */
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

export function datetimeParts(
  text: string,
  { day, zone, decimals }: DatetimeFound,
  { scale, dialect }: { readonly scale: number; readonly dialect: SqlDialect },
): DatetimeParts {
  const number = (digits: string): string => `coalesce(${dialect.long(digits)}, 0)`;
  const part = (from: number): string => number(`substr(${text}, ${from}, 2)`);
  const seconds = `CASE WHEN substr(${text}, 17, 1) = ':' THEN ${part(18)} ELSE 0 END`;
  const minutes = number(`substr(replace(${zone}, ':', ''), 4, 2)`);
  const ahead = `(CASE WHEN substr(${zone}, 1, 1) = '-' THEN -1 ELSE 1 END * (${number(`substr(${zone}, 2, 2)`)} * 3600 + ${minutes} * 60))`;
  const fraction = `coalesce(${dialect.decimal(decimals, scale)}, CAST(0 AS ${decimalType(scale)}))`;
  return {
    reason: reasonWhen([`${day} IS NULL`, 'not a datetime']),
    local: `CASE WHEN ${day} IS NOT NULL THEN CAST(${day} - DATE '1970-01-01' AS BIGINT) * 86400 + ${part(12)} * 3600 + ${part(15)} * 60 + ${seconds} END`,
    decimals: `CASE WHEN ${day} IS NOT NULL THEN ${fraction} END`,
    offset: `CASE WHEN ${day} IS NOT NULL AND ${zone} <> '' THEN CASE WHEN lower(${zone}) = 'z' THEN CAST(0 AS BIGINT) ELSE ${ahead} END END`,
    bare: `length(${text}) = 10`,
  };
}
