// How KPIs stand, as a summary for an issue, a pull request or the page of a job: tables that GitHub shows, names that do
// nothing there.

import type { KpiStanding, Standing } from '../model/standing.ts';
import { inert } from './diff-markdown.ts';
import {
  divided,
  missingHeading,
  othersHeading,
  paceText,
  type StandingColumn,
  standingColumns,
  summaryText,
} from './standing-words.ts';

/** How many lines a table has at most, so that a comment holds it. */
const MOST_ROWS = 100;

const COLOURS: Readonly<Record<KpiStanding['expected'], string>> = {
  green: '🟢',
  amber: '🟡',
  red: '🔴',
  open: '⚪',
};

/** The summary with a table of the KPIs that are expected to miss, and the others folded. */
export function standingMarkdown(standing: Standing): string {
  const { policy, period } = standing;
  const { missing, others } = divided(standing);
  const body = others.length === 0 ? '' : table(others, standingColumns(standing, 'others'));
  const blocks = [
    `## ${inert(policy.title ?? policy.name)}, ${inert(period)}`,
    `**${inert(summaryText(standing))}**`,
    inert(paceText(standing)),
    ...(missing.length === 0
      ? []
      : [`### ${missingHeading(standing)}`, table(missing, standingColumns(standing, 'missing'))]),
    ...(others.length === 0
      ? []
      : [
          `<details><summary>${othersHeading(standing)}: ${others.length}</summary>\n\n${body}\n\n</details>`,
        ]),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function table(kpis: readonly KpiStanding[], columns: readonly StandingColumn[]): string {
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const more = kpis.length - MOST_ROWS;
  return [
    row(columns.map(({ heading }) => heading)),
    row(columns.map(({ isFigure }) => (isFigure ? '---:' : '---'))),
    ...kpis.slice(0, MOST_ROWS).map((kpi) => row(columns.map((column) => cellText(column, kpi)))),
    ...(more > 0 ? ['', `and ${more} more`] : []),
  ].join('\n');
}

function cellText({ heading, cell }: StandingColumn, kpi: KpiStanding): string {
  const text = inert(cell(kpi));
  return heading === 'Status' ? `${COLOURS[kpi.expected]} ${text}` : text;
}
