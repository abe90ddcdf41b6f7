// merit.config.yaml: what it gives, and what it refuses.

import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../src/base/diagnostic.ts';
import { parseConfig } from '../../src/syntax/parse-config.ts';

const WHOLE = `policy: policy.merit
people: {file: people.csv}
data:
  deal:
    file: data/deals.csv
    format: csv
    columns: {id: opportunity_id, amount: close_value, __proto__: x}
    constants: {role: agent}
    delimiter: tab
    decimal: ","
    thousands: " "
    percents: fractions
  account_care: data/care.csv
  __proto__: b.csv
  constructor: c.ndjson
period: 2026-01
`;

function read(text: string) {
  return parseConfig({ name: 'merit.config.yaml', text });
}

/** Each message's code and the text that it marks. */
function found(text: string): readonly string[] {
  return read(text).diagnostics.map(({ code, span }) => `${code} ${text.slice(span!.start, span!.end)}`);
}

describe('a configuration', () => {
  it('gives the policy, the period and a source for each name', () => {
    const { value, diagnostics } = read(WHOLE);
    expect(diagnostics).toEqual([]);
    expect([value.policy?.path, value.period]).toEqual(['policy.merit', '2026-01']);
    expect(value.sources.map(({ name, file }) => [name, file])).toEqual([
      ['person', 'people.csv'],
      ['deal', 'data/deals.csv'],
      ['account_care', 'data/care.csv'],
      ['__proto__', 'b.csv'],
      ['constructor', 'c.ndjson'],
    ]);
    const deal = value.sources[1]!;
    expect(deal.format).toBe('csv');
    expect([...deal.columns]).toEqual([
      ['id', 'opportunity_id'],
      ['amount', 'close_value'],
      ['__proto__', 'x'],
    ]);
    expect([...deal.constants]).toEqual([['role', 'agent']]);
    expect(deal.dialect).toEqual({ delimiter: '\t', decimal: ',', thousands: ' ', percents: 'fractions' });
    expect(WHOLE.slice(deal.span.start, deal.span.end)).toBe('deal');
    expect(WHOLE.slice(deal.fileSpan.start, deal.fileSpan.end)).toBe('data/deals.csv');
  });

  it('names tables of a database, which is a variable or a file', () => {
    const { value, diagnostics } = read(
      'database: SALES_DB\ndata: {deal: {table: \'sales."Deals"\', columns: {a: b}}, rates: rates.csv}',
    );
    expect(diagnostics).toEqual([]);
    expect(value.database).toEqual({ variable: 'SALES_DB' });
    expect(value.sources.map(({ file, isTable }) => [file, isTable])).toEqual([
      ['sales."Deals"', true],
      ['rates.csv', undefined],
    ]);
    expect(read('database: data/facts.duckdb').value.database).toMatchObject({
      file: { path: 'data/facts.duckdb' },
    });
  });

  it('never repeats an address', () => {
    for (const address of ['postgres://reader:secret@host/sales', 'host=db password=secret', '[secret]']) {
      const { value, diagnostics } = read(`database: ${address}`);
      expect(JSON.stringify([value, diagnostics])).not.toContain('secret');
      expect(diagnostics.map(({ code, span }) => [code, span?.start])).toEqual([
        address.startsWith('[') ? ['M1065', 10] : ['M2076', undefined],
      ]);
    }
  });

  it('may be empty', () => {
    for (const text of ['', '# nothing\n', '{}', '---\n'])
      expect(read(text)).toEqual({ value: { sources: [] }, diagnostics: [] });
  });

  it.each([
    ['polisy: x', 'M1064 polisy'],
    ['__proto__: x', 'M1064 __proto__'],
    ['x', 'M1065 x'],
    ['data: 5', 'M1065 5'],
    ['people: [a]', 'M1065 [a]'],
    ['data: {d: {file: [a]}}', 'M1065 [a]'],
    ['data: {d: {columns: {a: b}}}', 'M2074 d'],
    ['data: {d: {file: a.csv, table: a}}', 'M2075 table'],
    ['database: ../facts.duckdb', 'M2070 ../facts.duckdb'],
    ['data: {d: {file: a.csv, formt: csv}}', 'M1064 formt'],
    ['data: {d: {file: a.csv, format: xls}}', 'M1066 xls'],
    ['data: {d: {file: a.csv, delimiter: ".."}}', 'M1066 ".."'],
    ['data: {d: {file: a.csv, columns: {a: [b]}}}', 'M1065 [b]'],
    ['data: {d: a.csv, d: b.csv}', 'M1062 d'],
    ['data: {d: &x a.csv}', 'M1061 &x'],
    ['data: {d: !!str a.csv}', 'M1061 !!str'],
    ['period: 2026-13', 'M3004 2026-13'],
    ['period: 2026-01..', 'M3004 2026-01..'],
    ['period: 2026-01..2026-02..2026-03', 'M3004 2026-01..2026-02..2026-03'],
    ['period: January', 'M3004 January'],
  ])('refuses %s', (text, message) => expect(found(text)).toEqual([message]));

  it.each([
    '2026',
    '2026-Q1',
    '2026-01',
    '2026-W05',
    '2026-01-31',
    '2021..2025',
    '2026-01..2026-06',
    'retail-2026-01',
    'retail-2026-Q1..retail-2026-Q2',
  ])('takes the period %s', (period) => {
    const { value, diagnostics } = read(`period: ${period}`);
    expect([value.period, diagnostics]).toEqual([period, []]);
  });

  it('says where closed periods are kept, and whether they need an approval', () => {
    const { value, diagnostics } = read('ledger: closed/pay.duckdb\nclose:\n  approval: required\n');
    expect(diagnostics).toEqual([]);
    expect([value.ledger?.path, value.approvalRequired]).toEqual(['closed/pay.duckdb', true]);
    const nothing = read('close: {}').value;
    expect([nothing.ledger, nothing.approvalRequired]).toEqual([undefined, undefined]);
    expect(found('ledger: ../pay.duckdb')).toEqual(found('policy: ../pay.duckdb'));
    expect(found('close: required')).toHaveLength(1);
    const [unknown] = read('close: {aproval: required}').diagnostics;
    expect(unknown?.help).toContain('approval');
    const [word] = read('close: {approval: yes}').diagnostics;
    expect(word?.help).toContain('required');
  });

  it('says of a period what the command says of its flag', () => {
    const [{ message, help }] = read('period: 2026-13').diagnostics as [Diagnostic];
    expect(message).toBe("`2026-13` isn't a period");
    expect(help).toBe(
      'write `2026-01`, `2026-Q1`, `2026`, `2026-W05`, `2026-01-31`, or a range `2026-01..2026-06`',
    );
  });

  it('leaves out the source that is wrong and keeps the others', () => {
    const { value, diagnostics } = read('data: {a: ../x, b: b.csv, c: {file: c.csv, nope: 1}}');
    expect(diagnostics).toHaveLength(2);
    expect(value.sources.map(({ name }) => name)).toEqual(['b']);
  });
});

describe('paths', () => {
  const bad = [
    '/etc/passwd',
    '~/x.csv',
    'C:/x.csv',
    'C:\\x.csv',
    '\\\\host\\x',
    '..',
    '../x.csv',
    'a/../b.csv',
    'a/..',
    'http://x/y.csv',
    's3://b/k',
    'file:x.csv',
    'data:text/csv,x',
    'a\\b.csv',
    'a*.csv',
    'a?.csv',
    'a[1].csv',
    'a{1,2}.csv',
    '',
    'x\0.csv',
  ];
  it.each(bad)('%j is refused', (path) => {
    for (const key of ['policy', 'people']) {
      const { value, diagnostics } = read(`${key}: ${JSON.stringify(path)}`);
      expect(diagnostics.map(({ code }) => code)).toEqual(['M2070']);
      expect(value).toEqual({ sources: [] });
    }
  });

  it.each(['x.csv', './x.csv', 'a/b/c.csv', 'a..b.csv', 'данные/сделки.csv', 'with space.csv'])(
    '%j is taken',
    (path) => {
      expect(read(`people: ${JSON.stringify(path)}`).value.sources[0]!.file).toBe(path);
    },
  );
});
