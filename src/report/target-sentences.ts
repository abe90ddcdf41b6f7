// How a target came about, in one sentence: the lines of the policy, and what days, ramps, parts and
// people made of them.

import type { NoTarget, TargetAccount } from '../model/target-account.ts';
import type { ValueType } from '../model/value.ts';
import { figureIn, type Language, numberIn, percentIn } from './explain-figures.ts';
import { WORDS } from './explain-words.ts';
import { readValue } from './line-sentences.ts';
import { sentenceTexts } from './sentence-words.ts';
import { visible } from './terminal-text.ts';

/** The sentence; nothing where a line of the policy says it of everybody as it stands. */
export function targetSentence(
  account: TargetAccount,
  type: ValueType,
  language: Language,
): string | undefined {
  return isPlain(account) ? undefined : accountText(account, { type, language });
}

interface Telling {
  readonly type: ValueType;
  readonly language: Language;
}

function isPlain(account: TargetAccount): boolean {
  if (account.kind !== 'line') return false;
  const { inputs, condition, override, spread, ramp } = account;
  return inputs.length === 0 && !condition && !override && !spread && !ramp;
}

function accountText(account: TargetAccount, telling: Telling): string {
  const { language } = telling;
  const say = WORDS[language];
  switch (account.kind) {
    case 'line':
      return lineText(account, telling);
    case 'days': {
      const all = account.prorated ? account.of : account.counted;
      const parts = account.parts.map(({ from, until, counts, target }) => {
        const days = say.ofDays(numberIn(language, counts), numberIn(language, all), account.by);
        const dated = account.parts.length > 1 ? ` (${say.days(from, until)})` : '';
        return `${bracketed(target, telling)} × ${days}${dated}`;
      });
      return parts.join(' + ');
    }
    case 'periods':
      return periodsText(account, telling);
    case 'whole': {
      const { target, counted, of } = account;
      return say.wholeOf(bracketed(target, telling), numberIn(language, of), numberIn(language, counted));
    }
    case 'people': {
      const { parts, people, others, together } = account;
      const values = parts.map(({ value, people: count }) => {
        const shown = figureIn(language, { value, type: telling.type });
        return count === 1 || together === 'same' ? shown : `${count} × ${shown}`;
      });
      const rest = others
        ? [say.more(String(others.people), figureIn(language, { value: others.value, type: telling.type }))]
        : [];
      return `${say.people(people)}: ${[...values, ...rest].join(' + ')}`;
    }
    default:
      return account satisfies never;
  }
}

function bracketed(account: TargetAccount, telling: Telling): string {
  const text = accountText(account, telling);
  return account.kind === 'line' || account.kind === 'people' ? text : `(${text})`;
}

function lineText(
  { formula, inputs, condition, override, written, spread, ramp }: Extract<TargetAccount, { kind: 'line' }>,
  { type, language }: Telling,
): string {
  const say = WORDS[language];
  const reasons = [
    ...(override ? [say.override(override.of, visible(override.name), override.from, override.until)] : []),
    ...(condition === undefined ? [] : [say.because(`\`${visible(condition)}\``)]),
    ...(inputs.length > 0 ? [`\`${visible(formula)}\``] : []),
    ...inputs.map((each) => {
      const { text, value, how } = readValue(each, language);
      return how.length > 0 && each.row ? how.join(', ') : `\`${text}\` = ${value}`;
    }),
  ];
  const why = reasons.length > 0 ? ` (${reasons.join('; ')})` : '';
  return [
    `${figureIn(language, { value: written, type })}${why}`,
    ...(spread ? [say.spread(percentIn(language, spread.share), visible(spread.of))] : []),
    ...(ramp ? [say.ramp(percentIn(language, ramp.percent), String(ramp.month))] : []),
  ].join(' × ');
}

/** Periods with the same account are told together. */
function periodsText(
  { parts, together }: Extract<TargetAccount, { kind: 'periods' }>,
  telling: Telling,
): string {
  const runs: { text: string; from: string; until: string; count: number }[] = [];
  for (const { period, target } of parts) {
    const text = bracketed(target, telling);
    const last = runs.at(-1);
    if (last?.text === text) Object.assign(last, { until: period, count: last.count + 1 });
    else runs.push({ text, from: period, until: period, count: 1 });
  }
  const texts = runs.map(({ text, from, until, count }) => {
    const when = count === 1 ? visible(from) : `${visible(from)} – ${visible(until)}`;
    return together === 'sum' && count > 1 ? `${count} × ${text} (${when})` : `${text} (${when})`;
  });
  return texts.join(together === 'sum' ? ' + ' : ', ');
}

/** Why there is no target though the policy has lines for one. */
export function noTargetSentence({ because, lines = [] }: NoTarget, language: Language): string {
  switch (because) {
    case 'away':
      return sentenceTexts(language)('target.away');
    case 'no line holds': {
      const whys = lines.map(({ formula, condition, inputs }) => {
        if (condition !== undefined) return WORDS[language].conditionFails(`\`${visible(condition)}\``);
        const read = inputs.map((each) => readValue(each, language));
        return read.length === 0
          ? `\`${visible(formula)}\``
          : read.map(({ text, value, how }) => [`\`${text}\`: ${value}`, ...how].join(', ')).join('; ');
      });
      return [sentenceTexts(language)('target.noLine'), ...whys].join('; ');
    }
    case 'other lengths':
      return sentenceTexts(language)('target.otherLengths');
    case 'not on all days':
      return sentenceTexts(language)('target.notAllDays');
    default:
      return because satisfies never;
  }
}
