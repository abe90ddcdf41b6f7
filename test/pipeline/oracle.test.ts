// Figures of generated people, deals and calls: both engines give what the third opinion gives, which is worked out by
// brute force from the words of the language.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dayText, parseDay } from '../../src/base/date.ts';
import type { KpiLine } from '../../src/model/kpi-lines.ts';
import { type Draw, drawFrom } from '../backend/draw.ts';
import { runPolicy, type SmallRun } from '../evaluate/run-policy.ts';
import { generatedRuns } from '../runs.ts';
import {
  daysHeld,
  figuresOf,
  fraction,
  type PersonRow,
  staysIn,
  textOf,
  times,
  type World,
} from './oracle.ts';

const RUNS = generatedRuns(12);

const POLICY = `
calendar office {
  work monday to friday 09:00 to 13:00
  work monday to friday 14:00 to 18:00
  work saturday 22:00 to 24:00
  work 2026-03-29 01:00 to 04:00
  holiday 2026-01-01
  holiday 2026-02-23 until 2026-02-24
}
event deal {
  since 2025-01-01
  id: text key
  day: date posts
  who: person owner
  helper: person?
  client: text
  amount: money
}
event call {
  since 2025-01-01
  id: text key
  at: datetime posts
  done_at: datetime
  who: person owner
}
credit deal {
  to helper 1/3 when helper exists
  to who rest
  to who.lead 10% extra as care
}
kpi revenue = sum(deal.amount)
kpi clients = count(distinct deal.client)
kpi p75 = percentile(deal.amount, 75%)
kpi middle = median(deal.amount)
kpi care = sum(deal.amount as care)
kpi ytd = revenue[ytd]
kpi three = revenue[trailing 3 months]
kpi before = revenue[previous]
kpi clients_ytd = clients[ytd]
kpi of_team = revenue[team]
kpi clients_team = clients[team]
kpi p75_team = p75[team]
kpi team_ytd = revenue[team, ytd]
kpi below = revenue[reports]
kpi clients_below = clients[reports]
kpi whole = revenue[company]
kpi clients_whole = clients[company]
kpi whole_ytd = revenue[company, ytd]
kpi p75_whole = p75[company, trailing 3 months]
kpi hours = sum(working_time(call.at, call.done_at, office))
kpi finished = count(call by done_at)
role seller {
  target revenue 3_000 RUB
  bonus fixed = 1_000 RUB
  bonus seen not prorated = care + (ytd else 0 RUB) + (three else 0 RUB) + (before else 0 RUB) + of_team
    + (team_ytd else 0 RUB) + below + whole + (p75 else 0 RUB) + (middle else 0 RUB) + (p75_team else 0 RUB)
    + (whole_ytd else 0 RUB) + (p75_whole else 0 RUB)
    + (clients + (clients_ytd else 0) + clients_team + clients_below + clients_whole + finished) * 1 RUB
    + (hours / 1 hour) * 1 RUB
}
role hunter extends seller { }
`;
const MONTHS = ['2026-01', '2026-02', '2026-03', '2026-04'];

// ---- data ------------------------------------------------------------------------------------------------------

const FIRST = parseDay('2025-10-01')!;
const IDS = ['ann', 'bob', 'cid', 'dan', 'eve'];

function generateWorld(draw: Draw): World {
  const ids = IDS.slice(0, draw.int(1, IDS.length));
  const day = () => dayText(FIRST + draw.int(0, 211));
  const minute = (from: number) => new Date(from * 60_000).toISOString().slice(0, 16);
  const start = Date.parse('2025-12-20') / 60_000;
  // about the change of clocks, the holidays, or any time
  const moment = () =>
    draw.pick([start, Date.parse('2026-03-28') / 60_000, Date.parse('2026-02-22') / 60_000]) +
    draw.int(0, draw.pick([3, 120]) * 1440);
  return {
    zone: draw.pick(['Europe/Berlin', 'UTC', 'America/New_York']),
    people: ids.flatMap((id) => lifeOf(draw, id, ids)),
    deals: draw.list(0, 40, (at) => ({
      id: String(at),
      day: day(),
      who: draw.pick(ids),
      helper: draw.rarely(2) ? draw.pick(ids) : '',
      client: draw.pick(['A', 'B', 'C', 'D']),
      amount: `${draw.rarely(6) ? '-' : ''}${draw.int(0, 900)}${draw.pick(['', '.5', '.01', '.99'])}`,
    })),
    calls: draw.list(0, 6, (at) => {
      const from = moment();
      const [one, other] = [`${minute(from)}Z`, `${minute(from + draw.int(-600, 3 * 1440))}Z`];
      return { id: String(at), at: one, done_at: other, who: draw.pick(ids) };
    }),
    absences: ids.flatMap((person) => {
      if (draw.rarely(2)) return [];
      const from = FIRST + draw.int(80, 190);
      return [{ person, from: dayText(from), until: dayText(from + draw.int(0, 45)) }];
    }),
  };
}

/** Stretches one after the other, with a gap now and then. */
function lifeOf(draw: Draw, id: string, ids: readonly string[]): readonly PersonRow[] {
  const rows: PersonRow[] = [];
  let at = FIRST + draw.int(0, 120);
  const count = draw.int(1, 4);
  for (let index = 0; index < count; index++) {
    const until = at + draw.int(0, 80);
    const open = index === count - 1 && !draw.rarely(3);
    rows.push({
      id,
      role: draw.pick(['seller', 'seller', 'hunter']),
      team: draw.pick(['N', 'S', '']),
      lead: draw.pick(['', ...ids]),
      from: dayText(at),
      until: open ? '' : dayText(until),
    });
    at = until + 1 + (draw.rarely(3) ? draw.int(1, 20) : 0);
  }
  return rows;
}

function csv<Row extends object>(rows: readonly Row[], names: readonly (keyof Row & string)[]): string {
  return [names.join(','), ...rows.map((row) => names.map((name) => row[name]).join(','))].join('\n');
}

function smallRun(world: World): SmallRun {
  return {
    policy: POLICY,
    zone: world.zone,
    people: csv(world.people, ['id', 'role', 'team', 'lead', 'from', 'until']),
    absences: csv(world.absences, ['person', 'from', 'until']),
    data: {
      deal: csv(world.deals, ['id', 'day', 'who', 'helper', 'client', 'amount']),
      call: csv(world.calls, ['id', 'at', 'done_at', 'who']),
    },
    period: `${MONTHS[0]}..${MONTHS.at(-1)}`,
  };
}

// ---- the comparison --------------------------------------------------------------------------------------------

/** Half up to a cent, away from zero. */
function cents(value: ReturnType<typeof fraction>): string {
  const { over, under } = times(value, fraction('100'));
  const rounded = (2n * over + under) / (2n * under);
  return textOf(times({ over: rounded, under: 1n }, fraction('1/100')));
}

const asFraction = (text: string | null | undefined): string | null | undefined =>
  text ? textOf(fraction(text)) : text;

const actualOf = (lines: readonly KpiLine[], kpi: string): string | null | undefined =>
  asFraction(lines.find((each) => each.kpi === kpi)?.actual.value);

/** What the third opinion gives of each stay, month by month. */
function opinions(world: World) {
  const ids = [...new Set(world.people.map((each) => each.id))];
  return MONTHS.flatMap((month) =>
    ids.map((id) => ({
      month,
      id,
      roles: staysIn(world, id, month).map((stay) => {
        const [held, of] = daysHeld(world, id, month, stay);
        const share = fraction(`${held}/${of}`);
        return {
          role: stay.role,
          figures: figuresOf(world, id, month, stay),
          target: held === 0 ? undefined : textOf(times(share, fraction('3000'))),
          fixed: cents(times(share, fraction('1000'))),
        };
      }),
    })),
  );
}

type Opinions = ReturnType<typeof opinions>;

/** The same of a run. */
async function found(world: World, wanted: Opinions, backend: 'memory' | 'duckdb'): Promise<Opinions> {
  const result = await runPolicy({ ...smallRun(world), backend });
  return wanted.map(({ month, id, roles }) => ({
    month,
    id,
    roles: (result.statements.find((each) => each.person === id && each.period === month)?.roles ?? []).map(
      ({ role, kpis, lines }) => ({
        role,
        figures: Object.fromEntries(
          Object.keys(roles[0]?.figures ?? {}).map((kpi) => [kpi, actualOf(kpis, kpi) ?? null]),
        ),
        target: asFraction(kpis.find((each) => each.kpi === 'revenue')!.target?.value) ?? undefined,
        fixed: asFraction(lines.find((each) => each.name === 'fixed')!.amount)!,
      }),
    ),
  }));
}

test('both engines give what is worked out by brute force', async () => {
  const worth = new Map<string, number>();
  const property = fc.asyncProperty(fc.gen(), async (gen) => {
    const world = generateWorld(drawFrom(gen));
    const wanted = opinions(world);
    for (const backend of ['memory', 'duckdb'] as const)
      expect(await found(world, wanted, backend)).toEqual(wanted);
    for (const { figures } of wanted.flatMap((each) => each.roles))
      for (const [kpi, value] of Object.entries(figures))
        worth.set(kpi, (worth.get(kpi) ?? 0) + (value !== '0' && value !== null ? 1 : 0));
  });
  await fc.assert(property, { ...RUNS, endOnFailure: true });
  // each figure was something, again and again
  expect([...worth].filter(([, times]) => times < RUNS.numRuns / 5)).toEqual([]);
}, 3_600_000);
