// Moves what a claim says that something rises or falls with, for one person in a situation, and looks at the value again.

import { figureCalled } from '../analyse/formulas.ts';
import { wordsAt } from '../analyse/reading.ts';
import type { Chance } from '../base/chance.ts';
import {
  add,
  compare,
  type Exact,
  exact,
  exactText,
  multiply,
  sign,
  subtract,
  whole,
} from '../base/exact.ts';
import { currencyDecimals } from '../base/unit.ts';
import { runOver } from '../engine.ts';
import { isTop, type Run } from '../evaluate/cell.ts';
import { hasDayIn } from '../evaluate/places.ts';
import type { Gathered } from '../gather.ts';
import { isNumeric } from '../library/types.ts';
import type { Stay } from '../model/people.ts';
import type { FieldModel, Model } from '../model/policy.ts';
import type { Claim, Varied } from '../model/proof.ts';
import { movedFacts } from '../query/moved-facts.ts';
import { orTop } from './expectation.ts';
import {
  type Found,
  gatherIn,
  type In,
  isGiven,
  type Looked,
  NOTHING,
  placeIn,
  type Trying,
  valueIn,
} from './look-in.ts';
import type { Mover } from './moving.ts';
import { drawAny, type Situation } from './situations.ts';

type Monotone = Claim & { readonly kind: 'monotone' };

interface Move {
  readonly gathered: Gathered;
  readonly situation: Situation;
  readonly chance: Chance;
  readonly claim: Monotone;
}

interface Step {
  readonly at: Exact;
  readonly value: Exact;
}

const MOST_STEPS = 10;

/** Moves a person’s figure or attribute, and compares the values in order. */
export function movePerson(
  trying: Trying,
  move: Move & { readonly stay: Stay; readonly mover: Mover },
): Looked {
  const { gathered, situation, stay, chance, claim, mover } = move;
  const varied = claim.in as Varied & { readonly kind: 'of people' };
  const run = runOver(gathered);
  const place = placeIn(run, stay, situation);
  const now = valueIn(run, varied.value, place);
  if (typeof now !== 'object' || isTop(now) || !isGiven(trying, run, place)) return NOTHING;
  const steps: Step[] = [];
  const take = (at: Exact, moved: Run): void => {
    const there = placeIn(moved, stayIn(moved, stay), situation);
    const value = valueIn(moved, claim.value, there);
    if (isNumeric(claim.value.type) && typeof value === 'object' && isGiven(trying, moved, there))
      steps.push({ at, value });
  };
  take(now, run);
  for (const at of aims(trying, { chance, varied, now, mover })) take(at, movedTo(move, { at, now, varied }));
  const sorted = steps.toSorted((a, b) => compare(a.at, b.at));
  const wrong = sorted.findIndex((step, index) => {
    const before = sorted[index - 1];
    if (!before || compare(before.at, step.at) === 0) return false;
    const change = sign(subtract(step.value, before.value));
    return claim.direction === 'nondecreasing' ? change < 0 : change > 0;
  });
  const looked = sorted.length > 1 ? 1 : 0;
  if (wrong < 0) return { looked };
  return { looked, found: { stay, steps: stepsOf(trying, claim, sorted.slice(wrong - 1, wrong + 1)) } };
}

function stepsOf({ model }: Trying, claim: Monotone, steps: readonly Step[]): NonNullable<Found['steps']> {
  const varied = claim.in;
  const [type, span] =
    varied.kind === 'of people' ? [varied.value.type, varied.value.span] : [varied.type, varied.span];
  return steps.map(({ at, value }) => ({
    moved: { words: wordsAt(model, span), value: orTop(at, type) },
    value: { words: wordsAt(model, claim.value.span), value: orTop(value, claim.value.type) },
  }));
}

/** Values that what moves could have: those of the policy and beside, in cents or whole ones. */
function aims(
  { pool, model, given }: Trying,
  of: {
    readonly chance: Chance;
    readonly varied: Varied & { readonly kind: 'of people' };
    readonly now: Exact;
    readonly mover: Mover;
  },
): readonly Exact[] {
  const { chance, varied, now, mover } = of;
  const { type } = varied.value;
  const isCount = mover.kind === 'measure' && mover.measure.aggregate !== 'sum';
  const places = isCount
    ? 0
    : type.kind === 'percent'
      ? 4
      : type.kind === 'money'
        ? currencyDecimals(type.currency)
        : 2;
  const unit = exact(places === 0 ? '1' : `1/${10 ** places}`);
  const own = (pool.get(type.kind) ?? []) as readonly Exact[];
  const range = varied.value.kind === 'figure' ? given.get(varied.value.figure) : undefined;
  const [low, high] =
    varied.value.kind === 'attribute'
      ? boundsOfAttribute(model, varied.value.name)
      : [range?.low, range?.high];
  const found: Exact[] = [];
  for (let at = 0; at < MOST_STEPS; at++) {
    const base = own.length > 0 && chance.happens(0.7) ? chance.one(own) : add(now, drawAny(chance, places));
    const aim = add(base, chance.one([exact('0'), unit, multiply(unit, exact('-1'))]));
    if (isCount && !Number.isInteger(Number(aim.num) / Number(aim.den))) continue;
    // a row more can only add; other figures are set to what they could be
    if (mover.kind === 'measure' && compare(aim, now) <= 0) continue;
    if ((low && compare(aim, low) < 0) || (high && compare(aim, high) > 0)) continue;
    if (mover.kind === 'figure' && sign(aim) < 0 && sign(now) >= 0) continue;
    found.push(aim);
  }
  return found;
}

function boundsOfAttribute({ attributes }: Model, name: string): readonly (Exact | undefined)[] {
  const field = attributes.find((each) => each.name === name);
  return [field?.from, field?.until].map((each) => (each === undefined ? undefined : exact(each)));
}

/** The run in which what moves has another value, and all that isn't made of it is as it was. */
function movedTo(
  { gathered, situation, stay, mover }: Move & { readonly stay: Stay; readonly mover: Mover },
  {
    at,
    now,
    varied,
  }: { readonly at: Exact; readonly now: Exact; readonly varied: Varied & { readonly kind: 'of people' } },
): Run {
  switch (mover.kind) {
    case 'measure': {
      const by = new Map([[mover.measure.id, subtract(at, now)]]);
      const day = Math.min(stay.until, situation.period.until) - 1;
      return runOver({ ...gathered, facts: movedFacts(gathered, { stay, day, by }) });
    }
    case 'figure': {
      const formula = figureCalled(gathered.model, mover.figure)!.value;
      return runOver(gathered, {
        watch: {
          formula: (node, place, work) => {
            const isIt =
              node === formula &&
              place.viewer.kind === 'stay' &&
              place.viewer.stay.index === stay.index &&
              place.period.id === situation.period.id;
            return isIt ? at : work();
          },
        },
      });
    }
    case 'attribute': {
      const index = gathered.model.attributes.findIndex((each) => each.name === mover.attribute);
      const changed = (row: Stay['rows'][number]): Stay['rows'][number] =>
        row.person === stay.person &&
        index >= 0 &&
        hasDayIn({ ...stay, ...row, index: stay.index, rows: [] }, situation.period)
          ? { ...row, attributes: row.attributes.map((cell, place) => (place === index ? at : cell)) }
          : row;
      const { people } = gathered;
      const rows = people.rows.map(changed);
      const stays = people.stays.map((each) => ({ ...each, rows: each.rows.map(changed) }));
      void varied;
      return runOver({ ...gathered, people: { ...people, rows, stays } });
    }
    case 'field':
      return runOver(gathered);
    default:
      return mover satisfies never;
  }
}

function stayIn({ people }: Run, { index }: Stay): Stay {
  return people.stays.find((each) => each.index === index)!;
}

/** Raises the field in one row, and looks at everybody's value again. */
export async function moveField(
  trying: Trying,
  move: Move & In & { readonly mover: Mover & { readonly kind: 'field' } },
): Promise<Looked> {
  const { gathered, situation, stays, chance, claim, mover } = move;
  const rows = situation.rows.get(mover.event) ?? [];
  const event = trying.model.events.find((each) => each.name === mover.event)!;
  const field = event.fields.find((each) => each.name === mover.field);
  if (rows.length === 0 || !field) return NOTHING;
  const at = chance.below(rows.length);
  const now = numberOf(field, rows[at]![field.name] ?? '');
  if (!now) return NOTHING;
  const own = (trying.pool.get(field.type.kind) ?? []) as readonly Exact[];
  const higher = [...own, add(now, drawAny(chance, 2))].filter(
    (each) => compare(each, now) > 0 && (field.until === undefined || compare(each, exact(field.until)) <= 0),
  );
  if (higher.length === 0) return NOTHING;
  const aim = chance.one(higher);
  const changed = rows.map((row, index) =>
    index === at ? { ...row, [field.name]: cellText(field, aim) } : row,
  );
  const moved = await gatherIn(trying, {
    ...situation,
    rows: new Map(situation.rows).set(mover.event, changed),
  });
  if (!moved) return NOTHING;
  const [run, after] = [runOver(gathered), runOver(moved)];
  let looked = 0;
  for (const stay of stays) {
    const other = moved.people.stays.find((each) => each.index === stay.index);
    if (!other || !isGiven(trying, run, placeIn(run, stay, situation))) continue;
    if (!isGiven(trying, after, placeIn(after, other, situation))) continue;
    const [a, b] = [
      valueIn(run, claim.value, placeIn(run, stay, situation)),
      valueIn(after, claim.value, placeIn(after, other, situation)),
    ];
    if (typeof a !== 'object' || typeof b !== 'object' || !isNumeric(claim.value.type)) continue;
    looked++;
    const change = compare(b, a);
    if (claim.direction === 'nondecreasing' ? change >= 0 : change <= 0) continue;
    const steps = [
      { at: now, value: a },
      { at: aim, value: b },
    ];
    return { looked, found: { stay, steps: stepsOf(trying, claim, steps) } };
  }
  return { looked };
}

function numberOf({ type }: FieldModel, text: string): Exact | undefined {
  const digits = /^-?[0-9.]+/.exec(text)?.[0];
  if (digits === undefined) return undefined;
  return type.kind === 'percent' ? multiply(exact(digits), exact('0.01')) : exact(digits);
}

function cellText({ type }: FieldModel, value: Exact): string {
  if (type.kind === 'percent') return `${exactText(multiply(value, whole(100)))}%`;
  return type.kind === 'duration' ? `${exactText(value)} seconds` : exactText(value);
}
