// Constants of a Model, from their text to the value that formulas work with.

import { exact } from '../base/exact.ts';
import type { Value, ValueType } from '../model/value.ts';

/** The value of a constant's text in its type. */
export function constantValue(type: ValueType, text: string): Value {
  switch (type.kind) {
    case 'truth':
      return text === 'true';
    case 'text':
    case 'period':
    case 'enumeration':
    case 'person':
    case 'error':
      return text;
    default:
      return exact(text);
  }
}
