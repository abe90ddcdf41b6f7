// What generated policies of targets are made of, with their people and data: what the third opinion reads.

import type { Calendar, Span } from './oracle-calendars.ts';

export const KPIS = ['revenue', 'check', 'small', 'pace', 'clients'] as const;

/**
 * A sum, an average, a count where lower is better, a count with an attainment of its own (`2 - actual / target`), and a
 * distinct count.
 */
export type KpiName = (typeof KPIS)[number];

export interface Line {
  readonly kpi: KpiName;
  /** A figure, or the row of the table of quotas. */
  readonly value: string;
  /** The upper end of a band. */
  readonly upTo?: string;
  /** Of a line over a longer time: the shares of its parts, in order; one share of the whole: evenly; none: for no part. */
  readonly spread?: { readonly over: 'quarter' | 'year'; readonly shares: readonly string[] };
  readonly region?: string;
  /** Only in the first months in the role, or of service. */
  readonly months?: number;
  readonly service?: number;
}

export interface Override {
  readonly of: 'person' | 'team';
  readonly name: string;
  readonly from?: number;
  readonly last?: number;
  readonly line: Line;
}

/** A line of the scorecard; shares are percents. */
export interface CardLine {
  readonly kpi: KpiName;
  readonly weight: number;
  readonly on?: 'standard' | 'volume';
  readonly cap?: number;
  readonly floor?: number;
  readonly missing: 'counts' | 'spreads';
  /** What is counted, or how much of all weights there has to be. */
  readonly least: number;
}

export const PRORATIONS = ['calendar days', 'working days', 'months', 'none'] as const;

export interface Plan {
  readonly calendar: Calendar;
  readonly begins: number;
  /** From when deals are complete. */
  readonly since: number;
  readonly rounding: { readonly mode: 'half up' | 'half even' | 'down'; readonly step: string };
  readonly prorate: (typeof PRORATIONS)[number];
  /** Percents. */
  readonly ramp: readonly number[];
  readonly seller: readonly Line[];
  readonly hunter: readonly Line[];
  readonly overrides: readonly Override[];
  /** Whether targets of clients add up. */
  readonly addsUp: boolean;
  readonly card: readonly CardLine[];
  readonly holidays: Omit<Span, 'id'>;
}

export type Role = 'seller' | 'hunter' | 'head';

export interface Row {
  readonly id: string;
  readonly role: Role;
  readonly team: string;
  readonly region: string;
  readonly salary: number;
  readonly from: number;
  readonly last: number;
}

export interface Deal {
  readonly id: string;
  readonly day: number;
  readonly who: string;
  readonly client: string;
  readonly amount: string;
}

export interface Away {
  readonly id: string;
  readonly from: number;
  readonly last: number;
}

export interface Quota extends Away {
  readonly revenue: number;
}

export interface Case {
  readonly plan: Plan;
  readonly people: readonly Row[];
  readonly deals: readonly Deal[];
  readonly absences: readonly Away[];
  readonly quotas: readonly Quota[];
}

const known = new WeakMap<Case, Map<string, unknown>>();

/** What is asked again and again of a case, worked out once. */
export function once<T>(one: Case, key: string, make: () => T): T {
  const found = known.get(one) ?? new Map<string, unknown>();
  known.set(one, found);
  if (!found.has(key)) found.set(key, make());
  return found.get(key) as T;
}
