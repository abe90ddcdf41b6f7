// Files for payroll: rows that come to what is payable, cells of their types, and nothing that a spreadsheet would run.

import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { createMemoryBackend } from '../../src/backend/memory.ts';
import { add, compare, exact, ZERO } from '../../src/base/exact.ts';
import { run } from '../../src/engine.ts';
import type { Result } from '../../src/model/result.ts';
import { type PayrollCell, type PayrollTable, payrollTable } from '../../src/report/payroll.ts';
import { payrollCsv } from '../../src/report/payroll-csv.ts';
import { payrollXlsx } from '../../src/report/payroll-xlsx.ts';
import { csvRows } from './csv-rows.ts';
import { hostile } from './hostile.ts';
import { anna } from './sample.ts';

const { model, sources } = hostile();
const backend = createMemoryBackend({ readFile: () => Promise.reject(new Error('no files here')) });
const { value } = await run({ model, sources, period: '2026-02' }, backend);
const result = value as Result;

const rub = (amount: string): PayrollCell => ({ kind: 'amount', value: amount, currency: 'RUB' });
const text = (said: string): PayrollCell => ({ kind: 'text', text: said });
const table = (...rows: PayrollTable['rows']): PayrollTable => ({ headings: ['cell'], rows });

describe('payroll rows', () => {
  it('come to what is payable', () => {
    const rows = csvRows(payrollCsv(payrollTable(result)));
    for (const { person, pay } of result.statements) {
      const id = (cell: string) => cell.replace(/^'/, '');
      const sum = rows
        .filter((each) => id(each.person ?? '') === person)
        .reduce((all, each) => add(all, exact(each.amount ?? '')), ZERO);
      expect(compare(sum, exact(pay)), person).toBe(0);
    }
  });

  it('have the columns that are asked for, in their order', () => {
    const columns = [
      { heading: 'Табельный №', field: 'person' },
      { heading: 'Сумма', field: 'amount' },
    ] as const;
    const clean = { ...result, statements: result.statements.filter((each) => each.person === 'anna') };
    // 5,000 × 3% + 3,000 × 5%, and half of 1,000
    expect(payrollCsv(payrollTable(clean, { columns }))).toBe(
      'Табельный №,Сумма\nanna,300.00\nanna,500.00\n',
    );
    expect(payrollCsv(payrollTable(clean, { columns }), 'semicolon')).toBe(
      'Табельный №;Сумма\nanna;300,00\nanna;500,00\n',
    );
  });

  it('say that rejected rows were left out, whatever columns are asked for', () => {
    const { headings, rows } = payrollTable(anna, { columns: [{ heading: 'Id', field: 'person' }] });
    expect(headings).toEqual(['Id', 'note']);
    expect(rows[0]?.[1]).toMatchObject({ text: expect.stringContaining('WITHOUT REJECTED ROWS') });
  });

  it('name lines without a title in the language', () => {
    const columns = [{ heading: 'title', field: 'title' }] as const;
    const titles = payrollTable(anna, { columns, language: 'ru' }).rows.map(([cell]) => cell);
    expect(titles).toContainEqual(text('Предел'));
  });
});

describe('payroll as CSV', () => {
  it.each(['=1+1', '+7', '-7', '@SUM(A1)', '\t=1', '\r=1', ' =1', '＝1'])('makes %j no formula', (said) => {
    expect(payrollCsv(table([text(said)]))).toBe(`cell\n"'${said}"\n`);
  });

  it('quotes what would part cells', () => {
    expect(payrollCsv(table([text('a;b')]), 'semicolon')).toBe('cell\n"a;b"\n');
    expect(payrollCsv(table([text('a,"b"')]))).toBe('cell\n"a,""b"""\n');
  });

  it('has all digits of an amount', () => {
    const amounts = ['-4400', '0.1', '12345678901234567890.12', '1/3'];
    expect(payrollCsv(table(...amounts.map((each) => [rub(each)])))).toBe(
      'cell\n-4400.00\n0.10\n12345678901234567890.12\n1/3\n',
    );
  });
});

describe('payroll as a workbook', () => {
  /** The cells below the heading, as the file has them: `s:` text, `n:` a number. */
  async function cellsOf(rows: PayrollTable['rows']) {
    const { bytes, asText } = await payrollXlsx(table(...rows));
    const files = unzipSync(bytes);
    const part = (name: string) => strFromU8(files[name] as Uint8Array);
    const sheet = part('xl/worksheets/sheet1.xml');
    const strings = [...part('xl/sharedStrings.xml').matchAll(/<si><t[^>]*>([\s\S]*?)<\/t><\/si>/g)].map(
      (each) => each[1] as string,
    );
    const cells = [...sheet.matchAll(/<c r="A(\d+)"([^>]*?)(?:\/>|>([\s\S]*?)<\/c>)/g)]
      .filter(([, row]) => row !== '1')
      .map(([, , attributes = '', content = '']) => {
        const shown = /<v>(.*?)<\/v>/.exec(content)?.[1] ?? '';
        return attributes.includes('t="s"') ? `s:${strings[Number(shown)]}` : `n:${shown}`;
      });
    return { sheet, cells, asText, styles: part('xl/styles.xml') };
  }

  it('has amounts as numbers where these hold them, else as text', async () => {
    const amounts = ['13554.28', '-4400', '0', '9999999999999.99', '12345678901234.56', '1/3'];
    const { cells, asText, styles } = await cellsOf(amounts.map((each) => [rub(each)]));
    // 15 digits are a number still, 16 aren't
    expect(cells).toEqual([
      'n:13554.28',
      'n:-4400',
      'n:0',
      'n:9999999999999.99',
      's:12345678901234.56',
      's:1/3',
    ]);
    expect(asText).toBe(2);
    expect(styles).toContain('formatCode="#,##0.00"');
  });

  it('has days as days', async () => {
    const { cells } = await cellsOf([
      [{ kind: 'day', day: '2026-06-01' }],
      [{ kind: 'day', day: '1900-03-01' }],
    ]);
    // days since 1899-12-30: 46,174 until 2026-06-01, and 61 until 1900-03-01
    expect(cells).toEqual(['n:46174', 'n:61']);
  });

  it('has text as text, whatever it looks like', async () => {
    const said = [
      '=HYPERLINK("http://evil.example")',
      '+7',
      '@SUM(A1)',
      '007',
      '<b>&</b>',
      'a\u0007b',
      '_x0041_',
    ];
    const { cells, sheet } = await cellsOf(said.map((each) => [text(each)]));
    expect(sheet).not.toContain('<f>');
    expect(cells).toEqual([
      's:=HYPERLINK("http://evil.example")',
      's:+7',
      's:@SUM(A1)',
      's:007',
      's:&lt;b&gt;&amp;&lt;/b&gt;',
      's:a\\u{7}b',
      's:_x005F_x0041_',
    ]);
  });
});
