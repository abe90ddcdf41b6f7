// Tokens to the value of one phrase, by the parser's rule of that name. The one error that stops a rule becomes a
// Diagnostic here: what was expected and what was found, in the language's own words.

import type { IRecognitionException } from 'chevrotain';
import type { Diagnostic } from '../base/diagnostic.ts';
import { cover, type Span } from '../base/source.ts';
import { nearest } from '../base/suggest.ts';
import { LIMITS } from './limits.ts';
import * as messages from './messages.ts';
import { PHRASES, type PhraseName, type PhraseRules, type PhraseValue, wholePhrases } from './phrases.ts';
import type { Token } from './tokens.ts';
import * as t from './tokens.ts';

/** Where a phrase stands when it has no tokens, and what ends it in the user's words. */
export interface Around {
  readonly place: Span;
  readonly end: string;
}

export interface Phrase<T> {
  /** Absent when the phrase couldn't be read; then there is a diagnostic. */
  readonly value: T | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads all the tokens as the phrase. */
export function readPhrase<P extends PhraseName>(
  phrase: P,
  tokens: readonly Token[],
  around: Around,
): Phrase<PhraseValue<P>> {
  const limit = beyondLimits(tokens);
  if (limit !== undefined) return { value: undefined, diagnostics: [limit] };
  const quick = readBy(PHRASES, phrase, tokens);
  if (quick.stopped === undefined) return quick;
  const read = readBy(wholePhrases(), phrase, tokens);
  const { stopped, diagnostics } = read;
  if (stopped === undefined) return read;
  const at = tokens.indexOf(stopped.token as Token);
  return {
    value: undefined,
    diagnostics: [...diagnostics, explain(tokens, at, { ...around, phrase, wanted: stopped.message })],
  };
}

function readBy<P extends PhraseName>(
  parser: PhraseRules,
  phrase: P,
  tokens: readonly Token[],
): Phrase<PhraseValue<P>> & { readonly stopped: IRecognitionException | undefined } {
  parser.input = [...tokens];
  parser.notes = [];
  const value = parser[phrase]() as PhraseValue<P>;
  return { value, diagnostics: parser.notes, stopped: parser.errors[0] };
}

function explain(
  tokens: readonly Token[],
  at: number,
  wants: Around & { readonly phrase: PhraseName; readonly wanted: string },
): Diagnostic {
  const found = tokens[at];
  const example = EXAMPLES[wants.phrase];
  const help = example && `for example: \`${example}\``;
  if (found === undefined) {
    const end = tokens.at(-1)?.span.end;
    const span = end === undefined ? wants.place : { source: wants.place.source, start: end, end };
    // What is missing after the `=` of a declaration may stand in the next line, which then begins with it.
    const isDefinition =
      tokens.length === 0 && wants.phrase === 'formula' && wants.end === 'the end of the line';
    const last = isDefinition ? '=' : (tokens.at(-1)?.image ?? '');
    const goesOn = wants.wanted === 'a value' && /^([-+*/<>=]|[<>]=|and|or|else|is|otherwise)$/.test(last);
    const advice = goesOn ? `a line goes on where the next one begins with \`${last}\`` : help;
    return messages.unexpected(span, wants.wanted, { found: wants.end, help: advice });
  }
  const before = tokens[at - 1];
  if (wants.wanted === '') {
    const near = found.image.length > 2 ? nearWord(found, t.KEYWORDS.keys()) : undefined;
    return messages.leftOver(found.span, described(found), {
      near,
      help: leftOverHelp(before, found) ?? help,
    });
  }
  const words = [...wants.wanted.matchAll(/`([a-z]+)`/g)].map((match) => match[1]!);
  const near = nearWord(found, words);
  return messages.unexpected(found.span, wants.wanted, { found: described(found), help, near });
}

function nearWord(found: Token, known: Iterable<string>): string | undefined {
  const isWord = found.tokenType === t.Word && found.image.length <= LIMITS.nameLength;
  return isWord ? nearest(found.image, known) : undefined;
}

function described(token: Token): string {
  return token.tokenType === t.Text ? `the text ${token.image}` : `\`${token.image}\``;
}

function leftOverHelp(before: Token | undefined, found: Token): string | undefined {
  if (found.tokenType === t.OpenParen || found.tokenType === t.OpenBracket) {
    return found.spaceBefore ? `no space stands before \`${found.image}\`` : undefined;
  }
  if (found.tokenType === t.Equals) return '`is` compares';
  const isValue = t.isValue(found);
  return isValue && before !== undefined && t.isValue(before)
    ? 'an operator is missing before it'
    : undefined;
}

// What a phrase looks like, for the help of its errors.
const EXAMPLES: Partial<Record<PhraseName, string>> = {
  name: 'title "Sales department"',
  grain: 'per quarter of retail',
  dateRange: 'effective from 2026-01-01 until 2026-12-31',
  rounding: 'rounding half up to 0.01',
  report: 'report by person.office',
  fieldType: 'amount: money from 0 RUB',
  creditLine: 'to manager 100%',
  target: 'target revenue 100_000 RUB when person.region is "South"',
  scoreLine: 'revenue 50% on standard cap 120%',
  gate: 'gate revenue >= 100_000 RUB',
  bonusHead: 'bonus result "Result" gated per quarter = 10_000 RUB',
  bonus: 'bonus result = 10_000 RUB * score when revenue > 0 RUB',
  cap: 'cap 100_000 RUB per quarter',
  kpiHead: 'kpi answer_time "Answer time" operational lower is better = 5 hours',
  roleHead: 'role hunter "Wins clients" extends seller { … }',
  curveMode: 'curve standard linear { … }',
  ratesMode: 'rates ladder marginal { … }',
  tierBounds: 'from 0 RUB: 3%',
  tierRate: 'from 50%: 10% on all',
  curveKey: 'below 80%: 0%',
  curveScore: 'above: 1% more per 1%',
  gridBy: 'grid payout by margin_rate, invoice { … }',
  gridHeading: '| from 0 RUB | above 50_000 RUB',
  gridKeys: 'from 0% | 10% | 11%',
  gridValues: 'from 0% | 10% | 11%',
  work: 'work monday to friday 09:00 to 18:00',
  holiday: 'holiday 2026-01-01 until 2026-01-08 "New Year"',
  weeks: 'quarters 4, 4, 5 weeks',
  status: 'status green from 95%, amber from 70%',
  list: 'ramp 25%, 50%, 75%',
  spread: 'target revenue 12_000_000 RUB per year spread evenly',
  prorate: 'prorate by working days',
  floor: 'floor 20_000 RUB per month',
  draw: 'draw 50_000 RUB per month recoverable for 6 months',
  bonusClauses: 'pays in 3 monthly parts',
  pays: 'pays in 3 monthly parts',
  holds: 'holds 20% for 3 months',
  payable: 'payable as payment.amount of amount',
  corrections: 'corrections within 12 months',
  takesBack: 'takes back at most 20% of pay',
  reopens: 'reopens from 2026-01-01',
  paysIn: 'pays in person.currency at posting',
  recipients: 'to top 3 of hunter by growth',
  prizes: 'gives 10_000 RUB and badge "Best growth"',
  poolHead: 'pool gift "Gift" per quarter = 10% * profit { … }',
  shared: 'shared by points',
  forHead: 'for person anna from 2026-03-01 until 2026-05-31 { … }',
  rowHead: '12 deals { manager anna, amount 100_000 RUB }',
  cell: 'closed_on 2026-01-05 every 2 days',
  expectHead: 'expect anna in 2026-01 { revenue is 5 RUB }',
  given: 'given revenue from 0 RUB until 50_000_000 RUB',
  claim: 'pay is nondecreasing in revenue',
};

const OPENING = new Set([t.OpenParen, t.OpenBracket]);
const CLOSING = new Set([t.CloseParen, t.CloseBracket]);

function beyondLimits(tokens: readonly Token[]): Diagnostic | undefined {
  let depth = 0;
  for (const token of tokens) {
    if (OPENING.has(token.tokenType)) depth += 1;
    else if (CLOSING.has(token.tokenType)) depth -= 1;
    if (depth > LIMITS.nesting) return messages.tooDeep(token.span, LIMITS.nesting);
  }
  if (tokens.length <= LIMITS.statementTokens) return undefined;
  return messages.longStatement(cover(tokens[0]!.span, tokens.at(-1)!.span), LIMITS.statementTokens);
}
