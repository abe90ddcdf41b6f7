// People as dated pieces for a database to join with: what the rows of a day agree about, and who stands above whom.

import type { Day } from '../base/date.ts';
import { walk } from '../library/parts.ts';
import { rowFormulas } from '../library/row-formulas.ts';
import type { People } from '../model/people.ts';
import type { Model } from '../model/policy.ts';
import type { Cell } from '../model/value.ts';
import { agreedAttribute, rowsByPerson } from '../query/persons.ts';

/** On the days of `[from, until)`, what all rows of the person agree about; pieces of one person don't overlap. */
export interface AgreedPiece {
  readonly person: string;
  readonly from: Day;
  readonly until: Day;
  /** By attribute, built in or declared. */
  readonly values: ReadonlyMap<string, Cell>;
}

/** On the days of `[from, until)` somebody stands above the person; nobody twice on a day. */
export interface AbovePiece {
  readonly person: string;
  readonly above: string;
  readonly from: Day;
  readonly until: Day;
}

/** The pieces of everybody, if some formula of rows reads an attribute of a person whom the row names. */
export function agreedPieces(model: Model, people: People): readonly AgreedPiece[] {
  let isRead = false;
  for (const { value } of rowFormulas(model)) {
    walk(value, (node) => {
      isRead ||= node.kind === 'of person';
    });
  }
  const names = ['id', 'name', 'role', 'team', 'lead', ...model.attributes.map((each) => each.name)];
  return isRead ? piecesOf(model, people, names) : [];
}

function piecesOf(model: Model, people: People, names: readonly string[]): readonly AgreedPiece[] {
  return [...rowsByPerson(people)].flatMap(([person, rows]) => {
    const days = [...new Set(rows.flatMap((row) => [row.from, row.until]))].sort((a, b) => a - b);
    return days.slice(0, -1).flatMap((from, at) => {
      const held = rows.filter((row) => row.from <= from && from < row.until);
      if (held.length === 0) return [];
      const values = new Map(names.map((name) => [name, agreedAttribute(model, held, name)]));
      return [{ person, from, until: days[at + 1]!, values }];
    });
  });
}

/** Who stands above whom, if some credit line asks for it. A circle of leads ends where it closes. */
export function piecesAbove(model: Model, people: People): readonly AbovePiece[] {
  if (!model.events.some((event) => event.credit.some((line) => line.leadsAbove))) return [];
  const leads = new Map<string, AgreedPiece[]>();
  for (const piece of piecesOf(model, people, ['lead'])) {
    const own = leads.get(piece.person);
    if (own) own.push(piece);
    else leads.set(piece.person, [piece]);
  }
  const found: AbovePiece[] = [];
  const climb = (at: string, days: Omit<AbovePiece, 'above'>, met: readonly string[]): void => {
    for (const piece of leads.get(at) ?? []) {
      const above = piece.values.get('lead') as string | undefined;
      const [from, until] = [Math.max(days.from, piece.from), Math.min(days.until, piece.until)];
      if (above === undefined || from >= until || met.includes(above)) continue;
      const part = { person: days.person, from, until };
      found.push({ ...part, above });
      climb(above, part, [...met, above]);
    }
  };
  for (const [person, pieces] of leads) {
    for (const { from, until } of pieces) climb(person, { person, from, until }, [person]);
  }
  return found;
}
