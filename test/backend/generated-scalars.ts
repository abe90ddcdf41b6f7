// Generated formulas of rows that look at one value at a time: words in their order, calendar time, roundings of
// quotients, tables and currencies; and the tables, calendars and rates that they read.

import { exact } from '../../src/base/exact.ts';
import type { TableData } from '../../src/model/dataset.ts';
import type { Expression } from '../../src/model/expression.ts';
import type { FieldModel, Model, TableModel } from '../../src/model/policy.ts';
import type { ValueType } from '../../src/model/value.ts';
import type { Draw } from './draw.ts';
import { apply, constant, field } from './small-model.ts';

const span = { source: 'policy.merit', start: 0, end: 0 };
const NUMBER: ValueType = { kind: 'number' };
const PERCENT: ValueType = { kind: 'percent' };
const DURATION: ValueType = { kind: 'duration' };
const DATE: ValueType = { kind: 'date' };
const DATETIME: ValueType = { kind: 'datetime' };
const TRUTH: ValueType = { kind: 'truth' };
const TEXT: ValueType = { kind: 'text' };
export const PERIOD: ValueType = { kind: 'period' };
const MONEY: ValueType = { kind: 'money', currency: 'RUB' };
export const TIER: ValueType = { kind: 'enumeration', members: ['won', 'lost', 'open'], ordered: true };

/** Fields that these formulas read, beside those of every generated event. */
export const SCALAR_FIELDS: readonly FieldModel[] = [
  { name: 'tier', type: TIER, optional: true, span },
  { name: 'month', type: PERIOD, optional: true, span },
  { name: 'currency', type: TEXT, optional: true, span },
];

export const EXCHANGE: TableModel = {
  name: 'exchange',
  fields: ['currency', 'rate', 'from'].map((name, at) => ({
    name,
    type: [TEXT, NUMBER, DATE][at]!,
    optional: at === 2,
    span,
  })),
  keys: ['currency'],
  dated: true,
  span,
};

/** A rate for every day, of all currencies of `CURRENCIES` but the last. */
export function exchangeData(): TableData {
  const rows = [
    ['USD', exact('80.25'), undefined],
    ['EUR', exact('91'), undefined],
  ];
  return { table: 'exchange', rows };
}

/** What generated cells of `currency` hold; the last has no rate. */
export const CURRENCIES = ['RUB', 'USD', 'EUR', 'RUB', 'USD', 'EUR', 'RUB', 'USD', 'EUR', 'GBP'];

const tier = (bound: string, rate: string, includes = true) => ({ bound, rate, includes, span });
const point = (at: string, score: string) => ({ at, score, span });

export const TABLES: Pick<Model, 'curves' | 'rates' | 'grids' | 'calendars'> = {
  rates: [
    {
      name: 'ladder',
      mode: 'marginal',
      input: MONEY,
      rate: PERCENT,
      tiers: [
        tier('0', '0.03'),
        tier('10.5', '0.05', false),
        { ...tier('100', '0.07'), onAll: true },
        tier('1000', '0.1'),
      ],
      span,
    },
    {
      name: 'flat',
      mode: 'whole',
      input: MONEY,
      rate: PERCENT,
      tiers: [tier('1', '0.01'), tier('10.5', '0.02')],
      span,
    },
    {
      name: 'sums',
      mode: 'amounts',
      input: MONEY,
      rate: MONEY,
      tiers: [tier('0', '10'), { ...tier('3', '5'), until: '10' }],
      span,
    },
  ],
  curves: [
    {
      name: 'standard',
      mode: 'linear',
      input: PERCENT,
      output: PERCENT,
      below: '0',
      above: '1.6',
      points: [
        point('0.05', '0.5'),
        { ...point('0.25', '0.8'), upTo: true },
        point('0.25', '1'),
        point('1', '1.6'),
      ],
      span,
    },
    {
      name: 'thirds',
      mode: 'linear',
      input: PERCENT,
      output: PERCENT,
      below: '0',
      points: [point('0', '0'), point('0.3', '1')],
      slope: { more: '0.01', per: '0.1', full: true },
      span,
    },
  ],
  grids: [
    {
      name: 'grid',
      dimensions: [
        {
          name: 'part',
          type: PERCENT,
          keys: [
            { kind: 'bound', at: '0', includes: true },
            { kind: 'bound', at: '0.5', includes: false },
          ],
        },
        { name: 'tier', type: TIER, keys: [{ kind: 'word', word: 'won' }, { kind: 'otherwise' }] },
      ],
      output: PERCENT,
      cells: ['0.01', '0.025', '0.1', '0.3'],
      span,
    },
  ],
  calendars: [
    {
      name: 'office',
      week: [1, 2, 3, 4, 5].flatMap((weekday) => [
        { weekday, from: 540, until: 780 },
        { weekday, from: 840, until: 1080 },
      ]),
      days: [{ day: 20463, from: 0, until: 1440 }],
      holidays: [{ from: 20454, until: 20460 }],
      span,
    },
  ],
};

export interface Scalars {
  /** A formula of that type, or `undefined` where there is none. */
  of(type: ValueType, depth: number): Expression | undefined;
}

export function createScalars(draw: Draw, of: (type: ValueType, depth: number) => Expression): Scalars {
  const word = (): Expression => {
    const known = field('tier', TIER, true);
    return draw.rarely(2)
      ? { kind: 'word step', of: known, by: draw.int(-2, 2), type: TIER, optional: true, span }
      : known;
  };
  const placeOf = (each: Expression): Expression => ({
    kind: 'word place',
    of: each,
    type: NUMBER,
    optional: true,
    span,
  });
  const start = (): Expression => ({
    kind: 'period start',
    of: draw.pick([
      field('month', PERIOD, true),
      constant(PERIOD, draw.pick(['2026-01', '2026-Q2', '2026-W01'])),
    ]),
    type: DATE,
    optional: true,
    span,
  });
  const over = (type: ValueType, depth: number): Expression => ({
    kind: 'apply',
    function: '/',
    args: [of(type, depth - 1), of(draw.pick([NUMBER, PERCENT]), 0)],
    type,
    optional: true,
    span,
  });
  /** What may stand in a rounding: with a quotient somewhere in it. */
  const quotient = (type: ValueType, depth: number): Expression => {
    const one = over(type, depth);
    switch (draw.int(0, 6)) {
      case 0:
        return apply(draw.pick(['+', '-']), one, of(type, 0));
      case 1:
        return apply(draw.pick(['min', 'max']), one, over(type, 1));
      case 2:
        return apply('else', one, of(type, 0));
      case 3:
        return apply(
          'choose',
          apply(draw.pick(['<', '>=', 'is']), one, of(type, 0)),
          over(type, 1),
          of(type, 0),
        );
      case 4:
        return apply(draw.pick(['abs', 'minus']), one);
      case 5:
        return type.kind === 'percent' ? thirds() : one;
      default:
        return one;
    }
  };
  const thirds = (): Expression => ({
    kind: 'curve',
    curve: draw.pick(['thirds', 'standard']),
    argument: draw.pick([of(PERCENT, 0), of(MONEY, 0)]),
    whole: of(MONEY, 0),
    type: PERCENT,
    optional: true,
    span,
  });
  const rounded = (type: ValueType, depth: number): Expression => {
    const step = constant(
      type.kind === 'duration' ? DURATION : NUMBER,
      draw.pick(['0.01', '1', '0.25', '0.3', '1000']),
    );
    const mode = draw.pick(['round', 'round half even', 'round down', 'floor', 'ceil']);
    return apply(mode, draw.rarely(2) ? quotient(type, depth) : of(type, depth - 1), step);
  };
  const read = (type: ValueType): Expression | undefined => {
    const optional = true;
    if (type.kind === 'money')
      return {
        kind: 'rates',
        rates: draw.pick(['ladder', 'flat']),
        read: 'amount',
        argument: of(MONEY, 0),
        ...(draw.rarely(2) && { whole: of(MONEY, 0) }),
        ...(draw.rarely(3) && { after: of(MONEY, 0) }),
        type,
        optional,
        span,
      };
    if (type.kind !== 'percent') return undefined;
    const whole = of(MONEY, 0);
    switch (draw.int(0, 2)) {
      case 0:
        return {
          kind: 'rates',
          rates: 'ladder',
          read: 'rate',
          argument: of(MONEY, 0),
          ...(draw.rarely(2) && { whole }),
          type,
          optional,
          span,
        };
      case 1:
        return { kind: 'curve', curve: 'standard', argument: of(PERCENT, 0), type, optional, span };
      default:
        return {
          kind: 'grid',
          grid: 'grid',
          args: [of(PERCENT, 0), word()],
          ...(draw.rarely(2) && { args: [of(MONEY, 0), word()], ratio: { argument: 0, whole } }),
          type,
          optional,
          span,
        };
    }
  };
  const numeric = (type: ValueType, depth: number): Expression => {
    if (type.kind === 'duration' && draw.rarely(2)) return workingTime();
    if (type.kind === 'money' && draw.rarely(6)) return converted();
    if (type.kind === 'number' && draw.rarely(4)) return placeOf(word());
    return (draw.rarely(2) ? read(type) : undefined) ?? rounded(type, depth);
  };
  const converted = (): Expression => ({
    kind: 'convert',
    table: 'exchange',
    amount: of(MONEY, 0),
    from: field('currency', TEXT, true),
    to: 'RUB',
    at: draw.pick([field('day', DATE, true), of(DATETIME, 0)]),
    type: MONEY,
    optional: true,
    span,
  });
  const workingTime = (): Expression => ({
    kind: 'working time',
    calendar: 'office',
    from: draw.pick([field('day', DATE, true), of(DATETIME, 0)]),
    until: draw.pick([of(DATE, 0), field('moment', DATETIME, true)]),
    type: DURATION,
    optional: true,
    span,
  });
  const months = (type: ValueType): Expression => ({
    kind: 'months later',
    of: type.kind === 'date' ? of(DATE, 0) : field('moment', DATETIME, true),
    months: draw.pick([1, -1, 3, 12, -13]),
    type,
    optional: true,
    span,
  });
  const days = (): Expression => constant(DURATION, draw.pick(['86400', '-86400', '2678400']));
  return {
    of(type, depth) {
      switch (type.kind) {
        case 'number':
        case 'percent':
        case 'money':
        case 'duration':
          return numeric(type, depth);
        case 'date':
          return draw.pick([months(type), start(), apply('later', of(DATE, 0), days())]);
        case 'datetime':
          return draw.pick([
            months(type),
            apply('later moment', field('moment', DATETIME, true), of(DURATION, 0)),
          ]);
        case 'truth':
          return draw.rarely(2)
            ? apply(
                draw.pick(['<', '<=', '>', '>=']),
                placeOf(word()),
                placeOf(draw.pick([word(), constant(TIER, 'lost')])),
              )
            : draw.pick([
                apply(draw.pick(['<', '>=']), start(), start()),
                apply('is', field('month', PERIOD, true), constant(PERIOD, '2026-01')),
                apply('is', word(), constant(TIER, 'open')),
                apply('choose', of(TRUTH, 0), apply('exists', quotientRounded()), of(TRUTH, 0)),
              ]);
        default:
          return undefined;
      }
    },
  };

  function quotientRounded(): Expression {
    return rounded(MONEY, 1);
  }
}
