// What may stand before a bracket: aggregates by name, and all such names for suggestions. Who only works formulas out
// has no need of them.

import { AGGREGATES, type AggregateFunction } from './aggregate.ts';
import { FUNCTIONS } from './scalar.ts';

const aggregates: ReadonlyMap<string, AggregateFunction> = new Map(
  AGGREGATES.map((each) => [each.name, each]),
);

export function findAggregate(name: string): AggregateFunction | undefined {
  return aggregates.get(name);
}

/** What is written like a function and compares people, periods or rows; the checker knows each. */
export const PHRASES = [
  'previous',
  'rank',
  'total',
  'streak',
  'before',
  'exists',
  'convert',
  'working_time',
] as const;

/** Names that may stand before a bracket, for suggestions. */
export const CALLABLE_NAMES: readonly string[] = [
  ...new Set([
    ...AGGREGATES.map((each) => each.name),
    ...FUNCTIONS.map((each) => each.name),
    'attainment',
    'target',
    'nth',
    ...PHRASES,
  ]),
].filter((name) => !name.includes(' '));
