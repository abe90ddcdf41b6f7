// What is said of the word under a pointer, and of the call around a cursor, in both forms.

import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { CALLABLES, partsOf } from '../../src/editor/functions.ts';
import { type Hover, hoverAt } from '../../src/editor/hover.ts';
import { LINTS } from '../../src/editor/lints.ts';
import { signatureAt } from '../../src/editor/signature.ts';
import { clauseSnippet, declarationSnippet } from '../../src/editor/snippets.ts';
import { CALLABLE_NAMES } from '../../src/library/callable.ts';
import { parsePolicy } from '../../src/syntax/parse.ts';
import { SHAPES } from '../../src/syntax/shape.ts';
import { WORLD } from '../check/helpers.ts';
import { marked } from './helpers.ts';

function hover(text: string, name?: string): Hover | undefined {
  const { project, file, offset } = marked(text, name);
  return hoverAt(project, file, offset);
}

const FRAGMENT = `
/// What is won, <b>not</b> [paid](javascript:x).
kpi won_sales "Won *sales*" outcome lower is better = sum(deal.amount where is_won)
let half = won_sales / 2
role hunter { target won_sales 3_000 RUB
  gate (conversion else 0%) >= 5%
  bonus pay_out "Out" per quarter = ladder(won_sales) + min(1 RUB, 2 RUB) }
`;

/** The fragment with the pointer at a text of it. */
function at(text: string, more = ''): Hover | undefined {
  const whole = `${WORLD}${FRAGMENT}${more}`;
  const place = whole.lastIndexOf(text);
  return hover(`${whole.slice(0, place)}‸${whole.slice(place)}`);
}

describe('hover', () => {
  it.each<readonly [string, Partial<Hover>]>([
    ['won_sales "Won', { title: 'KPI won_sales', called: 'Won *sales*', type: 'RUB per month' }],
    [
      'won_sales / 2',
      {
        formula: 'sum(deal.amount where is_won)',
        note: expect.stringMatching(/^declared in p.merit, line \d+$/),
      },
    ],
    // plain text, whatever an author writes
    ['won_sales 3_000', { doc: 'What is won, <b>not</b> [paid](javascript:x).' }],
    ['amount where', { title: 'field amount of deal', type: 'RUB' }],
    ['is_won)', { type: 'yes or no', formula: 'status is won' }],
    ['conversion else', { type: 'percent each month, may be missing' }],
    ['pay_out', { title: 'bonus pay_out of hunter', called: 'Out', type: 'RUB per quarter' }],
    ['ladder(won', { title: 'rates ladder' }],
    ['sum(deal', { title: 'function sum', examples: ['sum(deal.amount where is_won)'] }],
    ['min(1', { doc: expect.any(String), examples: expect.arrayContaining(['min(3, 1/3, 2) is 1/3']) }],
    ['kpi won', { title: 'kpi', doc: 'a named indicator', note: 'in YAML: `kpis:`' }],
    ['target won', { doc: 'what is expected of a KPI', note: 'in YAML: `targets:`' }],
    ['gate (', { note: 'in YAML: `gates:`' }],
    ['is better', { title: 'lower is better', doc: 'less is better' }],
    ['outcome lower', { title: 'outcome' }],
    ['else 0%)', { doc: 'what it is where the value before is missing' }],
    ['per quarter', { title: 'per' }],
    ['3_000 RUB', { title: '3_000 RUB', doc: 'an amount in RUB, which has 2 decimals' }],
    ['5%\n  bonus', { title: 'percent 5%', doc: 'as a number 0.05' }],
  ])('%s', (text, wanted) => {
    expect(at(text)).toMatchObject(wanted);
  });

  it('says the days of dates and periods, and the length of durations', () => {
    const test = 'test "t" { person a { role hunter }\n expect a in 2026-Q1 { won_sales is 0 RUB } }\n';
    // the first quarter ends on the last day of March
    expect(at('2026-Q1', test)).toMatchObject({ doc: '1 Jan 2026 to 31 Mar 2026' });
    expect(at('2026-01-05', 'for person a from 2026-01-05 { target deals 5 }')).toMatchObject({
      // the first of January 2026 was a Thursday
      doc: 'Monday, 5 Jan 2026',
    });
    expect(at('4 hours', 'role b { target answer_time 4 hours }')).toMatchObject({ doc: '14_400 seconds' });
  });

  it('says the band that a line of a table makes', () => {
    // as WORLD has them: from 0 at 3%, from 1_000_000 at 5%; 80% is 50%, 100% is 100%
    expect(at('3%')?.note).toBe('tier 1 of ladder: from 0 RUB to below 1_000_000 RUB: 3% of what lies in it');
    expect(at('from 1_000_000 RUB')?.doc).toBe('from 1_000_000 RUB on: 5% of what lies in it');
    expect(at('50%\n')?.note).toBe('point 1 of standard: from 80% to 100%: straight from 50% to 100%');
  });

  it('says the same in YAML, of keys too', () => {
    const yaml =
      'policy: p\ncurrency: RUB\nkpis:\n  a:\n    doc: Hm.\n    kind: outcome\n    value: 5 RUB\n  b: a * 2\n';
    const of = (text: string) => hover(yaml.replace(text, `‸${text}`), 'p.yaml');
    expect(of('a * 2')).toMatchObject({
      title: 'KPI a',
      doc: 'Hm.',
      formula: '5 RUB',
      note: 'declared in p.yaml, line 4',
    });
    expect(of('kpis:')).toMatchObject({ doc: 'a named indicator', note: 'in the text form: `kpi`' });
    expect(of('kind:')).toMatchObject({ doc: 'outcome or operational' });
    expect(of('outcome')).toMatchObject({ title: 'outcome' });
    expect(of('5 RUB')).toMatchObject({ title: '5 RUB' });
    expect(of('2\n')).toMatchObject({ title: 'number 2' });
  });

  it('says what `to` is between days and times, and takes no part of a time for a number', () => {
    const work = (line: string) => hover(`${WORLD}calendar c { work ${line} }`);
    for (const line of ['monday t‸o friday 09:00 to 18:00', 'monday to friday 09:00 t‸o 18:00'])
      expect(work(line)).toMatchObject({ title: 'to', doc: expect.stringContaining('included') });
    expect(work('monday to friday 09:‸00 to 18:00')).toBeUndefined();
    expect(work('monday to friday ‸09:00 to 18:00')).toBeUndefined();
  });

  it('gives the row itself no type', () => {
    const rows = `${WORLD}event back { since 2026-01-01\n  id: text key, on: date posts, who: person owner, of_deal: deal\n}`;
    const text = rows.replace('  is_won', '  back_again = count(back of ‸this)\n  is_won');
    expect(hover(text)).not.toHaveProperty('type');
  });

  it('says nothing of blanks, signs and comments', () => {
    expect(hover('‸')).toBeUndefined();
    expect(hover('policy p ‸ {}')).toBeUndefined();
    expect(hover('// a co‸mment')).toBeUndefined();
  });
});

describe('signature help', () => {
  const help = (text: string, name?: string) => {
    const { project, file, offset } = marked(text, name);
    const found = signatureAt(project, file, offset);
    const shown = found?.signatures[found.active];
    const part = shown?.activePart === undefined ? undefined : shown.parts[shown.activePart];
    return shown && `${shown.label} » ${part ? shown.label.slice(...part) : ''}`;
  };
  it.each([
    ['sum(‸', 'sum(event.field where condition) » event.field'],
    ['sum(deal.amount where ‸)', 'sum(event.field where condition) » where condition'],
    ['sum(revenue each ‸', 'sum(x each month) » each month'],
    ['count(distinct deal.‸)', 'count(distinct event.field where condition) » distinct event.field'],
    ['round(revenue to 0.‸01)', 'round(x to step) » to step'],
    ['round(revenue to 1 half ‸', 'round(x to step) » to step'],
    ['percentile(call.length, ‸', 'percentile(event.field, 90% where condition) » 90%'],
    ['min(1, max(2, ‸', 'max(a, b, …) » b'],
    ['min(1, max(2, 3), ‸', 'min(a, b, …) » …'],
    ['ladder(‸)', 'ladder(x) » x'],
    ['ladder(revenue, after ‸', 'ladder(x, after y) » after y'],
    ['ladder.rate(‸', 'ladder.rate(x) » x'],
    ['standard(‸)', 'standard(x) » x'],
    ['ladder(revenue, ‸', 'ladder(x, after y) » after y'],
    ['convert(revenue, to EUR, ‸', 'convert(amount, to currency, at date) » at date'],
    ['revenue * (‸', undefined],
    ['sum(deal.amount) + ‸', undefined],
    ['nothing(‸', undefined],
  ])('%s', (text, wanted) => {
    expect(help(`${WORLD}kpi x = ${text}`)).toBe(wanted);
    const yaml = `policy: p\nkpis:\n  revenue: 5\n  x: ${text}\n`;
    if (!/^(?:ladder|standard)/.test(text)) expect(help(yaml, 'p.yaml')).toBe(wanted);
  });
});

describe('the tables behind', () => {
  it('say something of every function, and cut its signatures into parts', () => {
    for (const name of CALLABLE_NAMES) {
      const called = CALLABLES.get(name)!;
      expect(called.summary, name).toMatch(/\.$/);
      expect(called.examples.length, name).toBeGreaterThan(0);
      for (const each of called.signatures) expect(partsOf(each).length, each).toBeGreaterThan(0);
    }
  });

  it('say of each warning what its page says', () => {
    const folder = fileURLToPath(new URL('../../docs/errors/', import.meta.url));
    const pages = readdirSync(folder).filter((each) => /^M15\d\d\.md$/.test(each));
    const heads = pages.map((each) =>
      /^# (M\d+): (.*)/.exec(readFileSync(`${folder}${each}`, 'utf8'))!.slice(1, 3),
    );
    expect(LINTS).toEqual(heads.toSorted((a, b) => (a[0]! < b[0]! ? -1 : 1)));
  });

  it('begin declarations and clauses that can be read', () => {
    const filled = (snippet: string) => snippet.replace(/\$\{\d+:([^}]*)\}/g, '$1');
    for (const { word, clauses, equals } of SHAPES) {
      const snippet = declarationSnippet(word);
      expect(snippet, word).toBeDefined();
      const { diagnostics } = parsePolicy({ name: 'p.merit', text: filled(snippet!) });
      expect(diagnostics, word).toEqual([]);
      for (const clause of clauses) {
        if (clause.word === undefined || clause.word === '|') continue;
        const line = clauseSnippet(clause.key);
        expect(line, clause.key).toMatch(new RegExp(`^${clause.word}\\b`));
        const head = `${word} x${equals === undefined || clause.key === equals ? '' : ' = 1'}`;
        const text = `${head} {\n  ${filled(line!)}\n}`;
        const read = parsePolicy({ name: 'p.merit', text }).diagnostics.filter(
          ({ code }) => code === 'M1020',
        );
        const isHeadless = ['for', 'curve', 'rates', 'grid', 'person'].includes(word);
        if (!isHeadless) expect(read, text).toEqual([]);
      }
    }
  });
});
