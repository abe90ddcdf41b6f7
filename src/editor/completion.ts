// What a completion offers, and how it is written in the place where it is wanted.

import type { Span } from '../base/source.ts';
import type { NameKind } from '../check/meanings.ts';
import type { ValueType } from '../model/value.ts';
import { isWord, quoted } from '../syntax/print-expression.ts';
import type { Cursor } from './cursor-place.ts';
import { typeText } from './told.ts';

export interface Completions {
  /** What is replaced: the word under the cursor. */
  readonly span: Span;
  readonly items: readonly Completion[];
}

/** What an item stands for, for its icon. */
export type CompletionKind =
  | NameKind
  | 'declaration'
  | 'clause'
  | 'key'
  | 'keyword'
  | 'unit'
  | 'value'
  | 'type'
  | 'code';

export interface Completion {
  readonly label: string;
  readonly kind: CompletionKind;
  /** Its type or unit, or what it is of. */
  readonly detail?: string;
  readonly doc?: string;
  /** What is written in place of the word. */
  readonly insert: string;
  /** The same with `${1:…}` where something is still to be filled in. */
  readonly snippet?: string;
  /** Items by what is likely, then by name. */
  readonly sortKey: string;
}

/** What is known of an item before it is written for its place. */
export interface Offer {
  readonly label: string;
  readonly kind: CompletionKind;
  readonly detail?: string;
  readonly doc?: string;
  /** What is written, where that isn't the label. */
  readonly insert?: string;
  readonly snippet?: string;
  /** How likely it is wanted: from 0, the likeliest. */
  readonly rank?: number;
}

/** The items in order, each once. */
export function completions(cursor: Cursor, offers: readonly Offer[]): Completions {
  const items = new Map<string, Completion>();
  for (const offer of offers) {
    const key = `${offer.label}\n${offer.snippet ?? ''}`;
    if (!items.has(key)) items.set(key, itemOf(cursor, offer));
  }
  const inOrder = [...items.values()].sort((a, b) => (a.sortKey < b.sortKey ? -1 : 1));
  return { span: cursor.span, items: inOrder };
}

function itemOf(cursor: Cursor, { label, kind, detail, doc, insert, snippet, rank = 5 }: Offer): Completion {
  return {
    label,
    kind,
    ...(detail ? { detail } : {}),
    ...(doc ? { doc } : {}),
    insert: inScalar(cursor, insert ?? label),
    ...(snippet !== undefined && { snippet: inScalar(cursor, snippet) }),
    sortKey: `${rank}${label.toLowerCase()}`,
  };
}

/** Written for the quotes that the scalar around the cursor has in YAML. */
function inScalar({ scalar, at }: Cursor, text: string): string {
  if (scalar === 'double') return text.replace(/["\\]/g, '\\$&');
  if (scalar === 'single') return text.replaceAll("'", "''");
  const begins = scalar === 'plain' && at.kind === 'phrase' && at.index === 0;
  return begins && text.startsWith('"') ? `'${text.replaceAll("'", "''")}'` : text;
}

/** A name as it is written: in quotes where it isn't a word. */
export function written(name: string): string {
  return isWord(name) ? name : quoted(name);
}

/** The type of a name, and whether it may be missing. */
export function detailOf(type: ValueType | undefined, optional: boolean | undefined): string {
  const text = type ? typeText(type) : '';
  return text !== '' && optional === true ? `${text}, may be missing` : text;
}
