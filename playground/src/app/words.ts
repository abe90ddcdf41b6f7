// What the page says, in both languages. English is the list of keys: another language has the same ones, or doesn't
// compile. Parts with many words of their own have lists beside them and use `sayFrom`.

import { type Locale, locale } from './state.ts';
import { EN } from './words-en.ts';
import { RU } from './words-ru.ts';

export type WordKey = keyof typeof EN;

/** What stands for `{name}` in a text. */
export type Values = Readonly<Record<string, string | number>>;

/** A list of texts by their keys, in each language. */
export type Words<Key extends string> = Readonly<Record<Locale, Readonly<Record<Key, string>>>>;

const WORDS: Words<WordKey> = { en: EN, ru: RU };

/** A text of the page in its language; reads the language's signal, so who calls it follows a change. */
export function say(key: WordKey, values: Values = {}): string {
  return filled(WORDS[locale.value][key], values, locale.value);
}

/** The same for a part with a list of its own. */
export function sayFrom<Key extends string>(words: Words<Key>): (key: Key, values?: Values) => string {
  return (key, values = {}) => filled(words[locale.value][key], values, locale.value);
}

/**
 * A text with its values: `{name}` is replaced, and `{count|one|few|many}` is the word that goes with the number (English
 * has two: `{count|error|errors}`). A number that a word goes with is a count, and is grouped as the language groups it.
 */
export function filled(text: string, values: Values, language: Locale): string {
  return text.replace(/\{(\w+)((?:\|[^{}|]*)*)\}/g, (whole, name: string, forms: string) => {
    const value = values[name];
    if (value === undefined) return whole;
    if (forms === '') return text.includes(`{${name}|`) ? counted(Number(value), language) : String(value);
    return pluralOf(forms.slice(1).split('|'), Number(value), language);
  });
}

/** A count as the language groups it: `14,250`, `14 250`. */
export function counted(count: number, language: Locale): string {
  return new Intl.NumberFormat(language).format(count);
}

function pluralOf(forms: readonly string[], count: number, language: Locale): string {
  const rule = new Intl.PluralRules(language).select(count);
  const at = language === 'en' ? (rule === 'one' ? 0 : 1) : rule === 'one' ? 0 : rule === 'few' ? 1 : 2;
  return forms[Math.min(at, forms.length - 1)] ?? '';
}
