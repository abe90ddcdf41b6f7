// Properties of the printer, over generated policies and over every policy of the repository: formatting twice is
// formatting once, what is printed is read as the same tree, each form comes back from the other, and no comment is lost.

import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type * as ast from '../../src/syntax/ast.ts';
import { parseExpression, parsePolicy } from '../../src/syntax/parse.ts';
import { convertPolicy, type Form, formatPolicy, meaningOf } from '../../src/syntax/print.ts';
import { printExpression } from '../../src/syntax/print-expression.ts';
import { printText } from '../../src/syntax/print-text.ts';
import { printYaml } from '../../src/syntax/print-yaml.ts';
import { line, withoutSpans } from './helpers.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const NAMES: Readonly<Record<Form, string>> = { text: 'p.merit', yaml: 'p.merit.yaml' };
const FORMS: readonly Form[] = ['text', 'yaml'];

// ---- generated policies -------------------------------------------------------------------------------------

const span = { source: 'p.merit', start: 0, end: 0 };
const name = (text: string): ast.Name => ({ text, span });

const WORDS = [
  ...[
    'a',
    'revenue',
    'выручка',
    '__proto__',
    'constructor',
    'toString',
    'first',
    'target',
    'value',
    'from',
    'until',
  ],
  ...[
    'to',
    'by',
    'as',
    'at',
    'key',
    'else_',
    'previous',
    'trailing',
    'same',
    'distinct',
    'rest',
    'exists',
    'below',
  ],
  ...[
    'above',
    'cap',
    'role',
    'kpi',
    'policy',
    'person',
    'event',
    'title',
    'half',
    'down',
    'missing',
    'per',
    'adds',
  ],
  ...[
    'since',
    'doc',
    'fields',
    'award',
    'test',
    'gated',
    'posts',
    'RUB',
    'day',
    'п1',
    'null',
    'y',
    'number',
    '_',
  ],
];
const RESERVED = ['and', 'or', 'is', 'not', 'else', 'otherwise', 'when', 'where', 'true', 'false'];
const HOSTILE = [
  ...[
    'A-17',
    'two words',
    ' x ',
    'say "hi"',
    "it's",
    '# no',
    'a # b',
    'a: b',
    'a:',
    ': a',
    '- a',
    '-',
    '---',
    '...',
  ],
  ...[
    '{}',
    '[a]',
    '*a',
    '&a',
    '!a',
    '%a',
    '@a',
    '`a`',
    '?',
    '? a',
    '| a',
    '> a',
    '100%',
    '1_000',
    'true',
    '~',
    ',',
  ],
  ...[
    'back\\slash',
    'a\nb',
    'tab\there',
    '//a',
    '///',
    'é',
    'Ж ж',
    '😀',
    '\u2028',
    '\u0007',
    '\ufeff',
    '"',
    "'",
    '=',
    '<',
  ],
];
const word = fc.constantFrom(...WORDS);
const anyName = fc
  .oneof(word, fc.constantFrom(...RESERVED), fc.constantFrom(...HOSTILE))
  .map((text) => name(text.normalize('NFC')));
const wordName = word.map(name);
const text = fc.oneof(
  fc.constantFrom(...HOSTILE, 'South', 'Урал', ''),
  fc.string({ unit: 'grapheme' }).filter((each) => !/[\r]/.test(each)),
);
const title = text.filter((each) => each !== '').map((each) => name(each.normalize('NFC')));
const doc = fc
  .array(
    fc.constantFrom('A line.', '', '  indented', 'a: b # c', '"quoted"', '- item', '#', '/', '|', "it's"),
    {
      minLength: 1,
      maxLength: 3,
    },
  )
  .map((lines) => lines.join('\n').replace(/\n+$/, ''));
const digits = fc.constantFrom(
  '0',
  '5',
  '2000',
  '12345',
  '1000000',
  '0.10',
  '123456789012345678901234567890.10',
  '007',
);

const literal: fc.Arbitrary<ast.Expression> = fc.oneof(
  digits.map((each): ast.Expression => ({ kind: 'number', digits: each, span })),
  digits.map((each): ast.Expression => ({ kind: 'percent', digits: each, span })),
  digits.map((each): ast.Expression => ({ kind: 'money', digits: each, currency: 'RUB', span })),
  digits.map((each): ast.Expression => ({ kind: 'duration', digits: each, unit: 'hours', span })),
  fc.constant<ast.Expression>({ kind: 'date', text: '2026-01-05', span }),
  fc
    .constantFrom('2026-01', '2026-Q1', '2026-W05')
    .map((each): ast.Expression => ({ kind: 'period', text: each, span })),
  text.map((value): ast.Expression => ({ kind: 'text', value, span })),
  fc.boolean().map((value): ast.Expression => ({ kind: 'truth', value, span })),
);
const nameUse = wordName.map((each): ast.NameUse => ({ kind: 'name', name: each, span }));
const OPERATORS: readonly ast.BinaryOperator[] = [
  '+',
  '-',
  '*',
  '/',
  'is',
  'is not',
  '<',
  '<=',
  '>',
  '>=',
  'and',
  'or',
];

const { expression } = fc.letrec<{
  expression: ast.Expression;
  reference: ast.NameUse | ast.Member;
  call: ast.Call;
}>((tie) => {
  const optional = (arbitrary: fc.Arbitrary<ast.Expression>) => fc.option(arbitrary, { nil: undefined });
  const item: fc.Arbitrary<ast.BracketItem> = fc.oneof(
    fc
      .record({
        kind: fc.constant('expression' as const),
        value: tie('expression'),
        at: optional(tie('expression')),
        span: fc.constant(span),
      })
      .map(({ at, ...rest }) => (at === undefined ? rest : { ...rest, at })),
    tie('expression').map((value): ast.BracketItem => ({ kind: 'by', value, span })),
    fc.constantFrom(1, 3).map((count): ast.BracketItem => ({ kind: 'previous', count, span })),
    fc
      .constantFrom(1, 12)
      .map((count): ast.BracketItem => ({ kind: 'trailing', count, grain: name('months'), span })),
    fc
      .constantFrom('to date' as const, 'same period last year' as const)
      .map((kind): ast.BracketItem => ({ kind, span })),
  );
  return {
    reference: fc.oneof(
      { maxDepth: 3 },
      nameUse,
      fc
        .record({ of: tie('expression'), name: wordName })
        .map((each): ast.Member => ({ kind: 'member', ...each, span })),
    ),
    call: fc
      .record({
        callee: tie('reference'),
        args: fc.array(tie('expression'), { maxLength: 3 }),
        distinct: fc.boolean(),
        as: fc.option(anyName, { nil: undefined }),
        by: fc.option(fc.array(tie('expression'), { minLength: 1, maxLength: 2 }), { nil: undefined }),
        where: optional(tie('expression')),
        to: optional(tie('expression')),
        mode: fc.option(fc.constantFrom('half up', 'half even', 'down').map(name), { nil: undefined }),
      })
      .map(({ callee, args, distinct, mode, ...clauses }): ast.Call => {
        const parts = { ...clauses, ...(args.length > 0 && { mode }) };
        const said = Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined));
        return { kind: 'call', callee, args, distinct: distinct && args.length > 0, ...said, span };
      }),
    expression: fc.oneof(
      { maxDepth: 4, depthSize: 'small' },
      fc.oneof(literal, nameUse),
      tie('reference'),
      tie('call'),
      fc
        .record({
          of: fc.oneof(tie('reference'), tie('call')),
          items: fc.array(item, { minLength: 1, maxLength: 2 }),
        })
        .map((each): ast.Expression => ({ kind: 'brackets', ...each, span })),
      fc
        .record({ operator: fc.constantFrom('-' as const, 'not' as const), operand: tie('expression') })
        .map((each): ast.Expression => ({ kind: 'unary', ...each, span })),
      fc
        .record({
          operator: fc.constantFrom(...OPERATORS),
          left: tie('expression'),
          right: tie('expression'),
        })
        .map((each): ast.Expression => ({ kind: 'binary', ...each, operatorSpan: span, span })),
      fc
        .record({ value: tie('expression'), fallback: tie('expression') })
        .map((each): ast.Expression => ({ kind: 'else', ...each, span })),
      fc
        .record({ value: tie('expression'), condition: tie('expression'), otherwise: tie('expression') })
        .map((each): ast.Expression => ({ kind: 'choice', ...each, span })),
      tie('expression').map((operand): ast.Expression => ({ kind: 'exists', operand, span })),
    ),
  };
});

/** A formula that may be the key of a YAML map, which has at most 1024 characters. */
const keyExpression = expression.filter((each) => printExpression(each).length < 200);

/** A record whose `maybe` keys may be absent. */
function node<T>(parts: { readonly [K in keyof T]: fc.Arbitrary<T[K] | undefined> }): fc.Arbitrary<T> {
  return fc
    .record(parts as Record<string, fc.Arbitrary<unknown>>)
    .map((each) => Object.fromEntries(Object.entries(each).filter(([, value]) => value !== undefined)) as T);
}
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const just = fc.constant;
const unique = <T extends { readonly name: ast.Name }>(arbitrary: fc.Arbitrary<T>, maxLength = 4) =>
  fc.uniqueArray(arbitrary, { maxLength, selector: (each) => each.name.text });
const flag = fc.boolean();
const grain = fc.constantFrom('month', 'quarter', 'year').map(name);

const type: fc.Arbitrary<ast.TypeReference> = fc.oneof(
  node<ast.TypeReference & { kind: 'named' }>({
    kind: just('named' as const),
    name: anyName,
    currency: maybe(just(name('EUR'))),
    optional: flag,
    span: just(span),
  }),
  fc.record({
    kind: just('enumeration' as const),
    members: fc.array(anyName, { minLength: 2, maxLength: 3 }),
    ordered: flag,
    optional: flag,
    span: just(span),
  }),
);
const field = node<ast.Field>({
  name: anyName,
  doc: maybe(doc),
  type,
  key: flag,
  posts: flag,
  owner: flag,
  from: maybe(expression),
  until: maybe(expression),
  fallback: maybe(expression),
  span: just(span),
});
const computed = node<ast.ComputedField>({
  name: anyName,
  doc: maybe(doc),
  value: expression,
  span: just(span),
});
const creditLine = node<ast.CreditLine>({
  to: expression,
  otherwise: maybe(expression),
  share: fc.oneof(just('rest' as const), expression),
  extra: flag,
  as: maybe(anyName),
  role: maybe(anyName),
  when: maybe(expression),
  span: just(span),
});
const target = node<ast.Target>({
  kpi: anyName,
  value: expression,
  addsUp: flag,
  per: maybe(grain),
  when: maybe(expression),
  span: just(span),
});
const scoreLine = node<ast.ScoreLine>({
  kpi: anyName,
  weight: expression,
  curve: maybe(anyName),
  ofValue: just(false),
  cap: maybe(expression),
  floor: maybe(expression),
  missing: maybe(
    fc.oneof(
      expression.map((score) => ({ kind: 'counts' as const, score, span })),
      node<{ kind: 'spreads'; atLeast?: ast.Expression; span: typeof span }>({
        kind: just('spreads' as const),
        atLeast: maybe(expression),
        span: just(span),
      }),
    ),
  ),
  span: just(span),
});
const scorecard = fc
  .uniqueArray(scoreLine, { maxLength: 3, selector: (each) => each.kpi.text })
  .map((lines): ast.Scorecard => ({ lines, span }));
const bonus = node<ast.Bonus>({
  name: anyName,
  doc: maybe(doc),
  title: maybe(title),
  gated: flag,
  prorated: maybe(flag),
  per: maybe(grain),
  value: expression,
  when: maybe(expression),
  cap: maybe(expression),
  span: just(span),
});
const tierEnd = <W extends string>(...words: W[]) =>
  fc.record({ word: fc.constantFrom(...words), value: keyExpression, span: just(span) });
const tier = node<ast.Tier>({
  lower: tierEnd('from', 'above'),
  upper: maybe(tierEnd('until', 'below')),
  rate: expression,
  span: just(span),
});
const distinctKeys = <T>(arbitrary: fc.Arbitrary<T>, key: (each: T) => unknown) =>
  fc.uniqueArray(arbitrary, { minLength: 1, maxLength: 3, selector: (each) => JSON.stringify(key(each)) });

const policy = node<ast.PolicyDeclaration>({
  kind: just('policy' as const),
  name: anyName,
  doc: maybe(doc),
  title: maybe(title),
  currency: maybe(anyName),
  timezone: maybe(title),
  period: maybe(anyName),
  effective: maybe(fc.record({ from: expression, until: expression, span: just(span) })),
  rounding: maybe(fc.record({ mode: just(name('half up')), to: expression, span: just(span) })),
  reports: fc.array(expression, { maxLength: 2 }),
  span: just(span),
});
const head = { doc: maybe(doc), name: anyName, span: just(span) };
const declaration: fc.Arbitrary<ast.Declaration> = fc.oneof(
  node<ast.PersonDeclaration>({
    kind: just('person' as const),
    doc: maybe(doc),
    fields: unique(field),
    span: just(span),
  }),
  node<ast.EventDeclaration>({
    kind: just('event' as const),
    ...head,
    since: maybe(expression),
    fields: unique(field),
    computed: unique(computed),
  }),
  node<ast.TableDeclaration>({ kind: just('table' as const), ...head, fields: unique(field) }),
  node<ast.CreditDeclaration>({
    kind: just('credit' as const),
    ...head,
    lines: fc.array(creditLine, { maxLength: 3 }),
  }),
  node<ast.KpiDeclaration>({
    kind: just('kpi' as const),
    ...head,
    title: maybe(title),
    category: maybe(fc.constantFrom('outcome' as const, 'operational' as const)),
    lowerIsBetter: flag,
    value: expression,
    owner: maybe(title),
  }),
  node<ast.LetDeclaration>({ kind: just('let' as const), ...head, value: expression }),
  node<ast.CurveDeclaration>({
    kind: just('curve' as const),
    ...head,
    mode: fc.constantFrom('linear' as const, 'steps' as const),
    points: distinctKeys(
      fc.record({ at: keyExpression, score: expression, span: just(span) }),
      ({ at }) => at,
    ),
    below: maybe(
      node<NonNullable<ast.CurveDeclaration['below']>>({
        bound: maybe(keyExpression),
        score: expression,
        span: just(span),
      }),
    ),
    above: maybe(fc.record({ score: expression, span: just(span) })),
  }),
  node<ast.RatesDeclaration>({
    kind: just('rates' as const),
    ...head,
    mode: fc.constantFrom('marginal' as const, 'whole' as const),
    tiers: distinctKeys(tier, ({ lower, upper }) => [lower, upper]),
  }),
  node<ast.RoleDeclaration>({
    kind: just('role' as const),
    ...head,
    title: maybe(title),
    extends: maybe(anyName),
    targets: fc.array(target, { maxLength: 4 }),
    scorecard: maybe(scorecard),
    gates: fc.array(node<ast.Gate>({ condition: expression, when: maybe(expression), span: just(span) }), {
      maxLength: 2,
    }),
    bonuses: fc.array(bonus, { maxLength: 3 }),
    caps: fc.array(node<ast.Cap>({ amount: expression, per: maybe(grain), inAll: flag, span: just(span) }), {
      maxLength: 2,
    }),
  }),
);
const file = fc.record({ policy, others: fc.array(declaration, { maxLength: 5 }) }).map(
  ({ policy, others }): ast.PolicyFile => ({
    source: 'p.merit',
    declarations: [policy, ...others],
    comments: [],
  }),
);

// ---- comments in every place --------------------------------------------------------------------------------

const SCATTER = ['own', 'after', 'blank', 'blank and own', 'none', 'none'] as const;
type Scatter = (typeof SCATTER)[number];

/** The text with comments and empty lines put between and after its lines, as `where` says over and over. */
function scattered(
  text: string,
  form: Form,
  where: readonly Scatter[],
): { readonly text: string; readonly count: number } {
  const mark = form === 'yaml' ? '#' : '//';
  const out: string[] = [];
  let count = 0;
  let blockIndent: number | undefined;
  for (const [index, each] of text.trimEnd().split('\n').entries()) {
    const indent = /^ */.exec(each)![0].length;
    if (blockIndent !== undefined && (each === '' || indent > blockIndent)) {
      out.push(each);
      continue;
    }
    const inward = blockIndent === undefined ? index % 3 : 0; // further in it would be a line of the block
    blockIndent = form === 'yaml' && / \|-$/.test(each) ? indent : undefined;
    const here = where[index % where.length]!;
    const isComment = /^\s*(?:\/\/|#)/.test(each);
    if (here.includes('blank') && !/^\s*\/\//.test(each)) out.push('');
    if (here.includes('own')) out.push(`${' '.repeat(indent + inward)}${mark} own ${count++}: "x`);
    const isAfter = here === 'after' && !isComment && each !== '';
    out.push(isAfter ? `${each} ${mark}after ${count++}` : each);
  }
  return { text: `${out.join('\n')}\n${mark} own ${count++}: "x\n`, count };
}

function readable(text: string, form: Form): ast.PolicyFile {
  const { value, diagnostics } = parsePolicy({ name: NAMES[form], text });
  const errors = diagnostics.filter((each) => each.severity === 'error');
  if (errors.length > 0) throw new Error(`${errors.map(line).join('\n')}\n${text}`);
  return value;
}

function convert(text: string, from: Form, to: Form): string {
  const { value, diagnostics } = convertPolicy({ name: NAMES[from], text }, to);
  if (value === undefined) throw new Error(`${diagnostics.map(line).join('\n')}\n${text}`);
  return value;
}

function expectRoundTrips(text: string, form: Form): void {
  const other = form === 'yaml' ? 'text' : 'yaml';
  const once = convert(text, form, form);
  expect(convert(once, form, form)).toBe(once);
  const there = convert(text, form, other);
  expect(convert(there, other, other)).toBe(there);
  expect(convert(there, other, form)).toBe(once);
}

const EMPTY = { name: 'p.merit', text: '' };

describe('generated policies', () => {
  it('a formula is read as the tree that was printed', () => {
    fc.assert(
      fc.property(expression, (tree) => {
        const text = printExpression(tree);
        const { value, diagnostics } = parseExpression({ name: 'formula', text });
        expect([text, diagnostics.filter((each) => each.severity === 'error').map(line)]).toEqual([text, []]);
        expect(withoutSpans(value)).toEqual(withoutSpans(tree));
      }),
      { numRuns: 1000 },
    );
  });

  it('a policy is read in both forms as the tree that was printed', () => {
    fc.assert(
      fc.property(file, (tree) => {
        expect(meaningOf(readable(printText(tree, EMPTY), 'text'))).toBe(meaningOf(tree));
        expect(meaningOf(readable(printYaml(tree, EMPTY), 'yaml'))).toBe(meaningOf(tree));
      }),
      { numRuns: 150 },
    );
  });

  it('each form comes back from the other, with comments and empty lines in every place', () => {
    const where = fc.array(fc.constantFrom(...SCATTER), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(file, fc.constantFrom(...FORMS), where, (tree, form, places) => {
        const printed = form === 'yaml' ? printYaml(tree, EMPTY) : printText(tree, EMPTY);
        expect(convert(printed, form, form)).toBe(printed);
        const { text, count } = scattered(printed, form, places);
        expect(readable(text, form).comments).toHaveLength(count);
        expectRoundTrips(text, form);
      }),
      { numRuns: 150 },
    );
  });
});

describe('the policies of the repository', () => {
  const files = ['examples', 'test', 'grammar', 'playground', 'bench']
    .flatMap((folder) =>
      readdirSync(`${ROOT}/${folder}`, { recursive: true, encoding: 'utf8' }).map(
        (path) => `${folder}/${path}`,
      ),
    )
    .filter((path) => /\.merit(?:\.yaml)?$/.test(path) && !path.includes('node_modules'));

  it.each(files)('%s', (path) => {
    const text = readFileSync(`${ROOT}/${path}`, 'utf8');
    const source = { name: path, text };
    if (formatPolicy(source).value === undefined) return; // a policy that shows errors
    const form = path.endsWith('.yaml') ? 'yaml' : 'text';
    expectRoundTrips(text, form);
    for (const places of [['own'], ['after'], ['blank and own', 'after', 'none']] as const) {
      expectRoundTrips(scattered(convert(text, form, form), form, places).text, form);
    }
  });
});
