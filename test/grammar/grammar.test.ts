// The grammar is normative: sentences of each of its rules are read without an error, and its names and words are
// the parser's.

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readGrammar, textsOf } from '../../grammar/ebnf.ts';
import { railroadPage } from '../../grammar/railroad.ts';
import { lex } from '../../src/syntax/lexer.ts';
import { parsePolicy } from '../../src/syntax/parse.ts';
import { wholePhrases } from '../../src/syntax/phrases.ts';
import { SHAPES } from '../../src/syntax/shape.ts';
import { wholeOf } from '../../src/syntax/slice.ts';
import { KEYWORDS } from '../../src/syntax/tokens.ts';
import { SentenceMaker, WORDS } from './sentences.ts';

const TEXT = readFileSync(new URL('../../grammar/merit.ebnf', import.meta.url), 'utf8');
const RULES = readGrammar(TEXT);

/** Rules of letters, which the lexer has. */
const LETTERS = ['letter', 'mark', 'digit', 'capital', 'character', 'blank', 'year'];
const NAMES = [...RULES.keys()].filter((name) => !LETTERS.includes(name));

/** What no grammar of this notation says: a clause twice, a clause missing, a count of nothing. */
const BESIDE = new Set(['M1030', 'M1031', 'M1046']);

describe('sentences', () => {
  const maker = new SentenceMaker(RULES);

  it.each(NAMES)('%s', (name) => {
    for (let seed = 1; seed <= 25; seed++) {
      const { text, rules } = maker.make('policy_file', name, seed);
      expect([...rules], text).toContain(name);
      const wrong = parsePolicy({ name: 'sentence.merit', text }).diagnostics.filter(
        ({ code }) => !BESIDE.has(code),
      );
      const shown = wrong.map(
        ({ code, message, span }) => `${code} ${message} at ${text.slice(span!.start)}`,
      );
      expect(shown, text).toEqual([]);
    }
  });
});

describe('names', () => {
  it('are all defined, once, and used', () => {
    const used = new Set([...RULES.values()].flatMap((part) => textsOf(part, 'rule')));
    expect([...used].filter((name) => !RULES.has(name))).toEqual([]);
    expect([...RULES.keys()].filter((name) => !used.has(name))).toEqual(['policy_file']);
  });

  it('are those of the shapes and of the rules of the parser', () => {
    const parser = new Set(Object.keys(wholePhrases().getGAstProductions()));
    const camel = (name: string) => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
    const shapes = new Set(SHAPES.map((shape) => shape.word));
    const read = NAMES.map((name): readonly [string, readonly string[]] => [
      name,
      READ_BY[name] ?? (parser.has(camel(name)) ? [camel(name)] : []),
    ]);
    const unread = read.filter(
      ([name, rules]) => rules.length === 0 && !(name in WORDS) && !shapes.has(name) && !(name in READ_BY),
    );
    expect(unread.map(([name]) => name)).toEqual([]);
    const known = new Set(read.flatMap(([, rules]) => rules));
    expect([...parser].filter((rule) => !known.has(rule))).toEqual([]);
    expect([...known].filter((rule) => !parser.has(rule))).toEqual([]);
  });
});

/** Which rules of the parser read a rule of the grammar of another name; none where shape.ts or the lexer does. */
const READ_BY: Readonly<Record<string, readonly string[]>> = {
  policy_file: [],
  declaration: [],
  description: [],
  separator: [],
  policy_clause: [],
  calendar_clause: [],
  event_clause: [],
  field: [],
  computed: [],
  kpi_block: [],
  kpi_clause: [],
  point: [],
  tier: [],
  grid_row: [],
  role_clause: [],
  target_line: [],
  scorecard: [],
  award_clause: [],
  level_clause: [],
  pool_clause: [],
  test_part: [],
  credit: [],
  type: ['type', 'typeWord'],
  mode: ['roundingMode'],
  event: [],
  role: [],
  policy: ['noHead'],
  target: ['target', 'targetValue'],
  target_clause: ['target'],
  target_clauses: ['target'],
  credit_clause: ['creditLine'],
  call_clause: ['call'],
  bonus_clause: ['bonusClauses'],
  ranking: ['formula'],
  prize: ['prize'],
  plain_prize: ['prize'],
  prize_word: ['prize'],
  logic: ['chain'],
  negation: ['chain', 'operand'],
  comparison: ['chain'],
  comparator: ['operator'],
  sum: ['sum'],
  product: ['sum', 'chain'],
  reference: ['postfix'],
  item: ['bracketItem'],
};

describe('words', () => {
  it('are the words of the shapes and phrases', () => {
    const letters = new Set([...LETTERS, ...Object.keys(WORDS)]);
    const grammar = new Set(
      [...RULES].flatMap(([name, part]) => (letters.has(name) ? [] : textsOf(part, 'terminal'))),
    );
    const words = [...grammar].filter((word) => /^[a-z]+$/.test(word));
    const shapes = SHAPES.flatMap((shape) => [
      shape.word,
      ...shape.clauses.flatMap((clause) =>
        /^[a-z ]+$/.test(clause.word ?? '') ? clause.word!.split(' ') : [],
      ),
    ]);
    const parser = new Set([...KEYWORDS.keys(), ...shapes]);
    expect(words.filter((word) => !parser.has(word))).toEqual([]);
    expect([...parser].filter((word) => !grammar.has(word))).toEqual([]);
  });

  it.each(Object.entries(WORDS))('%s is one token', (name, words) => {
    for (const text of words) {
      const { tokens, diagnostics } = lex(wholeOf({ name, text: `${text} x` }));
      expect(diagnostics).toEqual([]);
      const expected = name === 'time' ? 4 : name === 'newline' || name === 'doc_line' ? 1 : 2;
      expect(tokens, text).toHaveLength(expected);
    }
  });
});

it('the railroad diagrams are fresh', () => {
  const page = readFileSync(new URL('../../grammar/railroad.html', import.meta.url), 'utf8');
  expect(railroadPage(TEXT)).toBe(page);
  expect(page).not.toMatch(/<script|https?:/);
});
