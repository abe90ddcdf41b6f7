// What a statement says of a KPI beside its figures, in sentences of a language.

import type { KpiLine } from '../model/kpi-lines.ts';
import { figureIn, type Language } from './explain-figures.ts';
import { sentenceTexts } from './sentence-words.ts';
import { noTargetSentence, targetSentence } from './target-sentences.ts';
import { visible } from './terminal-text.ts';

/** A KPI's title, with the scope and window that it is shown in: `Total revenue [team]`. */
export function kpiTitle({ kpi, title }: Pick<KpiLine, 'kpi' | 'title'>): string {
  if (title === undefined) return visible(kpi);
  const bracket = kpi.indexOf('[');
  return bracket < 0 ? visible(title) : `${visible(title)} ${visible(kpi.slice(bracket))}`;
}

/** What stands behind a KPI's line: since when it is known (`day` shows it), how its target came about, which row counts. */
export function kpiSentences(
  kpi: KpiLine,
  language: Language,
  day: (text: string) => string = (text) => text,
): readonly string[] {
  const say = sentenceTexts(language);
  const title = kpiTitle(kpi);
  const { since, target, targetAccount, upToAccount, noTarget, rows = [], moreRows } = kpi;
  const lower = target && targetAccount && targetSentence(targetAccount, target.type, language);
  const upper = target && upToAccount && targetSentence(upToAccount, target.type, language);
  const how = upper === undefined ? lower : say('kpi.upToHow', { how: lower ?? '', upTo: upper });
  return [
    ...(since === undefined ? [] : [say('kpi.since', { kpi: title, day: day(since) })]),
    ...(noTarget ? [say('kpi.noTarget', { kpi: title, how: noTargetSentence(noTarget, language) })] : []),
    ...(how === undefined ? [] : [say('kpi.targetHow', { kpi: title, how })]),
    ...rows.map(({ key, value, counted }) =>
      say(counted ? 'kpi.counts' : 'kpi.countsNot', {
        kpi: title,
        value: figureIn(language, value),
        key: visible(key),
      }),
    ),
    ...(moreRows === undefined ? [] : [say('kpi.more', { kpi: title, count: moreRows })]),
  ];
}
