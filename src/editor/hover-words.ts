// What a word of the language, a number, a date or a period says.

import { civilOf, type Day, parseDay, weekday } from '../base/date.ts';
import { divide, exact, multiply, whole } from '../base/exact.ts';
import { numberNotation } from '../base/notation.ts';
import { parsePeriod } from '../base/period.ts';
import type { Source, Span } from '../base/source.ts';
import { currencyDecimals, DURATION_SECONDS } from '../base/unit.ts';
import { isYaml, yamlPartsOf } from '../syntax/forms.ts';
import { lex } from '../syntax/lexer.ts';
import { nextWords } from '../syntax/next-words.ts';
import type { PhraseName } from '../syntax/phrases.ts';
import { type Clause, type Part, shapeOf } from '../syntax/shape.ts';
import { docOf } from '../syntax/shape-docs.ts';
import { wholeOf } from '../syntax/slice.ts';
import type { Token } from '../syntax/tokens.ts';
import * as t from '../syntax/tokens.ts';
import { cursorAt } from './cursor.ts';
import type { Key, Place } from './cursor-place.ts';
import { linesOf } from './cursor-text.ts';
import type { Hover } from './hover.ts';
import { KEYWORDS } from './keywords.ts';
import type { Project } from './project.ts';

/** What is said of the word at the offset that is no name. */
export function wordHover(_project: Project, source: Source, offset: number): Hover | undefined {
  const token = tokenAt(source, offset);
  // the digits of `09:00` are no numbers
  if (token && isOfClock(source, token.span)) return undefined;
  const literal = token && literalHover(token);
  if (literal) return literal;
  const cursor = cursorAt(source, offset);
  const word = source.text.slice(cursor.span.start, cursor.span.end);
  return word === '' ? undefined : keywordHover(cursor.at, { word, span: cursor.span });
}

function tokenAt(source: Source, offset: number): Token | undefined {
  const isAt = ({ span }: { readonly span: Span }): boolean => span.start <= offset && offset < span.end;
  if (!isYaml(source.name)) return lex(wholeOf(source)).tokens.find(isAt);
  const scalar = yamlPartsOf(source).scalars.find(isAt);
  return scalar && lex(scalar.slice).tokens.find(isAt);
}

function isOfClock({ text }: Source, { start, end }: Span): boolean {
  return (
    /^[0-9]+$/.test(text.slice(start, end)) &&
    (/[0-9]:$/.test(text.slice(Math.max(0, start - 2), start)) || /^:[0-9]/.test(text.slice(end, end + 2)))
  );
}

// ---- numbers, dates, periods --------------------------------------------------------------------------------

function literalHover(token: Token): Hover | undefined {
  const { span, value, unit = '', image } = token;
  const of = (title: string, doc?: string): Hover => ({ span, title, ...(doc !== undefined && { doc }) });
  switch (token.tokenType) {
    case t.NumberToken:
      return of(`number ${numberNotation(exact(value))}`);
    case t.PercentToken:
      return of(`percent ${image}`, `as a number ${numberNotation(divide(exact(value), whole(100))!)}`);
    case t.MoneyToken: {
      const decimals = currencyDecimals(unit);
      const cents = decimals === 0 ? 'no decimals' : decimals === 1 ? 'one decimal' : `${decimals} decimals`;
      return of(`${numberNotation(exact(value))} ${unit}`, `an amount in ${unit}, which has ${cents}`);
    }
    case t.DurationToken: {
      const seconds = DURATION_SECONDS.get(unit);
      if (seconds === undefined) return of(`${image}`, 'a length of the calendar: its days differ');
      const total = multiply(exact(value), whole(seconds));
      return of(`${image}`, `${numberNotation(total)} seconds`);
    }
    case t.DateToken: {
      const day = parseDay(value);
      return day === undefined
        ? undefined
        : of(`date ${value}`, `${WEEKDAYS[weekday(day) - 1]}, ${dayInWords(day)}`);
    }
    case t.PeriodToken: {
      const period = parsePeriod(value);
      return period && of(`period ${value}`, `${dayInWords(period.from)} to ${dayInWords(period.until - 1)}`);
    }
    default:
      return undefined;
  }
}

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

/** `31 Mar 2026`. */
function dayInWords(day: Day): string {
  const { year, month, date } = civilOf(day);
  return `${date} ${MONTHS[month - 1]} ${year}`;
}

// ---- keywords ----------------------------------------------------------------------------------------------

interface Word {
  readonly word: string;
  readonly span: Span;
}

function keywordHover(at: Place, { word, span }: Word): Hover | undefined {
  switch (at.kind) {
    case 'declaration': {
      const shape = shapeOf(word);
      return shape && { span, title: word, doc: docOf(shape), note: `in YAML: \`${shape.key}:\`` };
    }
    case 'line': {
      const clause = linesOf(at.inside.shape!).find((each) => each.word?.split(' ')[0] === word);
      return clause && clauseHover(clause, span);
    }
    case 'key': {
      const key = at.keys.find((each) => each.key === word);
      return key ? keyHover(key, span) : at.also && keywordHover(at.also, { word, span });
    }
    case 'phrase': {
      const later = at.later?.find((each) => each.word === word);
      if (later && phraseHover(at, { word, span }) === undefined) return clauseHover(later, span);
      return phraseHover(at, { word, span });
    }
    case 'name':
    case 'comment':
    case 'nothing':
      return undefined;
    default:
      return at satisfies never;
  }
}

function clauseHover(clause: Clause, span: Span): Hover {
  return { span, title: clause.word ?? clause.key, doc: docOf(clause), note: `in YAML: \`${clause.key}:\`` };
}

function keyHover(key: Key | Clause | Part, span: Span): Hover {
  const word = 'section' in key ? key.section?.word : 'form' in key ? key.word : undefined;
  const note = word === undefined ? undefined : `in the text form: \`${word}\``;
  return {
    span,
    title: key.key,
    doc: 'into' in key ? docOf(key) : key.doc,
    ...(note !== undefined && { note }),
  };
}

/** A keyword of a phrase, alone or with those around it: `lower is better` is one. */
function phraseHover(at: Place & { readonly kind: 'phrase' }, { word, span }: Word): Hover | undefined {
  const { phrase, tokens, index } = at;
  if (phrase === 'label' || phrase === 'flag') return undefined;
  const images = tokens.map(({ image }, place) => (place === index ? word : image));
  const found = [0, 1, 2, 3]
    .filter((back) => back <= index)
    .flatMap((back) => {
      const from = index - back;
      return nextWords(phrase as PhraseName, tokens.slice(0, from)).flatMap(({ words }) => {
        const parts = words?.split(' ') ?? [];
        const isWritten = parts.every((part, place) => images[from + place] === part);
        return isWritten && parts.length > back ? { parts, from } : [];
      });
    })
    .toSorted((a, b) => b.parts.length - a.parts.length)[0];
  if (found === undefined) return undefined;
  const pair = [...found.parts, images[found.from + found.parts.length]].join(' ');
  const title = PAIRS.has(pair) ? pair : found.parts.join(' ');
  const doc = phrase === 'work' && title === 'to' ? UNTIL : (KEYWORDS.get(title) ?? partDoc(at, title));
  return { span, title, ...(doc !== undefined && { doc }) };
}

/** Of `monday to friday` and of `09:00 to 18:00`. */
const UNTIL = 'up to this day, included, or up to this time';

/** Two words of which the second isn't the only one that may follow. */
const PAIRS: ReadonlySet<string> = new Set(['is not', 'half up', 'half even', 'each earlier']);

function partDoc({ inside }: Place & { readonly kind: 'phrase' }, words: string): string | undefined {
  const key = words.split(' ')[0];
  const parts = [...(inside.clause?.parts ?? []), ...(inside.shape?.clauses ?? [])];
  const part = parts.find((each) => each.key.split('_')[0] === key);
  return part && docOf(part);
}
