// What a line of the policy paid: found by the cursor, read off the statements. Figures as results.ts works them out.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { paidBy } from '../../playground/src/results/paid-by.ts';
import { spanOfPlace, spansOf } from '../../playground/src/results/places.ts';
import { lineAt, lineLabel, policyLines } from '../../playground/src/results/policy-lines.ts';
import { compile, openBackend, run, textSource } from '../../src/browser-engine.ts';
import { modelOf } from '../evaluate/run-policy.ts';
import { marchResult, POLICY } from './results.ts';

const HEAD = 'policy small { currency RUB\n timezone "Europe/Moscow"\n period month }\n';
const text = HEAD + POLICY;
const lines = policyLines([modelOf(text)]);
const march = await marchResult();

/** The line of the policy at the first place of these words. */
function at(words: string) {
  const start = text.indexOf(words);
  expect(start).toBeGreaterThanOrEqual(0);
  return lineAt(lines, text, { source: 'policy.merit', start })!;
}

/** Whom a line paid, and how much, in short. */
function paid(words: string) {
  const { says, total, rows } = paidBy(march, at(words), '2026-03');
  return { says, total, rows: rows.map(({ person, amount }) => [person, amount]) };
}

describe('the line under the cursor', () => {
  it('is a declaration by any place of its own', () => {
    expect(at('"Commission"').kind).toBe('bonus');
    expect(at('kpi revenue').kind).toBe('kpi');
    expect(at('sum(deal.amount)')).toMatchObject({ kind: 'kpi', name: 'revenue', title: 'Revenue' });
    expect(at('100% on plan_curve')).toMatchObject({ kind: 'score line', name: 'revenue' });
    expect(lineLabel(at('from 1_000 RUB'))).toBe('ladder: from 1_000 RUB: 5%');
    expect(at('rates ladder')).toMatchObject({ kind: 'table', name: 'ladder' });
  });

  it('has the roles that take it over', () => {
    expect(at('bonus commission').roles).toEqual(['base', 'seller', 'junior']);
    expect(at('cap 300 RUB').roles).toEqual(['seller']);
  });

  it('is none where nothing is measured or paid', () => {
    expect(
      lineAt(lines, text, { source: 'policy.merit', start: text.indexOf('since 2026') }),
    ).toBeUndefined();
    expect(lineAt(lines, text, { source: 'other.merit', start: 0 })).toBeUndefined();
  });
});

describe('what a line paid', () => {
  it('of a bonus: whom and how much, and who went without', () => {
    // 105 + 24; the gate keeps Boris's 12
    expect(paid('bonus commission')).toEqual({
      says: 'paid',
      total: '129',
      rows: [
        ['anna', '105'],
        ['vera', '24'],
        ['boris', '0'],
      ],
    });
    expect(paidBy(march, at('bonus commission'), '2026-03').rows[2]!.note).toBe('gate');
  });

  it('of a cap and an award', () => {
    expect(paid('cap 300 RUB')).toMatchObject({ says: 'paid', total: '-5', rows: [['anna', '-5']] });
    expect(paid('award best')).toMatchObject({ total: '50' });
  });

  it('of a gate: what it kept back', () => {
    expect(paid('gate revenue')).toEqual({
      says: 'kept back',
      total: '12',
      rows: [
        ['boris', '12'],
        ['anna', '0'],
        ['vera', '0'],
      ],
    });
  });

  it('of a tier: what lies in it, of those whose line is paid', () => {
    // 1,000 × 3% of Anna, 800 × 3% of Vera; Boris's 12 aren't paid
    expect(paid('from 0 RUB:     3%')).toMatchObject({ says: 'worked out', total: '54' });
    expect(paid('from 1_000 RUB: 5%')).toEqual({ says: 'worked out', total: '75', rows: [['anna', '75']] });
  });

  it('of a KPI, a target and a point: what was measured, person by person', () => {
    const revenue = paidBy(march, at('kpi revenue'), '2026-03');
    expect(revenue.rows.map(({ person, value }) => [person, value !== 'top' && value?.value])).toEqual([
      ['anna', '2500'],
      ['boris', '400'],
      ['vera', '800'],
    ]);
    expect(revenue).toMatchObject({ says: 'measured', people: 3 });
    expect(paidBy(march, at('target revenue'), '2026-03').rows).toHaveLength(3);
    const point = paidBy(march, at('80%:       50%'), '2026-03');
    expect(point.rows.map(({ person, beside }) => [person, beside !== 'top' && beside?.value])).toEqual([
      ['vera', '0.5'],
    ]);
  });

  it('is nothing in a period without statements', () => {
    expect(paidBy(march, at('bonus commission'), '2027-01')).toEqual({
      says: 'paid',
      rows: [],
      total: '0',
      people: 0,
    });
  });
});

describe('the sales example, as its case.md works it out', () => {
  it('pays Boris no commission in July, and Anna hers by tiers in February', async () => {
    const folder = fileURLToPath(new URL('../../examples/sales-department/', import.meta.url));
    const source = { name: 'policy.merit', text: readFileSync(`${folder}policy.merit`, 'utf8') };
    const model = compile([source]).value!;
    const files = {
      person: 'people',
      deal: 'deals',
      call: 'calls',
      meeting: 'meetings',
      request: 'requests',
      survey: 'surveys',
      account_care: 'account_care',
      market: 'market',
    };
    const sources = Object.entries(files).map(([name, file]) =>
      textSource(name, `${file}.csv`, readFileSync(`${folder}data/${file}.csv`, 'utf8')),
    );
    const resultOf = async (period: string) => {
      const backend = openBackend();
      const { value } = await run({ model, sources, period }, backend);
      await backend.close();
      return value!;
    };
    const all = policyLines([model]);
    const [february, july] = [await resultOf('2026-02'), await resultOf('2026-07')];
    const rowOf = (period: typeof july, kind: string, name: string, person: string, which = 0) => {
      const line = all.filter((each) => each.kind === kind && each.name === name)[which]!;
      return paidBy(period, line, period.periods[0]!).rows.find((each) => each.person === person);
    };
    expect(rowOf(february, 'bonus', 'commission', 'anna')!.amount).toBe('51984.64');
    // 1,000,000 × 3%, then 439,692.77 × 5%
    expect(rowOf(february, 'tier', 'ladder', 'anna', 0)!.amount).toBe('30000');
    expect(rowOf(february, 'tier', 'ladder', 'anna', 1)!.amount).toBe('21984.6385');
    expect(rowOf(july, 'bonus', 'commission', 'boris')).toMatchObject({ amount: '0', note: 'gate' });
    // 584,200.64 × 3%
    expect(rowOf(july, 'gate', '(conversion else 0%) >= 40%', 'boris')!.amount).toBe('17526.0192');
  });
});

describe('places of an explanation', () => {
  const policy = [{ name: 'a.merit', text: 'policy a {\r\n  title "Ω😀"   cap 5\r\n}\n' }];

  it('go to the end of their row of text, counted in characters', () => {
    expect(spanOfPlace(policy, { file: 'a.merit', line: 2, column: 3 })).toEqual({
      source: 'a.merit',
      start: 14,
      end: 33,
    });
    // the smiling face is one character and two units of UTF-16: column 15 is the `c` of cap
    const { start, end } = spanOfPlace(policy, { file: 'a.merit', line: 2, column: 16 })!;
    expect(policy[0]!.text.slice(start, end)).toBe('cap 5');
  });

  it('that are not there mark nothing, and each row is marked once', () => {
    expect(spanOfPlace(policy, { file: 'b.merit', line: 1, column: 1 })).toBeUndefined();
    expect(spanOfPlace(policy, { file: 'a.merit', line: 9, column: 1 })).toBeUndefined();
    const place = { file: 'a.merit', line: 1, column: 1 };
    expect(spansOf(policy, [place, undefined, place])).toHaveLength(1);
  });
});
