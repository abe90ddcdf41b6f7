// The JSON Schemas of what `merit backtest` and `merit simulate` write with `--format json`.

import { list, record, type Schema, TEXT, WHOLE } from './schema-parts.ts';

const TEXT_OR_NULL: Schema = { type: ['string', 'null'] };
const TRUTH: Schema = { type: 'boolean' };
const PATTERN = '^-?[0-9]+(\\.[0-9]+)?(/[0-9]+)?$';
const EXACT: Schema = { type: 'string', pattern: PATTERN, description: 'exact: `12.5`, `1/3`' };
const EXACT_OR_NULL: Schema = {
  type: ['string', 'null'],
  pattern: PATTERN,
  description: 'exact; null where there is none',
};
const ROLE: Schema = { type: ['string', 'null'], description: 'null: of a person and no role' };

const HEAD = {
  formatVersion: { const: 1 },
  policy: record({ name: TEXT, title: TEXT, currency: TEXT }, ['title']),
  periods: list(TEXT, 'ids, in order of time; the policy is run over all of them as if it had held'),
  outside: list(TEXT, "periods in which the policy doesn't hold"),
  rejectsAllowed: TRUTH,
  people: WHOLE,
} as const;

function titled(title: string, schema: Schema): Schema {
  return { $schema: 'http://json-schema.org/draft-07/schema#', title, ...schema };
}

// ---- backtest --------------------------------------------------------------------------------------------------------

function quantiles(value: Schema): Schema {
  const all = ['min', 'p10', 'p25', 'p50', 'p75', 'p90', 'max'];
  return {
    ...record(Object.fromEntries(all.map((each) => [each, value]))),
    description: 'nearest rank: the value at the place ceil(p * n) from below',
  };
}

const BANDS: Schema = list(
  record({ from: EXACT, until: EXACT, count: WHOLE }, ['from', 'until']),
  'how many values lie at `from` and above, and below `until`; an absent end is open',
);

const RESULTS = {
  people: WHOLE,
  results: { ...WHOLE, description: 'what people had in a role and period, with a target' },
  missing: WHOLE,
  top: { ...WHOLE, description: 'lower is better, and the actual is 0' },
  reached: WHOLE,
  share: EXACT_OR_NULL,
  attainment: quantiles({
    anyOf: [EXACT_OR_NULL, { const: 'top' }],
  }),
  bands: BANDS,
} as const;

const POINT: Schema = record({ value: { ...TEXT, description: 'as the policy writes it' }, cost: EXACT });

const FIT: Schema = record({
  subject: TEXT,
  file: TEXT,
  line: WHOLE,
  budget: EXACT,
  currency: TEXT,
  step: TEXT,
  now: POINT,
  outcome: {
    anyOf: [
      record({
        kind: { const: 'found' },
        fits: POINT,
        over: { ...POINT, description: 'the next step, whose cost is above the budget' },
        exact: {
          anyOf: [
            record({ kind: { const: 'value' }, value: EXACT, shown: TEXT }),
            record({ kind: { const: 'jump' }, value: EXACT, shown: TEXT, below: EXACT, above: EXACT }),
            record({ kind: { const: 'between' } }),
          ],
          description: 'where the cost without rounding is the budget itself',
        },
        diff: record({ before: TEXT, after: TEXT }),
      }),
      record({ kind: { enum: ['always over', 'always fits'] } }),
    ],
  },
  runs: WHOLE,
  monotone: { ...TRUTH, description: 'whether the cost went one way only among the values that were run' },
  least: POINT,
  greatest: POINT,
});

/** The schema of a backtest. */
export function backtestSchema(): Schema {
  return titled(
    'What `merit backtest --format json` writes',
    record(
      {
        ...HEAD,
        statements: WHOLE,
        cost: record({
          total: EXACT,
          byPeriod: list(record({ period: TEXT, people: WHOLE, cost: EXACT })),
          byRole: list(record({ role: ROLE, title: TEXT, cost: EXACT }, ['title'])),
          byLine: list(
            record(
              { role: ROLE, kind: TEXT, name: TEXT, title: TEXT, cost: EXACT, lines: WHOLE, paid: WHOLE },
              ['title'],
            ),
          ),
        }),
        targets: list(
          record(
            {
              role: TEXT,
              kpi: TEXT,
              title: TEXT,
              ...RESULTS,
              verdict: { enum: ['never reached', 'always reached'] },
              byPeriod: list(record({ period: TEXT, ...RESULTS })),
            },
            ['title', 'verdict'],
          ),
        ),
        pay: list(
          record(
            {
              role: { ...ROLE, description: 'null: of statements as a whole' },
              title: TEXT,
              people: WHOLE,
              results: WHOLE,
              zero: WHOLE,
              mean: EXACT_OR_NULL,
              quantiles: quantiles(EXACT_OR_NULL),
              bands: BANDS,
            },
            ['title'],
          ),
        ),
        decisions: list(
          record({
            kind: TEXT,
            subject: TEXT,
            file: TEXT,
            line: WHOLE,
            results: WHOLE,
            ways: list(record({ way: TEXT, results: WHOLE, people: WHOLE, share: EXACT_OR_NULL })),
          }),
        ),
        fit: FIT,
      },
      ['outside', 'fit'],
    ),
  );
}

// ---- simulate --------------------------------------------------------------------------------------------------------

const EFFECT = { before: EXACT, after: EXACT, delta: EXACT } as const;

const MEANS: Schema = {
  anyOf: [
    record({ kind: { const: 'rows' }, kpi: TEXT, also: list(TEXT) }),
    record({ kind: { const: 'figure' }, kpi: TEXT }),
    record({ kind: { const: 'target' }, kpi: TEXT, lines: WHOLE }),
    record({ kind: { const: 'number' }, before: TEXT, after: TEXT }),
  ],
};

const SCENARIO: Schema = record({
  name: TEXT,
  changes: list(record({ text: TEXT, means: MEANS })),
  total: record(EFFECT),
  byPeriod: list(record({ period: TEXT, ...EFFECT })),
  byRole: list(record({ role: ROLE, ...EFFECT })),
  byLine: list(record({ role: ROLE, kind: TEXT, name: TEXT, ...EFFECT })),
  people: record({
    gain: WHOLE,
    lose: WHOLE,
    same: WHOLE,
    delta: record(
      Object.fromEntries(['min', 'p10', 'p50', 'p90', 'max'].map((each) => [each, EXACT_OR_NULL])),
    ),
    moved: list(record({ person: TEXT, name: TEXT, ...EFFECT })),
  }),
});

const DRAWN = ['mean', 'min', 'p5', 'p25', 'p50', 'p75', 'p95', 'max'];

/** The schema of a simulation. */
export function simulationSchema(): Schema {
  return titled(
    'What `merit simulate --format json` writes',
    record(
      {
        ...HEAD,
        cost: EXACT,
        scenarios: list(SCENARIO),
        draws: record(
          {
            draws: WHOLE,
            seed: WHOLE,
            periods: WHOLE,
            by: { enum: ['person', 'period'] },
            people: WHOLE,
            borrowed: WHOLE,
            budget: EXACT,
            costs: list(
              record(
                {
                  scenario: { ...TEXT_OR_NULL, description: 'null: no change' },
                  ...Object.fromEntries(DRAWN.map((each) => [each, EXACT])),
                  over: WHOLE,
                },
                ['over'],
              ),
            ),
          },
          ['budget'],
        ),
      },
      ['outside', 'draws'],
    ),
  );
}
