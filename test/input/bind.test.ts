import { expect, test } from 'vitest';
import { bindColumns } from '../../src/input/bind.ts';
import * as f from './fields.ts';

const fields = [
  f.field('id', f.TEXT),
  f.field('amount', f.MONEY),
  f.field('cost', f.MONEY, { optional: true }),
  f.field('fte', f.PERCENT, { fallback: '1' }),
];

function bound(header: readonly string[], more: Parameters<typeof f.spec>[2] = {}) {
  const { value, diagnostics } = bindColumns(f.spec('deal', '', more), fields, header);
  return {
    bindings: value.bindings.map((each) =>
      each.kind === 'column' ? each.index : each.kind === 'constant' ? `"${each.text}"` : each.kind,
    ),
    said: diagnostics.map((each) => `${each.code} ${each.message}${each.help ? ` | ${each.help}` : ''}`),
  };
}

test('by name, in any order; optional fields and fallbacks may go without', () => {
  expect(bound(['amount', 'note', ' id '])).toEqual({ bindings: [2, 0, 'absent', 'absent'], said: [] });
});

test('by an explicit column or a constant', () => {
  const more = { columns: new Map([['id', 'Deal No']]), constants: new Map([['amount', '5']]) };
  expect(bound(['Deal No', 'cost'], more)).toEqual({ bindings: [0, '"5"', 1, 'absent'], said: [] });
});

test('two fields may read one column', () => {
  expect(bound(['id', 'amount'], { columns: new Map([['cost', 'amount']]) }).bindings).toEqual([
    0,
    1,
    1,
    'absent',
  ]);
});

test('all problems in one go', () => {
  const more = {
    columns: new Map([
      ['cost', 'costs'],
      ['amout', 'x'],
    ]),
    constants: new Map([['fee', '1']]),
  };
  expect(bound(['id', 'id', 'cost', 'sum'], more).said).toEqual([
    'M2015 `deal` has no field `amout`, which `columns` of this source names | did you mean `amount`?',
    'M2015 `deal` has no field `fee`, which `constants` of this source names | did you mean `fte`?',
    'M2014 `deal.csv` has two columns called `id` | rename one of them: it would be a guess which one is meant',
    'M2013 `deal.csv` has no column for the field `amount` | known here: `id`, `id`, `cost`, `sum`; say which column it is under `columns`, or give a constant',
    'M2012 `deal.csv` has no column `costs`, which `cost` is to be read from | did you mean `cost`?',
  ]);
});

test('a column and a constant for one field', () => {
  const more = { columns: new Map([['amount', 'sum']]), constants: new Map([['amount', '5']]) };
  expect(bound(['id', 'sum'], more).said[0]).toMatch(/^M2016 /);
});

test('an unbound optional field warns of a column that looks like it', () => {
  expect(bound(['id', 'amount', 'Cost']).said[0]).toMatch(/^M2017 the column `Cost` isn't read/);
  // with a Cyrillic letter
  expect(bound(['id', 'amount', 'c\u043est']).said[0]).toMatch(/^M2017 /);
});

test('a doubled, empty or odd heading that nobody reads does no harm', () => {
  expect(bound(['id', 'amount', '', '', 'x', 'x', '__proto__', 'constructor']).said).toEqual([]);
});

test('names are compared in NFC', () => {
  const field = [f.field('\u00e9t\u00e9', f.TEXT)];
  expect(bindColumns(f.spec('a', ''), field, ['e\u0301te\u0301']).value.bindings[0]!.kind).toBe('column');
});

test('JSON without rows has no columns to miss', () => {
  expect(bound([], { format: 'json' }).said).toEqual([]);
  expect(bound([]).said).toHaveLength(2);
});
