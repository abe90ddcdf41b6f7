// Values as a policy writes them, so that what is recorded can be read back as the same value.

import { dayText } from '../base/date.ts';
import { decimalPlaces, divide, type Exact, exactText, multiply, sign, whole } from '../base/exact.ts';
import type { Value, ValueType } from '../model/value.ts';

/** The text of a value in a cell or an expectation. */
export function writtenValue(value: Value, type: ValueType): string {
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return type.kind === 'period' ? value : writtenName(value);
  switch (type.kind) {
    case 'date':
      return dayText(Number(value.num));
    case 'datetime':
      return `"${momentText(value)}Z"`;
    case 'percent':
      return decimalPlaces(value) === undefined
        ? fractionText(value, '')
        : signed(multiply(value, whole(100)), '%');
    case 'money':
      return fractionText(value, ` ${type.currency}`);
    case 'duration':
      return durationText(value);
    default:
      return fractionText(value, '');
  }
}

/** A name as it is where it is one, else in quotes. */
export function writtenName(name: string): string {
  return /^[\p{L}_][\p{L}\p{N}_]*$/u.test(name) && !WORDS.has(name) ? name : quoted(name);
}

/** Words that a bare value can't be. */
const WORDS: ReadonlySet<string> = new Set([
  'and',
  'or',
  'is',
  'not',
  'else',
  'otherwise',
  'when',
  'where',
  'true',
  'false',
  'every',
  'in',
  'n',
]);

export function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}

/** A decimal, or a whole number over another where no decimal writes it. */
function fractionText(value: Exact, unit: string): string {
  if (decimalPlaces(value) !== undefined) return signed(value, unit);
  const { num, den } = value;
  return `${signed(whole(BigInt(num)), unit)} / ${grouped(String(den))}`;
}

/** A literal has no sign of its own where an operator could stand. */
function signed(value: Exact, unit: string): string {
  const text = grouped(exactText(value).replace(/^-/, ''));
  return sign(value) < 0 ? `(0${unit} - ${text}${unit})` : `${text}${unit}`;
}

function grouped(text: string): string {
  const [before = '', after] = text.split('.');
  const digits = before.replace(/\B(?=([0-9]{3})+$)/g, '_');
  return after === undefined ? digits : `${digits}.${after}`;
}

const UNITS = [
  ['hours', 3600],
  ['minutes', 60],
] as const;

function durationText(seconds: Exact): string {
  for (const [unit, size] of UNITS) {
    const count = divide(seconds, whole(size)) as Exact;
    if (decimalPlaces(count) === 0) return fractionText(count, ` ${unit}`);
  }
  return fractionText(seconds, ' seconds');
}

function momentText({ num, den }: Exact): string {
  const seconds = Math.floor(Number(num) / Number(den));
  const day = Math.floor(seconds / 86400);
  const rest = seconds - day * 86400;
  const two = (count: number): string => String(Math.floor(count)).padStart(2, '0');
  return `${dayText(day)}T${two(rest / 3600)}:${two((rest / 60) % 60)}:${two(rest % 60)}`;
}
