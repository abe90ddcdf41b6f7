// What the pages of a report say beside the sentences of explanations.

import type { Language } from './explain-figures.ts';
import { filled, type Values, type WordLists } from './filled.ts';
import { EN } from './page-words-en.ts';
import { RU } from './page-words-ru.ts';

/** The keys of all texts of pages. */
export type PageKey = keyof typeof EN;

/** A text of the pages by its key. */
export type PageTexts = (key: PageKey, values?: Values) => string;

const WORDS: WordLists<PageKey> = { en: EN, ru: RU };

/** The texts of pages in a language. */
export function pageTexts(language: Language): PageTexts {
  return (key, values = {}) => filled(WORDS[language][key], values, language);
}
