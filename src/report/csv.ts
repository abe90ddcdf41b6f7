// A Result as flat CSV rows (RFC 4180, lines ended by LF), one for each figure of each person, and rejects as CSV.
// Text can't become a formula in a spreadsheet: a cell of text that begins like one gets a leading `'`.

import type { Diagnostic } from '../base/diagnostic.ts';
import { decimalPlaces, fixedText, parseExact } from '../base/exact.ts';
import type { FigureValue, KpiLine, Result, RoleStatement } from '../model/result.ts';
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
  const note = textCell(rejectsNote(result) ?? '');
  const lines = [RESULT_COLUMNS.join(',')];
  for (const statement of result.statements) {
    for (const role of statement.roles) {
      const whose = [statement.period, statement.person, statement.name, role.role, role.from, role.until];
      const lead = whose.map(textCell).join(',');
      for (const row of roleRows(role, result.policy.currency))
        lines.push(`${lead},${rowCells(row)},${note}`);
    }
  }
  return `${lines.join('\n')}\n`;
}

/** What follows whose row it is. */
interface Row {
  readonly kind: 'kpi' | 'score' | 'gate' | 'bonus' | 'cap' | 'pay';
  readonly item: string;
  readonly value: FigureValue;
  readonly kpi?: KpiLine;
}

function roleRows(role: RoleStatement, currency: string): readonly Row[] {
  const money = (value: string): FigureValue => ({ value, type: { kind: 'money', currency } });
  const text = (value: string): FigureValue => ({ value, type: { kind: 'text' } });
  return [
    ...role.kpis.map((kpi): Row => ({ kind: 'kpi', item: kpi.kpi, value: kpi.actual, kpi })),
    ...(role.score ? [{ kind: 'score', item: 'score', value: role.score.value } as const] : []),
    ...role.gates.map(({ condition, applies, passed }): Row => {
      const state = !applies ? 'not applied' : passed ? 'passed' : 'failed';
      return { kind: 'gate', item: condition, value: text(state) };
    }),
    ...role.lines.map(({ kind, name, amount }): Row => ({ kind, item: name, value: money(amount) })),
    { kind: 'pay', item: 'total', value: money(role.total) },
  ];
}

function rowCells({ kind, item, value, kpi }: Row): string {
  const { text, fraction } = valueCell(value);
  const target = kpi?.target ? valueCell(kpi.target).text : '';
  const { attainment } = kpi ?? {};
  const attained = !attainment ? '' : attainment === 'top' ? attainment : valueCell(attainment).text;
  return [kind, textCell(item), text, fraction, unitOf(value), target, attained, kpi?.status ?? ''].join(',');
}

/** A value as a cell, and the exact fraction where the cell is rounded. */
function valueCell({ value, type }: FigureValue): { readonly text: string; readonly fraction: string } {
  if (value === null) return { text: '', fraction: '' };
  if (!NUMERIC.has(type.kind)) return { text: textCell(value), fraction: '' };
  if (/^-?[0-9]+(\.[0-9]{1,12})?$/.test(value)) return { text: value, fraction: '' };
  const exact = parseExact(value);
  if (!exact) return { text: textCell(value), fraction: '' };
  const places = decimalPlaces(exact);
  return places !== undefined && places <= PLACES
    ? { text: fixedText(exact, places), fraction: '' }
    : { text: fixedText(exact, PLACES), fraction: value };
}

const NUMERIC: ReadonlySet<string> = new Set(['number', 'percent', 'money', 'duration']);

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
    case 'period':
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
