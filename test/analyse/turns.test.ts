// Bounds at which a role pays less for a better result, and those at which it jumps: the amounts are worked by hand.

import { describe, expect, it } from 'vitest';
import { lint } from '../../src/analyse/lint.ts';
import type { Diagnostic } from '../../src/base/diagnostic.ts';
import { CLEAN, marked, modelOf } from './helpers.ts';

const TARGETS = `target revenue 100 RUB
  target deals 10
  target returns 3`;

/** What is found of jumps and drops where a role has these lines, besides others. */
function found(lines: string, before = ''): readonly Diagnostic[] {
  const text = `${CLEAN}${before}role other {\n  ${TARGETS}\n  ${lines}\n}\n`;
  return lint(modelOf(text)).filter(({ code }) => ['M1511', 'M1514', 'M1515', 'M1516'].includes(code));
}

function codes(lines: string, before = ''): readonly string[] {
  const text = `${CLEAN}${before}role other {\n  ${TARGETS}\n  ${lines}\n}\n`;
  return found(lines, before).map((each) => marked(text, each));
}

function drop(lines: string, before = ''): string | undefined {
  return found(lines, before).find(({ code }) => code === 'M1516')?.message;
}

describe('a better result that pays less', () => {
  it.each([
    [
      'within a choice',
      'bonus b = 9 RUB when deals < 3 otherwise 5 RUB',
      '`b` pays 9 RUB where `deals` is 2, and 5 RUB where it is 3',
    ],
    [
      // 9 deals at 10 RUB are 90 RUB, 10 at 8 RUB are 80 RUB
      'by more than the unit itself earns',
      'bonus b = deals * 10 RUB when deals < 10 otherwise deals * 8 RUB',
      '`b` pays 90 RUB where `deals` is 9, and 80 RUB where it is 10',
    ],
    [
      // 2% of 999.99 RUB is 19.9998 RUB, 1% of 1,000 RUB is 10 RUB
      'by a cent of an amount',
      'bonus b = revenue * 2% when revenue < 1_000 RUB otherwise revenue * 1%',
      '`b` pays 19.9998 RUB where `revenue` is 999.99 RUB, and 10 RUB where it is 1_000 RUB',
    ],
    [
      // 20 + 0 below, 0 + 12 from 5 on
      'by several bonuses together',
      'bonus a = 20 RUB when deals < 5\n  bonus b = 12 RUB when deals >= 5',
      '`a` and `b` pay 20 RUB where `deals` is 4, and 12 RUB where it is 5',
    ],
    [
      'where less is better',
      'bonus b = 9 RUB when returns > 2 otherwise 5 RUB',
      '`b` pays 9 RUB where `returns` is 3, and 5 RUB where it is 2',
    ],
    [
      // 100% of the target of 10 deals
      'by an attainment',
      'bonus b = 9 RUB when (attainment(deals) else 0%) < 100% otherwise 5 RUB',
      '`b` pays 9 RUB where `deals` is 9, and 5 RUB where it is 10',
    ],
    [
      'of an amount that isn’t known',
      'bonus b = person.salary * (20% when deals < 3 otherwise 10%)',
      '`b` pays more where `deals` is 2 than where it is 3',
    ],
    [
      'behind a gate of another KPI',
      'gate (mark else 1) >= 2\n  bonus b gated = 9 RUB when deals < 3 otherwise 5 RUB',
      '`b` pays 9 RUB where `deals` is 2, and 5 RUB where it is 3',
    ],
    [
      'through a named value',
      'bonus b = stake',
      '`b` pays 9 RUB where `deals` is 2, and 5 RUB where it is 3',
    ],
  ])('%s', (_, lines, sides) => {
    const named = lines.includes('stake') ? 'let stake = 9 RUB when deals < 3 otherwise 5 RUB\n' : '';
    expect(drop(lines, named)).toBe(`a better result pays less: ${sides}`);
  });

  it('is quiet where nothing is lost, or it can’t be told', () => {
    for (const lines of [
      // 9 deals at 10 RUB are 90 RUB, 10 at 9.50 RUB are 95 RUB
      'bonus b = deals * 10 RUB when deals < 10 otherwise deals * 9.5 RUB',
      // what one bonus loses the other one gives: 20, then 25
      'bonus a = 20 RUB when deals < 5\n  bonus b = 25 RUB when deals >= 5',
      'bonus a = 20 RUB when deals < 5 otherwise 10 RUB\n  bonus b = 15 RUB when deals >= 5 otherwise 0 RUB',
      // the next deal earns more than is lost
      'bonus a = deals * 10 RUB\n  bonus b = 9 RUB when deals < 5 otherwise 5 RUB',
      // the role's cap takes it anyway: 50 and 40 are over 10
      'bonus b = 50 RUB when deals < 5 otherwise 40 RUB\n  cap 10 RUB',
      // a penalty for what is worse
      'bonus b = -5 RUB when returns > 2 otherwise 0 RUB',
      // the company's deals move too, by how much isn't known
      'bonus a = deals[company] * 10 RUB\n  bonus b = 9 RUB when deals < 5 otherwise 5 RUB',
      // what the company's cap, its floor or its draw makes of it
      'bonus b = 9 RUB when deals < 5 otherwise 5 RUB\n  draw 20 RUB recoverable',
      'bonus b = 9 RUB when deals < 5 otherwise 5 RUB floor 9 RUB',
      'bonus a = 9 RUB when deals < 5 otherwise 5 RUB floor 9 RUB\n  bonus b = a',
      // the floor of what is named: 12 and 12
      'bonus a not prorated = 0 RUB floor (9 RUB when deals < 5 otherwise 12 RUB)\n  bonus b = 3 RUB when deals < 5 otherwise 0 RUB',
      // the place among others, and the other way that a share of a pool moves
      'bonus b = (rank(deals) else 9) * 1 RUB + (9 RUB when deals < 5 otherwise 5 RUB)',
      // the same deals count in another KPI
      'bonus a = conversion * 900 RUB when conversion exists\n  bonus b = 9 RUB when deals < 5 otherwise 5 RUB',
    ])
      expect(drop(lines), lines).toBeUndefined();
  });

  it('reads grids, and leaves open what they read of others', () => {
    const grid =
      'grid g by n, m {\n  | from 0 | from 3\n from 0 | 9 RUB | 8 RUB\n from 2 | 7 RUB | 6 RUB\n}\n';
    // 2 deals: the second row, the first column, 7 RUB
    expect(drop('bonus b = g(deals, deals) when deals < 3 otherwise 5 RUB', grid)).toBe(
      'a better result pays less: `b` pays 7 RUB where `deals` is 2, and 5 RUB where it is 3',
    );
    // 6 RUB where there are 3: a turn, from 2 deals to 3, that is worth more than 5 RUB
    expect(drop('bonus b = 5 RUB when deals < 3 otherwise g(deals, deals)', grid)).toBeUndefined();
    // 7 or 6 RUB, by the mark
    expect(drop('bonus b = g(deals, mark else 1) when deals < 3 otherwise 5 RUB', grid)).toBeUndefined();
  });

  it('counts what the policy itself caps, guarantees and advances', () => {
    const line = 'bonus b = 50 RUB when deals < 5 otherwise 40 RUB';
    const within = (term: string) => {
      const text = `${CLEAN.replace('  period month\n', `  period month\n  ${term}\n`)}role other {\n  ${TARGETS}\n  ${line}\n}\n`;
      return lint(modelOf(text)).filter(({ code }) => code === 'M1516').length;
    };
    expect(within('cap 60 RUB')).toBe(1);
    // both are over 10
    expect(within('cap 10 RUB')).toBe(0);
    expect(within('floor 60 RUB')).toBe(0);
    expect(within('draw 60 RUB')).toBe(0);
  });

  it('is said once, with its amounts, where a bonus ends', () => {
    const [, ending] = found('bonus b = 5 RUB when deals < 3');
    expect(ending?.code).toBe('M1514');
    expect(ending?.label).toBe('`b` pays 5 RUB where `deals` is 2, and 0 RUB where it is 3');
    expect(codes('bonus b = 5 RUB when deals < 3')).toEqual(['M1515 other', 'M1514 deals < 3']);
  });

  it('is said once where several conditions turn at one bound', () => {
    const lines =
      'bonus a = 20 RUB when deals < 3\n  bonus b not prorated = 12 RUB when deals >= 3 otherwise deals * 1 RUB';
    // 20 + 2 and 0 + 12
    expect(codes(lines)).toEqual(['M1515 other', 'M1514 deals < 3']);
    expect(found(lines)[1]?.label).toBe(
      '`a` and `b` pay 22 RUB where `deals` is 2, and 12 RUB where it is 3',
    );
  });

  it('isn’t said of a bonus that ends where a choice of another one takes over', () => {
    const lines = 'bonus a = 5 RUB when deals < 3\n  bonus b = 9 RUB when deals >= 3 otherwise 0 RUB';
    expect(codes(lines)).toEqual(['M1515 other']);
  });

  it('can be allowed where it stands', () => {
    const lines = '// allow M1516: newcomers are paid more\n  bonus b = 9 RUB when deals < 3 otherwise 5 RUB';
    expect(drop(lines)).toBeUndefined();
  });
});

describe('a jump within a formula', () => {
  const jumps = (lines: string) =>
    found(lines)
      .filter(({ code }) => code === 'M1515')
      .flatMap(({ message, related }) => [message, ...(related ?? []).map((each) => each.message)]);

  it('tells both amounts', () => {
    expect(jumps('bonus b = 9 RUB when deals >= 3 otherwise 5 RUB')).toEqual([
      'role `other` pays in jumps: at one condition',
      '`b` jumps between 5 RUB and 9 RUB here',
    ]);
  });

  it('is seen where rates change and where a result meets its bound in between', () => {
    expect(jumps('bonus b = revenue * 2% when revenue >= 1_000 RUB otherwise revenue * 1%')).toEqual([
      'role `other` pays in jumps: at one condition',
      '`b` jumps here',
    ]);
    // both are 1,000 RUB at the bound
    expect(jumps('bonus b not prorated = revenue when revenue < 1_000 RUB otherwise 1_000 RUB')).toEqual([]);
  });
});
