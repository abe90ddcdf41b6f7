// Raw data for the third opinion on rows: people with two roles at once, references to nothing, cells that aren't
// sound, moments about changes of clocks.

import type { Draw } from '../backend/draw.ts';
import {
  type DatedRow,
  type EventName,
  FIELDS,
  GRADES,
  type PersonRow,
  staysOf,
  type World,
} from './oracle-rows.ts';
import { DAYS_APART, MINUTES_APART } from './oracle-rows-fields.ts';
import { clock, daysLater, holds, minutesOf, monthsLater, type Office } from './oracle-rows-time.ts';

const IDS = ['ann', 'bob', 'cid', 'dan', 'eve'];
const CLIENTS = ['A', 'B', 'C'];

/** Zones whose clocks change in the night, at midnight, by half an hour, and not at all: times that they skip or show twice. */
const ZONES: Readonly<Record<string, readonly string[]>> = {
  'Europe/Berlin': ['2025-10-26 02:30', '2026-03-29 02:30'],
  'America/New_York': ['2025-11-02 01:30', '2026-03-08 02:30'],
  'America/Santiago': ['2025-09-07 00:30', '2026-04-04 23:30'],
  'Australia/Lord_Howe': ['2025-10-05 02:15', '2026-04-05 01:45'],
  'Asia/Kolkata': [],
};

/** What a world is drawn for: its first period, and the credit of its events. */
export interface Wish {
  readonly start: string;
  readonly credit: World['credit'];
}

export function generateWorld(draw: Draw, { start, credit }: Wish): World {
  const ids = IDS.slice(0, draw.int(2, IDS.length));
  // in half of the worlds data and people go back for more than a year
  const isOld = draw.pick([true, false]);
  const people = ids.flatMap((id) => lifeOf(draw, { id, ids, start, isOld }));
  const zone = draw.pick(Object.keys(ZONES));
  const change = ZONES[zone]!.find((each) => each > start);
  // the data of some events is complete since longer than that of others
  const back = isOld ? 14 : draw.pick([14, 3, 2, 1]);
  const sinceOf = (): string => monthsLater(start, -(draw.rarely(6) ? draw.pick([14, 2]) : back));
  const day = (): string => {
    const isLastYear = draw.rarely(isOld ? 3 : 12);
    return daysLater(start, isLastYear ? draw.int(-380, -275) : draw.int(-100, 95));
  };
  const moment = (): string => {
    const near = draw.rarely(2) ? change : undefined;
    if (near !== undefined && draw.rarely(3)) return near;
    const date = near === undefined ? day() : daysLater(near.slice(0, 10), draw.int(-1, 1));
    const hour = draw.rarely(2) ? draw.int(0, 3) : draw.int(0, 23);
    const time = `${String(hour).padStart(2, '0')}:${draw.pick(['00', '30', '59'])}`;
    return draw.rarely(3) ? `${date}T${time}${draw.pick(['Z', '+05:30', '-03:00'])}` : `${date} ${time}`;
  };
  const later = (from: string, days: number): string => {
    const minute = Date.parse(`${from.slice(0, 10)}T00:00Z`) / 60_000 + draw.int(1440, days * 1440);
    return clock(zone, minute);
  };
  const instant = (minute: number): string => `${new Date(minute * 60_000).toISOString().slice(0, 16)}Z`;
  const recorded = (from: string): string => (draw.rarely(3) ? '' : later(from, 40));
  const amount = (): string =>
    `${draw.rarely(5) ? '-' : ''}${draw.int(0, 499)}${draw.pick(['', '.5', '.01'])}`;
  const who = (): string => draw.pick(ids);
  const orNot = (cell: string, times: number): string => (draw.rarely(times) ? '' : cell);

  // some deals and requests lie a look-back's time after another one of the same client
  const before = <T>(rows: readonly T[]): T | undefined =>
    rows.length > 0 && draw.rarely(2) ? draw.pick(rows) : undefined;
  const days: { readonly date: string; readonly client: string }[] = [];
  const deals = draw.list(12, 36, (at) => {
    const other = before(days);
    const date = other ? daysLater(other.date, draw.pick(DAYS_APART)) : day();
    const client = other?.client ?? orNot(draw.pick(CLIENTS), 6);
    days.push({ date, client });
    return [`d${at}`, date, recorded(date), who(), orNot(who(), 2), client, amount(), draw.pick(GRADES)];
  });
  const payments = draw.list(8, 24, (at) => [
    `p${at}`,
    moment(),
    `d${draw.int(0, deals.length)}`,
    who(),
    amount(),
    draw.pick(['RUB', 'EUR', 'USD']),
    day(),
    amount(),
  ]);
  const refunds = draw.list(6, 16, (at) => [
    `f${at}`,
    orNot(day(), 6),
    `p${draw.int(0, payments.length)}`,
    who(),
    amount(),
  ]);
  const minutes: { readonly minute: number; readonly client: string }[] = [];
  const requests = draw.list(8, 24, (at) => {
    const other = before(minutes);
    const opened = other ? instant(other.minute + draw.pick(MINUTES_APART)) : moment();
    const client = other?.client ?? orNot(draw.pick(CLIENTS), 6);
    minutes.push(...minutesOf(zone, opened).map((minute) => ({ minute, client })));
    return [`r${at}`, opened, orNot(draw.rarely(4) ? moment() : later(opened, 50), 5), who(), client];
  });
  const balances = draw.list(6, 20, (at) => {
    const date = draw.rarely(2) ? `${daysLater(start, draw.int(0, 80))} 10:00` : moment();
    return [`b${at}`, date, recorded(date), who(), draw.pick(['x', 'y', 'z']), amount()];
  });
  return {
    zone,
    office: officeOf(draw, start, change),
    since: {
      deal: sinceOf(),
      payment: sinceOf(),
      refund: sinceOf(),
      request: sinceOf(),
      balance: sinceOf(),
    },
    asKnownOn: draw.rarely(2) ? daysLater(start, draw.int(20, 95)) : '',
    people,
    stays: staysOf(people),
    lines: {
      deal: spoilt(draw, 'deal', deals),
      payment: spoilt(draw, 'payment', payments),
      refund: spoilt(draw, 'refund', refunds),
      request: spoilt(draw, 'request', requests),
      balance: spoilt(draw, 'balance', balances),
    },
    care: CLIENTS.flatMap((key) => (draw.rarely(6) ? [] : ranges(draw, { key, start, values: ids }))),
    exchange: ['EUR', 'USD'].flatMap((key) =>
      ranges(draw, { key, start, values: ['90.5', '91', '80.25', '0.0125'], whole: true }),
    ),
    credit,
    found: new Map(),
  };
}

/** Hours of the week, holidays, and hours of its own on the day when clocks change. */
function officeOf(draw: Draw, start: string, change: string | undefined): Office {
  const from = daysLater(start, draw.int(0, 60));
  const holiday = { from, until: daysLater(from, draw.int(0, 6)) };
  const night = change?.slice(0, 10);
  const nightHours = draw.pick([
    ['00:00', '04:10'],
    ['20:00', '24:00'],
  ] as const);
  return {
    week: draw.pick([
      [
        ['09:00', '13:00'],
        ['14:00', '18:00'],
      ],
      [['08:20', '17:05']],
      [['00:00', '24:00']],
    ] as const),
    // which of both a day is, where it is both, isn't said
    own: night === undefined || holds(night, holiday) ? [] : [[night, nightHours]],
    holidays: [holiday],
  };
}

/** Stretches of hunter and farmer one after the other, and now and then a second role beside them. */
function lifeOf(
  draw: Draw,
  {
    id,
    ids,
    start,
    isOld,
  }: {
    readonly id: string;
    readonly ids: readonly string[];
    readonly start: string;
    readonly isOld: boolean;
  },
): readonly PersonRow[] {
  const row = (role: string, from: string, until: string): PersonRow => ({
    id,
    role,
    team: draw.pick(['N', 'S', '']),
    office: draw.pick(['K', 'L', '']),
    lead: draw.pick(['', ...ids, ...ids]),
    from,
    until,
  });
  const rows: PersonRow[] = [];
  let from = daysLater(start, isOld && !draw.rarely(4) ? -450 : draw.int(-150, 20));
  const pieces = draw.int(1, 4);
  const [usual, other] = draw.pick([
    ['hunter', 'farmer'],
    ['farmer', 'hunter'],
    ['senior', 'farmer'],
  ] as const);
  for (let at = 0; at < pieces; at++) {
    // some have been there for long
    const isLong = at === 0 && from < daysLater(start, -400);
    const until = isLong ? daysLater(start, draw.int(5, 90)) : daysLater(from, draw.int(10, 90));
    rows.push(row(draw.rarely(3) ? other : usual, from, at === pieces - 1 && !draw.rarely(3) ? '' : until));
    from = daysLater(until, draw.rarely(3) ? draw.int(2, 20) : 1);
  }
  if (draw.rarely(2)) {
    const second = daysLater(start, draw.int(-60, 80));
    rows.push(row(usual === 'senior' ? 'hunter' : 'senior', second, daysLater(second, draw.int(5, 40))));
  }
  return rows;
}

/** Rows of one key, one after the other; whole ones leave no day out. */
function ranges(
  draw: Draw,
  wish: {
    readonly key: string;
    readonly start: string;
    readonly values: readonly string[];
    readonly whole?: true;
  },
): readonly DatedRow[] {
  const { key, start, values, whole } = wish;
  const rows: DatedRow[] = [];
  let from = whole ? '2020-01-01' : daysLater(start, draw.int(-140, 20));
  const pieces = draw.int(1, 4);
  for (let at = 0; at < pieces; at++) {
    const isOpen = at === pieces - 1 && (whole || !draw.rarely(4));
    const until = daysLater(at === 0 && whole ? daysLater(start, -60) : from, draw.int(5, 110));
    rows.push({ key, value: draw.pick(values), from, until: isOpen ? '' : until });
    from = daysLater(until, whole ? 1 : draw.int(1, 10));
  }
  return rows;
}

/** Cells that are no good, by field. */
const BAD: Readonly<Record<EventName, Readonly<Record<string, readonly string[]>>>> = {
  deal: {
    id: ['d1', ''],
    day: ['2026-02-30', ''],
    who: ['zed', ''],
    helper: ['zed'],
    amount: ['1e3', '1,5', '0.1234567891', '-500.01', '-501', '5000.5', ''],
    grade: ['iron', 'Gold', ''],
  },
  payment: {
    id: ['p1'],
    at: ['2026-02-30 10:00', ''],
    deal: [''],
    collector: ['zed'],
    amount: ['ten', '5000.01'],
    worth: ['.5', '1 000'],
  },
  refund: { day: ['2026-13-01'], handler: ['zed'], amount: ['x', ''] },
  request: { opened: ['2026-02-30 10:00', ''], who: [''] },
  balance: { recorded: ['soon'], amount: ['1.000000000', '1.0000000001', '5000', '-500'] },
};

/** Lines of which some have a cell too many, or one that is no good. */
function spoilt(
  draw: Draw,
  event: EventName,
  lines: readonly (readonly string[])[],
): readonly (readonly string[])[] {
  const cells = Object.entries(BAD[event]).flatMap(([field, bad]) => bad.map((cell) => ({ field, cell })));
  const fields = Object.keys(FIELDS[event]);
  return lines.map((line) => {
    if (!draw.rarely(7)) return line;
    if (draw.rarely(8)) return [...line, 'more'];
    const { field, cell } = draw.pick(cells);
    return line.with(fields.indexOf(field), cell);
  });
}
