// A statement that a person has checked as a test of the policy, in the text form: the people, rows and tables that it was
// made of, and what it says.

import { dayText, FIRST_DAY, LAST_DAY } from '../base/date.ts';
import { add, exact, exactText, ZERO } from '../base/exact.ts';
import type { Gathered } from '../gather.ts';
import { constantValue } from '../library/constant.ts';
import type { FigureValue } from '../model/inputs.ts';
import type { Absence, PersonRow } from '../model/people.ts';
import type { FieldModel, Model } from '../model/policy.ts';
import type { Statement } from '../model/result.ts';
import type { Cell } from '../model/value.ts';
import type { DataRow } from './recorded-rows.ts';
import { quoted, writtenName, writtenValue } from './written.ts';

/** What a test is written of. */
export interface ToRecord {
  readonly statement: Statement;
  readonly people: readonly PersonRow[];
  readonly absences: readonly Absence[];
  readonly rows: readonly DataRow[];
  readonly tables: readonly { readonly name: string; readonly cells: readonly Cell[] }[];
  readonly conditions: readonly string[];
}

/** The test as text; the formatter lays it out. */
export function recordedTest(model: Model, record: ToRecord): string {
  const { statement, conditions } = record;
  const lines = [
    ...record.people.map((row) => personLine(model, row, record)),
    ...record.absences.map(absenceLine),
    ...record.tables.map(({ name, cells }) => tableLine(model, name, cells)),
    ...record.rows.map(({ event, values }) => rowLine(event.name, cellsOf(event.fields, values))),
  ];
  const head = `test ${quoted(titleOf(statement))} {`;
  const expected = `expect ${writtenName(statement.person)} in ${periodText(statement.period)} {`;
  return [
    head,
    ...lines.map((line) => `  ${line}`),
    `  ${expected}`,
    ...conditions.map((each) => `    ${each}`),
    '  }',
    '}',
  ].join('\n');
}

export function titleOf({ person, period }: Pick<Statement, 'person' | 'period'>): string {
  return `${person} in ${period}`;
}

/** A period of a fiscal calendar stands in quotes. */
function periodText(period: string): string {
  return /^[0-9]/.test(period) ? period : quoted(period);
}

// ---- rows ----------------------------------------------------------------------------------------------------------

function personLine(model: Model, row: PersonRow, { people }: ToRecord): string {
  const { lead } = row;
  const isKnown = people.some((each) => each.person === lead);
  const cells = [
    `role ${writtenName(row.role)}`,
    ...(row.name === row.person ? [] : [`name ${quoted(row.name)}`]),
    ...(row.team === undefined ? [] : [`team ${writtenName(row.team)}`]),
    ...(lead === undefined || !isKnown ? [] : [`lead ${writtenName(lead)}`]),
    ...cellsOf(model.attributes, row.attributes),
    ...datesOf(row),
  ];
  return `person ${writtenName(row.person)} { ${cells.join(', ')} }`;
}

function absenceLine(absence: Absence): string {
  const { person, reason } = absence;
  const cells = [
    `person ${writtenName(person)}`,
    ...datesOf(absence),
    ...(reason === undefined ? [] : [`kind ${writtenName(reason)}`]),
  ];
  return rowLine('absence', cells);
}

function datesOf({ from, until }: { readonly from: number; readonly until: number }): readonly string[] {
  return [
    ...(from <= FIRST_DAY ? [] : [`from ${dayText(from)}`]),
    ...(until > LAST_DAY ? [] : [`until ${dayText(until - 1)}`]),
  ];
}

function tableLine({ tables }: Model, name: string, cells: readonly Cell[]): string {
  return rowLine(name, cellsOf(tables.find((each) => each.name === name)!.fields, cells));
}

function rowLine(name: string, cells: readonly string[]): string {
  return `${name} { ${cells.join(', ')} }`;
}

/** What the data says; a fallback says it where the test leaves it out. */
function cellsOf(fields: readonly FieldModel[], values: readonly Cell[]): readonly string[] {
  const currencyIn = (type: FieldModel['type']): FieldModel['type'] => {
    if (type.kind !== 'money') return type;
    const at = fields.findIndex((each) => each.name === type.currency);
    return at < 0 ? type : { kind: 'money', currency: String(values[at]) };
  };
  return fields.flatMap(({ name, type, fallback }, at) => {
    const value = values[at];
    if (value === undefined) return [];
    const text = writtenValue(value, currencyIn(type));
    const isFallback = fallback !== undefined && text === writtenValue(constantValue(type, fallback), type);
    return isFallback ? [] : [`${name} ${text}`];
  });
}

// ---- expectations --------------------------------------------------------------------------------------------------

/** What a statement says, as conditions: figures of the one role, bonuses, awards, points and pay. */
export function conditionsOf(gathered: Gathered, statement: Statement): readonly string[] {
  const { roles, pay, points, awards = [], levels = [] } = statement;
  const money = (value: string): string =>
    written({ value, type: { kind: 'money', currency: gathered.model.currency } });
  // figures of several roles aren't one value
  const [only] = roles.length === 1 ? roles : [];
  const kpis = (only?.kpis ?? []).map(({ kpi, actual }) => isValue(kpi, actual));
  const score = only?.score ? [isValue('score', only.score.value)] : [];
  const bonuses = new Map<string, string>();
  for (const { kind, name, earned, amount } of roles.flatMap((each) => each.lines)) {
    if (kind !== 'bonus') continue;
    const sum = add(exact(bonuses.get(name) ?? exactText(ZERO)), exact(earned ?? amount));
    bonuses.set(name, exactText(sum));
  }
  return [
    ...kpis,
    ...score,
    ...[...bonuses].map(([name, amount]) => `${name} is ${money(amount)}`),
    ...awards.map(({ award, won }) => (won ? award : `not ${award}`)),
    ...levels.map(({ level, since }) => (since === undefined ? `not ${level}` : level)),
    ...(points ? [`points is ${written({ value: points.balance, type: { kind: 'number' } })}`] : []),
    `pay is ${money(pay)}`,
  ];
}

function isValue(name: string, value: FigureValue): string {
  return value.value === null ? `not (${name} exists)` : `${name} is ${written(value)}`;
}

function written({ value, type }: FigureValue): string {
  if (type.kind === 'date') return value!;
  return writtenValue(constantValue(type, value!), type);
}
