// A Result as flat CSV rows (RFC 4180, lines ended by LF), one for each figure of each person, and rejects as CSV.
// Text can't become a formula in a spreadsheet: a cell of text that begins like one gets a leading `'`.

import type { Diagnostic } from '../base/diagnostic.ts';
import { decimalPlaces, fixedText, parseExact } from '../base/exact.ts';
import type { FigureValue, Result, RoleStatement, Statement } from '../model/result.ts';
import { rejectsNote } from './control.ts';

/** The columns, in order. */
export const RESULT_COLUMNS = [
  'period',
  'person',
  'name',
  'role',
  'from',
  'until',
  'kind',
  'item',
  'value',
  'exact',
  'unit',
  'target',
  'attainment',
  'status',
  'note',
] as const;

type Row = Partial<Record<(typeof RESULT_COLUMNS)[number], string>>;

/** Decimals that a number gets which has no end; the column `exact` then holds the fraction. */
const PLACES = 12;

/**
 * One row for each KPI, score, gate, pay line and role total (kind `pay`) of each person.
 *
 * `value`, `target` and `attainment` are plain decimals: money in the unit's currency, percents as fractions
 * (unit `fraction`), durations in seconds. A missing value is an empty cell. `note` says what every row must say: that
 * rejected rows were left out.
 */
export function resultCsv(result: Result): string {
  const note = rejectsNote(result);
  const rows = result.statements.flatMap((statement) =>
    statement.roles.flatMap((role) => roleRows(statement, role, result.policy.currency)),
  );
  const lines = rows.map((row) => {
    const cells: Row = note === undefined ? row : { ...row, note: textCell(note) };
    return RESULT_COLUMNS.map((column) => cells[column] ?? '').join(',');
  });
  return [RESULT_COLUMNS.join(','), ...lines, ''].join('\n');
}

function roleRows(statement: Statement, role: RoleStatement, currency: string): readonly Row[] {
  const whose: Row = {
    period: textCell(statement.period),
    person: textCell(statement.person),
    name: textCell(statement.name),
    role: textCell(role.role),
    from: textCell(role.from),
    until: textCell(role.until),
  };
  const money = (value: string): FigureValue => ({ value, type: { kind: 'money', currency } });
  const rows: Row[] = role.kpis.map((kpi) => ({
    kind: 'kpi',
    item: textCell(kpi.kpi),
    ...figureCells(kpi.actual),
    ...(kpi.target && { target: figureCells(kpi.target).value ?? '' }),
    ...(kpi.attainment && {
      attainment: kpi.attainment === 'top' ? 'top' : (figureCells(kpi.attainment).value ?? ''),
    }),
    status: kpi.status ?? '',
  }));
  if (role.score) rows.push({ kind: 'score', item: 'score', ...figureCells(role.score.value) });
  for (const gate of role.gates) {
    const state = !gate.applies ? 'not applied' : gate.passed ? 'passed' : 'failed';
    rows.push({ kind: 'gate', item: textCell(gate.condition), value: state });
  }
  for (const line of role.lines)
    rows.push({ kind: line.kind, item: textCell(line.name), ...figureCells(money(line.amount)) });
  rows.push({ kind: 'pay', item: 'total', ...figureCells(money(role.total)) });
  return rows.map((row) => ({ ...whose, ...row }));
}

function figureCells({ value, type }: FigureValue): Row {
  const unit = unitOf({ value, type });
  if (value === null) return { value: '', unit };
  if (unit === '' && type.kind !== 'number') return { value: textCell(value), unit };
  const exact = parseExact(value);
  if (!exact) return { value: textCell(value), unit };
  const places = decimalPlaces(exact);
  if (places !== undefined && places <= PLACES) return { value: fixedText(exact, places), unit };
  return { value: fixedText(exact, PLACES), exact: value, unit };
}

function unitOf({ type }: FigureValue): string {
  switch (type.kind) {
    case 'money':
      return textCell(type.currency);
    case 'percent':
      return 'fraction';
    case 'duration':
      return 's';
    case 'number':
    case 'date':
    case 'datetime':
    case 'text':
    case 'truth':
    case 'enumeration':
    case 'person':
    case 'error':
      return '';
    default:
      return type satisfies never;
  }
}

/** Diagnostics that name a row of the data, as CSV: file, row, column, code, message. */
export function rejectsCsv(rejects: readonly Diagnostic[]): string {
  const lines = rejects.map((each) =>
    [
      textCell(each.data?.file ?? ''),
      each.data?.row === undefined ? '' : String(each.data.row),
      textCell(each.data?.column ?? ''),
      textCell(each.code),
      textCell(each.message),
    ].join(','),
  );
  return ['file,row,column,code,message', ...lines, ''].join('\n');
}

/** Text as a CSV cell: quoted where it must be, and never read as a formula. */
export function textCell(text: string): string {
  const formula = /^\s*[=+\-@\t\r＝＋－＠]/.test(text);
  const safe = formula ? `'${text}` : text;
  return formula || /[",\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
