// The line that a table gives, with each person on it: jumps are gaps with a full dot where the value is the table's and an
// empty one where it is only come near to.

import type { DrawnTable } from '../ask/drawn-tables.ts';
import { pixelOf } from '../base/exact-text.ts';
import type { ValueType } from '../model/value.ts';
import { figureIn, type Language, numberIn } from '../report/explain-figures.ts';
import { gridText } from '../report/line-sentences.ts';
import { visible } from '../report/terminal-text.ts';
import { axis, axisText, type Drawing, frame, type Look, pixel, seriesColour } from './drawing.ts';
import { joined, type PayoutPoint, rangeOf, type Stretch, stretchesOf } from './payout.ts';
import { chartTexts } from './words.ts';

/** One line of the chart, named. */
export interface NamedLine {
  readonly name: string;
  readonly stretches: readonly Stretch[];
}

interface PayoutStyle {
  readonly period: string;
  readonly language: Language;
  readonly currency: string;
}

/** A table of a bonus or scorecard, and who stands where. */
export function payoutDrawing(
  table: DrawnTable,
  points: readonly PayoutPoint[],
  style: PayoutStyle,
): Drawing {
  const { language, currency, period } = style;
  const tell = chartTexts(language);
  const title = tell('payout.title', { what: tableTitle(table, language), period });
  const [from, until] = rangeOf(table, points);
  const lines = table.lines.map(
    (line): NamedLine => ({
      name: line.keys
        ? tell('payout.keys', { table: visible(table.table), keys: gridText(line.keys, language) })
        : tell('payout.line', { table: visible(table.table) }),
      stretches: joined(stretchesOf(line, from, until)),
    }),
  );
  const says = points.map((each) => pointText(each, { language, currency }));
  const { x, y } = table;
  return {
    title,
    says: `${title}. ${says.slice(0, 10).join('; ').replaceAll('\n', ', ')}`,
    height: 380,
    legend: (dark) =>
      lines.length < 2 ? [] : lines.map(({ name }, at) => ({ name, colour: seriesColour(dark, at) })),
    personAt: (series, at) => (series === lines.length * 2 ? points[at]?.person : undefined),
    table: {
      heads: [
        { text: tell('col.name') },
        { text: visible(table.argument), right: true },
        { text: visible(table.call), right: true },
        { text: tell('col.paid'), right: true },
        { text: '' },
      ],
      rows: [
        ...points.map((each) => [
          each.row === undefined ? visible(each.name) : `${visible(each.name)}, ${visible(each.row)}`,
          figureIn(language, each.x),
          figureIn(language, each.y),
          each.paid === undefined
            ? ''
            : figureIn(language, { value: each.paid, type: { kind: 'money', currency } }),
          each.held ? tell(`held.${each.held}`) : '',
        ]),
        ...lines.flatMap(({ name, stretches }) =>
          stretches.flatMap((stretch) =>
            stretch.map((place) => [
              name,
              tell(place.included ? 'payout.from' : 'payout.upTo', {
                value: figureIn(language, { value: place.x, type: x }),
              }),
              figureIn(language, { value: place.y, type: y }),
              '',
              '',
            ]),
          ),
        ),
      ],
    },
    option: (look) =>
      payoutOption(lines, {
        title,
        x,
        y,
        xName: visible(table.argument),
        language,
        look,
        points: points.map((each, at) => ({
          x: each.x.value,
          y: each.y.value,
          held: each.held !== undefined,
          says: says[at] ?? '',
        })),
        pointsName: tell(table.perEvent === undefined ? 'payout.people' : 'payout.rows'),
      }),
  };
}

/** What a table is called on a chart: whose it is, and how it is read. */
export function tableTitle({ reader, table, call }: DrawnTable, language: Language): string {
  const tell = chartTexts(language);
  const name = visible(reader.title ?? reader.name);
  return reader.kind === 'bonus'
    ? tell('bonus.of', { reader: name, table: visible(call) })
    : tell('score.of', { reader: name, table: visible(table) });
}

function pointText(
  { name, row, x, y, paid, held }: PayoutPoint,
  { language, currency }: Omit<PayoutStyle, 'period'>,
): string {
  const tell = chartTexts(language);
  return [
    row === undefined ? visible(name) : `${visible(name)}, ${visible(row)}`,
    `${figureIn(language, x)} → ${figureIn(language, y)}`,
    ...(paid === undefined
      ? []
      : [
          tell('payout.paid', {
            amount: figureIn(language, { value: paid, type: { kind: 'money', currency } }),
          }),
        ]),
    ...(held ? [tell(`held.${held}`)] : []),
  ].join('\n');
}

/** Where something stands on the chart, with what is said of it. */
export interface DrawnPoint {
  readonly x: string | null;
  readonly y: string | null;
  /** It isn't paid in full. */
  readonly held: boolean;
  readonly says: string;
}

/** The chart's option: for each line a line and the ends of its jumps, then the points. */
export function payoutOption(
  lines: readonly NamedLine[],
  {
    title,
    x,
    y,
    xName,
    language,
    look,
    points,
    pointsName,
  }: {
    readonly title: string;
    readonly x: ValueType;
    readonly y: ValueType;
    readonly xName: string;
    readonly language: Language;
    readonly look: Look;
    readonly points: readonly DrawnPoint[];
    readonly pointsName: string;
  },
): ReturnType<Drawing['option']> {
  const base = frame(look, title);
  const xs = lines.flatMap(({ stretches }) =>
    stretches.flatMap((each) => each.map((place) => pixelOf(place.x) ?? 0)),
  );
  const figure = (value: string, type: ValueType): string =>
    type.kind === 'number' ? numberIn(language, value) : figureIn(language, { value, type });
  return {
    ...base,
    grid: { left: 8, right: 24, top: 16, bottom: 40, containLabel: true },
    tooltip: {
      ...(base.tooltip as object),
      trigger: 'item',
      formatter: ({ seriesIndex, dataIndex }: { seriesIndex: number; dataIndex: number }) => {
        if (seriesIndex >= lines.length * 2) return points[dataIndex]?.says ?? '';
        const line = lines[seriesIndex >> 1]!;
        const places = seriesIndex % 2 === 0 ? flat(line.stretches) : ends(line.stretches);
        const place = places[dataIndex];
        return place ? `${line.name}\n${figure(place.x, x)} → ${figure(place.y, y)}` : '';
      },
    },
    xAxis: axis(look, {
      type: 'value',
      name: xName,
      nameLocation: 'middle',
      nameGap: 28,
      min: Math.min(...xs),
      max: Math.max(...xs),
      splitLine: { show: false },
      axisLabel: { formatter: axisText(x, language) },
    }),
    yAxis: axis(look, { type: 'value', axisLabel: { formatter: axisText(y, language) } }),
    series: [
      ...lines.flatMap(({ name, stretches }, at) => {
        const color = seriesColour(look.dark, at);
        return [
          {
            name,
            type: 'line',
            color,
            symbol: 'circle',
            symbolSize: 1,
            lineStyle: { width: 2 },
            connectNulls: false,
            data: flat(stretches).map((each) => (each ? [pixel(each.x), pixel(each.y)] : [null, null])),
          },
          {
            name: `${name} `,
            type: 'scatter',
            color,
            symbolSize: 8,
            data: ends(stretches).map((each) => ({
              value: [pixel(each.x), pixel(each.y)],
              itemStyle: { color: each.included ? color : look.panel, borderColor: color, borderWidth: 2 },
            })),
          },
        ];
      }),
      {
        name: pointsName,
        type: 'scatter',
        color: look.fg,
        symbol: 'diamond',
        symbolSize: 11,
        z: 5,
        data: points.map((each) => ({
          value: [pixel(each.x), pixel(each.y)],
          itemStyle: {
            color: each.held ? look.panel : look.dark ? '#ffa86b' : '#c2570c',
            borderColor: look.dark ? '#ffa86b' : '#c2570c',
            borderWidth: each.held ? 2 : 1,
          },
        })),
      },
    ],
  };
}

/** All places of a line with gaps between its stretches. */
function flat(stretches: readonly Stretch[]): readonly (Stretch[number] | undefined)[] {
  return stretches.flatMap((each, at) => [...(at === 0 ? [] : [undefined]), ...each]);
}

/** The ends at which a line jumps. */
function ends(stretches: readonly Stretch[]): readonly Stretch[number][] {
  return stretches.flatMap((each, at) => [
    ...(at > 0 && each[0] ? [each[0]] : []),
    ...(at < stretches.length - 1 && each.at(-1) ? [each.at(-1)!] : []),
  ]);
}
