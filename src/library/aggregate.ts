// The aggregates that KPIs are built from, as authors write them. The checker turns each into measures.

import type { Adding, Aggregate } from '../model/policy.ts';
import type { ValueType } from '../model/value.ts';
import { isNumeric, isOrdered } from './types.ts';

/** An aggregate function over one event's rows. */
export interface AggregateFunction {
  readonly name: string;
  /** Whether it has a value to aggregate, or counts rows. */
  readonly takes: 'value' | 'rows or distinct';
  /** Whether values of the type can be aggregated so, and if not, what was expected. */
  accepts(type: ValueType): string | undefined;
  /** The measures it is made of; two are combined by the library function of its own name. */
  readonly measures: readonly Aggregate[];
  readonly adding: Adding;
  /** Missing when there are no rows. */
  readonly optional: boolean;
}

const numeric = (type: ValueType): string | undefined =>
  isNumeric(type) ? undefined : 'a number, a percent, an amount of money or a duration';
const ordered = (type: ValueType): string | undefined =>
  isOrdered(type) ? undefined : 'something with an order: a number, an amount, a duration or a date';

export const AGGREGATES: readonly AggregateFunction[] = [
  {
    name: 'sum',
    takes: 'value',
    accepts: numeric,
    measures: ['sum'],
    adding: 'additive',
    optional: false,
  },
  {
    name: 'count',
    takes: 'rows or distinct',
    accepts: () => undefined,
    measures: ['count'],
    adding: 'additive',
    optional: false,
  },
  {
    name: 'average',
    takes: 'value',
    accepts: numeric,
    measures: ['sum', 'count'],
    adding: 'ratio',
    optional: true,
  },
  {
    name: 'min',
    takes: 'value',
    accepts: ordered,
    measures: ['min'],
    adding: 'ratio',
    optional: true,
  },
  {
    name: 'max',
    takes: 'value',
    accepts: ordered,
    measures: ['max'],
    adding: 'ratio',
    optional: true,
  },
  {
    name: 'median',
    takes: 'value',
    accepts: numeric,
    measures: ['lower middle', 'upper middle'],
    adding: 'ratio',
    optional: true,
  },
  {
    name: 'percentile',
    takes: 'value',
    accepts: ordered,
    measures: ['percentile'],
    adding: 'ratio',
    optional: true,
  },
  {
    name: 'first',
    takes: 'value',
    accepts: () => undefined,
    measures: ['first'],
    adding: 'ratio',
    optional: true,
  },
  {
    name: 'last',
    takes: 'value',
    accepts: () => undefined,
    measures: ['last'],
    adding: 'ratio',
    optional: true,
  },
];
