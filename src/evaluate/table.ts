// Tables that formulas of people read. What has no upper end (an attainment where lower is better and the result is 0) is
// above every bound: a table has a value for it where it goes on level past its last one.

import { hasTop } from '../library/curves.ts';
import { partsOf } from '../library/parts.ts';
import { isLevelAtTop } from '../library/pieces.ts';
import { amountsOf } from '../library/rates.ts';
import type { CurveNode, Expression, GridNode, RatesNode } from '../model/expression.ts';
import type { Cell } from '../model/value.ts';
import { readTable } from '../query/read-table.ts';
import { type CellPlace, isTop, type Run } from './cell.ts';
import { evaluate, unbounded } from './formula.ts';
import { isHeard, tell } from './watch.ts';

type TableNode = RatesNode | CurveNode | GridNode;

/** What the table gives. */
export function tableIn(run: Run, node: TableNode, place: CellPlace): Cell {
  return readTable(run.model, node, {
    of: (part) => {
      const value = evaluate(run, part, place);
      return isTop(value) && !takesTop(run, node, part) ? unbounded(run, part) : value;
    },
    decided: isHeard(run) ? (decision) => tell(run, decision, place, node.span) : undefined,
  });
}

/** Whether the table has a value: nothing that it reads is without an upper end where it needs one. */
export function hasValue(run: Run, node: TableNode, place: CellPlace): boolean {
  return partsOf(node).every((part) => !isTop(evaluate(run, part, place)) || takesTop(run, node, part));
}

/** Whether the table has a value where that part has no upper end; a ratio or a sum with it has none. */
function takesTop(run: Run, node: TableNode, part: Expression): boolean {
  switch (node.kind) {
    case 'grid':
      return part !== node.ratio?.whole && part !== node.args[node.ratio?.argument ?? -1];
    case 'curve':
      return !node.whole && hasTop(run.curves.get(node.curve)!);
    case 'rates':
      if (node.whole || node.after) return false;
      return node.read === 'rate' || isLevelAtTop(amountsOf(run.rates.get(node.rates)!));
    default:
      return node satisfies never;
  }
}
