// The check of explanations by itself: it finds what is wrong, wherever that stands.

import { describe, expect, it } from 'vitest';
import type { Step } from '../../src/model/explanation.ts';
import type { FigureValue } from '../../src/model/inputs.ts';
import { wrongSteps } from './arithmetic.ts';

const money = (value: string): FigureValue => ({ value, type: { kind: 'money', currency: 'RUB' } });

const revenue = (value: string, adds: string): Step => ({
  kind: 'kpi',
  name: 'revenue',
  value: money(value),
  how: {
    kind: 'rows',
    aggregate: 'sum',
    event: 'deal',
    from: '2026-01-01',
    until: '2026-01-31',
    scope: 'own',
  },
  parts: [],
  rows: {
    event: 'deal',
    count: 2,
    rows: [{ key: '1', row: 2, day: '2026-01-05', share: '0.5', value: money('800'), adds: money(adds) }],
    rest: { count: 1, value: money('600') },
  },
});

const bonus = (value: string, { share = '1', of = revenue('1000', '400') } = {}): Step => ({
  kind: 'bonus',
  name: 'commission',
  value: money(value),
  how: {
    kind: 'bonus',
    counts: 'payable now',
    share,
    computed: '30',
    because: [],
    payable: '30',
    rounding: { step: '0.01', mode: 'half up' },
    earned: '30',
  },
  parts: [
    {
      kind: 'formula',
      name: 'revenue * 3%',
      value: money('30'),
      how: { kind: 'operation', function: '*' },
      parts: [
        of,
        {
          kind: 'constant',
          name: '3%',
          value: { value: '0.03', type: { kind: 'percent' } },
          how: { kind: 'given' },
          parts: [],
        },
      ],
    },
  ],
});

describe('the check of explanations', () => {
  // 800 × 50% + 600 = 1,000; 1,000 × 3% = 30
  it('finds nothing where all comes to its value', () => expect(wrongSteps(bonus('30'))).toEqual([]));

  it.each([
    ['a line that pays something else', bonus('31'), /payable now is 30, and it says 31/],
    ['days that do not count', bonus('30', { share: '0.5' }), /formula × days is 15/],
    [
      'rows that do not come to their figure',
      bonus('30', { of: revenue('1000', '500') }),
      /row 1 does not add/,
    ],
    [
      'a figure that is not that of its rows',
      bonus('30', { of: revenue('900', '400') }),
      /the rows come to 1000/,
    ],
  ])('finds %s', (_, step, why) => expect(wrongSteps(step).join('\n')).toMatch(why));
});
