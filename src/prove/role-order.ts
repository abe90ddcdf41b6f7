// Roles with what they extend first, so that an inherited line is met where it is written.

import type { Model, Role } from '../model/policy.ts';

export function rolesInOrder({ roles }: Model): readonly Role[] {
  const found = new Set<Role>();
  const visit = (role: Role): void => {
    for (const name of role.lineage.slice(1).reverse()) {
      const base = roles.find((each) => each.name === name);
      if (base) found.add(base);
    }
    found.add(role);
  };
  roles.forEach(visit);
  return [...found];
}
