// What a cursor can be in, for both forms: the word under it, and which line, key or phrase of which declaration.

import type { Source, Span } from '../base/source.ts';
import type { Clause, DeclarationShape, Part, Reader } from '../syntax/shape.ts';
import type { Token } from '../syntax/tokens.ts';

/** The word that stands in place of the one under the cursor while the text is read. */
export const PROBE = 'here_is_the_cursor';

/** What a cursor may be in the middle of: completion has nothing to offer within a number. */
export type Within = 'words' | 'anything';

export interface Cursor {
  /** The word under the cursor, which a completion replaces; empty where there is none. */
  readonly span: Span;
  readonly at: Place;
  /** Whether the word stands in double quotes. */
  readonly quoted?: true;
  /** What of the phrase stands behind the word. */
  readonly rest?: Span;
  /** How the scalar around the cursor is quoted in YAML. */
  readonly scalar?: 'plain' | 'single' | 'double' | 'block';
}

/** What a cursor is in. */
export type Place =
  | { readonly kind: 'nothing' }
  /** Behind the mark of a comment: what of it stands before the cursor. */
  | { readonly kind: 'comment'; readonly before: string }
  /** Where a declaration of the text form may begin. */
  | { readonly kind: 'declaration'; readonly said: ReadonlySet<string> }
  /** The beginning of a line in the block of a declaration of the text form. */
  | { readonly kind: 'line'; readonly inside: Inside; readonly said: ReadonlySet<string> }
  /** A key of a map in YAML. */
  | {
      readonly kind: 'key';
      readonly keys: readonly (Key | Clause | Part)[];
      readonly said: ReadonlySet<string>;
      /** What else the keys may be: names, or a phrase. */
      readonly also?: Place;
    }
  /** A name that no phrase reads: of a target, of a line of a scorecard, of a cell. */
  | {
      readonly kind: 'name';
      readonly names: NameKind;
      readonly inside: Inside;
      readonly said: ReadonlySet<string>;
    }
  | {
      readonly kind: 'phrase';
      readonly phrase: Reader;
      /** The words of the phrase; that of the cursor, at `index`, is `PROBE`. */
      readonly tokens: readonly Token[];
      readonly index: number;
      readonly inside: Inside;
      /** Words that may begin a further clause behind it: `to seller when …`. */
      readonly later?: readonly Clause[];
    };

/** A key of YAML that is no clause: a section, `doc`. */
export interface Key {
  readonly key: string;
  readonly doc: string;
  readonly section?: DeclarationShape;
}

export type NameKind = 'kpi' | 'event' | 'cell' | 'new';

/** The declaration around the cursor, and the clause of it. */
export interface Inside {
  readonly shape?: DeclarationShape;
  readonly name?: string;
  readonly clause?: Clause;
  readonly part?: Part;
  /** What stands before the braces of a row or an expectation of a test: `person anna`, `12 deals`. */
  readonly head?: readonly Token[];
  /** The name that the clause gives or is of: of a field, a bonus, a cell. */
  readonly field?: string;
  /** The clauses that the declaration has, and in YAML how far its keys are moved in. */
  readonly said?: ReadonlySet<string>;
  readonly indent?: number;
}

const LETTER = /[\p{L}\p{M}\p{N}_]/u;

/** The word that the offset is in or at an end of. */
export function wordAround(source: Source, offset: number): Span {
  const { text } = source;
  let start = offset;
  let end = offset;
  for (let letter = letterBefore(text, start); letter !== ''; letter = letterBefore(text, start))
    start -= letter.length;
  for (let letter = letterAt(text, end); letter !== ''; letter = letterAt(text, end)) end += letter.length;
  return { source: source.name, start, end };
}

function letterBefore(text: string, at: number): string {
  const low = text.slice(Math.max(0, at - 2), at);
  const letter = [...low].at(-1) ?? '';
  return LETTER.test(letter) ? letter : '';
}

function letterAt(text: string, at: number): string {
  const code = text.codePointAt(at);
  const letter = code === undefined ? '' : String.fromCodePoint(code);
  return LETTER.test(letter) ? letter : '';
}

/** The source with the word under the cursor replaced by the one that is looked for. */
export function probed(source: Source, span: Span): Source {
  const { name, text } = source;
  return { name, text: `${text.slice(0, span.start)}${PROBE}${text.slice(span.end)}` };
}
