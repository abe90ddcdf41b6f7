// Texts with places for values, in the two languages: what people read is written in lists, one a language.

import type { Language } from './explain-figures.ts';

/** What stands for `{name}` in a text. */
export type Values = Readonly<Record<string, string | number>>;

/** A list of texts by their keys, in each language. */
export type WordLists<Key extends string> = Readonly<Record<Language, Readonly<Record<Key, string>>>>;

/**
 * A text with its values: `{name}` is replaced, and `{count|one|few|many}` is the word that goes with the number (English
 * has two: `{count|error|errors}`). A number that a word goes with is a count, and is grouped as the language groups it.
 */
export function filled(text: string, values: Values, language: Language): string {
  return text.replace(/\{(\w+)((?:\|[^{}|]*)*)\}/g, (whole, name: string, forms: string) => {
    const value = values[name];
    if (value === undefined) return whole;
    if (forms === '') return text.includes(`{${name}|`) ? counted(Number(value), language) : String(value);
    return pluralOf(forms.slice(1).split('|'), Number(value), language);
  });
}

/** A count as the language groups it: `14,250`, `14 250`. */
export function counted(count: number, language: Language): string {
  return new Intl.NumberFormat(language).format(count);
}

function pluralOf(forms: readonly string[], count: number, language: Language): string {
  const rule = new Intl.PluralRules(language).select(count);
  const at = language === 'en' ? (rule === 'one' ? 0 : 1) : rule === 'one' ? 0 : rule === 'few' ? 1 : 2;
  return forms[Math.min(at, forms.length - 1)] ?? '';
}
