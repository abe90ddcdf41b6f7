// What the screen is like, as signals.

import { type Signal, signal } from '@preact/signals';

/** Whether one pane fits beside nothing else. */
export const narrow = matching('(max-width: 799px)');
/** Whether the system asks for dark colours. */
export const systemDark = matching('(prefers-color-scheme: dark)');

function matching(query: string): Signal<boolean> {
  const list = matchMedia(query);
  const matches = signal(list.matches);
  list.addEventListener('change', () => {
    matches.value = list.matches;
  });
  return matches;
}
