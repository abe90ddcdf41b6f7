// What a statement's page says beside pay: awards, points, badges and trainings, levels.

import type { AwardLine, LevelLine } from '../model/award-lines.ts';
import type { Statement } from '../model/result.ts';
import { figureIn, numberIn } from './explain-figures.ts';
import { escaped, inline } from './html.ts';
import { readTexts, type Sheet, sectionHtml, sentencesHtml } from './page.ts';
import { periodName } from './page-dates.ts';
import { visible } from './terminal-text.ts';

/** The blocks that there is something to say in. */
export function besideHtml(
  { period, awards = [], points, kept = [], levels = [] }: Statement,
  sheet: Sheet,
): readonly string[] {
  const { tell, language, say } = sheet;
  const list = (lines: readonly string[]) =>
    lines.length === 0 ? '' : `<ul class="list">${lines.map((each) => `<li>${each}</li>`).join('')}</ul>`;
  return [
    ...sectionHtml(tell('awards'), [list(awards.map((each) => awardHtml(each, sheet)))]),
    ...sectionHtml(tell('points'), [
      points
        ? `<p>${escaped(
            tell('points.line', {
              gained: numberIn(language, points.gained),
              period: periodName(language, period),
              balance: numberIn(language, points.balance),
            }),
          )}</p>`
        : '',
    ]),
    ...sectionHtml(tell('kept'), [
      list(
        kept.map(({ kind, name, period: when }) =>
          escaped(`${say.prizeKinds[kind]}: ${visible(name)} (${periodName(language, when)})`),
        ),
      ),
    ]),
    ...sectionHtml(tell('levels'), [list(levels.map((each) => levelHtml(each, sheet)))]),
  ];
}

function awardHtml(award: AwardLine, { tell, say, language }: Sheet): string {
  const { title, won, place, sharing = 1, by = '', places, condition, inputs, prizes } = award;
  const placed =
    place === undefined
      ? places === undefined
        ? []
        : [tell('award.noPlace', { by: `\`${visible(by)}\`` })]
      : [tell('award.placeBy', { place, by: `\`${visible(by)}\`` })];
  const texts = [
    ...placed,
    ...(sharing > 1 ? [tell('award.sharing', { count: sharing })] : []),
    ...(places === undefined ? [] : [tell('award.for', { count: places })]),
    ...(condition === undefined
      ? []
      : [(won ? say.because : say.conditionFails)(`\`${visible(condition)}\``)]),
    ...prizes.map(
      ({ kind, value }) =>
        `${kind === 'money' ? '' : `${say.prizeKinds[kind]}: `}${figureIn(language, value)}`,
    ),
    ...readTexts(inputs, language),
  ];
  const state = `<span class="${won ? 'green' : 'note'}">${escaped(won ? say.won : say.notWon)}</span>`;
  return `${state}: ${escaped(visible(title ?? award.award))}${sentencesHtml(texts)}`;
}

function levelHtml({ level, title, since, condition, inputs }: LevelLine, { tell, language }: Sheet): string {
  const name = visible(title ?? level);
  if (since !== undefined)
    return escaped(tell('level.since', { level: name, period: periodName(language, since) }));
  const text = tell('level.not', { level: name, condition: `\`${visible(condition)}\`` });
  return `${inline(text)}${sentencesHtml(readTexts(inputs, language))}`;
}
