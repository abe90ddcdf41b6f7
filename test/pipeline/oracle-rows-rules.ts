// Rules of the language, each left out by itself: where the third opinion comes to the same without it, a generated case
// didn't show it.

import { fraction } from './oracle.ts';
import {
  type DatedRow,
  type EventName,
  FIELDS,
  isDay,
  type Line,
  leadsAbove,
  type PersonRow,
  staysOf,
  type World,
} from './oracle-rows.ts';
import type { View } from './oracle-rows-figures.ts';
import { END_OF_DAYS, minutesOf } from './oracle-rows-time.ts';

/** The world, or the way of looking at it, of a language without the rule. */
export interface Without {
  readonly world?: (world: World) => World;
  readonly view?: (view: View) => View;
  /** The measure by which alone it can be told. */
  readonly feature?: string;
}

const lines = (change: (line: Line) => Line): Without => ({
  world: (world) => ({
    ...world,
    credit: mapEvents(world.credit, (all) => all.map(change)),
  }),
});

const cells = (change: (cell: string, kind: string, world: World) => string): Without => ({
  world: (world) => ({
    ...world,
    lines: mapEvents(world.lines, (all, event) => {
      const kinds = Object.values(FIELDS[event]);
      return all.map((line) => line.map((cell, at) => change(cell, kinds[at] ?? '', world)));
    }),
  }),
});

const people = (change: (row: PersonRow, last: PersonRow) => PersonRow): Without => ({
  world: (world) => {
    const changed = world.people.map((row) =>
      change(row, world.people.findLast((each) => each.id === row.id)!),
    );
    return { ...world, people: changed, stays: staysOf(changed) };
  },
});

function mapEvents<A, B>(
  all: Readonly<Record<EventName, A>>,
  change: (value: A, event: EventName) => B,
): Readonly<Record<EventName, B>> {
  const entries = Object.entries(all) as (readonly [EventName, A])[];
  return Object.fromEntries(entries.map(([event, value]) => [event, change(value, event)])) as Readonly<
    Record<EventName, B>
  >;
}

/** The first row of each key, for good. */
const firsts = (rows: readonly DatedRow[]): readonly DatedRow[] =>
  rows
    .filter((row) => rows.find((each) => each.key === row.key) === row)
    .map((row) => ({ ...row, from: '0000-01-01', until: '' }));

const EPOCH = '2000-01-01';

/** Zones that go as others do for half of the year. */
const STEADY: Readonly<Record<string, string>> = {
  'Europe/Berlin': 'Etc/GMT-1',
  'America/New_York': 'Etc/GMT+5',
  'America/Santiago': 'Etc/GMT+3',
  'Australia/Lord_Howe': 'Etc/GMT-11',
};

/** The rules, as one would tell them. */
export const RULES: Readonly<Record<string, Without>> = {
  'shares are exact': lines((line) => ({
    ...line,
    share: line.share.includes('/') ? tenThousandths(line.share) : line.share,
  })),
  'a line has a condition': lines(({ when: _, ...line }) => line),
  '`in role`': lines((line) => ({ ...line, roles: line.roles === 'hunter' ? 'every' : line.roles })),
  '`in role` means those that extend it too': lines((line) => ({
    ...line,
    roles: line.roles === 'hunter' ? 'hunter alone' : line.roles,
  })),
  '`in every role`': lines((line) => ({ ...line, roles: line.roles === 'every' ? 'one' : line.roles })),
  '`extra` spares whom another line credits': lines((line) => ({ ...line, also: true })),
  '`also`': lines(({ also: _, ...line }) => line),
  'all leads above': lines(({ leads, ...line }) => {
    const first: Line = {
      ...line,
      to: (world, row) => leadsAbove(world, line.to(world, row), row.day)[0] ?? '',
    };
    return leads ? first : line;
  }),
  '`rest` is what others leave': lines((line) => (line.share === 'rest' ? { ...line, share: '1' } : line)),
  'a client is looked after for some days': { world: (world) => ({ ...world, care: firsts(world.care) }) },
  'rates hold for some days': { world: (world) => ({ ...world, exchange: firsts(world.exchange) }) },
  'what is known later isn’t seen': { world: (world) => ({ ...world, asKnownOn: '' }) },
  'the later known comes later': {
    world: (world) => (world.asKnownOn === '' ? withoutKnown(world) : world),
  },
  '`since`': { world: (world) => ({ ...world, since: mapEvents(world.since, () => EPOCH) }) },
  'days are of the zone': { world: (world) => ({ ...world, zone: 'UTC' }) },
  'of a doubled hour the earlier': cells((cell, kind, { zone }) => {
    const isLocal = kind.startsWith('datetime') && /^\d{4}-\d\d-\d\d /.test(cell);
    const later = isLocal && isDay(cell.slice(0, 10)) ? minutesOf(zone, cell)[1] : undefined;
    return later === undefined ? cell : `${new Date(later * 60_000).toISOString().slice(0, 16)}Z`;
  }),
  'a team is that of the day': people((row, last) => ({ ...row, team: last.team })),
  'an attribute is that of the day': people((row, last) => ({ ...row, office: last.office })),
  'a lead is that of the day': people((row, last) => ({ ...row, lead: last.lead })),
  holidays: { world: (world) => ({ ...world, office: { ...world.office, holidays: [] } }) },
  'days with hours of their own': { world: (world) => ({ ...world, office: { ...world.office, own: [] } }) },
  'changes of clocks': {
    world: (world) => ({ ...world, zone: STEADY[world.zone] ?? world.zone }),
    feature: 'working time',
  },
  'the company is seen from a stay': {
    view: (view) => ({ ...view, stay: { ...view.stay, from: '0000-01-01', last: END_OF_DAYS } }),
    feature: 'company',
  },
};

function tenThousandths(share: string): string {
  const { over, under } = fraction(share);
  return `${(over * 10_000n) / under}/10000`;
}

const withoutKnown = (world: World): World => ({
  ...world,
  lines: mapEvents(world.lines, (all, event) => {
    const at = Object.keys(FIELDS[event]).indexOf('recorded');
    return all.map((line) => (at >= 0 && at < line.length ? line.with(at, '') : line));
  }),
});
