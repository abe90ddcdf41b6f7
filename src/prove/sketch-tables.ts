// Tables of rates and curves as sketches, with where they have no value.

import type { Exact } from '../base/exact.ts';
import { amountPieces, type Pieces, ratePieces, scorePieces } from '../library/pieces.ts';
import { isNumeric } from '../library/types.ts';
import type { CurveNode, RatesNode } from '../model/expression.ts';
import { constantSketch, differenceOf, either, type Fact, type Sketch, sumOf } from './sketch.ts';
import { isNothing } from './sketch-facts.ts';
import { type Sketcher, type Standing, unknown, type Valued } from './sketcher.ts';

/** What a table gives for a value, and where it gives nothing. */
export function throughTable({ value, missing }: Valued, pieces: Pieces): Valued {
  const first = pieces.pieces[0];
  const last = pieces.pieces.at(-1);
  const bound = (at: Exact): Sketch => constantSketch(at);
  const none: Fact[] = [missing];
  if (first && pieces.below.kind === 'missing')
    none.push({ kind: 'compared', operator: first.includes ? '<' : '<=', a: value, b: bound(first.bound) });
  if (last && last.value.kind === 'missing')
    none.push({ kind: 'compared', operator: last.includes ? '<=' : '<', a: bound(last.bound), b: value });
  return { value: { kind: 'table', of: value, pieces }, missing: none.reduce(either) };
}

/** An amount or a rate of a table of rates. */
export function ratesValue(sketcher: Sketcher, node: RatesNode, at: Standing): Valued {
  const rates = sketcher.model.rates.find((each) => each.name === node.rates);
  if (!rates) return unknown(sketcher, node);
  const pieces = node.read === 'rate' ? ratePieces(rates) : amountPieces(rates);
  const argument = sketcher.value(node.argument, at);
  if (node.after) {
    const before = sketcher.value(node.after, at);
    const through = (value: Sketch): Sketch => ({ kind: 'table', of: value, pieces });
    const value = differenceOf(through(sumOf([before.value, argument.value])), through(before.value));
    return { value, missing: either(argument.missing, before.missing) };
  }
  if (!node.whole) return throughTable(argument, pieces);
  const all = sketcher.value(node.whole, at);
  const ratio: Sketch = { kind: 'over', a: argument.value, b: all.value };
  const found = throughTable(
    { value: ratio, missing: either(either(argument.missing, all.missing), isNothing(all.value)) },
    pieces,
  );
  return node.read === 'rate' ? found : { ...found, value: { kind: 'times', a: all.value, b: found.value } };
}

/** The score of a curve. */
export function curveValue(sketcher: Sketcher, node: CurveNode, at: Standing): Valued {
  const curve = sketcher.model.curves.find((each) => each.name === node.curve);
  if (!curve || !isNumeric(curve.output)) return unknown(sketcher, node);
  const argument = sketcher.value(node.argument, at);
  if (!node.whole) return throughTable(argument, scorePieces(curve));
  const all = sketcher.value(node.whole, at);
  return throughTable(
    {
      value: { kind: 'over', a: argument.value, b: all.value },
      missing: either(either(argument.missing, all.missing), isNothing(all.value)),
    },
    scorePieces(curve),
  );
}
