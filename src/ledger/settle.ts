// How adjustments of closed periods are paid in the open one: first against what isn't paid yet, then with its pay, which
// they never take below zero. What can't be taken is owed, and tried again in the next period.

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
  roundTo,
  sign,
  subtract,
  ZERO,
} from '../base/exact.ts';
import type { Adjustment, CloseBody } from '../model/ledger.ts';
import type { Balance, PayLine } from '../model/pay-lines.ts';
import type { Statement } from '../model/result.ts';
import { causeText } from './cause-text.ts';
import { type Offset, offsetsOf, unpaidOf } from './offsets.ts';

/** What a person goes on with from closed periods. */
export interface Outstanding {
  /** What was paid too much and couldn't be taken back; not below zero. */
  readonly owed: Exact;
  /** What is to be taken of parts when they are due. */
  readonly offsets: readonly Offset[];
}

/** How a policy lets corrections take from pay. */
export interface TakingTerms {
  /** The share of the period's own pay at most; absent: all of it. */
  readonly takesBack?: string | undefined;
  /** The step of its amounts. */
  readonly step: string;
}

/** What closed statements leave outstanding, by person; who has nothing isn't there. */
export function outstandingAfter(closes: readonly CloseBody[]): ReadonlyMap<string, Outstanding> {
  const found = new Map<string, Outstanding>();
  for (const { person, lines = [] } of closes.flatMap((each) => each.result.statements)) {
    for (const line of lines) {
      const { owed, offsets } = found.get(person) ?? NOTHING;
      const amount = exact(line.amount);
      if (line.kind === 'owed' || line.kind === 'carried')
        found.set(person, { owed: add(owed, amount), offsets });
      if (line.kind === 'offset') found.set(person, { owed, offsets: withOffset(offsets, line) });
    }
  }
  return new Map([...found].filter(([, { owed, offsets }]) => !isZero(owed) || offsets.length > 0));
}

/** Of who goes on with nothing. */
export const NOTHING: Outstanding = { owed: ZERO, offsets: [] };

function withOffset(offsets: readonly Offset[], line: PayLine): readonly Offset[] {
  const { role, name, title, period: over, due, amount } = line;
  const isSame = (each: Offset): boolean =>
    each.role === role && each.name === name && each.over === over && each.due === due;
  const before = offsets.find(isSame)?.amount ?? ZERO;
  const sum = add(before, exact(amount));
  const others = offsets.filter((each) => !isSame(each));
  if (isZero(sum)) return others;
  const whose = { ...(role !== undefined && { role }), ...(title !== undefined && { title }) };
  return [...others, { ...whose, name, over, due: due!, amount: sum }];
}

/** The statement of the open period with its adjustments, in the order in which they are given. */
export function settled(
  statement: Statement,
  adjustments: readonly Adjustment[],
  { before, terms }: { readonly before: Outstanding; readonly terms: TakingTerms },
): Statement {
  if (adjustments.length === 0 && isZero(before.owed) && before.offsets.length === 0) return statement;
  const own = exact(statement.pay);
  const unpaid = unpaidOf(statement);
  const { offsets, spared } = offsetsOf(adjustments, before.offsets, { unpaid, period: statement.period });
  const gain = [
    ...adjustments.map((each) => exact(each.amount)),
    ...offsets.map((each) => each.amount),
  ].reduce(add, ZERO);
  const debt = subtract(before.owed, gain);
  const taken = takenOf(debt, { own, spared, terms });
  const paidOff = least(before.owed, add(greatest(gain, ZERO), taken));
  const carried = sign(gain) < 0 ? subtract(negate(gain), subtract(taken, paidOff)) : ZERO;
  const owed = add(subtract(before.owed, paidOff), carried);
  const lines = [
    ...adjustments.map(adjustmentLine),
    ...offsets.map(offsetLine),
    ...(isZero(paidOff) ? [] : [owedLine('owed', negate(paidOff), statement.period)]),
    ...(isZero(carried) ? [] : [owedLine('carried', carried, statement.period)]),
  ];
  const pay = lines.reduce((sum, each) => add(sum, exact(each.amount)), own);
  const { earned, lines: earlier = [], balances = [] } = statement;
  const isOwed = !isZero(before.owed) || !isZero(owed);
  const balance: Balance = { kind: 'owed', before: exactText(before.owed), after: exactText(owed) };
  return withoutUndefined({
    ...statement,
    lines: lines.length + earlier.length > 0 ? [...earlier, ...lines] : undefined,
    earned: earned ?? (exactText(pay) === statement.pay ? undefined : statement.pay),
    pay: exactText(pay),
    // what is paid in another currency isn't settled
    paid: statement.paid?.map((each) => ({ ...each, amount: exactText(pay) })),
    balances: isOwed ? [...balances, balance] : statement.balances,
  });
}

/** What is taken of the period's own pay: of parts that are due in it first, all of them, of the rest a share at most. */
function takenOf(
  debt: Exact,
  of: { readonly own: Exact; readonly spared: Exact; readonly terms: TakingTerms },
): Exact {
  const { own, spared, terms } = of;
  if (sign(debt) <= 0 || sign(own) <= 0) return ZERO;
  const first = least(debt, least(spared, own));
  const rest = subtract(own, first);
  const { takesBack, step } = terms;
  const most =
    takesBack === undefined ? rest : roundTo(multiply(rest, exact(takesBack)), exact(step), 'floor');
  return add(first, least(subtract(debt, first), most));
}

// ---- lines -----------------------------------------------------------------------------------------------------------

function adjustmentLine({ cause, period, amount, lines }: Adjustment): PayLine {
  return { ...lineOf('adjustment', causeText(cause), { period, amount }), cause, lines };
}

function offsetLine({ role, name, title, over, due, amount }: Offset): PayLine {
  return {
    ...lineOf('offset', name, { period: over, amount: exactText(amount) }),
    ...(role === undefined ? {} : { role }),
    ...(title === undefined ? {} : { title }),
    due,
  };
}

function owedLine(kind: 'owed' | 'carried', amount: Exact, period: string): PayLine {
  return lineOf(kind, kind, { period, amount: exactText(amount) });
}

function lineOf(
  kind: PayLine['kind'],
  name: string,
  { period, amount }: { readonly period: string; readonly amount: string },
): PayLine {
  return { kind, name, period, formula: '', inputs: [], computed: amount, earned: '0', amount };
}

type Optional<T> = { readonly [K in keyof T]: T[K] | undefined };

function withoutUndefined(statement: Optional<Statement>): Statement {
  return Object.fromEntries(
    Object.entries(statement).filter(([, value]) => value !== undefined),
  ) as unknown as Statement;
}
