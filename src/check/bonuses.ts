// What a role pays: gates, bonuses and caps, each checked over the length of time that it is worked out for.

import type { Grain } from '../base/period.ts';
import type { Span } from '../base/source.ts';
import type { Expression } from '../model/expression.ts';
import type { Bonus, Cap, Gate } from '../model/policy.ts';
import type { ValueType } from '../model/value.ts';
import type * as ast from '../syntax/ast.ts';
import {
  beyond,
  type Checking,
  isError,
  later,
  NOTHING_KNOWN,
  OWN,
  type PeopleWorld,
  type RoleScope,
  THIS_PERIOD,
  unknown,
  type World,
} from './context.ts';
import { otherGrain } from './grains.ts';
import { infer, refuse, require } from './infer.ts';
import { knowing } from './known.ts';
import * as messages from './messages.ts';
import { requirePresent } from './missing.ts';
import { moneyOrigin } from './money-origin.ts';
import { isPast } from './past.ts';
import { perEventModel } from './per-event.ts';
import { checkScoreGrain } from './scorecard.ts';
import { checkTargetGrain, condition, grainFor, type RoleLines, targetOptional } from './targets.ts';
import { checkFloorsAndDraws, checkTerms } from './terms.ts';

export interface PayChecker {
  /** The role's gates as they hold over a grain. */
  gates(grain: Grain): readonly Gate[];
  /** The bonus of that name; `undefined` when it can't be worked out (which has been reported). */
  bonus(name: string): Bonus | undefined;
  caps(): readonly Cap[];
  /** The world of the role's formulas over a grain. */
  world(grain: Grain): PeopleWorld;
  /** Checks the floors and draws, which aren't worked out yet. */
  checkBounds(): void;
}

function moneyOf(checking: Checking): ValueType {
  return { kind: 'money', currency: checking.currency };
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
  const worlds = new Map<Grain, PeopleWorld>();
  // the policy's own gates hold for every role
  const allGates = [checking.declared.policy, ...declarations].flatMap((each) => each?.gates ?? []);
  const firstGate = allGates[0];

  const worldOf = (grain: Grain): PeopleWorld => {
    const found = worlds.get(grain);
    if (found) return found;
    const scope: RoleScope = {
      name: role,
      grain,
      bonusNames: [...lines.bonuses.keys()],
      over: worldOf,
      score: (use) => {
        if (!lines.scorecard) return lines.torn ? 'sure' : 'none';
        checkScoreGrain(checking, lines, grain, use);
        return lines.scorecard.lines.some((line) => line.missing?.kind === 'spreads') ? 'optional' : 'sure';
      },
      targetOptional: (kpi, reads, use) =>
        !checkTargetGrain(checking, lines, kpi, grain, use) &&
        targetOptional(checking, lines, kpi, { grain, reads }),
      silentTarget: (kpi) => lines.targets.find((each) => each.kpi === kpi && !each.addsUp)?.span,
      bonus: (name, use) => bonusNode(name, use, grain),
    };
    const world: PeopleWorld = {
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
    if (at >= 0)
      return isPast(checking, at)
        ? later(checking, `${name}, earlier`, { args: [], type: moneyOf(checking), span: use })
        : refuse(checking, messages.circle(use, checking.open.slice(at)));
    const gate = checking.open.findIndex((each) => declared.gated && each.id === `${role} gates ${grain}`);
    if (gate >= 0 && !isPast(checking, gate)) {
      const members = [...checking.open.slice(gate), { name, span: declared.name.span }];
      return refuse(checking, messages.circle(use, members));
    }
    const bonus = check(name);
    if (!bonus) return unknown(use);
    if (bonus.grain !== grain) {
      const lengths = { name, grain: bonus.grain, asked: grain };
      return refuse(checking, otherGrain(use, `bonus \`${name}\``, lengths));
    }
    return { kind: 'bonus', name, type: moneyOf(checking), optional: false, span: use };
  };

  const check = (name: string): Bonus | undefined => {
    if (bonuses.has(name)) return bonuses.get(name);
    const declared = lines.bonuses.get(name)!;
    const bonus = within({ id: `${role}.${name}`, name, span: declared.name.span }, () => {
      const event = checking.declared.events.get(declared.per?.text ?? '');
      const grain = event ? checking.grain : grainFor(checking, declared.per, 'a bonus');
      if (!grain) return undefined;
      if (declared.gated) gatesOver(grain);
      const world = worldOf(grain);
      checkTerms(checking, declared, world, event);
      return event
        ? perEventModel(checking, declared, event, world)
        : bonusModel(checking, declared, grain, world);
    });
    bonuses.set(name, bonus);
    return bonus;
  };

  const gatesOver = (grain: Grain): readonly Gate[] => {
    const found = gates.get(grain);
    if (found || !firstGate) return found ?? [];
    const checked = within({ id: `${role} gates ${grain}`, name: 'gate', span: firstGate.span }, () =>
      allGates.flatMap((gate) => gateModel(checking, gate, worldOf(grain))),
    );
    gates.set(grain, checked);
    return checked;
  };

  return {
    world: worldOf,
    gates: gatesOver,
    bonus: check,
    checkBounds: () => {
      for (const each of declarations) checkFloorsAndDraws(checking, each, worldOf);
    },
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

export function capModel(
  checking: Checking,
  cap: ast.Cap,
  worldOf: (grain: Grain) => PeopleWorld,
): readonly Cap[] {
  const grain = grainFor(checking, cap.per, 'a cap');
  if (!grain) return [];
  if (cap.inAll && grain !== checking.grain) beyond(checking, '`in all`', cap.span);
  if (cap.carryExcess) beyond(checking, '`carry excess`', cap.span);
  const amount = pay(checking, cap.amount, worldOf(grain), 'a cap');
  return amount ? [{ amount, grain, inAll: cap.inAll, span: cap.span }] : [];
}

/** An amount in the currency of pay that is never missing; `what` absent: whether it can be isn't asked. */
export function pay(
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
