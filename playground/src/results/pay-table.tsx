// Pay of several periods side by side: a row for each person and role, a column for each period.

import { useMemo } from 'preact/hooks';
import { money, type Result, sumOf, visible } from '../../../src/browser-figures.ts';
import { locale } from '../app/state.ts';
import { Nobody } from './results-table.tsx';
import { order, showPerson, wanted } from './state.ts';
import { type PayRow, payRows, sortedBy, wantedRows } from './table.ts';
import { SortHead, WindowedTable } from './windowed-table.tsx';
import { tell } from './words.ts';

/** The table of all periods of a result. */
export function PayTable({ result }: { readonly result: Result }) {
  // not `useComputed`, which follows signals only: a new result comes in as a property
  const all = useMemo(() => payRows(result), [result]);
  const { periods } = result;
  const telling = { language: locale.value, currency: result.policy.currency };
  const rows = inOrder(wantedRows(all, wanted.value));
  if (rows.length === 0) return <Nobody />;
  return (
    <WindowedTable
      label={tell('table.allPeriods')}
      count={rows.length}
      head={
        <>
          <SortHead name="name" title={tell('column.name')} kind="first" />
          <SortHead name="role" title={tell('column.role')} kind="text" />
          {periods.map((each) => (
            <SortHead key={each} name={each} title={each} kind="figure" />
          ))}
          <SortHead name="total" title={tell('table.total')} kind="last" />
        </>
      }
      foot={
        <>
          <td class="rs-first">{tell('table.rows', { count: rows.length })}</td>
          <td />
          {periods.map((each) => (
            <td key={each} class="view-right">
              {money(telling, sumOf(rows.map(({ pay }) => pay.get(each) ?? '0')))}
            </td>
          ))}
          <td class="view-right rs-last">{money(telling, sumOf(rows.map(({ total }) => total)))}</td>
        </>
      }
      rowAt={(at) => {
        const row = rows[at]!;
        return (
          <tr key={`${row.person} ${row.role ?? ''}`} aria-rowindex={at + 2}>
            <th scope="row" class="rs-first">
              <button type="button" class="rs-link" onClick={() => showPerson(row.person)}>
                {visible(row.name)}
              </button>
            </th>
            <td class="rs-text">
              {row.role === undefined ? tell('table.ofPerson') : visible(row.roleTitle ?? row.role)}
            </td>
            {periods.map((each) => {
              const pay = row.pay.get(each);
              return (
                <td key={each} class="view-right">
                  {pay === undefined ? '' : money(telling, pay)}
                </td>
              );
            })}
            <td class="view-right rs-strong rs-last">{money(telling, row.total)}</td>
          </tr>
        );
      }}
    />
  );
}

function inOrder(rows: readonly PayRow[]): readonly PayRow[] {
  const by = order.value;
  if (!by) return rows;
  const cellOf = ({ name, role, roleTitle, pay, total }: PayRow) => {
    if (by.column === 'name') return { text: name };
    if (by.column === 'role') return role === undefined ? undefined : { text: roleTitle ?? role };
    const figure = by.column === 'total' ? total : pay.get(by.column);
    return figure === undefined ? undefined : { figure };
  };
  return sortedBy(rows, cellOf, by.down);
}
