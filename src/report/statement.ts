// One person's statement for one period as text: what was measured, what it scored, each line of pay with its formula
// and the values behind it, why a line is nothing, and a total that the lines add up to.

import type { Result, RoleStatement, Statement } from '../model/result.ts';
import { type Line, linesText } from './amounts.ts';
import { besideText } from './award-text.ts';
import { WIDTH } from './columns.ts';
import { knownNote, rejectsNote } from './control.ts';
import { moneyText } from './format.ts';
import { goesOnText } from './later-text.ts';
import { countedText, gateText, type Paper, payLineText } from './pay-text.ts';
import { kpiTable, scoreText, seenRowsText, segmentsText, sinceText } from './scorecard.ts';
import { displayWidth, visible } from './terminal-text.ts';

export interface TextOptions {
  /** Columns of the screen that the text is made for. */
  readonly width?: number;
}

/** The statement, ended by a line end. Every output of a run without its rejected rows says so at its head. */
export function statementText(
  statement: Statement,
  result: Result,
  { width = WIDTH }: TextOptions = {},
): string {
  const { currency } = result.policy;
  const { period } = statement;
  const notes = [knownNote(result), rejectsNote(result)].filter((each) => each !== undefined);
  const paper: Paper = { period, currency, width };
  const totals =
    statement.roles.length > 1
      ? statement.roles.map((role) => ({
          label: `  ${roleTitle(role)}, ${visible(role.from)} to ${visible(role.until)}`,
          amount: moneyText(role.total, currency),
        }))
      : [];
  const lines: readonly Line[] = [
    `${personName(statement)}, ${visible(period)}`,
    visible(result.policy.title ?? result.policy.name),
    ...notes,
    ...statement.roles.flatMap((role) => ['', ...roleLines(role, paper)]),
    ...ownLines(statement, paper),
    '',
    ...totals,
    ...(statement.earned === undefined
      ? []
      : [{ label: `Earned in ${visible(period)}`, amount: moneyText(statement.earned, currency) }]),
    { label: `Pay for ${visible(period)}`, amount: moneyText(statement.pay, currency) },
    ...goesOnText(statement, paper),
    ...besideText(statement, paper),
  ];
  return `${linesText(lines, width)}\n`;
}

/** What belongs to no role that is held in the period, or to all pay. */
function ownLines({ lines = [] }: Statement, paper: Paper): readonly Line[] {
  return lines.length === 0
    ? []
    : ['', 'From earlier periods, and of all pay', ...lines.flatMap((line) => payLineText(line, paper))];
}

/** `Anna Petrova (anna)`; a name that is the id stands once. */
export function personName({ name, person }: Pick<Statement, 'name' | 'person'>): string {
  return name === person ? visible(name) : `${visible(name)} (${visible(person)})`;
}

/** `Wins new clients (hunter)`. */
export function roleTitle({ role, title }: Pick<RoleStatement, 'role' | 'title'>): string {
  return title === undefined ? visible(role) : `${visible(title)} (${visible(role)})`;
}

function roleLines(role: RoleStatement, paper: Paper): readonly Line[] {
  const team = role.team === undefined ? '' : `, team ${visible(role.team)}`;
  const table = { indent: '  ', width: paper.width };
  const total = moneyText(role.total, paper.currency);
  return [
    `${roleTitle(role)}${team}`,
    ...(role.days === role.daysInPeriod && !role.absent && !role.counted ? [] : [stayText(role)]),
    '',
    ...(role.kpis.length > 0
      ? [kpiTable(role.kpis, table), ...sinceText(role.kpis), ...seenRowsText(role.kpis, paper.width), '']
      : []),
    ...(role.score
      ? [scoreText(role.score, role.kpis, table), ...segmentsText(role.score, role.kpis, paper.width), '']
      : []),
    ...(role.gates.length > 0 ? ['  Gates', ...role.gates.flatMap((gate) => gateText(gate, paper)), ''] : []),
    ...(role.lines.length > 0
      ? [
          '  Pay',
          ...role.lines.flatMap((line) => payLineText(line, paper)),
          { label: '', amount: '─'.repeat(displayWidth(total)) },
        ]
      : []),
    { label: '  Total', amount: total },
  ];
}

function stayText({ from, until, days, daysInPeriod, absent, counted }: RoleStatement): string {
  const parts = [
    `${days} of ${daysInPeriod} days`,
    ...(absent === undefined ? [] : [`${absent} of them absent`]),
    ...(counted ? [`${countedText(counted)} count`] : []),
  ];
  return `${visible(from)} to ${visible(until)}: ${parts.join(', ')}`;
}
