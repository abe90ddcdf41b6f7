// The terms of a bonus (its floor, and when, in what and under which conditions it is paid out), and ramps and proration
// of roles.

import { compare } from '../base/exact.ts';
import type { Bonus } from '../model/pay.ts';
import type { Proration, Role } from '../model/policy.ts';
import type { Cell } from '../model/value.ts';
import type * as ast from '../syntax/ast.ts';
import type * as astRoles from '../syntax/ast-roles.ts';
import { pay } from './bonuses.ts';
import { foldConstant, monthsIn, shareText, wholeNumber } from './constants.ts';
import type { Checking, EventScope, PeopleWorld } from './context.ts';
import { infer } from './infer.ts';
import * as messages from './messages.ts';
import { seldom } from './needed.ts';
import { payableModel } from './payable.ts';

const PRORATIONS = ['working days', 'months', 'calendar days', 'none'] as const;

/** When, in what and under which conditions a bonus is paid out. */
export function bonusTerms(
  checking: Checking,
  bonus: astRoles.Bonus,
  world: PeopleWorld,
  event: EventScope | undefined,
): Partial<Bonus> {
  const { floor, first, parts, later, holds, forfeited, payableAs } = bonus;
  const least = floor && pay(checking, floor, world, 'a floor');
  const most = bonus.cap && least && quietly(checking, () => infer(checking, bonus.cap!, world));
  if (least && most)
    checkBothEnds(checking, foldConstant(least), foldConstant(most), { floor: floor!, cap: bonus.cap! });
  const counted = first && wholeNumber(checking, first);
  if (first && !event) {
    const why = {
      text: 'only a bonus per event counts events: `bonus b per deal = …`',
      yaml: 'only a bonus per event counts events, such as one with `per: deal`',
    };
    checking.diagnostics.push(messages.notHere(first.span, '`first`', why));
  }
  const count = parts && wholeNumber(checking, parts.count);
  const monthsLater = later && monthsIn(checking, later);
  const paysIn = bonus.paysIn && seldom().paysInModel(checking, bonus.paysIn, world, event !== undefined);
  const held = holds && holdsModel(checking, holds);
  if (forfeited && !parts && !holds && !later && !payableAs) {
    const why = 'nothing is due later: it is for `pays in … parts`, `pays … later` and `holds`';
    checking.diagnostics.push(messages.notHere(bonus.name.span, '`forfeited on leaving`', why));
  }
  const freed = payableAs && payableModel(checking, payableAs, event);
  if (payableAs && (parts || holds || later)) {
    const why =
      'rows of another event say when it is paid: leave `pays in … parts`, `pays … later` and `holds` out';
    checking.diagnostics.push(messages.notHere(payableAs.span, '`payable` beside another time', why));
  }
  return {
    ...(least ? { floor: least } : {}),
    ...(counted === undefined ? {} : { first: counted }),
    ...(freed ? { payableAs: freed } : {}),
    ...(bonus.whileEmployed ? { whileEmployed: true } : {}),
    ...(count === undefined ? {} : { parts: count }),
    ...(monthsLater === undefined ? {} : { monthsLater }),
    ...(held ? { holds: held } : {}),
    ...(forfeited ? { forfeited: true } : {}),
    ...(paysIn ? { paysIn } : {}),
  };
}

function holdsModel(
  checking: Checking,
  { share, length }: NonNullable<astRoles.Bonus['holds']>,
): Bonus['holds'] {
  const held = shareText(checking, share);
  const months = monthsIn(checking, length);
  return held === undefined || months === undefined ? undefined : { share: held, months };
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

/** `ramp 25%, 50%, 75%` and `prorate by working days`. */
export function monthTerms(
  checking: Checking,
  { ramp, prorate }: Pick<astRoles.RoleDeclaration, 'ramp' | 'prorate'>,
): Pick<Role, 'ramp' | 'rampLine' | 'prorate'> {
  const steps = ramp?.steps.map((each) => shareText(checking, each, 'open'));
  const proration = prorate && prorationOf(checking, prorate);
  return {
    ...(ramp && steps
      ? { ramp: steps.filter((each) => each !== undefined), rampLine: { span: ramp.span } }
      : {}),
    ...(proration ? { prorate: proration } : {}),
  };
}

function prorationOf(checking: Checking, { text, span }: ast.Name): Proration | undefined {
  const by = PRORATIONS.find((each) => each === text);
  if (!by) {
    checking.diagnostics.push(messages.badWord(span, 'a way to prorate', text, PRORATIONS));
    return undefined;
  }
  if (by !== 'working days') return { by };
  checking.working ??= [...checking.declared.calendars.values()].filter((each) => each.hours.length > 0);
  const [calendar, second] = checking.working;
  if (!calendar)
    checking.diagnostics.push(
      messages.missingPart(span, 'the policy', 'calendar with working hours', {
        text: 'calendar office { work monday to friday 09:00 to 18:00 }',
        yaml: 'calendars: { office: { work: monday to friday 09:00 to 18:00 } }',
      }),
    );
  if (second)
    checking.diagnostics.push(messages.twice(second.name.span, 'the calendar', calendar!.name.span));
  return calendar && { by, calendar: calendar.name.text };
}
