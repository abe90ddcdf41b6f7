// A third opinion on figures over rows, by brute force: windows, scopes and aggregates over the rows that count.

import { type Fraction, fraction, isLess, NOTHING, plus, times } from './oracle.ts';
import {
  type EventName,
  inOrder,
  minus,
  type Row,
  rowOn,
  rowsOn,
  type Stay,
  type World,
} from './oracle-rows.ts';
import { type DateName, type Fact, fateOf, type Wanted } from './oracle-rows-credit.ts';
import { daysLater, lastOfMonth, monthsLater } from './oracle-rows-time.ts';

export type Scope = 'own' | 'team' | 'office' | 'reports' | 'company';
export type WindowName =
  | 'period'
  | 'previous'
  | 'previous 2'
  | 'ytd'
  | 'qtd'
  | 'trailing 3 months'
  | 'to date'
  | 'same period last year';

/** Who asks, of which month, and how wide. */
export interface View {
  readonly stay: Stay;
  /** Its first day. */
  readonly month: string;
  readonly scope: Scope;
  readonly window: WindowName;
}

/** A figure; missing where there is none. */
export type Figure = (world: Counted, view: View) => Fraction | undefined;

/** A world whose rows have been judged. */
export interface Counted extends World {
  readonly facts: ReadonlyMap<EventName, ReadonlyMap<DateName, readonly Fact[]>>;
  /** Is told each window that is looked at. */
  readonly looked?: (event: EventName, by: DateName, days: readonly [string, string]) => void;
}

/** A row with the share held where one looks. */
export interface Item {
  readonly row: Row;
  readonly share: Fraction;
}

/** What a condition judges: a row as one line of credit has it, in one of the stays that hold its share. */
export interface Credited extends Item {
  readonly day: string;
  /** Nobody's where the company looks. */
  readonly stay?: Stay;
}

/** A measure: what is taken of which rows, and how. */
export interface Spec {
  readonly event: EventName;
  readonly by?: DateName;
  readonly as?: string;
  readonly where?: (world: World, credited: Credited) => boolean;
  readonly take: (items: readonly Item[], world: World) => Fraction | undefined;
}

export function counted(world: World, wanted: Wanted): Counted {
  const facts = new Map<EventName, Map<DateName, Fact[]>>();
  for (const event of Object.keys(world.lines) as EventName[]) {
    const byDate = new Map<DateName, Fact[]>([
      ['posted', []],
      ['closed', []],
    ]);
    for (const line of world.lines[event]) {
      const fate = fateOf(world, [event, line], wanted);
      if (fate.kind === 'used') for (const [by, fact] of fate.facts) byDate.get(by)!.push(fact);
    }
    facts.set(event, byDate);
  }
  return { ...world, facts };
}

/** The days, from the first to the last, at which figures look by each date of each event. */
export function recorded(world: Counted, look: (world: Counted) => void): Wanted {
  const found = new Map<string, readonly [string, string]>();
  look({
    ...world,
    looked: (event, by, [from, last]) => {
      const [first, end] = found.get(`${event} ${by}`) ?? [from, last];
      found.set(`${event} ${by}`, [from < first ? from : first, last > end ? last : end]);
    },
  });
  return (event, by) => found.get(`${event} ${by}`);
}

const ONE = fraction('1');

// ---- windows ---------------------------------------------------------------------------------------------------

/** The first and last day of a window seen from a month. */
export function windowDays(since: string, month: string, window: WindowName): readonly [string, string] {
  const back = (months: number): string => monthsLater(month, -months);
  const end = lastOfMonth(month);
  switch (window) {
    case 'period':
      return [month, end];
    case 'previous':
      return [back(1), daysLater(month, -1)];
    case 'previous 2':
      return [back(2), daysLater(month, -1)];
    case 'ytd':
      return [`${month.slice(0, 4)}-01-01`, end];
    case 'qtd':
      return [back((Number(month.slice(5, 7)) - 1) % 3), end];
    case 'trailing 3 months':
      return [back(2), end];
    case 'to date':
      return [since, end];
    case 'same period last year':
      return [back(12), lastOfMonth(back(12))];
  }
}

// ---- scopes ----------------------------------------------------------------------------------------------------

/** Whether a stay stands below a person that day: by the lead of its own row, then by those of all rows of each lead. */
function isBelow(world: World, [member, viewer]: readonly [Stay, string], day: string): boolean {
  if (member.person === viewer) return false;
  const seen = new Set([member.person]);
  const ahead = [rowOn(member, day)!.lead];
  for (let lead = ahead.pop(); lead !== undefined; lead = ahead.pop()) {
    if (lead === viewer) return true;
    if (lead === '' || seen.has(lead)) continue;
    seen.add(lead);
    ahead.push(...rowsOn(world, lead, day).map((each) => each.lead));
  }
  return false;
}

function isInside(world: World, [member, view]: readonly [Stay, View], day: string): boolean {
  const { stay, scope } = view;
  switch (scope) {
    case 'own':
      return member === stay;
    case 'company':
      return true;
    case 'reports':
      return isBelow(world, [member, stay.person], day);
    case 'team':
    case 'office': {
      const [mine, theirs] = [stay, member].map((each) => rowOn(each, day)?.[scope] ?? '');
      // a team is with oneself, so who is in none is a team of one
      if (mine === '') return scope === 'team' && theirs === '' && member.person === stay.person;
      return mine === theirs;
    }
  }
}

function itemsOf(
  world: Counted,
  { event, by = 'posted', as, where }: Spec,
  view: View,
): readonly Item[] | undefined {
  const since = world.since[event];
  const [from, last] = windowDays(since, view.month, view.window);
  // looked at it is all the same: rows behind `since` would be missing, those after it are there
  world.looked?.(event, by, [from, last]);
  if (from < since) return undefined;
  const { stay, scope } = view;
  const items: Item[] = [];
  for (const fact of world.facts.get(event)!.get(by)!) {
    const { row, day, at } = fact;
    if (day < from || last < day || day < stay.from || stay.last < day) continue;
    // a condition on the share, or on the person, judges each line of credit by itself
    const counts = (share: Fraction, holder: { readonly stay?: Stay }): boolean =>
      where?.(world, { row, day, share, ...holder }) ?? true;
    const shares =
      scope === 'company' && as === undefined
        ? [ONE].filter((share) => counts(share, {}))
        : fact.parts
            .filter(({ part }) => part.extra === as)
            .filter(({ part, stays }) =>
              stays.some(
                (member) => isInside(world, [member, view], day) && counts(part.share, { stay: member }),
              ),
            )
            .map(({ part }) => part.share);
    if (shares.length > 0) items.push({ row: { ...row, at }, share: total(shares) });
  }
  return items.sort((a, b) => inOrder(a.row, b.row));
}

export function figureOf(spec: Spec): Figure {
  return (world, view) => {
    const items = itemsOf(world, spec, view);
    return items && spec.take(items, world);
  };
}

// ---- aggregates ------------------------------------------------------------------------------------------------

export type Amount = (world: World, row: Row) => Fraction;

export const ascending = (values: readonly Fraction[]): readonly Fraction[] =>
  [...values].sort((a, b) => (isLess(a, b) ? -1 : isLess(b, a) ? 1 : 0));

export const total = (values: readonly Fraction[]): Fraction => values.reduce(plus, NOTHING);

export function over(a: Fraction, b: Fraction): Fraction | undefined {
  if (b.over === 0n) return undefined;
  const sign = b.over < 0n ? -1n : 1n;
  return times(a, { over: b.under * sign, under: b.over * sign });
}

/** Nearest rank: `ceil(p * n)`, p in hundredths. */
export function atPercent(values: readonly Fraction[], hundredths: number): Fraction | undefined {
  return ascending(values)[Math.ceil((hundredths * values.length) / 100) - 1];
}

export function middle(values: readonly Fraction[]): Fraction | undefined {
  const sorted = ascending(values);
  if (sorted.length === 0) return undefined;
  const [low, high] = [Math.ceil(sorted.length / 2) - 1, Math.floor(sorted.length / 2)];
  return times(plus(sorted[low]!, sorted[high]!), fraction('1/2'));
}

/** What is left of some values, in the order of their rows. */
export function taken(aggregate: string, values: readonly Fraction[]): Fraction | undefined {
  switch (aggregate) {
    case 'first':
      return values[0];
    case 'last':
      return values.at(-1);
    case 'min':
      return ascending(values)[0];
    case 'max':
      return ascending(values).at(-1);
    case 'median':
      return middle(values);
    case 'sum':
      return total(values);
    default:
      throw new Error(aggregate);
  }
}

/** Differences and quotients; missing where a part is. */
export function combined(of: '-' | '/', [one, other]: readonly [Figure, Figure]): Figure {
  return (world, view) => {
    const [a, b] = [one(world, view), other(world, view)];
    if (!a || !b) return undefined;
    return of === '-' ? minus(a, b) : over(a, b);
  };
}
