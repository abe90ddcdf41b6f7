// Figures for programs that want numbers to go on with: exact text to a Decimal. Nothing that is paid, shown or compared
// passes through here; rounding is exact and lies in exact.ts.

import { Decimal } from 'decimal.js';

/** Significant digits of a fraction that doesn't end; a decimal that ends keeps all of its digits. */
export const DECIMAL_DIGITS = 40;

const Wide = Decimal.clone({ precision: DECIMAL_DIGITS, defaults: true });

/**
 * A figure of a Result (`12.5`, `1/3`) as a Decimal: exact where the decimal ends, else rounded half up at
 * `DECIMAL_DIGITS` significant digits. For arithmetic that must stay exact, keep the text.
 */
export function toDecimal(exactText: string): Decimal {
  const [num = '', den] = exactText.split('/');
  return den === undefined ? new Wide(num) : new Wide(num).div(den);
}

/** The plain decimal text of a Decimal of any copy of its library, or of a number by its shortest digits; else absent. */
export function decimalText(value: unknown): string | undefined {
  if (typeof value !== 'number' && !Decimal.isDecimal(value)) return undefined;
  const decimal = new Decimal(value as number | Decimal);
  return decimal.isFinite() ? decimal.toFixed() : undefined;
}
