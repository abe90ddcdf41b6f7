// Gates and conditions that can come out only one way, and caps and floors that can't bind.

import type { Diagnostic } from '../base/diagnostic.ts';
import { exact, roundTo, ZERO } from '../base/exact.ts';
import { byLength, type Grain, grainText } from '../base/period.ts';
import type { Span } from '../base/source.ts';
import { valueNotation } from '../library/notation.ts';
import { walk } from '../library/parts.ts';
import type { ApplyNode, Expression } from '../model/expression.ts';
import type { Bonus, Cap } from '../model/pay.ts';
import type { Model, Role, ScoreLine } from '../model/policy.ts';
import type { ValueType } from '../model/value.ts';
import { boundsOf, type Place, payableBounds, placeOf, rawScoreBounds, uncappedBounds } from './bounds.ts';
import { allFormulas, bonusFormulas, eventOf, present } from './formulas.ts';
import { type Interval, interval, isBelow, point, sum } from './interval.ts';
import * as messages from './messages.ts';
import { outcomeOf } from './outcome.ts';
import { type Reading, wordsAt } from './reading.ts';
import { inEveryRole } from './role-lines.ts';

export function limitLints({ model }: Reading): readonly Diagnostic[] {
  return [...conditionLints(model), ...gateLints(model), ...capLints(model), ...boundLints(model)];
}

// ---- conditions ----------------------------------------------------------------------------------------------

function conditionLints(model: Model): readonly Diagnostic[] {
  const targets = [...model.roles, ...model.overrides].flatMap((each) => each.targets);
  return [
    ...inEveryRole(
      model,
      (role) => role.gates,
      (role, { condition, when }) => [
        ...oneWay({ model, role }, condition, 'this gate'),
        ...oneWay({ model, role }, when, 'the condition of this gate'),
      ],
    ),
    ...inEveryRole(
      model,
      (role) => role.bonuses,
      (role, bonus) =>
        oneWay(placeOf(model, role, bonus), bonus.when, `the condition of bonus \`${bonus.name}\``),
    ),
    ...targets.flatMap(({ kpi, when }) =>
      oneWay({ model }, when, `the condition of this target of \`${kpi}\``),
    ),
    ...model.awards.flatMap((award) => [
      ...oneWay({ model }, award.when, `the condition of ${award.kind} \`${award.name}\``),
      ...(award.kind === 'award' ? award.gives : []).flatMap(({ when }) =>
        oneWay({ model }, when, 'the condition of this prize'),
      ),
    ]),
    ...model.pools.flatMap(({ name, when }) => oneWay({ model }, when, `the condition of pool \`${name}\``)),
    ...model.events.flatMap((event) =>
      event.credit.flatMap(({ when }) => oneWay({ model, event }, when, 'the condition of this credit line')),
    ),
    ...model.measures.flatMap((measure) =>
      measure.where?.optional
        ? [] // it also chooses the rows in which it isn't missing
        : oneWay({ model, event: eventOf(model, measure) }, measure.where, 'this `where`'),
    ),
    ...allFormulas(model).flatMap(({ value, event }) =>
      choicesIn(value).flatMap((condition) =>
        oneWay({ model, ...(event ? { event } : {}) }, condition, 'this condition'),
      ),
    ),
  ];
}

function choicesIn(formula: Expression): readonly Expression[] {
  const found: Expression[] = [];
  walk(formula, (node) => {
    if (node.kind === 'apply' && node.function === 'choose') found.push(node.args[0]!);
  });
  return found;
}

function oneWay(place: Place, condition: Expression | undefined, what: string): readonly Diagnostic[] {
  const outcome = condition && outcomeOf(place, condition);
  if (!condition || outcome === undefined) return [];
  const why = whyOneWay(place, condition);
  const say = outcome ? messages.cannotFail : messages.cannotHold;
  return [say(condition.span, what, why)];
}

/** Why a comparison can come out only one way: which values its variable side can have. */
export function whyOneWay(place: Place, condition: Expression): string | undefined {
  if (condition.kind !== 'apply') return undefined;
  const side = condition.args.find((each) => each.kind !== 'constant');
  if (!side) return undefined;
  const { low, high } = boundsOf(place, side);
  const words = wordsAt(place.model, side.span);
  const [least, most] = [low, high].map((end) => end && valueNotation(end, side.type));
  if (least !== undefined && most !== undefined) return `\`${words}\` is from ${least} to ${most}`;
  if (least !== undefined) return `\`${words}\` is never below ${least}`;
  return most === undefined ? undefined : `\`${words}\` is never above ${most}`;
}

// ---- gates and what they close ---------------------------------------------------------------------------------

function gateLints(model: Model): readonly Diagnostic[] {
  const idle = inEveryRole(
    model,
    (role) => role.gates,
    (role, { condition }) =>
      role.bonuses.some((each) => each.gated) ? [] : [messages.gateWithoutBonus(condition.span, role.name)],
  );
  const open = inEveryRole(
    model,
    (role) => role.bonuses,
    (role, bonus) =>
      bonus.gated && role.gates.length === 0
        ? [messages.gatedWithoutGate(bonus.span, bonus.name, role.name)]
        : [],
  );
  return [...idle, ...open];
}

// ---- caps and floors -------------------------------------------------------------------------------------------

function capLints(model: Model): readonly Diagnostic[] {
  return [
    ...inEveryRole(
      model,
      (role) => role.bonuses,
      (role, bonus) => {
        const { cap } = bonus;
        if (!cap) return [];
        const bounds = uncappedBounds(model, role, bonus);
        const what = `bonus \`${bonus.name}\``;
        return isBelow(bounds, boundsOf({ model, role }, cap), 'or equal')
          ? [messages.capCannotBind(cap.span, what, valueNotation(bounds.high!, cap.type))]
          : [];
      },
    ),
    ...inEveryRole(
      model,
      (role) => role.caps,
      (role, cap) => roleCap(model, role, cap),
    ),
    ...inEveryRole(
      model,
      (role) => role.floors,
      (role, floor) => (floor.inAll ? [] : onTop(model, role, { what: 'floor', ...floor })),
    ),
    ...inEveryRole(
      model,
      (role) => role.draws,
      (role, draw) => onTop(model, role, { what: 'draw', ...draw }),
    ),
    ...inEveryRole(
      model,
      (role) => role.scorecard ?? [],
      (_, line) => scoreLine(model, line),
    ),
  ];
}

/** Bonuses are rounded before the cap of their role counts them. */
function roleCap(model: Model, role: Role, cap: Cap): readonly Diagnostic[] {
  const counted = role.bonuses.filter((each) => cap.inAll || each.grain === cap.grain);
  if (counted.length === 0 && !cap.inAll)
    return [messages.countsNothing(cap.span, 'cap', grainText(cap.grain))];
  // several quarters' bonuses may be earned in one period
  if (counted.some((each) => each.grain !== cap.grain)) return [];
  if (role.floors.length > 0 || role.draws.length > 0 || counted.some(movesPay)) return [];
  const { mode, step } = model.rounding;
  const rounded = ({ low, high }: Interval): Interval =>
    interval(low && roundTo(low, exact(step), mode), high && roundTo(high, exact(step), mode));
  const total = counted.map((each) => rounded(payableBounds(model, role, each))).reduce(sum, point(ZERO));
  if (!isBelow(total, rounded(boundsOf({ model, role }, cap.amount)), 'or equal')) return [];
  const what = counted.length === 0 ? 'what it counts' : 'the sum of the bonuses that it counts';
  return [messages.capCannotBind(cap.span, what, valueNotation(total.high!, cap.amount.type))];
}

/** A floor or draw of a longer time than any bonus of the role; one of the policy's own period guarantees something. */
function onTop(
  model: Model,
  role: Role,
  { what, grain, span }: { readonly what: 'floor' | 'draw'; readonly grain: Grain; readonly span: Span },
): readonly Diagnostic[] {
  if (byLength(model.grain, grain) <= 0 || role.bonuses.some((each) => each.grain === grain)) return [];
  return [messages.countsNothing(span, what, grainText(grain))];
}

/** Whether what is paid in a period isn't just what was earned in it. */
function movesPay({ parts, monthsLater, holds, paysIn, payableAs }: Bonus): boolean {
  return present<unknown>(parts, monthsLater, holds, paysIn, payableAs).length > 0;
}

const PERCENT: ValueType = { kind: 'percent' };

function scoreLine(model: Model, line: ScoreLine): readonly Diagnostic[] {
  const bounds = rawScoreBounds(model, line);
  const what = `the score of \`${line.kpi}\``;
  const cap =
    line.cap !== undefined && isBelow(bounds, point(exact(line.cap)), 'or equal')
      ? messages.capCannotBind(line.span, what, valueNotation(bounds.high!, PERCENT))
      : undefined;
  const floor =
    line.floor !== undefined && isBelow(point(exact(line.floor)), bounds, 'or equal')
      ? messages.floorCannotBind(line.span, what, valueNotation(bounds.low!, PERCENT))
      : undefined;
  return present(cap, floor);
}

// ---- min and max -----------------------------------------------------------------------------------------------

function boundLints(model: Model): readonly Diagnostic[] {
  const people = model.figures.flatMap((each) => deafBounds({ model }, each.value));
  const bonuses = inEveryRole(
    model,
    (role) => role.bonuses,
    (role, bonus) =>
      bonusFormulas(model, bonus).flatMap(({ value, event }) =>
        deafBounds({ model, role, ...(event ? { event } : {}) }, value),
      ),
  );
  return [...people, ...bonuses];
}

/** A constant in `min` or `max` that another value always goes before. */
function deafBounds(place: Place, formula: Expression): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  walk(formula, (node) => {
    if (node.kind !== 'apply' || (node.function !== 'min' && node.function !== 'max')) return;
    const loser = node.args.find((each) => each.kind === 'constant' && winnerOver(place, node, each));
    if (loser)
      found.push(messages.neverDecides(loser.span, node.function, winnerOver(place, node, loser)!.span));
  });
  return found;
}

function winnerOver(place: Place, node: ApplyNode, loser: Expression): Expression | undefined {
  const own = boundsOf(place, loser);
  return node.args.find((each) => {
    if (each === loser) return false;
    const other = boundsOf(place, each);
    return node.function === 'min' ? isBelow(other, own, 'or equal') : isBelow(own, other, 'or equal');
  });
}
