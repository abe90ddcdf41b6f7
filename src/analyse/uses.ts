// What formulas use: which names they lead to, which of these they compare, who reads a curve, and which way what is read
// gets better.

import type { Span } from '../base/source.ts';
import { walk } from '../library/parts.ts';
import type { Expression } from '../model/expression.ts';
import type { Model, Role } from '../model/policy.ts';
import { namedBy } from '../query/named.ts';
import { allFormulas, awardsOf, figureCalled, poolFormulas } from './formulas.ts';

/** A place that reads a curve. */
export interface Use {
  readonly span: Span;
  /** Whether more (or less) of what is read is better; absent where nothing says so. */
  readonly better?: 'more' | 'less';
}

export function usesOfCurve(model: Model, name: string): readonly Use[] {
  const uses: Use[] = model.roles.flatMap((role) =>
    (role.scorecard ?? [])
      .filter((line) => line.curve === name)
      .map((line) => ({
        span: line.span,
        better: line.reads === 'value' && isLowerBetter(model, line.kpi) ? 'less' : 'more',
      })),
  );
  for (const { value } of allFormulas(model))
    walk(value, (node) => {
      if (node.kind !== 'curve' || node.curve !== name) return;
      const better = betterWay(model, node.argument);
      uses.push({ span: node.span, ...(better ? { better } : {}) });
    });
  return uses;
}

/** Which way a result gets better: an attainment or a score by being more, a KPI as it says. */
export function betterWay(model: Model, node: Expression): 'more' | 'less' | undefined {
  switch (node.kind) {
    case 'attainment':
    case 'score':
      return 'more';
    case 'figure': {
      const figure = figureCalled(model, node.figure);
      const kpi = model.kpis.find((each) => each.name === figure?.name);
      return kpi && (kpi.lowerIsBetter ? 'less' : 'more');
    }
    case 'apply':
      return node.function === 'else' ? betterWay(model, node.args[0]!) : undefined;
    default:
      return undefined;
  }
}

function isLowerBetter(model: Model, kpi: string): boolean {
  return model.kpis.find((each) => each.name === kpi)?.lowerIsBetter ?? false;
}

// ---- names -------------------------------------------------------------------------------------------------

/** The KPIs and `let`s that a formula names. */
export function namesIn(model: Model, formula: Expression): ReadonlySet<string> {
  const names = new Set<string>();
  walk(formula, (node) => {
    if (node.kind !== 'figure' && node.kind !== 'target' && node.kind !== 'attainment') return;
    const figure = figureCalled(model, node.figure);
    if (figure) names.add(figure.name);
  });
  return names;
}

/** Operators that compare two values. */
export const COMPARISONS: ReadonlySet<string> = new Set(['<', '<=', '>', '>=', 'is', 'is not']);

const deciding = new WeakMap<Model, ReadonlySet<string>>();

/**
 * The KPIs and `let`s by a comparison of which an award of money or a pool pays, beside the bonuses: what they compare
 * itself, in the formulas that they name, and all that it leads to.
 */
export function decidePayBeside(model: Model): ReadonlySet<string> {
  const found = deciding.get(model);
  if (found) return found;
  const money = awardsOf(model).filter(
    ({ award }) => award.kind === 'award' && award.gives.some(({ kind }) => kind === 'money'),
  );
  const formulas = [...money.flatMap((each) => each.formulas), ...poolFormulas(model)];
  const names = new Set<string>();
  for (const role of model.roles) {
    const compared = everyPart({ model, role }, formulas).filter(
      (node) => node.kind === 'apply' && COMPARISONS.has(node.function),
    );
    for (const part of everyPart({ model, role }, compared))
      for (const name of namesIn(model, part)) names.add(name);
  }
  deciding.set(model, names);
  return names;
}

/** All parts of formulas in a role, and of the formulas that these name. */
function everyPart(
  { model, role }: { readonly model: Model; readonly role: Role },
  formulas: readonly Expression[],
): readonly Expression[] {
  const parts = new Set<Expression>();
  const named = new Set<string>();
  const visit = (formula: Expression, within: Role | undefined): void =>
    walk(formula, (node) => {
      parts.add(node);
      for (const each of namedBy(model, node, within)) {
        if (named.has(each.id)) continue;
        named.add(each.id);
        for (const part of each.formulas) visit(part, each.role);
      }
    });
  for (const each of formulas) visit(each, role);
  return [...parts];
}
