// A result in which what the later version calls otherwise is called so, that its lines can stand beside the later ones.

import type { Result, RoleStatement, Statement } from '../model/result.ts';
import type { Renames } from './meaning.ts';

/** The result with its roles, lines, KPIs and awards called as `renames` says. */
export function called(result: Result, renames: Renames): Result {
  if (renames.size === 0) return result;
  const name = (text: string) => renames.get(text) ?? text;
  const lineOf = <L extends { readonly name: string; readonly role?: string }>(line: L): L => ({
    ...line,
    name: name(line.name),
    ...(line.role !== undefined && { role: name(line.role) }),
  });
  const measured = <M extends Pick<RoleStatement, 'kpis'>>(each: M): M => ({
    ...each,
    kpis: each.kpis.map((line) => ({ ...line, kpi: name(line.kpi) })),
  });
  const roleOf = (each: RoleStatement): RoleStatement => ({
    ...measured(each),
    role: name(each.role),
    lines: each.lines.map(lineOf),
    ...(each.longer && { longer: each.longer.map(measured) }),
  });
  const statements = result.statements.map(
    (each): Statement => ({
      ...each,
      roles: each.roles.map(roleOf),
      ...(each.lines && { lines: each.lines.map(lineOf) }),
      ...(each.awards && {
        awards: each.awards.map((line) => ({ ...line, award: name(line.award), role: name(line.role) })),
      }),
      ...(each.levels && { levels: each.levels.map((line) => ({ ...line, level: name(line.level) })) }),
    }),
  );
  return { ...result, statements };
}
