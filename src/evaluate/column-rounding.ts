// Rounding of columns to whole numbers of steps. What lies so near to where it turns that the bound of its error doesn't
// decide is left to the exact way; so is every exact half that is only known by doubles.

import { type Exact, type RoundingMode, roundTo } from '../base/exact.ts';
import {
  asRatio,
  doubles,
  exactlyOnce,
  marks,
  type NearColumn,
  type NumberColumn,
  near,
  nearest,
  type RatioColumn,
  SAFE,
  type SomeExact,
  UNIT,
  type WholeColumn,
  WIDER,
  type Work,
} from './columns.ts';

/** How many steps each cell comes to, and (1) where doubles don't tell. */
export interface Steps {
  readonly steps: Float64Array;
  readonly untold?: Uint8Array;
}

export function stepsOf(
  work: Work,
  column: NumberColumn,
  { mode, step }: { readonly mode: RoundingMode; readonly step: Exact },
): Steps {
  const { num: stepNum, den: stepDen } = step;
  const exactly = (of: SomeExact | RatioColumn): Float64Array | undefined => {
    if (typeof stepNum !== 'number' || typeof stepDen !== 'number') return undefined;
    if (of.most * stepDen + of.mostDen * stepNum * 2 > SAFE) return undefined;
    return exactSteps(work, mode, { num: of.num, den: of.den, up: stepDen, down: stepNum });
  };
  if (column.kind !== 'near') {
    const steps = exactly(asRatio(column)!);
    if (steps) return { steps };
  }
  const found = nearSteps(work, mode, { column: near(work, column), step });
  const some = column.kind === 'near' ? column.some : undefined;
  const ofSome = some && exactly(some);
  return ofSome ? told(work, found, { steps: ofSome, known: some.known }) : found;
}

/** Steps by doubles, and by the fractions that are known. */
function told(
  work: Work,
  found: Required<Steps>,
  exact: { readonly steps: Float64Array; readonly known: Uint8Array },
): Steps {
  const steps = doubles();
  const untold = marks();
  work.steps.push((count) => {
    for (let at = 0; at < count; at++) {
      const isKnown = exact.known[at] === 1;
      steps[at] = isKnown ? exact.steps[at]! : found.steps[at]!;
      untold[at] = isKnown ? 0 : found.untold[at]!;
    }
  });
  return { steps, untold };
}

/** A column in steps of its rounding. */
export function roundColumn(
  work: Work,
  column: NumberColumn,
  rounding: { readonly mode: RoundingMode; readonly step: Exact },
): WholeColumn | undefined {
  const { num, den } = rounding.step;
  if (typeof num !== 'number' || typeof den !== 'number') return undefined;
  const { steps, untold } = stepsOf(work, column, rounding);
  const { undecided } = work;
  // what is larger is left to the exact way, so that the bound holds
  const limit = Math.floor(SAFE / num);
  const found = doubles();
  work.steps.push((count) => {
    for (let at = 0; at < count; at++) {
      const safe = Math.abs(steps[at]!) <= limit;
      if (!safe || untold?.[at] === 1) undecided[at] = 1;
      found[at] = safe ? steps[at]! * num : 0;
    }
  });
  const { missing } = column;
  const exactly = exactlyOnce((cell) => {
    const value = column.exactly(cell);
    return value && roundTo(value as Exact, rounding.step, rounding.mode);
  });
  return { kind: 'whole', num: found, den, most: limit * num, exactly, ...(missing ? { missing } : {}) };
}

function exactSteps(
  work: Work,
  mode: RoundingMode,
  of: { readonly num: Float64Array; readonly den: Float64Array; readonly up: number; readonly down: number },
): Float64Array {
  const { num, den, up, down } = of;
  const found = doubles();
  const halfUp = mode === 'half up';
  work.steps.push((count) => {
    for (let at = 0; at < count; at++) {
      const top = num[at]! * up;
      const bottom = den[at]! * down;
      let steps = Math.floor(top / bottom);
      let rest = top - steps * bottom;
      // the quotient was rounded itself
      if (rest < 0) {
        steps -= 1;
        rest += bottom;
      } else if (rest >= bottom) {
        steps += 1;
        rest -= bottom;
      }
      if (halfUp) steps += rest * 2 > bottom || (rest * 2 === bottom && top > 0) ? 1 : 0;
      else if (rest !== 0) steps += upwards(mode, { top, steps, rest, bottom });
      found[at] = steps;
    }
  });
  return found;
}

function upwards(
  mode: RoundingMode,
  at: { readonly top: number; readonly steps: number; readonly rest: number; readonly bottom: number },
): number {
  const { top, steps, rest, bottom } = at;
  switch (mode) {
    case 'floor':
      return 0;
    case 'ceil':
      return 1;
    case 'down':
      return top < 0 ? 1 : 0;
    case 'half up':
      return rest * 2 > bottom || (rest * 2 === bottom && top > 0) ? 1 : 0;
    case 'half even':
      return rest * 2 > bottom || (rest * 2 === bottom && steps % 2 !== 0) ? 1 : 0;
    default:
      return mode satisfies never;
  }
}

function nearSteps(
  work: Work,
  mode: RoundingMode,
  { column, step }: { readonly column: NearColumn; readonly step: Exact },
): Required<Steps> {
  const { value, error } = column;
  const by = nearest({ num: step.den, den: step.num });
  const ofBy = step.num === 1 ? 0 : by * 2 * UNIT;
  const found = doubles();
  const untold = marks();
  const shift = mode === 'half up' || mode === 'half even' ? 0.5 : 0;
  const signed = mode === 'floor' || mode === 'ceil';
  work.steps.push((count) => {
    for (let at = 0; at < count; at++) {
      const amount = value[at]! * by;
      const size = signed ? amount : Math.abs(amount);
      let bound = error[at]! * by * WIDER + Math.abs(value[at]!) * ofBy * WIDER + Math.abs(amount) * 5 * UNIT;
      // whole numbers of safe size are multiplied exactly
      if (error[at] === 0 && ofBy === 0 && Math.floor(value[at]!) === value[at]) bound = 0;
      const turn = mode === 'ceil' ? Math.ceil : Math.floor;
      const low = turn(size - bound + shift);
      const high = turn(size + bound + shift);
      untold[at] =
        low !== high || !(Math.abs(low) <= SAFE) || (bound === 0 && shift !== 0 && isHalf(size)) ? 1 : 0;
      found[at] = signed || amount >= 0 ? low : -low;
    }
  });
  return { steps: found, untold };
}

function isHalf(size: number): boolean {
  return size - Math.floor(size) === 0.5;
}
