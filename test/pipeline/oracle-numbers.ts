// Arithmetic of the third opinion on targets, with the fractions of the one on rows.

import { type Fraction, fraction, NOTHING, plus, times } from './oracle.ts';

export const ONE = fraction('1');

export function over(a: Fraction, b: Fraction): Fraction {
  const { over: above, under: below } = a;
  const sign = b.over < 0n ? -1n : 1n;
  return times({ over: above, under: below }, { over: sign * b.under, under: sign * b.over });
}

export const isSame = (a: Fraction, b: Fraction): boolean => a.over === b.over && a.under === b.under;

export const number = (value: number): Fraction => ({ over: BigInt(value), under: 1n });

export const total = (values: readonly Fraction[]): Fraction => values.reduce(plus, NOTHING);
