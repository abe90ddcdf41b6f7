// Amounts by period: lines of roles, bars of one person, or stacked bars of what pay is made of.

import { sumOf } from '../base/exact-text.ts';
import type { PayLine } from '../model/pay-lines.ts';
import { figureIn, type Language } from '../report/explain-figures.ts';
import { lineTitle } from '../report/line-sentences.ts';
import { axis, axisText, type Drawing, frame, type Look, pixel, seriesColour } from './drawing.ts';
import { largest, OTHERS, type Over } from './series.ts';
import { chartTexts } from './words.ts';

/** How the amounts are drawn. */
export interface OverStyle {
  readonly kind: 'lines' | 'bars' | 'stacked';
  readonly title: string;
  readonly periods: readonly string[];
  readonly currency: string;
  readonly language: Language;
  readonly nameOf: (one: Over) => string;
}

/** The chart, and the amounts as a table with totals. */
export function overDrawing(all: readonly Over[], style: OverStyle): Drawing {
  const { title, periods, currency, language, nameOf, kind } = style;
  const tell = chartTexts(language);
  const money = (text: string): string =>
    figureIn(language, { value: text, type: { kind: 'money', currency } });
  const totals = periods.map((_, at) => sumOf(all.map((each) => each.amounts[at] ?? '0')));
  const drawn = kind === 'stacked' ? largest(all) : all;
  const said = drawn.slice(0, 12).map((each) => `${nameOf(each)}: ${money(each.total)}`);
  return {
    title,
    says: `${title}. ${said.join('; ')}`,
    height: kind === 'stacked' ? 380 : 320,
    legend: (dark) =>
      drawn.length < 2
        ? []
        : drawn.map((each, at) => ({ name: nameOf(each), colour: colourOf(each, dark, at) })),
    table: {
      heads: [
        { text: tell('col.part') },
        ...periods.map((text) => ({ text, right: true as const })),
        { text: tell('cost.total'), right: true },
      ],
      rows: [
        ...all.map((each) => [
          nameOf(each),
          ...each.amounts.map((amount) => (amount === undefined ? '' : money(amount))),
          money(each.total),
        ]),
        ...(all.length > 1 ? [[tell('cost.total'), ...totals.map(money), money(sumOf(totals))]] : []),
      ],
    },
    option: (look) => optionOf(drawn, { ...style, money, totals, look }),
  };
}

function optionOf(
  all: readonly Over[],
  {
    kind,
    title,
    periods,
    currency,
    language,
    nameOf,
    money,
    totals,
    look,
  }: OverStyle & {
    readonly money: (text: string) => string;
    readonly totals: readonly string[];
    readonly look: Look;
  },
) {
  const base = frame(look, title);
  const tell = chartTexts(language);
  const names = all.map(nameOf);
  return {
    ...base,
    grid: { left: 8, right: 16, top: 16, bottom: 8, containLabel: true },
    tooltip: {
      ...(base.tooltip as object),
      trigger: 'item',
      formatter: ({ seriesIndex, dataIndex }: { seriesIndex: number; dataIndex: number }) => {
        const amount = all[seriesIndex]?.amounts[dataIndex];
        const lines = [
          `${names[seriesIndex]}, ${periods[dataIndex]}`,
          amount === undefined ? '' : money(amount),
        ];
        if (kind === 'stacked') lines.push(`${tell('cost.total')}: ${money(totals[dataIndex] ?? '0')}`);
        return lines.join('\n');
      },
    },
    xAxis: axis(look, { type: 'category', data: periods, splitLine: { show: false } }),
    yAxis: axis(look, {
      type: 'value',
      axisLabel: { formatter: axisText({ kind: 'money', currency }, language) },
    }),
    series: all.map(({ amounts }, at) => ({
      name: names[at],
      type: kind === 'lines' ? 'line' : 'bar',
      ...(kind === 'stacked' ? { stack: 'all' } : {}),
      ...(kind === 'lines' ? { symbolSize: 7, connectNulls: false } : { barMaxWidth: 56 }),
      color: colourOf(all[at], look.dark, at),
      data: amounts.map((each) => pixel(each)),
    })),
  };
}

/** Others have no colour of their own. */
function colourOf(one: Over | undefined, dark: boolean, at: number): string {
  return one?.key === OTHERS ? (dark ? '#5a6577' : '#b3bcc9') : seriesColour(dark, at);
}

/** What a part of the cost is called: its title, else the name that is its key's second word. */
export function partTitle({ key, title }: Over, language: Language): string {
  if (key === OTHERS) return chartTexts(language)('cost.others');
  const [kind = '', ...name] = key.split(' ');
  const line = { kind: kind as PayLine['kind'], name: name.join(' ') || kind };
  return lineTitle(title === undefined ? line : { ...line, title }, language);
}
