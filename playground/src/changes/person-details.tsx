// Why one person's pay moves: line by line, by which change, and what fell out otherwise.

import type { DiffFigures, PolicyDiff } from '../../../src/browser-questions.ts';
import { showPane } from '../app/actions.ts';
import { locale } from '../app/state.ts';
import { showPerson } from '../results/state.ts';
import { amountText, changeName, crossingText, deltaText } from './change-words.ts';
import { say } from './words.ts';

export function PersonDetails(props: {
  readonly person: string;
  readonly diff: PolicyDiff;
  readonly figures: DiffFigures;
}) {
  const { person, diff, figures } = props;
  const language = locale.value;
  const { currency, moved, crossings, causes, periods } = figures;
  const own = moved.filter((each) => each.person === person);
  const other = crossings.filter((each) => each.person === person && each.kind !== 'status');
  const causeText = (cause: number): string =>
    (causes[cause - 1]?.changes ?? [])
      .map((id) => diff.changes.find((each) => each.id === id))
      .map((each) => (each ? changeName(each) : ''))
      .join(' + ');
  return (
    <div class="person-details">
      <ul>
        {own.flatMap(({ period, role, lines }) =>
          lines
            .filter(({ delta, byCause }) => delta !== '0' || byCause.length > 0)
            .map((line) => (
              <li key={`${period} ${role} ${line.kind} ${line.name}`}>
                {periods.length > 1 && <span class="quiet-text">{period} </span>}
                {role !== null && `${role}: `}
                {line.kind === 'bonus' || line.kind === line.name ? line.name : `${line.kind} ${line.name}`}{' '}
                <span class="figure">
                  {amountText(language, line.before, currency)} → {amountText(language, line.after, currency)}
                </span>
                {causes.length > 1 && line.byCause.length > 0 && (
                  <span class="quiet-text">
                    {' '}
                    (
                    {line.byCause
                      .map(
                        ({ cause, delta }) =>
                          `${deltaText(language, delta, currency)} ${say('by', { causes: causeText(cause) })}`,
                      )
                      .join('; ')}
                    )
                  </span>
                )}
              </li>
            )),
        )}
      </ul>
      {other.length > 0 && (
        <>
          <strong>{say('crossings')}</strong>
          <ul>
            {other.map((each) => (
              <li key={`${each.period} ${each.role} ${each.kind} ${each.of}`}>
                {periods.length > 1 && <span class="quiet-text">{each.period} </span>}
                {crossingText(each)}
              </li>
            ))}
          </ul>
        </>
      )}
      <button
        type="button"
        class="link"
        onClick={() => {
          showPerson(person);
          showPane('results');
        }}
      >
        {say('statement')}
      </button>
    </div>
  );
}
