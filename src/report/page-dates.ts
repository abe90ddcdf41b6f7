// Days and periods as people of a language call them: `30 June 2026`, `June 2026`, `II квартал 2026 г.`.

import { dayOf, parseDay } from '../base/date.ts';
import type { Language } from './explain-figures.ts';
import { visible } from './terminal-text.ts';

const MS_OF_DAY = 86_400_000;
/** Dates are the policy's own days, whatever clock the reader's machine has. */
const LOCALES: Readonly<Record<Language, string>> = { en: 'en-GB', ru: 'ru-RU' };

/** A day as `2026-06-30` in words; text that is none is shown as it is. */
export function dayName(language: Language, text: string): string {
  const day = parseDay(text);
  if (day === undefined) return visible(text);
  return formatted(language, day, { day: 'numeric', month: 'long', year: 'numeric' });
}

/** A moment as it was given: its day in words, with what follows it. */
export function momentName(language: Language, text: string): string {
  const [, day = text, time = ''] = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}).*)?$/.exec(text) ?? [];
  return time === '' ? dayName(language, day) : `${dayName(language, day)}, ${time}`;
}

/** A month, quarter or year by its id in words; weeks and periods of other calendars by their ids. */
export function periodName(language: Language, id: string): string {
  const month = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(id);
  if (month)
    return formatted(language, dayOf(Number(month[1]), Number(month[2]), 1), {
      month: 'long',
      year: 'numeric',
    });
  const quarter = /^(\d{4})-Q([1-4])$/.exec(id);
  if (quarter) {
    const [, year, at] = quarter;
    return language === 'ru'
      ? `${['I', 'II', 'III', 'IV'][Number(at) - 1]} квартал ${year} г.`
      : `Q${at} ${year}`;
  }
  return parseDay(id) === undefined ? visible(id) : dayName(language, id);
}

function formatted(language: Language, day: number, options: Intl.DateTimeFormatOptions): string {
  const format = new Intl.DateTimeFormat(LOCALES[language], { ...options, timeZone: 'UTC' });
  return format.format(new Date(day * MS_OF_DAY));
}
