// Where statements stand: the places of tokens, of blocks, and of what is missing beside them.

import { cover, type Span } from '../base/source.ts';
import type { Block, Statement } from './outline.ts';
import type { Token } from './tokens.ts';

export function spanOf(tokens: readonly Token[]): Span | undefined {
  return tokens.length === 0 ? undefined : cover(tokens[0]!.span, tokens.at(-1)!.span);
}

/** From the first token to the end of the block. */
export function wholeSpan({ tokens, block }: Statement): Span {
  const own = spanOf(tokens) ?? block!.open.span;
  if (block === undefined) return own;
  const last = block.close?.span ?? lastSpan(block);
  return cover(own, last);
}

/** The end of a block that was never closed. */
function lastSpan(block: Block): Span {
  let last = block.open.span;
  let inside: Block | undefined = block;
  while (inside !== undefined) {
    const statement: Statement | undefined = inside.statements.at(-1);
    last = statement?.block?.close?.span ?? spanOf(statement?.tokens ?? []) ?? last;
    inside = statement?.block?.close === undefined ? statement?.block : undefined;
  }
  return last;
}

/** The place just before. */
export function startOf(span: Span): Span {
  return { ...span, end: span.start };
}

/** The place just after. */
export function endOf(span: Span): Span {
  return { ...span, start: span.end };
}
