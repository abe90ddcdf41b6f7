// What checking carries along: the declarations by name, what has been found, and the world that an expression stands in.

import { type Diagnostic, hasErrors } from '../base/diagnostic.ts';
import type { Grain } from '../base/period.ts';
import type { Source, Span } from '../base/source.ts';
import type { Expression, LaterNode, Scope, Window } from '../model/expression.ts';
import type { Bonus, Pool } from '../model/pay.ts';
import type {
  Beyond,
  ComputedModel,
  ComputedPlace,
  EventModel,
  FieldModel,
  Figure,
  Kpi,
  Measure,
  TableModel,
} from '../model/policy.ts';
import type { ValueType } from '../model/value.ts';
import type * as astAwards from '../syntax/ast-awards.ts';
import type * as astData from '../syntax/ast-data.ts';
import type * as astMeasures from '../syntax/ast-measures.ts';
import type * as astPolicy from '../syntax/ast-policy.ts';
import type * as astRoles from '../syntax/ast-roles.ts';
import type { Meanings } from './meanings.ts';

/** An event while it is checked: its fields by name, and its computed ones as they are reached. */
export interface EventScope {
  readonly declaration: astData.EventDeclaration;
  readonly fields: ReadonlyMap<string, FieldModel>;
  readonly formulas: ReadonlyMap<string, astData.ComputedField>;
  /** In the order in which they were finished, so that each uses only earlier ones. */
  readonly computed: Map<string, ComputedModel>;
  /** Names of credit lines, for `as`. */
  readonly creditNames: ReadonlySet<string>;
  /** The field that puts a row into a period. */
  readonly posting: string | undefined;
}

/** All declarations of a policy, each kind by name. */
export interface Declared {
  readonly policy: astPolicy.PolicyDeclaration | undefined;
  readonly attributes: ReadonlyMap<string, FieldModel>;
  /** Every event as it is written, known before any is checked. */
  readonly eventNames: ReadonlyMap<string, astData.EventDeclaration>;
  readonly events: ReadonlyMap<string, EventScope>;
  readonly tables: ReadonlyMap<string, TableModel>;
  readonly kpis: ReadonlyMap<string, astMeasures.KpiDeclaration>;
  readonly lets: ReadonlyMap<string, astMeasures.LetDeclaration>;
  readonly curves: ReadonlyMap<string, astMeasures.CurveDeclaration>;
  readonly rates: ReadonlyMap<string, astMeasures.RatesDeclaration>;
  readonly roles: ReadonlyMap<string, astRoles.RoleDeclaration>;
  readonly credits: ReadonlyMap<string, astData.CreditDeclaration>;
  readonly calendars: ReadonlyMap<string, astPolicy.CalendarDeclaration>;
  readonly grids: ReadonlyMap<string, astMeasures.GridDeclaration>;
  readonly pools: ReadonlyMap<string, astAwards.PoolDeclaration>;
  readonly awards: ReadonlyMap<string, astAwards.AwardDeclaration | astAwards.LevelDeclaration>;
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
  /** How many figures stand on each other in each figure, itself included. */
  readonly chains: Map<string, number>;
  readonly kpis: Map<string, Kpi>;
  /** Types of curves and rates, which formulas that call them need. */
  readonly payouts: Map<string, PayoutType>;
  readonly grids: Map<string, GridType>;
  /** What is checked and can't be worked out yet. */
  readonly beyond: Beyond[];
  /** Enumerations of fields by each of their words: what a curve or grid may give or read. */
  readonly words: Map<string, Enumeration[]>;
  /** Roles by name, once they are checked: the formulas of awards, pools and tests stand in one of them. */
  readonly roles: Map<string, RoleEntry>;
  /** Signs of the targets of single people and teams, by KPI; 0 for what can be zero. */
  readonly overrides: Map<string, Set<number>>;
  /** Worlds of expectations and invariants, by the roles and the length of time that are meant. */
  readonly proofs: Map<string, PeopleWorld>;
  /** By event, a credit line that gives a part of it; `whole` where none does. */
  readonly shared: Map<string, astData.CreditLine | 'whole'>;
  /** Calendars with working hours, once they are asked for. */
  working?: readonly astPolicy.CalendarDeclaration[];
  /** KPIs and `let`s that read their own past, by figure: the type that they were taken for, and where. */
  readonly ownPasts: Map<string, { readonly type: ValueType; readonly span: Span }>;
  /** KPIs that some role, person or team has a target of; absent where that isn't clear. */
  readonly targeted: ReadonlySet<string> | undefined;
  /** By KPI, a target line that doesn't say whether it adds up. */
  readonly silentTargets: Map<string, astRoles.Target>;
  /** Pools that have been checked; `undefined` for what can't be worked out (which has been reported). */
  readonly pools: Map<string, Pool | undefined>;
  /** The table of exchange rates, once it is asked for. */
  exchange?: TableModel | 'none';
  /** Computed fields of all events, as they were finished: each uses only earlier ones. */
  readonly computedOrder: ComputedPlace[];
  /** Figures, computed fields and bonuses that are being worked out, outermost first: a circle is seen here. */
  readonly open: Open[];
  /** Hears what names stand for; absent where nobody asks. */
  readonly meanings?: Meanings;
}

export type Enumeration = ValueType & { readonly kind: 'enumeration' };

/** What is being worked out; `past`: what follows is looked at in an earlier period, so that it may name itself. */
export interface Open {
  readonly id: string;
  readonly name: string;
  readonly span: Span;
  readonly past?: true;
}

/** A checked role, for formulas that stand in it from outside. */
export interface RoleEntry {
  readonly name: string;
  world(grain: Grain): PeopleWorld;
  bonus(name: string): Bonus | undefined;
  readonly bonusNames: readonly string[];
}

/** A grid's dimensions, those of the rows first, and the type of its cells. */
export interface GridType {
  readonly dimensions: readonly ValueType[];
  readonly output: ValueType;
  /** Words below the first bound: there is no zero of them. */
  readonly optional: boolean;
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

/** What every world knows: conditions that hold there, and names that stand for something only there. */
interface Standing {
  readonly known: Known;
  readonly locals?: ReadonlyMap<string, Expression>;
}

/** Where an expression stands, which decides what its names mean. */
export type World = ConstantWorld | RowWorld | PeopleWorld;

/** Constants only. */
export interface ConstantWorld extends Standing {
  readonly kind: 'constant';
}

/** A row of an event; `place` decides whether the credited person and look-backs may be used (`date`: to count by). */
export interface RowWorld extends Standing {
  readonly kind: 'row';
  readonly event: EventScope;
  readonly place: 'computed' | 'credit' | 'measure' | 'date' | 'bonus' | 'look-back';
  /**
   * In a measure of the company, which sees no person: where it was asked for. The company has rows that nobody is
   * credited with, and so without a share, but not through a credit line that is `named`.
   */
  readonly ofCompany?: Use & { readonly named: boolean };
  /** In a measure: the person and period that it is asked for, whose days it may read. */
  readonly within?: PeopleWorld;
  /** Within a rounding, where a division of fields is exact again. */
  readonly rounded?: true;
  /** In a bonus per event: the person and period that the row is worked out for. */
  readonly people?: PeopleWorld;
}

/** A person in a period; `role` where the formula is a role's. */
export interface PeopleWorld extends Standing {
  readonly kind: 'people';
  readonly scope: Scope;
  readonly window: Window;
  readonly role?: RoleScope;
  /** The length of time of a target or `let`, where the formula has one of its own; a role says its own. */
  readonly grain?: Grain;
  /** Where the figure that this is the formula of was asked for in this scope and window. */
  readonly use?: Use;
  /** In a bonus per event: that event, whose fields may be meant by a name that isn't known. */
  readonly event?: EventScope;
  /** A target's value or condition: constants, attributes and look-ups only. */
  readonly target?: boolean;
}

/** What a formula of a role can name beside figures. */
export interface RoleScope {
  readonly name: string;
  readonly grain: Grain;
  /** Of expectations and invariants, which look at results of any length of time. */
  readonly anyGrain?: true;
  /** The bonus of that name, worked out if it hasn't been. */
  bonus(name: string, span: Span): Expression | undefined;
  readonly bonusNames: readonly string[];
  /** The same role over another length of time. */
  over(grain: Grain): PeopleWorld;
  /** Whether the role has a score, and whether that can be missing; reports what is wrong with it over the grain. */
  score(use: Span): 'none' | 'sure' | 'optional';
  /** Whether the role's target of a KPI can be missing, or (of an attainment) be zero. */
  targetOptional(kpi: string, reads: 'target' | 'attainment', use: Span): boolean;
  /** A target line of a KPI that doesn't say whether it adds up. */
  silentTarget(kpi: string): Span | undefined;
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

/** How many messages a check gives before it stops looking into formulas. */
export const MOST_MESSAGES = 500;

/** Whether so much is wrong that nobody reads on: each further name would be compared with all that are known. */
export function isGivenUp({ diagnostics }: Checking): boolean {
  return diagnostics.length >= MOST_MESSAGES && hasErrors(diagnostics);
}

/** Notes that a construct is checked and can't be worked out yet. */
export function beyond(checking: Checking, what: string, span: Span): void {
  checking.beyond.push({ what, span });
}

/** A part of a formula that is checked and can't be worked out yet; `what` tells it from others over the same parts. */
export function later(
  checking: Checking,
  what: string,
  parts: Pick<LaterNode, 'args' | 'type' | 'span'> & { readonly own?: boolean; readonly optional?: boolean },
): Expression {
  const { args, type, span, own = false } = parts;
  if (args.some(isError)) return unknown(span);
  beyond(checking, `\`${textOf(checking, span)}\``, span);
  const optional = parts.optional ?? (own || args.some((each) => each.optional));
  return { kind: 'later', what, args, type, optional, missing: own || !optional ? 'own' : 'any', span };
}

/** The world of the person where one is known: in formulas of people, and in bonuses per event. */
export function peopleOf(world: World): PeopleWorld | undefined {
  return world.kind === 'people' ? world : world.kind === 'row' ? world.people : undefined;
}

/** The text of a span, on one line. */
export function textOf(checking: Checking, span: Span): string {
  const text = checking.sources.get(span.source)?.text.slice(span.start, span.end) ?? '';
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}
