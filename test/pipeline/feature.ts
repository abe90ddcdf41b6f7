// What a feature of the language adds to a generated policy, and what features are written with.

import type { Draw } from '../backend/draw.ts';
import type {
  BlockParts,
  BoundParts,
  ClauseParts,
  EntryParts,
  Fields,
  KpiParts,
  OverrideParts,
  TargetParts,
} from './policy-parts.ts';

/** What features look at. */
export interface FeatureWorld {
  readonly draw: Draw;
  /** The policy's period. */
  readonly period: string;
  /** Longer grains that whole periods make up. */
  readonly longer: readonly string[];
}

/** What a feature adds; `paid` is worth something where it was at work, and names itself as SELF. */
export interface Added {
  readonly paid: string;
  readonly kpis?: readonly KpiParts[];
  readonly lets?: readonly { readonly name: string; readonly value: string; readonly per?: string }[];
  readonly dealComputed?: Fields;
  readonly paymentComputed?: Fields;
  readonly callComputed?: Fields;
  /** Lines of credit beside those of deals. */
  readonly extraCredit?: readonly string[];
  readonly rates?: readonly EntryParts[];
  readonly curves?: readonly EntryParts[];
  readonly amounts?: readonly Omit<EntryParts, 'kind'>[];
  readonly grids?: readonly {
    readonly name: string;
    readonly by: string;
    readonly columns: string;
    readonly rows: Fields;
  }[];
  readonly targets?: readonly TargetParts[];
  readonly ramp?: string;
  readonly prorate?: string;
  readonly overrides?: readonly OverrideParts[];
  /** What the bonus says of days, where it must. */
  readonly prorated?: boolean;
  readonly per?: string;
  /** Deals say when they became known. */
  readonly known?: true;
  /** Further clauses of the bonus: its key in YAML, and what the text writes. */
  readonly clauses?: readonly ClauseParts[];
  /** Lines of the role that has the bonus, and of the policy. */
  readonly bounds?: readonly BoundParts[];
  readonly ofPolicy?: readonly BoundParts[];
  readonly blocks?: readonly BlockParts[];
}

export type Feature = (world: FeatureWorld) => Added;

export const kpi = (name: string, value: string, more: Partial<KpiParts> = {}): KpiParts => ({
  name,
  lower: false,
  value,
  ...more,
});

export const money = (draw: Draw): string => `${draw.int(1, 900)} RUB`;

/** A window whose parts are periods of the policy. */
export function ofPeriods({ draw, period }: FeatureWorld): string {
  if (period === 'week') return `trailing ${draw.int(2, 4)} weeks`;
  if (period === 'quarter') return draw.pick(['ytd', 'trailing 2 quarters']);
  return draw.pick(['ytd', 'trailing 3 months']);
}
