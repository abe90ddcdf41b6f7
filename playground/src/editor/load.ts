// The editor's code, and before it the editor's own words in the page's language: they are read once, so another language
// shows in its menus when the page is opened again.

import { locale } from '../app/state.ts';

/** Loads the editor; what opens it. */
export async function loadEditor(): Promise<(host: HTMLElement) => () => void> {
  if (locale.peek() === 'ru') await import('monaco-editor/nls/lang/ru.js');
  return (await import('./editor.ts')).openEditor;
}
