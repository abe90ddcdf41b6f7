// Language and colours of the document follow the state.

import { effect } from '@preact/signals';
import { systemDark } from './media.ts';
import { locale, theme } from './state.ts';
import { say } from './words.ts';

/** Whether the page is dark now. */
export function isDark(): boolean {
  return theme.value === 'dark' || (theme.value === 'system' && systemDark.value);
}

/** Starts following language and theme. */
export function startLook(): void {
  effect(() => {
    document.documentElement.lang = locale.value;
    document.title = say('app.title');
  });
  effect(() => {
    document.documentElement.dataset.theme = isDark() ? 'dark' : 'light';
  });
}
