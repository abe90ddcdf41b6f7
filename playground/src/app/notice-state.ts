// Sentences for the user that belong to no pane, such as why a link can't be opened.

import { signal } from '@preact/signals';

export interface Told {
  readonly kind: 'bad' | 'note' | 'good';
  /** The sentence, in the page's language whenever it is read. */
  readonly text: () => string;
  /** What can be done about it, beside closing it. */
  readonly action?: { readonly label: () => string; readonly run: () => void };
}

/** The sentence that is shown. */
export const told = signal<Told | undefined>(undefined);

/** Shows a sentence until it is closed or another takes its place. */
export function tell(kind: Told['kind'], text: () => string, action?: Told['action']): void {
  told.value = { kind, text, ...(action && { action }) };
}
