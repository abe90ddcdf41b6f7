// One person's statement for one period as text: what was measured, what it scored, each line of pay with its formula
// and the values behind it, why a line is nothing, and a total that the lines add up to.

import { add, equals, exact, exactText, fraction, multiply, ONE, parseExact, ZERO } from '../base/exact.ts';
import type {
  Because,
  GateLine,
  Input,
  KpiLine,
  PayLine,
  Result,
  RoleStatement,
  Score,
  Statement,
} from '../model/result.ts';
import { columnsText } from './columns.ts';
import { rejectsNote } from './control.ts';
import { figureText, MISSING, moneyText, numberText, percentText } from './format.ts';
import { displayWidth, visible } from './terminal-text.ts';

type Days = NonNullable<PayLine['prorated']>;

/** Column in which amounts end. */
const WIDTH = 76;

/** The statement, ended by a line end. Every output of a run without its rejected rows says so at its head. */
export function statementText(statement: Statement, result: Result): string {
  const { currency } = result.policy;
  const note = rejectsNote(result);
  const head = [
    `${visible(statement.name)} (${visible(statement.person)}), ${visible(statement.period)}`,
    visible(result.policy.title ?? result.policy.name),
    ...(note === undefined ? [] : [note]),
  ];
  const roles = statement.roles.map((role) => roleText(role, statement.period, currency));
  const totals =
    statement.roles.length > 1
      ? statement.roles.map((role) =>
          amountLine(`  ${roleTitle(role)}, ${role.from} to ${role.until}`, moneyText(role.total, currency)),
        )
      : [];
  const pay = [
    ...totals,
    amountLine(`Pay for ${visible(statement.period)}`, moneyText(statement.pay, currency)),
  ];
  return `${[head.join('\n'), ...roles, pay.join('\n')].join('\n\n')}\n`;
}

function roleTitle(role: RoleStatement): string {
  return role.title === undefined ? visible(role.role) : `${visible(role.title)} (${visible(role.role)})`;
}

function roleText(role: RoleStatement, period: string, currency: string): string {
  const team = role.team === undefined ? '' : `, team ${visible(role.team)}`;
  const days =
    role.days === role.daysInPeriod
      ? ''
      : `\n${visible(role.from)} to ${visible(role.until)}: ${role.days} of ${role.daysInPeriod} days`;
  const blocks = [`${roleTitle(role)}${team}${days}`];
  if (role.kpis.length > 0) blocks.push(kpiTable(role.kpis, '  '));
  if (role.score) blocks.push(scoreText(role.score, role.kpis));
  if (role.gates.length > 0) blocks.push(['  Gates', ...role.gates.flatMap(gateText)].join('\n'));
  const lines = role.lines.flatMap((line) => payLineText(line, period, currency));
  const total = amountLine('  Total', moneyText(role.total, currency));
  blocks.push(
    role.lines.length === 0
      ? total
      : [
          '  Pay',
          ...lines,
          amountLine('', '─'.repeat(displayWidth(moneyText(role.total, currency)))),
          total,
        ].join('\n'),
  );
  return blocks.join('\n\n');
}

/** A KPI's title, with the scope and window that it is shown in: `Total revenue [team]`. */
export function kpiTitle({ kpi, title }: Pick<KpiLine, 'kpi' | 'title'>): string {
  if (title === undefined) return visible(kpi);
  const bracket = kpi.indexOf('[');
  return bracket < 0 ? visible(title) : `${visible(title)} ${visible(kpi.slice(bracket))}`;
}

/** KPIs with actual, target, attainment and status, as a table. */
export function kpiTable(kpis: readonly KpiLine[], indent: string): string {
  const rows = kpis.map((kpi) => [
    kpiTitle(kpi),
    figureText(kpi.actual),
    kpi.target ? figureText(kpi.target) : '',
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
    { indent },
  );
}

function scoreText(score: Score, kpis: readonly KpiLine[]): string {
  const rows = score.lines.map((line) => {
    const kpi = kpis.find((each) => each.kpi === line.kpi);
    const points = line.points === null ? MISSING : percentText(line.points);
    const worth =
      line.score === null
        ? `${percentText(line.weight)}, missing: spread over the others`
        : `${percentText(line.weight)} × ${percentText(line.score)}`;
    const read = `${figureText(line.read)}${line.curve === undefined ? '' : ` on ${visible(line.curve)}`}`;
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
    { indent: '  ', total: ['Score', '', spreadText(score), `= ${figureText(score.value)}`] },
  );
}

/** Where weights are spread, the points are over those that are there. */
function spreadText(score: Score): string {
  const there = score.lines.filter((line) => line.score !== null).map((line) => exact(line.weight));
  const weights = there.reduce(add, ZERO);
  return equals(weights, ONE) ? '' : `points over ${percentText(exactText(weights))}`;
}

function gateText(gate: GateLine): readonly string[] {
  const state = !gate.applies ? 'does not apply' : gate.passed ? 'passed' : 'failed';
  return [`    ${state}: ${visible(gate.condition)}`, ...gate.inputs.flatMap((input) => inputText(input, 8))];
}

function payLineText(line: PayLine, period: string, currency: string): readonly string[] {
  const over = line.period === period ? '' : ` (${visible(line.period)})`;
  const title = `    ${visible(line.title ?? (line.kind === 'cap' ? 'Cap' : line.name))}${over}`;
  return [
    amountLine(title, moneyText(line.amount, currency)),
    ...(line.formula === '' ? [] : [`        = ${visible(line.formula)}`]),
    ...line.inputs.flatMap((input) => inputText(input, 8)),
    ...(line.prorated ? [`        ${proratedText(line.computed, line.prorated, currency)}`] : []),
    ...amountReasons(line, currency).map((reason) => `        ${reason}`),
  ];
}

/** What the formula gave for the whole period, and the part of it for the days held. */
function proratedText(computed: string, { days, of }: Days, currency: string): string {
  const part = parseExact(computed);
  const whole = days === 0 || !part ? undefined : multiply(part, fraction(of, days));
  const amount = whole ? `${moneyText(exactText(whole), currency)} for the whole period, ` : '';
  return `${amount}for ${days} of ${of} days: ${moneyText(computed, currency)}`;
}

/** How the computed amount became the earned one: rounding, or what kept it from being paid. */
function amountReasons(line: PayLine, currency: string): readonly string[] {
  const computed = moneyText(line.computed, currency);
  const amount = moneyText(line.amount, currency);
  const because = (line.because ?? []).map((each) => becauseText(each, currency));
  if (computed === amount) return because;
  if (because.length === 0) return [`${computed} is rounded to ${amount}`];
  return line.prorated ? because : [`computed: ${computed}`, ...because];
}

function becauseText(because: Because, currency: string): string {
  switch (because.kind) {
    case 'gate':
      return `nothing is paid: the gate ${visible(because.condition)} failed`;
    case 'condition':
      return `nothing is paid: its condition ${visible(because.condition)} does not hold`;
    case 'cap':
      return `capped at ${parseExact(because.cap) ? moneyText(because.cap, currency) : visible(because.cap)}`;
    default:
      return because satisfies never;
  }
}

function inputText(input: Input, indent: number): readonly string[] {
  const lead = ' '.repeat(indent);
  const missing = input.value !== 'top' && input.value.value === null;
  const first = `${lead}${visible(input.text)} ${missing ? 'is missing' : `= ${figureText(input.value)}`}`;
  const tiers = (input.tiers ?? []).map((tier) => {
    const amount = input.value === 'top' ? tier.amount : figureText({ ...input.value, value: tier.amount });
    return `${lead}    ${boundText(tier.bound)}: ${numberText(tier.part)} × ${numberText(tier.rate)} = ${amount}`;
  });
  return [first, ...tiers];
}

/** `from 1,000,000`. */
function boundText(bound: string): string {
  return parseExact(bound) ? `from ${numberText(bound)}` : bound.split(' ').map(numberText).join(' ');
}

function amountLine(label: string, amount: string): string {
  const gap = Math.max(2, WIDTH - displayWidth(label) - displayWidth(amount));
  return `${label}${' '.repeat(gap)}${amount}`;
}
