// At which results of a KPI something in a role’s pay turns, all other KPIs being what they usually are.

import { figureCalled } from '../analyse/formulas.ts';
import { point } from '../analyse/interval.ts';
import { RunError } from '../base/diagnostic.ts';
import { compare, divide, type Exact, exactText, subtract, ZERO } from '../base/exact.ts';
import type { Period } from '../base/period.ts';
import { runOver } from '../engine.ts';
import { isTop, type Run } from '../evaluate/cell.ts';
import { stayPlace } from '../evaluate/places.ts';
import { targetOf } from '../evaluate/target.ts';
import type { Gathered } from '../gather.ts';
import type { Stay } from '../model/people.ts';
import type { Figure, Model, Role } from '../model/policy.ts';
import { apartOf, type Bounding, boundingIn, orderOf } from './limits-of.ts';
import { type Line, WHOLE_BOX } from './lines.ts';
import { moverOf } from './moving.ts';
import type { Input, Sketch } from './sketch.ts';
import { sketchRole } from './sketch-pay.ts';
import { allIn, atomsIn } from './sketch-walk.ts';

/** What the other KPIs are taken to be. */
export const WHERE = ['others on target', 'others at nothing'] as const;

/** A usual person in a role, whose pay is looked at. */
export interface Usual {
  readonly gathered: Gathered;
  readonly stay: Stay;
  readonly period: Period;
  readonly role: Role;
  readonly where: (typeof WHERE)[number];
}

/** Results of KPIs, by figure. */
export type UsualResults = ReadonlyMap<string, Exact>;

/** The measure that a figure is nothing but. */
export function measureOf({ value }: Figure): string | undefined {
  return value.kind === 'measure' ? value.measure : undefined;
}

const MOST_BOUNDS = 60;

/** UsualResults of a KPI at which something in pay turns, as far as it depends on that KPI alone, all others being fixed. */
export function thresholds(
  { gathered, role, stay, period }: Usual,
  { figure, others }: { readonly figure: Figure; readonly others: UsualResults },
): readonly Exact[] {
  const { model } = gathered;
  const varied = {
    kind: 'of people',
    value: {
      kind: 'figure',
      figure: figure.id,
      type: figure.type,
      optional: figure.optional,
      span: figure.span,
    },
  } as const;
  const mover = moverOf(model, varied);
  const whole = new Set(mover.kind === 'figure' ? [mover.figure] : []);
  const { total } = sketchRole({ model, role, whole, given: new Map() }).pay('payable');
  const all = allIn(total);
  const run = runOver(gathered);
  const place = stayPlace(run, stay, period);
  const isMover = ({ origin }: Input): boolean =>
    mover.kind === 'measure'
      ? origin.kind === 'measure' && origin.measure === mover.measure.id
      : origin.kind === 'figure' && mover.kind === 'figure' && origin.figure === mover.figure;
  const fixed = all.flatMap((each) => {
    if (each.kind !== 'input' || isMover(each.input)) return [];
    const value = usualInput(each.input, { model, run, place, others });
    return value ? [[each.input, point(value)] as const] : [];
  });
  // nothing is missing, and all that only time decides has come
  const opens = all.flatMap((each) => (each.kind === 'choice' ? atomsIn(each.when) : []));
  const assumed = opens.flatMap((each) =>
    each.kind === 'open' ? [[each, !/^(missing|away)/.test(each.id)] as const] : [],
  );
  const bounds = boundingIn({ ...WHOLE_BOX, inputs: new Map(fixed), assumed: new Map(assumed) });
  const found = new Map<string, Exact>();
  for (const each of all)
    for (const at of turnsOf(bounds, each)) if (isMover(at.input)) found.set(exactText(at.value), at.value);
  return [...found.values()].toSorted(compare).slice(0, MOST_BOUNDS);
}

function usualInput(
  { id, range, origin }: Input,
  of: {
    readonly model: Model;
    readonly run: Run;
    readonly place: ReturnType<typeof stayPlace>;
    readonly others: UsualResults;
  },
): Exact | undefined {
  const { model, run, place, others } = of;
  if (origin.kind === 'measure') {
    const kpi = [...others].find(([figure]) => measureOf(figureCalled(model, figure)!) === origin.measure);
    return kpi?.[1] ?? ZERO;
  }
  const target = / target (.+)$/.exec(id)?.[1];
  const figure = target === undefined ? undefined : figureCalled(model, target);
  if (figure) {
    try {
      const found = targetOf(run, figure, place);
      return typeof found === 'object' && !isTop(found) ? found : undefined;
    } catch (fault) {
      if (fault instanceof RunError) return undefined;
      throw fault;
    }
  }
  return id.startsWith('days of') ? range.high : undefined;
}

interface Turn {
  readonly input: Input;
  readonly value: Exact;
}

function turnsOf(bounds: Bounding, sketch: Sketch): readonly Turn[] {
  switch (sketch.kind) {
    case 'table': {
      const line = bounds.limits(sketch.of).exactly;
      return line ? sketch.pieces.pieces.flatMap(({ bound }) => rootOf(line, bound)) : [];
    }
    case 'choice':
      return atomsIn(sketch.when).flatMap((each) => {
        if (each.kind === 'open') return [];
        const line = bounds.limits(apartOf(each)).exactly;
        return line ? rootOf(line, ZERO) : [];
      });
    case 'least':
    case 'greatest': {
      const order = orderOf(sketch);
      const line = order.kind === 'compared' ? bounds.limits(apartOf(order)).exactly : undefined;
      return line ? rootOf(line, ZERO) : [];
    }
    default:
      return [];
  }
}

/** Where a line of one input comes to a value. */
function rootOf({ constant, terms }: Line, value: Exact): readonly Turn[] {
  const [only, second] = [...terms];
  if (!only || second) return [];
  const at = divide(subtract(value, constant), only[1]);
  return at ? [{ input: only[0], value: at }] : [];
}
