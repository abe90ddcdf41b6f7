// Draws as sketches: what they add, what is recovered of them, and what is due from earlier.

import { ANY, NOT_NEGATIVE } from '../analyse/interval.ts';
import { byLength } from '../base/period.ts';
import type { Bonus, Draw } from '../model/pay.ts';
import {
  both,
  choiceOf,
  differenceOf,
  type Fact,
  NEVER,
  NOTHING_READ,
  not,
  type Sketch,
  sumOf,
  ZERO_SKETCH,
} from './sketch.ts';
import { type Amounts, withSum } from './sketch-amounts.ts';
import { earnedHere, orNothing, roundedAmount, shareHeld, unknownSketch } from './sketch-bonus.ts';
import type { Sketcher } from './sketcher.ts';

/** Whether some of it may be paid in a later period. */
export function isPaidLater({ parts, monthsLater, holds, payableAs }: Bonus): boolean {
  return [parts, monthsLater, holds, payableAs].some((each) => each !== undefined);
}

interface DrawnTo {
  readonly kept: Sketch;
  readonly active: Fact;
}

/** What pay is topped up to; one that is shorter than the period counts as many as end in it, others where they end. */
function drawnTo(sketcher: Sketcher, draw: Draw, of: 'role' | 'person'): DrawnTo {
  const { model } = sketcher;
  const isShorter = byLength(model.grain, draw.grain) < 0;
  const grain = of === 'role' ? model.grain : draw.grain;
  const amount = orNothing(sketcher.value(draw.amount, { grain }));
  const count = sketcher.input(`times of draw ${draw.span.start}`, () => ({
    words: `how many times of the draw end in the period`,
    range: NOT_NEGATIVE,
    origin: { kind: 'other', reads: NOTHING_READ },
  }));
  const share = isShorter ? count : shareHeld(sketcher, draw.grain, of);
  const goesOn =
    draw.months === undefined ? not(NEVER) : sketcher.open(`draw ${draw.span.start} goes on`, NOTHING_READ);
  const rounded = roundedAmount(sketcher, { kind: 'times', a: share, b: amount });
  const positive: Fact = { kind: 'compared', operator: '<', a: ZERO_SKETCH, b: rounded };
  const ends = isShorter ? not(NEVER) : earnedHere(sketcher, draw.grain);
  const active = both(both(goesOn, ends), positive);
  return { kept: choiceOf(active, rounded, ZERO_SKETCH), active };
}

interface ToppedUp {
  readonly draw: Draw;
  readonly kept: Sketch;
  /** What it adds. */
  readonly added: Sketch;
  /** What it counts, with what it adds. */
  readonly sum: Sketch;
}

/** What a draw does to amounts. */
export function toppedUp(
  sketcher: Sketcher,
  { draw, counted, of }: { readonly draw: Draw; readonly counted: Sketch; readonly of: 'role' | 'person' },
): ToppedUp {
  const { kept, active } = drawnTo(sketcher, draw, of);
  const missing: Sketch = { kind: 'greatest', a: differenceOf(kept, counted), b: ZERO_SKETCH };
  return {
    draw,
    kept,
    added: choiceOf(active, missing, ZERO_SKETCH),
    sum: choiceOf(active, { kind: 'greatest', a: counted, b: kept }, counted),
  };
}

/** Each draw tops up the same amounts: none counts what another one adds. */
export function withTopUps(counted: Sketch, all: readonly ToppedUp[]): Sketch {
  const [only, second] = all;
  if (only && !second) return only.sum;
  return sumOf([counted, ...all.map((each) => each.added)]);
}

/** A role's amounts with what its draws add; of that, what is owed for it. */
export function roleDraws(
  sketcher: Sketcher,
  amounts: Amounts,
): { readonly total: Sketch; readonly kept: readonly Sketch[]; readonly owed?: Sketch } {
  const { model, role } = sketcher;
  if (role.draws.length === 0) return { total: amounts.all, kept: [] };
  const topped = role.draws.map((draw) => {
    const grain = byLength(model.grain, draw.grain) < 0 ? model.grain : draw.grain;
    return {
      grain,
      ...toppedUp(sketcher, { draw, counted: amounts.byGrain.get(grain) ?? ZERO_SKETCH, of: 'role' }),
    };
  });
  const [only, second] = topped;
  const total =
    only && !second
      ? withSum(amounts, only.grain, only.sum).all
      : sumOf([amounts.all, ...topped.map((each) => each.added)]);
  const owed = topped.filter((each) => each.draw.recoverable).map((each) => each.added);
  const isBlurred = dueBefore(sketcher).length > 0;
  return {
    total: isBlurred ? unknownSketch('a draw counts what is due from earlier', role.draws[0]!.span) : total,
    kept: topped.map((each) => each.kept),
    ...(owed.length > 0 ? { owed: sumOf(owed) } : {}),
  };
}

/** Amounts of earlier periods that are due now: what they come to isn't known, but nothing of this period changes it. */
export function dueBefore(sketcher: Sketcher): readonly Sketch[] {
  const { model } = sketcher;
  const moved = model.roles.some(
    ({ bonuses, caps }) => bonuses.some(isPaidLater) || caps.some((each) => each.carryExcess),
  );
  if (!moved) return [];
  return [
    sketcher.input('due from earlier', () => ({
      words: 'what is due from earlier periods',
      range: ANY,
      origin: { kind: 'other', reads: NOTHING_READ },
    })),
  ];
}

/** What is recovered of draws: nothing of what pay is topped up to, and no more than pay exceeds that by. */
export function recovered(sketcher: Sketcher, total: Sketch, kept: readonly Sketch[]): Sketch {
  const { model } = sketcher;
  const draws = [...model.roles.flatMap((each) => each.draws), ...model.pay.draws].filter(
    (each) => each.recoverable,
  );
  if (draws.length === 0) return total;
  const most = kept.reduce<Sketch>((a, b) => ({ kind: 'greatest', a, b }), ZERO_SKETCH);
  const low: Sketch = { kind: 'least', a: total, b: most };
  // shares of several draws are rounded apart, which may take a cent more as pay rises by one
  const roundsApart = draws.length > 1 && draws.some((each) => (each.recovered?.share ?? '1') !== '1');
  const by = roundsApart
    ? [unknownSketch('what several draws recover is rounded apart', draws[0]!.span)]
    : [total, ...kept];
  return { kind: 'follows', by, still: [], low, high: total };
}
