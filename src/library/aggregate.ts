// The aggregates that KPIs are built from, as authors write them. The checker turns each into measures.

import type { Adding, Aggregate } from '../model/policy.ts';
import type { ValueType } from '../model/value.ts';
import { isNumeric, isOrdered } from './types.ts';

/** An aggregate function over one event's rows. */
export interface AggregateFunction {
  readonly name: string;
  readonly signature: string;
  readonly summary: string;
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
    signature: 'sum(event.field where condition)',
    summary: 'The total of a field, weighted by the credited share; 0 when there are no rows.',
    takes: 'value',
    accepts: numeric,
    measures: ['sum'],
    adding: 'additive',
    optional: false,
  },
  {
    name: 'count',
    signature: 'count(event where condition), count(distinct event.field where condition)',
    summary:
      'How many rows, weighted by the credited share, or how many different values; 0 when there are none.',
    takes: 'rows or distinct',
    accepts: () => undefined,
    measures: ['count'],
    adding: 'additive',
    optional: false,
  },
  {
    name: 'average',
    signature: 'average(event.field where condition)',
    summary: 'The weighted sum over the weighted count; missing when there are no rows.',
    takes: 'value',
    accepts: numeric,
    measures: ['sum', 'count'],
    adding: 'ratio',
    optional: true,
  },
  {
    name: 'min',
    signature: 'min(event.field where condition)',
    summary: 'The least value of a field; missing when there are no rows.',
    takes: 'value',
    accepts: ordered,
    measures: ['min'],
    adding: 'ratio',
    optional: true,
  },
  {
    name: 'max',
    signature: 'max(event.field where condition)',
    summary: 'The greatest value of a field; missing when there are no rows.',
    takes: 'value',
    accepts: ordered,
    measures: ['max'],
    adding: 'ratio',
    optional: true,
  },
  {
    name: 'median',
    signature: 'median(event.field where condition)',
    summary: 'The middle value, exact; missing when there are no rows.',
    takes: 'value',
    accepts: numeric,
    measures: ['lower middle', 'upper middle'],
    adding: 'ratio',
    optional: true,
  },
  {
    name: 'percentile',
    signature: 'percentile(event.field, 90% where condition)',
    summary: 'The value at that place from below, by nearest rank; missing when there are no rows.',
    takes: 'value',
    accepts: ordered,
    measures: ['percentile'],
    adding: 'ratio',
    optional: true,
  },
  {
    name: 'first',
    signature: 'first(event.field where condition), first(event.field each field)',
    summary:
      'The value of the earliest row, by time, known time, then key; with `each`, that of each value of a field, added up; missing when there are no rows.',
    takes: 'value',
    accepts: () => undefined,
    measures: ['first'],
    adding: 'ratio',
    optional: true,
  },
  {
    name: 'last',
    signature: 'last(event.field where condition), last(event.field each field)',
    summary:
      'The value of the latest row, by time, known time, then key; with `each`, that of each value of a field, added up (a balance of each account); missing when there are no rows.',
    takes: 'value',
    accepts: () => undefined,
    measures: ['last'],
    adding: 'ratio',
    optional: true,
  },
];
