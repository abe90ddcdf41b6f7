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
  signature: 'a + b',
  summary: 'The sum of two like amounts.',
  arity: TWO,
  result: addingType,
  missing: 'any',
  evaluate: ofTwo(add),
  sql: infix('+'),
  examples: [
    { formula: '1 + 2', value: '3' },
    { formula: '5% + 0.1', value: '0.15' },
  ],
};

const minus: LibraryFunction = {
  name: '-',
  kind: 'operator',
  signature: 'a - b',
  summary: 'The difference of two like amounts.',
  arity: TWO,
  result: addingType,
  missing: 'any',
  evaluate: ofTwo(subtract),
  sql: infix('-'),
  examples: [{ formula: '10 RUB - 12.5 RUB', value: '-2.5' }],
};

/** `date - date`, chosen by the checker: days counted in seconds, as every duration is. */
const daysBetween: LibraryFunction = {
  name: 'days between',
  kind: 'operator',
  signature: 'date - date',
  summary: 'The time from the second date to the first.',
  arity: TWO,
  result: ([a, b]) => (a!.kind === 'date' && b!.kind === 'date' ? DURATION : mismatch(1, 'a date')),
  missing: 'any',
  evaluate: ofTwo((a, b) => multiply(subtract(a, b), SECONDS_PER_DAY)),
  sql: ([a, b]) => `CAST((${a} - ${b}) * 86400 AS DECIMAL(18, 0))`,
  examples: [{ formula: '2026-03-01 - 2026-02-01', value: '2419200' }],
};

/** `datetime - datetime`, chosen by the checker. */
const timeBetween: LibraryFunction = {
  name: 'time between',
  kind: 'operator',
  signature: 'datetime - datetime',
  summary: 'The time from the second moment to the first.',
  arity: TWO,
  result: ([a, b]) =>
    a!.kind === 'datetime' && b!.kind === 'datetime' ? DURATION : mismatch(1, 'a date and time'),
  missing: 'any',
  evaluate: ofTwo(subtract),
  sql: infix('-'),
  examples: [],
};

/** `date + duration of whole days`, chosen by the checker. */
const later: LibraryFunction = {
  name: 'later',
  kind: 'operator',
  signature: 'date + duration',
  summary: 'The date some days later.',
  arity: TWO,
  result: ([a, b]) => (a!.kind === 'date' && b!.kind === 'duration' ? DATE : mismatch(1, 'a duration')),
  missing: 'any',
  evaluate: ofTwo(addDuration),
  sql: ([a, b]) => `(${a} + CAST(CAST(${b} AS HUGEINT) // 86400 AS BIGINT))`,
  examples: [],
};

/** `datetime + duration`, chosen by the checker. */
const laterMoment: LibraryFunction = {
  name: 'later moment',
  kind: 'operator',
  signature: 'datetime + duration',
  summary: 'The moment so much real time later, whatever local clocks do meanwhile.',
  arity: TWO,
  result: ([a, b]) => (a!.kind === 'datetime' && b!.kind === 'duration' ? a! : mismatch(1, 'a duration')),
  missing: 'any',
  evaluate: ofTwo(add),
  sql: infix('+'),
  examples: [],
};

const times: LibraryFunction = {
  name: '*',
  kind: 'operator',
  signature: 'a * b',
  summary: 'The product; one of the two is a number or a percent.',
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
  examples: [
    { formula: '1_000 RUB * 5%', value: '50' },
    { formula: '1/3 * 3', value: '1' },
  ],
};

const over: LibraryFunction = {
  name: '/',
  kind: 'operator',
  signature: 'a / b',
  summary: 'The quotient, exact; missing when the divisor is zero.',
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
  examples: [
    { formula: '1 / 3', value: '1/3' },
    { formula: '50 RUB / 200 RUB', value: '0.25' },
  ],
};

const negated: LibraryFunction = {
  name: 'minus',
  kind: 'operator',
  signature: '-a',
  summary: 'The same amount with the other sign.',
  arity: { least: 1, most: 1 },
  result: ([a]) =>
    isNumeric(a!) ? a! : mismatch(0, 'a number, a percent, an amount of money or a duration'),
  missing: 'any',
  evaluate: ([a]) => a && negate(a as Exact),
  sql: ([a]) => `(-${a})`,
  examples: [{ formula: '-5%', value: '-0.05' }],
};

function equal(a: Value, b: Value): boolean {
  return typeof a === 'object' && typeof b === 'object' ? compare(a, b) === 0 : a === b;
}

function comparing([a, b]: readonly ValueType[]): ValueType | Mismatch {
  if (!isOrdered(a!))
    return mismatch(0, 'something with an order: a number, an amount, a duration or a date');
  return comparable(a!, b!) ? TRUTH : mismatch(1, typeInWords(a!));
}

function relation(
  name: string,
  summary: string,
  holds: (order: number) => boolean,
  value: string,
): LibraryFunction {
  return {
    name,
    kind: 'operator',
    signature: `a ${name} b`,
    summary,
    arity: TWO,
    result: comparing,
    missing: 'any',
    evaluate: ofTwo((a, b) => holds(compare(a, b))),
    sql: infix(name),
    examples: [{ formula: `1/3 ${name} 0.333`, value }],
  };
}

const is: LibraryFunction = {
  name: 'is',
  kind: 'operator',
  signature: 'a is b',
  summary: 'Whether two values are the same.',
  arity: TWO,
  result: ([a, b]) => (comparable(a!, b!) ? TRUTH : mismatch(1, typeInWords(a!))),
  missing: 'any',
  evaluate: ([a, b]) => (a === undefined || b === undefined ? undefined : equal(a, b)),
  sql: infix('='),
  examples: [{ formula: '0.5 is 50%', value: 'true' }],
};

const isNot: LibraryFunction = {
  ...is,
  name: 'is not',
  signature: 'a is not b',
  summary: 'Whether two values differ.',
  evaluate: ([a, b]) => (a === undefined || b === undefined ? undefined : !equal(a, b)),
  sql: infix('<>'),
  examples: [{ formula: '"a" is not "b"', value: 'true' }],
};

function truths(args: readonly ValueType[]): ValueType | Mismatch {
  const wrong = args.findIndex((type) => type.kind !== 'truth');
  return wrong < 0 ? TRUTH : mismatch(wrong, 'a condition');
}

const and: LibraryFunction = {
  name: 'and',
  kind: 'operator',
  signature: 'a and b',
  summary: 'Whether both hold; a condition that fails decides even when the other is missing.',
  arity: TWO,
  result: truths,
  missing: 'truth',
  evaluate: ([a, b]) =>
    a === false || b === false ? false : a === undefined || b === undefined ? undefined : true,
  sql: infix('AND'),
  examples: [{ formula: '1 < 2 and 2 < 1', value: 'false' }],
};

const or: LibraryFunction = {
  name: 'or',
  kind: 'operator',
  signature: 'a or b',
  summary: 'Whether one of the two holds; one that holds decides even when the other is missing.',
  arity: TWO,
  result: truths,
  missing: 'truth',
  evaluate: ([a, b]) =>
    a === true || b === true ? true : a === undefined || b === undefined ? undefined : false,
  sql: infix('OR'),
  examples: [{ formula: '1 < 2 or 2 < 1', value: 'true' }],
};

const not: LibraryFunction = {
  name: 'not',
  kind: 'operator',
  signature: 'not a',
  summary: 'Whether the condition fails.',
  arity: { least: 1, most: 1 },
  result: truths,
  missing: 'any',
  evaluate: ([a]) => (a === undefined ? undefined : !a),
  sql: ([a]) => `(NOT ${a})`,
  examples: [{ formula: 'not (1 < 2)', value: 'false' }],
};

const exists: LibraryFunction = {
  name: 'exists',
  kind: 'operator',
  signature: 'a exists',
  summary: 'Whether there is a value: it is not missing.',
  arity: { least: 1, most: 1 },
  result: () => TRUTH,
  missing: 'never',
  evaluate: ([a]) => a !== undefined,
  sql: ([a]) => `(${a} IS NOT NULL)`,
  examples: [{ formula: '(1 / 0) exists', value: 'false' }],
};

const orElse: LibraryFunction = {
  name: 'else',
  kind: 'operator',
  signature: 'a else b',
  summary: 'The first value, or the second where the first is missing.',
  arity: TWO,
  result: ([a, b]) => joinTypes(a!, b!) ?? mismatch(1, typeInWords(a!)),
  missing: 'fallback',
  evaluate: ([a, b]) => (a === undefined ? b : a),
  sql: ([a, b]) => `coalesce(${a}, ${b})`,
  examples: [{ formula: '(1 / 0) else 7', value: '7' }],
};

/** Arguments: the condition, what holds then, what holds otherwise. */
const choose: LibraryFunction = {
  name: 'choose',
  kind: 'operator',
  signature: 'a when c otherwise b',
  summary: 'The first value where the condition holds, the other where it fails.',
  arity: { least: 3, most: 3 },
  result: ([condition, a, b]) =>
    condition!.kind !== 'truth'
      ? mismatch(0, 'a condition')
      : (joinTypes(a!, b!) ?? mismatch(2, typeInWords(a!))),
  missing: 'choice',
  evaluate: ([condition, a, b]) => (condition === undefined ? undefined : condition ? a : b),
  sql: ([condition, a, b]) => `CASE WHEN ${condition} THEN ${a} WHEN NOT ${condition} THEN ${b} END`,
  examples: [{ formula: '1 when 2 < 1 otherwise 3', value: '3' }],
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
  relation('<', 'Whether the first is less.', (order) => order < 0, 'false'),
  relation('<=', 'Whether the first is less or equal.', (order) => order <= 0, 'false'),
  relation('>', 'Whether the first is greater.', (order) => order > 0, 'true'),
  relation('>=', 'Whether the first is greater or equal.', (order) => order >= 0, 'true'),
  and,
  or,
  not,
  exists,
  orElse,
  choose,
];
