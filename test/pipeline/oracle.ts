// A third opinion: a few figures worked out from cells, by the words of the language and by brute force, with fractions
// and calendars of its own. It shares nothing with what it judges.

/** An exact number. */
export interface Fraction {
  readonly over: bigint;
  readonly under: bigint;
}

export function fraction(text: string): Fraction {
  const [above, below = '1'] = text.split('/');
  const [whole, decimals = ''] = above!.split('.');
  return reduced(BigInt(whole! + decimals), BigInt(below) * 10n ** BigInt(decimals.length));
}

export const NOTHING: Fraction = { over: 0n, under: 1n };

export function plus(a: Fraction, b: Fraction): Fraction {
  return reduced(a.over * b.under + b.over * a.under, a.under * b.under);
}

export function times(a: Fraction, b: Fraction): Fraction {
  return reduced(a.over * b.over, a.under * b.under);
}

export function textOf({ over, under }: Fraction): string {
  return under === 1n ? String(over) : `${over}/${under}`;
}

function reduced(over: bigint, under: bigint): Fraction {
  let [a, b] = [over < 0n ? -over : over, under];
  while (b !== 0n) [a, b] = [b, a % b];
  return a === 0n ? NOTHING : { over: over / a, under: under / a };
}

export const isLess = (a: Fraction, b: Fraction): boolean => a.over * b.under < b.over * a.under;

// ---- data ------------------------------------------------------------------------------------------------------

/** Days are texts, `2026-01-31`: they compare as the days do. */
export interface PersonRow {
  readonly id: string;
  readonly role: string;
  readonly team: string;
  readonly lead: string;
  readonly from: string;
  /** Included; empty where it goes on. */
  readonly until: string;
}

export interface Deal {
  readonly id: string;
  readonly day: string;
  readonly who: string;
  /** Empty where nobody helped. */
  readonly helper: string;
  readonly client: string;
  readonly amount: string;
}

export interface Call {
  readonly id: string;
  /** A minute in UTC, `2026-01-31T12:30Z`. */
  readonly at: string;
  readonly done_at: string;
  readonly who: string;
}

export interface Absence {
  readonly person: string;
  readonly from: string;
  readonly until: string;
}

export interface World {
  readonly people: readonly PersonRow[];
  readonly deals: readonly Deal[];
  readonly calls: readonly Call[];
  readonly absences: readonly Absence[];
  readonly zone: string;
}

/** A stretch of days, both ends included. */
interface Days {
  readonly from: string;
  readonly last: string;
}

const isIn = (day: string, { from, last }: Days): boolean => from <= day && day <= last;

function dayAfter(day: string): string {
  return new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);
}

function daysOf({ from, last }: Days): readonly string[] {
  const days = [];
  for (let day = from; day <= last; day = dayAfter(day)) days.push(day);
  return days;
}

/** A month some months before another. */
function monthBack(month: string, back: number): string {
  const [year, number] = month.split('-').map(Number);
  return new Date(Date.UTC(year!, number! - 1 - back, 1)).toISOString().slice(0, 7);
}

function monthDays(month: string): Days {
  const next = monthBack(month, -1);
  const last = new Date(Date.parse(`${next}-01`) - 86_400_000).toISOString().slice(0, 10);
  return { from: `${month}-01`, last };
}

// ---- people ----------------------------------------------------------------------------------------------------

/** The row of a person that holds on a day. */
function rowOn({ people }: World, id: string, day: string): PersonRow | undefined {
  return people.find(
    (each) => each.id === id && each.from <= day && (each.until === '' || day <= each.until),
  );
}

/** The days on which a person held a role without a break, around a day. */
function stayAround(world: World, id: string, day: string): Days {
  const { role } = rowOn(world, id, day)!;
  let [from, last] = [day, day];
  const holds = (other: string): boolean => rowOn(world, id, other)?.role === role;
  for (let other = dayBefore(from); holds(other) && other >= '2025-01-01'; other = dayBefore(other))
    from = other;
  for (let other = dayAfter(last); holds(other) && other <= '2027-01-01'; other = dayAfter(other))
    last = other;
  return { from, last };
}

function dayBefore(day: string): string {
  return new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10);
}

/** Whether the first stands below the other that day: leads are followed upwards until they end or repeat. */
function isBelow(world: World, [id, above]: readonly [string, string], day: string): boolean {
  const seen = new Set([id]);
  let at = rowOn(world, id, day)?.lead ?? '';
  while (at !== '' && !seen.has(at)) {
    if (at === above) return true;
    seen.add(at);
    at = rowOn(world, at, day)?.lead ?? '';
  }
  return false;
}

// ---- credit ----------------------------------------------------------------------------------------------------

/** Who has which share of a deal: a third for a helper, the rest for its owner; only those in a role that day. */
function sharesOf(world: World, deal: Deal): ReadonlyMap<string, Fraction> {
  const shares = new Map<string, Fraction>();
  const credit = (id: string, share: string) => {
    if (rowOn(world, id, deal.day)) shares.set(id, plus(shares.get(id) ?? NOTHING, fraction(share)));
  };
  if (deal.helper !== '') credit(deal.helper, '1/3');
  credit(deal.who, deal.helper === '' ? '1' : '2/3');
  return shares;
}

/** Whom the extra line credits with a tenth: the owner's lead, unless an ordinary line names that person. */
function leadCredited(world: World, deal: Deal): string | undefined {
  const lead = rowOn(world, deal.who, deal.day)?.lead ?? '';
  const named = lead === deal.who || lead === deal.helper;
  return lead !== '' && !named && rowOn(world, lead, deal.day) ? lead : undefined;
}

// ---- figures ---------------------------------------------------------------------------------------------------

/** Whose deals, and on which days. */
type Scope = (id: string, day: string) => boolean;

/** Deals with the share held in a scope; a share of nothing is none. */
function dealsOf(world: World, days: Days, scope: Scope): readonly (readonly [Deal, Fraction])[] {
  return world.deals.flatMap((deal) => {
    if (!isIn(deal.day, days)) return [];
    const inside = [...sharesOf(world, deal)].filter(([id]) => scope(id, deal.day));
    return inside.length === 0
      ? []
      : [[deal, inside.map(([, share]) => share).reduce(plus, NOTHING)] as const];
  });
}

const sumOf = (deals: readonly (readonly [Deal, Fraction])[]): string =>
  textOf(deals.map(([{ amount }, share]) => times(fraction(amount), share)).reduce(plus, NOTHING));

const clientsOf = (deals: readonly (readonly [Deal, Fraction])[]): string =>
  String(new Set(deals.map(([{ client }]) => client)).size);

/** The amount at the rank `ceil(p * n)` of whole deals; the middle one or the mean of two. */
function sorted(deals: readonly (readonly [Deal, Fraction])[]): readonly Fraction[] {
  return deals
    .map(([{ amount }]) => fraction(amount))
    .sort((a, b) => (isLess(a, b) ? -1 : isLess(b, a) ? 1 : 0));
}

function percentileOf(deals: readonly (readonly [Deal, Fraction])[], hundredths: number): string | null {
  const values = sorted(deals);
  if (values.length === 0) return null;
  return textOf(values[Math.ceil((hundredths * values.length) / 100) - 1]!);
}

function medianOf(deals: readonly (readonly [Deal, Fraction])[]): string | null {
  const values = sorted(deals);
  if (values.length === 0) return null;
  const half = values.length / 2;
  const [low, high] = [values[Math.ceil(half) - 1]!, values[Math.floor(half)]!];
  return textOf(times(plus(low, high), fraction('1/2')));
}

// ---- time ------------------------------------------------------------------------------------------------------

const formats = new Map<string, Intl.DateTimeFormat>();

/** What clocks of the zone show: `2026-01-31 12:30`. */
function localTime(zone: string, minute: number): string {
  let format = formats.get(zone);
  if (!format) {
    const digits = {
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    } as const;
    format = new Intl.DateTimeFormat('sv-SE', { ...digits, timeZone: zone });
    formats.set(zone, format);
  }
  return format.format(new Date(minute * 60_000));
}

const minuteOf = (instant: string): number => Date.parse(instant) / 60_000;

const localDay = (zone: string, instant: string): string => localTime(zone, minuteOf(instant)).slice(0, 10);

/** Whether the office works: Monday to Friday 09:00 to 13:00 and 14:00 to 18:00, Saturday 22:00 to midnight; not on
 * holidays, and on one Sunday, when clocks change, from 01:00 to 04:00. */
function isWorked(local: string): boolean {
  const [day, clock] = local.split(' ') as [string, string];
  if (day === '2026-03-29') return '01:00' <= clock && clock < '04:00';
  if (day === '2026-01-01' || (day >= '2026-02-23' && day <= '2026-02-24')) return false;
  const weekday = new Date(day).getUTCDay();
  if (weekday === 0) return false;
  if (weekday === 6) return clock >= '22:00';
  return ('09:00' <= clock && clock < '13:00') || ('14:00' <= clock && clock < '18:00');
}

/** Seconds of work between two minutes, minute by minute. */
function workingSeconds(zone: string, from: string, until: string): number {
  let [start, end, sign] = [minuteOf(from), minuteOf(until), 60];
  if (end < start) [start, end, sign] = [end, start, -60];
  let seconds = 0;
  for (let minute = start; minute < end; minute++) if (isWorked(localTime(zone, minute))) seconds += sign;
  return seconds;
}

// ---- the opinion -----------------------------------------------------------------------------------------------

/** The stays of a person that have a day in the month, by role and first day in it. */
export function staysIn(
  world: World,
  id: string,
  month: string,
): readonly (Days & { readonly role: string })[] {
  const stays = new Map<string, Days & { readonly role: string }>();
  for (const day of daysOf(monthDays(month))) {
    const row = rowOn(world, id, day);
    if (!row) continue;
    const stay = stayAround(world, id, day);
    stays.set(`${row.role} ${stay.from}`, { ...stay, role: row.role });
  }
  return [...stays.values()];
}

/** What a stay has in a month, by KPI; missing is null. */
export function figuresOf(
  world: World,
  id: string,
  month: string,
  stay: Days,
): Readonly<Record<string, string | null>> {
  const { zone } = world;
  const within = (from: string, until = month): Days => {
    const whole: Days = { from: monthDays(from).from, last: monthDays(until).last };
    return {
      from: whole.from > stay.from ? whole.from : stay.from,
      last: whole.last < stay.last ? whole.last : stay.last,
    };
  };
  const now = within(month);
  const own: Scope = (who) => who === id;
  const team: Scope = (who, day) => {
    // a team is with oneself, so that who has none that day is alone in it
    const [mine, theirs] = [rowOn(world, id, day)?.team ?? '', rowOn(world, who, day)?.team ?? ''];
    return who === id || (mine !== '' && mine === theirs);
  };
  const reports: Scope = (who, day) => isBelow(world, [who, id], day);
  const year = `${month.slice(0, 4)}-01`;
  const deals = dealsOf(world, now, own);
  const teams = dealsOf(world, now, team);
  const everybody = (days: Days) => dealsOf(world, days, () => true);
  const calls = world.calls.filter((each) => each.who === id && isIn(localDay(zone, each.at), now));
  const finished = world.calls.filter((each) => each.who === id && isIn(localDay(zone, each.done_at), now));
  const care = world.deals
    .filter((each) => isIn(each.day, now) && leadCredited(world, each) === id)
    .map((each) => times(fraction(each.amount), fraction('1/10')));
  return {
    revenue: sumOf(deals),
    clients: clientsOf(deals),
    p75: percentileOf(deals, 75),
    middle: medianOf(deals),
    care: textOf(care.reduce(plus, NOTHING)),
    ytd: sumOf(dealsOf(world, within(year), own)),
    three: sumOf(dealsOf(world, within(monthBack(month, 2)), own)),
    before: sumOf(dealsOf(world, within(monthBack(month, 1), monthBack(month, 1)), own)),
    clients_ytd: clientsOf(dealsOf(world, within(year), own)),
    of_team: sumOf(teams),
    clients_team: clientsOf(teams),
    p75_team: percentileOf(teams, 75),
    team_ytd: sumOf(dealsOf(world, within(year), team)),
    below: sumOf(dealsOf(world, now, reports)),
    clients_below: clientsOf(dealsOf(world, now, reports)),
    whole: sumUsed(everybody(now)),
    clients_whole: clientsOf(everybody(now)),
    whole_ytd: sumUsed(everybody(within(year))),
    p75_whole: percentileOf(everybody(within(monthBack(month, 2))), 75),
    hours: String(
      calls.map((each) => workingSeconds(zone, each.at, each.done_at)).reduce((a, b) => a + b, 0),
    ),
    finished: String(finished.length),
  };
}

/** The company has every used deal of the person's days whole, whoever held which share of it. */
function sumUsed(deals: readonly (readonly [Deal, Fraction])[]): string {
  return textOf(deals.map(([{ amount }]) => fraction(amount)).reduce(plus, NOTHING));
}

/** Days of the month held and not absent; and all its days. */
export function daysHeld(world: World, id: string, month: string, stay: Days): readonly [number, number] {
  const days = daysOf(monthDays(month));
  const away = (day: string): boolean =>
    world.absences.some((each) => each.person === id && isIn(day, { from: each.from, last: each.until }));
  return [days.filter((day) => isIn(day, stay) && !away(day)).length, days.length];
}
