// Who reads a curve, and which way what is read gets better.

import type { Span } from '../base/source.ts';
import { walk } from '../library/parts.ts';
import type { Expression } from '../model/expression.ts';
import type { Model } from '../model/policy.ts';
import { allFormulas, figureCalled } from './formulas.ts';

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
