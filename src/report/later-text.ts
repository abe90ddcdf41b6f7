// What a statement says of money that moves between periods: what of a line is payable later, in which currency it is
// paid, what goes on into later periods, and what is due then.

import { exact, sign } from '../base/exact.ts';
import type { Balance, DueLine, LaterPart, PayLine } from '../model/pay-lines.ts';
import type { Statement } from '../model/result.ts';
import { hanging, type Line } from './amounts.ts';
import { moneyText } from './format.ts';
import { visible } from './terminal-text.ts';

/** Titles of lines that the policy doesn't name. */
const TITLES: Readonly<Record<string, string>> = {
  cap: 'Cap',
  floor: 'Floor',
  draw: 'Draw',
  recovery: 'Recovery of draws',
  excess: 'Kept by the cap earlier',
  owed: 'Taken back of what is owed',
  carried: "Can't be taken back now, stays owed",
};

/** A line's title; of what is due from earlier, with the time in which it was earned. */
export function titleOf({ kind, name, title }: Pick<PayLine, 'kind' | 'name' | 'title'>): string {
  return visible(title ?? (kind === 'bonus' || kind === 'award' ? name : (TITLES[name] ?? name)));
}

/** What of a line is earned and not payable yet, and what it is in the currency that it is paid in. */
export function laterText(
  { earned, later = [], amount, paid, freed }: PayLine,
  currency: string,
): readonly string[] {
  const parts = later.map((each) => partText(each, currency));
  return [
    ...(earned !== undefined && later.length > 0
      ? [`${wholeText(earned, currency)}: ${moneyText(amount, currency)} now, ${parts.join(', ')}`]
      : []),
    ...(earned !== undefined && later.length === 0 && freed
      ? [`${wholeText(earned, currency)}, of which ${moneyText(amount, currency)} is payable now`]
      : []),
    ...(paid && paid.currency !== currency
      ? [`paid as ${moneyText(paid.amount, paid.currency)}, at ${rateText(paid)}`]
      : []),
  ];
}

/** What is below zero, such as what a cap takes, nobody earns. */
function wholeText(earned: string, currency: string): string {
  const money = moneyText(earned, currency);
  return sign(exact(earned)) < 0 ? `in all ${money}` : `${money} is earned`;
}

function partText({ kind, period, amount, forfeited }: LaterPart, currency: string): string {
  const when = kind === 'hold' ? 'held back until' : 'in';
  const lost = forfeited ? ', which is lost as the person has left' : '';
  return `${moneyText(amount, currency)} ${when} ${visible(period)}${lost}`;
}

function rateText({ day, atPosting }: NonNullable<PayLine['paid']>): string {
  return atPosting ? 'the rates of the days of its rows' : `the rate of ${visible(day ?? '')}`;
}

/** What goes on from the period: balances, what is due later, and pay in other currencies. */
export function goesOnText(
  { balances = [], due = [], paid = [] }: Statement,
  { currency, width }: { readonly currency: string; readonly width: number },
): readonly Line[] {
  const inOther = paid.some((each) => each.currency !== currency);
  return [
    ...(inOther
      ? paid.map((each): Line => ({ label: '  paid as', amount: moneyText(each.amount, each.currency) }))
      : []),
    ...balances.flatMap((each) => hanging(`  ${balanceText(each, currency)}`, width)),
    ...(due.length > 0 ? ['  Due in later periods'] : []),
    ...due.map((each): Line => ({ label: `    ${dueText(each)}`, amount: moneyText(each.amount, currency) })),
  ];
}

function balanceText({ kind, role, before, after }: Balance, currency: string): string {
  const of = role === undefined ? '' : ` of ${visible(role)}`;
  const what = {
    draw: `Owed of the draw${of}`,
    excess: `Kept for later by the cap${of}`,
    owed: 'Owed of corrections',
  }[kind];
  return `${what}: ${moneyText(after, currency)} (before ${moneyText(before, currency)})`;
}

function dueText({ name, title, kind, period, earnedIn }: DueLine): string {
  const held = kind === 'hold' ? ', held back' : '';
  return `${visible(period)}: ${visible(title ?? name)}, earned in ${visible(earnedIn)}${held}`;
}
