// The charts of a run: attainment against target, payout curves with people on them, pay over time, and what pay is made of.

import { costByPart, overDrawing, partTitle, payByRole, payOfPerson } from '../../../src/browser-charts.ts';
import './charts.css';
import { type Result, visible } from '../../../src/browser-figures.ts';
import { locale, period, periods, person, result } from '../app/state.ts';
import { ChoiceField, periodChoices, ViewPanel } from '../app/views.tsx';
import { AttainmentView } from './attainment-view.tsx';
import { Chart } from './chart.tsx';
import { PayoutView } from './payout-view.tsx';
import { shownPeriod, VIEWS, type View, view } from './state.ts';
import { tell } from './words.ts';

/** The panel `charts`, mounted by the layout. */
export function ChartsPanel() {
  const ran = result.value;
  if (!ran || ran.statements.length === 0)
    return (
      <div class="view-empty">
        <h3>{tell('none.title')}</h3>
        <p>{tell('none.text')}</p>
      </div>
    );
  return (
    <ViewPanel
      label={tell('views')}
      views={VIEWS.map((id) => ({ id, label: tell(`view.${id}`) }))}
      current={view.value}
      onChange={(next) => {
        view.value = next;
      }}
      stale={tell('stale')}
      controls={<PeriodChoice result={ran} />}
    >
      <div class="ch-body">
        <Shown result={ran} view={view.value} />
      </div>
    </ViewPanel>
  );
}

function Shown({ result: ran, view: shown }: { readonly result: Result; readonly view: View }) {
  switch (shown) {
    case 'attainment':
      return <AttainmentView result={ran} period={shownPeriod.value} />;
    case 'payout':
      return <PayoutView result={ran} period={shownPeriod.value} />;
    case 'pay':
      return <PayView result={ran} />;
    case 'cost':
      return <CostView result={ran} />;
    default:
      return shown satisfies never;
  }
}

/** Of charts of one period: which. */
function PeriodChoice({ result: { periods: all } }: { readonly result: Result }) {
  if (all.length < 2 || (view.value !== 'attainment' && view.value !== 'payout')) return null;
  return (
    <ChoiceField
      label={tell('period')}
      choices={periodChoices(all)}
      value={shownPeriod.value}
      onChange={(next) => {
        shownPeriod.value = next;
      }}
    />
  );
}

/** Pay of each role, or of the person who is chosen, by period. */
function PayView({ result: ran }: { readonly result: Result }) {
  const language = locale.value;
  if (ran.periods.length < 2) return <RunLonger text={tell('none.pay')} />;
  const one = ran.statements.find((each) => each.person === person.value);
  const all = one ? payOfPerson(ran, one.person) : payByRole(ran);
  const what = one ? visible(one.name) : tell('show.roles');
  const drawing = overDrawing(all, {
    kind: one ? 'bars' : 'lines',
    title: tell('pay.title', { what }),
    periods: ran.periods,
    currency: ran.policy.currency,
    language,
    nameOf: ({ key, title }) => visible(title ?? (key === '' ? tell('own') : key)),
  });
  return <Chart drawing={drawing} />;
}

/** What all pay is made of, by period. */
function CostView({ result: ran }: { readonly result: Result }) {
  const language = locale.value;
  const all = costByPart(ran).filter((each) =>
    each.amounts.some((amount) => amount !== undefined && amount !== '0'),
  );
  if (all.length === 0) return <p class="view-empty">{tell('none.cost')}</p>;
  const drawing = overDrawing(all, {
    kind: 'stacked',
    title: tell('cost.title', { period: spanOf(ran.periods) }),
    periods: ran.periods,
    currency: ran.policy.currency,
    language,
    nameOf: (each) => partTitle(each, language),
  });
  return (
    <>
      <Chart drawing={drawing} />
      {ran.periods.length < 2 && <RunLonger />}
    </>
  );
}

function spanOf(all: readonly string[]): string {
  return all.length > 1 ? `${all[0]} – ${all.at(-1)}` : (all[0] ?? '');
}

/** A way to results of a longer time: those periods that hold the one at hand, the longest first. */
function RunLonger({ text }: { readonly text?: string }) {
  const longer = periods.value.groups
    .filter((each) => each.periods.length > 0)
    .slice(0, -1)
    .map(({ periods: all }) => all.find((each) => period.value.startsWith(each.slice(0, 4))) ?? all.at(-1)!);
  return (
    <div class="view-empty">
      {text !== undefined && <p>{text}</p>}
      {longer.map((each) => (
        <button
          key={each}
          type="button"
          class="view-button"
          onClick={() => {
            period.value = each;
          }}
        >
          {tell('run.longer', { period: each })}
        </button>
      ))}
    </div>
  );
}
