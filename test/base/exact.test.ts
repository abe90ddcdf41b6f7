// Exact numbers against two others: pairs of BigInt that are never reduced, and decimal.js.

import { Decimal } from 'decimal.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RunError } from '../../src/base/diagnostic.ts';
import {
  absolute,
  add,
  compare,
  decimalPlaces,
  divide,
  type Exact,
  equals,
  exact,
  exactText,
  fixedText,
  fraction,
  greatest,
  isZero,
  least,
  multiply,
  negate,
  ONE,
  parseExact,
  type RoundingMode,
  roundTo,
  sign,
  subtract,
  whole,
  ZERO,
} from '../../src/base/exact.ts';

// ---- the oracle: a pair (num, den) of BigInt, den above 0, as it comes ------------------------------------

type Pair = readonly [num: bigint, den: bigint];

const EDGE = 2n ** 53n;
/** Whole numbers of all sizes, many of them beside the border between the two ways in which numbers are held. */
const integer = fc.oneof(
  fc.bigInt({ min: -100n, max: 100n }),
  fc.bigInt({ min: EDGE - 4n, max: EDGE + 4n }),
  fc.bigInt({ min: -EDGE - 4n, max: -EDGE + 4n }),
  fc.bigInt({ min: -(10n ** 8n), max: 10n ** 8n }),
  fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }),
);
const pair: fc.Arbitrary<Pair> = fc.tuple(
  integer,
  fc.oneof(
    fc.constant(1n),
    integer.filter((each) => each !== 0n).map((each) => (each < 0n ? -each : each)),
  ),
);

function from([num, den]: Pair): Exact {
  return fraction(num, den);
}

function isPair(value: Exact, [num, den]: Pair): boolean {
  return BigInt(value.num) * den === num * BigInt(value.den);
}

/** Lowest terms, denominator above zero, held as doubles just when both parts are safe. */
function isSound({ num, den }: Exact): boolean {
  let [a, b] = [BigInt(num), BigInt(den)];
  if (b <= 0n) return false;
  const safe = a <= EDGE - 1n && a >= 1n - EDGE && b <= EDGE - 1n;
  if ((typeof num === 'number') !== safe || typeof num !== typeof den || Object.is(num, -0)) return false;
  if (a < 0n) a = -a;
  while (b !== 0n) [a, b] = [b, a % b];
  return a === 1n || (a === BigInt(den) && num === 0) || (num === 0 && den === 1);
}

describe('arithmetic', () => {
  const expectPair = (value: Exact, wanted: Pair) => {
    expect(isSound(value)).toBe(true);
    expect(isPair(value, wanted)).toBe(true);
  };

  test('is that of fractions', () => {
    fc.assert(
      fc.property(pair, pair, (a, b) => {
        const [x, y] = [from(a), from(b)];
        expectPair(x, a);
        expectPair(add(x, y), [a[0] * b[1] + b[0] * a[1], a[1] * b[1]]);
        expectPair(subtract(x, y), [a[0] * b[1] - b[0] * a[1], a[1] * b[1]]);
        expectPair(multiply(x, y), [a[0] * b[0], a[1] * b[1]]);
        expectPair(negate(x), [-a[0], a[1]]);
        expectPair(absolute(x), [a[0] < 0n ? -a[0] : a[0], a[1]]);
        const over = divide(x, y);
        if (b[0] === 0n) expect(over).toBeUndefined();
        else expectPair(over!, b[0] < 0n ? [-a[0] * b[1], a[1] * -b[0]] : [a[0] * b[1], a[1] * b[0]]);
        const order = a[0] * b[1] - b[0] * a[1];
        expect(Math.sign(compare(x, y))).toBe(order < 0n ? -1 : order > 0n ? 1 : 0);
        expect(equals(x, y)).toBe(order === 0n);
        expect(equals(least(x, y), order <= 0n ? x : y)).toBe(true);
        expect(equals(greatest(x, y), order >= 0n ? x : y)).toBe(true);
        expect(sign(x)).toBe(a[0] < 0n ? -1 : a[0] > 0n ? 1 : 0);
        expect(isZero(x)).toBe(a[0] === 0n);
      }),
      { numRuns: 3000 },
    );
  });

  test('has nothing but itself over zero', () => {
    expect(divide(ONE, ZERO)).toBeUndefined();
    expect(() => fraction(1, 0)).toThrow();
    expect(() => whole(0.5)).toThrow();
    expect(() => whole(2 ** 53)).toThrow();
    expect(whole(-0)).toEqual(ZERO);
    expect(multiply(whole(-1), ZERO)).toEqual(ZERO);
  });
});

describe('a figure that grows without end', () => {
  test('stops the run long before it fills the memory', () => {
    let value = exact('7.3');
    const square = () => {
      for (let times = 0; times < 40; times++) value = multiply(value, value);
    };
    expect(square).toThrow(RunError);
    expect(square).toThrow('M3013');
    const wide = whole(10n ** 10_000n);
    expect(divide(multiply(wide, ONE), wide)).toEqual(ONE);
    expect(() => fraction(1n, 10n ** 25_000n)).toThrow('M3013');
  });
});

describe('rounding', () => {
  const MODES: readonly (readonly [RoundingMode, Decimal.Rounding])[] = [
    ['half up', Decimal.ROUND_HALF_UP],
    ['half even', Decimal.ROUND_HALF_EVEN],
    ['down', Decimal.ROUND_DOWN],
    ['floor', Decimal.ROUND_FLOOR],
    ['ceil', Decimal.ROUND_CEIL],
  ];
  const Wide = Decimal.clone({ precision: 90 });
  const decimal = fc
    .tuple(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), fc.integer({ min: 0, max: 12 }), fc.boolean())
    .map(([digits, places, tie]) => [tie ? (digits / 10n) * 10n + 5n : digits, places] as const);

  test('agrees with decimal.js, at ties too', () => {
    fc.assert(
      fc.property(decimal, fc.integer({ min: 0, max: 11 }), ([digits, places], to) => {
        const value = new Wide(digits.toString()).div(new Wide(10).pow(places));
        const ours = fraction(digits, 10n ** BigInt(places));
        for (const [mode, theirs] of MODES) {
          const step = fraction(1n, 10n ** BigInt(to));
          expect(exactText(roundTo(ours, step, mode))).toBe(value.toDecimalPlaces(to, theirs).toFixed());
          expect(fixedText(ours, to, mode)).toBe(value.toFixed(to, theirs).replace(/^-(0(\.0*)?)$/, '$1'));
        }
      }),
      { numRuns: 1000 },
    );
  });

  test('to any step, by its definition', () => {
    const step = pair.filter(([num]) => num > 0n);
    fc.assert(
      fc.property(pair, step, (a, b) => {
        const [value, by] = [from(a), from(b)];
        const floor = roundTo(value, by, 'floor');
        const ceil = roundTo(value, by, 'ceil');
        for (const each of [floor, ceil]) expect(BigInt(divide(each, by)!.den)).toBe(1n);
        expect(compare(floor, value) <= 0 && compare(value, ceil) <= 0).toBe(true);
        expect(equals(floor, ceil) ? equals(value, floor) : equals(add(floor, by), ceil)).toBe(true);
        expect(roundTo(value, by, 'down')).toEqual(sign(value) < 0 ? ceil : floor);
        const order = compare(subtract(value, floor), subtract(ceil, value));
        const near = order < 0 ? floor : order > 0 ? ceil : undefined;
        expect(roundTo(value, by, 'half up')).toEqual(near ?? (sign(value) < 0 ? floor : ceil));
        const even = BigInt(divide(floor, by)!.num) % 2n === 0n ? floor : ceil;
        expect(roundTo(value, by, 'half even')).toEqual(near ?? even);
      }),
      { numRuns: 1000 },
    );
    expect(() => roundTo(ONE, ZERO, 'floor')).toThrow();
  });

  test.each<readonly [string, string, RoundingMode, string]>([
    ['2.5', '1', 'half up', '3'],
    ['-2.5', '1', 'half up', '-3'],
    ['2.5', '1', 'half even', '2'],
    ['3.5', '1', 'half even', '4'],
    ['-2.5', '1', 'half even', '-2'],
    ['-0.5', '1', 'half even', '0'],
    ['-0.5', '1', 'half up', '-1'],
    ['0.5', '1', 'down', '0'],
    ['-1.9', '1', 'down', '-1'],
    ['1/3', '0.01', 'half up', '0.33'],
    ['2/3', '0.01', 'down', '0.66'],
    ['0.125', '0.05', 'half up', '0.15'],
    ['0.125', '0.05', 'half even', '0.1'],
    ['1', '1/3', 'half up', '1'],
    ['0.5', '1/3', 'half up', '2/3'],
    ['0.5', '1/3', 'half even', '2/3'],
    ['9007199254740992.5', '1', 'half up', '9007199254740993'],
  ])('%s to %s %s is %s', (value, step, mode, rounded) => {
    expect(exactText(roundTo(exact(value), exact(step), mode))).toBe(rounded);
  });
});

describe('text', () => {
  test('is read back', () => {
    fc.assert(
      fc.property(pair, (a) => {
        const value = from(a);
        expect(parseExact(exactText(value))).toEqual(value);
        const places = decimalPlaces(value);
        if (places !== undefined) expect(exactText(value)).toBe(fixedText(value, places));
      }),
      { numRuns: 1000 },
    );
  });

  test.each([
    ['0', '0'],
    ['-0', '0'],
    ['-0.00', '0'],
    ['007', '7'],
    ['1.50', '1.5'],
    ['+3', '3'],
    ['1/3', '1/3'],
    ['0.5/3', '1/6'],
    ['2/4', '0.5'],
    ['-1/-3', '1/3'],
    ['123456789012345678901234567890.123456789012', '123456789012345678901234567890.123456789012'],
    ['9007199254740991', '9007199254740991'],
    ['9007199254740993', '9007199254740993'],
    ['0.0000000000000001', '0.0000000000000001'],
    ['999999999999999', '999999999999999'],
    ['1000000000000000', '1000000000000000'],
  ])('%s is %s', (text, printed) => {
    expect(exactText(exact(text))).toBe(printed);
  });

  test.each([
    '',
    '-',
    '.5',
    '5.',
    '1e3',
    '1,5',
    ' 1',
    '1 ',
    '0x1',
    '1/0',
    '1/',
    '/2',
    '--1',
    '٣',
    'NaN',
    'Infinity',
    '1_000',
    '1/2/0',
  ])('`%s` is no number', (text) => {
    expect(parseExact(text)).toBeUndefined();
    expect(() => exact(text)).toThrow();
  });

  test.each([
    ['1/3', 2, '0.33'],
    ['-1/3', 0, '0'],
    ['-0.005', 2, '-0.01'],
    ['12', 2, '12.00'],
    ['0.05', 1, '0.1'],
    ['-0.004', 2, '0.00'],
  ])('%s with %i decimals is %s', (value, places, text) => {
    expect(fixedText(exact(value), places)).toBe(text);
  });
});
