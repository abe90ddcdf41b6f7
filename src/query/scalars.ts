// Formulas that look at one value at a time and need more than the function table: words in their order, calendar time,
// currencies. The memory backend and the evaluator read them here; `of` gives the value of a part.

import { addMonths } from '../base/date.ts';
import { InternalError } from '../base/diagnostic.ts';
import { type Exact, multiply, whole } from '../base/exact.ts';
import { fiscalYears } from '../base/fiscal.ts';
import { localDay, monthsLater } from '../base/local-time.ts';
import { parsePeriod } from '../base/period.ts';
import { startOfDay } from '../base/zone.ts';
import { placeOf, wordBeside } from '../library/words.ts';
import type { ConvertNode, Expression, LookupNode, ScalarNode } from '../model/expression.ts';
import type { Model } from '../model/policy.ts';
import type { Cell, ValueType } from '../model/value.ts';
import { isOutside, momentShort, rateShort } from './shortfalls.ts';
import { workingSeconds } from './working-time.ts';

/** The value of such a formula; missing where a part is. Stops at a missing rate and a time outside the clock's years. */
export function scalarValue(model: Model, node: ScalarNode, of: (part: Expression) => Cell): Cell {
  switch (node.kind) {
    case 'word place': {
      const word = of(node.of);
      return word === undefined ? undefined : whole(placeOf(node.of.type, word as string));
    }
    case 'word step': {
      const word = of(node.of);
      return word === undefined ? undefined : wordBeside(node.of.type, word as string, node.by);
    }
    case 'period start': {
      const id = of(node.of);
      return id === undefined ? undefined : whole(periodStart(model, id as string));
    }
    case 'months later': {
      const value = of(node.of) as Exact | undefined;
      if (value === undefined) return undefined;
      if (node.of.type.kind === 'date') return whole(addMonths(Number(value.num), node.months));
      return withinClock(model, monthsLater(model.zone, withinClock(model, value), node.months));
    }
    case 'moment':
      return momentOf(model, node.of.type, of(node.of));
    case 'working time': {
      const [from, until] = [node.from, node.until].map((each) => momentOf(model, each.type, of(each)));
      if (from === undefined || until === undefined) return undefined;
      const calendar = model.calendars.find((each) => each.name === node.calendar);
      if (!calendar) throw new InternalError(`no such calendar: ${node.calendar}`);
      return workingSeconds({ calendar, zone: model.zone }, from, until);
    }
    case 'convert':
      return converted(model, node, of);
    default:
      return node satisfies never;
  }
}

function periodStart(model: Model, id: string): number {
  const period = parsePeriod(id, fiscalYears(model));
  if (!period) throw new InternalError(`no period: ${id}`);
  return period.from;
}

/** A moment, or the first one of a local day. */
function momentOf(model: Model, type: ValueType, value: Cell): Exact | undefined {
  if (value === undefined) return undefined;
  if (type.kind !== 'date') return withinClock(model, value as Exact);
  const day = Number((value as Exact).num);
  if (isOutside(day)) throw momentShort(day);
  return whole(startOfDay(model.zone, day));
}

function withinClock(model: Model, moment: Exact): Exact {
  const day = localDay(model.zone, moment);
  if (isOutside(day)) throw momentShort(day);
  return moment;
}

/** An amount is in its own currency already, or is multiplied by the rate of the day. */
function converted(model: Model, node: ConvertNode, of: (part: Expression) => Cell): Cell {
  const amount = of(node.amount) as Exact | undefined;
  const from = of(node.from);
  const at = of(node.at) as Exact | undefined;
  if (amount === undefined || from === undefined || at === undefined) return undefined;
  if (from === node.to) return amount;
  const rate = of(rateOf(model, node)) as Exact | undefined;
  if (rate !== undefined) return multiply(amount, rate);
  const day = node.at.type.kind === 'datetime' ? localDay(model.zone, at) : Number(at.num);
  throw rateShort(node.table, { from: from as string, to: node.to, day });
}

/** The look-up of the rate that a conversion needs. */
export function rateOf(model: Model, { table, from, to, at, span }: ConvertNode): LookupNode {
  const keys = model.tables.find((each) => each.name === table)!.keys;
  const into: Expression = { kind: 'constant', type: { kind: 'text' }, text: to, optional: false, span };
  return {
    kind: 'lookup',
    table,
    keys: keys.map((each) => (each === 'into' ? into : from)),
    at,
    column: 'rate',
    type: { kind: 'number' },
    optional: true,
    span,
  };
}
