// The JSON Schema of what `merit test --format json` writes.

import { list, PLACE, record, type Schema, TEXT, WHOLE } from './schema-parts.ts';

const FIGURE: Schema = record({
  value: {
    type: ['string', 'null'],
    description: 'exact: `12.5`, `1/3`, a word, `2026-01-31`, `true`; null where it is missing',
  },
  type: { type: 'object', required: ['kind'], properties: { kind: TEXT } },
});
const FIGURE_OR_TOP: Schema = { anyOf: [FIGURE, { const: 'top' }] };

const FAULT: Schema = {
  type: 'object',
  required: ['code', 'severity', 'message'],
  properties: { code: TEXT, severity: { enum: ['error', 'warning', 'note'] }, message: TEXT, place: PLACE },
  description: 'why something could not be worked out, as `merit check --format json` writes it',
};

const FAILURE: Schema = record(
  {
    person: TEXT,
    period: TEXT,
    role: { ...TEXT, description: 'in which the figures of the condition were looked at' },
    currency: TEXT,
    condition: TEXT,
    value: { enum: [false, null], description: 'null: it is missing' },
    expected: FIGURE,
    found: FIGURE_OR_TOP,
    parts: list(
      record({ from: WHOLE, until: WHOLE, mark: WHOLE, value: FIGURE_OR_TOP }),
      'values under parts of the condition, by their places in it',
    ),
    bonuses: list(
      record({
        bonus: TEXT,
        lines: list(record({ role: TEXT, line: { type: 'object', description: 'a line of a statement' } })),
      }),
    ),
    pay: list(record({ kind: TEXT, name: TEXT, title: TEXT, earned: FIGURE, payable: FIGURE }, ['title'])),
    place: PLACE,
  },
  ['role', 'expected', 'found', 'pay'],
);

const TEST: Schema = record({
  name: TEXT,
  passed: { type: 'boolean' },
  conditions: { ...WHOLE, description: 'how many were looked at' },
  failures: list(FAILURE, 'conditions that do not hold'),
  faults: list(FAULT),
  unused: list(record({ source: TEXT, reason: TEXT, rows: WHOLE }), 'rows that count for nobody'),
  place: PLACE,
});

/** The JSON Schema of reports of tests. */
export function testReportSchema(): object {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Merit tests',
    ...record({
      formatVersion: { const: 1 },
      passed: WHOLE,
      failed: WHOLE,
      policies: list(record({ policy: TEXT, passed: WHOLE, failed: WHOLE, tests: list(TEST) })),
    }),
  };
}
