// Attributes of the person in a cell: declared ones, and those that every person has.

import { InternalError } from '../base/diagnostic.ts';
import { add, type Exact, fraction, multiply, whole, ZERO } from '../base/exact.ts';
import { isNumeric } from '../library/types.ts';
import type { Cell } from '../model/value.ts';
import { isMonthAttribute, monthCount } from '../query/months.ts';
import { attributeOf } from '../query/persons.ts';
import { cellRead } from '../query/shortfalls.ts';
import { type CellPlace, daysOf, type Held, type Run } from './cell.ts';

/** A number or money is averaged by days over the days held; anything else is that of the last day. */
export function attributeIn(run: Run, name: string, place: CellPlace): Cell {
  const index = run.model.attributes.findIndex((each) => each.name === name);
  const last = place.held.at(-1);
  if (!last) throw new InternalError('an attribute of a person on no day');
  if (index < 0) return builtIn(run, last, name);
  const field = run.model.attributes[index]!;
  const read = ({ row }: Held): Cell => cellRead(field, 'person', row.attributes[index]);
  if (!isNumeric(field.type)) return read(last);
  return averageByDays(place.held, (held) => read(held) as Exact | undefined);
}

/** The day-weighted average over stretches; missing when it is missing on any of the days. */
function averageByDays(held: readonly Held[], value: (held: Held) => Exact | undefined): Exact | undefined {
  const total = daysOf(held);
  let sum: Exact = ZERO;
  for (const each of held) {
    const part = value(each);
    if (part === undefined) return undefined;
    const days = each.until - each.from;
    sum = add(sum, days === total ? part : multiply(part, fraction(days, total)));
  }
  return total === 0 ? undefined : sum;
}

function builtIn(run: Run, held: Held, name: string): Cell {
  const { row } = held;
  if (isMonthAttribute(name))
    return whole(monthCount(run.people, row, { attribute: name, day: held.until - 1 }));
  return attributeOf(run.model, row, name);
}
