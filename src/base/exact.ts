// Exact rational numbers: every figure from the input cell to the payslip is one. A number whose numerator and
// denominator are safe integers is held as two doubles (the fast path); any other as two BigInts.

import { type Diagnostic, InternalError, RunError } from './diagnostic.ts';

/**
 * An exact fraction in lowest terms, denominator above zero.
 *
 * INVARIANT: `num` and `den` are both `number` when both are safe integers, else both `bigint`; so two equal
 * fractions have equal fields.
 */
export interface Exact {
  readonly num: number | bigint;
  readonly den: number | bigint;
}

/** How `roundTo` treats what lies between two steps; `half up` is away from zero. */
export type RoundingMode = 'half up' | 'half even' | 'down' | 'floor' | 'ceil';

const LIMIT = Number.MAX_SAFE_INTEGER;
const BIG_LIMIT = BigInt(LIMIT);

export const ZERO: Exact = { num: 0, den: 1 };
export const ONE: Exact = { num: 1, den: 1 };

/** A whole number; it must be a safe integer or a bigint. */
export function whole(value: number | bigint): Exact {
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw new InternalError(`not a safe whole number: ${value}`);
    return { num: value === 0 ? 0 : value, den: 1 };
  }
  return pack(value, 1n);
}

/** The fraction `num / den` in lowest terms; a zero `den` is a fault of the caller. */
export function fraction(num: number | bigint, den: number | bigint): Exact {
  if (
    typeof num === 'number' &&
    typeof den === 'number' &&
    Number.isSafeInteger(num) &&
    Number.isSafeInteger(den)
  ) {
    return small(num, den);
  }
  return big(BigInt(num), BigInt(den));
}

export function add(a: Exact, b: Exact): Exact {
  if (typeof a.num === 'number' && typeof b.num === 'number') {
    const aDen = a.den as number;
    const bDen = b.den as number;
    if (aDen === 1 && bDen === 1) {
      const sum = a.num + b.num;
      if (sum <= LIMIT && sum >= -LIMIT) return { num: sum, den: 1 };
    }
    const left = a.num * bDen;
    const right = b.num * aDen;
    const sum = left + right;
    const den = aDen * bDen;
    if (isSafe(left) && isSafe(right) && isSafe(sum) && isSafe(den)) return small(sum, den);
  }
  const aDen = BigInt(a.den);
  const bDen = BigInt(b.den);
  return big(BigInt(a.num) * bDen + BigInt(b.num) * aDen, aDen * bDen);
}

export function negate(a: Exact): Exact {
  return a.num === 0 ? a : { num: -a.num, den: a.den };
}

export function subtract(a: Exact, b: Exact): Exact {
  return add(a, negate(b));
}

export function multiply(a: Exact, b: Exact): Exact {
  if (typeof a.num === 'number' && typeof b.num === 'number') {
    const num = a.num * b.num;
    const den = (a.den as number) * (b.den as number);
    if (isSafe(num) && isSafe(den)) return small(num, den);
  }
  return big(BigInt(a.num) * BigInt(b.num), BigInt(a.den) * BigInt(b.den));
}

/** `a / b`; `undefined` (missing) when `b` is zero. */
export function divide(a: Exact, b: Exact): Exact | undefined {
  if (isZero(b)) return undefined;
  const negative = b.num < 0;
  return multiply(a, negative ? { num: -b.den, den: -b.num } : { num: b.den, den: b.num });
}

/** Below zero, zero or above zero as `a` is less than, equal to or greater than `b`. */
export function compare(a: Exact, b: Exact): number {
  if (typeof a.num === 'number' && typeof b.num === 'number') {
    const left = a.num * (b.den as number);
    const right = b.num * (a.den as number);
    if (isSafe(left) && isSafe(right)) return left < right ? -1 : left > right ? 1 : 0;
  }
  const left = BigInt(a.num) * BigInt(b.den);
  const right = BigInt(b.num) * BigInt(a.den);
  return left < right ? -1 : left > right ? 1 : 0;
}

export function equals(a: Exact, b: Exact): boolean {
  return a.num === b.num && a.den === b.den;
}

export function isZero(a: Exact): boolean {
  return a.num === 0;
}

/** -1, 0 or 1. */
export function sign(a: Exact): number {
  return a.num < 0 ? -1 : a.num > 0 ? 1 : 0;
}

export function absolute(a: Exact): Exact {
  return a.num < 0 ? negate(a) : a;
}

export function least(a: Exact, b: Exact): Exact {
  return compare(a, b) <= 0 ? a : b;
}

export function greatest(a: Exact, b: Exact): Exact {
  return compare(a, b) >= 0 ? a : b;
}

/** The multiple of `step` (above zero) that `mode` picks for `value`; rounding happens once, on the exact value. */
export function roundTo(value: Exact, step: Exact, mode: RoundingMode): Exact {
  if (sign(step) <= 0) throw new InternalError('a rounding step is above zero');
  const steps = divide(value, step) as Exact;
  const num = BigInt(steps.num);
  const den = BigInt(steps.den);
  if (den === 1n) return value;
  let down = num / den;
  if (num < 0n) down -= 1n; // den is above 1, so the quotient isn't whole: this is the floor
  const rest = num - down * den; // 0 < rest < den
  return multiply(pack(down + (roundsUp(mode, down, rest * 2n - den, num < 0n) ? 1n : 0n), 1n), step);
}

/** Whether the floor `down` goes up by one step; `half` is the rest's sign against one half. */
function roundsUp(mode: RoundingMode, down: bigint, half: bigint, negative: boolean): boolean {
  switch (mode) {
    case 'floor':
      return false;
    case 'ceil':
      return true;
    case 'down':
      return negative;
    case 'half up':
      return half > 0n || (half === 0n && !negative);
    case 'half even':
      return half > 0n || (half === 0n && down % 2n !== 0n);
  }
}

/** Reads `-12.50`, `7`, `1/3` or `0.5/3`, digits only, no exponent; `undefined` for any other text. */
export function parseExact(text: string): Exact | undefined {
  const slash = text.indexOf('/');
  if (slash >= 0) {
    const num = parseExact(text.slice(0, slash));
    const den = parseExact(text.slice(slash + 1));
    return num && den && divide(num, den);
  }
  const match = /^([+-]?)([0-9]+)(?:\.([0-9]+))?$/.exec(text);
  if (!match) return undefined;
  const [, sgn, before = '', after = ''] = match;
  const digits = before + after;
  const negative = sgn === '-';
  if (digits.length <= 15) {
    const value = Number(digits);
    return small(negative && value !== 0 ? -value : value, 10 ** after.length);
  }
  const value = BigInt(digits);
  return big(negative ? -value : value, 10n ** BigInt(after.length));
}

/** As `parseExact`, for text that is known to be a number. */
export function exact(text: string): Exact {
  const value = parseExact(text);
  if (!value) throw new InternalError(`not an exact number: ${text}`);
  return value;
}

/** The shortest exact text: `12.5` where the decimal ends, else `1/3`; `parseExact` reads it back. */
export function exactText(value: Exact): string {
  const places = decimalPlaces(value);
  return places === undefined ? `${value.num}/${value.den}` : fixedText(value, places, 'half up');
}

/** How many decimals write the value in full, or `undefined` when no number of them does. */
export function decimalPlaces(value: Exact): number | undefined {
  let den = BigInt(value.den);
  let twos = 0;
  let fives = 0;
  for (; den % 2n === 0n; den /= 2n) twos++;
  for (; den % 5n === 0n; den /= 5n) fives++;
  return den === 1n ? Math.max(twos, fives) : undefined;
}

/** Rounded text with just `places` decimals: `fixedText(1/3, 2)` is `0.33`. */
export function fixedText(value: Exact, places: number, mode: RoundingMode = 'half up'): string {
  const scale = 10n ** BigInt(places);
  const scaled = roundTo(multiply(value, pack(scale, 1n)), ONE, mode);
  const negative = scaled.num < 0;
  const digits = String(negative ? -scaled.num : scaled.num).padStart(places + 1, '0');
  const text = places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`;
  return negative ? `-${text}` : text;
}

function isSafe(value: number): boolean {
  return value <= LIMIT && value >= -LIMIT;
}

function small(num: number, den: number): Exact {
  if (den === 0) throw new InternalError('a fraction over zero');
  if (den === 1) return { num: num === 0 ? 0 : num, den };
  let a = Math.abs(num);
  let b = Math.abs(den);
  while (b !== 0) [a, b] = [b, a % b];
  const by = den < 0 ? -a : a;
  const top = num / by;
  return { num: top === 0 ? 0 : top, den: den / by };
}

function big(num: bigint, den: bigint): Exact {
  if (den === 0n) throw new InternalError('a fraction over zero');
  let a = num < 0n ? -num : num;
  let b = den < 0n ? -den : den;
  while (b !== 0n) [a, b] = [b, a % b];
  const by = den < 0n ? -a : a;
  return pack(num / by, den / by);
}

/** Far above every figure that is meant, and small enough that one more step takes no time. */
const MOST_DIGITS = 20_000;
const MOST = 10n ** BigInt(MOST_DIGITS);

function endless(): Diagnostic {
  return {
    code: 'M3013',
    severity: 'error',
    message: `a figure has more than ${MOST_DIGITS} digits`,
    help: 'look for a product of products that grows from figure to figure, or round on the way: `round(x to 0.01)`',
  };
}

function pack(num: bigint, den: bigint): Exact {
  if (num <= BIG_LIMIT && num >= -BIG_LIMIT && den <= BIG_LIMIT)
    return { num: Number(num), den: Number(den) };
  if (num > MOST || num < -MOST || den > MOST) throw new RunError([endless()]);
  return { num, den };
}
