// A value by its type as the language writes it, for messages.

import { dayText } from '../base/date.ts';
import { type Exact, exact } from '../base/exact.ts';
import { amountNotation, durationNotation, numberNotation, percentNotation } from '../base/notation.ts';
import type { ValueType } from '../model/value.ts';

/** `5%`, `1_000 RUB`, `4 hours`, `2026-01-31`, or the word of a list. */
export function valueNotation(value: string | Exact, type: ValueType): string {
  switch (type.kind) {
    case 'number':
      return numberNotation(asExact(value));
    case 'percent':
      return percentNotation(asExact(value));
    case 'money':
      return amountNotation(asExact(value), type.currency);
    case 'duration':
      return durationNotation(asExact(value));
    case 'date':
      return dayText(Number(asExact(value).num));
    case 'datetime':
    case 'period':
    case 'text':
    case 'truth':
    case 'enumeration':
    case 'person':
    case 'error':
      return typeof value === 'string' ? value : numberNotation(value);
    default:
      return type satisfies never;
  }
}

function asExact(value: string | Exact): Exact {
  return typeof value === 'string' ? exact(value) : value;
}
