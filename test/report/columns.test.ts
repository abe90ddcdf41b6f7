// Tables at a width: what is broken, what goes on below, and what is never cut.

import { describe, expect, it } from 'vitest';
import { atPoint, type Column, columnsText } from '../../src/report/columns.ts';
import { wrap } from '../../src/report/terminal-text.ts';

const left = (heading: string): Column => ({ heading, align: 'left' });
const right = (heading: string): Column => ({ heading, align: 'right' });

describe('columnsText', () => {
  it('breaks headings and text', () => {
    const columns = [left('Person'), right('Conversion to sale')];
    const rows = [['Anna Maria Petrova-Vodkina (anna)', '10 %']];
    expect(`\n${columnsText(columns, rows, { width: 34 })}`).toBe(`
                 Conversion to
Person                    sale
──────────────────────────────
Anna Maria                10 %
Petrova-Vodkina
(anna)`);
  });

  it('goes on below with the first column repeated, in blocks of about one width', () => {
    const columns = [left('Who'), right('a'), right('b'), right('c'), right('d')];
    const rows = [['anna', '1,000,000.00', '2,000,000.00', '3,000,000.00', '4,000,000.00']];
    const total = ['Total', '1', '2', '3', '4'];
    expect(columnsText(columns, rows, { width: 50, total })).toBe(`Who               a             b
─────────────────────────────────
anna   1,000,000.00  2,000,000.00
─────────────────────────────────
Total             1             2

Who               c             d
─────────────────────────────────
anna   3,000,000.00  4,000,000.00
─────────────────────────────────
Total             3             4`);
  });

  it('cuts no figure that is wider than the screen', () => {
    const figure = '9'.repeat(60);
    expect(columnsText([left('Who'), right('a')], [['anna', figure]], { width: 40 })).toContain(figure);
  });
});

describe('wrap', () => {
  it.each([
    ['one two three', 7, ['one two', 'three']],
    ['abcdefgh', 3, ['abc', 'def', 'gh']],
    ['  in by two', 8, ['  in by', '  two']],
    ['漢字漢字', 4, ['漢字', '漢字']],
    ['', 5, ['']],
  ])('%j in %i columns', (text, width, lines) => expect(wrap(text, width)).toEqual(lines));
});

describe('atPoint', () => {
  it('lines up the points of numbers, with their units', () => {
    expect(atPoint(['1,000.5 RUB', '2.25… RUB', '3', '—', ''])).toEqual([
      '1,000.5   RUB',
      '2.25… RUB',
      '3    ',
      '—    ',
      '',
    ]);
  });
});
