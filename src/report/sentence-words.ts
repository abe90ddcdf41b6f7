// What sentences of KPIs, targets and corrections say beside those of explanations.

import type { Language } from './explain-figures.ts';
import { filled, type Values, type WordLists } from './filled.ts';
import { EN } from './sentence-words-en.ts';
import { RU } from './sentence-words-ru.ts';

/** The keys of all texts of sentences. */
export type SentenceKey = keyof typeof EN;

/** A text of the sentences by its key. */
export type SentenceTexts = (key: SentenceKey, values?: Values) => string;

const WORDS: WordLists<SentenceKey> = { en: EN, ru: RU };

/** The texts of sentences in a language. */
export function sentenceTexts(language: Language): SentenceTexts {
  return (key, values = {}) => filled(WORDS[language][key], values, language);
}
