// What a program may know of a policy's names and types, and results that are typed by it. `merit types` writes one such
// type for a policy; without it every name is a string.

import type { Rows } from './embed-data.ts';
import type { FigureValue } from './model/inputs.ts';
import type { KpiLine } from './model/kpi-lines.ts';
import type { GroupResult, Result, RoleStatement, Statement } from './model/result.ts';
import type { ValueType } from './model/value.ts';

/** A number: exact as text, a bigint or a Decimal; as a JavaScript number where it is whole and below 2^53. */
export type NumberCell = number | bigint | string | DecimalLike;

/** A Decimal of any copy of decimal.js. */
export interface DecimalLike {
  toFixed(): string;
  isFinite(): boolean;
}

/** Text, or the whole number that an id is. */
export type TextCell = string | number | bigint;

/** `2026-01-31`. */
export type DateCell = string;

/** `2026-01-31T08:30:00Z`, or without an offset by the policy's clock; a Date is an instant. */
export type DatetimeCell = string | Date;

/** `true`, or text: `yes`. */
export type TruthCell = boolean | string;

/** Names and types of a policy. */
export interface PolicyTypes {
  readonly roles: string;
  /** By name: of which type the value is, and whether it may be missing. */
  readonly kpis: Readonly<Record<string, { readonly type: ValueType; readonly optional: boolean }>>;
  /** By source: its rows, with a property for each column that is read. */
  readonly rows: object;
}

/** A value of a result: exact text (`12.5`, `1/3`), or null where it is missing. */
export type TypedValue<K extends PolicyTypes['kpis'][string]> = Omit<FigureValue, 'type' | 'value'> & {
  readonly type: K['type'];
  readonly value: K['optional'] extends false ? string : string | null;
};

/** A line of one of the policy's KPIs. */
export type TypedKpi<P extends PolicyTypes> = {
  readonly [K in keyof P['kpis'] & string]: Omit<KpiLine, 'kpi' | 'actual'> & {
    readonly kpi: K;
    readonly actual: TypedValue<P['kpis'][K]>;
  };
}[keyof P['kpis'] & string];

/** The part of a statement that one stay in a role earned. */
export type TypedRole<P extends PolicyTypes> = Omit<RoleStatement, 'role' | 'kpis'> & {
  readonly role: P['roles'];
  readonly kpis: readonly TypedKpi<P>[];
};

/** One person's result for one period. */
export type TypedStatement<P extends PolicyTypes> = Omit<Statement, 'roles'> & {
  readonly roles: readonly TypedRole<P>[];
};

/** A Result with the names and types of its policy. */
export type TypedResult<P extends PolicyTypes> = Omit<Result, 'statements' | 'groups' | 'company'> & {
  readonly statements: readonly TypedStatement<P>[];
  readonly groups: readonly (Omit<GroupResult, 'kpis'> & { readonly kpis: readonly TypedKpi<P>[] })[];
  readonly company: readonly { readonly period: string; readonly kpis: readonly TypedKpi<P>[] }[];
};

/** Rows of one source: of its type, where that is known. */
export type RowsOf<R> = Rows<NonNullable<R> & object>;
