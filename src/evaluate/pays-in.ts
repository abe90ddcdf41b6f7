// Lines in the currency that they are paid in: converted, once they are rounded, at the rate of the period's last day, to
// that currency's own decimals; or row by row at the rates of their days. Balances and parts keep the policy's currency until they are payable.

import { dayText } from '../base/date.ts';
import {
  add,
  divide,
  type Exact,
  equals,
  exact,
  exactText,
  fraction,
  isZero,
  multiply,
  roundTo,
  ZERO,
} from '../base/exact.ts';
import { splitTo } from '../base/split.ts';
import { currencyDecimals } from '../base/unit.ts';
import type { ConvertNode, Expression } from '../model/expression.ts';
import type { PaysIn } from '../model/pay.ts';
import type { PaidIn } from '../model/pay-lines.ts';
import type { Statement } from '../model/result.ts';
import { staysOfPerson } from '../query/persons.ts';
import { scalarValue } from '../query/scalars.ts';
import type { PayAmount } from './amounts.ts';
import { type CellPlace, placed, type Run } from './cell.ts';
import { evaluate } from './formula.ts';
import type { PersonPay } from './person-pay.ts';
import { hasDayIn, stayPlace } from './places.ts';

/** What an amount is in the currency that it is paid in, where its bonus or the policy names one. */
export function paidIn(
  run: Run,
  amount: PayAmount,
  { person, period }: Pick<PersonPay, 'person' | 'period'>,
): PaidIn | undefined {
  const { payable, paysIn = run.model.pay.paysIn } = amount;
  if (!paysIn) return undefined;
  const place = lastPlace(run, person, period);
  const currency = evaluate(run, paysIn.currency, place) as string;
  const fixed = paysIn.atPosting ? fixedAtPosting(run, paysIn, amount, { currency, place }) : undefined;
  if (fixed) return { currency, amount: exactText(fixed), atPosting: true };
  const day = period.until - 1;
  const found = converted(run, paysIn, { amount: payable, currency, day, place });
  return { currency, amount: exactText(found), day: dayText(day) };
}

interface Into {
  readonly currency: string;
  readonly place: CellPlace;
}

/** Rows at the rates of their own days; where parts of them are paid later, each has its part of what that comes to. */
function fixedAtPosting(run: Run, paysIn: PaysIn, amount: PayAmount, into: Into): Exact | undefined {
  const { of: whole, index } = amount.part ?? { of: amount, index: -1 };
  const rows = whole.rows?.();
  if (!rows || (amount.part && isZero(amount.payable))) return undefined;
  const total = rows.map((row) => converted(run, paysIn, { ...into, ...row })).reduce(add, ZERO);
  const isWhole = equals(amount.payable, rows.map((each) => each.amount).reduce(add, ZERO));
  if (isWhole || isZero(whole.earned)) return total;
  const parts = [whole.payable, ...whole.later.map((each) => each.amount)].map(
    (each) => divide(multiply(total, each), whole.earned)!,
  );
  return splitTo(total, parts, stepOf(into.currency))[index + 1];
}

/** The smallest amount of a currency. */
function stepOf(currency: string): Exact {
  return fraction(1, 10 ** currencyDecimals(currency));
}

/** Where a person was last, up to the end of a period. */
function lastPlace(run: Run, person: string, period: PersonPay['period']): CellPlace {
  const stays = staysOfPerson(run.people, person).filter((each) => each.from < period.until);
  const last = stays.toSorted((a, b) => a.until - b.until || a.index - b.index).at(-1)!;
  if (hasDayIn(last, period)) return stayPlace(run, last, period);
  const { grain } = period;
  return stayPlace(run, last, { grain, id: 'last', from: last.until - 1, until: last.until });
}

function converted(
  run: Run,
  { table, currency: asked }: PaysIn,
  of: {
    readonly amount: Exact;
    readonly currency: string;
    readonly day: number;
    readonly place: CellPlace;
  },
): Exact {
  const { span } = asked;
  const constant = (text: string, type: Expression['type']): Expression => ({
    kind: 'constant',
    text,
    type,
    optional: false,
    span,
  });
  const own = run.model.currency;
  const node: ConvertNode = {
    kind: 'convert',
    table,
    amount: constant(exactText(of.amount), { kind: 'money', currency: own }),
    from: constant(own, { kind: 'text' }),
    to: of.currency,
    at: constant(String(of.day), { kind: 'date' }),
    type: { kind: 'money', currency: of.currency },
    optional: false,
    span,
  };
  try {
    const found = scalarValue(run.model, node, (part) => evaluate(run, part, of.place)) as Exact;
    return roundTo(found, stepOf(of.currency), run.model.rounding.mode);
  } catch (fault) {
    throw placed(fault, span);
  }
}

/** What is payable in each currency, where any line is paid in one that is named; the others are in the policy's. */
export function paidWhere(run: Run, amounts: readonly PayAmount[], pay: PersonPay): Pick<Statement, 'paid'> {
  const sums = new Map<string, Exact>();
  let isNamed = false;
  for (const each of amounts) {
    const paid = paidIn(run, each, pay);
    if (paid) isNamed = true;
    const { currency, amount } = paid ?? { currency: run.model.currency, amount: exactText(each.payable) };
    sums.set(currency, add(sums.get(currency) ?? ZERO, exact(amount)));
  }
  if (!isNamed) return {};
  return { paid: [...sums].map(([currency, amount]) => ({ currency, amount: exactText(amount) })) };
}
