// What bounds pay: caps, floors and draws of a role, and of the policy for all pay of a person.

import { byLength, type Grain } from '../base/period.ts';
import type { Cap, Draw, Floor, PayTerms } from '../model/pay.ts';
import type * as astPolicy from '../syntax/ast-policy.ts';
import type * as astRoles from '../syntax/ast-roles.ts';
import { pay } from './bonuses.ts';
import { monthsIn, shareText, wholeNumber } from './constants.ts';
import { type Checking, NOTHING_KNOWN, OWN, type PeopleWorld, THIS_PERIOD } from './context.ts';
import { namedGrain } from './fiscal.ts';
import * as messages from './messages.ts';
import { seldom } from './needed.ts';
import * as rules from './rule-messages.ts';
import { grainFor } from './targets.ts';

type WorldOf = (grain: Grain) => PeopleWorld;

/** A cap in the world of its grain; none after reporting what is wrong. */
export function capModel(checking: Checking, cap: astRoles.Cap, worldOf: WorldOf): readonly Cap[] {
  const grain = grainFor(checking, cap.per, 'a cap');
  if (!grain) return [];
  if (cap.carryExcess) checkBeginning(checking, cap, '`carry excess`');
  const amount = pay(checking, cap.amount, worldOf(grain), 'a cap');
  if (!amount) return [];
  const { inAll, span } = cap;
  return [{ amount, grain, inAll, ...(cap.carryExcess ? { carryExcess: true } : {}), span }];
}

export function floorModel(checking: Checking, floor: astRoles.Floor, worldOf: WorldOf): readonly Floor[] {
  const grain = grainFor(checking, floor.per, 'a floor');
  const amount = grain && pay(checking, floor.amount, worldOf(grain), 'a floor');
  return amount ? [{ amount, grain, inAll: floor.inAll, span: floor.span }] : [];
}

/** The draws of one declaration: caps and floors bind together, two draws would be two amounts to top pay up to. */
export function drawModels(
  checking: Checking,
  draws: readonly astRoles.Draw[],
  worldOf: WorldOf,
): readonly Draw[] {
  return draws.flatMap((draw, index) => {
    const first = draws.slice(0, index).find(({ per }) => per?.text === draw.per?.text);
    if (first) checking.diagnostics.push(messages.twice(draw.span, '`draw`', first.span));
    if (draw.recoverable) checkBeginning(checking, draw, 'a recoverable draw');
    const grain = drawGrain(checking, draw);
    const amount = pay(checking, draw.amount, worldOf(checking.grain), 'a draw');
    const months = draw.length && monthsIn(checking, draw.length);
    const recovered = draw.recovered && recoveredModel(checking, draw, draw.recovered);
    if (!grain || !amount) return [];
    return [
      {
        amount,
        grain,
        recoverable: draw.recoverable,
        ...(months === undefined ? {} : { months }),
        ...(recovered ? { recovered } : {}),
        span: draw.span,
      },
    ];
  });
}

/** A draw may be shorter than the period: what is drawn each week is settled with the month. */
function drawGrain(checking: Checking, { per }: astRoles.Draw): Grain | undefined {
  if (!per) return checking.grain;
  const grain = namedGrain(checking, per);
  if (!grain || byLength(checking.grain, grain) < 0) return grain;
  return grainFor(checking, per, 'a draw');
}

function recoveredModel(
  checking: Checking,
  { recoverable }: astRoles.Draw,
  { fromMonth, at, span }: NonNullable<astRoles.Draw['recovered']>,
): Draw['recovered'] {
  const month = wholeNumber(checking, fromMonth);
  const share = at ? shareText(checking, at) : '1';
  if (!recoverable)
    checking.diagnostics.push(
      messages.notHere(
        span,
        '`recovered`',
        'nothing is owed of this draw: add `recoverable`, or leave this out',
      ),
    );
  return month === undefined || share === undefined ? undefined : { fromMonth: month, share };
}

/** What is owed or kept goes on from the policy's first day, which it has to say. */
function checkBeginning(checking: Checking, { span }: astRoles.Cap | astRoles.Draw, what: string): void {
  if (checking.declared.policy && !checking.declared.policy.effective?.from)
    checking.diagnostics.push(rules.noBeginning(span, what));
}

/** What the policy itself says of pay; its gates are checked with each role. */
export function policyTerms(checking: Checking, policy: astPolicy.PolicyDeclaration): PayTerms {
  const world: PeopleWorld = { kind: 'people', scope: OWN, window: THIS_PERIOD, known: NOTHING_KNOWN };
  const worldOf = (grain: Grain): PeopleWorld => ({ ...world, grain });
  const paysIn = policy.paysIn && seldom().paysInModel(checking, policy.paysIn, world, true);
  return {
    caps: policy.caps.flatMap((each) => capModel(checking, each, worldOf)),
    floors: policy.floors.flatMap((each) => floorModel(checking, each, worldOf)),
    draws: drawModels(checking, policy.draws, worldOf),
    ...(paysIn ? { paysIn } : {}),
  };
}
