// Attainment: of a role one KPI of each person, or of the chosen person each KPI.

import { signal } from '@preact/signals';
import { useId } from 'preact/hooks';
import { attainedIn, attainedOf, attainmentDrawing, kpiChoices } from '../../../src/browser-charts.ts';
import { type Result, visible } from '../../../src/browser-figures.ts';
import { locale, person } from '../app/state.ts';
import { Chart } from './chart.tsx';
import { tell } from './words.ts';

/** The role and KPI, separated by a line end, which names can't hold. */
const chosen = signal('');
const ofPerson = signal(false);

/** The choices, and the chart. */
export function AttainmentView({ result, period }: { readonly result: Result; readonly period: string }) {
  const [showId, kpiId] = [useId(), useId()];
  const all = attainedIn(result, period);
  const choices = kpiChoices(all);
  const [first] = choices;
  if (!first) return <p class="view-empty">{tell('none.attainment', { period })}</p>;
  const language = locale.value;
  const own = all.filter((each) => each.person === person.value);
  const one = ofPerson.value && own.length > 0 ? own[0] : undefined;
  const titles = new Map(
    result.statements.flatMap(({ roles }) =>
      roles.map((each) => [each.role, each.title ?? each.role] as const),
    ),
  );
  const at = choices
    .flatMap(({ role, kpis }) => kpis.map((each) => ({ role, ...each })))
    .find((each) => keyOf(each) === chosen.value) ?? { role: first.role, ...first.kpis[0]! };
  const drawing = one
    ? attainmentDrawing(own, { by: 'kpi', what: visible(one.name), period, language })
    : attainmentDrawing(attainedOf(all, at.role, at.kpi), {
        by: 'person',
        what: visible(at.title ?? at.kpi),
        period,
        language,
      });
  return (
    <>
      <div class="ch-choices">
        {own.length > 0 && (
          <div class="view-field">
            <label for={showId}>{tell('show')}</label>
            <select
              id={showId}
              value={one ? 'one' : 'all'}
              onChange={(event) => {
                ofPerson.value = event.currentTarget.value === 'one';
              }}
            >
              <option value="all">{tell('show.people')}</option>
              <option value="one">{tell('show.onePerson', { name: visible(own[0]!.name) })}</option>
            </select>
          </div>
        )}
        {!one && (
          <div class="view-field">
            <label for={kpiId}>{tell('kpi')}</label>
            <select
              id={kpiId}
              value={keyOf(at)}
              onChange={(event) => {
                chosen.value = event.currentTarget.value;
              }}
            >
              {choices.map(({ role, kpis }) => (
                <optgroup key={role} label={visible(titles.get(role) ?? role)}>
                  {kpis.map((each) => (
                    <option key={each.kpi} value={keyOf({ role, kpi: each.kpi })}>
                      {visible(each.title ?? each.kpi)}
                    </option>
                  ))}
                </optgroup>
              ))}
            </select>
          </div>
        )}
      </div>
      <Chart drawing={drawing} />
    </>
  );
}

function keyOf({ role, kpi }: { readonly role: string; readonly kpi: string }): string {
  return `${role}\n${kpi}`;
}
