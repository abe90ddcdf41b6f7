// The window that makes a link of what is open.

import { useEffect, useState } from 'preact/hooks';
import { Dialog } from '../app/dialog.tsx';
import { closeDialog } from '../app/dialog-state.ts';
import { say } from '../app/words.ts';
import { type WrittenLink, writeLink } from './link.ts';
import { snapshot } from './restore.ts';

/** The window that shows and copies the link. */
export function ShareDialog() {
  const [link, setLink] = useState<WrittenLink>();
  const [copied, setCopied] = useState<'yes' | 'no'>();
  useEffect(() => void writeLink(snapshot()).then(setLink), []);
  const address = link && `${location.origin}${location.pathname}${location.search}#${link.fragment}`;
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(address ?? '');
      setCopied('yes');
    } catch {
      setCopied('no');
    }
  };
  return (
    <Dialog title={say('bar.share')} onClose={closeDialog}>
      <p>{say('share.what')}</p>
      <label class="field">
        <span>{say('share.link')}</span>
        <textarea
          readOnly
          rows={4}
          value={address ?? ''}
          onFocus={({ currentTarget }) => currentTarget.select()}
        />
      </label>
      {link && !link.withData && <p class="warn">{say('share.withoutData')}</p>}
      <div class="actions">
        <button type="button" class="button main" disabled={!address} onClick={() => void copy()}>
          {say('share.copy')}
        </button>
        <span role="status">
          {copied === 'yes' ? say('share.copied') : copied === 'no' ? say('share.notCopied') : ''}
        </span>
      </div>
    </Dialog>
  );
}
