// Lines of roles without what makes no difference to anybody's pay: gates that can't fail, caps that can't bind, directions
// of KPIs without a target, and how many weights have to be there.

import { rawScoreBounds } from '../analyse/bounds.ts';
import { isBelow, point } from '../analyse/interval.ts';
import { add, compare, type Exact, exact, exactText, isZero, ZERO } from '../base/exact.ts';
import type { Expression } from '../model/expression.ts';
import type { Bonus, Gate } from '../model/pay.ts';
import type { Kpi, Model, Role, ScoreLine } from '../model/policy.ts';
import type { Because } from './equivalent.ts';
import { tameness } from './equivalent-formulas.ts';
import { provedAt } from './impossible.ts';

/** The same policy; lines of its roles and KPIs are brought to their plainest form. */
export function foldLines(model: Model, because: Because): Model {
  const expected = new Set(
    [...model.roles, ...model.overrides].flatMap(({ targets }) => targets.map((each) => each.kpi)),
  );
  return {
    ...model,
    kpis: model.kpis.map((each) => (expected.has(each.name) ? each : foldKpi(each, because))),
    roles: model.roles.map((each) => foldRole(model, each, because)),
  };
}

function foldKpi(kpi: Kpi, because: Because): Kpi {
  const { attainment: _, status: __, ...rest } = kpi;
  because(kpi.span, `\`${kpi.name}\` has no target in any role, so it has no attainment`);
  return { ...rest, lowerIsBetter: false };
}

function isTrue(condition: Expression | undefined): boolean {
  return condition?.kind === 'constant' && condition.text === 'true' && condition.type.kind === 'truth';
}

function foldRole(model: Model, role: Role, because: Because): Role {
  // a gate that could stop the run, or be missing, is left where it is
  const isTame = tameness(model);
  const isPlain = ({ condition, when }: Gate): boolean => when === undefined && isTame(condition);
  const gates = role.gates.filter((gate) => {
    const isIdle = isPlain(gate) && isTrue(gate.condition);
    if (isIdle) because(gate.span, 'this gate never fails');
    return !isIdle;
  });
  const bonuses = role.bonuses
    .map((each) => foldBonus(model, each, { hasGates: gates.length > 0, because }))
    .map((each) => (isScoredUnlessAway(role) ? foldFallbacks(each, because) : each));
  const caps = role.caps.filter((cap) => {
    const why = cap.amount.kind === 'constant' ? provedAt(model, 'cap', cap.span) : undefined;
    if (why !== undefined) because(cap.span, why);
    return why === undefined;
  });
  const { scorecard } = role;
  const isOpen = bonuses.every((each) => !each.gated);
  const kept = gates.filter((gate) => {
    const isIdle = isOpen && isPlain(gate);
    if (isIdle) because(gate.span, 'no bonus of the role is gated');
    return !isIdle;
  });
  return {
    ...role,
    gates: kept,
    bonuses,
    caps,
    ...(scorecard ? { scorecard: foldScorecard(model, scorecard, because) } : {}),
  };
}

function foldBonus(
  model: Model,
  bonus: Bonus,
  { hasGates, because }: { readonly hasGates: boolean; readonly because: Because },
): Bonus {
  let folded = bonus;
  if (bonus.gated && !hasGates) {
    because(bonus.span, 'no gate can close this bonus');
    folded = { ...folded, gated: false };
  }
  if (isTrue(bonus.when)) {
    const { when: _, ...rest } = folded;
    because(bonus.when!.span, 'this condition always holds');
    folded = rest;
  }
  const why = bonus.cap?.kind === 'constant' ? provedAt(model, 'cap', bonus.cap.span) : undefined;
  if (why === undefined) return folded;
  const { cap: _, ...rest } = folded;
  because(bonus.cap!.span, why);
  return rest;
}

/** Whether a score is missing in a period of absence only: enough weights are always there, or the run stops. */
function isScoredUnlessAway({ scorecard = [] }: Role): boolean {
  const needed = scorecard.map(({ missing }) =>
    missing?.kind === 'spreads' ? leastThere(scorecard, exact(missing.atLeast)) : ZERO,
  );
  const spreadsAll = scorecard.every(({ missing }) => missing?.kind === 'spreads');
  return !spreadsAll && needed.every((each) => isZero(each));
}

/** Of a bonus that is nothing in a period of absence, as it is prorated: what stands there for the score is nothing too. */
function foldFallbacks(bonus: Bonus, because: Because): Bonus {
  if (!bonus.prorated || bonus.perEvent !== undefined) return bonus;
  const folded = (node: Expression): Expression => {
    if (node.kind !== 'apply') return node;
    const [value, fallback] = node.args;
    if (node.function !== 'else' || value?.kind !== 'score' || fallback?.kind !== 'constant')
      return { ...node, args: node.args.map(folded) };
    because(
      node.span,
      'the score is missing in a period of absence only, for which this bonus, being prorated, pays nothing',
    );
    return { ...node, args: [value, { ...fallback, text: '0' }] };
  };
  return { ...bonus, value: folded(bonus.value) };
}

function foldScorecard(model: Model, lines: readonly ScoreLine[], because: Because): readonly ScoreLine[] {
  return lines.map((line) => {
    let folded = line;
    if (line.cap !== undefined && line.curve !== undefined) {
      const bounds = rawScoreBounds(model, line);
      if (isBelow(bounds, point(exact(line.cap)), 'or equal')) {
        because(line.span, 'the score never reaches this cap');
        const { cap: _, ...rest } = folded;
        folded = rest;
      }
    }
    if (line.missing?.kind !== 'spreads') return folded;
    const least = leastThere(lines, exact(line.missing.atLeast));
    because(line.span, 'the weights that can be there are on the same side of either bound');
    return { ...folded, missing: { ...line.missing, atLeast: exactText(least) } };
  });
}

/**
 * The least of what the weights of those that are there can come to that is enough: lines that don't spread theirs are
 * always there, of the others any may be.
 */
function leastThere(lines: readonly ScoreLine[], atLeast: Exact): Exact {
  const isSpread = ({ missing }: ScoreLine): boolean => missing?.kind === 'spreads';
  const always = lines
    .filter((each) => !isSpread(each))
    .reduce((sum, { weight }) => add(sum, exact(weight)), ZERO);
  let sums: readonly Exact[] = [always];
  const spread = lines.filter(isSpread);
  if (spread.length > 12) return atLeast;
  for (const { weight } of spread) sums = [...sums, ...sums.map((each) => add(each, exact(weight)))];
  const enough = sums.filter((each) => compare(each, atLeast) >= 0);
  if (enough.length === 0) return atLeast;
  const least = enough.reduce((a, b) => (compare(a, b) < 0 ? a : b));
  return compare(least, always) === 0 ? ZERO : least;
}
