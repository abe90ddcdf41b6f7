// The JSON Schema of what `merit test --mutate --format json` prints.

import { MUTANT_KINDS } from '../model/mutation.ts';

const TEXT = { type: 'string' };
const WHOLE = { type: 'integer', minimum: 0 };

const COUNTS = {
  killed: { ...WHOLE, description: 'changes that a test noticed' },
  survived: { ...WHOLE, description: 'changes that no test noticed, and that may pay somebody otherwise' },
  equivalent: { ...WHOLE, description: 'changes that are proved to pay the same, whatever the data' },
  invalid: { ...WHOLE, description: 'changes that would be no policy' },
};

const PLACE = {
  type: 'object',
  required: ['file', 'start', 'end'],
  properties: {
    file: TEXT,
    line: WHOLE,
    column: WHOLE,
    endLine: WHOLE,
    endColumn: WHOLE,
    start: WHOLE,
    end: WHOLE,
  },
  description: 'where the policy says it: lines and columns from 1, offsets from 0',
};

function record(properties: Readonly<Record<string, unknown>>, more: Readonly<Record<string, unknown>> = {}) {
  return {
    type: 'object',
    additionalProperties: false,
    required: Object.keys(properties),
    properties: { ...properties, ...more },
  };
}

/** The JSON Schema of reports of mutation. */
export function mutationSchema(): object {
  const mutant = record(
    {
      id: { ...TEXT, description: 'the same however the files are laid out' },
      kind: { enum: MUTANT_KINDS },
      owner: { ...TEXT, description: 'whose line is changed' },
      before: TEXT,
      after: { ...TEXT, description: 'empty where it is left out' },
      place: PLACE,
      outcome: { enum: ['killed', 'survived', 'equivalent'] },
    },
    {
      test: { ...TEXT, description: 'of killed: the first test that failed, or the invariant' },
      by: { enum: ['a fault', 'an invariant', 'the time limit'] },
      diff: {
        type: 'array',
        items: record({ way: { enum: ['without', 'with'] }, text: TEXT }),
        description: 'of survived: lines as the formatter writes them',
      },
      hint: { ...TEXT, description: 'of survived: a test that would notice it' },
      reasons: { type: 'array', items: TEXT, description: 'of equivalent: why it pays the same' },
    },
  );
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Merit mutation',
    ...record({
      formatVersion: { const: 1 },
      ...COUNTS,
      policies: {
        type: 'array',
        items: record({ policy: TEXT, counts: record(COUNTS), mutants: { type: 'array', items: mutant } }),
      },
    }),
  };
}
