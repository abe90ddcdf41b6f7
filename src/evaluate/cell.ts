// Where a formula is worked out: one stay (or a group, or the company) over one period; and what it is worked out from.

import type { Day } from '../base/date.ts';
import { RunError } from '../base/diagnostic.ts';
import type { Exact } from '../base/exact.ts';
import type { Period } from '../base/period.ts';
import type { Source, Span } from '../base/source.ts';
import { constantValue } from '../library/constant.ts';
import { type CurveTable, type RatesTable, readCurve, readRates } from '../library/payout.ts';
import type { TableData } from '../model/dataset.ts';
import type { ConstantNode } from '../model/expression.ts';
import type { People, PersonRow, Stay } from '../model/people.ts';
import type { EventModel, Figure, Kpi, Measure, Model, Role, TableModel } from '../model/policy.ts';
import type { Cell, Value } from '../model/value.ts';
import type { Facts } from '../query/facts.ts';
import { createLookup, type Lookup } from '../query/lookup.ts';

/** The Model and the run's data, indexed by name. */
export interface Run {
  readonly model: Model;
  readonly people: People;
  readonly facts: Facts;
  readonly figures: ReadonlyMap<string, Figure>;
  readonly kpis: ReadonlyMap<string, Kpi>;
  readonly measures: ReadonlyMap<string, Measure>;
  readonly roles: ReadonlyMap<string, Role>;
  readonly events: ReadonlyMap<string, EventModel>;
  readonly tables: ReadonlyMap<string, TableModel>;
  readonly curves: ReadonlyMap<string, CurveTable>;
  readonly rates: ReadonlyMap<string, RatesTable>;
  readonly lookups: ReadonlyMap<string, Lookup>;
  readonly sources: ReadonlyMap<string, Source>;
  /** Values of constants, once they are read. */
  readonly constants: Map<ConstantNode, Value>;
  /** Targets of groups and of the company, which are the same for all who look. */
  readonly shared: Map<string, Cell>;
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
}

/** The attainment where lower is better and the result is 0: above every number. Only comparisons and bounds take it. */
export const TOP: Exact = { num: 1, den: 0 };

export function isTop(cell: Cell): boolean {
  return typeof cell === 'object' && cell.den === 0;
}

export function createRun(model: Model, people: People, tables: readonly TableData[], facts: Facts): Run {
  const byName = <T extends { readonly name: string }>(list: readonly T[]): ReadonlyMap<string, T> =>
    new Map(list.map((each) => [each.name, each]));
  const data = new Map(tables.map((each) => [each.table, each]));
  return {
    model,
    people,
    facts,
    figures: new Map(model.figures.map((each) => [each.id, each])),
    kpis: byName(model.kpis),
    measures: new Map(model.measures.map((each) => [each.id, each])),
    roles: byName(model.roles),
    events: byName(model.events),
    tables: byName(model.tables),
    curves: new Map(model.curves.map((each) => [each.name, readCurve(each)])),
    rates: new Map(model.rates.map((each) => [each.name, readRates(each)])),
    lookups: new Map(
      model.tables.map((each) => [
        each.name,
        createLookup(each, data.get(each.name) ?? { table: each.name, rows: [] }),
      ]),
    ),
    sources: byName(model.sources),
    constants: new Map(),
    shared: new Map(),
  };
}

export function constantIn(run: Run, node: ConstantNode): Value {
  const found = run.constants.get(node) ?? constantValue(node.type, node.text);
  run.constants.set(node, found);
  return found;
}

/** The cell of a stay over a period, over the days that it was held. */
export function stayCell(run: Run, stay: Stay, period: Period): CellPlace {
  return {
    viewer: { kind: 'stay', stay, role: run.roles.get(stay.role)! },
    period,
    held: heldDays(stay, period),
    known: new Map(),
  };
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
