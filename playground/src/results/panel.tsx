// The results of a run: the table of people, a person's statement with its explanations, and what a line of the policy paid.

import './results.css';
import { useId } from 'preact/hooks';
import { type Result, visible } from '../../../src/browser-figures.ts';
import { diagnostics, missing, person, result } from '../app/state.ts';
import { ChoiceField, periodChoices, ViewPanel } from '../app/views.tsx';
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
    <ViewPanel
      label={tell('views')}
      views={VIEWS.map((id) => ({ id, label: tell(`view.${id}`) }))}
      current={view.value}
      onChange={(next) => {
        view.value = next;
      }}
      stale={tell('stale')}
      controls={
        <>
          <PeriodChoice result={ran} />
          {view.value === 'table' && <Filters result={ran} />}
          {view.value === 'person' && <BackToTable />}
        </>
      }
    >
      {ran.rejectsAllowed && <p class="rs-warn">{tell('rejects.left')}</p>}
      <PaidStrip result={ran} period={onePeriod.value} />
      <Shown result={ran} />
    </ViewPanel>
  );
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
    <div class="view-empty">
      <h3>{tell('none.title')}</h3>
      <p>{text}</p>
    </div>
  );
}

function PeriodChoice({ result: { periods } }: { readonly result: Result }) {
  if (periods.length < 2) return null;
  const isTable = view.value === 'table';
  const all = isTable ? [{ id: ALL_PERIODS, label: tell('table.allPeriods') }] : [];
  return (
    <ChoiceField
      label={tell('table.period')}
      choices={[...all, ...periodChoices(periods)]}
      value={isTable ? shownPeriod.value : onePeriod.value}
      onChange={(next) => {
        chosenPeriod.value = next;
      }}
    />
  );
}

function Filters({ result: ran }: { readonly result: Result }) {
  const textId = useId();
  const { roles, teams } = choicesOf(ran);
  const { role, team, text = '' } = wanted.value;
  const choose = (part: { readonly role?: string; readonly team?: string; readonly text?: string }) => {
    const next = { ...wanted.value, ...part };
    wanted.value = Object.fromEntries(Object.entries(next).filter(([, each]) => each !== ''));
  };
  return (
    <>
      <ChoiceField
        label={tell('table.role')}
        choices={[
          { id: '', label: tell('table.allRoles') },
          ...roles.map((each) => ({ id: each.role, label: visible(each.title ?? each.role) })),
        ]}
        value={role ?? ''}
        onChange={(next) => {
          order.value = undefined;
          choose({ role: next });
        }}
      />
      {teams.length > 0 && (
        <ChoiceField
          label={tell('table.team')}
          choices={[
            { id: '', label: tell('table.allTeams') },
            ...teams.map((each) => ({ id: each, label: visible(each) })),
          ]}
          value={team ?? ''}
          onChange={(next) => choose({ team: next })}
        />
      )}
      <div class="view-field">
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
      class="view-button"
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
  if (person.value === '') return <p class="view-empty">{tell('person.choose')}</p>;
  const found = ran.statements.find((each) => each.person === person.value && each.period === period);
  if (!found) return <p class="view-empty">{tell('person.none', { person: person.value, period })}</p>;
  return (
    <div class="rs-body" key={`${person.value} ${period}`}>
      <StatementView statement={found} result={ran} />
      <AskMore whose={{ person: person.value, period }} />
    </div>
  );
}
