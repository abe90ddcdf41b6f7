// Whether attainments, lines of scorecards and bonuses come to their values by what they say: the part of `arithmetic.ts`
// that knows what is paid.

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
  type RoundingMode,
  roundTo,
  subtract,
  ZERO,
} from '../../src/base/exact.ts';
import type { Step } from '../../src/model/explanation.ts';
import { type Checking, numberOf, sumOf, textOf } from './arithmetic.ts';

export function wrongAttainment(step: Step, { values, is }: Checking): string | undefined {
  const { how } = step;
  if (how.kind !== 'attainment') return undefined;
  const [actual, target, upTo] = values;
  switch (how.way) {
    case 'actual of target':
      return is(divide(actual!, target!), 'actual / target');
    case 'target of actual':
      if (isZero(actual!)) return step.value === 'top' ? undefined : 'it has no upper end';
      return is(divide(target!, actual!), 'target / actual');
    case 'band':
      return is(
        compare(target!, actual!) <= 0 && compare(actual!, upTo!) <= 0 ? ONE : ZERO,
        'inside the band',
      );
    case 'own':
      return is(values.at(-1), 'its own formula');
    case 'missing':
      return actual && target && !isZero(target) ? 'both are there' : undefined;
    default:
      return how.way satisfies never;
  }
}

/** Between the points of its curve the score lies on the line that joins them. */
export function wrongScoreLine(step: Step): string | undefined {
  const { how, parts } = step;
  if (how.kind !== 'score line') return undefined;
  if (how.score !== textOf(step)) return 'its score is not its value';
  if (how.bound) return how.bound.at === how.score ? undefined : 'its bound is not its value';
  const read = numberOf(parts[0]!);
  if (read === undefined || how.score === null || how.missing) return undefined;
  if (how.curve === undefined) return equals(read, exact(how.score)) ? undefined : 'not what it reads';
  const { from, until, past } = how.on ?? {};
  if (!from || !until || past || from.upTo || until.upTo) return undefined;
  const [x0, x1] = [exact(from.at.value!), exact(until.at.value!)];
  const [y0, y1] = [exact(from.score.value!), exact(until.score.value!)];
  const way = divide(subtract(read, x0), subtract(x1, x0))!;
  const expected = add(y0, multiply(way, subtract(y1, y0)));
  // a curve in steps stays at the point
  return [expected, y0].some((each) => equals(each, exact(how.score!)))
    ? undefined
    : `the curve gives ${exactText(expected)}`;
}

/** formula × days, nothing where something fails, floor and cap, rounded, less what is payable later. */
export function wrongBonus(step: Step): string | undefined {
  const { how, parts } = step;
  if (how.kind !== 'bonus') return undefined;
  const {
    computed,
    share,
    payable,
    earned,
    rounding,
    because,
    later = [],
    perEvent,
    rest,
    counts,
    freed,
  } = how;
  const rows = parts.filter(({ kind }) => kind === 'row');
  const [formula] = parts.filter(({ kind }) => !['row', 'condition', 'gate', 'floor', 'cap'].includes(kind));
  const written =
    perEvent === undefined
      ? formula && numberOf(formula)
      : sumOf(
          rows.map((each) => numberOf(each)!),
          rest,
        );
  const isAbsent = because.some(({ kind }) => kind === 'absent');
  const conditions = parts.filter(({ kind }) => kind === 'condition');
  const open = [...conditions, ...parts.filter(({ kind }) => kind === 'gate')].every(
    (each) => textOf(each) === 'true',
  );
  const isThere = !because.some(({ kind }) => kind === 'left');
  // of a bonus whose condition fails the formula may have no value
  if (written && !isAbsent && !equals(multiply(written, exact(share)), exact(computed)))
    return `formula × days is ${exactText(multiply(written, exact(share)))}, and it says ${computed}`;
  const bound = (kind: string): Exact | undefined => {
    const found = parts.find((each) => each.kind === kind);
    return found && numberOf(found);
  };
  const floor = bound('floor');
  const cap = bound('cap');
  let expected = exact(computed);
  if (floor) expected = greatest(expected, floor);
  if (cap) expected = least(expected, cap);
  if (!open || !isThere) expected = ZERO;
  if (!equals(expected, exact(payable))) return `it comes to ${exactText(expected)}, and it says ${payable}`;
  const rounded = roundTo(exact(payable), exact(rounding.step), rounding.mode as RoundingMode);
  if (!equals(rounded, exact(earned))) return `rounded it is ${exactText(rounded)}, and it says ${earned}`;
  const left = later.reduce((sum, each) => subtract(sum, exact(each.amount)), exact(earned));
  const value = numberOf(step)!;
  if (counts === 'before rounding')
    return equals(value, exact(payable)) ? undefined : 'not what it is before rounding';
  if (counts === 'rounded') return equals(value, exact(earned)) ? undefined : 'not what it is rounded';
  return freed || equals(value, left)
    ? undefined
    : `payable now is ${exactText(left)}, and it says ${textOf(step)}`;
}
