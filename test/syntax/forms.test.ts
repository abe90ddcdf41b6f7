// Declarations: the two forms of one policy are one tree, and what lines, commas, comments and names mean in each.

import { describe, expect, it } from 'vitest';
import type { Declaration } from '../../src/syntax/ast.ts';
import { parsePolicy } from '../../src/syntax/parse.ts';
import { corpus, declarationsOf, found, show, withoutSpans } from './helpers.ts';

function one<K extends Declaration['kind']>(
  kind: K,
  text: string,
  name?: string,
): Extract<Declaration, { kind: K }> {
  const declaration = declarationsOf(text, name).find((each) => each.kind === kind);
  return declaration as Extract<Declaration, { kind: K }>;
}

describe('the corpus', () => {
  it('is the same tree in both forms', () => {
    const text = declarationsOf(corpus('sales.merit'));
    const yaml = declarationsOf(corpus('sales.merit.yaml'), 'sales.merit.yaml');
    expect(withoutSpans(yaml)).toEqual(withoutSpans(text));
  });

  it('is the same tree with CRLF and a byte order mark', () => {
    for (const name of ['sales.merit', 'sales.merit.yaml']) {
      const text = corpus(name);
      const other = `\ufeff${text.replaceAll('\n', '\r\n')}`;
      expect(withoutSpans(declarationsOf(other, name))).toEqual(withoutSpans(declarationsOf(text, name)));
    }
  });

  it('has every kind of declaration', () => {
    const kinds = new Set(declarationsOf(corpus('sales.merit')).map(({ kind }) => kind));
    expect([...kinds].sort()).toEqual([
      'credit',
      'curve',
      'event',
      'kpi',
      'let',
      'person',
      'policy',
      'rates',
      'role',
      'table',
    ]);
  });

  it('gives each declaration, field, target and bonus the place of its text', () => {
    const text = corpus('sales.merit');
    const place = ({ span }: { readonly span: { readonly start: number; readonly end: number } }) =>
      text.slice(span.start, span.end);
    const role = declarationsOf(text).find((each) => each.kind === 'role' && each.name.text === 'hunter')!;
    if (role.kind !== 'role') throw new Error(role.kind);
    expect(place(role).startsWith('role hunter') && place(role).endsWith('}')).toBe(true);
    expect(place(role.targets[0]!)).toBe('target new_clients 8 adds up');
    expect(place(role.scorecard!.lines[0]!)).toBe('new_clients 50% on standard');
    expect(place(role.bonuses[0]!)).toBe('bonus  commission "Commission"    gated = ladder(revenue)');
    expect(place(role.extends!)).toBe('seller');
  });
});

describe('lines of the text form', () => {
  it('go on with an operator, and split at commas inside a block', () => {
    const event = one(
      'event',
      'event e { a: text, b: number\n  c = a is "x"\n    or b > 5\n  d = min(1,\n  2) }',
    );
    expect(event.fields.map(({ name }) => name.text)).toEqual(['a', 'b']);
    expect(event.computed.map(({ value }) => show(value))).toEqual(['((a is "x") or (b > 5))', 'min(1, 2)']);
  });

  it('take a keyword as a name where its clause can not stand', () => {
    const words = [
      'first',
      'target',
      'time',
      'from',
      'until',
      'key',
      'to',
      'value',
      'since',
      'and',
      'else',
      'when',
      'policy',
      'role',
      'kpi',
      'cap',
      'owner',
    ];
    const event = one('event', `event e {\n${words.map((word) => `  ${word}: text`).join('\n')}\n}`);
    expect(event.fields.map(({ name }) => name.text)).toEqual(words);
    expect(one('kpi', 'kpi value = from + to').name.text).toBe('value');
    expect(one('table', 'table t { from: date, until: date?, key: text key }').fields[2]!.key).toBe(true);
  });

  it('take an id in quotes, and names of any alphabet in NFC', () => {
    expect(one('role', 'role "A-17" { cap 5 RUB }').name.text).toBe('A-17');
    expect(one('kpi', 'kpi cafe\u0301 = 1').name.text).toBe('caf\u00e9');
    expect(one('kpi', 'kpi выручка = 1').name.text).toBe('выручка');
    expect(one('kpi', 'kpi __proto__ = constructor').name.text).toBe('__proto__');
  });

  it('give `///` lines to what follows, and drop `//`', () => {
    const event = one(
      'event',
      '/// One.\n/// Two.\n// not this\nevent e {\n  /// A field.\n  a: text // nor this\n}',
    );
    expect([event.doc, event.fields[0]!.doc]).toEqual(['One.\nTwo.', 'A field.']);
  });
});

describe('clauses', () => {
  it('a field: type, `?`, marks, bounds and fallback', () => {
    const { fields } = one(
      'event',
      'event e { a: money? from 0 RUB until 5 RUB else 1 RUB\n b: a < b < c\n c: date? posts\n d: money in EUR }',
    );
    expect(withoutSpans(fields[0])).toMatchObject({
      type: { kind: 'named', name: { text: 'money' }, optional: true },
      from: { kind: 'money', digits: '0', currency: 'RUB' },
      until: { digits: '5' },
      fallback: { digits: '1' },
      key: false,
    });
    expect(withoutSpans(fields[1])).toMatchObject({
      type: { kind: 'enumeration', ordered: true, members: [{ text: 'a' }, { text: 'b' }, { text: 'c' }] },
    });
    expect(fields[2]).toMatchObject({ posts: true, type: { optional: true } });
    expect(fields[3]).toMatchObject({ type: { currency: { text: 'EUR' } } });
  });

  it('a credit line: a look-up, a fallback, a share or the rest', () => {
    const { lines } = one(
      'credit',
      'credit deal {\n to care[client at day].farmer else manager 30% extra as care in role r when not x\n to manager rest\n to a (1 / 3)\n to b amount / 2\n}',
    );
    expect(lines.map(({ to, share }) => [show(to), share === 'rest' ? share : show(share)])).toEqual([
      ['care[client at day].farmer', '30%'],
      ['manager', 'rest'],
      ['a', '(1 / 3)'],
      ['b', '(amount / 2)'],
    ]);
    expect(lines[0]).toMatchObject({
      extra: true,
      as: { text: 'care' },
      role: { text: 'r' },
      when: { operator: 'not' },
    });
  });

  it('the `when` at the end of a target, gate or bonus is its condition', () => {
    const role = one(
      'role',
      'role r {\n target a 5 when x\n target b (5 when x otherwise 6)\n target c 5 when x otherwise 6\n gate a >= 1 when x\n bonus d = 5 RUB when x cap 6 RUB\n}',
    );
    expect(role.targets.map(({ value, when }) => [show(value), when && show(when)])).toEqual([
      ['5', 'x'],
      ['(5 when x otherwise 6)', undefined],
      ['(5 when x otherwise 6)', undefined],
    ]);
    expect(show(role.gates[0]!.when!)).toBe('x');
    expect([show(role.bonuses[0]!.value), show(role.bonuses[0]!.when!), show(role.bonuses[0]!.cap!)]).toEqual(
      ['5 RUB', 'x', '6 RUB'],
    );
  });

  it('a curve has ends, and tiers have bounds', () => {
    const curve = one('curve', 'curve c steps { below 80%: 0%, 80%: 50%, above: 100% }');
    expect(curve).toMatchObject({
      mode: 'steps',
      below: { bound: { digits: '80' }, score: { digits: '0' } },
      above: { score: { digits: '100' } },
    });
    expect(curve.points).toHaveLength(1);
    const rates = one('rates', 'rates r whole { above 0 RUB until 5 RUB: 1%, above 5 RUB below 9 RUB: 2% }');
    expect(rates.tiers.map(({ lower, upper }) => [lower.word, upper?.word])).toEqual([
      ['above', 'until'],
      ['above', 'below'],
    ]);
  });
});

describe('YAML', () => {
  it('keeps numbers and words as they were written', () => {
    const { value } = one('kpi', 'kpis:\n  a: 0.10 + 123456789012345678901234567890.10\n', 'p.yaml');
    expect(show(value)).toBe('(0.10 + 123456789012345678901234567890.10)');
    expect(one('policy', 'policy: yes\ntitle: 0.10\n', 'p.yaml')).toMatchObject({
      name: { text: 'yes' },
      title: { text: '0.10' },
    });
  });

  it('reads several documents as one policy, with `__proto__` as a name like any other', () => {
    const all = declarationsOf(
      'policy: p\n---\nkpis:\n  __proto__: 1\n  constructor: 2\n---\ncurrency: RUB\nkpis: {c: 3}\n',
      'p.yml',
    );
    expect(all.map((each) => ('name' in each ? each.name.text : each.kind))).toEqual([
      'p',
      '__proto__',
      'constructor',
      'c',
    ]);
    expect(all[0]).toMatchObject({ currency: { text: 'RUB' } });
  });

  it('takes people as fields, or with a description', () => {
    expect(one('person', 'person: {fte: percent else 100%}', 'p.yaml').fields[0]!.fallback).toMatchObject({
      digits: '100',
    });
    expect(one('person', 'person: {doc: x, fields: {fte: percent}}', 'p.yaml').doc).toBe('x');
    expect(one('person', 'person: {fields: text}', 'p.yaml').fields[0]!.name.text).toBe('fields');
  });

  it('gives one diagnostic for a file nested without end', () => {
    for (const text of ['['.repeat(100_000), '- '.repeat(100_000), `a: ${'{a: '.repeat(100_000)}`]) {
      expect(found(text, 'p.yaml').map((each) => each.slice(0, 5))).toEqual(['M1001']);
    }
    const deep = Array.from({ length: 2000 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n');
    expect(parsePolicy({ name: 'p.yaml', text: deep }).diagnostics.length).toBeGreaterThan(0);
  });
});
