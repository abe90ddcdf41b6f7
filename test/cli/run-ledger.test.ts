// `merit run --ledger`, as it is typed: the open month with its corrections, a closed one as it was paid.

import { rmSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { CONFIG, POLICY } from '../ledger/shop.ts';
import { type Answer, merit, workplace } from './command.ts';

const { files } = workplace();
const HEAD = 'id,closed_on,manager,amount\n';
const PEOPLE = 'id,name,role\nanna,Anna,seller\nbob,Bob,seller\n';
const MEMORY = ['--backend', 'memory'] as const;

function run(month: number, ...options: readonly string[]): Promise<Answer> {
  return merit('run', 'shop', '--period', `2026-0${month}`, ...MEMORY, ...options);
}

/** Cells of the rows of one person. */
function rowsOf({ out }: Answer, person: string): readonly string[] {
  const rows = out.split('\n').map((each) => each.split(','));
  return rows.filter((each) => each[1] === person).map((each) => each.slice(6, 10).join(' ').trim());
}

beforeEach(async () => {
  rmSync('shop', { recursive: true, force: true });
  files({
    'shop/policy.merit': POLICY,
    'shop/merit.config.yaml': CONFIG,
    'shop/people.csv': PEOPLE,
    'shop/deals.csv': `${HEAD}1,2026-01-10,anna,1000\n2,2026-02-10,anna,2000\n`,
  });
  const { err } = await merit(
    'close',
    'shop',
    '--period',
    '2026-01',
    '--by',
    'olga',
    '--at',
    '2026-02-03',
    ...MEMORY,
  );
  expect(err).toBe('');
  files({ 'shop/deals.csv': `${HEAD}1,2026-01-10,anna,400\n2,2026-02-10,anna,2000\n3,2026-01-31,bob,100\n` });
});

describe('merit run --ledger', () => {
  it('corrects the closed month in the open one, by cause', async () => {
    const answer = await run(2, '--ledger', '--format', 'csv');
    expect([answer.code, answer.err]).toEqual([0, '']);
    // 3%: of the 600 less 18, of bob's late 100 3
    expect(rowsOf(answer, 'anna').slice(-4)).toEqual([
      'pay total 60',
      'adjustment deal 1 has changed 2026-01 -18',
      'earned deal 1 has changed 2026-01 0',
      'pay total -18',
    ]);
    expect(rowsOf(answer, 'bob')).toContain('adjustment deal 3 is new 2026-01 3');
  });

  it('says it on a statement', async () => {
    const { out } = await run(2, '--ledger', 'shop/merit.ledger.duckdb', '--person', 'anna');
    expect(out.slice(out.indexOf('From earlier'))).toBe(`From earlier periods, and of all pay
    deal 1 has changed, correction of 2026-01                     -18.00 RUB
        amount: 1000 before, 400 now
        commission (seller): -18.00 RUB

Earned in 2026-02                                                  60.00 RUB
Pay for 2026-02                                                    42.00 RUB
`);
  });

  it('gives a closed month as it was paid', async () => {
    const { out } = await run(1, '--ledger', '--format', 'json');
    expect(JSON.parse(out).statements.map((each: { pay: string }) => each.pay)).toEqual(['30', '0']);
    // by itself it comes to what the data says now
    const alone = await run(1, '--format', 'json');
    expect(JSON.parse(alone.out).statements.map((each: { pay: string }) => each.pay)).toEqual(['12', '3']);
    expect(alone.err).toBe('');
  });

  it('is named where a run by itself leaves a ledger out', async () => {
    expect((await run(2)).err).toContain('note: the ledger is not asked: with `--ledger`');
    expect((await run(2, '--ledger')).err).toBe('');
    expect((await run(2, '--quiet')).err).toBe('');
    rmSync('shop/merit.ledger.duckdb');
    expect((await run(2)).err).toBe('');
  });

  it('stops at rows that are gone, unless they are accepted', async () => {
    files({ 'shop/deals.csv': `${HEAD}2,2026-02-10,anna,2000\n` });
    const stopped = await run(2, '--ledger');
    expect([stopped.code, stopped.out]).toEqual([1, '']);
    expect(stopped.err).toContain('error[M3100]');
    const accepted = await run(2, '--ledger', '--accept-removed', '--format', 'csv');
    expect(rowsOf(accepted, 'anna')).toContain('adjustment deal 1 is gone 2026-01 -30');
  });

  it('is one month after another, and by itself', async () => {
    expect((await run(3, '--ledger')).err).toContain('error[M3121]');
    expect((await run(2, '--accept-removed')).code).toBe(2);
    expect((await run(2, '--ledger', '--sql')).code).toBe(2);
    expect((await run(2, '--ledger', '--coverage-output', 'c.json')).code).toBe(2);
  });
});
