// A policy that amends another: the files of both as one list of declarations. What the amending files declare again
// takes the place of what it amends; a role and the policy itself are taken line by line.

import type { Diagnostic } from '../base/diagnostic.ts';
import type * as ast from '../syntax/ast.ts';
import type * as astPolicy from '../syntax/ast-policy.ts';
import type * as astRoles from '../syntax/ast-roles.ts';
import { sameFile } from '../syntax/paths.ts';
import * as messages from './messages.ts';

/** Declarations of all files, amendments applied. */
export function amendedDeclarations(files: readonly astPolicy.PolicyFile[]): {
  readonly declarations: readonly astPolicy.Declaration[];
  readonly diagnostics: readonly Diagnostic[];
} {
  const diagnostics: Diagnostic[] = [];
  const fileOf = ({ text, span }: ast.Name) => files.find((file) => sameFile(file.source, span.source, text));
  const ranks = ranksOf(files, fileOf, diagnostics);
  const last = Math.max(0, ...ranks.values());
  let declarations: readonly astPolicy.Declaration[] = [];
  for (let rank = 0; rank <= last; rank++) {
    const added = files.filter((file) => ranks.get(file) === rank).flatMap((file) => file.declarations);
    declarations = rank === 0 ? added : amend(declarations, added);
  }
  return { declarations, diagnostics };
}

/** What a policy that amends others stands on: the files of each policy below it, the lowest first. */
export function amendedFiles(
  files: readonly astPolicy.PolicyFile[],
): readonly (readonly astPolicy.PolicyFile[])[] {
  const fileOf = ({ text, span }: ast.Name) => files.find((file) => sameFile(file.source, span.source, text));
  const ranks = ranksOf(files, fileOf, []);
  const last = Math.max(0, ...ranks.values());
  return Array.from({ length: last }, (_, most) => files.filter((file) => (ranks.get(file) ?? 0) <= most));
}

/** How many amendments lie under each file: 0 for the base and what it imports, 1 for what amends it, and so on. */
function ranksOf(
  files: readonly astPolicy.PolicyFile[],
  fileOf: (path: ast.Name) => astPolicy.PolicyFile | undefined,
  diagnostics: Diagnostic[],
): ReadonlyMap<astPolicy.PolicyFile, number> {
  const ranks = new Map<astPolicy.PolicyFile, number>();
  const amends = (file: astPolicy.PolicyFile): ast.Name | undefined =>
    file.declarations.find((each) => each.kind === 'policy')?.amends;
  for (const file of files) {
    let rank = 0;
    const way = [file];
    for (let path = amends(file); path !== undefined; rank++) {
      const next = fileOf(path);
      if (!next) break;
      if (way.includes(next)) {
        diagnostics.push(messages.amendsItself(path.span));
        break;
      }
      way.push(next);
      path = amends(next);
    }
    if (file.declarations.some((each) => each.kind === 'policy')) ranks.set(file, rank);
  }
  // what a file imports is part of it; of a file that several import, the lowest decides
  const reached = [...ranks].sort((a, b) => a[1] - b[1]);
  for (const [file, rank] of reached) {
    for (const each of file.declarations) {
      const imported = each.kind === 'import' ? fileOf(each.path) : undefined;
      if (!imported || ranks.has(imported)) continue;
      ranks.set(imported, rank);
      reached.push([imported, rank]);
    }
  }
  for (const file of files) if (!ranks.has(file)) ranks.set(file, 0);
  return ranks;
}

function amend(
  base: readonly astPolicy.Declaration[],
  changes: readonly astPolicy.Declaration[],
): readonly astPolicy.Declaration[] {
  const declarations = [...base];
  for (const change of changes) {
    const key = keyOf(change);
    const at = key === undefined ? -1 : declarations.findIndex((each) => keyOf(each) === key);
    if (at < 0) declarations.push(change);
    else declarations[at] = together(declarations[at]!, change);
  }
  return declarations;
}

/** What a declaration is known by; `undefined` for those that only add. */
function keyOf(declaration: astPolicy.Declaration): string | undefined {
  switch (declaration.kind) {
    case 'policy':
    case 'person':
      return declaration.kind;
    case 'import':
    case 'for':
      return undefined;
    default:
      return `${declaration.kind} ${declaration.name.text}`;
  }
}

function together(before: astPolicy.Declaration, change: astPolicy.Declaration): astPolicy.Declaration {
  if (before.kind === 'role' && change.kind === 'role') return amendedRole(before, change);
  if (before.kind === 'policy' && change.kind === 'policy') return amendedPolicy(before, change);
  return change;
}

/** Targets and gates are added (a later target wins over an earlier one); bonuses are replaced by name. */
function amendedRole(
  before: astRoles.RoleDeclaration,
  change: astRoles.RoleDeclaration,
): astRoles.RoleDeclaration {
  const named = new Map(change.bonuses.map((each) => [each.name.text, each]));
  const kept = before.bonuses.map((each) => named.get(each.name.text) ?? each);
  const added = change.bonuses.filter(
    (each) => !before.bonuses.some((old) => old.name.text === each.name.text),
  );
  return {
    ...before,
    ...change,
    targets: [...before.targets, ...change.targets],
    gates: [...before.gates, ...change.gates],
    bonuses: [...kept, ...added],
    caps: orBefore(change.caps, before.caps),
    floors: orBefore(change.floors, before.floors),
    draws: orBefore(change.draws, before.draws),
  };
}

function amendedPolicy(
  before: astPolicy.PolicyDeclaration,
  change: astPolicy.PolicyDeclaration,
): astPolicy.PolicyDeclaration {
  const { amends: _, ...rest } = change;
  return {
    ...before,
    ...rest,
    reports: [...before.reports, ...change.reports],
    gates: [...before.gates, ...change.gates],
    caps: orBefore(change.caps, before.caps),
    floors: orBefore(change.floors, before.floors),
    draws: orBefore(change.draws, before.draws),
  };
}

function orBefore<T>(changed: readonly T[], before: readonly T[]): readonly T[] {
  return changed.length > 0 ? changed : before;
}
