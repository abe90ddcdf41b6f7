// What a statement says of a table that a formula read: its tiers line by line, where on a curve the value lies, the keys of
// a grid.

import type {
  CurvePart,
  FigureValue,
  GridPart,
  Input,
  PoolRead,
  RowRead,
  TierPart,
} from '../model/inputs.ts';
import { atPoint, widest } from './columns.ts';
import { figureText } from './format.ts';
import { padEnd, padStart, visible } from './terminal-text.ts';

/** What decided the value of a table, one line for each part, without their indent. */
export function decidedText({ tiers = [], below, before, curve, grid, row, pool }: Input): readonly string[] {
  return [
    ...tiersText(tiers),
    ...(below
      ? [`below its first tier, which begins ${below.includes ? 'at' : 'above'} ${figureText(below.bound)}`]
      : []),
    ...(before ? [beforeText(before)] : []),
    ...(curve ? [curveText(curve)] : []),
    ...(grid ? [gridText(grid)] : []),
    ...(row ? [keyText(row)] : []),
    ...(pool ? [poolText(pool)] : []),
  ];
}

/** `the row of anna, 2026-01 in quota, on 2026-01-31`. */
export function keyText({ table, key, on, found }: RowRead): string {
  const of = key.map(figureText).join(', ');
  const day = on === undefined ? '' : `, on ${visible(on)}`;
  return `${found ? 'the row' : 'no row'} of ${of} in ${visible(table)}${day}`;
}

/** `of 10,000.00 RUB shared by revenue, which is 40,000.00 RUB here`; or why there is no part. */
function poolText({ period, amount, sharedBy, by, parts, because, condition }: PoolRead): string {
  const pool = `${figureText(amount)} in ${visible(period)}`;
  const shared = sharedBy === 'equally' ? 'shared equally' : `shared by ${visible(sharedBy)}`;
  const own = by ? `, which is ${by.value === null ? 'missing' : figureText(by)} here` : '';
  const among = `among ${parts} with a part`;
  switch (because) {
    case undefined:
      return `of ${pool}, ${shared}${own}, ${among}`;
    case 'nothing to share':
      return `no part, because the pool has nothing to share: ${pool}`;
    case 'not for the role':
      return `no part of ${pool}, because it is not for this role`;
    case 'condition':
      return `no part of ${pool}, because this does not hold: ${visible(condition ?? '')}`;
    case 'not among the first':
      return `no part of ${pool}, because it is for the first places only`;
    case 'nothing to share it by':
      return `no part of ${pool}, because it is ${shared}${own}`;
    case 'another stay':
      return `of ${pool} the person has a part elsewhere: by another role, or other days of this one`;
    default:
      return because satisfies never;
  }
}

/** `from 1,000,000.00 RUB: 439,692.77 RUB × 5 % = 21,984.6385 RUB`, one line for each tier, lined up. */
function tiersText(tiers: readonly TierPart[]): readonly string[] {
  const names = tiers.map((tier) => `${tierName(tier)}:`);
  const parts = atPoint(tiers.map((tier) => figureText(tier.part)));
  const rates = tiers.map(rateText);
  const amounts = atPoint(tiers.map((tier) => (tier.amount ? figureText(tier.amount) : '')));
  return tiers.map((tier, index) => {
    const at = (texts: readonly string[]) => texts[index] as string;
    const lead = `${padEnd(at(names), widest(names))} ${padStart(at(parts), widest(parts))}`;
    if (!tier.amount) return `${lead} at ${at(rates)}`;
    const sign = tier.of ? 'of' : '×';
    return `${lead} ${sign} ${padStart(at(rates), widest(rates))} = ${padStart(at(amounts), widest(amounts))}`;
  });
}

/** A rate; of amounts what the tier holds and its amount: `2,000.00 RUB × 40.00 RUB`. */
function rateText({ rate, of }: TierPart): string {
  return of ? `${figureText(of)} × ${figureText(rate)}` : figureText(rate);
}

/** Where the tier begins; a first tier from 0 also takes what lies below. */
function tierName({ bound, includes, onAll, part }: TierPart): string {
  const refund = bound.value === '0' && part.value?.startsWith('-');
  const name = `${refund ? 'below' : includes ? 'from' : 'above'} ${figureText(bound)}`;
  return onAll ? `${name}, on all` : name;
}

/** What the value before has of it: the lines above hold that too. */
function beforeText({ value, amount }: NonNullable<Input['before']>): string {
  return `less ${figureText(amount)} for the ${figureText(value)} before`;
}

/** `between 80 % (50 %) and 100 % (100 %)`, `from 80 % (50 %)`, `below 80 %`, `above 130 % (160 %)`. */
export function curveText({ from, until, past, slope }: CurvePart): string {
  const point = ({ at, score, upTo }: NonNullable<typeof from>) =>
    `${upTo ? 'just below ' : ''}${figureText(at)} (${figureText(score)})`;
  if (!from) return `below ${until ? figureText(until.at) : 'its first point'}`;
  if (slope) {
    const per = `${slope.full ? 'full ' : ''}${figureText(slope.per)}`;
    return `${figureText(slope.more)} more per ${per} above ${point(from)}`;
  }
  if (past) return `above ${point(from)}`;
  return until ? `between ${point(from)} and ${point(until)}` : `from ${point(from)}`;
}

/** `margin_rate above 15 %, invoice from 50.00 USD`. */
function gridText(parts: readonly GridPart[]): string {
  const keyText = (key: FigureValue | 'otherwise' | 'below', includes: boolean | undefined): string => {
    if (key === 'below') return 'below its first bound';
    if (key === 'otherwise') return 'otherwise';
    return includes === undefined ? figureText(key) : `${includes ? 'from' : 'above'} ${figureText(key)}`;
  };
  return parts
    .map(({ dimension, key, includes }) => `${visible(dimension)} ${keyText(key, includes)}`)
    .join(', ');
}
