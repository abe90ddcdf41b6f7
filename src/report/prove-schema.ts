// The JSON Schema of what `merit prove --format json` writes.

import { list, PLACE, record, type Schema, TEXT, WHOLE } from './schema-parts.ts';

const TRUTH: Schema = { type: 'boolean' };
const AMOUNT: Schema = { type: 'string', description: 'exact, in the currency of pay: `12.5`, `1/3`' };
const MOST: Schema = { type: ['string', 'null'], description: 'exact; null: there is no bound' };

const SIDE: Schema = record({
  words: TEXT,
  value: {
    anyOf: [
      record({
        value: { type: ['string', 'null'] },
        type: { type: 'object', required: ['kind'], properties: { kind: TEXT } },
      }),
      { const: 'top' },
    ],
  },
});

const INVARIANT: Schema = record(
  {
    name: TEXT,
    doc: TEXT,
    claim: TEXT,
    given: list(TEXT),
    outcome: {
      enum: ['proved', 'refuted', 'tried'],
      description:
        'proved: it holds whatever the data; refuted: the counterexample is data for which it does not; tried: neither',
    },
    looked: record({ situations: WHOLE, seed: { type: 'integer' } }),
    counterexample: record(
      {
        person: TEXT,
        role: TEXT,
        period: TEXT,
        sides: list(SIDE, 'of a condition: what its parts come to'),
        steps: list(
          record({ moved: SIDE, value: SIDE }),
          'of what rises or falls: two results, and the value at each',
        ),
        rows: list(TEXT, 'the data, as a test of the policy would write it'),
      },
      ['sides', 'steps'],
    ),
    place: PLACE,
    roles: list(
      record({ role: TEXT, proved: TRUTH, why: record({ what: TEXT, place: PLACE }, ['place']) }, ['why']),
      'the roles that have all that it names, and what kept it from being proved',
    ),
  },
  ['doc', 'looked', 'counterexample'],
);

const COST: Schema = record(
  {
    given: list(TEXT),
    roles: list(
      record(
        {
          role: TEXT,
          of: { enum: ['paid', 'earned'] },
          most: MOST,
          reached: { ...TRUTH, description: 'whether a situation that was worked out pays it' },
          seen: { ...AMOUNT, description: 'the most that was paid in the situations that were worked out' },
          lines: list(record({ name: TEXT, most: MOST })),
          unbounded: list(record({ what: TEXT, place: PLACE }, ['place'])),
          heads: WHOLE,
        },
        ['heads'],
      ),
    ),
    total: MOST,
  },
  ['total'],
);

const SIDE_OF_CLIFF: Schema = record({ result: TEXT, pay: AMOUNT });

const CLIFF: Schema = record({
  kind: { enum: ['drop', 'jump'] },
  role: TEXT,
  kpi: TEXT,
  before: SIDE_OF_CLIFF,
  after: SIDE_OF_CLIFF,
  change: AMOUNT,
  where: { enum: ['others on target', 'others at nothing'] },
});

/** The schema of the whole document. */
export function proveSchema(): object {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'What `merit prove --format json` writes',
    ...record({
      formatVersion: { const: 1 },
      proved: WHOLE,
      refuted: WHOLE,
      tried: WHOLE,
      policies: list(
        record(
          {
            policy: TEXT,
            currency: TEXT,
            invariants: list(INVARIANT),
            proved: WHOLE,
            refuted: WHOLE,
            tried: WHOLE,
            cost: COST,
            cliffs: list(CLIFF),
          },
          ['cost', 'cliffs'],
        ),
      ),
    }),
  };
}
