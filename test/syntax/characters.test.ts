// Characters that would make a policy read otherwise than it runs are refused wherever they are written, and the signs of
// word processors are read as what they stand for, with the fix.

import { describe, expect, it } from 'vitest';
import { parsePolicy } from '../../src/syntax/parse.ts';
import { convertPolicy, formatPolicy } from '../../src/syntax/print.ts';
import { found, line, marked } from './helpers.ts';

const BIDIRECTIONAL = ['\u061c', '\u200e', '\u200f', '\u202a', '\u202e', '\u2066', '\u2069'];

describe('marks that turn the order of a text', () => {
  const places: readonly (readonly [string, string])[] = [
    ['p.merit', 'kpi a = 1 // x@y\n'],
    ['p.merit', 'kpi a "x@y" = 1\n'],
    ['p.merit', 'kpi a@b = 1\n'],
    ['p.merit', 'kpi a = 1 @ + 2\n'],
    ['p.merit', '/// x@y\nkpi a = 1\n'],
    ['p.yaml', 'kpis:\n  a: 1 # x@y\n'],
    ['p.yaml', 'kpis:\n  a@b: 1\n'],
    ['p.yaml', 'kpis:\n  a: {title: "x@y", value: 1}\n'],
    ['p.yaml', 'kpis:\n  a:\n    doc: |\n      x@y\n    value: 1\n'],
    ['p.yaml', 'kpis:\n  a: |\n    1 +\n    2 // @\n'],
  ];
  it.each(places)('in %s %j are said once, where they stand', (name, text) => {
    for (const mark of BIDIRECTIONAL)
      expect(found(text.replace('@', mark), name)).toEqual([`M1010 ${mark}`.trim()]);
  });

  it.each([
    ['kpis:\n  a: {title: "x«\\u202e»y", value: 1}\n'],
    ['kpis:\n  a: {doc: "x«\\u2066»y", value: 1}\n'],
    ['kpis:\n  "a«\\u200f»": 1\n'],
    ['kpis:\n  a: "b is \\"x«\\U0000202e»y\\""\n'],
    ['kpis:\n  a: {value: 1, owner: "«\\u2067»"}\n'],
    ['policy: "p«\\u061c»"\n'],
  ])('in %j are found in what an escape wrote', (written) => {
    const { text, start, end } = marked(written);
    const source = { name: 'p.merit.yaml', text };
    const { diagnostics } = parsePolicy(source);
    expect(diagnostics.map(({ code, span }) => [code, span!.start, span!.end])).toEqual([
      ['M1010', start, end],
    ]);
    expect(formatPolicy(source).value).toBeUndefined();
    expect(convertPolicy(source, 'text').value).toBeUndefined();
  });

  it('are all said in a file full of them, as far as anybody reads', () => {
    const { diagnostics } = parsePolicy({ name: 'p.merit', text: `// ${'\u202e'.repeat(100_000)}` });
    expect([diagnostics.length, diagnostics.at(-1)!.code]).toEqual([201, 'M1005']);
  });
});

describe('what no other form could hold', () => {
  it.each([
    ['a half of a character', 'kpis:\n  a: {title: "x«\\ud800»y", value: 1}\n'],
    ['a half of a character in a name', 'kpis:\n  "x«\\udc00»": 1\n'],
    ['a line end that texts have no escape for', 'kpis:\n  a: {title: "x«\\r»y", value: 1}\n'],
  ])('%s is refused in YAML', (_, written) => {
    const { text, start, end } = marked(written);
    const { diagnostics } = parsePolicy({ name: 'p.yaml', text });
    expect(diagnostics.map(({ code, span }) => [code, span!.start, span!.end])).toEqual([
      ['M1011', start, end],
    ]);
  });

  it.each([
    ['x\ny\tz\\"', '"x\\ny\\tz\\\\\\""'],
    ['x\u2028y\u0007', '"x\u2028y\u0007"'],
    ['😀', '"😀"'],
  ])('%j as a title comes through both forms', (title, written) => {
    const yaml = `kpis:\n  a:\n    title: ${JSON.stringify(title)}\n    value: 1\n`;
    const text = convertPolicy({ name: 'p.yaml', text: yaml }, 'text').value;
    expect(text).toBe(`kpi a ${written} = 1\n`);
    const back = convertPolicy({ name: 'p.merit', text: text! }, 'yaml').value!;
    expect(convertPolicy({ name: 'p.yaml', text: back }, 'text').value).toBe(text);
  });
});

describe('signs that can not be seen', () => {
  // a zero-width space and joiner, a soft hyphen, a variation selector, two fillers that count as letters
  it.each(['\u200b', '\u200d', '\u00ad', '\ufe0f', '\u3164', '\u115f'])('inside a name: %j', (sign) => {
    expect(found(`kpi a${sign}b = 1\nkpi c = a${sign}b\n`)).toEqual([`M1011 ${sign}`, `M1011 ${sign}`]);
  });

  it('beside a name', () => {
    expect(found('kpi a = 1 \u200b\n')).toEqual(['M1011 \u200b']);
  });

  it('are kept in quotes, in both forms', () => {
    const source = { name: 'p.merit', text: 'kpi "a\ufe0f" = 1\n' };
    expect(formatPolicy(source).value).toBe(source.text);
    const yaml = convertPolicy(source, 'yaml').value!;
    expect(convertPolicy({ name: 'p.yaml', text: yaml }, 'text').value).toBe(source.text);
  });

  it('that some editors show as the end of a line are none', () => {
    expect(found('kpi a = 1 // x\u2028kpi b = 2\n')).toEqual(['M1011 \u2028'.trim()]);
    expect(found('kpi a = 1\u2029\n')).toEqual(['M1011 \u2029'.trim()]);
  });
});

describe('a sign where a name or a value is expected', () => {
  const inYaml = (text: string) =>
    parsePolicy({ name: 'p.yaml', text }).diagnostics.map(({ code, span }) => [
      code,
      text.slice(span!.start, span!.end),
    ]);

  it('is the one mistake in the text form', () => {
    expect(found('kpi a = 😀\n')).toEqual(['M1011 😀']);
    expect(found('kpi a = 1 + 😀\n')).toEqual(['M1011 😀']);
    expect(found('kpi 😀 = 1\n')).toEqual(['M1011 😀']);
    expect(found('kpi \u3164 = 1\n')).toEqual(['M1011 \u3164']);
  });

  it('is the one mistake in YAML, however it is written', () => {
    for (const value of ['"😀"', "'😀'", '😀', '|\n    😀', '1 + 😀'])
      expect(inYaml(`kpis:\n  a: ${value}\n`), value).toEqual([['M1011', '😀']]);
    expect(inYaml('roles:\n  a: { bonuses: { b: "😀" } }\n')).toEqual([['M1011', '😀']]);
  });

  it('hides no other mistake', () => {
    expect(found('kpi a = 😀\nkpi b =\n')).toEqual(['M1011 😀', 'M1020'].map((each) => each.trim()));
    expect(inYaml('kpis:\n  a: "😀"\n  b: "1 +"\n').map(([code]) => code)).toEqual(['M1011', 'M1020']);
  });
});

describe('signs of other programs', () => {
  it.each([
    ['a – b', 'a - b'],
    ['a — b', 'a - b'],
    ['a − b', 'a - b'],
    ['–5', '-5'],
    ['a × b', 'a * b'],
    ['a ÷ b', 'a / b'],
    ['a ≤ b', 'a <= b'],
    ['a ≥ b', 'a >= b'],
    ['a is “South”', 'a is "South"'],
    ['a is „Süd“', 'a is "Süd"'],
    ['a is «Юг»', 'a is "Юг"'],
    ["1'000'000 RUB", '1_000_000 RUB'],
    ['1\u2009000\u202f000', '1_000_000'],
  ])('%s is read as %s', (written, meant) => {
    const text = `kpi k = ${written}\n`;
    const { diagnostics } = parsePolicy({ name: 'p.merit', text });
    expect(diagnostics.map(line)).toHaveLength(1);
    const [{ span, text: by }] = diagnostics[0]!.fix as [NonNullable<(typeof diagnostics)[0]['fix']>[number]];
    expect(text.slice(0, span.start) + by + text.slice(span.end)).toBe(`kpi k = ${meant}\n`);
    expect(found(`kpi k = ${meant}\n`)).toEqual([]);
  });

  it('the unequal sign has the words of its own message', () => {
    expect(found('kpi k = a ≠ b\n')).toEqual(['M1022 ≠']);
  });

  it('quotes in a YAML scalar have no fix, which would have to be escaped', () => {
    const { diagnostics } = parsePolicy({ name: 'p.yaml', text: 'kpis:\n  a: "b is “South”"\n' });
    expect(diagnostics.map(({ code, fix, help }) => [code, fix, help])).toEqual([
      ['M1011', undefined, 'write `"South"`'],
    ]);
  });
});
