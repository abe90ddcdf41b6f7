// Fiscal calendars: years of months from a day on, years of weeks as retailers count them, and how grains fit together.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dayText, parseDay } from '../../src/base/date.ts';
import { FISCAL_LENGTHS, type FiscalYear, fiscalGrain } from '../../src/base/fiscal.ts';
import {
  fits,
  type Grain,
  grainText,
  isPeriodText,
  parsePeriod,
  periodAt,
  periodsBetween,
  sameCalendar,
  shift,
} from '../../src/base/period.ts';

const day = (text: string): number => parseDay(text)!;
const year = (name: string, starts: string, weeks?: readonly number[]): FiscalYear => ({
  name,
  starts: day(starts),
  ...(weeks ? { weeks } : {}),
});
// the calendar that the National Retail Federation publishes: Sundays nearest to 1 February
const NRF = year('nrf', '2026-02-01', [4, 5, 4]);
// a year that ends on the last Saturday of September
const SEPTEMBER = year('ends_in_september', '2025-09-28', [4, 4, 5]);
const MONDAYS = year('mondays', '2026-01-05', [5, 4, 4]);
const APRIL = year('april', '2026-04-01');
const TAX = year('tax', '2026-04-06');
const LEAP = year('leap', '2024-02-29');
const LAST = year('last', '2026-01-31');
const ALL = [NRF, SEPTEMBER, MONDAYS, APRIL, TAX, LEAP, LAST];

const days = (id: string): string => {
  const period = parsePeriod(id, ALL)!;
  return `${dayText(period.from)} ${dayText(period.until - 1)}`;
};

describe('years of weeks', () => {
  test.each([
    // published: fiscal 2006, 2012, 2017 and 2023 have 53 weeks
    ['nrf-2006', '2006-01-29 2007-02-03'],
    ['nrf-2012', '2012-01-29 2013-02-02'],
    ['nrf-2017', '2017-01-29 2018-02-03'],
    ['nrf-2022', '2022-01-30 2023-01-28'],
    ['nrf-2023', '2023-01-29 2024-02-03'],
    ['nrf-2024', '2024-02-04 2025-02-01'],
    ['nrf-2026', '2026-02-01 2027-01-30'],
    ['nrf-2027', '2027-01-31 2028-01-29'],
    // months of 2025 as published
    ['nrf-2025-01', '2025-02-02 2025-03-01'],
    ['nrf-2025-02', '2025-03-02 2025-04-05'],
    ['nrf-2025-03', '2025-04-06 2025-05-03'],
    ['nrf-2025-07', '2025-08-03 2025-08-30'],
    ['nrf-2025-11', '2025-11-30 2026-01-03'],
    ['nrf-2025-12', '2026-01-04 2026-01-31'],
    ['nrf-2025-Q3', '2025-08-03 2025-11-01'],
    // the 53rd week belongs to the last month
    ['nrf-2023-12', '2023-12-31 2024-02-03'],
    ['nrf-2023-Q4', '2023-10-29 2024-02-03'],
    ['nrf-2023-W53', '2024-01-28 2024-02-03'],
    ['nrf-2026-W01', '2026-02-01 2026-02-07'],
    ['ends_in_september-2022', '2022-09-25 2023-09-30'],
    ['ends_in_september-2023', '2023-10-01 2024-09-28'],
    ['ends_in_september-2024', '2024-09-29 2025-09-27'],
    // begins in the calendar year before: Monday nearest to 5 January is between 2 and 8 January
    ['mondays-2026-01', '2026-01-05 2026-02-08'],
    ['mondays-2023', '2023-01-02 2024-01-07'],
  ])('%s is %s', (id, expected) => expect(days(id)).toBe(expected));
});

describe('years of months', () => {
  test.each([
    ['april-2026', '2026-04-01 2027-03-31'],
    ['april-2026-01', '2026-04-01 2026-04-30'],
    ['april-2026-12', '2027-03-01 2027-03-31'],
    ['april-2026-Q4', '2027-01-01 2027-03-31'],
    ['april-2025-09', '2025-12-01 2025-12-31'],
    ['tax-2026', '2026-04-06 2027-04-05'],
    ['tax-2026-09', '2026-12-06 2027-01-05'],
    ['leap-2024', '2024-02-29 2025-02-27'],
    ['leap-2025', '2025-02-28 2026-02-27'],
    ['leap-2025-02', '2025-03-29 2025-04-28'],
    ['leap-2028-01', '2028-02-29 2028-03-28'],
    ['last-2026-01', '2026-01-31 2026-02-27'],
    ['last-2026-02', '2026-02-28 2026-03-30'],
    ['last-2026-03', '2026-03-31 2026-04-29'],
    ['april-0001-01', '0001-04-01 0001-04-30'],
    ['april-9999-09', '9999-12-01 9999-12-31'],
  ])('%s is %s', (id, expected) => expect(days(id)).toBe(expected));
});

test.each([
  'nrf-2024-W53',
  'nrf-2026-W00',
  'nrf-2026-13',
  'nrf-2026-Q5',
  'nrf-26',
  'nrf-0000',
  'april-2026-W01',
  'other-2026-01',
  'nrf 2026-01',
  'nrf-2026-02-01',
])('`%s` is no period of these calendars', (text) => expect(parsePeriod(text, ALL)).toBeUndefined());

test('what is written like a period of some calendar', () => {
  const read = ['nrf-2026', 'my_year-2026-Q1', '2026-01', '2026-01-31', 'nrf', 'a-b', '2026-1'].map(
    isPeriodText,
  );
  expect(read).toEqual([true, true, true, true, false, false, false]);
});

test('grains are written as people write them', () => {
  const month = fiscalGrain('month', NRF);
  expect(month).toBe('month of nrf 2026-02-01 4-5-4');
  expect([grainText(month), grainText(month, 's'), grainText('month', 's')]).toEqual([
    'month of nrf',
    'months of nrf',
    'months',
  ]);
  expect(sameCalendar(month, 'year')).toBe(fiscalGrain('year', NRF));
});

test('follow each other without a gap, and are found again by their id', () => {
  const grains = ALL.flatMap((each) =>
    FISCAL_LENGTHS.filter((length) => each.weeks || length !== 'week').map((length) =>
      fiscalGrain(length, each),
    ),
  );
  fc.assert(
    fc.property(
      fc.constantFrom(...grains),
      fc.integer({ min: -200_000, max: 200_000 }),
      fc.integer({ min: -30, max: 30 }),
      (grain, at, steps) => {
        const period = periodAt(grain, at);
        expect(period.from <= at && at < period.until).toBe(true);
        expect(parsePeriod(period.id, ALL)).toEqual(period);
        expect(shift(period, 1).from).toBe(period.until);
        expect(shift(shift(period, steps), -steps)).toEqual(period);
        const between = periodsBetween(grain, period.from, shift(period, 3).from);
        expect(between.map((each) => each.from)).toEqual([0, 1, 2].map((each) => shift(period, each).from));
      },
    ),
  );
});

describe('what fits in what', () => {
  const of = (length: (typeof FISCAL_LENGTHS)[number], each: FiscalYear) => fiscalGrain(length, each);
  test.each<[Grain, Grain, boolean]>([
    ['day', of('month', NRF), true],
    ['week', of('month', NRF), false], // those begin on Mondays
    ['week', of('month', MONDAYS), true],
    [of('week', NRF), of('month', NRF), true],
    [of('month', NRF), of('week', NRF), false],
    [of('month', NRF), of('quarter', NRF), true],
    [of('quarter', NRF), of('year', NRF), true],
    [of('year', NRF), of('quarter', NRF), false],
    [of('month', NRF), of('year', SEPTEMBER), false],
    [of('month', NRF), 'year', false],
    ['month', of('year', NRF), false],
    ['month', of('quarter', APRIL), true],
    ['month', of('quarter', TAX), false],
    ['quarter', of('year', APRIL), true],
    [of('quarter', APRIL), 'quarter', true],
    [of('quarter', year('february', '2026-02-01')), 'year', false],
    ['quarter', of('year', year('february', '2026-02-01')), false],
    [of('year', APRIL), 'year', false],
    [of('month', TAX), of('year', TAX), true],
    [of('month', TAX), of('month', APRIL), false],
    // quarters of 13 weeks from one day on are the same, whatever the months
    [of('quarter', NRF), of('year', year('other', '2026-02-01', [4, 4, 5])), true],
    [of('month', NRF), of('year', year('other', '2026-02-01', [4, 4, 5])), false],
  ])('%s in %s: %s', (short, long, expected) => expect(fits(short, long)).toBe(expected));

  test('as days say it', () => {
    // the last day of February is the 29th and the last of a month at once, by chance: that isn't looked for
    const others = ALL.filter((each) => each !== LEAP);
    const grains: Grain[] = [
      'week',
      'month',
      'quarter',
      'year',
      ...others.flatMap((each) => (['month', 'quarter', 'year'] as const).map((length) => of(length, each))),
    ];
    for (const short of grains)
      for (const long of grains) {
        // over 60 years every long period begins and ends with a short one, or some doesn't
        const whole = periodsBetween(long, day('1990-01-01'), day('2050-01-01')).every(
          ({ from, until }) => periodAt(short, from).from === from && periodAt(short, until).from === until,
        );
        expect([short, long, fits(short, long)]).toEqual([short, long, whole]);
      }
  });
});
