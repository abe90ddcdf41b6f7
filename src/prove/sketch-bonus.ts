// A bonus as a sketch: after its proration, condition, gates, floor and cap; and what all parts of pay are made with.

import { uncappedBounds } from '../analyse/bounds.ts';
import { ANY, interval } from '../analyse/interval.ts';
import { exact, ONE, ZERO } from '../base/exact.ts';
import { type Grain, grainText } from '../base/period.ts';
import type { Expression } from '../model/expression.ts';
import type { Bonus } from '../model/pay.ts';
import { readsOf } from './reads.ts';
import {
  both,
  choiceOf,
  either,
  type Fact,
  NEVER,
  NOTHING_READ,
  not,
  type Reads,
  type Sketch,
  type Why,
  ZERO_SKETCH,
} from './sketch.ts';
import { roundedSketch } from './sketch-functions.ts';
import type { Sketcher, Standing, Told, Valued } from './sketcher.ts';

/** What reads anything that is paid. */
const RESULTS: Reads = { ...NOTHING_READ, results: true };

/** What isn’t followed of what is paid. */
export function unknownSketch(what: string, span?: Why['span'], range = ANY): Sketch {
  return { kind: 'unknown', range, reads: RESULTS, why: { what, ...(span ? { span } : {}) } };
}

/** Whether a time of that length ends in the period. */
export function earnedHere(sketcher: Sketcher, grain: Grain): Fact {
  if (grain === sketcher.model.grain) return not(NEVER);
  return sketcher.open(`a ${grainText(grain)} ends here`, NOTHING_READ);
}

/** The part of a time that counts. */
export function shareHeld(sketcher: Sketcher, grain: Grain, of: 'role' | 'person' = 'role'): Sketch {
  return sketcher.input(`days of the ${grainText(grain)} held by ${of}`, () => ({
    words: `the part of the ${grainText(grain)} that counts`,
    range: interval(ZERO, ONE),
    origin: { kind: 'other', reads: NOTHING_READ },
  }));
}

/** That a condition holds and isn’t missing. */
export function sure({ holds, missing }: Told): Fact {
  return both(holds, not(missing));
}

/** What is missing of somebody who is away comes to nothing; else it stops the run. */
export function orNothing({ value, missing }: Valued): Sketch {
  return choiceOf(missing, ZERO_SKETCH, value);
}

/** A bonus after its proration, condition, gates, floor and cap, before rounding. */
export function bonusSketch(sketcher: Sketcher, bonus: Bonus): Sketch {
  const { model, role } = sketcher;
  const at: Standing = { grain: bonus.grain };
  const share = shareHeld(sketcher, bonus.grain);
  const facts: Fact[] = [];
  if (bonus.gated)
    for (const { condition, when } of role.gates) {
      const applies = when && sketcher.told(when, at);
      const passes = sure(sketcher.told(condition, at));
      facts.push(applies ? either(both(not(applies.holds), not(applies.missing)), passes) : passes);
    }
  if (bonus.whileEmployed)
    facts.push(sketcher.open(`there when the ${grainText(bonus.grain)} ends`, NOTHING_READ));
  if (bonus.when && bonus.perEvent === undefined) facts.push(sure(sketcher.told(bonus.when, at)));
  const raw: Sketch =
    bonus.perEvent === undefined
      ? orNothing(sketcher.value(bonus.value, at))
      : {
          kind: 'unknown',
          range: uncappedBounds(model, role, bonus),
          reads: {
            ...readsOf(model, role, [bonus.value, ...(bonus.when ? [bonus.when] : [])]),
            results: true,
          },
          why: { what: `bonus \`${bonus.name}\` is worked out for each ${bonus.perEvent}`, span: bonus.span },
        };
  const prorated = (of: Sketch): Sketch => ({ kind: 'times', a: share, b: of });
  let found = bonus.prorated ? prorated(raw) : raw;
  if (bonus.floor)
    found = { kind: 'greatest', a: found, b: prorated(orNothing(sketcher.value(bonus.floor, at))) };
  if (bonus.cap) found = { kind: 'least', a: found, b: orNothing(sketcher.value(bonus.cap, at)) };
  return choiceOf(
    facts.reduce((all, each) => both(all, each), not(NEVER)),
    found,
    ZERO_SKETCH,
  );
}

/** A rounded amount, by the policy's rounding. */
export function roundedAmount({ model }: Sketcher, of: Sketch): Sketch {
  return roundedSketch(of, exact(model.rounding.step), model.rounding.mode);
}

/** A fixed amount for the days that count. */
export function prorated(
  sketcher: Sketcher,
  { amount, grain }: { readonly amount: Expression; readonly grain: Grain },
  of: 'role' | 'person' = 'role',
): Sketch {
  const whole = orNothing(sketcher.value(amount, { grain }));
  return { kind: 'times', a: shareHeld(sketcher, grain, of), b: whole };
}
