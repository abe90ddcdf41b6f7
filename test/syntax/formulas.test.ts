// Formulas: text to tree, shown with a bracket round each operation.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseExpression } from '../../src/syntax/parse-expression.ts';
import { formula, show } from './helpers.ts';

describe('operators', () => {
  it.each([
    ['1 + 2 * 3', '(1 + (2 * 3))'],
    ['1 - 2 - 3', '((1 - 2) - 3)'],
    ['(1 - 2) * 3', '((1 - 2) * 3)'],
    ['8 / 4 / 2', '((8 / 4) / 2)'],
    ['-a * 2', '((- a) * 2)'],
    ['a - -b', '(a - (- b))'],
    ['a + b > c * d', '((a + b) > (c * d))'],
    ['a is b and c is not d', '((a is b) and (c is not d))'],
    ['not a is b', '(not (a is b))'],
    ['not a and b', '((not a) and b)'],
    ['not not a', '(not (not a))'],
    ['is_won and not is_first', '(is_won and (not is_first))'],
    ['a or b or c', '((a or b) or c)'],
    ['(a and b) or c', '((a and b) or c)'],
    ['a else b', '(a else b)'],
    ['a else b else c', '(a else (b else c))'],
    ['(a else 0%) >= 10%', '((a else 0%) >= 10%)'],
    ['a + b when c > d otherwise e', '((a + b) when (c > d) otherwise e)'],
    ['(a when b otherwise c) + d', '((a when b otherwise c) + d)'],
    ['closed_at exists', '(closed_at exists)'],
    ['not closed_at exists', '(not (closed_at exists))'],
    ['a\n  + b\n  - c', '((a + b) - c)'],
    ['amount is not missing_word', '(amount is not missing_word)'],
  ])('%s', (text, tree) => expect(formula(text)).toBe(tree));
});

describe('literals', () => {
  it.each([
    ['1_000_000', '1000000'],
    ['0.10', '0.10'],
    ['5%', '5%'],
    ['0.5%', '0.5%'],
    ['100 RUB', '100 RUB'],
    ['1_500.50 EUR', '1500.50 EUR'],
    ['4 hours', '4 hours'],
    ['closed_on + 1 month - 2 quarters', '((closed_on + 1 month) - 2 quarters)'],
    ['1 month', '1 month'],
    ['2026-01-05', '2026-01-05'],
    ['2026-01', '2026-01'],
    ['2026-Q1', '2026-Q1'],
    ['2026-W05', '2026-W05'],
    ['"a \\"b\\" \\\\ c"', '"a \\"b\\" \\\\ c"'],
    ['true and false', '(true and false)'],
    ['выручка * 2', '(выручка * 2)'],
    ['1234567890123456789012345678901234567890', '1234567890123456789012345678901234567890'],
  ])('%s', (text, tree) => expect(formula(text)).toBe(tree));
});

describe('calls, members and brackets', () => {
  it.each([
    ['min(a, b + 1)', 'min(a, (b + 1))'],
    ['sum(deal.amount as care where is_won)', 'sum(deal.amount as care where is_won)'],
    ['sum(deal.amount where is_won as care)', 'sum(deal.amount as care where is_won)'],
    ['count(distinct deal.client where is_first)', 'count(distinct deal.client where is_first)'],
    ['count(distinct)', 'count(distinct)'],
    ['nth(by client where is_won) is 1', '(nth(by client where is_won) is 1)'],
    ['nth(by client, region)', 'nth(by client, region)'],
    ['count(request by closed_at)', 'count(request by closed_at)'],
    ['round(x / 3 to 0.01 half even)', 'round((x / 3) to 0.01 half even)'],
    ['floor(x to 1%)', 'floor(x to 1%)'],
    ['round(x to 1 RUB down)', 'round(x to 1 RUB down)'],
    ['ladder.rate(revenue)', 'ladder.rate(revenue)'],
    ['person.region is "South"', '(person.region is "South")'],
    ['revenue[team, ytd]', 'revenue[team, ytd]'],
    ['revenue[previous]', 'revenue[previous 1]'],
    ['revenue[previous 3]', 'revenue[previous 3]'],
    ['revenue[trailing 3 months]', 'revenue[trailing 3 months]'],
    ['revenue[to date]', 'revenue[to date]'],
    ['revenue[same period last year]', 'revenue[same period last year]'],
    ['revenue[by person.office]', 'revenue[by person.office]'],
    ['account_care[client at closed_on].farmer', 'account_care[client at closed_on].farmer'],
    ['attainment(revenue[team])', 'attainment(revenue[team])'],
    ['by + where_ - to * first / from', '((by + where_) - ((to * first) / from))'],
    ['ladder(x of y)', 'ladder(x of y)'],
    ['ladder(x, after y)', 'ladder(x after y)'],
    ['ladder(deal.amount, after before(deal.amount))', 'ladder(deal.amount after before(deal.amount))'],
    ['gm.rate(margin of price)', 'gm.rate(margin of price)'],
    ['payout(margin of amount, amount)', 'payout(margin, amount of amount)'],
    ['convert(amount, to RUB, at closed_on)', 'convert(amount to RUB at closed_on)'],
    ['convert(amount to RUB at closed_on)', 'convert(amount to RUB at closed_on)'],
    ['sum(refund.amount of this)', 'sum(refund.amount of this)'],
    [
      'exists(deal of client within 30 days after opened_at)',
      'exists(deal of client within 30 days after opened_at)',
    ],
    ['average(score each month)', 'average(score each month)'],
    ['average(score each earlier)', 'average(score each earlier)'],
    ['sum(commission each earlier month)[ytd]', 'sum(commission each earlier month)[ytd]'],
    ['last(balance.amount each account)', 'last(balance.amount each account)'],
    ['first(b.x each each by day where open)', 'first(b.x by day where open each each)'],
    ['streak(attainment(a) >= 100%) is 3', '(streak((attainment(a) >= 100%)) is 3)'],
    ['tier(x) down 1', '(tier(x) down 1)'],
    ['tier(x) up (n) is gold', '((tier(x) up n) is gold)'],
    ['round(tier(x) down 1 down)', 'round((tier(x) down 1) down)'],
    ['round(x, to 0.01, half even)', 'round(x to 0.01 half even)'],
    ['previous(x) + rank(x)', '(previous(x) + rank(x))'],
    ['percentile(deal.amount, 90%)', 'percentile(deal.amount, 90%)'],
    ['points[trailing 12 months] >= 300', '(points[trailing 12 months] >= 300)'],
    ['min(a, at - to, after)', 'min(a, (at - to), after)'],
    ['min(a, at(b), to(c))', 'min(a, at(b), to(c))'],
    ['average(at each month)', 'average(at each month)'],
    ['max(a of b by of)', 'max(a by of of b)'],
    ['deal.when', 'deal.when'],
    ['f()', 'f()'],
  ])('%s', (text, tree) => expect(formula(text)).toBe(tree));
});

describe('places', () => {
  it('a tree covers its text, with the brackets round it', () => {
    const text = ' (a + b) * c';
    const { value } = parseExpression({ name: 'f', text });
    expect(text.slice(value.span.start, value.span.end)).toBe('(a + b) * c');
    const operator = value.kind === 'binary' ? value.operatorSpan : value.span;
    expect(text.slice(operator.start, operator.end)).toBe('*');
  });

  it('`is not` is one operator', () => {
    const text = 'a is  not b';
    const { value } = parseExpression({ name: 'f', text });
    const { start, end } = value.kind === 'binary' ? value.operatorSpan : value.span;
    expect(text.slice(start, end)).toBe('is  not');
  });

  it('names are in NFC, their places in the text as it is', () => {
    const text = 'cafe\u0301 + 1';
    const { value } = parseExpression({ name: 'f', text });
    const left = value.kind === 'binary' ? value.left : value;
    expect([show(left), left.span.end]).toEqual(['caf\u00e9', 5]);
  });
});

describe('any text', () => {
  const word = fc.constantFrom(
    'a',
    '1',
    '5%',
    '10 RUB',
    '(',
    ')',
    '[',
    ']',
    ',',
    '+',
    '-',
    'is',
    'not',
    'and',
    'or',
    'else',
    'when',
    'otherwise',
    'where',
    'by',
    '.',
    '"t"',
    '2026-01',
    'exists',
    '\n',
    ':',
    '{',
    '}',
  );

  it('gives a tree or a diagnostic, never an exception', () => {
    fc.assert(
      fc.property(fc.array(word, { maxLength: 30 }), (words) => {
        const text = words.join(' ');
        const { value, diagnostics } = parseExpression({ name: 'f', text });
        expect(value.kind !== 'unreadable' || diagnostics.length > 0).toBe(true);
        for (const { span } of diagnostics) {
          expect(span!.start).toBeGreaterThanOrEqual(0);
          expect(span!.end).toBeLessThanOrEqual(text.length);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('what is shown of a tree reads back as the same tree', () => {
    const leaf = fc.constantFrom('a', 'b.c', '5%', '10 RUB', '3', '2026-01-05', '"t"');
    const { tree } = fc.letrec<{ tree: string }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4, depthSize: 'small' },
        leaf,
        fc
          .tuple(
            tie('tree'),
            fc.constantFrom('+', '-', '*', '/', 'is', 'is not', '<', 'and', 'or', 'else'),
            tie('tree'),
          )
          .map(([a, op, b]) => `(${a} ${op} ${b})`),
        tie('tree').map((a) => `(not ${a})`),
        tie('tree').map((a) => `(- ${a})`),
        fc.tuple(tie('tree'), tie('tree')).map(([a, b]) => `min(${a}, ${b})`),
        fc.tuple(tie('tree'), tie('tree'), tie('tree')).map(([a, b, c]) => `(${a} when ${b} otherwise ${c})`),
      ),
    }));
    fc.assert(
      fc.property(tree, (text) => {
        expect(formula(text)).toBe(text);
      }),
    );
  });
});
