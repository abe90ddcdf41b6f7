// What a statement says of each gate and each line of pay: the formula as the policy writes it, the values it read, and
// how the amount came of them, step by step.

import { divide, exact, exactText, fraction, negate, parseExact, sign, subtract } from '../base/exact.ts';
import type { Input } from '../model/inputs.ts';
import type { GateLine } from '../model/kpi-lines.ts';
import type { Because, PayLine, Prorated } from '../model/pay-lines.ts';
import { hanging, type Line } from './amounts.ts';
import { adjustmentText, correctedText, offsetText } from './correction-text.ts';
import { eventsText } from './event-text.ts';
import { figureText, moneyText } from './format.ts';
import { laterText, titleOf } from './later-text.ts';
import { decidedText } from './table-text.ts';
import { visible } from './terminal-text.ts';

/** What the lines are written for: the statement's period and currency, and a width. */
export interface Paper {
  readonly period: string;
  readonly currency: string;
  readonly width: number;
}

const INDENT = ' '.repeat(8);

/** Whether the gate was passed, its condition, and the values that it read. */
export function gateText(gate: GateLine, { width }: Paper): readonly string[] {
  const state = !gate.applies ? 'does not apply' : gate.passed ? 'passed' : 'failed';
  return [
    ...hanging(`    ${state}: ${visible(gate.condition)}`, width),
    ...gate.inputs.flatMap((input) => inputText(input, width)),
  ];
}

/** A line's title and amount, and below them where the amount comes from. */
export function payLineText(line: PayLine, paper: Paper): readonly Line[] {
  const { currency, width } = paper;
  const how = line.kind === 'due' ? 'earned in' : 'worked out over';
  const time = line.period === paper.period ? '' : `, ${how} ${visible(line.period)}`;
  const over = correctedText(line) ?? time;
  const title = titleOf(line);
  const steps = [
    ...(line.formula === '' ? [] : [`= ${visible(line.formula)}`]),
    ...conditionText(line),
    ...(line.prorated ? [proratedText(line.computed, line.prorated, currency)] : []),
    ...howText(line, currency),
    ...laterText(line, currency),
  ].map((step) => hanging(INDENT + step, width));
  const [formula = [], ...others] = line.formula === '' ? [[], ...steps] : steps;
  return [
    { label: `    ${title}${over}`, amount: moneyText(line.amount, currency) },
    ...docText(line, width),
    ...formula,
    ...line.inputs.flatMap((input) => inputText(input, width)),
    ...others.flat(),
    ...eventsText(line, paper),
  ];
}

/** How a line's amount came about, by its kind. */
function howText(line: PayLine, currency: string): readonly string[] {
  const { kind, computed, because = [] } = line;
  switch (kind) {
    case 'cap':
      return [capText(line, currency)];
    case 'floor':
      return because.map((each) => boundText(each, line.earned ?? line.amount, currency));
    case 'draw':
      return because.map((each) => boundText(each, line.amount, currency));
    case 'excess':
      return [`of ${moneyText(computed, currency)} that the cap has kept, as far as it leaves room`];
    case 'recovery':
      return [`of ${moneyText(exactText(negate(exact(computed))), currency)} owed before the period`];
    case 'due':
      return because.length > 0 ? reasonsOf(line, currency) : [];
    case 'bonus':
    case 'award':
      return reasonsOf(line, currency);
    case 'adjustment':
      return adjustmentText(line, currency);
    case 'offset':
      return [offsetText(line)];
    case 'owed':
    case 'carried':
      return [];
    default:
      return kind satisfies never;
  }
}

/** What a floor or a draw counts, and what it adds that to. */
function boundText(because: Because, added: string, currency: string): string {
  const says = (bound: string, how: string): string => {
    const counted = moneyText(exactText(subtract(exact(bound), exact(added))), currency);
    return `what it counts comes to ${counted}, and is ${how} ${moneyText(bound, currency)}`;
  };
  switch (because.kind) {
    case 'floor':
      return says(because.floor, 'raised to');
    case 'draw':
      return says(because.draw, 'topped up to');
    default:
      return '';
  }
}

/** What the policy says of the line, in its author's words. */
function docText({ doc }: PayLine, width: number): readonly string[] {
  return doc === undefined ? [] : hanging(INDENT + visible(doc.replace(/\s+/g, ' ').trim()), width);
}

/** The condition that let the line be paid; one that fails is among the reasons. */
function conditionText({ condition, because, perEvent }: PayLine): readonly string[] {
  if (perEvent && condition !== undefined) return [`of rows for which this holds: ${visible(condition)}`];
  const failed = because?.some((each) => each.kind === 'condition') ?? false;
  return condition === undefined || failed ? [] : [`because this holds: ${visible(condition)}`];
}

/** `10,000.00 RUB × 135/365 days = 3,698.63… RUB`: what the whole period would give, and the part for the days held. */
function proratedText(computed: string, prorated: Prorated, currency: string): string {
  const part = parseExact(computed);
  const held = moneyText(computed, currency);
  const share = prorated.share ?? fractionText(prorated);
  const whole = part && divide(part, exact(share));
  if (!whole) return `for ${countedText(prorated)}: ${held}`;
  const times = prorated.share === undefined ? fractionWords(prorated) : `${share} of the months`;
  return `${moneyText(exactText(whole), currency)} × ${times} = ${held}`;
}

function fractionText({ days, of }: Prorated): string {
  return exactText(fraction(days, of));
}

function fractionWords({ days, of, by }: Prorated): string {
  return `${days}/${of} ${by ?? 'days'}`;
}

/** `12 of 21 working days`; of months, `7/12 of the months`. */
export function countedText({ days, of, by, share }: Prorated): string {
  return share === undefined ? `${days} of ${of} ${by ?? 'days'}` : `${share} of the months`;
}

/** How the computed amount became the earned one: what kept it from being paid, a cap, or rounding. */
function reasonsOf(line: PayLine, currency: string): readonly string[] {
  const computed = moneyText(line.computed, currency);
  const amount = moneyText(line.earned ?? line.amount, currency);
  const because = line.because ?? [];
  if (because.length === 0) return computed === amount ? [] : [`${computed} is rounded to ${amount}`];
  const lost = computed === amount ? undefined : computed;
  return because.map((each, index) => becauseText(each, { lost, currency, first: index === 0 }));
}

function becauseText(
  because: Because,
  {
    lost,
    currency,
    first,
  }: { readonly lost: string | undefined; readonly currency: string; readonly first: boolean },
): string {
  const unpaid = !first
    ? 'and because'
    : `${lost === undefined ? 'nothing is' : `${lost} is not`} paid, because`;
  switch (because.kind) {
    case 'gate':
      return `${unpaid} this gate failed: ${visible(because.condition)}`;
    case 'condition':
      return `${unpaid} this does not hold: ${visible(because.condition)}`;
    case 'absent':
      return `${unpaid} nothing is expected of who is away all the time`;
    case 'cap':
      return `${lost ?? 'it'} is capped at ${parseExact(because.cap) ? moneyText(because.cap, currency) : visible(because.cap)}`;
    case 'floor':
      return `${lost ?? 'it'} is raised to at least ${moneyText(because.floor, currency)}`;
    case 'draw':
      return `${lost ?? 'it'} is topped up to ${moneyText(because.draw, currency)}`;
    case 'left':
      return `${unpaid} it is for who is still there on the last day`;
    case 'forfeited':
      return `${unpaid} the person has left before it was paid`;
    default:
      return because satisfies never;
  }
}

/** What the bonuses under a role's cap come to, and what the cap leaves of it. */
function capText({ computed, because }: PayLine, currency: string): string {
  const cap = because?.find((each) => each.kind === 'cap')?.cap;
  const most = cap === undefined ? undefined : parseExact(cap);
  const taken = parseExact(computed);
  if (!most || !taken) return `capped at ${visible(cap ?? '')}`;
  const [counted, left] = [exactText(subtract(most, taken)), exactText(most)];
  // refunds have brought a longer time below the cap again
  if (sign(taken) > 0)
    return `what it counts comes to ${moneyText(counted, currency)} by now, of no more than ${moneyText(left, currency)}: it gives back of what it took before`;
  return `the bonuses that it counts come to ${moneyText(counted, currency)}; no more than ${moneyText(left, currency)} is paid`;
}

/** A value that a formula read, with the tiers or the part of a curve that decided. */
export function inputText(input: Input, width: number): readonly string[] {
  const { text, value } = input;
  const missing = value !== 'top' && value.value === null;
  const says = missing ? 'is missing' : `= ${figureText(value)}`;
  const why = value === 'top' ? ': less is better, and it is 0' : '';
  return [
    ...hanging(`${INDENT}${visible(text)} ${says}${why}`, width),
    ...decidedText(input).flatMap((each) => hanging(`${INDENT}    ${each}`, width)),
  ];
}
