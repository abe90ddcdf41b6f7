// A third opinion on rows, by brute force and without a line of `src`: which cells are sound, which rows are seen, and who
// holds which role. Whose a row is lies in oracle-rows-credit.ts, figures over rows in oracle-rows-figures.ts.

import { type Fraction, fraction, isLess, plus, times } from './oracle.ts';
import {
  clock,
  type Days,
  daysLater,
  END_OF_DAYS,
  holds,
  minuteOf,
  type Office,
} from './oracle-rows-time.ts';

export type EventName = 'deal' | 'payment' | 'refund' | 'request' | 'balance';

export interface PersonRow extends Days {
  readonly id: string;
  readonly role: string;
  readonly team: string;
  readonly office: string;
  readonly lead: string;
}

/** A row of a table whose rows hold for some days. */
export interface DatedRow extends Days {
  readonly key: string;
  readonly value: string;
}

/** A row of an event that is sound: its cells by field, the local day that posts it and the minute. */
export interface Row {
  readonly event: EventName;
  readonly key: string;
  readonly cells: Readonly<Record<string, string>>;
  /** Empty where nothing posts it. */
  readonly day: string;
  readonly at: number;
  /** The minute in which it became known; less than any where that isn't said. */
  readonly known: number;
}

/** A line of credit: as the policy has it, and what it means. */
export interface Line {
  readonly text: string;
  readonly to: (world: World, row: Row) => string;
  readonly share: string;
  readonly when?: (world: World, row: Row) => boolean;
  /** The name of an extra line. */
  readonly extra?: string;
  readonly also?: true;
  /** The leads above the person instead. */
  readonly leads?: true;
  /** Hunters and those whose role extends it; `hunter alone` is in no policy, and leaves those out. */
  readonly roles: 'one' | 'hunter' | 'hunter alone' | 'every';
}

/** A role held without a break. */
export interface Stay {
  readonly person: string;
  readonly role: string;
  readonly from: string;
  readonly last: string;
  readonly rows: readonly PersonRow[];
}

export interface World {
  readonly zone: string;
  readonly office: Office;
  /** From when each event is complete. */
  readonly since: Readonly<Record<EventName, string>>;
  /** Empty where all is known. */
  readonly asKnownOn: string;
  readonly people: readonly PersonRow[];
  readonly stays: readonly Stay[];
  /** Data lines as written in the file, cell by cell. */
  readonly lines: Readonly<Record<EventName, readonly (readonly string[])[]>>;
  readonly care: readonly DatedRow[];
  readonly exchange: readonly DatedRow[];
  readonly credit: Readonly<Record<EventName, readonly Line[]>>;
  /** What has been looked up, so that it isn't again. */
  readonly found: Map<string, readonly Row[]>;
}

/** The fields of each event in order, with what their cells may be; `?` may be empty. */
export const FIELDS: Readonly<Record<EventName, Readonly<Record<string, string>>>> = {
  deal: {
    id: 'key',
    day: 'date',
    recorded: 'datetime?',
    who: 'person',
    helper: 'person?',
    client: 'text?',
    amount: 'amount',
    grade: 'grade',
  },
  payment: {
    id: 'key',
    at: 'datetime',
    deal: 'text',
    collector: 'person',
    amount: 'free amount',
    currency: 'text',
    booked: 'date',
    worth: 'free amount',
  },
  refund: { id: 'key', day: 'date?', payment: 'text', handler: 'person', amount: 'free amount' },
  request: { id: 'key', opened: 'datetime', closed: 'datetime?', who: 'person', client: 'text?' },
  balance: {
    id: 'key',
    at: 'datetime',
    recorded: 'datetime?',
    who: 'person',
    account: 'text',
    amount: 'amount',
  },
};

const POSTS: Readonly<Record<EventName, string>> = {
  deal: 'day',
  payment: 'at',
  refund: 'day',
  request: 'opened',
  balance: 'at',
};
export const GRADES = ['bronze', 'silver', 'gold'];

export const minus = (a: Fraction, b: Fraction): Fraction => plus(a, times(b, fraction('-1')));

// ---- days ------------------------------------------------------------------------------------------------------

/** The local day of a cell, of a date or of a moment. */
export function dayOf({ zone }: World, text: string): string {
  return text.length === 10 ? text : clock(zone, minuteOf(zone, text)!).slice(0, 10);
}

/** What a dated table says of a key on a day. */
export function lookUp(
  rows: readonly DatedRow[],
  key: string,
  day: string,
  column: 'value' | 'from' = 'value',
): string {
  return rows.find((each) => each.key === key && holds(day, each))?.[column] ?? '';
}

// ---- cells -----------------------------------------------------------------------------------------------------

/** Why a cell isn't taken. */
function faultOf(world: World, kind: string, cell: string): string | undefined {
  if (cell === '') return kind.endsWith('?') ? undefined : 'empty';
  switch (kind.replace('?', '')) {
    case 'date':
      return isDay(cell) ? undefined : 'not a date';
    case 'datetime':
      if (!isDay(cell.slice(0, 10))) return 'not a datetime';
      return minuteOf(world.zone, cell) === undefined ? 'skipped by the clock' : undefined;
    case 'person':
      return world.people.some((each) => each.id === cell) ? undefined : 'unknown person';
    case 'grade':
      return GRADES.includes(cell) ? undefined : 'not a word of the list';
    case 'amount':
    case 'free amount': {
      if (!isNumber(cell)) return 'not a number';
      if (hasTooManyDigits(cell)) return 'too many digits';
      if (kind === 'free amount') return undefined;
      if (isLess(fraction(cell), fraction('-500'))) return 'below the bound';
      return isLess(fraction('5000'), fraction(cell)) ? 'above the bound' : undefined;
    }
    default:
      return undefined;
  }
}

export const isNumber = (cell: string): boolean => /^-?\d+(\.\d+)?$/.test(cell);
export const hasTooManyDigits = (cell: string): boolean => /\.\d{9,}[1-9]/.test(cell);

export function isDay(text: string): boolean {
  const time = Date.parse(text);
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(time) && daysLater(text, 0) === text;
}

/** What becomes of a line before anybody is credited: its row, or why there is none. */
export function read(world: World, event: EventName, line: readonly string[]): Row | string {
  const fields = Object.entries(FIELDS[event]);
  if (line.length !== fields.length) return 'wrong number of cells';
  // cells of a line that has too many or too few are nobody knows which
  const same = world.lines[event].filter((each) => each.length === fields.length && each[0] === line[0]);
  for (const [at, [, kind]] of fields.entries()) {
    const fault = faultOf(world, kind, line[at]!);
    if (fault) return fault;
    if (kind === 'key' && same.length > 1) return 'duplicate key';
  }
  const cells = Object.fromEntries(fields.map(([name], at) => [name, line[at]!]));
  const posts = cells[POSTS[event]]!;
  const { recorded = '' } = cells;
  return {
    event,
    key: line[0]!,
    cells,
    day: posts === '' ? '' : dayOf(world, posts),
    at: posts.length > 10 ? minuteOf(world.zone, posts)! : Date.parse(posts) / 60_000,
    known: recorded === '' ? Number.NEGATIVE_INFINITY : minuteOf(world.zone, recorded)!,
  };
}

export const isKnown = (world: World, { known }: Row): boolean =>
  world.asKnownOn === '' ||
  !Number.isFinite(known) ||
  clock(world.zone, known).slice(0, 10) <= world.asKnownOn;

function once({ found }: World, key: string, make: () => readonly Row[]): readonly Row[] {
  const rows = found.get(key) ?? make();
  found.set(key, rows);
  return rows;
}

/** Rows that a key finds: whatever their day, but not those that became known later. */
export function knownRows(world: World, event: EventName): readonly Row[] {
  return once(world, `known ${event}`, () =>
    world.lines[event]
      .map((line) => read(world, event, line))
      .filter((each): each is Row => typeof each !== 'string' && isKnown(world, each)),
  );
}

/** Rows that look-backs see. */
export function seenRows(world: World, event: EventName): readonly Row[] {
  return once(world, `seen ${event}`, () =>
    knownRows(world, event).filter((each) => each.day >= world.since[event]),
  );
}

/** Time, then known time, then key. */
export function inOrder(a: Row, b: Row): number {
  if (a.at !== b.at) return a.at - b.at;
  if (a.known !== b.known) return a.known < b.known ? -1 : 1;
  return a.key < b.key ? -1 : 1;
}

/** The deal of a payment, the payment of a refund. */
export function referredBy(world: World, row: Row, event: 'deal' | 'payment'): Row | undefined {
  return knownRows(world, event).find((each) => each.key === row.cells[event]);
}

// ---- people ----------------------------------------------------------------------------------------------------

/** Roles held without a break. */
export function staysOf(people: readonly PersonRow[]): readonly Stay[] {
  const stays: Stay[] = [];
  for (const row of [...people].sort((a, b) => (a.from < b.from ? -1 : 1))) {
    const last = row.until || END_OF_DAYS;
    const at = stays.findIndex(
      (each) => each.person === row.id && each.role === row.role && daysLater(each.last, 1) === row.from,
    );
    const before = stays[at];
    if (before) stays[at] = { ...before, last, rows: [...before.rows, row] };
    else stays.push({ person: row.id, role: row.role, from: row.from, last, rows: [row] });
  }
  return stays;
}

/** The row of a stay on one of its days. */
export function rowOn({ rows }: Stay, day: string): PersonRow | undefined {
  return rows.find((each) => holds(day, each));
}

export function rowsOn(world: World, id: string, day: string): readonly PersonRow[] {
  return world.people.filter((each) => each.id === id && holds(day, each));
}

/** The lead that a row of an event reads of a person: none where rows of two roles disagree. */
export function leadOf(world: World, id: string, day: string): string {
  const leads = new Set(rowsOn(world, id, day).map((each) => each.lead));
  return leads.size === 1 ? [...leads][0]! : '';
}

export function leadsAbove(world: World, id: string, day: string): readonly string[] {
  const above: string[] = [];
  for (let at = leadOf(world, id, day); at && at !== id && !above.includes(at); at = leadOf(world, at, day))
    above.push(at);
  return above;
}
