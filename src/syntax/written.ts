// What a message tells to write, in the form of the file that it is about.

import type { Span } from '../base/source.ts';
import { isYaml } from './forms.ts';

/** Words with code in them: alike in both forms, or one wording for each. */
export type Written = string | { readonly text: string; readonly yaml: string };

/** The wording for the file in which the place lies; without a place, that of the text form. */
export function written(span: Span | undefined, words: Written): string {
  if (typeof words === 'string') return words;
  return span !== undefined && isYaml(span.source) ? words.yaml : words.text;
}
