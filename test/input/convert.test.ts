import { describe, expect, test } from 'vitest';
import { dayText, parseDay } from '../../src/base/date.ts';
import { type Exact, exactText, fraction } from '../../src/base/exact.ts';
import { createClock } from '../../src/input/clock.ts';
import { convertCell } from '../../src/input/convert.ts';
import type { Dialect } from '../../src/model/dataset.ts';
import type { FieldModel } from '../../src/model/policy.ts';
import type { ValueType } from '../../src/model/value.ts';
import * as f from './fields.ts';

/** The cell's value as text, or its reason after `!`. */
function read(text: string, field: FieldModel, dialect: Dialect = {}, zone = 'Europe/Berlin'): string {
  const found = convertCell(
    text,
    field,
    f.context(zone, dialect, new Set(['anna', 'caf\u00e9', '__proto__'])),
  );
  if ('reason' in found) return `!${found.reason}`;
  return typeof found.value === 'object' ? exactText(found.value) : String(found.value);
}

function table(type: ValueType, rows: readonly (readonly [string, string])[], dialect: Dialect = {}): void {
  test.each(rows)('%j is %s', (text, expected) => {
    expect(read(text, f.field('cell', type), dialect)).toBe(expected);
  });
}

describe('period', () => {
  table({ kind: 'period' }, [
    ['2026-01', '2026-01'],
    [' 2026-12 ', '2026-12'],
    ['2026-Q4', '2026-Q4'],
    ['2026-W53', '2026-W53'], // 2026 begins on a Thursday
    ['2025-W53', '!not a period'],
    ['2026-W00', '!not a period'],
    ['2026', '2026'],
    ['0000', '!not a period'],
    ['2026-02-28', '2026-02-28'],
    ['2026-02-29', '!not a period'],
    ['2026-13', '!not a period'],
    ['2026-Q5', '!not a period'],
    ['2026-q1', '!not a period'],
    ['2026-1', '!not a period'],
    ['January', '!not a period'],
    ['', '!empty'],
  ]);
});

describe('number', () => {
  table(f.NUMBER, [
    ['1.005', '1.005'],
    ['0.10', '0.1'],
    ['-0', '0'],
    ['+5', '5'],
    ['007', '7'],
    [' \t12 ', '12'],
    ['9007199254740993', '9007199254740993'],
    ['123456789012345678', '123456789012345678'],
    ['0123456789012345678', '123456789012345678'],
    ['1234567890123456789', '!too many digits'],
    ['-999999999999999999.999999999', '-999999999999999999.999999999'],
    ['0.1234567890', '0.123456789'],
    ['0.1234567891', '!too many digits'],
    ['0.0000000000', '0'],
    ['', '!empty'],
    ['  ', '!empty'],
    ['1e3', '!not a number'],
    ['1,5', '!not a number'],
    ['.5', '!not a number'],
    ['5.', '!not a number'],
    ['1 000', '!not a number'],
    ['1\u00a0000', '!not a number'],
    ['\u00a01', '!not a number'],
    ['--1', '!not a number'],
    ['0x10', '!not a number'],
    ['NaN', '!not a number'],
    ['Infinity', '!not a number'],
    ['١٢', '!not a number'],
    ['10 RUB', '!not a number'],
    ['\u221212', '!not a number'],
  ]);
});

describe('number in a dialect', () => {
  table(
    f.MONEY,
    [
      ['1 234,50', '1234.5'],
      ['1\u00a0234\u202f567,5', '1234567.5'],
      ['1234,5', '1234.5'],
      ['-12 345', '-12345'],
      ['1234 567', '!not a number'],
      ['1 23', '!not a number'],
      ['1 234 56,5', '!not a number'],
      ['1234.5', '!not a number'],
      ['1  234', '!not a number'],
    ],
    { decimal: ',', thousands: ' ' },
  );
  table(
    f.NUMBER,
    [
      ['1.234,5', '1234.5'],
      ['1.234', '1234'],
      ['1.2345', '!not a number'],
    ],
    { decimal: ',', thousands: '.' },
  );
});

describe('percent', () => {
  table(f.PERCENT, [
    ['5%', '0.05'],
    ['5 %', '0.05'],
    ['-12.5%', '-0.125'],
    ['0.0000001%', '0.000000001'],
    ['0.00000001%', '!too many digits'],
    ['5  %', '!not a percent'],
    ['%', '!not a percent'],
    ['0.5', '!not a percent'],
    ['5%%', '!not a percent'],
  ]);
});

describe('percent as a fraction', () => {
  table(
    f.PERCENT,
    [
      ['0.5', '0.5'],
      ['50%', '0.5'],
      ['0.123456789', '0.123456789'],
      ['0.1234567891', '!too many digits'],
      ['half', '!not a percent'],
    ],
    { percents: 'fractions' },
  );
});

describe('date', () => {
  const day = (text: string): string => String(parseDay(text));
  table(f.DATE, [
    ['1970-01-02', '1'],
    ['2024-02-29', day('2024-02-29')],
    ['2023-02-29', '!not a date'],
    ['1900-02-29', '!not a date'],
    ['2026-13-01', '!not a date'],
    ['2026-1-5', '!not a date'],
    ['05.01.2026', '!not a date'],
    ['0001-01-01', '-719162'],
    ['0000-12-31', '!not a date'],
    ['9999-12-31', '2932896'],
    ['2026-01-05 00:00:00', day('2026-01-05')],
    ['2026-01-05T00:00:00.000000', day('2026-01-05')],
    ['2026-01-05 00:00:01', '!not a date'],
    ['2026-01-05 00:00:00Z', '!not a date'],
    ['46027', '!not a date'],
  ]);
});

describe('datetime in Berlin', () => {
  // 2026-01-05T00:00:00Z is day 20458, second 1767571200; winter is one hour ahead
  table(f.DATETIME, [
    ['2026-01-05T01:00:00', '1767571200'],
    ['2026-01-05 01:00', '1767571200'],
    ['2026-01-05t01:00', '1767571200'],
    ['2026-01-05T00:00:00Z', '1767571200'],
    ['2026-01-05T00:00:00z', '1767571200'],
    ['2026-01-05T03:30+03:30', '1767571200'],
    ['2026-01-05T03:30 +0330', '1767571200'],
    ['2026-01-04T19-05', '!not a datetime'],
    ['2026-01-04T19:00-05', '1767571200'],
    ['2026-01-05T18:00+18:00', '1767571200'],
    ['2026-01-05T18:00+18:01', '!not a datetime'],
    ['2026-01-05T18:00+17:60', '!not a datetime'],
    ['2026-01-05', '1767567600'],
    ['2026-01-05T01:00:00.123456789', '1767571200.123456789'],
    ['2026-01-05T01:00:00.1234567891', '!not a datetime'],
    ['2026-01-05T01:00:00.', '!not a datetime'],
    ['1969-12-31T23:59:59.5Z', '-0.5'],
    ['2026-01-05T24:00', '!not a datetime'],
    ['2026-01-05T23:60', '!not a datetime'],
    ['2026-01-05T23:59:60', '!not a datetime'],
    ['2026-02-29T10:00', '!not a datetime'],
    ['2026-01-05  01:00', '!not a datetime'],
    ['2026-01-05T1:00', '!not a datetime'],
    // clocks go from 02:00 to 03:00 on 29 March 2026 at 01:00Z (1774746000), and back at 01:00Z on 25 October
    ['2026-03-29T01:59:59', '1774745999'],
    ['2026-03-29T02:00:00', '!skipped by the clock'],
    ['2026-03-29T02:59:59.999', '!skipped by the clock'],
    ['2026-03-29T03:00:00', '1774746000'],
    ['2026-03-29T02:30:00+01:00', '1774747800'],
    ['2026-10-25T02:30:00', '1792888200'],
    ['2026-10-25T03:00:00', '1792893600'],
  ]);
});

test('New York: the gap of March and the doubled hour of November', () => {
  const at = (text: string): string => read(text, f.field('at', f.DATETIME), {}, 'America/New_York');
  // 8 March 2026, 07:00Z is 1772953200; 1 November 2026, 05:30Z is 1793511000
  expect(at('2026-03-08T02:30')).toBe('!skipped by the clock');
  expect(at('2026-03-08T03:00')).toBe('1772953200');
  expect(at('2026-11-01T01:30')).toBe('1793511000');
  expect(at('2026-11-01T01:30-05:00')).toBe('1793514600');
});

test('a bare date whose midnight is skipped begins after the gap', () => {
  // Cairo, 24 April 2026: clocks go from 00:00 to 01:00 at 22:00Z of the 23rd
  const found = read('2026-04-24', f.field('at', f.DATETIME), {}, 'Africa/Cairo');
  expect(found).toBe(String(Date.UTC(2026, 3, 23, 22) / 1000));
});

test('the local day of an instant', () => {
  const day = (zone: string, seconds: Exact): string => dayText(createClock(zone).day(seconds));
  const midnight = Date.UTC(2026, 0, 5, 5) / 1000; // midnight in New York
  expect(day('America/New_York', { num: midnight, den: 1 })).toBe('2026-01-05');
  expect(day('America/New_York', fraction(BigInt(midnight) * 10n ** 9n - 1n, 10n ** 9n))).toBe('2026-01-04');
  expect(day('UTC', fraction(-1, 1000))).toBe('1969-12-31');
  // the second pass of the doubled hour in New York: 06:30Z is 01:30 again
  expect(day('America/New_York', { num: Date.UTC(2026, 10, 1, 6, 30) / 1000, den: 1 })).toBe('2026-11-01');
  // clocks that go back over midnight: Azores, 25 October 2026, 01:00 to 00:00 at 01:00Z
  expect(day('Atlantic/Azores', { num: Date.UTC(2026, 9, 25, 1, 30) / 1000, den: 1 })).toBe('2026-10-25');
  // Cairo, 29 October 2026: at 21:00Z, as it would be midnight, it is 23:00 again
  expect(day('Africa/Cairo', { num: Date.UTC(2026, 9, 29, 20, 59, 59) / 1000, den: 1 })).toBe('2026-10-29');
  expect(day('Africa/Cairo', { num: Date.UTC(2026, 9, 29, 21) / 1000, den: 1 })).toBe('2026-10-29');
  expect(day('Africa/Cairo', { num: Date.UTC(2026, 9, 29, 22) / 1000, den: 1 })).toBe('2026-10-30');
  expect(day('Asia/Kathmandu', { num: Date.UTC(2026, 0, 4, 18, 15) / 1000, den: 1 })).toBe('2026-01-05');
  expect(day('Europe/Berlin', { num: Date.UTC(9999, 11, 31, 12) / 1000, den: 1 })).toBe('9999-12-31');
});

test('the first days of the calendar are read like any other', () => {
  const at = (text: string): string => read(text, f.field('at', f.DATETIME), {}, 'UTC');
  expect(at('0001-01-01T00:00')).toBe(String(-719162 * 86400));
  expect(at('0001-12-31T23:00')).toBe(String((-719162 + 364) * 86400 + 23 * 3600));
});

describe('duration', () => {
  table(f.DURATION, [
    ['01:30:00', '5400'],
    ['1:30:00', '5400'],
    ['100:00:00.5', '360000.5'],
    ['999999:59:59', '3599999999'],
    ['1000000:00:00', '!not a duration'],
    ['01:60:00', '!not a duration'],
    ['01:30', '!not a duration'],
    ['90 minutes', '5400'],
    ['1 minute', '60'],
    ['1.5 hours', '5400'],
    ['-2 days', '-172800'],
    ['2 weeks', '1209600'],
    ['0.000000001 weeks', '0.0006048'],
    ['0.0000000001 seconds', '!too many digits'],
    ['999999999999999999 weeks', '!too many digits'],
    ['90min', '!not a duration'],
    ['90  minutes', '!not a duration'],
    ['90', '!not a duration'],
    ['1 month', '!not a duration'],
  ]);
});

describe('truth value', () => {
  table(f.TRUTH, [
    ['true', 'true'],
    [' YES ', 'true'],
    ['False', 'false'],
    ['no', 'false'],
    ['1', '!not a truth value'],
    ['да', '!not a truth value'],
  ]);
});

describe('words and people', () => {
  table(f.STATUS, [
    ['won', 'won'],
    ['Won', '!not a word of the list'],
    [' won', '!not a word of the list'],
    ['', '!empty'],
  ]);
  table(f.PERSON, [
    ['anna', 'anna'],
    ['cafe\u0301', 'caf\u00e9'],
    ['__proto__', '__proto__'],
    ['constructor', '!unknown person'],
    ['\u0430nna', '!unknown person'],
    ['anna ', '!unknown person'],
  ]);
  table(f.TEXT, [
    [' a ', ' a '],
    ['cafe\u0301', 'caf\u00e9'],
    [' ', ' '],
    ['', '!empty'],
  ]);
});

test('an empty cell is the fallback, else missing, else a reject', () => {
  expect(read('', f.field('fte', f.PERCENT, { fallback: '1' }))).toBe('1');
  expect(read('', f.field('cost', f.MONEY, { optional: true }))).toBe('undefined');
  expect(read('', f.field('cost', f.MONEY))).toBe('!empty');
  expect(read('', f.field('team', f.TEXT, { fallback: 'none' }))).toBe('none');
  expect(read('', f.field('vip', f.TRUTH, { fallback: 'false' }))).toBe('false');
});

test('bounds are inside, and what lies outside is still readable', () => {
  const amount = f.field('amount', f.MONEY, { from: '0', until: '100' });
  expect(read('0', amount)).toBe('0');
  expect(read('100', amount)).toBe('100');
  expect(read('-0.01', amount)).toBe('!below the bound');
  expect(read('100.01', amount)).toBe('!above the bound');
  expect(convertCell('101', amount, f.context())).toEqual({
    reason: 'above the bound',
    readable: { num: 101, den: 1 },
  });
});
