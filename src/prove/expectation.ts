// What a person's expectation comes to: in which of the person's roles a condition is looked at, whether it holds, and,
// where it doesn't, the values under its parts.

import { dayText } from '../base/date.ts';
import { type Diagnostic, RunError } from '../base/diagnostic.ts';
import { equals } from '../base/exact.ts';
import { fiscalYears } from '../base/fiscal.ts';
import { type Period, parsePeriod } from '../base/period.ts';
import { type CellPlace, isTop, placed, type Run, wordsOf } from '../evaluate/cell.ts';
import { evaluate } from '../evaluate/formula.ts';
import { figureValue } from '../evaluate/lines.ts';
import { hasDayIn, stayPlace } from '../evaluate/places.ts';
import { STATED } from '../evaluate/stated.ts';
import { partsOf, walk } from '../library/parts.ts';
import type { Expression } from '../model/expression.ts';
import type { FigureValue } from '../model/inputs.ts';
import type { Stay } from '../model/people.ts';
import type { Expectation } from '../model/proof.ts';
import type { Cell } from '../model/value.ts';
import { staysOfPerson } from '../query/persons.ts';
import { figureText } from '../report/format.ts';
import { noRoleThen, noSuchBonus, severalRoles } from './messages.ts';

/** A condition that was worked out: whether it holds, and where it was looked at. */
export interface Verdict {
  readonly condition: Expression;
  /** `undefined`: missing. */
  readonly value: boolean | undefined;
  readonly place: CellPlace;
  /** Whether it has figures of a role, and not only of the person. */
  readonly isOfRole: boolean;
}

/** Works out one condition of an expectation. Throws `RunError` where it can't be. */
export function verdictOn(
  run: Run,
  { person, period, personSpan }: Expectation,
  condition: Expression,
): Verdict {
  const over = parsePeriod(period, fiscalYears(run.model))!;
  const all = staysOfPerson(run.people, person);
  const here = all.filter((stay) => hasDayIn(stay, over)).toSorted(inOrder);
  expectBonuses(run, condition, { person, over, here });
  const leaves = leavesOf(condition);
  if (leaves.length > 0 && here.length === 0)
    throw new RunError([noRoleThen(condition.span, person, over.id)]);
  const stays = leaves.length === 0 ? [...here, ...all].slice(0, 1) : fitting(run, here, leaves);
  if (stays.length === 0) throw new RunError([noRoleThen(personSpan, person, over.id)]);
  const places = stays.map((stay) => statedPlace(run, stay, over));
  const unclear = places.length > 1 ? differing(run, leaves, places) : undefined;
  if (unclear) throw new RunError([unclear]);
  const place = places[0]!;
  return { condition, value: valueIn(run, condition, place), place, isOfRole: leaves.length > 0 };
}

function valueIn(run: Run, condition: Expression, place: CellPlace): boolean | undefined {
  try {
    return evaluate(run, condition, place) as boolean | undefined;
  } catch (fault) {
    throw placed(fault, condition.span);
  }
}

/** The person's cell, in which bonuses are what statements say of them. */
function statedPlace(run: Run, stay: Stay, period: Period): CellPlace {
  return { ...stayPlace(run, stay, period), known: new Map(), stated: STATED };
}

function inOrder(a: Stay, b: Stay): number {
  return a.from - b.from || a.index - b.index;
}

// ---- which role is meant -----------------------------------------------------------------------------------------

/** The parts of a condition that belong to a role, outermost first; what they stand on isn't entered. */
function leavesOf(node: Expression): readonly Expression[] {
  switch (node.kind) {
    case 'figure':
    case 'measure':
    case 'target':
    case 'attainment':
    case 'score':
    case 'attribute':
    case 'previous':
    case 'each':
    case 'streak':
    case 'rank':
    case 'total':
      return [node];
    case 'period':
      return node.edge === 'held' ? [node] : [];
    default:
      return partsOf(node).flatMap(leavesOf);
  }
}

/** The stays whose role has what a condition names: a scorecard for a score, a target for an attainment; else all. */
function fitting(run: Run, stays: readonly Stay[], leaves: readonly Expression[]): readonly Stay[] {
  const found = stays.filter((stay) => {
    const role = run.roles.get(stay.role)!;
    const aimed = new Set(
      [...role.targets, ...run.model.overrides.flatMap((each) => each.targets)].map((each) => each.kpi),
    );
    return leaves.every((leaf) => {
      if (leaf.kind === 'score') return role.scorecard !== undefined;
      if (leaf.kind !== 'target' && leaf.kind !== 'attainment') return true;
      return aimed.has(run.figures.get(leaf.figure)!.name);
    });
  });
  return found.length > 0 ? found : stays;
}

/** The first part that isn't the same in all of the person's roles. */
function differing(
  run: Run,
  leaves: readonly Expression[],
  places: readonly CellPlace[],
): Diagnostic | undefined {
  for (const leaf of leaves) {
    const values = places.map((place) => evaluate(run, leaf, place));
    if (values.every((each) => isSame(each, values[0]))) continue;
    return severalRoles(
      leaf.span,
      wordsOf(run, leaf.span),
      places.map((place, at) => ({ role: roleText(place), value: shown(values[at], leaf) })),
    );
  }
  return undefined;
}

function roleText({ viewer, held }: CellPlace): string {
  const role = viewer.kind === 'stay' ? viewer.role.name : '';
  const [first, last] = [held[0], held.at(-1)];
  return first && last ? `${role} (${dayText(first.from)} until ${dayText(last.until - 1)})` : role;
}

function shown(cell: Cell, { type }: Expression): string {
  return cell === undefined ? 'missing' : figureText(orTop(cell, type));
}

function isSame(a: Cell, b: Cell): boolean {
  return typeof a === 'object' && typeof b === 'object' ? equals(a, b) : a === b;
}

/** Refuses a bonus that none of the roles has in which the person is in the period. */
function expectBonuses(
  run: Run,
  condition: Expression,
  { person, over, here }: { readonly person: string; readonly over: Period; readonly here: readonly Stay[] },
): void {
  const has = (stay: Stay, name: string): boolean =>
    run.roles.get(stay.role)!.bonuses.some((each) => each.name === name);
  walk(condition, (node) => {
    if (node.kind !== 'bonus') return;
    if (here.length === 0) throw new RunError([noRoleThen(node.span, person, over.id)]);
    if (here.some((stay) => has(stay, node.name))) return;
    const roles = [...new Set(here.map((stay) => stay.role))];
    throw new RunError([noSuchBonus(node.span, node.name, { person, period: over.id, roles })]);
  });
}

/** A value as results hold it. */
export function orTop(cell: Cell, type: Expression['type']): FigureValue | 'top' {
  return isTop(cell) ? 'top' : figureValue(cell, type);
}
