// From the text of one cell to a value of its field's type: one written set of rules, the same in every engine.
// Whether a row is taken, and what a message says, is for others.

import { parseDay } from '../base/date.ts';
import { compare, type Exact, exact, fraction, multiply, whole } from '../base/exact.ts';
import type { FiscalYear } from '../base/fiscal.ts';
import { parsePeriod } from '../base/period.ts';
import type { Dialect, RejectReason } from '../model/dataset.ts';
import type { FieldModel } from '../model/policy.ts';
import type { Cell, Value, ValueType } from '../model/value.ts';
import type { Clock } from './clock.ts';

/** What cells are read by, beside their field. */
export interface ConvertContext {
  readonly dialect: Dialect;
  readonly clock: Clock;
  /** Ids (in NFC) that a person cell may hold; absent: any. */
  readonly persons?: ReadonlySet<string>;
  /** The fiscal years of the policy's calendars, of which a period may be one; absent: none. */
  readonly calendars?: readonly FiscalYear[];
}

/**
 * What a cell holds, or why it isn't taken. `readable` is the value of a cell that is of its type and is rejected for
 * its bounds: control sums count it.
 */
export type Converted =
  | { readonly value: Cell }
  | { readonly reason: RejectReason; readonly readable?: Value };

/**
 * Reads one cell by these rules.
 *
 * **Empty.** Spaces and tabs (ASCII) at the ends are dropped, except in text, person and enumeration cells, which are
 * taken as they stand, in NFC. What is then `''` is empty: the field's fallback, else missing where the field is
 * optional, else `empty`. The text of a constant binding is read like a cell; an absent binding is an empty cell.
 *
 * **number, money.** Sign, digits, and maybe a decimal sign with digits after it; ASCII digits, no exponent, no
 * currency, neither `.5` nor `5.`; else `not a number`. The decimal sign is the dialect's, and only that one. The
 * dialect's thousands sign may part the whole digits in threes, counted from the decimal sign, all or none; where it
 * is a space, the no-break spaces U+00A0 and U+202F will do too. More than 18 digits before the decimal sign (leading
 * zeros apart) or 9 after it (trailing zeros apart): `too many digits`.
 *
 * **percent.** A number and `%`, one space between at most: a hundredth, so 7 decimals at most. A plain number is
 * `not a percent`, unless the dialect says `percents: fractions`: then it is the fraction itself, with 9 decimals.
 *
 * **date.** `YYYY-MM-DD`, a day that exists, in the years 0001 to 9999; else `not a date`. A time is allowed only as
 * exact midnight, `T` or a space and `00:00:00` with any number of decimal zeros, as spreadsheets and Parquet give.
 *
 * **datetime.** `YYYY-MM-DD`, `T`, `t` or a space, `HH:MM`, maybe `:SS`, then maybe 1 to 9 decimals, then maybe an
 * offset `Z`, `z`, `±HH`, `±HHMM` or `±HH:MM` up to 18:00, one space before it at most; else `not a datetime`. Without
 * an offset it is local time: `skipped by the clock` in a gap, the earlier instant in a doubled hour. A bare date is
 * the moment at which that local day begins.
 *
 * **period.** `YYYY`, `YYYY-MM`, `YYYY-Qn`, `YYYY-Wnn` or `YYYY-MM-DD`, or one of the first four after the name of a
 * calendar of the policy that has fiscal years, and `-` (`retail-2026-01`; weeks where its months are made of them);
 * which exists; else `not a period`.
 *
 * **duration.** `H:MM:SS` with 1 to 6 digits of hours and maybe 1 to 9 decimals, or a number (as above), one space and
 * `second`, `minute`, `hour`, `day` or `week` with or without `s`; else `not a duration`. Of seconds there are at most
 * 18 digits and 9 decimals, else `too many digits`.
 *
 * **truth value.** `true`, `yes`, `false`, `no` in any case; else `not a truth value`.
 *
 * **enumeration.** One of its words, else `not a word of the list`. **person.** A known id, else `unknown person`.
 *
 * The order of checks is type, bounds (`below the bound`, `above the bound`; both ends are inside), person.
 */
export function convertCell(text: string, field: FieldModel, context: ConvertContext): Converted {
  return cellConverter(field, context)(text);
}

/** `convertCell` for all cells of one field. */
export function cellConverter(field: FieldModel, context: ConvertContext): (text: string) => Converted {
  const read = reader(field.type, context);
  const asItStands = isTextLike(field.type);
  const from = field.from === undefined ? undefined : exact(field.from);
  const until = field.until === undefined ? undefined : exact(field.until);
  const empty: Converted =
    field.fallback !== undefined
      ? { value: constantOf(field.type, field.fallback) }
      : field.optional
        ? { value: undefined }
        : { reason: 'empty' };

  return (text) => {
    const cell = asItStands ? text.normalize('NFC') : trimAscii(text);
    if (cell === '') return empty;
    const found = read(cell);
    if ('reason' in found) return found;
    const value = found.value as Value;
    if (from && compare(value as Exact, from) < 0) return { reason: 'below the bound', readable: value };
    if (until && compare(value as Exact, until) > 0) return { reason: 'above the bound', readable: value };
    return found;
  };
}

/** Without the spaces and tabs at the ends. */
export function trimAscii(text: string): string {
  let from = 0;
  let until = text.length;
  while (from < until && isBlank(text.charCodeAt(from))) from++;
  while (until > from && isBlank(text.charCodeAt(until - 1))) until--;
  return text.slice(from, until);
}

function isBlank(code: number): boolean {
  return code === 32 || code === 9;
}

/** Values that are the same as a key have the same text: text in NFC, numbers by value. */
export function keyText(value: Value): string {
  return typeof value === 'object' ? `${value.num}/${value.den}` : String(value);
}

function isTextLike(type: ValueType): boolean {
  return type.kind === 'text' || type.kind === 'person' || type.kind === 'enumeration';
}

function constantOf(type: ValueType, text: string): Value {
  if (isTextLike(type) || type.kind === 'period') return text;
  return type.kind === 'truth' ? text === 'true' : exact(text);
}

type Read = (cell: string) => Converted;

/** How a cell that isn't empty is read in a type. */
function reader(type: ValueType, context: ConvertContext): Read {
  switch (type.kind) {
    case 'number':
    case 'money':
      return numberReader(context.dialect);
    case 'percent':
      return percentReader(context.dialect);
    case 'date':
      return readDate;
    case 'datetime':
      return (cell) => readDatetime(cell, context.clock);
    case 'duration':
      return durationReader(context.dialect);
    case 'truth':
      return readTruth;
    case 'period':
      return (cell) => readPeriod(cell, context.calendars ?? []);
    case 'text':
    case 'error':
      return (cell) => ({ value: cell });
    case 'enumeration': {
      const words = new Set(type.members.map((each) => each.normalize('NFC')));
      return (cell) => (words.has(cell) ? { value: cell } : { reason: 'not a word of the list' });
    }
    case 'person': {
      const { persons } = context;
      return (cell) => (!persons || persons.has(cell) ? { value: cell } : { reason: 'unknown person' });
    }
    default:
      return type satisfies never;
  }
}

const WHOLE_DIGITS = 18;
const DECIMALS = 9;

/** The value of a number as the dialect writes it. */
function numberReader(dialect: Dialect, decimals = DECIMALS): Read {
  const decimal = literally(dialect.decimal ?? '.');
  const thousands = dialect.thousands === ' ' ? '[ \\u00a0\\u202f]' : literally(dialect.thousands ?? '');
  const grouped = thousands === '' ? '' : `[0-9]{1,3}(?:${thousands}[0-9]{3})+|`;
  const shape = new RegExp(`^([+-]?)(${grouped}[0-9]+)(?:${decimal}([0-9]+))?$`);
  return (cell) => {
    const match = shape.exec(cell);
    if (!match) return { reason: 'not a number' };
    const before = match[2]!.replace(/[^0-9]/g, '').replace(/^0+(?=[0-9])/, '');
    const after = (match[3] ?? '').replace(/0+$/, '');
    if (before.length > WHOLE_DIGITS || after.length > decimals) return { reason: 'too many digits' };
    return { value: exact(`${match[1]}${before}${after === '' ? '' : `.${after}`}`) };
  };
}

function percentReader(dialect: Dialect): Read {
  const hundredths = numberReader(dialect, DECIMALS - 2);
  const fractions = dialect.percents === 'fractions' ? numberReader(dialect) : undefined;
  return (cell) => {
    const found = cell.endsWith('%') ? hundredths(cell.slice(0, -1).replace(/ $/, '')) : fractions?.(cell);
    if (!found || ('reason' in found && found.reason === 'not a number')) return { reason: 'not a percent' };
    if ('reason' in found || !cell.endsWith('%')) return found;
    return { value: multiply(found.value as Exact, fraction(1, 100)) };
  };
}

function readDate(cell: string): Converted {
  const day = parseDay(cell.replace(/[T ]00:00:00(?:\.0+)?$/, ''));
  return day === undefined ? { reason: 'not a date' } : { value: whole(day) };
}

const DATETIME =
  /^([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[Tt ]([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:\.([0-9]{1,9}))?)?(?: ?([Zz]|[+-][0-9]{2}(?::?[0-9]{2})?))?)?$/;

function readPeriod(cell: string, calendars: readonly FiscalYear[]): Converted {
  const period = parsePeriod(cell, calendars);
  return period ? { value: period.id } : { reason: 'not a period' };
}

function readDatetime(cell: string, clock: Clock): Converted {
  const match = DATETIME.exec(cell);
  const day = match ? parseDay(match[1]!) : undefined;
  if (!match || day === undefined) return { reason: 'not a datetime' };
  const [, , hour, minute, second = '0', decimals = '', offset] = match;
  if (hour === undefined) return { value: whole(clock.startOfDay(day)) };
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return { reason: 'not a datetime' };
  const local = day * 86400 + Number(hour) * 3600 + Number(minute) * 60 + Number(second);
  if (offset === undefined) {
    const instant = clock.instant(local);
    return instant === undefined
      ? { reason: 'skipped by the clock' }
      : { value: withDecimals(instant, decimals) };
  }
  const ahead = offsetSeconds(offset);
  return ahead === undefined
    ? { reason: 'not a datetime' }
    : { value: withDecimals(local - ahead, decimals) };
}

/** `Z`, `+03`, `+0330` or `+03:30` in seconds; `undefined` past 18 hours. */
function offsetSeconds(text: string): number | undefined {
  if (text === 'Z' || text === 'z') return 0;
  const minutes = Number(text.slice(3).replace(':', '') || '0');
  const seconds = Number(text.slice(1, 3)) * 3600 + minutes * 60;
  if (minutes > 59 || seconds > 18 * 3600) return undefined;
  return text.startsWith('-') ? -seconds : seconds;
}

/** Whole seconds, of any sign, and decimals that count forward from them. */
function withDecimals(seconds: number, decimals: string): Exact {
  if (decimals === '') return whole(seconds);
  const scale = 10n ** BigInt(decimals.length);
  return fraction(BigInt(seconds) * scale + BigInt(decimals), scale);
}

const UNIT_SECONDS: ReadonlyMap<string, number> = new Map([
  ['second', 1],
  ['minute', 60],
  ['hour', 3600],
  ['day', 86400],
  ['week', 604800],
]);

const MOST_SECONDS = exact('1000000000000000000');

function durationReader(dialect: Dialect): Read {
  const readNumber = numberReader(dialect);
  return (cell) => {
    const clock = /^([0-9]{1,6}):([0-5][0-9]):([0-5][0-9])(?:\.([0-9]{1,9}))?$/.exec(cell);
    if (clock) {
      const seconds = Number(clock[1]) * 3600 + Number(clock[2]) * 60 + Number(clock[3]);
      return { value: withDecimals(seconds, clock[4] ?? '') };
    }
    const match = /^(.*) (second|minute|hour|day|week)s?$/.exec(cell);
    const found = match ? readNumber(match[1]!) : undefined;
    if (!match || !found) return { reason: 'not a duration' };
    if ('reason' in found) return found.reason === 'not a number' ? { reason: 'not a duration' } : found;
    const value = multiply(found.value as Exact, whole(UNIT_SECONDS.get(match[2]!)!));
    const size = value.num < 0 ? { num: -value.num, den: value.den } : value;
    return compare(size as Exact, MOST_SECONDS) >= 0 ? { reason: 'too many digits' } : { value };
  };
}

function readTruth(cell: string): Converted {
  const word = cell.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
  if (word === 'true' || word === 'yes') return { value: true };
  return word === 'false' || word === 'no' ? { value: false } : { reason: 'not a truth value' };
}

function literally(sign: string): string {
  return sign.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
