// What `merit.config.yaml` can hold, once: the JSON Schema, the validator that is compiled from it ahead of time and
// the suggestions for unknown keys come from these tables.

interface Key {
  readonly doc: string;
  /** The words it may be; any text if absent. */
  readonly words?: readonly string[];
  /** A map of texts instead of a text. */
  readonly map?: true;
}

/** The keys of one source of data. */
export const SOURCE_KEYS: Readonly<Record<string, Key>> = {
  file: { doc: 'path of the file, from the folder of this configuration' },
  table: { doc: 'table or view of `database`, instead of a file; its name as in SQL' },
  format: {
    words: ['csv', 'json', 'ndjson', 'parquet'],
    doc: 'how the file is written; by its ending if left out',
  },
  columns: { map: true, doc: 'field to column, where their names differ' },
  constants: { map: true, doc: 'field to the text that stands for it in every row' },
  delimiter: { words: [',', ';', 'tab', '|', '\t'], doc: 'what stands between the cells of a CSV file' },
  decimal: { words: ['.', ','], doc: 'the decimal sign of numbers; a point if left out' },
  thousands: {
    words: [' ', ',', '.', "'", '_', '\u00a0', '\u202f'],
    doc: 'the sign between thousands; none if left out',
  },
  percents: {
    words: ['fractions'],
    doc: '`fractions`: plain numbers in percent columns are fractions; a % sign is needed if left out',
  },
};

/** The keys of how periods are closed. */
export const CLOSE_KEYS: Readonly<Record<string, Key>> = {
  approval: {
    words: ['required'],
    doc: '`required`: a period is closed only after somebody else has approved it',
  },
};

/** The keys of the file itself. */
export const CONFIG_KEYS: Readonly<
  Record<'policy' | 'people' | 'data' | 'database' | 'period' | 'ledger' | 'close', string>
> = {
  policy: 'path of the policy, from the folder of this configuration',
  people: 'where the people data lies',
  data: 'where the data of each event and table lies, and that of absences',
  database:
    'where tables lie: the environment variable that holds the address of a PostgreSQL database, or the path of a DuckDB file',
  period: 'the period to run, or a range such as 2026-01..2026-06, when the command line names none',
  ledger: 'path of the file that holds closed periods, from the folder of this configuration',
  close: 'how periods are closed',
};

/** The JSON Schema of `merit.config.yaml`. */
export function configSchema(): object {
  const source = { $ref: '#/definitions/source' };
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'merit.config.yaml',
    type: 'object',
    additionalProperties: false,
    properties: {
      policy: { type: 'string', description: CONFIG_KEYS.policy },
      people: { description: CONFIG_KEYS.people, ...source },
      data: { type: 'object', description: CONFIG_KEYS.data, additionalProperties: source },
      database: { type: 'string', description: CONFIG_KEYS.database },
      period: { type: 'string', description: CONFIG_KEYS.period },
      ledger: { type: 'string', description: CONFIG_KEYS.ledger },
      close: {
        type: 'object',
        description: CONFIG_KEYS.close,
        additionalProperties: false,
        properties: propertiesOf(CLOSE_KEYS),
      },
    },
    definitions: {
      source: {
        // A file alone, or a map that says more.
        if: { type: 'object' },
        // biome-ignore lint/suspicious/noThenProperty: JSON Schema's own word
        then: {
          type: 'object',
          additionalProperties: false,
          properties: propertiesOf(SOURCE_KEYS),
        },
        else: { type: 'string' },
      },
    },
  };
}

function propertiesOf(keys: Readonly<Record<string, Key>>): object {
  const properties = Object.entries(keys).map(([key, { doc, words, map }]) => [
    key,
    map === true
      ? { type: 'object', description: doc, additionalProperties: { type: 'string' } }
      : { type: 'string', description: doc, ...(words && { enum: words }) },
  ]);
  return Object.fromEntries(properties);
}
