// Whether what an invariant claims can be shown for a role without any data.

import { ANY, type Interval, interval } from '../analyse/interval.ts';
import { exact, exactText, greatest, least } from '../base/exact.ts';
import { partsOf } from '../library/parts.ts';
import { isNumeric } from '../library/types.ts';
import type { Expression } from '../model/expression.ts';
import type { FieldModel, Model, Role } from '../model/policy.ts';
import type { Claim, GivenRange, InvariantModel } from '../model/proof.ts';
import { proveIn } from './cases.ts';
import { intersection } from './limits.ts';
import { boundingIn } from './limits-of.ts';
import { WHOLE_BOX } from './lines.ts';
import { moverOf, movingWith } from './moving.ts';
import { either, type Sketch, type Why } from './sketch.ts';
import { sketchRole } from './sketch-pay.ts';
import { childrenOf, factSketches } from './sketch-walk.ts';
import { neverFalls, neverRises, type Slopes, slopesBy } from './slopes.ts';

/** What came of it for one role. */
export interface RoleProof {
  readonly role: string;
  readonly proved: boolean;
  /** What couldn't be followed, where that is known. */
  readonly why?: Why;
}

/** The roles that have all that a claim names. */
export function rolesOfClaim({ roles }: Model, claim: Claim): readonly Role[] {
  const formulas = claim.kind === 'holds' ? [claim.condition] : [claim.value, ...variedFormula(claim)];
  const bonuses = new Set<string>();
  let scored = false;
  const visit = (node: Expression): void => {
    if (node.kind === 'bonus') bonuses.add(node.name);
    if (node.kind === 'score') scored = true;
    for (const part of partsOf(node)) visit(part);
  };
  for (const each of formulas) visit(each);
  return roles.filter(
    (role) =>
      [...bonuses].every((name) => role.bonuses.some((each) => each.name === name)) &&
      (!scored || role.scorecard !== undefined),
  );
}

function variedFormula({ in: varied }: Claim & { readonly kind: 'monotone' }): readonly Expression[] {
  return varied.kind === 'of people' ? [varied.value] : [];
}

/** The policy as it is within what is given of fields and attributes; nothing is shared that remembers its bounds. */
export function modelWithin(model: Model, given: readonly GivenRange[]): Model {
  const { onlyProved } = model;
  const narrowed = (fields: readonly FieldModel[], is: (name: string, range: GivenRange) => boolean) =>
    fields.map((field) =>
      given
        .filter((range) => is(field.name, range))
        .reduce((found, range) => narrowedTo(found, range), field),
    );
  return {
    ...model,
    tests: [],
    invariants: [],
    attributes: narrowed(
      model.attributes,
      (name, { value }) =>
        value.kind === 'of people' && value.value.kind === 'attribute' && value.value.name === name,
    ),
    events: model.events.map((event) => ({
      ...event,
      fields: narrowed(
        event.fields,
        (name, { value }) => value.kind === 'of rows' && value.event === event.name && value.field === name,
      ),
    })),
    roles: model.roles.map((each) => ({ ...each })),
    measures: [...model.measures, ...onlyProved.measures],
    figures: [...model.figures, ...onlyProved.figures],
  };
}

function narrowedTo(field: FieldModel, { from, until }: GivenRange): FieldModel {
  const low = [field.from, from].filter((each) => each !== undefined).map(exact);
  const high = [field.until, until].filter((each) => each !== undefined).map(exact);
  const text = (ends: readonly ReturnType<typeof exact>[], pick: typeof least): string | undefined => {
    const found = ends.reduce<ReturnType<typeof exact> | undefined>(
      (a, b) => (a ? pick(a, b) : b),
      undefined,
    );
    return found && exactText(found);
  };
  const [first, last] = [text(low, greatest), text(high, least)];
  return {
    ...field,
    ...(first === undefined ? {} : { from: first }),
    ...(last === undefined ? {} : { until: last }),
  };
}

/** What is given of figures, by their ids. */
export function givenFigures(given: readonly GivenRange[]): ReadonlyMap<string, Interval> {
  const found = new Map<string, Interval>();
  for (const { value, from, until } of given) {
    if (value.kind !== 'of people' || value.value.kind !== 'figure') continue;
    const range = interval(
      from === undefined ? undefined : exact(from),
      until === undefined ? undefined : exact(until),
    );
    const id = value.value.figure;
    found.set(id, intersection(found.get(id) ?? ANY, range));
  }
  return found;
}

/** Proves the claim of an invariant for a role, over the policy within what is given. */
export function proveFor(model: Model, role: Role, { claim, given }: InvariantModel): RoleProof {
  const mover = claim.kind === 'monotone' ? moverOf(model, claim.in) : undefined;
  const whole = new Set(mover?.kind === 'figure' ? [mover.figure] : []);
  const sketcher = sketchRole({ model, role, whole, given: givenFigures(given) });
  const at = { grain: model.grain };
  if (claim.kind === 'holds') {
    const told = sketcher.told(claim.condition, at);
    const { proved } = proveIn(WHOLE_BOX, either(told.missing, told.holds));
    return { role: role.name, proved, ...(proved ? {} : whyOf(factSketches(told.holds))) };
  }
  if (!isNumeric(claim.value.type) || !mover) return { role: role.name, proved: false };
  const { value } = sketcher.value(claim.value, at);
  const slopes = slopesBy(movingWith(model, mover, boundingIn(WHOLE_BOX)));
  const slope = slopes.of(value);
  const proved = claim.direction === 'nondecreasing' ? neverFalls(slope) : neverRises(slope);
  return { role: role.name, proved, ...(proved ? {} : whyOf([value], slopes)) };
}

/** The first thing that isn't followed and may move. */
function whyOf(sketches: readonly Sketch[], slopes?: Slopes): { readonly why?: Why } {
  const seen = new Set<Sketch>();
  const find = (sketch: Sketch): Why | undefined => {
    if (seen.has(sketch)) return undefined;
    seen.add(sketch);
    if (sketch.kind === 'unknown') {
      const { low, high } = slopes ? slopes.of(sketch) : ANY;
      return low && high ? undefined : sketch.why;
    }
    return childrenOf(sketch).reduce<Why | undefined>((found, each) => found ?? find(each), undefined);
  };
  const why = sketches.reduce<Why | undefined>((found, each) => found ?? find(each), undefined);
  return why ? { why } : {};
}
