// What completion offers at a place, and what it doesn't: places in both forms, in text that isn't finished.

import { describe, expect, it } from 'vitest';
import { completionsAt } from '../../src/editor/complete.ts';
import type { Completion } from '../../src/editor/completion.ts';
import { WORLD } from '../check/helpers.ts';
import { marked } from './helpers.ts';

function offered(text: string, name?: string) {
  const { project, file, offset, text: clean } = marked(text, name);
  const { span, items } = completionsAt(project, file, offset);
  return { items, labels: items.map(({ label }) => label), replaced: clean.slice(span.start, span.end) };
}

function item(items: readonly Completion[], label: string): Completion {
  const found = items.find((each) => each.label === label);
  if (!found) throw new Error(`no ${label} among ${items.map((each) => each.label).join(', ')}`);
  return found;
}

/** A fragment after the small policy, what is among the items, and what isn't. */
type Case = readonly [fragment: string, has: string, hasNot: string];

const words = (text: string): readonly string[] => (text === '' ? [] : text.split(', '));

function expectCases(cases: readonly Case[], world: string, name?: string): void {
  for (const [fragment, has, hasNot] of cases)
    it(JSON.stringify(fragment), () => {
      const { labels } = offered(`${world}${fragment}`, name);
      expect(labels).toEqual(expect.arrayContaining([...words(has)]));
      for (const each of words(hasNot)) expect(labels).not.toContain(each);
    });
}

describe('lines and heads of the text form', () => {
  expectCases(
    [
      ['‸', 'kpi, role, event, test, invariant', 'policy, person, value, target'],
      ['ro‸', 'role, rates', ''],
      ['kpi x {\n  owner "A"\n  ‸\n}', 'value, attainment, status', 'owner, title'],
      ['kpi x = 1 {\n  ‸\n}', 'owner, status', 'value'],
      ['kpi x ‸ = 1', 'outcome, operational, lower is better', 'gated, extends'],
      ['kpi x outcome ‸ = 1', 'lower is better', 'outcome'],
      ['role r {\n  ‸\n}', 'target, gate, bonus, scorecard, cap, draw, ramp', 'to, gives'],
      ['role r { ramp 25%\n  ‸\n}', 'target', 'ramp'],
      ['role r ‸ {}', 'extends', 'gated'],
      ['role a {}\nrole r extends ‸ {}', 'a', 'r, revenue'],
      ['role r { target ‸ }', 'revenue, deals, answer_time', 'ladder, deal, standard'],
      ['role r { scorecard { revenue 50% on standard, ‸ } }', 'deals', 'revenue'],
      ['role r { scorecard { revenue 50% ‸ } }', 'on, cap, missing', 'gated, per'],
      ['role r { scorecard { revenue 50% on ‸ } }', 'standard', 'ladder, revenue'],
      ['role r { bonus b ‸ = 5 RUB }', 'gated, per, not prorated', 'cap, when'],
      ['role r { bonus b per ‸ = 5 RUB }', 'month, quarter, deal', 'revenue'],
      ['role r { bonus b = 5 RUB ‸ }', 'when, cap, while employed, pays', 'gated'],
      ['role r { bonus b = 5 RUB cap 9 RUB ‸ }', 'floor', 'cap'],
      ['role r { bonus b = 5 RUB { ‸ } }', 'cap, forfeited on leaving', 'target'],
      ['role r { draw 5 RUB ‸ }', 'recoverable, per, for', 'cap'],
      ['role r {}\naward a { to r\n when ‸ }', 'revenue, streak', 'amount'],
      ['role r {}\npool a = ‸', 'revenue', 'amount'],
      ['award a { to ‸ }', 'top', 'revenue'],
      ['role r {}\naward a { to r ‸ }', 'only, when, gives', 'by'],
      ['role r {}\naward a { to top 3 of ‸ }', 'r', 'revenue'],
      ['role r {}\naward a { to top 3 of r by ‸ }', 'revenue, conversion', 'r'],
      ['event x { a: ‸ }', 'money, text, person, deal', 'revenue'],
      ['event x { a: text, b: money in ‸ }', 'RUB, a', ''],
      ['event x { a: money ‸ }', 'from, else, key, posts', 'where'],
      ['table x { a: text ‸ }', 'key', 'where'],
      ['credit ‸ {}', 'deal, call', 'revenue, care'],
      ['curve c ‸ {}', 'linear, steps', 'marginal'],
      ['curve c linear { ‸ }', 'below, above, up to', 'from'],
      ['rates r marginal { ‸ }', 'from, above', 'below'],
      ['for ‸', 'person, team', 'revenue'],
      ['invariant "x" { ‸ }', 'given, revenue, pay', 'bonus'],
      ['invariant "x" { revenue is ‸ in deals }', 'nondecreasing, nonincreasing', ''],
      ['invariant "x" { given ‸ }', 'revenue, deal', ''],
    ],
    WORLD,
  );
});

describe('formulas', () => {
  expectCases(
    [
      // a total: events, their fields, what belongs to rows; nothing of people
      ['kpi x = ‸', 'revenue, sum, count, ladder, standard, person', 'amount, won, share'],
      ['kpi x = sum(‸', 'deal, call', ''],
      ['kpi x = sum(deal.‸', 'amount, cost, is_won', 'revenue, length, salary, sum'],
      ['kpi x = sum(deal.am‸ount where is_won)', 'amount', 'revenue'],
      ['kpi x = sum(deal.amount ‸)', 'where, as, by, of', 'half up, up, is better'],
      ['kpi x = sum(deal.amount where ‸)', 'is_won, amount, status, person', 'revenue, calls'],
      ['kpi x = sum(deal.amount where person.‸)', 'salary, region, team, id', 'amount'],
      ['kpi x = count(deal where status is ‸)', 'won, lost, open', 'revenue, junior, amount'],
      ['kpi x = count(deal where status is not ‸', 'won, lost, open', 'junior'],
      ['kpi x = count(‸)', 'deal, distinct', ''],
      ['kpi x = count(distinct ‸)', 'deal', ''],
      ['kpi x = average(call.length ‸)', 'where', 'to'],
      // figures of people
      ['kpi x = revenue[‸]', 'team, company, ytd, previous, trailing, to date, by', 'revenue, sum'],
      ['kpi x = revenue[team, ‸]', 'ytd, previous', ''],
      ['kpi x = revenue[by person.‸]', 'region, team', ''],
      ['kpi x = round(revenue ‸)', 'to, half up, down', 'where, by'],
      ['kpi x = sum(convert(deal.price, ‸', 'to, at', ''],
      ['kpi x = ladder(revenue, ‸', 'after', 'where, deals'],
      // a call is looked into before it has all that it takes
      ['calendar office {}\nkpi x = average(working_time(call.‸', 'at, ended_at', 'revenue'],
      ['calendar office {}\nkpi x = average(working_time(call.at, ‸))', 'at, ended_at, call', 'revenue'],
      ['kpi x = sum(convert(deal.‸', 'price', 'revenue'],
      ['kpi x = sum(convert(deal.price, to ‸', 'RUB, EUR', 'revenue'],
      ['kpi x = percentile(call.‸)', 'length', 'amount'],
      ['kpi x = care[‸', 'revenue', 'to date, trailing'],
      ['kpi x = revenue when ‸', 'deals, calls', 'amount'],
      ['event x { k: text key, n = exists(‸ }', 'deal, call', 'revenue'],
      ['event x { k: text key, n = exists(deal of ‸ }', 'this', ''],
      ['event x { k: text key, n = sum(deal.‸ }', 'amount', 'k'],
      ['kpi x = attainment(‸)', 'revenue, conversion', 'ladder'],
      ['kpi x = sum(revenue each ‸)', 'month, quarter', 'revenue'],
      ['kpi x = revenue when deals > 0 ‸', 'otherwise, and', ''],
      ['kpi x = revenue / ‸', 'deals, revenue', ''],
      ['kpi x = revenue * (deals + ‸', 'calls, min', ''],
      ['kpi y = x\nkpi x = ‸', 'revenue', 'x, y'],
      // units only behind a number
      ['kpi x = 5 ‸', 'RUB, EUR, days, hours', ''],
      ['kpi x = revenue ‸', 'else, exists', 'RUB, days'],
      // each place has names of its own
      ['role r { bonus b = ‸ }', 'revenue, rank, attainment, person', 'score, amount'],
      ['role r { scorecard { revenue 100% }\n  bonus b = 5 RUB * ‸ }', 'score', ''],
      ['role r { bonus a = 5 RUB\n  bonus b = ‸ }', 'a', 'b'],
      ['role r { target revenue ‸ }', 'within, from, person', 'deals, score'],
      ['role r { target revenue 5 RUB when person.‸ }', 'region, grade', ''],
      ['role r { target revenue 5 RUB when person.grade is ‸ }', 'junior, senior', 'won'],
      ['role r { bonus b per deal = ‸ }', 'deal, share, amount, before, revenue', ''],
      ['kpi x { value 1\n attainment = ‸ }', 'actual, target', 'amount'],
      ['let x = ‸', 'revenue', 'x'],
      ['event x { a: money, b = ‸ }', 'a, nth, exists', 'revenue, sum(, b'],
      ['event x { a: low < high, b = a is ‸ }', 'low, high', 'won'],
      ['credit deal { to ‸ }', 'manager, opener, care', 'revenue'],
      ['credit deal { to care[client at ‸].farmer 100% }', 'closed_on', ''],
      ['credit deal { to care[client at closed_on].‸ 100% }', 'farmer', 'manager, size'],
      ['credit deal { to manager 100%, to opener 5% ‸ }', 'extra, when, in role', ''],
      ['credit deal { to manager.‸ 100% }', 'lead, leads', 'amount'],
      [
        'credit deal { to manager 100%, to opener 5% extra as help }\nkpi x = sum(deal.amount as ‸)',
        'help',
        '',
      ],
      [
        'calendar office { work monday to friday 09:00 to 18:00 }\nkpi x = average(working_time(call.at, call.ended_at, ‸',
        'office',
        '',
      ],
      ['rates r marginal { from ‸ }', '', 'revenue, person'],
    ],
    WORLD,
  );
});

const TEST = `role hunter { bonus commission = ladder(revenue) }
test "t" {
  person anna { role hunter }
  person "A-17" { role hunter }
`;

describe('tests', () => {
  expectCases(
    [
      ['‸ }', 'person, deal, call, care, expect, absence', 'kpi'],
      ['deal { ‸ } }', 'manager, amount, status', 'is_won, salary'],
      ['deal { amount 5 RUB, ‸ } }', 'manager', 'amount'],
      ['12 ‸ }', 'deals, calls', 'person'],
      ['12 deals { ‸ } }', 'manager', ''],
      ['12 deals { amount 5 RUB * ‸ } }', 'n', 'revenue'],
      ['12 deals { closed_on 2026-01-05 ‸ } }', 'every', 'where'],
      ['deal { manager ‸ } }', 'anna, A-17', 'hunter'],
      ['deal { status ‸ } }', 'won, lost, open', 'junior'],
      ['person bob { ‸ } }', 'role, salary, region, team', 'id'],
      ['person bob { role ‸ } }', 'hunter', 'anna'],
      ['expect ‸ }', 'anna, A-17', 'hunter'],
      ['expect anna in ‸ }', '2026-01, 2026-12', ''],
      ['expect anna in 2026-01 { ‸ } }', 'revenue, commission, pay', 'amount, hunter'],
    ],
    `${WORLD}${TEST}`,
  );
});

const YAML = `policy: p
currency: RUB
timezone: Europe/Moscow
period: month
effective: from 2026-01-01
person:
  salary: money
  grade: junior | senior
events:
  deal:
    since: 2025-01-01
    fields:
      id: text key
      closed_on: date posts
      manager: person owner
      client: text
      amount: money from 0 RUB
      status: won | lost | open
    computed:
      is_won: status is won
tables:
  care:
    client: text key
    farmer: person
curves:
  standard:
    kind: linear
    points:
      80%: 50%
      100%: 100%
rates:
  ladder:
    kind: marginal
    tiers:
      from 0 RUB: 3%
kpis:
  revenue: sum(deal.amount where is_won)
  deals: count(deal)
`;

describe('YAML', () => {
  expectCases(
    [
      ['‸', 'roles, awards, tests, title', 'policy, currency'],
      ['  x:\n    ‸', 'value, title, kind, owner, doc', 'targets'],
      ['  x:\n    title: X\n    ‸\n    value: 5', 'kind', 'title, value'],
      ['  x:\n    kind: ‸', 'outcome, operational', 'revenue'],
      ['  x: ‸', 'revenue, sum', 'x, amount'],
      ['  x: sum(deal.‸)', 'amount', 'revenue'],
      ['  x: "count(deal where status is ‸)"', 'won, lost', 'junior'],
      ["  x: 'sum(deal.amount where ‸)'", 'is_won', 'revenue'],
      ['  x:\n    value: >\n      revenue /\n      ‸', 'deals', 'amount'],
      ['  x:\n    value: |\n      count(deal where status is ‸\n      )', 'won', ''],
      ['roles:\n  r:\n    ‸', 'targets, bonuses, scorecard, gates', 'value'],
      ['roles:\n  r:\n    targets:\n      ‸', 'revenue, deals', 'ladder'],
      ['roles:\n  r:\n    targets:\n      revenue:\n        - ‸', 'value, when, per, within', 'deals'],
      ['roles:\n  r:\n    targets:\n      revenue:\n        value: 5 RUB\n        ‸', 'when, per', 'value'],
      ['roles:\n  r:\n    scorecard:\n      revenue: 50% on ‸', 'standard', 'ladder'],
      ['roles:\n  r:\n    bonuses:\n      b:\n        ‸', 'gated, value, per, cap', 'targets'],
      ['roles:\n  r:\n    bonuses:\n      b:\n        gated: ‸', 'true, false', 'revenue'],
      ['roles:\n  r:\n    bonuses:\n      b:\n        value: ‸', 'revenue, ladder', 'b, amount'],
      ['roles:\n  r:\n    gates:\n      - revenue > ‸', 'deals', 'amount'],
      ['roles:\n  a: {}\n  r:\n    extends: ‸', 'a', 'r'],
      ['events:\n  x:\n    fields:\n      a: ‸', 'money, deal', 'revenue'],
      ['events:\n  x:\n    computed: { a: nth(by ‸) }', '', 'revenue'],
      ['awards:\n  a:\n    ‸', 'to, when, gives', 'value'],
      ['roles:\n  r: {}\nawards:\n  a:\n    when: ‸', 'revenue, streak', ''],
      ['tests:\n  t:\n    rows:\n      - ‸', 'person, deal', 'revenue'],
      [
        'tests:\n  t:\n    rows:\n      - person anna: { role: r }\n      - deal:\n          ‸',
        'manager, amount',
        'is_won',
      ],
      [
        'tests:\n  t:\n    rows:\n      - person anna: { role: r }\n      - deal:\n          manager: ‸',
        'anna',
        '',
      ],
      ['tests:\n  t:\n    rows:\n      - deal:\n          status: ‸', 'won, lost', ''],
      ['invariants:\n  t: ‸', 'revenue, pay', 'amount'],
      ['invariants:\n  t:\n    - ‸', '', 'kpis'],
    ],
    YAML,
    'p.merit.yaml',
  );
});

describe('how an item is written', () => {
  it('replaces the word under the cursor', () => {
    expect(offered(`${WORLD}kpi x = rev‸enue * 2`).replaced).toBe('revenue');
    expect(offered(`${WORLD}kpi x = ‸ * 2`).replaced).toBe('');
    expect(offered(`${WORLD}for person "A-‸17" {}`).replaced).toBe('"A-17"');
  });

  it('says types, titles and what is still to be filled in', () => {
    const { items } = offered(`${WORLD}/// Won.\nkpi big "Big deals" = count(deal)\nkpi x = ‸`);
    expect(item(items, 'revenue')).toMatchObject({ kind: 'kpi', detail: 'RUB', insert: 'revenue' });
    expect(item(items, 'conversion').detail).toBe('percent, may be missing');
    expect(item(items, 'big').doc).toBe('Big deals\nWon.');
    expect(item(items, 'sum')).toMatchObject({ kind: 'function', insert: 'sum(', snippet: 'sum($0)' });
    expect(item(items, 'person')).toMatchObject({ insert: 'person.' });
  });

  it('puts what fits first: in a comparison with money, amounts', () => {
    const { items } = offered(`${WORLD}role r { gate revenue > ‸ }`);
    const at = (label: string) => items.findIndex((each) => each.label === label);
    expect(at('revenue')).toBeLessThan(at('calls'));
  });

  it('writes names that are no words in quotes, as the scalar around them wants it', () => {
    const text = `${WORLD}event x { a: "in work" | done\n  b = a is ‸ }`;
    expect(item(offered(text).items, '"in work"').insert).toBe('"in work"');
    const yaml = (value: string) =>
      `${YAML}tests:\n  t:\n    rows:\n      - person "A-17": { role: r }\n      - deal:\n          manager: ${value}`;
    expect(item(offered(yaml('‸'), 'p.yaml').items, 'A-17').insert).toBe(`'"A-17"'`);
    expect(item(offered(yaml('"‸"'), 'p.yaml').items, 'A-17').insert).toBe('\\"A-17\\"');
    expect(item(offered(yaml("'‸'"), 'p.yaml').items, 'A-17').insert).toBe('"A-17"');
  });

  it('finds the place in Cyrillic, behind emoji and between line ends of Windows', () => {
    const world = WORLD.replaceAll('revenue', 'выручка');
    const text = `${world}// 🏁🏁\nkpi x "🏁 первый" = выр‸ * 2\n`.replaceAll('\n', '\r\n');
    const { labels, replaced } = offered(text);
    expect(replaced).toBe('выр');
    expect(labels).toContain('выручка');
    const yaml = `${YAML.replaceAll('revenue', 'выручка')}  x:\n    title: 🏁 первый\n    value: выр‸ * 2\n`;
    const inYaml = offered(yaml.replaceAll('\n', '\r\n'), 'p.yaml');
    expect(inYaml.replaced).toBe('выр');
    expect(inYaml.labels).toContain('выручка');
  });

  it('reads formulas in maps on one line, quoted or not, with commas and brackets in them', () => {
    const labels = (map: string) => offered(`${YAML}  x: { ${map} }\n`, 'p.yaml').labels;
    for (const map of [
      'kind: outcome, value: "count(deal where ‸)"',
      "kind: outcome, value: 'count(deal where ‸)'",
      '"kind": outcome, value: count(deal where ‸)',
      "title: O'Brien, value: count(deal where ‸)",
      'value: "count(deal where client is \\"a, b\\" and ‸)"',
    ])
      expect(labels(map), map).toEqual(expect.arrayContaining(['is_won', 'amount']));
    expect(labels("title: 'a, b', kin‸")).toContain('kind');
  });

  it('offers nothing right behind the colon of a key, where a key would follow another one', () => {
    for (const text of ['  x:\n    value:‸\n', '  x: { value:‸ }\n', '  x:‸\n'])
      expect(offered(`${YAML}${text}`, 'p.yaml').labels, text).toEqual([]);
  });

  it('offers what a word alone may be: the rate of a table, ways to round, events after a number of rows', () => {
    expect(offered(`${WORLD}kpi x = ladder.‸`).labels).toEqual(['rate']);
    expect(offered(`${WORLD}test "t" {\n  3 ‸ { amount 5 RUB }\n}`).labels).not.toContain('RUB');
    expect(offered(`${WORLD}for person ‸ { target revenue 5 RUB }`).labels).not.toContain('');
    const rounding = offered('policy p {\n  currency RUB\n  rounding ‸\n}\n').labels;
    expect(rounding).toEqual(expect.arrayContaining(['half up', 'half even', 'down to']));
    expect(offered(`${WORLD}kpi x = revenue[‸]`).labels).not.toContain('not');
    expect(offered(`${WORLD}kpi x = count(deal where status is not ‸)`).labels).not.toContain('not');
  });

  it('offers nothing in numbers, texts and comments, and codes behind `allow`', () => {
    for (const text of ['kpi x = 5‸', 'kpi x "ab‸" = 5', '// rev‸', '/// rev‸\nkpi x = 5', 'kpi ‸ = 5'])
      expect(offered(`${WORLD}${text}`).labels.filter((each) => each !== 'allow')).toEqual([]);
    expect(offered(`${WORLD}// allow ‸`).labels).toContain('M1505');
    expect(offered(`${YAML}# allow M15‸`, 'p.yaml').labels).toContain('M1505');
    expect(offered(`${WORLD}// allow M1505: ‸`).labels).toEqual([]);
  });
});
