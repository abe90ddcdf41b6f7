// Tables read as they are written: grids, curves that jump or give words, amounts in proportion, parts of a whole.

import { describe, expect, test } from 'vitest';
import { type Exact, exact, exactText } from '../../src/base/exact.ts';
import { amountPieces, denominatorOf, readPieces, scorePieces } from '../../src/library/pieces.ts';
import type { Expression, GridNode } from '../../src/model/expression.ts';
import type { Model } from '../../src/model/policy.ts';
import type { Curve } from '../../src/model/tables.ts';
import type { ValueType } from '../../src/model/value.ts';
import { readTable } from '../../src/query/read-table.ts';
import { TABLES, TIER } from '../backend/generated-scalars.ts';
import { constant, smallModel } from '../backend/small-model.ts';

const PERCENT: ValueType = { kind: 'percent' };
const MONEY: ValueType = { kind: 'money', currency: 'RUB' };
const span = { source: 'policy.merit', start: 0, end: 0 };
const model: Model = { ...smallModel, ...TABLES };
const of = (part: Expression) =>
  part.kind === 'constant' ? (part.type === TIER ? part.text : exact(part.text)) : undefined;
const shown = (cell: unknown) => (typeof cell === 'object' ? exactText(cell as Exact) : cell);

function table<T extends { readonly name: string }>(list: readonly T[], name: string): T {
  return list.find((each) => each.name === name)!;
}

test.each([
  ['0.2', 'won', '0.01'],
  ['0.5', 'won', '0.01'], // above 50% only
  ['0.51', 'won', '0.1'],
  ['0.51', 'lost', '0.3'],
  ['0', 'open', '0.025'],
  ['-0.1', 'won', '0'], // below the first bound
])('the cell of %s and %s', (part, tier, expected) => {
  const args = [constant(PERCENT, part), constant(TIER, tier)];
  const node: GridNode = { kind: 'grid', grid: 'grid', args, type: PERCENT, optional: true, span };
  expect(shown(readTable(model, node, { of }))).toBe(expected);
});

test.each([
  ['3', '5', '0.1'], // 60%
  ['-3', '-5', '0.1'],
  ['3', '-5', '0'],
  ['3', '0', undefined],
])('the cell of %s of %s', (part, whole, expected) => {
  const node: GridNode = {
    kind: 'grid',
    grid: 'grid',
    args: [constant(MONEY, part), constant(TIER, 'won')],
    ratio: { argument: 0, whole: constant(MONEY, whole) },
    type: PERCENT,
    optional: true,
    span,
  };
  expect(shown(readTable(model, node, { of }))).toBe(expected);
});

describe('amounts of rates', () => {
  const amount = (rates: string, x: string, more: { whole?: string; after?: string } = {}) =>
    shown(
      readTable(
        model,
        {
          kind: 'rates',
          rates,
          read: 'amount',
          argument: constant(MONEY, x),
          ...(more.whole && { whole: constant(MONEY, more.whole) }),
          ...(more.after && { after: constant(MONEY, more.after) }),
          type: MONEY,
          optional: true,
          span,
        },
        { of },
      ),
    );
  test.each([
    ['10.5', '0.315'], // 3%
    ['50', '2.29'], // 0.315 and 39.5 * 5%
    ['100', '7'], // from here 7% on all
    ['200', '14'],
    ['1000', '70'],
    ['1100', '80'], // goes on at 10%
    ['-10', '-0.3'],
  ])('of %s', (x, expected) => {
    expect(amount('ladder', x)).toBe(expected);
  });
  test('of a part, and after a value', () => {
    expect(amount('flat', '30', { whole: '2' })).toBe('0.6'); // 15 is read: 2% * 30
    expect(amount('flat', '30', { whole: '-2' })).toBe('0'); // -15 is below the first bound
    expect(amount('flat', '30', { whole: '0' })).toBeUndefined();
    expect(amount('ladder', '50', { after: '50' })).toBe('4.71'); // 7 - 2.29
  });
  test('in proportion to what is reached of a tier', () => {
    expect(amount('sums', '1.5')).toBe('5'); // half of 10
    expect(amount('sums', '10')).toBe('15');
    expect(amount('sums', '11')).toBe('15');
    expect(amount('sums', '6.5')).toBe('12.5'); // 10 and half of 5
    expect(denominatorOf(amountPieces(table(TABLES.rates, 'sums')))).toBe(21n); // 10/3 and 5/7
  });
});

test.each([
  ['0.05', '0.5'],
  ['0.15', '0.65'], // half way from 50% to 80%
  ['0.25', '1'], // it jumps
  ['1', '1.6'],
  ['2', '1.6'],
  ['0.01', '0'],
])('the score at %s', (x, expected) => {
  expect(shown(readPieces(scorePieces(table(TABLES.curves, 'standard')), exact(x)))).toBe(expected);
});

test.each([
  ['0.15', '0.5'],
  ['0.3', '1'],
  ['0.39', '1'], // no full 10% yet
  ['0.4', '1.01'],
  ['0.65', '1.03'],
])('the score of a curve that goes on in steps at %s', (x, expected) => {
  expect(shown(readPieces(scorePieces(table(TABLES.curves, 'thirds')), exact(x)))).toBe(expected);
});

test('a curve in steps gives words', () => {
  const curve: Curve = {
    name: 'word',
    mode: 'steps',
    input: { kind: 'number' },
    output: TIER,
    below: 'won',
    points: [
      { at: '1', score: 'lost', span },
      { at: '5', score: 'open', span },
    ],
    span,
  };
  const words = ['0.5', '1', '4.9', '5', '100'].map((x) => readPieces(scorePieces(curve), exact(x)));
  expect(words).toEqual(['won', 'lost', 'lost', 'open', 'open']);
});
