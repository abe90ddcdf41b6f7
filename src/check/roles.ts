// Roles with all that they inherit: targets, scorecard, gates, bonuses and caps, each formula checked as it will be
// worked out for that role.

import { exact, fixedText, isZero, multiply } from '../base/exact.ts';
import { fits, type Grain } from '../base/period.ts';
import type { Span } from '../base/source.ts';
import { comparable, typeInWords } from '../library/types.ts';
import type { Expression } from '../model/expression.ts';
import type { Bonus, Cap, Gate, Role, Target } from '../model/policy.ts';
import type * as ast from '../syntax/ast.ts';
import { grainOf } from './brackets.ts';
import {
  type Checking,
  isError,
  NOTHING_KNOWN,
  OWN,
  type RoleScope,
  THIS_PERIOD,
  type World,
} from './context.ts';
import { lineageOf } from './events.ts';
import { describe, infer, require } from './infer.ts';
import { knowing } from './known.ts';
import * as messages from './messages.ts';
import { requirePresent } from './missing.ts';
import { moneyOrigin } from './money-origin.ts';
import { isNonZeroConstant } from './names.ts';
import { checkScorecard } from './scorecard.ts';

export function roleModel(checking: Checking, declaration: ast.RoleDeclaration): Role {
  const name = declaration.name.text;
  const parent = declaration.extends;
  if (parent && !checking.declared.roles.has(parent.text)) {
    checking.diagnostics.push(
      messages.unknownName(
        parent.span,
        'role',
        parent.text,
        [...checking.declared.roles.keys()].filter((each) => each !== name),
      ),
    );
  }
  const lineage = lineageOf(checking, name);
  const declarations = lineage.map((each) => checking.declared.roles.get(each)!).reverse();
  if (
    parent &&
    checking.declared.roles.get(lineage.at(-1)!)?.extends &&
    lineage.includes(checking.declared.roles.get(lineage.at(-1)!)!.extends!.text)
  ) {
    checking.diagnostics.push(
      messages.circle(
        parent.span,
        declarations.map((each) => ({ id: each.name.text, span: each.name.span })),
      ),
    );
  }
  const bonuses = new Map<string, ast.Bonus>();
  for (const each of declarations) for (const bonus of each.bonuses) bonuses.set(bonus.name.text, bonus);
  const lines: RoleLines = {
    declaration,
    lineage,
    targets: declarations.flatMap((each) => each.targets.flatMap((target) => targetModel(checking, target))),
    scorecard: declarations.findLast((each) => each.scorecard)?.scorecard,
    bonuses,
  };
  const scorecard =
    lines.scorecard &&
    checkScorecard(
      checking,
      lines.scorecard,
      (kpi) => targetOptional(checking, lines, kpi, checking.grain),
      lines,
    );
  const checker = bonusChecker(checking, lines, scorecard?.optional ?? false);
  const gates = declarations.flatMap((each) =>
    each.gates.flatMap((gate) => gateModel(checking, gate, checker.world(checking.grain))),
  );
  for (const each of bonuses.keys()) checker.check(each);
  const caps = declarations.flatMap((each) =>
    each.caps.flatMap((cap) => capModel(checking, cap, checker.world)),
  );
  return {
    name,
    ...(declaration.title ? { title: declaration.title.text } : {}),
    ...(declaration.doc === undefined ? {} : { doc: declaration.doc }),
    lineage,
    targets: lines.targets,
    ...(scorecard ? { scorecard: scorecard.lines } : {}),
    gates,
    bonuses: [...bonuses.keys()].flatMap((each) => checker.finished.get(each) ?? []),
    caps,
    span: declaration.name.span,
  };
}

// ---- gates, bonuses, caps ----------------------------------------------------------------------------------

function gateModel(checking: Checking, gate: ast.Gate, world: World): readonly Gate[] {
  const checked = condition(checking, gate.condition, world, 'a gate');
  const when = gate.when && condition(checking, gate.when, world, 'the condition of this gate');
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

/** An amount in the currency of pay that is never missing. */
function pay(checking: Checking, node: ast.Expression, world: World, what: string): Expression | undefined {
  const checked = infer(checking, node, world);
  if (isError(checked)) return undefined;
  const type = checked.type;
  if (type.kind === 'money' && type.currency !== checking.currency) {
    checking.diagnostics.push(messages.otherCurrency(checked.span, type.currency, checking.currency));
    return undefined;
  }
  if (!require(checking, checked, () => type.kind === 'money', `an amount in ${checking.currency}`))
    return undefined;
  return requirePresent(checking, checked, what) ? checked : undefined;
}

/** Bonuses are checked as they are reached, so that each can name others; a circle is seen on the way. */
function bonusChecker(checking: Checking, lines: RoleLines, scoreOptional: boolean) {
  const role = lines.declaration.name.text;
  const finished = new Map<string, readonly Bonus[]>();

  const world = (grain: Grain): World & { kind: 'people' } => {
    const scope: RoleScope = {
      name: role,
      grain,
      bonusNames: [...lines.bonuses.keys()],
      hasScore: lines.scorecard !== undefined,
      scoreOptional:
        scoreOptional ||
        (lines.scorecard?.lines.some(
          (line) =>
            line.missing === undefined &&
            targetOptional(checking, lines, line.kpi.text, grain) !==
              targetOptional(checking, lines, line.kpi.text, checking.grain),
        ) ??
          false),
      targetOptional: (kpi) => targetOptional(checking, lines, kpi, grain),
      bonus: (name, span) => bonusNode(name, span, grain),
    };
    return { kind: 'people', scope: OWN, window: THIS_PERIOD, role: scope, known: NOTHING_KNOWN };
  };

  const bonusNode = (name: string, span: Span, grain: Grain): Expression | undefined => {
    const declared = lines.bonuses.get(name);
    if (!declared) return undefined;
    const failed: Expression = {
      kind: 'constant',
      text: '0',
      type: { kind: 'error' },
      optional: false,
      span,
    };
    const at = checking.open.findIndex((each) => each.id === `${role}.${name}`);
    if (at >= 0) {
      checking.diagnostics.push(messages.circle(span, checking.open.slice(at)));
      return failed;
    }
    const bonus = check(name);
    if (!bonus) return failed;
    if (bonus.grain !== grain) {
      checking.diagnostics.push(
        messages.notSupported(
          span,
          `reading bonus \`${name}\` (per ${bonus.grain}) in a formula per ${grain}`,
        ),
      );
      return failed;
    }
    return {
      kind: 'bonus',
      name,
      type: { kind: 'money', currency: checking.currency },
      optional: false,
      span,
    };
  };

  const check = (name: string): Bonus | undefined => {
    const found = finished.get(name);
    if (found) return found[0];
    const declared = lines.bonuses.get(name)!;
    checking.open.push({ id: `${role}.${name}`, span: declared.name.span });
    const bonus = bonusModel(checking, declared, world, lines);
    checking.open.pop();
    finished.set(name, bonus ? [bonus] : []);
    return bonus;
  };

  return { finished, world, check };
}

function bonusModel(
  checking: Checking,
  declared: ast.Bonus,
  worldOf: (grain: Grain) => World,
  lines: RoleLines,
): Bonus | undefined {
  const grain = grainFor(checking, declared.per, 'a bonus');
  if (!grain) return undefined;
  const world = worldOf(grain);
  const when = declared.when && condition(checking, declared.when, world, 'the condition of this bonus');
  const value = pay(
    checking,
    declared.value,
    when ? knowing(checking, world, when, true) : world,
    `bonus \`${declared.name.text}\``,
  );
  const cap = declared.cap && pay(checking, declared.cap, world, 'a cap');
  if (!value) return undefined;
  if (grain !== checking.grain) {
    const read = [value, ...(when ? [when] : [])].flatMap((each) => kpisRead(checking, each, lines));
    for (const use of read) checkTargetGrain(checking, lines, use.kpi, grain, use.span);
  }
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
