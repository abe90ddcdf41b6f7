// Control totals of one source: rows and sums in all, used, filtered and rejected, so that nothing is lost unseen.

import { add, type Exact, exactText, fraction, ZERO } from '../base/exact.ts';
import type { BoundSource, ControlTotals, FilterReason, RejectReason, RowTotals } from '../model/dataset.ts';
import type { FieldModel } from '../model/policy.ts';

/** What became of a row. */
export type Fate =
  | { readonly kind: 'used' }
  | { readonly kind: 'filtered'; readonly reason: FilterReason }
  | { readonly kind: 'rejected'; readonly reason: RejectReason };

/** Every reason to reject a row, in the order in which totals list them. */
export const REJECT_REASONS: readonly RejectReason[] = [
  'wrong number of cells',
  'empty',
  'not a number',
  'too many digits',
  'not a percent',
  'not a date',
  'not a datetime',
  'skipped by the clock',
  'not a duration',
  'not a period',
  'not a truth value',
  'not a word of the list',
  'below the bound',
  'above the bound',
  'unknown person',
  'unknown role',
  'duplicate key',
  'overlapping dates',
  'ends before it starts',
  'shares not 100%',
  'nobody credited',
  'two roles that day',
];

/** Every reason to filter a row, in the order in which totals list them. */
export const FILTER_REASONS: readonly FilterReason[] = [
  'no posting day',
  'before `since`',
  'not known yet',
  'outside the periods',
  'nobody in a role that day',
];

/** Adds to a sum what a row has in a summed field (by its place among these), where its cell could be read. */
export type AddAmount = (summed: number, to: Sum) => void;

export interface Control {
  count(fate: Fate, add: AddAmount): void;
  totals(credits?: LostCredits): ControlTotals;
}

/** How many credits of used rows count for nobody, by the reason. */
export interface LostCredits {
  readonly withoutRole: number;
  readonly withoutPerson: number;
  /** `extra` lines whose person another line names. */
  readonly elsewhere: number;
}

/** Nothing of the credits is lost. */
export const NO_LOST_CREDITS: LostCredits = { withoutRole: 0, withoutPerson: 0, elsewhere: 0 };

/** Indexes of the fields whose cells are summed: numbers, money and durations that come from a column. */
export function summedFields(bound: BoundSource, fields: readonly FieldModel[]): readonly number[] {
  return [...fields.keys()].filter((at) => {
    const { kind } = fields[at]!.type;
    return (
      bound.bindings[at]!.kind === 'column' && (kind === 'number' || kind === 'money' || kind === 'duration')
    );
  });
}

/** Adds up the rows of one source. */
export function createControl(bound: BoundSource, fields: readonly FieldModel[]): Control {
  const names = summedFields(bound, fields).map((at) => fields[at]!.name);
  const all = createTally(names);
  const used = createTally(names);
  const filtered = new Map<FilterReason, Tally>();
  const rejected = new Map<RejectReason, Tally>();

  function tallyOf(fate: Fate): Tally {
    switch (fate.kind) {
      case 'used':
        return used;
      case 'filtered':
        return at(filtered, fate.reason);
      case 'rejected':
        return at(rejected, fate.reason);
      default:
        return fate satisfies never;
    }
  }

  function at<Reason>(tallies: Map<Reason, Tally>, reason: Reason): Tally {
    const tally = tallies.get(reason) ?? createTally(names);
    tallies.set(reason, tally);
    return tally;
  }

  return {
    count(fate, add) {
      all.count(add);
      tallyOf(fate).count(add);
    },
    totals: (credits = NO_LOST_CREDITS) => ({
      source: bound.name,
      file: bound.file,
      all: all.totals(),
      used: used.totals(),
      filtered: inOrder(FILTER_REASONS, filtered),
      rejected: inOrder(REJECT_REASONS, rejected),
      creditsWithoutRole: credits.withoutRole,
      extraWithoutPerson: credits.withoutPerson,
      extraCreditedElsewhere: credits.elsewhere,
    }),
  };
}

interface Tally {
  count(add: AddAmount): void;
  totals(): RowTotals;
}

function createTally(names: readonly string[]): Tally {
  let rows = 0;
  const sums = names.map(createSum);
  return {
    count(add) {
      rows++;
      for (let at = 0; at < sums.length; at++) add(at, sums[at]!);
    },
    totals: () => ({ rows, sums: names.map((field, at) => ({ field, sum: exactText(sums[at]!.total()) })) }),
  };
}

/** A sum of amounts, most of which are `digits / 10^places`. */
export interface Sum {
  add(amount: Exact): void;
  addScaled(digits: number, places: number): void;
  total(): Exact;
}

function createSum(): Sum {
  // whole numbers by their places, until one would no longer be held by a double
  const scaled: number[] = [];
  let rest = ZERO;
  const settle = (places: number): void => {
    rest = add(rest, fraction(scaled[places]!, 10 ** places));
    scaled[places] = 0;
  };
  return {
    add(amount) {
      rest = add(rest, amount);
    },
    addScaled(digits, places) {
      const sum = (scaled[places] ?? 0) + digits;
      if (Number.isSafeInteger(sum)) scaled[places] = sum;
      else {
        settle(places);
        scaled[places] = digits;
      }
    },
    total() {
      for (const places of scaled.keys()) if (scaled[places]) settle(places);
      return rest;
    },
  };
}

function inOrder<Reason>(
  reasons: readonly Reason[],
  tallies: ReadonlyMap<Reason, Tally>,
): readonly { readonly reason: Reason; readonly totals: RowTotals }[] {
  return reasons.flatMap((reason) => {
    const tally = tallies.get(reason);
    return tally === undefined ? [] : [{ reason, totals: tally.totals() }];
  });
}
