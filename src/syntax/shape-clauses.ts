// The clauses that several declarations of shape.ts have, or that are long.

import type { Clause, Part } from './shape.ts';

// biome-ignore format: a table is read by rows
export const FIELDS: Clause = {
  form: 'field',
  key: 'fields',
  into: 'fields',
  phrase: 'fieldType',
  many: true,
  described: true,
  parts: [{ key: 'type', into: '', phrase: 'fieldType', required: true }],
};
export const TITLE: Clause = {
  form: 'head',
  key: 'title',
  into: 'title',
  phrase: 'label',
};
const WHEN: Part = {
  key: 'when',
  into: 'when',
  phrase: 'formula',
};
export const PER: Part = {
  key: 'per',
  into: 'per',
  phrase: 'grain',
};
export const TO: Clause = {
  form: 'line',
  word: 'to',
  key: 'to',
  into: 'to',
  phrase: 'recipients',
  goesOn: true,
  required: true,
};
export const TARGET: Clause = {
  form: 'named',
  word: 'target',
  key: 'targets',
  into: 'targets',
  phrase: 'target',
  many: true,
  parts: [
    { key: 'value', into: '', phrase: 'targetValue', required: true },
    { key: 'adds_up', into: 'addsUp', phrase: 'flag' },
    { key: 'spread', into: 'spread', phrase: 'spread' },
    PER,
    WHEN,
  ],
};
export const GATE: Clause = {
  form: 'line',
  word: 'gate',
  key: 'gates',
  into: 'gates',
  phrase: 'gate',
  many: true,
  parts: [{ key: 'condition', into: 'condition', phrase: 'formula', required: true }, WHEN],
};

// biome-ignore format: a table is read by rows
export const BOUNDS_OF_PAY: readonly Clause[] = [
  { form: 'line', word: 'cap', key: 'caps', into: 'caps', phrase: 'cap', many: true },
  { form: 'line', word: 'floor', key: 'floors', into: 'floors', phrase: 'floor', many: true },
  { form: 'line', word: 'draw', key: 'draws', into: 'draws', phrase: 'draw', many: true },
];

/** A bonus; its clauses after the formula may stand in a block. */
// biome-ignore format: a table is read by rows
export const BONUS: Clause = {
  form: 'named',
  word: 'bonus',
  key: 'bonuses',
  into: 'bonuses',
  head: 'bonusHead',
  phrase: 'bonus',
  block: 'bonusClauses',
  many: true,
  described: true,
  parts: [
    { key: 'title', into: 'title', phrase: 'label' },
    { key: 'gated', into: 'gated', phrase: 'flag' },
    { key: 'prorated', into: 'prorated', phrase: 'flag' },
    { ...PER },
    { key: 'value', into: 'value', phrase: 'formula', required: true },
    WHEN,
    { key: 'cap', into: 'cap', phrase: 'sum' },
    { key: 'floor', into: 'floor', phrase: 'sum' },
    { key: 'first', into: 'first', phrase: 'sum' },
    { key: 'while_employed', into: 'whileEmployed', phrase: 'flag' },
    { key: 'pays', into: '', phrase: 'pays', many: true },
    { key: 'holds', into: 'holds', phrase: 'holds' },
    { key: 'forfeited_on_leaving', into: 'forfeited', phrase: 'flag' },
    { key: 'payable', into: 'payableAs', phrase: 'payable' },
  ],
};
