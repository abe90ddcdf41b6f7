// Whose a row is, what becomes of it, and what the control totals say, as the third opinion has it.

import { type Fraction, fraction, isLess, plus, textOf } from './oracle.ts';
import {
  dayOf,
  type EventName,
  FIELDS,
  hasTooManyDigits,
  isKnown,
  isNumber,
  type Line,
  leadsAbove,
  minus,
  type Row,
  read,
  type Stay,
  type World,
} from './oracle-rows.ts';
import { minuteOf } from './oracle-rows-time.ts';

// ---- credit ----------------------------------------------------------------------------------------------------

/** One person's part of a row. */
export interface Part {
  readonly person: string;
  readonly share: Fraction;
  readonly extra: string | undefined;
  readonly roles: Line['roles'];
}

/** Whose a row is; or why it is rejected. */
function partsOf(world: World, row: Row): readonly Part[] | string {
  const lines = world.credit[row.event].filter((each) => each.when?.(world, row) ?? true);
  const ordinary = lines.filter((each) => each.extra === undefined);
  const said = ordinary.filter((each) => each.share !== 'rest').map((each) => fraction(each.share));
  const rest = minus(fraction('1'), said.reduce(plus, fraction('0')));
  const hasRest = said.length < ordinary.length;
  if (hasRest ? isLess(rest, fraction('0')) : textOf(rest) !== '0') return 'shares not 100%';
  // an ordinary line goes before every extra one, and of two extra ones the first
  const named = new Set(ordinary.map((each) => each.to(world, row)));
  return lines.flatMap((line): readonly Part[] => {
    const { extra, roles } = line;
    const to = line.to(world, row);
    const persons = line.leads ? leadsAbove(world, to, row.day) : [to];
    const share = line.share === 'rest' ? rest : fraction(line.share);
    const credited = persons.filter(
      (each) => each !== '' && (extra === undefined || line.also || !named.has(each)),
    );
    for (const each of credited) named.add(each);
    return credited.map((person) => ({ person, share, extra, roles }));
  });
}

function isAllowed(roles: Line['roles'], role: string): boolean {
  if (roles === 'hunter') return role === 'hunter' || role === 'senior';
  return roles !== 'hunter alone' || role === 'hunter';
}

/** The stays that a part may go to on a day. */
export function staysFor(world: World, { person, roles }: Part, day: string): readonly Stay[] {
  return world.stays.filter(
    (each) => each.person === person && each.from <= day && day <= each.last && isAllowed(roles, each.role),
  );
}

/** A row by one of its dates, with those who hold a role on it. */
export interface Fact {
  readonly row: Row;
  readonly day: string;
  readonly at: number;
  readonly parts: readonly { readonly part: Part; readonly stays: readonly Stay[] }[];
}

export type DateName = 'posted' | 'closed';

/** The first and last day that a run looks at by a date of an event. */
export type Wanted = (event: EventName, by: DateName) => readonly [string, string] | undefined;

/** What becomes of a line: how it counts by each date, or why it doesn't. */
export type Fate =
  | { readonly kind: 'used'; readonly facts: ReadonlyMap<DateName, Fact> }
  | { readonly kind: 'filtered' | 'rejected'; readonly reason: string };

export function fateOf(
  world: World,
  [event, line]: readonly [EventName, readonly string[]],
  wanted: Wanted,
): Fate {
  const row = read(world, event, line);
  if (typeof row === 'string') return { kind: 'rejected', reason: row };
  if (row.day === '') return { kind: 'filtered', reason: 'no posting day' };
  if (row.day < world.since[event]) return { kind: 'filtered', reason: 'before `since`' };
  if (!isKnown(world, row)) return { kind: 'filtered', reason: 'not known yet' };
  const parts = partsOf(world, row);
  if (typeof parts === 'string') return { kind: 'rejected', reason: parts };
  const dates: (readonly [DateName, string, number])[] = [['posted', row.day, row.at]];
  const closed = row.cells.closed ?? '';
  if (closed !== '' && wanted(event, 'closed'))
    dates.push(['closed', dayOf(world, closed), minuteOf(world.zone, closed)!]);
  const facts = dates.map(([by, day, at]) => {
    const held = parts.map((part) => ({ part, stays: staysFor(world, part, day) }));
    return { by, fact: { row, day, at, parts: held.filter((each) => each.stays.length > 0) } };
  });
  const isDoubtful = ({ fact }: (typeof facts)[number]): boolean =>
    fact.parts.some(({ part, stays }) => part.roles !== 'every' && stays.length > 1);
  if (facts.some(isDoubtful)) return { kind: 'rejected', reason: 'two roles that day' };
  const ofSomebody = facts.filter(({ fact }) => fact.parts.length > 0);
  if (ofSomebody.length === 0) return { kind: 'filtered', reason: 'nobody in a role that day' };
  const counted = ofSomebody.filter(({ by, fact }) => {
    const days = wanted(event, by);
    return days !== undefined && days[0] <= fact.day && fact.day <= days[1];
  });
  if (counted.length === 0) return { kind: 'filtered', reason: 'outside the periods' };
  return { kind: 'used', facts: new Map(counted.map(({ by, fact }) => [by, fact])) };
}

/** What the control totals say of an event: lines by what became of them and why, and the sum of readable amounts. */
export function controlOf(world: World, event: EventName, wanted: Wanted): Readonly<Record<string, string>> {
  const found = new Map<string, { rows: number; sum: Fraction }>();
  const amountAt = Object.keys(FIELDS[event]).indexOf('amount');
  for (const line of world.lines[event]) {
    const fate = fateOf(world, [event, line], wanted);
    const name = fate.kind === 'used' ? 'used' : `${fate.kind}: ${fate.reason}`;
    const before = found.get(name) ?? { rows: 0, sum: fraction('0') };
    const cell = line.length === Object.keys(FIELDS[event]).length ? (line[amountAt] ?? '') : '';
    const isCounted = isNumber(cell) && !hasTooManyDigits(cell);
    const sum = isCounted ? plus(before.sum, fraction(cell)) : before.sum;
    found.set(name, { rows: before.rows + 1, sum });
  }
  return Object.fromEntries(
    [...found].map(([name, { rows, sum }]) => [name, `${rows} rows, ${textOf(sum)}`]),
  );
}
