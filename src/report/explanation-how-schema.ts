// The part of the schema of explanations that says how a step's value comes from those below; and what schemas of plain
// data are written with.

export type Schema = Readonly<Record<string, unknown>>;

export const TEXT: Schema = { type: 'string' };
export const WHOLE: Schema = { type: 'integer' };
export const TRUTH: Schema = { type: 'boolean' };
export const NUMBER: Schema = { type: 'string', description: 'an exact number: `12.5`, `1/3`' };
export const ref = (name: string): Schema => ({ $ref: `#/definitions/${name}` });
export const list = (items: Schema): Schema => ({ type: 'array', items });
export const words = (...all: readonly string[]): Schema => ({ enum: all });
export const kind = (name: string): Schema => ({ const: name });

/** An object with these keys and no others; a name that ends in `?` may be absent. */
export function object(keys: Readonly<Record<string, Schema>>, description?: string): Schema {
  const all = Object.entries(keys);
  return {
    type: 'object',
    ...(description === undefined ? {} : { description }),
    properties: Object.fromEntries(all.map(([name, schema]) => [name.replace('?', ''), schema])),
    required: all.flatMap(([name]) => (name.endsWith('?') ? [] : [name])),
    additionalProperties: false,
  };
}

const BOUND = object({ bound: ref('figure'), includes: TRUTH });
const PRORATED = object({
  days: WHOLE,
  of: WHOLE,
  'by?': words('working days', 'months'),
  'share?': NUMBER,
});
const FREED = object({ key: TEXT, row: WHOLE, share: NUMBER, amount: NUMBER });
const LATER = object({
  kind: words('part', 'hold'),
  period: TEXT,
  amount: NUMBER,
  'forfeited?': { const: true },
});

/** How a value comes about, by `kind`. */
export const HOWS: Readonly<Record<string, Schema>> = {
  given: object({ kind: kind('given') }, 'the policy or the data says so'),
  again: object({ kind: kind('again') }, 'explained by the step with this `id`'),
  same: object({ kind: kind('same') }, 'the value of the first part'),
  sum: object({ kind: kind('sum'), 'rest?': ref('rest') }, 'the sum of the parts and the rest'),
  operation: object(
    { kind: kind('operation'), function: TEXT, 'against?': object({ by: ref('figure') }) },
    'a function or operator over the parts, in their order; `against`: by how much the first is above the second',
  ),
  choice: object(
    { kind: kind('choice'), taken: words('value', 'otherwise', 'neither') },
    'the first part is the condition, the second the branch that was taken',
  ),
  else: object({ kind: kind('else') }, 'the first part that is not missing'),
  rows: object(
    {
      kind: kind('rows'),
      aggregate: TEXT,
      event: TEXT,
      from: TEXT,
      until: TEXT,
      scope: TEXT,
      'where?': TEXT,
      'each?': TEXT,
      'by?': TEXT,
      'since?': TEXT,
    },
    'an aggregate over rows of an event, from the first day until the last',
  ),
  rates: object(
    {
      kind: kind('rates'),
      table: TEXT,
      read: words('amount', 'rate'),
      'tiers?': list(
        object({
          bound: ref('figure'),
          includes: TRUTH,
          'onAll?': TRUTH,
          part: ref('figure'),
          'of?': ref('figure'),
          rate: ref('figure'),
          'amount?': ref('figure'),
        }),
      ),
      'below?': BOUND,
      'before?': object({ value: ref('figure'), amount: ref('figure') }),
    },
    'a table of rates; the amount is the sum of those of the tiers, less that of what came before',
  ),
  curve: object({ kind: kind('curve'), table: TEXT, 'on?': ref('onCurve') }),
  grid: object({
    kind: kind('grid'),
    table: TEXT,
    'keys?': list(
      object({
        dimension: TEXT,
        key: { anyOf: [ref('figure'), words('otherwise', 'below')] },
        'includes?': TRUTH,
      }),
    ),
  }),
  rowOfTable: object({
    kind: kind('row of table'),
    row: object({ table: TEXT, key: list(ref('figure')), 'on?': TEXT, found: TRUTH }),
  }),
  byDays: object(
    {
      kind: kind('by days'),
      counts: list(NUMBER),
      of: NUMBER,
      by: words('days', 'working days', 'months'),
      prorated: TRUTH,
    },
    'the sum of each part times its `counts`, over `of`',
  ),
  shareOfDays: object(
    { kind: kind('share of days'), share: NUMBER, prorated: PRORATED },
    'the part × the share',
  ),
  targetLine: object(
    {
      kind: kind('target line'),
      written: NUMBER,
      'condition?': TEXT,
      'override?': object({ of: words('person', 'team'), name: TEXT, 'from?': TEXT, 'until?': TEXT }),
      'spread?': object({ share: NUMBER, of: TEXT }),
      'ramp?': object({ percent: NUMBER, month: WHOLE }),
    },
    'written × spread × ramp',
  ),
  wholeOf: object(
    { kind: kind('whole of'), counted: NUMBER, of: NUMBER, by: TEXT },
    'the part × of / counted',
  ),
  people: object(
    { kind: kind('people'), together: words('sum', 'same'), counts: list(WHOLE), 'rest?': ref('rest') },
    'the sum of each part times its people, or the one value that all share',
  ),
  alike: object({ kind: kind('alike') }, 'the value that all parts share'),
  attainment: object(
    {
      kind: kind('attainment'),
      way: words('actual of target', 'target of actual', 'band', 'own', 'missing'),
    },
    'the first parts are actual and target; `own`: the last part is the formula of the KPI',
  ),
  score: object(
    { kind: kind('score'), weights: list(NUMBER), spread: list(TRUTH) },
    'the sum of weight × part, over the weights that are not spread',
  ),
  scoreLine: object({
    kind: kind('score line'),
    weight: NUMBER,
    'curve?': TEXT,
    'on?': ref('onCurve'),
    'bound?': object({ kind: words('cap', 'floor'), at: NUMBER }),
    'missing?': words('counts', 'spreads'),
    score: { type: ['string', 'null'] },
  }),
  bonus: object(
    {
      kind: kind('bonus'),
      counts: words('payable now', 'before rounding', 'rounded'),
      'perEvent?': TEXT,
      'failed?': WHOLE,
      'late?': WHOLE,
      'rest?': ref('rest'),
      'prorated?': PRORATED,
      share: NUMBER,
      computed: NUMBER,
      because: list(ref('because')),
      payable: NUMBER,
      rounding: object({ step: NUMBER, mode: TEXT }),
      earned: NUMBER,
      'later?': list(LATER),
      'freed?': list(FREED),
    },
    'formula × share is computed; nothing where a condition or gate fails; then floor and cap: payable; rounded: earned; less what is later',
  ),
  line: object({
    kind: kind('line'),
    line: words('floor', 'cap', 'draw', 'recovery', 'due', 'excess'),
    computed: NUMBER,
    because: list(ref('because')),
    'prorated?': PRORATED,
    'earned?': NUMBER,
    'freed?': list(FREED),
  }),
  award: object({
    kind: kind('award'),
    won: TRUTH,
    'place?': WHOLE,
    'sharing?': WHOLE,
    prizes: list(
      object({
        kind: words('money', 'points', 'badge', 'recognition', 'training'),
        value: ref('figure'),
      }),
    ),
  }),
  poolPart: object({
    kind: kind('pool part'),
    pool: object({
      period: TEXT,
      amount: ref('figure'),
      sharedBy: TEXT,
      'by?': ref('figure'),
      parts: WHOLE,
      'because?': TEXT,
      'condition?': TEXT,
    }),
  }),
  previous: object({ kind: kind('previous') }, 'the part, of the period before'),
  each: object(
    { kind: kind('each'), function: TEXT, grain: TEXT },
    'an aggregate over the parts, one a period',
  ),
  streak: object(
    { kind: kind('streak') },
    'how many of the parts hold; they go back to the one that does not',
  ),
  rank: object({ kind: kind('rank'), people: WHOLE }, 'the place among people'),
  total: object({ kind: kind('total'), people: WHOLE, 'rest?': ref('rest') }, 'the sum over people'),
};
