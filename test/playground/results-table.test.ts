// The table of results: its rows and columns, sorted, filtered and added up; figures as results.ts works them out.

import { describe, expect, it } from 'vitest';
import { seenRows } from '../../playground/src/results/seen-rows.ts';
import {
  choicesOf,
  columnName,
  columnsOf,
  payRows,
  rowsOf,
  sortedRows,
  totalsByRole,
  totalsOf,
  wantedRows,
} from '../../playground/src/results/table.ts';
import { marchResult } from './results.ts';

const march = await marchResult();
const rows = rowsOf(march, '2026-03');

describe('rows', () => {
  it('are one for each role held, with pay that adds up to the lines', () => {
    // Anna: 105 + 200 - 5 of the cap + 50 for the award; Boris: nothing; Vera: 24 + 100
    expect(rows.map(({ person, role, total }) => [person, role, total])).toEqual(
      [
        ['anna', 'seller', '350.00'],
        ['boris', 'seller', '0.00'],
        ['vera', 'junior', '124.00'],
      ].map(([person, role, total]) => [person, role, String(Number(total))]),
    );
    expect(Object.fromEntries(rows[0]!.lines)).toEqual({
      'bonus commission': '105',
      'bonus plan': '200',
      'cap cap': '-5',
      'award best': '50',
    });
  });

  it('are those that are wanted', () => {
    const names = (wanted: Parameters<typeof wantedRows>[1]) =>
      wantedRows(rows, wanted).map((each) => each.person);
    expect(names({})).toEqual(['anna', 'boris', 'vera']);
    expect(names({ role: 'seller' })).toEqual(['anna', 'boris']);
    expect(names({ team: 'North' })).toEqual(['anna', 'vera']);
    expect(names({ text: ' NN' })).toEqual(['anna']);
    expect(names({ role: 'junior', team: 'South' })).toEqual([]);
  });

  it('are sorted by figures as figures, and what has none comes last either way', () => {
    const by = (column: string, down: boolean) =>
      sortedRows(rows, { column, down }).map((each) => each.person);
    expect(by('kpi revenue', false)).toEqual(['boris', 'vera', 'anna']);
    expect(by('kpi revenue', true)).toEqual(['anna', 'vera', 'boris']);
    expect(by('name', true)).toEqual(['vera', 'boris', 'anna']);
    expect(by('line cap cap', true)[0]).toBe('anna');
    expect(by('line award best', false)[0]).toBe('anna');
    expect(by('score', true)).toEqual(['anna', 'vera', 'boris']);
  });
});

describe('columns', () => {
  it('of one role are its KPIs, score and lines of pay', () => {
    const sellers = wantedRows(rows, { role: 'seller' });
    expect(columnsOf(march, sellers, 'seller').map(columnName)).toEqual([
      'name',
      'team',
      'kpi revenue',
      'score',
      'line bonus commission',
      'line bonus plan',
      'line cap cap',
      'line award best',
      'total',
    ]);
  });

  it('of several are what all have', () => {
    expect(columnsOf(march, rows).map(columnName)).toEqual(['name', 'role', 'team', 'score', 'total']);
  });
});

describe('totals', () => {
  it('are of each line and of each role', () => {
    expect(totalsOf(rows).total).toBe('474');
    expect(totalsOf(rows).lines.get('bonus commission')).toBe('129');
    expect(totalsByRole(rows)).toEqual([
      { role: 'seller', title: 'Sells', people: 2, total: '350' },
      { role: 'junior', people: 1, total: '124' },
    ]);
  });

  it('of several periods stand side by side', async () => {
    // February: Anna sells for 1,000: 30, 200 of the plan, 50 for the award
    const all = payRows(await marchResult('2026-Q1'));
    const anna = all.find((each) => each.person === 'anna')!;
    expect(anna.pay.get('2026-02')).toBe('280');
    expect(anna.pay.get('2026-03')).toBe('350');
    expect(anna.total).toBe('630');
    expect(all.find((each) => each.person === 'vera')!.pay.has('2026-02')).toBe(false);
  });
});

describe('choices', () => {
  it('are the roles and teams that there are', () => {
    expect(choicesOf(march)).toEqual({
      roles: [{ role: 'seller', title: 'Sells' }, { role: 'junior' }],
      teams: ['North', 'South'],
    });
  });
});

describe('rows of a long table', () => {
  it('are drawn where they are seen, with some beside', () => {
    // 5,000 rows of 30 pixels, scrolled to the 100th, 10 of them seen
    expect(seenRows(5000, 30, { top: 3000, height: 300 })).toEqual({
      first: 88,
      last: 122,
      above: 2640,
      below: 146_340,
    });
  });

  it('are all drawn where they are few, and none is past the end', () => {
    expect(seenRows(3, 30, { top: 0, height: 600 })).toEqual({ first: 0, last: 3, above: 0, below: 0 });
    expect(seenRows(0, 30, { top: 90, height: 600 })).toEqual({ first: 0, last: 0, above: 0, below: 0 });
    const short = seenRows(40, 30, { top: 90_000, height: 600 });
    expect(short.first).toBeLessThanOrEqual(short.last);
    expect(short.above + short.below + (short.last - short.first) * 30).toBe(1200);
  });
});
