// What a policy can hold, once: each declaration with its clauses, how each is written in the text form and in YAML,
// and which phrase reads its value. Both front ends, the JSON Schema, the suggestions for unknown words and completion
// are driven by these tables.

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
  readonly doc: string;
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
  readonly doc: string;
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
    doc: 'what holds for the whole policy',
    clauses: [
      { form: 'line', word: 'title', key: 'title', into: 'title', phrase: 'label', doc: 'how people call it' },
      { form: 'line', word: 'amends', key: 'amends', into: 'amends', phrase: 'label', doc: 'the policy that it changes' },
      { form: 'line', word: 'currency', key: 'currency', into: 'currency', phrase: 'label', doc: 'the currency of `money`' },
      { form: 'line', word: 'timezone', key: 'timezone', into: 'timezone', phrase: 'label', doc: 'the zone whose days count' },
      { form: 'line', word: 'period', key: 'period', into: 'period', phrase: 'grain', doc: 'the grain that pay is worked out over: `month`, `month of retail`' },
      { form: 'line', word: 'effective', key: 'effective', into: 'effective', phrase: 'dateRange', doc: 'from and until when it holds' },
      { form: 'line', word: 'reopens', key: 'reopens', into: 'reopens', phrase: 'reopens', doc: 'from when it holds for closed periods too' },
      { form: 'line', word: 'rounding', key: 'rounding', into: 'rounding', phrase: 'rounding', doc: 'how each bonus is rounded' },
      { form: 'line', word: 'report', key: 'reports', into: 'reports', phrase: 'report', many: true, doc: 'what the output is grouped by' },
      { ...GATE, doc: 'without it, nothing in the gated bonuses of any role' },
      ...BOUNDS_OF_PAY,
      { form: 'line', word: 'pays in', key: 'pays_in', into: 'paysIn', phrase: 'paysIn', doc: 'the currency that is paid out' },
      { form: 'line', word: 'corrections', key: 'corrections', into: 'corrections', phrase: 'corrections', doc: 'how far back data is corrected' },
      { form: 'line', word: 'takes back', key: 'takes_back', into: 'takesBack', phrase: 'takesBack', doc: 'how much of pay an adjustment may take' },
    ],
  },
  {
    word: 'import',
    key: 'imports',
    named: false,
    listed: true,
    head: 'name',
    short: 'path',
    doc: 'another file of the policy',
    clauses: [{ form: 'head', key: 'path', into: 'path', phrase: 'label', required: true, doc: 'the file, from this one' }],
  },
  {
    word: 'calendar',
    key: 'calendars',
    named: true,
    head: 'noHead',
    doc: 'working days and hours, or a fiscal year',
    clauses: [
      { form: 'line', word: 'work', key: 'work', into: 'hours', phrase: 'work', many: true, doc: 'the working hours of some days' },
      { form: 'line', word: 'holiday', key: 'holidays', into: 'holidays', phrase: 'holiday', many: true, doc: 'days without work' },
      { form: 'line', word: 'year starts', key: 'year_starts', into: 'year', phrase: 'sum', doc: 'the first day of a fiscal year' },
      { form: 'line', word: 'quarters', key: 'quarters', into: 'quarters', phrase: 'weeks', doc: 'the weeks of the months of a quarter: `4, 4, 5 weeks`' },
    ],
  },
  { word: 'person', key: 'person', named: false, head: 'noHead', short: 'fields', doc: 'what the people data says of each person', clauses: [FIELDS] },
  {
    word: 'event',
    key: 'events',
    named: true,
    head: 'noHead',
    doc: 'a kind of dated row',
    clauses: [
      { form: 'line', word: 'since', key: 'since', into: 'since', phrase: 'sum', doc: 'from when its data is complete' },
      FIELDS,
      {
        form: 'computed',
        key: 'computed',
        into: 'computed',
        phrase: 'formula',
        many: true,
        described: true,
        doc: 'fields worked out from others of the row',
        parts: [{ key: 'value', into: 'value', phrase: 'formula', required: true, doc: 'the formula' }],
      },
    ],
  },
  { word: 'table', key: 'tables', named: true, head: 'noHead', doc: 'reference rows', clauses: [FIELDS] },
  {
    word: 'credit',
    key: 'credits',
    named: true,
    head: 'noHead',
    short: 'lines',
    doc: 'whose result an event is',
    clauses: [{ form: 'line', word: 'to', key: 'lines', into: 'lines', phrase: 'creditLine', many: true, doc: 'who is credited, with which share' }],
  },
  {
    word: 'kpi',
    key: 'kpis',
    named: true,
    head: 'kpiHead',
    equals: 'value',
    short: 'value',
    doc: 'a named indicator',
    clauses: [
      TITLE,
      { form: 'head', key: 'kind', into: 'category', phrase: 'category', doc: 'outcome or operational' },
      { form: 'head', key: 'better', into: 'better', phrase: 'better', doc: 'which way is better: higher or lower' },
      { form: 'line', word: 'value', key: 'value', into: 'value', phrase: 'formula', required: true, doc: 'how it is measured' },
      { form: 'line', word: 'owner', key: 'owner', into: 'owner', phrase: 'label', doc: 'who answers for it' },
      { form: 'line', word: 'attainment', defines: true, key: 'attainment', into: 'attainment', phrase: 'formula', doc: 'a formula of `actual` and `target`' },
      { form: 'line', word: 'status', key: 'status', into: 'status', phrase: 'status', doc: 'its traffic light: `green from 95%, amber from 70%`' },
    ],
  },
  {
    word: 'let',
    key: 'lets',
    named: true,
    head: 'letHead',
    equals: 'value',
    short: 'value',
    doc: 'a named value',
    clauses: [
      { form: 'head', ...PER },
      { form: 'line', key: 'value', into: 'value', phrase: 'formula', required: true, doc: 'the formula' },
    ],
  },
  {
    word: 'curve',
    key: 'curves',
    named: true,
    head: 'curveMode',
    doc: 'attainment to a score',
    clauses: [
      { form: 'head', key: 'kind', into: 'mode', phrase: 'curveMode', required: true, doc: 'linear or steps' },
      { form: 'entry', key: 'points', into: 'points', keyPhrase: 'curveKey', phrase: 'curveScore', many: true, required: true, doc: 'attainment and score' },
    ],
  },
  {
    word: 'rates',
    key: 'rates',
    named: true,
    head: 'ratesMode',
    doc: 'value to rate, by lower bounds',
    clauses: [
      { form: 'head', key: 'kind', into: 'mode', phrase: 'ratesMode', required: true, doc: 'marginal or whole' },
      { form: 'entry', key: 'tiers', into: 'tiers', keyPhrase: 'tierBounds', phrase: 'tierRate', many: true, required: true, doc: 'bounds and rate' },
    ],
  },
  {
    word: 'amounts',
    key: 'amounts',
    named: true,
    head: 'noHead',
    doc: 'value to an amount, tier by tier',
    clauses: [{ form: 'entry', key: 'tiers', into: 'tiers', keyPhrase: 'tierBounds', phrase: 'tierRate', many: true, required: true, doc: 'bounds and amount' }],
  },
  {
    word: 'grid',
    key: 'grids',
    named: true,
    head: 'gridBy',
    doc: 'a table of two or three dimensions',
    clauses: [
      { form: 'head', key: 'by', into: 'by', phrase: 'gridBy', required: true, doc: 'what its keys are called, the columns\' last: `by margin_rate, invoice`' },
      { form: 'line', word: '|', key: 'columns', into: 'columns', phrase: 'gridHeading', required: true, doc: 'the keys of the columns, with `|` between them' },
      { form: 'entry', key: 'rows', into: 'rows', keyPhrase: 'gridKeys', separator: '|', phrase: 'gridValues', many: true, required: true, doc: 'the keys of a row, and its values with `|` between them' },
    ],
  },
  {
    word: 'role',
    key: 'roles',
    named: true,
    head: 'roleHead',
    doc: 'what is expected of people, and what it earns',
    clauses: [
      TITLE,
      { form: 'head', key: 'extends', into: 'extends', phrase: 'label', doc: 'the role whose clauses it takes over' },
      TARGET,
      { form: 'line', word: 'ramp', key: 'ramp', into: 'ramp', phrase: 'list', doc: 'shares of the targets, by month in the role' },
      { form: 'line', word: 'prorate', key: 'prorate', into: 'prorate', phrase: 'prorate', doc: 'by what a part of a period is measured' },
      { form: 'block', word: 'scorecard', key: 'scorecard', into: 'scorecard', phrase: 'scoreLine', doc: 'weighted KPIs' },
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
    doc: 'something that a person wins',
    clauses: [
      TITLE,
      TO,
      { form: 'line', word: 'when', key: 'when', into: 'when', phrase: 'formula', goesOn: true, doc: 'the condition under which it is won' },
      { form: 'line', word: 'gives', key: 'gives', into: 'gives', phrase: 'prizes', many: true, required: true, doc: 'the prizes, with `and` between them' },
    ],
  },
  {
    word: 'level',
    key: 'levels',
    named: true,
    head: 'titleHead',
    doc: 'a career step',
    clauses: [TITLE, TO, { form: 'line', word: 'when', key: 'when', into: 'when', phrase: 'formula', required: true, doc: 'what it takes' }],
  },
  {
    word: 'pool',
    key: 'pools',
    named: true,
    head: 'poolHead',
    equals: 'value',
    doc: 'an amount shared among people',
    clauses: [
      TITLE,
      { form: 'head', ...PER },
      { form: 'line', key: 'value', into: 'value', phrase: 'formula', required: true, doc: 'the amount' },
      TO,
      { form: 'line', word: 'when', key: 'when', into: 'when', phrase: 'formula', goesOn: true, doc: 'who of them has a share' },
      { form: 'line', word: 'shared', key: 'shared', into: 'shared', phrase: 'shared', required: true, doc: '`equally`, or `by` what each has' },
    ],
  },
  {
    word: 'for',
    key: 'for',
    named: false,
    listed: true,
    head: 'forHead',
    doc: 'targets of one person or team',
    clauses: [
      { form: 'head', key: 'person', into: 'person', phrase: 'label', doc: 'whose they are' },
      { form: 'head', key: 'team', into: 'team', phrase: 'label', doc: 'which team\'s they are' },
      { form: 'head', key: 'from', into: 'from', phrase: 'sum', doc: 'the first day' },
      { form: 'head', key: 'until', into: 'until', phrase: 'sum', doc: 'the last day' },
      TARGET,
    ],
  },
  {
    word: 'test',
    key: 'tests',
    named: true,
    head: 'noHead',
    doc: 'rows, and what they must give',
    clauses: [
      { form: 'group', key: 'rows', into: 'rows', phrase: 'rowHead', lines: { named: true, phrase: 'cell' }, many: true, doc: 'people and rows of events and tables' },
      { form: 'group', word: 'expect', key: 'expect', into: 'expect', phrase: 'expectHead', lines: { named: false, phrase: 'formula' }, many: true, doc: 'what must hold of a person in a period' },
    ],
  },
  {
    word: 'invariant',
    key: 'invariants',
    named: true,
    head: 'noHead',
    short: 'claim',
    doc: 'what holds whatever the data is',
    clauses: [
      { form: 'line', word: 'given', key: 'given', into: 'given', phrase: 'given', many: true, doc: 'the bounds within which it holds' },
      { form: 'bare', key: 'claim', into: 'claim', phrase: 'claim', required: true, doc: 'what holds' },
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
