// A scenario: the policy and its facts with changes made to them, all at once. The data isn't read again unless a number of
// the policy is changed by which rows are read otherwise.

import type { Diagnostic } from '../base/diagnostic.ts';
import { type Exact, exactText, multiply, ONE } from '../base/exact.ts';
import type { Gathered } from '../gather.ts';
import { walk } from '../library/parts.ts';
import type { Expression } from '../model/expression.ts';
import type { Figure, Model, Role, Target } from '../model/policy.ts';
import type { ChangeMeans, ChangeSaid } from '../model/simulation.ts';
import { isAdditive } from '../query/moved-facts.ts';
import { scaledFacts } from '../query/scaled-facts.ts';
import { adjusted, adjustedText, adjusting, findAdjustable, otherUnit, parseDigits } from './adjustable.ts';
import { type Change, parseChange } from './change-words.ts';
import { cannotStand, notAChange } from './messages.ts';
import type { Reader } from './runs.ts';

/** Changes that are tried together, as people write them. */
export interface Scenario {
  readonly name: string;
  readonly changes: readonly string[];
}

/** A scenario that can be run. */
export interface Changed {
  readonly gathered: Gathered;
  readonly changes: readonly ChangeSaid[];
}

/** Makes the changes; or says which can't be made (M3080 to M3085). */
export async function changedBy(
  { changes }: Scenario,
  { gathered, read }: { readonly gathered: Gathered; readonly read: Reader },
): Promise<Changed | readonly Diagnostic[]> {
  const parsed = changes.map((text) => parseChange(gathered.model, text));
  const wrong = parsed.filter((each): each is Diagnostic => 'code' in each);
  if (wrong.length > 0) return wrong;
  const wanted = parsed as readonly Change[];
  // numbers first: they are changes of the text, from which the rest is made
  const numbers = numbersIn(wanted, gathered.model);
  if (!('model' in numbers)) return numbers;
  let model = numbers.model;
  let known: Gathered = gathered;
  if (model !== gathered.model) {
    const found = await read(model);
    if (!found.gathered) return found.diagnostics;
    known = found.gathered;
  }
  const factors = new Map<string, Exact>();
  const said: ChangeSaid[] = [];
  for (const change of wanted) {
    const { text } = change;
    switch (change.kind) {
      case 'number':
        said.push({ text, means: numbers.means.get(change)! });
        break;
      case 'target': {
        const moved = withTargets(model, change);
        if (moved.lines === 0) return [noTarget(change)];
        model = moved.model;
        said.push({ text, means: { kind: 'target', kpi: change.kpi, lines: moved.lines } });
        break;
      }
      case 'kpi': {
        const measure = measureOf(gathered.model, change.kpi);
        if (measure === undefined) model = withFigure(model, change);
        else factors.set(measure, multiply(factors.get(measure) ?? ONE, change.factor));
        said.push({ text, means: meansOf(gathered.model, change.kpi, measure) });
        break;
      }
      default:
        change satisfies never;
    }
  }
  const facts = factors.size > 0 ? scaledFacts(known.facts, factors) : known.facts;
  return { gathered: { ...known, model, facts }, changes: said };
}

// ---- numbers of the policy -------------------------------------------------------------------------------------------

interface Numbers {
  readonly model: Model;
  readonly means: ReadonlyMap<Change, ChangeMeans>;
}

/** The policy with other numbers, one after the other; the same Model where there are none. */
function numbersIn(changes: readonly Change[], model: Model): Numbers | readonly Diagnostic[] {
  const means = new Map<Change, ChangeMeans>();
  const numbers = changes.flatMap((each) => (each.kind === 'number' ? [each] : []));
  let policy = numbers.length > 0 ? adjusting(model) : undefined;
  for (const change of numbers) {
    const adjustable = findAdjustable(policy!, change.number);
    if ('code' in adjustable) return [adjustable];
    const digits = parseDigits(adjustable, change.to);
    if (!digits) return [otherUnit(adjustable, change.to)];
    const moved = adjusted(policy!, adjustable, digits);
    if (!moved) return [cannotStand(change.to, adjustable.text)];
    means.set(change, {
      kind: 'number',
      before: `${adjustable.owner} ${adjustable.text}`.replaceAll('`', ''),
      after: adjustedText(adjustable, digits),
    });
    policy = moved;
  }
  return { model: policy?.model ?? model, means };
}

// ---- targets ---------------------------------------------------------------------------------------------------------

type TargetChange = Extract<Change, { kind: 'target' }>;

function noTarget({ text, kpi, role }: TargetChange): Diagnostic {
  const none = role === undefined ? 'no role has a target' : `role \`${role}\` has no target`;
  return notAChange(text, `${none} for \`${kpi}\``);
}

/**
 * The policy with other targets of a KPI: of a role and those that extend it, or of all. Those of single persons and teams
 * move by a percent with them, and stay where a value is set.
 */
function withTargets(model: Model, change: TargetChange): { readonly model: Model; readonly lines: number } {
  const spans = new Set<string>();
  const moved = (target: Target): Target => {
    if (target.kpi !== change.kpi) return target;
    spans.add(`${target.span.source} ${target.span.start}`);
    const { upTo } = target;
    return {
      ...target,
      value: targetValue(target.value, change),
      ...(upTo && { upTo: targetValue(upTo, change) }),
    };
  };
  const isMeant = ({ lineage }: Role): boolean => change.role === undefined || lineage.includes(change.role);
  const roles = model.roles.map((role) =>
    isMeant(role) ? { ...role, targets: role.targets.map(moved) } : role,
  );
  const takesAll = change.role === undefined && 'factor' in change.to;
  const overrides = takesAll
    ? model.overrides.map((each) => ({ ...each, targets: each.targets.map(moved) }))
    : model.overrides;
  return { model: { ...model, roles, overrides }, lines: spans.size };
}

function targetValue(value: Expression, { to }: TargetChange): Expression {
  if ('factor' in to) return timesOf(value, to.factor);
  const { type, span } = value;
  return { kind: 'constant', text: exactText(to.value), type, optional: false, span };
}

/** A formula taken so many times. */
function timesOf(value: Expression, factor: Exact): Expression {
  const { type, optional, span } = value;
  const times: Expression = {
    kind: 'constant',
    text: exactText(factor),
    type: { kind: 'number' },
    optional: false,
    span,
  };
  return { kind: 'apply', function: '*', args: [value, times], type, optional, span };
}

// ---- KPIs ------------------------------------------------------------------------------------------------------------

/** The one sum or count that a KPI is, or is a constant times of. */
function measureOf(model: Model, kpi: string): string | undefined {
  const figure = model.figures.find(({ name }) => name === kpi);
  const id = figure && plainMeasure(figure.value);
  const measure = model.measures.find((each) => each.id === id);
  return measure && isAdditive(measure) ? measure.id : undefined;
}

function plainMeasure(node: Expression): string | undefined {
  if (node.kind === 'measure') return node.measure;
  if (node.kind !== 'apply' || node.function !== '*') return undefined;
  const others = node.args.filter((each) => each.kind !== 'constant');
  return others.length === 1 && node.args.length === 2 ? plainMeasure(others[0]!) : undefined;
}

/** The KPI's formula taken so many times, in all scopes and windows in which it is read. */
function withFigure(model: Model, { kpi, factor }: Extract<Change, { kind: 'kpi' }>): Model {
  const moved = (figure: Figure): Figure =>
    figure.name === kpi ? { ...figure, value: timesOf(figure.value, factor) } : figure;
  return { ...model, figures: model.figures.map(moved) };
}

/** What goes with a KPI: others that read the same rows in the same way, or the KPI itself. */
function meansOf(model: Model, kpi: string, measure: string | undefined): ChangeMeans {
  if (measure === undefined) return { kind: 'figure', kpi };
  const also = new Set<string>();
  for (const figure of model.figures) {
    if (figure.name === kpi) continue;
    walk(figure.value, (node) => {
      if (node.kind === 'measure' && node.measure === measure) also.add(figure.name);
      if (node.kind === 'figure' && model.figures.some(({ id, name }) => id === node.figure && name === kpi))
        also.add(figure.name);
    });
  }
  return { kind: 'rows', kpi, also: [...also] };
}
