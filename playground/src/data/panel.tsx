// The data panel: a tab for each kind of rows, shown as a grid or as text, and files dropped on it.

import './data.css';
import { useEffect } from 'preact/hooks';
import { overview } from '../app/state.ts';
import { Tabs } from '../app/tabs.tsx';
import { shown, showSource, tabs, view } from './data-state.ts';
import { dragging, followDrops } from './drop.ts';
import { EmptySource } from './empty-source.tsx';
import { DataDialogs } from './map-dialog.tsx';
import { TableView } from './table-view.tsx';
import { isJson, recordsOf, tableOf } from './tables.ts';
import { TextView } from './text-view.tsx';
import { FilesButton } from './toolbar.tsx';
import { say, sourceName } from './words.ts';

followDrops();

/** The panel `data`, mounted by the layout. */
export function DataPanel() {
  const tab = shown.value;
  useEffect(() => {
    document.getElementById(`data-tab-${tab?.name}`)?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [tab?.name]);
  return (
    <div class="data-panel">
      {tab ? (
        <>
          <Tabs
            label={say('sources')}
            prefix="data"
            tabs={tabs.value.map(({ name, file }) => ({
              id: name,
              label: sourceName(name),
              ...(file && { count: Math.max(0, recordsOf(tableOf(file)).length - 1) }),
            }))}
            current={tab.name}
            onChange={showSource}
          />
          <div
            class="data-body"
            id={`data-${tab.name}`}
            role="tabpanel"
            aria-labelledby={`data-tab-${tab.name}`}
          >
            {!tab.file ? (
              <EmptySource tab={tab} />
            ) : view.value === 'text' ? (
              <TextView key={tab.name} file={tab.file} />
            ) : (
              <TableView key={`${tab.name} ${isJson(tab.file.file)}`} file={tab.file} need={tab.need} />
            )}
          </div>
        </>
      ) : (
        <div class="empty">
          <p>{overview.value ? say('dropHere') : say('nothingOpen')}</p>
          <FilesButton />
        </div>
      )}
      {dragging.value && <p class="drop-here">{say('dropHere')}</p>}
      <DataDialogs />
    </div>
  );
}
