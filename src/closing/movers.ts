// Which of many changes move anything, where few of them do: found by halves, so that nobody has to look at each.

import { type LineAmounts, movedBetween } from '../ledger/adjust.ts';
import type { RowChange } from '../model/ledger.ts';

/** What closed periods have moved by after the first so many changes; nothing where that is no state data can be in. */
export type After = (count: number) => Promise<LineAmounts | undefined>;

/**
 * Those of the changes, which are taken in their order, that move something. Changes side by side that make up for each other
 * to the cent, for everybody, move nothing. Absent: it takes more than `most` states to tell, or one of them can't be.
 */
export async function moversOf(
  changes: readonly RowChange[],
  after: After,
  most: number,
): Promise<readonly RowChange[] | undefined> {
  let left = most;
  const found: RowChange[] = [];
  const at = async (count: number): Promise<LineAmounts | undefined> =>
    left-- > 0 ? after(count) : undefined;
  /** Whether it could be told for the changes from one place to another. */
  async function tell(from: number, until: number, ends: Ends): Promise<boolean> {
    if (movedBetween(ends.before, ends.after).size === 0) return true;
    if (until - from === 1) {
      found.push(changes[from]!);
      return true;
    }
    const middle = from + Math.floor((until - from) / 2);
    const between = await at(middle);
    if (!between) return false;
    return (
      (await tell(from, middle, { before: ends.before, after: between })) &&
      (await tell(middle, until, { before: between, after: ends.after }))
    );
  }
  const all = await at(changes.length);
  const told = all && (await tell(0, changes.length, { before: new Map(), after: all }));
  return told ? found : undefined;
}

interface Ends {
  readonly before: LineAmounts;
  readonly after: LineAmounts;
}
