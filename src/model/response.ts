// How an amount of a person goes with one KPI, in stretches: plain data that JSON can hold, as results are.

import type { FigureValue } from './inputs.ts';
import type { MovedKpi } from './seek.ts';
import type { ValueType } from './value.ts';

export interface AmountResponse {
  readonly formatVersion: 1;
  readonly policy: { readonly name: string; readonly title?: string; readonly currency: string };
  readonly person: string;
  readonly name: string;
  /** Of several roles held in the period the last one: results are moved on its last day. */
  readonly role: string;
  readonly period: string;
  /** `pay`, the name of a bonus, or an expression. */
  readonly asked: string;
  readonly kpi: MovedKpi;
  /** As things stand; the amount is before rounding. */
  readonly now: { readonly value: FigureValue; readonly amount: FigureValue };
  /** The type of all amounts. */
  readonly type: ValueType;
  /** In order; within one, places are joined by straight lines. A single place is a value that holds there alone. */
  readonly stretches: readonly (readonly AmountPlace[])[];
}

/** A value of the KPI and the amount there, in exact text; where it isn't `included`, what the amount comes near to. */
export interface AmountPlace {
  readonly x: string;
  readonly y: string;
  readonly included: boolean;
}
