// The JSON Schema of what `--coverage-output` writes to a file of that kind.

const TEXT = { type: 'string' };
const WHOLE = { type: 'integer', minimum: 0 };

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

const LINE = {
  kind: {
    ...TEXT,
    description:
      'condition, gate, missing, cap, floor, tier, curve, grid, target, band, ramp, award, draw, paying, reference',
  },
  name: {
    ...TEXT,
    description:
      'alone among those of its version of the policy, and the same however the files are laid out',
  },
  place: PLACE,
};

function record(properties: Readonly<Record<string, unknown>>): object {
  return { type: 'object', additionalProperties: false, required: Object.keys(properties), properties };
}

/** The JSON Schema of a report of coverage. */
export function coverageSchema(): object {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Merit coverage',
    ...record({
      formatVersion: { const: 1 },
      policy: TEXT,
      total: {
        ...WHOLE,
        description:
          'ways that decisions can go; those that cannot happen, or change nothing, are not counted',
      },
      covered: WHOLE,
      percent: { ...WHOLE, maximum: 100, description: 'rounded down: 100 only where nothing is left' },
      uncovered: { type: 'array', items: record(LINE) },
      taken: { type: 'array', items: record(LINE) },
      impossible: { type: 'array', items: record({ ...LINE, why: TEXT }) },
    }),
  };
}
