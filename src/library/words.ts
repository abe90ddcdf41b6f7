// Words of an ordered list, by their places in it.

import { InternalError } from '../base/diagnostic.ts';
import type { ValueType } from '../model/value.ts';

/** The words of an enumeration, in the order in which it declares them. */
export function wordsOf(type: ValueType): readonly string[] {
  if (type.kind !== 'enumeration') throw new InternalError(`no list of words: ${type.kind}`);
  return type.members;
}

/** The place of a word in its list, from 1. */
export function placeOf(type: ValueType, word: string): number {
  return wordsOf(type).indexOf(word) + 1;
}

/** The word so many places further (below zero: back); past an end it stays there. */
export function wordBeside(type: ValueType, word: string, by: number): string {
  const words = wordsOf(type);
  return words[Math.max(0, Math.min(words.length - 1, words.indexOf(word) + by))]!;
}
