// The window that adds a file to the policy.

import { useState } from 'preact/hooks';
import { addFile } from '../app/actions.ts';
import { Dialog } from '../app/dialog.tsx';
import { closeDialog } from '../app/dialog-state.ts';
import { nameIn } from '../app/file-names.ts';
import { form, policy } from '../app/state.ts';
import { say } from '../app/words.ts';

/** The window that asks for a new file's name. */
export function NewFileDialog() {
  const [name, setName] = useState('');
  const full = nameIn(form.value, name.trim());
  const taken = policy.value.some((each) => each.name === full);
  const right = /^[\p{L}\p{N}_\-. ]+$/u.test(name.trim()) && !taken;
  return (
    <Dialog title={say('file.new')} onClose={closeDialog}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!right) return;
          addFile({ name: full, text: '' });
          closeDialog();
        }}
      >
        <label class="field">
          <span>{say('file.name')}</span>
          <input
            autofocus
            value={name}
            maxLength={80}
            placeholder="calendar"
            aria-invalid={taken}
            onInput={({ currentTarget }) => setName(currentTarget.value)}
          />
        </label>
        <p class="muted">{taken ? say('file.taken', { name: full }) : say('file.import', { name: full })}</p>
        <div class="actions">
          <button
            type="button"
            class="button main"
            disabled={!right}
            onClick={(event) => event.currentTarget.form?.requestSubmit()}
          >
            {say('file.add')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
