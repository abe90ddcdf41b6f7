// What was measured and what it scored, as tables: KPIs with their targets, and the lines of a scorecard.

import { add, equals, exact, exactText, ONE, ZERO } from '../base/exact.ts';
import type { KpiLine, Score } from '../model/result.ts';
import { columnsText, type TableOptions } from './columns.ts';
import { figureText, MISSING, percentText } from './format.ts';
import { visible } from './terminal-text.ts';

/** A KPI's title, with the scope and window that it is shown in: `Total revenue [team]`. */
export function kpiTitle({ kpi, title }: Pick<KpiLine, 'kpi' | 'title'>): string {
  if (title === undefined) return visible(kpi);
  const bracket = kpi.indexOf('[');
  return bracket < 0 ? visible(title) : `${visible(title)} ${visible(kpi.slice(bracket))}`;
}

/** KPIs with actual, target, attainment and status, as a table. */
export function kpiTable(kpis: readonly KpiLine[], options: TableOptions): string {
  const rows = kpis.map((kpi) => [
    kpiTitle(kpi),
    figureText(kpi.actual),
    kpi.target ? figureText(kpi.target) : '',
    kpi.attainment ? figureText(kpi.attainment) : '',
    kpi.status ?? '',
  ]);
  return columnsText(
    [
      { heading: 'KPI', align: 'left' },
      { heading: 'Actual', align: 'right' },
      { heading: 'Target', align: 'right' },
      { heading: 'Attainment', align: 'right' },
      { heading: 'Status', align: 'left' },
    ],
    rows,
    options,
  );
}

/** The lines of a scorecard with what each adds, and the score. */
export function scoreText(score: Score, kpis: readonly KpiLine[], options: TableOptions): string {
  const rows = score.lines.map((line) => {
    const kpi = kpis.find((each) => each.kpi === line.kpi);
    const points = line.points === null ? MISSING : percentText(line.points);
    const worth =
      line.score === null
        ? `${percentText(line.weight)}, spread over the others`
        : `${percentText(line.weight)} × ${percentText(line.score)}${line.bound ? ` (its ${line.bound.kind})` : ''}`;
    const missing = line.read !== 'top' && line.read.value === null;
    const curve = line.curve === undefined ? '' : ` on ${visible(line.curve)}`;
    const read = missing ? 'missing' : figureText(line.read) + curve;
    return [kpi ? kpiTitle(kpi) : visible(line.kpi), read, worth, `= ${points}`];
  });
  return columnsText(
    [
      { heading: 'Scorecard', align: 'left' },
      { heading: 'Reads', align: 'right' },
      { heading: 'Weight × score', align: 'right' },
      { heading: 'Points', align: 'right' },
    ],
    rows,
    { ...options, total: ['Score', '', spreadText(score), `= ${figureText(score.value)}`] },
  );
}

/** Where weights are spread, the points are over those that are there. */
function spreadText(score: Score): string {
  const there = score.lines.filter((line) => line.score !== null).map((line) => exact(line.weight));
  const weights = there.reduce(add, ZERO);
  return equals(weights, ONE) ? '' : `points over ${percentText(exactText(weights))}`;
}
