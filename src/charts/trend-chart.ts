// How attainments went from period to period, as lines: of one person each KPI, or of several people the share of targets
// that they reached.

import { exactText, fraction } from '../base/exact.ts';
import type { FigureValue } from '../model/inputs.ts';
import type { Result } from '../model/result.ts';
import { figureIn, type Language } from '../report/explain-figures.ts';
import { kpiTitle } from '../report/kpi-sentences.ts';
import { axis, axisText, type Drawing, frame, type Look, pixel, seriesColour } from './drawing.ts';
import { chartTexts } from './words.ts';

/** A line: a value in each period, where there is one. */
export interface Trend {
  readonly name: string;
  readonly values: readonly (FigureValue | undefined)[];
}

const PERCENT = { kind: 'percent' } as const;

/** The attainment of each KPI that has one in the last period; of several roles in a period, the last one's. */
export function attainmentTrends({ periods, statements }: Result, person: string): readonly Trend[] {
  const kpisIn = periods.map((period) =>
    statements
      .filter((each) => each.person === person && each.period === period)
      .flatMap(({ roles }) => roles.flatMap(({ kpis }) => kpis)),
  );
  const last = new Map(
    (kpisIn.at(-1) ?? []).filter((each) => each.attainment).map((each) => [each.kpi, each]),
  );
  return [...last.values()].map(({ kpi, title }) => ({
    name: kpiTitle({ kpi, ...(title === undefined ? {} : { title }) }),
    values: kpisIn.map((all) => {
      const line = all.findLast((each) => each.kpi === kpi);
      return line?.attainment === undefined || line.attainment === 'top' ? undefined : line.attainment;
    }),
  }));
}

/** Of all KPIs with a status the share that is green, in each period. */
export function reachedTrend({ periods, statements }: Result, name: string): Trend {
  const values = periods.map((period) => {
    const judged = statements
      .filter((each) => each.period === period)
      .flatMap(({ roles }) => roles.flatMap(({ kpis }) => kpis))
      .filter((each) => each.status);
    if (judged.length === 0) return undefined;
    const green = judged.filter((each) => each.status === 'green').length;
    return { value: exactText(fraction(green, judged.length)), type: PERCENT };
  });
  return { name, values };
}

/** The lines, and the same as a table. */
export function trendDrawing(
  trends: readonly Trend[],
  {
    title,
    periods,
    language,
  }: { readonly title: string; readonly periods: readonly string[]; readonly language: Language },
): Drawing {
  const tell = chartTexts(language);
  const shown = (value: FigureValue | undefined): string => (value ? figureIn(language, value) : '');
  return {
    title,
    says: `${title}. ${trends.map(({ name, values }) => `${name}: ${shown(values.at(-1))}`).join('; ')}`,
    height: 300,
    legend: (dark) =>
      trends.length < 2 ? [] : trends.map(({ name }, at) => ({ name, colour: seriesColour(dark, at) })),
    table: {
      heads: [{ text: tell('col.kpi') }, ...periods.map((text) => ({ text, right: true as const }))],
      rows: trends.map(({ name, values }) => [name, ...values.map(shown)]),
    },
    option: (look) => optionOf(trends, { title, periods, language, look }),
  };
}

function optionOf(
  trends: readonly Trend[],
  {
    title,
    periods,
    language,
    look,
  }: {
    readonly title: string;
    readonly periods: readonly string[];
    readonly language: Language;
    readonly look: Look;
  },
) {
  return {
    ...frame(look, title),
    grid: { left: 8, right: 16, top: 16, bottom: 8, containLabel: true },
    xAxis: axis(look, { type: 'category', data: [...periods], splitLine: { show: false } }),
    yAxis: axis(look, { type: 'value', axisLabel: { formatter: axisText(PERCENT, language) } }),
    series: trends.map(({ name, values }, at) => ({
      name,
      type: 'line',
      symbolSize: 7,
      connectNulls: false,
      color: seriesColour(look.dark, at),
      data: values.map((each) => pixel(each?.value)),
    })),
  };
}
