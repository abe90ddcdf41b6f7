// What a role or bonus pays in all, over the roles that take it over.

import { add, exact, ZERO } from '../base/exact.ts';
import { lineageOf } from '../check/credit.ts';
import type { Project } from './project.ts';
import { type KnownFigure, type KnownValues, knownMoney } from './values.ts';

/** How many people are paid, how much in all, and what the chosen person is. */
export interface Paid {
  readonly people: number;
  readonly total: KnownFigure;
  readonly person?: KnownFigure;
}

/** What a bonus pays by this line of it: roles that extend the role have it too, unless they have one of that name. */
export function paidByBonus(
  project: Project,
  values: KnownValues,
  { role, name }: { readonly role: string; readonly name: string },
): Paid | undefined {
  const lines = values.pay.filter(
    (each) => each.kind === 'bonus' && each.name === name && homeOf(project, each.role, name) === role,
  );
  return together(lines, values.currency);
}

/** What people in a role are paid by it; those in roles that extend it aren't among them. */
export function paidByRole(values: KnownValues, role: string): Paid | undefined {
  return together(
    values.roles.filter((each) => each.role === role),
    values.currency,
  );
}

/** What an award pays in money. */
export function paidByAward(values: KnownValues, name: string): Paid | undefined {
  return together(
    values.pay.filter((each) => each.kind === 'award' && each.name === name),
    values.currency,
  );
}

/** The role whose line a bonus of another role is. */
function homeOf({ checking }: Project, role: string, bonus: string): string | undefined {
  if (!checking) return undefined;
  const { roles } = checking.declared;
  return lineageOf(checking, role).find((each) =>
    roles.get(each)?.bonuses.some(({ name }) => name.text === bonus),
  );
}

function together(
  parts: readonly (Paid & { readonly several: readonly string[] })[],
  currency: string,
): Paid | undefined {
  if (parts.length === 0) return undefined;
  const sum = (figures: readonly KnownFigure[]): KnownFigure =>
    knownMoney(
      figures.reduce((total, { value }) => add(total, exact(value ?? '0')), ZERO),
      currency,
    );
  const own = parts.flatMap(({ person }) => person ?? []);
  // who is paid in two roles is one person
  const single = parts.reduce((count, { people, several }) => count + people - several.length, 0);
  return {
    people: single + new Set(parts.flatMap(({ several }) => several)).size,
    total: sum(parts.map(({ total }) => total)),
    ...(own.length > 0 && { person: sum(own) }),
  };
}
