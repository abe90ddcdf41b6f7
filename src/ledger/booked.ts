// How a statement's pay falls apart: what the period itself pays, and what it pays and takes for closed ones.

import { add, type Exact, exact, ZERO } from '../base/exact.ts';
import type { PayLine } from '../model/pay-lines.ts';
import type { Statement } from '../model/result.ts';

/** Kinds of lines that a ledger adds: for closed periods, and for what is owed of them. */
const OF_THE_LEDGER: ReadonlySet<PayLine['kind']> = new Set<PayLine['kind']>([
  'adjustment',
  'offset',
  'owed',
  'carried',
]);

/** Whether a line is there because of closed periods. */
export function isOfLedger({ kind }: Pick<PayLine, 'kind'>): boolean {
  return OF_THE_LEDGER.has(kind);
}

/** All lines of a statement, those of its roles first. */
export function linesOf({ roles, lines = [] }: Statement): readonly (PayLine & { readonly role?: string })[] {
  return [...roles.flatMap(({ role, lines: own }) => own.map((line) => ({ ...line, role }))), ...lines];
}

/** What the statement pays and takes because of closed periods. */
export function adjustedIn(statement: Statement): Exact {
  return sumOf((statement.lines ?? []).filter(isOfLedger));
}

/** The sum of lines. */
export function sumOf(lines: readonly { readonly amount: string }[]): Exact {
  return lines.reduce((sum, { amount }) => add(sum, exact(amount)), ZERO);
}
