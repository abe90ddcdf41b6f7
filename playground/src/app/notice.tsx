// Sentences above the panes: what came from a link, what an example wants, what went wrong.

import { Icon } from './icon.tsx';
import { type Told, told } from './notice-state.ts';
import { about, untrusted } from './state.ts';
import { WithNames } from './with-names.tsx';
import { say } from './words.ts';
import { runByHand } from './work.ts';

const ABOUT: Readonly<Record<string, () => string>> = {
  'crm-pipeline': () => say('example.crmData'),
  'link without data': () => say('link.withoutData'),
  'session without data': () => say('kept.withoutData'),
};

/** The sentences, each closed by itself. */
export function Notice() {
  const example = about.value === undefined ? undefined : ABOUT[about.value];
  return (
    <div class="notices" aria-live="polite">
      {untrusted.value && (
        <div class="notice note">
          <Icon name="note" />
          <p>{say('link.untrusted')}</p>
          <button type="button" class="button" onClick={() => void runByHand()}>
            {say('bar.run')}
          </button>
        </div>
      )}
      {example && (
        <div class="notice note">
          <Icon name="note" />
          <p>{example()}</p>
          <CloseButton onClick={() => (about.value = undefined)} />
        </div>
      )}
      {told.value && (
        <div class={`notice ${told.value.kind}`}>
          <Icon name={told.value.kind === 'bad' ? 'error' : told.value.kind === 'good' ? 'check' : 'note'} />
          <p>
            <WithNames text={told.value.text()} />
          </p>
          {told.value.action && <ActionButton {...told.value.action} />}
          <CloseButton onClick={() => (told.value = undefined)} />
        </div>
      )}
    </div>
  );
}

function ActionButton({ label, run }: NonNullable<Told['action']>) {
  const act = () => {
    told.value = undefined;
    run();
  };
  return (
    <button type="button" class="button" onClick={act}>
      {label()}
    </button>
  );
}

function CloseButton({ onClick }: { readonly onClick: () => void }) {
  return (
    <button type="button" class="button quiet" aria-label={say('notice.close')} onClick={onClick}>
      <Icon name="close" />
    </button>
  );
}
