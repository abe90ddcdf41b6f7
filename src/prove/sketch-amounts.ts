// Sums of amounts as sketches, by the length of time that they are worked out over, and what bounds them.

import { ANY, NOT_NEGATIVE } from '../analyse/interval.ts';
import { type Grain, grainText } from '../base/period.ts';
import type { Cap, Floor } from '../model/pay.ts';
import { choiceOf, differenceOf, NOTHING_READ, type Sketch, sumOf, ZERO_SKETCH } from './sketch.ts';
import { earnedHere, orNothing, prorated, roundedAmount, unknownSketch } from './sketch-bonus.ts';
import type { Sketcher } from './sketcher.ts';

/** Amounts of a period by the length of time that they are worked out over; `all` is all of them together. */
export interface Amounts {
  readonly all: Sketch;
  readonly byGrain: ReadonlyMap<Grain, Sketch>;
}

/** Amounts by the length of time that they are worked out over. */
export function added(parts: readonly { readonly grain: Grain; readonly amount: Sketch }[]): Amounts {
  const byGrain = new Map<Grain, Sketch>();
  for (const { grain, amount } of parts) {
    const found = byGrain.get(grain);
    byGrain.set(grain, found ? sumOf([found, amount]) : amount);
  }
  const all = [...byGrain.values()];
  return { all: all.length === 0 ? ZERO_SKETCH : sumOf(all), byGrain };
}

/** The same amounts with another sum of those of a length of time. */
export function withSum({ byGrain }: Amounts, grain: Grain, sum: Sketch): Amounts {
  const changed = new Map(byGrain).set(grain, sum);
  return { all: sumOf([...changed.values()]), byGrain: changed };
}

/** Where all amounts are of one length of time their sum is that of all. */
export function withTotal({ byGrain }: Amounts, total: Sketch): Amounts {
  const [only, second] = [...byGrain.keys()];
  if (only !== undefined && second === undefined) return { all: total, byGrain: new Map([[only, total]]) };
  const blurred = [...byGrain.keys()].map(
    (grain) => [grain, unknownSketch('several bounds count the same bonuses')] as const,
  );
  return { all: total, byGrain: new Map(blurred) };
}

interface BoundOf {
  readonly kind: 'floor' | 'cap';
  readonly bound: Cap | Floor;
  readonly key: string;
  readonly of: 'payable' | 'earned';
}

/** The amounts after a floor or a cap of the role. */
export function bounded(sketcher: Sketcher, amounts: Amounts, { kind, bound, key, of }: BoundOf): Amounts {
  const { grain, inAll } = bound;
  const { model } = sketcher;
  if (kind === 'floor') {
    const lowest = roundedAmount(sketcher, prorated(sketcher, bound));
    if (!inAll || grain === model.grain) {
      const counted = inAll ? amounts.all : (amounts.byGrain.get(grain) ?? ZERO_SKETCH);
      const topped: Sketch = { kind: 'greatest', a: counted, b: lowest };
      const here = choiceOf(earnedHere(sketcher, grain), topped, counted);
      return inAll ? withTotal(amounts, here) : withSum(amounts, grain, here);
    }
    const topped: Sketch = {
      kind: 'greatest',
      a: amounts.all,
      b: differenceOf(lowest, countedBefore(sketcher, bound, key)),
    };
    return withTotal(amounts, choiceOf(earnedHere(sketcher, grain), topped, amounts.all));
  }
  if (of === 'earned' && (bound as Cap).carryExcess)
    return withTotal(amounts, unknownSketch('what a cap keeps for later is earned', bound.span));
  const counted = inAll ? amounts.all : (amounts.byGrain.get(grain) ?? ZERO_SKETCH);
  const cut = cutTo(sketcher, counted, { bound: bound as Cap, key });
  if (inAll) return withTotal(amounts, cut);
  return withSum(amounts, grain, choiceOf(earnedHere(sketcher, grain), cut, counted));
}

/** What was counted before, of a bound over a longer time than the policy's own. */
export function countedBefore(sketcher: Sketcher, { grain, span }: Cap | Floor, key: string): Sketch {
  if (grain === sketcher.model.grain) return ZERO_SKETCH;
  return sketcher.input(`before ${key}`, () => ({
    words: `what was paid before in the ${grainText(grain)}`,
    range: ANY,
    origin: { kind: 'other', reads: NOTHING_READ },
    span,
  }));
}

/** Cut down to a cap; one that keeps the excess pays what it has kept as soon as there is room. */
export function cutTo(
  sketcher: Sketcher,
  counted: Sketch,
  { bound, key }: { readonly bound: Cap; readonly key: string },
): Sketch {
  const running = bound.inAll || key.startsWith('all');
  const most = roundedAmount(sketcher, orNothing(sketcher.value(bound.amount, { grain: bound.grain })));
  const room = running ? differenceOf(most, countedBefore(sketcher, bound, key)) : most;
  // what it has kept is paid as soon as there is room, and what it has taken in the same time is given back
  if (!bound.carryExcess && (!running || bound.grain === sketcher.model.grain))
    return { kind: 'least', a: counted, b: room };
  const kept = sketcher.input(`kept by ${key}`, () => ({
    words: 'what a cap has kept or taken',
    range: NOT_NEGATIVE,
    origin: { kind: 'other', reads: NOTHING_READ },
    span: bound.span,
  }));
  return { kind: 'least', a: sumOf([counted, kept]), b: room };
}
