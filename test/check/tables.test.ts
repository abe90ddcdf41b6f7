// Tables in the Model: grids laid out, and what a table must say.

import { describe, expect, test } from 'vitest';
import { accepted, expectError, HEAD, WORLD } from './helpers.ts';

describe('grids', () => {
  const gridOf = (text: string) => accepted(`${HEAD}${text}\n`).grids[0]!;

  test('of two dimensions: a cell for each row and column', () => {
    const { dimensions, cells, rows, output } = gridOf(`grid g by part, size {
            | from 0 RUB | above 50 RUB
  from 0%   | 1%         | 2%
  above 15% | 3%         | 4%
}`);
    expect(dimensions.map((each) => each.keys)).toEqual([
      [
        { kind: 'bound', at: '0', includes: true },
        { kind: 'bound', at: '0.15', includes: false },
      ],
      [
        { kind: 'bound', at: '0', includes: true },
        { kind: 'bound', at: '50', includes: false },
      ],
    ]);
    expect([dimensions.map((each) => each.type.kind), output.kind]).toEqual([
      ['percent', 'money'],
      'percent',
    ]);
    expect(cells).toEqual(['0.01', '0.02', '0.03', '0.04']);
    expect(rows).toBeUndefined();
  });

  test('of three: rows that begin alike may go on with keys of their own', () => {
    const { dimensions, cells, rows } = gridOf(`grid g by area, part, size {
                   | from 0 | from 5
  north, from 0%   | 1      | 2
  north, above 20% | 3      | 4
  south, from 10%  | 5      | 6
  otherwise        | 7      | 8
}`);
    expect(
      dimensions.map(({ keys }) =>
        keys.map((key) => ('at' in key ? key.at : 'word' in key ? key.word : '…')),
      ),
    ).toEqual([
      ['north', 'south', '…'],
      ['0', '0.1', '0.2', '…'],
      ['0', '5'],
    ]);
    // north has no row of its own at 10 %, south none below it, and below the first bound there is nothing
    expect(cells).toEqual([
      ...['1', '2', '1', '2', '3', '4', '0', '0'],
      ...['0', '0', '5', '6', '5', '6', '0', '0'],
      ...['7', '8', '7', '8', '7', '8', '7', '8'],
    ]);
    expect(rows![2]).toEqual([
      { kind: 'word', word: 'north' },
      { kind: 'bound', at: '0.2', includes: false },
    ]);
    expect(rows![4]).toBeNull();
  });
});

test('below the first point of a curve there is no value just below it', () => {
  expectError(`${HEAD}curve c linear { below 90%: 0%, up to 90%: 10%, 90%: 50%, above: 50% }\n`, 'M1104', {
    at: 'up to 90%: 10%',
  });
});

test('a slope has no upper end where lower is better', () => {
  const role = (line: string) =>
    `${WORLD}curve c linear { below 80%: 0%, 80%: 80%, 100%: 100%, above: 1% more per 1% }
kpi lost lower is better = count(deal where status is lost)
role r { target lost 4\n scorecard { lost 100% on c ${line} }\n bonus b = 5 RUB * score }\n`;
  expectError(role(''), 'M1414', { at: 'lost 100% on c' });
  accepted(role('cap 130%'));
});

test('commission on a part is measured money, whatever its whole is', () => {
  const model = accepted(
    `${WORLD}rates r marginal { from 0%: 1%, from 50%: 2% on all }\nrole seller { bonus b = r(revenue of 1_000 RUB) + revenue * 1% }\n`,
  );
  expect(model.roles[0]!.bonuses[0]!.prorated).toBe(false);
});

test('a grid of fractions isn’t read for rows', () => {
  const grid = 'grid g by a, b {\n | from 0 RUB | from 5 RUB\n from 0% | 100% / 3 | 10%\n}\n';
  expectError(`${WORLD}${grid}kpi x = sum(deal.amount * g(50%, amount))\n`, 'M1206', {
    at: 'g(50%, amount)',
  });
  accepted(`${WORLD}${grid}kpi x = revenue * g(50%, revenue)\n`);
});

test('a word in a cell of a grid of numbers is said, also where the grid is read for rows', () => {
  const grid = 'grid g by a, b {\n | from 0 RUB | from 5 RUB\n from 0% | much | 10%\n}\n';
  expectError(`${WORLD}${grid}kpi x = sum(deal.amount * g(50%, amount))\n`, 'M1205', { at: 'much' });
});

test('amounts have no rate', () => {
  const table = 'amounts steps { from 0 RUB until 100 RUB: 5 RUB }\n';
  expectError(`${WORLD}${table}role r { bonus b = steps.rate(revenue) }\n`, 'M1104', {
    at: 'steps.rate',
  });
});
