// What the results say beside the sentences of explanations.

import type { WordLists } from '../../../src/browser-figures.ts';
import { sayFrom } from '../app/words.ts';
import { EN } from './words-en.ts';
import { RU } from './words-ru.ts';

export type ResultsKey = keyof typeof EN;

const WORDS: WordLists<ResultsKey> = { en: EN, ru: RU };

/** A text in the page's language. */
export const tell = sayFrom(WORDS);
