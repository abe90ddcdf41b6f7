// What was measured and what it scored, as tables: KPIs with their targets, and the lines of a scorecard.

import { add, equals, exact, exactText, ONE, ZERO } from '../base/exact.ts';
import type { FigureValue } from '../model/inputs.ts';
import type { KpiLine, Score } from '../model/kpi-lines.ts';
import { hanging } from './amounts.ts';
import { columnsText, type TableOptions } from './columns.ts';
import { figureText, MISSING, percentText } from './format.ts';
import { kpiTitle } from './kpi-sentences.ts';
import { curveText } from './table-text.ts';
import { visible } from './terminal-text.ts';

/** KPIs with actual, target, attainment and status, as a table. */
export function kpiTable(kpis: readonly KpiLine[], options: TableOptions): string {
  const rows = kpis.map((kpi) => [
    kpiTitle(kpi),
    figureText(kpi.actual),
    kpi.target ? targetText(kpi.target, kpi.upTo) : '',
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

/** From when the data is known of what looks at all history: `New clients: first since 2024-01-01`. */
export function sinceText(kpis: readonly KpiLine[]): readonly string[] {
  return kpis.flatMap((kpi) =>
    kpi.since === undefined ? [] : [`    ${kpiTitle(kpi)}: first since ${visible(kpi.since)}`],
  );
}

/** The rows of a first or last, where there are several: `Rating: 4 of r2 counts (entered_at = …); 3 of r1 does not (…)`. */
export function seenRowsText(kpis: readonly KpiLine[], width: number): readonly string[] {
  return kpis.flatMap((kpi) => {
    const { rows = [], moreRows } = kpi;
    const lines = rows.map(({ key, value, counted, inputs }) => {
      const named = inputs
        .filter((each) => each.value === 'top' || each.value.value !== null)
        .map((each) => `${visible(each.text)} = ${figureText(each.value)}`);
      const what = `${figureText(value)} of ${visible(key)} ${counted ? 'counts' : 'does not count'}`;
      return named.length > 0 ? `${what} (${named.join(', ')})` : what;
    });
    if (moreRows !== undefined) lines.push(`and ${moreRows} more`);
    return lines.flatMap((each) => hanging(`    ${kpiTitle(kpi)}: ${each}`, width));
  });
}

/** A target; of a band both ends. */
function targetText(target: FigureValue, upTo: FigureValue | undefined): string {
  return upTo ? `${figureText(target)} .. ${figureText(upTo)}` : figureText(target);
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

/** Where on its curve each line lies: `Total revenue on standard: between 80 % (50 %) and 100 % (100 %)`. */
export function segmentsText(score: Score, kpis: readonly KpiLine[], width: number): readonly string[] {
  return score.lines.flatMap(({ kpi, curve, part }) => {
    if (curve === undefined || !part) return [];
    const title = kpiTitle(kpis.find((each) => each.kpi === kpi) ?? { kpi });
    return hanging(`    ${title} on ${visible(curve)}: ${curveText(part)}`, width);
  });
}

/** Where weights are spread, the points are over those that are there. */
function spreadText(score: Score): string {
  const there = score.lines.filter((line) => line.score !== null).map((line) => exact(line.weight));
  const weights = there.reduce(add, ZERO);
  return equals(weights, ONE) ? '' : `points over ${percentText(exactText(weights))}`;
}
