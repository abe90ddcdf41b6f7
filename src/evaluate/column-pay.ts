// Bonuses by columns: what all who hold a role earn in a period, in whole steps of the policy's rounding. Cells that
// doubles don't decide are left open; whoever asked works them out one by one.

import { RunError } from '../base/diagnostic.ts';
import { divide, type Exact, exact, roundTo, whole } from '../base/exact.ts';
import type { Grain } from '../base/period.ts';
import type { Bonus } from '../model/pay.ts';
import type { Role } from '../model/policy.ts';
import type { Cell } from '../model/value.ts';
import type { Run } from './cell.ts';
import { boundColumns, multiplyColumns } from './column-arithmetic.ts';
import { type Formulas, type Leaves, numberOf, truthOf } from './column-formula.ts';
import { stepsOf } from './column-rounding.ts';
import { chooseColumns, joinTruths } from './column-truth.ts';
import {
  CHUNK,
  type Column,
  constantColumn,
  createWork,
  LEFT,
  type NumberColumn,
  needed,
  type TruthColumn,
} from './columns.ts';

/** What a bonus comes to, cell by cell. */
export interface EarnedColumn {
  /** In steps of the rounding: whole numbers. Of a cell that is open they say nothing. */
  readonly steps: Float64Array;
  /** 1 where a cell is left to the evaluation of cells: of who is away, what stops the run, and the like. */
  readonly open: Uint8Array;
  /** In how many cells doubles didn't tell, and the fractions were worked out. */
  readonly byFractions: number;
}

/** The bonuses that columns work out: all but those that go event by event, or look at who is still there. */
export function isInColumns({ perEvent, whileEmployed }: Bonus): boolean {
  return perEvent === undefined && !whileEmployed;
}

/** The cells that bonuses are worked out in: of one role over one length of time. */
export interface Cells {
  readonly role: Role;
  readonly grain: Grain;
  readonly count: number;
  readonly leaves: Leaves;
}

/** Works out a role's bonuses over a length of time, those that columns know. */
export function earnedColumns(run: Run, cells: Cells): ReadonlyMap<string, EarnedColumn> {
  return layOut(run, cells)();
}

/**
 * Lays the formulas of a role's bonuses out, and gives what works them out, from the first cell to the last. What it gives
 * is filled anew the next time.
 */
export function layOut(
  run: Run,
  { role, grain, count, leaves }: Cells,
): () => ReadonlyMap<string, EarnedColumn> {
  const step = exact(run.model.rounding.step);
  const { mode } = run.model.rounding;
  // to the nearest step nothing whole is at a bound
  const work = createWork(mode !== 'half up' && mode !== 'half even');
  leaves.begin?.(work);
  const payable = new Map<string, NumberColumn | undefined>();
  const formulas: Formulas = {
    run,
    role,
    work,
    leaves,
    known: new Map(),
    bonus: (name) => payable.get(name) ?? payBonus(name),
  };
  const payBonus = (name: string): NumberColumn | undefined => {
    const bonus = role.bonuses.find((each) => each.name === name)!;
    const found = bonus.grain === grain && isInColumns(bonus) ? payableOf(formulas, bonus) : undefined;
    payable.set(name, found);
    return found;
  };
  const laid = role.bonuses.flatMap(({ name }) => {
    const column = payable.get(name) ?? payBonus(name);
    return column ? [{ name, column, ...stepsOf(work, column, { mode, step }) }] : [];
  });
  /** The steps of a cell by its fractions; `undefined` where columns leave it. */
  const byFractions = (column: NumberColumn, cell: number): number | undefined => {
    try {
      const value = column.exactly(cell) as Exact | undefined;
      const steps = value && divide(roundTo(value, step, mode), step);
      return typeof steps?.num === 'number' ? steps.num : undefined;
    } catch (fault) {
      if (fault !== LEFT && !(fault instanceof RunError)) throw fault;
      return undefined;
    }
  };
  const settle = (of: (typeof laid)[number], into: Settled, at: { size: number; from: number }): void => {
    const { column, untold } = of;
    const { undecided, left } = work;
    into.steps.set(of.steps.subarray(0, at.size), at.from);
    for (let cell = 0; cell < at.size; cell++) {
      if (left[cell] === 0 && undecided[cell] === 0 && (untold === undefined || untold[cell] === 0)) continue;
      const steps = left[cell] === 1 ? undefined : byFractions(column, at.from + cell);
      if (steps === undefined) into.open[at.from + cell] = 1;
      else into.steps[at.from + cell] = steps;
      into.byFractions += 1;
    }
  };
  const found = laid.map(
    (): Settled => ({ steps: new Float64Array(count), open: new Uint8Array(count), byFractions: 0 }),
  );
  return () => {
    for (const each of found) {
      each.open.fill(0);
      each.byFractions = 0;
    }
    for (let from = 0; from < count; from += CHUNK) {
      const size = Math.min(CHUNK, count - from);
      work.undecided.fill(0);
      work.left.fill(0);
      for (const step of work.steps) step(size, from);
      for (const [at, each] of laid.entries()) settle(each, found[at]!, { size, from });
    }
    return new Map(laid.map(({ name }, at) => [name, found[at]!]));
  };
}

interface Settled {
  readonly steps: Float64Array;
  readonly open: Uint8Array;
  byFractions: number;
}

/** After proration, condition, gates, floor and cap; before rounding. */
function payableOf(formulas: Formulas, bonus: Bonus): NumberColumn | undefined {
  const { role, work, leaves } = formulas;
  const conditions: Column[] = [];
  if (bonus.gated)
    for (const gate of role.gates) {
      const condition = truthOf(formulas, gate.condition);
      const when = gate.when && truthOf(formulas, gate.when);
      if (!condition || (gate.when && !when)) return undefined;
      // a gate that doesn't count is passed
      const passed: TruthColumn = {
        kind: 'truth',
        holds: new Uint8Array(CHUNK).fill(1),
        exactly: () => true,
      };
      conditions.push(when ? chooseColumns(work, when, condition, passed)! : condition);
    }
  const when = bonus.when && truthOf(formulas, bonus.when);
  if (bonus.when && !when) return undefined;
  const all = [...(when ? [when] : []), ...conditions] as TruthColumn[];
  let found: Column | undefined = numberOf(formulas, bonus.value);
  if (found && bonus.prorated) found = multiplyColumns(work, found as NumberColumn, leaves.share(work));
  if (found && bonus.floor) {
    const floor = numberOf(formulas, bonus.floor);
    if (!floor) return undefined;
    const least = multiplyColumns(work, floor, leaves.share(work));
    found = boundColumns(work, 'max', [found as NumberColumn, least]);
  }
  if (found && bonus.cap) {
    const cap = numberOf(formulas, bonus.cap);
    if (!cap) return undefined;
    found = boundColumns(work, 'min', [found as NumberColumn, cap]);
  }
  if (!found) return undefined;
  if (all.length > 0) {
    for (const each of all) needed(work, each);
    const open = all.reduce((a, b) => joinTruths(work, 'and', [a, b]));
    const paid = chooseColumns(work, open, found, constantColumn(whole(0)))!;
    const exactly = (cell: number): Cell => {
      // a condition that is missing stops the run, whatever the others say
      if (all.some((each) => each.exactly(cell) === undefined)) throw LEFT;
      return paid.exactly(cell);
    };
    found = { ...paid, exactly };
  }
  // an amount that is missing where it would be paid stops the run, or is nothing for who is away
  needed(work, found);
  return found as NumberColumn;
}
