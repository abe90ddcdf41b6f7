// What a dropped file is taken for: the kind of its rows, its columns, how its numbers are written; and what is refused.

import { describe, expect, it } from 'vitest';
import {
  freeName,
  kindOf,
  MOST_FILE_BYTES,
  refusedBySize,
  textOfFile,
} from '../../playground/src/data/files.ts';
import { columnsFor, guessDialect, guessSource } from '../../playground/src/data/guess.ts';
import type { FieldNeed, SourceNeed } from '../../playground/src/worker/overview.ts';

function fields(...names: readonly string[]): readonly FieldNeed[] {
  return names.map((each) => {
    const [name = '', type = 'text'] = each.replace('?', '').split(':');
    return { name, type, optional: each.endsWith('?') };
  });
}

const NEEDS: readonly SourceNeed[] = [
  {
    name: 'person',
    kind: 'people',
    needed: true,
    fields: fields('id', 'name?', 'role', 'team?', 'from:date?'),
  },
  {
    name: 'deal',
    kind: 'event',
    needed: true,
    fields: fields('id', 'closed_on:date', 'manager', 'amount:money', 'cost:money?'),
  },
  { name: 'call', kind: 'event', needed: true, fields: fields('id', 'at:datetime', 'manager') },
  { name: 'absence', kind: 'absence', needed: false, fields: fields('person', 'from:date', 'until:date?') },
];

const guess = (file: string, ...header: readonly string[]) => guessSource({ file, header }, NEEDS);

describe('a heading of several words', () => {
  it('is suggested for the field that one of its words means', () => {
    const deal = NEEDS[1]!.fields;
    const { columns, exact } = columnsFor(['Номер', 'Дата закрытия', 'Менеджер', 'Сумма сделки'], deal);
    expect(columns.amount).toBe('Сумма сделки');
    expect(exact).toBe(false);
  });

  it('is not where two have such a word', () => {
    const { columns } = columnsFor(['Сумма сделки', 'Сумма скидки'], fields('amount:money'));
    expect(columns).toEqual({});
  });
});

describe('a dropped file', () => {
  it('is known by its name and headings', () => {
    expect(guess('deals.csv', 'id', 'closed_on', 'manager', 'amount')).toEqual({
      name: 'deal',
      sure: true,
      columns: {},
      lacking: [],
    });
    expect(guess('export/2026-01 deals (2).csv', 'id', 'closed_on', 'manager', 'amount').name).toBe('deal');
    expect(guess('people.csv', 'id', 'role')).toMatchObject({ name: 'person', sure: true });
    expect(guess('отпуска.csv', 'person', 'from', 'until')).toMatchObject({ name: 'absence', sure: true });
  });

  it('is known by its headings alone where all that is needed is there', () => {
    expect(guess('export.csv', 'id', 'closed_on', 'manager', 'amount')).toMatchObject({
      name: 'deal',
      sure: true,
    });
    expect(guess('export.csv', 'x', 'y')).toEqual({ sure: false, columns: {}, lacking: [] });
  });

  it('has columns of other names, which are a suggestion only', () => {
    expect(guess('Сделки.csv', 'Номер', 'Дата закрытия', 'Менеджер', 'Сумма', 'Себестоимость')).toEqual({
      name: 'deal',
      sure: false,
      columns: {
        id: 'Номер',
        closed_on: 'Дата закрытия',
        manager: 'Менеджер',
        amount: 'Сумма',
        cost: 'Себестоимость',
      },
      lacking: [],
    });
    // the same name in another writing is no guess
    expect(guess('deals.csv', 'ID', 'Closed On', 'manager', 'AMOUNT')).toMatchObject({
      sure: true,
      columns: { id: 'ID', closed_on: 'Closed On', amount: 'AMOUNT' },
    });
  });

  it('is asked about where a needed column is nowhere', () => {
    expect(guess('deals.csv', 'id', 'closed_on', 'amount')).toMatchObject({
      name: 'deal',
      sure: false,
      lacking: ['manager'],
    });
  });

  it('gives each column to one field, the exact names first', () => {
    expect(columnsFor(['Дата', 'date'], fields('at', 'date'))).toEqual({
      columns: { at: 'Дата' },
      lacking: [],
      exact: false,
    });
  });

  it('shows how its numbers are written', () => {
    const found = { header: ['id', 'Сумма'], columns: { amount: 'Сумма' }, fields: NEEDS[1]!.fields };
    expect(
      guessDialect(
        [
          ['1', '1\u00a0234,50'],
          ['2', '99,9'],
        ],
        found,
      ),
    ).toEqual({ decimal: ',', thousands: '\u00a0' });
    expect(guessDialect([['1', '1234.50']], found)).toEqual({});
    // nobody can tell what that comma is: the run asks
    expect(guessDialect([['1', '1,234']], found)).toEqual({});
  });
});

describe('a file that is not taken', () => {
  const bytes = (...values: readonly number[]) => Uint8Array.from(values);

  it.each([
    ['a workbook', bytes(0x50, 0x4b, 3, 4, 0), 'spreadsheet'],
    ['an old workbook', bytes(0xd0, 0xcf, 0x11, 0xe0), 'oldSpreadsheet'],
    ['a Parquet file', bytes(0x50, 0x41, 0x52, 0x31), 'parquet'],
    // “Сумма” as Windows-1251 writes it
    ['another encoding', bytes(0xd1, 0xf3, 0xec, 0xec, 0xe0), 'notUtf8'],
    ['UTF-16', bytes(0xff, 0xfe, 0x41, 0), 'utf16'],
    ['nothing', bytes(0x20, 0x0a), 'empty'],
  ])('%s is refused', (_, content, why) => {
    expect(textOfFile('deals.csv', content)).toEqual({ kind: 'refused', refusal: { why } });
  });

  it('is too large by itself, or with the others', () => {
    expect(refusedBySize(MOST_FILE_BYTES, 0)).toBeUndefined();
    expect(refusedBySize(MOST_FILE_BYTES + 1, 0)).toEqual({ why: 'tooLarge', bytes: 20_000_001 });
    expect(refusedBySize(15_000_000, 40_000_000)).toEqual({ why: 'tooMuch', bytes: 55_000_000 });
  });
});

describe('a file that is taken', () => {
  it('keeps its mark', () => {
    const content = new TextEncoder().encode('\ufeffid;Сумма\r\n');
    expect(textOfFile('deals.csv', content)).toEqual({ kind: 'text', text: '\ufeffid;Сумма\r\n' });
  });

  it('is told from others by its name', () => {
    expect(freeName('data/deals.csv', ['deals.csv'])).toBe('deals-2.csv');
    expect(freeName('deals.csv', [])).toBe('deals.csv');
    expect(
      ['a/merit.config.yaml', 'p.merit', 'p.merit.yaml', 'd.TSV', 'd.xlsx', 'p.png'].map(kindOf),
    ).toEqual(['config', 'policy', 'policy', 'rows', 'rows', 'other']);
  });
});
