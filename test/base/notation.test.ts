// Values as the language writes them.

import { describe, expect, test } from 'vitest';
import { exact } from '../../src/base/exact.ts';
import {
  amountNotation,
  durationNotation,
  groupedDigits,
  numberNotation,
  percentNotation,
} from '../../src/base/notation.ts';
import { parseExpression } from '../../src/syntax/parse-expression.ts';

test.each([
  ['0', '0'],
  ['999', '999'],
  ['-999', '-999'],
  ['1000', '1_000'],
  ['-1000', '-1_000'],
  ['1234567.5', '1_234_567.5'],
  ['0.000001', '0.000001'],
  // seven decimals are cut, and so is what never ends: nothing is rounded up
  ['0.9999999', '0.99…'],
  ['5/3', '1.66…'],
  ['-1/300', '-0.00…'],
  ['10000/3', '3_333.33…'],
])('the number %s is %s', (value, text) => {
  expect(numberNotation(exact(value))).toBe(text);
});

test.each([
  ['0', '0%'],
  ['0.05', '5%'],
  ['1/8', '12.5%'],
  ['12', '1_200%'],
  // 100 * 13/15 is 86 and 10/15
  ['13/15', '86.66…%'],
])('the percent %s is %s', (value, text) => {
  expect(percentNotation(exact(value))).toBe(text);
});

test.each([
  ['14400', '4 hours'],
  ['5400', '90 minutes'],
  ['86400', '1 day'],
  ['259200', '3 days'],
  ['61', '61 seconds'],
  ['1', '1 second'],
  ['0', '0 days'],
  ['1/3', '0.33… seconds'],
])('the duration of %s seconds is %s', (value, text) => {
  expect(durationNotation(exact(value))).toBe(text);
});

test('an amount has no more decimals than it needs', () => {
  expect(amountNotation(exact('1000'), 'RUB')).toBe('1_000 RUB');
  expect(amountNotation(exact('0.5'), 'EUR')).toBe('0.5 EUR');
});

describe('what is shown can be typed', () => {
  test.each([
    numberNotation(exact('1234567.25')),
    percentNotation(exact('0.125')),
    amountNotation(exact('1500000'), 'RUB'),
    durationNotation(exact('5400')),
    groupedDigits('1000'),
  ])('%s', (text) => {
    expect(parseExpression({ name: 'formula', text }).diagnostics).toEqual([]);
  });
});
