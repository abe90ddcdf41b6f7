// What a formula stands on in the end, through the figures, targets and tables that it names.

import { eventOf, figureCalled, measureCalled } from '../analyse/formulas.ts';
import { walk } from '../library/parts.ts';
import type { Expression } from '../model/expression.ts';
import type { Measure, Model, Role } from '../model/policy.ts';
import type { Reads } from './sketch.ts';

/** What formulas of a role read. What they look at in earlier periods doesn't count: it is over. */
export function readsOf(model: Model, role: Role, formulas: readonly Expression[]): Reads {
  const measures = new Set<string>();
  const attributes = new Set<string>();
  const figures = new Set<string>();
  let results = false;
  const seen = new Set<Expression>();
  const visit = (formula: Expression): void => {
    if (seen.has(formula)) return;
    seen.add(formula);
    switch (formula.kind) {
      case 'previous':
        return;
      case 'each':
        if (formula.earlier) return;
        break;
      case 'measure':
        measures.add(formula.measure);
        return;
      case 'attribute':
        attributes.add(formula.name);
        return;
      case 'figure':
        follow(formula.figure);
        return;
      case 'target':
        expected(formula.figure);
        return;
      case 'attainment':
        follow(formula.figure);
        expected(formula.figure);
        return;
      case 'score':
        for (const { kpi } of role.scorecard ?? []) {
          follow(kpi);
          expected(kpi);
        }
        return;
      case 'bonus':
      case 'result':
      case 'points':
      case 'pool':
      case 'rank':
      case 'total':
      case 'later':
        results = true;
        return;
      default:
        break;
    }
    walk(formula, (part) => {
      if (part !== formula) visit(part);
    });
  };
  const follow = (id: string): void => {
    figures.add(id);
    const figure = figureCalled(model, id);
    const own = model.kpis.find((each) => each.name === figure?.name)?.attainment;
    if (figure) visit(figure.value);
    if (own) visit(own);
  };
  const expected = (id: string): void => {
    const kpi = figureCalled(model, id)?.name;
    for (const { targets } of [...model.roles, ...model.overrides])
      for (const each of targets)
        if (each.kpi === kpi) for (const one of [each.value, each.when, each.upTo]) if (one) visit(one);
  };
  for (const each of formulas) visit(each);
  return { measures, attributes, figures, results };
}

/** The attributes of the credited person that a measure reads, through computed fields. */
export function attributesOfMeasure(model: Model, id: string): ReadonlySet<string> {
  const measure = measureCalled(model, id);
  const found = new Set<string>();
  if (!measure) return found;
  for (const each of rowFormulas(model, measure))
    walk(each, (part) => {
      if (part.kind === 'attribute' || part.kind === 'of person')
        found.add(part.kind === 'attribute' ? part.name : part.attribute);
    });
  return found;
}

/** The formulas of rows that a measure stands on, those of computed fields too. */
export function rowFormulas(model: Model, measure: Measure): readonly Expression[] {
  const event = eventOf(model, measure);
  const found = [measure.value, measure.where, measure.each, measure.by].filter((each) => each !== undefined);
  const names = new Set<string>();
  for (let at = 0; at < found.length; at++)
    walk(found[at]!, (part) => {
      if (part.kind !== 'field' || names.has(part.name)) return;
      names.add(part.name);
      const computed = event.computed.find((each) => each.name === part.name);
      if (computed) found.push(computed.value);
    });
  return found;
}
