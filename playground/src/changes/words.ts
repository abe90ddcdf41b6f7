// What the panel of changes says, in the page's language.

import { sayFrom } from '../app/words.ts';
import { EN } from './words-en.ts';
import { RU } from './words-ru.ts';

export const say = sayFrom<keyof typeof EN>({ en: EN, ru: RU });
