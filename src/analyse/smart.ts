// SMART: a KPI says what it is, is measured, has a target, and matters to somebody's pay, by more than a trifle; a policy
// says when it holds.

import type { Diagnostic } from '../base/diagnostic.ts';
import { compare, exact } from '../base/exact.ts';
import { foldConstant } from '../check/constants.ts';
import { valueNotation } from '../library/notation.ts';
import { walk } from '../library/parts.ts';
import type { Expression } from '../model/expression.ts';
import type { Kpi, Model } from '../model/policy.ts';
import { awardsOf, paidFormulas, poolFormulas } from './formulas.ts';
import * as messages from './messages.ts';
import { declared, type Reading } from './reading.ts';
import { COMPARISONS, namesIn } from './uses.ts';

export function smartLints(reading: Reading): readonly Diagnostic[] {
  const { model } = reading;
  const policy = declared(reading, 'policy')[0];
  const ranged = model.effective.from !== undefined || model.effective.until !== undefined;
  const open = policy && !ranged ? [messages.noEffectiveRange(policy.name.span, model.name)] : [];
  const uses = usesOf(model);
  return [...open, ...model.kpis.flatMap((kpi) => kpiLints(model, kpi, uses)), ...lightWeights(model)];
}

/** Below this a KPI adds so little to pay that it is easily ignored (the rule of thumb of incentive plan designers). */
const LIGHT = exact('0.1');

function lightWeights(model: Model): readonly Diagnostic[] {
  const lines = model.roles.flatMap((role) => role.scorecard ?? []);
  return lines
    .filter(({ weight }) => compare(exact(weight), LIGHT) < 0)
    .map(({ span, kpi, weight }) =>
      messages.lightWeight(span, kpi, valueNotation(weight, { kind: 'percent' })),
    );
}

/** Names of KPIs and lets by what becomes of them. */
interface Uses {
  /** Named in a scorecard, gate, bonus or cap. */
  readonly paid: ReadonlySet<string>;
  /** Named there or in an award, level or pool, or by what is. */
  readonly reached: ReadonlySet<string>;
  /** Have a target, or are compared with a constant where pay is decided. */
  readonly expected: ReadonlySet<string>;
  /** By name: the names in its formulas. */
  readonly named: ReadonlyMap<string, ReadonlySet<string>>;
}

function kpiLints(model: Model, kpi: Kpi, uses: Uses): readonly Diagnostic[] {
  const lacks: messages.Lack[] = [];
  if (kpi.title === undefined && kpi.doc === undefined)
    lacks.push({
      what: 'it has neither a title nor a description',
      add: {
        text: 'a title, or a `///` line before it',
        yaml: 'a title (`title: …`) or a description (`doc: …`)',
      },
    });
  const measured = [...below(uses, kpi.name)].some((name) => isMeasured(model, name));
  if (!measured)
    lacks.push({ what: 'it measures no event', add: 'a formula with `sum`, `count` or another total' });
  // a policy without roles only measures
  const paysAny = model.roles.length > 0;
  if (paysAny && !hasTarget(uses, kpi.name))
    lacks.push({
      what: 'no role has a target for it',
      add: { text: `\`target ${kpi.name} …\` to a role`, yaml: `\`targets: { ${kpi.name}: … }\` to a role` },
    });
  if (paysAny && !uses.reached.has(kpi.name))
    lacks.push({
      what: 'no scorecard, gate, bonus or award looks at it',
      add: 'a line that reads it (a KPI that is only shown is fine too)',
    });
  return lacks.length === 0 ? [] : [messages.notSmart(kpi.span, kpi.name, lacks)];
}

/** A KPI that pay only sees as a part of others needs no target where one of those has one. */
function hasTarget(uses: Uses, kpi: string, seen = new Set<string>()): boolean {
  if (uses.expected.has(kpi)) return true;
  if (uses.paid.has(kpi) || seen.has(kpi)) return false;
  seen.add(kpi);
  return [...uses.named].some(([name, parts]) => parts.has(kpi) && hasTarget(uses, name, seen));
}

function usesOf(model: Model): Uses {
  const named = new Map<string, Set<string>>();
  for (const figure of model.figures) {
    const names = named.get(figure.name) ?? new Set<string>();
    for (const name of namesIn(model, figure.value)) names.add(name);
    named.set(figure.name, names);
  }
  const scored = model.roles.flatMap((role) => (role.scorecard ?? []).map((line) => line.kpi));
  const formulas = model.roles.flatMap((role) => paidFormulas(model, role).map(({ value }) => value));
  const paid = new Set([...scored, ...formulas.flatMap((each) => [...namesIn(model, each)])]);
  const uses = { paid, named, expected: new Set<string>(), reached: new Set<string>() };
  const beside = [...awardsOf(model).flatMap((each) => each.formulas), ...poolFormulas(model)];
  for (const name of [...paid, ...beside.flatMap((each) => [...namesIn(model, each)])])
    for (const each of below(uses, name)) uses.reached.add(each);
  for (const role of model.roles) for (const target of role.targets) uses.expected.add(target.kpi);
  for (const each of formulas) for (const name of comparedIn(model, each)) uses.expected.add(name);
  for (const each of beside)
    for (const name of comparedIn(model, each, 'with anything')) uses.expected.add(name);
  for (const each of model.overrides) for (const target of each.targets) uses.expected.add(target.kpi);
  return uses;
}

/** A name and all that its formula leads to. */
function below({ named }: Pick<Uses, 'named'>, name: string, seen = new Set<string>()): ReadonlySet<string> {
  if (seen.has(name)) return seen;
  seen.add(name);
  for (const each of named.get(name) ?? []) below({ named }, each, seen);
  return seen;
}

/** Names that a formula compares with a constant; what awards and pools compare is what they expect, whatever it is. */
function comparedIn(
  model: Model,
  formula: Expression,
  how: 'with a constant' | 'with anything' = 'with a constant',
): readonly string[] {
  const names: string[] = [];
  walk(formula, (node) => {
    if (node.kind !== 'apply' || !COMPARISONS.has(node.function)) return;
    const [left, right] = node.args as readonly [Expression, Expression];
    const isBound = (other: Expression) => how === 'with anything' || foldConstant(other) !== undefined;
    if (isBound(right)) names.push(...namesIn(model, left));
    if (isBound(left)) names.push(...namesIn(model, right));
  });
  return names;
}

function isMeasured(model: Model, name: string): boolean {
  let found = false;
  for (const figure of model.figures.filter((each) => each.name === name))
    walk(figure.value, (node) => {
      if (node.kind === 'measure') found = true;
    });
  return found;
}
