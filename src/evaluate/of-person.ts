// Attributes of a person whom a formula of people names: `person.lead.region`.

import { whole } from '../base/exact.ts';
import type { OfPersonNode } from '../model/expression.ts';
import type { People } from '../model/people.ts';
import type { Cell } from '../model/value.ts';
import { agreedCount, countsMonths } from '../query/months.ts';
import { agreedAttribute, type PersonRows, rowsByPerson, rowsOn } from '../query/persons.ts';
import type { CellPlace, Run } from './cell.ts';
import { evaluate } from './formula.ts';
import { readsRow } from './per-event.ts';

const persons = new WeakMap<People, PersonRows>();

/**
 * As of the last day held, of a person whom a row names as of the row's day; missing where nobody is there then, or
 * where rows of two roles disagree.
 */
export function ofPersonIn(run: Run, node: OfPersonNode, place: CellPlace): Cell {
  const person = evaluate(run, node.person, place);
  const last = place.held.at(-1);
  if (person === undefined || !last) return undefined;
  const rows = persons.get(run.people) ?? rowsByPerson(run.people);
  persons.set(run.people, rows);
  const day = place.row && readsRow(node.person) ? place.row.row.day : last.until - 1;
  const { attribute } = node;
  const held = rowsOn(rows, person as string, day);
  if (!countsMonths(run.model, attribute)) return agreedAttribute(run.model, held, attribute);
  const count = agreedCount(run.people, held, { attribute, day });
  return count === undefined ? undefined : whole(count);
}
