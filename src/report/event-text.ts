// What a statement's text says of the rows of a bonus per event: the first few with what they read and earned, how many
// more there are, and what is freed of them.

import { add, exact, exactText, ZERO } from '../base/exact.ts';
import type { EventLine, FreedLine, PayLine, PerEventLines } from '../model/pay-lines.ts';
import { hanging } from './amounts.ts';
import { figureText, moneyText, percentText } from './format.ts';
import type { Paper } from './pay-text.ts';
import { decidedText } from './table-text.ts';
import { visible } from './terminal-text.ts';

/** How many rows are shown; a file has them all. */
const MOST_SHOWN = 10;

/** Nothing for a line that isn't of rows. */
export function eventsText({ perEvent, freed }: PayLine, paper: Paper): readonly string[] {
  return [...(perEvent ? rowsText(perEvent, paper) : []), ...(freed ? freedText(freed, paper) : [])];
}

function rowsText({ event, rows, failed, late }: PerEventLines, paper: Paper): readonly string[] {
  const none = rows.length + failed + late === 0;
  const counts = [
    none ? `there is no ${visible(event)} to count` : `for each ${visible(event)}: ${rows.length}`,
    ...(failed > 0 ? [`${failed} for which it does not hold`] : []),
    ...(late > 0 ? [`${late} past the first ${rows.length}`] : []),
  ];
  return [
    ...hanging(`${' '.repeat(8)}${counts.join('; ')}`, paper.width),
    ...rows.slice(0, MOST_SHOWN).flatMap((row) => rowText(row, paper)),
    ...moreText(rows, paper),
  ];
}

function rowText(
  { key, day, share, inputs, amount }: EventLine,
  { currency, width }: Paper,
): readonly string[] {
  const part = share === '1' ? '' : `, ${percentText(share)} of it`;
  return [
    ...hanging(`${' '.repeat(10)}${visible(key)}, ${day}${part}: ${moneyText(amount, currency)}`, width),
    ...inputs.flatMap((input) => [
      ...hanging(`${' '.repeat(14)}${visible(input.text)} = ${figureText(input.value)}`, width),
      ...decidedText(input).map((each) => `${' '.repeat(16)}${each}`),
    ]),
  ];
}

function freedText(rows: readonly FreedLine[], paper: Paper): readonly string[] {
  const { currency, width } = paper;
  const shown = rows.slice(0, MOST_SHOWN).map(({ key, share, amount }) => {
    const now = `${moneyText(amount, currency)} now`;
    return `${visible(key)}: ${percentText(share)} of it is payable so far, ${now}`;
  });
  return [...shown.flatMap((each) => hanging(`${' '.repeat(10)}${each}`, width)), ...moreText(rows, paper)];
}

/** How many rows aren't shown, and what they come to. */
function moreText(
  rows: readonly { readonly amount: string }[],
  { currency, width }: Paper,
): readonly string[] {
  const hidden = rows.slice(MOST_SHOWN);
  if (hidden.length === 0) return [];
  const sum = hidden.map((each) => exact(each.amount)).reduce(add, ZERO);
  const text = `and ${hidden.length} more, ${moneyText(exactText(sum), currency)}`;
  return hanging(`${' '.repeat(10)}${text}`, width);
}
