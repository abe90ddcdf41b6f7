// The people of a dashboard, in order of what they reached, and what they won.

import { compareTexts } from '../base/exact-text.ts';
import type { FigureValue } from '../model/inputs.ts';
import type { KpiLine } from '../model/kpi-lines.ts';
import type { RoleStatement, Statement } from '../model/result.ts';
import type { DashboardPage } from './dashboard-page.ts';
import { figureIn } from './explain-figures.ts';
import { escaped, type HtmlColumn, tableOfHtml } from './html.ts';
import { kpiTitle } from './kpi-sentences.ts';
import { figureHtml, moneyHtml, type Sheet, sectionHtml, statusHtml } from './page.ts';
import { personName } from './statement.ts';
import { visible } from './terminal-text.ts';

/** One person, or one stay of a person in a role. */
interface Row {
  readonly statement: Statement;
  readonly role?: RoleStatement;
  readonly pay: string;
  readonly score?: FigureValue;
  readonly place: number;
}

/**
 * People of a role by score, with the attainment of each KPI; of a team or the company by pay. Equals share a place, and
 * after two firsts comes the third.
 */
export function peopleHtml(
  page: DashboardPage,
  statements: readonly Statement[],
  sheet: Sheet,
): readonly string[] {
  if (statements.length === 0) return [];
  const { tell } = sheet;
  const rows = page.kind === 'role' ? byScore(statements) : byPay(statements);
  const columns = [
    placeColumn(rows, sheet),
    personColumn(page, rows),
    ...(page.kind === 'role' ? kpiColumns(rows, sheet) : roleColumns(page, rows, sheet)),
    payColumn(rows, sheet),
  ];
  const cells = rows.map((_, at) => columns.map((each) => each.cells[at] as string));
  return sectionHtml(tell(page.kind === 'role' ? 'people.byScore' : 'people'), [
    `<div class="people">${tableOfHtml(
      columns.map(({ heading, align }) => ({ heading, align })),
      cells,
    )}</div>`,
  ]);
}

interface Filled extends HtmlColumn {
  readonly cells: readonly string[];
}

function byScore(statements: readonly Statement[]): readonly Row[] {
  const stays = statements.flatMap((statement) =>
    statement.roles.map((role) => ({
      statement,
      role,
      pay: role.total,
      ...(role.score ? { score: role.score.value } : {}),
    })),
  );
  const hasScores = stays.some((each) => each.score);
  return placed(stays, (each) => (hasScores ? (each.score?.value ?? undefined) : each.pay));
}

function byPay(statements: readonly Statement[]): readonly Row[] {
  return placed(
    statements.map((statement) => ({ statement, pay: statement.pay })),
    (each) => each.pay,
  );
}

/** In order, the largest first; who has none comes last. */
function placed(
  rows: readonly Omit<Row, 'place'>[],
  valueIn: (row: Omit<Row, 'place'>) => string | undefined,
) {
  const sorted = rows.toSorted((a, b) => {
    const [first, second] = [valueIn(a), valueIn(b)];
    if (first === undefined || second === undefined)
      return Number(first === undefined) - Number(second === undefined);
    return compareTexts(second, first);
  });
  const values = sorted.map(valueIn);
  return sorted.map((row, at): Row => {
    const same = values.findIndex(
      (each) => each !== undefined && compareTexts(each, values[at] ?? each) === 0,
    );
    return { ...row, place: values[at] === undefined || same < 0 ? at + 1 : same + 1 };
  });
}

function placeColumn(rows: readonly Row[], { tell }: Sheet): Filled {
  return { heading: tell('people.place'), align: 'right', cells: rows.map((each) => String(each.place)) };
}

function personColumn({ statements }: DashboardPage, rows: readonly Row[]): Filled {
  const cells = rows.map(({ statement }) => {
    const name = escaped(personName(statement));
    const href = statements.get(statement.person);
    return href === undefined ? name : `<a href="${escaped(href)}">${name}</a>`;
  });
  return { heading: '', align: 'left', cells };
}

function payColumn(rows: readonly Row[], sheet: Sheet): Filled {
  return {
    heading: sheet.tell('pay'),
    align: 'right',
    cells: rows.map((each) => moneyHtml(sheet, each.pay)),
  };
}

/** Each KPI that has a target in the role, and the score. */
function kpiColumns(rows: readonly Row[], sheet: Sheet): readonly Filled[] {
  const { tell, language } = sheet;
  const kpis = new Map<string, KpiLine>();
  for (const { role } of rows)
    for (const each of role?.kpis ?? []) if (each.attainment && !kpis.has(each.kpi)) kpis.set(each.kpi, each);
  const columns = [...kpis.values()].map((kpi): Filled => {
    const cells = rows.map(({ role }) => {
      const line = role?.kpis.find((each) => each.kpi === kpi.kpi);
      return line?.attainment
        ? statusHtml(sheet, line.status, wholePercent(figureIn(language, line.attainment)))
        : '';
    });
    return { heading: kpiTitle(kpi), align: 'right', cells };
  });
  const scores = rows.map(({ score }) => (score ? figureHtml(language, score) : ''));
  return rows.some((each) => each.score)
    ? [...columns, { heading: tell('score.total'), align: 'right', cells: scores }]
    : columns;
}

/** `86… %` for `86.66… %`: many columns have little room, and what is cut stays marked. */
function wholePercent(text: string): string {
  return text.replace(/[.,][0-9]+…/, '…');
}

/** The roles, teams and how many targets were reached. */
function roleColumns({ kind }: DashboardPage, rows: readonly Row[], { tell }: Sheet): readonly Filled[] {
  const each = (heading: string, cellOf: (roles: readonly RoleStatement[]) => string): Filled => ({
    heading,
    align: 'left',
    cells: rows.map(({ statement }) => escaped(cellOf(statement.roles))),
  });
  const names = (all: readonly (string | undefined)[]) =>
    [...new Set(all.filter((one) => one !== undefined))].map(visible).join(', ');
  const judged = (roles: readonly RoleStatement[]) =>
    roles.flatMap(({ kpis }) => kpis).filter((one) => one.status);
  return [
    each(tell('people.role'), (roles) => names(roles.map((role) => role.title ?? role.role))),
    ...(kind === 'team' ? [] : [each(tell('people.team'), (roles) => names(roles.map(({ team }) => team)))]),
    ...(rows.every(({ statement }) => judged(statement.roles).length === 0)
      ? []
      : [
          {
            ...each(tell('tile.targets'), (roles) => {
              const all = judged(roles);
              const count = all.filter((one) => one.status === 'green').length;
              return all.length === 0 ? '' : tell('tile.of', { count, all: all.length });
            }),
            align: 'right' as const,
          },
        ]),
  ];
}

/** Who won what, who has points, and who reached which level. */
export function awardsHtml(statements: readonly Statement[], sheet: Sheet): readonly string[] {
  const { tell, language, say, period } = sheet;
  const won = statements.flatMap((statement) =>
    (statement.awards ?? [])
      .filter((each) => each.won)
      .map(({ title, award, prizes }) => [
        escaped(visible(title ?? award)),
        escaped(personName(statement)),
        escaped(
          prizes
            .map(
              ({ kind, value }) =>
                `${kind === 'money' ? '' : `${say.prizeKinds[kind]}: `}${figureIn(language, value)}`,
            )
            .join(', '),
        ),
      ]),
  );
  const standing = statements.flatMap((statement) => {
    const { points, levels = [], kept = [] } = statement;
    const reached = levels.filter((each) => each.since !== undefined);
    if (!points && reached.length === 0 && kept.length === 0) return [];
    const levelTexts = reached.map(({ title, level, since }) =>
      since === period ? `${visible(title ?? level)} (${tell('people.new')})` : visible(title ?? level),
    );
    return [
      [
        escaped(personName(statement)),
        points ? figureHtml(language, { value: points.balance, type: { kind: 'number' } }) : '',
        escaped(levelTexts.join(', ')),
        escaped([...new Set(kept.map(({ name }) => visible(name)))].join(', ')),
      ],
    ];
  });
  const left = (heading: string): HtmlColumn => ({ heading, align: 'left' });
  return [
    ...sectionHtml(tell('awards.won'), [
      won.length === 0
        ? ''
        : tableOfHtml([left(tell('award')), left(tell('people.person')), left(tell('award.prize'))], won),
    ]),
    ...sectionHtml(tell('careers'), [
      standing.length === 0
        ? ''
        : tableOfHtml(
            [
              left(tell('people.person')),
              { heading: tell('points'), align: 'right' },
              left(tell('levels')),
              left(tell('kept')),
            ],
            standing,
          ),
    ]),
  ];
}
