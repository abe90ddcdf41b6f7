// The declarations of a file that values are said beside: KPIs, values, roles with their bonuses, awards, tests.

import type * as ast from '../syntax/ast.ts';
import type { Declaration } from '../syntax/ast-policy.ts';
import type { Bonus, RoleDeclaration } from '../syntax/ast-roles.ts';
import type { Project } from './project.ts';

/** All declarations of a file as it could be read. */
export function declarationsIn(project: Project, file: string): readonly Declaration[] {
  return project.files.get(file)?.value.declarations ?? [];
}

/** A declaration that has a name which values are known by. */
export type Valued =
  | { readonly kind: 'kpi' | 'award' | 'test'; readonly name: ast.Name }
  | { readonly kind: 'role'; readonly name: ast.Name; readonly role: RoleDeclaration }
  | { readonly kind: 'bonus'; readonly name: ast.Name; readonly role: string; readonly bonus: Bonus };

/** What values are known by in a file, in the order of the text. */
export function valuedIn(project: Project, file: string): readonly Valued[] {
  const all = declarationsIn(project, file).flatMap((each): readonly Valued[] => {
    switch (each.kind) {
      case 'kpi':
      case 'award':
      case 'test':
        return [{ kind: each.kind, name: each.name }];
      case 'role':
        return [
          { kind: 'role', name: each.name, role: each },
          ...each.bonuses.map(
            (bonus): Valued => ({ kind: 'bonus', name: bonus.name, role: each.name.text, bonus }),
          ),
        ];
      default:
        return [];
    }
  });
  return all.toSorted((a, b) => a.name.span.start - b.name.span.start);
}
