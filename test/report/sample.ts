// A Result made by hand: two people, one of whom changes roles in the middle of the month.

import type { FigureValue } from '../../src/model/inputs.ts';
import type { KpiLine } from '../../src/model/kpi-lines.ts';
import type { Result } from '../../src/model/result.ts';

export const rub = (value: string | null): FigureValue => ({
  value,
  type: { kind: 'money', currency: 'RUB' },
});
export const percent = (value: string | null): FigureValue => ({ value, type: { kind: 'percent' } });
export const count = (value: string | null): FigureValue => ({ value, type: { kind: 'number' } });

const revenue: KpiLine = {
  kpi: 'revenue',
  title: 'Total revenue',
  category: 'outcome',
  actual: rub('1200000'),
  target: rub('1500000'),
  attainment: percent('0.8'),
  status: 'amber',
};
const calls: KpiLine = {
  kpi: 'calls',
  actual: count('260'),
  target: count('300'),
  attainment: percent('13/15'),
  status: 'amber',
};
const answerTime: KpiLine = {
  kpi: 'answer_time',
  title: 'Request handling',
  actual: { value: '15120', type: { kind: 'duration' } },
};

export const anna: Result = {
  formatVersion: 1,
  policy: { name: 'sales', title: 'Sales department, 2026', currency: 'RUB' },
  engine: { version: '0.1.0', backend: 'memory', zoneData: '2025b' },
  periods: ['2026-01'],
  statements: [
    {
      person: 'anna',
      name: 'Анна Петрова',
      period: '2026-01',
      roles: [
        {
          role: 'icebreaker',
          from: '2026-01-01',
          until: '2026-01-15',
          days: 15,
          daysInPeriod: 31,
          kpis: [],
          gates: [],
          lines: [
            {
              kind: 'bonus',
              name: 'base',
              title: 'Base',
              period: '2026-01',
              formula: '15_000 RUB',
              inputs: [],
              prorated: { days: 15, of: 31 },
              computed: '225000/31',
              amount: '7258.06',
            },
          ],
          total: '7258.06',
        },
        {
          role: 'hunter',
          title: 'Wins new clients',
          team: 'north',
          from: '2026-01-16',
          until: '2026-01-31',
          days: 16,
          daysInPeriod: 31,
          kpis: [revenue, calls, answerTime],
          score: {
            lines: [
              {
                kpi: 'revenue',
                weight: '0.6',
                curve: 'standard',
                read: percent('0.8'),
                score: '0.5',
                points: '0.3',
              },
              { kpi: 'calls', weight: '0.4', read: percent('13/15'), score: '13/15', points: '26/75' },
            ],
            value: percent('97/150'),
          },
          gates: [
            {
              condition: '(conversion else 0%) >= 10%',
              passed: false,
              applies: true,
              inputs: [{ text: 'conversion', value: percent('0.08') }],
            },
            {
              condition: 'calls >= 100',
              passed: true,
              applies: true,
              inputs: [{ text: 'calls', value: count('260') }],
            },
          ],
          lines: [
            {
              kind: 'bonus',
              name: 'commission',
              title: 'Commission',
              period: '2026-01',
              formula: 'ladder(revenue)',
              inputs: [
                { text: 'revenue', value: rub('1200000') },
                {
                  text: 'ladder(revenue)',
                  value: rub('40000'),
                  tiers: [
                    {
                      bound: rub('0'),
                      includes: true,
                      part: rub('1000000'),
                      rate: percent('0.03'),
                      amount: rub('30000'),
                    },
                    {
                      bound: rub('1000000'),
                      includes: false,
                      part: rub('200000'),
                      rate: percent('0.05'),
                      amount: rub('10000'),
                    },
                  ],
                },
              ],
              computed: '40000',
              amount: '0',
              because: [{ kind: 'gate', condition: '(conversion else 0%) >= 10%' }],
            },
            {
              kind: 'bonus',
              name: 'plan',
              period: '2026-Q1',
              formula: 'person.salary * 30% * score',
              inputs: [
                { text: 'person.salary', value: rub('100000') },
                { text: 'score', value: percent('97/150') },
              ],
              computed: '19400',
              amount: '19400',
            },
            {
              kind: 'cap',
              name: 'cap',
              period: '2026-01',
              formula: '15_000 RUB',
              inputs: [],
              computed: '-4400',
              amount: '-4400',
              because: [{ kind: 'cap', cap: '15000' }],
            },
          ],
          total: '15000',
        },
      ],
      pay: '22258.06',
    },
    {
      person: 'boris',
      name: 'Борис',
      period: '2026-01',
      roles: [
        {
          role: 'hunter',
          title: 'Wins new clients',
          from: '2026-01-01',
          until: '2026-01-31',
          days: 31,
          daysInPeriod: 31,
          kpis: [{ ...revenue, actual: rub('0'), attainment: percent('0'), status: 'red' }],
          gates: [],
          lines: [
            {
              kind: 'bonus',
              name: 'commission',
              title: 'Commission',
              period: '2026-01',
              formula: 'ladder(revenue)',
              inputs: [{ text: 'revenue', value: rub('0') }],
              computed: '0',
              amount: '0',
            },
          ],
          total: '0',
        },
      ],
      pay: '0',
    },
  ],
  groups: [
    { attribute: 'team', value: 'north', period: '2026-01', people: 1, kpis: [revenue], pay: '22258.06' },
    {
      attribute: 'team',
      value: '',
      period: '2026-01',
      people: 1,
      kpis: [{ ...revenue, actual: rub('0') }],
      pay: '0',
    },
  ],
  company: [
    { period: '2026-01', kpis: [{ kpi: 'revenue', title: 'Total revenue', actual: rub('1200000') }] },
  ],
  control: [
    {
      source: 'deal',
      file: 'deals.csv',
      all: { rows: 5, sums: [{ field: 'amount', sum: '1350000.5' }] },
      used: { rows: 2, sums: [{ field: 'amount', sum: '1200000' }] },
      filtered: [
        { reason: 'before `since`', totals: { rows: 1, sums: [{ field: 'amount', sum: '150000' }] } },
      ],
      rejected: [
        { reason: 'not a number', totals: { rows: 1, sums: [{ field: 'amount', sum: '0' }] } },
        { reason: 'unknown person', totals: { rows: 1, sums: [{ field: 'amount', sum: '0.5' }] } },
      ],
      creditsWithoutRole: 1,
      extraWithoutPerson: 0,
      extraCreditedElsewhere: 0,
    },
  ],
  rejectsAllowed: true,
};
