// Changes of tables: bounds moved, rates and scores changed, and how a table is read.

import type { MutantKind } from '../model/mutation.ts';
import type * as ast from '../syntax/ast.ts';
import type * as astMeasures from '../syntax/ast-measures.ts';
import { printExpression } from '../syntax/print-expression.ts';
import type { Changes, Noting } from './mutants.ts';
import { listConstant, moved } from './mutants-formulas.ts';

const RATE = { kind: 'rate', ways: ['up', 'down'] } as const;

export function listTables(
  declaration: astMeasures.CurveDeclaration | astMeasures.RatesDeclaration | astMeasures.GridDeclaration,
  noting: Noting,
): void {
  switch (declaration.kind) {
    case 'curve':
      listCurve(declaration, noting);
      return;
    case 'rates':
      listRates(declaration, noting);
      return;
    case 'grid':
      listGrid(declaration, noting);
      return;
    default:
      declaration satisfies never;
  }
}

/** A bound that stands in several places is moved in all of them. */
function listBound(noting: Noting, head: string, places: readonly ast.Expression[]): void {
  const [place] = places as [ast.Expression];
  for (const way of ['up', 'down'] as const) {
    const other = moved(place, way);
    if (!other) continue;
    const changes: Changes = new Map(places.map((each) => [each, moved(each, way)]));
    const said = (bound: ast.Expression): string => `${head}${printExpression(bound)}`;
    noting.put({ kind: 'bound', before: said(place), after: said(other), span: place.span, changes });
  }
}

function same(a: ast.Expression, b: ast.Expression | undefined): boolean {
  return b !== undefined && printExpression(a) === printExpression(b);
}

function listCurve(curve: astMeasures.CurveDeclaration, noting: Noting): void {
  const { points, below, above, mode } = curve;
  const other = mode === 'linear' ? 'steps' : 'linear';
  noting.put(swapped('table', curve, { before: mode, after: other, with: { ...curve, mode: other } }));
  if (below) listConstant(noting.of('below'), below.score, RATE);
  for (const point of points) {
    const { at, score, span } = point;
    const others = [...points.map((each) => each.at), ...(below?.bound ? [below.bound] : [])];
    const own = noting.of(`${point.upTo ? 'up to ' : ''}${printExpression(at)}`);
    if (point === points.find((each) => same(each.at, at)))
      listBound(noting, '', [at, ...others.filter((each) => each !== at && same(each, at))]);
    listConstant(own, score, RATE);
    if (points.length > 2 && point !== points[0])
      noting.put({
        kind: 'bound',
        before: `${printExpression(at)}: ${printExpression(score)}`,
        after: '',
        span,
        changes: new Map([[point, undefined]]),
      });
  }
  if (!above) return;
  if ('score' in above) {
    listConstant(noting.of('above'), above.score, RATE);
    return;
  }
  listConstant(noting.of('above'), above.more, RATE);
  listConstant(noting.of('above, per'), above.per, { kind: 'rate', ways: ['up'] });
  const [before, after] = above.full ? ['per full', 'per'] : ['per', 'per full'];
  noting.of('above').put({
    kind: 'table',
    before,
    after,
    span: above.span,
    changes: new Map([[above, { ...above, full: !above.full }]]),
  });
}

const MODES = { marginal: 'whole', whole: 'marginal', amounts: undefined } as const;
const LOWER = { from: 'above', above: 'from' } as const;
const UPPER = { until: 'below', below: 'until' } as const;

function listRates(rates: astMeasures.RatesDeclaration, noting: Noting): void {
  const { tiers, mode } = rates;
  const other = MODES[mode];
  if (other)
    noting.put(swapped('table', rates, { before: mode, after: other, with: { ...rates, mode: other } }));
  for (const [index, tier] of tiers.entries()) {
    const { lower, upper, rate } = tier;
    const before = tiers[index - 1]?.upper;
    listBound(noting, `${lower.word} `, [lower.value, ...(before ? [before.value] : [])]);
    const edge = new Map<object, object>([[lower, { ...lower, word: LOWER[lower.word] }]]);
    if (before) edge.set(before, { ...before, word: UPPER[before.word] });
    const at = printExpression(lower.value);
    noting.put({
      kind: 'edge',
      before: `${lower.word} ${at}`,
      after: `${LOWER[lower.word]} ${at}`,
      span: lower.span,
      changes: edge,
    });
    const own = noting.of(`${lower.word} ${at}`);
    listConstant(own, rate, RATE);
    if (mode !== 'amounts') {
      const text = printExpression(rate);
      const [said, instead] = tier.onAll ? [`${text} on all`, text] : [text, `${text} on all`];
      own.put(
        swapped('table', tier, { before: said, after: instead, with: { ...tier, onAll: !tier.onAll } }),
      );
    }
    if (index === tiers.length - 1 && upper) listBound(own, `${upper.word} `, [upper.value]);
  }
}

function listGrid({ columns, rows }: astMeasures.GridDeclaration, noting: Noting): void {
  const keys = [...columns, ...rows.flatMap((each) => each.keys)];
  for (const key of keys) {
    if (key.kind !== 'bound') continue;
    listBound(noting, `${key.word} `, [key.value]);
    const at = printExpression(key.value);
    const other = LOWER[key.word];
    noting.put(
      swapped('edge', key, {
        before: `${key.word} ${at}`,
        after: `${other} ${at}`,
        with: { ...key, word: other },
      }),
    );
  }
  for (const row of rows) {
    const named = row.keys.map(keyText).join(', ');
    for (const [index, value] of row.values.entries())
      listConstant(noting.of(`${named} | ${columns[index] ? keyText(columns[index]) : ''}`), value, {
        kind: 'rate',
        ways: ['up'],
      });
  }
}

function keyText(key: astMeasures.GridKey): string {
  switch (key.kind) {
    case 'bound':
      return `${key.word} ${printExpression(key.value)}`;
    case 'word':
      return key.word.text;
    case 'otherwise':
      return 'otherwise';
    default:
      return key satisfies never;
  }
}

interface Swap<T> {
  readonly before: string;
  readonly after: string;
  readonly with: T;
}

/** A change of a part that has no place of its own in its line. */
export function swapped<T extends { readonly span: ast.Expression['span'] }>(
  kind: MutantKind,
  part: T,
  { before, after, with: other }: Swap<T>,
) {
  return { kind, before, after, span: part.span, changes: new Map<object, object>([[part, other]]) };
}
