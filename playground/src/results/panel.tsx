// The results of a run: the table of people, a person's statement with its explanations, and what a line of the policy paid.

import './results.css';
import { useId } from 'preact/hooks';
import { type Result, visible } from '../../../src/browser-figures.ts';
import { diagnostics, missing, person, result, stale } from '../app/state.ts';
import { AskMore } from './ask-more.tsx';
import { PaidStrip, PaidView } from './paid-view.tsx';
import { PayTable } from './pay-table.tsx';
import { ResultsTable } from './results-table.tsx';
import {
  ALL_PERIODS,
  chosenPeriod,
  followState,
  onePeriod,
  order,
  shownPeriod,
  type View,
  view,
  wanted,
} from './state.ts';
import { StatementView } from './statement.tsx';
import { choicesOf } from './table.ts';
import { tell } from './words.ts';

const VIEWS: readonly View[] = ['table', 'person', 'paid'];

/** The panel `results`, mounted by the layout. */
export function ResultsPanel() {
  followState();
  const ran = result.value;
  if (!ran) return <NoResults />;
  return (
    <div class="rs-panel">
      <div class="rs-bar">
        <fieldset class="rs-views">
          <legend class="rs-hidden">{tell('views')}</legend>
          {VIEWS.map((each) => (
            <button
              key={each}
              type="button"
              aria-pressed={view.value === each}
              onClick={() => {
                view.value = each;
              }}
            >
              {tell(`view.${each}`)}
            </button>
          ))}
        </fieldset>
        <PeriodChoice result={ran} />
        {view.value === 'table' && <Filters result={ran} />}
        {view.value === 'person' && <BackToTable />}
        <OfEarlier />
      </div>
      {ran.rejectsAllowed && <p class="rs-warn">{tell('rejects.left')}</p>}
      <PaidStrip result={ran} period={onePeriod.value} />
      <Shown result={ran} />
    </div>
  );
}

/** Its place is kept, so that what is below doesn't move at each key. */
function OfEarlier() {
  return <span class={stale.value ? 'rs-earlier' : 'rs-earlier rs-none'}>{tell('stale')}</span>;
}

function Shown({ result: ran }: { readonly result: Result }) {
  switch (view.value) {
    case 'table':
      return shownPeriod.value === ALL_PERIODS ? (
        <PayTable key={ran.periods.join()} result={ran} />
      ) : (
        <ResultsTable key={shownPeriod.value} result={ran} period={shownPeriod.value} />
      );
    case 'person':
      return <PersonView result={ran} />;
    case 'paid':
      return (
        <div class="rs-body">
          <PaidView result={ran} period={onePeriod.value} />
        </div>
      );
    default:
      return view.value satisfies never;
  }
}

function NoResults() {
  const text =
    missing.value.length === 0 && diagnostics.value.some((each) => each.severity === 'error')
      ? tell('none.errors')
      : tell('none.text');
  return (
    <div class="rs-empty">
      <h3>{tell('none.title')}</h3>
      <p>{text}</p>
    </div>
  );
}

function PeriodChoice({ result: { periods } }: { readonly result: Result }) {
  const id = useId();
  if (periods.length < 2) return null;
  return (
    <div class="rs-field">
      <label for={id}>{tell('table.period')}</label>
      <select
        id={id}
        value={view.value === 'table' ? shownPeriod.value : onePeriod.value}
        onChange={(event) => {
          chosenPeriod.value = event.currentTarget.value;
        }}
      >
        {view.value === 'table' && <option value={ALL_PERIODS}>{tell('table.allPeriods')}</option>}
        {periods.map((each) => (
          <option key={each} value={each}>
            {each}
          </option>
        ))}
      </select>
    </div>
  );
}

function Filters({ result: ran }: { readonly result: Result }) {
  const [roleId, teamId, textId] = [useId(), useId(), useId()];
  const { roles, teams } = choicesOf(ran);
  const { role, team, text = '' } = wanted.value;
  const choose = (part: { readonly role?: string; readonly team?: string; readonly text?: string }) => {
    const next = { ...wanted.value, ...part };
    wanted.value = Object.fromEntries(Object.entries(next).filter(([, each]) => each !== ''));
  };
  return (
    <>
      <div class="rs-field">
        <label for={roleId}>{tell('table.role')}</label>
        <select
          id={roleId}
          value={role ?? ''}
          onChange={(event) => {
            order.value = undefined;
            choose({ role: event.currentTarget.value });
          }}
        >
          <option value="">{tell('table.allRoles')}</option>
          {roles.map((each) => (
            <option key={each.role} value={each.role}>
              {visible(each.title ?? each.role)}
            </option>
          ))}
        </select>
      </div>
      {teams.length > 0 && (
        <div class="rs-field">
          <label for={teamId}>{tell('table.team')}</label>
          <select
            id={teamId}
            value={team ?? ''}
            onChange={(event) => choose({ team: event.currentTarget.value })}
          >
            <option value="">{tell('table.allTeams')}</option>
            {teams.map((each) => (
              <option key={each} value={each}>
                {visible(each)}
              </option>
            ))}
          </select>
        </div>
      )}
      <div class="rs-field">
        <label for={textId}>{tell('table.search')}</label>
        <input
          id={textId}
          type="search"
          value={text}
          placeholder={tell('table.searchHint')}
          onInput={(event) => choose({ text: event.currentTarget.value })}
        />
      </div>
    </>
  );
}

function BackToTable() {
  return (
    <button
      type="button"
      class="rs-small"
      onClick={() => {
        view.value = 'table';
      }}
    >
      ← {tell('person.back')}
    </button>
  );
}

function PersonView({ result: ran }: { readonly result: Result }) {
  const period = onePeriod.value;
  if (person.value === '') return <p class="rs-empty">{tell('person.choose')}</p>;
  const found = ran.statements.find((each) => each.person === person.value && each.period === period);
  if (!found) return <p class="rs-empty">{tell('person.none', { person: person.value, period })}</p>;
  return (
    <div class="rs-body" key={`${person.value} ${period}`}>
      <StatementView statement={found} result={ran} />
      <AskMore whose={{ person: person.value, period }} />
    </div>
  );
}
