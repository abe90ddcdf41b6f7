// Rules about types that functions share: which may be added, compared, multiplied, and how a type is called.

import type { ValueType } from '../model/value.ts';

export const NUMBER: ValueType = { kind: 'number' };
export const PERCENT: ValueType = { kind: 'percent' };
export const DURATION: ValueType = { kind: 'duration' };
export const DATE: ValueType = { kind: 'date' };
export const TRUTH: ValueType = { kind: 'truth' };
export const PERIOD: ValueType = { kind: 'period' };
export const TEXT: ValueType = { kind: 'text' };

/** Whether values of the type are exact numbers that can be added up: number, percent, money, duration. */
export function isNumeric(type: ValueType): boolean {
  return (
    type.kind === 'number' || type.kind === 'percent' || type.kind === 'money' || type.kind === 'duration'
  );
}

/** Whether values of the type have an order that `<` can ask for. */
export function isOrdered(type: ValueType): boolean {
  return isNumeric(type) || type.kind === 'date' || type.kind === 'datetime';
}

/** Whether the type is a plain number or a percent: what scales other amounts. */
export function isPlain(type: ValueType): boolean {
  return type.kind === 'number' || type.kind === 'percent';
}

/** Whether two types are the same, currency and words of an enumeration included. */
export function sameType(a: ValueType, b: ValueType): boolean {
  if (a.kind === 'money' && b.kind === 'money') return a.currency === b.currency;
  if (a.kind === 'enumeration' && b.kind === 'enumeration') {
    return (
      a.members.length === b.members.length && a.members.every((word, index) => word === b.members[index])
    );
  }
  return a.kind === b.kind;
}

/** Whether values of two types can be compared by `is`, `<` and so on, as one kind of thing. */
export function comparable(a: ValueType, b: ValueType): boolean {
  if (isPlain(a) && isPlain(b)) return true;
  const isId = (type: ValueType): boolean => type.kind === 'person' || type.kind === 'text';
  return sameType(a, b) || (isId(a) && isId(b));
}

/** The type that either of two values has, where one stands for the other (`else`, `otherwise`, `min`). */
export function joinTypes(a: ValueType, b: ValueType): ValueType | undefined {
  if (sameType(a, b)) return a;
  if (isPlain(a) && isPlain(b)) return a.kind === 'percent' || b.kind === 'percent' ? PERCENT : NUMBER;
  return comparable(a, b) ? TEXT : undefined;
}

/** The type in words, with its article: `an amount in RUB`. */
export function typeInWords(type: ValueType): string {
  switch (type.kind) {
    case 'number':
      return 'a number';
    case 'percent':
      return 'a percent';
    case 'money':
      return `an amount in ${type.currency}`;
    case 'duration':
      return 'a duration';
    case 'date':
      return 'a date';
    case 'datetime':
      return 'a date and time';
    case 'period':
      return 'a period';
    case 'text':
      return 'a text';
    case 'truth':
      return 'a condition';
    case 'enumeration':
      return `one of ${type.members.map((word) => `\`${word}\``).join(', ')}`;
    case 'person':
      return 'a person';
    case 'error':
      return 'something that could not be read';
    default:
      return type satisfies never;
  }
}
