// The panel of tests: each with what came of it, what all of them take of the policy, and recording new ones.

import './tests.css';
import { useEffect, useState } from 'preact/hooks';
import { Icon } from '../app/icon.tsx';
import { autoRun, diagnostics, overview, policy, untrusted } from '../app/state.ts';
import { Coverage } from './coverage.tsx';
import { Failures, PlaceLink } from './failure.tsx';
import { RecordTest } from './record.tsx';
import { fault, isEarlier, running, runTestsNow, stopTests, tested } from './tests-state.ts';
import { say } from './words.ts';

/** How long typing rests before tests run again. */
const PAUSE = 700;

/** The panel `tests`, mounted by the layout. */
export function TestsPanel() {
  const [onlyFailed, setOnlyFailed] = useState(false);
  const names = overview.value?.tests ?? [];
  const isBroken = diagnostics.value.some(({ severity }) => severity === 'error');
  const wants = autoRun.value && !untrusted.value && !isBroken && names.length > 0;
  const files = policy.value;
  useEffect(() => {
    // one that was run by itself doesn't stand for all
    const last = tested.peek();
    if (!wants || (last?.policy === files && (last.coverage || running.peek() !== undefined))) return;
    const timer = setTimeout(() => void runTestsNow(), PAUSE);
    return () => clearTimeout(timer);
  }, [wants, files, overview.value]);
  const results = tested.value?.results;
  const passed = [...(results?.values() ?? [])].filter((each) => each.passed).length;
  const failed = (results?.size ?? 0) - passed;
  const now = running.value;
  return (
    <div class="tests-panel">
      <div class="test-tools">
        {now === undefined ? (
          <button
            type="button"
            class="button main"
            disabled={isBroken || names.length === 0 || untrusted.value}
            onClick={() => void runTestsNow()}
          >
            <Icon name="play" />
            <span class="label">{say('runAll')}</span>
          </button>
        ) : (
          <button type="button" class="button" onClick={stopTests}>
            <Icon name="stop" />
            <span class="label">{say('stop')}</span>
          </button>
        )}
        <span role="status">
          {now !== undefined
            ? say('running', { number: now + 1, total: names.length, name: names[now] ?? '' })
            : results && results.size > 0
              ? say('sum', { passed, total: names.length })
              : ''}
          {failed > 0 && <strong class="bad"> {say('failedSum', { count: failed })}</strong>}
        </span>
        {failed > 0 && (
          <label class="check">
            <input
              type="checkbox"
              checked={onlyFailed}
              onChange={(event) => setOnlyFailed(event.currentTarget.checked)}
            />{' '}
            {say('onlyFailed')}
          </label>
        )}
      </div>
      {untrusted.value && <p class="doubt">{say('notTrusted')}</p>}
      {isBroken ? (
        <p class="doubt">{say('noPolicy')}</p>
      ) : (
        isEarlier.value && <p class="doubt">{say('earlier')}</p>
      )}
      {fault.value !== undefined && <p class="bad">{fault.value}</p>}
      {names.length === 0 && <p class="quiet-text">{say('none')}</p>}
      <ul class="test-list" aria-label={say('title')}>
        {names.map((name, at) =>
          onlyFailed && failed > 0 && results?.get(at)?.passed !== false ? null : (
            <li key={`${at} ${name}`}>
              <TestRow at={at} name={name} disabled={isBroken || untrusted.value} />
            </li>
          ),
        )}
      </ul>
      <section aria-label={say('coverage')}>
        <h3>{say('coverage')}</h3>
        <Coverage />
      </section>
      <section aria-label={say('record')}>
        <h3>{say('record')}</h3>
        <RecordTest />
      </section>
    </div>
  );
}

function TestRow({
  at,
  name,
  disabled,
}: {
  readonly at: number;
  readonly name: string;
  readonly disabled: boolean;
}) {
  const result = tested.value?.results.get(at);
  const state =
    running.value === at ? 'runs' : result === undefined ? 'notRun' : result.passed ? 'passed' : 'failed';
  return (
    <>
      <div class="test-row">
        <span class={`test-state ${state}`}>
          <span aria-hidden="true">{SIGNS[state]}</span>
          <span class="hidden">{say(state)}: </span>
        </span>
        {result && !isEarlier.value ? <PlaceLink span={result.at.span} label={name} /> : <span>{name}</span>}
        <button
          type="button"
          class="button quiet"
          disabled={disabled}
          aria-label={`${say('runOne')}: ${name}`}
          title={say('runOne')}
          onClick={() => void runTestsNow([at])}
        >
          <Icon name="play" />
        </button>
      </div>
      {result && !result.passed && <Failures test={result} />}
    </>
  );
}

const SIGNS = { runs: '…', notRun: '·', passed: '✓', failed: '✗' } as const;
