// The window of keys, and what the page does with what people give it.

import { Dialog } from './dialog.tsx';
import { closeDialog } from './dialog-state.ts';
import { say } from './words.ts';

const KEYS = [
  ['Ctrl+Enter', 'keys.run'],
  ['F8', 'keys.nextProblem'],
  ['Shift+F8', 'keys.previousProblem'],
  ['Ctrl+.', 'keys.fix'],
  ['Ctrl+Space', 'keys.complete'],
  ['F12', 'keys.definition'],
  ['Shift+F12', 'keys.references'],
  ['F2', 'keys.rename'],
  ['Ctrl+Shift+O', 'keys.outline'],
  ['Shift+Alt+F', 'keys.format'],
  ['Ctrl+S', 'keys.save'],
  ['Ctrl+M', 'keys.tab'],
  ['Alt+1 … Alt+7', 'keys.panes'],
  ['F1', 'keys.commands'],
] as const;

/** Keys, and where everything stays. */
export function HelpDialog() {
  return (
    <Dialog title={say('bar.help')} onClose={closeDialog}>
      <p>{say('help.private')}</p>
      <table class="keys">
        <tbody>
          {KEYS.map(([keys, meaning]) => (
            <tr key={keys}>
              <th scope="row">
                <kbd>{keys}</kbd>
              </th>
              <td>{say(meaning)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Dialog>
  );
}
