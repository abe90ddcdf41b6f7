// What a statement shows of the rows of a bonus per event: the values of each row that the formula read, what it gives
// for it, and its part of the line to the cent.

import { dayText } from '../base/date.ts';
import { exactText } from '../base/exact.ts';
import type { EventLine, FreedLine, PerEventLines } from '../model/pay-lines.ts';
import type { Run } from './cell.ts';
import type { FreedRow } from './freed.ts';
import { inputsOf } from './lines.ts';
import type { PaidBonus } from './pay.ts';
import { type CountedRow, rowAmounts } from './per-event.ts';

/** What a row frees of what it earned. */
export function freedLine({ of, share, amount }: FreedRow): FreedLine {
  const { key, row } = of.row;
  return { key, row, share: exactText(share), amount: exactText(amount) };
}

/** The rows of a bonus, where it is one per event; what they read of the person stands with the line. */
export function perEventLines(run: Run, paid: PaidBonus): PerEventLines | undefined {
  const { bonus, perEvent } = paid;
  if (bonus.perEvent === undefined || !perEvent) return undefined;
  const { counted, failed, late } = perEvent;
  const amounts = rowAmounts(run, paid);
  return {
    event: bonus.perEvent,
    rows: counted.map(
      (each, at): EventLine => eventLine(run, paid, { ...each, amount: exactText(amounts[at]!) }),
    ),
    failed,
    late,
  };
}

function eventLine(
  run: Run,
  { bonus }: PaidBonus,
  { row, place, value, amount }: CountedRow & { readonly amount: string },
): EventLine {
  return {
    key: row.key,
    row: row.row,
    day: dayText(row.day),
    share: exactText(row.share),
    inputs: inputsOf(run, bonus.value, place),
    computed: exactText(value),
    amount,
  };
}
