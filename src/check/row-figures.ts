// Figures of rows that not every engine could give exactly: a division outside a rounding, a table whose slope no
// decimal writes. And conversions where it would have to be known of every row whether it lacks a rate.

import { decimalPlaces, type Exact, parseExact } from '../base/exact.ts';
import { constantValue } from '../library/constant.ts';
import { partsOf, walk } from '../library/parts.ts';
import { amountPieces, denominatorOf, isSloped, ratePieces, scorePieces } from '../library/pieces.ts';
import { isNumeric } from '../library/types.ts';
import type { ApplyNode, CurveNode, Expression, GridNode, RatesNode } from '../model/expression.ts';
import type { EventModel, Measure } from '../model/policy.ts';
import type { Curve, Grid, Rates } from '../model/tables.ts';
import { beyond, type Checking, textOf } from './context.ts';
import * as messages from './messages.ts';

/** What of a policy has formulas of rows. */
export interface RowFigures {
  readonly events: readonly EventModel[];
  readonly measures: Iterable<Measure>;
  readonly curves: readonly Curve[];
  readonly rates: readonly Rates[];
  readonly grids: readonly Grid[];
}

/** Checks the formulas of rows that backends work out. */
export function checkRowFigures(checking: Checking, figures: RowFigures): void {
  const { events, measures } = figures;
  const check = (event: string, formula: Expression | undefined): void => {
    if (!formula) return;
    const known = events.find((each) => each.name === event);
    checkExact(checking, formula, { figures, rounded: 'no' });
    checkConversions(checking, formula, { events, event: known });
  };
  for (const event of events) {
    for (const each of event.computed) check(event.name, each.value);
    for (const { to, otherwise, when } of event.credit)
      for (const each of [to, otherwise, when]) check(event.name, each);
  }
  for (const { event, value, where, each, by } of measures)
    for (const formula of [value, where, each, by]) check(event, formula);
}

// ---- divisions ---------------------------------------------------------------------------------------------

interface Place {
  readonly figures: RowFigures;
  /** Within a rounding numbers may be fractions, and so may what they are compared with. */
  readonly rounded: 'yes' | 'no';
}

/** What passes fractions on to the rounding around it. */
const ARITHMETIC: ReadonlySet<string> = new Set([
  ...['+', '-', '*', '/', 'minus', 'abs', 'min', 'max', 'else', 'choose'],
  ...['<', '<=', '>', '>=', 'is', 'is not', 'and', 'or', 'not', 'exists'],
]);

const ROUNDINGS: ReadonlySet<string> = new Set(['round', 'round half even', 'round down', 'floor', 'ceil']);

function checkExact(checking: Checking, node: Expression, place: Place): void {
  const inside = (rounded: Place['rounded']): void => {
    for (const part of partsOf(node)) checkExact(checking, part, { ...place, rounded });
  };
  if (node.kind === 'look-back') {
    for (const part of [node.value, node.where])
      if (part) checkExact(checking, part, { ...place, rounded: 'no' });
    inside('no');
    return;
  }
  if (node.kind === 'rates' || node.kind === 'curve') {
    if (place.rounded === 'no' && divides(node, place.figures))
      checking.diagnostics.push(messages.notOnRows(node.span, `\`${textOf(checking, node.span)}\``));
    inside('no');
    return;
  }
  if (node.kind === 'grid' && !hasDecimals(node, place.figures))
    checking.diagnostics.push(messages.notOnRows(node.span, `\`${textOf(checking, node.span)}\``));
  if (node.kind !== 'apply') {
    inside('no');
    return;
  }
  if (ROUNDINGS.has(node.function)) {
    const step = node.args[1]!;
    if (step.kind === 'constant' && decimalPlaces(constantValue(step.type, step.text) as Exact) === undefined)
      checking.diagnostics.push(messages.notOnRows(step.span, 'a step that no decimal writes'));
    inside('yes');
    return;
  }
  if (node.function === '/' && place.rounded === 'no')
    checking.diagnostics.push(messages.notOnRows(node.span, 'a division'));
  inside(place.rounded === 'yes' && passesOn(node) ? 'yes' : 'no');
}

/** Numbers pass fractions on, and so do conditions about numbers; what compares texts, or chooses among them, doesn't. */
function passesOn({ function: name, args, type }: ApplyNode): boolean {
  if (!ARITHMETIC.has(name)) return false;
  const kinds = name === 'choose' ? args.slice(1) : args;
  const fits = (each: Expression): boolean => isNumeric(each.type) || each.type.kind === 'truth';
  return (isNumeric(type) || type.kind === 'truth') && kinds.every(fits);
}

/** Whether decimals write all cells of a grid; words need none. */
function hasDecimals({ grid, type }: GridNode, { grids }: RowFigures): boolean {
  if (!isNumeric(type)) return true;
  const cells = grids.find((each) => each.name === grid)?.cells ?? [];
  // a word among numbers has been said
  return cells.every((each) => {
    const value = parseExact(each);
    return value === undefined || decimalPlaces(value) !== undefined;
  });
}

/** Whether a table gives fractions for numbers that are decimals. */
function divides(node: RatesNode | CurveNode, { curves, rates }: RowFigures): boolean {
  if (node.kind === 'curve') {
    const curve = curves.find((each) => each.name === node.curve);
    const pieces = curve && scorePieces(curve);
    return (
      pieces !== undefined && (denominatorOf(pieces) !== 1n || (node.whole !== undefined && isSloped(pieces)))
    );
  }
  const table = rates.find((each) => each.name === node.rates);
  return (
    table !== undefined &&
    denominatorOf(node.read === 'rate' ? ratePieces(table) : amountPieces(table)) !== 1n
  );
}

// ---- conversions -------------------------------------------------------------------------------------------

interface Rows {
  readonly events: readonly EventModel[];
  readonly event: EventModel | undefined;
}

/** A look at other rows would have to know which of them lack a rate. */
function checkConversions(checking: Checking, formula: Expression, rows: Rows): void {
  walk(formula, (node) => {
    const of = (event: string): Rows => ({ ...rows, event: rows.events.find((each) => each.name === event) });
    const inside: [Expression | undefined, Rows][] =
      node.kind === 'nth'
        ? [...node.by, node.where].map((each) => [each, rows])
        : node.kind === 'look-back'
          ? [node.value, node.where].map((each) => [each, of(node.event)])
          : node.kind === 'through'
            ? [
                [
                  of(node.event).event?.computed.find((each) => each.name === node.field)?.value,
                  of(node.event),
                ],
              ]
            : [];
    if (inside.some(([part, seen]) => part && converts(part, seen)))
      beyond(checking, 'a conversion of other rows', node.span);
  });
}

function converts(formula: Expression, rows: Rows): boolean {
  let found = false;
  walk(formula, (node) => {
    if (node.kind === 'convert') found = true;
    if (node.kind !== 'field') return;
    const behind = rows.event?.computed.find((each) => each.name === node.name)?.value;
    if (behind && converts(behind, rows)) found = true;
  });
  return found;
}
