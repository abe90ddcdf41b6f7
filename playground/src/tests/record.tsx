// Recording: what a statement says becomes a test of the policy.

import { useState } from 'preact/hooks';
import { addFile, editFile, showInPolicy } from '../app/actions.ts';
import { formOf } from '../app/file-names.ts';
import { activePolicyFile, period, person, policy, result } from '../app/state.ts';
import { WithNames } from '../app/with-names.tsx';
import { ask, Dropped } from '../worker/client.ts';
import { withTests } from './insert-test.ts';
import { say } from './words.ts';

interface Said {
  readonly kind: 'good' | 'bad';
  readonly texts: readonly string[];
}

export function RecordTest() {
  const [chosen, setChosen] = useState<string>();
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState<Said>();
  const statements = result.value?.statements ?? [];
  const people = [...new Map(statements.map((each) => [each.person, each.name]))];
  const whose = chosen ?? person.value;
  const known = people.some(([id]) => id === whose) ? whose : '';
  const record = async () => {
    setBusy(true);
    setSaid(undefined);
    try {
      setSaid(await recordOf(known));
    } catch (error) {
      if (!(error instanceof Dropped))
        setSaid({ kind: 'bad', texts: [error instanceof Error ? error.message : String(error)] });
    }
    setBusy(false);
  };
  if (people.length === 0) return <p class="quiet-text">{say('needsRun')}</p>;
  return (
    <>
      <p class="quiet-text">{say('recordWhy')}</p>
      <div class="test-tools">
        <label>
          {say('recordOf')}{' '}
          <select value={known} onChange={(event) => setChosen(event.currentTarget.value)}>
            <option value="" disabled>
              {say('choosePerson')}
            </option>
            {people.map(([id, name]) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <button type="button" class="button" disabled={busy || known === ''} onClick={() => void record()}>
          {say(busy ? 'recordRuns' : 'recordNow')}
        </button>
      </div>
      <div role="status">
        {said?.texts.map((each) => (
          <p key={each} class={said.kind}>
            <WithNames text={each} />
          </p>
        ))}
      </div>
    </>
  );
}

/** Records the tests of a person, and puts them into the policy. */
async function recordOf(whose: string): Promise<Said> {
  const file = activePolicyFile.value;
  const form = formOf(file.name);
  const before = policy.value;
  const { recorded, diagnostics } = await ask(
    'tests.record',
    { person: whose, period: period.value, form },
    { lane: 'long' },
  );
  const left = (recorded?.leftOut ?? []).map((what) => say('leftOut', { what }));
  if (!recorded || recorded.tests.length === 0) {
    const errors = diagnostics.filter(({ severity }) => severity === 'error').map(({ message }) => message);
    return { kind: 'bad', texts: [say('recordedNothing'), ...left, ...errors] };
  }
  const current = policy.value.find(({ id }) => id === file.id);
  // it is written after what stands there now, even if that has changed in the meantime
  const inserted = current && withTests(current, recorded.text);
  if (inserted && current) {
    editFile(current.id, inserted.text);
    showInPolicy(inserted.span);
  } else {
    const name = freeFile(
      form === 'yaml' ? 'recorded.merit.yaml' : 'recorded.merit',
      before.map((each) => each.name),
    );
    addFile({ name, text: recorded.text });
    return { kind: 'good', texts: [say('recorded', { count: recorded.rows, file: name }), ...left] };
  }
  return { kind: 'good', texts: [say('recorded', { count: recorded.rows, file: file.name }), ...left] };
}

function freeFile(name: string, taken: readonly string[]): string {
  if (!taken.includes(name)) return name;
  for (let at = 2; ; at++) {
    const tried = name.replace('recorded', `recorded-${at}`);
    if (!taken.includes(tried)) return tried;
  }
}
