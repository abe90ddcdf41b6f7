// What a formula that looks at other periods stands on, as far as the policy's text tells: whose data has to be complete
// that far back. Names are followed, so it may be one event too many, never one too few.

import { parseDay } from '../base/date.ts';
import { type Grain, periodAt } from '../base/period.ts';
import type { Span } from '../base/source.ts';
import type { Window } from '../model/expression.ts';
import type * as ast from '../syntax/ast.ts';
import type { Checking, EventScope } from './context.ts';
import * as messages from './messages.ts';
import { walk } from './walk.ts';
import { sinceOf } from './windows.ts';

/** A formula over other periods, and where it is looked at so. */
export interface Look {
  readonly formula: ast.Expression;
  readonly grain: Grain;
  readonly span: Span;
}

/** Whether an earlier period that is looked at can lie before the data of the formula's events is complete. */
export function looksBehind(checking: Checking, look: Look, window: Window | 'all'): boolean {
  if (window !== 'all' && (window.kind === 'period' || window.kind === 'to date')) return false;
  const start = beginning(checking);
  const first = start === undefined ? undefined : periodAt(look.grain, start).from;
  return [...eventsBehind(checking, look)].some((event) => {
    const since = sinceOf(event);
    return since !== undefined && (first === undefined || first < since);
  });
}

/** A look at all history needs to know where it begins: with the policy, or with the data of each event. */
export function needsBeginning(checking: Checking, look: Look, what: string): boolean {
  if (beginning(checking) !== undefined) return true;
  const open = [...eventsBehind(checking, look)].find((event) => !event.declaration.since);
  if (!open) return true;
  const { name } = open.declaration;
  checking.diagnostics.push(messages.needsSince(look.span, what, name.text, name.span));
  return false;
}

function beginning(checking: Checking): number | undefined {
  const from = checking.declared.policy?.effective?.from;
  return from?.kind === 'date' ? parseDay(from.text) : undefined;
}

/**
 * The events that a formula looks at, through KPIs, `let`s, bonuses, gates and scores: those of every role, since people
 * of others may be compared.
 */
function eventsBehind(checking: Checking, { formula }: Look): ReadonlySet<EventScope> {
  const { events, kpis, lets, pools, policy } = checking.declared;
  const roles = [...checking.declared.roles.values()];
  const found = new Set<EventScope>();
  const seen = new Set<string>();
  const open: (ast.Expression | undefined)[] = [formula];
  const visit = (name: string): void => {
    if (seen.has(name)) return;
    seen.add(name);
    const event = events.get(name);
    if (event) found.add(event);
    open.push(
      kpis.get(name)?.value,
      kpis.get(name)?.attainment,
      lets.get(name)?.value,
      pools.get(name)?.value,
    );
    if (name === 'score')
      for (const each of roles.flatMap(({ scorecard }) => scorecard?.lines ?? [])) visit(each.kpi.text);
    for (const bonus of roles.flatMap((role) => role.bonuses)) {
      if (bonus.name.text !== name) continue;
      open.push(bonus.value, bonus.when, bonus.cap);
      const gates = bonus.gated ? [policy, ...roles].flatMap((each) => each?.gates ?? []) : [];
      open.push(...gates.flatMap((gate) => [gate.condition, gate.when]));
      if (bonus.per) visit(bonus.per.text);
    }
  };
  while (open.length > 0) {
    const next = open.pop();
    if (!next) continue;
    walk(next, (node) => {
      if (node.kind === 'name') visit(node.name.text);
    });
  }
  return found;
}
