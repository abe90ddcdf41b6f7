// Draws: what tops pay up to an amount, and what is owed of it. The balance is the person's: it goes on through changes of
// role, and is recovered only from what later pay exceeds the draws by.

import {
  add,
  type Exact,
  exact,
  exactText,
  greatest,
  isZero,
  least,
  multiply,
  negate,
  sign,
  subtract,
  ZERO,
} from '../base/exact.ts';
import { byLength, type Period, periodAt, periodsBetween } from '../base/period.ts';
import type { DecidedFor } from '../model/decision.ts';
import type { Draw } from '../model/pay.ts';
import type { PayLine } from '../model/pay-lines.ts';
import { monthOf, runsOf } from '../query/months.ts';
import { staysOfPerson } from '../query/persons.ts';
import { type PayAmount, payableOf } from './amounts.ts';
import type { Carried } from './carried.ts';
import { heldDays, type Run, wordsOf } from './cell.ts';
import { heldShare } from './days.ts';
import { inputsOf } from './lines.ts';
import { boundIn, rounded } from './pay.ts';
import { asOne, hasDayIn, type PersonIn, stayPlace } from './places.ts';
import { earnedIn, type StayIn } from './role-pay.ts';
import { isHeard, tell } from './watch.ts';

/** What draws do for a person in a period. */
export interface Drawn {
  /** What pay is topped up to, which recovery leaves. */
  readonly kept: Exact;
  readonly amounts: readonly PayAmount[];
}

/** Tops a stay's bonuses up to its role's draws. `paid`: the role's amounts, and what is due of it from earlier. */
export function roleDraws(run: Run, at: StayIn, paid: readonly PayAmount[], carried: Carried): Drawn {
  const role = run.roles.get(at.stay.role)!;
  const found = role.draws.map((draw, index): Drawn => {
    const isShorter = byLength(run.model.grain, draw.grain) < 0;
    const over = isShorter ? endingIn(draw, at) : earnedIn(run, at.stay, draw.grain, at.period);
    const active = over.filter((each) => isActive(run, draw, { ...at, over: each }));
    const whom = { person: at.stay.person, role: role.name, period: at.period.id };
    tellMonths(run, draw, { over, active, whom });
    const place = stayPlace(run, at.stay, at.period);
    const shares = active.map((each) =>
      heldShare(run, role, { period: each, held: heldDays(at.stay, each) }),
    );
    const share = shares.reduce((sum, each) => add(sum, each.share), ZERO);
    const amount = multiply(boundIn(run, draw.amount, place), share);
    const grain = isShorter ? run.model.grain : draw.grain;
    const ids = isShorter ? [at.period.id] : active.map((each) => each.id);
    // as with caps and floors of a role, only its bonuses: money that was won comes on top
    const counted = paid.filter(
      (each) =>
        each.kind !== 'award' && each.grain === grain && (each.kind === 'due' || ids.includes(each.over)),
    );
    const prorated = shares.length === 1 ? shares[0]!.prorated : undefined;
    return toppedTo(
      run,
      { draw, key: `${role.name} ${index}`, role: role.name, amount, counted, period: at.period, whom },
      carried,
      () => ({ inputs: inputsOf(run, draw.amount, place), ...(prorated ? { prorated } : {}) }),
    );
  });
  return together(found);
}

/** The periods of a shorter draw that end in a period, or with the stay in it. */
function endingIn({ grain }: Draw, { stay, period }: StayIn): readonly Period[] {
  const first = periodAt(grain, period.from);
  return [first, ...periodsBetween(grain, first.until, period.until)].filter((each) => {
    const end = Math.min(each.until, stay.until) - 1;
    return hasDayIn(stay, each) && end >= period.from && end < period.until;
  });
}

/** Whether a draw that is for so many months of the role still goes on. */
function isActive(run: Run, { months }: Draw, at: StayIn & { readonly over: Period }): boolean {
  if (months === undefined) return true;
  const last = Math.min(at.stay.until, at.over.until) - 1;
  return monthIn(run, at.stay, last) <= months;
}

/** Which month of the role (or, without one, of service) it is for a person; after it has ended months go on. */
function monthIn(run: Run, { person, role }: { person: string; role?: string }, day: number): number {
  const attribute = role === undefined ? 'month_of_service' : 'month_in_role';
  const month = monthOf(day);
  const last = runsOf(run.people, { person, role: role ?? '' }, attribute).findLast(
    (each) => each.from <= month,
  );
  if (!last) return 1;
  const at = Math.min(month, last.until - 1);
  return last.start + (last.grows ? at - last.from : 0) + (month - at);
}

interface Topping {
  readonly draw: Draw;
  readonly key: string;
  readonly role?: string;
  /** What pay is topped up to, before rounding; 0 where the draw has ended. */
  readonly amount: Exact;
  readonly counted: readonly PayAmount[];
  readonly period: Period;
  readonly whom: DecidedFor;
}

/** Of a draw for so many months, whether it goes on. */
function tellMonths(
  run: Run,
  { months, span }: Draw,
  of: Readonly<Record<'over' | 'active', readonly Period[]>> & { readonly whom: DecidedFor },
): void {
  if (months === undefined || !isHeard(run)) return;
  for (const each of of.over) {
    const way = of.active.includes(each) ? 'goes on' : 'ended';
    tell(run, { kind: 'draw', span, part: 'months', way }, of.whom);
  }
}

type Says = () => Pick<PayLine, 'inputs' | 'prorated'>;

function toppedTo(
  run: Run,
  { draw, key, role, amount: computed, counted, period, whom }: Topping,
  carried: Carried,
  says: Says,
): Drawn {
  const kept = rounded(run, computed);
  if (sign(kept) <= 0) return { kept: ZERO, amounts: [] };
  const payable = payableOf(counted);
  const added = subtract(kept, payable);
  if (isHeard(run)) {
    const held = [{ value: payable, bound: kept, includes: true }];
    tell(run, { kind: 'draw', span: draw.span, way: sign(added) > 0 ? 'tops up' : 'free', held }, whom);
  }
  if (sign(added) <= 0) return { kept, amounts: [] };
  const whose = role === undefined ? {} : { role };
  if (draw.recoverable) {
    const before = carried.owed.get(key)?.amount ?? ZERO;
    carried.owed.set(key, { ...whose, draw, amount: add(before, added) });
  }
  const line = (): PayLine => ({
    kind: 'draw',
    name: 'draw',
    period: period.id,
    formula: wordsOf(run, draw.amount.span),
    ...says(),
    computed: exactText(computed),
    amount: exactText(added),
    because: [{ kind: 'draw', draw: exactText(kept) }],
  });
  return {
    kept,
    amounts: [
      {
        ...drawAmount(run, { kind: 'draw', ...whose, period, payable: added, line }),
        ...(draw.recoverable ? { owed: true } : {}),
      },
    ],
  };
}

function drawAmount(
  run: Run,
  of: Pick<PayAmount, 'payable' | 'line'> & {
    readonly kind: 'draw' | 'recovery';
    readonly role?: string;
    readonly period: Period;
  },
): PayAmount {
  const { kind, role, period, payable, line } = of;
  return {
    kind,
    name: kind,
    ...(role === undefined ? {} : { role }),
    grain: run.model.grain,
    over: period.id,
    earned: ZERO,
    payable,
    later: [],
    line,
  };
}

function together(all: readonly Drawn[]): Drawn {
  return {
    kept: all.reduce((sum, each) => add(sum, each.kept), ZERO),
    amounts: all.flatMap((each) => each.amounts),
  };
}

/** Tops all pay of a person up to the policy's draws; `amountOf` gives a draw's amount for the days held. */
export function policyDraws(
  run: Run,
  { person, stays, period }: PersonIn,
  of: {
    readonly paid: readonly PayAmount[];
    readonly carried: Carried;
    readonly amountOf: (draw: Draw, over: Period) => { readonly amount: Exact; readonly says: Says };
  },
): Drawn {
  const { paid, carried, amountOf } = of;
  const all = staysOfPerson(run.people, person);
  if (stays.length === 0) return { kept: ZERO, amounts: [] };
  const whole = asOne(all);
  const found = run.model.pay.draws.map((draw, index): Drawn => {
    const isShorter = byLength(run.model.grain, draw.grain) < 0;
    const over = isShorter
      ? endingIn(draw, { stay: whole, period })
      : earnedIn(run, whole, draw.grain, period);
    const active = over.filter((each) => {
      if (draw.months === undefined) return true;
      return monthIn(run, { person }, Math.min(whole.until, each.until) - 1) <= draw.months;
    });
    const whom = { person, period: period.id };
    tellMonths(run, draw, { over, active, whom });
    const amounts = active.map((each) => amountOf(draw, each));
    const amount = amounts.reduce((sum, each) => add(sum, each.amount), ZERO);
    const topping: Topping = { draw, key: `policy ${index}`, amount, counted: paid, period, whom };
    return toppedTo(run, topping, carried, () => amounts[0]?.says() ?? { inputs: [] });
  });
  return together(found);
}

/**
 * What is recovered of what was owed before the period: of each draw its share of what pay exceeds the draws by, the
 * oldest first, never more than is there.
 */
export function recovered(
  run: Run,
  { person, period }: Pick<PersonIn, 'person' | 'period'>,
  of: {
    readonly owedBefore: ReadonlyMap<string, { readonly amount: Exact }>;
    readonly exceeding: Exact;
    readonly carried: Carried;
  },
): readonly PayAmount[] {
  const { owedBefore, exceeding, carried } = of;
  let left = greatest(exceeding, ZERO);
  return [...carried.owed].flatMap(([key, owed]): readonly PayAmount[] => {
    const before = owedBefore.get(key)?.amount ?? ZERO;
    const { role, draw } = owed;
    const { fromMonth = 1, share = '1' } = draw.recovered ?? {};
    const month = monthIn(run, { person, ...(role === undefined ? {} : { role }) }, period.until - 1);
    const isDue = !isZero(before) && month >= fromMonth;
    const most = isDue ? rounded(run, multiply(greatest(exceeding, ZERO), exact(share))) : ZERO;
    const taken = least(least(before, most), left);
    if (!isZero(before) && isHeard(run)) {
      const way = sign(taken) > 0 ? 'recovered' : 'kept';
      tell(run, { kind: 'draw', span: draw.span, part: 'recovery', way }, { person, period: period.id });
    }
    if (sign(taken) <= 0) return [];
    left = subtract(left, taken);
    carried.owed.set(key, { ...owed, amount: subtract(owed.amount, taken) });
    const line = (): PayLine => ({
      kind: 'recovery',
      name: 'recovery',
      ...(role === undefined ? {} : { role }),
      period: period.id,
      formula: '',
      inputs: [],
      computed: exactText(negate(before)),
      amount: exactText(negate(taken)),
    });
    return [
      drawAmount(run, {
        kind: 'recovery',
        ...(role === undefined ? {} : { role }),
        period,
        payable: negate(taken),
        line,
      }),
    ];
  });
}
