// What a declaration that is being written still lacks, with something that can stand for it: without it the checker
// wouldn't come to the formula that the cursor is in.

import { quoted } from '../syntax/print-expression.ts';
import type { Clause } from '../syntax/shape.ts';
import type { Inside } from './cursor-place.ts';
import type { Project } from './project.ts';

/** The clauses that the declaration must have and hasn't, each with a value. */
export function lackingClauses(
  project: Project,
  { shape, clause: own, said }: Inside,
): readonly (readonly [Clause, string])[] {
  return (shape?.clauses ?? []).flatMap((clause): readonly (readonly [Clause, string])[] => {
    const isThere = clause === own || said?.has(clause.key) || clause.form !== 'line';
    const value = clause.required && !isThere ? standIn(project, clause.key) : undefined;
    return value === undefined ? [] : [[clause, value]];
  });
}

function standIn({ checking }: Project, key: string): string | undefined {
  switch (key) {
    case 'to': {
      const [role] = checking?.declared.roles.keys() ?? [];
      return role === undefined ? undefined : quoted(role);
    }
    case 'gives':
      return `0 ${checking?.currency ?? 'USD'}`;
    case 'when':
      return 'true';
    case 'shared':
      return 'equally';
    case 'value':
      return '0';
    default:
      return undefined;
  }
}
