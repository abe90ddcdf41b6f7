// What a watched run did: each formula in each cell with its value and the formulas that it was worked out from, kept so
// that an explanation finds them again.

import { RunError } from '../base/diagnostic.ts';
import type { CellPlace, Run } from '../evaluate/cell.ts';
import { evaluate } from '../evaluate/formula.ts';
import type { Watcher } from '../evaluate/watch.ts';
import type { Expression } from '../model/expression.ts';
import type { Cell } from '../model/value.ts';

/** A formula that was worked out in a cell. */
export interface Trace {
  readonly node: Expression;
  readonly place: CellPlace;
  readonly value: Cell;
  /** In the order in which they were worked out; none of what a cell already knew. */
  readonly parts: readonly Trace[];
}

export interface Tracing {
  readonly watch: Watcher;
  /** What was worked out of a formula in a cell, or is now; `undefined` where it has no value that could be worked out. */
  of(run: Run, node: Expression, place: CellPlace): Trace | undefined;
}

type Kept = WeakMap<object, Map<Expression, Trace>>;

/** Begins to watch: its `watch` is given to a run. */
export function createTracing(): Tracing {
  const kept = { plain: new WeakMap() as Kept, asPaid: new WeakMap() as Kept, single: new WeakMap() as Kept };
  const open: Trace[][] = [];

  /** Copies of a place share what they know; a row, and a KPI's own attainment, is a place by itself. */
  function tracesAt(place: CellPlace): Map<Expression, Trace> {
    const [group, key] =
      place.row || place.own
        ? ([kept.single, place] as const)
        : ([place.asPaid ? kept.asPaid : kept.plain, place.known] as const);
    const found = group.get(key) ?? new Map<Expression, Trace>();
    group.set(key, found);
    return found;
  }

  function formula(node: Expression, place: CellPlace, work: () => Cell): Cell {
    const parts: Trace[] = [];
    open.push(parts);
    let value: Cell;
    try {
      value = work();
    } finally {
      open.pop();
    }
    const trace: Trace = { node, place, value, parts };
    open.at(-1)?.push(trace);
    const traces = tracesAt(place);
    // the first time says more: what a cell knows is worked out once
    if (!traces.has(node)) traces.set(node, trace);
    return value;
  }

  return {
    watch: { formula },
    of(run, node, place) {
      const found = tracesAt(place).get(node);
      if (found) return found;
      try {
        evaluate(run, node, place);
      } catch (fault) {
        if (fault instanceof RunError) return undefined;
        throw fault;
      }
      return tracesAt(place).get(node);
    },
  };
}
