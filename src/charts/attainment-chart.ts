// Attainment against target as bars: of a role one KPI of each person, or of a person each KPI.

import { figureIn, type Language } from '../report/explain-figures.ts';
import { visible } from '../report/terminal-text.ts';
import { axis, axisText, type Drawing, frame, type Look, pixel, shortened } from './drawing.ts';
import type { Attained } from './series.ts';
import { chartTexts } from './words.ts';

/** How many bars are seen at once; more are scrolled. */
const MOST = 30;
const BAR = 26;

/** The bars, each called by its person or its KPI. */
export function attainmentDrawing(
  rows: readonly Attained[],
  {
    by,
    what,
    period,
    language,
  }: {
    readonly by: 'person' | 'kpi';
    readonly what: string;
    readonly period: string;
    readonly language: Language;
  },
): Drawing {
  const tell = chartTexts(language);
  const nameOf = (each: Attained): string => visible(by === 'person' ? each.name : (each.title ?? each.kpi));
  const lines = rows.map((each) =>
    tell('attainment.line', {
      actual: figureIn(language, each.actual),
      target: figureIn(language, each.target),
      attainment: figureIn(language, each.attainment),
    }),
  );
  const title = tell('attainment.title', { what, period });
  return {
    title,
    says: `${title}. ${rows
      .slice(0, 12)
      .map((each, at) => `${nameOf(each)}: ${lines[at]}`)
      .join('; ')}`,
    height: Math.min(rows.length, MOST) * BAR + 70,
    isList: true,
    personAt: (_, at) => rows[at]?.person,
    table: {
      heads: [
        { text: by === 'person' ? tell('col.name') : tell('col.kpi') },
        { text: tell('col.actual'), right: true },
        { text: tell('col.target'), right: true },
        { text: tell('col.attainment'), right: true },
      ],
      rows: rows.map((each) => [
        nameOf(each),
        figureIn(language, each.actual),
        figureIn(language, each.target),
        figureIn(language, each.attainment),
      ]),
    },
    option: (look) => optionOf(rows, { names: rows.map(nameOf), lines, title, language, look }),
  };
}

function optionOf(
  rows: readonly Attained[],
  {
    names,
    lines,
    title,
    language,
    look,
  }: {
    readonly names: readonly string[];
    readonly lines: readonly string[];
    readonly title: string;
    readonly language: Language;
    readonly look: Look;
  },
) {
  const { good, warn, bad, accent } = look;
  const colours = { green: good, amber: warn, red: bad } as const;
  const values = rows.map(({ attainment }) => (attainment === 'top' ? undefined : pixel(attainment.value)));
  const most = Math.max(1, ...values.map((each) => each ?? 0));
  const room = look.width < 420 ? 14 : look.width < 600 ? 18 : 30;
  const hasMore = rows.length > MOST;
  const base = frame(look, `${title}. ${lines.length}`);
  return {
    ...base,
    aria: { enabled: true, label: { enabled: true, description: title } },
    grid: { left: 12, right: hasMore ? 88 : 74, top: 26, bottom: 8, containLabel: true },
    tooltip: {
      ...(base.tooltip as object),
      trigger: 'item',
      formatter: ({ dataIndex }: { dataIndex: number }) => `${names[dataIndex]}\n${lines[dataIndex]}`,
    },
    xAxis: axis(look, {
      type: 'value',
      min: Math.min(0, ...values.map((each) => each ?? 0)),
      axisLabel: { formatter: axisText({ kind: 'percent' }, language) },
    }),
    yAxis: axis(look, {
      type: 'category',
      inverse: true,
      data: names.map((each) => shortened(each, room)),
      splitLine: { show: false },
      axisLabel: { color: look.fg, hideOverlap: false, interval: 0 },
    }),
    ...(hasMore
      ? {
          dataZoom: [
            {
              type: 'slider',
              yAxisIndex: 0,
              startValue: 0,
              endValue: MOST - 1,
              right: 4,
              width: 14,
              brushSelect: false,
              showDetail: false,
            },
            { type: 'inside', yAxisIndex: 0, zoomOnMouseWheel: false, moveOnMouseWheel: true },
          ],
        }
      : {}),
    series: [
      {
        type: 'bar',
        barMaxWidth: 18,
        data: rows.map(({ status, attainment }, at) => ({
          // what has no upper end is as long as the longest
          value: values[at] ?? most,
          itemStyle: { color: status ? colours[status] : accent },
          label: {
            show: true,
            position: 'right',
            color: look.fg,
            formatter: figureIn(language, attainment),
          },
        })),
        markLine: {
          silent: true,
          symbol: 'none',
          lineStyle: { color: look.fg, type: 'dashed' },
          label: {
            formatter: chartTexts(language)('attainment.target'),
            color: look.muted,
            position: 'start',
            distance: -2,
          },
          data: [{ xAxis: 1 }],
        },
      },
    ],
  };
}
