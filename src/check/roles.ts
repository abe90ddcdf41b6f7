// Roles with all that they inherit, each line checked as it will be worked out for that role.

import type { Role } from '../model/policy.ts';
import type * as astRoles from '../syntax/ast-roles.ts';
import { type PayChecker, payChecker } from './bonuses.ts';
import type { Checking, RoleEntry } from './context.ts';
import { lineageOf } from './credit.ts';
import { means } from './meanings.ts';
import * as messages from './messages.ts';
import { seldom } from './needed.ts';
import { checkOrder, type RoleLines, targetModel } from './targets.ts';
import { monthTerms } from './terms.ts';

export function roleModel(checking: Checking, declaration: astRoles.RoleDeclaration): Role {
  const { lines, pay } = checkedRole(checking, declaration);
  const scorecard = lines.scorecard && seldom().checkScorecard(checking, lines.scorecard, lines);
  return {
    name: declaration.name.text,
    ...(declaration.title ? { title: declaration.title.text } : {}),
    ...(declaration.doc === undefined ? {} : { doc: declaration.doc }),
    lineage: lines.lineage,
    targets: lines.targets,
    ...(scorecard ? { scorecard } : {}),
    gates: pay.gates(checking.grain),
    bonuses: [...lines.bonuses.keys()].flatMap((each) => pay.bonus(each) ?? []),
    ...pay.bounds(),
    ...terms(checking, lines.lineage),
    span: declaration.name.span,
  };
}

/** What a role says of its first months and of parts of periods, else what it extends says. */
function terms(checking: Checking, lineage: readonly string[]): Pick<Role, 'ramp' | 'rampLine' | 'prorate'> {
  const found = lineage.map((each) => monthTerms(checking, checking.declared.roles.get(each)!));
  return Object.assign({}, ...found.reverse());
}

/** The role in which formulas of awards, pools and tests stand; it must be declared. */
export function roleEntry(checking: Checking, name: string): RoleEntry {
  return checkedRole(checking, checking.declared.roles.get(name)!);
}

interface CheckedRole extends RoleEntry {
  readonly lines: RoleLines;
  readonly pay: PayChecker;
}

/** A role's lines and what checks its pay, made when it is first asked for. */
function checkedRole(checking: Checking, declaration: astRoles.RoleDeclaration): CheckedRole {
  const name = declaration.name.text;
  const found = checking.roles.get(name) as CheckedRole | undefined;
  if (found) return found;
  const { roles } = checking.declared;
  const lineage = lineageOf(checking, name);
  const base = declaration.extends;
  if (base && roles.has(base.text)) means(checking, base, { kind: 'role' });
  const declarations = lineage.map((each) => roles.get(each)!).reverse();
  const bonuses = new Map<string, astRoles.Bonus>();
  for (const each of declarations) for (const bonus of each.bonuses) bonuses.set(bonus.name.text, bonus);
  const targets = declarations.flatMap((each) =>
    each.targets.map((target) => ({ kpi: target.kpi.text, model: targetModel(checking, target) })),
  );
  const own = new Set(declaration.targets.map(({ span }) => span));
  checkOrder(
    checking,
    targets.flatMap(({ model }) => (model && own.has(model.span) ? model : [])),
  );
  const lines: RoleLines = {
    declaration,
    lineage,
    targets: targets.flatMap(({ model }) => model ?? []),
    unclear: new Set(targets.flatMap(({ kpi, model }) => (model ? [] : [kpi]))),
    lost: targets.some(({ kpi }) => !checking.declared.kpis.has(kpi)),
    torn: !extendsWell(checking, declaration, lineage),
    scorecard: declarations.findLast((each) => each.scorecard)?.scorecard,
    bonuses,
  };
  const pay = payChecker(checking, lines, declarations);
  const entry: CheckedRole = {
    name,
    lines,
    pay,
    world: pay.world,
    bonus: pay.bonus,
    bonusNames: [...bonuses.keys()],
  };
  checking.roles.set(name, entry);
  return entry;
}

/** Whether the role and what it extends end well; a circle is reported once, at the first of its roles. */
function extendsWell(
  checking: Checking,
  declaration: astRoles.RoleDeclaration,
  lineage: readonly string[],
): boolean {
  const { roles } = checking.declared;
  const last = roles.get(lineage.at(-1)!)!;
  const beyond = last.extends;
  if (!beyond) return true;
  const at = lineage.indexOf(beyond.text);
  if (at < 0) {
    const others = [...roles.keys()].filter((each) => each !== last.name.text);
    if (last === declaration)
      checking.diagnostics.push(messages.unknownName(beyond.span, 'role', beyond.text, others));
    return false;
  }
  const members = lineage.slice(at).map((each) => roles.get(each)!);
  const first = [...roles.values()].find((each) => members.includes(each));
  if (first === declaration && at === 0)
    checking.diagnostics.push(
      messages.circle(
        declaration.extends!.span,
        members.map((each) => ({ name: each.name.text, span: each.name.span })),
      ),
    );
  return false;
}
