// A Result as flat CSV rows (RFC 4180, lines ended by LF), one for each figure of each person, and rejects as CSV.
// Text can't become a formula in a spreadsheet: a cell of text that begins like one gets a leading `'`.

import type { Diagnostic } from '../base/diagnostic.ts';
import { add, decimalPlaces, exact, exactText, fixedText, parseExact, ZERO } from '../base/exact.ts';
import type { PrizeLine } from '../model/award-lines.ts';
import type { FigureValue } from '../model/inputs.ts';
import type { GateLine, KpiLine } from '../model/kpi-lines.ts';
import type { PayLine } from '../model/pay-lines.ts';
import type { Measured, Result, RoleStatement, Statement } from '../model/result.ts';
import { knownNote, rejectsNote } from './control.ts';

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
  'target_to',
  'attainment',
  'status',
  'note',
] as const;

/** Decimals that a number gets which has no end; the column `exact` then holds the fraction. */
const PLACES = 12;

/**
 * One row for each KPI, score, gate, pay line and role total (kind `pay`) of each person; then what the person has beside pay.
 * What was measured over a longer period, of which a bonus is earned, has the period after the item: `revenue 2026-Q1`. A
 * bonus over one that goes on is of kind `pending`, and its value is the period in which it is earned.
 *
 * `value`, `target` and `attainment` are plain decimals: money in the unit's currency, percents as fractions
 * (unit `fraction`), durations in seconds. A missing value is an empty cell. Of a band of targets `target` is the lower end
 * and `target_to` the upper one; of any other target `target_to` is empty. `note` says what every row must say: that rejected
 * rows were left out.
 */
export function resultCsv(result: Result): string {
  const note = textCell(
    [knownNote(result), rejectsNote(result)].filter((each) => each !== undefined).join('; '),
  );
  const lines = [RESULT_COLUMNS.join(',')];
  for (const statement of result.statements) {
    for (const role of statement.roles) {
      const whose = [statement.period, statement.person, statement.name, role.role, role.from, role.until];
      const lead = whose.map(textCell).join(',');
      for (const row of roleRows(role, result.policy.currency))
        lines.push(`${lead},${rowCells(row)},${note}`);
    }
    const { period, person, name } = statement;
    const whose = [period, person, name, '', '', ''].map(textCell).join(',');
    for (const row of [...ownRows(statement, result.policy.currency), ...besideRows(statement)])
      lines.push(`${whose},${rowCells(row)},${note}`);
  }
  return `${lines.join('\n')}\n`;
}

/** What follows whose row it is. */
interface Row {
  readonly kind:
    | 'kpi'
    | 'score'
    | 'gate'
    | 'pay'
    | 'earned'
    | 'later'
    | 'pending'
    | 'paid'
    | 'balance'
    | PayLine['kind']
    | Exclude<PrizeLine['kind'], 'money'>
    | 'level';
  readonly item: string;
  readonly value: FigureValue;
  readonly kpi?: KpiLine;
}

function roleRows(role: RoleStatement, currency: string): readonly Row[] {
  const money = (value: string): FigureValue => ({ value, type: { kind: 'money', currency } });
  const text = (value: string): FigureValue => ({ value, type: { kind: 'text' } });
  return [
    ...measuredRows(role, ''),
    ...(role.longer ?? []).flatMap((each) => measuredRows(each, ` ${each.period}`)),
    ...role.lines.flatMap((line) => lineRows(line, currency)),
    ...(role.pending ?? []).map(
      ({ name, period, earnedIn }): Row => ({
        kind: 'pending',
        item: `${name} ${period}`,
        value: text(earnedIn),
      }),
    ),
    ...(role.earned === undefined
      ? []
      : [{ kind: 'earned', item: 'total', value: money(role.earned) } as const]),
    { kind: 'pay', item: 'total', value: money(role.total) },
  ];
}

/** KPIs, score and gates; over a longer period, their items end in its name. */
function measuredRows({ kpis, score, gates }: Measured, ending: string): readonly Row[] {
  const state = ({ applies, passed }: GateLine) => (!applies ? 'not applied' : passed ? 'passed' : 'failed');
  return [
    ...kpis.map((kpi): Row => ({ kind: 'kpi', item: kpi.kpi + ending, value: kpi.actual, kpi })),
    ...(score ? [{ kind: 'score', item: `score${ending}`, value: score.value } as const] : []),
    ...gates.map(
      (gate): Row => ({
        kind: 'gate',
        item: gate.condition + ending,
        value: { value: state(gate), type: { kind: 'text' } },
      }),
    ),
  ];
}

/** What is payable of a line; and where that differs, what is earned, what is due later, and what is paid. */
function lineRows(line: PayLine, currency: string) {
  const { kind, name, amount, earned, later = [], paid } = line;
  const money = (value: string, unit = currency): FigureValue => ({
    value,
    type: { kind: 'money', currency: unit },
  });
  const item = itemOf(line);
  const due = later.filter((each) => !each.forfeited);
  return [
    { kind, item, value: money(amount) },
    ...(earned === undefined ? [] : [{ kind: 'earned', item, value: money(earned) } as const]),
    ...due.map((each): Row => ({ kind: 'later', item: `${name} ${each.period}`, value: money(each.amount) })),
    ...(paid ? [{ kind: 'paid', item, value: money(paid.amount, paid.currency) } as const] : []),
  ];
}

/** A line's name; of what is of an earlier period, with that. */
function itemOf({ kind, name, period, due }: PayLine): string {
  if (kind === 'offset') return `${name} ${period} ${due}`;
  return kind === 'due' || kind === 'adjustment' ? `${name} ${period}` : name;
}

/** The person's own lines, with their total, and what goes on into later periods. */
function ownRows({ lines = [], balances = [], paid = [] }: Statement, currency: string): readonly Row[] {
  const money = (value: string, unit = currency): FigureValue => ({
    value,
    type: { kind: 'money', currency: unit },
  });
  const total = lines.reduce((sum, each) => add(sum, exact(each.amount)), ZERO);
  return [
    ...lines.flatMap((line) => lineRows(line, currency)),
    ...(lines.length > 0 ? [{ kind: 'pay', item: 'total', value: money(exactText(total)) } as const] : []),
    ...paid.map(
      ({ currency: unit, amount }): Row => ({ kind: 'paid', item: 'total', value: money(amount, unit) }),
    ),
    ...balances.map(({ kind, role, after }): Row => {
      const item = { draw: 'owed', excess: 'kept', owed: 'owed of corrections' }[kind];
      return { kind: 'balance', item: role === undefined ? item : `${item} ${role}`, value: money(after) };
    }),
  ];
}

/**
 * What a person has beside pay: points gained and in all, what was recognised (with the award), and badges, trainings and
 * levels that are reached, with the period in which they were.
 */
function besideRows({ awards = [], points, kept = [], levels = [] }: Statement): readonly Row[] {
  const number = (value: string): FigureValue => ({ value, type: { kind: 'number' } });
  const text = (value: string): FigureValue => ({ value, type: { kind: 'text' } });
  return [
    ...(points
      ? [
          { kind: 'points', item: 'gained', value: number(points.gained) } as const,
          { kind: 'points', item: 'balance', value: number(points.balance) } as const,
        ]
      : []),
    ...awards.flatMap(({ award, prizes }) =>
      prizes
        .filter(({ kind }) => kind === 'recognition')
        .map(({ value }): Row => ({ kind: 'recognition', item: value.value ?? '', value: text(award) })),
    ),
    ...kept.map(({ kind, name, period }): Row => ({ kind, item: name, value: text(period) })),
    ...levels.flatMap(({ level, since }): readonly Row[] =>
      since === undefined ? [] : [{ kind: 'level', item: level, value: text(since) }],
    ),
  ];
}

function rowCells({ kind, item, value, kpi }: Row): string {
  const { text, fraction } = valueCell(value);
  const [target, targetTo] = [kpi?.target, kpi?.upTo].map((each) => (each ? valueCell(each).text : ''));
  const { attainment } = kpi ?? {};
  const attained = !attainment ? '' : attainment === 'top' ? attainment : valueCell(attainment).text;
  const status = kpi?.status ?? '';
  return [kind, textCell(item), text, fraction, unitOf(value), target, targetTo, attained, status].join(',');
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
