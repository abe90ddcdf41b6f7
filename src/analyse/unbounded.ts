// Arithmetic with an attainment that may have no upper end: lower is better, and the result can be 0. A run stops there
// (M3001), so a policy that never says where it ends is told before.

import type { Diagnostic } from '../base/diagnostic.ts';
import { sign } from '../base/exact.ts';
import { TAKES_TOP } from '../library/function.ts';
import { partsOf, walk } from '../library/parts.ts';
import type { AttainmentNode, Expression } from '../model/expression.ts';
import type { Model, Role } from '../model/policy.ts';
import { boundsOf } from './bounds.ts';
import { figureCalled, present } from './formulas.ts';
import * as messages from './messages.ts';
import { type Reading, wordsAt } from './reading.ts';

/** What a formula stands in. */
interface Place {
  readonly model: Model;
  /** Absent for the formulas of KPIs and `let`s, which all roles share. */
  readonly role?: Role;
  /** Names that a condition around asks about: it may keep the formula from being read where the result is 0. */
  readonly guarded: ReadonlySet<string>;
}

export function unboundedLints({ model }: Reading): readonly Diagnostic[] {
  const nowhere = { model, guarded: new Set<string>() };
  return [
    ...model.figures.flatMap(({ name, value }) => [
      ...(model.kpis.some((each) => each.name === name) ? openPart(nowhere, value) : []),
      ...stopsIn(nowhere, value),
    ]),
    ...model.roles.flatMap((role) => {
      const place = { ...nowhere, role };
      const others = [
        ...role.gates.flatMap(({ condition, when }) => present(condition, when)),
        ...role.caps.map(({ amount }) => amount),
      ];
      const paid = role.bonuses.flatMap(({ value, when, cap }) => [
        ...present(when).flatMap((each) => stopsIn(place, each)),
        ...present(value, cap).flatMap((each) => stopsIn(when ? guardedBy(place, when) : place, each)),
      ]);
      return [...others.flatMap((each) => stopsIn(place, each)), ...paid];
    }),
  ];
}

/** Whether a function has a value for what has no upper end; `else` and a choice only pass it on. */
function takesTop(name: string): boolean {
  return TAKES_TOP.has(name) || name === 'else' || name === 'choose';
}

function stopsIn(place: Place, node: Expression): readonly Diagnostic[] {
  if (node.kind === 'apply' && node.function === 'choose') {
    const [condition, ...branches] = node.args as readonly [Expression, ...Expression[]];
    const within = guardedBy(place, condition);
    return [...stopsIn(place, condition), ...branches.flatMap((each) => stopsIn(within, each))];
  }
  const reads = node.kind === 'rates' || (node.kind === 'apply' && !takesTop(node.function));
  const own = (reads ? partsOf(node) : []).flatMap((part) => openPart(place, part));
  return [...own, ...partsOf(node).flatMap((part) => stopsIn(place, part))];
}

/** What is said where a number is needed: of a part of arithmetic, or of a whole KPI, which is shown and compared. */
function openPart(place: Place, part: Expression): readonly Diagnostic[] {
  const open = openIn(place, part);
  if (!open) return [];
  const figure = figureCalled(place.model, open.attainment.figure)!;
  return [messages.noUpperEnd(open.node.span, wordsAt(place.model, open.node.span), figure.name)];
}

/** A part of a formula that may have no upper end, and the attainment that this is due to. */
interface Open {
  readonly node: Expression;
  readonly attainment: AttainmentNode;
}

function openIn(place: Place, node: Expression): Open | undefined {
  switch (node.kind) {
    case 'attainment':
      return isOpen(place, node) ? { node, attainment: node } : undefined;
    case 'figure': {
      const figure = figureCalled(place.model, node.figure);
      if (!figure || place.guarded.has(figure.name)) return undefined;
      const open = openIn(place, figure.value);
      return open && { node, attainment: open.attainment };
    }
    case 'apply': {
      if (node.function === 'choose') {
        const [condition, ...branches] = node.args as readonly [Expression, ...Expression[]];
        const within = guardedBy(place, condition);
        return branches.map((each) => openIn(within, each)).find((each) => each);
      }
      const parts = node.args.map((each) => openIn(place, each));
      // the least of several ends where one of them does
      if (node.function === 'min') return parts.includes(undefined) ? undefined : parts[0];
      return node.function === 'max' || node.function === 'else' ? parts.find((each) => each) : undefined;
    }
    default:
      return undefined;
  }
}

function isOpen({ model, role, guarded }: Place, node: AttainmentNode): boolean {
  const figure = figureCalled(model, node.figure);
  const kpi = model.kpis.find((each) => each.name === figure?.name);
  if (!figure || !kpi?.lowerIsBetter || kpi.attainment || guarded.has(kpi.name)) return false;
  const targets = (role ? [role] : model.roles).flatMap((each) => each.targets);
  if (!targets.some((each) => each.kpi === kpi.name && each.upTo === undefined)) return false;
  const { low, high } = boundsOf({ model, ...(role ? { role } : {}) }, figure.value);
  return !(low && sign(low) > 0) && !(high && sign(high) < 0);
}

function guardedBy(place: Place, condition: Expression): Place {
  const guarded = new Set(place.guarded);
  walk(condition, (node) => {
    if (node.kind !== 'figure' && node.kind !== 'attainment') return;
    const figure = figureCalled(place.model, node.figure);
    if (figure) guarded.add(figure.name);
  });
  return { ...place, guarded };
}
