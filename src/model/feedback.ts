// What a person is told beside a statement: how it goes against targets and earlier periods, what went well, what costs
// most, and what to do next. Plain data that JSON can hold.

import type { FigureValue } from './inputs.ts';
import type { NextStep, Worth } from './seek.ts';

export interface Feedback {
  readonly formatVersion: 1;
  readonly policy: { readonly name: string; readonly title?: string; readonly currency: string };
  readonly person: string;
  readonly name: string;
  /** Of several roles held in the period the last one. */
  readonly role: string;
  readonly period: string;
  /** What is payable in the period. */
  readonly pay: FigureValue;
  /** Pay of the period before and of the same one last year, where there is a statement. */
  readonly earlier: readonly EarlierPay[];
  /** The KPIs that the role's pay goes by, in the policy's order. */
  readonly kpis: readonly KpiFeedback[];
  readonly well: readonly Praise[];
  /** The KPI whose shortfall against its target costs most now; absent where every target is reached. */
  readonly weak?: WeakSpot;
  /** What brings most for the least effort: absent where nothing brings more. */
  readonly step?: BestStep;
  readonly rejectsAllowed: boolean;
}

/** Which earlier period is compared with. */
export type Earlier = 'previous' | 'last year';

export interface EarlierPay {
  readonly which: Earlier;
  readonly period: string;
  readonly pay: FigureValue;
  /** How much more it is now. */
  readonly more: FigureValue;
}

export interface KpiFeedback {
  readonly kpi: string;
  readonly title?: string;
  readonly lowerIsBetter: boolean;
  readonly now: FigureValue;
  readonly target?: FigureValue;
  readonly attainment?: FigureValue | 'top';
  readonly status?: 'green' | 'amber' | 'red';
  /** In earlier periods of the same role of which the data is complete. */
  readonly earlier: readonly EarlierKpi[];
}

export interface EarlierKpi {
  readonly which: Earlier;
  readonly period: string;
  readonly value: FigureValue;
  /** How much more it is now. */
  readonly more: FigureValue;
  readonly is: 'better' | 'worse' | 'the same';
}

export type Praise =
  | { readonly kind: 'target reached'; readonly kpi: KpiFeedback }
  | { readonly kind: 'improved'; readonly kpi: KpiFeedback; readonly on: EarlierKpi }
  | { readonly kind: 'award'; readonly name: string };

export interface WeakSpot {
  readonly kpi: KpiFeedback;
  /** The target, in steps that can be worked, and what pay would be there: worked out by running forward. */
  readonly at: Pick<NextStep, 'missing' | 'practical' | 'gain'>;
}

export interface BestStep {
  readonly kpi: KpiFeedback;
  /** The place ahead that it leads to. */
  readonly to: NextStep;
  /** One more of the KPI by itself. */
  readonly worth?: Worth;
}
