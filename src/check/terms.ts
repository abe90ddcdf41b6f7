// The terms of pay: floors, draws, ramps and proration of roles, when and how a bonus is paid out, and what the policy
// says of all pay. All are checked and none is worked out yet.

import { compare } from '../base/exact.ts';
import { GRAINS, type Grain } from '../base/period.ts';
import { comparable, typeInWords } from '../library/types.ts';
import type { Cell } from '../model/value.ts';
import type * as ast from '../syntax/ast.ts';
import { capModel, pay } from './bonuses.ts';
import { grainOf } from './brackets.ts';
import { dayIn, foldConstant, lengthIn, shareText, wholeNumber } from './constants.ts';
import {
  beyond,
  type Checking,
  type EventScope,
  isError,
  NOTHING_KNOWN,
  OWN,
  type PeopleWorld,
  type RowWorld,
  THIS_PERIOD,
  textOf,
} from './context.ts';
import { checkPaysIn } from './currencies.ts';
import { describe, infer, require } from './infer.ts';
import { hasUnreadField } from './look-backs.ts';
import * as messages from './messages.ts';
import { missingPart } from './missing.ts';
import { grainFor } from './targets.ts';

const PRORATIONS = ['working days', 'months', 'calendar days', 'none'];

/** When, in what and under which conditions a bonus is paid out. */
export function checkTerms(
  checking: Checking,
  bonus: ast.Bonus,
  world: PeopleWorld,
  event: EventScope | undefined,
): void {
  const { floor, first, parts, later, holds, forfeited, payableAs } = bonus;
  const note = (what: string, node: { readonly span: ast.Bonus['span'] }): void =>
    beyond(checking, `\`${what}\``, node.span);
  if (floor) {
    note('floor', floor);
    const least = pay(checking, floor, world, 'a floor');
    const most = bonus.cap && least && quietly(checking, () => infer(checking, bonus.cap!, world));
    if (least && most)
      checkBothEnds(checking, foldConstant(least), foldConstant(most), { floor, cap: bonus.cap! });
  }
  if (first) {
    note('first', first);
    wholeNumber(checking, first);
    if (!event) {
      const why = {
        text: 'only a bonus per event counts events: `bonus b per deal = …`',
        yaml: 'only a bonus per event counts events, such as one with `per: deal`',
      };
      checking.diagnostics.push(messages.notHere(first.span, '`first`', why));
    }
  }
  if (bonus.whileEmployed) note('while employed', bonus.name);
  if (parts) {
    note('pays in parts', parts);
    wholeNumber(checking, parts.count);
  }
  if (later) {
    note('pays later', later);
    lengthIn(checking, later, ['month']);
  }
  checkPaysIn(checking, bonus.paysIn, world, event !== undefined);
  if (holds) {
    note('holds', holds);
    shareText(checking, holds.share);
    lengthIn(checking, holds.length, ['month']);
  }
  if (forfeited) {
    note('forfeited on leaving', bonus.name);
    if (!parts && !holds && !later) {
      const why = 'nothing is due later: it is for `pays in … parts`, `pays … later` and `holds`';
      checking.diagnostics.push(messages.notHere(bonus.name.span, '`forfeited on leaving`', why));
    }
  }
  if (payableAs) checkPayable(checking, payableAs, event);
}

/** What is wrong with a cap is said with the cap. */
function quietly<T>(checking: Checking, work: () => T): T {
  const before = checking.diagnostics.length;
  const result = work();
  checking.diagnostics.splice(before);
  return result;
}

/** A floor lies at or below the cap beside it. */
export function checkBothEnds(
  checking: Checking,
  least: Cell,
  most: Cell,
  { floor, cap }: { readonly floor: ast.Expression; readonly cap: ast.Expression },
): void {
  if (typeof least !== 'object' || typeof most !== 'object' || compare(least, most) <= 0) return;
  checking.diagnostics.push(
    messages.wrongType(floor.span, 'a floor that isn’t above the cap', 'one above it', [
      { span: cap.span, message: 'the cap' },
    ]),
  );
}

/** `payable as payment.amount of amount`: rows of another event that refers to the bonus's, and what they are a part of. */
function checkPayable(
  checking: Checking,
  { value, of, span }: NonNullable<ast.Bonus['payableAs']>,
  event: EventScope | undefined,
): void {
  beyond(checking, '`payable`', span);
  if (!event) {
    const why = {
      text: 'only a bonus per event is freed by payments: `bonus b per deal = …`',
      yaml: 'only a bonus per event is freed by payments, such as one with `per: deal`',
    };
    checking.diagnostics.push(messages.notHere(span, '`payable`', why));
    return;
  }
  const own = event.declaration.name.text;
  const name = value.kind === 'member' && value.of.kind === 'name' ? value.of.name : undefined;
  const other = checking.declared.events.get(name?.text ?? '');
  if (!other) {
    checking.diagnostics.push(
      messages.unknownName(name?.span ?? value.span, 'event', name?.text ?? textOf(checking, value.span), [
        ...checking.declared.events.keys(),
      ]),
    );
    return;
  }
  const refers = [...other.fields.values()].some((each) => each.references === own);
  if (!refers && !hasUnreadField(other))
    checking.diagnostics.push(
      messages.missingPart(
        other.declaration.name.span,
        `event \`${other.declaration.name.text}\``,
        `field that refers to \`${own}\``,
        `${own}: ${own}`,
      ),
    );
  const row = (each: EventScope): RowWorld => ({
    kind: 'row',
    event: each,
    place: 'look-back',
    known: NOTHING_KNOWN,
  });
  const paid = infer(checking, value, row(other));
  const whole = infer(checking, of, row(event));
  if (isError(paid) || isError(whole)) return;
  if (!require(checking, paid, ({ kind }) => kind === 'money' || kind === 'number', 'an amount of money'))
    return;
  if (!comparable(paid.type, whole.type))
    checking.diagnostics.push(
      messages.wrongType(whole.span, typeInWords(paid.type), describe(whole), [
        { span: paid.span, message: `because ${describe(paid)} is paid` },
      ]),
    );
  for (const each of [paid, whole]) {
    const part = missingPart(each);
    if (each.optional)
      checking.diagnostics.push(messages.cellMayBeMissing(part.span, 'payable', textOf(checking, part.span)));
  }
}

/** Floors and draws of a role or of the policy, each in the world of its grain. */
export function checkFloorsAndDraws(
  checking: Checking,
  { floors, draws }: Pick<ast.RoleDeclaration, 'floors' | 'draws'>,
  worldOf: (grain: Grain) => PeopleWorld,
): void {
  for (const floor of floors) {
    beyond(checking, '`floor`', floor.span);
    const grain = grainFor(checking, floor.per, 'a floor');
    if (grain) pay(checking, floor.amount, worldOf(grain), 'a floor');
  }
  for (const [index, draw] of draws.entries()) {
    beyond(checking, '`draw`', draw.span);
    // caps and floors bind together; two draws would be two amounts to top pay up to
    const first = draws.slice(0, index).find(({ per }) => per?.text === draw.per?.text);
    if (first) checking.diagnostics.push(messages.twice(draw.span, '`draw`', first.span));
    // a draw may be shorter than the period: what is drawn each week is settled with the month
    if (draw.per && !grainOf(draw.per.text))
      checking.diagnostics.push(messages.badWord(draw.per.span, 'a length of time', draw.per.text, GRAINS));
    pay(checking, draw.amount, worldOf(checking.grain), 'a draw');
    if (draw.length) lengthIn(checking, draw.length, ['month']);
    if (!draw.recovered) continue;
    wholeNumber(checking, draw.recovered.fromMonth);
    if (draw.recovered.at) shareText(checking, draw.recovered.at);
    if (!draw.recoverable)
      checking.diagnostics.push(
        messages.notHere(
          draw.recovered.span,
          '`recovered`',
          'nothing is owed of this draw: add `recoverable`, or leave this out',
        ),
      );
  }
}

/** `ramp 25%, 50%, 75%` and `prorate by working days`. */
export function checkMonths(checking: Checking, role: ast.RoleDeclaration): void {
  if (role.ramp) {
    beyond(checking, '`ramp`', role.ramp.span);
    for (const step of role.ramp.steps) shareText(checking, step, 'open');
  }
  if (!role.prorate) return;
  const { text, span } = role.prorate;
  beyond(checking, '`prorate`', span);
  if (!PRORATIONS.includes(text))
    checking.diagnostics.push(messages.badWord(span, 'a way to prorate', text, PRORATIONS));
  else if (text === 'working days') {
    checking.working ??= [...checking.declared.calendars.values()].filter((each) => each.hours.length > 0);
    const { working } = checking;
    if (working.length === 0)
      checking.diagnostics.push(
        messages.missingPart(span, 'the policy', 'calendar with working hours', {
          text: 'calendar office { work monday to friday 09:00 to 18:00 }',
          yaml: 'calendars: { office: { work: monday to friday 09:00 to 18:00 } }',
        }),
      );
    if (working[1])
      checking.diagnostics.push(messages.twice(working[1].name.span, 'the calendar', working[0]!.name.span));
  }
}

/** What the policy itself says of pay; its gates are checked with each role. */
export function checkPolicyTerms(checking: Checking, policy: ast.PolicyDeclaration): void {
  const world: PeopleWorld = { kind: 'people', scope: OWN, window: THIS_PERIOD, known: NOTHING_KNOWN };
  const worldOf = (grain: Grain): PeopleWorld => ({ ...world, grain });
  for (const cap of policy.caps) {
    beyond(checking, '`cap` of all pay', cap.span);
    capModel(checking, cap, worldOf);
  }
  checkFloorsAndDraws(checking, policy, worldOf);
  checkPaysIn(checking, policy.paysIn, world, true);
  if (policy.corrections) {
    beyond(checking, '`corrections`', policy.corrections.span);
    lengthIn(checking, policy.corrections, ['month', 'day']);
  }
  if (policy.takesBack) {
    beyond(checking, '`takes back`', policy.takesBack.span);
    shareText(checking, policy.takesBack);
  }
  if (policy.reopens) {
    beyond(checking, '`reopens`', policy.reopens.span);
    dayIn(checking, policy.reopens);
  }
}
