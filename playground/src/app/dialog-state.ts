// Which window is open over the page.

import { signal } from '@preact/signals';

export type DialogName = 'examples' | 'share' | 'versions' | 'help' | 'newFile';

export const dialog = signal<DialogName | undefined>(undefined);

/** Opens a window in place of any other. */
export function openDialog(name: DialogName): void {
  dialog.value = name;
}

/** Closes the window. */
export function closeDialog(): void {
  dialog.value = undefined;
}
