// Which charts stand on a statement's page and on dashboards, drawn. A statement's show nobody else.

import type { DrawnTable } from '../ask/drawn-tables.ts';
import type { Result } from '../model/result.ts';
import type { Language } from '../report/explain-figures.ts';
import { kpiTitle } from '../report/kpi-sentences.ts';
import { periodName } from '../report/page-dates.ts';
import type { Picture } from '../report/picture.ts';
import { visible } from '../report/terminal-text.ts';
import { attainmentDrawing } from './attainment-chart.ts';
import type { Drawing } from './drawing.ts';
import { overDrawing, partTitle } from './over-chart.ts';
import { pointsOf } from './payout.ts';
import { payoutDrawing } from './payout-chart.ts';
import {
  attainedIn,
  attainedOf,
  costByPart,
  kpiChoices,
  type Over,
  payByRole,
  payOfPerson,
} from './series.ts';
import { pictureOf } from './svg.ts';
import { attainmentTrends, reachedTrend, trendDrawing } from './trend-chart.ts';
import { chartTexts } from './words.ts';

/** What pictures are drawn from. */
export interface Drawn {
  /** Of all periods that are shown. */
  readonly result: Result;
  readonly period: string;
  readonly language: Language;
  /** The tables that pay reads. */
  readonly tables: readonly DrawnTable[];
}

/** How many payout curves a page has, and bars a chart of attainments. */
const MOST_CURVES = 4;
const MOST_BARS = 25;

/** Of one person: attainments now and over time, pay over time, and where the person stands on payout curves. */
export function statementPictures(
  { result, period, language, tables }: Drawn,
  person: string,
): readonly Picture[] {
  const own = { ...result, statements: result.statements.filter((each) => each.person === person) };
  const [now] = own.statements.filter((each) => each.period === period);
  const tell = chartTexts(language);
  const attained = attainedIn(own, period);
  const name = visible(now?.name ?? person);
  const trends = attainmentTrends(own, person);
  const roles = new Map(now?.roles.map((each) => [each.role, visible(each.title ?? each.role)]));
  return drawn([
    ...[...roles].map(([role, title]) => {
      const rows = attained.filter((each) => each.role === role);
      const what = roles.size > 1 ? `${name}, ${title}` : name;
      return (
        rows.length > 0 &&
        attainmentDrawing(
          rows.map((each) => ({ ...each, title: kpiTitle(each) })),
          { by: 'kpi', what, period: periodName(language, period), language },
        )
      );
    }),
    ...(own.periods.length > 1
      ? [
          trends.length > 0 &&
            trendDrawing(trends, { title: tell('trend.title'), periods: own.periods, language }),
          overDrawing(payOfPerson(own, person), {
            ...overStyle(own, language),
            kind: 'bars',
            title: tell('over.pay'),
            nameOf: () => name,
          }),
        ]
      : []),
    ...curves({ result: own, period, language, tables: tables.filter((each) => roles.has(each.role)) }),
  ]);
}

/** Of a role, a team or the company: attainments, how many targets were reached, payout curves, and what pay is made of. */
export function dashboardPictures(
  { result, period, language, tables }: Drawn,
  kind: 'company' | 'role' | 'team',
): readonly Picture[] {
  const tell = chartTexts(language);
  const style = overStyle(result, language);
  const nameOf = ({ key, title }: Over): string => visible(title ?? (key === '' ? tell('over.own') : key));
  const cost = costByPart(result).filter((each) => each.amounts.some((amount) => amount && amount !== '0'));
  const reached = reachedTrend(result, tell('trend.reached'));
  const isLong = result.periods.length > 1;
  return drawn([
    ...(kind === 'role' ? attainments({ result, period, language, tables }) : []),
    isLong &&
      reached.values.some((each) => each) &&
      trendDrawing([reached], { title: tell('trend.reached'), periods: result.periods, language }),
    isLong &&
      kind !== 'role' &&
      overDrawing(payByRole(result), { ...style, kind: 'lines', title: tell('over.roles'), nameOf }),
    ...(kind === 'role' ? curves({ result, period, language, tables }) : []),
    cost.length > 0 &&
      overDrawing(cost, {
        ...style,
        kind: 'stacked',
        title: tell('over.cost'),
        nameOf: (each) => partTitle(each, language),
      }),
  ]);
}

function drawn(all: readonly (Drawing | false | undefined)[]): readonly Picture[] {
  return all.flatMap((each) => (each ? [pictureOf(each)] : []));
}

function overStyle({ periods, policy }: Result, language: Language) {
  return { periods, currency: policy.currency, language };
}

/** Each KPI of the role, of the people who reached most and least of it. */
function attainments({ result, period, language }: Drawn): readonly Drawing[] {
  const all = attainedIn(result, period);
  return kpiChoices(all).flatMap(({ role, kpis }) =>
    kpis.map((kpi) => {
      const rows = attainedOf(all, role, kpi.kpi);
      const shown =
        rows.length <= MOST_BARS ? rows : [...rows.slice(0, MOST_BARS - 10), ...rows.slice(rows.length - 10)];
      const tell = chartTexts(language);
      const what =
        shown.length === rows.length
          ? kpiTitle(kpi)
          : tell('attainment.some', { what: kpiTitle(kpi), most: MOST_BARS - 10, least: 10 });
      return attainmentDrawing(shown, { by: 'person', what, period: periodName(language, period), language });
    }),
  );
}

/** The payout curves on which somebody stands; those that are a whole bonus first. */
function curves({ result, period, language, tables }: Drawn): readonly Drawing[] {
  const found = tables.map((table) => ({ table, points: pointsOf(result, table, period) }));
  return found
    .filter(({ points }) => points.length > 0)
    .toSorted((a, b) => Number(b.table.isAmount) - Number(a.table.isAmount))
    .slice(0, MOST_CURVES)
    .map(({ table, points }) =>
      payoutDrawing(table, points, {
        period: periodName(language, period),
        language,
        currency: result.policy.currency,
      }),
    );
}
