// What the charts say.

import type { Language } from '../report/explain-figures.ts';
import { filled, type Values, type WordLists } from '../report/filled.ts';
import { EN } from './words-en.ts';
import { RU } from './words-ru.ts';

/** A text of the charts by its key. */
export type ChartTexts = (key: keyof typeof EN, values?: Values) => string;

const WORDS: WordLists<keyof typeof EN> = { en: EN, ru: RU };

/** The texts of charts in a language. */
export function chartTexts(language: Language): ChartTexts {
  return (key, values = {}) => filled(WORDS[language][key], values, language);
}
