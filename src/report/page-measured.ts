// What a page says of what was measured: KPIs against their targets with how those came about, the scorecard, gates.

import { sumOf } from '../base/exact-text.ts';
import type { GateLine, KpiLine, Score } from '../model/kpi-lines.ts';
import type { Measured } from '../model/result.ts';
import { figureIn, percentIn } from './explain-figures.ts';
import { escaped, inline, tableOfHtml } from './html.ts';
import { kpiSentences, kpiTitle } from './kpi-sentences.ts';
import { countedText, curveSentence } from './line-sentences.ts';
import { figureHtml, readTexts, type Sheet, sentencesHtml, statusHtml } from './page.ts';
import { dayName } from './page-dates.ts';
import { visible } from './terminal-text.ts';

/** KPIs, the scorecard and gates, in this order; of days that aren't the whole period these first. */
export function measuredHtml(measured: Measured, sheet: Sheet): readonly string[] {
  const { kpis, score, gates } = measured;
  return [
    stayHtml(measured, sheet),
    ...(kpis.length > 0
      ? [kpisHtml(kpis, sheet), sentencesHtml(kpis.flatMap((each) => sentencesOf(each, sheet)))]
      : []),
    ...(score ? [scoreHtml(score, kpis, sheet)] : []),
    ...(gates.length > 0 ? [gatesHtml(gates, sheet)] : []),
  ];
}

function stayHtml(
  { from, until, days, daysInPeriod, absent, counted }: Measured,
  { tell, language }: Sheet,
): string {
  if (days === daysInPeriod && absent === undefined && !counted) return '';
  const texts = [
    tell('role.days', {
      from: dayName(language, from),
      until: dayName(language, until),
      days,
      of: daysInPeriod,
    }),
    ...(absent === undefined ? [] : [tell('role.absent', { count: absent })]),
    ...(counted ? [tell('role.counted', { days: countedText(counted, language) })] : []),
  ];
  return `<p class="note">${escaped(texts.join(', '))}</p>`;
}

function sentencesOf(kpi: KpiLine, { language }: Sheet): readonly string[] {
  return kpiSentences(kpi, language, (day) => dayName(language, day));
}

/** KPIs with actual, target, attainment and status. */
export function kpisHtml(
  kpis: readonly KpiLine[],
  sheet: Sheet,
  titleOf: (kpi: KpiLine) => string = kpiTitle,
): string {
  const { tell, language } = sheet;
  const hasTargets = kpis.some((each) => each.target);
  const cells = kpis.map((kpi) => {
    const { actual, target, upTo, attainment, status } = kpi;
    const shown = target ? figureHtml(language, target) : '';
    return [
      escaped(titleOf(kpi)),
      figureHtml(language, actual),
      ...(hasTargets
        ? [
            upTo ? `${shown} – ${figureHtml(language, upTo)}` : shown,
            attainment ? figureHtml(language, attainment) : '',
            status ? statusHtml(sheet, status) : '',
          ]
        : []),
    ];
  });
  return tableOfHtml(
    [
      { heading: tell('kpi'), align: 'left' },
      { heading: tell('kpi.actual'), align: 'right' },
      ...(hasTargets
        ? [
            { heading: tell('kpi.target'), align: 'right' as const },
            { heading: tell('kpi.attainment'), align: 'right' as const },
            { heading: tell('kpi.status'), align: 'left' as const },
          ]
        : []),
    ],
    cells,
  );
}

function scoreHtml(score: Score, kpis: readonly KpiLine[], sheet: Sheet): string {
  const { tell, language, say } = sheet;
  const titled = (kpi: string): string => kpiTitle(kpis.find((each) => each.kpi === kpi) ?? { kpi });
  const there = sumOf(score.lines.filter((each) => each.score !== null).map((each) => each.weight));
  const rows = score.lines.map(({ kpi, curve, read, weight, score: reached, points, bound }) => [
    escaped(titled(kpi)),
    curve === undefined
      ? figureHtml(language, read)
      : escaped(tell('score.on', { value: figureIn(language, read), curve: visible(curve) })),
    escaped(
      [
        reached === null
          ? tell('score.spread', { weight: percentIn(language, weight) })
          : `${percentIn(language, weight)} × ${percentIn(language, reached)}`,
        ...(bound ? [`(${tell(`score.${bound.kind}`)})`] : []),
      ].join(' '),
    ),
    escaped(points === null ? say.missing : percentIn(language, points)),
  ]);
  const over = there === '1' ? '' : escaped(tell('score.over', { weights: percentIn(language, there) }));
  const table = tableOfHtml(
    [
      { heading: tell('score'), align: 'left' },
      { heading: tell('score.reads'), align: 'right' },
      { heading: tell('score.weight'), align: 'right' },
      { heading: tell('score.points'), align: 'right' },
    ],
    rows,
    { total: [escaped(tell('score.total')), '', over, figureHtml(language, score.value)] },
  );
  const parts = score.lines.flatMap(({ kpi, curve, part }) =>
    curve === undefined || !part
      ? []
      : [
          tell('score.segment', {
            kpi: titled(kpi),
            curve: visible(curve),
            where: curveSentence(part, language),
          }),
        ],
  );
  return `<div class="block">${table}${sentencesHtml(parts)}</div>`;
}

function gatesHtml(gates: readonly GateLine[], { tell, say, language }: Sheet): string {
  const lines = gates.map(({ condition, passed, applies, inputs }) => {
    const state = !applies ? tell('gate.notApplies') : passed ? say.passed : say.failed;
    const colour = !applies ? 'note' : passed ? 'green' : 'red';
    return `<li><span class="${colour}">${escaped(state)}</span>: ${inline(`\`${visible(condition)}\``)}${sentencesHtml(readTexts(inputs, language))}</li>`;
  });
  return `<h3>${escaped(tell('gates'))}</h3><ul class="list">${lines.join('')}</ul>`;
}
