// What the company's dashboard shows beside people: results by attribute, pools, and what became of the rows of the data.

import { parsePeriod } from '../base/period.ts';
import type { ControlTotals } from '../model/dataset.ts';
import type { GroupResult, Result } from '../model/result.ts';
import { rejectedRows } from './control.ts';
import { numberIn } from './explain-figures.ts';
import { escaped, tableOfHtml } from './html.ts';
import { figureHtml, moneyHtml, plainTitle, type Sheet, sectionHtml } from './page.ts';
import { distinct } from './role-table.ts';
import { visible } from './terminal-text.ts';

/** Results of those who share an attribute, as `report by` says. */
export function groupsHtml({ groups }: Result, sheet: Sheet): readonly string[] {
  const { tell, language, period } = sheet;
  const here = groups.filter((each) => each.period === period);
  return [...new Set(here.map((each) => each.attribute))].flatMap((attribute) => {
    const rows = here.filter((each) => each.attribute === attribute);
    const kpis = distinct(rows.flatMap((each) => each.kpis));
    const line = (heading: string, cellOf: (row: GroupResult) => string) => [
      escaped(heading),
      ...rows.map(cellOf),
    ];
    return sectionHtml(tell('groups.by', { attribute: visible(attribute) }), [
      tableOfHtml(
        [
          { heading: '', align: 'left' },
          ...rows.map((each) => ({ heading: visible(each.value), align: 'right' as const })),
        ],
        [
          line(tell('dashboard.people'), (row) => String(row.people)),
          ...kpis.map((kpi) =>
            line(plainTitle(kpi), (row) => {
              const found = row.kpis.find((each) => each.kpi === kpi.kpi);
              return found ? figureHtml(language, found.actual) : '';
            }),
          ),
          line(tell('pay'), (row) => moneyHtml(sheet, row.pay)),
        ],
      ),
    ]);
  });
}

/** Each pool whose time ends in the period. */
export function poolsHtml({ pools = [] }: Result, sheet: Sheet): readonly string[] {
  const { tell } = sheet;
  const here = pools.filter((each) => endsWith(each.period, sheet.period));
  return sectionHtml(tell('pools'), [
    here.length === 0
      ? ''
      : tableOfHtml(
          [
            { heading: tell('pool'), align: 'left' },
            { heading: tell('pool.amount'), align: 'right' },
            { heading: tell('pool.parts'), align: 'right' },
            { heading: tell('pool.unspent'), align: 'right' },
          ],
          here.map(({ title, pool, period, amount, parts, unspent }) => [
            escaped(`${visible(title ?? pool)}${period === sheet.period ? '' : `, ${visible(period)}`}`),
            moneyHtml(sheet, amount),
            String(parts.length),
            moneyHtml(sheet, unspent),
          ]),
        ),
  ]);
}

/** Whether a pool's own time, which may be longer, ends with the period. */
function endsWith(own: string, period: string): boolean {
  return own === period || (parsePeriod(own)?.until ?? 0) === parsePeriod(period)?.until;
}

/** How many rows of each source were used, filtered and rejected. */
export function dataHtml({ control }: Result, sheet: Sheet): readonly string[] {
  const { tell, language } = sheet;
  const count = (rows: number) => escaped(numberIn(language, String(rows)));
  const filtered = ({ filtered: all }: ControlTotals) => all.reduce((sum, each) => sum + each.totals.rows, 0);
  return sectionHtml(tell('data'), [
    tableOfHtml(
      [
        { heading: tell('data.source'), align: 'left' },
        { heading: tell('data.rows'), align: 'right' },
        { heading: tell('data.used'), align: 'right' },
        { heading: tell('data.filtered'), align: 'right' },
        { heading: tell('data.rejected'), align: 'right' },
      ],
      control.map((each) => [
        escaped(visible(each.source)),
        count(each.all.rows),
        count(each.used.rows),
        count(filtered(each)),
        count(rejectedRows(each)),
      ]),
    ),
  ]);
}
