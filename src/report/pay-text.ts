// What a statement says of each gate and each line of pay: the formula as the policy writes it, the values it read, and
// how the amount came of them, step by step.

import { exactText, fraction, multiply, parseExact, subtract } from '../base/exact.ts';
import type { Because, GateLine, Input, PayLine, TierPart } from '../model/result.ts';
import { hanging, type Line } from './amounts.ts';
import { atPoint, widest } from './columns.ts';
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
  const over = line.period === paper.period ? '' : `, worked out over ${visible(line.period)}`;
  const title = visible(line.title ?? (line.kind === 'cap' ? 'Cap' : line.name));
  const steps = [
    ...(line.formula === '' ? [] : [`= ${visible(line.formula)}`]),
    ...conditionText(line),
    ...(line.prorated ? [proratedText(line.computed, line.prorated, currency)] : []),
    ...(line.kind === 'cap' ? [capText(line, currency)] : reasonsOf(line, currency)),
  ].map((step) => hanging(INDENT + step, width));
  const [formula = [], ...others] = line.formula === '' ? [[], ...steps] : steps;
  return [
    { label: `    ${title}${over}`, amount: moneyText(line.amount, currency) },
    ...docText(line, width),
    ...formula,
    ...line.inputs.flatMap((input) => inputText(input, width)),
    ...others.flat(),
  ];
}

/** What the policy says of the line, in its author's words. */
function docText({ doc }: PayLine, width: number): readonly string[] {
  return doc === undefined ? [] : hanging(INDENT + visible(doc.replace(/\s+/g, ' ').trim()), width);
}

/** The condition that let the line be paid; one that fails is among the reasons. */
function conditionText({ condition, because }: PayLine): readonly string[] {
  const failed = because?.some((each) => each.kind === 'condition') ?? false;
  return condition === undefined || failed ? [] : [`because this holds: ${visible(condition)}`];
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
    case 'cap':
      return `${lost ?? 'it'} is capped at ${parseExact(because.cap) ? moneyText(because.cap, currency) : visible(because.cap)}`;
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
  return `the bonuses that it counts come to ${moneyText(counted, currency)}; no more than ${moneyText(left, currency)} is paid`;
}

function inputText({ text, value, tiers = [] }: Input, width: number): readonly string[] {
  const missing = value !== 'top' && value.value === null;
  const says = missing ? 'is missing' : `= ${figureText(value)}`;
  const why = value === 'top' ? ': less is better, and it is 0' : '';
  return [...hanging(`${INDENT}${visible(text)} ${says}${why}`, width), ...tiersText(tiers)];
}

/** `from 1,000,000.00 RUB: 439,692.77 RUB × 5 % = 21,984.6385 RUB`, one line for each tier, lined up. */
function tiersText(tiers: readonly TierPart[]): readonly string[] {
  const names = tiers.map((tier) => `${tierName(tier)}:`);
  const parts = atPoint(tiers.map((tier) => figureText(tier.part)));
  const rates = tiers.map((tier) => figureText(tier.rate));
  const amounts = atPoint(tiers.map((tier) => (tier.amount ? figureText(tier.amount) : '')));
  return tiers.map((tier, index) => {
    const at = (texts: readonly string[]) => texts[index] as string;
    const lead = `${INDENT}    ${padEnd(at(names), widest(names))} ${padStart(at(parts), widest(parts))}`;
    if (!tier.amount) return `${lead} at ${at(rates)}`;
    return `${lead} × ${padStart(at(rates), widest(rates))} = ${padStart(at(amounts), widest(amounts))}`;
  });
}

/** Where the tier begins; a first tier from 0 also takes what lies below. */
function tierName({ bound, includes, part }: TierPart): string {
  const refund = bound.value === '0' && part.value?.startsWith('-');
  return `${refund ? 'below' : includes ? 'from' : 'above'} ${figureText(bound)}`;
}
