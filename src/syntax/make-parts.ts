// The parts of declarations, from the clauses that either front end gathered.

import type { Diagnostic } from '../base/diagnostic.ts';
import { cover, type Span } from '../base/source.ts';
import type * as ast from './ast.ts';
import type * as astAwards from './ast-awards.ts';
import type * as astData from './ast-data.ts';
import type * as astMeasures from './ast-measures.ts';
import type * as astPolicy from './ast-policy.ts';
import type * as astRoles from './ast-roles.ts';
import type * as astTests from './ast-tests.ts';
import type { Gathered } from './make-declarations.ts';
import * as messages from './messages.ts';
import type { CellPhrase, ExpectHead, RowHead } from './phrases-people.ts';
import type { CurveKey, CurveScore, TierBounds, TierRate } from './phrases-table.ts';

/** One clause as it was written; `value` is its phrase's value, absent where that couldn't be read. */
export interface Entry {
  readonly value: unknown;
  readonly span: Span;
  readonly name?: ast.Name;
  readonly doc?: string;
  /** What stands before the colon of an entry, or the head of a group. */
  readonly key?: unknown;
}

/** The clauses of a declaration by the part of the tree that they fill. */
export type Entries = ReadonlyMap<string, readonly Entry[]>;

export function unreadable(span: Span): ast.Expression {
  return { kind: 'unreadable', span };
}

/** Recipients that couldn't be read. */
export function nobody(span: Span): astAwards.Recipients {
  return { role: { text: '', span }, only: false, splitAmongTies: false, span };
}

/** The entries whose phrase could be read. */
function read(entries: Entries, into: string): readonly Entry[] {
  return (entries.get(into) ?? []).filter((entry) => entry.value !== undefined);
}

export function all<T>(entries: Entries, into: string): readonly T[] {
  return read(entries, into).map((entry) => entry.value as T);
}

/** The values of a clause, each with the place of its whole statement. */
export function placed<T>(entries: Entries, into: string): readonly T[] {
  return read(entries, into).map(({ value, span }) => ({ ...(value as T), span }));
}

export function word<T extends string>(name: ast.Name | undefined, fallback: T): T {
  return (name?.text ?? fallback) as T;
}

function described({ name, doc, span }: Entry) {
  return { name: name!, ...(doc !== undefined && { doc }), span };
}

export function fields(entries: Entries): readonly astData.Field[] {
  return read(entries, 'fields').map((entry) => ({ ...(entry.value as astData.Field), ...described(entry) }));
}

export function computed(entries: Entries): readonly astData.ComputedField[] {
  // a declaration without its block has said that it misses one, and has no name in it
  const named = (entries.get('computed') ?? []).filter(({ name }) => name !== undefined);
  return named.map((entry) => ({
    ...described(entry),
    value: (entry.value as ast.Expression | undefined) ?? unreadable(entry.span),
  }));
}

export function targets(entries: Entries): readonly astRoles.Target[] {
  return read(entries, 'targets').map(({ name, value, span }) => ({
    addsUp: false,
    ...(value as Omit<astRoles.Target, 'addsUp'>),
    kpi: name!,
    span,
  }));
}

export function bonuses(entries: Entries): readonly astRoles.Bonus[] {
  return read(entries, 'bonuses').map((entry) => ({
    gated: false,
    whileEmployed: false,
    forfeited: false,
    ...(entry.value as Pick<astRoles.Bonus, 'value'>),
    ...described(entry),
  }));
}

export function ramp(entries: Entries): Pick<astRoles.RoleDeclaration, 'ramp'> {
  const said = read(entries, 'ramp')[0];
  return said === undefined
    ? {}
    : { ramp: { steps: said.value as readonly ast.Expression[], span: said.span } };
}

export function scorecard(entries: Entries): Pick<astRoles.RoleDeclaration, 'scorecard'> {
  const card = read(entries, 'scorecard')[0];
  if (card === undefined) return {};
  const lines = readable(card.value).map(({ name, value, span }) => ({
    ...(value as astRoles.ScoreLine),
    kpi: name!,
    span,
  }));
  return { scorecard: { lines, span: card.span } };
}

/** The lines of a block that could be read. */
function readable(value: unknown): readonly Entry[] {
  return (value as readonly Entry[]).filter((line) => line.value !== undefined);
}

/** A fiscal year of two clauses; weeks without a first day are said. */
export function fiscal(
  { entries, place, name }: Gathered,
  diagnostics: Diagnostic[],
): Pick<astPolicy.CalendarDeclaration, 'fiscal'> {
  const year = entries.get('year')?.[0];
  const quarters = entries.get('quarters')?.[0];
  const starts = year?.value as ast.Expression | undefined;
  const weeks = quarters?.value as readonly ast.Expression[] | undefined;
  if (year === undefined && quarters !== undefined)
    diagnostics.push(messages.requiredMissing(place, `\`calendar ${name?.text}\``, 'year starts'));
  if (starts === undefined) return {};
  const span = quarters === undefined ? year!.span : cover(year!.span, quarters.span);
  return { fiscal: { starts, ...(weeks && { weeks }), span } };
}

export function tiers(entries: Entries): readonly astMeasures.Tier[] {
  return read(entries, 'tiers').map(({ key, value, span }) => ({
    ...(key as TierBounds),
    ...(value as TierRate),
    span,
  }));
}

export function curve(
  entries: Entries,
  diagnostics: Diagnostic[],
): Pick<astMeasures.CurveDeclaration, 'points' | 'below' | 'above'> {
  const points: astMeasures.CurvePoint[] = [];
  let below: astMeasures.CurveDeclaration['below'];
  let above: astMeasures.CurveDeclaration['above'];
  for (const { key, value, span } of read(entries, 'points')) {
    const place = key as CurveKey;
    const score = value as CurveScore;
    if (place.kind === 'above') {
      if (above !== undefined) diagnostics.push(messages.clauseTwice(span, 'above', above.span));
      above = { ...score, span };
    } else if ('more' in score) {
      diagnostics.push(messages.slopeInside(score.span));
    } else if (place.kind === 'below') {
      if (below !== undefined) diagnostics.push(messages.clauseTwice(span, 'below', below.span));
      below = { ...(place.bound && { bound: place.bound }), score: score.score, span };
    } else {
      points.push({ upTo: place.upTo, at: place.at, score: score.score, span });
    }
  }
  return { points, ...(below && { below }), ...(above && { above }) };
}

export function grid(entries: Entries): Pick<astMeasures.GridDeclaration, 'dimensions' | 'columns' | 'rows'> {
  return {
    dimensions: all<readonly ast.Name[]>(entries, 'by')[0] ?? [],
    columns: all<readonly astMeasures.GridKey[]>(entries, 'columns')[0] ?? [],
    rows: read(entries, 'rows').map(({ key, value, span }) => ({
      keys: key as readonly astMeasures.GridKey[],
      values: value as readonly ast.Expression[],
      span,
    })),
  };
}

/** Whom a `for` is of, and for which days; exactly one person or team is named. */
export function forWhom(
  { entries, place }: Gathered,
  diagnostics: Diagnostic[],
): Pick<astRoles.ForDeclaration, 'of' | 'name' | 'range'> {
  const person = entries.get('person')?.[0];
  const team = entries.get('team')?.[0];
  if (person === undefined && team === undefined)
    diagnostics.push(messages.requiredMissing(place, '`for`', 'person'));
  if (person?.value !== undefined && team?.value !== undefined)
    diagnostics.push(messages.clauseTwice(team.span, 'person', person.span));
  const from = entries.get('from')?.[0];
  const until = entries.get('until')?.[0];
  const bounds = [from, until].flatMap((each) => (each?.value === undefined ? [] : [each.span]));
  const range = bounds.length > 0 && {
    range: {
      ...(from?.value !== undefined && { from: from.value as ast.Expression }),
      ...(until?.value !== undefined && { until: until.value as ast.Expression }),
      span: cover(bounds[0]!, bounds.at(-1)!),
    },
  };
  return {
    of: person === undefined && team !== undefined ? 'team' : 'person',
    name: ((person ?? team)?.value as ast.Name | undefined) ?? { text: '', span: place },
    ...range,
  };
}

export function testRows(entries: Entries): readonly astTests.TestRow[] {
  return read(entries, 'rows').map(({ key, value, span }) => ({
    ...(key as RowHead),
    cells: readable(value).map((line) => ({
      field: line.name!,
      ...(line.value as CellPhrase),
      span: line.span,
    })),
    span,
  }));
}

export function expectations(entries: Entries): readonly astTests.Expectation[] {
  return read(entries, 'expect').map(({ key, value, span }) => ({
    ...(key as ExpectHead),
    conditions: readable(value).map((line) => line.value as ast.Expression),
    span,
  }));
}
