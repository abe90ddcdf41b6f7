// The parts of a YAML file as they stand in it: its texts, each with how it is written, and what goes over several lines.
// For tools that show or change a file by places; what is wrong with it is the reader's to say.

import { isMap, isScalar, isSeq, type Node, type Scalar } from 'yaml';
import type { Source, Span } from '../base/source.ts';
import type { Comment } from './ast-policy.ts';
import type { Slice } from './slice.ts';
import { nodeSpan, readDocuments } from './yaml-documents.ts';
import { sliceOf } from './yaml-scalar.ts';

/** How a text is written. */
export type YamlStyle = 'plain' | 'single' | 'double' | 'block';

/** A text: a key, or a value with the key that it stands at. */
export interface YamlScalar {
  readonly span: Span;
  readonly style: YamlStyle;
  /** Its contents, each character with its place in the file. */
  readonly slice: Slice;
  readonly is: 'key' | 'value';
  /** The keys above it, outermost first; of a key without itself. */
  readonly path: readonly string[];
}

/** A YAML file by its places, each kind in the order of the text. */
export interface YamlParts {
  readonly scalars: readonly YamlScalar[];
  /** Keys with all that stands below them. */
  readonly blocks: readonly Span[];
  readonly comments: readonly Comment[];
}

/** The parts of a file, as far as it can be read. */
export function yamlParts(source: Source): YamlParts {
  const comments: Comment[] = [];
  const scalars: YamlScalar[] = [];
  const blocks: Span[] = [];
  const scalar = (node: Scalar, is: YamlScalar['is'], path: readonly string[]): void => {
    if (!node.range || node.range[1] <= node.range[0]) return;
    const span = nodeSpan(source, node);
    scalars.push({ span, style: styleOf(node), slice: sliceOf(source, node), is, path });
  };
  const visit = (node: Node | null, path: readonly string[]): void => {
    if (isScalar(node)) scalar(node, 'value', path);
    if (isSeq(node)) for (const each of node.items) visit(each as Node | null, path);
    if (!isMap(node)) return;
    for (const { key, value } of node.items) {
      if (isScalar(key)) scalar(key, 'key', path);
      const inner = value as Node | null;
      const from = (key as Node | null)?.range?.[0];
      if (from !== undefined && inner?.range && !isInline(source, inner))
        blocks.push({ source: source.name, start: from, end: nodeSpan(source, inner).end });
      visit(inner, isScalar(key) ? [...path, String(key.value)] : path);
    }
  };
  for (const { contents } of readDocuments(source, [], comments)) visit(contents as Node | null, []);
  return { scalars, blocks, comments };
}

function styleOf({ type }: Scalar): YamlStyle {
  if (type === 'QUOTE_DOUBLE') return 'double';
  if (type === 'QUOTE_SINGLE') return 'single';
  return type === 'BLOCK_FOLDED' || type === 'BLOCK_LITERAL' ? 'block' : 'plain';
}

function isInline({ text }: Source, node: Node): boolean {
  return isScalar(node) && !/[\r\n]/.test(text.slice(...(node.range!.slice(0, 2) as [number, number])));
}
