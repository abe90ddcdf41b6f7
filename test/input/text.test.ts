import { describe, expect, test } from 'vitest';
import type { Checked } from '../../src/base/diagnostic.ts';
import { placedCsv, readCsv, sniffDelimiter } from '../../src/input/csv.ts';
import { readJson, readNdjson } from '../../src/input/json.ts';
import { decodeUtf8, readText } from '../../src/input/read.ts';
import type { Dialect, TextTable } from '../../src/model/dataset.ts';
import { spec } from './fields.ts';

/** Header and rows together, or the first problem as `code row message`. */
function shown({ value, diagnostics }: Checked<TextTable>): unknown {
  const [first] = diagnostics;
  if (first) return `${first.code} ${first.data?.row ?? '-'} ${first.message}`;
  return [value.header, ...value.rows];
}

const csv = (text: string, dialect: Dialect = {}): unknown => shown(readCsv(text, 'a.csv', dialect));
const json = (text: string): unknown => shown(readJson(text, 'a.json'));
const ndjson = (text: string): unknown => shown(readNdjson(text, 'a.ndjson'));

describe('CSV', () => {
  const same = [
    ['a', 'b'],
    ['1', '2'],
    ['3', ''],
  ];
  test.each([
    ['LF', 'a,b\n1,2\n3,\n'],
    ['CRLF', 'a,b\r\n1,2\r\n3,\r\n'],
    ['CR', 'a,b\r1,2\r3,\r'],
    ['mixed ends', 'a,b\r\n1,2\r3,'],
    ['a byte order mark', '\ufeffa,b\n1,2\n3,'],
    ['blank lines', '\n\na,b\n\n1,2\n\r\n\n3,\n\n'],
    ['spaces around names', ' a ,\tb\n1,2\n3,'],
    ['quotes', '"a","b"\n"1","2"\n"3",""\n'],
    ['semicolons', 'a;b\n1;2\n3;'],
    ['tabs', 'a\tb\n1\t2\n3\t'],
  ])('%s', (_, text) => {
    expect(csv(text)).toEqual(same);
  });

  test('quoted cells keep delimiters, line ends, quotes and spaces', () => {
    expect(csv('a,b\n" x, ""y""\r\nz ",""\n')).toEqual([
      ['a', 'b'],
      [' x, "y"\r\nz ', ''],
    ]);
  });

  test('a quote inside a bare cell is a character', () => {
    expect(csv('a,b\n5" pipe,x""y\n')).toEqual([
      ['a', 'b'],
      ['5" pipe', 'x""y'],
    ]);
  });

  test("a line of an empty quoted cell is a record, a blank one isn't", () => {
    expect(csv('a\n""\n\nx\n')).toEqual([['a'], [''], ['x']]);
    expect(csv('a,b\n \n')).toEqual([['a', 'b'], [' ']]);
  });

  test('ragged rows stay as they are', () => {
    expect(csv('a,b\n1\n1,2,3\n,\n')).toEqual([['a', 'b'], ['1'], ['1', '2', '3'], ['', '']]);
  });

  test.each([
    ['', 'M2006 - `a.csv` is empty'],
    ['\n\n', 'M2006 - `a.csv` is empty'],
    ['a,b\n1,2\n3,"4\n5', 'M2007 3 a quote that opens in this row is never closed'],
    ['a,b\n"1"x,2', 'M2008 2 `x,2` follows a closing quote in this row'],
    ['a,b\n"1" ,2', 'M2008 2 ` ,2` follows a closing quote in this row'],
  ])('%j', (text, expected) => {
    expect(csv(text)).toBe(expected);
  });

  test('a heading alone is fine', () => {
    expect(csv('a,b\n')).toEqual([['a', 'b']]);
    expect(csv('a')).toEqual([['a']]);
  });

  test('the delimiter that occurs most in the heading, outside quotes', () => {
    expect(sniffDelimiter('a;b,c;d\n1,2,3,4,5')).toBe(';');
    expect(sniffDelimiter('"a;b;c",d\n')).toBe(',');
    expect(sniffDelimiter('a|b|c')).toBe('|');
    expect(sniffDelimiter('one')).toBe(',');
    expect(csv('a,b;c\n1;2', { delimiter: ';' })).toEqual([
      ['a,b', 'c'],
      ['1', '2'],
    ]);
  });
});

describe('JSON', () => {
  test('numbers keep their digits', () => {
    expect(json('[{"a": 0.10, "b": 123456789012345678901234567890, "c": 1e3, "d": -0}]')).toEqual([
      ['a', 'b', 'c', 'd'],
      ['0.10', '123456789012345678901234567890', '1e3', '-0'],
    ]);
  });

  test('null and absent keys are empty, nested values are their text', () => {
    expect(
      json('[{"a": null, "b": true}, {"c": [1, {"x": "]"}], "a": {"y": 2 }, "d": "q\\u00e9\\n"}, {}]'),
    ).toEqual([
      ['a', 'b', 'c', 'd'],
      ['', 'true', '', ''],
      ['{"y": 2 }', '', '[1, {"x": "]"}]', 'qé\n'],
      ['', '', '', ''],
    ]);
  });

  test('half of a surrogate pair is no text: engines would not agree on what it is', () => {
    expect(json('[{"a": "\\ud83d\\ude00"}]')).toEqual([['a'], ['😀']]);
    for (const text of ['[{"a": "\\ud800"}]', '[{"a": 1},\n{"\\udfff": 1}]', '[{"a": "\\ude00\\ud83d"}]'])
      expect(json(text)).toMatch(/^M2009 - line [12] of `a\.json` isn't JSON: expected whole characters/);
  });

  test('`__proto__` and `constructor` are keys like any other', () => {
    expect(json('[{"__proto__": "x", "constructor": "y"}]')).toEqual([
      ['__proto__', 'constructor'],
      ['x', 'y'],
    ]);
  });

  test('NDJSON', () => {
    expect(ndjson('{"a": 1}\n\n  {"a": 2}\r\n')).toEqual([['a'], ['1'], ['2']]);
    expect(ndjson('{"a": 1} {"a": 2}')).toBe("M2009 - line 1 of `a.ndjson` isn't JSON: expected a new line");
  });

  test.each([
    ['', 'M2006 - `a.json` is empty'],
    ['[{"a": 1},\n{"a": 2, "a": 3}]', 'M2010 3 `a` stands twice in the object on line 2'],
    ['[{"a": {"b": 1, "b": 1}}]', 'M2010 2 `b` stands twice in the object on line 1'],
    ['[{"a": 1}\n', "M2009 - line 2 of `a.json` isn't JSON: expected `,` or `]`"],
    ['{"a": 1}', "M2009 - line 1 of `a.json` isn't JSON: expected an array of objects"],
    ['[1]', "M2009 - line 1 of `a.json` isn't JSON: expected an object"],
    ['[{"a": 01}]', "M2009 - line 1 of `a.json` isn't JSON: expected `,` or `}`"],
    ['[{"a": .5}]', "M2009 - line 1 of `a.json` isn't JSON: expected a value"],
    ['[{"a": NaN}]', "M2009 - line 1 of `a.json` isn't JSON: expected a value"],
    ['[{"a": 1,}]', "M2009 - line 1 of `a.json` isn't JSON: expected a key in quotes"],
    ['[{"a": "x\ny"}]', "M2009 - line 1 of `a.json` isn't JSON: expected a string"],
    [
      `[{"a": ${'['.repeat(100000)}}]`,
      "M2009 - line 1 of `a.json` isn't JSON: expected fewer levels of brackets",
    ],
    ['[] x', "M2009 - line 1 of `a.json` isn't JSON: expected the end of the file"],
  ])('%j', (text, expected) => {
    expect(json(text)).toBe(expected);
  });

  test('an array of no objects has no columns and no rows', () => {
    expect(json('[]')).toEqual([[]]);
  });

  test('a long string is read', () => {
    const text = '\\n'.repeat(300_000);
    expect(readJson(`[{"a": "${text}"}]`, 'a.json').value.rows[0]![0]).toHaveLength(300_000);
  });
});

describe('files', () => {
  const failing = (code: string) => async (): Promise<Uint8Array> => {
    throw Object.assign(new Error('no'), { code });
  };
  const file = spec('deal', '', { content: { kind: 'file', path: 'deal.csv' } });

  test.each([
    ['ENOENT', 'M2001 - there is no file `deal.csv`'],
    ['EISDIR', 'M2002 - `deal.csv` is a folder, not a file'],
    ['EACCES', "M2003 - `deal.csv` can't be read: no"],
  ])('%s', async (code, expected) => {
    expect(shown(await readText(file, failing(code)))).toBe(expected);
  });

  test('bytes are UTF-8, with or without a mark', async () => {
    const bytes = new Uint8Array([0xef, 0xbb, 0xbf, ...new TextEncoder().encode('имя\nАнна')]);
    expect(shown(await readText(file, async () => bytes))).toEqual([['имя'], ['Анна']]);
  });

  test.each([
    [[0xff, 0xfe, 0x61, 0], 'M2005'],
    [[0xfe, 0xff, 0, 0x61], 'M2005'],
    [[0xc0, 0xcc, 0xff], 'M2004'],
    [[0x61, 0xed, 0xa0, 0x80], 'M2004'],
  ])('%j are %s', (bytes, code) => {
    expect(decodeUtf8(new Uint8Array(bytes), 'a.csv').diagnostics[0]!.code).toBe(code);
  });

  test('a text with half of a surrogate pair is broken', async () => {
    const content = { kind: 'text', text: 'a\n\ud800\n' } as const;
    expect(shown(await readText({ ...file, content }, failing('EIO')))).toMatch(/^M2004/);
  });

  test('a text that is too long to be held is no broken one', () => {
    const [said] = decodeUtf8(new Uint8Array(2 ** 29), 'a.csv').diagnostics;
    expect(said!.message).toMatch(/^`a\.csv` can't be read: it is too large/);
  });

  test('Parquet is for another backend', async () => {
    expect(shown(await readText({ ...file, format: 'parquet' }, failing('EIO')))).toMatch(/^M2011/);
  });
});

describe('places of cells', () => {
  test('are those of what is read, quotes included', () => {
    const text = '\ufeffid;name\r\n\r\n1;"a;""b"""\r\n2;';
    const { value, diagnostics } = placedCsv(text, 'a.csv', {});
    expect(diagnostics).toEqual([]);
    expect(value.delimiter).toBe(';');
    expect({ header: value.header, rows: value.rows }).toEqual(readCsv(text, 'a.csv', {}).value);
    const raw = value.places.map((places) =>
      places.flatMap((start, at) => (at % 2 === 0 ? [text.slice(start, places[at + 1])] : [])),
    );
    expect(raw).toEqual([
      ['id', 'name'],
      ['1', '"a;""b"""'],
      ['2', ''],
    ]);
  });

  test('are none where nothing can be read', () => {
    expect(placedCsv('a,"b', 'a.csv', {})).toMatchObject({
      value: { places: [], rows: [] },
      diagnostics: [{ code: 'M2007' }],
    });
    expect(placedCsv('\n', 'a.csv', {}).diagnostics).toMatchObject([{ code: 'M2006' }]);
  });
});
