// Comparing people (language.md, section 5): the place among them, and their total. Worked out once for all by formula
// and period. A person has one place, that of the stay which counts; a total has every stay, each with its own value.

import { add, type Exact, whole, ZERO } from '../base/exact.ts';
import type { RankNode, TotalNode } from '../model/expression.ts';
import type { Cell } from '../model/value.ts';
import { rolesCompared } from '../query/named.ts';
import { type CellPlace, isTop, type Run } from './cell.ts';
import { isAway } from './days.ts';
import { evaluate, unbounded } from './formula.ts';
import { seenFrom } from './past.ts';
import { hasDayIn, stayPlace } from './places.ts';
import { type Candidate, placesAmong } from './recipients.ts';

/** What one formula gives for everybody who is compared in a period. */
export interface Compared {
  /** Places by stay, the largest value first; who isn't ranked isn't in it, nor is a person's stay that doesn't count. */
  readonly places: ReadonlyMap<number, number>;
  readonly total: Cell;
}

/**
 * The place from 1; ties share it, and after two firsts comes the third. Missing for whose value is missing or zero, and in
 * a stay of a person that isn't the one which counts: what is paid for a place is paid once.
 */
export function rankIn(run: Run, node: RankNode, place: CellPlace): Cell {
  if (place.viewer.kind !== 'stay') return undefined;
  const found = comparedIn(run, node, place).places.get(place.viewer.stay.index);
  return found === undefined ? undefined : whole(found);
}

/** The sum over everybody; missing where one of them is. */
export function totalIn(run: Run, node: TotalNode, place: CellPlace): Cell {
  return comparedIn(run, node, place).total;
}

function comparedIn(run: Run, node: RankNode | TotalNode, place: CellPlace): Compared {
  const { viewer, period } = place;
  const own = viewer.kind === 'stay' ? viewer.role : undefined;
  const key = `${period.grain} ${period.id} ${place.asPaid ? 'as paid' : ''} ${own?.name ?? ''}`;
  const known = run.compared.get(node) ?? new Map<string, Compared>();
  run.compared.set(node, known);
  const found = known.get(key);
  if (found) return found;
  const names = rolesCompared(run.model, node.roles, own).map((each) => each.name);
  const values = run.people.stays
    .filter((stay) => names.includes(stay.role) && hasDayIn(stay, period))
    .map((stay) => ({ stay, value: evaluate(run, node.of, seenFrom(place, stayPlace(run, stay, period))) }))
    // of who is away the whole period nothing is expected, and nothing compared
    .filter(({ stay, value }) => value !== undefined || !isAway(run, stayPlace(run, stay, period)));
  const compared: Compared =
    node.kind === 'rank'
      ? { places: placesOf(values, node), total: undefined }
      : { places: new Map(), total: totalOf(run, node, values) };
  known.set(key, compared);
  return compared;
}

function placesOf(values: readonly Candidate[], node: RankNode): ReadonlyMap<number, number> {
  const placed = placesAmong(values, { by: node.of, withZero: false });
  return new Map(placed.map(({ stay, place }) => [stay.index, place]));
}

function totalOf(run: Run, node: TotalNode, values: readonly Candidate[]): Cell {
  if (values.some(({ value }) => value === undefined)) return undefined;
  if (values.some(({ value }) => isTop(value))) return unbounded(run, node.of);
  return values.reduce((sum, { value }) => add(sum, value as Exact), ZERO);
}
