// Generated formulas of rows, by the type that they are to have.

import { dayOf } from '../../src/base/date.ts';
import type { Expression } from '../../src/model/expression.ts';
import type { ValueType } from '../../src/model/value.ts';
import type { Draw } from './draw.ts';
import { WORDS } from './generated-cells.ts';
import { createScalars } from './generated-scalars.ts';
import { apply, attribute, constant, field, nth } from './small-model.ts';

export const span = { source: 'policy.merit', start: 0, end: 0 };
export const NUMBER: ValueType = { kind: 'number' };
export const PERCENT: ValueType = { kind: 'percent' };
export const MONEY: ValueType = { kind: 'money', currency: 'RUB' };
export const DURATION: ValueType = { kind: 'duration' };
export const DATE: ValueType = { kind: 'date' };
export const DATETIME: ValueType = { kind: 'datetime' };
export const TRUTH: ValueType = { kind: 'truth' };
export const TEXT: ValueType = { kind: 'text' };
export const PERSON: ValueType = { kind: 'person' };
export const STATUS: ValueType = { kind: 'enumeration', members: WORDS, ordered: false };
export const START = dayOf(2026, 1, 1);

export interface Formulas {
  readonly posting: ValueType;
  readonly computed: { name: string; type: ValueType }[];
  of(type: ValueType, depth: number): Expression;
}

export function createFormulas(
  draw: Draw,
  options: {
    readonly posting: ValueType;
    readonly computed: { name: string; type: ValueType }[];
    readonly person: boolean;
  },
): Formulas {
  const { posting, computed, person } = options;
  const own = (type: ValueType): Expression[] =>
    computed.filter((each) => each.type.kind === type.kind).map((each) => field(each.name, each.type, true));
  const lookup = (table: string, column: string, type: ValueType, depth: number): Expression => ({
    kind: 'lookup',
    type,
    optional: true,
    span,
    table,
    keys:
      table === 'care'
        ? [field('client', TEXT, true)]
        : [of(NUMBER, depth - 1), field('status', STATUS, true)],
    ...(table === 'care' && {
      at: draw.pick([field('at', posting), field('day', DATE, true), field('moment', DATETIME, true)]),
    }),
    column,
  });
  const leaf = (type: ValueType): Expression => {
    switch (type.kind) {
      case 'money':
        return draw.pick([
          field('amount', MONEY, true),
          ...own(type),
          constant(MONEY, draw.pick(['10.05', '0', '-3.333'])),
        ]);
      case 'number':
        return draw.pick([
          field('qty', NUMBER, true),
          ...own(type),
          constant(NUMBER, draw.pick(['2', '0.5', '-1.25'])),
          ...(person ? [attribute('grade', NUMBER)] : []),
        ]);
      case 'percent':
        return draw.pick([
          field('rate', PERCENT, true),
          ...own(type),
          constant(PERCENT, '0.125'),
          ...(person ? [attribute('fte', PERCENT)] : []),
        ]);
      case 'duration':
        return draw.pick([field('took', DURATION, true), ...own(type), constant(DURATION, '3600')]);
      case 'date':
        return draw.pick([
          field('day', DATE, true),
          ...own(type),
          ...(posting.kind === 'date' ? [field('at', DATE)] : []),
          constant(DATE, String(START + 10)),
        ]);
      case 'datetime':
        return draw.pick([
          field('moment', DATETIME, true),
          ...(posting.kind === 'datetime' ? [field('at', DATETIME)] : []),
        ]);
      case 'truth':
        return draw.pick([field('flag', TRUTH, true), ...own(type)]);
      default:
        return draw.pick([
          field('client', TEXT, true),
          ...own(type),
          constant(TEXT, draw.pick(['Волга', 'й', 'ann'])),
          ...(person ? [attribute('region'), attribute('team'), attribute('id')] : []),
        ]);
    }
  };
  const comparison = (depth: number): Expression => {
    const type = draw.pick([MONEY, NUMBER, PERCENT, DURATION, DATE, DATETIME]);
    return apply(draw.pick(['<', '<=', '>', '>=', 'is', 'is not']), of(type, depth - 1), of(type, depth - 1));
  };
  const shared = (type: ValueType, depth: number): Expression => {
    switch (draw.int(0, 1)) {
      case 0:
        return apply('else', of(type, depth - 1), of(type, depth - 1));
      default:
        return apply('choose', of(TRUTH, depth - 1), of(type, depth - 1), of(type, depth - 1));
    }
  };
  const numeric = (type: ValueType, depth: number): Expression => {
    switch (draw.int(0, 5)) {
      case 0:
        return apply(draw.pick(['+', '-']), of(type, depth - 1), of(type, depth - 1));
      case 1:
        return apply(draw.pick(['min', 'max']), ...draw.list(2, 3, () => of(type, depth - 1)));
      case 2:
        return apply(draw.pick(['abs', 'minus']), of(type, depth - 1));
      case 3:
        return apply(
          '*',
          of(type, depth - 1),
          leaf(type.kind === 'number' ? NUMBER : draw.pick([NUMBER, PERCENT])),
        );
      default:
        return shared(type, depth);
    }
  };
  const of = (type: ValueType, depth: number): Expression => {
    if (depth <= 0 || draw.rarely(3)) return leaf(type);
    const scalar = draw.rarely(4) ? scalars.of(type, depth) : undefined;
    if (scalar) return scalar;
    switch (type.kind) {
      case 'number':
        if (draw.rarely(3)) {
          // look-backs come before credit, so they know nobody's attributes
          const back = person ? createFormulas(draw, { posting, computed, person: false }) : { of };
          const by = draw.list(0, 2, () => back.of(draw.pick([TEXT, TEXT, NUMBER, DATE]), 0));
          return nth(by, draw.rarely(2) ? back.of(TRUTH, depth - 1) : undefined);
        }
        return numeric(type, depth);
      case 'money':
        return draw.rarely(5) ? lookup('price', 'cost', MONEY, depth) : numeric(type, depth);
      case 'percent':
        return draw.rarely(4) ? lookup('care', 'rate', PERCENT, depth) : shared(type, depth);
      case 'duration':
        if (draw.rarely(4)) return apply('days between', of(DATE, depth - 1), of(DATE, depth - 1));
        if (draw.rarely(4)) return apply('time between', of(DATETIME, 0), of(DATETIME, 0));
        return numeric(type, depth);
      case 'date':
        return draw.rarely(2)
          ? apply(draw.pick(['min', 'max']), of(type, 0), of(type, depth - 1))
          : shared(type, depth);
      case 'truth':
        switch (draw.int(0, 5)) {
          case 0:
            return apply(draw.pick(['and', 'or']), of(TRUTH, depth - 1), of(TRUTH, depth - 1));
          case 1:
            return apply('not', of(TRUTH, depth - 1));
          case 2:
            return apply('exists', of(draw.pick([MONEY, TEXT, TRUTH, DATE]), depth - 1));
          case 3:
            return apply(draw.pick(['is', 'is not']), of(TEXT, depth - 1), of(TEXT, depth - 1));
          case 4:
            return apply('is', field('status', STATUS, true), constant(STATUS, 'won'));
          default:
            return comparison(depth);
        }
      default:
        return draw.rarely(3) && type.kind === 'text' ? shared(type, depth) : leaf(type);
    }
  };
  const scalars = createScalars(draw, of);
  return { posting, computed, of };
}
