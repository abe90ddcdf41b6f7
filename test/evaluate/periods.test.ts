// Which periods a run is asked for.

import { describe, expect, test } from 'vitest';
import { runPeriods } from '../../src/evaluate/periods.ts';
import { modelOf } from './run-policy.ts';

function policy(period: string, effective = ''): Parameters<typeof runPeriods>[0] {
  return modelOf(`policy p { currency RUB\n timezone "UTC"\n period ${period}\n ${effective} }`);
}

describe('periods of a run', () => {
  test.each([
    ['month', '2026-01', ['2026-01']],
    ['month', '2026-Q1', ['2026-01', '2026-02', '2026-03']],
    ['month', '2026-11..2027-01', ['2026-11', '2026-12', '2027-01']],
    ['month', ' 2026-12 .. 2026-12 ', ['2026-12']],
    ['month', '2025-12..2026-Q1', ['2025-12', '2026-01', '2026-02', '2026-03']],
    ['quarter', '2026', ['2026-Q1', '2026-Q2', '2026-Q3', '2026-Q4']],
    ['week', '2026-W52..2027-W01', ['2026-W52', '2026-W53', '2027-W01']],
    [
      'day',
      '2026-W01',
      ['2025-12-29', '2025-12-30', '2025-12-31', '2026-01-01', '2026-01-02', '2026-01-03', '2026-01-04'],
    ],
  ])('by %s, %s', (grain, text, ids) => {
    const { value, diagnostics } = runPeriods(policy(grain), text);
    expect(diagnostics).toEqual([]);
    expect(value.map((each) => each.id)).toEqual(ids);
  });

  test.each([
    ['month', '2026-13', 'M3004'],
    ['month', 'January', 'M3004'],
    ['month', '', 'M3004'],
    ['month', '2026-01..2026-02..2026-03', 'M3004'],
    ['month', '2026-02..2026-01', 'M3004'],
    ['month', '2026-W05', 'M3004'], // weeks make up no months
    ['month', '2026-01-15', 'M3004'],
    ['quarter', '2026-01', 'M3004'],
    ['week', '2026-01', 'M3004'],
    ['week', '2025-W53', 'M3004'],
    ['day', '2020..2026', 'M3006'],
  ])('by %s, %s is refused', (grain, text, code) => {
    const { value, diagnostics } = runPeriods(policy(grain), text);
    expect(value).toEqual([]);
    expect(diagnostics.map((each) => each.code)).toEqual([code]);
  });

  test('a period in which the policy holds on no day is refused, one in part is taken', () => {
    const model = policy('month', 'effective from 2026-01-15 until 2026-03-01');
    expect(runPeriods(model, '2026-01..2026-03').diagnostics).toEqual([]);
    for (const each of ['2025-12', '2026-04', '2026-01..2026-04']) {
      expect(runPeriods(model, each).diagnostics[0]).toMatchObject({
        code: 'M3005',
        help: 'it holds from 2026-01-15 until 2026-03-01',
      });
    }
  });
});
