// Runs of the policies between two versions over the same data. Data is read once for all that ask the same of it.

import type { Backend } from '../backend/backend.ts';
import { type Diagnostic, RunError } from '../base/diagnostic.ts';
import type { Exact } from '../base/exact.ts';
import { add, exact, ZERO } from '../base/exact.ts';
import { giveTurn } from '../base/limits.ts';
import { resultIn } from '../engine.ts';
import { type Gathered, gather, type RunRequest } from '../gather.ts';
import type { SourceSpec } from '../model/dataset.ts';
import type { Model } from '../model/policy.ts';
import type { Result } from '../model/result.ts';
import { runPlans } from '../query/carried.ts';
import { makeRowsQueries } from '../query/event-rows.ts';
import { makeQueries } from '../query/make-queries.ts';
import { makeTakenQueries } from '../query/taken-rows.ts';
import { meaningOf } from './meaning.ts';

/** Where one line of pay stands; what is an amount of it is found by it as text. */
export interface LinePlace {
  readonly person: string;
  readonly period: string;
  readonly role: string | null;
  readonly kind: string;
  readonly name: string;
}

/** What a policy gave. */
export interface Ran {
  readonly result?: Result;
  readonly diagnostics: readonly Diagnostic[];
}

/** Runs a Model over the data; a fault that only running finds is among the diagnostics. */
export type Runner = (model: Model) => Promise<Ran>;

interface Read {
  readonly gathered: Gathered;
  readonly diagnostics: readonly Diagnostic[];
  /** How rows are read, and what is asked of them. */
  readonly rows: string;
  readonly asked: string;
}

/** Reads what a Model asks of the data, once for all Models that ask the same. */
export type Reader = (
  model: Model,
) => Promise<{ readonly gathered?: Gathered; readonly diagnostics: readonly Diagnostic[] }>;

/** A reader of one set of data; `open` gives a backend that is closed again. */
export function createReader(
  request: Omit<RunRequest, 'model'>,
  open: (sources: readonly SourceSpec[]) => Promise<Backend>,
): Reader {
  const read: Read[] = [];
  return async (model) => {
    await giveTurn(request.limits);
    const rows = rowsOf(model);
    const known = read.find((each) => each.rows === rows && each.asked === questionsOf(model, each.gathered));
    if (known) return { ...known, gathered: { ...known.gathered, model } };
    const backend = await open(request.sources);
    try {
      const { value: gathered, diagnostics } = await gather({ ...request, model }, backend);
      if (!gathered) return { diagnostics };
      const found = { gathered, diagnostics, rows, asked: questionsOf(model, gathered) };
      read.push(found);
      return found;
    } finally {
      await backend.close();
    }
  };
}

/** A runner over one set of data; `open` gives a backend that is closed again. */
export function createRunner(
  request: Omit<RunRequest, 'model'>,
  open: (sources: readonly SourceSpec[]) => Promise<Backend>,
): Runner {
  const reading = createReader(request, open);
  return async (model) => {
    try {
      const { gathered, diagnostics } = await reading(model);
      return gathered
        ? { result: await resultIn(gathered, { ...request, model }), diagnostics }
        : { diagnostics };
    } catch (fault) {
      if (fault instanceof RunError) return { diagnostics: fault.diagnostics };
      throw fault;
    }
  };
}

/** How a Model has rows of people and of events read and credited, as one text. */
function rowsOf(model: Model): string {
  const { attributes, events, computedOrder, tables, calendars, zone, currency, grain, effective } = model;
  const rows = meaningOf([attributes, events, computedOrder, tables, calendars, model.measures]);
  // tables that a formula of a row may read
  const read = [...model.rates, ...model.curves, ...model.grids].filter(({ name }) =>
    rows.includes(JSON.stringify(name)),
  );
  const roles = model.roles.map(({ name, lineage }) => [name, lineage]);
  return `${rows} ${meaningOf([zone, currency, grain, effective, read, roles])}`;
}

/**
 * What a Model asks of the rows, as one text: what is gathered for one Model is right for another that has the rows read
 * alike and asks the same.
 */
function questionsOf(model: Model, gathered: Gathered): string {
  const { people, periods } = gathered;
  const plans = runPlans(model, gathered, periods);
  const queries = makeQueries(model, people, plans);
  return meaningOf([
    ...queries,
    ...makeRowsQueries(model, people, plans),
    ...makeTakenQueries(model, queries),
  ]);
}

/** The lines of a result with their amounts: those of one name in one role together. */
export function linesOf(
  result: Result,
): ReadonlyMap<string, { readonly place: LinePlace; readonly amount: Exact }> {
  const lines = new Map<string, { readonly place: LinePlace; readonly amount: Exact }>();
  for (const { person, period, roles, lines: own = [] } of result.statements) {
    const all = [
      ...roles.flatMap(({ role, lines: earned }) => earned.map((line) => ({ role, line }))),
      ...own.map((line) => ({ role: line.role ?? null, line })),
    ];
    for (const { role, line } of all) {
      const place: LinePlace = { person, period, role, kind: line.kind, name: line.name };
      const key = placeKey(place);
      lines.set(key, { place, amount: add(lines.get(key)?.amount ?? ZERO, exact(line.amount)) });
    }
  }
  return lines;
}

/** A place as text. */
export function placeKey({ person, period, role, kind, name }: LinePlace): string {
  return JSON.stringify([person, period, role, kind, name]);
}
