// Payout curves: the table of a bonus or of the scorecard with each person on it; and any amount of a person against a KPI.

import { signal } from '@preact/signals';
import { useEffect, useId } from 'preact/hooks';
import { payoutDrawing, pointsOf, tableTitle } from '../../../src/browser-charts.ts';
import { type DrawnTable, type Result, visible } from '../../../src/browser-figures.ts';
import { locale, overview } from '../app/state.ts';
import { ask, Dropped } from '../worker/client.ts';
import { Chart } from './chart.tsx';
import { ResponseView } from './response-view.tsx';
import { tell } from './words.ts';

const tables = signal<readonly DrawnTable[] | undefined>(undefined);
const chosen = signal('');

/** The choice of a table, and the chart. */
export function PayoutView({ result, period }: { readonly result: Result; readonly period: string }) {
  const policy = overview.value;
  useEffect(() => {
    const stopper = new AbortController();
    ask('charts.tables', { period }, { lane: 'language', signal: stopper.signal }).then(
      (found) => {
        tables.value = found;
      },
      (error: unknown) => {
        if (!(error instanceof Dropped)) tables.value = [];
      },
    );
    return () => stopper.abort();
  }, [policy, period]);
  const all = tables.value;
  if (!all) return <p class="view-note">{tell('wait')}</p>;
  return (
    <>
      {all.length === 0 ? (
        <p class="view-empty">{tell('none.payout')}</p>
      ) : (
        <TableView all={all} result={result} period={period} />
      )}
      <ResponseView result={result} period={period} />
    </>
  );
}

function TableView({
  all,
  result,
  period,
}: {
  readonly all: readonly DrawnTable[];
  readonly result: Result;
  readonly period: string;
}) {
  const id = useId();
  const language = locale.value;
  const table =
    all.find((each) => keyOf(each) === chosen.value) ?? all.find((each) => each.isAmount) ?? all[0]!;
  const points = pointsOf(result, table, period);
  const roles = [...new Set(all.map((each) => each.role))];
  const held = result.statements.filter(
    (each) => each.period === period && each.roles.some(({ role }) => role === table.role),
  ).length;
  const placed = new Set(points.map((each) => each.person)).size;
  const drawing = payoutDrawing(table, points, { period, language, currency: result.policy.currency });
  return (
    <>
      <div class="ch-choices">
        <div class="view-field">
          <label for={id}>{tell('bonus')}</label>
          <select
            id={id}
            value={keyOf(table)}
            onChange={(event) => {
              chosen.value = event.currentTarget.value;
            }}
          >
            {roles.map((role) => (
              <optgroup key={role} label={visible(titleOfRole(result, role))}>
                {all
                  .filter((each) => each.role === role)
                  .map((each) => (
                    <option key={keyOf(each)} value={keyOf(each)}>
                      {tableTitle(each, language)}
                    </option>
                  ))}
              </optgroup>
            ))}
          </select>
        </div>
      </div>
      <Chart drawing={drawing} />
      {points.length === 0 && <p class="view-note">{tell('none.points', { period })}</p>}
      {points.length > 0 && table.perEvent === undefined && held > placed && (
        <p class="view-note">{tell('payout.left', { count: held - placed })}</p>
      )}
    </>
  );
}

function titleOfRole({ statements }: Result, role: string): string {
  for (const { roles } of statements)
    for (const each of roles) if (each.role === role) return each.title ?? role;
  return role;
}

function keyOf({ role, reader, call }: DrawnTable): string {
  return `${role}\n${reader.kind} ${reader.name}\n${call}`;
}
