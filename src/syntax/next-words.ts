// What may stand next in a phrase that is being written, by the parser's own rules: completion asks it.

import { LIMITS } from './limits.ts';
import { type PhraseName, wholePhrases } from './phrases.ts';
import { readPhrase } from './read-phrase.ts';
import type { Token } from './tokens.ts';
import * as t from './tokens.ts';

/** What may stand next: a keyword, or something of the user's own. */
export interface Next {
  /** The keyword's words; those that can only follow it are there already: `while employed`. */
  readonly words?: string;
  /** `value` is a literal or the beginning of a formula's part, `name` a word or a quoted name, `word` a word alone. */
  readonly kind: 'keyword' | 'value' | 'text' | 'name' | 'word';
  /** The rules of the parser that it would stand in, outermost first. */
  readonly rules: readonly string[];
}

/** How many words of one clause are looked ahead for: `same period last year`. */
const LONGEST = 4;

/** What may follow the words of a phrase; nothing where they are no beginning of one. */
export function nextWords(phrase: PhraseName, before: readonly Token[]): readonly Next[] {
  if (before.length > LIMITS.statementTokens / 4 || depthOf(before) > DEEPEST) return [];
  return [...read(phrase, before), ...behindComma(phrase, before), ...behindKeyword(phrase, before)];
}

/** Brackets in brackets for which an answer is worth its time, which grows with their third power. */
const DEEPEST = 40;

function depthOf(tokens: readonly Token[]): number {
  let depth = 0;
  for (const { tokenType } of tokens) {
    if (tokenType === t.OpenParen || tokenType === t.OpenBracket) depth += 1;
    else if (tokenType === t.CloseParen || tokenType === t.CloseBracket) depth -= 1;
  }
  return depth;
}

/** A clause of a call may have a comma before it, which the parser's search takes for one between arguments. */
function behindComma(phrase: PhraseName, before: readonly Token[]): readonly Next[] {
  if (before.at(-1)?.tokenType !== t.Comma) return [];
  return read(phrase, before.slice(0, -1)).filter(
    ({ kind, rules }) => kind === 'keyword' && rules.at(-1) === 'call',
  );
}

function read(phrase: PhraseName, before: readonly Token[]): readonly Next[] {
  return paths(phrase, before).flatMap(({ nextTokenType, ruleStack }): readonly Next[] => {
    const rules = ruleStack;
    if (nextTokenType === t.Literal) return [{ kind: 'value', rules }];
    if (nextTokenType === t.Text) return [{ kind: 'text', rules }];
    if (nextTokenType === t.Named) return [{ kind: 'name', rules }];
    if (nextTokenType === t.Word) return [{ kind: rules.at(-1) === 'word' ? 'word' : 'value', rules }];
    const word = t.wordOf(nextTokenType);
    return word === undefined ? [] : [{ kind: 'keyword', words: wholeClause(phrase, before, word), rules }];
  });
}

/** A keyword right behind a bracket or comma has a value behind it: `nth(by …`, `(x, to …`, `[by …`. */
function behindKeyword(phrase: PhraseName, before: readonly Token[]): readonly Next[] {
  const word = before.at(-1);
  const isFirst = /^[([,]$/.test(before.at(-2)?.image ?? '');
  if (!isFirst || word === undefined || t.wordOf(word.tokenType) === undefined) return [];
  // the parser's search takes a word that may be a name for one
  const shorter = before.slice(0, -1);
  const keyword = [...read(phrase, shorter), ...behindComma(phrase, shorter)].find(
    ({ words }) => words?.split(' ')[0] === word.image,
  );
  if (!keyword) return [];
  const rules = [...keyword.rules, ...(word.image === 'each' ? ['each', 'grain', 'word'] : ['primary'])];
  return [{ kind: word.image === 'each' ? 'word' : 'value', rules }];
}

/** Whether the words are a whole phrase, after which a clause of its own may begin; `clean` has nothing wrong with it. */
export function isWholePhrase(
  phrase: PhraseName,
  tokens: readonly Token[],
  how: 'readable' | 'clean' = 'readable',
): boolean {
  const place = { source: '', start: 0, end: 0 };
  const { value, diagnostics } = readPhrase(phrase, tokens, { place, end: '' });
  return value !== undefined && (how === 'readable' || diagnostics.length === 0);
}

/** The keyword with the keywords that nothing else can stand in place of. */
function wholeClause(phrase: PhraseName, before: readonly Token[], word: string): string {
  const words = [word];
  let tokens = [...before, keywordToken(word, before.at(-1))];
  while (words.length < LONGEST) {
    const after = paths(phrase, tokens);
    const types = new Set(after.map(({ nextTokenType }) => nextTokenType));
    const [only] = types;
    const next = types.size === 1 && only ? t.wordOf(only) : undefined;
    if (next === undefined) break;
    words.push(next);
    tokens = [...tokens, keywordToken(next, tokens.at(-1))];
  }
  return words.join(' ');
}

interface Path {
  readonly nextTokenType: Token['tokenType'];
  readonly ruleStack: readonly string[];
}

function paths(phrase: PhraseName, tokens: readonly Token[]): readonly Path[] {
  return wholePhrases().computeContentAssist(phrase, [...tokens]) as unknown as readonly Path[];
}

/** A keyword as if it had been written. */
function keywordToken(word: string, before: Token | undefined): Token {
  const tokenType = t.KEYWORDS.get(word)!;
  const at = before?.endOffset === undefined ? 0 : before.endOffset + 2;
  return {
    image: word,
    value: word,
    startOffset: at,
    endOffset: at + word.length - 1,
    tokenType,
    tokenTypeIdx: tokenType.tokenTypeIdx!,
    span: { source: '', start: at, end: at + word.length },
    startsLine: false,
    column: at,
    spaceBefore: true,
    spaceAfter: true,
  };
}
