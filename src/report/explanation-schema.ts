// The published form of explanations as JSON Schema: what `merit explain --format json` writes, of an amount or of a row of
// an event. It says of each step how its value comes from the steps below.

import {
  HOWS,
  kind,
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

const SHOWN: Schema = { anyOf: [ref('figure'), kind('top')] };
const POLICY = object({ name: TEXT, 'title?': TEXT, currency: TEXT });
const KINDS = words(
  'pay',
  'role',
  'bonus',
  'award',
  'floor',
  'cap',
  'draw',
  'recovery',
  'due',
  'excess',
  'formula',
  'condition',
  'gate',
  'row',
  'kpi',
  'let',
  'expression',
  'target',
  'attainment',
  'score',
  'score line',
  'pool',
  'level',
  'measure',
  'attribute',
  'constant',
  'period',
  'table',
  'operation',
  'field',
  'points',
  'person',
  'other period',
  'days',
);

const POINT = object({ at: ref('figure'), score: ref('figure'), 'upTo?': TRUTH });

const DEFINITIONS: Readonly<Record<string, Schema>> = {
  figure: object(
    {
      value: { type: ['string', 'null'] },
      type: { type: 'object', required: ['kind'], properties: { kind: TEXT } },
    },
    'exact text with its type; null where it is missing',
  ),
  rest: object({ count: WHOLE, value: ref('figure') }, 'how many are not listed, and what they come to'),
  place: object({ file: TEXT, line: WHOLE, column: WHOLE }),
  whose: object({ 'person?': TEXT, 'role?': TEXT, period: TEXT, 'from?': TEXT, 'until?': TEXT }),
  onCurve: object({
    'from?': POINT,
    'until?': POINT,
    'past?': TRUTH,
    'slope?': object({ more: ref('figure'), per: ref('figure'), full: TRUTH }),
  }),
  because: object({
    kind: words('gate', 'condition', 'absent', 'cap', 'floor', 'draw', 'left', 'forfeited'),
    'condition?': TEXT,
    'cap?': NUMBER,
    'floor?': NUMBER,
    'draw?': NUMBER,
  }),
  rows: object({
    event: TEXT,
    rows: list(
      object({
        key: TEXT,
        row: WHOLE,
        day: TEXT,
        'person?': TEXT,
        share: NUMBER,
        value: ref('figure'),
        'adds?': ref('figure'),
        'taken?': TRUTH,
      }),
    ),
    count: WHOLE,
    'rest?': ref('rest'),
  }),
  would: object(
    {
      kind: words('condition', 'gate', 'choice', 'all of these'),
      text: TEXT,
      'at?': ref('place'),
      'held?': object({ text: TEXT, value: SHOWN, bound: ref('figure'), short: ref('figure') }),
      amount: NUMBER,
      pay: NUMBER,
      currency: TEXT,
    },
    'what would have made a line more; the amounts are of a run in which the condition is taken to hold',
  ),
  how: { anyOf: Object.values(HOWS) },
  step: object({
    kind: KINDS,
    'id?': TEXT,
    name: TEXT,
    'title?': TEXT,
    'text?': TEXT,
    'at?': ref('place'),
    'whose?': ref('whose'),
    value: SHOWN,
    how: ref('how'),
    parts: list(ref('step')),
    'rows?': ref('rows'),
    'row?': object({ event: TEXT, row: WHOLE, day: TEXT, share: NUMBER }),
    'paid?': object({ currency: TEXT, amount: NUMBER, 'day?': TEXT, 'atPosting?': TRUTH }),
    'would?': list(ref('would')),
  }),
  passedOn: object({ kind: TEXT, text: TEXT, without: SHOWN, with: SHOWN }),
};

const EXPLANATION = object({
  formatVersion: { const: 1 },
  policy: POLICY,
  person: TEXT,
  name: TEXT,
  period: TEXT,
  asked: TEXT,
  rejectsAllowed: TRUTH,
  'asKnownOn?': TEXT,
  answers: list(ref('step')),
});

const EVENT = object({
  formatVersion: { const: 1 },
  policy: POLICY,
  event: TEXT,
  key: TEXT,
  row: WHOLE,
  file: TEXT,
  fields: list(object({ name: TEXT, text: TEXT })),
  credited: list(object({ person: TEXT, role: TEXT, share: NUMBER, 'as?': TEXT })),
  periods: list(TEXT),
  rejectsAllowed: TRUTH,
  'asKnownOn?': TEXT,
  moved: list(
    object({
      period: TEXT,
      person: TEXT,
      name: TEXT,
      'role?': TEXT,
      what: words('pay', 'line', 'kpi', 'target', 'attainment', 'score', 'gate', 'award', 'points'),
      of: TEXT,
      'title?': TEXT,
      'without?': SHOWN,
      'with?': SHOWN,
      'delta?': ref('figure'),
      'way?': words('direct', 'second hand'),
      'through?': list(ref('passedOn')),
    }),
  ),
});

/** The JSON Schema of explanations. */
export function explanationSchema(): Schema {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'An explanation: of an amount, or of what a row of an event moved',
    anyOf: [EXPLANATION, EVENT],
    definitions: DEFINITIONS,
  };
}
