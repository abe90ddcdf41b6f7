// What the tests of the syntax stage share: trees without places, formulas as one line of text, marked places.

import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import type { Diagnostic } from '../../src/base/diagnostic.ts';
import type { Expression } from '../../src/syntax/ast.ts';
import type { Declaration } from '../../src/syntax/ast-policy.ts';
import { parsePolicy } from '../../src/syntax/parse.ts';
import { parseExpression } from '../../src/syntax/parse-expression.ts';

/** A copy of the tree without spans, so that the same policy in two forms compares equal. */
export function withoutSpans(tree: unknown): unknown {
  if (Array.isArray(tree)) return tree.map(withoutSpans);
  if (typeof tree !== 'object' || tree === null) return tree;
  const kept = Object.entries(tree).filter(
    ([key]) => key !== 'span' && key !== 'operatorSpan' && key !== 'source',
  );
  return Object.fromEntries(kept.map(([key, value]) => [key, withoutSpans(value)]));
}

export function corpus(name: string): string {
  return readFileSync(new URL(`./corpus/${name}`, import.meta.url), 'utf8');
}

/** The declarations of a text that must have no errors. */
export function declarationsOf(text: string, name = 'policy.merit'): readonly Declaration[] {
  const { value, diagnostics } = parsePolicy({ name, text });
  expect(diagnostics.map(line)).toEqual([]);
  return value.declarations;
}

/** A formula as one line, each operation in its own brackets. */
export function formula(text: string): string {
  const { value, diagnostics } = parseExpression({ name: 'formula', text });
  expect(diagnostics.map(line)).toEqual([]);
  return show(value);
}

export function line({ code, message }: Diagnostic): string {
  return `${code} ${message}`;
}

/** The text between `«` and `»`, with the marks taken out. */
export function marked(text: string): {
  readonly text: string;
  readonly start: number;
  readonly end: number;
} {
  const start = text.indexOf('«');
  const end = text.indexOf('»') - 1;
  return { text: text.replace('«', '').replace('»', ''), start, end };
}

/** What the source says under each diagnostic. */
export function found(text: string, name = 'policy.merit'): readonly string[] {
  return parsePolicy({ name, text }).diagnostics.map(({ code, span }) =>
    `${code} ${text.slice(span!.start, span!.end)}`.trim(),
  );
}

export function show(tree: Expression): string {
  switch (tree.kind) {
    case 'number':
      return tree.digits;
    case 'percent':
      return `${tree.digits}%`;
    case 'money':
      return `${tree.digits} ${tree.currency}`;
    case 'duration':
      return `${tree.digits} ${tree.unit}`;
    case 'date':
    case 'period':
      return tree.text;
    case 'text':
      return JSON.stringify(tree.value);
    case 'truth':
      return String(tree.value);
    case 'name':
      return tree.name.text;
    case 'member':
      return `${show(tree.of)}.${tree.name.text}`;
    case 'unary':
      return `(${tree.operator} ${show(tree.operand)})`;
    case 'binary':
      return `(${show(tree.left)} ${tree.operator} ${show(tree.right)})`;
    case 'else':
      return `(${show(tree.value)} else ${show(tree.fallback)})`;
    case 'choice':
      return `(${show(tree.value)} when ${show(tree.condition)} otherwise ${show(tree.otherwise)})`;
    case 'step':
      return `(${show(tree.of)} ${tree.direction} ${show(tree.count)})`;
    case 'exists':
      return `(${show(tree.operand)} exists)`;
    case 'unreadable':
      return '???';
    case 'brackets':
      return `${show(tree.of)}[${tree.items.map((item) => showItem(item)).join(', ')}]`;
    case 'call': {
      const args = tree.args.map(show).join(', ');
      const clauses = [
        tree.distinct ? `distinct ${args}` : args,
        tree.as && `as ${tree.as.text}`,
        tree.by && `by ${tree.by.map(show).join(', ')}`,
        tree.where && `where ${show(tree.where)}`,
        tree.to && `to ${show(tree.to)}`,
        tree.mode?.text,
        tree.of && `of ${show(tree.of)}`,
        tree.after && `after ${show(tree.after)}`,
        tree.at && `at ${show(tree.at)}`,
        tree.within && `within ${show(tree.within.length)} ${tree.within.word} ${show(tree.within.of)}`,
        tree.each && `each ${tree.each.earlier ? 'earlier ' : ''}${tree.each.grain.text}`,
      ];
      return `${show(tree.callee)}(${clauses.filter((each) => each !== undefined && each !== '').join(' ')})`;
    }
    default:
      return tree satisfies never;
  }
}

type Item = Extract<Expression, { kind: 'brackets' }>['items'][number];

function showItem(item: Item): string {
  switch (item.kind) {
    case 'expression':
      return show(item.value) + (item.at === undefined ? '' : ` at ${show(item.at)}`);
    case 'by':
      return `by ${show(item.value)}`;
    case 'previous':
      return `previous ${item.count}`;
    case 'trailing':
      return `trailing ${item.count} ${item.grain.text}`;
    default:
      return item.kind;
  }
}
