// What was opened last, as it was then: the text of the policy before its first edit.

import { effect, signal } from '@preact/signals';
import type { Source } from '../../../src/browser-engine.ts';
import { policy } from './state.ts';

/** The policy as it was opened; another object whenever something is opened. */
export const opened = signal<readonly Source[]>([]);

let ids: ReadonlySet<string> = new Set();
effect(() => {
  const files = policy.value;
  // what is opened takes the place of all files at once, which edits never do
  if (!files.some((each) => ids.has(each.id))) opened.value = files.map(({ name, text }) => ({ name, text }));
  ids = new Set(files.map((each) => each.id));
});
