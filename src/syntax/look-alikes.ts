// Signs of word processors, textbooks and spreadsheets, read as what they stand for: `–`, `×`, `≥`, `“South”`. Each is an
// error with what to write, and nothing that stands around it is said.

import * as messages from './messages.ts';
import { match, type Reading } from './reading.ts';
import { type Slice, spanIn } from './slice.ts';
import { ForeignOperator, SIGNS, Text } from './tokens.ts';

/** What each sign is written as. */
const MEANT: ReadonlyMap<string, string> = new Map([
  ['–', '-'],
  ['—', '-'],
  ['−', '-'],
  ['×', '*'],
  ['⋅', '*'],
  ['∙', '*'],
  ['÷', '/'],
  ['∕', '/'],
  ['≤', '<='],
  ['⩽', '<='],
  ['≥', '>='],
  ['⩾', '>='],
  ['＝', '='],
]);
const QUOTED = /[“”„«»][^"“”„«»\\\r\n]*[“”«»]/y;

/** The sign or quoted text that one at the offset stands for; absent where there is none. */
export function readLookAlike(slice: Slice, at: number): Reading | undefined {
  const written = slice.text[at]!;
  // The language says the unequal sign in words, which the message about such operators does.
  if (written === '≠') return { type: ForeignOperator, end: at + 1, value: written };
  const meant = MEANT.get(written);
  if (meant !== undefined) {
    const type = SIGNS.find(([sign]) => sign === meant)![1];
    const diagnostic = messages.lookAlike(spanIn(slice, at, at + 1), written, meant);
    return { type, end: at + 1, value: meant, image: meant, diagnostic };
  }
  const text = match(QUOTED, slice.text, at);
  if (text === undefined) return undefined;
  const end = at + text.length;
  const value = text.slice(1, -1);
  const { fix, ...said } = messages.lookAlike(spanIn(slice, at, end), text, `"${value}"`);
  // In a YAML scalar a quote may have to be escaped, or the whole to stand in quotes of the other kind.
  const isWhole = slice.start(at) === at;
  return { type: Text, end, value, diagnostic: isWhole && fix ? { ...said, fix } : said };
}
