// Bonuses, pay and awards of a role as sketches: of somebody who holds that one role in the period. What is due or owed
// from earlier stays as it is.

import { lengthOf } from '../base/period.ts';
import type { Bonus } from '../model/pay.ts';
import type { Model } from '../model/policy.ts';
import { choiceOf, differenceOf, NEVER, type Sketch, sumOf, type Why, ZERO_SKETCH } from './sketch.ts';
import { added, bounded, countedBefore, cutTo, withTotal } from './sketch-amounts.ts';
import { awardLines, wonSketch } from './sketch-awards.ts';
import { bonusSketch, earnedHere, prorated, roundedAmount, unknownSketch } from './sketch-bonus.ts';
import { dueBefore, isPaidLater, recovered, roleDraws, toppedUp, withTopUps } from './sketch-draws.ts';
import { createSketcher } from './sketch-formula.ts';
import type { Results, Sketcher, Sketching, Valued } from './sketcher.ts';

/** A role's sketcher with all that it pays. */
export interface PaySketcher extends Sketcher {
  /** A bonus before rounding, in the period of the policy in which it is earned. */
  claimed(bonus: Bonus): Sketch;
  /** What a person is paid, or earns, in a period of the policy, and what it is made of. */
  pay(of: 'payable' | 'earned'): PaySketch;
}

/** All that is paid, or earned, and the lines that it is made of. */
export interface PaySketch {
  readonly total: Sketch;
  /** Lines before any cap, floor or draw of the role. */
  readonly lines: readonly { readonly name: string; readonly amount: Sketch; readonly bonus?: Bonus }[];
}

/** A role with its formulas and all that it pays. */
export function sketchRole(sketching: Sketching): PaySketcher {
  const pays = new Map<string, PaySketch>();
  const bonuses = new Map<Bonus, Sketch>();
  const sketcher = createSketcher(
    sketching,
    (own): Results => ({
      bonus: (name, at) => {
        const bonus = own.role.bonuses.find((each) => each.name === name);
        if (!bonus) return unknownResult(`there is no bonus \`${name}\` in this role`);
        // in a claim, which stands over the policy's period, a bonus of a longer one counts where it is earned
        if (bonus.grain !== at.grain) return { value: claimed(bonus), missing: NEVER };
        return { value: payableOf(bonus), missing: NEVER };
      },
      result: ({ result }) =>
        result === 'pay' || result === 'earned'
          ? { value: pay(result === 'pay' ? 'payable' : 'earned').total, missing: NEVER }
          : undefined,
      toldResult: ({ result, name }) => {
        const award = own.model.awards.find((each) => each.kind === 'award' && each.name === name);
        if (result !== 'award' || award?.kind !== 'award') return undefined;
        return { holds: wonSketch(own, award), missing: NEVER };
      },
    }),
  );
  const payableOf = (bonus: Bonus): Sketch => {
    const found = bonuses.get(bonus) ?? bonusSketch(sketcher, bonus);
    bonuses.set(bonus, found);
    return found;
  };
  const claimed = (bonus: Bonus): Sketch =>
    choiceOf(earnedHere(sketcher, bonus.grain), payableOf(bonus), ZERO_SKETCH);
  const pay = (of: 'payable' | 'earned'): PaySketch => {
    const found = pays.get(of) ?? paySketch(sketcher, { of, payableOf });
    pays.set(of, found);
    return found;
  };
  return Object.assign(sketcher, { claimed, pay });
}

function unknownResult(what: string, span?: Why['span']): Valued {
  return { value: unknownSketch(what, span), missing: NEVER };
}

interface Paying {
  readonly of: 'payable' | 'earned';
  readonly payableOf: (bonus: Bonus) => Sketch;
}

function paySketch(sketcher: Sketcher, { of, payableOf }: Paying): PaySketch {
  const { model, role } = sketcher;
  const lines = role.bonuses.map((bonus) => ({
    name: bonus.name,
    bonus,
    amount: lineOf(sketcher, bonus, { of, payableOf }),
  }));
  let amounts = added(lines.map(({ bonus, amount }) => ({ grain: bonus.grain, amount })));
  for (const [index, floor] of role.floors.entries())
    amounts = bounded(sketcher, amounts, { kind: 'floor', bound: floor, key: `floor ${index}`, of });
  for (const [index, cap] of role.caps.entries())
    amounts = bounded(sketcher, amounts, { kind: 'cap', bound: cap, key: `cap ${index}`, of });
  const money = model.awards.flatMap((award) => (award.kind === 'award' ? awardLines(sketcher, award) : []));
  const awards = sumOf(money.map(({ amount }) => amount));
  const all = [...lines, ...money];
  if (of === 'earned') {
    // draws aren't earned, and policy's bounds count what is payable
    const beside = [...model.pay.caps, ...model.pay.floors];
    const more = beside.map((each) => unknownSketch('bounds of all pay count what is payable', each.span));
    return { total: sumOf([amounts.all, awards, ...more]), lines: all };
  }
  const due = dueBefore(sketcher);
  if (role.caps.length + role.floors.length > 0 && role.bonuses.some((each) => movesPay(model, each)))
    amounts = withTotal(amounts, unknownSketch('bounds count what is earned, of which some is paid later'));
  const drawn = roleDraws(sketcher, amounts);
  const before = sumOf([awards, ...due]);
  let total = sumOf([drawn.total, before]);
  for (const [index, floor] of model.pay.floors.entries()) {
    const lowest = roundedAmount(sketcher, prorated(sketcher, floor, 'person'));
    const topped: Sketch = {
      kind: 'greatest',
      a: total,
      b: differenceOf(lowest, countedBefore(sketcher, floor, `all floor ${index}`)),
    };
    total = choiceOf(earnedHere(sketcher, floor.grain), topped, total);
  }
  // caps of all pay don't count what a draw adds as an advance
  const { owed } = drawn;
  for (const [index, cap] of model.pay.caps.entries()) {
    const counted = owed ? differenceOf(total, owed) : total;
    const cut = cutTo(sketcher, counted, { bound: cap, key: `all cap ${index}` });
    total = owed ? sumOf([cut, owed]) : cut;
  }
  const topped = model.pay.draws.map((draw) => toppedUp(sketcher, { draw, counted: total, of: 'person' }));
  const kept = [drawn.kept, topped.map((each) => each.kept)].filter((each) => each.length > 0).map(sumOf);
  return { total: recovered(sketcher, withTopUps(total, topped), kept), lines: all };
}

/** A bonus's line in the period in which it is earned. */
function lineOf(sketcher: Sketcher, bonus: Bonus, { of, payableOf }: Paying): Sketch {
  const { model } = sketcher;
  if (bonus.grain !== model.grain && lengthOf(model.grain) === 'week')
    return unknownSketch(`bonus \`${bonus.name}\` is of a time that weeks don't come to`, bonus.span);
  const amount = roundedAmount(sketcher, payableOf(bonus));
  const paid = of === 'payable' && movesPay(model, bonus) ? paidPartly(bonus) : amount;
  return choiceOf(earnedHere(sketcher, bonus.grain), paid, ZERO_SKETCH);
}

function paidPartly(bonus: Bonus): Sketch {
  return unknownSketch(`bonus \`${bonus.name}\` isn't paid whole when it is earned`, bonus.span);
}

/** Whether what is paid in a period isn't just what was earned in it. */
function movesPay({ pay }: Model, bonus: Bonus): boolean {
  return isPaidLater(bonus) || bonus.paysIn !== undefined || pay.paysIn !== undefined;
}
