// Where a formula is worked out: one stay (or a group, or the company) over one period; and what it is worked out from.

import type { Day } from '../base/date.ts';
import { RunError } from '../base/diagnostic.ts';
import type { Exact } from '../base/exact.ts';
import type { Limits } from '../base/limits.ts';
import type { Period } from '../base/period.ts';
import type { Source, Span } from '../base/source.ts';
import { constantValue } from '../library/constant.ts';
import type { CreditedRow, TableData } from '../model/dataset.ts';
import type { BeforeNode, BonusNode, ConstantNode, Expression, ResultNode } from '../model/expression.ts';
import type { People, PersonRow, Stay } from '../model/people.ts';
import type { EventModel, Figure, Kpi, Measure, Model, Role, TableModel } from '../model/policy.ts';
import type { Curve, Grid, Rates } from '../model/tables.ts';
import type { Cell, Value } from '../model/value.ts';
import type { EventRows } from '../query/event-rows.ts';
import type { Facts } from '../query/facts.ts';
import { beginningOf } from '../query/history.ts';
import { createLookup, type Lookup } from '../query/lookup.ts';
import type { Opening } from './opening.ts';
import type { Compared } from './others.ts';
import type { Past } from './past.ts';
import type { PaidBonus } from './pay.ts';
import type { Made } from './target-made.ts';
import type { Supposing, Watcher } from './watch.ts';

/** The Model and the run's data, indexed by name. */
export interface Run {
  readonly model: Model;
  readonly people: People;
  readonly facts: Facts;
  /** The rows of bonuses per event. */
  readonly rows: EventRows;
  readonly figures: ReadonlyMap<string, Figure>;
  readonly kpis: ReadonlyMap<string, Kpi>;
  readonly measures: ReadonlyMap<string, Measure>;
  readonly roles: ReadonlyMap<string, Role>;
  readonly events: ReadonlyMap<string, EventModel>;
  readonly tables: ReadonlyMap<string, TableModel>;
  readonly curves: ReadonlyMap<string, Curve>;
  readonly rates: ReadonlyMap<string, Rates>;
  readonly grids: ReadonlyMap<string, Grid>;
  readonly lookups: ReadonlyMap<string, Lookup>;
  readonly sources: ReadonlyMap<string, Source>;
  /** Values of constants, once they are read. */
  readonly constants: Map<ConstantNode, Value>;
  /** Targets of groups and of the company, which are the same for all who look at the same days. */
  readonly shared: Map<string, Made | undefined>;
  /** The day with which everything begins; absent where there is nobody. */
  readonly beginning: Day | undefined;
  /** Stays in order of time, by `whoseStays`. */
  readonly staysByWhom: ReadonlyMap<string, readonly Stay[]>;
  /** The cells of periods, by viewer. */
  readonly cells: Map<string, { readonly until: Day; readonly places: Map<string | number, CellPlace> }>;
  readonly past: Past;
  /** By formula, then by period and by who is compared. */
  readonly compared: Map<Expression, Map<string, Compared>>;
  readonly paid: WeakMap<CellPlace, Map<string, PaidBonus>>;
  /** Who looks on, if anybody. */
  readonly watch?: Watcher;
  /**
   * Amounts of the periods asked for stay as they are before rounding: what is paid goes with what it is worked out from
   * without steps. What goes on from earlier periods, and what formulas see of them, is rounded as ever.
   */
  readonly unrounded?: true;
  readonly supposing: Supposing;
  /** What goes on from the version of the policy before, if there was one. */
  readonly opening?: Opening | undefined;
  /** Looked at for each cell that is begun. */
  readonly limits?: Limits;
}

/** Whose figures a cell has: those of a stay, of all who share a value of an attribute, or of everybody. */
export type Viewer =
  | { readonly kind: 'stay'; readonly stay: Stay; readonly role: Role }
  | { readonly kind: 'value'; readonly attribute: string; readonly value: string }
  | { readonly kind: 'company' };

/** Days `[from, until)` on which a person row held within a period. */
export interface Held {
  readonly row: PersonRow;
  readonly from: Day;
  readonly until: Day;
}

/** One viewer over one period; formulas of the same cell share what is already worked out. */
export interface CellPlace {
  readonly viewer: Viewer;
  readonly period: Period;
  /** Of a stay: its rows within the period, in order of time. */
  readonly held: readonly Held[];
  readonly known: Map<string, Cell>;
  /** In a KPI's own formula of attainment: the result and the target that it is about. */
  readonly own?: { readonly actual: Exact; readonly target: Exact };
  /** In a bonus per event: the row that it is worked out for. */
  readonly row?: RowInCell;
  /** In an expectation or a claim: what statements say of the period stands for what is worked out in it. */
  readonly stated?: Stated;
  /** In a row of a test: its number among those of its line. */
  readonly number?: Exact;
  /** Looked at from a later period, where bonuses that the formula names are seen as rounded: the cell itself. */
  readonly asPaid?: CellPlace;
}

/** How what statements say of a period is looked at. */
export interface Stated {
  readonly bonus: (run: Run, node: BonusNode, place: CellPlace) => Exact;
  readonly result: (run: Run, node: ResultNode, place: CellPlace) => Cell;
}

/** A row of an event in a person's period. */
export interface RowInCell {
  readonly event: string;
  readonly row: CreditedRow;
  /** The person's cell, without the row. */
  readonly cell: CellPlace;
  /** The sum of a value over the rows before it. */
  readonly before: (node: BeforeNode) => Cell;
}

/** The attainment where lower is better and the result is 0: above every number. Only comparisons and bounds take it. */
export const TOP: Exact = { num: 1, den: 0 };

export function isTop(cell: Cell): boolean {
  return typeof cell === 'object' && cell.den === 0;
}

export function createRun(
  model: Model,
  { people, tables }: { readonly people: People; readonly tables: readonly TableData[] },
  { facts, rows }: Pick<Run, 'facts' | 'rows'>,
): Run {
  const byName = <T extends { readonly name: string }>(list: readonly T[]): ReadonlyMap<string, T> =>
    new Map(list.map((each) => [each.name, each]));
  const data = new Map(tables.map((each) => [each.table, each]));
  return {
    model,
    people,
    facts,
    rows,
    figures: new Map(model.figures.map((each) => [each.id, each])),
    kpis: byName(model.kpis),
    measures: new Map(model.measures.map((each) => [each.id, each])),
    roles: byName(model.roles),
    events: byName(model.events),
    tables: byName(model.tables),
    curves: byName(model.curves),
    rates: byName(model.rates),
    grids: byName(model.grids),
    lookups: new Map(
      model.tables.map((each) => [
        each.name,
        createLookup(each, data.get(each.name) ?? { table: each.name, rows: [] }),
      ]),
    ),
    sources: byName(model.sources),
    constants: new Map(),
    shared: new Map(),
    beginning: beginningOf(model, people),
    staysByWhom: staysByWhom(people.stays),
    cells: new Map(),
    past: { values: new Map(), faults: new Map(), periods: new Map(), depth: 0 },
    compared: new Map(),
    paid: new WeakMap(),
    supposing: {},
  };
}

/** The same run with nothing worked out yet; `over` replaces parts of it. */
export function afresh(run: Run, over: Partial<Run> = {}): Run {
  return {
    ...run,
    shared: new Map(),
    cells: new Map(),
    past: { values: new Map(), faults: new Map(), periods: new Map(), depth: 0 },
    compared: new Map(),
    paid: new WeakMap(),
    supposing: {},
    ...over,
  };
}

export function constantIn(run: Run, node: ConstantNode): Value {
  const found = run.constants.get(node) ?? constantValue(node.type, node.text);
  run.constants.set(node, found);
  return found;
}

function staysByWhom(stays: readonly Stay[]): ReadonlyMap<string, readonly Stay[]> {
  const found = new Map<string, Stay[]>();
  for (const stay of stays) {
    const others = found.get(whoseStays(stay));
    if (others) others.push(stay);
    else found.set(whoseStays(stay), [stay]);
  }
  return found;
}

/** A person in a role: stays that look back at each other have the same. */
export function whoseStays({ person, role }: Stay): string {
  return JSON.stringify([person, role]);
}

/** A stay's rows on the days of a range. */
export function heldDays(stay: Stay, range: { readonly from: Day; readonly until: Day }): readonly Held[] {
  return stay.rows.flatMap((row) => {
    const from = Math.max(row.from, range.from);
    const until = Math.min(row.until, range.until);
    return from < until ? [{ row, from, until }] : [];
  });
}

export function daysOf(held: readonly { readonly from: Day; readonly until: Day }[]): number {
  return held.reduce((sum, each) => sum + each.until - each.from, 0);
}

/** The policy's own words at a span, on one line. */
export function wordsOf(run: Run, span: Span): string {
  return (run.sources.get(span.source)?.text.slice(span.start, span.end) ?? '').replace(/\s+/g, ' ').trim();
}

/** A fault of arithmetic, which doesn't know where it was asked for, with the place. */
export function placed(fault: unknown, span: Span): unknown {
  if (!(fault instanceof RunError) || fault.diagnostics.some((each) => each.span)) return fault;
  return new RunError(fault.diagnostics.map((each) => ({ ...each, span })));
}

/** Stops the run for a reason that the policy's author can mend. */
export function stop(code: string, span: Span, message: string, help: string): never {
  throw new RunError([{ code, severity: 'error', message, span, help }]);
}
