// Targets of one person or team: `for person anna from 2026-03-01 { target … }`. Ids are known only with data.

import type { Day } from '../base/date.ts';
import type { Span } from '../base/source.ts';
import type { Override, Target } from '../model/policy.ts';
import type * as astData from '../syntax/ast-data.ts';
import type * as astRoles from '../syntax/ast-roles.ts';
import { dayIn } from './constants.ts';
import type { Checking } from './context.ts';
import { requirePresent } from './missing.ts';
import * as rules from './rule-messages.ts';
import * as seldom from './seldom-messages.ts';
import { checkOrder, signOfLine, targetModel } from './targets.ts';

interface Days {
  readonly from: Day;
  readonly until: Day;
  readonly span: Span;
}

/** The targets of single people and teams; two of one KPI for the same days are an error. */
export function overrideModels(
  checking: Checking,
  blocks: readonly astRoles.ForDeclaration[],
): readonly Override[] {
  const overrides: Override[] = [];
  const byTarget = new Map<string, { readonly kpi: string; readonly whose: string; readonly days: Days[] }>();
  for (const block of blocks) {
    const days = daysOf(checking, block.range);
    const seen = new Set<string>();
    const targets: Target[] = [];
    for (const target of block.targets) {
      const model = targetModel(checking, target);
      if (!model) continue;
      targets.push(model);
      if (!target.fromTable) requirePresent(checking, model.value, 'a target of one person or team');
      const signs = checking.overrides.get(model.kpi) ?? new Set();
      checking.overrides.set(model.kpi, signs.add(signOfLine(checking, model)));
      const id = JSON.stringify([block.of, block.name.text, model.kpi, model.grain]);
      // in one block a later line wins over an earlier one, as in a role
      if (!days || seen.has(id)) continue;
      seen.add(id);
      const entry = byTarget.get(id) ?? { kpi: model.kpi, whose: block.name.text, days: [] };
      entry.days.push({ ...days, span: target.span });
      byTarget.set(id, entry);
    }
    checkOrder(checking, targets);
    if (!days) continue;
    const { from, until } = days;
    overrides.push({
      of: block.of,
      name: block.name.text,
      nameLine: { span: block.name.span },
      ...(Number.isFinite(from) ? { from } : {}),
      ...(Number.isFinite(until) ? { until: until + 1 } : {}),
      targets,
      span: block.span,
    });
  }
  for (const { kpi, whose, days } of byTarget.values()) {
    const sorted = days.toSorted((a, b) => a.from - b.from);
    sorted.forEach((each, index) => {
      const before = sorted[index - 1];
      if (before && each.from <= before.until) {
        const [first, second] = [before.span, each.span].sort((a, b) => a.start - b.start);
        checking.diagnostics.push(seldom.overridesOverlap(second!, kpi, whose, first!));
      }
    });
  }
  return overrides;
}

/** Both included; open ends reach as far as can be. */
function daysOf(
  checking: Checking,
  range: astData.DateRange | undefined,
): { readonly from: Day; readonly until: Day } | undefined {
  const from = range?.from ? dayIn(checking, range.from) : Number.NEGATIVE_INFINITY;
  const until = range?.until ? dayIn(checking, range.until) : Number.POSITIVE_INFINITY;
  if (from === undefined || until === undefined) return undefined;
  if (until < from) {
    checking.diagnostics.push(rules.backwards(range!.span, 'this range'));
    return undefined;
  }
  return { from, until };
}
