// Whole policies by chance, as a structure that both forms are printed from. Every one of them checks.

import type { Draw } from '../backend/draw.ts';

export interface PolicyParts {
  readonly head: readonly (readonly [word: string, value: string])[];
  readonly reports: readonly string[];
  readonly person: Fields;
  readonly events: readonly {
    readonly name: string;
    readonly since: string;
    readonly fields: Fields;
    readonly computed: Fields;
  }[];
  readonly tables: readonly { readonly name: string; readonly fields: Fields }[];
  readonly credits: readonly { readonly event: string; readonly lines: readonly string[] }[];
  readonly kpis: readonly KpiParts[];
  readonly curves: readonly EntryParts[];
  readonly rates: readonly EntryParts[];
  readonly roles: readonly RoleParts[];
}

type Fields = readonly (readonly [name: string, written: string])[];

interface KpiParts {
  readonly name: string;
  readonly kind?: 'outcome' | 'operational';
  readonly lower: boolean;
  readonly value: string;
}

/** A curve or a table of rates. */
interface EntryParts {
  readonly name: string;
  readonly kind: string;
  readonly entries: Fields;
}

export interface RoleParts {
  readonly name: string;
  readonly extends?: string;
  readonly targets: readonly TargetParts[];
  readonly scorecard: Fields;
  readonly gates: readonly { readonly condition: string; readonly when?: string }[];
  readonly bonuses: readonly BonusParts[];
  readonly caps: readonly string[];
}

interface TargetParts {
  readonly kpi: string;
  readonly value: string;
  readonly addsUp?: true;
  readonly per?: string;
  readonly when?: string;
}

export interface BonusParts {
  readonly name: string;
  readonly gated: boolean;
  readonly prorated?: boolean;
  readonly per?: string;
  readonly value: string;
  readonly when?: string;
  readonly cap?: string;
}

export const ROLES = ['seller', 'hunter', 'farmer'] as const;
export const REGIONS = ['North', 'South', 'Юг'] as const;
export const CLIENTS = ['A', 'B', 'C', 'Ромашка', 'D "x", y'] as const;

/** Longer grains that whole periods of the policy make up. */
const LONGER: Readonly<Record<string, readonly string[]>> = {
  week: [],
  month: ['quarter', 'year'],
  quarter: ['year'],
};

export function generatePolicy(draw: Draw): PolicyParts {
  const period = draw.pick(['month', 'month', 'month', 'quarter', 'week']);
  const world: World = { draw, longer: LONGER[period]!, ...generateCredit(draw) };
  return {
    head: [
      ['currency', 'RUB'],
      ['timezone', draw.pick(['"Europe/Moscow"', '"America/New_York"', '"UTC"'])],
      ['period', period],
      [
        'rounding',
        draw.pick([
          'half up to 0.01',
          'half even to 0.01',
          'down to 0.01',
          'half up to 1',
          'half up to 0.05',
        ]),
      ],
    ],
    reports: draw.pick([['person.team'], ['person.team', 'person.region'], ['person.team', 'person.id']]),
    person: [
      ['salary', 'money'],
      ['fte', 'percent else 100%'],
      ['region', 'text'],
      ['grade', 'number?'],
      ['since', 'date?'],
    ],
    events: [
      {
        name: 'deal',
        since: draw.pick(['2025-01-01', '2025-12-01', '2026-01-15']),
        fields: [
          ['id', 'text key'],
          ['day', draw.pick(['date posts', 'date? posts'])],
          ['who', 'person owner'],
          ['helper', 'person?'],
          ['client', 'text'],
          ['amount', draw.pick(['money', 'money from 0 RUB'])],
          ['cost', 'money?'],
          ['status', 'won | lost | open'],
        ],
        computed: [
          ['is_won', 'status is won'],
          ['margin', 'amount - (cost else 0 RUB)'],
          ['is_first', 'is_won and nth(by client where is_won) is 1'],
        ],
      },
      {
        name: 'call',
        since: '2025-01-01',
        fields: [
          ['id', 'text key'],
          ['at', 'datetime posts'],
          ['who', 'person owner'],
          ['length', 'duration'],
          ['flaws', 'number'],
        ],
        computed: [],
      },
    ],
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
    ],
    credits: world.credits,
    kpis: generateKpis(world),
    curves: [generateCurve(draw, 'line', 'linear'), generateCurve(draw, 'stairs', 'steps')],
    rates: [generateRates(draw, 'ladder', 'marginal'), generateRates(draw, 'flat', 'whole')],
    roles: ROLES.map((name, at) => generateRole(world, name, at)),
  };
}

interface World {
  readonly draw: Draw;
  readonly longer: readonly string[];
  readonly credits: PolicyParts['credits'];
  /** Whether deals are credited under the name `care` too. */
  readonly care: boolean;
}

function generateCredit(draw: Draw): Pick<World, 'credits' | 'care'> {
  const shares = draw.pick([
    undefined,
    ['to who 100%'],
    ['to helper 1/3 when helper exists', 'to who rest'],
    ['to who 50% in role seller', 'to helper else who 50%'],
    ['to who 2/7', 'to who 5/7 in role hunter'],
  ]);
  if (!shares) return { credits: [], care: false };
  const care = draw.rarely(2);
  const lines = care ? [...shares, 'to helper 30% extra as care when not is_first'] : shares;
  return { credits: [{ event: 'deal', lines }], care };
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
      draw.pick(['revenue / revenue[company]', 'revenue / revenue[team]', 'clients / clients[company]']),
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

// ---- roles ---------------------------------------------------------------------------------------------------

function generateRole(world: World, name: string, at: number): RoleParts {
  const { draw } = world;
  const parent = at > 0 && draw.rarely(2) ? ROLES[0] : undefined;
  const scored = parent === undefined || draw.rarely(2);
  return {
    name,
    ...(parent && { extends: parent }),
    targets: parent === undefined || draw.rarely(2) ? generateTargets(world) : [],
    scorecard: scored ? generateScorecard(draw) : [],
    gates: draw.list(0, 2, () => ({
      condition: personCondition(draw),
      ...(draw.rarely(3) && { when: personCondition(draw) }),
    })),
    bonuses: draw.list(1, 5, (index) => generateBonus(world, `${name}_${index + 1}`)),
    caps: draw.list(0, 2, () => `${draw.int(10, 900)} RUB${suffix(world)}`),
  };
}

function suffix({ draw, longer }: World): string {
  if (draw.rarely(3)) return ' in all';
  return longer.length > 0 && draw.rarely(3) ? ` per ${draw.pick(longer)}` : '';
}

function generateTargets({ draw, longer }: World): readonly TargetParts[] {
  const when = () => (draw.rarely(2) ? { when: `person.region is "${draw.pick(REGIONS)}"` } : {});
  const amount = () => `${draw.int(1, 2000)} RUB`;
  const per = () => (longer.length > 0 && draw.rarely(3) ? { per: draw.pick(longer) } : {});
  const quota: TargetParts[] = draw.rarely(2)
    ? [{ kpi: 'revenue', value: 'quota[person.id at period.start].plan' }]
    : [];
  const lines: readonly TargetParts[] = [
    { kpi: 'all_deals', value: '1' },
    { kpi: 'revenue', value: amount() },
    ...draw.list(0, 2, () => ({ kpi: 'revenue', value: amount(), ...per(), ...when() })),
    ...quota,
    { kpi: 'deals', value: draw.pick(['3', '0', '5 * person.fte', '2.5']) },
    { kpi: 'clients', value: '2', addsUp: true },
    { kpi: 'check', value: amount() },
    ...draw.list(0, 1, () => ({ kpi: 'check', value: amount(), ...when() })),
    { kpi: 'answer', value: '3 minutes' },
    { kpi: 'flaws', value: `${draw.int(1, 9)}` },
  ];
  // a line that a later one always wins over doesn't check; a row of a table may be missing
  return lines.filter(
    ({ kpi, per: length }, at) =>
      !lines
        .slice(at + 1)
        .some((later) => later.kpi === kpi && later.per === length && !later.when && !quota.includes(later)),
  );
}

function generateScorecard(draw: Draw): Fields {
  const kpis = draw.pick([
    ['revenue', 'clients'],
    ['revenue', 'check', 'flaws'],
    ['deals', 'answer'],
    ['check', 'answer', 'clients'],
  ]);
  const weights = kpis.length === 2 ? ['1/3', '2/3'] : ['20%', '30.5%', '49.5%'];
  return kpis.map((kpi, at) => {
    const curve = `on ${draw.pick(['line', 'stairs'])}`;
    const cap = draw.rarely(2) ? ` cap ${draw.int(50, 150)}%` : '';
    const missing = draw.pick([
      'missing counts 0%',
      'missing counts 55%',
      'missing spreads its weight',
      'missing spreads its weight at least 40%',
    ]);
    return [kpi, `${weights[at]} ${curve}${cap} ${missing}`];
  });
}

/** A condition over people that is never missing. */
function personCondition(draw: Draw): string {
  return draw.pick([
    `revenue >= ${draw.int(0, 900)} RUB`,
    `(attainment(${draw.pick(['revenue', 'clients', 'flaws', 'check'])}) else 0%) >= ${draw.int(20, 120)}%`,
    `(growth else 0%) > ${draw.int(0, 50)}%`,
    'deals > 0 and calls >= 1',
    'not (check exists) or clients is 2',
    `person.region is not "${draw.pick(REGIONS)}"`,
    '(person.grade else 1) > 1',
    '(part else 0%) >= 1/3',
    `(attainment(revenue[${draw.pick(['team', 'company', 'ytd', 'previous 2'])}]) else 0%) >= 50%`,
  ]);
}

function generateBonus(world: World, name: string): BonusParts {
  const { draw, longer } = world;
  const number = draw.int(1, 999);
  const scope = () => draw.pick(['team', 'company', 'by person.region']);
  const window = () =>
    draw.pick(['previous', 'ytd', 'trailing 3 months', 'same period last year', 'team, ytd']);
  const [value, prorated] = draw.pick<readonly [string, boolean | undefined]>([
    [`${number} RUB`, undefined],
    [`person.salary * ${number / 10}%`, draw.pick([undefined, false])],
    [`${number} RUB * person.fte * (score else 0%)`, undefined],
    [`${number}.37 RUB * (score else 10%) / 3`, true],
    ['ladder(revenue)', undefined],
    ['flat(revenue)', undefined],
    ['revenue * flat.rate(revenue)', undefined],
    [`deals * ${number} RUB`, undefined],
    [`max(${number} RUB, revenue * 5%)`, draw.pick([true, false])],
    [`revenue * line(attainment(revenue)) else 0 RUB`.replace(/(.*) else/, '($1) else'), undefined],
    [`${number} RUB * stairs(min(attainment(answer) else 0%, 200%))`, undefined],
    [`revenue[${scope()}] / 7`, undefined],
    [`(revenue[${window()}]) else ${number} RUB`, false],
    ['(check / 3) else 0 RUB', undefined],
    ['(middle + most) else 0 RUB', undefined],
    [`round(revenue / 3 to 0.1 half even) + care * 1/7`, undefined],
    [`${number} RUB * (attainment(clients[team]) else 0%)`, false],
    [`(${number} RUB when person.region is "North" otherwise -5 RUB * calls)`, false],
    ['(target(revenue)) else 0 RUB', false],
    ['wide / 11', undefined],
  ]);
  const per = longer.length > 0 && draw.rarely(3) ? draw.pick(longer) : undefined;
  // over a longer grain a count of the score's targets may not add up: those formulas keep to the period
  const readsTargets = /score|attainment|target/.test(value);
  return {
    name,
    gated: draw.rarely(3),
    ...(prorated !== undefined && { prorated }),
    ...(per && !readsTargets && { per }),
    value,
    ...(draw.rarely(3) && !per && { when: personCondition(draw) }),
    ...(draw.rarely(4) && { cap: `${draw.int(1, 500)}.005 RUB` }),
  };
}
