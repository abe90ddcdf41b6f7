// Values as the language writes them, for messages: `5%`, `1_000 RUB`, `4 hours` can be typed as they are read. A number
// whose digits don't end, or go on past what helps, is cut and ends in `…`, so that nothing is rounded up to a bound.

import { absolute, decimalPlaces, divide, type Exact, fixedText, multiply, sign, whole } from './exact.ts';

/** Digits in groups of three if there are at least this many. */
const GROUPED_FROM = 4;

/** Decimals that are shown where they end the number, and that are left of one that goes on. */
const MOST = 6;
const CUT = 2;

/** `1_500_000.5` for the digits `1500000.5`. */
export function groupedDigits(digits: string): string {
  const [before = '', ...after] = digits.split('.');
  const short = before.replace('-', '').length < GROUPED_FROM;
  const groups = short ? before : before.replace(/\B(?=(?:[0-9]{3})+$)/g, '_');
  return [groups, ...after].join('.');
}

/** `1_500_000`, `0.25`, `33.33…`. */
export function numberNotation(value: Exact): string {
  const places = decimalPlaces(value);
  if (places !== undefined && places <= MOST) return groupedDigits(fixedText(value, places));
  const text = fixedText(value, CUT, 'down');
  return `${sign(value) < 0 && !text.startsWith('-') ? '-' : ''}${groupedDigits(text)}…`;
}

/** `12.5%` for the fraction 1/8. */
export function percentNotation(value: Exact): string {
  return `${numberNotation(multiply(value, whole(100)))}%`;
}

/** `1_000 RUB`, with no more decimals than the amount has. */
export function amountNotation(value: Exact, currency: string): string {
  return `${numberNotation(value)} ${currency}`;
}

const UNITS = [
  ['day', 86400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
] as const;

/** Seconds in the largest unit of which they are a whole number: `4 hours`, `90 minutes`, `1 day`. */
export function durationNotation(seconds: Exact): string {
  const [unit, size] = UNITS.find(([, each]) => isWhole(divide(seconds, whole(each))!)) ?? UNITS[3];
  const count = numberNotation(divide(seconds, whole(size))!);
  return `${count} ${unit}${count === '1' ? '' : 's'}`;
}

function isWhole(value: Exact): boolean {
  return decimalPlaces(absolute(value)) === 0;
}
