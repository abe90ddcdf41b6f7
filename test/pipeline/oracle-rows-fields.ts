// Computed fields of generated policies of rows, each piece of text beside what it means to the third opinion.

import type { Draw } from '../backend/draw.ts';
import { type Fraction, fraction, textOf, times } from './oracle.ts';
import {
  dayOf,
  type EventName,
  GRADES,
  inOrder,
  lookUp,
  minus,
  type Row,
  referredBy,
  seenRows,
  type World,
} from './oracle-rows.ts';
import { type Amount, taken, total } from './oracle-rows-figures.ts';
import { daysLater, minuteOf, monthsLater } from './oracle-rows-time.ts';

/** A computed field: text, and a value that is never missing; conditions are 1 or 0. */
export interface Computed {
  readonly text: string;
  readonly of: Amount;
}

export interface Fields {
  readonly deal: Readonly<
    Record<'first_one' | 'paid' | 'pays' | 'near' | 'asked' | 'peer' | 'lifetime', Computed>
  >;
  readonly payment: Readonly<Record<'rub' | 'of_silver' | 'kept' | 'tail' | 'net', Computed>>;
  readonly refund: Readonly<Record<'of_deal' | 'far', Computed>>;
  readonly request: Readonly<Record<'sold' | 'again', Computed>>;
}

export const amountOf: Amount = (_, row) => fraction(row.cells.amount!);
export const count = (n: number): Fraction => fraction(String(n));
const truth = (is: boolean): Fraction => count(is ? 1 : 0);
export const isTrue = (of: Computed) => (world: World, row: Row) => textOf(of.of(world, row)) === '1';
export const gradeOf = (row: Row): number => GRADES.indexOf(row.cells.grade!);

/** The amount of a payment at the rate of its day. */
export const inRoubles: Amount = (world, { cells, day }) => {
  const rate = cells.currency === 'RUB' ? '1' : lookUp(world.exchange, cells.currency!, day);
  return times(fraction(cells.amount!), fraction(rate));
};

/** Times of look-backs, and how far some rows lie from others, so that some lie at their very ends. */
export const DAYS_APART = [0, 1, 2, 7, 30] as const;
export const MINUTES_APART = [60, 90, 1440, 20_160] as const;

interface Within {
  readonly text: string;
  /** Rows of the other event inside; missing where the time reaches behind the data. */
  readonly rows: (world: World, row: Row) => readonly Row[] | undefined;
}

/** Rows of the same client within a time of this one's date, the row itself left out. */
function within(draw: Draw, [event, field, other]: readonly [EventName, string, EventName]): Within {
  const back = draw.pick([true, false]);
  const inMonths = draw.rarely(3);
  const byMoment = event === 'request' && other === 'request';
  const length = byMoment ? draw.pick(MINUTES_APART) : inMonths ? draw.int(0, 2) : draw.pick(DAYS_APART);
  const said = byMoment ? `${length} minutes` : `${length} ${inMonths ? 'months' : 'days'}`;
  return {
    text: `${other} of client within ${said} ${back ? 'before' : 'after'} ${field}`,
    rows: (world, row) => {
      const { client } = row.cells;
      if (!client) return undefined;
      const alike = seenRows(world, other).filter(
        (each) => each.cells.client === client && (each.event !== row.event || each.key !== row.key),
      );
      if (byMoment) {
        const at = minuteOf(world.zone, row.cells[field]!)!;
        const [from, until] = back ? [at - length, at] : [at, at + length];
        if (from < minuteOf(world.zone, `${world.since[other]} 00:00`)!) return undefined;
        return alike.filter((each) => from <= each.at && each.at <= until);
      }
      const day = dayOf(world, row.cells[field]!);
      const move = (by: number) => (inMonths ? monthsLater(day, by) : daysLater(day, by));
      const [from, until] = back ? [move(-length), day] : [day, move(length)];
      if (from < world.since[other]) return undefined;
      return alike.filter((each) => from <= each.day && each.day <= until);
    },
  };
}

/** Rows that refer to this one: missing where it is older than their data, so that some may not be there. */
function referring(world: World, row: Row, event: 'payment' | 'refund'): readonly Row[] | undefined {
  if (row.day < world.since[event]) return undefined;
  return seenRows(world, event).filter((each) => each.cells[row.event] === row.key);
}

export function drawFields(draw: Draw): Fields {
  const payment = paymentFields(draw);
  return { deal: dealFields(draw, payment), payment, refund: REFUND, request: requestFields(draw) };
}

const isSilver = (row: Row): boolean => gradeOf(row) >= 1;

/** Other rows of the same client. */
const others = (world: World, row: Row): readonly Row[] =>
  seenRows(world, 'deal').filter((each) => each.cells.client === row.cells.client && each.key !== row.key);

function dealFields(draw: Draw, payment: Fields['payment']): Fields['deal'] {
  const near = within(draw, ['deal', 'day', 'deal']);
  const asked = within(draw, ['deal', 'day', 'request']);
  const paid = draw.pick(['kept', 'net'] as const);
  return {
    first_one: drawFirstOne(draw),
    paid: {
      text: `sum(payment.${paid} of this) else 4 RUB`,
      of: (world, row) => {
        const payments = referring(world, row, 'payment');
        return payments ? total(payments.map((each) => payment[paid].of(world, each))) : fraction('4');
      },
    },
    pays: {
      text: 'count(payment of this where currency is not "RUB") else 6',
      of: (world, row) => {
        const payments = referring(world, row, 'payment');
        return count(payments?.filter((each) => each.cells.currency !== 'RUB').length ?? 6);
      },
    },
    near: {
      text: `count(${near.text}) else 7`,
      of: (world, row) => count(near.rows(world, row)?.length ?? 7),
    },
    asked: {
      text: `exists(${asked.text}) else true`,
      of: (world, row) => truth((asked.rows(world, row)?.length ?? 1) > 0),
    },
    peer: drawPeer(draw),
    lifetime: {
      text: 'amount + (sum(deal.amount of client) else 0 RUB)',
      of: (world, row) =>
        total([row, ...(row.cells.client ? others(world, row) : [])].map((each) => amountOf(world, each))),
    },
  };
}

function drawFirstOne(draw: Draw): Computed {
  const places = draw.pick([['client'], ['who'], ['client', 'grade']]);
  const onlySilver = draw.pick([true, false]);
  const place = draw.int(1, 3);
  return {
    text: `(nth(by ${places.join(', ')}${onlySilver ? ' where grade >= silver' : ''}) is ${place}) else false`,
    of: (world, row) => {
      const key = (each: Row) => places.map((name) => each.cells[name]).join(' ');
      if (places.some((name) => row.cells[name] === '') || (onlySilver && !isSilver(row)))
        return truth(false);
      const group = seenRows(world, 'deal').filter(
        (each) => key(each) === key(row) && (!onlySilver || isSilver(each)),
      );
      return truth([...group].sort(inOrder).findIndex((each) => each.key === row.key) === place - 1);
    },
  };
}

function drawPeer(draw: Draw): Computed {
  const aggregate = draw.pick(['first', 'last', 'min', 'max', 'median', 'sum']);
  const onlySilver = draw.pick([true, false]);
  return {
    text: `${aggregate}(deal.amount of client${onlySilver ? ' where grade >= silver' : ''}) else 3 RUB`,
    of: (world, row) => {
      if (!row.cells.client) return fraction('3');
      const rows = others(world, row).filter((each) => !onlySilver || isSilver(each));
      const values = [...rows].sort(inOrder).map((each) => amountOf(world, each));
      return taken(aggregate, values) ?? fraction('3');
    },
  };
}

const dealOf = (world: World, row: Row): Row | undefined => referredBy(world, row, 'deal');

function paymentFields(draw: Draw): Fields['payment'] {
  const months = draw.int(1, 3);
  return {
    rub: { text: 'convert(amount, to RUB, at at)', of: inRoubles },
    of_silver: {
      text: '(deal.grade >= silver) else false',
      of: (world, row) => {
        const deal = dealOf(world, row);
        return truth(deal !== undefined && isSilver(deal));
      },
    },
    kept: {
      text: 'worth - (deal.amount else 1 RUB)',
      of: (world, row) => {
        const deal = dealOf(world, row);
        return minus(fraction(row.cells.worth!), deal ? amountOf(world, deal) : fraction('1'));
      },
    },
    net: {
      text: 'worth - (sum(refund.amount of this) else 9 RUB)',
      of: (world, row) => {
        const refunds = referring(world, row, 'refund');
        const paidBack = refunds ? total(refunds.map((each) => amountOf(world, each))) : fraction('9');
        return minus(fraction(row.cells.worth!), paidBack);
      },
    },
    tail: {
      text: `(booked <= deal.day + ${months} months) else false`,
      of: (world, row) => {
        const deal = dealOf(world, row);
        return truth(deal !== undefined && row.cells.booked! <= monthsLater(deal.day, months));
      },
    },
  };
}

/** The deal of a refund's payment. */
function paidFor(world: World, row: Row): Row | undefined {
  const payment = referredBy(world, row, 'payment');
  return payment && dealOf(world, payment);
}

const REFUND: Fields['refund'] = {
  of_deal: {
    text: 'payment.deal.amount else 2 RUB',
    of: (world, row) => {
      const deal = paidFor(world, row);
      return deal ? amountOf(world, deal) : fraction('2');
    },
  },
  far: {
    text: '(payment.deal.client is "A") else false',
    of: (world, row) => truth(paidFor(world, row)?.cells.client === 'A'),
  },
};

function requestFields(draw: Draw): Fields['request'] {
  const sold = within(draw, ['request', 'opened', 'deal']);
  const again = within(draw, ['request', 'opened', 'request']);
  return {
    sold: {
      text: `exists(${sold.text}) else false`,
      of: (world, row) => truth((sold.rows(world, row)?.length ?? 0) > 0),
    },
    again: {
      text: `count(${again.text}) else 5`,
      of: (world, row) => count(again.rows(world, row)?.length ?? 5),
    },
  };
}
