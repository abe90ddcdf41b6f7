// How any amount of a person goes with a KPI: asked of the engine, which runs the policy forward with other results.

import { signal } from '@preact/signals';
import { useId } from 'preact/hooks';
import { responseDrawing } from '../../../src/browser-charts.ts';
import { type Result, visible } from '../../../src/browser-figures.ts';
import { locale, person } from '../app/state.ts';
import { useAnswer } from '../results/answer.ts';
import { Messages } from '../results/messages.tsx';
import { ask } from '../worker/client.ts';
import { Chart } from './chart.tsx';
import { tell } from './words.ts';

interface Asked {
  readonly person: string;
  readonly period: string;
  readonly what: string;
  readonly by: string;
}

const open = signal(false);
const chosen = signal<Pick<Asked, 'what' | 'by'>>({ what: '', by: '' });
const asked = signal<Asked | undefined>(undefined);

/** The choice of an amount and a KPI, and the chart. */
export function ResponseView({ result, period }: { readonly result: Result; readonly period: string }) {
  return (
    <details
      class="ch-response"
      open={open.value}
      onToggle={(event) => {
        open.value = event.currentTarget.open;
      }}
    >
      <summary>{tell('response.open')}</summary>
      {open.value && <Choices result={result} period={period} />}
    </details>
  );
}

function Choices({ result, period }: { readonly result: Result; readonly period: string }) {
  const [personId, whatId, kpiId] = [useId(), useId(), useId()];
  const statements = result.statements.filter((each) => each.period === period);
  const statement = statements.find((each) => each.person === person.value);
  const role = statement?.roles.at(-1);
  const bonuses = role?.lines.filter((each) => each.kind === 'bonus') ?? [];
  const kpis =
    role?.kpis.filter(({ kpi, actual }) => !kpi.includes('[') && isNumeric(actual.type.kind)) ?? [];
  const what = bonuses.some((each) => each.name === chosen.value.what) ? chosen.value.what : 'pay';
  const by = kpis.some((each) => each.kpi === chosen.value.by) ? chosen.value.by : (kpis[0]?.kpi ?? '');
  return (
    <>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (statement && by !== '') asked.value = { person: statement.person, period, what, by };
        }}
      >
        <div class="view-field">
          <label for={personId}>{tell('person')}</label>
          <select
            id={personId}
            value={statement?.person ?? ''}
            onChange={(event) => {
              person.value = event.currentTarget.value;
            }}
          >
            <option value="">—</option>
            {statements.map((each) => (
              <option key={each.person} value={each.person}>
                {visible(each.name)}
              </option>
            ))}
          </select>
        </div>
        {role && (
          <>
            <div class="view-field">
              <label for={whatId}>{tell('response.what')}</label>
              <select
                id={whatId}
                value={what}
                onChange={(event) => {
                  chosen.value = { what: event.currentTarget.value, by };
                }}
              >
                <option value="pay">{tell('response.pay')}</option>
                {bonuses.map((each) => (
                  <option key={each.name} value={each.name}>
                    {visible(each.title ?? each.name)}
                  </option>
                ))}
              </select>
            </div>
            <div class="view-field">
              <label for={kpiId}>{tell('kpi')}</label>
              <select
                id={kpiId}
                value={by}
                onChange={(event) => {
                  chosen.value = { what, by: event.currentTarget.value };
                }}
              >
                {kpis.map((each) => (
                  <option key={each.kpi} value={each.kpi}>
                    {visible(each.title ?? each.kpi)}
                  </option>
                ))}
              </select>
            </div>
            <button type="submit" class="view-button" disabled={by === ''}>
              {tell('response.go')}
            </button>
          </>
        )}
      </form>
      {!statement && <p class="view-note">{tell('response.choose')}</p>}
      {asked.value && asked.value.person === statement?.person && asked.value.period === period && (
        <Answer of={asked.value} result={result} />
      )}
    </>
  );
}

function isNumeric(kind: string): boolean {
  return kind === 'number' || kind === 'percent' || kind === 'money' || kind === 'duration';
}

function Answer({ of, result }: { readonly of: Asked; readonly result: Result }) {
  const allowRejects = result.rejectsAllowed;
  const answer = useAnswer(
    (signal) => ask('charts.response', { ...of, allowRejects }, { signal, lane: 'long', keep: 'each' }),
    [of, result],
  );
  if (answer === 'waiting') return <p class="view-note">{tell('response.wait')}</p>;
  if (!answer.value) return <Messages lead={tell('response.failed')} diagnostics={answer.diagnostics} />;
  const bonus = result.statements
    .flatMap(({ roles }) => roles.flatMap((each) => each.lines))
    .find((each) => each.kind === 'bonus' && each.name === of.what);
  const what = of.what === 'pay' ? tell('response.pay') : visible(bonus?.title ?? of.what);
  return (
    <>
      <Chart drawing={responseDrawing(answer.value, what, locale.value)} />
      <p class="view-note">{tell('response.note')}</p>
    </>
  );
}
