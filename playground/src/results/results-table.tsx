// The table of a period: people by role, their KPIs and lines of pay, sorted and filtered as the panel says.

import { useMemo } from 'preact/hooks';
import {
  type FigureValue,
  figureIn,
  type KpiLine,
  kpiTitle,
  lineTitle,
  money,
  type Result,
  signOfText,
  visible,
} from '../../../src/browser-figures.ts';
import { narrow } from '../app/media.ts';
import { locale, person } from '../app/state.ts';
import { order, showPerson, wanted } from './state.ts';
import {
  type Column,
  columnName,
  columnsOf,
  rowsOf,
  sortedRows,
  type TableRow,
  totalsByRole,
  totalsOf,
  wantedRows,
} from './table.ts';
import { SortHead, WindowedTable } from './windowed-table.tsx';
import { tell } from './words.ts';

/** The table of one period. */
export function ResultsTable({ result, period }: { readonly result: Result; readonly period: string }) {
  // not `useComputed`, which follows signals only: a new result comes in as a property
  const all = useMemo(() => rowsOf(result, period), [result, period]);
  const rows = wantedRows(all, wanted.value);
  const sorted = order.value ? sortedRows(rows, order.value) : rows;
  const columns = inOrder(columnsOf(result, rows, wanted.value.role));
  if (all.length === 0) return <p class="view-empty">{tell('none.people')}</p>;
  return (
    <>
      <Grid result={result} rows={sorted} columns={columns} period={period} />
      <RoleTotals rows={rows} currency={result.policy.currency} />
    </>
  );
}

/** On a phone what is paid comes right after the name. */
function inOrder(columns: readonly Column[]): readonly Column[] {
  const [first, ...others] = columns;
  const last = others.at(-1);
  return narrow.value && first && last ? [first, last, ...others.slice(0, -1)] : columns;
}

function Grid({
  result,
  rows,
  columns,
  period,
}: {
  readonly result: Result;
  readonly rows: readonly TableRow[];
  readonly columns: readonly Column[];
  readonly period: string;
}) {
  const { currency } = result.policy;
  const telling = { language: locale.value, currency };
  const totals = totalsOf(rows);
  if (rows.length === 0) return <Nobody />;
  return (
    <WindowedTable
      label={tell('table.label', { period })}
      count={rows.length}
      head={columns.map((column) => (
        <SortHead
          key={columnName(column)}
          name={columnName(column)}
          title={columnTitle(column)}
          kind={kindOf(column)}
        />
      ))}
      foot={columns.map((column) => (
        <td
          key={columnName(column)}
          class={
            column.kind === 'name'
              ? 'rs-first'
              : column.kind === 'total'
                ? 'view-right rs-last'
                : 'view-right'
          }
        >
          {column.kind === 'name' && tell('table.rows', { count: rows.length })}
          {column.kind === 'line' && money(telling, totals.lines.get(column.key) ?? '0')}
          {column.kind === 'total' && money(telling, totals.total)}
        </td>
      ))}
      rowAt={(at) => {
        const row = rows[at]!;
        return (
          <tr
            key={`${row.person} ${row.role ?? ''} ${at}`}
            aria-rowindex={at + 2}
            class={row.person === person.value ? 'rs-chosen' : ''}
          >
            {columns.map((column) => (
              <Cell key={columnName(column)} row={row} column={column} currency={currency} />
            ))}
          </tr>
        );
      }}
    />
  );
}

/** Nobody fits the filter, and how to see all again. */
export function Nobody() {
  return (
    <p class="view-empty">
      {tell('table.nobody')}{' '}
      <button
        type="button"
        class="view-button"
        onClick={() => {
          wanted.value = {};
        }}
      >
        {tell('table.clear')}
      </button>
    </p>
  );
}

/** What a column is called. */
function columnTitle(column: Column): string {
  switch (column.kind) {
    case 'kpi':
      return kpiTitle(column);
    case 'line':
      return lineTitle(column.line, locale.value);
    case 'name':
    case 'role':
    case 'team':
    case 'score':
    case 'total':
      return tell(`column.${column.kind}`);
    default:
      return column satisfies never;
  }
}

function kindOf({ kind }: Column): Parameters<typeof SortHead>[0]['kind'] {
  if (kind === 'name') return 'first';
  if (kind === 'total') return 'last';
  return kind === 'role' || kind === 'team' ? 'text' : 'figure';
}

function Cell({
  row,
  column,
  currency,
}: {
  readonly row: TableRow;
  readonly column: Column;
  readonly currency: string;
}) {
  const language = locale.value;
  switch (column.kind) {
    case 'name':
      return (
        <th scope="row" class="rs-first">
          <button type="button" class="rs-link" onClick={() => showPerson(row.person)}>
            {visible(row.name)}
          </button>
        </th>
      );
    case 'role':
      return (
        <td class="rs-text">
          {row.role === undefined ? tell('table.ofPerson') : visible(row.roleTitle ?? row.role)}
        </td>
      );
    case 'team':
      return <td>{visible(row.team ?? '')}</td>;
    case 'score':
      return <td class="view-right">{row.score && figureIn(language, row.score)}</td>;
    case 'total':
      return <td class="view-right rs-strong rs-last">{money({ language, currency }, row.total)}</td>;
    case 'kpi':
      return <KpiCell kpi={row.kpis.get(column.kpi)} />;
    case 'line': {
      const amount = row.lines.get(column.key);
      const dim = amount === undefined || signOfText(amount) === 0;
      return (
        <td class={dim ? 'view-right rs-dim' : 'view-right'}>
          {amount === undefined ? '' : money({ language, currency }, amount)}
        </td>
      );
    }
    default:
      return column satisfies never;
  }
}

/** A result, with the attainment beside it in the colour of its status. */
function KpiCell({ kpi }: { readonly kpi: KpiLine | undefined }) {
  if (!kpi) return <td />;
  const figure = (value: FigureValue | 'top'): string => figureIn(locale.value, value);
  const { actual, attainment, status } = kpi;
  const said = attainment && tell('kpi.of', { attainment: figure(attainment) });
  return (
    <td class="view-right" title={said}>
      {figure(actual)}
      {attainment && (
        <span class={`rs-attained ${status ? `rs-${status}` : ''}`}>
          {' '}
          {figure(attainment)}
          {status && <span class="hidden"> {tell(`status.${status}`)}</span>}
        </span>
      )}
    </td>
  );
}

/** What each role comes to, of the rows that are wanted. */
function RoleTotals({ rows, currency }: { readonly rows: readonly TableRow[]; readonly currency: string }) {
  const totals = totalsByRole(rows);
  if (totals.length < 2) return null;
  return (
    <details class="rs-events rs-totals">
      <summary>{tell('table.totals')}</summary>
      <table>
        <tbody>
          {totals.map(({ role, title, people, total }) => (
            <tr key={role ?? ''}>
              <th scope="row">{role === undefined ? tell('table.ofPerson') : visible(title ?? role)}</th>
              <td class="view-right">{tell('table.people', { count: people })}</td>
              <td class="view-right">{money({ language: locale.value, currency }, total)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
