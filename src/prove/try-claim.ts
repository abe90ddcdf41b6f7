// Tries a claim in drawn situations, by the ordinary evaluation. One that refutes it is cut down to the rows that it takes.

import { wordsAt } from '../analyse/reading.ts';
import type { Backend } from '../backend/backend.ts';
import { type Chance, chanceOf } from '../base/chance.ts';
import type { Limits } from '../base/limits.ts';
import { runOver } from '../engine.ts';
import type { CellPlace, Run } from '../evaluate/cell.ts';
import { hasDayIn } from '../evaluate/places.ts';
import type { Gathered } from '../gather.ts';
import type { Expression } from '../model/expression.ts';
import type { Stay } from '../model/people.ts';
import type { Model } from '../model/policy.ts';
import type { Claim, InvariantModel } from '../model/proof.ts';
import type { Counterexample, Side } from '../model/proof-report.ts';
import { orTop } from './expectation.ts';
import {
  type Found,
  gatherIn,
  type In,
  isGiven,
  type Looked,
  NOTHING,
  placeIn,
  type Trying,
  valueIn,
} from './look-in.ts';
import { moveField, movePerson } from './move-claim.ts';
import { moverOf } from './moving.ts';
import { givenFigures, rolesOfClaim } from './prove-claim.ts';
import { writtenRows } from './situation-text.ts';
import { drawSituation, poolOf, type Situation } from './situations.ts';

/** How a claim is tried. */
export interface TryOptions {
  /** Gives a new backend in memory. */
  readonly openBackend: () => Backend;
  /** How many situations are looked at: a person in a period counts as one. */
  readonly situations: number;
  readonly seed: number;
  /** Only people of these roles; unless said, of all that the claim is about. */
  readonly roles?: readonly string[];
  /** What it may take. */
  readonly limits?: Limits;
}

/** What came of trying it. */
export interface Tried {
  readonly situations: number;
  readonly counterexample?: Counterexample;
}

/** Looks for a situation that refutes the claim, over the policy within what is given. */
export async function tryClaim(model: Model, invariant: InvariantModel, options: TryOptions): Promise<Tried> {
  const all = rolesOfClaim(model, invariant.claim);
  const roles = options.roles ? all.filter(({ name }) => options.roles!.includes(name)) : all;
  const { openBackend: open, situations: wanted, seed } = options;
  const { claim, given } = invariant;
  const formulas = formulasOf(claim);
  const asked = roles.map((role) => ({ role: role.name, grain: model.grain, formulas }));
  const figures = given.flatMap(({ value }) => (value.kind === 'of people' ? [value.value] : []));
  const trying: Trying = {
    model: { ...model, asked: asked.map((each) => ({ ...each, formulas: [...formulas, ...figures] })) },
    invariant,
    roles,
    given: givenFigures(given),
    pool: poolOf(model, formulas),
    open,
    ...(options.limits && { limits: options.limits }),
  };
  const chance = chanceOf(seed);
  let situations = 0;
  // situations in which the claim says nothing don't count, and aren't drawn for ever
  for (let drawn = 0; situations < wanted && drawn < wanted * 3; drawn++) {
    const situation = drawSituation(
      { model, pool: trying.pool, roles: roles.map(({ name }) => name) },
      chance,
    );
    const { looked, found } = await lookIn(trying, situation, chance);
    situations += looked;
    if (!found) continue;
    return { situations, counterexample: await cutDown(trying, { situation, found }) };
  }
  return { situations };
}

function formulasOf(claim: Claim): readonly Expression[] {
  if (claim.kind === 'holds') return [claim.condition];
  return [claim.value, ...(claim.in.kind === 'of people' ? [claim.in.value] : [])];
}

async function lookIn(
  trying: Trying,
  situation: Situation,
  chance: Chance,
  person?: string,
): Promise<Looked> {
  const gathered = await gatherIn(trying, situation);
  if (!gathered) return NOTHING;
  const { claim } = trying.invariant;
  const stays = staysIn(trying, gathered, situation).filter(
    (each) => person === undefined || each.person === person,
  );
  if (claim.kind === 'holds') return lookAtCondition(trying, { gathered, situation, stays }, claim.condition);
  const mover = moverOf(trying.model, claim.in);
  if (mover.kind === 'field') return moveField(trying, { gathered, situation, stays, chance, claim, mover });
  let looked = 0;
  for (const stay of stays) {
    const found = movePerson(trying, { gathered, situation, stay, chance, claim, mover });
    looked += found.looked;
    if (found.found) return { looked, found: found.found };
  }
  return { looked };
}

/** The stays of people who hold one role in the period, one that the claim is about. */
function staysIn({ roles }: Trying, { people }: Gathered, { period }: Situation): readonly Stay[] {
  const here = people.stays.filter((each) => hasDayIn(each, period));
  const names = new Set(roles.map(({ name }) => name));
  return here.filter(
    (stay) => names.has(stay.role) && here.filter(({ person }) => person === stay.person).length === 1,
  );
}

function lookAtCondition(trying: Trying, { gathered, situation, stays }: In, condition: Expression): Looked {
  const run = runOver(gathered);
  let looked = 0;
  for (const stay of stays) {
    const place = placeIn(run, stay, situation);
    if (!isGiven(trying, run, place)) continue;
    const value = valueIn(run, condition, place);
    if (typeof value !== 'boolean') continue;
    looked++;
    if (value) continue;
    const parts = condition.kind === 'apply' ? condition.args : [condition];
    const leaves = [...parts, ...parts.flatMap(figuresIn)];
    const sides = leaves.flatMap((each) => sideOf(trying, run, each, place));
    return { looked, found: { stay, sides: sides.filter(isFirst) } };
  }
  return { looked };
}

function isFirst(side: Side, at: number, all: readonly Side[]): boolean {
  return all.findIndex(({ words }) => words === side.words) === at;
}

function figuresIn(node: Expression): readonly Expression[] {
  if (node.kind === 'apply') return node.args.flatMap(figuresIn);
  return node.kind === 'constant' ? [] : [node];
}

function sideOf({ model }: Trying, run: Run, node: Expression, place: CellPlace): readonly Side[] {
  if (node.kind === 'constant') return [];
  const value = valueIn(run, node, place);
  return value === 'stopped' ? [] : [{ words: wordsAt(model, node.span), value: orTop(value, node.type) }];
}

const MOST_CUTS = 120;

/** As few rows as still refute the claim for the same person. */
async function cutDown(
  trying: Trying,
  refuted: { readonly situation: Situation; readonly found: Found },
): Promise<Counterexample> {
  let { situation, found } = refuted;
  const { person } = found.stay;
  let cuts = 0;
  const still = async (less: Situation): Promise<boolean> => {
    if (++cuts > MOST_CUTS) return false;
    // several draws of what moves may be needed to meet the same place again
    for (let seed = 0; seed < (trying.invariant.claim.kind === 'holds' ? 1 : 4); seed++) {
      const looked = await lookIn(trying, less, chanceOf(seed), person);
      if (!looked.found) continue;
      situation = less;
      found = looked.found;
      return true;
    }
    return false;
  };
  for (const [name, rows] of situation.rows)
    if (rows.length > 0) await still({ ...situation, rows: new Map(situation.rows).set(name, []) });
  if (situation.absences.length > 0) await still({ ...situation, absences: [] });
  const own = situation.people.filter((each) => each.id === person);
  if (own.length < situation.people.length) await still({ ...situation, people: own });
  for (const { id } of situation.people)
    if (id !== person && situation.people.length > own.length)
      await still({ ...situation, people: situation.people.filter((each) => each.id !== id) });
  for (const name of situation.rows.keys())
    for (let at = (situation.rows.get(name)?.length ?? 0) - 1; at >= 0; at--) {
      const rows = situation.rows.get(name)!;
      await still({
        ...situation,
        rows: new Map(situation.rows).set(
          name,
          rows.filter((_, index) => index !== at),
        ),
      });
    }
  // a person is there always, and in no team, where that is enough
  for (const name of ['team', 'lead', 'from', 'until'])
    await still({
      ...situation,
      people: situation.people.map((row) =>
        Object.fromEntries(Object.entries(row).filter(([cell]) => cell !== name)),
      ) as Situation['people'],
    });
  const { sides, steps, stay } = found;
  return {
    person,
    role: stay.role,
    period: situation.period.id,
    ...(sides ? { sides } : {}),
    ...(steps ? { steps } : {}),
    rows: writtenRows(trying.model, situation),
  };
}
