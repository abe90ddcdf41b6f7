// The charts of a run: attainment against target, payout curves with people on them, pay over time, and what pay is made of.

import './charts.css';
import { useId } from 'preact/hooks';
import { type Result, visible, WORDS } from '../../../src/browser-figures.ts';
import { locale, period, periods, person, result, stale } from '../app/state.ts';
import { AttainmentView } from './attainment-view.tsx';
import { Chart } from './chart.tsx';
import { overDrawing, partTitle } from './over-chart.ts';
import { PayoutView } from './payout-view.tsx';
import { costByPart, payByRole, payOfPerson } from './series.ts';
import { shownPeriod, VIEWS, type View, view } from './state.ts';
import { tell } from './words.ts';

/** The panel `charts`, mounted by the layout. */
export function ChartsPanel() {
  const ran = result.value;
  if (!ran || ran.statements.length === 0)
    return (
      <div class="ch-empty">
        <h3>{tell('none.title')}</h3>
        <p>{tell('none.text')}</p>
      </div>
    );
  return (
    <div class="ch-panel">
      <div class="ch-bar">
        <fieldset class="ch-views">
          <legend class="ch-hidden">{tell('views')}</legend>
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
        {(view.value === 'attainment' || view.value === 'payout') && <PeriodChoice result={ran} />}
        <OfEarlier />
      </div>
      <div class="ch-body">
        <Shown result={ran} view={view.value} />
      </div>
    </div>
  );
}

/** Its place is kept, so that what is below doesn't move at each key. */
function OfEarlier() {
  return <span class={stale.value ? 'ch-earlier' : 'ch-earlier ch-none'}>{tell('stale')}</span>;
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

function PeriodChoice({ result: ran }: { readonly result: Result }) {
  const id = useId();
  if (ran.periods.length < 2) return null;
  return (
    <div class="ch-field">
      <label for={id}>{tell('period')}</label>
      <select
        id={id}
        value={shownPeriod.value}
        onChange={(event) => {
          shownPeriod.value = event.currentTarget.value;
        }}
      >
        {ran.periods.map((each) => (
          <option key={each} value={each}>
            {each}
          </option>
        ))}
      </select>
    </div>
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
  if (all.length === 0) return <p class="ch-empty">{tell('none.cost')}</p>;
  const { cap, floor, draw, recovery, excess } = WORDS[language];
  const drawing = overDrawing(all, {
    kind: 'stacked',
    title: tell('cost.title', { period: spanOf(ran.periods) }),
    periods: ran.periods,
    currency: ran.policy.currency,
    language,
    nameOf: (each) => partTitle(each, { cap, floor, draw, recovery, excess }),
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
    <div class="ch-empty">
      {text !== undefined && <p>{text}</p>}
      {longer.map((each) => (
        <button
          key={each}
          type="button"
          class="ch-small"
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
