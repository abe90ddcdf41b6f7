// Payroll rows as a workbook: text in cells of text, which no spreadsheet runs, and amounts in cells of numbers wherever
// those hold them exactly.

import writeExcelFile, { type Cell } from 'write-excel-file/node';
import { parseDay } from '../base/date.ts';
import { currencyDecimals } from '../base/unit.ts';
import type { PayrollCell, PayrollTable } from './payroll.ts';
import { decimalText } from './payroll-csv.ts';

/** A workbook, and how many amounts have more digits than a number of a spreadsheet and stand there as text. */
export interface PayrollWorkbook {
  readonly bytes: Uint8Array;
  readonly asText: number;
}

/** How many digits a spreadsheet keeps of a number; a double of so many reads back as the same. */
const MOST_DIGITS = 15;
const MS_OF_DAY = 86_400_000;
const WIDTHS: Readonly<Record<PayrollCell['kind'], number>> = { text: 22, amount: 16, day: 12, empty: 12 };

/** The table as an .xlsx file with one sheet. */
export async function payrollXlsx({ headings, rows }: PayrollTable): Promise<PayrollWorkbook> {
  const heads = headings.map(
    (heading): Cell => ({ type: String, value: plain(heading), fontWeight: 'bold' }),
  );
  const cells = rows.map((row) => row.map(cellOf));
  const amounts = rows.flat().filter((each) => each.kind === 'amount');
  const columns = headings.map((_, at) => ({
    width: Math.max(WIDTHS.empty, ...rows.slice(0, 50).map((row) => WIDTHS[row[at]?.kind ?? 'empty'])),
  }));
  const file = writeExcelFile([heads, ...cells], { sheet: 'Payroll', columns });
  return {
    bytes: await file.toBuffer(),
    asText: amounts.filter((each) => numberOf(decimalText(each)) === undefined).length,
  };
}

function cellOf(cell: PayrollCell): Cell {
  switch (cell.kind) {
    case 'text':
      return { type: String, value: plain(cell.text) };
    case 'amount': {
      const text = decimalText(cell);
      const value = numberOf(text);
      if (value === undefined) return { type: String, value: text, align: 'right' };
      const places = Math.max(currencyDecimals(cell.currency), text.split('.')[1]?.length ?? 0);
      return { type: Number, value, format: places === 0 ? '#,##0' : `#,##0.${'0'.repeat(places)}` };
    }
    case 'day': {
      const day = parseDay(cell.day);
      return day === undefined
        ? { type: String, value: plain(cell.day) }
        : { type: Date, value: new Date(day * MS_OF_DAY), format: 'yyyy-mm-dd' };
    }
    case 'empty':
      return null;
    default:
      return cell satisfies never;
  }
}

/** The number that a spreadsheet would show with the same digits; nothing where it has too many. */
function numberOf(text: string): number | undefined {
  const digits = text.replace(/^-/, '').replace('.', '').replace(/^0+/, '');
  return /^[0-9]*$/.test(digits) && digits.length <= MOST_DIGITS ? Number(text) : undefined;
}

/** Signs that XML can't hold are written as escapes, and what a spreadsheet would read as one is kept as it is. */
function plain(text: string): string {
  return text
    .replace(/_(?=x[0-9a-f]{4}_)/gi, '_x005F_')
    .replace(/[\p{Cc}\p{Cs}\uFFFE\uFFFF]/gu, (sign) =>
      sign === '\n' || sign === '\t' ? sign : `\\u{${(sign.codePointAt(0) as number).toString(16)}}`,
    );
}
