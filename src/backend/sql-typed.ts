// From a table of texts to a table of typed cells, by the rules of input/convert.ts: for each row `r` (its number in
// the file), for each field n its value `v<n>` or the reason `k<n>` against it, and `n<n>`, the readable amount.

import { civilOf } from '../base/date.ts';
import { InternalError } from '../base/diagnostic.ts';
import { decimalPlaces, exact, fixedText } from '../base/exact.ts';
import type { FiscalYear } from '../base/fiscal.ts';
import { LOCAL_DAYS } from '../base/local-time.ts';
import { trimAscii } from '../input/convert.ts';
import { constantValue } from '../library/constant.ts';
import type { BoundSource, Dialect } from '../model/dataset.ts';
import type { FieldModel } from '../model/policy.ts';
import { type Connection, keepText, keptText } from './sql-connection.ts';
import { conversion, datetimeFound, datetimeParts, isTextLike, scaleNeeded, trimmed } from './sql-convert.ts';
import type { SqlDialect } from './sql-dialect.ts';
import { KNOWN_PEOPLE, sqlType } from './sql-reference.ts';
import { decimalType, noParameters, type Parameters, type SqlValue, textParameter } from './sql-text.ts';
import { loadClock } from './sql-zone.ts';

/** The years of which the clock is known whatever the data names: formulas may work moments out in all of them. */
const USUAL_YEARS = Array.from(
  { length: civilOf(LOCAL_DAYS.last).year - civilOf(LOCAL_DAYS.from).year + 1 },
  (_, at) => civilOf(LOCAL_DAYS.from).year + at,
);

/** An event whose cells are values. */
export interface TypedEvent {
  /** Values by field. */
  readonly values: readonly SqlValue[];
  /** Decimals in which amounts are added up, by field. */
  readonly scales: readonly (number | undefined)[];
}

/** What turning cells into values needs. */
export interface TypedOptions {
  readonly connection: Connection;
  readonly source: BoundSource;
  readonly fields: readonly FieldModel[];
  /** Prefix of the temp tables: `<prefix>_raw` is read, `<prefix>_typed` and the clock are made. */
  readonly prefix: string;
  readonly zone: string;
  /** Whether the event, or a table that it may look up, has datetimes. */
  readonly needsClock: boolean;
  /** Calendars whose periods a cell may name. */
  readonly calendars: readonly FiscalYear[];
}

/** Reads a source's cells as texts, and makes values of them. */
export async function loadTyped(options: TypedOptions): Promise<TypedEvent> {
  const { connection, source, fields, prefix, zone, calendars } = options;
  const about = `the file \`${source.file}\``;
  await loadTexts(options, about);
  const scales = await readScales(options, about);
  if (options.needsClock) {
    const years = [...USUAL_YEARS, ...(await readYears(options, about))];
    await loadClock(connection, zone, { years, local: `${prefix}_local`, instant: `${prefix}_instant` });
  }
  const parameters = noParameters();
  const engine = { calendars, dialect: connection.dialect };
  const columns = fields.map((field, at) =>
    columnSql(field, at, { prefix, parameters, written: source.dialect, scale: scales[at], ...engine }),
  );
  const all = (layer: keyof ColumnSql): string =>
    ['r', 'wrong', ...columns.flatMap((each) => each[layer])].join(',\n  ');
  // a layer works out once what the next one asks for several times
  const { fence } = connection.dialect;
  await connection.make(`${prefix}_typed`, {
    sql: `WITH found AS (SELECT ${all('found')} FROM ${prefix}_in${fence}),
a AS (SELECT ${all('shaped')} FROM found${fence}),
b AS (SELECT ${all('read')} FROM a ${columns.flatMap((each) => each.join).join('\n')}${fence}),
c AS (SELECT ${all('judged')} FROM b${fence})
SELECT ${all('settled')} FROM c`,
    values: parameters.values,
    about,
  });
  await connection.drop(`${prefix}_in`);
  return { values: scales.map((scale, at) => ({ sql: `v${at}`, scale })), scales };
}

/** A field's columns, layer by layer. */
interface ColumnSql {
  /** The text `t<n>`, and what the shapes of a datetime find in it. */
  readonly found: readonly string[];
  /** The text `t<n>`, why it isn't of its type `why<n>`, and the parts of a datetime. */
  readonly shaped: readonly string[];
  /** The clock, for datetimes. */
  readonly join: readonly string[];
  /** `n<n>`, the value of a cell of its type. */
  readonly read: readonly string[];
  /** `k<n>`, what is against the cell: empty, type, bounds, person, in that order. */
  readonly judged: readonly string[];
  /** `v<n>`, the value of a cell that nothing is against. */
  readonly settled: readonly string[];
}

interface ColumnContext {
  readonly prefix: string;
  readonly parameters: Parameters;
  /** How the file writes numbers. */
  readonly written: Dialect;
  readonly dialect: SqlDialect;
  readonly scale: number | undefined;
  readonly calendars: readonly FiscalYear[];
}

function columnSql(field: FieldModel, at: number, context: ColumnContext): ColumnSql {
  const text = `t${at}`;
  const fallback = field.fallback === undefined ? 'NULL' : constantSql(field, field.fallback, context);
  const type = sqlType(field.type, context.scale);
  return {
    ...(field.type.kind === 'datetime' ? datetimeSql(at, context) : plainSql(field, at, context)),
    judged: [text, `n${at}`, `${reasonSql(field, at, context)} AS k${at}`],
    settled: [
      `n${at}`,
      `k${at}`,
      `CASE WHEN wrong OR k${at} IS NOT NULL THEN NULL WHEN ${text} = '' THEN CAST(${fallback} AS ${type}) ELSE n${at} END AS v${at}`,
    ],
  };
}

function plainSql(
  field: FieldModel,
  at: number,
  context: ColumnContext,
): Pick<ColumnSql, 'found' | 'shaped' | 'join' | 'read'> {
  const text = `t${at}`;
  const { value, reason } = conversion(field, text, { ...context, scale: context.scale ?? 0 });
  return {
    found: [text],
    shaped: [text, `${reason} AS why${at}`],
    join: [],
    read: [text, `CASE WHEN ${text} <> '' AND why${at} IS NULL THEN ${value} END AS n${at}`, `why${at}`],
  };
}

function datetimeSql(
  at: number,
  context: ColumnContext,
): Pick<ColumnSql, 'found' | 'shaped' | 'join' | 'read'> {
  const text = `t${at}`;
  const decimal = decimalType(context.scale ?? 0);
  const found = datetimeFound(text, context.dialect);
  const held = { day: `day${at}`, zone: `zone${at}`, decimals: `frac${at}` };
  const parts = datetimeParts(text, held, { scale: context.scale ?? 0, dialect: context.dialect });
  const instant = `CASE WHEN off${at} IS NOT NULL THEN clock${at} - off${at}
WHEN p${at}.ahead IS NOT NULL THEN clock${at} - p${at}.ahead WHEN bare${at} THEN p${at}.resume END`;
  return {
    found: [
      text,
      `${found.day} AS ${held.day}`,
      `${found.zone} AS ${held.zone}`,
      `${found.decimals} AS ${held.decimals}`,
    ],
    shaped: [
      text,
      `${parts.reason} AS why${at}`,
      `${parts.local} AS clock${at}`,
      `${parts.decimals} AS part${at}`,
      `${parts.offset} AS off${at}`,
      `${parts.bare} AS bare${at}`,
    ],
    join: [
      context.dialect.asOf({
        table: `${context.prefix}_local`,
        as: `p${at}`,
        by: 'l',
        value: `a.clock${at}`,
      }),
    ],
    read: [
      text,
      `CAST(CAST(${instant} AS ${decimal}) + part${at} AS ${decimal}) AS n${at}`,
      `CASE WHEN why${at} IS NOT NULL THEN why${at} WHEN ${instant} IS NULL THEN 'skipped by the clock' END AS why${at}`,
    ],
  };
}

function reasonSql(field: FieldModel, at: number, context: ColumnContext): string {
  const empty = field.fallback !== undefined || field.optional ? 'NULL' : "'empty'";
  const checks = [
    'WHEN wrong THEN NULL',
    `WHEN t${at} = '' THEN ${empty}`,
    `WHEN why${at} IS NOT NULL THEN why${at}`,
  ];
  if (field.from !== undefined) {
    checks.push(`WHEN n${at} < ${constantSql(field, field.from, context)} THEN 'below the bound'`);
  }
  if (field.until !== undefined) {
    checks.push(`WHEN n${at} > ${constantSql(field, field.until, context)} THEN 'above the bound'`);
  }
  if (field.type.kind === 'person') {
    checks.push(`WHEN n${at} NOT IN (SELECT person FROM ${KNOWN_PEOPLE}) THEN 'unknown person'`);
  }
  return `CASE ${checks.join(' ')} END`;
}

/** A constant of a field, with its decimals. */
function constantSql(
  field: FieldModel,
  text: string,
  context: { readonly parameters: Parameters; readonly scale: number | undefined },
): string {
  const value = constantValue(field.type, text);
  const written = typeof value === 'object' ? fixedText(value, context.scale ?? 0) : String(value);
  return `CAST(${textParameter(context.parameters, written)} AS ${sqlType(field.type, context.scale)})`;
}

/** Makes `<prefix>_in`: `r`, `wrong` and the texts `t<n>` as the rules look at them, trimmed or in NFC. */
async function loadTexts({ connection, source, fields, prefix }: TypedOptions, about: string): Promise<void> {
  const parameters = noParameters();
  const joins: string[] = [];
  const texts: string[] = [];
  for (const [at, field] of fields.entries()) {
    const binding = source.bindings[at]!;
    switch (binding.kind) {
      case 'column': {
        const cell = `c${binding.index}`;
        if (isTextLike(field) && (await loadNfc(connection, { prefix, cell, about }))) {
          const table = `${prefix}_nfc_${cell}`;
          texts.push(`coalesce(f${at}.composed, ${cell}) AS t${at}`);
          joins.push(`LEFT JOIN ${table} AS f${at} ON f${at}.written = ${cell}`);
        } else texts.push(`${trimmed(field, cell)} AS t${at}`);
        break;
      }
      case 'constant': {
        const text = isTextLike(field) ? binding.text.normalize('NFC') : trimAscii(binding.text);
        texts.push(`${textParameter(parameters, text)} AS t${at}`);
        break;
      }
      case 'absent':
        texts.push(`'' AS t${at}`);
        break;
      default:
        binding satisfies never;
    }
  }
  const raw = `(SELECT *, ${connection.dialect.rowNumber} AS r FROM ${prefix}_raw) AS raw`;
  await connection.make(`${prefix}_in`, {
    sql: `SELECT ${['r', 'wrong', ...texts].join(', ')} FROM ${raw} ${joins.join(' ')}${connection.dialect.fence}`,
    values: parameters.values,
    about,
  });
}

/** Letters that are never recomposed, whatever stands beside them. */
export const STABLE =
  '[\u0001-\u02ff\u0400-\u0482\u048a-\u052f\u2010-\u2027\u20a0-\u20bf\u2116\u4e00-\u9fa5]*';

/**
 * Makes a table of the cells that NFC changes, if there are any. It is worked out here, not by `nfc_normalize`, whose
 * Unicode is older than the runtime's: keys must be equal in every engine or in none.
 */
async function loadNfc(
  connection: Connection,
  column: { readonly prefix: string; readonly cell: string; readonly about: string },
): Promise<boolean> {
  const { prefix, cell, about } = column;
  const table = `${prefix}_nfc_${cell}`;
  if (connection.has(table)) return true;
  const found = await connection.rows({
    sql: `SELECT DISTINCT ${keepText(cell)} FROM ${prefix}_raw WHERE NOT ${connection.dialect.matches(cell, STABLE)}`,
    values: [],
    about,
  });
  const changed = found.map((row) => keptText(row[0])).filter((text) => text !== text.normalize('NFC'));
  if (changed.length === 0) return false;
  await connection.fill(table, [
    { name: 'written', cells: changed },
    { name: 'composed', cells: changed.map((text) => text.normalize('NFC')) },
  ]);
  return true;
}

/** The decimals of each field: as many as its cells, bounds and fallback need, so that products stay in 38 digits. */
async function readScales(
  { connection, source, fields, prefix }: TypedOptions,
  about: string,
): Promise<readonly (number | undefined)[]> {
  const needed = fields.map((field, at) =>
    scaleNeeded(field, `t${at}`, { written: source.dialect, dialect: connection.dialect }),
  );
  const asked = needed.map((each) => each ?? 'NULL');
  const rows = await connection.rows({
    sql: `SELECT ${['count(*)', ...asked].join(', ')} FROM ${prefix}_in WHERE NOT wrong`,
    values: [],
    about,
  });
  return fields.map((field, at) => {
    if (needed[at] === undefined) return undefined;
    const found = rows[0]![at + 1];
    if (typeof found !== 'object') throw new InternalError('no scale');
    const constants = [field.fallback, field.from, field.until].filter((each) => each !== undefined);
    return Math.max(Number(found.num), ...constants.map((each) => decimalPlaces(exact(each)) ?? 0));
  });
}

async function readYears(
  { connection, fields, prefix }: TypedOptions,
  about: string,
): Promise<readonly number[]> {
  const texts = fields.flatMap((field, at) =>
    field.type.kind === 'datetime'
      ? [
          `SELECT substr(t${at}, 1, 4) AS y FROM ${prefix}_in WHERE ${connection.dialect.matches(`substr(t${at}, 1, 10)`, '[0-9]{4}-[01][0-9]-[0-3][0-9]')}`,
        ]
      : [],
  );
  if (texts.length === 0) return [];
  const rows = await connection.rows({
    sql: `SELECT DISTINCT y FROM (${texts.join(' UNION ALL ')}) AS years`,
    values: [],
    about,
  });
  return rows.map((row) => Number(row[0]));
}
