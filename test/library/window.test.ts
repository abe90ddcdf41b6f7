// The days of each window, by hand.

import { expect, test } from 'vitest';
import { dayText, parseDay } from '../../src/base/date.ts';
import { type FiscalLength, fiscalGrain } from '../../src/base/fiscal.ts';
import { type Grain, parsePeriod } from '../../src/base/period.ts';
import { windowDays } from '../../src/library/window.ts';
import type { Window } from '../../src/model/expression.ts';

const previous = (count: number): Window => ({ kind: 'previous', count });
const trailing = (count: number, grain: Grain): Window => ({
  kind: 'trailing',
  count,
  grain,
});
const soFar = (grain: Grain): Window => ({ kind: 'so far', grain });
const lastYear: Window = { kind: 'last year' };

test.each<readonly [string, Window, string, string]>([
  ['2026-03', { kind: 'period' }, '2026-03-01', '2026-03-31'],
  ['2026-03', previous(1), '2026-02-01', '2026-02-28'],
  ['2026-01', previous(3), '2025-10-01', '2025-12-31'],
  ['2026-Q1', previous(1), '2025-10-01', '2025-12-31'],
  ['2026-W01', previous(1), '2025-12-22', '2025-12-28'],
  ['2026-03-01', previous(1), '2026-02-28', '2026-02-28'],
  ['2026-03', trailing(3, 'month'), '2026-01-01', '2026-03-31'],
  ['2026-02', trailing(2, 'quarter'), '2025-10-01', '2026-02-28'],
  ['2026-Q1', trailing(1, 'month'), '2026-03-01', '2026-03-31'],
  ['2026-02', trailing(28, 'day'), '2026-02-01', '2026-02-28'],
  ['2026-W02', trailing(2, 'week'), '2025-12-29', '2026-01-11'],
  ['2026-05', soFar('quarter'), '2026-04-01', '2026-05-31'],
  ['2026-05', soFar('year'), '2026-01-01', '2026-05-31'],
  // ISO weeks belong to the year and quarter of their Thursday
  ['2026-W01', soFar('year'), '2025-12-29', '2026-01-04'],
  ['2026-W02', soFar('year'), '2025-12-29', '2026-01-11'],
  ['2026-W14', soFar('quarter'), '2026-03-30', '2026-04-05'],
  ['2026-W13', soFar('quarter'), '2025-12-29', '2026-03-29'],
  ['2020-W53', soFar('year'), '2019-12-30', '2021-01-03'],
  ['2026-03', lastYear, '2025-03-01', '2025-03-31'],
  ['2024-02', lastYear, '2023-02-01', '2023-02-28'],
  ['2025-02', lastYear, '2024-02-01', '2024-02-29'],
  ['2024-02-29', lastYear, '2023-02-28', '2023-02-28'],
  ['2026-W05', lastYear, '2025-01-27', '2025-02-02'],
  ['2020-W53', lastYear, '2019-12-23', '2019-12-29'], // 2019 has 52 weeks
  ['2021-W52', lastYear, '2020-12-21', '2020-12-27'],
])('%s, %o: %s to %s', (period, window, first, last) => {
  const days = windowDays(window, parsePeriod(period)!, undefined);
  expect([dayText(days.from), dayText(days.until - 1)]).toEqual([first, last]);
});

// the calendar of the National Retail Federation, and years from April
const NRF = { name: 'nrf', starts: parseDay('2026-02-01')!, weeks: [4, 5, 4] };
const APRIL = { name: 'april', starts: parseDay('2026-04-01')! };
const ofNrf = (length: FiscalLength) => fiscalGrain(length, NRF);

test.each<[string, Window, string, string]>([
  ['nrf-2026-01', previous(1), '2026-01-04', '2026-01-31'],
  ['nrf-2026-01', trailing(3, ofNrf('month')), '2025-11-30', '2026-02-28'],
  ['nrf-2026-02', soFar(ofNrf('year')), '2026-02-01', '2026-04-04'],
  ['nrf-2026-04', soFar(ofNrf('quarter')), '2026-05-03', '2026-05-30'],
  ['nrf-2026-W02', soFar(ofNrf('year')), '2026-02-01', '2026-02-14'],
  ['2026-03', soFar(fiscalGrain('year', APRIL)), '2025-04-01', '2026-03-31'],
  ['2026-04', soFar(fiscalGrain('year', APRIL)), '2026-04-01', '2026-04-30'],
  // weeks that cross the ends of years belong to the one of their fourth day
  ['2026-W05', soFar(ofNrf('year')), '2025-02-03', '2026-02-01'],
  ['2026-W06', soFar(ofNrf('year')), '2026-02-02', '2026-02-08'],
  ['nrf-2024-12', lastYear, '2023-12-31', '2024-02-03'], // five weeks, of a year of 53
  ['nrf-2023-12', lastYear, '2023-01-01', '2023-01-28'],
  ['nrf-2024-Q4', lastYear, '2023-10-29', '2024-02-03'],
  ['nrf-2024', lastYear, '2023-01-29', '2024-02-03'],
  ['nrf-2024-W01', lastYear, '2023-01-29', '2023-02-04'],
  ['nrf-2023-W53', lastYear, '2023-01-22', '2023-01-28'], // 2022 has 52 weeks
  ['nrf-2026-02', { ...soFar(ofNrf('year')), back: { periods: 0, years: 1 } }, '2025-02-02', '2025-04-05'],
  ['april-2026-10', lastYear, '2026-01-01', '2026-01-31'],
])('%s, %o: %s to %s', (period, window, first, last) => {
  const days = windowDays(window, parsePeriod(period, [NRF, APRIL])!, undefined);
  expect([dayText(days.from), dayText(days.until - 1)]).toEqual([first, last]);
});

test('to date begins with the data', () => {
  const since = parseDay('2025-07-01')!;
  const days = windowDays({ kind: 'to date' }, parsePeriod('2026-03')!, since);
  expect([dayText(days.from), dayText(days.until - 1)]).toEqual(['2025-07-01', '2026-03-31']);
});
