// What the tests take of the policy's decisions: the percentage, and each line with ways that no test takes.

import { policy } from '../app/state.ts';
import { WithNames } from '../app/with-names.tsx';
import { coverageLines } from './coverage-lines.ts';
import { PlaceLink } from './failure.tsx';
import { isEarlier, marked, tested } from './tests-state.ts';
import { say } from './words.ts';

export function Coverage() {
  const coverage = tested.value?.coverage;
  if (!coverage) return <p class="quiet-text">{say('coverageAfter')}</p>;
  const { percent, covered, total, impossible } = coverage;
  const open = coverageLines(coverage).filter((each) => each.kind !== 'taken');
  if (total === 0) return <p class="quiet-text">{say('noDecisions')}</p>;
  const several = policy.value.length > 1;
  return (
    <>
      <p>
        <meter min={0} max={100} value={percent} aria-label={say('coverage')} />{' '}
        {say('percent', { percent, covered, total })}
      </p>
      <label class="check">
        <input
          type="checkbox"
          checked={marked.value}
          onChange={(event) => {
            marked.value = event.currentTarget.checked;
          }}
        />{' '}
        {say('mark')}
      </label>
      {open.length === 0 ? (
        <p class="good">{say('allTaken')}</p>
      ) : (
        <>
          <h4>{say('lines')}</h4>
          <ul class="coverage-lines">
            {open.map((each) => (
              <li key={`${each.file} ${each.line}`}>
                <span class={`way ${each.kind}`} aria-hidden="true" />
                {isEarlier.value ? (
                  say('line', { line: each.line })
                ) : (
                  <PlaceLink
                    span={each.span}
                    label={say(several ? 'lineOf' : 'line', { line: each.line, file: each.file })}
                  />
                )}{' '}
                <span class="quiet-text">{say(each.kind, { taken: each.taken, total: each.total })}</span>
                <ul>
                  {each.missed.map((way) => (
                    <li key={way}>
                      <WithNames text={say('missedWay', { way })} />
                    </li>
                  ))}
                </ul>
              </li>
            ))}
          </ul>
        </>
      )}
      {impossible.length > 0 && <p class="quiet-text">{say('cannot', { count: impossible.length })}</p>}
    </>
  );
}
