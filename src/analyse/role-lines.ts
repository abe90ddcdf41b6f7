// Lines of roles, which roles inherit: what is said of one must hold in every role that has it.

import type { Diagnostic } from '../base/diagnostic.ts';
import type { Span } from '../base/source.ts';
import type { Model, Role } from '../model/policy.ts';
import { placeKey } from './reading.ts';

interface Line {
  readonly span: Span;
}

/** What `judge` finds in a line, where it finds the same in each role that has the line. */
export function inEveryRole<T extends Line>(
  model: Model,
  linesOf: (role: Role) => readonly T[],
  judge: (role: Role, line: T) => readonly Diagnostic[],
): readonly Diagnostic[] {
  const found = new Map<string, (readonly Diagnostic[])[]>();
  for (const role of model.roles)
    for (const line of linesOf(role)) {
      const key = placeKey(line.span);
      const diagnostics = judge(role, line);
      const others = found.get(key);
      if (others) others.push(diagnostics);
      else found.set(key, [diagnostics]);
    }
  return [...found.values()].flatMap(([first, ...others]) =>
    first!.filter((each) => others.every((other) => other.some((same) => isSame(each, same)))),
  );
}

function isSame(a: Diagnostic, b: Diagnostic): boolean {
  return a.code === b.code && placeKey(a.span!) === placeKey(b.span!);
}

/** The lines that a role says itself. */
export function ownLines<T extends Line>(
  model: Model,
  role: Role,
  linesOf: (role: Role) => readonly T[],
): readonly T[] {
  const inherited = new Set(
    model.roles
      .filter((each) => each.name !== role.name && role.lineage.includes(each.name))
      .flatMap((each) => linesOf(each).map(({ span }) => placeKey(span))),
  );
  return linesOf(role).filter(({ span }) => !inherited.has(placeKey(span)));
}
