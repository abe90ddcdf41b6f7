// Who is credited with a row, and which share: the credit lines that apply, and the role that each person held that day.

import type { Day } from '../base/date.ts';
import { add, type Exact, equals, exact, ONE, sign, subtract, ZERO } from '../base/exact.ts';
import type { RejectReason } from '../model/dataset.ts';
import type { PersonRow } from '../model/people.ts';
import type { CreditModel, EventModel, Model } from '../model/policy.ts';
import { leadsAbove, type PersonRows, rowsOn } from '../query/persons.ts';
import { compareText, type Evaluate, type EventRow } from './memory-rows.ts';

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
  | { readonly kind: 'named'; readonly named: readonly Named[]; readonly withoutPerson: number };

export interface CreditWorld {
  readonly model: Model;
  readonly evaluate: Evaluate;
  readonly persons: PersonRows;
}

/** Whom the lines that apply name, in the order of the lines, those above a person by their ids. */
export function namedBy(event: EventModel, row: EventRow, world: CreditWorld): NamedAll {
  const { evaluate } = world;
  const applying = event.credit
    .filter((line) => line.when === undefined || evaluate(line.when, row) === true)
    .map((line) => ({ line, persons: personsOf(line, row, world) }));
  const ordinary = applying.filter(({ line }) => !line.extra);

  if (ordinary.some(({ persons }) => persons.length === 0))
    return { kind: 'rejected', reason: 'nobody credited' };
  const shares = sharesOf(ordinary.map(({ line }) => line));
  if (!shares) return { kind: 'rejected', reason: 'shares not 100%' };

  const credited = new Set(ordinary.flatMap(({ persons }) => persons));
  const named = applying.flatMap(({ line, persons }) =>
    persons
      .filter((person) => !line.extra || line.also || !credited.has(person))
      .map((person) => ({ line, share: shares.get(line) ?? exact(line.share), person })),
  );
  const withoutPerson = applying.filter(({ persons }) => persons.length === 0).length;
  return { kind: 'named', named, withoutPerson };
}

/** The roles that those who are named hold on a day: one each, unless the line credits every role. */
export function holders(
  named: readonly Named[],
  day: Day,
  persons: PersonRows,
): Exclude<Credited, { kind: 'credited' }> | Omit<Credited & { kind: 'credited' }, 'withoutPerson'> {
  const credits: Credit[] = [];
  const outside: Exact[] = [];
  let withoutRole = 0;
  for (const { line, share, person } of named) {
    const held = rowsOn(persons, person, day).filter(({ role }) => line.roles?.includes(role) ?? true);
    if (held.length > 1 && !line.inEveryRole) return { kind: 'rejected', reason: 'two roles that day' };
    if (held.length === 0) withoutRole++;
    if (held.length === 0 && !line.extra) outside.push(share);
    for (const each of [...held].sort((a, b) => a.stay - b.stay)) credits.push({ line, share, person: each });
  }
  return { kind: 'credited', credits, withoutRole, outside };
}

function personsOf(line: CreditModel, row: EventRow, { model, evaluate, persons }: CreditWorld): string[] {
  const found = evaluate(line.to, row) ?? (line.otherwise && evaluate(line.otherwise, row));
  if (found === undefined) return [];
  const person = found as string;
  if (!line.leadsAbove) return [person];
  return leadsAbove(model, persons, { person, day: row.day }).sort(compareText);
}

/** The shares of the ordinary lines that apply; `undefined` where they don't come to 1 or the rest is below zero. */
function sharesOf(lines: readonly CreditModel[]): ReadonlyMap<CreditModel, Exact> | undefined {
  const said = lines.reduce((sum, { share }) => (share === 'rest' ? sum : add(sum, exact(share))), ZERO);
  const rest = subtract(ONE, said);
  const shares = new Map(lines.map((line) => [line, line.share === 'rest' ? rest : exact(line.share)]));
  const sum = [...shares.values()].reduce(add, ZERO);
  return equals(sum, ONE) && [...shares.values()].every((share) => sign(share) >= 0) ? shares : undefined;
}
