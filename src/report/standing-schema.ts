// The JSON Schema of what `merit status --format json` writes.

import { list, record, type Schema, TEXT, WHOLE } from './schema-parts.ts';

const FIGURE: Schema = record({
  value: { type: ['string', 'null'], description: 'exact: `12.5`, `1/3`; null where it is missing' },
  type: { type: 'object', required: ['kind'], properties: { kind: TEXT } },
});
const ATTAINMENT: Schema = { anyOf: [FIGURE, { const: 'top' }] };
const STATUS: Schema = { enum: ['green', 'amber', 'red'] };
const DAY: Schema = { ...TEXT, description: 'such as `2026-03-31`' };

const KPI: Schema = record(
  {
    person: TEXT,
    name: TEXT,
    role: TEXT,
    from: DAY,
    until: DAY,
    kpi: TEXT,
    title: TEXT,
    actual: FIGURE,
    target: FIGURE,
    upTo: { ...FIGURE, description: 'the upper end of a band' },
    attainment: ATTAINMENT,
    status: { ...STATUS, description: 'by what there is' },
    forecast: {
      ...record({ actual: FIGURE, target: FIGURE, upTo: FIGURE, attainment: ATTAINMENT, status: STATUS }, [
        'target',
        'upTo',
        'attainment',
        'status',
      ]),
      description: "at the period's end, at the pace so far",
    },
    expected: {
      enum: ['green', 'amber', 'red', 'open'],
      description: 'as forecast, else as it stands; open: no day of it has passed',
    },
    left: {
      ...record({ amount: FIGURE, perDay: FIGURE, days: WHOLE }),
      description: 'what is missing to the target of a sum or count that is expected to miss it',
    },
  },
  ['title', 'target', 'upTo', 'attainment', 'forecast', 'left'],
);

/** The JSON Schema of how KPIs stand. */
export function standingSchema(): object {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Merit status',
    ...record(
      {
        formatVersion: { const: 1 },
        policy: record({ name: TEXT, title: TEXT, currency: TEXT }, ['title']),
        period: TEXT,
        from: DAY,
        until: DAY,
        pace: {
          ...record(
            {
              today: { ...DAY, description: 'the last day that has passed' },
              asked: { ...DAY, description: 'the day asked for, where rows are dated after it' },
              calendar: { ...TEXT, description: 'whose working days are counted; absent: all days are' },
              passed: WHOLE,
              all: WHOLE,
            },
            ['asked', 'calendar'],
          ),
          description: 'what the forecast goes by',
        },
        noForecast: { enum: ['over', 'no rows', 'not begun', 'fault'] },
        rejectsAllowed: { type: 'boolean' },
        counts: record({ green: WHOLE, amber: WHOLE, red: WHOLE, open: WHOLE }),
        kpis: list(KPI),
      },
      ['pace', 'noForecast'],
    ),
  };
}
