// What the results say beside the sentences of explanations.

import type { Language } from '../../../src/browser-figures.ts';
import { filled, sayFrom, type Values } from '../app/words.ts';
import { EN } from './words-en.ts';
import { RU } from './words-ru.ts';

export type ResultsKey = keyof typeof EN;

const WORDS: Readonly<Record<Language, Readonly<Record<ResultsKey, string>>>> = { en: EN, ru: RU };

/** A text in the page's language. */
export const tell = sayFrom(WORDS);

/** A text in a language that is said. */
export function tellIn(language: Language, key: ResultsKey, values: Values = {}): string {
  return filled(WORDS[language][key], values, language);
}
