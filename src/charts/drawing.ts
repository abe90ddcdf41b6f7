// What all charts share: a drawing with its table, colours of the page, and numbers of axes. Doubles stand for pixels only;
// every figure that is read comes from exact text.

import type { EChartsCoreOption } from 'echarts/core';
import { pixelOf } from '../base/exact-text.ts';
import type { ValueType } from '../model/value.ts';
import type { Language } from '../report/explain-figures.ts';

/** A chart that can be drawn, and the same as a table. */
export interface Drawing {
  readonly title: string;
  /** What is read out in place of the picture. */
  readonly says: string;
  /** In pixels. */
  readonly height: number;
  /** The height is that of its rows, and can't be less. */
  readonly isList?: true;
  readonly option: (look: Look) => EChartsCoreOption;
  readonly table: DrawnRows;
  /** What series are called, with their colours, where there are several; a list beside the picture says it. */
  readonly legend?: (dark: boolean) => readonly { readonly name: string; readonly colour: string }[];
  /** The person behind what is clicked, by series and place in it. */
  readonly personAt?: (series: number, at: number) => string | undefined;
}

/** What a chart shows, as a table. */
export interface DrawnRows {
  readonly heads: readonly { readonly text: string; readonly right?: true }[];
  readonly rows: readonly (readonly string[])[];
}

/** The colours of the page as they are now, and how wide there is room. */
export interface Look {
  readonly fg: string;
  readonly muted: string;
  readonly line: string;
  readonly panel: string;
  readonly accent: string;
  readonly good: string;
  readonly warn: string;
  readonly bad: string;
  readonly font: string;
  readonly dark: boolean;
  readonly width: number;
}

const SERIES_LIGHT = [
  '#1f4fd8',
  '#c2570c',
  '#157347',
  '#7b3fb5',
  '#b3261e',
  '#0b7f8a',
  '#8a6d00',
  '#c2328a',
  '#8d5a3c',
  '#4f7d00',
];
const SERIES_DARK = [
  '#86a9ff',
  '#ffa86b',
  '#62c893',
  '#c79bff',
  '#ff8a80',
  '#5fd0da',
  '#e5c454',
  '#ff8ac8',
  '#d0a48c',
  '#b3d95b',
];

/** The colours of series. */
export function seriesColours(dark: boolean): readonly string[] {
  return dark ? SERIES_DARK : SERIES_LIGHT;
}

/** The colour of a series by its place. */
export function seriesColour(dark: boolean, at: number): string {
  const all = seriesColours(dark);
  return all[at % all.length]!;
}

/** The height of a pixel place; what is no number has none. */
export function pixel(text: string | null | undefined): number | null {
  return text === null || text === undefined ? null : (pixelOf(text) ?? null);
}

/** Numbers of an axis: short, in the unit of what it shows. */
export function axisText(type: ValueType, language: Language): (value: number) => string {
  const short = new Intl.NumberFormat(language, { notation: 'compact', maximumFractionDigits: 2 });
  const plain = new Intl.NumberFormat(language, { maximumFractionDigits: 2 });
  switch (type.kind) {
    case 'percent':
      return (value) => `${plain.format(value * 100)} %`;
    case 'duration':
      return (value) => `${plain.format(value / 3600)} ${language === 'ru' ? 'ч' : 'h'}`;
    case 'money':
      return (value) => `${short.format(value)} ${type.currency}`;
    default:
      return (value) => short.format(value);
  }
}

/** What every option has. */
export function frame(look: Look, says: string): EChartsCoreOption {
  return {
    animation: false,
    aria: { enabled: true, label: { enabled: true, description: says } },
    textStyle: { color: look.fg, fontFamily: look.font, fontSize: 12 },
    color: [...seriesColours(look.dark)],
    tooltip: {
      renderMode: 'richText',
      confine: true,
      backgroundColor: look.panel,
      borderColor: look.line,
      textStyle: { color: look.fg, fontFamily: look.font, fontSize: 12 },
    },
  };
}

/** An axis in the page's colours. */
export function axis(look: Look, more: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { axisLabel = {}, ...others } = more as { axisLabel?: object };
  return {
    axisLine: { lineStyle: { color: look.line } },
    axisTick: { lineStyle: { color: look.line } },
    splitLine: { lineStyle: { color: look.line } },
    axisLabel: { color: look.muted, hideOverlap: true, ...axisLabel },
    nameTextStyle: { color: look.muted },
    ...others,
  };
}

/** A name that has room. */
export function shortened(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}
