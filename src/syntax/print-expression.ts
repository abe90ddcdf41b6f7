// Expressions to text: brackets exactly where the language needs them, digits in groups, and breaks only where the
// text form lets a line go on. The inverse of parse-formula.ts and make-tree.ts.

import { InternalError } from '../base/diagnostic.ts';
import type { BinaryOperator, BracketItem, Call, Expression, Name } from './ast.ts';
import { NEVER_NAMES } from './literals.ts';
import { beginsClause } from './outline.ts';
import { flat, group, type Layout, LINE, listed, nest, SOFT_LINE } from './print-layout.ts';

/** A formula on one line. */
export function printExpression(expression: Expression): string {
  return flat(formula(expression));
}

/** A formula that stands alone. */
export function formula(expression: Expression): Layout {
  switch (expression.kind) {
    case 'number':
      return grouped(expression.digits);
    case 'percent':
      return `${grouped(expression.digits)}%`;
    case 'money':
      return `${grouped(expression.digits)} ${expression.currency}`;
    case 'duration':
      return `${grouped(expression.digits)} ${expression.unit}`;
    case 'date':
    case 'period':
      return expression.text;
    case 'text':
      return quoted(expression.value);
    case 'truth':
      return String(expression.value);
    case 'name':
      return expression.name.text;
    case 'member':
      return [base(expression.of), '.', expression.name.text];
    case 'call':
      return call(expression);
    case 'brackets': {
      const items = expression.items.map(bracketItem);
      return group(base(expression.of), '[', nest(4, listed(items, ', ')), ']');
    }
    case 'exists':
      return [within(expression.operand, LEVEL.postfix), ' exists'];
    case 'unary':
      return expression.operator === 'not'
        ? ['not ', within(expression.operand, LEVEL.not)]
        : ['-', within(expression.operand, LEVEL.postfix)];
    case 'binary':
      return binary(expression);
    case 'else': {
      const { value, fallback } = expression;
      const rest = fallback.kind === 'else' ? formula(fallback) : within(fallback, LEVEL.minus);
      return group(within(value, LEVEL.minus), nest(2, LINE, 'else ', rest));
    }
    case 'choice': {
      const [value, condition, otherwise] = [
        expression.value,
        expression.condition,
        expression.otherwise,
      ].map((each) => within(each, LEVEL.logic));
      return group(value!, nest(2, ' when ', nest(2, condition!), LINE, 'otherwise ', otherwise!));
    }
    case 'unreadable':
      throw new InternalError('a formula that could not be read can not be printed');
    default:
      return expression satisfies never;
  }
}

/** Arithmetic: what stands before other clauses, in brackets if it is anything else. */
export function sum(expression: Expression): Layout {
  return within(expression, LEVEL.sum);
}

/** What can be followed by `.`, `[` and `exists`, in brackets if it is anything else. */
export function postfix(expression: Expression): Layout {
  return within(expression, LEVEL.postfix);
}

/** A formula after which `when` and a condition stand. */
export function beforeWhen(expression: Expression): Layout {
  return expression.kind === 'choice' ? bracketed(expression) : formula(expression);
}

/** The condition after `when`. */
export function condition(expression: Expression): Layout {
  return within(expression, LEVEL.logic);
}

/** The layout in brackets if it begins with one of the words, which would be read as something else there. */
export function guarded(layout: Layout, taken: ReadonlySet<string> | ((word: string) => boolean)): Layout {
  const first = firstWord(layout);
  const isTaken = (word: string) => (typeof taken === 'function' ? taken(word) : taken.has(word));
  return first !== undefined && isTaken(first) ? ['(', layout, ')'] : layout;
}

/** A name: as it is if it's a word that a value may begin with, else in quotes. */
export function nameText({ text }: Name): string {
  return isWord(text) && !NEVER_NAMES.has(text) ? text : quoted(text);
}

/** Whether a name can be written without quotes. */
export function isWord(text: string): boolean {
  return /^[\p{L}_][\p{L}\p{M}\p{N}_]*$/u.test(text);
}

/** A text in double quotes, with its escapes. */
export function quoted(text: string): string {
  const inside = text.replace(/["\\]/g, '\\$&').replaceAll('\n', '\\n').replaceAll('\t', '\\t');
  return `"${inside}"`;
}

/** Digits in groups of three if there are at least this many. */
const GROUPED_FROM = 4;

function grouped(digits: string): string {
  const [whole = '', ...part] = digits.split('.');
  const groups = whole.length < GROUPED_FROM ? whole : whole.replace(/\B(?=(?:[0-9]{3})+$)/g, '_');
  return [groups, ...part].join('.');
}

// How tightly each kind of expression holds together.
const LEVEL = { logic: 1, not: 2, comparison: 3, sum: 4, product: 5, minus: 6, postfix: 7 } as const;
const LEVELS: Readonly<Record<BinaryOperator, number>> = {
  or: LEVEL.logic,
  and: LEVEL.logic,
  is: LEVEL.comparison,
  'is not': LEVEL.comparison,
  '<': LEVEL.comparison,
  '<=': LEVEL.comparison,
  '>': LEVEL.comparison,
  '>=': LEVEL.comparison,
  '+': LEVEL.sum,
  '-': LEVEL.sum,
  '*': LEVEL.product,
  '/': LEVEL.product,
};

function levelOf(expression: Expression): number {
  switch (expression.kind) {
    case 'else':
    case 'choice':
      return 0;
    case 'binary':
      return LEVELS[expression.operator];
    case 'unary':
      return expression.operator === 'not' ? LEVEL.not : LEVEL.minus;
    default:
      return LEVEL.postfix;
  }
}

function within(expression: Expression, lowest: number): Layout {
  return levelOf(expression) < lowest ? bracketed(expression) : formula(expression);
}

function bracketed(expression: Expression): Layout {
  return ['(', nest(1, formula(expression)), ')'];
}

/** What a `.`, `[` or `(` follows: a literal is easier read in brackets there. */
function base(expression: Expression): Layout {
  const isReference = ['name', 'member', 'call', 'brackets'].includes(expression.kind);
  return isReference ? formula(expression) : bracketed(expression);
}

type Binary = Extract<Expression, { kind: 'binary' }>;

/** A chain of one level, which breaks before each of its operators or before none. */
function binary(expression: Binary): Layout {
  const level = LEVELS[expression.operator];
  const links: { readonly operator: BinaryOperator; readonly right: Expression }[] = [];
  let first: Expression = expression;
  while (first.kind === 'binary' && LEVELS[first.operator] === level) {
    const goesOn =
      links.length === 0 ||
      (level === LEVEL.logic ? first.operator === links[0]!.operator : level !== LEVEL.comparison);
    if (!goesOn) break;
    links.unshift({ operator: first.operator, right: first.right });
    first = first.left;
  }
  // `and` and `or` don't mix, and comparisons don't chain.
  const lowest = level === LEVEL.logic || level === LEVEL.comparison ? level + 1 : level;
  const rest = links.map(({ operator, right }) => [
    operator === 'is' || operator === 'is not' ? ' ' : LINE,
    operator,
    ' ',
    within(right, level + 1),
  ]);
  return group(within(first, lowest), nest(2, rest));
}

// Words that begin a clause of a call, and those that begin a window.
const CALL_WORDS: ReadonlySet<string> = new Set(['distinct', 'where', 'by', 'as', 'to']);
const WINDOW_WORDS: ReadonlySet<string> = new Set(['by', 'previous', 'trailing', 'to', 'same']);

function call({ callee, distinct, args, as, by, where, to, mode }: Call): Layout {
  // What the clauses belong to is plain only where a choice before them stands in brackets.
  const isFollowed = [as, by, where, to].some((each) => each !== undefined);
  const values = args.map((arg, index) => {
    const value = guarded(isFollowed ? within(arg, LEVEL.logic) : formula(arg), CALL_WORDS);
    return distinct && index === 0 ? ['distinct ', unsigned(value)] : value;
  });
  // Without a value before it, a word is taken for a clause's only if a value plainly follows.
  const after = (value: Layout) => (values.length === 0 ? unsigned(value) : value);
  const clauses: Layout[] = [];
  if (as) clauses.push(`as ${nameText(as)}`);
  if (by)
    clauses.push([
      'by ',
      listed(
        by.map((each, index) => (index === 0 ? after(formula(each)) : formula(each))),
        ', ',
      ),
    ]);
  if (where) clauses.push(['where ', nest(2, after(formula(where)))]);
  if (to) clauses.push(['to ', after(sum(to))]);
  if (mode) clauses.push(mode.text);
  const open = values[0] !== undefined && breakBefore(values[0]) === LINE ? SOFT_LINE : '';
  const inside = [
    ...values.map((value, index) => [index === 0 ? open : [',', breakBefore(value)], value]),
    ...clauses.map((clause, index) => [
      values.length === 0 && index === 0 ? '' : breakBefore(clause),
      clause,
    ]),
  ];
  return group(base(callee), '(', nest(2, inside), open, ')');
}

/** A value that doesn't begin with a sign. */
function unsigned(value: Layout): Layout {
  return flat(value).startsWith('-') ? ['(', value, ')'] : value;
}

/** A line must not begin with a word that begins a clause: it would be read as one. */
function breakBefore(value: Layout): Layout {
  const first = firstWord(value);
  return first !== undefined && beginsClause(first) ? ' ' : LINE;
}

function bracketItem(item: BracketItem): Layout {
  switch (item.kind) {
    case 'expression': {
      const value = guarded(formula(item.value), WINDOW_WORDS);
      return item.at === undefined ? value : [value, ' at ', formula(item.at)];
    }
    case 'by':
      return ['by ', unsigned(formula(item.value))];
    case 'previous':
      return item.count === 1 ? 'previous' : `previous ${item.count}`;
    case 'trailing':
      return `trailing ${item.count} ${item.grain.text}`;
    case 'to date':
    case 'same period last year':
      return item.kind;
    default:
      return item satisfies never;
  }
}

function firstWord(layout: Layout): string | undefined {
  return /^[\p{L}_][\p{L}\p{M}\p{N}_]*/u.exec(flat(layout))?.[0];
}
