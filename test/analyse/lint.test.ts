// Small policies and what the lints say of them: the code, and the text that is marked.

import { describe, expect, it } from 'vitest';
import { lint } from '../../src/analyse/lint.ts';
import { compile } from '../../src/engine.ts';
import { added, CLEAN, findings, HEAD, only, WORLD } from './helpers.ts';

/** A role that pays the lines of a case beside the clean one. */
const role = (lines: string): string => `role other {\n${lines}\n}\n`;

describe('a policy in order', () => {
  it('has nothing to be said', () => {
    expect(findings(CLEAN)).toEqual([]);
  });

  it.each([
    ['tiers that rise', 'rates r marginal { from 0 RUB: 1%, from 100 RUB: 2% }', 'bonus b = r(revenue)'],
    [
      'marginal rates that fall',
      'rates r marginal { from 0 RUB: 2%, from 100 RUB: 1% }',
      'bonus b = r(revenue)',
    ],
    [
      'a curve without a jump',
      'curve c linear { below 50%: 0%, 50%: 0%, 100%: 100%, above: 100% }',
      'scorecard { revenue 100% on c }\ntarget revenue 1 RUB\nbonus b = 1 RUB * score',
    ],
    [
      'a falling curve over what is better when less',
      'curve c linear { below 0: 100%, 0: 100%, 5: 0%, above: 0% }',
      'scorecard { returns 100% on c of value }\nbonus b = 1 RUB * score',
    ],
    ['a condition about the person', '', 'bonus b = 5 RUB when person.fte is 100%'],
    [
      'a gate that can fail',
      '',
      'gate profit >= 0 RUB when person.fte is 100%\nbonus b gated = revenue * 1%',
    ],
    ['caps that can bind', '', 'bonus b = revenue * 1% cap 50 RUB\ncap 40 RUB'],
    ['bounds that can', '', 'bonus b not prorated = min(revenue, 100 RUB) + max(profit, 0 RUB)'],
  ])('%s', (_, declarations, lines) => {
    const found = added(`${declarations}\n${role(lines)}`);
    expect(found.filter((each) => !each.startsWith('M1515'))).toEqual([]);
  });
});

describe('SMART', () => {
  it('says all that a KPI lacks in one note', () => {
    const text = `${CLEAN}kpi odd = 5\n`;
    expect(findings(text)).toEqual(['M1500 odd']);
    expect(only(text, 'M1500').message).toBe(
      "KPI `odd` isn't SMART: it has neither a title nor a description, it measures no event, no role has a target for it and no scorecard, gate, bonus or award looks at it",
    );
  });

  it.each([
    [
      'a target is enough for the part of another KPI',
      'kpi part "P" = count(deal)\nkpi whole "W" = part * 2',
      'target whole 5\nbonus b = whole * 1 RUB',
      [],
    ],
    [
      'a bound in a condition is a target',
      'kpi part "P" = count(deal)',
      'bonus b = 5 RUB when part >= 3',
      ['M1515 other'],
    ],
    [
      'what is paid needs its own target',
      'kpi part "P" = count(deal)\nkpi whole "W" = part * 2',
      'target whole 5\nbonus b = part * 1 RUB + whole * 1 RUB',
      ['M1500 part'],
    ],
    ['what is only shown', 'kpi part "P" = count(deal)', 'target part 5', ['M1500 part']],
    [
      'a KPI through a `let`',
      'kpi part "P" = count(deal)\nlet twice = part * 2',
      'target part 5\nbonus b = twice * 1 RUB',
      [],
    ],
  ])('%s', (_, declarations, lines, expected) => {
    expect(added(`${declarations}\n${role(lines)}`)).toEqual(expected);
  });

  it('points at weights that move little', () => {
    const curve = 'curve c linear { below 0%: 0%, 0%: 0%, 100%: 100%, above: 100% }\n';
    const lines =
      'target revenue 1 RUB\ntarget deals 3\nscorecard { revenue 91% on c, deals 9% on c }\nbonus b = 1 RUB * score';
    expect(added(curve + role(lines))).toEqual(['M1502 deals 9% on c']);
    expect(added(curve + role(lines.replace('91%', '90%').replace('9%', '10%')))).toEqual([]);
  });

  it('asks for no targets where nobody is paid', () => {
    expect(findings(WORLD).filter((each) => each.startsWith('M1500'))).toEqual([]);
  });

  it('asks when a policy holds', () => {
    expect(findings(CLEAN.replace('  effective from 2026-01-01\n', ''))).toEqual(['M1501 p']);
  });
});

describe('tables', () => {
  it.each([
    [
      'a tier with the rate below',
      'rates r marginal { from 0 RUB: 1%, from 9 RUB: 1%, from 20 RUB: 2% }',
      'bonus b = r(revenue)',
      ['M1505 from 9 RUB: 1%'],
    ],
    [
      'a point on the line',
      'curve c linear { below 0: 0%, 0: 0%, 1: 10%, 2: 20%, 4: 90%, above: 90% }',
      'bonus b = 1 RUB * c(deals)',
      ['M1506 1: 10%'],
    ],
    [
      'a step with the score below',
      'curve c steps { below 1: 0%, 1: 10%, 2: 10%, 4: 90% }',
      'bonus b = 1 RUB * c(deals)',
      ['M1511 1: 10%', 'M1506 2: 10%'],
    ],
    [
      'steps of whole percents',
      'curve c steps { below 98%: 0%, 98%: 10%, 99%: 20%, 100%: 30% }',
      'bonus b = 1 RUB * c(conversion else 0%)',
      ['M1513 c', 'M1511 98%: 10%'],
    ],
    [
      'a tier above what can be',
      'rates r marginal { from 0%: 1 RUB, from 100%: 2 RUB, above 100%: 3 RUB }',
      'bonus b = r(conversion else 0%) * 10',
      ['M1507 above 100%: 3 RUB'],
    ],
    [
      'points above what can be',
      'curve c linear { below 1: 0%, 1: 0%, 4: 50%, 6: 90%, 9: 99%, above: 99% }',
      'bonus b = 1 RUB * c(mark else 1)',
      ['M1507 9: 99%'],
    ],
  ])('%s', (_, table, lines, expected) => {
    expect(added(`${table}\n${role(lines)}`)).toEqual(expected);
  });
});

describe('cliffs', () => {
  it('shows both amounts where whole rates fall', () => {
    const text = `${CLEAN}rates r whole { from 0 RUB: 3%, from 1_000 RUB: 2.5%, above 5_000 RUB: 1/3 }\n${role('bonus b = r(revenue)')}`;
    expect(only(text, 'M1510').message).toBe(
      'one more unit pays less: just below 1_000 RUB, `r` gives 30 RUB, and from there 25 RUB',
    );
    expect(only(text, 'M1511').message).toBe('`r` jumps: from 125 RUB to 1_666.66… RUB at 5_000 RUB');
  });

  it('says on which side of the bound an open tier starts', () => {
    const text = `${CLEAN}rates r whole { from 0 RUB: 3%, above 1_000 RUB: 2% }\n${role('bonus b = r(revenue)')}`;
    expect(only(text, 'M1510').message).toBe(
      'one more unit pays less: at 1_000 RUB, `r` gives 30 RUB, and just above it 20 RUB',
    );
  });

  it.each([
    [
      'whole rates that rise',
      'rates r whole { from 10 RUB: 1%, from 20 RUB: 2% }',
      'bonus b = r(revenue)',
      ['M1511 from 10 RUB: 1%'],
    ],
    [
      'deductions',
      'rates r whole { from 0: -1 RUB, from 5: -2 RUB }',
      'bonus b = r(returns)',
      ['M1511 from 5: -2 RUB'],
    ],
    [
      'a rate that is read and falls',
      'rates r marginal { from 0 RUB: 2%, from 10 RUB: 1% }',
      'bonus b = revenue * r.rate(revenue)',
      ['M1510 from 10 RUB: 1%'],
    ],
    [
      'a rate that is read and rises',
      'rates r marginal { from 0 RUB: 1%, from 10 RUB: 2% }',
      'bonus b = revenue * r.rate(revenue)',
      ['M1511 from 10 RUB: 2%'],
    ],
    [
      'a score that falls',
      'curve c linear { below 0%: 0%, 0%: 0%, 50%: 90%, 100%: 80%, above: 80% }',
      'target revenue 1 RUB\nscorecard { revenue 100% on c }\nbonus b = 1 RUB * score',
      ['M1512 100%: 80%'],
    ],
    [
      'a score that rises with what is better when less',
      'curve c linear { below 0: 0%, 0: 0%, 5: 90%, above: 90% }',
      'scorecard { returns 100% on c of value }\nbonus b = 1 RUB * score',
      ['M1512 5: 90%'],
    ],
    [
      'a score that jumps',
      'curve c linear { below 80%: 0%, 80%: 50%, 100%: 100%, above: 120% }',
      'target revenue 1 RUB\nscorecard { revenue 100% on c }\nbonus b = 1 RUB * score',
      ['M1511 80%: 50%'],
    ],
    [
      'a bonus that a better result ends',
      '',
      'bonus b = 5 RUB when deals < 3',
      ['M1515 other', 'M1514 deals < 3'],
    ],
    [
      'a bonus that another one takes over from',
      '',
      'bonus a = 5 RUB when deals >= 1 and deals < 3\nbonus b = 9 RUB when deals >= 3',
      ['M1515 other'],
    ],
    ['a penalty that a better result ends', '', 'bonus b = -5 RUB when deals < 3', ['M1515 other']],
    ['a bonus for few of what is better when less', '', 'bonus b = 5 RUB when returns < 3', ['M1515 other']],
    [
      'a gate that a better result closes',
      '',
      'gate 10 > (conversion else 0%)\nbonus b gated = 5 RUB',
      ['M1515 other', 'M1520 10 > (conversion else 0%)', 'M1514 10 > (conversion else 0%)'],
    ],
  ])('%s', (_, table, lines, expected) => {
    expect([...added(`${table}\n${role(lines)}`)].sort()).toEqual([...expected].sort());
  });

  it('tells the size of a jump where it is known', () => {
    const { related } = only(
      CLEAN + role('bonus b = 5 RUB when deals >= 3\nbonus c = revenue when deals >= 4'),
      'M1515',
    );
    expect(related!.map((each) => each.message)).toEqual([
      '`b` pays 5 RUB or nothing here',
      '`c` pays all or nothing here',
    ]);
  });

  it('says a jump where it is written, not where it is inherited', () => {
    const text = `${CLEAN}${role('bonus b = 5 RUB when deals >= 3')}role child extends other { bonus c = 1 RUB }\n`;
    expect(findings(text)).toEqual(['M1515 other']);
  });
});

describe('conditions', () => {
  const gate = (condition: string): string => role(`gate ${condition}\nbonus b gated = revenue * 1%`);

  it.each([
    ['deals >= 0', 'M1520', '`deals` is never below 0'],
    ['deals < 0', 'M1521', '`deals` is never below 0'],
    ['revenue + 5 RUB > 4 RUB', 'M1520', '`revenue + 5 RUB` is never below 5 RUB'],
    ['(conversion else 0%) <= 100%', 'M1520', '`(conversion else 0%)` is from 0% to 100%'],
    ['(mark else 3) > 5', 'M1521', '`(mark else 3)` is from 1 to 5'],
    ['(mark else 3) is 6', 'M1521', '`(mark else 3)` is from 1 to 5'],
    ['person.fte <= 100%', 'M1520', '`person.fte` is from 0% to 100%'],
    ['(attainment(revenue) else 0%) < 0%', 'M1521', undefined],
    ['2 < 1', 'M1521', undefined],
    ['deals >= 0 or deals > 5', 'M1520', undefined],
    ['deals < 0 and deals > 5', 'M1521', undefined],
    ['not (deals < 0)', 'M1520', undefined],
    ['deals exists', 'M1520', undefined],
    ['min(deals, 3) > 3', 'M1521', '`min(deals, 3)` is from 0 to 3'],
    ['round(mark else 1.4 to 1) >= 1', 'M1520', undefined],
  ])('%s', (condition, code, label) => {
    const text = CLEAN + gate(condition);
    const found = only(text, code);
    expect(text.slice(found.span!.start, found.span!.end)).toBe(condition);
    if (label !== undefined) expect(found.label).toBe(label);
  });

  it.each([
    'profit >= 0 RUB',
    'deals > 0',
    '(conversion else 200%) <= 100%',
    'revenue - 1 RUB >= 0 RUB',
    'revenue / 2 > 1 RUB',
    '(mark else 6) <= 5',
    '(revenue[previous] else 0 RUB) >= 1 RUB',
    'deals >= 0 and deals > 5',
    'conversion exists',
  ])('%s can come out both ways', (condition) => {
    expect(findings(CLEAN + gate(condition)).filter((each) => /^M152/.test(each))).toEqual([]);
  });

  it.each([
    ['a bonus', role('bonus b = 5 RUB when deals >= 0'), ['M1520 deals >= 0', 'M1515 other']],
    [
      'a `where`',
      `kpi k "K" = count(deal where amount >= 0 RUB)\n${role('target k 1\nbonus b = k * 1 RUB')}`,
      ['M1520 amount >= 0 RUB'],
    ],
    ['a choice', `let l = 1 when deals < 0 otherwise 2\n${role('bonus b = l * 1 RUB')}`, ['M1521 deals < 0']],
    ['a target', role('target deals 5 when person.fte >= 0%'), ['M1520 person.fte >= 0%']],
    [
      'a credit line',
      'credit deal { to manager 40% when amount < 0 RUB\n to manager rest }\n',
      ['M1521 amount < 0 RUB'],
    ],
  ])('of %s', (_, fragment, expected) => {
    expect([...added(fragment)].sort()).toEqual([...expected].sort());
  });

  it('a gate without a gated bonus, and the other way round', () => {
    expect(added(role('gate deals > 1\nbonus b = 5 RUB'))).toEqual(['M1522 deals > 1']);
    expect(added(role('bonus b gated = 5 RUB'))).toEqual(['M1523 bonus b gated = 5 RUB']);
    expect(added(`${role('gate deals > 1')}role child extends other { bonus b gated = 5 RUB }\n`)).toEqual([
      'M1515 child',
    ]);
  });

  it('an inherited line is judged in every role', () => {
    const parent = role(
      'scorecard { revenue 100% on c }\ntarget revenue 1 RUB\ngate score <= 150%\nbonus b gated = 5 RUB',
    );
    const child = 'role child extends other { scorecard { revenue 100% on d } }\n';
    const curves = (top: string) =>
      `curve c linear { below 0%: 0%, 0%: 0%, 100%: 100%, above: 100% }\ncurve d linear { below 0%: 0%, 0%: 0%, 100%: ${top}, above: ${top} }\n`;
    const codes = (text: string) => added(text).filter((each) => each.startsWith('M152'));
    expect(codes(curves('120%') + parent + child)).toEqual(['M1520 score <= 150%']);
    expect(codes(curves('160%') + parent + child)).toEqual([]);
  });
});

describe('caps and floors', () => {
  const card = (line: string): string =>
    `curve c linear { below 0%: 0%, 0%: 0%, 100%: 100%, above: 100% }\n${role(`target revenue 1 RUB\nscorecard { ${line} }\nbonus b = 1 RUB * score`)}`;

  it.each([
    ['a fixed bonus below its cap', role('bonus b = 5 RUB cap 10 RUB'), ['M1530 10 RUB']],
    [
      'bonuses below the cap of the role',
      role('bonus a = 5 RUB\nbonus b = 5 RUB\ncap 10 RUB'),
      ['M1530 cap 10 RUB'],
    ],
    [
      'a cap of a year beside bonuses of months',
      role('bonus b = revenue * 3%\ncap 100 RUB per year'),
      ['M1534 cap 100 RUB per year'],
    ],
    [
      'a cap of a year that counts all of them',
      role('bonus b = revenue * 3%\ncap 100 RUB per year in all'),
      [],
    ],
    [
      'a floor and a draw of a quarter beside bonuses of months',
      role('bonus b = revenue * 3%\nfloor 10 RUB per quarter\ndraw 9 RUB per quarter'),
      ['M1534 floor 10 RUB per quarter', 'M1534 draw 9 RUB per quarter'],
    ],
    [
      'a floor of a quarter beside a bonus of one',
      role('bonus b per quarter = revenue * 3%\nfloor 10 RUB per quarter\nfloor 1 RUB'),
      [],
    ],
    ['bonuses of another grain', role('bonus a = 5 RUB\nbonus b = 90 RUB per quarter\ncap 4 RUB'), undefined],
    [
      'a score below the cap of its line',
      card('revenue 100% on c cap 120%'),
      ['M1530 revenue 100% on c cap 120%'],
    ],
    [
      'a score above the floor of its line',
      card('revenue 100% on c floor 0%'),
      ['M1531 revenue 100% on c floor 0%'],
    ],
    ['a cap that binds', card('revenue 100% on c cap 90%'), []],
    ['`min` that never does', role('bonus b = min(person.fte, 100%) * 5 RUB'), ['M1532 100%']],
    ['`max` that never does', role('bonus b = max(revenue, 0 RUB)'), ['M1532 0 RUB']],
  ])('%s', (_, fragment, expected) => {
    if (expected) expect(added(fragment)).toEqual(expected);
  });
});

describe('unused', () => {
  it.each([
    ['an event', 'event call { id: text key, at: date posts, who: person owner }', ['M1540 call']],
    ['a table', 'table prices { client: text key, price: money }', ['M1540 prices']],
    ['a curve', 'curve c linear { below 0: 0%, 0: 0%, 1: 10%, above: 10% }', ['M1540 c']],
    ['rates', 'rates r whole { from 0: 2 RUB, from 5: 1 RUB }', ['M1540 r']],
    ['a `let`', 'let l = deals * 2', ['M1540 l']],
    ['a pool, of which nobody is paid', 'pool p = 5 RUB { to seller, shared equally }', ['M1540 p']],
    [
      'a credit name',
      'credit deal { to manager 100%\n to manager 5% extra as care }',
      ['M1542 to manager 5% extra as care'],
    ],
  ])('%s', (_, fragment, expected) => {
    expect(added(fragment)).toEqual(expected);
  });

  it('fields that are never read, one note for each declaration', () => {
    const text = CLEAN.replace('  status:', '  a: text\n  b: text\n  status:').replace(
      'person {',
      'person { x: text, ',
    );
    expect(findings(text)).toEqual(['M1541 x', 'M1541 a']);
    expect(only(text.replace('x: text, ', ''), 'M1541').message).toBe(
      '`a` and `b` of event `deal` are never read',
    );
  });
});

describe('names', () => {
  it('names the letter of another alphabet', () => {
    const text = CLEAN.replaceAll('revenue', 'revеnue').replaceAll('clients', 'клиeнты');
    expect(findings(text)).toEqual(['M1550 revеnue', 'M1550 клиeнты']);
  });

  it('tells names apart that look alike', () => {
    const text = `${CLEAN}let top = deals * 2\n${role('bonus tор = top * 1 RUB')}`;
    expect(findings(text)).toEqual(['M1551 tор', 'M1550 tор'].sort());
  });

  it('lets words of different alphabets stand side by side', () => {
    expect(findings(CLEAN.replaceAll('clients', 'clients_отдел'))).toEqual([]);
  });

  it('marks words of an enumeration', () => {
    expect(findings(CLEAN.replaceAll('lost', 'lоst'))).toEqual(['M1550 lоst']);
  });
});

describe('silencing', () => {
  const tiers = (above: string, after: string): string =>
    `${CLEAN}${role('bonus b = r(revenue)')}rates r marginal {\n  from 0 RUB: 1%\n${above}  from 9 RUB: 1%${after}\n}\n`;

  it.each([
    ['on the line', '', ' // allow M1505: as the contract lists it', []],
    ['on the line above', '  // allow M1505: as the contract lists it\n', '', []],
    ['among comments above', '  // allow M1505: as the contract lists it\n  // and more\n', '', []],
    ['several codes', '', ' // allow M1505, M1510: as listed', ['M1591 // allow M1505, M1510: as listed']],
    ['without a reason', '', ' // allow M1505', ['M1505 from 9 RUB: 1%', 'M1590 // allow M1505']],
    ['with an empty reason', '', ' // allow M1505: ', ['M1505 from 9 RUB: 1%', 'M1590 // allow M1505:']],
    [
      'with a reason after no colon',
      '',
      ' // allow M1505 because',
      ['M1505 from 9 RUB: 1%', 'M1590 // allow M1505 because'],
    ],
    ['another code', '', ' // allow M1510: why', ['M1505 from 9 RUB: 1%', 'M1591 // allow M1510: why']],
    ['too far above', '  // allow M1505: why\n\n', '', ['M1591 // allow M1505: why', 'M1505 from 9 RUB: 1%']],
    ['what only data shows', '', ' // allow M1560: new market', ['M1505 from 9 RUB: 1%']],
  ])('%s', (_, above, after, expected) => {
    expect(findings(tiers(above, after))).toEqual(expected);
  });

  it('is not in a text', () => {
    const text = CLEAN.replace('kpi revenue "Revenue"', 'kpi revenue "x // allow M1500: y"');
    expect(findings(text)).toEqual([]);
  });

  it('stands in YAML after `#`', () => {
    const yaml = (comment: string): string =>
      `policy: p\ncurrency: RUB\ntimezone: UTC\nperiod: month\n${comment}`;
    const kpi = (comment: string) =>
      `events:\n  deal:\n    fields:\n      id: text key\n      on: date posts\n      who: person owner\nkpis:\n${comment}  deals:\n    value: count(deal)\n`;
    const name = 'policy.merit.yaml';
    const all = findings(yaml(kpi('')), name);
    expect(all).toEqual(['M1501 p', 'M1500 deals']);
    expect(findings(yaml(kpi('  # allow M1500: a test\n')), name)).toEqual(['M1501 p']);
    expect(findings(yaml(kpi('')).replace('policy: p', 'policy: p # allow M1501: a test'), name)).toEqual([
      'M1500 deals',
    ]);
    expect(findings(yaml(kpi('  # allow M1500\n')), name)).toEqual([
      'M1501 p',
      'M1590 # allow M1500',
      'M1500 deals',
    ]);
  });
});

it('says nothing of a policy that has only a head', () => {
  expect(findings(HEAD)).toEqual([]);
  expect(findings(WORLD).every((each) => each.startsWith('M1500') || each.startsWith('M1541'))).toBe(true);
});

it('looks at what the Model shows of a policy with parts that can’t be paid yet', () => {
  const policy = `policy p { currency RUB\n timezone "Europe/Moscow"\n period month\n effective from 2026-01-01 }
event deal { id: text key, day: date posts, who: person owner, amount: money }
kpi revenue = sum(deal.amount)
kpi lonely = count(deal)
let idle = revenue * 2
rates ladder marginal { from 0 RUB: 3%, from 5 RUB: 3% }
curve steep linear { below 0: 0%, 0: 0%, up to 1: 40%, 1: 60%, 3: 50%, above: 50% }
role seller {
  target revenue 5 RUB
  bonus b = ladder(revenue)
  bonus c not prorated = 1 RUB * steep(2)
}
award best { to top 1 of seller by revenue, gives 10 RUB }
`;
  const { value, diagnostics } = compile([{ name: 'p.merit', text: policy }]);
  expect(diagnostics).toEqual([]);
  // the award uses `revenue`, which nothing describes; nothing uses the others
  expect(lint(value!).map(({ code, span }) => `${code} ${policy.slice(span!.start, span!.end)}`)).toEqual([
    'M1500 revenue',
    'M1500 lonely',
    'M1540 idle',
    'M1505 from 5 RUB: 3%',
    'M1511 1: 60%',
  ]);
});
