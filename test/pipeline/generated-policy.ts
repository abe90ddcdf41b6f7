// Whole policies by chance, as a structure that both forms are printed from. Every one of them checks.

import type { Draw } from '../backend/draw.ts';
import type { Added, FeatureWorld } from './feature.ts';
import { generateEvents, generateHead } from './generated-events.ts';
import { FEATURES } from './generated-features.ts';
import { generateRole } from './generated-roles.ts';
import {
  type BonusParts,
  type EntryParts,
  type KpiParts,
  type PolicyParts,
  REGIONS,
  ROLES,
  type RoleParts,
} from './policy-parts.ts';

/** Longer grains that whole periods of the policy make up. */
const LONGER: Readonly<Record<string, readonly string[]>> = {
  week: [],
  month: ['quarter', 'year'],
  quarter: ['year'],
  'month of retail': ['quarter of retail', 'year of retail'],
};

/** A policy with the features of these names. */
export function generatePolicy(draw: Draw, features: readonly string[] = []): PolicyParts {
  const period = draw.pick(['month', 'month', 'month', 'quarter', 'week', 'month of retail']);
  const longer = LONGER[period]!;
  const drawn = features.map((name) => ({ name, ...FEATURES[name]!({ draw, period, longer }) }));
  const added = <T>(of: (feature: Added) => readonly T[] | undefined): readonly T[] =>
    drawn.flatMap((each) => of(each) ?? []);
  const world: World = {
    draw,
    period,
    longer,
    ...generateCredit(
      draw,
      added((each) => each.extraCredit),
    ),
  };
  const roles = ROLES.map((name, at) => generateRole(world, name, at));
  const parts: PolicyParts = {
    head: generateHead(draw, period),
    reports: draw.pick([['person.team'], ['person.team', 'person.region'], ['person.team', 'person.id']]),
    calendars: [
      {
        name: 'office',
        work: draw.pick([
          ['monday to friday 09:00 to 18:00'],
          ['monday to friday 09:00 to 13:00', 'monday to friday 14:00 to 18:30', '2026-01-10 10:00 to 12:00'],
          ['monday to sunday 00:00 to 06:00'],
        ]),
        holidays: ['2026-01-01 until 2026-01-08 "New Year"', '2026-02-23'],
      },
      {
        name: 'retail',
        work: [],
        holidays: [],
        year: draw.pick(['2026-02-01', '2025-01-27', '2026-04-01']),
        ...(draw.rarely(3)
          ? {}
          : { quarters: draw.pick(['4, 4, 5 weeks', '4, 5, 4 weeks', '5, 4, 4 weeks']) }),
      },
    ],
    person: [
      ['salary', 'money'],
      ['fte', 'percent else 100%'],
      ['region', 'text'],
      ['grade', 'number?'],
      ['since', 'date?'],
      ['medal', 'bronze < silver < gold'],
    ],
    events: generateEvents(draw, {
      known: drawn.some((each) => each.known),
      deal: added((each) => each.dealComputed),
      payment: added((each) => each.paymentComputed),
      call: added((each) => each.callComputed),
    }),
    tables: [
      {
        name: 'quota',
        fields: [
          ['who', 'text key'],
          ['from', 'date'],
          ['until', 'date?'],
          ['plan', 'money?'],
        ],
      },
      {
        name: 'plans',
        fields: [
          ['who', 'person key'],
          ['from', 'date'],
          ['until', 'date?'],
          ['f_quota', 'money?'],
        ],
      },
      {
        name: 'exchange',
        fields: [
          ['currency', 'text key'],
          ['into', 'text key'],
          ['rate', 'number'],
          ['from', 'date'],
          ['until', 'date?'],
        ],
      },
    ],
    credits: world.credits,
    kpis: [...generateKpis(world), ...added((each) => each.kpis)],
    lets: added((each) => each.lets),
    curves: [
      generateCurve(draw, 'line', 'linear'),
      generateCurve(draw, 'stairs', 'steps'),
      ...added((each) => each.curves),
    ],
    rates: [
      generateRates(draw, 'ladder', 'marginal'),
      generateRates(draw, 'flat', 'whole'),
      ...added((each) => each.rates),
    ],
    amounts: added((each) => each.amounts),
    grids: added((each) => each.grids),
    roles: drawn.reduce<readonly RoleParts[]>((all, each) => withFeature(draw, all, each), roles),
    overrides: added((each) => each.overrides),
    bounds: added((each) => each.ofPolicy),
    blocks: added((each) => each.blocks),
  };
  return period === 'month of retail' ? overFiscalYears(parts) : parts;
}

/** The same over years of the calendar, which every window of a longer grain names. */
function overFiscalYears(parts: PolicyParts): PolicyParts {
  const named = JSON.stringify(parts).replaceAll(/\b([yq]td|trailing \d months)(?! of)/g, '$1 of retail');
  return JSON.parse(named);
}

/** Roles with the targets of a feature, and a bonus that shows it in one of them or all. */
function withFeature(
  draw: Draw,
  roles: readonly RoleParts[],
  feature: Added & { readonly name: string },
): readonly RoleParts[] {
  const { targets = [], ramp, prorate, prorated, per, paid, clauses, bounds = [] } = feature;
  const one = draw.rarely(2) ? draw.pick(ROLES) : undefined;
  const short = feature.name.replaceAll(/[^a-z]+/g, '_');
  return roles.map((role) => {
    const own = one === undefined || role.name === one;
    const name = `b_${short}_${role.name}`;
    const bonus: BonusParts = {
      name,
      gated: false,
      ...(prorated !== undefined && { prorated }),
      ...(per && { per }),
      value: paid.replaceAll('SELF', name),
      ...(clauses && { clauses }),
    };
    return {
      ...role,
      targets: role.extends === undefined ? [...role.targets, ...targets] : role.targets,
      ...(own && ramp && { ramp }),
      ...(own && prorate && { prorate }),
      bonuses: own ? [...role.bonuses, bonus] : role.bonuses,
      bounds: own ? [...role.bounds, ...bounds] : role.bounds,
    };
  });
}

interface World extends FeatureWorld {
  readonly credits: PolicyParts['credits'];
  /** Whether deals are credited under the name `care` too. */
  readonly care: boolean;
}

function generateCredit(draw: Draw, extra: readonly string[]): Pick<World, 'credits' | 'care'> {
  const payments = { event: 'payment', lines: ['to deal.who else payer 100%'] };
  const shares = draw.pick([
    ...(extra.length > 0 ? [] : [undefined]),
    ['to who 100%'],
    ['to helper 1/3 when helper exists', 'to who rest'],
    ['to who 50% in role seller', 'to helper else who 50%'],
    ['to who 2/7', 'to who 5/7 in role hunter'],
    ['to who 60%', 'to who.lead else who 40%'],
    ['to who 100% in every role'],
  ]);
  if (!shares) return { credits: [payments], care: false };
  const care = draw.rarely(2);
  const lines = [...shares, ...(care ? ['to helper 30% extra as care when not is_first'] : []), ...extra];
  return { credits: [{ event: 'deal', lines }, payments], care };
}

// ---- KPIs --------------------------------------------------------------------------------------------------

/** A condition over deals; of the credited person only where nobody asks for the company. */
function condition(draw: Draw, asked: 'of anybody' | 'of persons'): string {
  const person = [
    `person.region is "${draw.pick(REGIONS)}"`,
    '(person.grade else 0) >= 2 and is_won',
    'person.role is "hunter" or person.fte < 100%',
  ];
  return draw.pick([
    ...(asked === 'of persons' ? person : []),
    'is_won',
    'status is not open',
    `amount >= ${draw.int(0, 900)} RUB`,
    'is_won and is_first',
    'cost exists and cost < amount',
    '(status is won or amount > 500 RUB) and not is_first',
    'client is "A"',
    `day >= 2026-01-${draw.int(10, 28)}`,
  ]);
}

function where(draw: Draw, asked: 'of anybody' | 'of persons'): string {
  return draw.rarely(3) ? '' : ` where ${condition(draw, asked)}`;
}

function generateKpis({ draw, care }: World): readonly KpiParts[] {
  const window = () =>
    draw.pick([
      'previous',
      'previous 2',
      'ytd',
      'qtd',
      'trailing 2 months',
      'trailing 10 days',
      'to date',
      'same period last year',
      'team',
      'company',
      'by person.region',
      'team, ytd',
      'company, previous',
    ]);
  const kpi = (name: string, value: string, lower = false): KpiParts => {
    const kind = draw.pick([undefined, 'outcome', 'operational'] as const);
    return { name, ...(kind && { kind }), lower, value };
  };
  return [
    kpi('all_deals', 'count(deal)'),
    kpi('revenue', `sum(deal.${draw.pick(['amount', 'margin'])}${where(draw, 'of anybody')})`),
    kpi('deals', `count(deal${where(draw, 'of persons')})`),
    kpi('clients', `count(distinct deal.client${where(draw, 'of anybody')})`),
    kpi('check', `average(deal.amount${where(draw, 'of persons')})`),
    kpi('middle', `median(deal.margin${where(draw, 'of persons')})`),
    kpi('most', `${draw.pick(['min', 'max'])}(deal.amount${where(draw, 'of persons')})`),
    kpi('calls', 'count(call)'),
    kpi('answer', 'average(call.length)', true),
    kpi('flaws', 'sum(call.flaws)', true),
    kpi('care', care ? 'sum(deal.amount as care)' : 'sum(deal.cost where cost exists)'),
    kpi('rate', draw.pick(['deals / calls', 'revenue / deals / 1 RUB', 'calls / (deals + calls)'])),
    kpi('growth', `revenue / revenue[${draw.pick(['previous', 'previous 3', 'same period last year'])}] - 1`),
    kpi('wide', `(revenue[${window()}]) else 0 RUB`),
    kpi(
      'part',
      draw.pick([
        'revenue / revenue[company]',
        'revenue / revenue[team]',
        'clients / clients[company]',
        'revenue / revenue[reports]',
        'clients / clients[reports]',
        '(revenue[previous] / revenue[company]) else 0%',
      ]),
    ),
  ];
}

// ---- curves and rates ----------------------------------------------------------------------------------------

function generateCurve(draw: Draw, name: string, kind: string): EntryParts {
  const points = ascending(draw, 1, 4, 150).map((at) => [`${at}%`, `${draw.int(-20, 200)}%`] as const);
  return {
    name,
    kind,
    entries: [
      [`below ${points[0]![0]}`, `${draw.int(0, 50)}%`],
      ...points,
      ['above', `${draw.int(0, 200)}%`],
    ],
  };
}

function generateRates(draw: Draw, name: string, kind: string): EntryParts {
  const bounds = ascending(draw, 1, 4, 2000);
  const first = draw.rarely(2) ? 0 : bounds[0]!;
  const entries = [first, ...bounds.slice(1)].map((bound): readonly [string, string] => [
    `${draw.pick(['from', 'above'])} ${bound}${draw.pick(['', '.5'])} RUB`.replace('0.5', '0'),
    `${draw.int(0, 30)}.${draw.int(0, 9)}%`,
  ]);
  return { name, kind, entries };
}

function ascending(draw: Draw, least: number, most: number, step: number): readonly number[] {
  let at = draw.int(1, step);
  return draw.list(least, most, () => {
    at += draw.int(1, step);
    return at;
  });
}
