// What text and Markdown say alike of how KPIs stand: the summary in a line, what the forecast goes by, and the columns of
// KPIs.

import type { KpiStanding, NoForecast, Standing } from '../model/standing.ts';
import { personText } from './diff-words.ts';
import { figureText, MISSING } from './format.ts';

/** `sales 2026-03: 2 red, 1 amber, 7 green of 10 KPIs, expected on 2026-03-31`. */
export function summaryText(standing: Standing): string {
  const { policy, period, until, counts, kpis, noForecast } = standing;
  const { red, amber, green, open } = counts;
  const when = noForecast === undefined ? `, expected on ${until}` : noForecast === 'over' ? '' : ', so far';
  const rejects = standing.rejectsAllowed ? '; rows that could not be read were left out' : '';
  return `${policy.name} ${period}: ${red} red, ${amber} amber, ${green} green${open === 0 ? '' : `, ${open} open`} of ${countText(kpis.length)}${when}${rejects}`;
}

function countText(count: number): string {
  return `${count} KPI${count === 1 ? '' : 's'}`;
}

/** What the forecast goes by, or why there is none, as a sentence. */
export function paceText({ pace, noForecast, until }: Standing): string {
  if (noForecast !== undefined) return `No forecast: ${WHY_NONE[noForecast]}.`;
  const { today, asked, calendar, passed, all } = pace!;
  const days = calendar === undefined ? 'days' : `working days of ${calendar}`;
  const later = asked === undefined ? '' : ` (not until ${asked}, as rows are dated after it)`;
  return `Forecast for ${until} at the pace until ${today}${later}: ${passed} of ${all} ${days} have passed.`;
}

const WHY_NONE: Readonly<Record<NoForecast, string>> = {
  over: 'all days of the period have passed',
  'no rows': 'no row is dated in the period; `--today` says how much of it has passed',
  'not begun': 'no day of the period that counts has passed',
  fault: 'the policy has no result at this pace, as said',
};

/** The KPIs that are expected to miss, red ones first; and the others. */
export function divided({ kpis }: Standing): {
  readonly missing: readonly KpiStanding[];
  readonly others: readonly KpiStanding[];
} {
  const of = (status: KpiStanding['expected']) => kpis.filter(({ expected }) => expected === status);
  return { missing: [...of('red'), ...of('amber')], others: [...of('green'), ...of('open')] };
}

/** A column of KPIs: its heading, its cells, and whether they are figures. */
export interface StandingColumn {
  readonly heading: string;
  readonly isFigure: boolean;
  readonly cell: (kpi: KpiStanding) => string;
}

/** The columns of a table of KPIs; `missing`: of those that are expected to miss. */
export function standingColumns(
  { noForecast, kpis }: Standing,
  of: 'missing' | 'others',
): readonly StandingColumn[] {
  const text = (heading: string, cell: StandingColumn['cell']) => ({ heading, isFigure: false, cell });
  const figure = (heading: string, cell: StandingColumn['cell']) => ({ heading, isFigure: true, cell });
  const isAhead = noForecast === undefined;
  return [
    text('Person', (each) => `${personText(each)}${roleText(each, kpis)}`),
    text('KPI', ({ kpi, title }) => title ?? kpi),
    figure(isAhead ? 'So far' : 'Actual', ({ actual }) => figureText(actual)),
    figure('Target', targetText),
    ...(isAhead
      ? [figure('Forecast', ({ forecast }) => (forecast ? figureText(forecast.actual) : MISSING))]
      : []),
    figure('Attainment', (each) => {
      const { attainment } = each.forecast ?? each;
      return attainment ? figureText(attainment) : MISSING;
    }),
    text('Status', statusText),
    ...(isAhead && of === 'missing'
      ? [
          figure('Missing', ({ left }) => (left ? figureText(left.amount) : '')),
          figure('A day', ({ left }) => (left ? figureText(left.perDay) : '')),
        ]
      : []),
  ];
}

/** The heading of the table of KPIs that miss. */
export function missingHeading({ noForecast }: Standing): string {
  return noForecast === undefined ? 'Expected to miss' : noForecast === 'over' ? 'Missed' : 'Behind so far';
}

/** The heading of the table of the others. */
export function othersHeading({ noForecast }: Standing): string {
  return noForecast === 'over' ? 'Reached' : 'On course';
}

function targetText({ target, upTo }: KpiStanding): string {
  if (!target) return MISSING;
  return upTo ? `${figureText(target)} .. ${figureText(upTo)}` : figureText(target);
}

function statusText({ forecast, status, expected }: KpiStanding): string {
  return forecast && status !== expected ? `${expected} (${status} so far)` : expected;
}

/** The role, where the person has several. */
function roleText({ person, role }: KpiStanding, kpis: readonly KpiStanding[]): string {
  const isOnly = kpis.every((each) => each.person !== person || each.role === role);
  return isOnly ? '' : `, ${role}`;
}
