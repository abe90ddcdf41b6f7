// Bonuses per event: `bonus commission per deal = ladder(deal.amount) * share`, a formula of each row that the person is
// credited with. The fields of the event come first; KPIs, scores and other bonuses are those of the person's period.

import { equals, exact, ONE } from '../base/exact.ts';
import type { Bonus } from '../model/pay.ts';
import type * as ast from '../syntax/ast.ts';
import type * as astData from '../syntax/ast-data.ts';
import type * as astRoles from '../syntax/ast-roles.ts';
import { creditsAnybody } from './aggregates.ts';
import { pay } from './bonuses.ts';
import { constantText } from './constants.ts';
import { type Checking, type EventScope, type PeopleWorld, type RowWorld, textOf } from './context.ts';
import { knowing } from './known.ts';
import * as messages from './messages.ts';
import * as rules from './rule-messages.ts';
import { condition } from './targets.ts';
import { walk } from './walk.ts';

/** The bonus as the Model has it, its value and condition being of rows; `undefined` after reporting what is wrong. */
export function perEventModel(
  checking: Checking,
  declared: astRoles.Bonus,
  event: EventScope,
  people: PeopleWorld,
): Bonus | undefined {
  const { name, per } = declared;
  const what = event.declaration.name.text;
  if (!creditsAnybody(checking, event)) {
    checking.diagnostics.push(messages.nobodyToCredit(per!.span, name.text, what));
    return undefined;
  }
  const world: RowWorld = {
    kind: 'row',
    event,
    place: 'bonus',
    people: { ...people, event },
    known: people.known,
  };
  const when = declared.when && condition(checking, declared.when, world, 'the condition of this bonus');
  const unclear = declared.when !== undefined && when === undefined;
  const value = pay(
    checking,
    declared.value,
    when ? knowing(checking, world, when, true) : world,
    unclear ? undefined : `bonus \`${name.text}\``,
  );
  const cap = declared.cap && pay(checking, declared.cap, people, 'a cap');
  if (declared.prorated !== undefined)
    checking.diagnostics.push(
      messages.notHere(name.span, '`prorated`', 'a bonus per event is measured, not fixed: leave it out'),
    );
  const credit = sharedIn(checking, what);
  if (value && credit && !namesShare(declared.value))
    checking.diagnostics.push(
      rules.shareUnsaid(declared.value.span, what, credit.span, textOf(checking, declared.value.span)),
    );
  if (!value) return undefined;
  return {
    name: name.text,
    ...(declared.title ? { title: declared.title.text } : {}),
    ...(declared.doc === undefined ? {} : { doc: declared.doc }),
    gated: declared.gated,
    grain: checking.grain,
    value,
    prorated: false,
    ...(when ? { when } : {}),
    ...(cap ? { cap } : {}),
    perEvent: what,
    span: declared.span,
  };
}

function namesShare(formula: ast.Expression): boolean {
  let found = false;
  walk(formula, (node) => {
    if (node.kind === 'name' && node.name.text === 'share') found = true;
  });
  return found;
}

/** The first credit line by which somebody has a part of the event, and not the whole. */
function sharedIn(checking: Checking, event: string): astData.CreditLine | undefined {
  const found = checking.shared.get(event) ?? firstShare(checking, event) ?? 'whole';
  checking.shared.set(event, found);
  return found === 'whole' ? undefined : found;
}

function firstShare(checking: Checking, event: string): astData.CreditLine | undefined {
  const lines = (checking.declared.credits.get(event)?.lines ?? []).filter((each) => !each.extra);
  const before = checking.diagnostics.length;
  const shared = lines.find(({ share }) => {
    if (share === 'rest') return lines.length > 1;
    const constant = constantText(checking, share, 'a share');
    return constant !== undefined && !equals(exact(constant.text), ONE);
  });
  // what is wrong with a share is said with its line
  checking.diagnostics.splice(before);
  return shared;
}
