// Days moved by days, and by months, quarters and years.

import { equals, exact, exactText, negate, roundTo } from '../base/exact.ts';
import { readFiscal } from '../base/fiscal.ts';
import { type Grain, grainText, isFiscal, parsePeriod, periodAt } from '../base/period.ts';
import type { Span } from '../base/source.ts';
import { DATE, DURATION, PERIOD } from '../library/types.ts';
import type { Expression } from '../model/expression.ts';
import type * as ast from '../syntax/ast.ts';
import { foldConstant } from './constants.ts';
import { type Checking, isError, unknown, type World } from './context.ts';
import { askedGrain } from './grains.ts';
import { apply, describe, refuse } from './infer.ts';
import * as messages from './messages.ts';

/** A date and whole days; anything finer would leave it between two days. */
export function laterDay(
  checking: Checking,
  operator: '+' | '-',
  [day, duration]: readonly [Expression, Expression],
  span: Span,
): Expression {
  const seconds = foldConstant(duration);
  if (typeof seconds !== 'object' || !equals(roundTo(seconds, exact('86400'), 'down'), seconds))
    return refuse(checking, messages.wrongType(duration.span, 'a number of whole days', describe(duration)));
  const text = exactText(operator === '+' ? seconds : negate(seconds));
  const moved: Expression = { kind: 'constant', type: DURATION, text, optional: false, span: duration.span };
  return apply(checking, 'later', [day, moved], span);
}

/** A moment and a duration: so much real time later or before, whatever clocks do. */
export function laterMoment(
  checking: Checking,
  operator: '+' | '-',
  [moment, duration]: readonly [Expression, Expression],
  span: Span,
): Expression {
  const moved = operator === '+' ? duration : apply(checking, 'minus', [duration], duration.span);
  return apply(checking, 'later moment', [moment, moved], span);
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
  const [, unit] = CALENDAR_UNIT.exec(right.unit)!;
  const count = Number(right.digits) * MONTHS[unit as keyof typeof MONTHS];
  if (count > MOST_MONTHS)
    return refuse(
      checking,
      messages.wrongType(
        right.span,
        `${MOST_MONTHS / 12} years at most`,
        `\`${right.digits} ${right.unit}\``,
      ),
    );
  const months = operator === '+' ? count : -count;
  return { kind: 'months later', of: day, months, type: day.type, optional: day.optional, span: node.span };
}

const MONTHS = { month: 1, quarter: 3, year: 12 } as const;
/** Further than any plan of pay looks, and near enough for the calendar to be known. */
const MOST_MONTHS = 100 * 12;

/** Lengths of time whose days depend on where they begin. */
export const CALENDAR_UNIT = /^(month|quarter|year)s?$/;

/** `2026-01`, `2026-Q1`. */
export function periodLiteral(checking: Checking, { text, span }: ast.PeriodLiteral): Expression {
  const period = parsePeriod(text);
  if (!period) return refuse(checking, messages.badWord(span, 'a period of the calendar', text, []));
  return { kind: 'constant', type: PERIOD, text: period.id, optional: false, span };
}

/** Periods, by their first days; of two that are known to be of different lengths neither comes first. */
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
  if (right.type.kind === 'period' && alike) {
    const same = operator === 'is' || operator === 'is not';
    return apply(checking, operator, same ? args : args.map(startOf), span);
  }
  const words = (each: Expression, grain: Grain | undefined): string =>
    each.type.kind === 'period' && grain ? `a ${grainText(grain)}` : describe(each);
  checking.diagnostics.push(
    messages.operandsDisagree(
      operator,
      { span: left.span, words: words(left, first) },
      { span: right.span, words: words(right, second) },
      isFiscal(own)
        ? `no period of ${readFiscal(own).year.name} can be written out: compare days, \`period.start\``
        : `write a ${grainText(own)}, such as \`${periodAt(own, JANUARY).id}\``,
    ),
  );
  return unknown(span);
}

function startOf(of: Expression): Expression {
  return { kind: 'period start', of, type: DATE, optional: of.optional, span: of.span };
}

/** 2026-01-05, an example. */
const JANUARY = 20458;

/** The length of a period, as far as it is known: that of a literal, and of the period that is worked out (`own`). */
function grainIn(node: Expression, own: Grain): Grain | undefined {
  if (node.kind === 'constant' && node.type.kind === 'period') return parsePeriod(node.text)?.grain;
  return node.kind === 'period' && node.edge === 'itself' ? own : undefined;
}
