// A generated case of targets as it is written: the policy's text, and its people and data as CSV.

import { OPEN } from './generated-targets.ts';
import { textOfDay } from './oracle-calendars.ts';
import type { CardLine, Case, Line, Override } from './oracle-plan.ts';

const percents = (shares: readonly string[]): string =>
  shares.map((each) => `${each.split('/')[0]}%`).join(', ');

function lineText(one: Case, { kpi, value, upTo, spread, region, months, service }: Line): string {
  const { calendar, addsUp } = one.plan;
  const of = calendar.retail ? ' of retail' : '';
  const unit = kpi === 'revenue' || kpi === 'check' ? ' RUB' : '';
  const band = upTo && `within ${value}${unit} .. ${upTo}${unit}`;
  const parts = spread?.shares.length === 1 ? 'evenly' : percents(spread?.shares ?? []);
  const conditions = [
    ...(region ? [`person.region is "${region}"`] : []),
    ...(months ? [`person.month_in_role <= ${months}`] : []),
    ...(service ? [`person.month_of_service <= ${service}`] : []),
  ];
  return [
    `target ${kpi} ${value === 'quota' ? 'from quota' : (band ?? value + unit)}`,
    ...(spread ? [`per ${spread.over}${of}`] : []),
    ...(parts === '' ? [] : [`spread ${parts}`]),
    ...(kpi === 'clients' && addsUp ? ['adds up'] : []),
    ...(conditions.length > 0 ? [`when ${conditions.join(' and ')}`] : []),
  ].join(' ');
}

function cardText({ kpi, weight, on, cap, floor, missing, least }: CardLine): string {
  return [
    `${kpi} ${weight}%`,
    ...(on ? [`on ${on}${on === 'volume' ? ' of value' : ''}`] : []),
    ...(cap === undefined ? [] : [`cap ${cap}%`]),
    ...(floor === undefined ? [] : [`floor ${floor}%`]),
    ...(on === 'volume'
      ? []
      : [`missing ${missing === 'counts' ? 'counts' : 'spreads its weight at least'} ${least}%`]),
  ].join(' ');
}

function overrideText(one: Case, { of, name, from, last, line }: Override): string {
  const days = from && last ? ` from ${textOfDay(from)} until ${textOfDay(last)}` : '';
  return `for ${of === 'team' ? `team "${name}"` : `person ${name}`}${days} { ${lineText(one, line)} }`;
}

/** `month of retail` and the like, and how several are written. */
function wordsOf({ calendar }: Case['plan']) {
  const of = calendar.retail ? ' of retail' : '';
  const [first, ...rest] = calendar.period.split(' ');
  return {
    of,
    period: calendar.period,
    ytd: `ytd${of}`,
    trailing: `trailing 3 ${[`${first}s`, ...rest].join(' ')}`,
  };
}

function definitions({ plan }: Case): string {
  const { calendar, holidays } = plan;
  const { starts, weeks } = calendar.retail ?? {};
  const quarters = weeks ? `, quarters ${weeks.join(', ')} weeks` : '';
  return `${starts === undefined ? '' : `calendar retail { year starts ${textOfDay(starts)}${quarters} }`}
calendar office { work monday to friday 09:00 to 18:00
  holiday ${textOfDay(holidays.from)} until ${textOfDay(holidays.last)} }
person { salary: money
  region: text }
event deal {
  since ${textOfDay(plan.since)}
  id: text key
  day: date posts
  who: person owner
  client: text
  amount: money
}
table quota { id: person key
  revenue: money
  from: date
  until: date? }
kpi revenue = sum(deal.amount)
kpi check = average(deal.amount)
kpi small lower is better = count(deal where amount < 100 RUB)
kpi pace { value count(deal)
  attainment = 2 - actual / target }
kpi clients = count(distinct deal.client)
curve standard linear {
  below 50%: 0%
  50%: 40%
  100%: 100%
  150%: 170%
  above: 180%
}
curve volume linear {
  below 0 RUB: 0%
  0 RUB: 10%
  500 RUB: 110%
  above: 130%
}
rates ladder marginal {
  from 0 RUB: 3%
  from 1_000 RUB: 5%
  from 2_500 RUB: 7%
}`;
}

/** Amounts that stand on an attainment: missing counts 7%, and 300% is the most of one without an end. */
function attainmentBonuses({ plan }: Case): readonly string[] {
  const { of, ytd, trailing } = wordsOf(plan);
  const bonus = (name: string, figure: string, per = ''): string => {
    const read = figure.startsWith('small') ? `min(attainment(${figure}), 300%)` : `attainment(${figure})`;
    return `bonus ${name}${per} not prorated = 1_000_000 RUB * (${read} else 7%)`;
  };
  const quarter = ` per quarter${of}`;
  const year = ` per year${of}`;
  return [
    bonus('own', 'revenue'),
    bonus('year', `revenue[${ytd}]`),
    bonus('before_plan', 'revenue[previous]'),
    bonus('three', `revenue[${trailing}]`),
    bonus('team', 'revenue[team]'),
    bonus('team_year', `revenue[team, ${ytd}]`),
    bonus('whole', 'revenue[company]'),
    bonus('check_year', `check[${ytd}]`),
    bonus('check_team', 'check[team]'),
    bonus('small_three', `small[${trailing}]`),
    bonus('small_whole', `small[company, ${ytd}]`),
    bonus('tempo', 'pace'),
    bonus('tempo_team', `pace[team, ${trailing}]`),
    bonus('buyers', 'clients'),
    ...(plan.addsUp
      ? [
          bonus('buyers_year', `clients[${ytd}]`),
          bonus('buyers_team', 'clients[team]'),
          bonus('loyal', 'clients', quarter),
        ]
      : []),
    bonus('plan', 'revenue', quarter),
    bonus('plan_team', 'revenue[team]', quarter),
    bonus('plan_before', 'revenue[previous]', quarter),
    bonus('plan_year', `revenue[${ytd}]`, quarter),
    bonus('band', 'check', quarter),
    bonus('lean', 'small', quarter),
    bonus('aim', 'revenue', year),
    bonus('mean', 'check', year),
  ];
}

function otherBonuses({ plan }: Case): readonly string[] {
  const { of, period, ytd } = wordsOf(plan);
  return [
    'fixed = 1_000 RUB',
    'salary = person.salary * 10%',
    'southern not prorated = 100 RUB when person.region is "South"',
    `expected not prorated = (target(revenue[${ytd}]) else 7 RUB)`,
    'part = revenue / 7',
    'before not prorated = (previous(revenue) else 7 RUB) + (previous(part) else 3 RUB) * 1_000',
    `due = (ladder(revenue[${ytd}]) else 0 RUB) - (sum(due each earlier ${period})[${ytd}] else 0 RUB)`,
    `hundreds not prorated = (sum(round(revenue to 100 RUB half even) each ${period})[${ytd}] else 11 RUB)`,
    `held not prorated = (count(revenue >= 300 RUB each ${period})[${ytd}] else 11) * 1 RUB`,
    'streak not prorated = (streak(revenue >= 300 RUB) else 70) * 1 RUB',
    'on_plan not prorated = (streak((attainment(revenue) else 0%) >= 50%) else 70) * 1 RUB',
    'place not prorated = (rank(revenue of base) else 90) * 1 RUB',
    'plan_place not prorated = (rank(attainment(revenue)) else 90) * 1 RUB',
    'together not prorated = total(revenue of base)',
    'averages not prorated = total((check else 3 RUB) of base)',
    'month not prorated = person.month_in_role * 1 RUB',
    'service not prorated = person.month_of_service * 1 RUB',
    `tie not prorated = person.month_of_service * ${plan.rounding.step} RUB / 2`,
    `quarter per quarter${of} = 3_000 RUB`,
    `stays per quarter${of} not prorated = 500 RUB while employed`,
    `trail per quarter${of} not prorated = (previous(plan) else 3 RUB)`,
    `first per quarter${of} not prorated = (rank(revenue of base) else 90) * 1 RUB`,
    `yearly per year${of} = 12_000 RUB`,
    `remains per year${of} not prorated = 500 RUB while employed`,
  ].map((each) => `bonus ${each}`);
}

function scoreBonuses({ plan }: Case): readonly string[] {
  const { of, period, ytd } = wordsOf(plan);
  // one that can be missing has to say what counts in an average
  const score = plan.card.some((each) => each.missing === 'spreads') ? '(score else 20%)' : 'score';
  return [
    'scored = 10_000 RUB * (score else 7%)',
    `scores not prorated = 10_000 RUB * (average(${score} each ${period})[${ytd}] else 7%)`,
    'score_before not prorated = 10_000 RUB * (previous(score) else 7%)',
    `quarter_score per quarter${of} not prorated = 10_000 RUB * (score else 7%)`,
    `month_scores per quarter${of} not prorated = 10_000 RUB * (average(${score} each ${period}) else 7%)`,
  ].map((each) => `bonus ${each}`);
}

const block = (head: string, lines: readonly string[]): string => `${head} {\n  ${lines.join('\n  ')}\n}`;

/** The policy but for its head. */
export function policyText(one: Case): string {
  const { seller, hunter, ramp, prorate, card, overrides } = one.plan;
  const targets = (lines: readonly Line[]) => lines.map((each) => lineText(one, each));
  return [
    definitions(one),
    block('role base', [`prorate by ${prorate}`, ...attainmentBonuses(one), ...otherBonuses(one)]),
    block('role seller extends base', [
      ...targets(seller),
      ...(ramp.length > 0 ? [`ramp ${ramp.map((each) => `${each}%`).join(', ')}`] : []),
      block('scorecard', card.map(cardText)),
      ...scoreBonuses(one),
    ]),
    block('role hunter extends seller', targets(hunter)),
    'role head extends base { }',
    ...overrides.map((each) => overrideText(one, each)),
  ].join('\n');
}

function csv(names: string, rows: readonly (readonly (string | number)[])[]): string {
  return [names, ...rows.map((row) => row.join(','))].join('\n');
}

/** CSV text of the people, the absences, and of events and tables by name. */
export function dataText({ people, deals, absences, quotas }: Case) {
  const day = textOfDay;
  const away = absences.map(({ id, from, last }) => [id, day(from), day(last)]);
  return {
    people: csv(
      'id,role,team,region,salary,from,until',
      people.map((each) => [
        ...[each.id, each.role, each.team, each.region, each.salary],
        ...[day(each.from), each.last === OPEN ? '' : day(each.last)],
      ]),
    ),
    absences: csv('person,from,until', away),
    data: {
      deal: csv(
        'id,day,who,client,amount',
        deals.map((each) => [each.id, day(each.day), each.who, each.client, each.amount]),
      ),
      quota: csv(
        'id,revenue,from,until',
        quotas.map(({ id, revenue, from, last }) => [id, revenue, day(from), day(last)]),
      ),
    },
  };
}
