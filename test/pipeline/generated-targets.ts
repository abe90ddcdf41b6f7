// Policies of targets by chance, with their people and data: what the third opinion on targets and both engines judge.

import type { Draw } from '../backend/draw.ts';
import { type Calendar, dayOf, type Span, spanAt } from './oracle-calendars.ts';
import {
  type Away,
  type CardLine,
  type Case,
  type KpiName,
  type Line,
  type Override,
  type Plan,
  PRORATIONS,
  type Quota,
  type Role,
  type Row,
} from './oracle-plan.ts';

const IDS = ['ann', 'bob', 'cid', 'dan', 'eve'];
const FIRST = dayOf('2025-11-01');
const LAST = dayOf('2026-08-31');

/** The last day of rows of people that go on. */
export const OPEN = dayOf('2027-12-31');

function generateCalendar(draw: Draw): Calendar {
  const period = draw.pick(['month', 'month', 'month of retail', 'week', 'week of retail'] as const);
  if (period === 'month')
    return draw.rarely(3)
      ? { period, retail: { starts: dayOf(draw.pick(['2026-04-01', '2026-03-01', '2025-06-01'])) } }
      : { period };
  // weeks begin on Mondays beside ISO weeks; the last of each has a year of 53 weeks that ends in 2026
  const starts =
    period === 'week'
      ? draw.pick(['2026-02-02', '2023-05-01', '2023-05-01'])
      : draw.pick(['2026-02-01', '2026-01-03', '2023-02-01']);
  const weeks = draw.pick([
    [4, 4, 5],
    [4, 5, 4],
    [5, 4, 4],
  ]);
  return { period, retail: { starts: dayOf(starts), weeks } };
}

const MONTHLY_SHARES = ['20/100', '30/100', '50/100'];
const YEARLY_SHARES = [5, 5, 5, 10, 10, 10, 5, 5, 5, 10, 10, 20].map((each) => `${each}/100`);
const QUARTERLY_SHARES = ['15/100', '25/100', '25/100', '35/100'];

/** What all lines of a plan have in common. */
interface Style {
  /** Averages are expected within a band. */
  readonly isBand: boolean;
  /** Averages are expected over a quarter. */
  readonly isQuarterly: boolean;
  /** Whether lines for a person or a team may be spread. */
  readonly canSpread: boolean;
}

function checkLine(draw: Draw, { isBand, isQuarterly }: Style): Line {
  return {
    kpi: 'check',
    value: `${draw.int(1, 6) * 50}`,
    ...(isBand && { upTo: `${draw.int(6, 10) * 50}` }),
    ...(isQuarterly && { spread: { over: 'quarter', shares: [] } }),
  };
}

/** Two lines that differ in the upper end of the band, if they have one. */
const sameButUpper = (draw: Draw, line: Line): readonly Line[] => [
  line,
  { ...line, ...(line.upTo && { upTo: `${draw.int(6, 10) * 50}` }), region: 'South' },
];

/** One line or two: the second with a condition, so that the first counts where it fails, if there is a first. */
function generateLines(draw: Draw, style: Style): readonly Line[] {
  const spreads: readonly Line['spread'][] = [
    undefined,
    { over: 'quarter', shares: ['1'] },
    { over: 'year', shares: ['1'] },
    { over: 'year', shares: QUARTERLY_SHARES },
    { over: 'quarter', shares: MONTHLY_SHARES },
    { over: 'year', shares: YEARLY_SHARES },
  ];
  const spread = draw.pick(spreads);
  const times = spread === undefined ? 1 : spread.over === 'year' ? 12 : 3;
  const base: Line = { kpi: 'revenue', value: `${draw.int(100, 900) * times}`, ...(spread && { spread }) };
  const south: Line = { kpi: 'revenue', value: `${draw.int(50, 900)}`, region: 'South' };
  // without one that always holds the target is missing in the North
  const isMissing = draw.rarely(6);
  const revenue: readonly Line[] = [
    ...(isMissing ? [] : [base]),
    ...(draw.rarely(2) ? [{ kpi: 'revenue', value: 'quota' } as const] : []),
    ...(isMissing || draw.rarely(2) ? [south] : []),
  ];
  const check = (): Line => checkLine(draw, style);
  const checks = draw.pick([
    () => [check()],
    () => [check(), { ...check(), region: 'South' }],
    () => sameButUpper(draw, check()),
    () => sameButUpper(draw, check()),
    () => [{ ...check(), region: 'South' }],
    () => [check(), { ...check(), service: draw.int(1, 3) }],
  ])();
  const clients: Line = {
    kpi: 'clients',
    value: `${draw.int(1, 6)}`,
    ...(draw.rarely(3) && { spread: { over: 'quarter', shares: draw.pick([[], ['1']]) } }),
  };
  const pace: Line = { kpi: 'pace', value: `${draw.int(1, 8)}` };
  const faster: readonly Line[] = draw.rarely(2)
    ? [{ kpi: 'pace', value: `${draw.int(2, 12)}`, service: draw.int(1, 4) }]
    : [];
  const small: Line = { kpi: 'small', value: draw.pick(['0', '1', '2.5', '4']) };
  return [...revenue, ...checks, small, pace, ...faster, clients];
}

function generateCard(draw: Draw, addsUp: boolean): readonly CardLine[] {
  const weights = draw.pick([[50, 20, 30], [40, 30, 20, 10], [100], [5, 95]]);
  const kpis: KpiName[] = ['revenue', 'check', 'small', 'pace', ...(addsUp ? (['clients'] as const) : [])];
  return weights.map((weight) => {
    const [kpi] = kpis.splice(draw.int(0, kpis.length - 1), 1) as [KpiName];
    const on = draw.pick(['standard', kpi === 'revenue' ? 'volume' : 'standard', undefined] as const);
    // what it reads may have no end
    const isCapped = (kpi === 'small' && on === undefined) || draw.rarely(4);
    const missing = draw.pick(['counts', 'spreads'] as const);
    return {
      kpi,
      weight,
      ...(on && { on }),
      ...(isCapped && { cap: draw.int(60, 150) }),
      ...(draw.rarely(4) && { floor: draw.int(1, 50) }),
      missing,
      least: missing === 'counts' ? draw.int(0, 60) : draw.pick([20, 100 - weight, 80]),
    };
  });
}

function generatePlan(draw: Draw): Plan {
  const calendar = generateCalendar(draw);
  const prorate = draw.pick(PRORATIONS);
  const style: Style = { isBand: draw.rarely(2), isQuarterly: draw.rarely(4), canSpread: prorate !== 'none' };
  const drawn = generateLines(draw, style);
  // what a quarter is, of which nothing is prorated and only parts have a line of their own, the language doesn't say
  const isPlain = prorate === 'none' && drawn.some((each) => each.kpi === 'revenue' && each.spread);
  const seller = isPlain ? drawn.filter((each) => each.spread || each.kpi !== 'revenue') : drawn;
  const addsUp = !draw.rarely(3);
  return {
    calendar,
    begins: draw.pick([dayOf('2025-11-01'), dayOf('2025-12-10'), dayOf('2026-01-01'), dayOf('2026-01-20')]),
    since: draw.rarely(3) ? draw.int(dayOf('2025-12-20'), dayOf('2026-03-10')) : dayOf('2025-01-01'),
    rounding: {
      mode: draw.pick(['half up', 'half even', 'down']),
      step: draw.pick(['0.01', '0.5', '1']),
    },
    prorate,
    ramp: draw.rarely(2) ? draw.pick([[25, 50, 75], [10], [50, 120]]) : [],
    seller,
    hunter: isPlain ? [] : generateHunter(draw, style),
    overrides: isPlain ? [] : generateOverrides(draw, style),
    addsUp,
    card: generateCard(draw, addsUp),
    holidays: { from: dayOf('2026-02-23'), last: dayOf('2026-02-24') },
  };
}

/** Lines of the role that extends the other: they win where they hold. */
function generateHunter(draw: Draw, style: Style): readonly Line[] {
  const revenue: Line = { kpi: 'revenue', value: `${draw.int(50, 900)}` };
  return draw.pick([
    () => [],
    () => [{ ...revenue, months: draw.int(3, 6) }],
    () => [{ ...revenue, region: 'North' }, checkLine(draw, style)],
    () => [revenue, { kpi: 'small', value: `${draw.int(1, 6)}` } as const],
  ])();
}

function generateOverrides(draw: Draw, style: Style): readonly Override[] {
  const line = (): Line => ({ kpi: 'revenue', value: `${draw.int(50, 900)}` });
  const lines = (): Line =>
    draw.pick([
      line,
      line,
      (): Line => ({
        ...line(),
        value: `${draw.int(300, 3000)}`,
        ...(style.canSpread && { spread: { over: 'quarter', shares: ['1'] } }),
      }),
      (): Line => ({ kpi: 'pace', value: `${draw.int(1, 8)}` }),
      (): Line => ({ kpi: 'small', value: `${draw.int(1, 4)}` }),
      (): Line => checkLine(draw, style),
    ])();
  const said = (): Override => {
    const from = dayOf('2026-01-15') + draw.int(0, 90);
    const name = draw.pick(IDS.slice(0, 2));
    const person = { of: 'person', name, line: lines() } as const;
    return draw.pick<() => Override>([
      () => person,
      () => ({ ...person, from, last: from + draw.int(0, 60) }),
      () => ({ of: 'team', name: 'N', line: lines() }),
      () => ({ of: 'team', name: 'N', from, last: from + draw.int(0, 60), line: lines() }),
    ])();
  };
  const drawn = draw.list(0, 4, said);
  return drawn.filter((each, at) => !drawn.slice(0, at).some((other) => isSameDay(each, other)));
}

/** Whether two lines for one person or team are of one KPI and meet on a day, which a policy may not say. */
function isSameDay(a: Override, b: Override): boolean {
  const isSame = a.of === b.of && a.name === b.name && a.line.kpi === b.line.kpi;
  const isApart = (a.last ?? LAST) < (b.from ?? FIRST) || (b.last ?? LAST) < (a.from ?? FIRST);
  return isSame && !isApart;
}

/** A plan, the people it is for, and what they did. */
export function generateCase(draw: Draw): Case {
  const plan = generatePlan(draw);
  const ids = IDS.slice(0, draw.int(2, IDS.length));
  const isRound = draw.rarely(2);
  return {
    plan,
    people: ids.flatMap((id) => lifeOf(draw, plan.calendar, id)),
    deals: draw.list(10, 90, (at) => ({
      id: String(at),
      day: draw.int(FIRST, LAST),
      who: draw.pick(ids),
      client: draw.pick(['A', 'B', 'C', 'D', 'E']),
      // round ones meet bounds
      amount: isRound
        ? `${draw.int(0, 6)}00`
        : `${draw.rarely(8) ? '-' : ''}${draw.int(0, 900)}${draw.pick(['', '.5', '.01', '.99'])}`,
    })),
    absences: ids.flatMap((id) => absenceOf(draw, id)),
    quotas: ids.flatMap((id): readonly Quota[] => {
      if (draw.rarely(4)) return [];
      const from = draw.int(FIRST, dayOf('2026-03-20'));
      const last = from + draw.int(20, 100);
      const next = last + 1 + draw.pick([0, 12]);
      return [
        { id, from, last, revenue: draw.int(50, 900) },
        { id, from: next, last: next + draw.int(10, 60), revenue: draw.int(50, 900) },
      ];
    }),
  };
}

/** Exactly the half of some month, so that it still counts as one of the role. */
const HALVES = [
  { from: dayOf('2026-02-01'), last: dayOf('2026-02-14') },
  { from: dayOf('2026-04-10'), last: dayOf('2026-04-24') },
  { from: dayOf('2025-11-05'), last: dayOf('2025-11-19') },
];

function absenceOf(draw: Draw, id: string): readonly Away[] {
  if (draw.rarely(4)) return [];
  if (draw.rarely(3)) return [{ id, ...draw.pick(HALVES) }];
  const from = draw.int(dayOf('2025-12-20'), dayOf('2026-05-10'));
  return [{ id, from, last: from + draw.pick([0, 4, 20, 45, 70, 100]) }];
}

/** Often the last day of a quarter, so that who leaves then was still there when it ended. */
function lastOf(draw: Draw, calendar: Calendar, from: number): number {
  const day = Math.min(from + draw.int(0, 80), LAST);
  return draw.rarely(3) ? spanAt(calendar, 'quarter', day).last : day;
}

/** Rows one after the other, with a gap now and then; most go on in the same role with another region, team or salary. */
function lifeOf(draw: Draw, calendar: Calendar, id: string): readonly Row[] {
  const rows: Row[] = [];
  let from = FIRST + draw.int(0, 110);
  let role: Role = draw.pick(['seller', 'hunter', 'hunter', 'head']);
  const count = draw.int(1, 5);
  for (let at = 0; at < count && from < LAST; at++) {
    const last = at === count - 1 && !draw.rarely(3) ? OPEN : lastOf(draw, calendar, from);
    rows.push({
      id,
      role,
      // a team that a target is for is somebody's
      team: id === IDS[0] && at === 0 ? 'N' : draw.pick(['N', 'S', '']),
      region: draw.pick(['South', 'North']),
      salary: draw.int(1, 5) * 1000,
      from,
      last,
    });
    if (draw.rarely(3)) role = draw.pick(['seller', 'hunter', 'head']);
    from = last + 1 + (draw.rarely(4) ? draw.int(1, 40) : 0);
  }
  return rows;
}

/** A few periods of the policy in a row: in months two quarters' ends, in weeks one. */
export function generatePeriods(draw: Draw, { plan }: Case): readonly Span[] {
  const { calendar, begins } = plan;
  const count = calendar.period.startsWith('week') ? 9 : 5;
  const first = spanAt(calendar, 'period', dayOf('2026-02-05') + draw.int(0, 40));
  // a policy that begins within a period is warned about
  const from = first.from < begins ? first.last + 1 : first.from;
  const spans = [spanAt(calendar, 'period', from)];
  while (spans.length < count) spans.push(spanAt(calendar, 'period', spans.at(-1)!.last + 1));
  return spans;
}
