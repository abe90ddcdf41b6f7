// What a role pays: gates, bonuses and caps, each checked over the length of time that it is worked out for.

import type { Grain } from '../base/period.ts';
import type { Span } from '../base/source.ts';
import type { Expression } from '../model/expression.ts';
import type { Bonus, Cap, Gate } from '../model/policy.ts';
import type * as ast from '../syntax/ast.ts';
import {
  type Checking,
  isError,
  NOTHING_KNOWN,
  OWN,
  type RoleScope,
  THIS_PERIOD,
  unknown,
  type World,
} from './context.ts';
import { infer, refuse, require } from './infer.ts';
import { knowing } from './known.ts';
import * as messages from './messages.ts';
import { requirePresent } from './missing.ts';
import { moneyOrigin } from './money-origin.ts';
import { checkScoreGrain } from './scorecard.ts';
import { checkTargetGrain, condition, grainFor, type RoleLines, targetOptional } from './targets.ts';

type People = World & { readonly kind: 'people' };

export interface PayChecker {
  /** The role's gates as they hold over a grain. */
  gates(grain: Grain): readonly Gate[];
  /** The bonus of that name; `undefined` when it can't be worked out (which has been reported). */
  bonus(name: string): Bonus | undefined;
  caps(): readonly Cap[];
}

/**
 * Bonuses and gates are checked as they are reached, so that each can name others; a circle among them is seen on the
 * way. A `gated` bonus uses all gates of its role.
 */
export function payChecker(
  checking: Checking,
  lines: RoleLines,
  declarations: readonly ast.RoleDeclaration[],
): PayChecker {
  const role = lines.declaration.name.text;
  const bonuses = new Map<string, Bonus | undefined>();
  const gates = new Map<Grain, readonly Gate[]>();
  const worlds = new Map<Grain, People>();
  const firstGate = declarations.flatMap((each) => each.gates)[0];

  const worldOf = (grain: Grain): People => {
    const found = worlds.get(grain);
    if (found) return found;
    const scope: RoleScope = {
      name: role,
      grain,
      bonusNames: [...lines.bonuses.keys()],
      score: (use) => {
        if (!lines.scorecard) return lines.torn ? 'sure' : 'none';
        checkScoreGrain(checking, lines, grain, use);
        return lines.scorecard.lines.some((line) => line.missing?.kind === 'spreads') ? 'optional' : 'sure';
      },
      targetOptional: (kpi, reads, use) =>
        !checkTargetGrain(checking, lines, kpi, grain, use) &&
        targetOptional(checking, lines, kpi, { grain, reads }),
      bonus: (name, use) => bonusNode(name, use, grain),
    };
    const world: People = {
      kind: 'people',
      scope: OWN,
      window: THIS_PERIOD,
      role: scope,
      known: NOTHING_KNOWN,
    };
    worlds.set(grain, world);
    return world;
  };

  const within = <T>(
    entry: { readonly id: string; readonly name: string; readonly span: Span },
    work: () => T,
  ): T => {
    checking.open.push(entry);
    const result = work();
    checking.open.pop();
    return result;
  };

  const bonusNode = (name: string, use: Span, grain: Grain): Expression | undefined => {
    const declared = lines.bonuses.get(name);
    if (!declared) return undefined;
    const at = checking.open.findIndex((each) => each.id === `${role}.${name}`);
    if (at >= 0) return refuse(checking, messages.circle(use, checking.open.slice(at)));
    const gate = checking.open.findIndex((each) => declared.gated && each.id === `${role} gates ${grain}`);
    if (gate >= 0) {
      const members = [...checking.open.slice(gate), { name, span: declared.name.span }];
      return refuse(checking, messages.circle(use, members));
    }
    const bonus = check(name);
    if (!bonus) return unknown(use);
    if (bonus.grain !== grain) {
      const words = `reading bonus \`${name}\` (per ${bonus.grain}) in a formula per ${grain}`;
      return refuse(checking, messages.notSupported(use, words));
    }
    const type = { kind: 'money', currency: checking.currency } as const;
    return { kind: 'bonus', name, type, optional: false, span: use };
  };

  const check = (name: string): Bonus | undefined => {
    if (bonuses.has(name)) return bonuses.get(name);
    const declared = lines.bonuses.get(name)!;
    const bonus = within({ id: `${role}.${name}`, name, span: declared.name.span }, () => {
      const grain = grainFor(checking, declared.per, 'a bonus');
      if (!grain) return undefined;
      if (declared.gated) gatesOver(grain);
      return bonusModel(checking, declared, grain, worldOf(grain));
    });
    bonuses.set(name, bonus);
    return bonus;
  };

  const gatesOver = (grain: Grain): readonly Gate[] => {
    const found = gates.get(grain);
    if (found || !firstGate) return found ?? [];
    const checked = within({ id: `${role} gates ${grain}`, name: 'gate', span: firstGate.span }, () =>
      declarations.flatMap((each) => each.gates.flatMap((gate) => gateModel(checking, gate, worldOf(grain)))),
    );
    gates.set(grain, checked);
    return checked;
  };

  return {
    gates: gatesOver,
    bonus: check,
    caps: () => declarations.flatMap((each) => each.caps.flatMap((cap) => capModel(checking, cap, worldOf))),
  };
}

function gateModel(checking: Checking, gate: ast.Gate, world: World): readonly Gate[] {
  const when = gate.when && condition(checking, gate.when, world, 'the condition of this gate');
  const unclear = gate.when !== undefined && when === undefined;
  const within = when ? knowing(checking, world, when, true) : world;
  const checked = condition(checking, gate.condition, within, unclear ? undefined : 'a gate');
  return checked ? [{ condition: checked, ...(when ? { when } : {}), span: gate.span }] : [];
}

function capModel(checking: Checking, cap: ast.Cap, worldOf: (grain: Grain) => World): readonly Cap[] {
  const grain = grainFor(checking, cap.per, 'a cap');
  if (!grain) return [];
  if (cap.inAll && grain !== checking.grain) {
    checking.diagnostics.push(messages.notSupported(cap.span, `a cap in all per ${grain}`));
    return [];
  }
  const amount = pay(checking, cap.amount, worldOf(grain), 'a cap');
  return amount ? [{ amount, grain, inAll: cap.inAll, span: cap.span }] : [];
}

/** An amount in the currency of pay that is never missing; `what` absent: whether it can be isn't asked. */
function pay(
  checking: Checking,
  node: ast.Expression,
  world: World,
  what: string | undefined,
): Expression | undefined {
  const checked = infer(checking, node, world);
  if (isError(checked)) return undefined;
  const type = checked.type;
  if (type.kind === 'money' && type.currency !== checking.currency) {
    checking.diagnostics.push(messages.otherCurrency(checked.span, type.currency, checking.currency));
    return undefined;
  }
  if (!require(checking, checked, () => type.kind === 'money', `an amount in ${checking.currency}`))
    return undefined;
  return what === undefined || requirePresent(checking, checked, what) ? checked : undefined;
}

function bonusModel(checking: Checking, declared: ast.Bonus, grain: Grain, world: World): Bonus | undefined {
  const when = declared.when && condition(checking, declared.when, world, 'the condition of this bonus');
  const unclear = declared.when !== undefined && when === undefined;
  const value = pay(
    checking,
    declared.value,
    when ? knowing(checking, world, when, true) : world,
    unclear ? undefined : `bonus \`${declared.name.text}\``,
  );
  const cap = declared.cap && pay(checking, declared.cap, world, 'a cap');
  if (!value) return undefined;
  const origin = moneyOrigin(checking, value);
  if (origin === 'mixed' && declared.prorated === undefined)
    checking.diagnostics.push(messages.mixedMoney(declared.name.span, declared.name.text));
  return {
    name: declared.name.text,
    ...(declared.title ? { title: declared.title.text } : {}),
    ...(declared.doc === undefined ? {} : { doc: declared.doc }),
    gated: declared.gated,
    grain,
    value,
    prorated: declared.prorated ?? origin === 'fixed',
    ...(when ? { when } : {}),
    ...(cap ? { cap } : {}),
    span: declared.span,
  };
}
