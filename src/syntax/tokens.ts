// The kinds of token. Every keyword is a kind of `Word`, and words and quoted texts are kinds of `Named`: a rule
// that asks for a name takes any word, so a keyword is one only where its clause may stand.

import { createToken, type IToken, type TokenType } from 'chevrotain';
import type { Span } from '../base/source.ts';

/** A token with its place in the user's file. */
export interface Token extends IToken {
  readonly span: Span;
  /** Whether a line ends between the token before and this one. */
  readonly startsLine: boolean;
  /** How many characters of its line stand before it. */
  readonly column: number;
  /** Whether anything but a token stands before and after it. */
  readonly spaceBefore: boolean;
  readonly spaceAfter: boolean;
  /** The `///` lines before it. */
  readonly doc?: { readonly text: string; readonly span: Span };
  /** What a literal says: digits without `_`, a text without quotes and escapes, a word in NFC. */
  readonly value: string;
  /** The currency or unit of a literal, as written. */
  readonly unit?: string;
}

/** A kind that chevrotain doesn't know of yet: it is told of all of them at once, below. */
function token(name: string, label: string, categories: TokenType[] = []): TokenType {
  return { name, LABEL: label, CATEGORIES: categories };
}

export const Named = token('Named', 'a name');
export const Word = token('Word', 'a name', [Named]);
export const Text = token('Text', 'a text in quotes', [Named]);

const Literal = token('Literal', 'a value');
export const NumberToken = token('Number', 'a number', [Literal]);
export const PercentToken = token('Percent', 'a percent', [Literal]);
export const MoneyToken = token('Money', 'an amount of money', [Literal]);
export const DurationToken = token('Duration', 'a duration', [Literal]);
export const DateToken = token('Date', 'a date', [Literal]);
export const PeriodToken = token('Period', 'a period', [Literal]);

export const Plus = token('Plus', '`+`');
export const Minus = token('Minus', '`-`');
export const Star = token('Star', '`*`');
export const Slash = token('Slash', '`/`');
export const Less = token('Less', '`<`');
export const LessOrEqual = token('LessOrEqual', '`<=`');
export const Greater = token('Greater', '`>`');
export const GreaterOrEqual = token('GreaterOrEqual', '`>=`');
export const Equals = token('Equals', '`=`');
/** Operators of other languages: read, so that the message can say what to write. */
export const ForeignOperator = token('ForeignOperator', 'an operator');
export const Bang = token('Bang', '`!`');
export const Colon = token('Colon', '`:`');
export const Comma = token('Comma', '`,`');
export const Dot = token('Dot', '`.`');
export const Dots = token('Dots', '`..`');
export const Question = token('Question', '`?`');
export const Bar = token('Bar', '`|`');
export const OpenParen = token('OpenParen', '`(`');
export const CloseParen = token('CloseParen', '`)`');
export const OpenBracket = token('OpenBracket', '`[`');
export const CloseBracket = token('CloseBracket', '`]`');
export const OpenBrace = token('OpenBrace', '`{`');
export const CloseBrace = token('CloseBrace', '`}`');

/** What each run of signs means; the longest first. */
export const SIGNS: readonly (readonly [string, TokenType])[] = [
  ['<=', LessOrEqual],
  ['>=', GreaterOrEqual],
  ['==', ForeignOperator],
  ['!=', ForeignOperator],
  ['<>', ForeignOperator],
  ['&&', ForeignOperator],
  ['||', ForeignOperator],
  ['..', Dots],
  ['+', Plus],
  ['-', Minus],
  ['*', Star],
  ['/', Slash],
  ['<', Less],
  ['>', Greater],
  ['=', Equals],
  ['!', Bang],
  [':', Colon],
  [',', Comma],
  ['.', Dot],
  ['?', Question],
  ['|', Bar],
  ['(', OpenParen],
  [')', CloseParen],
  ['[', OpenBracket],
  [']', CloseBracket],
  ['{', OpenBrace],
  ['}', CloseBrace],
];

const WORDS = [
  'above',
  'adds',
  'after',
  'all',
  'also',
  'amber',
  'among',
  'and',
  'as',
  'at',
  'back',
  'badge',
  'before',
  'below',
  'better',
  'by',
  'calendar',
  'cap',
  'carry',
  'counts',
  'date',
  'days',
  'distinct',
  'down',
  'draw',
  'each',
  'earlier',
  'else',
  'employed',
  'equally',
  'even',
  'evenly',
  'every',
  'excess',
  'exists',
  'extends',
  'extra',
  'false',
  'first',
  'floor',
  'for',
  'forfeited',
  'from',
  'full',
  'gated',
  'green',
  'half',
  'higher',
  'holds',
  'holiday',
  'in',
  'is',
  'its',
  'key',
  'known',
  'last',
  'later',
  'least',
  'leaving',
  'level',
  'linear',
  'lower',
  'marginal',
  'missing',
  'month',
  'monthly',
  'months',
  'more',
  'most',
  'nondecreasing',
  'none',
  'nonincreasing',
  'not',
  'of',
  'on',
  'only',
  'operational',
  'or',
  'otherwise',
  'outcome',
  'owner',
  'parts',
  'pay',
  'payable',
  'pays',
  'per',
  'period',
  'person',
  'points',
  'posting',
  'posts',
  'previous',
  'prorated',
  'recognition',
  'recoverable',
  'recovered',
  'rest',
  'role',
  'same',
  'shared',
  'split',
  'spread',
  'spreads',
  'status',
  'steps',
  'team',
  'then',
  'ties',
  'to',
  'top',
  'trailing',
  'training',
  'true',
  'until',
  'up',
  'value',
  'weight',
  'when',
  'where',
  'while',
  'whole',
  'with',
  'within',
  'working',
  'year',
  'zero',
] as const;
export type KeywordText = (typeof WORDS)[number];

/** The kind of each keyword's token. */
export const KEYWORDS: ReadonlyMap<string, TokenType> = new Map(
  WORDS.map((word) => [word, token(`word ${word}`, `\`${word}\``, [Word])]),
);

/** The kind of a keyword's token. */
export function keyword(word: KeywordText): TokenType {
  return KEYWORDS.get(word)!;
}

const WORD_OF: ReadonlyMap<TokenType, string> = new Map([...KEYWORDS].map(([word, type]) => [type, word]));

/** The keyword of a kind of token; absent for what is none. */
export function wordOf(type: TokenType): string | undefined {
  return WORD_OF.get(type);
}

/** All kinds, as the parser wants them. */
export const VOCABULARY: TokenType[] = [
  Named,
  Word,
  Text,
  Literal,
  NumberToken,
  PercentToken,
  MoneyToken,
  DurationToken,
  DateToken,
  PeriodToken,
  ...new Set(SIGNS.map(([, type]) => type)),
  ...KEYWORDS.values(),
];
export { Literal };

numberKinds();

/**
 * Has chevrotain number all kinds, and note which are of which, as it makes one that is of them all; that one then goes.
 * For each kind that it makes by itself it would go over all the others, which takes longer than to read a policy.
 */
function numberKinds(): void {
  const { tokenTypeIdx } = createToken({ name: 'Any', categories: VOCABULARY });
  for (const type of VOCABULARY) {
    delete type.categoryMatchesMap![tokenTypeIdx!];
    type.categoryMatches = type.categoryMatches!.filter((each) => each !== tokenTypeIdx);
    type.isParent = type.categoryMatches.length > 0;
  }
}

/** Whether the token is a value or a name by itself. */
export function isValue({ tokenType }: IToken): boolean {
  return tokenType === Word || tokenType === Text || tokenType.CATEGORIES?.includes(Literal) === true;
}
