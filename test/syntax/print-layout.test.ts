// How the printer lays a policy out: each case is what a user might write and what the formatter makes of it.

import { describe, expect, it } from 'vitest';
import { convertPolicy, formatPolicy } from '../../src/syntax/print.ts';

function formatted(text: string, name = 'p.merit'): string {
  const { value, diagnostics } = formatPolicy({ name, text });
  expect(diagnostics).toEqual([]);
  return value!;
}

const kpi = (formula: string) => formatted(`kpi a = ${formula}`).trimEnd().replace('kpi a = ', '');

describe('formulas', () => {
  it.each([
    ['((a+b))*c', '(a + b) * c'],
    ['(a*b)+c', 'a * b + c'],
    ['a-(b-c)', undefined],
    ['a - (b - c)', 'a - (b - c)'],
    ['(a - b) - c', 'a - b - c'],
    ['a / (b * c)', 'a / (b * c)'],
    ['(a and b) or c', '(a and b) or c'],
    ['(a and b) and c', 'a and b and c'],
    ['(not a) and (b is c)', 'not a and b is c'],
    ['not (a and b)', 'not (a and b)'],
    ['(not a) is b', '(not a) is b'],
    ['a is (not b)', 'a is (not b)'],
    ['-(-a)', '-(-a)'],
    ['(a else b) else c', '(a else b) else c'],
    ['a else (b else c)', 'a else b else c'],
    ['(a else 0)*2', '(a else 0) * 2'],
    ['1 when (a else b) > 2 otherwise 3', '1 when (a else b) > 2 otherwise 3'],
    ['(1 when a otherwise 2) when b otherwise 3', '(1 when a otherwise 2) when b otherwise 3'],
    ['sum((x else 0 RUB) where y)', 'sum((x else 0 RUB) where y)'],
    ['kpi[(previous), previous 1]', 'kpi[(previous), previous]'],
    ['1000+10000+1000000.50+12_34%', '1_000 + 10_000 + 1_000_000.50 + 1_234%'],
    ['"a\\"b\\\\c\\n"', '"a\\"b\\\\c\\n"'],
  ])('%s', (written, printed) => {
    if (printed === undefined)
      expect(formatPolicy({ name: 'p.merit', text: `kpi a = ${written}` }).value).toBeUndefined();
    else expect(kpi(written)).toBe(printed);
  });

  it('break before operators where they are too long, and not where a line could not go on', () => {
    const long = (word: string) => `${word}_of_the_company_without_returns`;
    const text = `kpi a = round(max(${long('revenue')}, ${long('profit')} else 0 RUB) / 12 to 0.01) + ${long('margin')} * 2 - ${long('costs')}\n`;
    expect(formatted(text)).toBe(
      [
        'kpi a',
        '    = round(',
        '      max(revenue_of_the_company_without_returns, profit_of_the_company_without_returns else 0 RUB)',
        '        / 12 to 0.01',
        '    )',
        '      + margin_of_the_company_without_returns * 2',
        '      - costs_of_the_company_without_returns',
        '',
      ].join('\n'),
    );
  });
});

describe('the text form', () => {
  it('has a statement a line, aligned with its neighbours', () => {
    const text = [
      'policy p{title "P",currency RUB',
      'effective from 2026-01-01}',
      'event e{b=a is x',
      'id:text key,a:x|y?',
      '// c',
      '',
      '',
      'amount:money from 0 RUB',
      'since 2026-01-01}',
      'curve c steps{80%:0%,below 80%:10%,above:1%}',
      'role r extends s{cap 5 RUB',
      'bonus b=1 RUB',
      'bonus long_name "T" gated=2 RUB when x',
      'target k 5,target other 6,target k 7 when x',
      'scorecard{k 60%,other 40%}}',
    ].join('\n');
    expect(formatted(text)).toBe(
      [
        'policy p {',
        '  title     "P"',
        '  currency  RUB',
        '  effective from 2026-01-01',
        '}',
        '',
        'event e {',
        '  since 2026-01-01',
        '  id: text key',
        '  a:  x | y?',
        '  // c',
        '',
        '  amount: money from 0 RUB',
        '',
        '  b = a is x',
        '}',
        '',
        'curve c steps {',
        '  below 80%: 10%',
        '  80%:       0%',
        '  above:     1%',
        '}',
        '',
        'role r extends s {',
        '  target k     5',
        '  target k     7 when x',
        '  target other 6',
        '',
        '  scorecard {',
        '    k     60%',
        '    other 40%',
        '  }',
        '',
        '  bonus b                   = 1 RUB',
        '  bonus long_name "T" gated = 2 RUB when x',
        '  cap 5 RUB',
        '}',
        '',
      ].join('\n'),
    );
  });

  it('quotes names that a line would take for something else', () => {
    const text =
      'event e {\n  "and" = a\n  "a b": text\n}\nrole r {\n  scorecard { "or" 50%, "role" 50% }\n}\n';
    expect(formatted(text)).toBe(
      'event e {\n  "a b": text\n\n  "and" = a\n}\n\nrole r {\n  scorecard {\n    "or"   50%\n    "role" 50%\n  }\n}\n',
    );
  });

  it('keeps comments by their statements, and single empty lines', () => {
    const text = [
      '// file',
      '',
      '',
      '/// Doc.',
      '// before',
      'role r { // opens',
      '',
      '  // one',
      '  cap 5 RUB // five',
      '',
      '  // end',
      '} // closed',
      'kpi a = 1 // inside',
      '  + 2 // after',
      '// last',
    ].join('\r\n');
    expect(formatted(text)).toBe(
      [
        '// file',
        '',
        '// before',
        '/// Doc.',
        'role r {  // opens',
        '  // one',
        '  cap 5 RUB  // five',
        '',
        '  // end',
        '  // closed',
        '}',
        '',
        '// inside',
        'kpi a = 1 + 2  // after',
        '// last',
        '',
      ].join('\n'),
    );
  });
});

describe('the whole language in the text form', () => {
  it.each([
    ['f(a, to x, at y)', 'f(a, to x, at y)'],
    ['round(a, to 1, half even)', 'round(a to 1 half even)'],
    ['t(x after y)', 't(x, after y)'],
    ['t(margin of amount, amount of price)', undefined],
    ['t(a, margin of price)', 't(a, margin of price)'],
    ['max((to), by)', 'max(to, by)'],
    ['max((to exists), (by))', 'max((to exists), by)'],
    ['(a) down (1)', 'a down 1'],
    ['(a + b) up (c)', '(a + b) up (c)'],
  ])('calls and steps: %s', (written, printed) => {
    if (printed === undefined)
      expect(formatPolicy({ name: 'p.merit', text: `kpi a = ${written}` }).value).toBeUndefined();
    else expect(kpi(written)).toBe(printed);
  });

  it('aligns grids by their bars, whatever stands between their lines', () => {
    const text =
      'grid g by a, b {\n|from 0 USD|above 50 USD\nfrom 0%|1%|12%\n\n// c\nnorth,otherwise|10%|-5%\n}\n';
    expect(formatted(text)).toBe(
      [
        'grid g by a, b {',
        '                   | from 0 USD | above 50 USD',
        '  from 0%          | 1%         | 12%',
        '',
        '  // c',
        '  north, otherwise | 10%        | -5%',
        '}',
        '',
      ].join('\n'),
    );
  });

  it('has rows of a test, one expectation and one claim on a line if they fit', () => {
    const text = [
      'test x { person anna {',
      'role hunter',
      '}, deal { amount 5, "and" 6 }, expect anna in 2026-01 { a is 5 }',
      `deal { ${Array.from({ length: 12 }, (_, n) => `field_${n} 5`).join(', ')} }`,
      'expect anna in 2026-01 { a is 5, long exists, longer >= 6 } }',
      'invariant "one" { a > 5 }',
      'invariant "three" { given a from 0',
      'a > 5 }',
      'invariant y { b > 5 }',
      'invariant z { b > 5 }',
    ].join('\n');
    expect(formatted(text)).toBe(
      [
        'test "x" {',
        '  person anna { role hunter }',
        '  deal { amount 5, "and" 6 }',
        '  deal {',
        ...Array.from({ length: 12 }, (_, n) => `    field_${n}${n < 10 ? ' ' : ''} 5`),
        '  }',
        '  expect anna in 2026-01 { a is 5 }',
        '  expect anna in 2026-01 {',
        '    a      is 5',
        '    long exists',
        '    longer >= 6',
        '  }',
        '}',
        '',
        'invariant "one" { a > 5 }',
        '',
        'invariant "three" {',
        '  given a from 0',
        '  a > 5',
        '}',
        '',
        'invariant "y" { b > 5 }',
        'invariant "z" { b > 5 }',
        '',
      ].join('\n'),
    );
  });

  it('has the clauses of a long bonus in a block, and those of a short one in its line', () => {
    const long = 'pays in 3 monthly parts holds 20% for 3 months forfeited on leaving';
    const text = `role r { bonus a = 5 RUB { cap 7 RUB, when x }, bonus b "B" gated = 10_000 RUB * score when y while employed ${long} }\n`;
    expect(formatted(text)).toBe(
      [
        'role r {',
        '  bonus a = 5 RUB when x cap 7 RUB',
        '  bonus b "B" gated = 10_000 RUB * score {',
        '    when      y',
        '    while     employed',
        '    pays      in 3 monthly parts',
        '    holds     20% for 3 months',
        '    forfeited on leaving',
        '  }',
        '}',
        '',
      ].join('\n'),
    );
  });

  it('has prizes that are always given in one line, and each that has a condition in its own', () => {
    const text =
      'award a { to r, gives 5 RUB, gives badge "x", gives points 5 when y, gives training "z" }\n';
    expect(formatted(text)).toBe(
      [
        'award a {',
        '  to    r',
        '  gives 5 RUB and badge "x"',
        '  gives points 5 when y',
        '  gives training "z"',
        '}',
        '',
      ].join('\n'),
    );
  });

  it('keeps KPIs below each other where the formula of one is too long, and percents by their last digit', () => {
    const more = Array.from({ length: 12 }, () => 'revenue');
    const text = `kpi a "A" outcome = b\nkpi bb "B" = ${more.join(' + ')}\nkpi c "Long" = 1\ncredit deal {\nto a 100%\nto b else c 5% extra as x\nto d rest\n}\n`;
    expect(formatted(text)).toBe(
      [
        'kpi a  "A"    outcome = b',
        'kpi bb "B"',
        '    = revenue',
        ...more.slice(1).map((each) => `      + ${each}`),
        'kpi c  "Long"         = 1',
        '',
        'credit deal {',
        '  to a        100%',
        '  to b else c   5% extra as x',
        '  to d        rest',
        '}',
        '',
      ].join('\n'),
    );
  });
});

describe('YAML', () => {
  it('begins a document where the text returns to a kind', () => {
    const text = '// c\npolicy p {}\n// k\nkpi a = 1\nlet b = 2\n// again\nkpi c = "x"\n';
    const { value } = convertPolicy({ name: 'p.merit', text }, 'yaml');
    expect(value).toBe(
      '# c\npolicy: p\n\n# k\nkpis:\n  a: 1\n\nlets:\n  b: 2\n\n---\n# again\nkpis:\n  c: \'"x"\'\n',
    );
  });

  it('is formatted in itself: short forms, lists, blocks, comments', () => {
    const text = [
      'kpis: {a: {value: 1+1}} # one',
      'roles:',
      '  r: # two',
      '    # three',
      '    caps: 5 RUB # four',
      '    targets: {k: {value: "5", adds_up: true}}',
      '    bonuses: {b: {value: 1, doc: "D\\nE"}}',
      '      # five',
      '  # six',
      '',
    ].join('\n');
    expect(formatted(text, 'p.yaml')).toBe(
      [
        'kpis:',
        '  a: 1 + 1 # one',
        '',
        'roles:',
        '  r: # two',
        '    targets:',
        '      k: 5 adds up',
        '    bonuses:',
        '      b:',
        '        doc: |-',
        '          D',
        '          E',
        '        value: 1',
        '    caps:',
        '      # three',
        '      - 5 RUB # four',
        '    # five',
        '# six',
        '',
      ].join('\n'),
    );
  });
});
