// Words in their order, calendar time and currencies in formulas of people.

import type { ScalarNode } from '../model/expression.ts';
import type { Cell } from '../model/value.ts';
import { scalarValue } from '../query/scalars.ts';
import { type CellPlace, placed, type Run } from './cell.ts';
import { evaluate } from './formula.ts';

/** The value of such a formula; a missing rate, or a time outside the clock's years, stops the run at its place. */
export function scalarIn(run: Run, node: ScalarNode, place: CellPlace): Cell {
  try {
    return scalarValue(run.model, node, (part) => evaluate(run, part, place));
  } catch (fault) {
    throw placed(fault, node.span);
  }
}
