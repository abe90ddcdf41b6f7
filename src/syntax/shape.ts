// What a policy can hold, once: each declaration with its clauses, how each is written in the text form and in YAML,
// and which phrase reads its value. Both front ends, the JSON Schema, the suggestions for unknown words and completion
// are driven by these tables; shape-docs.ts says what each is.

import type { PhraseName } from './phrases.ts';
import { BONUS, BOUNDS_OF_PAY, FIELDS, GATE, PER, TARGET, TITLE, TO } from './shape-clauses.ts';

/**
 * How a clause stands in the text form, and what it is in YAML:
 * `line` is `WORD phrase` (a scalar; a list where it may repeat), `bare` is a phrase without a word (a scalar),
 * `named` is `WORD NAME phrase` (a map by name), `block` is `WORD { NAME phrase … }` (a map by name), `field` is
 * `NAME: phrase` and `computed` is `NAME = phrase` (maps by name), `entry` is `phrase: phrase` (a map), `group` is
 * `[WORD] phrase { … }` (a list of maps with one key, the phrase), `head` stands in the declaration's first line.
 */
export type ClauseForm =
  | 'line'
  | 'bare'
  | 'named'
  | 'block'
  | 'field'
  | 'computed'
  | 'entry'
  | 'group'
  | 'head';

/** What reads a value: a phrase of the grammar, a text or name as it stands (`label`), or `true` / `false` (`flag`). */
export type Reader = PhraseName | 'label' | 'flag';

export interface Part {
  /** The key of the value in YAML and, where it has one, the word in the text form. */
  readonly key: string;
  /** The part of the tree that it fills; `''` if the phrase fills several. */
  readonly into: string;
  readonly phrase: Reader;
  readonly required?: true;
  /** Whether it may be there several times. */
  readonly many?: true;
}

export interface Clause extends Part {
  readonly form: ClauseForm;
  /** The word or words that begin it in the text form. */
  readonly word?: string;
  /** Whether `=` follows the word: `attainment = …`. */
  readonly defines?: true;
  /** Whether later clauses of the declaration may follow in its line: `to seller when … shared by points`. */
  readonly goesOn?: true;
  /** Whether `///` lines may describe it. */
  readonly described?: true;
  /** What reads the part before the colon of an entry. */
  readonly keyPhrase?: PhraseName;
  /** What stands after the key of an entry in the text form, where it isn't a colon. */
  readonly separator?: '|';
  /** What the lines of a group are: names with a phrase, or phrases alone. */
  readonly lines?: { readonly named: boolean; readonly phrase: PhraseName };
  /** What reads the lines of a block after the value: `bonus b = f { cap 5 RUB }`. */
  readonly block?: PhraseName;
  /** What reads the words between the name and `=`. */
  readonly head?: PhraseName;
  /** What the value may hold when YAML spells it out as a map. */
  readonly parts?: readonly Part[];
}

export interface DeclarationShape {
  /** The word that begins it. */
  readonly word: string;
  /** Its section in YAML; a policy's clauses are top-level keys. */
  readonly key: string;
  readonly named: boolean;
  /** Whether its section in YAML is a list: it has no name to be a key. */
  readonly listed?: true;
  /** What reads the rest of its first line. */
  readonly head: PhraseName;
  /** The clause that `=` gives in the text form. */
  readonly equals?: string;
  /** The clause that YAML gives without a map of its own. */
  readonly short?: string;
  readonly clauses: readonly Clause[];
}

/** Every declaration, in the order in which a policy is best written. */
// biome-ignore format: a table is read by rows
export const SHAPES: readonly DeclarationShape[] = [
  {
    word: 'policy',
    key: 'policy',
    named: true,
    head: 'noHead',
    clauses: [
      { form: 'line', word: 'title', key: 'title', into: 'title', phrase: 'label' },
      { form: 'line', word: 'amends', key: 'amends', into: 'amends', phrase: 'label' },
      { form: 'line', word: 'currency', key: 'currency', into: 'currency', phrase: 'label' },
      { form: 'line', word: 'timezone', key: 'timezone', into: 'timezone', phrase: 'label' },
      { form: 'line', word: 'period', key: 'period', into: 'period', phrase: 'grain' },
      { form: 'line', word: 'effective', key: 'effective', into: 'effective', phrase: 'dateRange' },
      { form: 'line', word: 'reopens', key: 'reopens', into: 'reopens', phrase: 'reopens' },
      { form: 'line', word: 'rounding', key: 'rounding', into: 'rounding', phrase: 'rounding' },
      { form: 'line', word: 'report', key: 'reports', into: 'reports', phrase: 'report', many: true },
      { ...GATE },
      ...BOUNDS_OF_PAY,
      { form: 'line', word: 'pays in', key: 'pays_in', into: 'paysIn', phrase: 'paysIn' },
      { form: 'line', word: 'corrections', key: 'corrections', into: 'corrections', phrase: 'corrections' },
      { form: 'line', word: 'takes back', key: 'takes_back', into: 'takesBack', phrase: 'takesBack' },
    ],
  },
  {
    word: 'import',
    key: 'imports',
    named: false,
    listed: true,
    head: 'name',
    short: 'path',
    clauses: [{ form: 'head', key: 'path', into: 'path', phrase: 'label', required: true }],
  },
  {
    word: 'calendar',
    key: 'calendars',
    named: true,
    head: 'noHead',
    clauses: [
      { form: 'line', word: 'work', key: 'work', into: 'hours', phrase: 'work', many: true },
      { form: 'line', word: 'holiday', key: 'holidays', into: 'holidays', phrase: 'holiday', many: true },
      { form: 'line', word: 'year starts', key: 'year_starts', into: 'year', phrase: 'sum' },
      { form: 'line', word: 'quarters', key: 'quarters', into: 'quarters', phrase: 'weeks' },
    ],
  },
  { word: 'person', key: 'person', named: false, head: 'noHead', short: 'fields', clauses: [FIELDS] },
  {
    word: 'event',
    key: 'events',
    named: true,
    head: 'noHead',
    clauses: [
      { form: 'line', word: 'since', key: 'since', into: 'since', phrase: 'sum' },
      FIELDS,
      {
        form: 'computed',
        key: 'computed',
        into: 'computed',
        phrase: 'formula',
        many: true,
        described: true,
        parts: [{ key: 'value', into: 'value', phrase: 'formula', required: true }],
      },
    ],
  },
  { word: 'table', key: 'tables', named: true, head: 'noHead', clauses: [FIELDS] },
  {
    word: 'credit',
    key: 'credits',
    named: true,
    head: 'noHead',
    short: 'lines',
    clauses: [{ form: 'line', word: 'to', key: 'lines', into: 'lines', phrase: 'creditLine', many: true }],
  },
  {
    word: 'kpi',
    key: 'kpis',
    named: true,
    head: 'kpiHead',
    equals: 'value',
    short: 'value',
    clauses: [
      TITLE,
      { form: 'head', key: 'kind', into: 'category', phrase: 'category' },
      { form: 'head', key: 'better', into: 'better', phrase: 'better' },
      { form: 'line', word: 'value', key: 'value', into: 'value', phrase: 'formula', required: true },
      { form: 'line', word: 'owner', key: 'owner', into: 'owner', phrase: 'label' },
      { form: 'line', word: 'attainment', defines: true, key: 'attainment', into: 'attainment', phrase: 'formula' },
      { form: 'line', word: 'status', key: 'status', into: 'status', phrase: 'status' },
    ],
  },
  {
    word: 'let',
    key: 'lets',
    named: true,
    head: 'letHead',
    equals: 'value',
    short: 'value',
    clauses: [
      { form: 'head', ...PER },
      { form: 'line', key: 'value', into: 'value', phrase: 'formula', required: true },
    ],
  },
  {
    word: 'curve',
    key: 'curves',
    named: true,
    head: 'curveMode',
    clauses: [
      { form: 'head', key: 'kind', into: 'mode', phrase: 'curveMode', required: true },
      { form: 'entry', key: 'points', into: 'points', keyPhrase: 'curveKey', phrase: 'curveScore', many: true, required: true },
    ],
  },
  {
    word: 'rates',
    key: 'rates',
    named: true,
    head: 'ratesMode',
    clauses: [
      { form: 'head', key: 'kind', into: 'mode', phrase: 'ratesMode', required: true },
      { form: 'entry', key: 'tiers', into: 'tiers', keyPhrase: 'tierBounds', phrase: 'tierRate', many: true, required: true },
    ],
  },
  {
    word: 'amounts',
    key: 'amounts',
    named: true,
    head: 'noHead',
    clauses: [{ form: 'entry', key: 'tiers', into: 'tiers', keyPhrase: 'tierBounds', phrase: 'tierRate', many: true, required: true }],
  },
  {
    word: 'grid',
    key: 'grids',
    named: true,
    head: 'gridBy',
    clauses: [
      { form: 'head', key: 'by', into: 'by', phrase: 'gridBy', required: true },
      { form: 'line', word: '|', key: 'columns', into: 'columns', phrase: 'gridHeading', required: true },
      { form: 'entry', key: 'rows', into: 'rows', keyPhrase: 'gridKeys', separator: '|', phrase: 'gridValues', many: true, required: true },
    ],
  },
  {
    word: 'role',
    key: 'roles',
    named: true,
    head: 'roleHead',
    clauses: [
      TITLE,
      { form: 'head', key: 'extends', into: 'extends', phrase: 'label' },
      TARGET,
      { form: 'line', word: 'ramp', key: 'ramp', into: 'ramp', phrase: 'list' },
      { form: 'line', word: 'prorate', key: 'prorate', into: 'prorate', phrase: 'prorate' },
      { form: 'block', word: 'scorecard', key: 'scorecard', into: 'scorecard', phrase: 'scoreLine' },
      GATE,
      BONUS,
      ...BOUNDS_OF_PAY,
    ],
  },
  {
    word: 'award',
    key: 'awards',
    named: true,
    head: 'titleHead',
    clauses: [
      TITLE,
      TO,
      { form: 'line', word: 'when', key: 'when', into: 'when', phrase: 'formula', goesOn: true },
      { form: 'line', word: 'gives', key: 'gives', into: 'gives', phrase: 'prizes', many: true, required: true },
    ],
  },
  {
    word: 'level',
    key: 'levels',
    named: true,
    head: 'titleHead',
    clauses: [TITLE, TO, { form: 'line', word: 'when', key: 'when', into: 'when', phrase: 'formula', required: true }],
  },
  {
    word: 'pool',
    key: 'pools',
    named: true,
    head: 'poolHead',
    equals: 'value',
    clauses: [
      TITLE,
      { form: 'head', ...PER },
      { form: 'line', key: 'value', into: 'value', phrase: 'formula', required: true },
      TO,
      { form: 'line', word: 'when', key: 'when', into: 'when', phrase: 'formula', goesOn: true },
      { form: 'line', word: 'shared', key: 'shared', into: 'shared', phrase: 'shared', required: true },
    ],
  },
  {
    word: 'for',
    key: 'for',
    named: false,
    listed: true,
    head: 'forHead',
    clauses: [
      { form: 'head', key: 'person', into: 'person', phrase: 'label' },
      { form: 'head', key: 'team', into: 'team', phrase: 'label' },
      { form: 'head', key: 'from', into: 'from', phrase: 'sum' },
      { form: 'head', key: 'until', into: 'until', phrase: 'sum' },
      TARGET,
    ],
  },
  {
    word: 'test',
    key: 'tests',
    named: true,
    head: 'noHead',
    clauses: [
      { form: 'group', key: 'rows', into: 'rows', phrase: 'rowHead', lines: { named: true, phrase: 'cell' }, many: true },
      { form: 'group', word: 'expect', key: 'expect', into: 'expect', phrase: 'expectHead', lines: { named: false, phrase: 'formula' }, many: true },
    ],
  },
  {
    word: 'invariant',
    key: 'invariants',
    named: true,
    head: 'noHead',
    short: 'claim',
    clauses: [
      { form: 'line', word: 'given', key: 'given', into: 'given', phrase: 'given', many: true },
      { form: 'bare', key: 'claim', into: 'claim', phrase: 'claim', required: true },
    ],
  },
];

const BY_WORD: ReadonlyMap<string, DeclarationShape> = new Map(SHAPES.map((shape) => [shape.word, shape]));
const BY_KEY: ReadonlyMap<string, DeclarationShape> = new Map(SHAPES.map((shape) => [shape.key, shape]));

/** The shape of the declaration that begins with the word. */
export function shapeOf(word: string): DeclarationShape | undefined {
  return BY_WORD.get(word);
}

/** The shape of the declarations in a YAML section. */
export function shapeOfKey(key: string): DeclarationShape | undefined {
  return BY_KEY.get(key);
}
