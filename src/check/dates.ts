// Days moved by days, and by months, quarters and years.

import { equals, exact, roundTo } from '../base/exact.ts';
import { type Grain, parsePeriod, periodAt } from '../base/period.ts';
import type { Span } from '../base/source.ts';
import { DATE, PERIOD, TRUTH } from '../library/types.ts';
import type { Expression } from '../model/expression.ts';
import type * as ast from '../syntax/ast.ts';
import { foldConstant } from './constants.ts';
import { beyond, type Checking, isError, later, unknown, type World } from './context.ts';
import { askedGrain } from './grains.ts';
import { apply, describe, refuse } from './infer.ts';
import * as messages from './messages.ts';

/** A date and whole days; anything finer would leave it between two days. */
export function laterDay(
  checking: Checking,
  operator: '+' | '-',
  [day, duration]: readonly [Expression, Expression],
  { span, world }: { readonly span: Span; readonly world: World },
): Expression {
  const seconds = foldConstant(duration);
  if (typeof seconds !== 'object' || !equals(roundTo(seconds, exact('86400'), 'down'), seconds))
    return refuse(checking, messages.wrongType(duration.span, 'a number of whole days', describe(duration)));
  if (operator === '+' && world.kind === 'people') return apply(checking, 'later', [day, duration], span);
  return later(checking, `day ${operator}`, { args: [day, duration], type: DATE, span });
}

/** `date + 1 month`: the same day of that month, or its last. */
export function shiftedDay(checking: Checking, node: ast.Binary, day: Expression): Expression | undefined {
  const { operator, right } = node;
  if ((operator !== '+' && operator !== '-') || right.kind !== 'duration' || !CALENDAR_UNIT.test(right.unit))
    return undefined;
  if (isError(day)) return unknown(node.span);
  if (day.type.kind !== 'date' && day.type.kind !== 'datetime')
    return refuse(checking, messages.wrongType(day.span, 'a date', describe(day)));
  if (!/^[0-9]+$/.test(right.digits))
    return refuse(checking, messages.wrongType(right.span, 'a whole number of them', `\`${right.digits}\``));
  const what = `${operator} ${right.digits} ${right.unit}`;
  return later(checking, what, { args: [day], type: day.type, span: node.span });
}

/** Lengths of time whose days depend on where they begin. */
export const CALENDAR_UNIT = /^(month|quarter|year)s?$/;

/** `2026-01`, `2026-Q1`. */
export function periodLiteral(checking: Checking, { text, span }: ast.PeriodLiteral): Expression {
  const period = parsePeriod(text);
  if (!period) return refuse(checking, messages.badWord(span, 'a period of the calendar', text, []));
  beyond(checking, 'a period in a formula', span);
  return { kind: 'constant', type: PERIOD, text: period.id, optional: false, span };
}

/** Periods of one length, by their order. */
export function comparePeriods(
  checking: Checking,
  operator: string,
  args: readonly [Expression, Expression],
  { span, world }: { readonly span: Span; readonly world: World },
): Expression {
  const [left, right] = args;
  const own = askedGrain(world) ?? checking.grain;
  const grains = args.map((each) => grainIn(each, own));
  const [first, second] = grains;
  const alike = first === undefined || second === undefined || first === second;
  if (right.type.kind === 'period' && alike)
    return later(checking, `periods ${operator}`, { args, type: TRUTH, span });
  const words = (each: Expression, grain: string | undefined): string =>
    each.type.kind === 'period' && grain ? `a ${grain}` : describe(each);
  checking.diagnostics.push(
    messages.operandsDisagree(
      operator,
      { span: left.span, words: words(left, first) },
      { span: right.span, words: words(right, second) },
      `write a ${own}, such as \`${periodAt(own, JANUARY).id}\``,
    ),
  );
  return unknown(span);
}

/** 2026-01-05, an example. */
const JANUARY = 20458;

/** The length of a period, as far as it is known: that of a literal, and of the period that is worked out (`own`). */
function grainIn(node: Expression, own: Grain): Grain | undefined {
  if (node.kind === 'constant' && node.type.kind === 'period') return parsePeriod(node.text)?.grain;
  return node.kind === 'later' && node.what === THIS ? own : undefined;
}

/** How the period that is worked out is called. */
export const THIS = 'period';
