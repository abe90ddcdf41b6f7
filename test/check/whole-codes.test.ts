// The mistakes that can be made with the whole language, each said once, where it is: see codes.test.ts for the rest.

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type Expected, expectError, HEAD, WORLD } from './helpers.ts';

interface Case extends Omit<Expected, 'at'> {
  readonly code: string;
  /** After the small world, or whole where it begins with `policy`. */
  readonly policy: string;
}

const EVENT = (name: string, lines: string): string => `event ${name} {
  since 2025-01-01
  id: text key
  day: date posts
  who: person owner
${lines}
}
`;
const ROLE = (lines: string): string => `role seller {\n${lines}\n}\n`;
const AWARD = (lines: string): string => `${ROLE('  bonus b = 5 RUB')}award a {\n${lines}\n}\n`;
const POOL = (value: string, lines: string): string =>
  `${ROLE('')}pool gift = ${value} {\n  to seller\n${lines}\n}\n`;
const TEST = (lines: string): string =>
  `${ROLE('  bonus b = 5 RUB')}test "t" {\n  person anna { role seller }\n${lines}\n}\n`;
const POLICY = (line: string): string => HEAD.replace('}', `  ${line}\n}`);
const ORDERED = EVENT('visit', '  tier: bronze < silver < gold\n  kind: a | b');
const GRID = (rows: string): string =>
  `grid g by region, amount {\n  | from 0 RUB | above 5 RUB\n${rows}\n}\n`;

const CASES: Readonly<Record<string, readonly Case[]>> = {
  'dates, words and steps': [
    {
      code: 'M1203',
      policy: 'let x = 1 when period is «2026-Q1» otherwise 2',
      help: /`2026-01`/,
      related: ['period'],
    },
    { code: 'M1203', policy: 'let x = 1 when period > «2026-01-01» otherwise 2', related: ['period'] },
    { code: 'M1202', policy: 'let x = «revenue» + 1 month', message: /expected a date/ },
    { code: 'M1202', policy: 'let x = period.start + «1.5 months»', message: /a whole number/ },
    {
      code: 'M1202',
      policy: 'kpi x = count(deal where closed_on - «5 hours» > 2026-01-01)',
      message: /whole days/,
    },
    {
      code: 'M1203',
      policy: `${ORDERED}kpi x = count(visit where tier >= «"high"»)`,
      help: /its words are `bronze`/,
      related: ['tier'],
    },
    {
      code: 'M1203',
      policy: `${ORDERED}kpi x = count(visit where kind > «a»)`,
      help: /have no order: declare them in one, `a < b`/,
      related: ['kind'],
    },
    {
      code: 'M1202',
      policy: `${ORDERED}kpi x = count(visit where («kind» down 1) is a)`,
      help: /`bronze < silver < gold`/,
    },
    {
      code: 'M1202',
      policy: `${ORDERED}kpi x = count(visit where (tier down «1.5») is gold)`,
      message: /whole number/,
    },
    { code: 'M1109', policy: `${ORDERED}kpi x = count(visit where tier >= «goldd»)`, fixed: true },
  ],
  'rows that look at other rows': [
    {
      code: 'M1101',
      policy: EVENT('pay_in', '  order: deal\n  x = order.«amont»'),
      message: /`deal`/,
      fixed: true,
    },
    { code: 'M1104', policy: EVENT('visit', '  n: number\n  x = «n.half»'), help: /have parts/ },
    {
      code: 'M1101',
      policy: EVENT('visit', '  x = who.«regio»'),
      message: /attribute of `person`/,
      fixed: true,
    },
    { code: 'M1104', policy: 'kpi x = «sum(deal.amount of this)»', help: /a field of the event/ },
    {
      code: 'M1105',
      policy: EVENT('«visit»', '  n: number') + EVENT('stop', '  x = sum(visit.n of this)'),
      help: /`stop: stop`/,
    },
    {
      code: 'M1105',
      policy: EVENT('visit', '  x = «exists(deal within 3 days after day)»'),
      message: /`of`/,
    },
    {
      code: 'M1101',
      policy: EVENT('visit', '  town: text\n  x = exists(deal of «town»)'),
      message: /`deal`/,
    },
    {
      code: 'M1202',
      policy: EVENT('visit', '  client: number\n  x = exists(deal of «client»)'),
      related: ['client'],
    },
    { code: 'M1202', policy: EVENT('visit', '  client: text\n  x = exists(«deal.amount» of client)') },
    { code: 'M1202', policy: EVENT('visit', '  client: text\n  x = sum(«deal» of client)') },
    {
      code: 'M1202',
      policy: EVENT('visit', '  client: text\n  x = exists(deal of client within 3 days after «client»)'),
    },
    { code: 'M1302', policy: EVENT('visit', '  client: text\n  x = sum(«deal.cost» of client)') },
    {
      code: 'M1202',
      policy: EVENT('visit', '  client: text\n  x = exists(deal of client within «36 hours» after day)'),
      message: /whole days/,
    },
    {
      code: 'M1302',
      policy: `${EVENT('visit', '  client: text\n  x = count(visit of client within 3 days before day)')}kpi x = sum(«visit.x»)`,
    },
    {
      code: 'M1104',
      policy: EVENT('visit', '  client: text\n  x = «average(deal.amount of client)»'),
      help: /must say its rounding/,
    },
    { code: 'M1104', policy: EVENT('visit', '  x = «who.leads»'), help: /only a credit line/ },
    {
      code: 'M1103',
      policy:
        EVENT('visit', '  x = sum(stop.y of this)') + EVENT('stop', '  visit: visit\n  y = visit.«x» else 0'),
      message: /`visit.x`.*`stop.y`/,
      related: ['y'],
    },
    {
      code: 'M1303',
      policy: EVENT('visit', '  visit_id: text\n  manager: person\n  x = «exists(call of manager)»'),
      related: ['call'],
    },
    { code: 'M1302', policy: 'kpi x = count(call by «ended_at»)', help: /`where ended_at exists`/ },
    { code: 'M1202', policy: 'kpi x = count(deal by «client»)', message: /a date of the event/ },
    { code: 'M1104', policy: EVENT('visit', '  x = «share» * 2'), help: /bonuses per event/ },
    { code: 'M1104', policy: 'kpi x = sum(«deal.amount * share»)', help: /weighs each row/ },
    {
      code: 'M1104',
      policy: 'kpi y = count(deal where share > 50%)\nkpi x = «y[company]»',
      related: ['share'],
    },
    { code: 'M1204', policy: 'kpi x = «percentile(deal.amount)»', message: /a field and a percent/ },
    { code: 'M1202', policy: 'kpi x = percentile(deal.amount, «120%»)' },
    {
      code: 'M1106',
      policy: EVENT('visit', '  a: datetime known\n  «b: datetime known»'),
      message: /^it is said twice when a row became known$/,
      related: ['a: datetime known'],
    },
    { code: 'M1202', policy: EVENT('visit', '  a: «date» known') },
  ],
  currencies: [
    { code: 'M1101', policy: EVENT('visit', '  a: money in «cur»\n  curr: text'), fixed: true },
    { code: 'M1202', policy: EVENT('visit', '  a: money in «n»\n  n: number'), related: ['number'] },
    { code: 'M1202', policy: EVENT('visit', '  a: money in «c»\n  c: text?'), related: ['text?'] },
    {
      code: 'M1202',
      policy: `${EVENT('visit', '  a: money in c\n  c: text')}kpi x = sum(«visit.a»)`,
      help: /`sum\(convert\(visit\.a, to RUB, at …\)\)`/,
    },
    {
      code: 'M1203',
      policy: EVENT('visit', '  a: money in c\n  c: text\n  b: money\n  x = a + «b»'),
      related: ['a'],
    },
    {
      code: 'M1423',
      policy: 'kpi x = sum(«convert(deal.price, to RUB, at closed_on)»)',
      help: /table exchange/,
    },
    { code: 'M1105', policy: 'kpi x = sum(«convert(deal.price, to RUB)»)', message: /`at`/ },
    {
      code: 'M1109',
      policy: `table fx {\n  currency: text key\n  rate: number\n  from: date\n}\nkpi x = sum(convert(deal.price, to «rub», at closed_on))`,
      message: /currency code/,
    },
    { code: 'M1423', policy: ROLE('  bonus b = 5 RUB pays «in EUR»') },
    { code: 'M1104', policy: ROLE('  bonus b = 5 RUB pays «in EUR at posting»'), help: /per event/ },
    { code: 'M1202', policy: ROLE('  bonus b = 5 RUB pays in «person.salary»') },
  ],
  'who is credited': [
    { code: 'M1104', policy: 'credit deal {\n  «to manager 100% also»\n}', message: /`also`/ },
    {
      code: 'M1104',
      policy: `${ROLE('')}credit deal {\n  «to manager 100% in role seller in every role»\n}`,
    },
    {
      code: 'M1104',
      policy: 'credit deal {\n  «to manager.leads else manager rest»\n}',
      message: /`leads`/,
      help: /`extra`/,
    },
    {
      code: 'M1104',
      policy: 'credit deal {\n  to manager 100%\n  «to manager.leads else manager 5% extra as above»\n}',
      message: /`else` after `leads`/,
    },
    { code: 'M1104', policy: 'credit nps {\n  to «person.lead» 100%\n}', help: /no owner/ },
  ],
  calendars: [
    { code: 'M1109', policy: 'calendar c { work «mondy» to friday 09:00 to 18:00 }', fixed: true },
    { code: 'M1426', policy: 'calendar c { «work monday 18:00 to 09:00» }' },
    {
      code: 'M1427',
      policy: 'calendar c {\n  work monday to friday 09:00 to 13:00\n  «work friday 12:00 to 18:00»\n}',
      related: ['work monday to friday 09:00 to 13:00'],
      message: /friday/,
    },
    { code: 'M1426', policy: 'calendar c { «holiday 2026-01-08 until 2026-01-01» }' },
    {
      code: 'M1425',
      policy: 'calendar c { «year starts 2026-02-01, quarters 4, 4, 4 weeks» }',
      message: /12 weeks/,
    },
    {
      code: 'M1101',
      policy: 'kpi x = average(working_time(call.at, call.at, «office»))',
      message: /no calendar/,
    },
    {
      code: 'M1105',
      policy:
        'calendar office { holiday 2026-01-01 }\nkpi x = average(working_time(call.at, call.at, «office»))',
    },
    { code: 'M1204', policy: 'kpi x = average(«working_time(call.at, call.at)»)', help: /, office\)`/ },
  ],
  'curves and rates': [
    {
      code: 'M1415',
      policy: 'rates r whole {\n  from 0% «until 5%»: 1%\n}',
      help: /leave `until 5%` out.*`above 5%: 0%`/,
    },
    {
      code: 'M1415',
      policy: 'rates r whole {\n  from 0% «below 5%»: 1%\n}',
      help: /leave `below 5%` out.*`from 5%: 0%`/,
    },
    { code: 'M1416', policy: 'amounts r {\n  from 0 RUB until 5 RUB: 1 RUB\n  «above 5 RUB»: 2 RUB\n}' },
    { code: 'M1426', policy: 'amounts r {\n  «from 5 RUB until 4 RUB: 1 RUB»\n}' },
    { code: 'M1104', policy: 'rates r whole {\n  from 0%: 1%\n  from 5%: «2%» on all\n}' },
    { code: 'M1104', policy: 'amounts r {\n  from 0 RUB until 5 RUB: 1 RUB\n}\nlet x = «r.rate»(revenue)' },
    {
      code: 'M1417',
      policy: 'curve c linear {\n  0%: 0%\n  «up to 95%: 40%»\n  100%: 60%\n}',
      help: /`95%: …`/,
    },
    { code: 'M1104', policy: 'curve c steps {\n  0%: 0%\n  «up to 95%: 40%»\n  95%: 60%\n}' },
    { code: 'M1412', policy: 'curve c linear {\n  0%: 0%\n  above: 1% more per «0%»\n}' },
    { code: 'M1202', policy: 'curve c linear {\n  0%: «bronze»\n  5%: silver\n}', help: /curve c steps/ },
    { code: 'M1104', policy: 'curve c steps {\n  0%: bronze\n  «above: 1% more per 1%»\n}' },
    { code: 'M1202', policy: 'let x = ladder(revenue of «calls»)', related: ['revenue'] },
    {
      code: 'M1202',
      policy: 'let x = ladder(«revenue» of revenue)',
      message: /found a percent/,
      related: ['ladder'],
    },
    { code: 'M1202', policy: 'let x = ladder(revenue, after «calls»)' },
    { code: 'M1104', policy: 'let x = standard(50%, after «10%»)', help: /only an amount/ },
    { code: 'M1104', policy: 'let x = abs(revenue of «revenue»)', message: /`of` in `abs`/ },
    { code: 'M1104', policy: 'let x = abs(revenue, at «period.end»)' },
    {
      code: 'M1104',
      policy: 'let x = abs(«revenue each month»)'.replace('«revenue each month»', 'revenue «each month»'),
    },
  ],
  grids: [
    {
      code: 'M1420',
      policy: GRID('  «from 0% | 1%»'),
      related: ['from 0 RUB'],
      message: /1 value for 2 columns/,
    },
    {
      code: 'M1421',
      policy: GRID('  «from 0%», from 5% | 1% | 2%'),
      message: /begins with 2 keys, and its grid asks for 1/,
      help: /a key for `region` alone: the columns are for `amount`/,
    },
    {
      code: 'M1421',
      policy: 'grid g by region, fit, amount {\n  | from 0 RUB\n  «north» | 1%\n}\n',
      help: /a key for `region` and one for `fit`, with a comma between them/,
    },
    { code: 'M1418', policy: GRID('  from 5% | 1% | 2%\n  «from 0%» | 1% | 2%'), related: ['from 5%'] },
    { code: 'M1419', policy: GRID('  «junior» | 1% | 2%'), message: /`senior`/ },
    { code: 'M1419', policy: GRID('  «north» | 1% | 2%'), message: /other texts/ },
    {
      code: 'M1102',
      policy: GRID('  junior | 1% | 2%\n  «junior» | 1% | 2%\n  otherwise | 1% | 2%'),
      related: ['junior'],
    },
    {
      code: 'M1202',
      policy: GRID('  junior | 1% | 2%\n  «from 0%» | 1% | 2%\n  otherwise | 1% | 2%'),
      related: ['junior'],
    },
    { code: 'M1202', policy: GRID('  from 0% | 1% | «5 RUB»'), related: ['1%'] },
    { code: 'M1102', policy: 'grid g by a, «a» {\n  | from 0%\n  from 0% | 1%\n}', related: ['a'] },
    {
      code: 'M1204',
      policy: `${GRID('  from 0% | 1% | 2%')}let x = «g(50%)»`,
      message: /`region`, `amount`/,
    },
    { code: 'M1202', policy: `${GRID('  from 0% | 1% | 2%')}let x = g(50%, «calls»)`, related: ['g'] },
    { code: 'M1104', policy: `${GRID('  from 0% | 1% | 2%')}let x = «g»`, message: /the grid `g`/ },
    {
      code: 'M1102',
      policy: `grid «revenue» by a, b {\n  | from 0%\n  from 0% | 1%\n}`,
      related: ['revenue'],
    },
  ],
  'bonuses per event': [
    {
      code: 'M1422',
      policy: `credit deal {\n  to manager 70%\n  to manager rest\n}\n${ROLE('  bonus b per deal = «deal.amount * 2%»')}`,
      related: ['to manager 70%'],
      help: /`\(deal\.amount \* 2%\) \* share`/,
    },
    { code: 'M1301', policy: ROLE('  bonus b per deal = amount - «cost»') },
    { code: 'M1202', policy: ROLE('  bonus b per deal = «closed_on»'), message: /an amount in RUB/ },
    { code: 'M1101', policy: ROLE('  bonus b per deal = deal.«amont» * 2%'), fixed: true },
    { code: 'M1206', policy: ROLE('  bonus b per deal = «amount / 3»') },
    { code: 'M1413', policy: ROLE('  bonus b per «nps» = 5 RUB') },
    { code: 'M1104', policy: ROLE('  bonus «b» prorated per deal = amount * 2%'), message: /`prorated`/ },
    { code: 'M1104', policy: ROLE('  bonus b = 5 RUB first «10»'), help: /per deal/ },
    { code: 'M1202', policy: ROLE('  bonus b per deal = amount * 2% first «1.5»') },
    { code: 'M1104', policy: ROLE('  bonus b = «before(5 RUB)»'), help: /per deal/ },
    { code: 'M1302', policy: ROLE('  bonus b per deal = before(«cost»)') },
    { code: 'M1202', policy: ROLE('  bonus b per deal = before(«client»)') },
    { code: 'M1104', policy: ROLE('  bonus b = 5 RUB payable «as call.length of amount»') },
    {
      code: 'M1105',
      policy: ROLE('  bonus b per deal = amount * 2% payable as call.length of amount')
        .replace('role', `${EVENT('«pay_in»', '  a: money')}role`)
        .replace('call.length', 'pay_in.a'),
      help: /`deal: deal`/,
    },
    {
      code: 'M1202',
      policy: `${EVENT('pay_in', '  order: deal\n  a: money')}${ROLE('  bonus b per deal = amount * 2% payable as pay_in.a of «client»')}`,
      related: ['pay_in.a'],
    },
  ],
  terms: [
    {
      code: 'M1202',
      policy: ROLE('  bonus b = 5 RUB pays in «0» monthly parts'),
      message: /whole number from 1/,
    },
    { code: 'M1202', policy: ROLE('  bonus b = 5 RUB pays «3 days» later'), message: /`3 months`/ },
    { code: 'M1202', policy: ROLE('  bonus b = 5 RUB holds «120%» for 3 months') },
    { code: 'M1202', policy: ROLE('  bonus b = 5 RUB holds 20% for «3 days»') },
    { code: 'M1104', policy: ROLE('  bonus «b» = 5 RUB forfeited on leaving') },
    { code: 'M1202', policy: ROLE('  bonus b = 5 RUB floor «3»') },
    { code: 'M1202', policy: ROLE('  floor «3»') },
    { code: 'M1301', policy: ROLE('  floor 5 RUB * «conversion»'), message: /a floor/ },
    { code: 'M1202', policy: ROLE('  draw «3»') },
    { code: 'M1109', policy: ROLE('  draw 3 RUB per «weeek»'), message: /a length of time/ },
    { code: 'M1104', policy: ROLE('  draw 3 RUB recovered «from month 4»'), help: /`recoverable`/ },
    { code: 'M1202', policy: ROLE('  draw 3 RUB recoverable recovered from month «0»') },
    {
      code: 'M1433',
      policy: `${WORLD.replace(/ {2}effective.*\n/, '')}${ROLE('  bonus b = 5 RUB\n  «draw 3 RUB recoverable»')}`,
      help: /effective from/,
    },
    {
      code: 'M1433',
      policy: `${WORLD.replace(/ {2}effective.*\n/, '')}${ROLE('  bonus b = 5 RUB\n  «cap 3 RUB carry excess»')}`,
    },
    { code: 'M1202', policy: ROLE('  ramp 25%, «5 RUB»') },
    { code: 'M1109', policy: ROLE('  prorate by «working»'), message: /a way to prorate/ },
    { code: 'M1105', policy: ROLE('  prorate by «working days»'), message: /no calendar/ },
    { code: 'M1202', policy: POLICY('cap «3»') },
    {
      code: 'M1301',
      policy: `${WORLD.replace('  effective', '  gate «conversion» >= 5%\n  effective')}${ROLE('  bonus b gated = 5 RUB')}`,
    },
    { code: 'M1202', policy: POLICY('corrections within «3 hours»') },
    { code: 'M1202', policy: POLICY('takes back at most «120%» of pay') },
    { code: 'M1202', policy: POLICY('reopens from «5»') },
    { code: 'M1434', policy: POLICY('reopens from «2026-02-15»') },
  ],
  targets: [
    { code: 'M1426', policy: ROLE('  target calls within 5 .. «3»') },
    { code: 'M1202', policy: ROLE('  target calls within 5 .. «3 RUB»') },
    {
      code: 'M1432',
      policy: ROLE('  «target revenue 5 RUB when person.region is "South"»\n  target revenue 9 RUB'),
      message: /`revenue` never counts/,
      related: ['target revenue 9 RUB'],
    },
    {
      code: 'M1432',
      policy: 'for person anna {\n  «target calls 5»\n  target calls 9\n}',
      related: ['target calls 9'],
    },
    {
      code: 'M1425',
      policy: ROLE('  target calls 100 per year spread «15%, 25%, 25%, 30%»'),
      message: /95%/,
    },
    {
      code: 'M1202',
      policy: ROLE('  target calls 100 per year spread «50%, 50%»'),
      message: /4 or 12 shares/,
    },
    {
      code: 'M1104',
      policy: ROLE('  target calls within 3 .. 5\n  «target calls 4 when person.region is "South"»'),
      help: /averaged by days/,
      related: ['target calls within 3 .. 5'],
    },
    {
      code: 'M1104',
      policy: `${ROLE('  target calls within 3 .. 5')}for person anna {\n  «target calls 4»\n}`,
      related: ['target calls within 3 .. 5'],
    },
    {
      code: 'M1104',
      policy: 'kpi a {\n  value sum(deal.amount)\n  attainment = actual / target * «conversion»\n}',
      help: /of `actual`, `target`, amounts and tables alone/,
    },
    { code: 'M1105', policy: ROLE('  target calls 100 spread «evenly»'), message: /no length/ },
    { code: 'M1104', policy: ROLE('  target conversion 5% per year spread «evenly»') },
    { code: 'M1101', policy: ROLE('  target revenue from «market2»') },
    {
      code: 'M1202',
      policy: `table q {\n  town: text key\n  revenue: money\n}\n${ROLE('  target revenue from «q»')}`,
      related: ['town'],
    },
    {
      code: 'M1105',
      policy: `table q {\n  seller: person key\n  n: text\n}\n${ROLE('  target revenue from «q»')}`,
      message: /no column `revenue`/,
    },
    { code: 'M1101', policy: 'for person anna {\n  target «revenu» 5 RUB\n}', fixed: true },
    { code: 'M1202', policy: 'for team "North" {\n  target revenue «5»\n}', related: ['revenue'] },
    {
      code: 'M1424',
      policy:
        'for person anna from 2026-03-01 {\n  target revenue 5 RUB\n}\nfor person anna until 2026-03-01 {\n  «target revenue 6 RUB»\n}',
      related: ['target revenue 5 RUB'],
      message: /`anna`/,
    },
    {
      code: 'M1426',
      policy: 'for person anna from «2026-03-01 until 2026-02-01» {\n  target revenue 5 RUB\n}',
    },
    { code: 'M1301', policy: 'for person anna {\n  target revenue «market["x"].size»\n}' },
  ],
  'what a KPI says of itself': [
    { code: 'M1202', policy: 'kpi x = count(call) {\n  attainment = «actual > target»\n}' },
    { code: 'M1101', policy: 'kpi x = count(call) {\n  attainment = «actul» / target\n}' },
    {
      code: 'M1428',
      policy: 'kpi x = count(call) {\n  status green from 70%, amber from «80%»\n}',
      related: ['70%'],
    },
    { code: 'M1202', policy: 'kpi x = count(call) {\n  status green from «5 RUB», amber from 80%\n}' },
    {
      code: 'M1301',
      policy: `kpi x = count(call) {\n  attainment = target / actual\n}\n${ROLE('  target x 5\n  scorecard { «x 100%» }')}`,
    },
  ],
  'other periods': [
    { code: 'M1301', policy: ROLE('  bonus b = «previous(revenue)» * 2%'), help: /else 0 RUB/ },
    { code: 'M1104', policy: ROLE('  target revenue «previous(revenue)»') },
    {
      code: 'M1302',
      policy: 'kpi x = average(«conversion» each month)',
      message: /months in which `conversion` is missing/,
    },
    { code: 'M1202', policy: 'kpi x = count(«revenue» each month)', message: /a condition/ },
    { code: 'M1411', policy: 'kpi x = sum(revenue each «week»)' },
    { code: 'M1202', policy: ROLE('  bonus b = 5 RUB when streak(«revenue») is 3') },
    { code: 'M1304', policy: 'let x = (previous(«x») else 0 RUB) + revenue', help: /`round\(/ },
    {
      code: 'M1301',
      policy: 'let x = round(«previous(x)» + revenue to 0.01 RUB)',
      message: /reads its own past/,
    },
    { code: 'M1103', policy: 'let x = «x» + sum(revenue each earlier month)[ytd]' },
    { code: 'M1103', policy: ROLE('  bonus b = sum(«b» each month)') },
    { code: 'M1104', policy: ROLE('  bonus a = 5 RUB\n  bonus b = «a[previous]»'), help: /`previous\(a\)`/ },
    {
      code: 'M1104',
      policy: ROLE('  bonus q per quarter = 5 RUB\n  bonus b = «q» * 2'),
      help: /per quarter too/,
    },
    {
      code: 'M1104',
      policy: ROLE('  bonus q = 5 RUB\n  bonus b per quarter = «q» * 2'),
      help: /`sum\(q each month\)`/,
    },
  ],
  'people among people': [
    {
      code: 'M1104',
      policy: 'let x = sum(revenue each earlier «month»)',
      help: /how far back, `sum\(revenue each earlier month\)\[ytd\]`/,
    },
    { code: 'M1104', policy: 'let x = sum(revenue each «quarter»)', help: /each month/ },
    { code: 'M1104', policy: 'let x = sum(revenue each «quarter»)[trailing 4 months]' },
    { code: 'M1104', policy: 'kpi x = «rank(revenue)»[team]' },
    {
      code: 'M1103',
      policy: ROLE(
        '  bonus a = 5 RUB when (rank(b) else 9) is 1\n  bonus b = 6 RUB when (rank(«a») else 9) is 1',
      ),
      message: /`a` → `b` → `a`/,
    },
    {
      code: 'M1103',
      policy: 'kpi a = total(b) * 1\nkpi b = (rank(«a») else 0) + 1',
      message: /`a` → `b` → `a`/,
    },
    { code: 'M1301', policy: ROLE('  bonus b = total(«conversion»)') },
    {
      code: 'M1103',
      policy:
        'role hunter { bonus a = 5 RUB when (rank(b of farmer) else 9) is 1 }\nrole farmer { bonus b = 5 RUB when (rank(«a» of hunter) else 9) is 1 }',
      message: /`a` → `b` → `a`/,
    },
    {
      code: 'M1104',
      policy:
        'role hunter {\n  bonus a = 5 RUB when (rank(«b») else 9) is 1\n  bonus b = 5 RUB\n}\nrole senior extends hunter { bonus b per quarter = 5 RUB }',
      message: /per quarter/,
    },
    {
      code: 'M1104',
      policy: 'role hunter { bonus a = 5 RUB when (rank(«score» of farmer) else 9) is 1 }\nrole farmer { }',
      message: /score/,
    },
    {
      code: 'M1104',
      policy: ROLE('  bonus q per quarter = sum(«q» each earlier month)[ytd]'),
      help: /per month/,
    },
    { code: 'M1202', policy: 'kpi x = rank(«calls > 5»)' },
    { code: 'M1301', policy: 'kpi x = total(«conversion»)' },
    { code: 'M1101', policy: 'kpi x = total(revenue of «seler»)' },
    { code: 'M1101', policy: AWARD('  to «seler»\n  gives 5 RUB'), fixed: true },
    { code: 'M1101', policy: AWARD('  to top 1 of seller by «revenu»\n  gives 5 RUB'), fixed: true },
    { code: 'M1202', policy: AWARD('  to top «0» of seller by revenue\n  gives 5 RUB') },
    { code: 'M1104', policy: AWARD('  to «seller split among ties»\n  gives 5 RUB') },
    {
      code: 'M1301',
      policy: AWARD('  to seller\n  when «conversion» > 5%\n  gives 5 RUB'),
      message: /this award/,
    },
    { code: 'M1202', policy: AWARD('  to seller\n  gives «5»') },
    { code: 'M1410', policy: AWARD('  to seller\n  gives «5 EUR»') },
    { code: 'M1202', policy: AWARD('  to seller\n  gives badge «5»'), message: /the name of the badge/ },
    { code: 'M1202', policy: AWARD('  to seller\n  gives points «5%»') },
    { code: 'M1301', policy: AWARD('  to seller\n  gives 5 RUB * «conversion»'), message: /a prize/ },
    {
      code: 'M1102',
      policy: `${AWARD('  to seller\n  gives 5 RUB')}level «a» { to seller, when calls > 5 }`,
      related: ['a'],
    },
    { code: 'M1202', policy: `${ROLE('')}level a { to seller, when «calls» }` },
    { code: 'M1104', policy: POOL('10% * «revenue»', '  shared equally'), help: /`revenue\[company\]`/ },
    { code: 'M1202', policy: POOL('«calls[company]»', '  shared equally') },
    { code: 'M1301', policy: POOL('5 RUB', '  shared by «conversion»') },
    { code: 'M1202', policy: POOL('5 RUB', '  shared by «calls > 5»') },
    {
      code: 'M1103',
      policy: `${ROLE('  bonus b = gift')}pool gift = 5 RUB {\n  to seller\n  shared by «b»\n}`,
      related: ['gift'],
    },
    {
      code: 'M1102',
      policy: `${ROLE('')}pool «revenue» = 5 RUB {\n  to seller\n  shared equally\n}`,
      related: ['revenue'],
    },
  ],
  proof: [
    { code: 'M1101', policy: TEST('  «dael» { amount 5 RUB }'), message: /event or table/, fixed: true },
    { code: 'M1101', policy: TEST('  deal { «amont» 5 RUB }'), fixed: true },
    { code: 'M1101', policy: TEST('  deal { manager «ana» }'), message: /person of this test/, fixed: true },
    { code: 'M1101', policy: TEST('  person boris { role «seler» }'), fixed: true },
    { code: 'M1104', policy: TEST('  deal { «is_won» true }'), help: /worked out/ },
    { code: 'M1202', policy: TEST('  deal { amount «5» }') },
    { code: 'M1109', policy: TEST('  deal { status «wn» }'), fixed: true },
    { code: 'M1106', policy: TEST('  deal { amount 5 RUB, «amount» 6 RUB }'), related: ['amount'] },
    { code: 'M1205', policy: TEST('  deal { amount 5 RUB * «n» }') },
    { code: 'M1104', policy: TEST('  deal { closed_on 2026-01-01 every «2 days» }'), help: /12 deals/ },
    { code: 'M1104', policy: TEST('  3 deals { amount 5 RUB every «2 days» }'), help: /`n`/ },
    { code: 'M1104', policy: TEST('  deal «d1» { amount 5 RUB }') },
    { code: 'M1101', policy: TEST('  expect «ana» in 2026-01 { calls is 5 }'), fixed: true },
    { code: 'M1202', policy: TEST('  expect anna in «5 RUB» { calls is 5 }'), message: /a period/ },
    { code: 'M1101', policy: TEST('  expect anna in 2026-01 { «cals» is 5 }'), fixed: true },
    { code: 'M1202', policy: TEST('  expect anna in 2026-01 { «calls» }') },
    {
      code: 'M1101',
      policy: `${TEST('  person zoe { team "x" }\n  expect zoe in 2026-01 { «b» is 5 RUB }')}`,
    },
    { code: 'M1102', policy: `${TEST('')}test «"t"» { }`, related: ['"t"'] },
    { code: 'M1202', policy: 'invariant "i" { «revenue» }' },
    { code: 'M1101', policy: 'invariant "i" { pay is nondecreasing in «revenu» }', fixed: true },
    {
      code: 'M1202',
      policy: 'invariant "i" { pay is nondecreasing in «revenue * 2» }',
      message: /which varies/,
    },
    {
      code: 'M1426',
      policy: 'invariant "i" {\n  «given revenue from 5 RUB until 0 RUB»\n  revenue >= 0 RUB\n}',
    },
    {
      code: 'M1202',
      policy: 'invariant "i" {\n  given revenue from «5»\n  revenue >= 0 RUB\n}',
      related: ['revenue'],
    },
    { code: 'M1105', policy: 'invariant "i" {\n  «given revenue»\n  revenue >= 0 RUB\n}' },
  ],
};

function whole(policy: string): string {
  return policy.startsWith('policy') ? policy : WORLD + policy;
}

describe.each(Object.entries(CASES))('%s', (_, cases) => {
  test.each(cases.map((each) => [`${each.code} ${each.policy.replaceAll('\n', ' ')}`, each] as const))(
    '%s',
    (_name, each) => {
      const at = /«([^»]*)»/.exec(each.policy)![1]!;
      expectError(whole(each.policy).replace('«', '').replace('»', ''), each.code, { ...each, at });
    },
  );
});

test('every code of these rules has a case', () => {
  const source = readFileSync(new URL('../../src/check/rule-messages.ts', import.meta.url), 'utf8');
  const codes = [...source.matchAll(/'(M1\d{3})'/g)].map((each) => each[1]!);
  const seen = new Set(
    Object.values(CASES)
      .flat()
      .map((each) => each.code),
  );
  expect(codes.filter((code) => !seen.has(code))).toEqual([]);
});
