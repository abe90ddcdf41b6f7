// What a role pays: gates, bonuses and caps, each checked over the length of time that it is worked out for.

import type { Grain } from '../base/period.ts';
import type { Span } from '../base/source.ts';
import type { Expression } from '../model/expression.ts';
import type { Bonus, Cap, Draw, Floor, Gate } from '../model/pay.ts';
import type { ValueType } from '../model/value.ts';
import type * as ast from '../syntax/ast.ts';
import type * as astRoles from '../syntax/ast-roles.ts';
import { capModel, drawModels, floorModel } from './bounds.ts';
import {
  type Checking,
  isError,
  NOTHING_KNOWN,
  OWN,
  type PeopleWorld,
  type RoleScope,
  THIS_PERIOD,
  unknown,
  type World,
} from './context.ts';
import { lineageOf } from './credit.ts';
import { readGrain } from './fiscal.ts';
import { otherGrain } from './grains.ts';
import { infer, refuse, require } from './infer.ts';
import { knowing } from './known.ts';
import { type Meaning, means } from './meanings.ts';
import * as messages from './messages.ts';
import { requirePresent } from './missing.ts';
import { moneyOrigin } from './money-origin.ts';
import { seldom } from './needed.ts';
import { isPast } from './past.ts';
import { perEventModel } from './per-event.ts';
import { checkTargetGrain, condition, grainFor, type RoleLines, targetOptional } from './targets.ts';
import { bonusTerms } from './terms.ts';

export interface PayChecker {
  /** The role's gates as they hold over a grain. */
  gates(grain: Grain): readonly Gate[];
  /** The bonus of that name; `undefined` when it can't be worked out (which has been reported). */
  bonus(name: string): Bonus | undefined;
  /** Caps and floors of the role and of what it extends; of the draws for a length of time, its own one. */
  bounds(): {
    readonly caps: readonly Cap[];
    readonly floors: readonly Floor[];
    readonly draws: readonly Draw[];
  };
  /** The world of the role's formulas over a grain. */
  world(grain: Grain): PeopleWorld;
}

/** Tells which roles' bonus a name stands for: several where a formula is about people of several roles. */
export function meansBonus(checking: Checking, name: ast.Name, roles: readonly string[]): void {
  if (!checking.meanings) return;
  const declared = checking.declared.roles;
  const [first, ...others] = roles.flatMap(
    (role) =>
      lineageOf(checking, role).find((each) =>
        declared.get(each)!.bonuses.some((bonus) => bonus.name.text === name.text),
      ) ?? [],
  );
  if (first === undefined) return;
  const meaning = (role: string): Meaning => ({ kind: 'bonus', name: name.text, of: role });
  means(checking, name, meaning(first));
  for (const each of others) checking.meanings.joined?.(meaning(first), meaning(each));
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
  declarations: readonly astRoles.RoleDeclaration[],
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
        seldom().checkScoreGrain(checking, lines, grain, use);
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
    meansBonus(checking, { text: name, span: use }, [role]);
    const at = checking.open.findIndex((each) => each.id === `${role}.${name}`);
    // in an earlier period a bonus may name itself; its own length is known before it is checked
    const own = readGrain(checking.declared.calendars, declared.per) ?? checking.grain;
    if (at >= 0 && isPast(checking, at))
      return own === grain ? named(name, use) : overOther(name, use, { own, grain });
    if (at >= 0) return refuse(checking, messages.circle(use, checking.open.slice(at)));
    const gate = checking.open.findIndex((each) => declared.gated && each.id === `${role} gates ${grain}`);
    if (gate >= 0 && !isPast(checking, gate)) {
      const members = [...checking.open.slice(gate), { name, span: declared.name.span }];
      return refuse(checking, messages.circle(use, members));
    }
    const bonus = check(name);
    if (!bonus) return unknown(use);
    return bonus.grain === grain ? named(name, use) : overOther(name, use, { own: bonus.grain, grain });
  };

  const named = (name: string, span: Span): Expression => {
    return { kind: 'bonus', name, type: moneyOf(checking), optional: false, span };
  };

  /** A bonus per quarter, say, where months are worked out. */
  const overOther = (name: string, use: Span, { own, grain }: Record<'own' | 'grain', Grain>): Expression => {
    const lengths = { name, grain: own, asked: grain };
    return refuse(checking, otherGrain(use, `bonus \`${name}\``, lengths));
  };

  const check = (name: string): Bonus | undefined => {
    if (bonuses.has(name)) return bonuses.get(name);
    const declared = lines.bonuses.get(name)!;
    const bonus = within({ id: `${role}.${name}`, name, span: declared.name.span }, () => {
      const { per } = declared;
      const event = per && !per.of ? checking.declared.events.get(per.text) : undefined;
      if (per && event) means(checking, per, { kind: 'event' });
      const grain = event ? checking.grain : grainFor(checking, declared.per, 'a bonus');
      if (!grain) return undefined;
      if (declared.gated) gatesOver(grain);
      const world = worldOf(grain);
      const terms = bonusTerms(checking, declared, world, event);
      const model = event
        ? perEventModel(checking, declared, event, world)
        : bonusModel(checking, declared, grain, world);
      return model && { ...model, ...terms };
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
    bounds: () => {
      const draws = declarations.map((each) => drawModels(checking, each.draws, worldOf));
      return {
        caps: declarations.flatMap((each) => each.caps.flatMap((cap) => capModel(checking, cap, worldOf))),
        floors: declarations.flatMap((each) =>
          each.floors.flatMap((floor) => floorModel(checking, floor, worldOf)),
        ),
        draws: [...new Map(draws.flat().map((each) => [each.grain, each])).values()],
      };
    },
  };
}

function gateModel(checking: Checking, gate: astRoles.Gate, world: World): readonly Gate[] {
  const when = gate.when && condition(checking, gate.when, world, 'the condition of this gate');
  const unclear = gate.when !== undefined && when === undefined;
  const within = when ? knowing(checking, world, when, true) : world;
  const checked = condition(checking, gate.condition, within, unclear ? undefined : 'a gate');
  return checked ? [{ condition: checked, ...(when ? { when } : {}), span: gate.span }] : [];
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

function bonusModel(
  checking: Checking,
  declared: astRoles.Bonus,
  grain: Grain,
  world: World,
): Bonus | undefined {
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
