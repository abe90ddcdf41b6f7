// What doesn't hold in a test: the condition, what was expected and found, and the values under its parts.

import { figureIn, lessOf } from '../../../src/browser-figures.ts';
import type { TestFailure, TestResult } from '../../../src/browser-questions.ts';
import { showInPolicy } from '../app/actions.ts';
import { locale } from '../app/state.ts';
import { WithNames } from '../app/with-names.tsx';
import { say } from './words.ts';

/** All that is wrong in a test that failed. */
export function Failures({ test }: { readonly test: TestResult }) {
  return (
    <ul class="test-failures">
      {test.failures.map((each) => (
        <li key={`${each.person} ${each.period} ${each.at.span.start}`}>
          <Failure failure={each} />
        </li>
      ))}
      {test.faults.map((each) => (
        <li key={`${each.code} ${each.message}`}>
          <span class="bad">
            <WithNames text={each.message} />
          </span>
          {each.help !== undefined && (
            <span class="quiet-text">
              {' — '}
              <WithNames text={each.help} />
            </span>
          )}
          {each.span && <PlaceLink span={each.span} label={say('show')} />}
        </li>
      ))}
      {test.unused.map(({ source, reason, rows }) => (
        <li key={`${source} ${reason}`} class="quiet-text">
          {say('unused', { count: rows, source, reason })}
        </li>
      ))}
    </ul>
  );
}

function Failure({ failure }: { readonly failure: TestFailure }) {
  const { person, period, role, at, condition, parts } = failure;
  const shown = new Map(
    parts
      .map((each) => [condition.slice(each.from, each.until), figureIn(locale.value, each.value)] as const)
      .filter(([text]) => text !== condition),
  );
  const expected = expectedText(failure);
  return (
    <>
      <div>
        <strong>
          {role === undefined ? say('whose', { person, period }) : say('whoseRole', { person, period, role })}
        </strong>{' '}
        <PlaceLink span={at.span} label={say('line', { line: at.line })} />
      </div>
      <code class="condition">{condition}</code>
      {expected !== '' && <div class="bad">{expected}</div>}
      {shown.size > 0 && (
        <ul class="parts">
          {[...shown].map(([text, value]) => (
            <li key={text}>
              <code>{text}</code> <span aria-hidden="true">=</span> <span>{value}</span>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** What was expected and found, and by how much they differ. */
function expectedText({ expected, found, value }: TestFailure): string {
  if (!expected || !found) return value === null ? say('isMissing') : '';
  const language = locale.value;
  const [wanted, got] = [figureIn(language, expected), figureIn(language, found)];
  // with all digits where they would read alike
  if (wanted === got && found !== 'top')
    return say('expected', { expected: expected.value ?? wanted, found: found.value ?? got });
  const text = say('expected', { expected: wanted, found: got });
  if (found === 'top' || expected.value === null || found.value === null || !DIFFER.has(found.type.kind))
    return text;
  const off = lessOf(found.value, expected.value);
  const amount = figureIn(language, { value: off.replace(/^-/, ''), type: found.type });
  return `${text}: ${say(off.startsWith('-') ? 'less' : 'more', { amount })}`;
}

const DIFFER: ReadonlySet<string> = new Set(['money', 'number', 'percent', 'duration']);

/** A link to a place of the policy. */
export function PlaceLink({
  span,
  label,
}: {
  readonly span: Parameters<typeof showInPolicy>[0];
  readonly label: string;
}) {
  return (
    <button type="button" class="link" onClick={() => showInPolicy(span)}>
      {label}
    </button>
  );
}
