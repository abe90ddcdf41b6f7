// What checking carries along: the declarations by name, what has been found, and the world that an expression stands in.

import type { Diagnostic } from '../base/diagnostic.ts';
import type { Grain } from '../base/period.ts';
import type { Source, Span } from '../base/source.ts';
import type { Expression, Scope, Window } from '../model/expression.ts';
import type {
  ComputedModel,
  EventModel,
  FieldModel,
  Figure,
  Kpi,
  Measure,
  TableModel,
} from '../model/policy.ts';
import type { ValueType } from '../model/value.ts';
import type * as ast from '../syntax/ast.ts';

/** An event while it is checked: its fields by name, and its computed ones as they are reached. */
export interface EventScope {
  readonly declaration: ast.EventDeclaration;
  readonly fields: ReadonlyMap<string, FieldModel>;
  readonly formulas: ReadonlyMap<string, ast.ComputedField>;
  /** In the order in which they were finished, so that each uses only earlier ones. */
  readonly computed: Map<string, ComputedModel>;
  /** Names of credit lines, for `as`. */
  readonly creditNames: ReadonlySet<string>;
}

/** All declarations of a policy, each kind by name. */
export interface Declared {
  readonly policy: ast.PolicyDeclaration | undefined;
  readonly attributes: readonly FieldModel[];
  readonly events: ReadonlyMap<string, EventScope>;
  readonly tables: ReadonlyMap<string, TableModel>;
  readonly kpis: ReadonlyMap<string, ast.KpiDeclaration>;
  readonly lets: ReadonlyMap<string, ast.LetDeclaration>;
  readonly curves: ReadonlyMap<string, ast.CurveDeclaration>;
  readonly rates: ReadonlyMap<string, ast.RatesDeclaration>;
  readonly roles: ReadonlyMap<string, ast.RoleDeclaration>;
  readonly credits: ReadonlyMap<string, ast.CreditDeclaration>;
}

/** The whole check of one policy. */
export interface Checking {
  readonly diagnostics: Diagnostic[];
  readonly sources: ReadonlyMap<string, Source>;
  readonly currency: string;
  readonly grain: Grain;
  declared: Declared;
  /** By what they measure. */
  readonly measures: Map<string, Measure>;
  readonly measuresById: Map<string, Measure>;
  /** Lengths of all periods that anything is worked out over, the policy's own first. */
  readonly grains: readonly Grain[];
  readonly figures: Map<string, Figure>;
  readonly kpis: Map<string, Kpi>;
  /** Types of curves and rates, which formulas that call them need. */
  readonly payouts: Map<string, PayoutType>;
  /** Figures, computed fields and bonuses that are being worked out, outermost first: a circle is seen here. */
  readonly open: { readonly id: string; readonly name: string; readonly span: Span }[];
}

export interface PayoutType {
  readonly input: ValueType;
  readonly output: ValueType;
  /** Of a table of rates: the type of a rate. */
  readonly rate?: ValueType;
  /** Missing for some inputs. */
  readonly optional: boolean;
}

/** A place that asks for a figure, in its author's words. */
export interface Use {
  readonly span: Span;
  readonly name: string;
}

/** Where an expression stands, which decides what its names mean. */
export type World =
  /** Constants only. */
  | { readonly kind: 'constant'; readonly known: Known }
  /** A row of an event; `place` decides whether the credited person and look-backs may be used. */
  | {
      readonly kind: 'row';
      readonly event: EventScope;
      readonly place: 'computed' | 'credit' | 'measure';
      /** In a measure of the company, which has rows that nobody is credited with: where it was asked for. */
      readonly ofCompany?: Use;
      readonly known: Known;
    }
  /** A person in a period; `role` where the formula is a role's. */
  | {
      readonly kind: 'people';
      readonly scope: Scope;
      readonly window: Window;
      readonly role?: RoleScope;
      /** Where the figure that this is the formula of was asked for in this scope and window. */
      readonly use?: Use;
      /** A target's value or condition: constants, attributes and look-ups only. */
      readonly target?: boolean;
      readonly known: Known;
    };

/** What a formula of a role can name beside figures. */
export interface RoleScope {
  readonly name: string;
  readonly grain: Grain;
  /** The bonus of that name, worked out if it hasn't been. */
  bonus(name: string, span: Span): Expression | undefined;
  readonly bonusNames: readonly string[];
  /** Whether the role has a score, and whether that can be missing; reports what is wrong with it over the grain. */
  score(use: Span): 'none' | 'sure' | 'optional';
  /** Whether the role's target of a KPI can be missing, or (of an attainment) be zero. */
  targetOptional(kpi: string, reads: 'target' | 'attainment', use: Span): boolean;
}

/** Conditions known to hold where an expression stands, by `keyOf`. */
export type Known = ReadonlySet<string>;

export const NOTHING_KNOWN: Known = new Set();
export const OWN: Scope = { kind: 'own' };
export const THIS_PERIOD: Window = { kind: 'period' };

/** The event's model so far is enough for formulas of its rows. */
export type EventFields = Pick<EventModel, 'fields' | 'computed'>;

export const ERROR: ValueType = { kind: 'error' };

/** An expression that couldn't be checked; it makes no follow-up errors. */
export function unknown(span: Span): Expression {
  return { kind: 'constant', text: '0', type: ERROR, optional: false, span };
}

export function isError(node: Expression): boolean {
  return node.type.kind === 'error';
}

/** The text of a span, on one line. */
export function textOf(checking: Checking, span: Span): string {
  const text = checking.sources.get(span.source)?.text.slice(span.start, span.end) ?? '';
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}
