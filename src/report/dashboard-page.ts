// What a role, a team or the company came to in a period, as a page: figures at a glance, KPIs, charts, people in order, awards,
// cost by component, and for the company what became of the data.

import { sumOf } from '../base/exact-text.ts';
import type { Result, Statement } from '../model/result.ts';
import { dataHtml, groupsHtml, poolsHtml } from './dashboard-company.ts';
import { awardsHtml, peopleHtml } from './dashboard-people.ts';
import type { Language } from './explain-figures.ts';
import { escaped, tableOfHtml } from './html.ts';
import {
  figureHtml,
  moneyHtml,
  periodHtml,
  plainTitle,
  reportPage,
  type Sheet,
  sectionHtml,
  sheetOf,
} from './page.ts';
import { periodName } from './page-dates.ts';
import { kpisHtml } from './page-measured.ts';
import { type Picture, pictureHtml } from './picture.ts';
import { changeHtml, footerHtml, notesHtml } from './statement-page.ts';
import { visible } from './terminal-text.ts';

/** What a page about several people shows. */
export interface DashboardPage {
  readonly kind: 'company' | 'role' | 'team';
  readonly title: string;
  /** Of all periods that are shown, only of whom the page is about. */
  readonly result: Result;
  readonly period: string;
  readonly language: Language;
  readonly pictures: readonly Picture[];
  /** What pay of the period is made of: each part and its amount. */
  readonly cost: readonly { readonly title: string; readonly amount: string }[];
  /** Pages beside this one. */
  readonly parts: readonly DashboardParts[];
  readonly up?: { readonly title: string; readonly href: string };
  /** Where the page of a person's statement lies. */
  readonly statements: ReadonlyMap<string, string>;
}

/** Pages about parts of whom a page is about. */
export interface DashboardParts {
  readonly kind: 'roles' | 'teams' | 'periods';
  readonly rows: readonly {
    readonly title: string;
    readonly href: string;
    readonly people: number;
    readonly pay: string;
  }[];
}

/** The page. */
export function dashboardPage(page: DashboardPage): string {
  const { result, period, language, pictures, title, up } = page;
  const sheet = sheetOf(language, result.policy.currency, period);
  const { tell } = sheet;
  const statements = result.statements.filter((each) => each.period === period);
  return reportPage(sheet, `${title}, ${periodName(language, period)}`, [
    up ? `<nav><a href="${escaped(up.href)}">← ${escaped(up.title)}</a></nav>` : '',
    headHtml(page, statements, sheet),
    ...notesHtml(result, sheet),
    tilesHtml(page, statements, sheet),
    ...companyKpisHtml(page, sheet),
    ...page.parts.flatMap((each) => partsHtml(each, sheet)),
    ...(pictures.length > 0
      ? sectionHtml(tell('charts'), [
          page.kind === 'role'
            ? `<p class="note">${escaped(tell('charts.point', { who: tell('charts.people') }))}</p>`
            : '',
          `<div class="charts">${pictures.map((each) => pictureHtml(each, tell)).join('\n')}</div>`,
        ])
      : []),
    ...peopleHtml(page, statements, sheet),
    ...awardsHtml(statements, sheet),
    ...costHtml(page, sheet),
    ...(page.kind === 'company'
      ? [...groupsHtml(result, sheet), ...poolsHtml(result, sheet), ...dataHtml(result, sheet)]
      : []),
    footerHtml(result, sheet),
  ]);
}

function headHtml(
  { title, kind, result }: DashboardPage,
  statements: readonly Statement[],
  sheet: Sheet,
): string {
  const { tell, period } = sheet;
  const policy = visible(result.policy.title ?? result.policy.name);
  const what = kind === 'company' ? '' : `${escaped(tell(`dashboard.${kind}`))} · `;
  return `<header><div><h1>${escaped(title)}</h1>
<p class="sub">${what}${periodHtml(sheet, period)} · ${escaped(policy)}</p></div>
<div class="total"><span class="note">${escaped(tell('dashboard.pay'))}</span><strong>${moneyHtml(sheet, payOf(statements))}</strong></div></header>`;
}

/** What all statements come to. */
function payOf(statements: readonly Statement[]): string {
  return sumOf(statements.map((each) => each.pay));
}

function tilesHtml(
  { result, period }: DashboardPage,
  statements: readonly Statement[],
  sheet: Sheet,
): string {
  const { tell } = sheet;
  const before = result.periods[result.periods.indexOf(period) - 1];
  const earlier = result.statements.filter((each) => each.period === before);
  const judged = statements
    .flatMap(({ roles }) => roles.flatMap(({ kpis }) => kpis))
    .filter((each) => each.status);
  const count = (status: string) => judged.filter((each) => each.status === status).length;
  const won = statements.flatMap(({ awards = [] }) => awards).filter((each) => each.won).length;
  const tile = (label: string, value: string) =>
    `<li><span>${escaped(label)}</span><strong>${value}</strong></li>`;
  const statuses = (['green', 'amber', 'red'] as const).map((each) => {
    const sign = each === 'green' ? '●' : each === 'amber' ? '▲' : '■';
    return `<span class="${each}" title="${escaped(tell(`status.${each}`))}">${sign} ${count(each)}</span>`;
  });
  const tiles = [
    tile(tell('dashboard.people'), String(new Set(statements.map((each) => each.person)).size)),
    ...(before === undefined || earlier.length === 0
      ? []
      : [
          tile(
            tell('tile.before', { period: periodName(sheet.language, before) }),
            changeHtml(payOf(earlier), payOf(statements), sheet),
          ),
        ]),
    ...(judged.length > 0
      ? [
          `<li class="statuses"><span>${escaped(tell('dashboard.statuses'))}</span><strong>${statuses.join(' ')}</strong></li>`,
        ]
      : []),
    ...(won > 0 ? [tile(tell('dashboard.awards'), String(won))] : []),
  ];
  return `<ul class="tiles">${tiles.join('')}</ul>`;
}

/** The company's own figures; of several periods, side by side. */
function companyKpisHtml({ kind, result, period }: DashboardPage, sheet: Sheet): readonly string[] {
  if (kind !== 'company') return [];
  const { tell, language } = sheet;
  const kpis = result.company.find((each) => each.period === period)?.kpis ?? [];
  const shown = kpis.filter((each) => each.actual.value !== null || each.target);
  if (shown.length === 0) return [];
  const { periods } = result;
  if (periods.length < 2) return sectionHtml(tell('dashboard.kpis'), [kpisHtml(shown, sheet, plainTitle)]);
  const rows = shown.map((kpi) => [
    escaped(plainTitle(kpi)),
    ...periods.map((each) => {
      const then = result.company.find((one) => one.period === each)?.kpis.find((one) => one.kpi === kpi.kpi);
      return then ? figureHtml(language, then.actual) : '';
    }),
  ]);
  const table = tableOfHtml(
    [
      { heading: tell('kpi'), align: 'left' },
      ...periods.map((each) => ({ heading: periodName(language, each), align: 'right' as const })),
    ],
    rows,
  );
  const targeted = shown.filter((each) => each.target);
  const hasTargets = targeted.length > 0;
  return sectionHtml(tell('dashboard.kpis'), [
    ...(hasTargets
      ? [kpisHtml(targeted, sheet, plainTitle), `<h3>${escaped(tell('dashboard.overTime'))}</h3>`]
      : []),
    table,
  ]);
}

function partsHtml({ kind, rows }: DashboardParts, sheet: Sheet): readonly string[] {
  if (rows.length === 0) return [];
  const { tell } = sheet;
  return sectionHtml(tell(`dashboard.${kind}`), [
    tableOfHtml(
      [
        { heading: '', align: 'left' },
        { heading: tell('dashboard.people'), align: 'right' },
        { heading: tell('pay'), align: 'right' },
      ],
      rows.map(({ title, href, people, pay }) => [
        `<a href="${escaped(href)}">${escaped(title)}</a>`,
        String(people),
        moneyHtml(sheet, pay),
      ]),
    ),
  ]);
}

function costHtml({ cost, result, period }: DashboardPage, sheet: Sheet): readonly string[] {
  if (cost.length === 0) return [];
  const { tell } = sheet;
  const total = payOf(result.statements.filter((each) => each.period === period));
  return sectionHtml(tell('dashboard.cost'), [
    tableOfHtml(
      [
        { heading: tell('dashboard.part'), align: 'left' },
        { heading: tell('pay'), align: 'right' },
      ],
      cost.map(({ title, amount }) => [escaped(title), moneyHtml(sheet, amount)]),
      { total: [escaped(tell('pay.total')), moneyHtml(sheet, total)] },
    ),
  ]);
}
