// A person's statement of a period as a page: figures at a glance, feedback, what was measured, each line of pay with how it
// came about, charts, what is kept beside pay, and the meeting.

import { lessOf, signOfText, turned } from '../base/exact-text.ts';
import type { Feedback } from '../model/feedback.ts';
import type { LongerPeriod, Result, RoleStatement, Statement } from '../model/result.ts';
import { knownNote, rejectsNote } from './control.ts';
import type { Language } from './explain-figures.ts';
import { feedbackBlocks, payLines } from './feedback-text.ts';
import { escaped, inline } from './html.ts';
import { type MeetingNotes, meetingHtml } from './meeting.ts';
import { figureHtml, moneyHtml, periodHtml, reportPage, type Sheet, sectionHtml, sheetOf } from './page.ts';
import { besideHtml } from './page-beside.ts';
import { momentName, periodName } from './page-dates.ts';
import { measuredHtml } from './page-measured.ts';
import { goesOnHtml, linesHtml, pendingHtml } from './page-pay.ts';
import { type Picture, pictureHtml } from './picture.ts';
import { personName, roleTitle } from './statement.ts';
import { visible } from './terminal-text.ts';

/** What a statement's page shows beside the statement. */
export interface StatementPage {
  /** The run that the statement is of: of other people only what is said of all. */
  readonly result: Pick<Result, 'policy' | 'engine' | 'asKnownOn' | 'control' | 'rejectsAllowed'>;
  readonly statement: Statement;
  readonly language: Language;
  /** Pay of the period before, where there is a statement of it. */
  readonly before?: { readonly period: string; readonly pay: string };
  readonly places: readonly RolePlace[];
  readonly feedback?: Feedback;
  readonly meeting?: MeetingNotes;
  /** Who closed the period, and when: nothing on the page changes any more. */
  readonly closed?: { readonly by: string; readonly at: string };
  readonly pictures: readonly Picture[];
}

/** Where a person stands among those of a role, by score, or by pay where the role has none. */
export interface RolePlace {
  readonly role: string;
  readonly by: 'score' | 'pay';
  readonly place: number;
  readonly of: number;
}

/** The page. */
export function statementPage(page: StatementPage): string {
  const { statement, result, language, feedback, pictures, meeting } = page;
  const { roles, lines = [], pay, earned, period } = statement;
  const sheet = sheetOf(language, result.policy.currency, period);
  const { tell } = sheet;
  const title = `${personName(statement)}, ${periodName(language, period)}`;
  return reportPage(sheet, title, [
    headHtml(page, sheet),
    ...notesHtml(result, sheet),
    page.closed
      ? `<p class="note">${escaped(tell('closed', { by: visible(page.closed.by), at: momentName(language, page.closed.at) }))}</p>`
      : '',
    tilesHtml(page, sheet),
    ...(feedback ? feedbackHtml(feedback, sheet) : []),
    ...roles.flatMap((role) => roleHtml(role, roles.length > 1, sheet)),
    ...sectionHtml(tell('pay.own'), [linesHtml(lines, undefined, sheet)]),
    ...sectionHtml(
      tell('pay.all'),
      !isMore(statement)
        ? []
        : [
            earned === undefined
              ? ''
              : `<div class="line"><p><span>${escaped(tell('pay.earned'))}</span><strong>${moneyHtml(sheet, earned)}</strong></p></div>`,
            `<p class="sum"><span>${escaped(tell('pay.for', { period: periodName(language, period) }))}</span><strong>${moneyHtml(sheet, pay)}</strong></p>`,
            ...goesOnHtml(statement, sheet),
          ],
    ),
    ...(pictures.length > 0
      ? sectionHtml(tell('charts'), [
          `<p class="note">${escaped(tell('charts.point', { who: tell('charts.you') }))}</p>`,
          `<div class="charts">${pictures.map((each) => pictureHtml(each, tell)).join('\n')}</div>`,
        ])
      : []),
    ...besideHtml(statement, sheet),
    ...meetingHtml(meeting, sheet),
    footerHtml(result, sheet),
  ]);
}

/** Whether pay is more than what one role earns now. */
function isMore({ roles, lines, earned, balances, due, paid }: Statement): boolean {
  return roles.length !== 1 || [lines, earned, balances, due, paid].some((each) => each !== undefined);
}

function headHtml({ statement, result }: StatementPage, sheet: Sheet): string {
  const { roles, pay, period } = statement;
  const held = roles.map((each) => [roleTitle(each), ...teamOf(each, sheet)].join(', '));
  const policy = visible(result.policy.title ?? result.policy.name);
  return `<header><div><h1>${escaped(personName(statement))}</h1>
<p>${escaped([...new Set(held)].join(' · '))}</p>
<p class="sub">${periodHtml(sheet, period)} · ${escaped(policy)}</p></div>
<div class="total"><span class="note">${escaped(sheet.tell('pay.pay'))}</span><strong>${moneyHtml(sheet, pay)}</strong></div></header>`;
}

function teamOf({ team }: RoleStatement, { tell }: Sheet): readonly string[] {
  return team === undefined ? [] : [tell('role.team', { team: visible(team) })];
}

/** What every output of a run must say: as of which day it is, and that rows were left out. */
export function notesHtml(
  result: Pick<Result, 'asKnownOn' | 'control' | 'rejectsAllowed'>,
  { tell, language, say }: Sheet,
): readonly string[] {
  const whole = result as Result;
  const rejected = rejectsNote(whole);
  const rows = rejected?.replace(/^[^(]*/, '') ?? '';
  return [
    ...(knownNote(whole) === undefined || result.asKnownOn === undefined
      ? []
      : [`<p class="note">${escaped(say.knownOn(result.asKnownOn))}</p>`]),
    ...(rejected === undefined
      ? []
      : [`<p class="warning">${escaped(language === 'en' ? rejected : `${tell('rejects')} ${rows}`)}</p>`]),
  ];
}

/** Figures at a glance. */
function tilesHtml({ statement, before, places }: StatementPage, sheet: Sheet): string {
  const { tell, language } = sheet;
  const { roles, pay, points } = statement;
  const tile = (label: string, value: string) =>
    `<li><span>${escaped(label)}</span><strong>${value}</strong></li>`;
  const judged = roles.flatMap(({ kpis }) => kpis).filter((each) => each.status);
  const green = judged.filter((each) => each.status === 'green').length;
  const tiles = [
    ...(before
      ? [
          tile(
            tell('tile.before', { period: periodName(language, before.period) }),
            changeHtml(before.pay, pay, sheet),
          ),
        ]
      : []),
    ...roles.flatMap(({ score, ...role }) =>
      score
        ? [
            tile(
              roles.length > 1 ? `${tell('score.total')}, ${roleTitle(role)}` : tell('score.total'),
              figureHtml(language, score.value),
            ),
          ]
        : [],
    ),
    ...(judged.length > 0
      ? [tile(tell('tile.targets'), escaped(tell('tile.of', { count: green, all: judged.length })))]
      : []),
    ...places.map(({ role, by, place, of }) =>
      tile(
        places.length > 1 ? `${tell(`tile.place.${by}`)}, ${visible(role)}` : tell(`tile.place.${by}`),
        escaped(tell('tile.of', { count: place, all: of })),
      ),
    ),
    ...(points
      ? [tile(tell('points'), figureHtml(language, { value: points.balance, type: { kind: 'number' } }))]
      : []),
  ];
  return tiles.length === 0 ? '' : `<ul class="tiles">${tiles.join('')}</ul>`;
}

/** How much more or less it is now, with a sign. */
export function changeHtml(before: string, now: string, sheet: Sheet): string {
  const more = lessOf(now, before);
  const way = signOfText(more);
  const size = moneyHtml(sheet, way < 0 ? turned(more) : more);
  return way === 0 ? escaped(sheet.tell('tile.same')) : `${way < 0 ? '−' : '+'}${size}`;
}

function feedbackHtml(feedback: Feedback, { tell, language }: Sheet): readonly string[] {
  const list = (lines: readonly string[]) =>
    `<ul class="list">${lines.map((each) => `<li>${inline(each)}</li>`).join('')}</ul>`;
  const blocks = feedbackBlocks(feedback, language).map(
    ({ title, lines }) => `<div><h3>${escaped(title)}</h3>${list(lines)}</div>`,
  );
  const earlier = payLines(feedback, language).slice(1);
  return sectionHtml(
    tell('feedback'),
    [
      earlier.length === 0 ? '' : `<p>${escaped(earlier.join(' '))}</p>`,
      `<div class="blocks">${blocks.join('')}</div>`,
    ],
    'feedback',
  );
}

/** What one stay in a role was measured by and earned. */
function roleHtml(role: RoleStatement, isOneOfSeveral: boolean, sheet: Sheet): readonly string[] {
  const { tell } = sheet;
  const named = isOneOfSeveral ? `: ${roleTitle(role)}` : '';
  return [
    ...sectionHtml(tell('measured') + named, measuredHtml(role, sheet)),
    ...(role.longer ?? []).flatMap((each) => longerHtml(each, role, sheet)),
    ...sectionHtml(tell('pay') + named, [linesHtml(role.lines, role.total, sheet), pendingHtml(role, sheet)]),
  ];
}

function longerHtml(longer: LongerPeriod, { lines }: RoleStatement, sheet: Sheet): readonly string[] {
  const parts = measuredHtml(longer, sheet);
  const titles = longer.bonuses.map((name) => {
    const line = lines.find((each) => each.kind === 'bonus' && each.name === name);
    return visible(line?.title ?? name);
  });
  const period = periodName(sheet.language, longer.period);
  return sectionHtml(sheet.tell('measured.over', { period, bonuses: titles.join(', ') }), parts);
}

/** Which policy and engine a page is of. */
export function footerHtml({ policy, engine }: Pick<Result, 'policy' | 'engine'>, { tell }: Sheet): string {
  return `<footer>${escaped(tell('footer', { policy: visible(policy.name), version: engine.version }))}</footer>`;
}
