// Blocks from and to spreadsheets, and how they are written for the engine; and what can be undone of a text.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { copiedText, fitted, pastedCells } from '../../playground/src/data/clipboard.ts';
import { changeBetween, NO_HISTORY, redo, remembered, undo } from '../../playground/src/data/text-history.ts';
import { generatedRuns } from '../runs.ts';

const RUNS = generatedRuns(300);

describe('a block from a spreadsheet', () => {
  it.each<[string, string, readonly (readonly string[])[]]>([
    ['one cell', 'a', [['a']]],
    [
      'a block, with the line end that spreadsheets add',
      'a\tb\r\nc\td\r\n',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    ['a column', '1\n2\n3\n', [['1'], ['2'], ['3']]],
    ['line ends and quotes in a cell', '"two\nlines"\t"the ""North"""\n', [['two\nlines', 'the "North"']]],
    ['a quote that is a character', '"North" team\tb', [['"North" team', 'b']]],
    ['an inch without another', '5"\t"x', [['5"', '"x']]],
    [
      'empty cells, and a row of them',
      'a\t\n\t\n',
      [
        ['a', ''],
        ['', ''],
      ],
    ],
    ['an empty last cell', 'a\t', [['a', '']]],
    ['nothing', '', [['']]],
  ])('%s', (_, text, cells) => {
    expect(pastedCells(text)).toEqual(cells);
  });

  it('comes back from a copy as it was', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '"', '\t', '\n', '\r', ' ', 'Ж'), maxLength: 5 });
    const row = fc.array(cell, { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 4 }), (rows) => {
        // with the line end that programs put after the last row
        expect(pastedCells(`${copiedText(rows)}\r\n`)).toEqual(rows);
      }),
      RUNS,
    );
  });
});

describe('pasted values are written as the file writes them', () => {
  const point = (types: readonly string[], rows: readonly (readonly string[])[]) =>
    fitted(rows, { types, decimal: '.' });

  it('decimal commas become points, and spaces between thousands go', () => {
    expect(point(['money'], [['1 234,50'], ['99,9'], ['1\u00a0000'], ['-0,5'], ['12']])).toEqual({
      rows: [['1234.50'], ['99.9'], ['1000'], ['-0.5'], ['12']],
      numbers: 4,
      dates: 0,
    });
    expect(point(['percent'], [['12,5%'], ['7,25 %']]).rows).toEqual([['12.5%'], ['7.25%']]);
  });

  it('a comma that could stand between thousands is left to the run', () => {
    // 1,234 is one and a bit, or more than a thousand: nobody can tell
    expect(point(['money'], [['1,234'], ['5,678']])).toEqual({
      rows: [['1,234'], ['5,678']],
      numbers: 0,
      dates: 0,
    });
    expect(point(['money'], [['1,234'], ['5 678']]).rows).toEqual([['1,234'], ['5678']]);
    // 10,5 in the same column can only be a decimal comma
    expect(point(['money'], [['1,234'], ['10,5']]).rows).toEqual([['1.234'], ['10.5']]);
  });

  it('days with points are written as the engine reads them', () => {
    expect(point(['date'], [['31.01.2026'], ['1.2.2026'], ['2026-01-31']])).toEqual({
      rows: [['2026-01-31'], ['2026-02-01'], ['2026-01-31']],
      numbers: 0,
      dates: 2,
    });
  });

  it('nothing else is touched', () => {
    const rows = [['1,5', '31.01.2026', '1 000,5']];
    expect(point(['text', 'text'], rows).rows).toEqual(rows);
    expect(fitted([['1,5']], { types: ['money'], decimal: ',' }).rows).toEqual([['1,5']]);
    expect(point(['money'], [['abc'], ['1,2,3'], ['1.234,50']]).rows).toEqual([
      ['abc'],
      ['1,2,3'],
      ['1.234,50'],
    ]);
  });
});

describe('what was done to a text', () => {
  it('is kept as the piece that differs', () => {
    expect(changeBetween('id,10\n', 'id,125\n')).toEqual({ at: 4, before: '0', after: '25' });
    expect(changeBetween('aaa', 'aa')).toEqual({ at: 2, before: 'a', after: '' });
  });

  it('can be undone and done again', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 8 }), { minLength: 1, maxLength: 8 }), (texts) => {
        let history = NO_HISTORY;
        for (const [at, each] of texts.entries()) history = remembered(history, texts[at - 1] ?? '', each);
        const steps = texts.filter((each, at) => each !== (texts[at - 1] ?? '')).length;
        let state = { history, text: texts.at(-1)! };
        for (let at = 0; at < steps; at++) state = undo(state.history, state.text);
        expect(state.text).toBe('');
        expect(undo(state.history, '').text).toBe('');
        for (let at = 0; at < steps; at++) state = redo(state.history, state.text);
        expect(state.text).toBe(texts.at(-1));
      }),
      RUNS,
    );
  });
});
