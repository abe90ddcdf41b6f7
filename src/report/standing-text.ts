// How KPIs stand, as text for a terminal: the summary, the KPIs that are expected to miss their targets, and the others.

import type { KpiStanding, Standing } from '../model/standing.ts';
import { hanging } from './amounts.ts';
import { type Column, columnsText, WIDTH } from './columns.ts';
import {
  divided,
  missingHeading,
  othersHeading,
  paceText,
  type StandingColumn,
  standingColumns,
  summaryText,
} from './standing-words.ts';
import { visible } from './terminal-text.ts';

/** The summary alone, ended by a line end: for a log, or a message. */
export function standingLine(standing: Standing): string {
  return `${visible(summaryText(standing))}\n`;
}

/** All of it, ended by a line end. */
export function standingText(
  standing: Standing,
  { width = WIDTH }: { readonly width?: number } = {},
): string {
  const { missing, others } = divided(standing);
  const said = [summaryText(standing), paceText(standing)].flatMap((each) => hanging(visible(each), width));
  const blocks = [
    said.join('\n'),
    ...(missing.length === 0
      ? []
      : [`${missingHeading(standing)}\n${table(missing, standingColumns(standing, 'missing'), width)}`]),
    ...(others.length === 0
      ? []
      : [`${othersHeading(standing)}\n${table(others, standingColumns(standing, 'others'), width)}`]),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function table(kpis: readonly KpiStanding[], shown: readonly StandingColumn[], width: number): string {
  const columns = shown.map(
    ({ heading, isFigure }): Column => ({ heading, align: isFigure ? 'right' : 'left' }),
  );
  const rows = kpis.map((each) => shown.map(({ cell }) => visible(cell(each))));
  return columnsText(columns, rows, { indent: '  ', width });
}
