// The colours that editors give the text form by its letters alone.

import { describe, expect, it } from 'vitest';
import { textMateGrammar } from '../../grammar/highlight.ts';
import { SHAPES } from '../../src/syntax/shape.ts';

interface Rule {
  readonly name?: string;
  readonly match?: string;
  readonly begin?: string;
  readonly end?: string;
  readonly captures?: Readonly<Record<string, { readonly name: string }>>;
  readonly patterns?: readonly Rule[];
}

const grammar = textMateGrammar() as {
  readonly patterns: readonly { readonly include: string }[];
  readonly repository: Readonly<Record<string, { readonly patterns: readonly Rule[] }>>;
};
const rules = grammar.patterns.flatMap(({ include }) => grammar.repository[include.slice(1)]!.patterns);

/** The words of a line with their colours, as editors work them out: the first rule that fits at the nearest place. */
function colours(line: string): readonly string[] {
  const found: string[] = [];
  for (let at = 0; at < line.length; ) {
    const hits = rules.map((rule) => {
      const pattern = rule.match ?? `${rule.begin}(?:[^"\\\\]|\\\\.)*(?:${rule.end})`;
      const regex = new RegExp(pattern, 'dgu');
      regex.lastIndex = at;
      return { rule, match: regex.exec(line) };
    });
    const next = hits
      .filter(({ match }) => match && match[0] !== '')
      .toSorted((a, b) => a.match!.index - b.match!.index)[0];
    if (!next) break;
    const { rule, match } = next;
    if (rule.name !== undefined) found.push(`${short(rule.name)} ${match![0]}`);
    for (const [group, { name }] of Object.entries(rule.captures ?? {})) {
      if (match![Number(group)] !== undefined) found.push(`${short(name)} ${match![Number(group)]}`);
    }
    at = match!.index + match![0].length;
  }
  return found;
}

const short = (scope: string): string => scope.replace(/\.merit$/, '');

describe('colours', () => {
  it.each(SHAPES.map(({ word }) => [word]))('begin a declaration: %s', (word) => {
    expect(colours(`${word} something {`)[0]).toBe(`keyword.control.declaration ${word}`);
  });

  it.each(
    SHAPES.flatMap(({ clauses }) =>
      clauses.flatMap(({ word }) => (word && /\p{L}/u.test(word) ? [[word]] : [])),
    ),
  )('begin a line: %s', (word) => {
    expect(colours(`  ${word} x`)[0]).toBe(`keyword.other.clause ${word}`);
  });

  it('of a KPI, its title and its formula', () => {
    expect(
      colours('kpi выручка "Revenue \\"net\\"" outcome = sum(deal.amount where is_won) // as booked'),
    ).toEqual([
      'keyword.control.declaration kpi',
      'entity.name.type выручка',
      'string.quoted.double "Revenue \\"net\\""',
      'keyword.other outcome',
      'keyword.operator =',
      'support.function sum',
      'variable.other deal',
      'punctuation.accessor .',
      'variable.other.property amount',
      'keyword.operator.word where',
      'variable.other is_won',
      'comment.line.double-slash // as booked',
    ]);
  });

  it('of fields, whatever words they are called by', () => {
    expect(colours('  status: text key')).toEqual([
      'variable.other.property status',
      'punctuation.separator :',
      'support.type text',
      'keyword.other key',
    ]);
    expect(colours('  title:  money from 0 RUB')[0]).toBe('variable.other.property title');
  });

  it('of values with their units', () => {
    const numbers = colours('x = 1_000.50 RUB + 5% + 4 hours + 2026-01-31 + 2026-Q1').filter(
      (each) => !/operator|variable/.test(each),
    );
    expect(numbers).toEqual([
      'constant.numeric 1_000.50',
      'keyword.other.unit RUB',
      'constant.numeric 5',
      'keyword.other.unit %',
      'constant.numeric 4',
      'keyword.other.unit hours',
      'constant.numeric.date 2026-01-31',
      'constant.numeric.date 2026-Q1',
    ]);
  });

  it('of what describes', () => {
    expect(colours('/// Won deals: 5% "more"')).toEqual([
      'comment.line.documentation /// Won deals: 5% "more"',
    ]);
  });
});
