// Data of programs: rows that are at hand, come one by one, or stand in an Arrow table or in text. Each becomes a source
// that every backend reads by the same rules as a file.

import type { Checked } from './base/diagnostic.ts';
import type { Limits } from './base/limits.ts';
import { ABSENCE_FIELDS, optionalSources } from './input/absence-fields.ts';
import { columnName } from './input/csv.ts';
import { formatOf } from './input/formats.ts';
import { type ArrowTable, isArrow, takeArrow } from './input/given-arrow.ts';
import { type Cells, type TakeRows, takeRows, textOfCells } from './input/given-rows.ts';
import { PEOPLE_FIELDS } from './input/people.ts';
import type { Dialect, SourceFormat, SourceSpec } from './model/dataset.ts';
import type { FieldModel, Model } from './model/policy.ts';
import { unknownFormat, unknownName } from './node-messages.ts';

/** How columns stand for fields, wherever the rows come from. */
export interface SourceOptions {
  /** Field to column, where they differ in name. */
  readonly columns?: Readonly<Record<string, string>>;
  /** Field to text that stands in every row. */
  readonly constants?: Readonly<Record<string, string>>;
  /** A plain number in a percent field is a fraction (`0.5` is 50%); unless said, percents are text with `%`. */
  readonly percents?: 'fractions';
}

/** How rows of values are taken. */
export interface RowOptions extends SourceOptions {
  /**
   * `exact`, unless said: a number is taken where it is whole and below 2^53; other numbers are text or Decimals.
   * `shortest`: a number with binary places is the shortest decimal number that stands for it, so `0.1` is a tenth.
   */
  readonly numbers?: 'exact' | 'shortest';
}

/** How text is written, where that isn't as usual. */
export interface TextOptions extends SourceOptions, Pick<Dialect, 'delimiter' | 'decimal' | 'thousands'> {
  /** Unless the name of the file says it. */
  readonly format?: Exclude<SourceFormat, 'table'>;
}

/** Rows as objects, all at once or one by one, or an Arrow table. Only own properties are read. */
export type Rows<R extends object = object> = Iterable<R> | AsyncIterable<R> | ArrowTable;

/** Data that is read when it is asked for; `fromRows` and its kin make it. */
export interface DataSource {
  readonly kind: 'data source';
  /** The source under that name, for who reads these fields of it. */
  source(name: string, wanted: ReadonlySet<string>, limits: Limits): Promise<Checked<SourceSpec | undefined>>;
}

/** The data of a policy by name: `person`, each event and table, and `absence` where there is such data. */
export type Data = Readonly<Record<string, Rows | DataSource>>;

/** Rows of values. Those that come one by one are read once: `readData` keeps them for several questions. */
export function fromRows(rows: Rows, options: RowOptions = {}): DataSource {
  return cellSource(options, (take) => (isArrow(rows) ? takeArrow(rows, take) : takeRows(rows, take)));
}

/** Text of a file, whose name says its form and stands in messages. */
export function fromText(file: string, text: string, options: TextOptions = {}): DataSource {
  return {
    kind: 'data source',
    source: async (name) => contentSource(name, { file, content: { kind: 'text', text } }, options),
  };
}

/** A source of cells that something gives. */
export function cellSource(
  options: RowOptions,
  cells: (take: TakeRows) => Promise<Checked<Cells>>,
): DataSource {
  return {
    kind: 'data source',
    async source(name, wanted, limits) {
      const { numbers = 'exact', columns = {} } = options;
      const columnOf = (field: string) => columnName(Object.hasOwn(columns, field) ? columns[field]! : field);
      const read = new Set([...wanted].map(columnOf));
      const { value, diagnostics } = await cells({ file: name, wanted: read, numbers, limits });
      if (diagnostics.length > 0) return { value: undefined, diagnostics };
      const { format, text } = textOfCells(value);
      const shared = sharedOf(options);
      const dialect = { ...shared.dialect, delimiter: ',' };
      return {
        value: { name, file: name, format, content: { kind: 'text', text }, ...shared, dialect },
        diagnostics,
      };
    },
  };
}

/** A source of a text or file; M2054 where nothing says its form. */
export function contentSource(
  name: string,
  { file, content }: Pick<SourceSpec, 'file' | 'content'>,
  options: TextOptions,
): Checked<SourceSpec | undefined> {
  const found = options.format ? { format: options.format } : formatOf(file);
  if (!found) return { value: undefined, diagnostics: [unknownFormat(file)] };
  const { format, ...also } = found;
  const { columns, constants, dialect: percents } = sharedOf(options);
  const { delimiter, decimal, thousands } = options;
  const dialect: Dialect = {
    ...also,
    ...percents,
    ...(delimiter !== undefined && { delimiter }),
    ...(decimal !== undefined && { decimal }),
    ...(thousands !== undefined && { thousands }),
  };
  return { value: { name, file, format, content, columns, constants, dialect }, diagnostics: [] };
}

function sharedOf({ columns = {}, constants = {}, percents }: SourceOptions) {
  return {
    columns: new Map(Object.entries(columns)),
    constants: new Map(Object.entries(constants)),
    dialect: percents === undefined ? {} : { percents },
  };
}

/** The fields that each source of a policy is read for, those of absences too. */
export function fieldsOfSources(model: Model): ReadonlyMap<string, readonly FieldModel[]> {
  return new Map<string, readonly FieldModel[]>([
    ...optionalSources(model).map((name) => [name, ABSENCE_FIELDS] as const),
    ['person', [...PEOPLE_FIELDS, ...model.attributes]],
    ...model.tables.map(({ name, fields }) => [name, fields] as const),
    ...model.events.map(({ name, fields }) => [name, fields] as const),
  ]);
}

/** Data that has been read, and can be asked as often as one likes. */
export interface ReadData {
  readonly kind: 'read data';
  readonly sources: readonly SourceSpec[];
}

/**
 * The sources of what a program gives, for policies that read them. Errors: M2056 for names that none of them reads, and
 * what is wrong with values and files.
 */
export async function sourcesOf(
  models: readonly Model[],
  data: Data | ReadData,
  limits: Limits,
): Promise<Checked<readonly SourceSpec[]>> {
  if (isRead(data)) return { value: data.sources, diagnostics: [] };
  const fields = new Map<string, Set<string>>();
  for (const model of models)
    for (const [name, own] of fieldsOfSources(model)) {
      const known = fields.get(name) ?? new Set();
      fields.set(name, new Set([...known, ...own.map((each) => each.name)]));
    }
  const names = [...fields.keys()];
  const unknown = Object.keys(data).filter((name) => !fields.has(name));
  if (unknown.length > 0) return { value: [], diagnostics: unknown.map((name) => unknownName(name, names)) };
  const found: Checked<SourceSpec | undefined>[] = [];
  for (const [name, given] of Object.entries(data)) {
    const source = isSource(given) ? given : fromRows(given);
    found.push(await source.source(name, fields.get(name)!, limits));
  }
  return {
    value: found.flatMap(({ value }) => value ?? []),
    diagnostics: found.flatMap((each) => each.diagnostics),
  };
}

function isRead(data: Data | ReadData): data is ReadData {
  return (data as ReadData).kind === 'read data';
}

function isSource(given: Rows | DataSource): given is DataSource {
  return (given as DataSource).kind === 'data source';
}
