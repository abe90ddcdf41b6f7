// The JSON Schema of what `merit diff --format json` writes.

import { list, record, type Schema, TEXT, WHOLE } from './schema-parts.ts';

const ID: Schema = { type: 'integer', minimum: 1 };
const EXACT: Schema = {
  type: 'string',
  pattern: '^-?[0-9]+(\\.[0-9]+)?(/[0-9]+)?$',
  description: 'exact: `12.5`, `1/3`',
};
const NAME_OR_NULL: Schema = { type: ['string', 'null'], description: 'null: of the person and no role' };
const ONLY: Schema = { enum: ['before', 'after'], description: 'there in one version only' };

const VERSION: Schema = record({ policy: TEXT, title: TEXT, files: list(TEXT) }, ['title']);
const PLACE: Schema = record({ file: TEXT, line: ID });
const CHANGE: Schema = record(
  {
    id: ID,
    how: { enum: ['added', 'removed', 'changed', 'renamed', 'moved'] },
    kind: TEXT,
    name: TEXT,
    part: { ...TEXT, description: 'the line of the declaration that differs, such as `bonus commission`' },
    was: { ...TEXT, description: 'of what is renamed' },
    roles: list(TEXT, 'of what is moved: roles that said it themselves before, or do now'),
    lines: list(record({ before: TEXT, after: TEXT }, ['before', 'after']), 'as the formatter writes them'),
    periods: { ...TEXT, description: 'where several versions are compared' },
    placeBefore: PLACE,
    place: PLACE,
  },
  ['part', 'was', 'roles', 'periods', 'placeBefore', 'place'],
);
const WORDS: Schema = record({ of: TEXT, what: TEXT, before: TEXT, after: TEXT }, [
  'what',
  'before',
  'after',
]);

const DELTA = { before: EXACT, after: EXACT, delta: EXACT };
const BY_CAUSE: Schema = list(record({ cause: ID, delta: EXACT }), 'comes to the delta');
const PERSON = { person: TEXT, name: TEXT };

const FIGURES: Schema = record({
  currency: TEXT,
  periods: list(TEXT),
  rejectsAllowed: { type: 'boolean' },
  attribution: record({
    kind: { enum: ['average', 'in order'] },
    orders: { type: 'string', pattern: '^[0-9]+$', description: 'of how many orders it is the average' },
  }),
  total: record(DELTA),
  byPeriod: list(record({ period: TEXT, ...DELTA })),
  byRole: list(record({ role: NAME_OR_NULL, ...DELTA })),
  byLine: list(record({ role: NAME_OR_NULL, kind: TEXT, name: TEXT, ...DELTA })),
  causes: list(
    record({
      id: ID,
      changes: list(ID, 'by their ids; several only make a policy together'),
      delta: EXACT,
      people: WHOLE,
      byPeriod: list(record({ period: TEXT, delta: EXACT })),
    }),
  ),
  people: list(
    record(
      {
        ...PERSON,
        ...DELTA,
        relative: { anyOf: [EXACT, { type: 'null' }], description: 'the delta over what was before' },
        only: ONLY,
        byCause: BY_CAUSE,
      },
      ['only'],
    ),
  ),
  moved: list(
    record(
      {
        period: TEXT,
        ...PERSON,
        role: NAME_OR_NULL,
        only: ONLY,
        ...DELTA,
        byCause: BY_CAUSE,
        lines: list(record({ kind: TEXT, name: TEXT, ...DELTA, byCause: BY_CAUSE })),
      },
      ['only'],
    ),
  ),
  crossings: list(
    record({
      period: TEXT,
      ...PERSON,
      role: NAME_OR_NULL,
      kind: {
        enum: 'gate condition tier cap floor draw status award badge training level points'.split(' '),
      },
      of: TEXT,
      before: TEXT,
      after: TEXT,
    }),
  ),
});

/** The JSON Schema of comparisons of two versions. */
export function diffSchema(): object {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Merit differences',
    ...record(
      {
        format_version: { const: 1 },
        before: VERSION,
        after: VERSION,
        changes: list(CHANGE),
        words: list(WORDS),
        proofs: list(CHANGE, 'tests and invariants'),
        figures: FIGURES,
      },
      ['figures'],
    ),
  };
}
