// The one function table, by name.

import { InternalError } from '../base/diagnostic.ts';
import type { AggregateFunction } from './aggregate.ts';
import { AGGREGATES } from './aggregate.ts';
import type { LibraryFunction } from './function.ts';
import { OPERATORS } from './operator.ts';
import { FUNCTIONS } from './scalar.ts';

const functions: ReadonlyMap<string, LibraryFunction> = new Map(
  [...OPERATORS, ...FUNCTIONS].map((each) => [each.name, each]),
);
const aggregates: ReadonlyMap<string, AggregateFunction> = new Map(
  AGGREGATES.map((each) => [each.name, each]),
);

/** The function or operator of that name, which must be in the table. */
export function libraryFunction(name: string): LibraryFunction {
  const found = functions.get(name);
  if (!found) throw new InternalError(`no such function: ${name}`);
  return found;
}

export function findFunction(name: string): LibraryFunction | undefined {
  const found = functions.get(name);
  return found?.kind === 'function' ? found : undefined;
}

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
