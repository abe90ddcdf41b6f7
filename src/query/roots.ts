// The formulas that are worked out over a grain. Those with a role are worked out from the seat of each person in it;
// the others are figures, which anybody may have, and what is nobody's, such as a pool's amount.

import type { Grain } from '../base/period.ts';
import type { Expression } from '../model/expression.ts';
import type { Cap, Floor } from '../model/pay.ts';
import type { Model, Role } from '../model/policy.ts';
import { rootsBeside } from './awards.ts';
import type { Roots } from './history.ts';

export function rootsOver(model: Model, grain: Grain): readonly Roots[] {
  const { caps, floors, draws } = model.pay;
  const ofAll = [...boundsOver([...caps, ...floors], grain), ...draws.map((each) => each.amount)];
  const shown =
    grain === model.grain
      ? model.figures.filter((figure) => !figure.grain)
      : model.figures.filter((figure) =>
          model.roles.some((role) => isScored(model, { role, grain, figure: figure.id })),
        );
  return [
    ...model.roles.map((role) => ({ role, formulas: [...formulasOf(role, grain), ...ofAll] })),
    ...rootsBeside(model, grain),
    ...askedOver(model, grain),
    { formulas: shown.map((each) => each.value) },
  ];
}

/** What is asked for beside what the policy pays. */
function askedOver({ asked = [], roles }: Model, grain: Grain): readonly Roots[] {
  return asked
    .filter((each) => each.grain === grain)
    .map(({ role: name, formulas }) => {
      const role = roles.find((each) => each.name === name);
      return { formulas, ...(role ? { role } : {}) };
    });
}

/** The grains that the policy's bonuses, bounds and pools are worked out over, and what is asked for beside. */
export function grainsOf({ grain, roles, pay, pools, asked = [] }: Model): readonly Grain[] {
  const lines = [
    ...roles.flatMap((role) => [...role.bonuses, ...role.caps, ...role.floors]),
    ...pay.caps,
    ...pay.floors,
    ...pools,
    ...asked,
  ];
  return [...new Set([grain, ...lines.map((each) => each.grain)])];
}

/** Whether bonuses, caps or pools over the grain may read a score that this figure goes into. */
function isScored(
  { pools }: Model,
  { role, grain, figure }: { readonly role: Role; readonly grain: Grain; readonly figure: string },
): boolean {
  return (
    [...role.bonuses, ...role.caps, ...role.floors, ...pools].some((each) => each.grain === grain) &&
    (role.scorecard ?? []).some((line) => line.kpi === figure)
  );
}

function formulasOf(role: Role, grain: Grain): readonly Expression[] {
  const bonuses = role.bonuses.filter((bonus) => bonus.grain === grain);
  return [
    ...bonuses.flatMap((bonus) => [bonus.value, bonus.when, bonus.cap, bonus.floor]),
    ...boundsOver([...role.caps, ...role.floors], grain),
    // a draw of any length is worked out in the policy's period
    ...role.draws.map((draw) => draw.amount),
    ...(bonuses.length > 0 ? role.gates.flatMap((gate) => [gate.condition, gate.when]) : []),
  ].filter((each): each is Expression => each !== undefined);
}

function boundsOver(bounds: readonly (Cap | Floor)[], grain: Grain): readonly Expression[] {
  return bounds.filter((each) => each.grain === grain).map((each) => each.amount);
}
