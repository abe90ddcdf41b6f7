// Arbitrary expressions, and the names and texts in them: ordinary ones, words of the language, and hostile ones.

import fc from 'fast-check';
import type * as ast from '../../src/syntax/ast.ts';

export const span = { source: 'p.merit', start: 0, end: 0 };
export const just = fc.constant;
export const flag = fc.boolean();
export const name = (text: string): ast.Name => ({ text, span });
export const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });

/** A record whose `maybe` keys may be absent; each node has its place. */
export function node<T>(
  parts: {
    readonly [K in keyof Omit<T, 'span'>]: fc.Arbitrary<T[K] | undefined>;
  },
): fc.Arbitrary<T> {
  return fc.record(parts as Record<string, fc.Arbitrary<unknown>>).map((each) => {
    const said = Object.entries(each).filter(([, value]) => value !== undefined);
    return { ...Object.fromEntries(said), span } as T;
  });
}

const WORDS = [
  'a revenue выручка __proto__ constructor toString first target value from until to by as at key else_ previous',
  'trailing same distinct rest exists below above cap role kpi policy person event title half down up missing per adds',
  'since doc fields award test gated posts RUB day п1 null y number _ after within each earlier of full more on all in',
  'points badge training recognition gives shared top only split with then evenly spread status green amber given known',
  'monthly later pays holds first while payable forfeited every grid expect work holiday quarters year import even',
].flatMap((line) => line.split(' '));
const RESERVED = ['and', 'or', 'is', 'not', 'else', 'otherwise', 'when', 'where', 'true', 'false'];
// biome-ignore format: one a word
const HOSTILE = [
  'A-17', 'two words', ' x ', 'say "hi"', "it's", '# no', 'a # b', 'a: b', 'a:', ': a', '- a', '-', '---', '...', '{}',
  '[a]', '*a', '&a', '!a', '%a', '@a', '`a`', '?', '? a', '| a', '> a', '100%', '1_000', 'true', '~', ',', 'a, b',
  'back\\slash', 'a\nb', 'tab\there', '//a', '///', 'é', 'Ж ж', '😀', '\u2028', '\u0007', '\ufeff', '"', "'", '=', '<',
];
const word = fc.constantFrom(...WORDS);
export const anyName = fc
  .oneof(word, fc.constantFrom(...RESERVED), fc.constantFrom(...HOSTILE))
  .map((text) => name(text.normalize('NFC')));
export const wordName = word.map(name);
/** A length of time, or a field, with or without a calendar. */
export const grainOf = (...words: readonly string[]): fc.Arbitrary<ast.GrainName> =>
  fc
    .record({ text: fc.constantFrom(...words), of: maybe(anyName) })
    .map(({ text, of }) => ({ ...name(text), ...(of && { of }) }));
const text = fc.oneof(
  fc.constantFrom(...HOSTILE, 'South', 'Урал', ''),
  fc.string({ unit: 'grapheme' }).filter((each) => !/[\r]/.test(each)),
);
export const title = text.filter((each) => each !== '').map((each) => name(each.normalize('NFC')));
const DOC_LINES = ['A line.', '', '  indented', 'a: b # c', '"quoted"', '- item', '#', '/', '|', "it's"];
export const doc = fc
  .array(fc.constantFrom(...DOC_LINES), { minLength: 1, maxLength: 3 })
  .map((lines) => lines.join('\n').replace(/\n+$/, ''));
const DIGITS = ['0', '5', '2000', '12345', '1000000', '0.10', '123456789012345678901234567890.10', '007'];
const digits = fc.constantFrom(...DIGITS);

export const number = digits.map((each): ast.Expression => ({ kind: 'number', digits: each, span }));
export const date = just<ast.Expression>({ kind: 'date', text: '2026-01-05', span });
const literal: fc.Arbitrary<ast.Expression> = fc.oneof(
  number,
  digits.map((each): ast.Expression => ({ kind: 'percent', digits: each, span })),
  digits.map((each): ast.Expression => ({ kind: 'money', digits: each, currency: 'RUB', span })),
  digits.map((each): ast.Expression => ({ kind: 'duration', digits: each, unit: 'hours', span })),
  date,
  fc
    .constantFrom('2026-01', '2026-Q1', '2026-W05')
    .map((each): ast.Expression => ({ kind: 'period', text: each, span })),
  text.map((value): ast.Expression => ({ kind: 'text', value, span })),
  flag.map((value): ast.Expression => ({ kind: 'truth', value, span })),
);
const nameUse = wordName.map((each): ast.NameUse => ({ kind: 'name', name: each, span }));
// biome-ignore format: one a word
const OPERATORS: readonly ast.BinaryOperator[] = [
  '+', '-', '*', '/', 'is', 'is not', '<', '<=', '>', '>=', 'and', 'or',
];
export const mode = fc.constantFrom('half up', 'half even', 'down').map(name);

interface Kinds {
  readonly expression: ast.Expression;
  readonly reference: ast.NameUse | ast.Member;
  readonly call: ast.Call;
}

export const { expression } = fc.letrec<{ [K in keyof Kinds]: Kinds[K] }>((tie) => {
  const any = tie('expression');
  const item: fc.Arbitrary<ast.BracketItem> = fc.oneof(
    node<ast.BracketItem & { kind: 'expression' }>({
      kind: just('expression' as const),
      value: any,
      at: maybe(any),
      of: maybe(anyName),
    }),
    any.map((value): ast.BracketItem => ({ kind: 'by', value, span })),
    fc.constantFrom(1, 3).map((count): ast.BracketItem => ({ kind: 'previous', count, span })),
    fc
      .record({ count: fc.constantFrom(1, 12), grain: grainOf('months') })
      .map((each): ast.BracketItem => ({ kind: 'trailing', ...each, span })),
    fc
      .constantFrom('to date' as const, 'same period last year' as const)
      .map((kind): ast.BracketItem => ({ kind, span })),
  );
  const call = node<ast.Call>({
    kind: just('call' as const),
    callee: tie('reference'),
    distinct: flag,
    args: fc.array(any, { maxLength: 3 }),
    as: maybe(anyName),
    by: maybe(fc.array(any, { minLength: 1, maxLength: 2 })),
    where: maybe(any),
    to: maybe(any),
    mode: maybe(mode),
    of: maybe(any),
    ofArgument: maybe(fc.constantFrom(1, 2)),
    after: maybe(any),
    at: maybe(any),
    within: maybe(
      node<NonNullable<ast.Call['within']>>({
        length: any,
        word: fc.constantFrom('after' as const, 'before' as const),
        of: any,
      }),
    ),
    each: maybe(
      node<NonNullable<ast.Call['each']>>({
        earlier: flag,
        grain: grainOf('month', 'quarter', 'account', 'each'),
      }),
    ),
  });
  return {
    reference: fc.oneof(
      { maxDepth: 3 },
      nameUse,
      fc.record({ of: any, name: wordName }).map((each): ast.Member => ({ kind: 'member', ...each, span })),
    ),
    call: call.map(written),
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
        .record({ operator: fc.constantFrom('-' as const, 'not' as const), operand: any })
        .map((each): ast.Expression => ({ kind: 'unary', ...each, span })),
      fc
        .record({ operator: fc.constantFrom(...OPERATORS), left: any, right: any })
        .map((each): ast.Expression => ({ kind: 'binary', ...each, operatorSpan: span, span })),
      fc
        .record({ value: any, fallback: any })
        .map((each): ast.Expression => ({ kind: 'else', ...each, span })),
      fc
        .record({ value: any, condition: any, otherwise: any })
        .map((each): ast.Expression => ({ kind: 'choice', ...each, span })),
      any.map((operand): ast.Expression => ({ kind: 'exists', operand, span })),
      fc
        .record({
          of: any,
          direction: fc.constantFrom('up' as const, 'down' as const),
          count: fc.oneof(number, any),
        })
        .map((each): ast.Expression => ({ kind: 'step', ...each, span })),
    ),
  };
});

/** A call as the language can say it: some of its clauses need an argument before them. */
function written({ distinct, mode: rounding, of, ofArgument, ...call }: ast.Call): ast.Call {
  const count = call.args.length;
  const isLater = of !== undefined && ofArgument !== undefined && ofArgument < count;
  return {
    ...call,
    distinct: distinct && count > 0,
    ...(rounding && count > 0 && { mode: rounding }),
    ...(of && count > 0 && { of }),
    ...(isLater && { ofArgument }),
  };
}
