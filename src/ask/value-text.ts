// A value as the language writes it, so that what is printed can be typed again: `5 RUB`, `12.5%`, `"South"`. Only a
// duration of several units is there to be read. A number without an end is rounded to twelve places and ends in `…`.

import {
  absolute,
  decimalPlaces,
  divide,
  type Exact,
  exact,
  exactText,
  fixedText,
  multiply,
  sign,
  subtract,
  whole,
} from '../base/exact.ts';
import { figureText } from '../report/format.ts';
import { jsonText } from '../report/json.ts';
import { visible } from '../report/terminal-text.ts';
import type { ExpressionValue } from './evaluate-expression.ts';
import type { RoleValue, Whose } from './questions.ts';

/** Places of a number that has no end. */
const PLACES = 12;

/** What stands for a missing value, as the language calls it. */
export const MISSING_WORD = 'missing';

/** The value in the language's own words; a text in quotes, a person or a word of a list without. */
export function valueText(figure: ExpressionValue): string {
  if (figure === 'top') return 'top';
  const { value, type } = figure;
  if (value === null) return MISSING_WORD;
  switch (type.kind) {
    case 'number':
      return decimalText(exact(value));
    case 'percent':
      return `${decimalText(multiply(exact(value), whole(100)))}%`;
    case 'money':
      return `${decimalText(exact(value))} ${type.currency}`;
    case 'duration':
      return durationText(exact(value));
    case 'text':
      return `"${visible(value.replace(/["\\]/g, '\\$&'))}"`;
    case 'truth':
      return value;
    case 'date':
    case 'datetime':
    case 'period':
    case 'enumeration':
    case 'person':
    case 'error':
      return figureText(figure);
    default:
      return type satisfies never;
  }
}

/** All decimals of a number that has an end, without grouping or padding. */
function decimalText(value: Exact): string {
  if (decimalPlaces(value) !== undefined) return exactText(value);
  const text = fixedText(value, PLACES);
  return `${sign(value) < 0 && !text.startsWith('-') ? '-' : ''}${text}…`;
}

const UNITS = [
  ['day', 86400],
  ['hour', 3600],
  ['minute', 60],
] as const;

/** `2 days 1 hour 30 minutes`, whatever is left of a minute in seconds. */
function durationText(seconds: Exact): string {
  const parts: string[] = [];
  let rest = absolute(seconds);
  for (const [unit, size] of UNITS) {
    const count = fixedText(divide(rest, whole(size)) as Exact, 0, 'down');
    rest = subtract(rest, multiply(exact(count), whole(size)));
    if (count !== '0') parts.push(counted(count, unit));
  }
  if (sign(rest) > 0 || parts.length === 0) parts.push(counted(decimalText(rest), 'second'));
  return `${sign(seconds) < 0 ? '-' : ''}${parts.join(' ')}`;
}

function counted(count: string, unit: string): string {
  return `${count} ${unit}${count === '1' ? '' : 's'}`;
}

// ---- for programs ------------------------------------------------------------------------------------------

/**
 * The value as a JSON document: its type, its exact text (`1/3`; null where missing), the same rounded to twelve places
 * where it has no end, and how it is shown.
 */
export function valueJson(value: ExpressionValue): string {
  return jsonText(asData(value));
}

/** Values of a person's roles as a JSON document. */
export function roleValuesJson(
  values: readonly RoleValue[],
  about: Whose & { readonly rejectsAllowed: boolean },
): string {
  return jsonText({ ...about, roles: values.map(({ value, ...role }) => ({ ...role, ...asData(value) })) });
}

function asData(value: ExpressionValue) {
  const shown = valueText(value);
  return value === 'top'
    ? { type: { kind: 'percent' }, exact: 'top', shown }
    : { type: value.type, exact: value.value, ...roundedOf(value), shown };
}

function roundedOf({ type, value }: Exclude<ExpressionValue, 'top'>): { readonly rounded?: string } {
  const isNumber = ['number', 'percent', 'money', 'duration'].includes(type.kind);
  if (value === null || !isNumber || decimalPlaces(exact(value)) !== undefined) return {};
  return { rounded: fixedText(exact(value), PLACES) };
}
