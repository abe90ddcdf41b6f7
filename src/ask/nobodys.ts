// What an expression may not name where nobody is asked about: anything that belongs to a person and a period.

import type { Diagnostic } from '../base/diagnostic.ts';
import type { Span } from '../base/source.ts';
import { walk } from '../check/walk.ts';
import { isScalar, partsOf } from '../library/parts.ts';
import type { Expression } from '../model/expression.ts';
import type * as ast from '../syntax/ast.ts';

/** The first such name that can be told before checking: `score`, which the checker would look for in a role. */
export function personsInTree(tree: ast.Expression): Diagnostic | undefined {
  let found: Diagnostic | undefined;
  walk(tree, (node) => {
    if (node.kind === 'name' && node.name.text === 'score') found ??= needsPerson(node.span, 'score');
  });
  return found;
}

/** The first such name in a checked expression, whose spans are places of `text`. */
export function personsInChecked(node: Expression, text: string): Diagnostic | undefined {
  const its = (): Diagnostic => needsPerson(node.span, text.slice(node.span.start, node.span.end));
  if (isScalar(node)) return firstOf(partsOf(node), text);
  switch (node.kind) {
    case 'constant':
      return undefined;
    case 'rates':
    case 'curve':
    case 'grid':
    case 'apply':
    case 'later':
      return firstOf(partsOf(node), text);
    case 'lookup':
    case 'measure':
    case 'figure':
    case 'target':
    case 'attainment':
    case 'score':
    case 'bonus':
    case 'attribute':
    case 'period':
    case 'field':
    case 'nth':
    case 'share':
    case 'through':
    case 'of person':
    case 'look-back':
    case 'before':
    case 'previous':
    case 'each':
    case 'streak':
    case 'points':
    case 'pool':
    case 'rank':
    case 'total':
    case 'own':
    case 'result':
    case 'row number':
      return its();
    default:
      return node satisfies never;
  }
}

function firstOf(nodes: readonly Expression[], text: string): Diagnostic | undefined {
  for (const each of nodes) {
    const found = personsInChecked(each, text);
    if (found) return found;
  }
  return undefined;
}

function needsPerson(span: Span, words: string): Diagnostic {
  return {
    code: 'M3061',
    severity: 'error',
    message: `\`${words.replace(/\s+/g, ' ')}\` has no value by itself: it belongs to a person and a period`,
    span,
    help: 'say whose and when, as with `--person anna --period 2026-01`',
  };
}
