// The panel of changes: what the policy says otherwise than a version of it, and whose pay that moves. It follows edits.

import './changes.css';
import { useEffect } from 'preact/hooks';
import type { Diagnostic } from '../../../src/browser-engine.ts';
import { saveVersion } from '../app/actions.ts';
import { data, diagnostics, locale, period, policy, saved, untrusted } from '../app/state.ts';
import { WithNames } from '../app/with-names.tsx';
import { Causes } from './causes.tsx';
import {
  answer,
  baseline,
  chosen,
  compareNow,
  comparing,
  fault,
  forget,
  isSame,
  shownDiff,
} from './changes-state.ts';
import { Figures } from './figures.tsx';
import { say } from './words.ts';

/** How long typing rests before versions are compared again. */
const PAUSE = 350;

/** The panel `changes`, mounted by the layout. */
export function ChangesPanel() {
  const isBroken = diagnostics.value.some(({ severity }) => severity === 'error');
  const same = isSame.value;
  const before = baseline.value;
  const files = policy.value;
  const rows = data.value;
  useEffect(() => {
    if (same) forget();
    if (same || isBroken || untrusted.value) return;
    const timer = setTimeout(() => void compareNow('in order'), PAUSE);
    return () => clearTimeout(timer);
  }, [same, isBroken, untrusted.value, before, files, rows, period.value]);
  const diff = same ? undefined : shownDiff.value;
  return (
    <div class="changes-panel">
      <div class="change-tools">
        <VersionChoice />
        <button type="button" class="button" title={say('saveHow')} onClick={saveNow}>
          {say('save')}
        </button>
        <span class="quiet-text" role="status">
          {comparing.value && !same ? say('comparing') : ''}
        </span>
      </div>
      <Sentences isBroken={isBroken} same={same} />
      {diff && (
        <div class={isBroken || comparing.value ? 'earlier' : undefined}>
          {diff.figures && <Figures diff={diff} figures={diff.figures} />}
          <Causes diff={diff} />
        </div>
      )}
    </div>
  );
}

function VersionChoice() {
  const time = new Intl.DateTimeFormat(locale.value, { dateStyle: 'short', timeStyle: 'short' });
  return (
    <label>
      {say('compareWith')}{' '}
      <select
        value={baseline.value.at ?? 'opened'}
        onChange={({ currentTarget: { value } }) => {
          chosen.value = value === 'opened' ? 'opened' : Number(value);
        }}
      >
        {saved.value.toReversed().map(({ name, at }) => (
          <option key={at} value={at}>
            {say('version', { name, time: time.format(at) })}
          </option>
        ))}
        <option value="opened">{say('opened')}</option>
      </select>
    </label>
  );
}

/** Saves the policy under the next number, and compares with it from then on. */
function saveNow(): void {
  chosen.value = undefined;
  saveVersion(String(saved.value.length + 1));
}

/** What there is to say beside figures: nothing changed, what can't be compared and why. */
function Sentences({ isBroken, same }: { readonly isBroken: boolean; readonly same: boolean }) {
  if (fault.value !== undefined) return <p class="bad">{fault.value}</p>;
  if (same)
    return (
      <>
        <p>{say('nothing')}</p>
        <p class="quiet-text">{say('how')}</p>
      </>
    );
  if (untrusted.value) return <p class="doubt">{say('notTrusted')}</p>;
  if (isBroken) return <p class="doubt">{say(shownDiff.value ? 'brokenNow' : 'brokenNowOnly')}</p>;
  const found = answer.value;
  if (!found) return null;
  if (found.kind === 'diff')
    return found.missing.length > 0 ? (
      <p class="doubt">{say('missing', { names: found.missing.join(', ') })}</p>
    ) : period.value === '' ? (
      <p class="doubt">{say('noPeriod')}</p>
    ) : null;
  switch (found.of) {
    case 'after':
      return <p class="doubt">{say('brokenNowOnly')}</p>;
    case 'before':
      return <p class="doubt">{say('brokenBefore')}</p>;
    case 'run':
      return (
        <>
          <p class="doubt">{say('notRun')}</p>
          <Messages diagnostics={found.diagnostics} />
        </>
      );
    default:
      return found.of satisfies never;
  }
}

/** How many messages are shown: the list of problems has them all. */
const MOST_SHOWN = 5;

function Messages({ diagnostics: found }: { readonly diagnostics: readonly Diagnostic[] }) {
  const errors = found.filter(({ severity }) => severity === 'error');
  return (
    <ul class="bad">
      {errors.slice(0, MOST_SHOWN).map((each) => (
        <li key={`${each.message} ${each.data?.row}`}>
          <WithNames text={each.message} />
        </li>
      ))}
      {errors.length > MOST_SHOWN && <li>{say('moreRows', { count: errors.length - MOST_SHOWN })}</li>}
    </ul>
  );
}
