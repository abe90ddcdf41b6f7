// The constants of a curve, a table of rates or a grid that must be of one type: numbers, amounts, or words of one list.

import type { Span } from '../base/source.ts';
import { comparable, isNumeric, typeInWords } from '../library/types.ts';
import type { ValueType } from '../model/value.ts';
import type * as ast from '../syntax/ast.ts';
import { constantText } from './constants.ts';
import type { Checking, Enumeration } from './context.ts';
import * as messages from './messages.ts';

/** Constants that must be of one type: the first one's, which `type` holds once it is known. */
export class OneType {
  type: ValueType | undefined;
  private first: Span | undefined;

  constructor(
    private readonly checking: Checking,
    private readonly what: string,
  ) {}

  read(node: ast.Expression): string | undefined {
    const constant = constantText(this.checking, node, this.what, this.type);
    if (!constant) return undefined;
    if (!isNumeric(constant.type) && constant.type.kind !== 'enumeration') {
      this.checking.diagnostics.push(
        messages.wrongType(
          node.span,
          'a number, a percent, an amount or a duration',
          typeInWords(constant.type),
        ),
      );
      return undefined;
    }
    if (this.type && !comparable(this.type, constant.type)) {
      this.checking.diagnostics.push(
        messages.wrongType(node.span, typeInWords(this.type), typeInWords(constant.type), [
          { span: this.first!, message: `because this is ${typeInWords(this.type)}` },
        ]),
      );
      return undefined;
    }
    // a plain 0 among percents is a percent
    if (!this.type || (this.type.kind === 'number' && constant.type.kind === 'percent'))
      this.type = constant.type;
    this.first ??= node.span;
    return constant.text;
  }
}

/** The word that an expression is, bare or in quotes. */
export function wordIn(node: ast.Expression): string | undefined {
  return node.kind === 'name' ? node.name.text : node.kind === 'text' ? node.value : undefined;
}

/** The list of some field that has all of these words; the words by themselves, in their order, where there is none. */
export function listOf(checking: Checking, words: readonly string[]): Enumeration {
  return (
    declaredList(checking, words) ?? { kind: 'enumeration', members: [...new Set(words)], ordered: true }
  );
}

/** The list of some field that has all of these words. */
export function declaredList(checking: Checking, words: readonly string[]): Enumeration | undefined {
  const lists = checking.words.get(words[0] ?? '') ?? [];
  return lists.find((each) => words.every((word) => each.members.includes(word)));
}
