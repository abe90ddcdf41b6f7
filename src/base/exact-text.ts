// Arithmetic on exact text, for whoever shows figures of results and works nothing else out.

import {
  add,
  compare,
  divide,
  exact,
  exactText,
  multiply,
  negate,
  parseExact,
  sign,
  subtract,
} from './exact.ts';

/** The sum of exact texts. */
export function sumOf(texts: readonly string[]): string {
  return exactText(texts.reduce((sum, each) => add(sum, exact(each)), exact('0')));
}

/** `a - b`. */
export function lessOf(a: string, b: string): string {
  return exactText(subtract(exact(a), exact(b)));
}

/** `a × b`. */
export function timesOf(a: string, b: string): string {
  return exactText(multiply(exact(a), exact(b)));
}

/** `a / b`; nothing where `b` is 0. */
export function partOf(a: string, b: string): string | undefined {
  const part = divide(exact(a), exact(b));
  return part && exactText(part);
}

/** The number with its sign turned. */
export function turned(text: string): string {
  return exactText(negate(exact(text)));
}

/** Below zero, zero or above zero as `a` is less than, equal to or greater than `b`. */
export function compareTexts(a: string, b: string): number {
  return compare(exact(a), exact(b));
}

/** -1, 0 or 1. */
export function signOfText(text: string): number {
  return sign(exact(text));
}

/** A number for pixels only: the double that is nearest to an exact text, or nothing where it is no number. */
export function pixelOf(text: string): number | undefined {
  const value = parseExact(text);
  if (!value) return undefined;
  return typeof value.num === 'number'
    ? value.num / (value.den as number)
    : ratioOf(value.num, BigInt(value.den));
}

/** A quotient of whole numbers that may be larger than any double. */
function ratioOf(num: bigint, den: bigint): number {
  const digits = 10n ** 17n;
  const whole = num / den;
  return Number(whole) + Number(((num - whole * den) * digits) / den) / 1e17;
}
