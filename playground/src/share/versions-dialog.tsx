// The window of saved versions: the policy as it was, to go back to and to compare with.

import { useState } from 'preact/hooks';
import { restorePolicy, saveVersion } from '../app/actions.ts';
import { Dialog } from '../app/dialog.tsx';
import { closeDialog } from '../app/dialog-state.ts';
import { locale, saved } from '../app/state.ts';
import { say } from '../app/words.ts';

/** The window of saved versions. */
export function VersionsDialog() {
  const [name, setName] = useState('');
  const format = new Intl.DateTimeFormat(locale.value, { dateStyle: 'medium', timeStyle: 'short' });
  const save = () => {
    saveVersion(name.trim() || say('versions.unnamed', { number: saved.value.length + 1 }));
    setName('');
  };
  return (
    <Dialog title={say('bar.versions')} onClose={closeDialog}>
      <p>{say('versions.what')}</p>
      <form
        class="actions"
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <label class="field">
          <span>{say('versions.name')}</span>
          <input value={name} maxLength={100} onInput={({ currentTarget }) => setName(currentTarget.value)} />
        </label>
        <button type="button" class="button main" onClick={save}>
          {say('versions.save')}
        </button>
      </form>
      {saved.value.length === 0 && <p class="muted">{say('versions.none')}</p>}
      <ul class="versions">
        {saved.value.toReversed().map((each) => (
          <li key={each.at}>
            <span class="named">
              <strong>{each.name}</strong> <small>{format.format(each.at)}</small>
            </span>
            <button
              type="button"
              class="button"
              onClick={() => {
                restorePolicy(each.policy);
                closeDialog();
              }}
            >
              {say('versions.restore')}
            </button>
            <button
              type="button"
              class="button quiet"
              onClick={() => {
                saved.value = saved.value.filter((other) => other !== each);
              }}
            >
              {say('versions.remove', { name: each.name })}
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
