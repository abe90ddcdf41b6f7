// Several errors in one file are all found, each at its place, and what is good around them survives.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lex } from '../../src/syntax/lexer.ts';
import { LIMITS } from '../../src/syntax/limits.ts';
import { parsePolicy } from '../../src/syntax/parse.ts';
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
award z { to top 3 }
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
awards: {z: 1}
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
      'M1042 {',
      'M1020',
      'M1020',
      'M1020 when',
      'M1020',
      'M1021 kye',
      'M1090 award',
      'M1040 evnt',
    ]);
    expect(names(BROKEN, 'p.merit')).toEqual(['p', 'a', 'b', 'c', 'r', 'd', 'e', 'f', 'h']);
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
      'M1090 awards',
    ]);
    expect(names(BROKEN_YAML, 'p.yaml')).toEqual(['p', 'a', 'b', 'c', 'r', 'f']);
  });

  it('a block of a later version is skipped whole, with one message', () => {
    const text =
      'test "x" {\n  person anna { role hunter }\n  deal { manager anna, amount 1_200 RUB }\n  expect anna in 2026-01 {\n    revenue is 5\n  }\n}\nkpi a = 1\n';
    expect(found(text)).toEqual(['M1090 test']);
    expect(names(text, 'p.merit')).toEqual(['a']);
  });
});

describe('one token changed', { timeout: 60_000 }, () => {
  const text = corpus('sales.merit');
  const { tokens } = lex(wholeOf({ name: 'sales.merit', text }));
  const total = parsePolicy({ name: 'sales.merit', text }).value.declarations.length;

  /** Reads a changed policy; what it gives is bounded and lies inside the text. */
  function survives(changed: string): number {
    const { value, diagnostics } = parsePolicy({ name: 'sales.merit', text: changed });
    expect(diagnostics.length).toBeLessThan(20);
    for (const { span } of diagnostics) {
      expect(span!.start).toBeLessThanOrEqual(span!.end);
      expect(span!.end).toBeLessThanOrEqual(changed.length);
    }
    expect(value.declarations.length).toBeGreaterThan(total - 9);
    return diagnostics.length;
  }

  it('deleted', () => {
    for (const { startOffset, endOffset } of tokens.filter((_, index) => index % 3 === 0))
      survives(text.slice(0, startOffset) + text.slice(endOffset! + 1));
  });

  it('put in beside another', () => {
    for (const sign of ['(', ')', '{', '}', '[', ']', '=', ':', ',', 'when', '5%', '"', 'kpi']) {
      for (const [index, { startOffset }] of tokens.entries()) {
        if (index % 31 === 0) survives(`${text.slice(0, startOffset)} ${sign} ${text.slice(startOffset)}`);
      }
    }
  });

  it('swapped with the next', () => {
    for (const [index, token] of tokens.entries()) {
      const next = tokens[index + 1];
      if (next === undefined || index % 3 !== 0) continue;
      const between = text.slice(token.endOffset! + 1, next.startOffset);
      survives(
        text.slice(0, token.startOffset) +
          next.image +
          between +
          token.image +
          text.slice(next.endOffset! + 1),
      );
    }
  });

  it('deleting a needed bracket or operator is said', () => {
    for (const { startOffset, endOffset, image } of tokens) {
      if (!'()[]{}:*/'.includes(image) || startOffset % 2 === 0) continue;
      expect(
        survives(text.slice(0, startOffset) + text.slice(endOffset! + 1)),
        `${image} at ${startOffset}`,
      ).toBeGreaterThan(0);
    }
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
