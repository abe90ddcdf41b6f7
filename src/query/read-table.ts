// Tables read as formulas write it, for people and rows: at a value, at the ratio of a part to its whole, after a value.

import { InternalError } from '../base/diagnostic.ts';
import { add, divide, type Exact, isZero, multiply } from '../base/exact.ts';
import { scoreAt } from '../library/curves.ts';
import { cellAt } from '../library/grids.ts';
import { amountAfter, amountAt, rateAt } from '../library/rates.ts';
import { gridDecision, tableDecision } from '../library/table-decisions.ts';
import type { Decision } from '../model/decision.ts';
import type { CurveNode, Expression, GridNode, RatesNode } from '../model/expression.ts';
import type { Model } from '../model/policy.ts';
import type { Cell } from '../model/value.ts';

/** How the parts of a table's node are read, and who hears in which part of the table they lie, if anybody. */
export interface Reader {
  readonly of: (part: Expression) => Cell;
  readonly decided?: ((decision: Decision) => void) | undefined;
}

/** What a table gives; missing where a part is, or a whole is 0. */
export function readTable(model: Model, node: RatesNode | CurveNode | GridNode, reader: Reader): Cell {
  const { of, decided } = reader;
  switch (node.kind) {
    case 'curve': {
      const value = ratio(node.argument, node.whole, of);
      if (!value) return undefined;
      const curve = named(model.curves, node.curve);
      decided?.(tableDecision(curve, value));
      return scoreAt(curve, value);
    }
    case 'rates':
      return readRates(model, node, reader);
    case 'grid': {
      const grid = named(model.grids, node.grid);
      const values = node.args.map((each, at) =>
        at === node.ratio?.argument ? ratio(each, node.ratio.whole, of) : of(each),
      );
      const decision = decided && gridDecision(grid, values);
      if (decision) decided(decision);
      return cellAt(grid, values);
    }
    default:
      return node satisfies never;
  }
}

function named<T extends { readonly name: string }>(list: readonly T[], name: string): T {
  const found = list.find((each) => each.name === name);
  if (!found) throw new InternalError(`no such table: ${name}`);
  return found;
}

function ratio(
  part: Expression,
  whole: Expression | undefined,
  of: (part: Expression) => Cell,
): Exact | undefined {
  const value = of(part) as Exact | undefined;
  if (!whole || value === undefined) return value;
  const all = of(whole) as Exact | undefined;
  return all && divide(value, all);
}

/** `y * ladder(x / y)` of a part, `ladder(y + x) - ladder(y)` after a value. */
function readRates(model: Model, node: RatesNode, { of, decided }: Reader): Cell {
  const rates = named(model.rates, node.rates);
  const whole = node.whole && (of(node.whole) as Exact | undefined);
  const after = node.after && (of(node.after) as Exact | undefined);
  const value = of(node.argument) as Exact | undefined;
  if (value === undefined || (node.whole && !whole) || (node.after && !after)) return undefined;
  if (whole && isZero(whole)) return undefined;
  const read = (each: Exact): Exact => (whole ? divide(each, whole)! : each);
  const reached = after && node.read === 'amount' ? add(after, value) : value;
  decided?.(tableDecision(rates, read(reached)));
  if (node.read === 'rate') return rateAt(rates, read(value));
  const amount = after ? amountAfter(rates, read(value), read(after)) : amountAt(rates, read(value));
  return whole ? multiply(whole, amount) : amount;
}
