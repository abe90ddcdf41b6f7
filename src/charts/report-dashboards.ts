// The dashboards of a report as files: one for the company, each role and each team of a period, which lead to one another and
// to statements.

import { sumOf } from '../base/exact-text.ts';
import type { Period } from '../base/period.ts';
import type { Result, RoleStatement } from '../model/result.ts';
import { type DashboardPage, type DashboardParts, dashboardPage } from '../report/dashboard-page.ts';
import type { Language } from '../report/explain-figures.ts';
import { periodName } from '../report/page-dates.ts';
import { pageTexts } from '../report/page-words.ts';
import { withinStays } from '../report/result-parts.ts';
import { visible } from '../report/terminal-text.ts';
import { partTitle } from './over-chart.ts';
import { type Drawn, dashboardPictures } from './report-pictures.ts';
import { costByPart } from './series.ts';

/** A page, by its path within the report's folder. */
export interface ReportFile {
  readonly name: string;
  readonly text: string;
}

/** What a report is of. */
export interface Reported {
  /** Of all periods that are shown. */
  readonly result: Result;
  readonly asked: readonly Period[];
  /** Names of files by person, role and team. */
  readonly people: ReadonlyMap<string, string>;
  readonly roles: ReadonlyMap<string, string>;
  readonly teams: ReadonlyMap<string, string>;
}

/** The dashboards of one period: the company's, and those of its roles and teams beside it. */
export function dashboards(report: Reported, drawing: Drawn): readonly ReportFile[] {
  const { result, period, language } = drawing;
  const tell = pageTexts(language);
  const now = result.statements.filter((each) => each.period === period);
  const stays = now.flatMap(({ roles }) => roles);
  const roles = [...new Set(stays.map((each) => each.role))];
  const teams = [...new Set(stays.flatMap(({ team }) => team ?? []))].sort();
  const titles = new Map(stays.map(({ role, title }) => [role, visible(title ?? role)]));
  const up = { title: tell('dashboard.company'), href: 'index.html' };
  const part = (
    kind: 'role' | 'team',
    { title, file, isMeant }: { title: string; file: string; isMeant: (stay: RoleStatement) => boolean },
  ) => {
    const own = withinStays(result, isMeant);
    const mine = own.statements.filter((each) => each.period === period);
    const page = dashboardOf(report, { ...drawing, result: own }, { kind, title, parts: [], up });
    const row = {
      title,
      href: encodeURIComponent(file),
      people: new Set(mine.map((each) => each.person)).size,
      pay: sumOf(mine.map((each) => each.pay)),
    };
    return { row, file: { name: file, text: page } };
  };
  const ofRoles = roles.map((role) =>
    part('role', {
      title: titles.get(role) ?? visible(role),
      file: `role-${report.roles.get(role)}.html`,
      isMeant: (stay) => stay.role === role,
    }),
  );
  const ofTeams = teams.map((team) =>
    part('team', {
      title: visible(team),
      file: `team-${report.teams.get(team)}.html`,
      isMeant: (stay) => stay.team === team,
    }),
  );
  const parts: readonly DashboardParts[] = [
    { kind: 'roles', rows: ofRoles.map(({ row }) => row) },
    { kind: 'teams', rows: ofTeams.map(({ row }) => row) },
  ];
  const above =
    report.asked.length > 1 ? { up: { title: tell('dashboard.periods'), href: '../index.html' } } : {};
  const company = dashboardOf(report, drawing, {
    kind: 'company',
    title: tell('dashboard.company'),
    parts,
    ...above,
  });
  return [
    { name: 'index.html', text: company },
    ...ofRoles.map(({ file }) => file),
    ...ofTeams.map(({ file }) => file),
  ];
}

function dashboardOf(
  report: Reported,
  drawing: Drawn,
  page: Pick<DashboardPage, 'kind' | 'title' | 'parts' | 'up'> & { readonly folder?: string },
): string {
  const { folder = '', ...shown } = page;
  const { result, period, language } = drawing;
  const now = {
    ...result,
    periods: [period],
    statements: result.statements.filter((each) => each.period === period),
  };
  return dashboardPage({
    ...shown,
    result,
    period,
    language,
    pictures: dashboardPictures(drawing, shown.kind),
    cost: costByPart(now)
      .filter(({ total }) => total !== '0')
      .map((each) => ({ title: partTitle(each, language), amount: each.total })),
    statements: new Map(
      now.statements.map(({ person }) => [
        person,
        `${folder}statements/${encodeURIComponent(`${report.people.get(person)}.html`)}`,
      ]),
    ),
  });
}

/** The page that leads to each of several periods: the company's over all of them. */
export function periodsPage(report: Reported, language: Language): ReportFile {
  const { result, asked } = report;
  const last = asked.at(-1) as Period;
  const rows = asked.map(({ id }) => {
    const here = result.statements.filter((each) => each.period === id);
    return {
      title: periodName(language, id),
      href: `${encodeURIComponent(id)}/index.html`,
      people: new Set(here.map((each) => each.person)).size,
      pay: sumOf(here.map((each) => each.pay)),
    };
  });
  const drawing: Drawn = { result, period: last.id, language, tables: [] };
  const text = dashboardOf(report, drawing, {
    kind: 'company',
    title: pageTexts(language)('dashboard.company'),
    parts: [{ kind: 'periods', rows }],
    folder: `${encodeURIComponent(last.id)}/`,
  });
  return { name: 'index.html', text };
}
