// Expressions to text: brackets exactly where the language needs them, digits in groups, and breaks only where the
// text form lets a line go on. The inverse of parse-formula.ts and make-tree.ts.

import { InternalError } from '../base/diagnostic.ts';
import { groupedDigits } from '../base/notation.ts';
import type { BinaryOperator, BracketItem, Call, Expression, GrainName, Name } from './ast.ts';
import { NEVER_NAMES } from './literals.ts';
import { beginsClause } from './outline.ts';
import { flat, group, type Layout, LINE, listed, nest, SOFT_LINE, spaced } from './print-layout.ts';

/** A formula on one line. */
export function printExpression(expression: Expression): string {
  return flat(formula(expression));
}

/** A formula that stands alone. */
export function formula(expression: Expression): Layout {
  switch (expression.kind) {
    case 'number':
      return groupedDigits(expression.digits);
    case 'percent':
      return `${groupedDigits(expression.digits)}%`;
    case 'money':
      return `${groupedDigits(expression.digits)} ${expression.currency}`;
    case 'duration':
      return `${groupedDigits(expression.digits)} ${expression.unit}`;
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
    case 'step': {
      const { of, direction, count } = expression;
      const steps = count.kind === 'number' ? formula(count) : bracketed(count);
      return [within(of, LEVEL.postfix), ` ${direction} `, steps];
    }
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

/** A comparison in two parts, so that those of neighbouring lines can stand below each other. */
export function comparison(expression: Expression): readonly [left: Layout, rest: Layout] | undefined {
  if (expression.kind !== 'binary' || LEVELS[expression.operator] !== LEVEL.comparison) return undefined;
  const { left, operator, right } = expression;
  return [within(left, LEVEL.sum), [operator, ' ', within(right, LEVEL.sum)]];
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
  return /^[\p{L}_][\p{L}\p{M}\p{N}_]*$/u.test(text) && !/\p{DI}/u.test(text);
}

/** A text in double quotes, with its escapes. */
export function quoted(text: string): string {
  const inside = text.replace(/["\\]/g, '\\$&').replaceAll('\n', '\\n').replaceAll('\t', '\\t');
  return `"${inside}"`;
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
const CALL_WORDS: ReadonlySet<string> = new Set([
  'distinct',
  'where',
  'as',
  'to',
  'after',
  'at',
  'by',
  'within',
  'each',
  'half',
]);
const WINDOW_WORDS: ReadonlySet<string> = new Set(['by', 'previous', 'trailing', 'to', 'same']);

function call({ callee, distinct, args, of, ofArgument = 0, ...said }: Call): Layout {
  const clauses = callClauses(said, args.length === 0);
  const ofAt = of === undefined ? -1 : ofArgument;
  const values = args.map((arg, index) => {
    // What the clauses belong to is plain only where a choice before them stands in brackets.
    const isFollowed = clauses.length > 0 || ofAt !== -1;
    const layout = isFollowed ? within(arg, LEVEL.logic) : formula(arg);
    const meetsClause = index === ofAt || (index === args.length - 1 && clauses.length > 0);
    const isBare = arg.kind === 'name' && !meetsClause;
    const value = isBare ? layout : guarded(layout, CALL_WORDS);
    const said = distinct && index === 0 ? ['distinct ', unsigned(value)] : value;
    return index === ofAt ? [said, ' of ', sum(of!)] : said;
  });
  const open = values[0] !== undefined && breakBefore(values[0]) === LINE ? SOFT_LINE : '';
  const inside = [
    ...values.map((value, index) => [index === 0 ? open : [',', breakBefore(value)], value]),
    ...clauses.map(({ layout, comma }, index) => {
      if (values.length === 0 && index === 0) return layout;
      return [comma ? ',' : '', breakBefore(layout), layout];
    }),
  ];
  return group(base(callee), '(', nest(2, inside), open, ')');
}

interface CallClause {
  readonly layout: Layout;
  /** Whether a comma stands before it: `convert(amount, to RUB, at closed_on)`, `ladder(x, after y)`. */
  readonly comma: boolean;
}

/** The clauses of a call in their order; without a value before the first, its own must not be taken for a clause. */
function callClauses(
  { as, by, where, to, mode, after, at, within: days, each }: Partial<Call>,
  isAlone: boolean,
): readonly CallClause[] {
  const clauses: CallClause[] = [];
  /** The value of the next clause; where a comma or nothing stands before it, it can't begin like a clause. */
  const plain = (value: Layout, { comma = false } = {}): Layout => {
    const isFirst = isAlone && clauses.length === 0;
    return isFirst || comma ? guarded(isFirst ? unsigned(value) : value, CALL_WORDS) : value;
  };
  const add = (word: string, value: Layout, { comma = false } = {}): void => {
    const isFirst = isAlone && clauses.length === 0;
    clauses.push({ layout: [word, ' ', nest(2, value)], comma: comma && !isFirst });
  };
  if (as) add('as', CALL_WORDS.has(as.text) ? quoted(as.text) : nameText(as));
  if (by) {
    const values = by.map((value, index) => plain(formula(value), { comma: index > 0 }));
    add('by', listed(values, ', '));
  }
  if (where) add('where', plain(formula(where)));
  const comma = { comma: true };
  if (to) {
    // `convert(amount, to RUB, at closed_on)`, but `round(x to 0.01)`.
    const place = { comma: at !== undefined };
    add('to', plain(sum(to), place), place);
  }
  if (mode) clauses.push({ layout: mode.text, comma: false });
  if (after) add('after', plain(sum(after), comma), comma);
  if (at) add('at', plain(sum(at), comma), comma);
  if (days) add('within', [plain(sum(days.length)), ` ${days.word} `, sum(days.of)]);
  if (each) add('each', spaced(each.earlier && 'earlier', grainText(each.grain)));
  return clauses;
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
      return spaced(value, item.at && ['at ', formula(item.at)], item.of && `of ${nameText(item.of)}`);
    }
    case 'by':
      return ['by ', unsigned(formula(item.value))];
    case 'previous':
      return item.count === 1 ? 'previous' : `previous ${item.count}`;
    case 'trailing':
      return `trailing ${item.count} ${grainText(item.grain)}`;
    case 'to date':
    case 'same period last year':
      return item.kind;
    default:
      return item satisfies never;
  }
}

/** `quarter`, `quarter of retail`. */
export function grainText({ text, of }: GrainName): string {
  return of ? `${text} of ${nameText(of)}` : text;
}

function firstWord(layout: Layout): string | undefined {
  return /^[\p{L}_][\p{L}\p{M}\p{N}_]*/u.exec(flat(layout))?.[0];
}
