// What keeps a test from being worked out, in words.

import type { Diagnostic } from '../base/diagnostic.ts';
import type { Span } from '../base/source.ts';

function fault(code: string, span: Span, message: string, help: string): Diagnostic {
  return { code, severity: 'error', message, span, help };
}

/** A row that belongs to no period, or a table's that can't be found. */
export function rowWithout(span: Span, cell: string, why: string): Diagnostic {
  const field = cell.split('.').at(-1);
  return fault(
    'M4002',
    span,
    `this row doesn't say its \`${cell}\`, ${why}`,
    `give the row its \`${field}\``,
  );
}

/** A formula needs what a row leaves out: said at the expectation, with the row beside. */
export function neededCell(shortfall: Diagnostic, condition: Span, row: Span | undefined): Diagnostic {
  const { data: _, ...rest } = shortfall;
  return {
    ...rest,
    span: condition,
    label: 'needed for this',
    ...(row ? { related: [{ span: row, message: "this row doesn't say it" }] } : {}),
  };
}

/** One value for each role that the person holds in the period, and nothing says which is meant. */
export function severalRoles(
  span: Span,
  shown: string,
  values: readonly { readonly role: string; readonly value: string }[],
): Diagnostic {
  const each = values.map(({ role, value }) => `${value} as ${role}`).join(', ');
  return fault(
    'M4003',
    span,
    `\`${shown}\` is not one value here: ${each}`,
    'expect bonuses or `pay`, which are added up, or test the roles with two people',
  );
}

/** Nothing of a role can be expected of one who holds none. */
export function noRoleThen(span: Span, person: string, period: string): Diagnostic {
  return fault(
    'M4004',
    span,
    `\`${person}\` holds no role in ${period}`,
    'only `pay`, `earned`, `points`, awards, levels and pools can be expected of who holds none',
  );
}

/** A bonus of none of the roles that the person holds in the period. */
export function noSuchBonus(
  span: Span,
  bonus: string,
  whose: { readonly person: string; readonly period: string; readonly roles: readonly string[] },
): Diagnostic {
  const { person, period, roles } = whose;
  return fault(
    'M4005',
    span,
    `\`${bonus}\` is no bonus of what \`${person}\` is in ${period}: ${roles.join(', ')}`,
    'expect it in a period in which the person holds a role that has it',
  );
}

/** An amount in one currency in a row that names another. */
export function otherCurrency(span: Span, amount: string, row: string): Diagnostic {
  return fault(
    'M4006',
    span,
    `this is an amount in ${amount}, and the row says that its currency is ${row}`,
    "write the same currency in both, or leave the row's own out",
  );
}
