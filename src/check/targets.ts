// Targets: what a role expects of a KPI, and whether that is sure to be there over the length of time that reads it.

import { isZero, sign } from '../base/exact.ts';
import { byLength, fits, GRAINS, type Grain, grainText } from '../base/period.ts';
import type { Span } from '../base/source.ts';
import { comparable, isNumeric, typeInWords } from '../library/types.ts';
import type { Expression } from '../model/expression.ts';
import type { Target } from '../model/policy.ts';
import type * as ast from '../syntax/ast.ts';
import type * as astRoles from '../syntax/ast-roles.ts';
import { foldConstant } from './constants.ts';
import { type Checking, isError, NOTHING_KNOWN, OWN, THIS_PERIOD, type World } from './context.ts';
import { namedGrain } from './fiscal.ts';
import { describe, infer, require } from './infer.ts';
import { signByBounds } from './known.ts';
import { means } from './meanings.ts';
import * as messages from './messages.ts';
import { requirePresent } from './missing.ts';
import * as rules from './rule-messages.ts';
import { checkBand, fromTable, spreadOf } from './target-forms.ts';

/** A role's lines, inherited ones first, before their formulas are checked. */
export interface RoleLines {
  readonly declaration: astRoles.RoleDeclaration;
  readonly lineage: readonly string[];
  readonly targets: readonly Target[];
  /** KPIs with a target line that couldn't be checked; nothing more is said about their targets. */
  readonly unclear: ReadonlySet<string>;
  /** A target line names no KPI: it may have been meant for any. */
  readonly lost: boolean;
  /** What the role extends couldn't be found: it may have had anything. */
  readonly torn: boolean;
  readonly scorecard: astRoles.Scorecard | undefined;
  readonly bonuses: ReadonlyMap<string, astRoles.Bonus>;
}

/** A target as the Model has it; `undefined` after reporting what is wrong, unless that is the KPI's. */
export function targetModel(checking: Checking, target: astRoles.Target): Target | undefined {
  const kpi = checking.kpis.get(target.kpi.text);
  if (checking.declared.kpis.has(target.kpi.text)) means(checking, target.kpi, { kind: 'kpi' });
  if (!kpi) {
    if (!checking.declared.kpis.has(target.kpi.text))
      checking.diagnostics.push(
        messages.unknownName(target.kpi.span, 'KPI', target.kpi.text, [...checking.declared.kpis.keys()]),
      );
    return undefined;
  }
  if (!isNumeric(kpi.type)) {
    checking.diagnostics.push(
      messages.wrongType(
        target.kpi.span,
        'a KPI that is a number, a percent, an amount or a duration',
        typeInWords(kpi.type),
      ),
    );
    return undefined;
  }
  const grain = grainFor(checking, target.per, 'a target');
  const world: World = {
    kind: 'people',
    scope: OWN,
    window: THIS_PERIOD,
    target: true,
    grain: grain ?? checking.grain,
    known: NOTHING_KNOWN,
  };
  const value = target.fromTable
    ? fromTable(checking, target, kpi)
    : infer(checking, target.value, world, kpi.type);
  const upTo = target.upTo && infer(checking, target.upTo, world, kpi.type);
  const when = target.when && condition(checking, target.when, world, 'the condition of this target');
  const spread = target.spread && spreadOf(checking, target.spread, { kpi, grain, per: target.per });
  if (isError(value) || (upTo && isError(upTo)) || (target.when && !when) || !grain) return undefined;
  if (target.addsUp && kpi.adding === 'ratio')
    checking.diagnostics.push(
      messages.notHere(
        target.span,
        '`adds up`',
        `\`${kpi.name}\` is a ratio, an average or a bound, which doesn't add up: leave it out`,
      ),
    );
  const counted =
    kpi.type.kind === 'number' && kpi.adding !== 'ratio' && value.kind === 'constant'
      ? value.type.kind === 'percent'
      : false;
  if (counted || !comparable(value.type, kpi.type)) {
    const words = counted ? 'a count' : typeInWords(kpi.type);
    checking.diagnostics.push(
      messages.wrongType(value.span, words, describe(value), [
        { span: kpi.span, message: `because \`${kpi.name}\` is ${words}` },
      ]),
    );
    return undefined;
  }
  if (upTo && !checkBand(checking, value, upTo)) return undefined;
  return {
    kpi: kpi.name,
    value,
    ...(upTo ? { upTo } : {}),
    ...(spread ? { spread } : {}),
    ...(when ? { when } : {}),
    grain,
    addsUp: kpi.adding === 'additive' || (kpi.adding === 'distinct' && target.addsUp),
    span: target.span,
  };
}

/** Reports the lines of one declaration that a later one of it always wins over, so that they never count. */
export function checkOrder(checking: Checking, targets: readonly Target[]): void {
  targets.forEach((each, index) => {
    const winner = targets.slice(index + 1).find((later) => alwaysWins(later, each));
    if (winner) checking.diagnostics.push(rules.neverCounts(each.span, each.kpi, winner.span));
  });
}

/** A line of a file that amends the policy is meant to take the place of an earlier one. */
function alwaysWins(later: Target, { kpi, grain, span }: Target): boolean {
  const alike = later.kpi === kpi && later.grain === grain && later.span.source === span.source;
  return alike && !later.when && !later.value.optional;
}

/**
 * The lines that give a role's target of a KPI over a grain: those of that grain, else those of the longest shorter
 * one, whose parts come together.
 */
function linesFor(
  lines: RoleLines,
  kpi: string,
  grain: Grain,
): { readonly lines: readonly Target[]; readonly inParts: boolean } {
  const all = lines.targets.filter((each) => each.kpi === kpi);
  // what is spread gives the target of its parts
  const direct = all.filter(
    (each) => each.grain === grain || (each.spread !== undefined && fits(grain, each.grain)),
  );
  if (direct.length > 0) return { lines: direct, inParts: false };
  const shorter = all
    .map((each) => each.grain)
    .filter((each) => each !== grain && fits(each, grain))
    .sort(byLength)[0];
  return { lines: all.filter((each) => each.grain === shorter), inParts: true };
}

/** Whether the role's target of a KPI over a grain can be missing in some period, or (for an attainment) be zero. */
export function targetOptional(
  checking: Checking,
  role: RoleLines,
  kpi: string,
  as: { readonly grain: Grain; readonly reads: 'target' | 'attainment' },
): boolean {
  if (role.torn || role.lost || role.unclear.has(kpi)) return false;
  const { lines, inParts } = linesFor(role, kpi, as.grain);
  const ratio = checking.kpis.get(kpi)?.adding === 'ratio';
  if (inParts && !(ratio ? lines.length === 1 && isConstant(lines[0]!) : lines.every((each) => each.addsUp)))
    return true;
  // the last line that holds wins, and one without a condition always holds
  const sure = lines.findLastIndex((each) => !each.when && !each.value.optional);
  if (sure < 0) return true;
  if (as.reads === 'target') return false;
  const signs = new Set([
    ...lines.slice(sure).map((each) => signOfLine(checking, each)),
    ...(checking.overrides.get(kpi) ?? []),
  ]);
  return signs.size !== 1 || signs.has(0);
}

/** Inside a band the attainment is 100%, outside 0%: it needs no division. */
export function signOfLine(checking: Checking, line: Target): number {
  return line.upTo ? 1 : signOf(checking, line.value);
}

function isConstant(line: Target): boolean {
  return foldConstant(line.value) !== undefined;
}

/** The sign of a constant, or of what has bounds; 0 for what can be zero. */
function signOf(checking: Checking, value: Expression): number {
  const constant = foldConstant(value);
  if (typeof constant === 'object' && !isZero(constant)) return sign(constant);
  return signByBounds(checking, value, { kind: 'constant', known: NOTHING_KNOWN });
}

/** Reports a target that says nothing about a longer grain over which it is read; says whether it did. */
export function checkTargetGrain(
  checking: Checking,
  role: RoleLines,
  kpi: string,
  grain: Grain,
  use: Span,
): boolean {
  const { lines, inParts } = linesFor(role, kpi, grain);
  const ratio = checking.kpis.get(kpi)?.adding === 'ratio';
  const silent = lines.length > 0 && inParts && !ratio && !lines.every((each) => each.addsUp);
  if (silent)
    checking.diagnostics.push(messages.targetDoesntAddUp(use, kpi, `a ${grainText(grain)}`, lines[0]!.span));
  return silent;
}

/** A condition that is never missing (`what` absent: that isn't asked); `undefined` after reporting what is wrong. */
export function condition(
  checking: Checking,
  node: ast.Expression,
  world: World,
  what: string | undefined,
): Expression | undefined {
  const checked = infer(checking, node, world);
  if (!require(checking, checked, (type) => type.kind === 'truth', 'a condition')) return undefined;
  return what === undefined || requirePresent(checking, checked, what) ? checked : undefined;
}

/** What may be meant after `per`: whole policy periods, and (of a bonus) events. */
function lengthsFor({ grain, declared }: Checking, what: string): readonly string[] {
  const lengths = GRAINS.filter((each) => fits(grain, each));
  return what === 'a bonus' ? [...lengths, ...declared.eventNames.keys()] : lengths;
}

/** The grain that `per` names, else the policy's; it must hold whole policy periods. */
export function grainFor(
  checking: Checking,
  per: ast.GrainName | undefined,
  what: string,
): Grain | undefined {
  if (!per) return checking.grain;
  const grain = namedGrain(checking, per, { known: lengthsFor(checking, what) });
  if (!grain) return undefined;
  if (fits(checking.grain, grain)) return grain;
  checking.diagnostics.push(messages.grainTooShort(per.span, what, grain, checking.grain));
  return undefined;
}
