// What one row of an event moved: whom it credits, and each amount without it and with it.

import {
  creditedText,
  type EventExplanation,
  groupsOf,
  movedCells,
  movedTitle,
  passedText,
  visible,
  WORDS,
} from '../../../src/browser-figures.ts';
import { locale, result } from '../app/state.ts';
import { ask } from '../worker/client.ts';
import { useAnswer } from './answer.ts';
import { Messages } from './messages.tsx';
import { Sentence, Sentences } from './sentence.tsx';
import { tell } from './words.ts';

/** Which row is asked about, and in which period. */
export interface AskedRow {
  readonly event: string;
  readonly key: string;
  readonly period: string;
}

/** The answer, asked of the worker. */
export function MovedByRow({ row, onClose }: { readonly row: AskedRow; readonly onClose: () => void }) {
  const { event, key, period } = row;
  const ran = result.value;
  const answer = useAnswer(
    (signal) =>
      ask(
        'results.moved',
        { event, key, period, allowRejects: ran?.rejectsAllowed ?? false },
        { signal, keep: 'each' },
      ),
    [event, key, period, ran],
  );
  return (
    <section class="rs-moved" aria-label={tell('moved.title')}>
      <button type="button" class="view-button rs-close" onClick={onClose}>
        {tell('moved.close')}
      </button>
      {answer === 'waiting' ? (
        <p class="view-note">{tell('explain.wait')}</p>
      ) : answer.value ? (
        <Moved explanation={answer.value} />
      ) : (
        <Messages lead={tell('explain.failed')} diagnostics={answer.diagnostics} />
      )}
    </section>
  );
}

function Moved({ explanation }: { readonly explanation: EventExplanation }) {
  const language = locale.value;
  const say = WORDS[language];
  const { fields, moved } = explanation;
  return (
    <>
      <h4>{movedTitle(explanation, language)}</h4>
      <p class="view-note">
        {fields.map(({ name, text }) => `${visible(name)} ${visible(text)}`).join(', ')}
      </p>
      <p>
        <Sentence text={creditedText(explanation, language)} />
      </p>
      {moved.length === 0 && <p>{say.movedNothing}</p>}
      {groupsOf(explanation).map(({ title, all }) => (
        <div key={title} class="rs-scroll">
          <table>
            <caption>{title}</caption>
            <thead>
              <tr>
                <th scope="col">{tell('paid.of')}</th>
                {[say.without, say.with, say.change].map((each) => (
                  <th key={each} scope="col" class="view-right">
                    {each}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {all.map((each) => {
                const [name, ...cells] = movedCells(each, language);
                return (
                  <tr key={`${each.what} ${each.of} ${each.role ?? ''}`}>
                    <th scope="row">
                      <Sentence text={name ?? ''} />
                    </th>
                    {cells.map((cell, at) => (
                      <td key={at} class="view-right">
                        {cell}
                      </td>
                    ))}
                  </tr>
                );
              })}
            </tbody>
          </table>
          <Sentences texts={all.flatMap((each) => passedText(each, language))} />
        </div>
      ))}
    </>
  );
}
