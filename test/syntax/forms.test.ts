// Declarations: the two forms of one policy are one tree, and what lines, commas, comments and names mean in each.

import { describe, expect, it } from 'vitest';
import type { Declaration } from '../../src/syntax/ast-policy.ts';
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

interface Place {
  readonly start: number;
  readonly end: number;
}

const POLICIES = ['sales', 'language', 'whole'];

describe('the corpus', () => {
  it.each(POLICIES)('%s is the same tree in both forms', (name) => {
    const text = declarationsOf(corpus(`${name}.merit`));
    const yaml = declarationsOf(corpus(`${name}.merit.yaml`), `${name}.merit.yaml`);
    expect(withoutSpans(yaml)).toEqual(withoutSpans(text));
  });

  it.each(POLICIES)('%s is the same tree with CRLF and a byte order mark', (policy) => {
    for (const name of [`${policy}.merit`, `${policy}.merit.yaml`]) {
      const text = corpus(name);
      const other = `\ufeff${text.replaceAll('\n', '\r\n')}`;
      expect(withoutSpans(declarationsOf(other, name))).toEqual(withoutSpans(declarationsOf(text, name)));
    }
  });

  it('has every kind of declaration', () => {
    const kinds = POLICIES.flatMap((name) => declarationsOf(corpus(`${name}.merit`))).map(({ kind }) => kind);
    expect(new Set(kinds).size).toBe(19);
  });

  it.each(POLICIES.flatMap((name) => [`${name}.merit`, `${name}.merit.yaml`]))(
    '%s: the place of each part lies in that of the whole',
    (name) => {
      const text = corpus(name);
      const outside: string[] = [];
      const visit = (tree: unknown, around: Place, path: string): void => {
        if (typeof tree !== 'object' || tree === null) return;
        const own = 'span' in tree ? (tree.span as Place) : around;
        if (own.start < around.start || own.end > around.end || own.start >= own.end)
          outside.push(`${path}: ${text.slice(own.start, own.end)}`);
        for (const [key, value] of Object.entries(tree))
          if (key !== 'span') visit(value, own, `${path}.${key}`);
      };
      visit(declarationsOf(text, name), { start: 0, end: text.length }, '');
      // Of several targets in a list the name stands before the list.
      const listed = /^\.\d+\.targets\.\d+\.kpi: /;
      expect(outside.filter((each) => !(name.endsWith('.yaml') && listed.test(each)))).toEqual([]);
    },
  );

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

describe('the whole language', () => {
  it('takes words of clauses as names of fields and cells', () => {
    const words = [
      'target',
      'first',
      'gives',
      'top',
      'share',
      'known',
      'spread',
      'ramp',
      'each',
      'every',
      'after',
    ];
    const event = one('event', `event e {\n${words.map((word) => `  ${word}: text`).join('\n')}\n}`);
    expect(event.fields.map(({ name }) => name.text)).toEqual(words);
    const test = one('test', `test "t" { e { ${words.map((word) => `${word} 5`).join(', ')} } }`);
    expect(test.rows[0]!.cells.map(({ field }) => field.text)).toEqual(words);
  });

  it('has bare words as values opposite the fields of a test', () => {
    const { rows } = one('test', 'test "t" {\n  12 orders { owner anna, status "won", n 5 every 2 }\n}');
    expect(rows[0]!.cells.map(({ value, every }) => [show(value), every && show(every)])).toEqual([
      ['anna', undefined],
      ['"won"', undefined],
      ['5', '2'],
    ]);
    expect([rows[0]!.of.text, show(rows[0]!.count!)]).toEqual(['orders', '12']);
  });

  it('keeps a role of its own line in a test, and ends an unclosed block at a declaration', () => {
    const { rows } = one('test', 'test "t" {\n  person anna {\n    role hunter\n    level senior\n  }\n}');
    expect(rows[0]!.cells.map(({ field }) => field.text)).toEqual(['role', 'level']);
    expect(found('test "t" {\n  person anna { role hunter }\nrole r { }\n')).toEqual(['M1042']);
  });

  it('splits prizes at `and`, and leaves conditions theirs', () => {
    const award = (gives: string) => one('award', `award a { to r, gives ${gives} }`).gives;
    const shown = (gives: string) =>
      award(gives).map(({ kind, value, when }) => [kind, show(value), when && show(when)]);
    expect(shown('10 RUB when a > 5 and b and badge "x" and points 100 when c')).toEqual([
      ['money', '10 RUB', '((a > 5) and b)'],
      ['badge', '"x"', undefined],
      ['points', '100', 'c'],
    ]);
    expect(shown('points 5 and 10 RUB * rank(x)')).toEqual([
      ['points', '5', undefined],
      ['money', '(10 RUB * rank(x))', undefined],
    ]);
    expect(shown('points * 5')).toEqual([['money', '(points * 5)', undefined]]);
  });

  it('reads recipients', () => {
    const to = (text: string) => withoutSpans(one('level', `level l { to ${text}, when x }`).to);
    expect(to('hunter')).toEqual({ role: { text: 'hunter' }, only: false, splitAmongTies: false });
    expect(to('top')).toMatchObject({ role: { text: 'top' } });
    expect(to('top only')).toMatchObject({ role: { text: 'top' }, only: true });
    expect(to('top 3 of top only by x split among ties')).toMatchObject({
      role: { text: 'top' },
      only: true,
      top: { count: { digits: '3' }, withZero: false },
      splitAmongTies: true,
    });
  });

  it('reads the clauses of a pool, award or level in one line', () => {
    const pool = one(
      'pool',
      'pool gift = 10% * revenue[company] { to seller when (attainment(revenue) else 0%) >= 50% shared by points }',
    );
    expect([pool.to.role.text, show(pool.when!), pool.sharedBy !== 'equally' && show(pool.sharedBy)]).toEqual(
      ['seller', '((attainment(revenue) else 0%) >= 50%)', 'points'],
    );
    const award = one(
      'award',
      'award a { to top 1 of r by x when gives > 5 gives 5 RUB when c and badge "x" }',
    );
    expect([show(award.when!), award.gives.length]).toEqual(['(gives > 5)', 2]);
  });

  it('reads the clauses of a bonus in its line or in a block', () => {
    const clauses = [
      'when x',
      'cap 5 RUB',
      'pays 1 month later',
      'pays in EUR at posting',
      'first 10',
      'while employed',
    ];
    const line = one('role', `role r { bonus b = 1 RUB ${clauses.join(' ')} }`);
    const block = one('role', `role r { bonus b = 1 RUB {\n${clauses.join('\n')}\n} }`);
    expect(withoutSpans(block)).toEqual(withoutSpans(line));
    expect(line.bonuses[0]).toMatchObject({
      whileEmployed: true,
      later: { unit: 'month' },
      paysIn: { atPosting: true },
    });
  });

  it('goes on inside brackets, whatever begins the line', () => {
    const lets = declarationsOf(
      'let a = (x\n  when y otherwise z)\nlet b = convert(amount,\n  to RUB,\n  at closed_on)\nlet c = min(1,\nkpi)\n',
    );
    expect(lets.map((each) => each.kind === 'let' && show(each.value))).toEqual([
      '(x when y otherwise z)',
      'convert(amount to RUB at closed_on)',
      'min(1, kpi)',
    ]);
    expect(found('role r {\n  target a (5\n  cap 5 RUB\n}\nkpi b = (1\nkpi c = min(2)\n')).toEqual([
      'M1020 cap',
      'M1020',
    ]);
  });

  it('keeps the commas of lists, and splits at the others', () => {
    const role = one('role', 'role r { ramp 25%, 50%, cap 5 RUB, target a 100 spread 40%, 60%, target b 5 }');
    expect([role.ramp!.steps.length, role.caps.length, role.targets.length]).toEqual([2, 1, 2]);
    const kpi = one('kpi', 'kpi k = 5 { status green from 95%, amber from 70%, owner "x" }');
    expect([show(kpi.status!.amber), kpi.owner!.text]).toEqual(['70%', 'x']);
  });

  it('reads a grid of two or three dimensions', () => {
    const grid = one(
      'grid',
      'grid g by a, b, c {\n | x | above 5\n north, from 0 | 1 | -2\n otherwise | 3 | 4\n}',
    );
    expect(grid.dimensions.map(({ text }) => text)).toEqual(['a', 'b', 'c']);
    expect(grid.columns.map(({ kind }) => kind)).toEqual(['word', 'bound']);
    expect(grid.rows.map(({ keys, values }) => [keys.map(({ kind }) => kind), values.map(show)])).toEqual([
      [
        ['word', 'bound'],
        ['1', '(- 2)'],
      ],
      [['otherwise'], ['3', '4']],
    ]);
  });

  it('takes a negative point of a curve as a line of its own', () => {
    const { points } = one('curve', 'curve c linear {\n  -10%: 0%\n  -5%:  50%\n  0%:   1 \n    - 2\n}');
    expect(points.map(({ at, score }) => [show(at), show(score)])).toEqual([
      ['(- 10%)', '0%'],
      ['(- 5%)', '50%'],
      ['0%', '(1 - 2)'],
    ]);
  });

  it('gives the parts of a range, a fiscal year and a band their own tree', () => {
    expect(one('for', 'for team "North" until 2026-05-31 { }')).toMatchObject({
      of: 'team',
      name: { text: 'North' },
      range: { until: { text: '2026-05-31' } },
    });
    const { fiscal } = one('calendar', 'calendar c { year starts 2026-02-01, quarters 4, 4, 5 weeks }');
    expect(fiscal!.weeks!.map(show)).toEqual(['4', '4', '5']);
    const [target] = one('role', 'role r { target a within 3 days .. 5 days when x }').targets;
    expect([show(target!.value), show(target!.upTo!), show(target!.when!)]).toEqual([
      '3 days',
      '5 days',
      'x',
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
