// What a policy can hold, once: each declaration with its clauses, how each is written in the text form and in YAML,
// and which phrase reads its value. Both front ends, the JSON Schema, the suggestions for unknown words and completion
// are driven by these tables.

import type { PhraseName } from './phrases.ts';

/**
 * How a clause stands in the text form, and what it is in YAML:
 * `line` is `WORD phrase` (a scalar; a list where it may repeat), `named` is `WORD NAME phrase` (a map by name),
 * `block` is `WORD { NAME phrase … }` (a map by name), `field` is `NAME: phrase` and `computed` is `NAME = phrase`
 * (maps by name), `entry` is `phrase: phrase` (a map), `head` stands in the declaration's first line (a scalar).
 */
export type ClauseForm = 'line' | 'named' | 'block' | 'field' | 'computed' | 'entry' | 'head';

/** What reads a value: a phrase of the grammar, a text or name as it stands (`label`), or `true` / `false` (`flag`). */
export type Reader = PhraseName | 'label' | 'flag';

export interface Part {
  /** The key of the value in YAML and, where it has one, the word in the text form. */
  readonly key: string;
  /** The part of the tree that it fills; `''` if the phrase fills several. */
  readonly into: string;
  readonly phrase: Reader;
  readonly required?: true;
  readonly doc: string;
}

export interface Clause extends Part {
  readonly form: ClauseForm;
  /** The word that begins it in the text form. */
  readonly word?: string;
  readonly many?: true;
  /** Whether `///` lines may describe it. */
  readonly described?: true;
  /** What reads the part before the colon of an entry. */
  readonly keyPhrase?: PhraseName;
  /** What reads the words between the name and `=`. */
  readonly head?: PhraseName;
  /** What the value may hold when YAML spells it out as a map. */
  readonly parts?: readonly Part[];
}

export interface DeclarationShape {
  /** The word that begins it, which is also the node's kind. */
  readonly word: string;
  /** Its section in YAML; a policy's clauses are top-level keys. */
  readonly key: string;
  readonly named: boolean;
  /** What reads the rest of its first line. */
  readonly head: PhraseName;
  /** The clause that `=` gives in the text form. */
  readonly equals?: string;
  /** The clause that YAML gives without a map of its own. */
  readonly short?: string;
  readonly doc: string;
  readonly clauses: readonly Clause[];
}

// biome-ignore format: a table is read by rows
const FIELDS: Clause = {
  form: 'field',
  key: 'fields',
  into: 'fields',
  phrase: 'fieldType',
  many: true,
  described: true,
  doc: 'its columns: name and type',
  parts: [{ key: 'type', into: '', phrase: 'fieldType', required: true, doc: 'the type and its clauses' }],
};
const TITLE: Clause = {
  form: 'head',
  key: 'title',
  into: 'title',
  phrase: 'label',
  doc: 'how people call it',
};
const WHEN: Part = {
  key: 'when',
  into: 'when',
  phrase: 'formula',
  doc: 'the condition under which it holds',
};
const PER: Part = {
  key: 'per',
  into: 'per',
  phrase: 'label',
  doc: 'the grain: day, week, month, quarter, year',
};

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
      { form: 'line', word: 'currency', key: 'currency', into: 'currency', phrase: 'label', doc: 'the currency of `money`' },
      { form: 'line', word: 'timezone', key: 'timezone', into: 'timezone', phrase: 'label', doc: 'the zone whose days count' },
      { form: 'line', word: 'period', key: 'period', into: 'period', phrase: 'label', doc: 'the grain that pay is worked out over' },
      { form: 'line', word: 'effective', key: 'effective', into: 'effective', phrase: 'dateRange', doc: 'from and until when it holds' },
      { form: 'line', word: 'rounding', key: 'rounding', into: 'rounding', phrase: 'rounding', doc: 'how each bonus is rounded' },
      { form: 'line', word: 'report', key: 'reports', into: 'reports', phrase: 'report', many: true, doc: 'what the output is grouped by' },
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
    ],
  },
  {
    word: 'let',
    key: 'lets',
    named: true,
    head: 'noHead',
    equals: 'value',
    short: 'value',
    doc: 'a named value',
    clauses: [{ form: 'line', key: 'value', into: 'value', phrase: 'formula', required: true, doc: 'the formula' }],
  },
  {
    word: 'curve',
    key: 'curves',
    named: true,
    head: 'curveMode',
    doc: 'attainment to a score',
    clauses: [
      { form: 'head', key: 'kind', into: 'mode', phrase: 'curveMode', required: true, doc: 'linear or steps' },
      { form: 'entry', key: 'points', into: 'points', keyPhrase: 'curveKey', phrase: 'sum', many: true, required: true, doc: 'attainment and score' },
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
      { form: 'entry', key: 'tiers', into: 'tiers', keyPhrase: 'tierBounds', phrase: 'sum', many: true, required: true, doc: 'bounds and rate' },
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
      {
        form: 'named',
        word: 'target',
        key: 'targets',
        into: 'targets',
        phrase: 'target',
        many: true,
        doc: 'what is expected of a KPI',
        parts: [
          { key: 'value', into: 'value', phrase: 'formula', required: true, doc: 'the target' },
          { key: 'adds_up', into: 'addsUp', phrase: 'flag', doc: 'whether the targets of parts add up' },
          PER,
          WHEN,
        ],
      },
      { form: 'block', word: 'scorecard', key: 'scorecard', into: 'scorecard', phrase: 'scoreLine', doc: 'weighted KPIs' },
      {
        form: 'line',
        word: 'gate',
        key: 'gates',
        into: 'gates',
        phrase: 'gate',
        many: true,
        doc: 'without it, nothing in the gated bonuses',
        parts: [
          { key: 'condition', into: 'condition', phrase: 'formula', required: true, doc: 'what must hold' },
          WHEN,
        ],
      },
      {
        form: 'named',
        word: 'bonus',
        key: 'bonuses',
        into: 'bonuses',
        head: 'bonusHead',
        phrase: 'bonus',
        many: true,
        described: true,
        doc: 'a named amount of money',
        parts: [
          { key: 'title', into: 'title', phrase: 'label', doc: 'how people call it' },
          { key: 'gated', into: 'gated', phrase: 'flag', doc: 'whether the gates hold it' },
          { key: 'prorated', into: 'prorated', phrase: 'flag', doc: 'whether it goes by the days held' },
          PER,
          { key: 'value', into: 'value', phrase: 'formula', required: true, doc: 'the amount' },
          WHEN,
          { key: 'cap', into: 'cap', phrase: 'sum', doc: 'the most it pays' },
        ],
      },
      { form: 'line', word: 'cap', key: 'caps', into: 'caps', phrase: 'cap', many: true, doc: 'the most that the bonuses pay together' },
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
