// What the charts say.

import type { Language } from '../../../src/browser-figures.ts';
import { sayFrom } from '../app/words.ts';
import { EN } from './words-en.ts';
import { RU } from './words-ru.ts';

export type ChartsKey = keyof typeof EN;

const WORDS: Readonly<Record<Language, Readonly<Record<ChartsKey, string>>>> = { en: EN, ru: RU };

/** A text in the page's language. */
export const tell = sayFrom(WORDS);
