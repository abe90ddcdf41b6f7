import { describe, expect, it } from 'vitest';
import type { ValueType } from '../../src/model/value.ts';
import { figureText, moneyText } from '../../src/report/format.ts';
import { clip, displayWidth, visible, visibleJson } from '../../src/report/terminal-text.ts';

const number: ValueType = { kind: 'number' };
const percent: ValueType = { kind: 'percent' };
const duration: ValueType = { kind: 'duration' };

describe('figureText', () => {
  const cases: readonly (readonly [ValueType, string | null, string])[] = [
    [number, '0', '0'],
    [number, '-1234567.5', '-1,234,567.5'],
    [number, '1/3', '0.3333…'],
    [number, '-1/30000000', '-0.0000…'],
    [number, '0.00001', '0.0000…'],
    [number, '123456789012345678901234567890', '123,456,789,012,345,678,901,234,567,890'],
    [percent, '0.8', '80 %'],
    [percent, '1.125', '112.5 %'],
    [percent, '13/15', '86.66… %'],
    [percent, '0.79999999', '79.99… %'],
    [percent, '-0.05', '-5 %'],
    [duration, '0', '0 s'],
    [duration, '45', '45 s'],
    [duration, '15120', '4 h 12 min'],
    [duration, '172800', '48 h'],
    [duration, '4475520', '51.8 days'],
    [duration, '259200', '3 days'],
    [duration, '-90', '-1 min 30 s'],
    [duration, '100/3', '33.3… s'],
    [{ kind: 'truth' }, 'true', 'yes'],
    [{ kind: 'date' }, '2026-01-31', '2026-01-31'],
    [{ kind: 'date' }, '20484', '2026-01-31'],
    [{ kind: 'datetime' }, '1769817599', '2026-01-30T23:59:59Z'],
    [{ kind: 'text' }, 'a\u202eb', 'a\\u{202e}b'],
    [number, null, '—'],
  ];
  for (const [type, value, shown] of cases) {
    it(`${type.kind} ${value} is ${shown}`, () => expect(figureText({ type, value })).toBe(shown));
  }

  it('top is the top of the curve', () => expect(figureText('top')).toBe('top'));
});

describe('moneyText', () => {
  for (const [value, currency, shown] of [
    ['1200000', 'RUB', '1,200,000.00 RUB'],
    ['-12.5', 'RUB', '-12.50 RUB'],
    ['0.125', 'RUB', '0.125 RUB'],
    ['200000/3', 'RUB', '66,666.66… RUB'],
    ['1234', 'JPY', '1,234 JPY'],
    ['1234', 'KWD', '1,234.000 KWD'],
    ['0', 'RUB', '0.00 RUB'],
  ] as const) {
    it(`${value} ${currency} is ${shown}`, () => expect(moneyText(value, currency)).toBe(shown));
  }
});

describe('terminal text', () => {
  it('makes steering and hidden characters visible, and leaves letters alone', () => {
    expect(visible('a\u001b[31m\r\n\t')).toBe('a\\u{1b}[31m\\u{d}\\u{a}\\u{9}');
    expect(visible('\u202e\u2066\u200b\ufeff\u061c\u{e0041}')).toBe(
      '\\u{202e}\\u{2066}\\u{200b}\\u{feff}\\u{61c}\\u{e0041}',
    );
    expect(visible('\ud800')).toBe('\\u{d800}');
    for (const text of ['Ёлка', 'é', 'e\u0301', '漢字', '❤\ufe0f', 'naïve — “x”', 'a\u00a0b'])
      expect(visible(text)).toBe(text);
  });

  it('escapes JSON so that it reads back', () => {
    const value = { 'a\u202e': '\u200b\u{e0041}\n' };
    const text = visibleJson(JSON.stringify(value, null, 2));
    expect(text).toContain('\\u202e');
    expect(text).not.toMatch(/[\u202e\u200b]/);
    expect(JSON.parse(text)).toEqual(value);
  });

  it('counts columns', () => {
    for (const [text, width] of [
      ['Выручка', 7],
      ['漢字', 4],
      ['e\u0301', 1],
      ['😀', 2],
      ['—', 1],
      ['', 0],
    ] as const) {
      expect(displayWidth(text), text).toBe(width);
    }
    expect(clip('漢字漢字', 5)).toBe('漢字…');
    expect(clip('abc', 3)).toBe('abc');
  });
});
