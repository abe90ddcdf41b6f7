// What can be folded: blocks and what stands below a key, and comments of several lines.

import { lineStartsOf, type Source, type Span } from '../base/source.ts';
import { isYaml, yamlPartsOf } from '../syntax/forms.ts';
import { lex } from '../syntax/lexer.ts';
import { outline, type Statement } from '../syntax/outline.ts';
import { wholeOf } from '../syntax/slice.ts';
import { type Project, sourceOf } from './project.ts';

/** A part of a file over several lines; folded, its first line is still seen. */
export interface Fold {
  readonly span: Span;
  readonly kind: 'block' | 'comment';
}

/** What can be folded in a file, in the order of its text. */
export function foldsOf(project: Project, file: string): readonly Fold[] {
  const source = sourceOf(project, file);
  if (!source) return [];
  const all = isYaml(file) ? ofYaml(source) : ofText(source);
  const lines = lineStartsOf(source);
  const lineOf = (offset: number): number => lines.findLastIndex((each) => each <= offset);
  return all
    .filter(({ span }) => lineOf(span.end) > lineOf(span.start))
    .toSorted((a, b) => a.span.start - b.span.start || b.span.end - a.span.end);
}

function ofText(source: Source): readonly Fold[] {
  const { tokens, comments } = lex(wholeOf(source));
  const { statements } = outline(tokens);
  const blocks: Fold[] = [];
  const visit = ({ tokens: head, block }: Statement): void => {
    if (!block) return;
    const from = head[0] ?? block.open;
    const end = block.close?.span.end ?? endOf(block.statements.at(-1)) ?? block.open.span.end;
    blocks.push({ kind: 'block', span: { source: source.name, start: from.span.start, end } });
    for (const each of block.statements) visit(each);
  };
  for (const each of statements) visit(each);
  const docs = tokens.flatMap(({ doc }) => (doc ? [{ kind: 'comment' as const, span: doc.span }] : []));
  return [...blocks, ...docs, ...runs(source, ownLines(comments))];
}

function endOf(statement: Statement | undefined): number | undefined {
  if (!statement) return undefined;
  const { block, tokens } = statement;
  return block?.close?.span.end ?? endOf(block?.statements.at(-1)) ?? tokens.at(-1)?.span.end;
}

function ofYaml(source: Source): readonly Fold[] {
  const { blocks, comments } = yamlPartsOf(source);
  return [...blocks.map((span) => ({ kind: 'block' as const, span })), ...runs(source, ownLines(comments))];
}

function ownLines(comments: readonly { readonly place: string; readonly span: Span }[]): readonly Span[] {
  return comments.flatMap(({ place, span }) => (place === 'own line' ? [span] : []));
}

/** Comments on lines one below the other are one. */
function runs({ text, name }: Source, comments: readonly Span[]): readonly Fold[] {
  const found: Span[] = [];
  for (const span of comments) {
    const before = found.at(-1);
    const between = before && text.slice(before.end, span.start);
    const isNext = between !== undefined && /^(?:\r\n|\n|\r)[^\S\r\n]*$/.test(between);
    if (isNext) found[found.length - 1] = { ...before!, end: span.end };
    else found.push({ source: name, start: span.start, end: span.end });
  }
  return found.map((span) => ({ kind: 'comment', span }));
}
