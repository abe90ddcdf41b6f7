import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../src/base/diagnostic.ts';
import type { Source, Span } from '../../src/base/source.ts';
import { countText, diagnosticsText } from '../../src/report/diagnostic-text.ts';

/** A source, and a way to point at the nth place where a text stands in it. */
function policy(
  text: string,
  name = 'policy.merit',
): { source: Source; at: (part: string, nth?: number) => Span } {
  const at = (part: string, nth = 1) => {
    let start = -1;
    for (let count = 0; count < nth; count++) start = text.indexOf(part, start + 1);
    expect(start).toBeGreaterThanOrEqual(0);
    return { source: name, start, end: start + part.length };
  };
  return { source: { name, text }, at };
}

const error = (rest: Partial<Diagnostic>): Diagnostic => ({
  code: 'M1203',
  severity: 'error',
  message: 'wrong',
  ...rest,
});

/** The text form without its closing count, as lines. */
function lines(diagnostic: Diagnostic, sources: readonly Source[], width?: number): readonly string[] {
  const text = diagnosticsText([diagnostic], sources, {
    count: false,
    ...(width !== undefined && { width }),
  });
  expect(text.endsWith('\n')).toBe(true);
  return text.slice(0, -1).split('\n');
}

describe('ten thousand messages', () => {
  it('are no work, however long the policy is', () => {
    const { source, at } = policy('let a = 1\n'.repeat(10_000));
    const places = Array.from({ length: 10_000 }, (_, line) => ({
      ...at('a'),
      start: line * 10 + 4,
      end: line * 10 + 5,
    }));
    const started = performance.now();
    diagnosticsText(
      places.map((span) => error({ span })),
      [source],
    );
    expect(performance.now() - started).toBeLessThan(5000);
  });
});

describe('the text form', () => {
  it('marks two places on one line, the left one hanging below', () => {
    const { source, at } = policy(`${'\n'.repeat(13)}  value revenue + deal_count\n`);
    const diagnostic = error({
      message: 'cannot add `RUB` to a count of deals',
      span: at('deal_count'),
      label: 'a count, from `kpi deal_count` (policy.merit:8)',
      related: [{ span: at('revenue'), message: '`RUB`, from `kpi revenue` (policy.merit:5)' }],
      help: 'multiply by a rate first: `deal_count * 25 RUB`',
    });
    expect(lines(diagnostic, [source])).toEqual([
      'error[M1203]: cannot add `RUB` to a count of deals',
      '  ┌─ policy.merit:14:19',
      '14│   value revenue + deal_count',
      '  │         ───────   ^^^^^^^^^^ a count, from `kpi deal_count` (policy.merit:8)',
      '  │         │ `RUB`, from `kpi revenue` (policy.merit:5)',
      '  = help: multiply by a rate first: `deal_count * 25 RUB`',
    ]);
  });

  it('hangs several texts from right to left', () => {
    const { source, at } = policy('one + two + three');
    const diagnostic = error({
      span: at('three'),
      label: 'the third',
      related: [
        { span: at('one'), message: 'the first' },
        { span: at('two'), message: 'the second' },
      ],
    });
    expect(lines(diagnostic, [source]).slice(2)).toEqual([
      ' 1│ one + two + three',
      '  │ ───   ───   ^^^^^ the third',
      '  │ │     │ the second',
      '  │ │ the first',
    ]);
  });

  it('shows lines in order with a gap, and other files in boxes of their own', () => {
    const { source, at } = policy('kpi a = 1\n\nkpi b = 2\nkpi a = 3\n');
    const other = policy('curve a {}', 'more.merit');
    const diagnostic = error({
      message: '`a` is declared twice',
      span: at('a', 2),
      related: [
        { span: at('a'), message: 'first here' },
        { span: other.at('a'), message: 'and here' },
      ],
    });
    expect(lines(diagnostic, [source, other.source])).toEqual([
      'error[M1203]: `a` is declared twice',
      '  ┌─ policy.merit:4:5',
      ' 1│ kpi a = 1',
      '  │     ─ first here',
      '  ·',
      ' 4│ kpi a = 3',
      '  │     ^',
      '  ┌─ more.merit:1:7',
      ' 1│ curve a {}',
      '  │       ─ and here',
    ]);
  });

  it('lines marks up below tabs, wide letters, combining marks and emoji', () => {
    for (const [before, shown] of [
      ['\t', '    '],
      ['a\t', 'a   '],
      ['漢字', '漢字'],
      ['е\u0301', 'е\u0301'],
      ['😀', '😀'],
      ['выручка', 'выручка'],
    ] as const) {
      const { source, at } = policy(`${before}!`);
      const width = { '\t': 4, 'a\t': 4, 漢字: 4, 'е\u0301': 1, '😀': 2, выручка: 7 }[before];
      expect(lines(error({ span: at('!') }), [source]).slice(2), before).toEqual([
        ` 1│ ${shown}!`,
        `  │ ${' '.repeat(width)}^`,
      ]);
    }
  });

  it('counts columns in characters', () => {
    const { source, at } = policy('😀😀!');
    expect(lines(error({ span: at('!') }), [source])[1]).toBe('  ┌─ policy.merit:1:3');
  });

  it('marks the end of a file and of a line, and of a longer place only its first line', () => {
    expect(lines(error({ span: { source: 'p', start: 2, end: 2 } }), [{ name: 'p', text: 'a\n' }])).toEqual([
      'error[M1203]: wrong',
      '  ┌─ p:2:1',
      ' 2│',
      '  │ ^',
    ]);
    expect(
      lines(error({ span: { source: 'p', start: 1, end: 6 } }), [{ name: 'p', text: 'abc\r\nde\r\n' }]),
    ).toEqual(['error[M1203]: wrong', '  ┌─ p:1:2', ' 1│ abc', '  │  ^^']);
  });

  it('cuts a long line around the mark', () => {
    const { source, at } = policy(`${'a'.repeat(500)}HERE${'b'.repeat(500)}`);
    const [, , text, marks] = lines(error({ span: at('HERE') }), [source], 40);
    expect([...(text as string)].length).toBe(4 + 40);
    expect(
      (text as string).slice((marks as string).indexOf('^'), (marks as string).lastIndexOf('^') + 1),
    ).toBe('HERE');
    expect(text).toMatch(/^ 1│ …a+HEREb+…$/);
  });

  it('stays small on a line of a million letters', () => {
    const { source } = policy('x'.repeat(1_000_000));
    const text = diagnosticsText(
      [error({ span: { source: source.name, start: 5, end: 900_000 } })],
      [source],
    );
    expect(text.length).toBeLessThan(1000);
  });

  it('shows places in the data', () => {
    const data = { file: 'deals.csv', row: 17, column: 'amount' };
    expect(lines(error({ code: 'M2101', message: '`12,5` is not a number', data }), [])).toEqual([
      'error[M2101]: `12,5` is not a number',
      '  ┌─ deals.csv, row 17, column amount',
    ]);
  });

  it('says a fix where there is no help', () => {
    const { source, at } = policy('kpi a == 1');
    const diagnostic = error({ span: at('=='), fix: [{ span: at('=='), text: '=' }] });
    expect(lines(diagnostic, [source]).at(-1)).toBe('  = help: write `=`');
  });

  it('lets nothing of the user steer the terminal', () => {
    const hostile = '\u001b[2J\u202e\u0007\u200b';
    const { source, at } = policy(`${hostile}!`, `a${hostile}.merit`);
    const text = diagnosticsText(
      [
        error({
          message: hostile,
          span: at('!'),
          label: hostile,
          help: hostile,
          related: [{ span: at('!'), message: hostile }],
        }),
        error({ message: 'x', data: { file: hostile, row: 1, column: hostile } }),
      ],
      [source],
    );
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e\u200b]/);
    expect(text).toContain('\\u{1b}[2J\\u{202e}\\u{7}\\u{200b}');
  });

  it('colours only where it is asked to', () => {
    const diagnostic = error({ message: 'wrong' });
    expect(diagnosticsText([diagnostic], [])).not.toContain('\u001b');
    expect(diagnosticsText([diagnostic], [], { colour: true })).toContain(
      '\u001b[1;31merror[M1203]\u001b[0m',
    );
  });

  it('closes with a count', () => {
    const warning: Diagnostic = { code: 'M1', severity: 'warning', message: 'w' };
    expect(countText([error({}), error({}), error({}), warning])).toBe('3 errors, 1 warning');
    expect(countText([])).toBe('no errors');
    expect(diagnosticsText([error({}), warning], [])).toBe(
      'error[M1203]: wrong\n\nwarning[M1]: w\n\n1 error, 1 warning\n',
    );
    expect(diagnosticsText([], [])).toBe('');
  });
});

describe('the other forms', () => {
  const { source, at } = policy('\n\n  total + 1');
  const found = [
    error({ span: at('total'), label: 'here' }),
    error({ message: 'empty', data: { file: 'deals.csv', row: 3, column: 'amount' } }),
  ];

  it('gives one line each', () => {
    expect(diagnosticsText(found, [source], { form: 'line' })).toBe(
      'policy.merit:3:3: error[M1203]: wrong\ndeals.csv:3: error[M1203]: empty (column amount)\n',
    );
  });

  it('gives JSON with places', () => {
    expect(JSON.parse(diagnosticsText(found, [source], { form: 'json' }))).toEqual([
      {
        code: 'M1203',
        severity: 'error',
        message: 'wrong',
        place: { file: 'policy.merit', line: 3, column: 3, endLine: 3, endColumn: 8, start: 4, end: 9 },
        label: 'here',
      },
      {
        code: 'M1203',
        severity: 'error',
        message: 'empty',
        data: { file: 'deals.csv', row: 3, column: 'amount' },
      },
    ]);
    expect(diagnosticsText([], [], { form: 'json' })).toBe('[]\n');
  });
});
