// A generated policy as a structure that both forms are printed from.

import type { Added } from './feature.ts';

export interface PolicyParts {
  readonly head: readonly (readonly [word: string, value: string])[];
  readonly calendars: readonly {
    readonly name: string;
    readonly work: readonly string[];
    readonly holidays: readonly string[];
    readonly year?: string;
    readonly quarters?: string;
  }[];
  readonly reports: readonly string[];
  readonly person: Fields;
  readonly events: readonly {
    readonly name: string;
    readonly since: string;
    readonly fields: Fields;
    readonly computed: Fields;
  }[];
  readonly tables: readonly { readonly name: string; readonly fields: Fields }[];
  readonly credits: readonly { readonly event: string; readonly lines: readonly string[] }[];
  readonly kpis: readonly KpiParts[];
  readonly lets: NonNullable<Added['lets']>;
  readonly curves: readonly EntryParts[];
  readonly rates: readonly EntryParts[];
  readonly amounts: NonNullable<Added['amounts']>;
  readonly grids: NonNullable<Added['grids']>;
  readonly roles: readonly RoleParts[];
  readonly overrides: readonly OverrideParts[];
  readonly bounds: readonly BoundParts[];
  readonly blocks: readonly BlockParts[];
}

export type Fields = readonly (readonly [name: string, written: string])[];

export interface KpiParts {
  readonly name: string;
  readonly kind?: 'outcome' | 'operational';
  readonly lower: boolean;
  readonly value: string;
  readonly attainment?: string;
  readonly status?: string;
}

/** A curve or a table of rates. */
export interface EntryParts {
  readonly name: string;
  readonly kind: string;
  readonly entries: Fields;
}

export interface RoleParts {
  readonly name: string;
  readonly extends?: string;
  readonly targets: readonly TargetParts[];
  readonly ramp?: string;
  readonly prorate?: string;
  readonly scorecard: Fields;
  readonly gates: readonly { readonly condition: string; readonly when?: string }[];
  readonly bonuses: readonly BonusParts[];
  readonly caps: readonly string[];
  readonly bounds: readonly BoundParts[];
}

/** A cap, a floor or a draw. */
export interface BoundParts {
  readonly kind: 'cap' | 'floor' | 'draw';
  readonly text: string;
}

/** A clause of a bonus, by its key in YAML; the text writes the words of the key first, unless they are the whole. */
export interface ClauseParts {
  readonly key: string;
  readonly text: string;
}

/** An award, a level or a pool. */
export interface BlockParts {
  readonly word: string;
  readonly section: string;
  readonly name: string;
  readonly value?: string;
  readonly entries: Fields;
}

export interface TargetParts {
  readonly kpi: string;
  /** A value, or `within …` and `from …` by themselves. */
  readonly value: string;
  readonly spread?: string;
  readonly addsUp?: true;
  readonly per?: string;
  readonly when?: string;
}

/** Targets of a person or a team. */
export interface OverrideParts {
  readonly person?: string;
  readonly team?: string;
  readonly from?: string;
  readonly until?: string;
  readonly targets: readonly TargetParts[];
}

export interface BonusParts {
  readonly name: string;
  readonly gated: boolean;
  readonly prorated?: boolean;
  readonly per?: string;
  readonly value: string;
  readonly when?: string;
  readonly cap?: string;
  readonly clauses?: readonly ClauseParts[];
}

export const ROLES = ['seller', 'hunter', 'farmer'] as const;
export const REGIONS = ['North', 'South', 'Юг'] as const;
export const CLIENTS = ['A', 'B', 'C', 'Ромашка', 'D "x", y'] as const;
