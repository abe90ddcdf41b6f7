// Operators and functions as sketches; one that isn’t followed is an unknown.

import { boundsOf } from '../analyse/bounds.ts';
import { divide, type Exact, exact, negate, whole, ZERO } from '../base/exact.ts';
import { foldConstant } from '../check/constants.ts';
import { isNumeric } from '../library/types.ts';
import type { ApplyNode } from '../model/expression.ts';
import type { Model } from '../model/policy.ts';
import {
  both,
  choiceOf,
  constantSketch,
  differenceOf,
  either,
  type Fact,
  negated,
  not,
  type Sketch,
  sumOf,
} from './sketch.ts';
import { isNothing } from './sketch-facts.ts';
import { PRESENT, type Sketcher, type Standing, unknown, type Valued } from './sketcher.ts';

/** So many times a value. */
export function timesConstant(value: Sketch, by: Exact): Sketch {
  return { kind: 'times', a: constantSketch(by), b: value };
}

/** What a function or operator gives. */
export function applied(sketcher: Sketcher, node: ApplyNode, at: Standing): Valued {
  if (!isNumeric(node.type)) return unknown(sketcher, node);
  if (node.function === 'choose') {
    const when = sketcher.told(node.args[0]!, at);
    const [then, otherwise] = [sketcher.value(node.args[1]!, at), sketcher.value(node.args[2]!, at)];
    const lacking = either(both(when.holds, then.missing), both(not(when.holds), otherwise.missing));
    return {
      value: choiceOf(when.holds, then.value, otherwise.value),
      missing: node.optional ? either(when.missing, lacking) : PRESENT,
    };
  }
  if (!node.args.every((each) => isNumeric(each.type))) return unknown(sketcher, node);
  const args = node.args.map((each) => sketcher.value(each, at));
  const [a, b] = args as unknown as readonly [Valued, Valued];
  if (node.function === 'else')
    return {
      value: choiceOf(a.missing, b.value, a.value),
      missing: node.optional ? both(a.missing, b.missing) : PRESENT,
    };
  const value = arithmetic(
    sketcher,
    node,
    args.map((each) => each.value),
  );
  if (!value) return unknown(sketcher, node);
  const divides = node.function === '/' || node.function === 'average';
  const lacking = args.reduce<Fact>(
    (all, each) => either(all, each.missing),
    divides ? isNothing(b.value) : PRESENT,
  );
  return { value, missing: node.optional ? lacking : PRESENT };
}

function arithmetic(sketcher: Sketcher, node: ApplyNode, args: readonly Sketch[]): Sketch | undefined {
  const [a, b] = args as readonly [Sketch, Sketch];
  const within = (of: Sketch): Sketch => {
    const { model, role } = sketcher;
    return { kind: 'within', of, range: boundsOf({ model, role }, node) };
  };
  switch (node.function) {
    case '+':
      return sumOf([a, b]);
    case '-':
      return differenceOf(a, b);
    case 'minus':
      return negated(a);
    case '*':
      return { kind: 'times', a, b };
    case '/':
    case 'average':
      return within({ kind: 'over', a, b });
    case 'min':
      return args.reduce((one, other) => ({ kind: 'least', a: one, b: other }));
    case 'max':
      return args.reduce((one, other) => ({ kind: 'greatest', a: one, b: other }));
    case 'abs':
      return { kind: 'greatest', a, b: negated(a) };
    case 'median':
      return timesConstant(sumOf([a, b]), exact('1/2'));
    case 'round':
    case 'round half even':
    case 'round down':
    case 'floor':
    case 'ceil': {
      const step = foldConstant(node.args[1]!);
      return typeof step === 'object' ? roundedSketch(a, step, MODES[node.function]) : undefined;
    }
    default:
      return undefined;
  }
}

const MODES = {
  round: 'half up',
  'round half even': 'half even',
  'round down': 'down',
  floor: 'floor',
  ceil: 'ceil',
} as const;

/** What is rounded never turns two values round, and moves by no more than its mode and step allow. */
export function roundedSketch(of: Sketch, step: Exact, mode: Model['rounding']['mode']): Sketch {
  const half = divide(step, whole(2))!;
  const ends: Readonly<Record<typeof mode, readonly [Exact, Exact]>> = {
    'half up': [negate(half), half],
    'half even': [negate(half), half],
    down: [negate(step), step],
    floor: [negate(step), ZERO],
    ceil: [ZERO, step],
  };
  const [low, high] = ends[mode].map((by) => sumOf([of, constantSketch(by)]));
  return { kind: 'follows', by: [of], still: [], low: low!, high: high!, rounded: { step, mode } };
}
