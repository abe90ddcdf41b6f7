// Functions of the library over the parts of a row's formula. A part that doesn't decide isn't looked at, so that what
// it lacks, such as an exchange rate, stops nothing.

import { applyDecisions, missingDecision } from '../library/decisions.ts';
import { libraryFunction } from '../library/index.ts';
import type { Decision } from '../model/decision.ts';
import type { ApplyNode, Expression } from '../model/expression.ts';
import type { Cell } from '../model/value.ts';
import { createShortfalls, isLeftOut, isShortfall } from '../query/shortfalls.ts';
import type { Evaluate } from './memory-rows.ts';

/** The value of a function or operator, told to who hears what it decides; conditions are looked at from left to right, and of a choice only the branch taken. */
export function applied(
  node: ApplyNode,
  of: (part: Expression) => Cell,
  decided?: (decision: Decision) => void,
): Cell {
  const { function: name, args } = node;
  const [first, second, third] = args;
  switch (name) {
    case 'choose': {
      const holds = of(first!);
      return holds === undefined ? undefined : of(holds ? second! : third!);
    }
    case 'else': {
      const value = of(first!);
      decided?.(missingDecision(node.span, value));
      return value ?? of(second!);
    }
    case 'and':
    case 'or': {
      const left = of(first!);
      return left === (name === 'or') ? left : libraryFunction(name).evaluate([left, of(second!)]);
    }
    default: {
      const values = args.map(of);
      const value = libraryFunction(name).evaluate(values);
      if (decided) applyDecisions(node, values, value).forEach(decided);
      return value;
    }
  }
}

/** Works with an evaluator that goes on after a shortfall; several are named together when the work is done. */
export function withShortfalls<T>(evaluate: Evaluate, work: (evaluate: Evaluate) => T): T {
  const shortfalls = goingOn(evaluate);
  const done = work(shortfalls.evaluate);
  shortfalls.stop();
  return done;
}

/** An evaluator that goes on after a shortfall, and what stops with all of them where there was one. */
export function goingOn(evaluate: Evaluate): { readonly evaluate: Evaluate; readonly stop: () => void } {
  const shortfalls = createShortfalls();
  return {
    evaluate: (...args) => {
      try {
        return evaluate(...args);
      } catch (fault) {
        if (!isShortfall(fault) || isLeftOut(fault)) throw fault;
        shortfalls.note(fault);
        return undefined;
      }
    },
    stop: () => shortfalls.stop(),
  };
}
