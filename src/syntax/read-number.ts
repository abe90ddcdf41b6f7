// A number at a place of the text, with the percent sign, currency or unit that makes it a percent, money or a
// duration; and the ways of writing numbers that other places have, each an error with what to write.

import type { TokenType } from 'chevrotain';
import type { Diagnostic } from '../base/diagnostic.ts';
import { LIMITS } from './limits.ts';
import * as messages from './messages.ts';
import { match, type Reading } from './reading.ts';
import { type Slice, spanIn, wholeOf } from './slice.ts';
import { DurationToken, MoneyToken, NumberToken, PercentToken } from './tokens.ts';

const END = '(?![\\p{L}\\p{M}\\p{N}_])';
const DIGITS = /[0-9]+(?:_[0-9]+)*(?:\.[0-9]+(?:_[0-9]+)*)?/y;
const MORE_BY_COMMA = /(?:,[0-9]+)+(?:\.[0-9]+)?/y;
const MORE_BY_SPACE = /(?:[ \u00a0\u2009\u202f'’][0-9]{3}(?![0-9_]))+(?:\.[0-9]+)?/y;
// `AND` is no currency: it is `and` as other languages write it.
const CURRENCY = new RegExp(`[^\\S\\r\\n]+(?!AND)[A-Z]{3}${END}`, 'uy');
const SMALL_CURRENCY = new RegExp(`[^\\S\\r\\n]*[A-Za-z]{3}${END}`, 'uy');
const UNIT = new RegExp(`[^\\S\\r\\n]+(?:second|minute|hour|day|week|month|quarter|year)s?${END}`, 'uy');
const LETTERS = /[\p{L}\p{M}\p{N}_]+/uy;

// The codes that a lower-case word after a number is taken for; words of the language aren't among them.
const CURRENCIES = new Set(
  (
    'AED AMD AUD AZN BDT BGN BRL BYN CAD CHF CLP CNY COP CZK DKK EGP EUR GBP GEL HKD HUF IDR ILS INR JPY KES KGS KRW ' +
    'KZT LKR MAD MDL MXN MYR NGN NOK NZD PHP PKR PLN RON RSD RUB SAR SEK SGD THB TJS TRY TWD UAH USD UZS VND ZAR'
  ).split(' '),
);
const SCALES: ReadonlyMap<string, number> = new Map([
  ['k', 3],
  ['K', 3],
  ['m', 6],
  ['M', 6],
  ['B', 9],
  ['bn', 9],
  ['тыс', 3],
  ['млн', 6],
  ['млрд', 9],
]);

/** The number that begins at the offset, which holds a digit. */
export function readNumber(slice: Slice, at: number): Reading {
  const { text } = slice;
  const plain = match(DIGITS, text, at)!;
  const grouped = readGrouped(slice, at, plain);
  const written = grouped?.written ?? plain;
  const digits = (grouped?.meant ?? plain).replaceAll('_', '');
  let end = at + written.length;
  let diagnostic = grouped?.diagnostic;
  if (digits.replace('.', '').length > LIMITS.digits) {
    diagnostic ??= messages.tooManyDigits(spanIn(slice, at, end), LIMITS.digits);
  }
  const reading = (type: TokenType, unit?: string): Reading => ({
    type,
    end,
    value: digits,
    ...(unit !== undefined && { unit }),
    ...(diagnostic && { diagnostic }),
  });
  if (text[end] === '%') {
    end += 1;
    return reading(PercentToken);
  }
  const unit = match(UNIT, text, end);
  if (unit !== undefined) {
    end += unit.length;
    return reading(DurationToken, unit.trim());
  }
  const currency = match(CURRENCY, text, end) ?? readSmallCurrency(text, end);
  if (currency !== undefined) {
    const code = currency.trim().toUpperCase();
    const from = at;
    end += currency.length;
    if (currency !== currency.toUpperCase() || currency.trim() === currency) {
      diagnostic ??= messages.currencyAsWritten(
        spanIn(slice, from, end),
        `${written} ${code}`,
        currency.trim(),
      );
    }
    return reading(MoneyToken, code);
  }
  const letters = match(LETTERS, text, end);
  if (letters !== undefined) {
    end += letters.length;
    const scale = SCALES.get(letters);
    const meant = scale === undefined ? undefined : shiftDigits(digits, scale);
    diagnostic ??= messages.lettersAfterNumber(spanIn(slice, at, end), text.slice(at, end), meant);
  }
  return reading(NumberToken);
}

/** `1 000 000`, `1'000` and `1,5`: what was written, what it means in Merit, and the error that says so. */
function readGrouped(
  slice: Slice,
  at: number,
  plain: string,
): { readonly written: string; readonly meant: string; readonly diagnostic: Diagnostic } | undefined {
  const end = at + plain.length;
  const bySpace = /^[0-9]{1,3}$/.test(plain) ? match(MORE_BY_SPACE, slice.text, end) : undefined;
  if (bySpace !== undefined) {
    const written = plain + bySpace;
    const meant = written.replace(/[ \u00a0\u2009\u202f'’]/g, '_');
    return {
      written,
      meant,
      diagnostic: messages.spacesInNumber(spanIn(slice, at, at + written.length), written, meant),
    };
  }
  const byComma = plain.includes('.') ? undefined : match(MORE_BY_COMMA, slice.text, end);
  if (byComma === undefined) return undefined;
  const written = plain + byComma;
  const span = spanIn(slice, at, at + written.length);
  const thousands = /^[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?$/.test(written);
  const sure = !thousands || /,.*[,.]/.test(written);
  const meant = thousands ? written.replaceAll(',', '_') : written.replace(',', '.').replaceAll(',', '');
  return { written, meant, diagnostic: messages.commaInNumber(span, written, { meant, sure }) };
}

function readSmallCurrency(text: string, at: number): string | undefined {
  const word = match(SMALL_CURRENCY, text, at);
  return word !== undefined && CURRENCIES.has(word.trim().toUpperCase()) ? word : undefined;
}

/** Whether a number before the word would take it for its currency or unit. */
export function joinsNumber(word: string): boolean {
  return readNumber(wholeOf({ name: '', text: `1 ${word}` }), 0).end > 1;
}

/** `1.5` six places up is `1_500_000`. */
function shiftDigits(digits: string, places: number): string {
  const [whole, part = ''] = digits.split('.');
  const all = (whole! + part.padEnd(places, '0').slice(0, places)).replace(/^0+(?=[0-9])/, '');
  const rest = part.slice(places);
  const groups = all.replace(/\B(?=(?:[0-9]{3})+$)/g, '_');
  return rest === '' ? groups : `${groups}.${rest}`;
}
