// Operands and the operators between them, as they stand in a line, to a tree by precedence. Loosest first:
// `when … otherwise` and `else` (never inside something longer), `and` / `or` (never mixed), `not`, one comparison,
// `+ -`, `* /`, the sign. What needs brackets is said here.

import type { Diagnostic } from '../base/diagnostic.ts';
import { cover } from '../base/source.ts';
import type { BinaryOperator, Expression } from './ast.ts';
import * as messages from './messages.ts';
import type { Token } from './tokens.ts';

export type Infix = BinaryOperator | 'else' | 'when' | 'otherwise';

/** A value with the `-` and `not` before it. */
export interface Operand {
  readonly prefixes: readonly Token[];
  readonly value: Expression;
}

/** `first operator operand operator operand …`; `token` is the operator's (the `is` of `is not`), `last` its last. */
export interface Chain {
  readonly first: Operand;
  readonly rest: readonly {
    readonly operator: Infix;
    readonly token: Token;
    readonly last: Token;
    readonly operand: Operand;
  }[];
}

/** The tree of a chain; `when` is the condition at the end of a clause, where no `otherwise` follows. */
export interface Tree {
  readonly value: Expression;
  readonly when?: Expression;
}

type Link = Chain['rest'][number];

/** Makes the tree; `clause` says that a `when` without `otherwise` may stand at the end. */
export function makeTree(
  chain: Chain,
  place: { readonly clause: boolean; readonly notes: Diagnostic[] },
): Tree {
  const { notes } = place;
  const parts = splitAtChoices(chain);
  const values = parts.map((part) => logic(part.chain, notes));
  const whenAt = parts.findIndex((part) => part.link?.operator === 'when');
  const before = whenAt === -1 ? parts.length : whenAt;
  const stray = parts.slice(0, before).find((part) => part.link?.operator === 'otherwise');
  if (stray !== undefined) {
    notes.push(messages.otherwiseWithoutWhen(stray.link!.token.span));
    return { value: values[0]! };
  }
  const elses = parts.slice(0, before);
  const value = elseChain(elses, values.slice(0, before), notes);
  if (whenAt === -1) return { value };
  const condition = values[whenAt]!;
  const next = parts[whenAt + 1]?.link;
  if (next === undefined) {
    if (place.clause) return { value, when: condition };
    notes.push(messages.whenWithoutOtherwise(parts[whenAt]!.link!.token.span));
    return { value };
  }
  const beyond = parts[whenAt + 2]?.link;
  if (next.operator === 'else') notes.push(messages.elseInside(next.token.span));
  else if (next.operator === 'when') notes.push(messages.choiceInside(next.token.span));
  else if (beyond?.operator === 'else') notes.push(messages.elseInside(beyond.token.span));
  else if (beyond !== undefined) notes.push(messages.choiceInside(beyond.token.span));
  else if (before > 1) notes.push(messages.elseInside(parts[1]!.link!.token.span));
  const otherwise = values[whenAt + 1]!;
  return { value: { kind: 'choice', value, condition, otherwise, span: cover(value.span, otherwise.span) } };
}

interface Part {
  readonly link?: Link;
  readonly chain: Chain;
}

function splitAtChoices(chain: Chain): readonly Part[] {
  const parts: { link?: Link; first: Operand; rest: Link[] }[] = [{ first: chain.first, rest: [] }];
  for (const link of chain.rest) {
    const isChoice = link.operator === 'else' || link.operator === 'when' || link.operator === 'otherwise';
    if (isChoice) parts.push({ link, first: link.operand, rest: [] });
    else parts.at(-1)!.rest.push(link);
  }
  return parts.map(({ link, first, rest }) => ({ ...(link && { link }), chain: { first, rest } }));
}

function elseChain(parts: readonly Part[], values: readonly Expression[], notes: Diagnostic[]): Expression {
  if (parts.length === 1) return values[0]!;
  const longer = parts.some(({ chain }) => chain.rest.length > 0 || chain.first.prefixes.some(isNot));
  if (longer) notes.push(messages.elseInside(parts[1]!.link!.token.span));
  return values
    .slice(0, -1)
    .reduceRight(
      (fallback, value) => ({ kind: 'else', value, fallback, span: cover(value.span, fallback.span) }),
      values.at(-1)!,
    );
}

const PRECEDENCE: Readonly<Record<BinaryOperator, number>> = {
  or: 1,
  and: 1,
  is: 2,
  'is not': 2,
  '<': 2,
  '<=': 2,
  '>': 2,
  '>=': 2,
  '+': 3,
  '-': 3,
  '*': 4,
  '/': 4,
};

/** The tree of a chain without choices. */
function logic(chain: Chain, notes: Diagnostic[]): Expression {
  const links = chain.rest;
  let at = 0;
  const logical = links.filter((link) => PRECEDENCE[link.operator as BinaryOperator] === 1);
  const mixed = logical.find((link) => link.operator !== logical[0]!.operator);
  if (mixed !== undefined) notes.push(messages.andWithOr(mixed.token.span, logical[0]!.token.span));
  return climb(operand(chain.first), 1);

  function climb(first: Expression, lowest: number): Expression {
    let left = first;
    let comparison: Link | undefined;
    for (let link = links[at]; link !== undefined; link = links[at]) {
      const operator = link.operator as BinaryOperator;
      const precedence = PRECEDENCE[operator];
      if (precedence < lowest) break;
      at += 1;
      const right = climb(operand(link.operand), precedence + 1);
      if (precedence === 2 && comparison !== undefined) {
        notes.push(messages.chainedComparison(link.token.span, comparison.token.span));
        continue;
      }
      comparison = precedence === 2 ? link : undefined;
      const operatorSpan = cover(link.token.span, link.last.span);
      left = { kind: 'binary', operator, left, right, operatorSpan, span: cover(left.span, right.span) };
    }
    return left;
  }

  /** `not` reaches over a comparison, the sign over its value alone. */
  function operand({ prefixes, value }: Operand): Expression {
    const lastNot = prefixes.findLastIndex(isNot);
    const signed = unary(prefixes.slice(lastNot + 1), value);
    return lastNot === -1 ? signed : unary(prefixes.slice(0, lastNot + 1), climb(signed, 2));
  }
}

function unary(prefixes: readonly Token[], value: Expression): Expression {
  return prefixes.reduceRight<Expression>(
    (operand, token) => ({
      kind: 'unary',
      operator: isNot(token) ? 'not' : '-',
      operand,
      span: cover(token.span, operand.span),
    }),
    value,
  );
}

function isNot(token: Token): boolean {
  return token.image === 'not' || token.image === '!';
}
