// Days, periods and local time, from tables worked out by hand.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addMonths,
  civilOf,
  dayOf,
  daysInMonth,
  dayText,
  FIRST_DAY,
  LAST_DAY,
  parseDay,
  weekday,
} from '../../src/base/date.ts';
import { fits, GRAINS, parsePeriod, periodAt, periodsBetween, shift } from '../../src/base/period.ts';
import { isZone, localPieces, offsetAt, startOfDay } from '../../src/base/zone.ts';

const day = (text: string): number => parseDay(text)!;

describe('days', () => {
  test.each([
    ['1970-01-01', 0, 4],
    ['1969-12-31', -1, 3],
    ['2000-02-29', 11016, 2],
    ['2026-01-01', 20454, 4],
    ['0001-01-01', -719162, 1],
    ['9999-12-31', 2932896, 5],
  ])('%s is day %i, weekday %i', (text, number, week) => {
    expect(day(text)).toBe(number);
    expect(dayText(number)).toBe(text);
    expect(weekday(number)).toBe(week);
  });

  test.each([
    '2026-02-29',
    '1900-02-29',
    '2100-02-29',
    '2026-04-31',
    '2026-00-01',
    '2026-13-01',
    '2026-01-00',
    '0000-01-01',
    '26-01-01',
    '2026-1-1',
    ' 2026-01-01',
    '2026-01-01T00:00',
  ])('%s is no day', (text) => expect(parseDay(text)).toBeUndefined());

  test.each([
    [2024, 29],
    [2026, 28],
    [1900, 28],
    [2000, 29],
    [2100, 28],
  ])('February of %i has %i days', (year, days) => {
    expect(daysInMonth(year, 2)).toBe(days);
  });

  test.each([
    ['2026-01-31', 1, '2026-02-28'],
    ['2024-01-31', 1, '2024-02-29'],
    ['2024-02-29', -12, '2023-02-28'],
    ['2026-03-31', -1, '2026-02-28'],
    ['2026-12-15', 1, '2027-01-15'],
    ['2026-01-15', -13, '2024-12-15'],
  ])('%s and %i months is %s', (from, months, to) => expect(dayText(addMonths(day(from), months))).toBe(to));

  test('agree with the calendar of JavaScript on every day', () => {
    fc.assert(
      fc.property(fc.integer({ min: FIRST_DAY, max: LAST_DAY }), (at) => {
        const date = new Date(at * 86_400_000);
        const { year, month, date: dayOfMonth } = civilOf(at);
        expect([year, month, dayOfMonth]).toEqual([
          date.getUTCFullYear(),
          date.getUTCMonth() + 1,
          date.getUTCDate(),
        ]);
        expect(dayOf(year, month, dayOfMonth)).toBe(at);
        expect(parseDay(dayText(at))).toBe(at);
        expect(weekday(at) % 7).toBe(date.getUTCDay());
      }),
      { numRuns: 2000 },
    );
  });
});

describe('periods', () => {
  test.each([
    ['2026-W01', '2025-12-29', '2026-01-04'],
    ['2020-W53', '2020-12-28', '2021-01-03'],
    ['2021-W01', '2021-01-04', '2021-01-10'],
    ['2026-W53', '2026-12-28', '2027-01-03'],
    ['2015-W53', '2015-12-28', '2016-01-03'],
    ['2024-W09', '2024-02-26', '2024-03-03'],
    ['2024-02', '2024-02-01', '2024-02-29'],
    ['2026-Q4', '2026-10-01', '2026-12-31'],
    ['2024', '2024-01-01', '2024-12-31'],
    ['2026-01-31', '2026-01-31', '2026-01-31'],
  ])('%s is %s to %s', (id, first, last) => {
    const period = parsePeriod(id)!;
    expect([period.id, dayText(period.from), dayText(period.until - 1)]).toEqual([id, first, last]);
    for (const each of [first, last]) expect(periodAt(period.grain, day(each))).toEqual(period);
  });

  test.each([
    '2025-W53',
    '2026-W00',
    '2026-W54',
    '2026-Q0',
    '2026-Q5',
    '2026-13',
    '2026-00',
    '0000',
    '2026-02-30',
    '26',
    '2026-1',
    '2026-w01',
    '',
  ])('`%s` is no period', (text) => expect(parsePeriod(text)).toBeUndefined());

  test('follow each other without a gap, and are found again by their id', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...GRAINS),
        fc.integer({ min: -200_000, max: 200_000 }),
        fc.integer({ min: -30, max: 30 }),
        (grain, at, steps) => {
          const period = periodAt(grain, at);
          expect(period.from <= at && at < period.until).toBe(true);
          expect(parsePeriod(period.id)).toEqual(period);
          expect(shift(period, 1).from).toBe(period.until);
          expect(shift(shift(period, steps), -steps)).toEqual(period);
          expect(periodsBetween(grain, period.from, shift(period, 3).from).map((each) => each.from)).toEqual(
            [0, 1, 2].map((each) => shift(period, each).from),
          );
        },
      ),
    );
  });

  test('which grains make up which', () => {
    const pairs = GRAINS.flatMap((short) =>
      GRAINS.filter((long) => fits(short, long)).map((long) => `${short} ${long}`),
    );
    expect(pairs).toEqual([
      'day day',
      'day week',
      'day month',
      'day quarter',
      'day year',
      'week week',
      'month month',
      'month quarter',
      'month year',
      'quarter quarter',
      'quarter year',
      'year year',
    ]);
  });
});

describe('local time', () => {
  const instant = (text: string): number => Date.parse(text) / 1000;
  const local = (text: string): number => Date.parse(`${text}Z`) / 1000;
  const offset = (zone: string, text: string) => {
    const at = local(text);
    const found = localPieces(zone, at, at).find((each) => each.from <= at && at < each.until);
    return found?.offset === undefined ? undefined : found.offset / 3600;
  };

  test.each<readonly [string, string, number | undefined]>([
    ['Asia/Kolkata', '2026-06-01T12:00:00', 5.5],
    ['Europe/Berlin', '2026-03-29T01:59:59', 1],
    ['Europe/Berlin', '2026-03-29T02:00:00', undefined],
    ['Europe/Berlin', '2026-03-29T02:59:59', undefined],
    ['Europe/Berlin', '2026-03-29T03:00:00', 2],
    ['Europe/Berlin', '2026-10-25T01:59:59', 2],
    ['Europe/Berlin', '2026-10-25T02:30:00', 2], // doubled: the earlier instant
    ['Europe/Berlin', '2026-10-25T03:00:00', 1],
    ['America/New_York', '2026-03-08T02:30:00', undefined],
    ['America/New_York', '2026-03-08T03:00:00', -4],
    ['America/New_York', '2026-11-01T01:30:00', -4],
    ['America/New_York', '2026-11-01T02:00:00', -5],
    ['Europe/Moscow', '2011-03-27T01:59:59', 3],
    ['Europe/Moscow', '2011-03-27T02:00:00', undefined],
    ['Europe/Moscow', '2011-03-27T03:00:00', 4],
    ['Europe/Moscow', '2014-10-26T01:30:00', 4],
    ['Europe/Moscow', '2014-10-26T02:00:00', 3],
    ['Europe/Moscow', '2026-06-01T00:00:00', 3],
    // Samoa left out the whole of 30 December 2011
    ['Pacific/Apia', '2011-12-29T23:59:59', -10],
    ['Pacific/Apia', '2011-12-30T12:00:00', undefined],
    ['Pacific/Apia', '2011-12-31T00:00:00', 14],
  ])('%s at %s is %s hours ahead', (zone, text, hours) => {
    expect(offset(zone, text)).toBe(hours);
  });

  test.each([
    ['Europe/Berlin', '2026-03-29', '2026-03-28T23:00:00Z'],
    ['Europe/Berlin', '2026-03-30', '2026-03-29T22:00:00Z'],
    ['America/New_York', '2026-11-01', '2026-11-01T04:00:00Z'],
    ['America/New_York', '2026-11-02', '2026-11-02T05:00:00Z'],
    ['Asia/Kolkata', '2026-01-01', '2025-12-31T18:30:00Z'],
    ['Europe/Moscow', '2014-10-27', '2014-10-26T21:00:00Z'],
    // midnight itself is skipped: the day begins at one
    ['America/Sao_Paulo', '2018-11-04', '2018-11-04T03:00:00Z'],
    // the skipped day begins where the next one does
    ['Pacific/Apia', '2011-12-30', '2011-12-30T10:00:00Z'],
    ['Pacific/Apia', '2011-12-31', '2011-12-30T10:00:00Z'],
  ])('in %s %s begins at %s', (zone, text, begins) => {
    expect(startOfDay(zone, day(text))).toBe(instant(begins));
  });

  test('pieces have no holes, and each local second of a piece is an instant with that offset', () => {
    const zones = [
      'Europe/Berlin',
      'America/New_York',
      'Europe/Moscow',
      'Pacific/Apia',
      'Australia/Lord_Howe',
      'UTC',
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: instant('2005-01-01T00:00:00Z'), max: instant('2026-01-01T00:00:00Z') }),
        (zone, at) => {
          const pieces = localPieces(zone, at, at + 200 * 86400);
          pieces.slice(1).forEach((piece, index) => {
            expect(piece.from).toBe(pieces[index]!.until);
          });
          for (const { from, until, offset: ahead } of pieces) {
            if (ahead === undefined) continue;
            for (const each of [Math.max(from, at), Math.min(until - 1, at + 200 * 86400)]) {
              if (each >= from && each < until) expect(offsetAt(zone, each - ahead)).toBe(ahead);
            }
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  test('which names are zones', () => {
    expect(['Europe/Moscow', 'UTC', 'Mars/Olympus', ''].map(isZone)).toEqual([true, true, false, false]);
  });
});
