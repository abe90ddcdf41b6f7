// Whether the steps of an explanation come to their values by what they say and nothing else. It knows fractions and the
// words of the published form, and nothing of how Merit works anything out.

import {
  add,
  compare,
  divide,
  type Exact,
  equals,
  exact,
  exactText,
  greatest,
  isZero,
  least,
  multiply,
  ONE,
  roundTo,
  subtract,
  whole,
  ZERO,
} from '../../src/base/exact.ts';
import type { RestOfSum, Step } from '../../src/model/explanation.ts';
import { wrongAttainment, wrongBonus, wrongScoreLine } from './arithmetic-pay.ts';

/** What was looked at, by `how`; so that a test can say that everything was. */
export type Counts = Map<string, number>;

/** Each step that doesn't come to its value, in words; empty where all do. */
export function wrongSteps(step: Step, counts: Counts = new Map()): readonly string[] {
  const found = wrong(step);
  const kind = step.how.kind === 'operation' ? `operation ${step.how.function}` : step.how.kind;
  counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const here = found === undefined ? [] : [`${step.kind} ${step.name}: ${found}`];
  return [...here, ...step.parts.flatMap((part) => wrongSteps(part, counts))];
}

/** The number of a step; `undefined` where it is missing, or no number. */
export function numberOf({ value }: Step): Exact | undefined {
  if (value === 'top' || value.value === null) return undefined;
  return ['text', 'person', 'enumeration', 'truth', 'date', 'period'].includes(value.type.kind)
    ? undefined
    : exact(value.value);
}

export function textOf({ value }: Step): string | null {
  return value === 'top' ? 'top' : value.value;
}

function wrong(step: Step): string | undefined {
  const { how, parts } = step;
  const value = numberOf(step);
  const values = parts.map(numberOf);
  const is = (expected: Exact | undefined, why: string): string | undefined =>
    expected === undefined
      ? value === undefined
        ? undefined
        : `${why} is missing, and it says ${textOf(step)}`
      : value && equals(value, expected)
        ? undefined
        : `${why} is ${exactText(expected)}, and it says ${textOf(step)}`;
  const all = (): readonly Exact[] | undefined =>
    values.some((each) => each === undefined) ? undefined : (values as readonly Exact[]);
  switch (how.kind) {
    case 'given':
    case 'again':
    case 'curve':
    case 'grid':
    case 'row of table':
    case 'line':
      return undefined;
    case 'same':
      return parts.length === 0 || textOf(parts[0]!) === textOf(step)
        ? undefined
        : 'not the value of its part';
    case 'sum':
      return is(sumOf(all() ?? [], how.rest), 'the sum');
    case 'choice': {
      const [condition, branch] = parts;
      const taken =
        textOf(condition!) === 'true' ? 'value' : textOf(condition!) === 'false' ? 'otherwise' : 'neither';
      if (taken !== how.taken) return `the condition is ${textOf(condition!)}, and it takes ${how.taken}`;
      return textOf(step) === (branch ? textOf(branch) : null) ? undefined : 'not the value of the branch';
    }
    case 'else': {
      const there = parts.find((each) => textOf(each) !== null);
      return textOf(step) === (there ? textOf(there) : null)
        ? undefined
        : 'not the first value that is there';
    }
    case 'operation':
      return wrongOperation(step, how.function, { values, is });
    case 'rows':
      return wrongRows(step);
    case 'rates': {
      if (!how.tiers || how.read === 'rate') return undefined;
      const sum = sumOf(how.tiers.map((each) => exact(each.amount!.value!)));
      const parts = how.tiers.every((each) =>
        equals(
          exact(each.amount!.value!),
          each.of
            ? divide(multiply(exact(each.part.value!), exact(each.rate.value!)), exact(each.of.value!))!
            : multiply(exact(each.part.value!), exact(each.rate.value!)),
        ),
      );
      if (!parts) return 'a tier is not part × rate';
      return is(how.before ? subtract(sum, exact(how.before.amount.value!)) : sum, 'the sum of the tiers');
    }
    case 'by days': {
      const counts = how.counts.map(exact);
      const sum = sumOf((all() ?? []).map((each, at) => multiply(each, counts[at]!)));
      if (!how.prorated && !equals(sumOf(counts), exact(how.of))) return 'the days do not come to their sum';
      return all() ? is(divide(sum, exact(how.of)), 'the average by days') : undefined;
    }
    case 'share of days':
      return is(values[0] && multiply(values[0], exact(how.share)), 'the share of the days');
    case 'target line': {
      const factors = [how.written, how.spread?.share ?? '1', how.ramp?.percent ?? '1'].map(exact);
      return is(factors.reduce(multiply), 'written × spread × ramp');
    }
    case 'whole of':
      return is(divide(multiply(values[0]!, exact(how.of)), exact(how.counted)), 'the whole');
    case 'people':
      if (how.together === 'same')
        return values.every((each) => each && equals(each, value!)) ? undefined : 'not alike';
      return is(
        sumOf(
          (all() ?? []).map((each, at) => multiply(each, whole(how.counts[at]!))),
          how.rest,
        ),
        'the sum of people',
      );
    case 'alike':
      return values.every((each) => each && value && equals(each, value)) ? undefined : 'not alike';
    case 'attainment':
      return wrongAttainment(step, { values, is });
    case 'score': {
      const lines = parts.map((_, at) => ({
        value: values[at],
        weight: exact(how.weights[at]!),
        spread: how.spread[at],
      }));
      const there = lines.filter((each) => !each.spread);
      if (there.length === 0 || value === undefined) return undefined;
      const weights = sumOf(there.map(({ weight }) => weight));
      const sum = sumOf(there.map(({ value, weight }) => multiply(weight, value!)));
      return is(divide(sum, weights), 'the weighted sum');
    }
    case 'score line':
      return wrongScoreLine(step);
    case 'bonus':
      return wrongBonus(step);
    case 'award':
      return undefined;
    case 'pool part':
      return undefined;
    case 'previous':
      return textOf(step) === (parts[0] ? textOf(parts[0]) : null)
        ? undefined
        : 'not the value of the period before';
    case 'each': {
      const numbers = all();
      if (how.function === 'count')
        return is(whole(parts.filter((each) => textOf(each) === 'true').length), 'the count');
      if (!numbers || value === undefined) return undefined;
      if (how.function === 'sum') return is(sumOf(numbers), 'the sum');
      if (how.function === 'average') return is(divide(sumOf(numbers), whole(numbers.length)), 'the average');
      if (how.function === 'min') return is(numbers.reduce(least), 'the least');
      return how.function === 'max' ? is(numbers.reduce(greatest), 'the greatest') : undefined;
    }
    case 'streak':
      return value === undefined
        ? undefined
        : is(whole(parts.filter((each) => textOf(each) === 'true').length), 'the run');
    case 'rank':
      return undefined;
    case 'total':
      return value === undefined ? undefined : is(sumOf(all() ?? [], how.rest), 'the total');
    default:
      return how satisfies never;
  }
}

export function sumOf(values: readonly Exact[], rest?: RestOfSum): Exact {
  const listed = values.reduce(add, ZERO);
  return rest ? add(listed, exact(rest.value.value!)) : listed;
}

export interface Checking {
  readonly values: readonly (Exact | undefined)[];
  readonly is: (expected: Exact | undefined, why: string) => string | undefined;
}

const ROUNDINGS = {
  round: 'half up',
  'round half even': 'half even',
  'round down': 'down',
  floor: 'floor',
  ceil: 'ceil',
} as const;

function wrongOperation(step: Step, name: string, { values, is }: Checking): string | undefined {
  const [a, b] = values;
  const there = values.filter((each) => each !== undefined);
  const isWhole = there.length === values.length;
  const truth = (holds: boolean): string | undefined =>
    textOf(step) === String(holds) ? undefined : `it is ${holds}, and it says ${textOf(step)}`;
  switch (name) {
    case '*':
      return is(isWhole ? there.reduce(multiply, ONE) : undefined, 'the product');
    case '+':
      return is(isWhole ? there.reduce(add, ZERO) : undefined, 'the sum');
    case '-':
      return is(a && b && subtract(a, b), 'the difference');
    case '/':
    case 'average':
      return is(a && b && (isZero(b) ? undefined : divide(a, b)), 'the quotient');
    case 'median':
      return is(a && b && divide(add(a, b), whole(2)), 'the middle');
    case 'min':
      return step.parts.some((each) => each.value === 'top')
        ? undefined
        : is(isWhole ? there.reduce(least) : undefined, 'the least');
    case 'max':
      return step.parts.some((each) => each.value === 'top')
        ? undefined
        : is(isWhole ? there.reduce(greatest) : undefined, 'the greatest');
    case 'round':
    case 'round half even':
    case 'round down':
    case 'floor':
    case 'ceil':
      return is(a && b && roundTo(a, b, ROUNDINGS[name]), 'rounded');
    case 'abs':
      return is(a && (compare(a, ZERO) < 0 ? subtract(ZERO, a) : a), 'without its sign');
    case 'minus':
      return is(a && subtract(ZERO, a), 'turned');
    // of words and dates
    case 'word place':
    case 'word step':
    case 'convert':
    case 'months later':
    case 'moment':
    case 'period start':
    case 'working time':
    case 'days between':
    case 'time between':
    case 'later':
    case 'later moment':
      return undefined;
    case '<':
      return a && b && truth(compare(a, b) < 0);
    case '<=':
      return a && b && truth(compare(a, b) <= 0);
    case '>':
      return a && b && truth(compare(a, b) > 0);
    case '>=':
      return a && b && truth(compare(a, b) >= 0);
    case 'is':
      return a && b ? truth(equals(a, b)) : undefined;
    case 'is not':
      return a && b ? truth(!equals(a, b)) : undefined;
    case 'and':
      return step.parts.every((each) => textOf(each) !== null)
        ? truth(step.parts.every((each) => textOf(each) === 'true'))
        : undefined;
    case 'or':
      return step.parts.every((each) => textOf(each) !== null)
        ? truth(step.parts.some((each) => textOf(each) === 'true'))
        : undefined;
    case 'not':
      return truth(textOf(step.parts[0]!) === 'false');
    case 'exists':
      return truth(textOf(step.parts[0]!) !== null);
    default:
      return `nothing is known of \`${name}\``;
  }
}

function wrongRows({ value, how, rows }: Step): string | undefined {
  if (how.kind !== 'rows' || !rows) return undefined;
  if (rows.count !== rows.rows.length + (rows.rest?.count ?? 0)) return 'the rows are not as many as it says';
  const said = value === 'top' ? null : value.value;
  const taken = rows.rows.filter((each) => each.taken);
  switch (how.aggregate) {
    case 'sum':
    case 'count':
    case 'distinct': {
      for (const each of rows.rows) {
        const adds =
          how.aggregate === 'sum' ? multiply(exact(each.value.value!), exact(each.share)) : exact(each.share);
        if (how.aggregate !== 'distinct' && !equals(adds, exact(each.adds!.value!)))
          return `row ${each.key} does not add its value by its share`;
      }
      const sum = sumOf(
        rows.rows.map((each) => exact(each.adds!.value!)),
        rows.rest,
      );
      return equals(sum, exact(said!))
        ? undefined
        : `the rows come to ${exactText(sum)}, and it says ${said}`;
    }
    default:
      if (how.each !== undefined) {
        const sum = sumOf(taken.map((each) => exact(each.value.value!)));
        return taken.length === 0 || equals(sum, exact(said!))
          ? undefined
          : 'not the sum of the rows that are taken';
      }
      return taken.every((each) => each.value.value === said)
        ? undefined
        : 'not the value of the row that is taken';
  }
}
