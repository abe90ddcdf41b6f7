// Who is credited with a row, and which share: the credit lines that apply, and the role that each person held that day.

import type { Day } from '../base/date.ts';
import { add, type Exact, equals, exact, ONE, sign, subtract, ZERO } from '../base/exact.ts';
import type { RejectReason } from '../model/dataset.ts';
import type { People, PersonRow } from '../model/people.ts';
import type { CreditModel, EventModel } from '../model/policy.ts';
import type { Evaluate, EventRow } from './memory-rows.ts';

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
      /** `extra` lines dropped because they named nobody. */
      readonly withoutPerson: number;
    };

/** A person's rows of the people data. */
export type PersonRows = ReadonlyMap<string, readonly PersonRow[]>;

export function rowsByPerson(people: People): PersonRows {
  const rows = new Map<string, PersonRow[]>();
  for (const row of people.rows) {
    const own = rows.get(row.person);
    if (own) own.push(row);
    else rows.set(row.person, [row]);
  }
  return rows;
}

/** Applies an event's credit lines to one row. Problems are looked for in the order of the backend's contract. */
export function creditRow(
  event: EventModel,
  row: EventRow,
  world: { readonly evaluate: Evaluate; readonly persons: PersonRows },
): Credited {
  const { evaluate, persons } = world;
  const applying = event.credit
    .filter((line) => line.when === undefined || evaluate(line.when, row) === true)
    .map((line) => ({ line, person: personOf(line, row, evaluate) }));
  const ordinary = applying.filter(({ line }) => !line.extra);

  if (ordinary.some(({ person }) => person === undefined))
    return { kind: 'rejected', reason: 'nobody credited' };
  const shares = sharesOf(ordinary.map(({ line }) => line));
  if (!shares) return { kind: 'rejected', reason: 'shares not 100%' };

  const credits: Credit[] = [];
  let withoutRole = 0;
  let withoutPerson = 0;
  for (const { line, person } of applying) {
    if (person === undefined) {
      withoutPerson++;
      continue;
    }
    if (line.extra && ordinary.some((each) => each.person === person)) continue;
    const held = holding(persons.get(person) ?? [], row.day, line.roles);
    if (held.length > 1) return { kind: 'rejected', reason: 'two roles that day' };
    if (held.length === 0) withoutRole++;
    else credits.push({ line, share: shares.get(line) ?? exact(line.share), person: held[0]! });
  }
  return { kind: 'credited', credits, withoutRole, withoutPerson };
}

function personOf(line: CreditModel, row: EventRow, evaluate: Evaluate): string | undefined {
  const person = evaluate(line.to, row) ?? (line.otherwise && evaluate(line.otherwise, row));
  return person as string | undefined;
}

/** The shares of the ordinary lines that apply; `undefined` where they don't come to 1 or the rest is below zero. */
function sharesOf(lines: readonly CreditModel[]): ReadonlyMap<CreditModel, Exact> | undefined {
  const said = lines.reduce((sum, { share }) => (share === 'rest' ? sum : add(sum, exact(share))), ZERO);
  const rest = subtract(ONE, said);
  const shares = new Map(lines.map((line) => [line, line.share === 'rest' ? rest : exact(line.share)]));
  const sum = [...shares.values()].reduce(add, ZERO);
  return equals(sum, ONE) && [...shares.values()].every((share) => sign(share) >= 0) ? shares : undefined;
}

function holding(rows: readonly PersonRow[], day: Day, roles: readonly string[] | undefined): PersonRow[] {
  return rows.filter(
    (row) => row.from <= day && day < row.until && (roles === undefined || roles.includes(row.role)),
  );
}
