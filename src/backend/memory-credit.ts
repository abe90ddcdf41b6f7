// Who is credited with a row, and which share: the credit lines that apply, and the role that each person held that day.

import type { Day } from '../base/date.ts';
import { RunError } from '../base/diagnostic.ts';
import { add, type Exact, equals, exact, ONE, sign, subtract, ZERO } from '../base/exact.ts';
import { inRoleDecision, missingDecision, namesNobody } from '../library/decisions.ts';
import type { RejectReason } from '../model/dataset.ts';
import type { PersonRow } from '../model/people.ts';
import type { CreditModel, EventModel, Model } from '../model/policy.ts';
import { leadsAbove, type PersonRows, rowsOn } from '../query/persons.ts';
import { isLeftOut } from '../query/shortfalls.ts';
import type { DayRange } from './backend.ts';
import { combining } from './memory-formulas.ts';
import {
  compareText,
  type Evaluate,
  type EventRow,
  placeOf,
  type RowWatch,
  type RowWorld,
  valueText,
} from './memory-rows.ts';

/** One credit line that counts for a row. */
export interface Credit {
  readonly line: CreditModel;
  readonly share: Exact;
  /** The credited person's row on the event's day, which knows its stay. */
  readonly person: PersonRow;
}

/** What the credit lines make of a row; a row is either rejected or has credits (maybe none). */
export type Credited =
  | { readonly kind: 'rejected'; readonly reason: RejectReason }
  | {
      readonly kind: 'credited';
      /** In the order of the lines. */
      readonly credits: readonly Credit[];
      /** Lines dropped because their person held no allowed role that day. */
      readonly withoutRole: number;
      /** The shares of those lines that are ordinary. */
      readonly outside: readonly Exact[];
      /** `extra` lines dropped because they named nobody. */
      readonly withoutPerson: number;
    };

/** A line that applies to a row, and somebody whom it names. */
export interface Named {
  readonly line: CreditModel;
  readonly share: Exact;
  readonly person: string;
}

/** Whom the lines that apply to a row name, whether they hold a role or not. */
export type NamedAll =
  | { readonly kind: 'rejected'; readonly reason: RejectReason }
  | {
      readonly kind: 'named';
      readonly named: readonly Named[];
      readonly withoutPerson: number;
      /** Persons of `extra` lines who are left to another line that names them. */
      readonly elsewhere: number;
    };

export interface CreditWorld {
  readonly model: Model;
  readonly watch?: RowWatch | undefined;
  readonly evaluate: Evaluate;
  readonly persons: PersonRows;
}

/** Names the persons of rows: once for each combination of what the lines read, where nothing else decides. */
export function naming(event: EventModel, world: CreditWorld & RowWorld): (row: EventRow) => NamedAll {
  const rows = world.events.get(event.name)!;
  const formulas = event.credit.flatMap(({ when, to, otherwise }) => [when, to, otherwise]);
  const isByDay = event.credit.some((line) => line.leadsAbove);
  const combine = isByDay || world.watch ? undefined : combining(formulas, rows);
  const known: NamedAll[] = [];
  return (row) => {
    if (!combine) return namedBy(event, row, world);
    const code = combine.codeOf(placeOf(row));
    known[code] ??= namedBy(event, row, world);
    return known[code];
  };
}

/** Whom the lines that apply name, in the order of the lines, those above a person by their ids. */
function namedBy(event: EventModel, row: EventRow, world: CreditWorld): NamedAll {
  const { evaluate } = world;
  const applying = event.credit
    .filter((line) => neededBy(line, () => line.when === undefined || evaluate(line.when, row) === true))
    .map((line) => ({ line, persons: neededBy(line, () => personsOf(line, row, world)) }));
  const ordinary = applying.filter(({ line }) => !line.extra);

  if (ordinary.some(({ persons }) => persons.length === 0))
    return { kind: 'rejected', reason: 'nobody credited' };
  const shares = sharesOf(ordinary.map(({ line }) => line));
  if (!shares) return { kind: 'rejected', reason: 'shares not 100%' };

  // an ordinary line comes before every extra one, wherever it stands; of two extra ones the first in the policy stands
  const byOthers = new Set(ordinary.flatMap(({ persons }) => persons));
  const named: Named[] = [];
  let elsewhere = 0;
  for (const { line, persons } of applying) {
    const left = line.extra && !line.also ? persons.filter((person) => !byOthers.has(person)) : persons;
    elsewhere += persons.length - left.length;
    for (const person of left) named.push({ line, share: shares.get(line) ?? exact(line.share), person });
    for (const person of left) byOthers.add(person);
  }
  const withoutPerson = applying.filter(({ persons }) => persons.length === 0).length;
  return { kind: 'named', named, withoutPerson, elsewhere };
}

/** What a test leaves out of a row is missed at the line of credit that reads it. */
function neededBy<T>({ span }: CreditModel, work: () => T): T {
  try {
    return work();
  } catch (fault) {
    if (!isLeftOut(fault)) throw fault;
    throw new RunError(fault.diagnostics.map((each) => ({ ...each, span })));
  }
}

type Held = Exclude<Credited, { kind: 'credited' }> | Omit<Credited & { kind: 'credited' }, 'withoutPerson'>;

/** Finds the roles that those who are named hold on a row's day; once for all days on which they hold the same. */
export function holding({
  persons,
  watch,
}: Pick<CreditWorld, 'persons' | 'watch'>): (named: readonly Named[], row: EventRow) => Held {
  const known = new Map<readonly Named[], { readonly days: DayRange; readonly held: Held }[]>();
  return (named, row) => {
    if (watch) return holders(named, row, { persons, watch });
    const { day } = row;
    const found = known.get(named) ?? [];
    known.set(named, found);
    const same = found.find(({ days }) => days.from <= day && day < days.until);
    if (same) return same.held;
    const held = holders(named, row, { persons, watch });
    found.push({ days: unchangedAround(day, named, persons), held });
    return held;
  };
}

/** The days around one on which the rows of the persons that hold are the same. */
function unchangedAround(day: Day, named: readonly Named[], persons: PersonRows): DayRange {
  let [from, until] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (const { person } of named)
    for (const row of persons.get(person) ?? [])
      for (const edge of [row.from, row.until])
        if (edge <= day) from = Math.max(from, edge);
        else until = Math.min(until, edge);
  return { from, until };
}

/** The roles that those who are named by a row hold on a day: one each, unless the line credits every role. */
function holders(
  named: readonly Named[],
  row: EventRow,
  { persons, watch }: Pick<CreditWorld, 'persons' | 'watch'>,
): Held {
  const credits: Credit[] = [];
  const outside: Exact[] = [];
  let withoutRole = 0;
  for (const { line, share, person } of named) {
    const held = rowsOn(persons, person, row.day).filter(({ role }) => line.roles?.includes(role) ?? true);
    if (line.roles) watch?.decided(inRoleDecision(line.span, held.length > 0), { person, row: rowText(row) });
    if (held.length > 1 && !line.inEveryRole) return { kind: 'rejected', reason: 'two roles that day' };
    if (held.length === 0) withoutRole++;
    if (held.length === 0 && !line.extra) outside.push(share);
    for (const each of [...held].sort((a, b) => a.stay - b.stay)) credits.push({ line, share, person: each });
  }
  return { kind: 'credited', credits, withoutRole, outside };
}

function personsOf(
  line: CreditModel,
  row: EventRow,
  { model, evaluate, persons, watch }: CreditWorld,
): string[] {
  const first = evaluate(line.to, row);
  if (watch && namesNobody(line)) watch.decided(missingDecision(line.to.span, first), { row: rowText(row) });
  const found = first ?? (line.otherwise && evaluate(line.otherwise, row));
  if (found === undefined) return [];
  const person = found as string;
  if (!line.leadsAbove) return [person];
  return leadsAbove(model, persons, { person, day: row.day }).sort(compareText);
}

function rowText({ key }: EventRow): string {
  return valueText(key);
}

/** The shares of the ordinary lines that apply; `undefined` where they don't come to 1 or the rest is below zero. */
function sharesOf(lines: readonly CreditModel[]): ReadonlyMap<CreditModel, Exact> | undefined {
  const said = lines.reduce((sum, { share }) => (share === 'rest' ? sum : add(sum, exact(share))), ZERO);
  const rest = subtract(ONE, said);
  const shares = new Map(lines.map((line) => [line, line.share === 'rest' ? rest : exact(line.share)]));
  const sum = [...shares.values()].reduce(add, ZERO);
  return equals(sum, ONE) && [...shares.values()].every((share) => sign(share) >= 0) ? shares : undefined;
}
