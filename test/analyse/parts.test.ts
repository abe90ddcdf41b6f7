// Policies with awards, pools, own targets, per-event bonuses and other parts beside roles: what the analysis doesn't see
// may be anything, and what it sees it still judges.

import { describe, expect, it } from 'vitest';
import { added, CLEAN, findings, only } from './helpers.ts';

/** A role that pays the lines of a case beside the clean one. */
const role = (lines: string): string => `role other {\n${lines}\n}\n`;

const AWARD = 'award best { to top 1 of seller by revenue, gives 10 RUB }\n';
const REFUND = `event refund { since 2025-01-01
  id: text key, day: date posts, who: person owner, order: deal, amount: money from 0 RUB }
kpi refunds "Refunds" lower is better = sum(refund.amount)
`;

describe('beside an award, what a role says is judged as ever', () => {
  it.each([
    ['a gate that can’t fail', role('gate deals >= 0\nbonus b gated = revenue * 1%'), ['M1520 deals >= 0']],
    ['a cap that can’t bind', role('bonus b = 5 RUB cap 10 RUB'), ['M1530 10 RUB']],
    ['a cap of the role', role('bonus b = 5 RUB\ncap 10 RUB'), ['M1530 cap 10 RUB']],
    ['a jump', role('bonus b = 5 RUB when deals >= 3'), ['M1515 other']],
    [
      'a bonus that a better result ends',
      role('bonus b = 5 RUB when deals < 3'),
      ['M1515 other', 'M1514 deals < 3'],
    ],
    [
      'a tier above what can be',
      `rates r marginal { from 0%: 1 RUB, above 100%: 2 RUB }\n${role('bonus b = r(conversion else 0%) * 10')}`,
      ['M1507 above 100%: 2 RUB'],
    ],
    [
      'a tier below what can be',
      `rates r whole { from 0: 1 RUB, from 1: 2 RUB, from 3: 3 RUB }\n${role('bonus b = r(mark else 1)')}`,
      ['M1507 from 0: 1 RUB', 'M1511 from 1: 2 RUB'],
    ],
    ['a field', 'event call { id: text key, at: date posts, who: person owner }', ['M1540 call']],
  ])('%s', (_, fragment, expected) => {
    const beside = added(AWARD + fragment);
    for (const each of expected) expect(beside).toContain(each);
  });
});

describe('quiet where another part may read or pay', () => {
  it.each([
    [
      'an award reads the table',
      'rates r marginal { from 0%: 1 RUB, above 100%: 2 RUB }\naward a { to seller, gives r(150%) * 10 }\n',
      role('bonus b = r(conversion else 0%) * 10'),
      'M1507',
    ],
    [
      'a pool reads the `let`',
      'let part = revenue[company] * 10%\npool gift = part { to seller, shared equally }\n',
      role('bonus b = gift'),
      'M1540',
    ],
    [
      'an award takes over',
      'award a { to seller, when deals >= 3, gives 10 RUB }\n',
      role('bonus b = 5 RUB when deals < 3'),
      'M1514',
    ],
    [
      'a single person’s target has another sign',
      'for person "A-17" { target profit -5 RUB }\n',
      role('gate (attainment(profit) else 0%) >= 0%\nbonus b gated = revenue * 1%'),
      'M1520',
    ],
    ['the floor of a bonus lifts it', '', role('bonus b = 5 RUB floor 20 RUB\ncap 10 RUB'), 'M1530'],
    ['the floor of a role lifts all', '', role('bonus b = 5 RUB\nfloor 20 RUB\ncap 10 RUB'), 'M1530'],
    ['the event counts many times', '', role('bonus b per deal = 5 RUB\ncap 10 RUB'), 'M1530'],
    [
      'a slope has no upper end',
      'curve c linear { below 0: 0%, 0: 0%, 10: 100%, above: 1% more per 1 }\n',
      role('bonus b not prorated = 1 RUB * c(deals) cap 5 RUB'),
      'M1530',
    ],
    [
      'a tier re-rates what lies below',
      'rates r marginal { from 0 RUB: 5%, from 10 RUB: 5% on all, from 20 RUB: 9% }\n',
      role('bonus b = r(revenue)'),
      'M1505',
    ],
    [
      'amounts add up',
      'amounts r { from 0 RUB until 10 RUB: 5 RUB, above 10 RUB until 20 RUB: 5 RUB }\n',
      role('bonus b = r(revenue)'),
      'M1505',
    ],
    [
      'a KPI has its own attainment',
      'kpi odd "Odd" = count(deal where mark > 2) { attainment = 2 - actual / target }\n',
      role('target odd 5\ngate (attainment(odd) else 0%) >= 0%\nbonus b gated = odd * 1 RUB'),
      'M1520',
    ],
    ['a reference is looked through', REFUND, role('target refunds 5 RUB\nbonus b = -1 * refunds'), 'M1541'],
  ])('%s', (_, before, lines, code) => {
    expect(added(before + lines).filter((each) => each.startsWith(code))).toEqual([]);
  });

  it('counts an award as a use of a KPI, and its comparison as what is expected', () => {
    const kpi = 'kpi held "Held" = count(deal where mark > 3)\n';
    expect(findings(CLEAN + kpi)).toEqual(['M1500 held']);
    expect(only(`${CLEAN}${kpi}award a { to top 1 of seller by held, gives 1 RUB }\n`, 'M1500').message).toBe(
      "KPI `held` isn't SMART: no role has a target for it",
    );
    expect(findings(`${CLEAN}${kpi}award a { to seller, when held >= 3, gives 1 RUB }\n`)).toEqual([]);
  });
});

describe('names that only another part uses are used', () => {
  const RATES = 'rates r marginal { from 0 RUB: 1%, from 10 RUB: 2% }\n';
  const QUOTA = 'table quota { who: person key, amount: money from 0 RUB }\n';

  it.each([
    ['a table of rates by a prize', RATES, 'award a { to seller, gives r(revenue) }'],
    ['a table of rates by a ranking', RATES, 'award a { to top 1 of seller by r(revenue), gives 1 RUB }'],
    [
      'a table of rates by who decides among ties',
      RATES,
      'award a { to top 1 of seller by deals then by r(revenue), gives 1 RUB }',
    ],
    ['a table of rates by a level', RATES, 'level l { to seller, when r(revenue) > 1 RUB }'],
    [
      'a table of rates by a pool',
      RATES,
      `pool gift = r(revenue[company]) { to seller, shared equally }\n${role('bonus b = gift')}`,
    ],
    [
      'a table of rates by the shares of a pool',
      RATES,
      `pool gift = 10 RUB { to seller, shared by r(revenue) }\n${role('bonus b = gift')}`,
    ],
    ['a table of rates by a draw', RATES, role('bonus b = revenue\ndraw r(1_000 RUB) recoverable')],
    ['a table of rates by a floor', RATES, role('bonus b = revenue\nfloor r(1_000 RUB)')],
    [
      'a curve by a condition of an award',
      'curve c linear { below 0: 0%, 0: 0%, 10: 100%, above: 100% }\n',
      'award a { to seller, when c(deals) >= 50%, gives badge "B" }',
    ],
    [
      'a grid by a bonus per deal',
      'grid g by size, mark {\n | from 1 | from 3\n from 0 RUB | 1% | 2%\n from 9 RUB | 2% | 3%\n}\n',
      role('bonus b per deal = deal.amount * g(deal.amount, deal.mark)'),
    ],
    ['a `let` by an award', 'let good = deals >= 3\n', 'award a { to seller, when good, gives badge "B" }'],
    ['a table by the target of one person', QUOTA, 'for person "A-17" { target revenue from quota }'],
  ])('%s', (_, before, part) => {
    const unused = (text: string) => added(text).filter((each) => /^M154[01]/.test(each));
    expect(unused(before)).toEqual([expect.stringMatching(/^M1540/)]);
    expect(unused(`${before}${part}\n`)).toEqual([]);
  });

  it('an event and its fields by what is paid for each of its rows', () => {
    const call =
      'event call { since 2025-01-01\n id: text key, at: date posts, who: person owner, fee: money, note: text }\n';
    expect(added(call)).toEqual(['M1540 call']);
    expect(added(call + role('bonus b per call = call.fee'))).toEqual(['M1541 note']);
  });

  it('an attribute by a draw, and the field that names a currency', () => {
    const text = CLEAN.replace('person {', 'person { least: money, ').replace(
      '  status:',
      '  code: text\n  paid: money in code\n  status:',
    );
    expect(findings(text)).toEqual(['M1541 least', 'M1541 paid']);
    expect(findings(`${text}${role('bonus b = revenue\ndraw person.least')}`)).toEqual(['M1541 paid']);
  });
});

describe('what another part says is judged too', () => {
  it.each([
    [
      'the condition of an award',
      'award a { to seller, when deals >= 0, gives 1 RUB }',
      ['M1520 deals >= 0'],
    ],
    ['the condition of a prize', 'award a { to seller, gives 1 RUB when deals < 0 }', ['M1521 deals < 0']],
    ['the condition of a level', 'level l { to seller, when deals >= 0 }', ['M1520 deals >= 0']],
    [
      'the condition of a pool',
      'pool gift = 5 RUB { to seller when deals < 0, shared equally }',
      ['M1521 deals < 0'],
    ],
    [
      'the condition of one person’s target',
      'for person "A-17" { target deals 5 when person.fte >= 0% }',
      ['M1520 person.fte >= 0%'],
    ],
    [
      'the tiers that it reads',
      'rates r marginal { from 0%: 1 RUB, above 100%: 2 RUB }\naward a { to seller, gives r(conversion else 0%) * 10 }',
      ['M1507 above 100%: 2 RUB'],
    ],
  ])('%s', (_, part, expected) => {
    const found = added(`${part}\n`);
    expect(found.filter((each) => /^M15[02]/.test(each))).toEqual(expected);
  });

  it('sees KPIs that a level or a pool looks at, and what they are compared with', () => {
    const kpi = 'kpi held "Held" = count(deal where mark > 3)\n';
    expect(findings(`${CLEAN}${kpi}level l { to seller, when held > deals }\n`)).toEqual([]);
    expect(only(`${CLEAN}${kpi}pool gift = 5 RUB { to seller, shared by held }\n`, 'M1500').message).toBe(
      "KPI `held` isn't SMART: no role has a target for it",
    );
    expect(
      findings(
        `${CLEAN}${kpi}pool gift = 5 RUB { to seller, shared by held }\nfor team "N" { target held 3 }\n${role('bonus b = gift')}`,
      ),
    ).toEqual([]);
  });
});

it('lets an award of a badge and a single person’s target silence no drop', () => {
  const drop = (beside: string): readonly string[] =>
    added(`${beside}${role('bonus b = 9 RUB when deals < 3 otherwise 5 RUB')}`).filter((each) =>
      each.startsWith('M1516'),
    );
  expect(drop('award a { to seller, when deals >= 3, gives badge "x" }\n')).toEqual(['M1516 deals < 3']);
  expect(drop('for person "A-17" { target deals 5 }\n')).toEqual(['M1516 deals < 3']);
  expect(drop('award a { to seller, when deals >= 3, gives 10 RUB }\n')).toEqual([]);
});

describe('tables', () => {
  it('shows the jump of a tier that re-rates what lies below it', () => {
    // 5% of 10 RUB is 0.50 RUB, and 8% of all 10 RUB 0.80 RUB
    const text = `${CLEAN}rates r marginal { from 0 RUB: 5%, from 10 RUB: 8% on all }\n${role('bonus b = r(revenue)')}`;
    expect(only(text, 'M1511').message).toBe('`r` jumps: from 0.5 RUB to 0.8 RUB at 10 RUB');
  });

  it('shows where it pays less from a tier on', () => {
    // 10% of 10 RUB is 1 RUB, and 8% of all 10 RUB 0.80 RUB
    const text = `${CLEAN}rates r marginal { from 0 RUB: 10%, from 10 RUB: 8% on all }\n${role('bonus b = r(revenue)')}`;
    expect(only(text, 'M1510').message).toBe(
      'one more unit pays less: just below 10 RUB, `r` gives 1 RUB, and from there 0.8 RUB',
    );
  });

  it('lets the last step stand where another score lies above it', () => {
    const steps = (above: string): readonly string[] =>
      added(
        `curve c steps { below 1: 0%, 1: 10%, 2: 10%${above} }\n${role('bonus b = 1 RUB * c(deals)')}`,
      ).filter((each) => each.startsWith('M1506'));
    expect(steps('')).toEqual(['M1506 2: 10%']);
    expect(steps(', above: 10%')).toEqual(['M1506 2: 10%']);
    expect(steps(', above: 20%')).toEqual([]);
  });
});

describe('streaks', () => {
  const award = (when: string): readonly string[] =>
    added(`award a { to seller, when ${when}, gives 10 RUB }\n`).filter((each) => each.startsWith('M1517'));

  it.each([
    ['streak(revenue >= 100 RUB) >= 1', ['M1517 streak(revenue >= 100 RUB) >= 1']],
    ['streak(revenue >= 100 RUB) >= 3', ['M1517 streak(revenue >= 100 RUB) >= 3']],
    ['deals > 5 and streak(revenue >= 100 RUB) > 2', ['M1517 streak(revenue >= 100 RUB) > 2']],
    ['3 <= streak(revenue >= 100 RUB)', ['M1517 3 <= streak(revenue >= 100 RUB)']],
    ['streak(revenue >= 100 RUB) is 3', []],
    ['streak(revenue >= 100 RUB) >= 3 and streak(revenue >= 100 RUB) < 5', []],
    ['deals >= 3', []],
  ])('%s', (when, expected) => {
    expect(award(when)).toEqual(expected);
  });

  it('says from when on it is given', () => {
    const message = (count: string): string =>
      only(`${CLEAN}award a { to seller, when streak(deals > 1) ${count}, gives 10 RUB }\n`, 'M1517').message;
    expect(message('>= 3')).toBe(
      'award `a` is given again and again: at 3 in a row, and each time after that while the run goes on',
    );
    expect(message('> 0')).toBe(
      'award `a` is given again and again: whenever the condition of its streak holds',
    );
  });

  it('sees a streak by its name, and one that a prize asks for', () => {
    expect(
      added('let run = streak(deals > 1)\naward a { to seller, when run >= 3, gives 10 RUB }\n'),
    ).toContain('M1517 run >= 3');
    expect(added('award a { to seller, gives 10 RUB when streak(deals > 1) >= 2 }\n')).toContain(
      'M1517 streak(deals > 1) >= 2',
    );
  });

  it('can be allowed', () => {
    const text =
      'award a {\n  to seller\n  // allow M1517: paid each month on purpose\n  when streak(deals > 1) >= 2\n  gives 1 RUB\n}\n';
    expect(added(text)).toEqual([]);
  });
});

it('names of awards, pools, grids and the policy are in one alphabet', () => {
  expect(added('award bеst { to seller, gives 1 RUB }\n')).toEqual(['M1550 bеst']);
  expect(added('pool gіft = 5 RUB { to seller, shared equally }\n')).toContain('M1550 gіft');
});
