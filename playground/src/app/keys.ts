// The page's own keys. Those of the editor are the editor's.

import { showPane } from './actions.ts';
import { openDialog } from './dialog-state.ts';
import { nextProblem } from './next-problem.ts';
import { PANES } from './state.ts';
import { runByHand } from './work.ts';

/** Starts listening. */
export function startKeys(): void {
  addEventListener('keydown', (event) => {
    if (event.defaultPrevented || document.querySelector('dialog[open]')) return;
    const action = actionOf(event);
    if (!action) return;
    event.preventDefault();
    action();
  });
}

function actionOf(event: KeyboardEvent): (() => void) | undefined {
  const { key, code, altKey, shiftKey } = event;
  const command = event.ctrlKey || event.metaKey;
  if (command && key === 'Enter') return () => void runByHand();
  if (command && !shiftKey && code === 'KeyS') return () => openDialog('versions');
  if (key === 'F8') return () => nextProblem(shiftKey ? 'back' : 'on');
  const pane = altKey && !command ? PANES[Number(/^Digit([1-9])$/.exec(code)?.[1] ?? 0) - 1] : undefined;
  if (!pane) return undefined;
  return () => {
    showPane(pane);
    requestAnimationFrame(() => document.getElementById(`pane-${pane}`)?.focus());
  };
}
