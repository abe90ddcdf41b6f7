// Figures and control totals of generated policies over generated raw rows: both engines give what the third opinion
// gives, which is worked out by brute force from the words of the language.

import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { KpiLine } from '../../src/model/kpi-lines.ts';
import type { Result } from '../../src/model/result.ts';
import { type Draw, drawFrom } from '../backend/draw.ts';
import { type SmallRun, tryPolicy } from '../evaluate/run-policy.ts';
import { generatedRuns } from '../runs.ts';
import { fraction, textOf } from './oracle.ts';
import { type EventName, FIELDS, type Stay, type World } from './oracle-rows.ts';
import { controlOf } from './oracle-rows-credit.ts';
import { generateWorld } from './oracle-rows-data.ts';
import { type Counted, counted, recorded, type View } from './oracle-rows-figures.ts';
import { drawPolicy, FEATURES, type Policy } from './oracle-rows-policy.ts';
import { RULES, type Without } from './oracle-rows-rules.ts';
import { END_OF_DAYS, lastOfMonth, monthsLater } from './oracle-rows-time.ts';

const RUNS = generatedRuns(10);
const EVENTS = Object.keys(FIELDS) as EventName[];

interface Case {
  readonly world: World;
  readonly policy: Policy;
  readonly months: readonly string[];
}

function generateCase(draw: Draw): Case {
  const policy = drawPolicy(draw);
  const start = draw.pick(['2026-02-01', '2025-09-01']);
  const world = generateWorld(draw, { start, credit: policy.credit });
  const months = [0, 1, 2].map((at) => monthsLater(start, at));
  return { world, policy, months };
}

const csv = (heading: readonly string[], rows: readonly (readonly string[])[]): string =>
  [heading.join(','), ...rows.map((row) => row.map(quoted).join(','))].join('\n');

const quoted = (cell: string): string => (cell.includes(',') ? `"${cell}"` : cell);

function smallRun({ world, policy, months }: Case): SmallRun {
  const dated = (rows: World['care']) => rows.map(({ key, value, from, until }) => [key, value, from, until]);
  return {
    policy: policy.text(world),
    zone: world.zone,
    people: csv(
      ['id', 'role', 'team', 'office', 'lead', 'from', 'until'],
      world.people.map((each) => [
        each.id,
        each.role,
        each.team,
        each.office,
        each.lead,
        each.from,
        each.until,
      ]),
    ),
    data: {
      ...Object.fromEntries(
        EVENTS.map((event) => [event, csv(Object.keys(FIELDS[event]), world.lines[event])]),
      ),
      care_of: csv(['client', 'farmer', 'from', 'until'], dated(world.care)),
      exchange: csv(['currency', 'rate', 'from', 'until'], dated(world.exchange)),
    },
    period: `${months[0]!.slice(0, 7)}..${months.at(-1)!.slice(0, 7)}`,
    allowRejects: true,
    ...(world.asKnownOn !== '' && { asKnownOn: world.asKnownOn }),
  };
}

type Opinions = Readonly<Record<string, unknown>>;

/** What the third opinion says of each stay in each month, and of the rows of each event; of some measures only, if asked. */
function opinions({ world: given, policy, months }: Case, without: Without = {}): Opinions {
  const world = { ...(without.world?.(given) ?? given), found: new Map() };
  const always = ['0000-01-01', END_OF_DAYS] as const;
  const judged = counted(world, (_, by) => (by === 'posted' || policy.closed ? always : undefined));
  const { feature } = without;
  const kpis = policy.kpis.filter(({ features }) => feature === undefined || features.includes(feature));
  const figures = (seen: Counted, stay: Stay, month: string) => {
    const view: View = { stay, month, scope: 'own', window: 'period' };
    const looking = without.view?.(view) ?? view;
    return Object.fromEntries(
      kpis.map(({ name, figure }) => {
        const value = figure(seen, looking);
        return [name, value === undefined ? null : textOf(value)];
      }),
    );
  };
  const found: Record<string, unknown> = {};
  for (const month of months)
    for (const stay of world.stays) {
      if (stay.last < month || stay.from > lastOfMonth(month)) continue;
      const from = stay.from > month ? stay.from : month;
      found[`${stay.person} ${stay.role} ${from}`] = figures(judged, stay, month);
    }
  if (feature !== undefined) return found;
  const nobody: Stay = { person: '', role: '', from: '0000-01-01', last: END_OF_DAYS, rows: [] };
  const wanted = recorded(judged, (seen) => {
    for (const month of months) figures(seen, nobody, month);
  });
  for (const event of EVENTS) found[`control of ${event}`] = controlOf(world, event, wanted);
  return found;
}

// ---- the engines -----------------------------------------------------------------------------------------------

function actualOf(lines: readonly KpiLine[], kpi: string): string | null {
  const value = lines.find((each) => each.kpi === kpi)!.actual.value;
  return value === null ? null : textOf(fraction(value));
}

function figuresOf(result: Result, { policy }: Case): Opinions {
  const found: Record<string, unknown> = {};
  for (const { person, roles } of result.statements)
    for (const { role, from, kpis } of roles)
      found[`${person} ${role} ${from}`] = Object.fromEntries(
        policy.kpis.map(({ name }) => [name, actualOf(kpis, name)]),
      );
  for (const event of EVENTS) {
    const control = result.control.find((each) => each.source === event)!;
    const total = ({ rows, sums }: typeof control.used): string =>
      `${rows} rows, ${textOf(fraction(sums.find((each) => each.field === 'amount')?.sum ?? '0'))}`;
    found[`control of ${event}`] = Object.fromEntries([
      ...(control.used.rows > 0 ? [['used', total(control.used)]] : []),
      ...control.filtered.map(({ reason, totals }) => [`filtered: ${reason}`, total(totals)]),
      ...control.rejected.map(({ reason, totals }) => [`rejected: ${reason}`, total(totals)]),
    ]);
  }
  return found;
}

async function found(one: Case, backend: 'memory' | 'duckdb'): Promise<Opinions> {
  const { result, diagnostics } = await tryPolicy({ ...smallRun(one), backend });
  const said = diagnostics.map((each) => `${each.code} ${each.message}`);
  if (!result) throw new Error(`${said.join('\n')}\n${shown(one)}`);
  return figuresOf(result, one);
}

/** The case as text, for whoever looks for the reason of a difference. */
function shown(one: Case): string {
  const { policy, people, data, period, zone, asKnownOn = '' } = smallRun(one);
  const files = Object.entries(data!).map(([name, text]) => `-- ${name}\n${text}`);
  return [policy, `-- ${zone} ${period} ${asKnownOn}`, `-- people\n${people}`, ...files].join('\n');
}

// ---- what was shown --------------------------------------------------------------------------------------------

/** In how many cases each feature, reason or rule was. */
type Counts = Map<string, number>;

function countIn(counts: Counts, names: readonly string[]): void {
  for (const each of new Set(names)) counts.set(each, (counts.get(each) ?? 0) + 1);
}

/** Everything has to be drawn, and to come to something, in a twentieth of the cases. */
const LEAST = Math.ceil(RUNS.numRuns / 20);

const rare = (counts: Counts, names: readonly string[]): readonly string[] =>
  names.filter((each) => (counts.get(each) ?? 0) < LEAST);

/** Features of KPIs by which somebody has something; of one that widens another, something else than that. */
function shownIn(figures: Readonly<Record<string, string | null>>, { policy }: Case): readonly string[] {
  return policy.kpis.flatMap(({ name, features, widens }) => {
    const value = figures[name];
    return value === null || value === '0' || (widens !== undefined && value === figures[widens])
      ? []
      : features;
  });
}

// ---- the comparison --------------------------------------------------------------------------------------------

test('both engines give what is worked out by brute force', async () => {
  const drawn: Counts = new Map();
  const worth: Counts = new Map();
  const said: Counts = new Map();
  const mattered: Counts = new Map();
  const property = fc.asyncProperty(fc.gen(), async (gen) => {
    const one = generateCase(drawFrom(gen));
    const wanted = opinions(one);
    for (const backend of ['memory', 'duckdb'] as const)
      expect(await found(one, backend), shown(one)).toEqual(wanted);

    countIn(drawn, one.policy.features);
    const isControl = (of: string): boolean => of.startsWith('control');
    const values = Object.entries(wanted) as (readonly [string, Readonly<Record<string, string | null>>])[];
    countIn(
      worth,
      values.flatMap(([of, figures]) => (isControl(of) ? [] : shownIn(figures, one))),
    );
    countIn(
      said,
      values.flatMap(([of, reasons]) => (isControl(of) ? Object.keys(reasons) : [])),
    );
    for (const rule of rare(mattered, Object.keys(RULES))) {
      const { feature } = RULES[rule]!;
      const before = feature === undefined ? wanted : opinions(one, { feature });
      if (!isDeepStrictEqual(opinions(one, RULES[rule]), before)) countIn(mattered, [rule]);
    }
  });
  await fc.assert(property, { ...RUNS, endOnFailure: true });
  // a few cases, as when one that failed is repeated, needn't show all
  if (RUNS.numRuns < 10) return;
  expect({
    drawn: rare(drawn, FEATURES),
    worth: rare(worth, FEATURES),
    said: rare(said, REASONS),
    mattered: rare(mattered, Object.keys(RULES)),
  }).toEqual({ drawn: [], worth: [], said: [], mattered: [] });
}, 3_600_000);

const REASONS = [
  'used',
  'filtered: no posting day',
  'filtered: before `since`',
  'filtered: not known yet',
  'filtered: outside the periods',
  'filtered: nobody in a role that day',
  'rejected: wrong number of cells',
  'rejected: empty',
  'rejected: not a number',
  'rejected: too many digits',
  'rejected: below the bound',
  'rejected: above the bound',
  'rejected: not a date',
  'rejected: not a datetime',
  'rejected: not a word of the list',
  'rejected: unknown person',
  'rejected: duplicate key',
  'rejected: skipped by the clock',
  'rejected: shares not 100%',
  'rejected: two roles that day',
];
