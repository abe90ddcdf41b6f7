// Every code of the checker: the place it marks, what it says and what it tells to write instead. Marked places are
// between « and »; a case is one policy with one mistake, so follow-ups fail it.

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { check } from '../../src/check/check.ts';
import { type Expected, errorsOf, expectError, HEAD, WORLD } from './helpers.ts';

interface Case extends Omit<Expected, 'at'> {
  readonly code: string;
  /** After the small world, or whole where it begins with `policy`. */
  readonly policy: string;
}

const EVENT = (name: string, lines = ''): string => `event ${name} {
  id: text key
  day: date posts
  manager: person owner
${lines}
}
`;
const ROLE = (lines: string): string => `role seller {\n${lines}\n}\n`;

/** So many values, each from the one before; the last one's name as given. */
function chain(length: number, last: string): string {
  const lines = Array.from(
    { length: length - 1 },
    (_, n) => `let l${n} = ${n === 0 ? '1' : `l${n - 1} + 1`}`,
  );
  return [...lines, `let ${last} = l${length - 2} + 1`].join('\n');
}

const CASES: readonly Case[] = [
  // ---- names
  { code: 'M1101', policy: 'kpi x = «revenu» * 2', help: /did you mean `revenue`/, fixed: true },
  { code: 'M1101', policy: 'kpi x = sum(deal.«amout»)', message: /no field of `deal`/, fixed: true },
  { code: 'M1101', policy: 'kpi x = sum(«dael».amount)', message: /no event/, fixed: true },
  { code: 'M1101', policy: 'kpi x = «summ»(deal.amount)', message: /no function/, fixed: true },
  {
    code: 'M1101',
    policy: ROLE('bonus b = person.«salry» * 2'),
    message: /no attribute of `person`/,
    fixed: true,
  },
  { code: 'M1101', policy: ROLE('target «revenu» 5 RUB'), message: /no KPI/, fixed: true },
  {
    code: 'M1101',
    policy: ROLE('target revenue 5 RUB\nscorecard { revenue 100% on «standart» }'),
    fixed: true,
  },
  { code: 'M1101', policy: `role a extends «selle» { }\n${ROLE('')}`, message: /no role/, fixed: true },
  { code: 'M1101', policy: 'credit «dial» { to manager 100% }', message: /no event/ },
  { code: 'M1101', policy: 'kpi x = sum(deal.amount as «care»)', message: /no credit line of `deal`/ },
  {
    code: 'M1101',
    policy: ROLE('bonus b = «markt»["South"].size else 0 RUB'),
    message: /no table/,
    fixed: true,
  },
  {
    code: 'M1101',
    policy: ROLE('bonus b = market["South"].«sise» else 0 RUB'),
    message: /no column/,
    fixed: true,
  },
  { code: 'M1101', policy: 'kpi x = ladder.«rat»(revenue)', message: /no reading of `ladder`/, fixed: true },
  { code: 'M1102', policy: 'kpi «revenue» = count(call)', related: ['revenue'] },
  { code: 'M1102', policy: 'rates «revenue» whole {\n  from 0: 1%\n}', related: ['revenue'] },
  { code: 'M1102', policy: ROLE('bonus «revenue» = calls * 2 RUB'), related: ['revenue'] },
  { code: 'M1102', policy: EVENT('visit', '  x: text\n  «x»: number'), related: ['x'] },
  { code: 'M1102', policy: EVENT('visit', '  x: text\n  «x» = day is 2026-01-01'), related: ['x'] },
  { code: 'M1102', policy: EVENT('visit', '  x: a | b | «a»'), related: ['a'] },
  { code: 'M1102', policy: `${ROLE('')}role «seller» { }`, related: ['seller'] },
  {
    code: 'M1102',
    policy: ROLE('target calls 5\nscorecard {\n  calls 50% on standard\n  «calls» 50% on standard\n}'),
    related: ['calls'],
  },
  { code: 'M1103', policy: 'kpi a = b + 1\nkpi b = «a» + 1', message: /`a` → `b` → `a`/, related: ['b'] },
  { code: 'M1103', policy: 'let a = b + 1\nkpi b = «a» + 1', related: ['b'] },
  { code: 'M1103', policy: 'kpi a = «a» + 1' },
  { code: 'M1110', policy: chain(201, '«l200»') },
  { code: 'M1103', policy: EVENT('visit', '  a = b\n  b = «a»'), message: /`visit.a`/, related: ['b'] },
  { code: 'M1103', policy: ROLE('bonus a = b\nbonus b = «a»'), message: /`a` → `b` → `a`/, related: ['b'] },
  { code: 'M1103', policy: ROLE('bonus a = 5 RUB cap «a»') },
  {
    code: 'M1103',
    policy: ROLE('gate «a» >= 1 RUB\nbonus a gated = 5 RUB'),
    message: /`gate`/,
    related: ['a'],
  },
  {
    code: 'M1103',
    policy: 'role a extends «b» { }\nrole b extends a { }\nrole c extends a { }',
    related: ['b'],
  },
  { code: 'M1104', policy: 'kpi x = sum(deal.amount where «revenue» > 5 RUB)', help: /fields of the event/ },
  { code: 'M1104', policy: 'kpi x = «deal.amount»', help: /`sum\(deal\.amount\)`/ },
  { code: 'M1104', policy: 'kpi x = «amount»', help: /`sum\(deal\.amount\)`/ },
  { code: 'M1104', policy: 'kpi x = «ladder»', help: /`ladder\(revenue\)`/ },
  { code: 'M1104', policy: 'kpi x = «ladder.rate»', help: /`ladder\.rate\(revenue\)`/ },
  { code: 'M1104', policy: 'kpi x = «market»', help: /`market\[…\]\.…`/ },
  { code: 'M1104', policy: 'kpi x = «score»', help: /in a bonus/ },
  { code: 'M1104', policy: ROLE('bonus b = 5 RUB * «score»'), help: /has no scorecard/ },
  { code: 'M1104', policy: ROLE('target revenue «revenue»'), help: /set before the period/ },
  { code: 'M1104', policy: ROLE('target calls «target(calls)»'), help: /in a KPI, gate or bonus/ },
  {
    code: 'M1104',
    policy: ROLE('«target conversion 5% adds up»'),
    message: /`adds up`/,
  },
  { code: 'M1104', policy: 'kpi x = «sum(distinct deal.amount)»', help: /count\(distinct/ },
  { code: 'M1104', policy: 'kpi x = abs(revenue where «calls > 5»)', message: /`where` in `abs`/ },
  { code: 'M1104', policy: 'kpi x = max(revenue, 5 RUB as «care»)', message: /`as` in `max`/ },
  { code: 'M1104', policy: 'kpi x = sum(deal.amount to «5»)', message: /`to` in `sum`/ },
  {
    code: 'M1104',
    policy: 'kpi x = sum(deal.amount where person.region is "South")\nkpi y = «x[company]»',
    help: /credited/,
    related: ['person.region'],
  },
  { code: 'M1104', policy: 'let x = calls * person.salary\nkpi y = «x[team]»', related: ['person.salary'] },
  {
    code: 'M1104',
    policy: 'let x = calls when period.start > 2026-05-01 otherwise 0\nkpi y = «x[previous]»',
    related: ['period.start'],
  },
  { code: 'M1104', policy: EVENT('visit', '  x = «person.region» is "South"'), help: /only in totals/ },
  { code: 'M1104', policy: 'kpi x = «nth(by client)»', help: /a field of the event/ },
  {
    code: 'M1104',
    policy: ROLE('bonus b = market["South" at «period.end»].size else 0 RUB'),
    message: /`at`/,
  },
  { code: 'M1104', policy: 'table t {\n  k: text key\n  «v: number owner»\n}', message: /`owner`/ },
  {
    code: 'M1105',
    policy: HEAD.replace('  currency RUB\n', '').replace('policy p', 'policy «p»'),
    help: /currency RUB/,
  },
  { code: 'M1105', policy: HEAD.replace('  period month\n', '').replace('policy p', 'policy «p»') },
  { code: 'M1105', policy: HEAD.replace(/ {2}timezone.*\n/, '').replace('policy p', 'policy «p»') },
  { code: 'M1105', policy: 'event «visit» {\n  day: date posts\n}', help: /`id: text key`/ },
  { code: 'M1105', policy: 'event «visit» {\n  id: text key\n}', help: /`closed_on: date posts`/ },
  { code: 'M1105', policy: 'table «t» {\n  v: number\n}', message: /no key/ },
  { code: 'M1105', policy: 'kpi x = «round(revenue)»', help: /`round\(x to 0\.01\)`/ },
  {
    code: 'M1105',
    policy: ROLE('bonus b = 5 RUB when «care["x"]».farmer is person.id'),
    help: /\[… at period\.end\]/,
  },
  {
    code: 'M1105',
    policy: 'credit deal {\n  to manager 100%\n  «to opener 30% extra»\n}',
    help: /extra as care/,
  },
  { code: 'M1106', policy: `policy «q» {\n  currency RUB\n}`, related: ['p'] },
  {
    code: 'M1106',
    policy: 'kpi x = revenue[team, «company»]',
    message: /^it is said twice whose results are meant$/,
    related: ['team'],
  },
  {
    code: 'M1106',
    policy: 'kpi x = revenue[ytd, «previous»]',
    message: /^it is said twice which days are meant$/,
    related: ['ytd'],
  },
  {
    code: 'M1106',
    policy: 'credit deal {\n  to manager rest\n  «to manager rest»\n}',
    message: /^`rest` is/,
  },
  { code: 'M1107', policy: EVENT('«month»'), message: /a length of time/ },
  { code: 'M1107', policy: EVENT('«person»') },
  { code: 'M1107', policy: 'rates «max» whole {\n  from 0: 1%\n}', message: /a function/ },
  { code: 'M1107', policy: 'kpi «score» = count(call)' },
  {
    code: 'M1109',
    policy: 'kpi x = count(deal where status is «wonn»)',
    message: /^`wonn` isn't a word of `status`$/,
    help: /did you mean `won`/,
    fixed: true,
  },
  { code: 'M1109', policy: 'kpi x = revenue[«teem»]', fixed: true },
  { code: 'M1109', policy: ROLE('bonus b per «quater» = 5 RUB'), fixed: true },
  { code: 'M1109', policy: HEAD.replace('RUB', '«rubles»') },
  { code: 'M1109', policy: HEAD.replace('month', '«mont»'), fixed: true },
  // ---- types
  { code: 'M1201', policy: EVENT('visit', '  x: «mony»\n  y = x * 2\n  z = x > 5 RUB'), fixed: true },
  { code: 'M1202', policy: 'kpi x = sum(«deal.client»)', message: /expected a number/ },
  { code: 'M1202', policy: 'kpi x = count(deal where «amount»)', message: /expected a condition/ },
  {
    code: 'M1202',
    policy: ROLE('bonus b = «calls * 2»'),
    message: /expected an amount in RUB, found a number/,
    help: /write `500 RUB` in place of `500`/,
  },
  { code: 'M1202', policy: ROLE('target revenue «400»'), related: ['revenue'] },
  { code: 'M1202', policy: ROLE('target calls «40%»'), message: /expected a count/, related: ['calls'] },
  { code: 'M1202', policy: 'kpi last = max(deal.closed_on)\nrole r {\n  target «last» 2026-01-01\n}' },
  { code: 'M1202', policy: 'let x = period.start + «4 hours»', message: /whole days/ },
  {
    code: 'M1202',
    policy: 'kpi x = ladder(«calls»)',
    message: /expected an amount in RUB/,
    related: ['ladder'],
  },
  { code: 'M1202', policy: 'kpi x = standard(«calls»)', message: /expected a percent, found a count/ },
  { code: 'M1202', policy: ROLE('target revenue 5 RUB\nscorecard { revenue 100% on «standard» of value }') },
  { code: 'M1202', policy: ROLE('scorecard { calls 100% on «standard» of value }') },
  { code: 'M1202', policy: 'curve c linear {\n  0%: 0%\n  «5 RUB»: 100%\n}', related: ['0%'] },
  { code: 'M1202', policy: 'rates r whole {\n  from 0 RUB: 1%\n  from «5 EUR»: 2%\n}', related: ['0 RUB'] },
  { code: 'M1202', policy: EVENT('visit', '  x: money from «5 EUR»'), related: ['money'] },
  { code: 'M1202', policy: EVENT('visit').replace('date posts', '«text» posts') },
  { code: 'M1202', policy: 'credit deal {\n  to «client» 100%\n}', message: /expected a person/ },
  { code: 'M1202', policy: 'credit deal {\n  to manager «130%»\n}', message: /found 130%/ },
  { code: 'M1202', policy: 'table t {\n  k: «text?» key\n  v: number\n}' },
  { code: 'M1202', policy: 'kpi x = revenue[«by client»]' },
  {
    code: 'M1203',
    policy: 'kpi x = revenue + «calls»',
    message: /cannot add a number, from `calls`, to an amount in RUB, from `revenue`$/,
    related: ['revenue'],
  },
  {
    code: 'M1203',
    policy: 'kpi x = revenue + «10%»',
    help: /`revenue \* \(100% \+ 10%\)`/,
    related: ['revenue'],
  },
  {
    code: 'M1203',
    policy: 'kpi x = calls + «10%»',
    message: /a percent to a count/,
    help: /`calls \* \(100% \+ 10%\)`/,
    related: ['calls'],
  },
  {
    code: 'M1203',
    policy: ROLE('bonus b = 5 RUB when calls >= «10%»'),
    message: /compare/,
    related: ['calls'],
  },
  {
    code: 'M1203',
    policy: 'kpi x = sum(deal.price) + «revenue»',
    help: /convert/,
    related: ['sum(deal.price)'],
  },
  { code: 'M1203', policy: 'kpi x = revenue * «revenue»', related: ['revenue'] },
  {
    code: 'M1203',
    policy: 'kpi x = calls * revenue - «deals»',
    message: /^cannot subtract a number, from `deals`, from an amount in RUB$/,
    related: ['calls * revenue'],
  },
  {
    code: 'M1203',
    policy: 'kpi x = revenue[previous] else «10%»',
    message: /^`else` needs the same kind of value: an amount in RUB, found a percent$/,
    related: ['revenue[previous]'],
  },
  { code: 'M1203', policy: 'kpi x = count(deal where amount > «5»)', help: /`5 RUB`/, related: ['amount'] },
  {
    code: 'M1203',
    policy: 'kpi x = count(deal where status is «"wonn"»)',
    help: /its words are `won`, `lost`, `open`/,
    related: ['status'],
  },
  { code: 'M1203', policy: 'kpi x = count(call where at > «2026-01-01»)', related: ['at'] },
  { code: 'M1204', policy: 'kpi x = «abs(revenue, 5 RUB)»', help: /`abs\(revenue\)`/ },
  { code: 'M1204', policy: 'kpi x = «attainment(revenue, calls)»', help: /`attainment\(revenue\)`/ },
  { code: 'M1204', policy: ROLE('bonus b = «market["a", "b"]».size else 0 RUB'), help: /one key/ },
  { code: 'M1205', policy: 'curve c linear {\n  0%: 0%\n  «revenue»: 100%\n}' },
  { code: 'M1206', policy: 'kpi x = sum(«deal.amount / 2»)' },
  { code: 'M1206', policy: EVENT('visit', '  n: number\n  x = «n / 2»'), help: /`round\(… to 0\.0001\)`/ },
  { code: 'M1207', policy: 'kpi x = sum(«amount»)', help: /`sum\(deal\.amount\)`/ },
  {
    code: 'M1208',
    policy: 'kpi x = sum(deal.amount * «call».length)',
    message: /^a total looks at one kind of event/,
    help: /one total for `deal` and one for `call`/,
    related: ['deal'],
  },
  { code: 'M1208', policy: 'kpi x = count(deal where «call».length > 5 hours)' },
  {
    code: 'M1209',
    policy: 'kpi share = revenue / revenue[company]\nkpi x = «share[team]»',
    message: /`share` already has a scope/,
    related: ['revenue[company]'],
  },
  {
    code: 'M1209',
    policy: 'kpi growth = revenue / revenue[previous] - 1\nkpi x = «growth[ytd]»',
    related: ['revenue[previous]'],
  },
  {
    code: 'M1209',
    policy: 'kpi growth = revenue / revenue[previous] - 1\nlet y = growth * 2\nkpi x = «y[ytd]»',
    related: ['revenue[previous]'],
  },
  // ---- missing
  { code: 'M1301', policy: ROLE('bonus b = 5 RUB * «conversion»'), help: /`\(conversion else 0%\)`/ },
  { code: 'M1301', policy: ROLE('gate «conversion» >= 10%'), message: /a gate/ },
  {
    code: 'M1301',
    policy: ROLE('target conversion 5%\nscorecard { «conversion 100% on standard» }'),
    help: /missing counts 0%/,
  },
  { code: 'M1301', policy: ROLE('scorecard { «revenue» 100% on standard }'), help: /add `target revenue …`/ },
  {
    code: 'M1301',
    policy: 'event visit {\n  id: text key\n  day: date posts\n  «manager: person? owner»\n}',
  },
  {
    code: 'M1301',
    policy: 'credit deal {\n  to «opener» 50%\n  to manager rest\n}',
    help: /when opener exists/,
  },
  {
    code: 'M1302',
    policy: 'kpi x = average(«deal.cost»)',
    message: /`average` would pass over rows in which `deal\.cost` is missing/,
    help: /`\(deal\.cost else …\)`/,
  },
  { code: 'M1302', policy: 'kpi x = sum(deal.amount - «cost»)' },
  { code: 'M1303', policy: 'kpi x = «calls[to date]»', related: ['call'] },
  { code: 'M1303', policy: EVENT('visit', '  x = «nth(by manager)» is 1'), related: ['visit'] },
  // ---- rules of policies
  {
    code: 'M1401',
    policy: ROLE('target calls 5\n«scorecard { calls 90% on standard }»'),
    message: /come to 90%, 10 percentage points less than 100%/,
  },
  {
    code: 'M1401',
    policy: ROLE(
      'target calls 5\ntarget revenue 5 RUB\n«scorecard {\n calls 1/3 on standard\n revenue 70% on standard\n}»',
    ),
    message: /103\.33…%, 3\.33… percentage points more/,
  },
  { code: 'M1402', policy: 'rates r whole {\n  from 5: 1%\n  «from 5»: 2%\n}', related: ['from 5: 1%'] },
  {
    code: 'M1403',
    policy: 'rates r whole {\n  from 0 RUB until 5 RUB: 1%\n  «above 6 RUB»: 2%\n}',
    message: /gap between 5 RUB and 6 RUB/,
    related: ['until 5 RUB'],
  },
  {
    code: 'M1403',
    policy: 'rates r whole {\n  from 0% until 5%: 1%\n  «from 5%»: 2%\n}',
    message: /overlap/,
    related: ['until 5%'],
  },
  {
    code: 'M1403',
    policy: 'rates r whole {\n  from 0% below 5%: 1%\n  «above 5%»: 2%\n}',
    message: /gap/,
    related: ['below 5%'],
  },
  { code: 'M1404', policy: 'curve c linear {\n  80%: 0%\n  «80%: 10%»\n}', related: ['80%: 0%'] },
  {
    code: 'M1405',
    policy: 'curve c linear {\n  below «70%»: 0%\n  80%: 10%\n}',
    help: /first point/,
    related: ['80%: 10%'],
  },
  {
    code: 'M1406',
    policy: HEAD.replace('from 2026-01-01', '«from 2026-01-01 until 2025-12-31»'),
    help: /leave `until` out/,
  },
  { code: 'M1407', policy: 'credit «deal» {\n  to manager 99.9%\n}', message: /come to 99\.9%/ },
  {
    code: 'M1408',
    policy: ROLE('bonus «b» = max(5 RUB, revenue * 2%)'),
    help: /`prorated` or `not prorated`/,
  },
  {
    code: 'M1409',
    policy: ROLE('target clients 5\nbonus b per quarter = 5 RUB when «attainment(clients)» >= 100%'),
    related: ['target clients 5'],
  },
  {
    code: 'M1409',
    policy: ROLE(
      'target clients 5\nscorecard { «clients 100% on standard» }\nbonus b per quarter = 5 RUB * score',
    ),
    related: ['target clients 5'],
  },
  {
    code: 'M1409',
    policy: ROLE('target clients 5\nbonus b = 5 RUB when («attainment(clients[team])» else 0%) >= 100%'),
    message: /several people/,
    related: ['target clients 5'],
  },
  { code: 'M1410', policy: ROLE('bonus b = «5 EUR»'), help: /write it in RUB, or convert it/ },
  {
    code: 'M1411',
    policy: ROLE('bonus b per «week» = 5 RUB'),
    message: /is shorter than the policy's month$/,
  },
  { code: 'M1411', policy: ROLE('target calls 5 per «day»') },
  {
    code: 'M1411',
    policy: (WORLD + ROLE('bonus b per «month» = 5 RUB')).replace('period month', 'period week'),
    message: /doesn't hold whole weeks/,
    help: /that weeks fit into/,
  },
  { code: 'M1412', policy: 'kpi x = round(revenue to «0 RUB»)' },
  {
    code: 'M1412',
    policy: ROLE(
      'target calls 5\ntarget revenue 5 RUB\nscorecard {\n calls 100% on standard\n revenue «0%» on standard\n}',
    ),
  },
  {
    code: 'M1413',
    policy: 'kpi x = average(nps.mark)\nrole r {\n  bonus b = 5 RUB * («x» else 0)\n}',
    message: /so `x` belongs/,
  },
  {
    code: 'M1414',
    policy: ROLE('target answer_time 4 hours\nscorecard { «answer_time 100% missing counts 0%» }'),
  },
  { code: 'M1429', policy: HEAD.replace('  currency', '  amends «"./policy.merit"»\n  currency') },
  // ---- what can't be judged
  {
    code: 'M1190',
    policy: 'import «"./calendar.merit"»\nkpi x = count(visit)',
    message: /a file that isn't given can't be checked/,
    help: /give the file/,
  },
  { code: 'M1190', policy: HEAD.replace('  currency', '  amends «"./base.merit"»\n  currency') },
];

function whole(policy: string): string {
  if (policy.startsWith('policy') && policy.includes('currency') && !policy.startsWith('policy «q»'))
    return policy;
  return policy.includes('timezone') ? policy : WORLD + policy;
}

describe('each mistake is said once, where it is', () => {
  test.each(CASES.map((each) => [`${each.code} ${each.policy.replaceAll('\n', ' ')}`, each] as const))(
    '%s',
    (_, each) => {
      const at = /«([^»]*)»/.exec(each.policy)![1]!;
      expectError(whole(each.policy).replace('«', '').replace('»', ''), each.code, { ...each, at });
    },
  );

  test('a chain of formulas is long enough, whichever way it is written, and has an end', () => {
    const lines = chain(200, 'l199').split('\n');
    expect(errorsOf(whole(lines.join('\n')))).toEqual([]);
    expect(errorsOf(whole(lines.toReversed().join('\n')))).toEqual([]);
    const long = chain(5_000, 'l4999').split('\n');
    for (const each of [long, long.toReversed()]) {
      const text = whole(each.join('\n'));
      expect(errorsOf(text).join()).toContain('M1110');
    }
  });

  test('no policy at all', () => {
    const { diagnostics } = check([], []);
    expect(diagnostics.map((each) => each.code)).toEqual(['M1108']);
  });

  test('every code has a case', () => {
    const source = readFileSync(new URL('../../src/check/messages.ts', import.meta.url), 'utf8');
    const codes = [...source.matchAll(/'(M1\d{3})'/g)].map((each) => each[1]);
    expect(
      [...new Set(codes)].filter((code) => code !== 'M1108' && !CASES.some((each) => each.code === code)),
    ).toEqual([]);
  });
});
