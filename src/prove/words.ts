// A policy's own words for what decides, the same however its files are laid out and in either form.

import { placeKey, readingOf, wordsAt } from '../analyse/reading.ts';
import type { Span } from '../base/source.ts';
import type { Model } from '../model/policy.ts';
import type { Expression } from '../syntax/ast.ts';
import { printExpression } from '../syntax/print-expression.ts';

const EXPRESSIONS: ReadonlySet<string> = new Set<Expression['kind']>([
  'number',
  'percent',
  'money',
  'duration',
  'date',
  'period',
  'text',
  'truth',
  'name',
  'member',
  'call',
  'brackets',
  'unary',
  'binary',
  'else',
  'choice',
  'exists',
  'step',
]);

// a Model is never changed
const indexes = new WeakMap<Model, ReadonlyMap<string, Expression>>();

/** The formula at a place, as the formatter writes it on one line. */
export function formulaWords(model: Model, span: Span): string {
  const index = indexes.get(model) ?? expressionsOf(model);
  indexes.set(model, index);
  const written = index.get(placeKey(span));
  return written ? printExpression(written) : wordsAt(model, span);
}

function expressionsOf(model: Model): ReadonlyMap<string, Expression> {
  const found = new Map<string, Expression>();
  const visit = (part: unknown): void => {
    if (typeof part !== 'object' || part === null) return;
    if (Array.isArray(part)) {
      part.forEach(visit);
      return;
    }
    const { span, kind } = part as { readonly span?: Span; readonly kind?: string };
    // a prize of money is of a kind that a literal has too
    if (span && kind !== undefined && EXPRESSIONS.has(kind) && (kind !== 'money' || 'digits' in part)) {
      const key = placeKey(span);
      // of two with one place the outer one is what is written there
      if (!found.has(key)) found.set(key, part as Expression);
    }
    Object.values(part).forEach(visit);
  };
  visit(readingOf(model).declarations);
  return found;
}
