// What differs between two versions in words for people only: it moves nothing, and is told apart.

import type { WordsChange } from '../model/diff.ts';
import type { Declaration, PolicyFile } from '../syntax/ast-policy.ts';
import { type Renames, thingsIn, wordsOf } from './meaning.ts';
import { nameOf } from './parts.ts';

interface Sides {
  readonly before?: Declaration;
  readonly after?: Declaration;
}

/** Titles, descriptions and names for people of what both versions have. */
export function wordsChanges(pairs: readonly Sides[], renames: Renames): readonly WordsChange[] {
  return pairs.flatMap(({ before, after }) => {
    if (!before || !after) return [];
    const [old, now] = [wordsOf(before, renames), wordsOf(after)];
    const of = `${after.kind} ${nameOf(after)}`.trim();
    const names: readonly WordsChange[] =
      after.kind === 'policy' && nameOf(before) !== nameOf(after)
        ? [{ of, what: 'name', before: nameOf(before), after: nameOf(after) }]
        : [];
    // words of what is there in one version only go with it
    const [had, has] = [thingsIn(before, renames), thingsIn(after)];
    const isOne = (what: string): boolean => {
      const thing = /^(.*): /.exec(what)?.[1];
      return thing === undefined || had.has(thing) === has.has(thing);
    };
    const texts = [...new Set([...now.keys(), ...old.keys()])]
      .filter(isOne)
      .flatMap((what): readonly WordsChange[] => {
        const [was, is] = [old.get(what), now.get(what)];
        if (was === is) return [];
        return [
          { of, what, ...(was !== undefined && { before: was }), ...(is !== undefined && { after: is }) },
        ];
      });
    return [...names, ...texts];
  });
}

/** Comments that one version has and the other hasn't, wherever they stand. */
export function commentChanges(
  before: readonly PolicyFile[],
  after: readonly PolicyFile[],
): readonly WordsChange[] {
  const texts = (files: readonly PolicyFile[]) =>
    files.flatMap(({ comments = [] }) => comments.map(({ text }) => text));
  const left = texts(before);
  const added = texts(after).filter((text) => {
    const at = left.indexOf(text);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
  return [
    ...left.map((text) => ({ of: 'comment', before: text })),
    ...added.map((text) => ({ of: 'comment', after: text })),
  ];
}
