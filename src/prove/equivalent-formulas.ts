// Formulas without what makes no difference to their value: comparisons that come out one way, `else` under a comparison,
// conditions said twice, and bounds between two whole numbers.

import { boundsOf, type Place } from '../analyse/bounds.ts';
import { figureCalled, measureCalled } from '../analyse/formulas.ts';
import { isBelow } from '../analyse/interval.ts';
import { outcomeOf } from '../analyse/outcome.ts';
import { holdsFor } from '../analyse/response.ts';
import { add, compare, exact, exactText, ONE, roundTo } from '../base/exact.ts';
import { keyOf } from '../check/known.ts';
import { isNumeric, TRUTH } from '../library/types.ts';
import type { ApplyNode, ConstantNode, Expression } from '../model/expression.ts';
import type { EventModel, Model } from '../model/policy.ts';
import type { Because } from './equivalent.ts';

/** The same policy; every formula of it is brought to its plainest form. */
export function foldFormulas(model: Model, because: Because): Model {
  const folding: Folding = { model, isTame: tameness(model), because };
  return folded(folding, model) as Model;
}

interface Folding {
  readonly model: Model;
  /** Whether working a formula out can't stop the run, and gives a number wherever it isn't missing. */
  readonly isTame: (node: Expression) => boolean;
  readonly because: Because;
}

function folded(folding: Folding, part: unknown): unknown {
  if (typeof part !== 'object' || part === null) return part;
  if (Array.isArray(part)) {
    const parts = part.map((each) => folded(folding, each));
    return parts.every((each, at) => each === part[at]) ? part : parts;
  }
  const entries = Object.entries(part).map(
    ([key, value]) => [key, key === 'sources' ? value : folded(folding, value)] as const,
  );
  const same = entries.every(([key, value]) => value === (part as Record<string, unknown>)[key]);
  const whole = same ? part : Object.fromEntries(entries);
  return isApply(whole) ? simplest(folding, whole) : whole;
}

function isApply(part: object): part is ApplyNode {
  return 'kind' in part && part.kind === 'apply' && 'args' in part;
}

/** A formula whose parts are in their plainest form already. */
function simplest(folding: Folding, node: ApplyNode): Expression {
  switch (node.function) {
    case '<':
    case '<=':
    case '>':
    case '>=':
    case 'is':
    case 'is not':
      return comparison(folding, node);
    case 'and':
    case 'or':
      return logic(folding, node);
    case 'not':
      return negation(node);
    case 'choose': {
      const [condition, value, otherwise] = node.args as [Expression, Expression, Expression];
      const is = truthOf(condition);
      return is === undefined ? node : is ? value : otherwise;
    }
    case 'min':
    case 'max':
      return bounded(folding, node);
    default:
      return node;
  }
}

// ---- comparisons ---------------------------------------------------------------------------------------------------

const TURNED: Readonly<Record<string, string>> = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' };

function comparison(folding: Folding, node: ApplyNode): Expression {
  const [left, right] = node.args as [Expression, Expression];
  if (left.kind === 'constant' && right.kind !== 'constant')
    return comparison(folding, {
      ...node,
      function: TURNED[node.function] ?? node.function,
      args: [right, left],
    });
  if (left.kind === 'constant' && right.kind === 'constant') {
    const is = constantsCompare(node.function, left, right);
    return is === undefined ? node : truth(node, is);
  }
  if (right.kind === 'constant' && left.kind === 'apply' && left.function === 'else') {
    const [value, fallback] = left.args as [Expression, Expression];
    const is = fallback.kind === 'constant' ? constantsCompare(node.function, fallback, right) : undefined;
    if (is !== undefined) {
      folding.because(
        node.span,
        `what is missing ${is ? 'passes' : 'fails'} this comparison with either value`,
      );
      const inside = comparison(folding, { ...node, args: [value, right], optional: value.optional });
      return { ...node, function: 'else', args: [inside, truth(node, is)] };
    }
  }
  if (!node.optional && node.args.every(folding.isTame)) {
    const place: Place = { model: folding.model };
    const is = outcomeOf(place, node);
    if (is !== undefined) {
      folding.because(node.span, `this comparison ${is ? 'always holds' : 'never holds'}, whatever the data`);
      return truth(node, is);
    }
  }
  return right.kind === 'constant' && isWhole(folding.model, left) ? betweenWholes(folding, node) : node;
}

function constantsCompare(name: string, left: ConstantNode, right: ConstantNode): boolean | undefined {
  if (!isNumeric(left.type) || !isNumeric(right.type)) return undefined;
  return holdsFor(name, compare(exact(left.text), exact(right.text)));
}

function truth(node: Expression, is: boolean): ConstantNode {
  return { kind: 'constant', type: TRUTH, text: String(is), optional: false, span: node.span };
}

function truthOf(node: Expression): boolean | undefined {
  return node.kind === 'constant' && node.type.kind === 'truth' ? node.text === 'true' : undefined;
}

/** Of a value that is a whole number: from which whole number on it lies above the bound, as `>=` or `<`. */
function betweenWholes(folding: Folding, node: ApplyNode): Expression {
  const [left, right] = node.args as [Expression, ConstantNode];
  const bound = exact(right.text);
  const up = roundTo(bound, ONE, 'ceil');
  const next = add(roundTo(bound, ONE, 'floor'), ONE);
  const from = (name: '>=' | '<', at: typeof bound): Expression => {
    folding.because(node.span, 'it compares whole numbers, and there is none between the two bounds');
    return { ...node, function: name, args: [left, { ...right, text: exactText(at) }] };
  };
  const isCount = boundsOf({ model: folding.model }, left).low;
  const isLeast = isCount !== undefined && compare(isCount, bound) === 0;
  switch (node.function) {
    case '>=':
      return from('>=', up);
    case '>':
      return from('>=', next);
    case '<':
      return from('<', up);
    case '<=':
      return from('<', next);
    case 'is':
      return isLeast ? from('<', next) : node;
    case 'is not':
      return isLeast ? from('>=', next) : node;
    default:
      return node;
  }
}

/** Whether a value is a whole number wherever it isn't missing: counts that no share cuts, places, and what is made of such. */
function isWhole(model: Model, node: Expression): boolean {
  switch (node.kind) {
    case 'constant':
      return isNumeric(node.type) && compare(roundTo(exact(node.text), ONE, 'floor'), exact(node.text)) === 0;
    case 'figure': {
      const figure = figureCalled(model, node.figure);
      return figure !== undefined && isWhole(model, figure.value);
    }
    case 'measure': {
      const measure = measureCalled(model, node.measure);
      const event = model.events.find((each) => each.name === measure?.event);
      if (measure?.aggregate === 'distinct') return true;
      return measure?.aggregate === 'count' && event !== undefined && isCreditedWhole(event);
    }
    case 'nth':
    case 'streak':
    case 'rank':
    case 'word place':
      return true;
    case 'apply':
      return (
        /^([+*-]|minus|min|max|abs|else)$/.test(node.function) &&
        node.args.every((each) => isWhole(model, each))
      );
    default:
      return false;
  }
}

function isCreditedWhole({ credit }: EventModel): boolean {
  return credit.every(({ share }) => share !== 'rest' && compare(exact(share), ONE) === 0);
}

// ---- conditions ----------------------------------------------------------------------------------------------------

function logic(folding: Folding, node: ApplyNode): Expression {
  const [left, right] = node.args as [Expression, Expression];
  // what decides alone, whatever the other says
  const decides = node.function === 'or';
  for (const [one, other] of [
    [left, right],
    [right, left],
  ] as const) {
    const is = truthOf(one);
    if (is === !decides) return other;
    if (is === decides && folding.isTame(other)) return one;
  }
  if (keyOf(left) !== keyOf(right)) return node;
  folding.because(node.span, 'both sides say the same');
  return left;
}

const OPPOSITE: Readonly<Record<string, string>> = {
  '<': '>=',
  '<=': '>',
  '>': '<=',
  '>=': '<',
  is: 'is not',
  'is not': 'is',
};

function negation(node: ApplyNode): Expression {
  const [part] = node.args as [Expression];
  const is = truthOf(part);
  if (is !== undefined) return truth(node, !is);
  if (part.kind !== 'apply') return node;
  if (part.function === 'not') return part.args[0]!;
  const opposite = OPPOSITE[part.function];
  return opposite === undefined ? node : { ...part, function: opposite };
}

// ---- the least and the greatest ------------------------------------------------------------------------------------

function bounded(folding: Folding, node: ApplyNode): Expression {
  const place: Place = { model: folding.model };
  if (node.args.length !== 2 || node.args.some((each) => each.optional || !folding.isTame(each))) return node;
  const [left, right] = node.args as [Expression, Expression];
  const [a, b] = [boundsOf(place, left), boundsOf(place, right)];
  const isFirst = node.function === 'min' ? isBelow(a, b, 'or equal') : isBelow(b, a, 'or equal');
  const isSecond = node.function === 'min' ? isBelow(b, a, 'or equal') : isBelow(a, b, 'or equal');
  if (!isFirst && !isSecond) return node;
  folding.because(node.span, `one side of this \`${node.function}\` decides whatever the data`);
  return isFirst ? left : right;
}

/**
 * What a run can't be stopped by: formulas of people that read counts, sums and constants, in a policy that converts no
 * money. An attainment may have no upper end, a score may lack a line, and a bonus goes by both.
 */
export function tameness(model: Model): (node: Expression) => boolean {
  const converts = /"kind":"convert"/.test(JSON.stringify([model.events, model.measures, model.figures]));
  const seen = new Map<string, boolean>();
  const isTame = (node: Expression): boolean => {
    switch (node.kind) {
      case 'constant':
      case 'attribute':
      case 'period':
      case 'measure':
        return true;
      case 'figure': {
        const before = seen.get(node.figure);
        if (before !== undefined) return before;
        seen.set(node.figure, false);
        const figure = figureCalled(model, node.figure);
        const is = figure !== undefined && isTame(figure.value);
        seen.set(node.figure, is);
        return is;
      }
      case 'apply':
        return node.args.every(isTame);
      default:
        return false;
    }
  };
  return (node) => !converts && isTame(node);
}
