// Awards as sketches: whether one is won, and its money.

import { boundsOf } from '../analyse/bounds.ts';
import type { Award, Prize } from '../model/pay.ts';
import { readsOf } from './reads.ts';
import { both, choiceOf, type Fact, NEVER, not, type Sketch, ZERO_SKETCH } from './sketch.ts';
import { orNothing, roundedAmount, sure, unknownSketch } from './sketch-bonus.ts';
import type { Sketcher, Standing } from './sketcher.ts';

function isFor(sketcher: Sketcher, award: Award): boolean {
  return award.to.roles.includes(sketcher.role.name);
}

function placedSketch(sketcher: Sketcher, award: Award): Fact {
  const { model, role } = sketcher;
  const { top } = award.to;
  if (!top) return not(NEVER);
  const by = sketcher.value(top.by, { grain: model.grain });
  const reads = readsOf(model, role, [top.by, ...(top.thenBy ? [top.thenBy] : [])]);
  const bounds = boundsOf({ model, role }, top.by);
  // who has nothing isn't ranked, so that one who had less than that may lose a place by having nothing
  const climbs = !top.thenBy && (top.withZero || (bounds.low !== undefined && exactNotNegative(bounds.low)));
  return {
    kind: 'open',
    id: `on a place of ${award.name}`,
    reads,
    ...(climbs && by.missing.kind === 'sure' ? { rises: by.value } : {}),
    why: { what: `who is on the first places of \`${award.name}\` depends on others`, span: award.span },
  };
}

function exactNotNegative({ num }: { readonly num: number | bigint }): boolean {
  return num >= 0;
}

const places = new WeakMap<Sketcher, Map<Award, Fact>>();

function placed(sketcher: Sketcher, award: Award): Fact {
  const own = places.get(sketcher) ?? new Map<Award, Fact>();
  places.set(sketcher, own);
  const found = own.get(award) ?? placedSketch(sketcher, award);
  own.set(award, found);
  return found;
}

/** Whether the award is won; of several people for whom it is, each wins it. */
export function wonSketch(sketcher: Sketcher, award: Award): Fact {
  if (!isFor(sketcher, award)) return NEVER;
  const at: Standing = { grain: sketcher.model.grain };
  const applies = award.when ? sure(sketcher.told(award.when, at)) : not(NEVER);
  return both(placed(sketcher, award), applies);
}

/** The money of an award, a line for each prize. */
export function awardLines(
  sketcher: Sketcher,
  award: Award,
): readonly { readonly name: string; readonly amount: Sketch }[] {
  if (!isFor(sketcher, award)) return [];
  const at: Standing = { grain: sketcher.model.grain };
  const won = wonSketch(sketcher, award);
  return award.gives
    .filter((each): each is Prize => each.kind === 'money')
    .map((prize) => {
      const applies = prize.when ? sure(sketcher.told(prize.when, at)) : not(NEVER);
      const value = orNothing(sketcher.value(prize.value, at));
      const whole = roundedAmount(sketcher, value);
      const split: Sketch = {
        kind: 'follows',
        by: [unknownSketch(`what each has of \`${award.name}\` depends on who shares a place`, award.span)],
        still: [],
        low: { kind: 'least', a: whole, b: ZERO_SKETCH },
        high: { kind: 'greatest', a: whole, b: ZERO_SKETCH },
      };
      const isSplit = award.to.splitAmongTies && award.to.top !== undefined;
      return { name: award.name, amount: choiceOf(both(won, applies), isSplit ? split : whole, ZERO_SKETCH) };
    });
}
