// What a statement says of each gate and each line of pay: the formula as the policy writes it, the values it read, and
// how the amount came of them, step by step.

import {
  compare,
  exact,
  exactText,
  fraction,
  isZero,
  multiply,
  parseExact,
  sign,
  subtract,
  ZERO,
} from '../base/exact.ts';
import type { Because, GateLine, Input, PayLine, TierPart } from '../model/result.ts';
import { hanging, type Line } from './amounts.ts';
import { widest } from './columns.ts';
import { figureText, moneyText } from './format.ts';
import { padEnd, padStart, visible } from './terminal-text.ts';

/** What the lines are written for: the statement's period and currency, and a width. */
export interface Paper {
  readonly period: string;
  readonly currency: string;
  readonly width: number;
}

type Days = NonNullable<PayLine['prorated']>;

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
  const over = line.period === paper.period ? '' : `, for ${visible(line.period)}`;
  const title = visible(line.title ?? (line.kind === 'cap' ? 'Cap' : line.name));
  const steps = [
    ...(line.formula === '' ? [] : [`= ${visible(line.formula)}`]),
    ...(line.prorated ? [proratedText(line.computed, line.prorated, currency)] : []),
    ...(line.kind === 'cap' ? [capText(line, currency)] : reasonsOf(line, currency)),
  ].map((step) => hanging(INDENT + step, width));
  const [formula = [], ...others] = line.formula === '' ? [[], ...steps] : steps;
  return [
    { label: `    ${title}${over}`, amount: moneyText(line.amount, currency) },
    ...formula,
    ...line.inputs.flatMap((input) => inputText(input, width)),
    ...others.flat(),
  ];
}

/** `10,000.00 RUB × 135/365 days = 3,698.63… RUB`: what the whole period would give, and the part for the days held. */
function proratedText(computed: string, { days, of }: Days, currency: string): string {
  const part = parseExact(computed);
  const held = moneyText(computed, currency);
  if (days === 0 || !part) return `for ${days} of ${of} days: ${held}`;
  const whole = exactText(multiply(part, fraction(of, days)));
  return `${moneyText(whole, currency)} × ${days}/${of} days = ${held}`;
}

/** How the computed amount became the earned one: what kept it from being paid, a cap, or rounding. */
function reasonsOf(line: PayLine, currency: string): readonly string[] {
  const computed = moneyText(line.computed, currency);
  const amount = moneyText(line.amount, currency);
  const because = (line.because ?? []).map((each) => becauseText(each, currency));
  if (computed === amount) return because;
  if (because.length === 0) return [`${computed} is rounded to ${amount}`];
  return line.prorated ? because : [`${computed} before that:`, ...because];
}

function becauseText(because: Because, currency: string): string {
  switch (because.kind) {
    case 'gate':
      return `nothing is paid, for this gate failed: ${visible(because.condition)}`;
    case 'condition':
      return `nothing is paid, for this does not hold: ${visible(because.condition)}`;
    case 'cap':
      return `capped at ${parseExact(because.cap) ? moneyText(because.cap, currency) : visible(because.cap)}`;
    default:
      return because satisfies never;
  }
}

/** What the bonuses under a role's cap come to, and what the cap leaves of it. */
function capText({ amount, because }: PayLine, currency: string): string {
  const cap = because?.find((each) => each.kind === 'cap')?.cap;
  const most = cap === undefined ? undefined : parseExact(cap);
  const taken = parseExact(amount);
  if (!most || !taken) return `capped at ${visible(cap ?? '')}`;
  const [counted, left] = [exactText(subtract(most, taken)), exactText(most)];
  return `the bonuses under this cap come to ${moneyText(counted, currency)}; it leaves ${moneyText(left, currency)}`;
}

function inputText({ text, value, tiers = [] }: Input, width: number): readonly string[] {
  const missing = value !== 'top' && value.value === null;
  const says = missing ? 'is missing' : `= ${figureText(value)}`;
  const why = value === 'top' ? ': less is better, and it is 0' : '';
  return [...hanging(`${INDENT}${visible(text)} ${says}${why}`, width), ...tiersText(tiers)];
}

/** `from 1,000,000.00 RUB: 439,692.77 RUB × 5 % = 21,984.6385 RUB`, one line for each tier, lined up. */
function tiersText(tiers: readonly TierPart[]): readonly string[] {
  const cells = tiers.map((tier) => ({
    tier: `${tierName(tier)}:`,
    part: figureText(tier.part),
    rate: figureText(tier.rate),
    amount: tier.amount ? figureText(tier.amount) : undefined,
  }));
  const [tier, part, rate, amount] = (['tier', 'part', 'rate', 'amount'] as const).map((key) =>
    widest(cells.map((cell) => cell[key] ?? '')),
  ) as [number, number, number, number];
  return cells.map((cell) => {
    const read = `${INDENT}    ${padEnd(cell.tier, tier)} ${padStart(cell.part, part)}`;
    if (cell.amount === undefined) return `${read}, at ${cell.rate}`;
    return `${read} × ${padStart(cell.rate, rate)} = ${padStart(cell.amount, amount)}`;
  });
}

/** Where the tier begins; a first tier from 0 also takes what lies below. */
function tierName({ bound, includes, part }: TierPart): string {
  const [at, value] = [exactOf(bound.value), exactOf(part.value)];
  const below = isZero(at) && sign(value) < 0;
  return `${below ? 'below' : includes ? 'from' : 'above'} ${figureText(bound)}`;
}
