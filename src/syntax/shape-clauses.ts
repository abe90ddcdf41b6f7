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
  doc: 'its columns: name and type',
  parts: [{ key: 'type', into: '', phrase: 'fieldType', required: true, doc: 'the type and its clauses' }],
};
export const TITLE: Clause = {
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
export const PER: Part = {
  key: 'per',
  into: 'per',
  phrase: 'grain',
  doc: 'the grain: day, week, month, quarter, year, of a calendar too: `quarter of retail`',
};
export const TO: Clause = {
  form: 'line',
  word: 'to',
  key: 'to',
  into: 'to',
  phrase: 'recipients',
  goesOn: true,
  required: true,
  doc: 'who gets it',
};
export const TARGET: Clause = {
  form: 'named',
  word: 'target',
  key: 'targets',
  into: 'targets',
  phrase: 'target',
  many: true,
  doc: 'what is expected of a KPI',
  parts: [
    { key: 'value', into: '', phrase: 'targetValue', required: true, doc: 'the target' },
    { key: 'adds_up', into: 'addsUp', phrase: 'flag', doc: 'whether the targets of parts add up' },
    { key: 'spread', into: 'spread', phrase: 'spread', doc: 'how a longer target goes over its parts' },
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
  doc: 'without it, nothing in the gated bonuses',
  parts: [
    { key: 'condition', into: 'condition', phrase: 'formula', required: true, doc: 'what must hold' },
    WHEN,
  ],
};

// biome-ignore format: a table is read by rows
export const BOUNDS_OF_PAY: readonly Clause[] = [
  { form: 'line', word: 'cap', key: 'caps', into: 'caps', phrase: 'cap', many: true, doc: 'the most that is paid' },
  { form: 'line', word: 'floor', key: 'floors', into: 'floors', phrase: 'floor', many: true, doc: 'the least that is paid' },
  { form: 'line', word: 'draw', key: 'draws', into: 'draws', phrase: 'draw', many: true, doc: 'what pay is topped up to' },
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
  doc: 'a named amount of money',
  parts: [
    { key: 'title', into: 'title', phrase: 'label', doc: 'how people call it' },
    { key: 'gated', into: 'gated', phrase: 'flag', doc: 'whether the gates hold it' },
    { key: 'prorated', into: 'prorated', phrase: 'flag', doc: 'whether it goes by the days held' },
    { ...PER, doc: 'the grain, or the event that it is worked out for' },
    { key: 'value', into: 'value', phrase: 'formula', required: true, doc: 'the amount' },
    WHEN,
    { key: 'cap', into: 'cap', phrase: 'sum', doc: 'the most it pays' },
    { key: 'floor', into: 'floor', phrase: 'sum', doc: 'the least it pays' },
    { key: 'first', into: 'first', phrase: 'sum', doc: 'how many events of the period count' },
    { key: 'while_employed', into: 'whileEmployed', phrase: 'flag', doc: 'only for who is there when the grain ends' },
    { key: 'pays', into: '', phrase: 'pays', many: true, doc: 'when and in what: `in 3 monthly parts`, `1 month later`, `in EUR`' },
    { key: 'holds', into: 'holds', phrase: 'holds', doc: 'what is held back: `20% for 3 months`' },
    { key: 'forfeited_on_leaving', into: 'forfeited', phrase: 'flag', doc: 'whether parts and holds end with the work' },
    { key: 'payable', into: 'payableAs', phrase: 'payable', doc: 'what frees it: `as payment.amount of amount`' },
  ],
};
