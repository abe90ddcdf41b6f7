// What the versions say differently, and what each change moves.

import type { PolicyChange, PolicyDiff } from '../../../src/browser-questions.ts';
import { showInPolicy } from '../app/actions.ts';
import { locale, policy } from '../app/state.ts';
import { changeHow, changeName, deltaText } from './change-words.ts';
import { compareNow } from './changes-state.ts';
import { wayOf } from './figures.tsx';
import { lineSpan } from './line-span.ts';
import { say } from './words.ts';

export function Causes({ diff }: { readonly diff: PolicyDiff }) {
  const { changes, words, proofs, figures } = diff;
  const causes = figures?.causes ?? [];
  const causeOf = (id: number) => causes.find((each) => each.changes.includes(id));
  const canAverage =
    figures?.attribution.kind === 'in order' && causes.length > 1 && causes.length <= MOST_AVERAGED;
  return (
    <section aria-label={say('causes')}>
      <h3>{say('causes')}</h3>
      {changes.length === 0 && <p>{say('same')}</p>}
      <ol class="causes">
        {changes.map((change) => {
          const cause = causeOf(change.id);
          return (
            <li key={change.id}>
              <Change change={change} />
              {figures && cause && (
                <div class={wayOf(cause.delta)}>
                  {cause.people === 0
                    ? say('causeMovesNothing')
                    : say('causeMoves', {
                        delta: deltaText(locale.value, cause.delta, figures.currency),
                        count: cause.people,
                      })}
                  {cause.changes.length > 1 && <span class="quiet-text"> {say('together')}</span>}
                </div>
              )}
            </li>
          );
        })}
      </ol>
      {causes.length > 1 && figures && (
        <p class="quiet-text">
          {figures.attribution.kind === 'in order'
            ? say('inOrder')
            : say('averaged', { orders: figures.attribution.orders })}{' '}
          {canAverage && (
            <button type="button" class="link" onClick={() => void compareNow('average')}>
              {say('average')}
            </button>
          )}
        </p>
      )}
      {words.length > 0 && <p class="quiet-text">{say('words', { count: words.length })}</p>}
      {proofs.length > 0 && <p class="quiet-text">{say('proofs', { count: proofs.length })}</p>}
    </section>
  );
}

/** Past it all orders would take too long. */
const MOST_AVERAGED = 6;

function Change({ change }: { readonly change: PolicyChange }) {
  const { lines, place } = change;
  const file = policy.value.find((each) => each.name === place?.file);
  const name = changeName(change);
  return (
    <>
      {file && place ? (
        <button type="button" class="link" onClick={() => showInPolicy(lineSpan(file, place.line))}>
          {name}
        </button>
      ) : (
        name
      )}
      : {changeHow(change)}
      {lines.map((each) => (
        <div key={`${each.before} ${each.after}`} class="change-lines">
          {each.before !== undefined && (
            <del>
              <span class="hidden">{say('wasLine', { text: '' })}</span>
              {each.before}
            </del>
          )}
          {each.after !== undefined && (
            <ins>
              <span class="hidden">{say('isLine', { text: '' })}</span>
              {each.after}
            </ins>
          )}
        </div>
      ))}
    </>
  );
}
