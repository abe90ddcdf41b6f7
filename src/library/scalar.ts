// The named functions of formulas: bounds, rounding, and what the checker makes of averages and medians.

import {
  absolute,
  add,
  divide,
  type Exact,
  exact,
  greatest,
  least,
  type RoundingMode,
  roundTo,
} from '../base/exact.ts';
import type { Cell, ValueType } from '../model/value.ts';
import { type LibraryFunction, type Mismatch, mismatch } from './function.ts';
import { comparable, isNumeric, isOrdered, joinTypes, typeInWords } from './types.ts';

const TWO = { least: 2, most: 2 } as const;

function likeFirst(args: readonly ValueType[]): ValueType | Mismatch {
  if (!isOrdered(args[0]!))
    return mismatch(0, 'something with an order: a number, an amount, a duration or a date');
  let type = args[0]!;
  for (let at = 1; at < args.length; at++) {
    const joined = comparable(type, args[at]!) ? joinTypes(type, args[at]!) : undefined;
    if (!joined) return mismatch(at, typeInWords(type));
    type = joined;
  }
  return type;
}

function bound(name: 'min' | 'max', pick: (a: Exact, b: Exact) => Exact): LibraryFunction {
  const sql = name === 'min' ? 'least' : 'greatest';
  return {
    name,
    kind: 'function',
    arity: { least: 2, most: 20 },
    result: likeFirst,
    missing: 'any',
    evaluate: (args) =>
      args.some((each) => each === undefined)
        ? undefined
        : (args as readonly Exact[]).reduce((a, b) => pick(a, b)),
    // least and greatest pass over NULL; here a missing argument makes the result missing
    sql: (args) =>
      `CASE WHEN ${args.map((each) => `${each} IS NOT NULL`).join(' AND ')} THEN ${sql}(${args.join(', ')}) END`,
  };
}

/** Arguments: the value and the step, a positive constant. */
function rounding(name: string, mode: RoundingMode): LibraryFunction {
  return {
    name,
    kind: 'function',
    arity: TWO,
    result: ([a, step]) =>
      !isNumeric(a!)
        ? mismatch(0, 'a number, a percent, an amount of money or a duration')
        : comparable(a!, step!) || step!.kind === 'number'
          ? a!
          : mismatch(1, typeInWords(a!)),
    missing: 'any',
    evaluate: ([a, step]): Cell =>
      a === undefined || step === undefined ? undefined : roundTo(a as Exact, step as Exact, mode),
  };
}

const abs: LibraryFunction = {
  name: 'abs',
  kind: 'function',
  arity: { least: 1, most: 1 },
  result: ([a]) =>
    isNumeric(a!) ? a! : mismatch(0, 'a number, a percent, an amount of money or a duration'),
  missing: 'any',
  evaluate: ([a]) => a && absolute(a as Exact),
  sql: ([a]) => `abs(${a})`,
};

/** An average is its sum over its count; the checker writes it so, and keeps its name for the explanation. */
const average: LibraryFunction = {
  name: 'average',
  kind: 'function',
  arity: TWO,
  result: ([sum]) => sum!,
  missing: 'divisor',
  evaluate: ([sum, count]) =>
    sum === undefined || count === undefined ? undefined : divide(sum as Exact, count as Exact),
};

/** The median is the mean of the two middle values (of an odd count, the same value twice). */
const median: LibraryFunction = {
  name: 'median',
  kind: 'function',
  arity: TWO,
  result: ([low]) => low!,
  missing: 'any',
  evaluate: ([low, high]) =>
    low === undefined || high === undefined
      ? undefined
      : divide(add(low as Exact, high as Exact), exact('2')),
};

export const FUNCTIONS: readonly LibraryFunction[] = [
  bound('min', least),
  bound('max', greatest),
  abs,
  rounding('round', 'half up'),
  rounding('round half even', 'half even'),
  rounding('round down', 'down'),
  rounding('floor', 'floor'),
  rounding('ceil', 'ceil'),
  average,
  median,
];
