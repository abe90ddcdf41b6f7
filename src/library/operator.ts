// The operators of formulas.

import { add, compare, divide, type Exact, multiply, negate, subtract } from '../base/exact.ts';
import type { Cell, Value, ValueType } from '../model/value.ts';
import { type LibraryFunction, type Mismatch, mismatch } from './function.ts';
import {
  comparable,
  DATE,
  DURATION,
  isNumeric,
  isOrdered,
  isPlain,
  joinTypes,
  NUMBER,
  PERCENT,
  sameType,
  TRUTH,
  typeInWords,
} from './types.ts';

const TWO = { least: 2, most: 2 } as const;
const SECONDS_PER_DAY: Exact = { num: 86400, den: 1 };

/** Applies to numbers when both are there; missing passes through. */
function ofTwo(work: (a: Exact, b: Exact) => Cell): LibraryFunction['evaluate'] {
  return ([a, b]) => (a === undefined || b === undefined ? undefined : work(a as Exact, b as Exact));
}

function infix(sign: string): NonNullable<LibraryFunction['sql']> {
  return ([a, b]) => `(${a} ${sign} ${b})`;
}

/** Sum and difference: like adds to like; a percent adds to a percent or a ratio, never to a count or money. */
function addingType([a, b]: readonly ValueType[]): ValueType | Mismatch {
  if (!isNumeric(a!)) return mismatch(0, 'a number, a percent, an amount of money or a duration');
  if (isPlain(a!) && isPlain(b!)) return a!.kind === 'percent' || b!.kind === 'percent' ? PERCENT : NUMBER;
  return sameType(a!, b!) ? a! : mismatch(1, typeInWords(a!));
}

function addDuration(day: Exact, duration: Exact): Exact {
  return add(day, divide(duration, SECONDS_PER_DAY) as Exact);
}

const plus: LibraryFunction = {
  name: '+',
  kind: 'operator',
  arity: TWO,
  result: addingType,
  missing: 'any',
  evaluate: ofTwo(add),
  sql: infix('+'),
};

const minus: LibraryFunction = {
  name: '-',
  kind: 'operator',
  arity: TWO,
  result: addingType,
  missing: 'any',
  evaluate: ofTwo(subtract),
  sql: infix('-'),
};

/** `date - date`, chosen by the checker: days counted in seconds, as every duration is. */
const daysBetween: LibraryFunction = {
  name: 'days between',
  kind: 'operator',
  arity: TWO,
  result: ([a, b]) => (a!.kind === 'date' && b!.kind === 'date' ? DURATION : mismatch(1, 'a date')),
  missing: 'any',
  evaluate: ofTwo((a, b) => multiply(subtract(a, b), SECONDS_PER_DAY)),
  sql: ([a, b]) => `CAST((${a} - ${b}) * 86400 AS DECIMAL(18, 0))`,
};

/** `datetime - datetime`, chosen by the checker. */
const timeBetween: LibraryFunction = {
  name: 'time between',
  kind: 'operator',
  arity: TWO,
  result: ([a, b]) =>
    a!.kind === 'datetime' && b!.kind === 'datetime' ? DURATION : mismatch(1, 'a date and time'),
  missing: 'any',
  evaluate: ofTwo(subtract),
  sql: infix('-'),
};

/** `date + duration of whole days`, chosen by the checker. */
const later: LibraryFunction = {
  name: 'later',
  kind: 'operator',
  arity: TWO,
  result: ([a, b]) => (a!.kind === 'date' && b!.kind === 'duration' ? DATE : mismatch(1, 'a duration')),
  missing: 'any',
  evaluate: ofTwo(addDuration),
  sql: ([a, b], { quotient }) => `(${a} + CAST(${quotient(b!, '86400')} AS BIGINT))`,
};

/** `datetime + duration`, chosen by the checker. */
const laterMoment: LibraryFunction = {
  name: 'later moment',
  kind: 'operator',
  arity: TWO,
  result: ([a, b]) => (a!.kind === 'datetime' && b!.kind === 'duration' ? a! : mismatch(1, 'a duration')),
  missing: 'any',
  evaluate: ofTwo(add),
  sql: infix('+'),
};

const times: LibraryFunction = {
  name: '*',
  kind: 'operator',
  arity: TWO,
  result: ([a, b]) => {
    if (!isNumeric(a!)) return mismatch(0, 'a number, a percent, an amount of money or a duration');
    if (!isNumeric(b!)) return mismatch(1, 'a number or a percent');
    if (a!.kind === 'number') return b!;
    if (b!.kind === 'number') return a!;
    if (a!.kind === 'percent') return b!;
    return b!.kind === 'percent' ? a! : mismatch(1, 'a number or a percent');
  },
  missing: 'any',
  evaluate: ofTwo(multiply),
  sql: infix('*'),
};

const over: LibraryFunction = {
  name: '/',
  kind: 'operator',
  arity: TWO,
  result: ([a, b]) => {
    if (!isNumeric(a!)) return mismatch(0, 'a number, a percent, an amount of money or a duration');
    if (!isNumeric(b!)) return mismatch(1, 'a number, a percent, an amount of money or a duration');
    if (isPlain(b!))
      return a!.kind === 'percent' && b!.kind === 'percent'
        ? PERCENT
        : a!.kind === 'number' && b!.kind === 'percent'
          ? NUMBER
          : a!.kind === 'number'
            ? PERCENT
            : a!;
    return sameType(a!, b!) ? PERCENT : mismatch(1, typeInWords(a!));
  },
  missing: 'divisor',
  evaluate: ofTwo(divide),
};

const negated: LibraryFunction = {
  name: 'minus',
  kind: 'operator',
  arity: { least: 1, most: 1 },
  result: ([a]) =>
    isNumeric(a!) ? a! : mismatch(0, 'a number, a percent, an amount of money or a duration'),
  missing: 'any',
  evaluate: ([a]) => a && negate(a as Exact),
  sql: ([a]) => `(-${a})`,
};

function equal(a: Value, b: Value): boolean {
  return typeof a === 'object' && typeof b === 'object' ? compare(a, b) === 0 : a === b;
}

function comparing([a, b]: readonly ValueType[]): ValueType | Mismatch {
  if (!isOrdered(a!))
    return mismatch(0, 'something with an order: a number, an amount, a duration or a date');
  return comparable(a!, b!) ? TRUTH : mismatch(1, typeInWords(a!));
}

function relation(name: string, holds: (order: number) => boolean): LibraryFunction {
  return {
    name,
    kind: 'operator',
    arity: TWO,
    result: comparing,
    missing: 'any',
    evaluate: ofTwo((a, b) => holds(compare(a, b))),
    sql: infix(name),
  };
}

const is: LibraryFunction = {
  name: 'is',
  kind: 'operator',
  arity: TWO,
  result: ([a, b]) => (comparable(a!, b!) ? TRUTH : mismatch(1, typeInWords(a!))),
  missing: 'any',
  evaluate: ([a, b]) => (a === undefined || b === undefined ? undefined : equal(a, b)),
  sql: infix('='),
};

const isNot: LibraryFunction = {
  ...is,
  name: 'is not',
  evaluate: ([a, b]) => (a === undefined || b === undefined ? undefined : !equal(a, b)),
  sql: infix('<>'),
};

function truths(args: readonly ValueType[]): ValueType | Mismatch {
  const wrong = args.findIndex((type) => type.kind !== 'truth');
  return wrong < 0 ? TRUTH : mismatch(wrong, 'a condition');
}

const and: LibraryFunction = {
  name: 'and',
  kind: 'operator',
  arity: TWO,
  result: truths,
  missing: 'truth',
  evaluate: ([a, b]) =>
    a === false || b === false ? false : a === undefined || b === undefined ? undefined : true,
  sql: infix('AND'),
};

const or: LibraryFunction = {
  name: 'or',
  kind: 'operator',
  arity: TWO,
  result: truths,
  missing: 'truth',
  evaluate: ([a, b]) =>
    a === true || b === true ? true : a === undefined || b === undefined ? undefined : false,
  sql: infix('OR'),
};

const not: LibraryFunction = {
  name: 'not',
  kind: 'operator',
  arity: { least: 1, most: 1 },
  result: truths,
  missing: 'any',
  evaluate: ([a]) => (a === undefined ? undefined : !a),
  sql: ([a]) => `(NOT ${a})`,
};

const exists: LibraryFunction = {
  name: 'exists',
  kind: 'operator',
  arity: { least: 1, most: 1 },
  result: () => TRUTH,
  missing: 'never',
  evaluate: ([a]) => a !== undefined,
  sql: ([a]) => `(${a} IS NOT NULL)`,
};

const orElse: LibraryFunction = {
  name: 'else',
  kind: 'operator',
  arity: TWO,
  result: ([a, b]) => joinTypes(a!, b!) ?? mismatch(1, typeInWords(a!)),
  missing: 'fallback',
  evaluate: ([a, b]) => (a === undefined ? b : a),
  sql: ([a, b]) => `coalesce(${a}, ${b})`,
};

/** Arguments: the condition, what holds then, what holds otherwise. */
const choose: LibraryFunction = {
  name: 'choose',
  kind: 'operator',
  arity: { least: 3, most: 3 },
  result: ([condition, a, b]) =>
    condition!.kind !== 'truth'
      ? mismatch(0, 'a condition')
      : (joinTypes(a!, b!) ?? mismatch(2, typeInWords(a!))),
  missing: 'choice',
  evaluate: ([condition, a, b]) => (condition === undefined ? undefined : condition ? a : b),
  sql: ([condition, a, b]) => `CASE WHEN ${condition} THEN ${a} WHEN NOT ${condition} THEN ${b} END`,
};

export const OPERATORS: readonly LibraryFunction[] = [
  plus,
  minus,
  daysBetween,
  timeBetween,
  later,
  laterMoment,
  times,
  over,
  negated,
  is,
  isNot,
  relation('<', (order) => order < 0),
  relation('<=', (order) => order <= 0),
  relation('>', (order) => order > 0),
  relation('>=', (order) => order >= 0),
  and,
  or,
  not,
  exists,
  orElse,
  choose,
];
