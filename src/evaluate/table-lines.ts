// Which part of a table decided: the tiers that a value went through, where on a curve it lies, the keys of a grid.

import { add, divide, type Exact, exact, isZero, multiply } from '../base/exact.ts';
import { placeAt } from '../library/curves.ts';
import { keysAt, rowAt } from '../library/grids.ts';
import { amountAt, type Slice, slices, tierAt } from '../library/rates.ts';
import type { CurveNode, Expression, GridNode, LookupNode, RatesNode } from '../model/expression.ts';
import type { CurvePart, GridPart, Input, RowRead, TierPart } from '../model/inputs.ts';
import type { Curve } from '../model/tables.ts';
import type { Cell } from '../model/value.ts';
import { type CellPlace, isTop, type Run } from './cell.ts';
import { evaluate } from './formula.ts';
import { figureValue } from './lines.ts';

type Decided = Pick<Input, 'tiers' | 'below' | 'before' | 'curve' | 'grid'>;

/** What decided the value that a table gives in a cell; nothing where there is no value, or no upper end to what it reads. */
export function decidedBy(run: Run, node: RatesNode | CurveNode | GridNode, place: CellPlace): Decided {
  const read = (part: Expression): Exact | undefined => {
    const value = evaluate(run, part, place);
    return isTop(value) ? undefined : (value as Exact | undefined);
  };
  switch (node.kind) {
    case 'rates':
      return tiersOf(run, node, read);
    case 'curve': {
      const [value, whole] = [read(node.argument), node.whole && read(node.whole)];
      const at = value && (node.whole ? whole && divide(value, whole) : value);
      return at ? { curve: curvePart(run.curves.get(node.curve)!, at) } : {};
    }
    case 'grid': {
      const values = node.args.map((each, index): Cell => {
        const value = evaluate(run, each, place);
        if (index !== node.ratio?.argument) return value;
        const whole = read(node.ratio.whole);
        return value && whole && divide(value as Exact, whole);
      });
      return gridPart(run, node, values);
    }
    default:
      return node satisfies never;
  }
}

/** Which row of a table a look-up reads. */
export function rowRead(run: Run, node: LookupNode, place: CellPlace): RowRead {
  const { fields, keys } = run.tables.get(node.table)!;
  const types = keys.map((key) => fields.find((each) => each.name === key)!.type);
  const day = node.at && evaluate(run, node.at, place);
  return {
    table: node.table,
    key: node.keys.map((each, at) => figureValue(evaluate(run, each, place), types[at]!)),
    ...(day === undefined ? {} : { on: figureValue(day, node.at!.type).value! }),
    found: evaluate(run, node, place) !== undefined,
  };
}

/** The tiers of a value; of a part, in its own unit; after another value, those of both together, and what that one has. */
function tiersOf(
  run: Run,
  node: RatesNode,
  read: (part: Expression) => Exact | undefined,
): Pick<Input, 'tiers' | 'below' | 'before'> {
  const rates = run.rates.get(node.rates)!;
  const value = read(node.argument);
  const whole = node.whole && read(node.whole);
  const before = node.after && read(node.after);
  if (!value || (node.whole && (!whole || isZero(whole))) || (node.after && !before)) return {};
  const all = before ? add(before, value) : value;
  const ratio = (each: Exact): Exact => (whole ? divide(each, whole)! : each);
  const unit = (each: Exact): Exact => (whole ? multiply(each, whole) : each);
  const tierPart = ({ tier, part, amount, of }: Slice): TierPart => {
    const { bound, includes, rate, onAll } = rates.tiers[tier]!;
    return {
      bound: figureValue(exact(bound), rates.input),
      includes,
      ...(onAll ? { onAll } : {}),
      part: figureValue(unit(part), node.argument.type),
      ...(of ? { of: figureValue(unit(of), node.argument.type) } : {}),
      rate: figureValue(exact(rate), rates.rate),
      ...(node.read === 'rate' ? {} : { amount: figureValue(unit(amount), node.type) }),
    };
  };
  const reached = tierAt(rates, ratio(all));
  if (reached < 0 && !before) {
    const { bound, includes } = rates.tiers[0]!;
    return { below: { bound: figureValue(exact(bound), rates.input), includes } };
  }
  const cut =
    node.read === 'rate' ? [{ tier: reached, part: ratio(all), amount: all }] : slices(rates, ratio(all));
  return {
    tiers: cut.map(tierPart),
    ...(before
      ? {
          before: {
            value: figureValue(before, node.after!.type),
            amount: figureValue(unit(amountAt(rates, ratio(before))), node.type),
          },
        }
      : {}),
  };
}

/** Where on a curve a value lies. */
export function curvePart(curve: Curve, value: Exact): CurvePart {
  const { from, until, past } = placeAt(curve, value);
  const numbers = curve.output.kind !== 'enumeration' && curve.output.kind !== 'text';
  const point = (each: NonNullable<typeof from>) => ({
    at: figureValue(exact(each.at), curve.input),
    score: figureValue(numbers ? exact(each.score) : each.score, curve.output),
    ...(each.upTo ? { upTo: each.upTo } : {}),
  });
  const { slope } = curve;
  return {
    ...(from ? { from: point(from) } : {}),
    ...(until ? { until: point(until) } : {}),
    ...(past ? { past } : {}),
    ...(past && slope
      ? {
          slope: {
            more: figureValue(exact(slope.more), curve.output),
            per: figureValue(exact(slope.per), curve.input),
            full: slope.full,
          },
        }
      : {}),
  };
}

function gridPart(
  run: Run,
  node: GridNode,
  values: readonly Cell[],
): { readonly grid?: readonly GridPart[] } {
  const grid = run.grids.get(node.grid)!;
  const places = keysAt(grid, values);
  if (!places) return {};
  const written = rowAt(grid, places);
  return {
    grid: grid.dimensions.map(({ name, type, keys }, index): GridPart => {
      const isColumn = index === grid.dimensions.length - 1;
      // a row as it is written says more than the place among the keys of all rows
      const own = keys[places[index]!];
      const key =
        written && !isColumn
          ? written[index]
          : written === null && own?.kind === 'bound' && !isColumn
            ? undefined
            : own;
      if (!key) return { dimension: name, key: 'below' };
      if (key.kind === 'otherwise') return { dimension: name, key: 'otherwise' };
      return key.kind === 'word'
        ? { dimension: name, key: figureValue(key.word, type) }
        : { dimension: name, key: figureValue(exact(key.at), type), includes: key.includes };
    }),
  };
}
