// Comparisons of two versions as text, as Markdown for a pull request and as JSON.

import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { diffJson } from '../../src/report/diff-json.ts';
import { diffMarkdown, inert } from '../../src/report/diff-markdown.ts';
import { diffSchema } from '../../src/report/diff-schema.ts';
import { diffText } from '../../src/report/diff-text.ts';
import { moved, policy, said } from '../compare/versions.ts';

const rules = (rate: string, gate: string) =>
  policy(`rates ladder marginal {
  from 0 RUB:         3%
  from 1_000_000 RUB: ${rate}
}
role seller {
  gate calls >= ${gate}
  bonus commission gated = ladder(revenue)
}`);
const rows = {
  people: [
    'anna,Anna | @team,seller,2026-01-01,',
    'bob,Bob,seller,2026-01-01,',
    'cid,Cid,seller,2026-01-01,',
  ],
  deals: ['1,2026-01-10,anna,1200000', '2,2026-01-10,bob,500000'],
  calls: ['1,2026-01-10,anna', '2,2026-01-11,anna', '3,2026-01-12,bob'],
};
// Anna: 30,000 + 200,000 × 5% = 40,000, × 6% = 42,000. Bob: 15,000 with one call, nothing where two are asked for.
const both = await moved(rules('5%', '1'), rules('6%', '2'), { rows, period: '2026-01' });

describe('as text', () => {
  it('says what changed, what that moves, and why', () => {
    expect(diffText(both, { width: 100 })).toBe(`sales
  before  old/0.merit
  after   new/0.merit

What changed
  1  rates ladder: changed (0.merit:27)
       - from 1_000_000 RUB: 5%
       + from 1_000_000 RUB: 6%
  2  role seller, gate: changed (0.merit:32)
       - gate calls >= 1
       + gate calls >= 2

What it moves in 2026-01, RUB: 1 person gets more, 1 less, 1 the same
            Before      After       Delta
  ───────────────────────────────────────
  Total  55,000.00  42,000.00  −13,000.00

Why
  Cause                     Delta  People
  ───────────────────────────────────────
  1 rates ladder        +2,000.00       1
  2 role seller, gate  −15,000.00       1
  ───────────────────────────────────────
  Total                −13,000.00
  Each cause has what moves when it is made, averaged over all 2 orders in which the changes can be
      made one by one.

  Line of pay            Before      After       Delta
  ────────────────────────────────────────────────────
  seller: commission  55,000.00  42,000.00  −13,000.00

Biggest movers
  Person                  Before      After       Delta          By which change
  ──────────────────────────────────────────────────────────────────────────────
  Bob (bob)            15,000.00       0.00  −15,000.00  −100 %  −15,000.00 by 2
  Anna | @team (anna)  40,000.00  42,000.00   +2,000.00    +5 %  +2,000.00 by 1

What falls out otherwise
  2026-01 Bob (bob), seller: gate calls >= 2: passed → failed
`);
  });

  it('says that nothing differs', () => {
    expect(diffText(said(rules('5%', '1'), rules('5%', '1')))).toBe(
      'sales\n  before  old/0.merit\n  after   new/0.merit\n\nBoth say the same.\n',
    );
  });

  it('lists as many as are asked for', () => {
    const text = diffText(both, { top: 1 });
    expect(text).toContain('Bob (bob)');
    expect(text).toContain('and 1 more');
  });
});

describe('as Markdown', () => {
  const text = diffMarkdown(both);

  it('has tables of which no cell breaks out, and names that call nobody', () => {
    expect(text).toContain(
      '| Anna \\| @<!-- -->team \\(anna\\) | 40,000.00 | 42,000.00 | +2,000.00 | +5 % | +2,000.00 by 1 |',
    );
    for (const line of text.split('\n').filter((each) => each.startsWith('| ')))
      expect(line.replaceAll('\\|', '').split('|').length - 2).toBeGreaterThanOrEqual(4);
    expect(text).toContain('```diff\n- gate calls >= 1\n+ gate calls >= 2\n```');
    expect(text).toContain(
      '**2026-01**: total pay 55,000.00 → 42,000.00 RUB (**−13,000.00**). 1 person gets more, 1 less, 1 the same.',
    );
  });

  it.each([
    ['a|b', 'a\\|b'],
    ['@anna #12', '@<!-- -->anna #<!-- -->12'],
    ['<img src=x>', '&lt;img src=x&gt;'],
    ['https://evil.example', 'https:<!-- -->//evil.example'],
    ['[a](b) *c* _d_ `e`', '\\[a\\]\\(b\\) \\*c\\* \\_d\\_ \\`e\\`'],
    ['two\nlines', 'two lines'],
    ['- no list', '\\- no list'],
    ['1. no list', '1\\. no list'],
    ['1) no list', '1\\) no list'],
    ['2026-01', '2026-01'],
    ['a\u202eb', 'a\\\\u{202e}b'],
  ])('makes %j inert', (raw, safe) => {
    expect(inert(raw).replace('\\\\u\\{202e\\}', '\\\\u{202e}')).toBe(safe);
  });

  it('fits into a comment however many there are', async () => {
    const many = Array.from(
      { length: 800 },
      (_, at) => `p${at},${'Long name '.repeat(10)}${at},seller,2026-01-01,`,
    );
    const deals = many.map((_, at) => `${at},2026-01-10,p${at},2000000`);
    const diff = await moved(rules('5%', '0'), rules('6%', '0'), {
      rows: { people: many, deals },
      period: '2026-01',
    });
    const long = diffMarkdown(diff, { top: 1000 });
    expect(long.length).toBeLessThan(65_536);
    expect(long).toContain('more |');
    expect(diffMarkdown(diff)).toContain('| … and 790 more |');
  });

  it('keeps a fence longer than the ticks in it', () => {
    const called = (name: string) => policy(`role seller { bonus "${name}" = 1 RUB }`);
    expect(diffMarkdown(said(called('a'), called('a ``` b')))).toContain('````diff');
  });
});

describe('as JSON', () => {
  const schema = diffSchema();

  it('fits the published schema', () => {
    const committed = new URL('../../schemas/merit.diff.schema.json', import.meta.url);
    expect(JSON.parse(readFileSync(committed, 'utf8'))).toEqual(schema);
    const isValid = new Ajv({ strict: true, allowUnionTypes: true }).compile(schema);
    for (const diff of [both, said(rules('5%', '1'), rules('6%', '1'))])
      expect([isValid(JSON.parse(diffJson(diff))), isValid.errors]).toEqual([true, null]);
  });

  it('begins with its format, and has numbers as text', () => {
    const text = diffJson(both);
    expect(text.startsWith('{\n  "format_version": 1,\n')).toBe(true);
    expect(JSON.parse(text).figures.total).toEqual({ before: '55000', after: '42000', delta: '-13000' });
  });
});
