// The one function table, by name.

import { InternalError } from '../base/diagnostic.ts';
import type { LibraryFunction } from './function.ts';
import { OPERATORS } from './operator.ts';
import { FUNCTIONS } from './scalar.ts';

const functions: ReadonlyMap<string, LibraryFunction> = new Map(
  [...OPERATORS, ...FUNCTIONS].map((each) => [each.name, each]),
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
