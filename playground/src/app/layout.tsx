// The page: the bar, the policy with its problems, results beside, data below them, and the status bar. On narrow screens
// one pane is shown at a time.

import { signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { ChangesPanel } from '../changes/panel.tsx';
import { ChartsPanel } from '../charts/panel.tsx';
import { DataPanel } from '../data/panel.tsx';
import { EditorPanel } from '../editor/panel.tsx';
import { ResultsPanel } from '../results/panel.tsx';
import { TestsPanel } from '../tests/panel.tsx';
import { showPane } from './actions.ts';
import { Bar } from './bar.tsx';
import { Dialogs } from './dialogs.tsx';
import { narrow } from './media.ts';
import { Notice } from './notice.tsx';
import { ProblemsPanel } from './problems.tsx';
import { Splitter } from './splitter.tsx';
import { allDiagnostics, PANES, type Pane, pane, sideTab } from './state.ts';
import { StatusBar } from './status.tsx';
import { Tabs } from './tabs.tsx';
import { say } from './words.ts';

const SIDE = ['results', 'charts', 'tests', 'changes'] as const;

const split = signal({ columns: 50, left: 74, right: 62 });

const PANELS: Readonly<Record<Pane, () => ComponentChildren>> = {
  policy: () => <EditorPanel />,
  problems: () => <ProblemsPanel />,
  data: () => <DataPanel />,
  results: () => <ResultsPanel />,
  charts: () => <ChartsPanel />,
  tests: () => <TestsPanel />,
  changes: () => <ChangesPanel />,
};

/** The whole page. */
export function App() {
  return (
    <div class={narrow.value ? 'app narrow' : 'app'}>
      <button type="button" class="skip" onClick={() => skipTo('policy')}>
        {say('app.skipToPolicy')}
      </button>
      <button type="button" class="skip" onClick={() => skipTo('results')}>
        {say('app.skipToResults')}
      </button>
      <Bar />
      <Notice />
      {narrow.value ? <NarrowPanes /> : <WidePanes />}
      <StatusBar />
      <Dialogs />
    </div>
  );
}

/** Moves the focus past the bar. */
function skipTo(to: 'policy' | 'results'): void {
  showPane(to);
  requestAnimationFrame(() => {
    const pane = document.querySelector<HTMLElement>(`#pane-${to}`);
    (
      pane?.querySelector<HTMLElement>('.monaco-editor textarea, .monaco-editor [contenteditable]') ?? pane
    )?.focus();
  });
}

function WidePanes() {
  const { columns, left, right } = split.value;
  const set = (part: Partial<typeof split.value>) => {
    split.value = { ...split.value, ...part };
  };
  return (
    <main class="panes" style={{ gridTemplateColumns: `${columns}fr 5px ${100 - columns}fr` }}>
      <div class="column" style={{ gridTemplateRows: `${left}fr 5px ${100 - left}fr` }}>
        <PaneBox id="policy" titled={false} />
        <Splitter
          label={say('split.left')}
          direction="rows"
          value={left}
          onChange={(next) => set({ left: next })}
        />
        <PaneBox id="problems" titled />
      </div>
      <Splitter
        label={say('split.columns')}
        direction="columns"
        value={columns}
        onChange={(next) => set({ columns: next })}
      />
      <div class="column" style={{ gridTemplateRows: `${right}fr 5px ${100 - right}fr` }}>
        <div class="pane">
          <Tabs
            label={say('pane.results')}
            prefix="pane"
            tabs={SIDE.map((id) => ({ id, label: say(`pane.${id}`) }))}
            current={sideTab.value}
            onChange={showPane}
          />
          <TabPanel key={sideTab.value} id={sideTab.value} />
        </div>
        <Splitter
          label={say('split.right')}
          direction="rows"
          value={right}
          onChange={(next) => set({ right: next })}
        />
        <PaneBox id="data" titled />
      </div>
    </main>
  );
}

function NarrowPanes() {
  const tabs = PANES.map((id) => ({
    id,
    label: say(`pane.${id}`),
    ...(id === 'problems' && { count: allDiagnostics.value.length }),
  }));
  return (
    <main class="panes">
      <Tabs label={say('pane.all')} prefix="pane" tabs={tabs} current={pane.value} onChange={showPane} />
      <TabPanel key={pane.value} id={pane.value} />
    </main>
  );
}

function TabPanel({ id }: { readonly id: Pane }) {
  return (
    <div
      class={`panel panel-${id}`}
      id={`pane-${id}`}
      role="tabpanel"
      aria-labelledby={`pane-tab-${id}`}
      tabIndex={-1}
    >
      {PANELS[id]()}
    </div>
  );
}

function PaneBox({ id, titled }: { readonly id: Pane; readonly titled: boolean }) {
  return (
    <section class="pane" aria-label={say(`pane.${id}`)}>
      {titled && <h2 class="pane-title">{say(`pane.${id}`)}</h2>}
      <div class={`panel panel-${id}`} id={`pane-${id}`} tabIndex={-1}>
        {PANELS[id]()}
      </div>
    </section>
  );
}
