// What can be done with the rows that are shown.

import { useRef } from 'preact/hooks';
import { Icon } from '../app/icon.tsx';
import { MenuButton, type MenuItem } from '../app/menu.tsx';
import { overview } from '../app/state.ts';
import type { DataFile } from '../worker/held.ts';
import { bringBack, fileBefore, historyOf, redoIn, removeFile, undoIn, view } from './data-state.ts';
import { downloadText } from './download.ts';
import { askAbout, takeFiles } from './drop.ts';
import { say, sourceName } from './words.ts';

export function Toolbar(props: {
  readonly file: DataFile;
  /** What is offered for the rows and columns that are chosen. */
  readonly edits?: readonly MenuItem[];
}) {
  const { file, edits } = props;
  const { done, undone } = historyOf(file);
  const isRead = overview.value?.sources.some((each) => each.name === file.name) ?? false;
  const more: readonly MenuItem[] = [
    { label: say('download'), run: () => downloadText(file.file, file.text) },
    {
      label: say('columns'),
      disabled: !isRead,
      run: () => askAbout(file, { sure: false, columns: {}, lacking: [] }),
    },
    { label: say('remove'), first: true, run: () => removeFile(file.name) },
    ...bringBackItem(file.name),
  ];
  return (
    <div class="data-tools" role="toolbar" aria-label={sourceName(file.name)}>
      <ViewSwitch />
      {edits && <MenuButton label={say('edit')} icon="plus" items={edits} />}
      <button
        type="button"
        class="button quiet"
        disabled={done.length === 0}
        aria-label={say('undo')}
        title={say('undo')}
        onClick={() => undoIn(file)}
      >
        <span aria-hidden="true">↶</span>
      </button>
      <button
        type="button"
        class="button quiet"
        disabled={undone.length === 0}
        aria-label={say('redo')}
        title={say('redo')}
        onClick={() => redoIn(file)}
      >
        <span aria-hidden="true">↷</span>
      </button>
      <FilesButton />
      <MenuButton label={say('more')} icon="down" items={more} />
    </div>
  );
}

/** The way back to the file that was there before. */
function bringBackItem(name: string): readonly MenuItem[] {
  const before = fileBefore(name);
  return before ? [{ label: say('bringBack', { file: before.file }), run: () => bringBack(name) }] : [];
}

function ViewSwitch() {
  return (
    <fieldset class="switch">
      <legend class="hidden">{say('view')}</legend>
      {(['grid', 'text'] as const).map((each) => (
        <label key={each}>
          <input
            type="radio"
            name="data-view"
            checked={view.value === each}
            onChange={() => {
              view.value = each;
            }}
          />
          <span>{say(each === 'grid' ? 'grid' : 'csv')}</span>
        </label>
      ))}
    </fieldset>
  );
}

/** Chooses files instead of dropping them. */
export function FilesButton() {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" class="button" title={say('dropHere')} onClick={() => input.current?.click()}>
        <Icon name="plus" />
        <span class="label">{say('files')}</span>
      </button>
      <input
        ref={input}
        type="file"
        hidden
        multiple
        tabIndex={-1}
        aria-label={say('files')}
        accept=".csv,.tsv,.txt,.json,.ndjson,.jsonl,.merit,.yaml,.yml,.xlsx,.xls"
        onChange={(event) => {
          const { currentTarget } = event;
          const files = [...(currentTarget.files ?? [])];
          // the same file can be chosen again
          currentTarget.value = '';
          void takeFiles(files);
        }}
      />
    </>
  );
}
