// One person's statement for one period as text: what was measured, what it scored, each line of pay with its formula
// and the values behind it, why a line is nothing, and a total that the lines add up to.

import type { LongerPeriod, Measured, Result, RoleStatement, Statement } from '../model/result.ts';
import { hanging, type Line, linesText } from './amounts.ts';
import { besideText } from './award-text.ts';
import { WIDTH } from './columns.ts';
import { knownNote, rejectsNote } from './control.ts';
import { moneyText } from './format.ts';
import { goesOnText } from './later-text.ts';
import { countedText, gateText, type Paper, payLineText } from './pay-text.ts';
import { kpiTable, scoreText, seenRowsText, segmentsText, sinceText } from './scorecard.ts';
import { targetsText } from './target-text.ts';
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
  const total = moneyText(role.total, paper.currency);
  return [
    `${roleTitle(role)}${team}`,
    ...(role.days === role.daysInPeriod && !role.absent && !role.counted ? [] : [stayText(role)]),
    '',
    ...measuredLines(role, paper),
    ...(role.longer ?? []).flatMap((each) => longerLines(each, role, paper)),
    ...(role.lines.length > 0
      ? [
          '  Pay',
          ...role.lines.flatMap((line) => payLineText(line, paper)),
          { label: '', amount: '─'.repeat(displayWidth(total)) },
        ]
      : []),
    { label: '  Total', amount: total },
    ...pendingLines(role, paper),
  ];
}

/** What was measured: KPIs with what stands behind them, the score, gates; each block ended by an empty line. */
function measuredLines({ kpis, score, gates }: Measured, paper: Paper): readonly string[] {
  const { width } = paper;
  const table = { indent: '  ', width };
  const behind = [...sinceText(kpis), ...targetsText(kpis, width), ...seenRowsText(kpis, width)];
  return [
    ...(kpis.length > 0 ? [kpiTable(kpis, table), ...behind, ''] : []),
    ...(score ? [scoreText(score, kpis, table), ...segmentsText(score, kpis, width), ''] : []),
    ...(gates.length > 0 ? ['  Gates', ...gates.flatMap((gate) => gateText(gate, paper)), ''] : []),
  ];
}

/** What decided the bonuses over a longer time; where the role was held for some of it, over which days. */
function longerLines(longer: LongerPeriod, role: RoleStatement, paper: Paper): readonly string[] {
  const { days, daysInPeriod, absent, counted, period, bonuses } = longer;
  const lines = measuredLines(longer, paper);
  if (lines.length === 0) return [];
  const titles = bonuses.map((name) => visible(bonusTitle(role, name)));
  const isWhole = days === daysInPeriod && !absent && !counted;
  return [
    ...hanging(`  Over ${visible(period)}, for ${titles.join(', ')}`, paper.width),
    ...(isWhole ? [] : [`  ${stayText(longer)}`]),
    '',
    ...lines,
  ];
}

function bonusTitle({ lines }: RoleStatement, name: string): string {
  return lines.find((each) => each.kind === 'bonus' && each.name === name)?.title ?? name;
}

/** Bonuses that are earned in a later period, with when, and without an amount. */
function pendingLines({ pending = [] }: RoleStatement, { width }: Paper): readonly string[] {
  if (pending.length === 0) return [];
  return [
    '',
    '  Not earned yet',
    ...pending.flatMap(({ name, title, period, earnedIn, stillThereOn }) => {
      const who = stillThereOn === undefined ? '' : `, by who is still there on ${stillThereOn}`;
      const when = `earned in ${visible(earnedIn)}, or when the role ends${who}`;
      return hanging(`    ${visible(title ?? name)}: worked out over ${visible(period)}, ${when}`, width);
    }),
  ];
}

function stayText({ from, until, days, daysInPeriod, absent, counted }: Measured): string {
  const parts = [
    `${days} of ${daysInPeriod} days`,
    ...(absent === undefined ? [] : [`${absent} of them absent`]),
    ...(counted ? [`${countedText(counted)} count`] : []),
  ];
  return `${visible(from)} to ${visible(until)}: ${parts.join(', ')}`;
}
