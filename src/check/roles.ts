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
import { describe, infer, knowing, require, requirePresent } from './infer.ts';
import * as messages from './messages.ts';
import { moneyOrigin } from './money-origin.ts';
import { isNonZeroConstant } from './names.ts';
import { checkScorecard } from './scorecard.ts';

/** A role's lines, inherited ones first, before their formulas are checked. */
export interface RoleLines {
  readonly declaration: ast.RoleDeclaration;
  readonly lineage: readonly string[];
  readonly targets: readonly Target[];
  readonly scorecard: ast.Scorecard | undefined;
  readonly bonuses: ReadonlyMap<string, ast.Bonus>;
}

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

// ---- targets -----------------------------------------------------------------------------------------------

function targetModel(checking: Checking, target: ast.Target): readonly Target[] {
  const kpi = checking.kpis.get(target.kpi.text);
  if (!kpi) {
    if (!checking.declared.kpis.has(target.kpi.text))
      checking.diagnostics.push(
        messages.unknownName(target.kpi.span, 'KPI', target.kpi.text, [...checking.declared.kpis.keys()]),
      );
    return [];
  }
  const world: World = {
    kind: 'people',
    scope: OWN,
    window: THIS_PERIOD,
    target: true,
    known: NOTHING_KNOWN,
  };
  const value = infer(checking, target.value, world);
  const when = target.when && condition(checking, target.when, world, 'the condition of this target');
  const grain = grainFor(checking, target.per, 'a target');
  if (isError(value) || !grain) return [];
  if (!comparable(value.type, kpi.type)) {
    checking.diagnostics.push(
      messages.wrongType(value.span, typeInWords(kpi.type), describe(value), [
        { span: kpi.span, message: `because \`${kpi.name}\` is ${typeInWords(kpi.type)}` },
      ]),
    );
    return [];
  }
  return [
    {
      kpi: kpi.name,
      value,
      ...(when ? { when } : {}),
      grain,
      addsUp: kpi.adding === 'additive' || (kpi.adding === 'distinct' && target.addsUp),
      span: target.span,
    },
  ];
}

/** Whether the role's target of a KPI over a grain can be missing in some period. */
function targetOptional(checking: Checking, lines: RoleLines, kpi: string, grain: Grain): boolean {
  const targets = lines.targets.filter((each) => each.kpi === kpi);
  const ratio = checking.kpis.get(kpi)?.adding === 'ratio';
  return !targets.some((target) => {
    const sure = !target.when && !target.value.optional && isNonZeroConstant(target.value);
    const same = target.grain === grain;
    const alone = targets.length === 1;
    return sure && (same || (fits(target.grain, grain) && (target.addsUp || (ratio && alone))));
  });
}

/** Reports a target that says nothing about a longer grain over which it is read. */
export function checkTargetGrain(
  checking: Checking,
  lines: RoleLines,
  kpi: string,
  grain: Grain,
  use: Span,
): void {
  const targets = lines.targets.filter((each) => each.kpi === kpi);
  const silent =
    targets.length > 0 &&
    !targets.some(
      (each) =>
        each.grain === grain ||
        (fits(each.grain, grain) && (each.addsUp || checking.kpis.get(kpi)?.adding === 'ratio')),
    );
  if (silent) checking.diagnostics.push(messages.targetDoesntAddUp(use, kpi, grain));
}

// ---- gates, bonuses, caps ----------------------------------------------------------------------------------

function condition(
  checking: Checking,
  node: ast.Expression,
  world: World,
  what: string,
): Expression | undefined {
  const checked = infer(checking, node, world);
  if (!require(checking, checked, (type) => type.kind === 'truth', 'a condition')) return undefined;
  return requirePresent(checking, checked, what) ? checked : undefined;
}

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
    when ? knowing(world, when, true) : world,
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

/** KPIs whose target a formula reads, through the score too. */
function kpisRead(
  checking: Checking,
  node: Expression,
  lines: RoleLines,
): readonly { readonly kpi: string; readonly span: Span }[] {
  switch (node.kind) {
    case 'attainment':
    case 'target':
      return [{ kpi: checking.figures.get(node.figure)!.name, span: node.span }];
    case 'score':
      return (lines.scorecard?.lines ?? [])
        .filter((line) => !line.ofValue)
        .map((line) => ({ kpi: line.kpi.text, span: line.span }));
    case 'rates':
    case 'curve':
      return kpisRead(checking, node.argument, lines);
    case 'apply':
      return node.args.flatMap((each) => kpisRead(checking, each, lines));
    default:
      return [];
  }
}

/** The grain that `per` names, else the policy's; it must hold whole policy periods. */
function grainFor(checking: Checking, per: ast.Name | undefined, what: string): Grain | undefined {
  if (!per) return checking.grain;
  const grain = grainOf(per.text);
  if (!grain) {
    checking.diagnostics.push(
      messages.badWord(per.span, 'a length of time', per.text, ['month', 'quarter', 'year']),
    );
    return undefined;
  }
  if (fits(checking.grain, grain)) return grain;
  checking.diagnostics.push(messages.grainTooShort(per.span, what, grain, checking.grain));
  return undefined;
}

/** `0.25` as `25%`. */
export function percentText(text: string): string {
  const value = multiply(exact(text), exact('100'));
  return isZero(value) ? '0%' : `${fixedText(value, 4).replace(/\.?0+$/, '')}%`;
}
