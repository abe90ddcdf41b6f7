// One row of what a line of the policy paid, and why it is what it is.

import type { FigureValue, KpiLine, PayLine } from '../../../src/browser-figures.ts';

/** What one person has of a line of the policy. */
export interface PaidRow {
  readonly person: string;
  readonly name: string;
  readonly role?: string;
  /** Money. */
  readonly amount?: string;
  /** What was read, measured, expected or reached. */
  readonly value?: FigureValue | 'top';
  /** Beside the value: its target, what it was rated at, what it scored. */
  readonly beside?: FigureValue | 'top';
  readonly status?: KpiLine['status'];
  readonly note?: PaidNote;
  /** The bonus, row or prize that it is part of. */
  readonly of?: string;
}

/** Why a row is what it is. */
export type PaidNote =
  | 'gate'
  | 'condition'
  | 'cap'
  | 'not paid'
  | 'passed'
  | 'failed'
  | 'does not apply'
  | 'won'
  | 'not won';

/** A row without whose it is. */
export type Part = Omit<PaidRow, 'person' | 'name' | 'role'>;

/** Why a line of pay isn't more. */
export function noteOf({ because = [] }: PayLine): PaidNote | undefined {
  const kinds = because.map((each) => each.kind);
  if (kinds.includes('gate')) return 'gate';
  if (kinds.includes('condition')) return 'condition';
  if (kinds.includes('absent') || kinds.includes('left') || kinds.includes('forfeited')) return 'not paid';
  return kinds.includes('cap') ? 'cap' : undefined;
}
