// A condition that doesn't hold, told with the values under its parts, what was expected, and how the bonuses in it came
// about. It is worked out once more, with somebody looking on.

import type { Source } from '../base/source.ts';
import { placeOf } from '../base/source.ts';
import { type CellPlace, type Run, wordsOf } from '../evaluate/cell.ts';
import { evaluate } from '../evaluate/formula.ts';
import { figureValue } from '../evaluate/lines.ts';
import { bonusLine } from '../evaluate/role-pay.ts';
import { statedBonuses, statedPay } from '../evaluate/stated.ts';
import { partsOf, walk } from '../library/parts.ts';
import type { Expression } from '../model/expression.ts';
import type { Expectation } from '../model/proof.ts';
import type { FailedBonus, FailurePart, PayPart, TestFailure, TextPlace } from '../model/test-report.ts';
import type { Cell, ValueType } from '../model/value.ts';
import { orTop, type Verdict } from './expectation.ts';

type ConditionNode = Expression & { readonly kind: 'apply' };

export function failureOf(run: Run, expectation: Expectation, verdict: Verdict): TestFailure {
  const { condition, place, value, isOfRole } = verdict;
  const values = valuesUnder(run, condition, place);
  const text = wordsOf(run, condition.span);
  const wanted = expectedIn(condition, values);
  return {
    person: expectation.person,
    period: expectation.period,
    ...(isOfRole && place.viewer.kind === 'stay' ? { role: place.viewer.role.name } : {}),
    at: textPlace(run.sources, condition.span),
    currency: run.model.currency,
    condition: text,
    value: value === undefined ? null : false,
    ...wanted,
    parts: partsIn(run, condition, values),
    bonuses: bonusesIn(run, condition, place),
    ...(namesPay(condition) ? { pay: payParts(run, place) } : {}),
  };
}

/** Where a span begins, as people count. */
export function textPlace(sources: ReadonlyMap<string, Source>, span: Expression['span']): TextPlace {
  const source = sources.get(span.source);
  const { line, column } = source ? placeOf(source, span.start) : { line: 1, column: 1 };
  return { file: span.source, line, column, span };
}

/** The value of each part that decided, by part. */
function valuesUnder(run: Run, condition: Expression, place: CellPlace): ReadonlyMap<Expression, Cell> {
  const own = new Set<Expression>();
  walk(condition, (node) => own.add(node));
  const values = new Map<Expression, Cell>();
  const watched: Run = {
    ...run,
    watch: {
      formula: (node, at, work) => {
        const value = work();
        if (at === place && own.has(node)) values.set(node, value);
        return value;
      },
    },
  };
  evaluate(watched, condition, place);
  return values;
}

/** Of `a is b` where one side is written out, what the other should have been. */
function expectedIn(
  condition: Expression,
  values: ReadonlyMap<Expression, Cell>,
): Pick<TestFailure, 'expected' | 'found'> {
  if (condition.kind !== 'apply' || condition.function !== 'is') return {};
  const [left, right] = condition.args as readonly [Expression, Expression];
  const [found, expected] = isWritten(right) ? [left, right] : isWritten(left) ? [right, left] : [];
  if (!found || !expected) return {};
  return {
    expected: figureValue(values.get(expected), shownAs(expected.type, found.type)),
    found: orTop(values.get(found), found.type),
  };
}

/** Bare numbers beside percents and the like are shown as the other side is. */
function shownAs(type: ValueType, other: ValueType): ValueType {
  return type.kind === 'number' || type.kind === 'percent' ? other : type;
}

/** Whether an expression is of constants only. */
function isWritten(node: Expression): boolean {
  if (node.kind === 'constant') return true;
  return node.kind === 'apply' && node.args.every(isWritten);
}

// ---- values under parts ------------------------------------------------------------------------------------------

/** What is worth showing: all but what the condition writes out itself. */
function partsIn(
  run: Run,
  condition: Expression,
  values: ReadonlyMap<Expression, Cell>,
): readonly FailurePart[] {
  const { source, start, end } = condition.span;
  const text = run.sources.get(source)?.text ?? '';
  const at = (offset: number): number => squeezed(text.slice(start, offset)).length;
  const found: FailurePart[] = [];
  walk(condition, (node) => {
    if (!values.has(node) || isWritten(node) || node.span.start < start || node.span.end > end) return;
    found.push({
      from: at(node.span.start),
      until: at(node.span.end),
      mark: at(markOf(node, text)),
      value: orTop(values.get(node), node.type),
    });
  });
  return found.toSorted((a, b) => a.mark - b.mark || b.until - a.until);
}

/** White space as one space, as the condition is shown. */
function squeezed(text: string): string {
  return text.replace(/\s+/g, ' ').trimStart();
}

/** An operator between two parts is marked itself; anything else where it begins. */
function markOf(node: Expression, text: string): number {
  const { start } = node.span;
  if (node.kind !== 'apply') return start;
  const [first, second] = inText(node);
  if (!first || !second || first.span.start > second.span.start) return start;
  const between = text.slice(first.span.end, second.span.start);
  const operator = /[^\s()]/.exec(between);
  return first.span.start <= start + LEAD && operator && !between.includes(',')
    ? first.span.end + operator.index
    : start;
}

/** How many brackets may stand before the first part of an operator. */
const LEAD = 3;

function inText({ args }: ConditionNode): readonly Expression[] {
  return args.toSorted((a, b) => a.span.start - b.span.start);
}

// ---- bonuses -------------------------------------------------------------------------------------------------------

function bonusesIn(run: Run, condition: Expression, place: CellPlace): readonly FailedBonus[] {
  const found = new Map<string, FailedBonus>();
  const visit = (node: Expression): void => {
    if (node.kind !== 'bonus') {
      for (const part of partsOf(node)) visit(part);
      return;
    }
    const lines = statedBonuses(run, node, place).map(({ paid, place: at }) => ({
      role: at.viewer.kind === 'stay' ? at.viewer.role.name : '',
      line: bonusLine(run, paid.bonus, at),
    }));
    found.set(node.name, { bonus: node.name, lines });
  };
  visit(condition);
  return [...found.values()];
}

// ---- pay -----------------------------------------------------------------------------------------------------------

function namesPay(condition: Expression): boolean {
  let found = false;
  walk(condition, (node) => {
    if (node.kind === 'result' && (node.result === 'pay' || node.result === 'earned')) found = true;
  });
  return found;
}

function payParts(run: Run, place: CellPlace): readonly PayPart[] {
  const type: ValueType = { kind: 'money', currency: run.model.currency };
  return statedPay(run, place).map(({ kind, name, title, earned, payable }) => ({
    kind,
    name,
    ...(title === undefined ? {} : { title }),
    earned: figureValue(earned, type),
    payable: figureValue(payable, type),
  }));
}
