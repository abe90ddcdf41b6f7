// Several errors in one file are all found, each at its place, and what is good around them survives.

import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { lex } from '../../src/syntax/lexer.ts';
import { LIMITS } from '../../src/syntax/limits.ts';
import { parsePolicy } from '../../src/syntax/parse.ts';
import { PHRASES } from '../../src/syntax/phrases.ts';
import { wholeOf } from '../../src/syntax/slice.ts';
import { corpus, found } from './helpers.ts';

const BROKEN = `policy p {
  titel "x"
  currency RUB
}
kpi a = b = c
kpi b = 1 +
kpi c = 5
role r {
  target x
  target y 5 adds
  bonus c "x" = when
  cap 5 RUB
kpi d = (1 + 2
kpi e = 7
event f { id: text kye, at: date posts }
award z { to top 3 of r by x }
evnt g { a: text }
kpi h = 8
`;

const BROKEN_YAML = `policy: p
titel: x
kpis:
  a: b = c
  b: 1 +
  c: 5
roles:
  r:
    targets: {x: , y: 5 adds}
    bonuses: {c: when}
    caps: 5 RUB
events:
  f: {fields: {id: text kye, at: date posts}}
awards: {z: {to: r}}
`;

function names(text: string, name: string): readonly string[] {
  return parsePolicy({ name, text }).value.declarations.map((each) =>
    'name' in each ? each.name.text : each.kind,
  );
}

describe('several errors in one file', () => {
  it('in the text form', () => {
    expect(found(BROKEN)).toEqual([
      'M1041 titel',
      'M1022 =',
      'M1020',
      'M1020',
      'M1020',
      'M1020 when',
      'M1042',
      'M1020',
      'M1021 kye',
      'M1046 award z',
      'M1040 evnt',
    ]);
    expect(names(BROKEN, 'p.merit')).toEqual(['p', 'a', 'b', 'c', 'r', 'd', 'e', 'f', 'z', 'h']);
  });

  it('in YAML', () => {
    expect(found(BROKEN_YAML, 'p.yaml')).toEqual([
      'M1064 titel',
      'M1022 =',
      'M1020',
      'M1020',
      'M1020',
      'M1020 when',
      'M1021 kye',
      'M1046 z',
    ]);
    expect(names(BROKEN_YAML, 'p.yaml')).toEqual(['p', 'a', 'b', 'c', 'r', 'f', 'z']);
  });
});

const POLICIES = ['sales', 'language', 'whole'];
const PUT_IN = [
  '(',
  ')',
  '{',
  '}',
  '[',
  ']',
  '=',
  ':',
  ',',
  '|',
  'when',
  '5%',
  '"',
  'kpi',
  'alpha',
  '-',
  'not',
];

interface Change {
  readonly what: string;
  readonly text: string;
  /** Where the change begins and ends in the changed text. */
  readonly from: number;
  readonly to: number;
}

/** Each token of the text deleted, swapped with the next, and with a sign or word put in before it. */
function changesOf(text: string): readonly Change[] {
  const { tokens } = lex(wholeOf({ name: 'p.merit', text }));
  return tokens.flatMap((token, index) => {
    const [from, end] = [token.startOffset, token.endOffset! + 1];
    const sign = PUT_IN[index % PUT_IN.length]!;
    const [before, after] = [text.slice(0, from), text.slice(end)];
    const changes = [
      { what: `${token.image} deleted`, text: before + after, from, to: from },
      {
        what: `${sign} before ${token.image}`,
        text: `${before} ${sign} ${text.slice(from)}`,
        from,
        to: from + sign.length + 2,
      },
    ];
    const next = tokens[index + 1];
    if (next === undefined) return changes;
    const [nextAt, nextEnd] = [next.startOffset, next.endOffset! + 1];
    const swapped = before + next.image + text.slice(end, nextAt) + token.image + text.slice(nextEnd);
    return [
      ...changes,
      { what: `${token.image} and ${next.image} swapped`, text: swapped, from, to: nextEnd },
    ];
  });
}

it('what is indented below a declaration without its `{` is not said line by line', () => {
  expect(found('event e\n  id: text key\n  at: date posts\n}\nkpi a = 1 +\n')).toEqual([
    'M1020',
    'M1043 }',
    'M1020',
  ]);
});

describe('one token changed', { timeout: 120_000 }, () => {
  it.each(POLICIES)('anywhere in %s is said within two lines of the place, if at all', (policy) => {
    const name = `${policy}.merit`;
    const total = names(corpus(name), name).length;
    for (const { what, text, from, to } of changesOf(corpus(name))) {
      const { value, diagnostics } = parsePolicy({ name, text });
      expect(diagnostics.length, what).toBeLessThanOrEqual(24);
      expect(value.declarations.length, what).toBeGreaterThanOrEqual(total - 1);
      const lineOf = (at: number) => text.slice(0, at).split('\n').length;
      const [first, last] = [lineOf(from) - 2, lineOf(to) + 2];
      for (const { span } of diagnostics) {
        expect(span!.start).toBeLessThanOrEqual(span!.end);
        expect(span!.end).toBeLessThanOrEqual(text.length);
      }
      const near = diagnostics.filter(
        ({ span }) => lineOf(span!.start) <= last && lineOf(span!.end) >= first,
      );
      expect(near.length > 0 || diagnostics.length === 0, `${what} in line ${lineOf(from)}`).toBe(true);
    }
  });

  it.each(POLICIES)('a needed bracket or sign deleted in %s is said', (policy) => {
    const text = corpus(`${policy}.merit`);
    const { tokens } = lex(wholeOf({ name: 'p.merit', text }));
    for (const { startOffset, endOffset, image } of tokens) {
      if (!['(', ')', '[', ']', '{', '}', ':', '*', '/', '..'].includes(image)) continue;
      const changed = text.slice(0, startOffset) + text.slice(endOffset! + 1);
      expect(found(changed), `${image} at ${startOffset}`).not.toEqual([]);
    }
  });

  it('reads no token more than a few times', () => {
    const read = vi.spyOn(PHRASES as unknown as { consumeToken(): void }, 'consumeToken');
    try {
      for (const policy of POLICIES) {
        for (const { text, what } of changesOf(corpus(`${policy}.merit`)).filter((_, at) => at % 5 === 0)) {
          read.mockClear();
          parsePolicy({ name: 'p.merit', text });
          const { tokens } = lex(wholeOf({ name: 'p.merit', text }));
          expect(read.mock.calls.length, what).toBeLessThanOrEqual(tokens.length);
        }
      }
    } finally {
      read.mockRestore();
    }
  });

  it.each(POLICIES)('a word deleted anywhere in the YAML of %s gives no exception', (policy) => {
    const name = `${policy}.merit.yaml`;
    const text = corpus(name);
    for (const { index, 0: word } of text.matchAll(/[^\s]+/g)) {
      const changed = text.slice(0, index) + text.slice(index + word.length);
      for (const { span } of parsePolicy({ name, text: changed }).diagnostics) {
        expect(span!.start).toBeLessThanOrEqual(span!.end);
        expect(span!.end).toBeLessThanOrEqual(changed.length);
      }
    }
  });
});

describe('one sign or word of YAML changed', { timeout: 120_000 }, () => {
  const signs = [
    '(',
    ')',
    '{',
    '}',
    '[',
    ']',
    ':',
    '- ',
    '|',
    '"',
    "'",
    'when',
    '&a',
    '*a',
    '#',
    '!x',
    '%',
    '\t',
  ];

  it.each(POLICIES)('anywhere in %s is said near the place, if at all, and not over and over', (policy) => {
    const name = `${policy}.merit.yaml`;
    const text = corpus(name);
    const words = [...text.matchAll(/[\p{L}\p{N}_]+|[^\s]/gu)];
    for (const [index, { index: from, 0: word }] of words.entries()) {
      if (index % 8 !== 0) continue;
      const sign = signs[(index / 8) % signs.length]!;
      const [before, after] = [text.slice(0, from), text.slice(from + word.length)];
      for (const [what, changed, to] of [
        [`${word} deleted`, before + after, from],
        [`${sign} before ${word}`, before + sign + word + after, from + sign.length],
      ] as const) {
        const { diagnostics } = parsePolicy({ name, text: changed });
        expect(diagnostics.length, what).toBeLessThanOrEqual(60);
        const lineOf = (at: number) => changed.slice(0, at).split('\n').length;
        const near = diagnostics.some(
          // what misses a key is marked at its name, above
          ({ code, span }) =>
            lineOf(span!.start) <= lineOf(to) + 3 &&
            (code === 'M1046' || lineOf(span!.end) >= lineOf(from) - 2),
        );
        expect(near || diagnostics.length === 0, `${what} in line ${lineOf(from)}`).toBe(true);
      }
    }
  });

  it('a file that is no YAML is said to be none once', () => {
    const { diagnostics } = parsePolicy({ name: 'p.yaml', text: 'a: }\n'.repeat(100) });
    expect(diagnostics.filter(({ code }) => code === 'M1060')).toHaveLength(1);
  });
});

describe('any text', { timeout: 60_000 }, () => {
  it('never throws, in either form', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        'kpi a = ',
        'role r {',
        '}',
        '\n',
        '  ',
        ': ',
        '- ',
        '"',
        "'",
        '|',
        '>',
        '&a',
        '*a',
        '!!t',
        '#',
        '{',
        '[',
        ',',
        'kpis:',
        'a',
        '5',
        '\r\n',
        '\ufeff',
        '\u0000',
        '😀',
        '---',
        '///',
        '%',
        '?',
      ),
      fc.string({ maxLength: 5, unit: 'binary' }),
    );
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 25 }),
        fc.constantFrom('p.merit', 'p.yaml'),
        (pieces, name) => {
          const { diagnostics } = parsePolicy({ name, text: pieces.join('') });
          expect(diagnostics.length).toBeLessThanOrEqual(LIMITS.diagnostics + 1);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('100,000 brackets give one diagnostic', () => {
    expect(found(`kpi a = ${'('.repeat(100_000)}`)).toEqual(['M1001 (']);
    expect(found(`kpi a = ${'b['.repeat(100_000)}`)).toEqual(['M1001 [']);
    expect(found('{'.repeat(100_000)).at(-1)).toBe('M1001 {');
    expect(found(`kpi a = ${'not '.repeat(1000)}b`)[0]).toBe('M1001 not');
    expect(found(`kpi a = ${'1 + '.repeat(100_000)}1`)[0]!.slice(0, 5)).toBe('M1004');
  });
});

describe('a formula that would go on in the next line', () => {
  it.each([
    ['kpi a =\n  1\nkpi b = 2\n', '='],
    ['kpi a = 1 +\n  2\nkpi b = 2\n', '+'],
    ['let a = 1 and\n  2\nkpi b = 2\n', 'and'],
  ])('%j is said once, with how', (text, sign) => {
    const { diagnostics } = parsePolicy({ name: 'p.merit', text });
    const [only, ...others] = diagnostics.filter(({ code }) => code === 'M1020');
    expect([others.length, only!.help]).toEqual([
      0,
      `a line goes on where the next one begins with \`${sign}\``,
    ]);
    expect(diagnostics.map(({ code }) => code)).not.toContain('M1040');
    expect(names(text, 'p.merit')).toContain('b');
  });
});
