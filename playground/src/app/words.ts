// What the page says, in both languages. English is the list of keys: another language has the same ones, or doesn't
// compile. Parts with many words of their own have lists beside them and use `sayFrom`.

import { filled, type Values, type WordLists } from '../../../src/browser-figures.ts';
import { locale } from './state.ts';
import { EN } from './words-en.ts';
import { RU } from './words-ru.ts';

export type WordKey = keyof typeof EN;

const WORDS: WordLists<WordKey> = { en: EN, ru: RU };

/** A text of the page in its language; reads the language's signal, so who calls it follows a change. */
export function say(key: WordKey, values: Values = {}): string {
  return filled(WORDS[locale.value][key], values, locale.value);
}

/** The same for a part with a list of its own. */
export function sayFrom<Key extends string>(words: WordLists<Key>): (key: Key, values?: Values) => string {
  return (key, values = {}) => filled(words[locale.value][key], values, locale.value);
}
