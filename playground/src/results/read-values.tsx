// Values that a formula read, as a list.

import type { Input } from '../../../src/browser-figures.ts';
import { type LineTelling, readValue } from '../../../src/browser-figures.ts';
import { Sentence } from './sentence.tsx';

/** Values that a formula read, with what decided them. */
export function Read({
  inputs,
  telling,
}: {
  readonly inputs: readonly Input[];
  readonly telling: LineTelling;
}) {
  if (inputs.length === 0) return null;
  return (
    <ul class="rs-read">
      {inputs.map((input) => {
        const { text, value, how } = readValue(input, telling.language);
        return (
          <li key={text}>
            <code>{text}</code> = {value}
            {how.map((each) => (
              <div key={each} class="view-note">
                <Sentence text={each} />
              </div>
            ))}
          </li>
        );
      })}
    </ul>
  );
}
