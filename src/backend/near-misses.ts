// Names in the data that only look alike: two ids or clients that differ by a look-alike letter or a space are taken as
// two, and the user is told.

import { skeleton } from '../base/suggest.ts';
import { walk } from '../library/parts.ts';
import { rowFormulas } from '../library/row-formulas.ts';
import type { Expression } from '../model/expression.ts';
import type { EventModel, Model } from '../model/policy.ts';

/** Two texts of one field that look the same and are taken as two. */
export interface NearMiss {
  readonly field: string;
  readonly first: string;
  readonly second: string;
}

/** Different texts of a field past which nobody looks for near misses. */
export const MOST_NAMES = 100_000;

/** Letters of ASCII with single spaces between them: of two such texts, none only looks like the other. */
const PLAIN = /^[!-~]+(?: [!-~]+)*$/;

/** Most near misses that are told of one field. */
const MOST_TOLD = 20;

/** Indexes of the text fields by which rows are told apart: the key, what is counted by, and what is looked up by. */
export function comparedFields(model: Model, event: EventModel): readonly number[] {
  const names = new Set([event.key]);
  const take = (node: Expression | undefined): void => {
    if (node?.kind === 'field') names.add(node.name);
  };
  for (const { event: of, value } of rowFormulas(model)) {
    const isOwn = of === event.name;
    walk(value, (node) => {
      if (node.kind === 'look-back' && node.event === event.name) names.add(node.other);
      if (!isOwn) return;
      if (node.kind === 'nth') node.by.forEach(take);
      if (node.kind === 'lookup') node.keys.forEach(take);
      if (node.kind === 'through') take(node.key);
      if (node.kind === 'look-back') take(node.own);
    });
  }
  for (const each of model.measures.filter((measure) => measure.event === event.name)) {
    if (each.aggregate === 'distinct') take(each.value);
    take(each.each);
  }
  return event.fields.flatMap(({ name, type }, at) => (names.has(name) && type.kind === 'text' ? [at] : []));
}

/** Pairs among a field's different texts, in order; texts that differ only in capitals are meant to. */
export function nearMissesAmong(field: string, texts: readonly string[]): readonly NearMiss[] {
  if (texts.length > MOST_NAMES || texts.every((text) => PLAIN.test(text))) return [];
  const groups = new Map<string, string[]>();
  for (const text of [...texts].sort()) {
    const looks = skeleton(text);
    const group = groups.get(looks);
    if (group) group.push(text);
    else groups.set(looks, [text]);
  }
  const pairs = [...groups.values()].flatMap(([first, ...others]) =>
    others
      .filter((second) => second.toLowerCase() !== first!.toLowerCase())
      .map((second) => ({ field, first: first!, second })),
  );
  return pairs.slice(0, MOST_TOLD);
}
