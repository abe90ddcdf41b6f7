// Awards for a run of months that are given again in each month in which the run goes on.

import type { Diagnostic } from '../base/diagnostic.ts';
import type { BinaryOperator, Call, Expression } from '../syntax/ast.ts';
import * as messages from './messages.ts';
import { declared, type Reading } from './reading.ts';

/** `streak(c) >= 3` holds in the third month and in every one after it; `streak(c) is 3` once for each run. */
export function streakLints(reading: Reading): readonly Diagnostic[] {
  const lets = new Map(declared(reading, 'let').map((each) => [each.name.text, each.value]));
  return declared(reading, 'award').flatMap((award) => {
    const conditions = [award.when, ...award.gives.map((each) => each.when)].filter(
      (each) => each !== undefined,
    );
    return conditions.flatMap((each) => {
      const parts = partsOf(each);
      const runs = parts.map((part) => runOf(part, lets));
      // another part may say in which month of the run it is given
      if (runs.some((run) => run?.operator === 'is' || run?.operator === '<' || run?.operator === '<='))
        return [];
      return runs.flatMap((run, index) =>
        run && goesOn(run.operator)
          ? [messages.streakPaysOn(parts[index]!.span, award.name.text, againIn(run))]
          : [],
      );
    });
  });
}

/** A streak, compared with a number. */
interface Run {
  readonly operator: BinaryOperator;
  readonly count: number;
}

function goesOn(operator: BinaryOperator): boolean {
  return operator === '>' || operator === '>=';
}

function againIn({ operator, count }: Run): string {
  const first = operator === '>' ? count + 1 : count;
  return first <= 1
    ? 'whenever the condition of its streak holds'
    : `at ${first} in a row, and each time after that while the run goes on`;
}

/** Conditions that must all hold. */
function partsOf(node: Expression): readonly Expression[] {
  return node.kind === 'binary' && node.operator === 'and'
    ? [...partsOf(node.left), ...partsOf(node.right)]
    : [node];
}

const TURNED: Readonly<Partial<Record<BinaryOperator, BinaryOperator>>> = {
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
};

function runOf(node: Expression, lets: ReadonlyMap<string, Expression>): Run | undefined {
  if (node.kind !== 'binary') return undefined;
  const { left, right, operator } = node;
  if (streakIn(left, lets) && right.kind === 'number') return { operator, count: Number(right.digits) };
  if (left.kind !== 'number' || !streakIn(right, lets)) return undefined;
  return { operator: TURNED[operator] ?? operator, count: Number(left.digits) };
}

/** A streak, by itself or by the name of a `let`. */
function streakIn(node: Expression, lets: ReadonlyMap<string, Expression>): Call | undefined {
  const behind = node.kind === 'name' ? lets.get(node.name.text) : node;
  if (behind?.kind !== 'call' || behind.callee.kind !== 'name') return undefined;
  return behind.callee.name.text === 'streak' ? behind : undefined;
}
