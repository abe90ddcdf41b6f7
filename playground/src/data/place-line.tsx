// The line below the grid: where the active cell is, what it holds in full, and what is wrong with it.

import { markedRows } from '../app/state.ts';
import { WithNames } from '../app/with-names.tsx';
import { say } from './words.ts';

export function PlaceLine(props: {
  readonly place: string;
  readonly value: string;
  readonly message: string | undefined;
  readonly problems: number;
  readonly onNextProblem: () => void;
  readonly marked: number;
  readonly onNextMarked: () => void;
}) {
  const { place, value, message, problems, onNextProblem, marked, onNextMarked } = props;
  return (
    <div class="place-line">
      <span class="quiet">{place}</span>
      {message === undefined ? (
        <span class="place-value">{value}</span>
      ) : (
        <span class="bad" role="status">
          <WithNames text={message} />
        </span>
      )}
      <span class="place-tools">
        {problems > 0 && (
          <>
            <span class="bad">{say('problems', { count: problems })}</span>
            <button type="button" class="link" onClick={onNextProblem}>
              {say('nextProblem')}
            </button>
          </>
        )}
        {marked > 0 && (
          <>
            <span class="marked-count">{say('marked', { count: marked })}</span>
            <button type="button" class="link" onClick={onNextMarked}>
              {say('nextMarked')}
            </button>
            <button
              type="button"
              class="link"
              onClick={() => {
                markedRows.value = [];
              }}
            >
              {say('clearMarks')}
            </button>
          </>
        )}
      </span>
    </div>
  );
}
