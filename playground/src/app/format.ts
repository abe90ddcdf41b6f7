// Small texts of the frame.

import type { Locale } from './state.ts';

/** Milliseconds as people read them: `38 ms`, `1.2 s`; in Russian `38 мс`, `1,2 с`. */
export function shortTime(milliseconds: number, language: Locale): string {
  const [value, unit, decimals] =
    milliseconds < 1000
      ? [Math.round(milliseconds), UNITS[language].ms, 0]
      : [milliseconds / 1000, UNITS[language].s, 1];
  const digits = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  return `${new Intl.NumberFormat(language, digits).format(value)} ${unit}`;
}

const UNITS = { en: { ms: 'ms', s: 's' }, ru: { ms: 'мс', s: 'с' } };
