// The windows over the page.

import type { ComponentChildren } from 'preact';
import { NewFileDialog } from '../editor/new-file-dialog.tsx';
import { ExamplesDialog } from '../share/examples-dialog.tsx';
import { ShareDialog } from '../share/share-dialog.tsx';
import { VersionsDialog } from '../share/versions-dialog.tsx';
import { type DialogName, dialog } from './dialog-state.ts';
import { HelpDialog } from './help.tsx';

const DIALOGS: Readonly<Record<DialogName, () => ComponentChildren>> = {
  examples: () => <ExamplesDialog />,
  share: () => <ShareDialog />,
  versions: () => <VersionsDialog />,
  help: () => <HelpDialog />,
  newFile: () => <NewFileDialog />,
};

/** The window that is open, if any. */
export function Dialogs() {
  return <>{dialog.value && DIALOGS[dialog.value]()}</>;
}
