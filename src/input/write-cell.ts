// From a value to the one text by which cells are kept, whatever the form of the file it came from: what `convert.ts` reads
// from it by the rules of no dialect is the same value again.

import { dayText, FIRST_DAY, LAST_DAY } from '../base/date.ts';
import { type Exact, exactText, fraction, multiply, whole } from '../base/exact.ts';
import type { Value, ValueType } from '../model/value.ts';

/** The text of a value of a type: `1500.5`, `5%`, `2026-01-31`, `2026-01-31T08:30:00.25Z`, `90 seconds`, `true`. */
export function cellText(value: Value, type: ValueType): string {
  if (typeof value !== 'object') return String(value);
  switch (type.kind) {
    case 'percent':
      return `${exactText(multiply(value, whole(100)))}%`;
    case 'duration':
      return `${exactText(value)} seconds`;
    case 'date':
      return dayText(Number(value.num));
    case 'datetime':
      return momentText(value);
    case 'number':
    case 'money':
    case 'text':
    case 'person':
    case 'enumeration':
    case 'period':
    case 'truth':
    case 'error':
      return exactText(value);
    default:
      return type satisfies never;
  }
}

const DAY = 86400;
const HOUR = 3600;
/** The largest offset that a cell may state, for moments whose day by the clock of Greenwich no cell can say. */
const MOST_AHEAD = 18 * HOUR;

function momentText({ num, den }: Exact): string {
  const all = BigInt(num);
  const parts = BigInt(den);
  const seconds = Number(floor(all, parts));
  const decimals = exactText(fraction(all - BigInt(seconds) * parts, parts)).slice(2);
  const day = Math.floor(seconds / DAY);
  const ahead = day < FIRST_DAY ? MOST_AHEAD : day > LAST_DAY ? -MOST_AHEAD : 0;
  const local = seconds + ahead;
  const rest = local - Math.floor(local / DAY) * DAY;
  const two = (count: number): string => String(Math.floor(count)).padStart(2, '0');
  const clock = [rest / HOUR, (rest / 60) % 60, rest % 60].map(two).join(':');
  const offset = ahead === 0 ? 'Z' : ahead > 0 ? '+18:00' : '-18:00';
  return `${dayText(Math.floor(local / DAY))}T${clock}${decimals === '' ? '' : `.${decimals}`}${offset}`;
}

function floor(value: bigint, by: bigint): bigint {
  const quotient = value / by;
  return value < 0n && quotient * by !== value ? quotient - 1n : quotient;
}
