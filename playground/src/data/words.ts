// What the data panel says, in the page's language.

import { sayFrom } from '../app/words.ts';
import { EN } from './words-en.ts';
import { RU } from './words-ru.ts';

export const say = sayFrom<keyof typeof EN>({ en: EN, ru: RU });

/** What a kind of rows is called: people and absences by the page's word, others as in the policy. */
export function sourceName(name: string): string {
  return name === 'person' || name === 'absence' ? say(name) : name;
}

/** Bytes as people read them: `12 kB`, `3.4 MB`. */
export function sizeText(bytes: number): string {
  return bytes < 1_000_000
    ? `${Math.max(1, Math.round(bytes / 1000))} kB`
    : `${(bytes / 1_000_000).toFixed(1).replace('.0', '')} MB`;
}
