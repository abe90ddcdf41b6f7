// What every lint looks at: the checked policy, and its syntax trees for what only the author's text says.

import type { Span } from '../base/source.ts';
import type { Model } from '../model/policy.ts';
import type * as astPolicy from '../syntax/ast-policy.ts';
import { parsedPolicy } from '../syntax/parse.ts';

type Declaration = astPolicy.Declaration;

export interface Reading {
  readonly model: Model;
  readonly declarations: readonly Declaration[];
}

// a Model is never changed, and many findings ask what the text says
const readings = new WeakMap<Model, Reading>();

export function readingOf(model: Model): Reading {
  const found = readings.get(model);
  if (found) return found;
  const declarations = model.sources.flatMap((each) => parsedPolicy(each).value.declarations);
  const reading = { model, declarations };
  readings.set(model, reading);
  return reading;
}

/** All declarations of one kind. */
export function declared<K extends Declaration['kind']>(
  { declarations }: Reading,
  kind: K,
): readonly Extract<Declaration, { kind: K }>[] {
  return declarations.filter((each): each is Extract<Declaration, { kind: K }> => each.kind === kind);
}

/** The author's words at a place, on one line. */
export function wordsAt(model: Model, span: Span): string {
  const text = model.sources.find((each) => each.name === span.source)?.text ?? '';
  const words = text.slice(span.start, span.end).replace(/\s+/g, ' ').trim();
  return words.length > 60 ? `${words.slice(0, 59)}…` : words;
}

/** One text for a place, so that lines which roles share are seen as one. */
export function placeKey({ source, start, end }: Span): string {
  return `${source}\n${start}\n${end}`;
}
