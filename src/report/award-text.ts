// What a statement says beside pay: awards and why they were won or weren't, the account of points, badges, trainings and
// levels; and what a result says of pools.

import { exact, isZero } from '../base/exact.ts';
import type { AwardLine, KeptLine, LevelLine, PoolResult, PrizeLine } from '../model/award-lines.ts';
import type { Statement } from '../model/result.ts';
import { hanging } from './amounts.ts';
import { columnsText } from './columns.ts';
import { amountText, figureText, numberText } from './format.ts';
import { inputText, type Paper } from './pay-text.ts';
import { visible } from './terminal-text.ts';

const INDENT = ' '.repeat(8);

/** Blocks of a statement, each begun by an empty line; nothing where the policy gives nothing of the kind. */
export function besideText(statement: Statement, paper: Paper): readonly string[] {
  const { awards = [], points, kept = [], levels = [] } = statement;
  const { period, width } = paper;
  return [
    ...block(
      'Awards',
      awards.flatMap((each) => awardText(each, paper)),
    ),
    ...block(
      'Points',
      points
        ? [`    ${numberText(points.gained)} in ${visible(period)}, ${numberText(points.balance)} in all`]
        : [],
    ),
    ...block(
      'Badges and trainings',
      keptText(kept).flatMap((each) => hanging(`    ${each}`, width)),
    ),
    ...block(
      'Levels',
      levels.flatMap((each) => levelText(each, paper)),
    ),
  ];
}

function block(heading: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', heading, ...lines];
}

function awardText(line: AwardLine, { width }: Paper): readonly string[] {
  const { award, title, won, condition, places, inputs, prizes } = line;
  const reason = won ? 'because this holds' : 'because this does not hold';
  return [
    ...hanging(`    ${won ? 'won' : 'not won'}: ${visible(title ?? award)}${rankText(line)}`, width),
    ...(places === undefined ? [] : hanging(`${INDENT}because it is for ${firstText(places)}`, width)),
    ...(condition === undefined ? [] : hanging(`${INDENT}${reason}: ${visible(condition)}`, width)),
    ...inputs.flatMap((each) => inputText(each, width)),
    ...prizes.flatMap((each) => hanging(`${INDENT}${prizeText(each)}`, width)),
  ];
}

function rankText({ place, sharing = 1, by = '', places }: AwardLine): string {
  if (place !== undefined)
    return `, place ${place}${sharing > 1 ? `, shared by ${sharing}` : ''}, by ${visible(by)}`;
  return places === undefined ? '' : `, no place by ${visible(by)}`;
}

function firstText(places: number): string {
  return places === 1 ? 'the first place only' : `the first ${places} places only`;
}

function prizeText({ kind, value, condition }: PrizeLine): string {
  const shown = figureText(value);
  const prize = kind === 'money' ? shown : kind === 'points' ? `${shown} points` : `${kind}: ${shown}`;
  return condition === undefined ? prize : `${prize}, because this holds: ${visible(condition)}`;
}

/** Each badge or training once, with the periods in which it was won. */
function keptText(kept: readonly KeptLine[]): readonly string[] {
  const periods = new Map<string, string[]>();
  for (const { kind, name, period } of kept) {
    const what = `${kind}: ${visible(name)}`;
    periods.set(what, [...(periods.get(what) ?? []), visible(period)]);
  }
  return [...periods].map(([what, when]) => `${what} (${when.join(', ')})`);
}

function levelText(
  { level, title, since, condition, inputs }: LevelLine,
  { width }: Paper,
): readonly string[] {
  const name = visible(title ?? level);
  if (since !== undefined) return hanging(`    ${name}, since ${visible(since)}`, width);
  return [
    ...hanging(`    not reached yet: ${name}, when ${visible(condition)}`, width),
    ...inputs.flatMap((each) => inputText(each, width)),
  ];
}

const REASONS: Readonly<Record<NonNullable<PoolResult['because']>, string>> = {
  'nobody in it': 'nobody has a part of it',
  'nothing to share': 'there is nothing to share',
  'shares below the whole': 'the shares do not come to the whole',
};

/** The pools of a result as a table, and below it why something of one stays unspent. */
export function poolsText(pools: readonly PoolResult[], currency: string, width: number): string {
  const rows = pools.map(({ pool, title, period, amount, parts, unspent }) => [
    visible(title ?? pool),
    visible(period),
    amountText(amount, currency),
    String(parts.length),
    amountText(unspent, currency),
  ]);
  const notes = pools.flatMap(({ pool, title, period, because, unspent }) => {
    if (!because) return [];
    const rest = isZero(exact(unspent))
      ? ''
      : `${amountText(unspent, currency)} ${visible(currency)} stay unspent: `;
    return hanging(`${visible(title ?? pool)}, ${visible(period)}: ${rest}${REASONS[because]}`, width);
  });
  const table = columnsText(
    [
      { heading: 'Pool', align: 'left' },
      { heading: 'Period', align: 'left' },
      { heading: `Amount, ${visible(currency)}`, align: 'right' },
      { heading: 'Parts', align: 'right' },
      { heading: `Unspent, ${visible(currency)}`, align: 'right' },
    ],
    rows,
    { width },
  );
  return [`Pools\n${table}`, ...notes].join('\n');
}
