// Measures of generated policies of rows, each piece of text beside what it means to the third opinion.

import type { Draw } from '../backend/draw.ts';
import { fraction, isLess, times } from './oracle.ts';
import { GRADES, type Row, rowOn } from './oracle-rows.ts';
import { amountOf, count, type Fields, gradeOf, inRoubles, isTrue } from './oracle-rows-fields.ts';
import {
  type Amount,
  atPercent,
  type Credited,
  combined,
  type Figure,
  figureOf,
  over,
  type Spec,
  taken,
  total,
} from './oracle-rows-figures.ts';
import { minuteOf, workingSeconds } from './oracle-rows-time.ts';

/** A KPI before scopes and windows. */
export interface Base {
  readonly feature: string;
  readonly text: string;
  readonly figure: Figure;
  /** `RUB` of money, `hour` of time, nothing of a number or percent. */
  readonly unit: ' RUB' | ' hour' | '';
  /** Looks at persons, whom the company doesn't see. */
  readonly ofPersons?: true;
  /** The other date of requests is looked at. */
  readonly closed?: true;
}

const sumOf =
  (value: Amount): Spec['take'] =>
  (items, world) =>
    total(items.map(({ row, share }) => times(value(world, row), share)));
const countOf: Spec['take'] = (items) => total(items.map((each) => each.share));
const averageOf =
  (value: Amount): Spec['take'] =>
  (items, world) =>
    over(sumOf(value)(items, world)!, countOf(items, world)!);
const wholes =
  (aggregate: string, value: Amount): Spec['take'] =>
  (items, world) =>
    taken(
      aggregate,
      items.map(({ row }) => value(world, row)),
    );
const distinct =
  (field: string): Spec['take'] =>
  (items) =>
    count(new Set(items.map(({ row }) => row.cells[field])).size);

const worked: Amount = (world, { cells }) => {
  const [from, until] = [cells.opened!, cells.closed!].map((each) => minuteOf(world.zone, each)!);
  return count(workingSeconds(world, from!, until!));
};

/** The first or last amount of each account, added up. */
const ofEach =
  (aggregate: string, field: string): Spec['take'] =>
  (items, world) => {
    if (items.length === 0) return undefined;
    const keys = [...new Set(items.map(({ row }) => row.cells[field]))];
    return total(
      keys.map((key) => {
        const rows = items.filter(({ row }) => row.cells[field] === key);
        return amountOf(world, rows.at(aggregate === 'first' ? 0 : -1)!.row);
      }),
    );
  };

/** How each measure is drawn, by the name under which it is counted. */
export const MAKERS: Readonly<Record<string, (draw: Draw, fields: Fields) => Omit<Base, 'feature'>>> = {
  sum: () => ({
    text: 'sum(deal.amount)',
    unit: ' RUB',
    figure: figureOf({ event: 'deal', take: sumOf(amountOf) }),
  }),
  average: () => ({
    text: 'average(deal.amount)',
    unit: ' RUB',
    figure: figureOf({
      event: 'deal',
      take: averageOf(amountOf),
    }),
  }),
  whole: (draw) => {
    const aggregate = draw.pick(['first', 'last', 'min', 'max', 'median']);
    const where = draw.pick([true, false]);
    return {
      text: `${aggregate}(deal.amount${where ? ' where grade >= silver' : ''})`,
      unit: ' RUB',
      figure: figureOf({
        event: 'deal',
        where: (_, { row }) => !where || gradeOf(row) >= 1,
        take: wholes(aggregate, amountOf),
      }),
    };
  },
  percentile: (draw) => {
    const hundredths = draw.pick([1, 29, 57, 75, 90, 100]);
    return {
      text: `percentile(deal.amount, ${hundredths}%)`,
      unit: ' RUB',
      figure: figureOf({
        event: 'deal',
        take: (items, world) =>
          atPercent(
            items.map(({ row }) => amountOf(world, row)),
            hundredths,
          ),
      }),
    };
  },
  distinct: () => ({
    text: 'count(distinct deal.client where client exists)',
    unit: '',
    figure: figureOf({
      event: 'deal',
      where: (_, { row }) => row.cells.client !== '',
      take: distinct('client'),
    }),
  }),
  words: (draw) => {
    const step = draw.pick([-2, -1, 1, 2]);
    const after = (grade: number) => Math.max(0, Math.min(2, grade + step));
    const other = after(draw.int(0, 2));
    const stepped = (row: Row) => after(gradeOf(row));
    return {
      text: `count(deal where (grade ${step < 0 ? 'down' : 'up'} ${Math.abs(step)}) is ${GRADES[other]})`,
      unit: '',
      figure: figureOf({ event: 'deal', where: (_, { row }) => stepped(row) === other, take: countOf }),
    };
  },
  nth: (_, { deal }) => ({
    text: 'sum(deal.amount where first_one)',
    unit: ' RUB',
    figure: figureOf({
      event: 'deal',
      where: (world, { row }) => isTrue(deal.first_one)(world, row),
      take: sumOf(amountOf),
    }),
  }),
  'of this': (draw, { deal }) => {
    const name = draw.pick(['paid', 'pays'] as const);
    return {
      text: `sum(deal.${name})`,
      unit: name === 'paid' ? ' RUB' : '',
      figure: figureOf({ event: 'deal', take: sumOf(deal[name].of) }),
    };
  },
  'nearby rows': (_, { deal }) => ({
    text: 'sum(deal.near)',
    unit: '',
    figure: figureOf({ event: 'deal', take: sumOf(deal.near.of) }),
  }),
  'asked before': (_, { deal }) => ({
    text: 'count(deal where asked)',
    unit: '',
    figure: figureOf({
      event: 'deal',
      where: (world, { row }) => isTrue(deal.asked)(world, row),
      take: countOf,
    }),
  }),
  peers: (draw, { deal }) => {
    const aggregate = draw.pick(['sum', 'max']);
    return {
      text: `${aggregate}(deal.peer)`,
      unit: ' RUB',
      figure: figureOf({
        event: 'deal',
        take: aggregate === 'sum' ? sumOf(deal.peer.of) : wholes('max', deal.peer.of),
      }),
    };
  },
  lifetime: (_, { deal }) => ({
    text: 'max(deal.lifetime)',
    unit: ' RUB',
    figure: figureOf({ event: 'deal', take: wholes('max', deal.lifetime.of) }),
  }),
  care: () => ({
    text: 'sum(deal.amount as care)',
    unit: ' RUB',
    figure: figureOf({ event: 'deal', as: 'care', take: sumOf(amountOf) }),
  }),
  above: () => ({
    text: 'count(deal as above)',
    unit: '',
    figure: figureOf({ event: 'deal', as: 'above', take: countOf }),
  }),
  share: () => ({
    text: 'sum(deal.amount where share > 50%)',
    unit: ' RUB',
    ofPersons: true,
    figure: figureOf({
      event: 'deal',
      where: (_, { share }) => isLess(fraction('1/2'), share),
      take: sumOf(amountOf),
    }),
  }),
  'office of the day': () => ({
    text: 'count(deal where (person.office is "K") else false)',
    unit: '',
    ofPersons: true,
    figure: figureOf({
      event: 'deal',
      where: (_, { stay, day }: Credited) => stay !== undefined && rowOn(stay, day)?.office === 'K',
      take: countOf,
    }),
  }),
  converted: () => ({
    text: 'sum(convert(payment.amount, to RUB, at at))',
    unit: ' RUB',
    figure: figureOf({ event: 'payment', take: sumOf(inRoubles) }),
  }),
  reference: (draw, { payment }) => {
    const kept = draw.pick([true, false]);
    return {
      text: kept ? 'sum(payment.kept)' : 'sum(payment.rub where of_silver)',
      unit: ' RUB',
      figure: figureOf({
        event: 'payment',
        where: (world, { row }) => kept || isTrue(payment.of_silver)(world, row),
        take: sumOf(kept ? payment.kept.of : payment.rub.of),
      }),
    };
  },
  'tail of a deal': (_, { payment }) => ({
    text: 'sum(payment.rub as tail_of)',
    unit: ' RUB',
    figure: figureOf({ event: 'payment', as: 'tail_of', take: sumOf(payment.rub.of) }),
  }),
  'handed on': () => ({
    text: 'sum(deal.amount as handed_on)',
    unit: ' RUB',
    figure: figureOf({ event: 'deal', as: 'handed_on', take: sumOf(amountOf) }),
  }),
  'two references': (draw, { refund }) => {
    const far = draw.pick([true, false]);
    return {
      text: `sum(refund.of_deal${far ? ' where far' : ''})`,
      unit: ' RUB',
      figure: figureOf({
        event: 'refund',
        where: (world, { row }) => !far || isTrue(refund.far)(world, row),
        take: sumOf(refund.of_deal.of),
      }),
    };
  },
  'two events': () => ({
    text: 'sum(deal.amount) / count(request)',
    unit: ' RUB',
    figure: combined('/', [
      figureOf({ event: 'deal', take: sumOf(amountOf) }),
      figureOf({ event: 'request', take: countOf }),
    ]),
  }),
  'working time': (draw) => {
    const aggregate = draw.pick(['sum', 'sum', 'median', 'max', 'average'] as const);
    const taking: Spec['take'] =
      aggregate === 'sum'
        ? sumOf(worked)
        : aggregate === 'average'
          ? averageOf(worked)
          : wholes(aggregate, worked);
    return {
      text: `${aggregate}(working_time(request.opened, request.closed, office) where closed exists)`,
      unit: ' hour',
      figure: figureOf({ event: 'request', where: (_, { row }) => row.cells.closed !== '', take: taking }),
    };
  },
  conversion: (_, { request }) => ({
    text: 'count(request where sold) / count(request)',
    unit: '',
    figure: combined('/', [
      figureOf({
        event: 'request',
        where: (world, { row }) => isTrue(request.sold)(world, row),
        take: countOf,
      }),
      figureOf({ event: 'request', take: countOf }),
    ]),
  }),
  'asked again': (_, { request }) => ({
    text: 'sum(request.again)',
    unit: '',
    figure: figureOf({ event: 'request', take: sumOf(request.again.of) }),
  }),
  'another date': (draw, { request }) => {
    const [taking, take] = draw.pick<readonly [string, Spec['take']]>([
      ['count(request', countOf],
      ['count(distinct request.who', distinct('who')],
      ['sum(request.again', sumOf(request.again.of)],
      ['last(request.again', wholes('last', request.again.of)],
    ]);
    return {
      text: `${taking} by closed where closed exists)`,
      unit: '',
      closed: true,
      figure: figureOf({
        event: 'request',
        by: 'closed',
        where: (_, { row }) => row.cells.closed !== '',
        take,
      }),
    };
  },
  'last of each': (draw) => {
    const aggregate = draw.pick(['first', 'last', 'last']);
    return {
      text: `${aggregate}(balance.amount each account)`,
      unit: ' RUB',
      figure: figureOf({ event: 'balance', take: ofEach(aggregate, 'account') }),
    };
  },
  balance: (draw) => {
    const aggregate = draw.pick(['first', 'last']);
    return {
      text: `${aggregate}(balance.amount)`,
      unit: ' RUB',
      figure: figureOf({ event: 'balance', take: wholes(aggregate, amountOf) }),
    };
  },
};

export function makeBase(feature: string, draw: Draw, fields: Fields): Base {
  return { feature, ...MAKERS[feature]!(draw, fields) };
}
