// How a file's cells and numbers are written, as `merit.config.yaml` says it too.

import type { Dialect } from '../../../src/browser-data.ts';
import { say } from './words.ts';

type Words = Parameters<typeof say>[0];

const DELIMITERS: readonly (readonly [string, Words])[] = [
  ['', 'byHeading'],
  [',', 'comma'],
  [';', 'semicolon'],
  ['\t', 'tab'],
  ['|', 'bar'],
];
const DECIMALS: readonly (readonly [string, Words])[] = [
  ['', 'point'],
  [',', 'comma'],
];
const THOUSANDS: readonly (readonly [string, Words])[] = [
  ['', 'none'],
  [' ', 'space'],
  ['\u00a0', 'noBreakSpace'],
  ['\u202f', 'narrowSpace'],
  [',', 'comma'],
  ['.', 'point'],
  ["'", 'apostrophe'],
];
const PERCENTS: readonly (readonly [string, Words])[] = [
  ['', 'percentSign'],
  ['fractions', 'fractions'],
];

/** The choices, each with its default first. */
export function NumberChoices(props: {
  readonly dialect: Dialect;
  readonly onChange: (dialect: Dialect) => void;
}) {
  const { dialect, onChange } = props;
  const set = (key: keyof Dialect, value: string) => {
    const { [key]: _, ...rest } = dialect;
    const next: Dialect = value === '' ? rest : { ...rest, [key]: value };
    const { thousands, ...others } = next;
    onChange(thousands === (next.decimal ?? '.') ? others : next);
  };
  const choice = (key: keyof Dialect, label: Words, values: readonly (readonly [string, Words])[]) => (
    <label class="field">
      {say(label)}
      <select value={dialect[key] ?? ''} onChange={(event) => set(key, event.currentTarget.value)}>
        {values.map(([value, word]) => (
          <option key={word} value={value}>
            {say(word)}
          </option>
        ))}
      </select>
    </label>
  );
  return (
    <fieldset class="number-choices">
      <legend>{say('numbers')}</legend>
      {choice('decimal', 'decimal', DECIMALS)}
      {choice(
        'thousands',
        'thousands',
        THOUSANDS.filter(([sign]) => sign !== (dialect.decimal ?? '.')),
      )}
      {choice('percents', 'percents', PERCENTS)}
      {choice('delimiter', 'delimiter', DELIMITERS)}
    </fieldset>
  );
}
