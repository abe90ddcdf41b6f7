// An amount in parts that come to it to the cent: what is left over of each part decides who gets the cents left over.

import { InternalError } from './diagnostic.ts';
import { add, compare, divide, type Exact, multiply, roundTo, subtract, whole, ZERO } from './exact.ts';

/**
 * The parts as multiples of the step that come to the total, which is one. Each part is cut down to a step; steps left
 * over go to the largest remainder first, ties by order. Parts that come to another sum share the difference alike.
 */
export function splitTo(total: Exact, parts: readonly Exact[], step: Exact): readonly Exact[] {
  if (parts.length === 0) return [];
  const cut = parts.map((part, at) => {
    const floor = roundTo(part, step, 'floor');
    return { at, floor, rest: subtract(part, floor) };
  });
  const left = divide(subtract(total, cut.map((each) => each.floor).reduce(add, ZERO)), step);
  if (!left || Number(left.den) !== 1) throw new InternalError('an amount that is no multiple of its step');
  const count = BigInt(left.num);
  const size = BigInt(parts.length);
  // whole numbers are cut towards zero, and a negative difference is taken from everybody first
  const each = (count - (((count % size) + size) % size)) / size;
  const more = Number(count - each * size);
  const larger = cut.toSorted((a, b) => compare(b.rest, a.rest) || a.at - b.at).slice(0, more);
  const lucky = new Set(larger.map(({ at }) => at));
  return cut.map(({ floor, at }) => add(floor, multiply(step, whole(each + (lucky.has(at) ? 1n : 0n)))));
}
