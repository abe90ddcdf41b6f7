// What the page says: the same in both languages, with the same values, and nothing that nobody says.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { filled } from '../../src/report/filled.ts';

const SRC = fileURLToPath(new URL('../../playground/src/', import.meta.url));
const PARTS = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((each) => each.endsWith('words-en.ts'))
  .map((each) => each.slice(0, -'/words-en.ts'.length).replaceAll('\\', '/'));

type List = Readonly<Record<string, string>>;

async function listOf(part: string, language: string): Promise<List> {
  const module: object = await import(join(SRC, part, `words-${language}.ts`));
  const lists = Object.values(module).filter((each) => typeof each === 'object');
  return Object.assign({}, ...lists);
}

/** The names of the values in a text. */
const valuesIn = (text: string): readonly string[] =>
  [...new Set([...text.matchAll(/\{(\w+)/g)].map((each) => each[1]!))].sort();

/** Whether code of a part holds the key, whole or as a text that is put together of its beginning and end. */
function usesOf(part: string): (key: string) => boolean {
  const folders = part === 'app' ? readdirSync(SRC) : [part];
  const code = folders
    .flatMap((folder) =>
      folder.includes('.')
        ? [join(SRC, folder)]
        : readdirSync(join(SRC, folder)).map((name) => join(SRC, folder, name)),
    )
    .filter((path) => /\.tsx?$/.test(path) && !/words-\w+\.ts$/.test(path))
    .map((path) => readFileSync(path, 'utf8'))
    .join('\n');
  const puts = [...code.matchAll(/`([^`\n]*\$\{[^`\n]*)`/g)].flatMap(([, text = '']) => {
    const parts = text.split(/\$\{[^}]*\}/).map((each) => each.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
    // a text of nothing but values could be any key
    return parts.join('').length < 3 ? [] : [new RegExp(`^${parts.join('.+')}$`)];
  });
  return (key) => code.includes(`'${key}'`) || puts.some((each) => each.test(key));
}

describe.each(PARTS)('the words of %s', (part) => {
  it('has the same keys in both languages, in one order', async () => {
    expect(Object.keys(await listOf(part, 'ru'))).toEqual(Object.keys(await listOf(part, 'en')));
  });

  it('has the same values in both languages', async () => {
    const [en, ru] = [await listOf(part, 'en'), await listOf(part, 'ru')];
    const of = (list: List) => Object.entries(list).map(([key, text]) => [key, valuesIn(text)]);
    expect(of(ru)).toEqual(of(en));
  });

  it('leaves no text empty, and none in the other language', async () => {
    const [en, ru] = [await listOf(part, 'en'), await listOf(part, 'ru')];
    for (const [key, text] of [...Object.entries(en), ...Object.entries(ru)])
      expect(text.trim(), key).not.toBe('');
    expect(Object.entries(en).filter(([, text]) => /[а-яё]/i.test(text))).toEqual([]);
  });

  it('leaves no brace once the values are there', async () => {
    for (const language of ['en', 'ru'] as const)
      for (const [key, text] of Object.entries(await listOf(part, language))) {
        const values = Object.fromEntries(valuesIn(text).map((each) => [each, 3]));
        expect(filled(text, values, language), key).not.toMatch(/[{}]/);
      }
  });

  it('has a use for each key', async () => {
    const isUsed = usesOf(part);
    const unused = Object.keys(await listOf(part, 'en')).filter((key) => !isUsed(key));
    expect(unused).toEqual([]);
  });
});

describe('a text with values', () => {
  it('has them filled in', () => {
    expect(filled('{a} of {b}', { a: 1, b: '$& {a}' }, 'en')).toBe('1 of $& {a}');
    expect(filled('{unknown}', {}, 'en')).toBe('{unknown}');
  });

  it('groups counts, and no other numbers', () => {
    expect(filled('{n} {n|row|rows}', { n: 14_250 }, 'en')).toBe('14,250 rows');
    expect(filled('{n} {n|строка|строки|строк}', { n: 14_250 }, 'ru')).toBe('14\u00a0250 строк');
    expect(filled('row {n}', { n: 14_250 }, 'en')).toBe('row 14250');
  });

  it('has the word that goes with a number', () => {
    const en = '{n} {n|row|rows}';
    expect([0, 1, 2, 21].map((n) => filled(en, { n }, 'en'))).toEqual([
      '0 rows',
      '1 row',
      '2 rows',
      '21 rows',
    ]);
    const ru = '{n} {n|строка|строки|строк}';
    expect([0, 1, 2, 5, 11, 21, 22, 112].map((n) => filled(ru, { n }, 'ru'))).toEqual([
      '0 строк',
      '1 строка',
      '2 строки',
      '5 строк',
      '11 строк',
      '21 строка',
      '22 строки',
      '112 строк',
    ]);
  });
});
