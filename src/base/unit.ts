// Units that values carry: currencies with their decimals, and durations in seconds.

/** Whether a word can be a currency code: three capitals (ISO 4217's shape). */
export function isCurrencyCode(word: string): boolean {
  return /^[A-Z]{3}$/.test(word);
}

// ISO 4217 currencies whose minor unit isn't a hundredth.
const DECIMALS: Readonly<Record<string, number>> = {
  BIF: 0,
  CLP: 0,
  DJF: 0,
  GNF: 0,
  ISK: 0,
  JPY: 0,
  KMF: 0,
  KRW: 0,
  PYG: 0,
  RWF: 0,
  UGX: 0,
  UYI: 0,
  VND: 0,
  VUV: 0,
  XAF: 0,
  XOF: 0,
  XPF: 0,
  BHD: 3,
  IQD: 3,
  JOD: 3,
  KWD: 3,
  LYD: 3,
  OMR: 3,
  TND: 3,
  CLF: 4,
  UYW: 4,
};

/** Decimals of a currency's minor unit (source: ISO 4217). */
export function currencyDecimals(code: string): number {
  return Object.hasOwn(DECIMALS, code) ? (DECIMALS[code] as number) : 2;
}

/** Seconds in each unit of duration that the language names; plural and singular. */
export const DURATION_SECONDS: ReadonlyMap<string, number> = new Map(
  (
    [
      ['second', 1],
      ['minute', 60],
      ['hour', 3600],
      ['day', 86400],
      ['week', 604800],
    ] as const
  ).flatMap(([unit, seconds]) => [
    [unit, seconds],
    [`${unit}s`, seconds],
  ]),
);
