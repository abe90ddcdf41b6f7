// Figures as people read them, by their type. Nothing is rounded up: a figure with more digits than are shown is cut
// and ends in `…`, so that 79.99… % never reads as the 80 % that it doesn't reach.

import { dayText } from '../base/date.ts';
import {
  absolute,
  compare,
  decimalPlaces,
  divide,
  type Exact,
  fixedText,
  multiply,
  parseExact,
  sign,
  subtract,
  whole,
} from '../base/exact.ts';
import { currencyDecimals } from '../base/unit.ts';
import type { FigureValue } from '../model/inputs.ts';
import { visible } from './terminal-text.ts';

/** What stands for a missing value. */
export const MISSING = '—';

/** A figure with its unit: `1,200,000.00 RUB`, `86.66… %`, `4 h 12 min`, `—`; `top` is the top of the curve. */
export function figureText(figure: FigureValue | 'top'): string {
  if (figure === 'top') return 'top';
  const { value, type } = figure;
  if (value === null) return MISSING;
  switch (type.kind) {
    case 'money':
      return moneyText(value, type.currency);
    case 'percent':
      return percentText(value);
    case 'number':
      return numberText(value);
    case 'duration':
      return durationText(value);
    case 'date':
      return dateText(value);
    case 'datetime':
      return datetimeText(value);
    case 'truth':
      return value === 'true' ? 'yes' : value === 'false' ? 'no' : visible(value);
    case 'text':
    case 'period':
    case 'enumeration':
    case 'person':
    case 'error':
      return visible(value);
    default:
      return type satisfies never;
  }
}

/** `1,200,000.00 RUB`: the currency's decimals, up to six where the amount has more. */
export function moneyText(value: string, currency: string): string {
  return `${amountText(value, currency)} ${visible(currency)}`;
}

/** As `moneyText` without the currency, for columns whose heading names it. */
export function amountText(value: string, currency: string): string {
  const least = currencyDecimals(currency);
  return numeric(value, (exact) => cutText(exact, { least, most: 6, cut: least }));
}

/** `86.66… %` for the fraction 13/15. */
export function percentText(value: string): string {
  const hundred = whole(100);
  return `${numeric(value, (exact) => cutText(multiply(exact, hundred), { least: 0, most: 4, cut: 2 }))} %`;
}

/** `1,234.5`, or `0.3333…` where more than four decimals would follow. */
export function numberText(value: string): string {
  return numeric(value, (exact) => cutText(exact, { least: 0, most: 4, cut: 4 }));
}

/** A number with all the digits that it has, as sums need them that are compared with another program's. */
export function fullNumberText(value: string): string {
  return numeric(value, (exact) => cutText(exact, { least: 0, most: Number.POSITIVE_INFINITY, cut: 4 }));
}

/** Seconds as `51.8… days` from three days on, else as `4 h 12 min`. */
export function durationText(value: string): string {
  return numeric(value, (seconds) => {
    const days = divide(seconds, whole(86400)) as Exact;
    if (compare(absolute(days), whole(3)) >= 0) return `${cutText(days, { least: 0, most: 1, cut: 1 })} days`;
    const minus = sign(seconds) < 0 ? '-' : '';
    let rest = absolute(seconds);
    const parts: string[] = [];
    for (const [unit, size] of [
      ['h', 3600],
      ['min', 60],
    ] as const) {
      const count = fixedText(divide(rest, whole(size)) as Exact, 0, 'down');
      rest = subtract(rest, whole(Number(count) * size));
      if (count !== '0') parts.push(`${count} ${unit}`);
    }
    if (sign(rest) > 0 || parts.length === 0) parts.push(`${cutText(rest, { least: 0, most: 1, cut: 1 })} s`);
    return minus + parts.join(' ');
  });
}

/** How many decimals are always shown, are shown where they end the number, and are left of a number that goes on. */
interface Decimals {
  readonly least: number;
  readonly most: number;
  readonly cut: number;
}

/** Digits in groups of three, with `…` where the number goes on. */
function cutText(value: Exact, { least, most, cut }: Decimals): string {
  const places = decimalPlaces(value);
  if (places !== undefined && places <= most) return grouped(fixedText(value, Math.max(least, places)));
  const text = fixedText(value, cut, 'down');
  return `${sign(value) < 0 && !text.startsWith('-') ? '-' : ''}${grouped(text)}…`;
}

function grouped(text: string): string {
  const [before = '', after] = text.split('.');
  const digits = before.replace(/\B(?=([0-9]{3})+$)/g, ',');
  return after === undefined ? digits : `${digits}.${after}`;
}

/** Text that isn't a number is shown as it is, so that a report never hides what it was given. */
function numeric(value: string, show: (exact: Exact) => string): string {
  const exact = parseExact(value);
  return exact ? show(exact) : visible(value);
}

function dateText(value: string): string {
  return /^-?[0-9]+$/.test(value) ? dayText(Number(value)) : visible(value);
}

function datetimeText(value: string): string {
  const seconds = parseExact(value);
  if (!seconds) return visible(value);
  const day = Number(fixedText(divide(seconds, whole(86400)) as Exact, 0, 'floor'));
  const clock = subtract(seconds, whole(day * 86400));
  const at = Number(fixedText(clock, 0, 'down'));
  const two = (part: number) => String(Math.floor(part)).padStart(2, '0');
  return `${dayText(day)}T${two(at / 3600)}:${two((at / 60) % 60)}:${two(at % 60)}Z`;
}
