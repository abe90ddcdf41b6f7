// The policy's files and their editor. The editor's code comes after the page: until then the text stands there to read.

import { useEffect, useRef, useState } from 'preact/hooks';
import { removeFile } from '../app/actions.ts';
import { openDialog } from '../app/dialog-state.ts';
import { Icon } from '../app/icon.tsx';
import { activeFile, activePolicyFile, diagnostics, policy } from '../app/state.ts';
import { say } from '../app/words.ts';
import { loadEditor } from './load.ts';

/** The editor with a tab for each file. */
export function EditorPanel() {
  return (
    <div class="editor">
      <FileTabs />
      <Editor />
    </div>
  );
}

function FileTabs() {
  return (
    <div class="files">
      <div role="tablist" aria-label={say('file.all')}>
        {policy.value.map(({ id, name }) => {
          const errors = diagnostics.value.filter(
            (each) => each.severity === 'error' && each.span?.source === name,
          );
          return (
            <button
              key={id}
              type="button"
              role="tab"
              aria-selected={id === activePolicyFile.value.id}
              aria-controls="policy-editor"
              class={errors.length > 0 ? 'bad' : undefined}
              onClick={() => (activeFile.value = id)}
            >
              {name}
            </button>
          );
        })}
      </div>
      {policy.value.length > 1 && (
        <button
          type="button"
          class="button quiet"
          aria-label={say('file.remove', { name: activePolicyFile.value.name })}
          title={say('file.remove', { name: activePolicyFile.value.name })}
          onClick={() => removeFile(activePolicyFile.value.id)}
        >
          <Icon name="close" />
        </button>
      )}
      <button
        type="button"
        class="button quiet"
        aria-label={say('file.new')}
        title={say('file.new')}
        onClick={() => openDialog('newFile')}
      >
        <Icon name="plus" />
      </button>
    </div>
  );
}

function Editor() {
  const box = useRef<HTMLDivElement>(null);
  const [loaded, setLoaded] = useState<'no' | 'yes' | 'failed'>('no');
  useEffect(() => {
    let close: (() => void) | undefined;
    let closed = false;
    loadEditor().then(
      (openEditor) => {
        if (closed || !box.current) return;
        close = openEditor(box.current);
        setLoaded('yes');
      },
      () => setLoaded('failed'),
    );
    return () => {
      closed = true;
      close?.();
    };
  }, []);
  return (
    <div class="editor-box" id="policy-editor">
      {loaded !== 'yes' && <pre class="editor-waits">{activePolicyFile.value.text}</pre>}
      {loaded === 'failed' && <p class="empty bad">{say('editor.notLoaded')}</p>}
      <div class="editor-host" ref={box} />
    </div>
  );
}
