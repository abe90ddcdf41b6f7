// Payroll rows as CSV (RFC 4180, lines ended by LF): amounts are plain decimals with all their digits, and text can't become
// a formula.

import { decimalPlaces, exact, fixedText } from '../base/exact.ts';
import { currencyDecimals } from '../base/unit.ts';
import { textCell } from './csv.ts';
import type { PayrollCell, PayrollTable } from './payroll.ts';

/** How cells are parted and numbers written: as English spreadsheets read them, or as those of most of Europe do. */
export type CsvStyle = 'comma' | 'semicolon';

/** The table as text. */
export function payrollCsv({ headings, rows }: PayrollTable, style: CsvStyle = 'comma'): string {
  const lines = [
    headings.map((each) => styled(each, style)),
    ...rows.map((cells) => cells.map((each) => cellText(each, style))),
  ];
  return lines.map((cells) => `${cells.join(style === 'comma' ? ',' : ';')}\n`).join('');
}

function cellText(cell: PayrollCell, style: CsvStyle): string {
  switch (cell.kind) {
    case 'text':
      return styled(cell.text, style);
    case 'amount': {
      const text = decimalText(cell);
      return style === 'comma' ? text : text.replace('.', ',');
    }
    case 'day':
      return cell.day;
    case 'empty':
      return '';
    default:
      return cell satisfies never;
  }
}

/** `textCell` quotes what holds a comma; a semicolon must be quoted where it parts cells. */
function styled(text: string, style: CsvStyle): string {
  const cell = textCell(text);
  return style === 'semicolon' && cell.includes(';') && !cell.startsWith('"') ? `"${cell}"` : cell;
}

/** An amount with its currency's decimals, or all that it has; what has no end stays a fraction. */
export function decimalText({ value, currency }: Extract<PayrollCell, { kind: 'amount' }>): string {
  const amount = exact(value);
  const places = decimalPlaces(amount);
  return places === undefined ? value : fixedText(amount, Math.max(places, currencyDecimals(currency)));
}
