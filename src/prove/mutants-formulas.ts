// Changes of formulas: comparisons, conditions, windows and scopes, aggregates, and the constants in them.

import { dayText, parseDay } from '../base/date.ts';
import { add, exact, fixedText, fraction, sign } from '../base/exact.ts';
import { walk } from '../check/walk.ts';
import type { MutantKind } from '../model/mutation.ts';
import type * as ast from '../syntax/ast.ts';
import { printExpression } from '../syntax/print-expression.ts';
import type { Noting } from './mutants.ts';

/** Which way a constant is moved. */
export type Ways = readonly ('up' | 'down' | 'to 0')[];

/** How the constants of a formula are changed: as what, and which way. */
export interface Constants {
  readonly kind: MutantKind;
  readonly ways: Ways;
}

const PLAIN: Constants = { kind: 'constant', ways: ['up', 'to 0'] };

/** Notes the changes of a formula and of all its parts. */
export function listFormula(noting: Noting, formula: ast.Expression, constants: Constants = PLAIN): void {
  const fallbacks = new Set<ast.Expression>();
  walk(formula, (node) => {
    if (node.kind === 'else' && moved(node.fallback, 'up')) fallbacks.add(node.fallback);
  });
  walk(formula, (node) => {
    if (moved(node, 'up') || moved(node, 'down'))
      listConstant(noting, node, fallbacks.has(node) ? { kind: 'else', ways: ['up', 'to 0'] } : constants);
    else listNode(noting, node);
  });
}

/** Notes the ways in which a constant can be moved; of anything else nothing. */
export function listConstant(noting: Noting, node: ast.Expression, { kind, ways }: Constants): void {
  const seen = new Set([printExpression(node)]);
  for (const way of ways) {
    const other = moved(node, way);
    if (!other || seen.has(printExpression(other))) continue;
    seen.add(printExpression(other));
    noting.put(instead(kind, node, other));
  }
}

/** A literal one of its last digit up or down, a day later or earlier, or 0; nothing where it can't be. */
export function moved(node: ast.Expression, way: Ways[number]): ast.Expression | undefined {
  switch (node.kind) {
    case 'number':
    case 'percent':
    case 'money':
    case 'duration': {
      const digits = movedDigits(node.digits, way);
      return digits === undefined ? undefined : { ...node, digits };
    }
    case 'date': {
      const day = parseDay(node.text);
      if (day === undefined || way === 'to 0') return undefined;
      return { ...node, text: dayText(day + (way === 'up' ? 1 : -1)) };
    }
    default:
      return undefined;
  }
}

function movedDigits(digits: string, way: Ways[number]): string | undefined {
  if (way === 'to 0') return '0';
  const places = digits.split('.')[1]?.length ?? 0;
  const value = add(exact(digits), fraction(way === 'up' ? 1 : -1, 10n ** BigInt(places)));
  return sign(value) < 0 ? undefined : fixedText(value, places);
}

/** A change that puts one expression in the place of another. */
export function instead(kind: MutantKind, node: ast.Expression, other: ast.Expression) {
  return {
    kind,
    before: printExpression(node),
    after: printExpression(other),
    span: node.span,
    changes: new Map([[node, other]]),
  };
}

const OTHER_COMPARISONS: Readonly<Partial<Record<ast.BinaryOperator, readonly ast.BinaryOperator[]>>> = {
  '<': ['<=', '>'],
  '<=': ['<', '>='],
  '>': ['>=', '<'],
  '>=': ['>', '<='],
  is: ['is not'],
  'is not': ['is'],
};
const OTHER_LOGIC: Readonly<Partial<Record<ast.BinaryOperator, ast.BinaryOperator>>> = {
  and: 'or',
  or: 'and',
};
const OTHER_ARITHMETIC: Readonly<Partial<Record<ast.BinaryOperator, ast.BinaryOperator>>> = {
  '+': '-',
  '-': '+',
  '*': '/',
  '/': '*',
};
const OTHER_FUNCTIONS: Readonly<Record<string, string>> = {
  sum: 'max',
  average: 'max',
  median: 'average',
  min: 'max',
  max: 'min',
  first: 'last',
  last: 'first',
  floor: 'ceil',
  ceil: 'floor',
};
const ROUNDINGS: readonly string[] = ['half up', 'half even', 'down'];

function listNode(noting: Noting, node: ast.Expression): void {
  const put = (kind: MutantKind, other: ast.Expression): void => noting.put(instead(kind, node, other));
  switch (node.kind) {
    case 'binary': {
      for (const operator of OTHER_COMPARISONS[node.operator] ?? []) put('comparison', { ...node, operator });
      const logic = OTHER_LOGIC[node.operator];
      if (logic) {
        put('logic', { ...node, operator: logic });
        put('condition', node.left);
        put('condition', node.right);
      }
      const arithmetic = OTHER_ARITHMETIC[node.operator];
      if (arithmetic) put('arithmetic', { ...node, operator: arithmetic });
      return;
    }
    case 'unary':
      put(node.operator === 'not' ? 'logic' : 'arithmetic', node.operand);
      return;
    case 'choice':
      put('condition', node.value);
      put('condition', node.otherwise);
      return;
    case 'exists':
      put('condition', { kind: 'truth', value: true, span: node.span });
      return;
    case 'truth':
      put('constant', { ...node, value: !node.value });
      return;
    case 'step':
      put('constant', { ...node, direction: node.direction === 'up' ? 'down' : 'up' });
      return;
    case 'brackets':
      listBrackets(noting, node);
      return;
    case 'call':
      listCall(noting, node);
      return;
    default:
  }
}

function listCall(noting: Noting, node: ast.Call): void {
  const put = (kind: MutantKind, other: ast.Expression): void => noting.put(instead(kind, node, other));
  const { callee, args, where: _where, as: _as, after: _after, of: _of, ...bare } = node;
  const [arg] = args;
  const other = callee.kind === 'name' ? OTHER_FUNCTIONS[callee.name.text] : undefined;
  if (callee.kind === 'name' && other !== undefined)
    put('aggregate', { ...node, callee: { ...callee, name: { ...callee.name, text: other } } });
  if (node.distinct && arg?.kind === 'member') put('aggregate', { ...node, distinct: false, args: [arg.of] });
  if (node.where) put('condition', without(node, 'where'));
  if (node.as) put('credit', without(node, 'as'));
  if (node.after) put('table', without(node, 'after'));
  if (node.of && bare.ofArgument === undefined && callee.kind === 'name') put('table', without(node, 'of'));
  const { mode, within, each } = node;
  if (mode)
    for (const text of ROUNDINGS.filter((one) => one !== mode.text))
      put('rounding', { ...node, mode: { ...mode, text } });
  if (within) {
    put('window', { ...node, within: { ...within, word: within.word === 'after' ? 'before' : 'after' } });
    put('window', without(node, 'within'));
  }
  if (each) {
    const longer = LONGER[each.grain.text];
    put('window', { ...node, each: { ...each, earlier: !each.earlier } });
    if (longer) put('window', { ...node, each: { ...each, grain: { ...each.grain, text: longer } } });
  }
}

/** The next longer length of time, and for the longest the next shorter. */
export const LONGER: Readonly<Record<string, string>> = {
  week: 'month',
  month: 'quarter',
  quarter: 'month',
  year: 'quarter',
};

const OTHER_ITEMS: Readonly<Record<string, readonly [kind: MutantKind, word: string]>> = {
  team: ['scope', 'company'],
  company: ['scope', 'team'],
  reports: ['scope', 'team'],
  ytd: ['window', 'qtd'],
  qtd: ['window', 'ytd'],
};

function listBrackets(noting: Noting, node: ast.Brackets): void {
  const put = (kind: MutantKind, other: ast.Expression): void => noting.put(instead(kind, node, other));
  for (const item of node.items) {
    const rest = node.items.filter((each) => each !== item);
    const leftOut = rest.length > 0 ? { ...node, items: rest } : node.of;
    const replaced = (other: ast.BracketItem): ast.Expression => ({
      ...node,
      items: node.items.map((each) => (each === item ? other : each)),
    });
    switch (item.kind) {
      case 'expression': {
        const { value } = item;
        const [kind, word] = (value.kind === 'name' && OTHER_ITEMS[value.name.text]) || [];
        if (value.kind !== 'name' || kind === undefined || word === undefined) break;
        put(kind, leftOut);
        put(kind, replaced({ ...item, value: { ...value, name: { ...value.name, text: word } } }));
        break;
      }
      case 'by':
        put('scope', leftOut);
        break;
      case 'previous':
      case 'trailing':
        put('window', leftOut);
        put('window', replaced({ ...item, count: item.count + 1 }));
        break;
      case 'to date':
      case 'same period last year':
        put('window', leftOut);
        put('window', replaced({ kind: 'previous', count: 1, span: item.span }));
        break;
      default:
        item satisfies never;
    }
  }
}

/** A part without a clause. */
export function without<T extends object>(part: T, clause: keyof T): T {
  const { [clause]: _, ...rest } = part;
  return rest as T;
}
