// Looking at a claim in a situation: what is tried, what comes of it, and values by the ordinary evaluation.

import { figureCalled } from '../analyse/formulas.ts';
import type { Interval } from '../analyse/interval.ts';
import { RunError } from '../base/diagnostic.ts';
import { compare } from '../base/exact.ts';
import type { Limits } from '../base/limits.ts';
import { type CellPlace, isTop, type Run } from '../evaluate/cell.ts';
import { evaluate } from '../evaluate/formula.ts';
import { stayPlace } from '../evaluate/places.ts';
import { STATED_EXACTLY } from '../evaluate/stated.ts';
import { type Gathered, gather } from '../gather.ts';
import type { Expression } from '../model/expression.ts';
import type { Stay } from '../model/people.ts';
import type { Model, Role } from '../model/policy.ts';
import type { InvariantModel } from '../model/proof.ts';
import type { Counterexample, Side } from '../model/proof-report.ts';
import type { Cell } from '../model/value.ts';
import { type Pool, type Situation, sourcesOf } from './situations.ts';
import type { TryOptions } from './try-claim.ts';

/** What is tried, and with what. */
export interface Trying {
  readonly model: Model;
  readonly invariant: InvariantModel;
  readonly roles: readonly Role[];
  readonly given: ReadonlyMap<string, Interval>;
  readonly pool: Pool;
  readonly open: TryOptions['openBackend'];
  readonly limits?: Limits;
}

/** A person in a situation for whom the claim doesn't hold. */
export interface Found {
  readonly stay: Stay;
  readonly sides?: readonly Side[];
  readonly steps?: Counterexample['steps'];
}

/** In how many people’s situations a claim was looked at, and one that refutes it. */
export interface Looked {
  readonly looked: number;
  readonly found?: Found;
}

/** A situation in which the claim says nothing. */
export const NOTHING: Looked = { looked: 0 };

/** Reads a situation as any run’s data; nothing where the run would stop. */
export async function gatherIn(
  { model, open, limits }: Trying,
  situation: Situation,
): Promise<Gathered | undefined> {
  const backend = open();
  try {
    const sources = sourcesOf(model, situation);
    const request = {
      model,
      sources,
      period: situation.period.id,
      allowRejects: true,
      ...(limits && { limits }),
    };
    return (await gather(request, backend)).value;
  } catch (fault) {
    if (fault instanceof RunError) return undefined;
    throw fault;
  } finally {
    await backend.close();
  }
}

/** A person’s cell in which bonuses are what a claim means. */
export function placeIn(run: Run, stay: Stay, { period }: Situation): CellPlace {
  return { ...stayPlace(run, stay, period), known: new Map(), stated: STATED_EXACTLY };
}

/** A value; `stopped` where it can't be worked out, of which the claim says nothing. */
export function valueIn(run: Run, node: Expression, place: CellPlace): Cell | 'stopped' {
  try {
    return evaluate(run, node, place);
  } catch (fault) {
    if (fault instanceof RunError) return 'stopped';
    throw fault;
  }
}

/** Whether what is given holds of a person. */
export function isGiven({ model, given }: Trying, run: Run, place: CellPlace): boolean {
  return [...given].every(([id, { low, high }]) => {
    const figure = figureCalled(model, id)!;
    const node: Expression = {
      kind: 'figure',
      figure: id,
      type: figure.type,
      optional: true,
      span: figure.span,
    };
    const value = valueIn(run, node, place);
    if (typeof value !== 'object' || isTop(value)) return false;
    return (!low || compare(value, low) >= 0) && (!high || compare(value, high) <= 0);
  });
}

/** A situation that has been read, and the stays in it that the claim is about. */
export interface In {
  readonly gathered: Gathered;
  readonly situation: Situation;
  readonly stays: readonly Stay[];
}
