import { describe, expect, it } from 'vitest';
import type { Result, Statement } from '../../src/model/result.ts';
import { RESULT_COLUMNS, rejectsCsv, resultCsv, textCell } from '../../src/report/csv.ts';
import { resultJson } from '../../src/report/json.ts';
import { csvRows } from './csv-rows.ts';
import { anna, percent, rub } from './sample.ts';

const [first] = anna.statements as [Statement];

function rowsOf(result: Result): readonly Record<string, string>[] {
  return csvRows(resultCsv(result));
}

describe('resultCsv', () => {
  it('has a row for each figure', () => {
    const clean = { ...anna, rejectsAllowed: false, statements: [{ ...first, roles: [first.roles[1]!] }] };
    const lead = '2026-01,anna,Анна Петрова,hunter,2026-01-16,2026-01-31';
    expect(resultCsv(clean).split('\n')).toEqual([
      'period,person,name,role,from,until,kind,item,value,exact,unit,target,target_to,attainment,status,note',
      `${lead},kpi,revenue,1200000,,RUB,1500000,,0.8,amber,`,
      `${lead},kpi,calls,260,,,300,,0.866666666667,amber,`,
      `${lead},kpi,answer_time,15120,,s,,,,,`,
      `${lead},score,score,0.646666666667,97/150,fraction,,,,,`,
      `${lead},gate,(conversion else 0%) >= 10%,failed,,,,,,,`,
      `${lead},gate,calls >= 100,passed,,,,,,,`,
      `${lead},bonus,commission,0,,RUB,,,,,`,
      `${lead},bonus,plan,19400,,RUB,,,,,`,
      `${lead},cap,cap,-4400,,RUB,,,,,`,
      `${lead},pay,total,15000,,RUB,,,,,`,
      '',
    ]);
  });

  it('has both ends of a band of targets', () => {
    const days = (value: string) => ({ value, type: { kind: 'duration' } }) as const;
    // 3 and 5 days of 86 400 seconds
    const kpis = [{ kpi: 'wait', actual: days('345600'), target: days('259200'), upTo: days('432000') }];
    const [row] = rowsOf({ ...anna, statements: [{ ...first, roles: [{ ...first.roles[1]!, kpis }] }] });
    expect([row?.value, row?.target, row?.target_to, row?.unit]).toEqual(['345600', '259200', '432000', 's']);
  });

  it('says in every row that rejected rows were left out', () => {
    const notes = rowsOf(anna).map((row) => row.note);
    expect(new Set(notes)).toEqual(new Set(['WITHOUT REJECTED ROWS (deal: 2)']));
  });

  it('reads back with any name, and never begins a text cell like a formula', () => {
    for (const name of [
      '=HYPERLINK("http://x")',
      '+1',
      '-1',
      '@sum',
      '\t=1',
      ' =1',
      'a,b',
      'a"b',
      'a\nb',
      '\r',
      '__proto__',
    ]) {
      const [row] = rowsOf({ ...anna, statements: [{ ...first, name, person: name }] });
      const guarded = /^\s*[=+\-@\t\r]/.test(name) ? `'${name}` : name;
      expect(row?.name).toBe(guarded);
      expect(row?.person).toBe(guarded);
      expect(Object.keys(row ?? {})).toEqual([...RESULT_COLUMNS]);
    }
  });

  it('leaves negative numbers alone and missing values empty', () => {
    const kpis = [
      { kpi: 'a', actual: rub('-12.50') },
      { kpi: 'b', actual: rub(null), attainment: 'top' },
      { kpi: 'c', actual: percent('-1/3') },
      { kpi: 'd', actual: { value: '-word', type: { kind: 'text' } } },
    ] as const;
    const rows = rowsOf({ ...anna, statements: [{ ...first, roles: [{ ...first.roles[1]!, kpis }] }] });
    expect(rows.slice(0, 4).map((row) => [row.value, row.exact, row.attainment])).toEqual([
      ['-12.50', '', ''],
      ['', '', 'top'],
      ['-0.333333333333', '-1/3', ''],
      ["'-word", '', ''],
    ]);
  });
});

describe('rejectsCsv', () => {
  it('has a row for each reject', () => {
    const data = { file: '=deals.csv', row: 17, column: 'amount' };
    expect(rejectsCsv([{ code: 'M2101', severity: 'error', message: '`a,b` is not a number', data }])).toBe(
      'file,row,column,code,message\n"\'=deals.csv",17,amount,M2101,"`a,b` is not a number"\n',
    );
  });
});

describe('textCell', () => {
  it('quotes what must be quoted', () => {
    expect(textCell('plain text')).toBe('plain text');
    expect(textCell('a "b"')).toBe('"a ""b"""');
    expect(textCell('')).toBe('');
  });
});

describe('resultJson', () => {
  it('is the Result, its layout named first, in one order of keys whatever order they came in', () => {
    const text = resultJson(anna);
    expect(JSON.parse(text)).toEqual(anna);
    expect(text).toMatch(/^\{\n {2}"formatVersion": 1,\n {2}"policy": \{/);
    const backwards = Object.fromEntries(Object.entries(anna).reverse()) as unknown as Result;
    expect(resultJson(backwards)).toBe(text);
  });

  it('prints safely', () => {
    const text = resultJson({ ...anna, policy: { name: '\u202e\u001b', currency: 'RUB' } });
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
    expect(JSON.parse(text).policy.name).toBe('\u202e\u001b');
  });
});
