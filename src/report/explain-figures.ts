// Figures of explanations in the two languages: the same digits as in other reports, grouped and named as each writes them.

import { compare, exact, exactText, negate, sign, subtract, ZERO } from '../base/exact.ts';
import type { FigureValue } from '../model/inputs.ts';
import { figureText, MISSING, numberText } from './format.ts';
import { visible } from './terminal-text.ts';

/** The languages that explanations are told in. */
export const LANGUAGES = ['en', 'ru'] as const;
export type Language = (typeof LANGUAGES)[number];

const NO_BREAK = '\u00a0';

/** A figure with its unit: `1,200,000.00 RUB` or `1 200 000,00 RUB`. */
export function figureIn(language: Language, figure: FigureValue | 'top'): string {
  if (figure === 'top') return language === 'ru' ? 'без верхней границы' : 'no upper end';
  if (figure.value === null) return language === 'ru' ? 'нет значения' : 'missing';
  const text = figureText(figure);
  if (language === 'en') return text;
  switch (figure.type.kind) {
    case 'money':
    case 'percent':
    case 'number':
      return inRussian(text);
    case 'duration':
      return inRussian(text)
        .replace('days', 'дн.')
        .replace(' h', ' ч')
        .replace(' min', ' мин')
        .replace(/ s$/, ' с');
    case 'truth':
      return figure.value === 'true' ? 'да' : 'нет';
    case 'date':
    case 'datetime':
    case 'period':
    case 'text':
    case 'enumeration':
    case 'person':
    case 'error':
      return text;
    default:
      return figure.type satisfies never;
  }
}

/** Digits as Russian groups them: `1 200 000,5`. */
function inRussian(text: string): string {
  return text.replace(/[0-9][0-9,.]*/g, (digits) => digits.replaceAll(',', NO_BREAK).replace('.', ','));
}

/** A number without a unit, from exact text. */
export function numberIn(language: Language, text: string): string {
  return language === 'ru' ? inRussian(numberText(text)) : numberText(text);
}

/** A share as percent, from exact text. */
export function percentIn(language: Language, text: string): string {
  return figureIn(language, { value: text, type: { kind: 'percent' } });
}

/** How far two figures lie apart, without a sign: of percents in points. */
export function distanceIn(language: Language, { value, type }: FigureValue): string {
  if (value === null) return MISSING;
  const size = exact(value);
  const text = exactText(sign(size) < 0 ? negate(size) : size);
  if (type.kind !== 'percent') return figureIn(language, { value: text, type });
  const points = percentIn(language, text).replace(/\s*%$/, '');
  return language === 'ru' ? `${points} п. п.` : `${points} ${points === '1' ? 'point' : 'points'}`;
}

/** Whether a figure is above zero, zero, or below. */
export function signOf({ value }: FigureValue): number {
  return value === null ? 0 : compare(exact(value), ZERO);
}

/** `a - b` of exact texts. */
export function difference(a: string, b: string): string {
  return exactText(subtract(exact(a), exact(b)));
}

/** The policy's words as they may be printed. */
export function words(text: string): string {
  return `\`${visible(text)}\``;
}
