// The published forms of answers to `seek` and of feedback as JSON Schema: what `merit seek --format json` and
// `merit feedback --format json` write.

import {
  list,
  NUMBER,
  object,
  ref,
  type Schema,
  TEXT,
  TRUTH,
  WHOLE,
  words,
} from './explanation-how-schema.ts';

const POLICY = object({ name: TEXT, 'title?': TEXT, currency: TEXT });

const FIGURE = object(
  {
    value: { anyOf: [NUMBER, { type: 'null', description: 'missing' }] },
    type: {
      type: 'object',
      required: ['kind'],
      properties: { kind: TEXT, currency: TEXT },
      description: 'money has a currency; percents are shares of 1, durations are seconds',
    },
  },
  'a value with its type',
);

const PLACE = object({ file: TEXT, line: WHOLE, column: WHOLE }, 'where the policy says it, counted from 1');

const MOVED = {
  kpi: TEXT,
  'title?': TEXT,
  lowerIsBetter: TRUTH,
  now: ref('figure'),
  'target?': ref('figure'),
  moved: words('added', 'set'),
  alone: list(TEXT),
  'with?': list(ref('companion')),
} as const;

const STEP = object(
  {
    kind: words('target', 'tier', 'curve', 'grid', 'gate', 'condition', 'cap', 'floor', 'award', 'band'),
    text: TEXT,
    'table?': TEXT,
    'at?': ref('place'),
    'over?': TEXT,
    way: TEXT,
    value: ref('figure'),
    includes: TRUTH,
    isExact: TRUTH,
    missing: ref('figure'),
    practical: ref('tried'),
    gain: ref('figure'),
  },
  'a place at which something is decided otherwise, how far it is, and what it brings',
);

const SHARED: Readonly<Record<string, Schema>> = {
  figure: FIGURE,
  place: PLACE,
  companion: object({ kpi: TEXT, by: ref('figure') }, 'how much of another KPI comes with one of this'),
  tried: object(
    { value: ref('figure'), amount: ref('figure') },
    'a value that was tried, and what is paid there',
  ),
  worth: object({ by: ref('figure'), gain: ref('figure'), 'with?': list(ref('companion')) }),
  step: STEP,
};

const REACHED = object({
  ...MOVED,
  outcome: words('reached already', 'reached', 'out of reach'),
  stretches: list(
    object(
      { from: NUMBER, includes: TRUTH, 'until?': NUMBER, 'untilIncludes?': TRUTH, isExact: TRUTH },
      'values with at least the amount, before rounding',
    ),
  ),
  'at?': object({ value: ref('figure'), includes: TRUTH, isExact: TRUTH }),
  'practical?': ref('tried'),
  'short?': ref('tried'),
  'most?': ref('tried'),
  'because?': list(object({ kind: words('cap', 'gate', 'condition'), text: TEXT, 'at?': ref('place') })),
});

const PATH = object({
  moves: list(object({ ...MOVED, to: ref('figure'), by: ref('figure'), effort: NUMBER })),
  amount: ref('figure'),
  effort: NUMBER,
  tried: WHOLE,
});

const NEXT = object({
  ...MOVED,
  'worth?': ref('worth'),
  'row?': object({
    event: TEXT,
    by: ref('figure'),
    gain: ref('figure'),
    'with?': list(ref('companion')),
  }),
  steps: list(ref('step')),
});

/** The JSON Schema of an answer to `seek`. */
export function seekSchema(): object {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Merit: which result gives an amount, and what comes next',
    ...object({
      formatVersion: { const: 1 },
      policy: POLICY,
      person: TEXT,
      name: TEXT,
      role: TEXT,
      period: TEXT,
      asked: TEXT,
      now: ref('figure'),
      rejectsAllowed: TRUTH,
      'reach?': object({ atLeast: ref('figure'), by: list(REACHED), 'path?': PATH }),
      'next?': list(NEXT),
    }),
    definitions: SHARED,
  };
}

const EARLIER = words('previous', 'last year');

const KPI = object({
  kpi: TEXT,
  'title?': TEXT,
  lowerIsBetter: TRUTH,
  now: ref('figure'),
  'target?': ref('figure'),
  'attainment?': { anyOf: [ref('figure'), { const: 'top' }] },
  'status?': words('green', 'amber', 'red'),
  earlier: list(ref('earlier')),
});

/** The JSON Schema of feedback to a person. */
export function feedbackSchema(): object {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Merit: feedback to a person about a period',
    ...object({
      formatVersion: { const: 1 },
      policy: POLICY,
      person: TEXT,
      name: TEXT,
      role: TEXT,
      period: TEXT,
      pay: ref('figure'),
      earlier: list(object({ which: EARLIER, period: TEXT, pay: ref('figure'), more: ref('figure') })),
      kpis: list(ref('kpi')),
      well: list({
        anyOf: [
          object({ kind: { const: 'target reached' }, kpi: ref('kpi') }),
          object({ kind: { const: 'improved' }, kpi: ref('kpi'), on: ref('earlier') }),
          object({ kind: { const: 'award' }, name: TEXT }),
        ],
      }),
      'weak?': object({
        kpi: ref('kpi'),
        at: object({ missing: ref('figure'), practical: ref('tried'), gain: ref('figure') }),
      }),
      'step?': object({ kpi: ref('kpi'), to: ref('step'), 'worth?': ref('worth') }),
      rejectsAllowed: TRUTH,
    }),
    definitions: {
      ...SHARED,
      kpi: KPI,
      earlier: object({
        which: EARLIER,
        period: TEXT,
        value: ref('figure'),
        more: ref('figure'),
        is: words('better', 'worse', 'the same'),
      }),
    },
  };
}
