// Cells as they are kept: one text for a value, whatever the file wrote, and read again it is that value.

import fc from 'fast-check';
import { expect, it, test } from 'vitest';
import { dayOf, FIRST_DAY, LAST_DAY } from '../../src/base/date.ts';
import { type Exact, fraction, whole } from '../../src/base/exact.ts';
import { convertCell } from '../../src/input/convert.ts';
import { cellText } from '../../src/input/write-cell.ts';
import type { Value, ValueType } from '../../src/model/value.ts';
import * as f from './fields.ts';

function readBack(text: string, type: ValueType): Value | undefined {
  const found = convertCell(text, f.field('it', type), f.context());
  return 'reason' in found ? undefined : found.value;
}

it.each<readonly [Value, ValueType, string]>([
  [fraction(3001, 2), f.MONEY, '1500.5'],
  [whole(-3), f.NUMBER, '-3'],
  [fraction(1, 20), f.PERCENT, '5%'],
  [fraction(123456789, 1_000_000_000), f.PERCENT, '12.3456789%'],
  [whole(dayOf(2026, 1, 31)), f.DATE, '2026-01-31'],
  [fraction(1769848200 * 4 + 1, 4), f.DATETIME, '2026-01-31T08:30:00.25Z'],
  [fraction(-1, 2), f.DATETIME, '1969-12-31T23:59:59.5Z'],
  [whole(90), f.DURATION, '90 seconds'],
  [fraction(1, 2), f.DURATION, '0.5 seconds'],
  [true, f.TRUTH, 'true'],
  ['2026-Q1', { kind: 'period' }, '2026-Q1'],
  [' spaces stay ', f.TEXT, ' spaces stay '],
])('writes %o of %o as %s', (value, type, text) => {
  expect(cellText(value, type)).toBe(text);
  expect(readBack(text, type)).toEqual(value);
});

test('what is written is read back as the same value', () => {
  const decimals = (places: number, digits: number) =>
    fc
      .tuple(fc.bigInt({ min: -(10n ** BigInt(digits)), max: 10n ** BigInt(digits) }), fc.nat(places))
      .map(([num, after]): Exact => fraction(num, 10n ** BigInt(after)));
  const days = fc.integer({ min: FIRST_DAY, max: LAST_DAY }).map((day) => whole(day));
  // a moment of the first and the last local days may lie outside the years that can be written without an offset
  const moments = fc
    .tuple(
      fc.integer({ min: FIRST_DAY * 86400 - 18 * 3600, max: (LAST_DAY + 1) * 86400 + 18 * 3600 - 1 }),
      fc.nat(999_999_999),
    )
    .map(([seconds, part]) => fraction(BigInt(seconds) * 1_000_000_000n + BigInt(part), 1_000_000_000n));
  const values = fc.oneof(
    decimals(9, 17).map((value) => [value, f.MONEY] as const),
    decimals(9, 15).map((value) => [value, f.PERCENT] as const),
    decimals(9, 17).map((value) => [value, f.DURATION] as const),
    days.map((value) => [value, f.DATE] as const),
    moments.map((value) => [value, f.DATETIME] as const),
  );
  fc.assert(
    fc.property(values, ([value, type]) => {
      expect(readBack(cellText(value, type), type)).toEqual(value);
    }),
    { numRuns: 2000 },
  );
});
