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

function bound(
  name: 'min' | 'max',
  summary: string,
  pick: (a: Exact, b: Exact) => Exact,
  value: string,
): LibraryFunction {
  const sql = name === 'min' ? 'least' : 'greatest';
  return {
    name,
    kind: 'function',
    signature: `${name}(a, b, …)`,
    summary,
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
    examples: [{ formula: `${name}(3, 1/3, 2)`, value }],
  };
}

/** Arguments: the value and the step, a positive constant. */
function rounding(
  name: string,
  mode: RoundingMode,
  signature: string,
  summary: string,
  value: string,
): LibraryFunction {
  return {
    name,
    kind: 'function',
    signature,
    summary,
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
    examples: [{ formula: `${signature.replace('x', '2.345').replace('step', '0.01')}`, value }],
  };
}

const abs: LibraryFunction = {
  name: 'abs',
  kind: 'function',
  signature: 'abs(x)',
  summary: 'The amount without its sign.',
  arity: { least: 1, most: 1 },
  result: ([a]) =>
    isNumeric(a!) ? a! : mismatch(0, 'a number, a percent, an amount of money or a duration'),
  missing: 'any',
  evaluate: ([a]) => a && absolute(a as Exact),
  sql: ([a]) => `abs(${a})`,
  examples: [{ formula: 'abs(-2.5)', value: '2.5' }],
};

/** An average is its sum over its count; the checker writes it so, and keeps its name for the explanation. */
const average: LibraryFunction = {
  name: 'average',
  kind: 'function',
  signature: 'average(x where c)',
  summary: 'The sum over the count; missing when there are no rows.',
  arity: TWO,
  result: ([sum]) => sum!,
  missing: 'divisor',
  evaluate: ([sum, count]) =>
    sum === undefined || count === undefined ? undefined : divide(sum as Exact, count as Exact),
  examples: [],
};

/** The median is the mean of the two middle values (of an odd count, the same value twice). */
const median: LibraryFunction = {
  name: 'median',
  kind: 'function',
  signature: 'median(x where c)',
  summary: 'The middle value, or the mean of the two middle ones; missing when there are no rows.',
  arity: TWO,
  result: ([low]) => low!,
  missing: 'any',
  evaluate: ([low, high]) =>
    low === undefined || high === undefined
      ? undefined
      : divide(add(low as Exact, high as Exact), exact('2')),
  examples: [],
};

export const FUNCTIONS: readonly LibraryFunction[] = [
  bound('min', 'The least of the values.', least, '1/3'),
  bound('max', 'The greatest of the values.', greatest, '3'),
  abs,
  rounding(
    'round',
    'half up',
    'round(x to step)',
    'The nearest multiple of the step; a half goes away from zero.',
    '2.35',
  ),
  rounding(
    'round half even',
    'half even',
    'round(x to step half even)',
    'The nearest multiple of the step; a half goes to the even one.',
    '2.34',
  ),
  rounding(
    'round down',
    'down',
    'round(x to step down)',
    'The multiple of the step that is nearest towards zero.',
    '2.34',
  ),
  rounding(
    'floor',
    'floor',
    'floor(x to step)',
    'The largest multiple of the step that is not above.',
    '2.34',
  ),
  rounding('ceil', 'ceil', 'ceil(x to step)', 'The smallest multiple of the step that is not below.', '2.35'),
  average,
  median,
];
