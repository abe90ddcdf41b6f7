// The gallery: each example of the project, and an empty policy.

import { Dialog } from '../app/dialog.tsx';
import { closeDialog } from '../app/dialog-state.ts';
import { say, type WordKey } from '../app/words.ts';
import { EXAMPLES } from './examples.ts';
import { openExample, openInstead } from './restore.ts';
import { starter } from './starter.ts';

/** The window of examples. */
export function ExamplesDialog() {
  return (
    <Dialog title={say('bar.examples')} onClose={closeDialog} wide>
      <p>{say('example.choose')}</p>
      <ul class="cards">
        {EXAMPLES.map((each) => (
          <li key={each.folder}>
            <button type="button" class="card" onClick={() => void openExample(each).then(closeDialog)}>
              <strong>{say(`example.${each.folder}` as WordKey)}</strong>
              <span>{say(`example.${each.folder}.about` as WordKey)}</span>
              <small>
                {each.withoutData
                  ? say('example.wants', { files: each.data.map(({ file }) => file).join(', ') })
                  : say('example.holds', { files: each.policy.length, data: each.data.length })}
              </small>
            </button>
          </li>
        ))}
        <li>
          <button
            type="button"
            class="card"
            onClick={() => {
              openInstead(starter());
              closeDialog();
            }}
          >
            <strong>{say('example.empty')}</strong>
            <span>{say('example.empty.about')}</span>
          </button>
        </li>
      </ul>
    </Dialog>
  );
}
