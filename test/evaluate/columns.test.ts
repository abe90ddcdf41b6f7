// Columns against fractions: what they decide is what fractions decide, and what they can't tell they say so.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createMemoryBackend } from '../../src/backend/memory.ts';
import { RunError } from '../../src/base/diagnostic.ts';
import {
  absolute,
  add,
  compare,
  divide,
  type Exact,
  equals,
  exact,
  exactText,
  fraction,
  greatest,
  least,
  multiply,
  type RoundingMode,
  roundTo,
  subtract,
  whole,
} from '../../src/base/exact.ts';
import { compile, runOver } from '../../src/engine.ts';
import {
  absoluteColumn,
  addColumns,
  boundColumns,
  divideColumns,
  multiplyColumns,
  negateColumn,
} from '../../src/evaluate/column-arithmetic.ts';
import { columnFrom, leavesOf, stored } from '../../src/evaluate/column-leaves.ts';
import { earnedColumns, isInColumns } from '../../src/evaluate/column-pay.ts';
import { roundColumn, stepsOf } from '../../src/evaluate/column-rounding.ts';
import { readColumn } from '../../src/evaluate/column-tables.ts';
import {
  chooseColumns,
  compareColumns,
  elseColumns,
  type Relation,
} from '../../src/evaluate/column-truth.ts';
import { type Column, createWork, type NumberColumn, type Work } from '../../src/evaluate/columns.ts';
import { paidBonus } from '../../src/evaluate/pay.ts';
import { payInAll } from '../../src/evaluate/pay-in-all.ts';
import { hasDayIn, stayPlace } from '../../src/evaluate/places.ts';
import { gather } from '../../src/gather.ts';
import { type Pieces, readPieces } from '../../src/library/pieces.ts';
import { drawFrom } from '../backend/draw.ts';
import { csvText, generateData, SOURCES } from '../pipeline/generated-data.ts';
import { generatePolicy } from '../pipeline/generated-policy.ts';
import { printText } from '../pipeline/print-policy.ts';
import { generatedRuns } from '../runs.ts';

// ---- operations ------------------------------------------------------------------------------------------------------

type Cells = readonly (Exact | undefined)[];

/** A column, and what each of its cells is, by fractions alone. */
interface Both {
  readonly column: NumberColumn;
  readonly cells: Cells;
}

const SIZE = 40;
const MODES: readonly RoundingMode[] = ['half up', 'half even', 'down', 'floor', 'ceil'];
const RELATIONS: readonly Relation[] = ['<', '<=', '>', '>=', 'is', 'is not'];

/** Values that lie at bounds of each other, end in halves of steps, or are too large for doubles. */
const VALUES = [
  '0',
  '1',
  '-1',
  '0.5',
  '1.5',
  '2.5',
  '-2.5',
  '0.005',
  '0.015',
  '1/3',
  '2/3',
  '-1/3',
  '0.8',
  '1.2',
  '4/5',
]
  .concat([
    '123456.785',
    '1000000',
    '99999999.99',
    '9007199254740991',
    '90071992547409931',
    '1e30'.replace('e30', '0'.repeat(30)),
  ])
  .concat(['1/7', '22/7', '-1000000.005', '0.0000001', `1/${'9'.repeat(20)}`])
  .map(exact);

const cell = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...VALUES) },
  {
    weight: 3,
    arbitrary: fc
      .tuple(fc.integer({ min: -100_000, max: 100_000 }), fc.constantFrom(1, 2, 3, 7, 31, 100))
      .map(([num, den]) => fraction(num, den)),
  },
  { weight: 1, arbitrary: fc.constant(undefined) },
);

const small = fc.oneof(
  {
    weight: 8,
    arbitrary: fc
      .tuple(fc.integer({ min: -2_000, max: 2_000 }), fc.constantFrom(1, 2, 5, 20, 100))
      .map(([num, den]) => fraction(num, den)),
  },
  { weight: 1, arbitrary: fc.constant(undefined) },
);

function leaf(work: Work, cells: Cells): Both {
  const column = columnFrom(
    work,
    stored(cells.length, 'number', (at) => cells[at]),
  ) as NumberColumn;
  return { column, cells };
}

const both = (a: Cells, b: Cells, of: (x: Exact, y: Exact) => Exact | undefined): Cells =>
  a.map((x, at) => (x === undefined || b[at] === undefined ? undefined : of(x, b[at]!)));

const TABLE: Pieces = {
  below: { kind: 'straight', constant: exact('0'), slope: exact('0') },
  pieces: [
    {
      bound: exact('0.5'),
      includes: true,
      value: { kind: 'straight', constant: exact('-5/6'), slope: exact('5/3') },
    },
    {
      bound: exact('0.8'),
      includes: true,
      value: { kind: 'straight', constant: exact('-1.5'), slope: exact('2.5') },
    },
    {
      bound: exact('1'),
      includes: false,
      value: { kind: 'straight', constant: exact('1.25'), slope: exact('0') },
    },
    { bound: exact('1.2'), includes: true, value: { kind: 'missing' } },
    {
      bound: exact('3'),
      includes: true,
      value: { kind: 'straight', constant: exact('2'), slope: exact('1/7') },
    },
  ],
};

/** A formula by chance over the leaves; `pick` draws a number below its argument. */
function grow(work: Work, leaves: readonly Both[], depth: number, pick: (below: number) => number): Both {
  if (depth === 0) return leaves[pick(leaves.length)]!;
  const a = grow(work, leaves, depth - 1, pick);
  const b = grow(work, leaves, pick(depth), pick);
  switch (pick(11)) {
    case 0:
      return { column: addColumns(work, a.column, b.column), cells: both(a.cells, b.cells, add) };
    case 1:
      return {
        column: addColumns(work, a.column, negateColumn(work, b.column)),
        cells: both(a.cells, b.cells, subtract),
      };
    case 2:
      return { column: multiplyColumns(work, a.column, b.column), cells: both(a.cells, b.cells, multiply) };
    case 3:
      return { column: divideColumns(work, a.column, b.column), cells: both(a.cells, b.cells, divide) };
    case 4:
      return {
        column: boundColumns(work, 'min', [a.column, b.column]),
        cells: both(a.cells, b.cells, least),
      };
    case 5:
      return {
        column: boundColumns(work, 'max', [a.column, b.column]),
        cells: both(a.cells, b.cells, greatest),
      };
    case 6:
      return { column: absoluteColumn(work, a.column), cells: a.cells.map((each) => each && absolute(each)) };
    case 7: {
      const column = elseColumns(work, a.column, b.column) as NumberColumn;
      return { column, cells: a.cells.map((each, at) => each ?? b.cells[at]) };
    }
    case 8: {
      const relation = RELATIONS[pick(RELATIONS.length)]!;
      const truth = compareColumns(work, relation, [a.column, b.column]);
      const cells = a.cells.map((x, at) => {
        const y = b.cells[at];
        return x === undefined || y === undefined ? undefined : holds(relation, x, y) ? x : y;
      });
      return { column: chooseColumns(work, truth, a.column, b.column) as NumberColumn, cells };
    }
    case 9: {
      const cells = a.cells.map((each) =>
        each === undefined ? undefined : (readPieces(TABLE, each) as Exact | undefined),
      );
      return { column: readColumn(work, TABLE, a.column)!, cells };
    }
    default: {
      const rounding = {
        mode: MODES[pick(MODES.length)]!,
        step: exact(['0.01', '1', '0.05', '1/3'][pick(4)]!),
      };
      const column = roundColumn(work, a.column, rounding)!;
      return { column, cells: a.cells.map((each) => each && roundTo(each, rounding.step, rounding.mode)) };
    }
  }
}

function holds(relation: Relation, x: Exact, y: Exact): boolean {
  const order = compare(x, y);
  return {
    '<': order < 0,
    '<=': order <= 0,
    '>': order > 0,
    '>=': order >= 0,
    is: order === 0,
    'is not': order !== 0,
  }[relation];
}

/** Whether a double with its error holds a fraction. */
function isWithin(value: number, error: number, exactly: Exact): boolean {
  if (!Number.isFinite(value) || !Number.isFinite(error)) return true;
  const off = absolute(subtract(ofDouble(value), exactly));
  return compare(off, ofDouble(error)) <= 0;
}

/** A double as the fraction that it is. */
function ofDouble(value: number): Exact {
  let [num, den] = [value, 1n];
  while (!Number.isInteger(num)) {
    num *= 2;
    den *= 2n;
  }
  return fraction(BigInt(num), den);
}

function seen(column: Column, at: number): string {
  return column.missing?.[at] === 1 ? 'missing' : 'there';
}

test('each cell of a column is what fractions make of it, or within its error of that', () => {
  const counts = { decided: 0, open: 0 };
  const property = fc.property(
    fc.array(
      fc.oneof(
        fc.array(cell, { minLength: SIZE, maxLength: SIZE }),
        fc.array(small, { minLength: SIZE, maxLength: SIZE }),
      ),
      { minLength: 2, maxLength: 3 },
    ),
    fc.array(fc.nat(1_000_000), { minLength: 200, maxLength: 200 }),
    fc.integer({ min: 1, max: 4 }),
    (leaves, numbers, depth) => {
      const work = createWork(depth % 2 === 0);
      let next = 0;
      const pick = (below: number): number => numbers[next++ % numbers.length]! % below;
      const { column, cells } = grow(
        work,
        leaves.map((each) => leaf(work, each)),
        depth,
        pick,
      );
      const rounding = { mode: MODES[pick(5)]!, step: exact(['0.01', '1', '0.05'][pick(3)]!) };
      const { steps, untold } = stepsOf(work, column, rounding);
      for (const step of work.steps) step(SIZE, 0);
      for (let at = 0; at < SIZE; at++) {
        const value = cells[at];
        const exactly = column.exactly(at) as Exact | undefined;
        expect(exactly && exactText(exactly)).toBe(value && exactText(value));
        if (work.undecided[at] === 1) {
          counts.open += 1;
          continue;
        }
        expect(seen(column, at)).toBe(value === undefined ? 'missing' : 'there');
        if (value === undefined) continue;
        if (column.kind === 'near') {
          expect(isWithin(column.value[at]!, column.error[at]!, value)).toBe(true);
          if (column.some?.known[at] === 1)
            expect(equals(fraction(column.some.num[at]!, column.some.den[at]!), value)).toBe(true);
        } else {
          const den = typeof column.den === 'number' ? column.den : column.den[at]!;
          expect(equals(fraction(column.num[at]!, den), value)).toBe(true);
        }
        if (untold?.[at] === 1) {
          counts.open += 1;
          continue;
        }
        counts.decided += 1;
        const wanted = divide(roundTo(value, rounding.step, rounding.mode), rounding.step)!;
        expect(exactText(whole(steps[at]!))).toBe(exactText(wanted));
      }
    },
  );
  fc.assert(property, generatedRuns(300));
  expect(counts.decided).toBeGreaterThan(counts.open);
});

test('a half is rounded as each mode says, exactly', () => {
  // 0.125 in cents is 12.5 steps
  const by = (mode: RoundingMode, text: string): number => {
    const work = createWork();
    const { column } = leaf(work, [exact(text)]);
    const { steps, untold } = stepsOf(work, column, { mode, step: exact('0.01') });
    for (const step of work.steps) step(1, 0);
    expect(untold?.[0] ?? 0).toBe(0);
    return steps[0]! + 0;
  };
  const all = (text: string) => MODES.map((mode) => by(mode, text));
  // half up, half even, down, floor, ceil
  expect(all('0.125')).toEqual([13, 12, 12, 12, 13]);
  expect(all('0.135')).toEqual([14, 14, 13, 13, 14]);
  expect(all('-0.125')).toEqual([-13, -12, -12, -13, -12]);
  expect(all('-0.135')).toEqual([-14, -14, -13, -14, -13]);
  expect(all('0.12')).toEqual([12, 12, 12, 12, 12]);
  expect(all('1/3')).toEqual([33, 33, 33, 33, 34]);
  expect(all('-1/3')).toEqual([-33, -33, -33, -34, -33]);
});

test('an exact half that is known by doubles alone is left to its fraction', () => {
  // (1/3 + 1/6) * 0.05 is 0.025: 2.5 cents
  const work = createWork();
  const [a, b, c] = ['1/3', '1/6', '0.05'].map((each) => leaf(work, [exact(each), exact('1/7')]).column);
  const sum = addColumns(work, divideColumns(work, a!, leaf(work, [exact('1'), exact('3')]).column), b!);
  expect(exactText(sum.exactly(0) as Exact)).toBe('0.5');
  const product = multiplyColumns(
    work,
    multiplyColumns(work, sum, c!),
    leaf(work, [exact('1'), exact('1')]).column,
  );
  const { steps, untold } = stepsOf(work, product, { mode: 'half up', step: exact('0.01') });
  for (const step of work.steps) step(2, 0);
  expect(exactText(product.exactly(0) as Exact)).toBe('0.025');
  if (product.kind === 'near') expect(untold?.[0]).toBe(1);
  else expect(steps[0]).toBe(3);
});

// ---- policies --------------------------------------------------------------------------------------------------------

test('bonuses by columns are those that are paid, over policies and data by chance', async () => {
  const counts = { cells: 0, left: 0, byFractions: 0, inAll: 0 };
  const property = fc.asyncProperty(fc.gen(), async (gen) => {
    const draw = drawFrom(gen);
    const { value: model } = compile([{ name: 'policy.merit', text: printText(generatePolicy(draw)) }]);
    const data = generateData(draw);
    const sources = SOURCES.map((name) => ({
      name,
      file: `${name}.csv`,
      format: 'csv' as const,
      content: { kind: 'text' as const, text: csvText(data[name]) },
      columns: new Map(),
      constants: new Map(),
      dialect: {},
    }));
    const backend = createMemoryBackend({ readFile: () => new Uint8Array() } as never);
    const request = { model: model!, sources, period: '2026-01..2026-06', allowRejects: true };
    const { value: gathered } = await gather(request, backend).catch((fault) => {
      if (fault instanceof RunError) return { value: undefined };
      throw fault;
    });
    if (!gathered) return;
    const run = runOver(gathered);
    const amount = (work: () => Exact): string => {
      try {
        return exactText(work());
      } catch (fault) {
        if (fault instanceof RunError) return 'stopped';
        throw fault;
      }
    };
    for (const role of gathered.model.roles)
      for (const period of gathered.periods) {
        const places = run.people.stays
          .filter((each) => each.role === role.name && hasDayIn(each, period))
          .map((each) => stayPlace(run, each, period));
        const cells = {
          role,
          grain: gathered.model.grain,
          count: places.length,
          leaves: leavesOf(run, places),
        };
        for (const [name, { steps, open, byFractions }] of earnedColumns(run, cells)) {
          const bonus = role.bonuses.find((each) => each.name === name)!;
          expect(isInColumns(bonus)).toBe(true);
          counts.byFractions += byFractions;
          for (const [at, place] of places.entries()) {
            counts.cells += 1;
            counts.left += open[at]!;
            if (open[at] === 1) continue;
            const found = multiply(whole(steps[at]!), exact(gathered.model.rounding.step));
            expect(exactText(found)).toBe(amount(() => paidBonus(run, bonus, place).amount));
          }
        }
      }
    // a watched run goes person by person
    const byPeople = amount(() => payInAll(runOver(gathered, { watch: {} }), gathered.periods));
    expect(amount(() => payInAll(runOver(gathered), gathered.periods))).toBe(byPeople);
    counts.inAll += 1;
  });
  await fc.assert(property, generatedRuns(40));
  expect(counts.inAll).toBeGreaterThan(5);
  expect(counts.cells - counts.left).toBeGreaterThan(counts.left);
});
