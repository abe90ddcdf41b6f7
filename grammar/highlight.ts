// Colours of the text form for editors that read TextMate grammars, made of the parser's own word tables. It colours by
// letters alone, before the language server answers; where a word is a name there, the server's colours win.

import { TYPES } from '../src/check/fields.ts';
import { CALLABLE_NAMES } from '../src/library/callable.ts';
import { SHAPES } from '../src/syntax/shape.ts';
import { KEYWORDS } from '../src/syntax/tokens.ts';

interface Rule {
  readonly name?: string;
  readonly match?: string;
  readonly begin?: string;
  readonly end?: string;
  readonly captures?: Readonly<Record<string, { readonly name: string }>>;
  readonly beginCaptures?: Readonly<Record<string, { readonly name: string }>>;
  readonly patterns?: readonly Rule[];
  readonly include?: string;
}

/** A name: what the lexer reads as a word. */
const NAME = '[\\p{L}_][\\p{L}\\p{M}\\p{N}_]*';
const NOT_BEFORE = '(?<![\\p{L}\\p{M}\\p{N}_.])';
const NOT_AFTER = '(?![\\p{L}\\p{M}\\p{N}_])';

/** Words that join and compare: `revenue >= 10 and not gated`. */
const JOINING = new Set([
  'and',
  'or',
  'not',
  'is',
  'in',
  'else',
  'otherwise',
  'when',
  'where',
  'of',
  'each',
  'among',
  'while',
]);
const CONSTANTS = ['true', 'false', 'missing', 'none'];

/** The grammar, as editors read it. */
export function textMateGrammar(): object {
  return {
    $schema: 'https://raw.githubusercontent.com/martinring/tmlanguage/master/tmlanguage.json',
    name: 'Merit',
    scopeName: 'source.merit',
    fileTypes: ['merit'],
    patterns: [
      'comments',
      'texts',
      'declarations',
      'clauses',
      'fields',
      'values',
      'calls',
      'members',
      'words',
      'signs',
    ].map((each) => ({ include: `#${each}` })),
    repository: Object.fromEntries(
      Object.entries(REPOSITORY).map(([name, patterns]) => [name, { patterns }]),
    ),
  };
}

const REPOSITORY: Readonly<Record<string, readonly Rule[]>> = {
  comments: [
    { name: 'comment.line.documentation.merit', match: '///.*$' },
    { name: 'comment.line.double-slash.merit', match: '//.*$' },
  ],
  texts: [
    {
      name: 'string.quoted.double.merit',
      begin: '"',
      end: '"|$',
      patterns: [
        { name: 'constant.character.escape.merit', match: '\\\\["\\\\nt]' },
        { name: 'invalid.illegal.escape.merit', match: '\\\\.' },
      ],
    },
  ],
  declarations: [
    {
      match: `^\\s*(${oneOf(SHAPES.map(({ word }) => word))})${NOT_AFTER}(?:\\s+(${NAME}))?`,
      captures: { 1: { name: 'keyword.control.declaration.merit' }, 2: { name: 'entity.name.type.merit' } },
    },
  ],
  clauses: [
    {
      match: `^\\s*(${oneOf(clauseWords())})${NOT_AFTER}(?!\\s*:)`,
      captures: { 1: { name: 'keyword.other.clause.merit' } },
    },
  ],
  fields: [
    {
      match: `^\\s*(?:(known)\\s+)?(${NAME})\\s*(:)(?:\\s*(${oneOf(TYPES)})${NOT_AFTER})?`,
      captures: {
        1: { name: 'keyword.other.clause.merit' },
        2: { name: 'variable.other.property.merit' },
        3: { name: 'punctuation.separator.merit' },
        4: { name: 'support.type.merit' },
      },
    },
  ],
  values: [
    {
      name: 'constant.numeric.date.merit',
      match: `${NOT_BEFORE}[0-9]{4}-(?:[0-9]{2}(?:-[0-9]{2})?|Q[1-4]|W[0-9]{2})${NOT_AFTER}`,
    },
    {
      match: `${NOT_BEFORE}([0-9][0-9_]*(?:\\.[0-9_]+)?)(?:(%)|[^\\S\\r\\n]+([A-Z]{3}|(?:second|minute|hour|day|week|month|quarter|year)s?)${NOT_AFTER})?`,
      captures: {
        1: { name: 'constant.numeric.merit' },
        2: { name: 'keyword.other.unit.merit' },
        3: { name: 'keyword.other.unit.merit' },
      },
    },
    { name: 'constant.language.merit', match: `${NOT_BEFORE}(?:${oneOf(CONSTANTS)})${NOT_AFTER}` },
  ],
  calls: [{ name: 'support.function.merit', match: `${NOT_BEFORE}(?:${oneOf(CALLABLE_NAMES)})(?=\\s*\\()` }],
  members: [
    {
      match: `(\\.)(${NAME})`,
      captures: { 1: { name: 'punctuation.accessor.merit' }, 2: { name: 'variable.other.property.merit' } },
    },
  ],
  words: [
    { name: 'keyword.operator.word.merit', match: `${NOT_BEFORE}(?:${oneOf([...JOINING])})${NOT_AFTER}` },
    { name: 'keyword.other.merit', match: `${NOT_BEFORE}(?:${oneOf(otherWords())})${NOT_AFTER}` },
    { name: 'variable.other.merit', match: NAME },
  ],
  signs: [
    { name: 'keyword.operator.merit', match: '\\.\\.|[<>]=?|[-+*/=?|]' },
    { name: 'punctuation.separator.merit', match: '[,:.]' },
  ],
};

/** The words that begin a line inside of a declaration. */
function clauseWords(): readonly string[] {
  return SHAPES.flatMap(({ clauses }) => clauses.flatMap(({ word }) => word ?? [])).filter((word) =>
    /\p{L}/u.test(word),
  );
}

/** Keywords that aren't coloured as something else, and that nobody would call a field. */
function otherWords(): readonly string[] {
  const names = new Set<string>([
    ...CONSTANTS,
    ...JOINING,
    ...TYPES,
    'status',
    'value',
    'level',
    'role',
    'team',
    'month',
    'year',
  ]);
  return [...KEYWORDS.keys()].filter((word) => !names.has(word));
}

/** A pattern for any of the words, the longest first, so that none hides another. */
function oneOf(words: readonly string[]): string {
  const sorted = [...new Set(words)].sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
  return sorted.map((word) => word.replaceAll(' ', '\\s+')).join('|');
}
