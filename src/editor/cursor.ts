// Where a cursor stands in a text that need not be whole. Both forms come to the same answer, which completion and
// signature help ask.

import type { Source } from '../base/source.ts';
import { isYaml } from '../syntax/forms.ts';
import type { Cursor, Within } from './cursor-place.ts';
import { textCursor } from './cursor-text.ts';
import { yamlCursor } from './cursor-yaml.ts';

/** Where the offset stands, `within` a word or also in the middle of a number or text; an offset outside of the text is taken for its nearest end. */
export function cursorAt(source: Source, offset: number, within: Within = 'words'): Cursor {
  const at = Math.max(0, Math.min(Number.isFinite(offset) ? Math.trunc(offset) : 0, source.text.length));
  return isYaml(source.name) ? yamlCursor(source, at, within) : textCursor(source, at, within);
}
