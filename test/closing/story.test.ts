// A year of the sales department, closed month by month while its data go on changing. What has been paid, and is owed and
// due, is in every month what a single run over the data of that day earns; story/case.md works one person by hand.

import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { createDuckDbBackend } from '../../src/backend/duckdb.ts';
import { exact, exactText } from '../../src/base/exact.ts';
import { causeText } from '../../src/ledger/cause-text.ts';
import type { PayLine } from '../../src/model/pay-lines.ts';
import type { Statement } from '../../src/model/result.ts';
import {
  close,
  draft,
  earned,
  type Office,
  paidForGood,
  payable,
  single,
  sourcesOf,
  withDue,
} from './months.ts';
import { type Closed, NOTHING_CLOSED } from './small-months.ts';
import { COLUMNS, dataAt, MONTHS, yearOf } from './story/world.ts';

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');
const EXAMPLE = { name: 'policy.merit', text: read('../../examples/sales-department/policy.merit') };
const FIRST = read('./story/first.merit');
const SECOND = read('./story/second.merit');

const YEAR = yearOf(20260101);
/** From the close of August on the raised rates are there, for what was sold since June. */
const RAISED = 8;

/** The files on the day of a close, as whoever looks after the policy leaves them. */
function filesAt(month: number): Office['policy'] {
  const last = month < RAISED ? '2026-12-31' : '2026-07-31';
  const first = { name: 'first.merit', text: FIRST.replace('until 2026-12-31', `until ${last}`) };
  return [EXAMPLE, first, ...(month < RAISED ? [] : [{ name: 'second.merit', text: SECOND }])];
}

/** The same as if everybody had known from the beginning: the raised rates hold from June. */
function knownFiles(month: number): Office['policy'] {
  if (month < RAISED) return filesAt(month);
  const second = SECOND.replace('from 2026-08-01', 'from 2026-06-01').replace(/\n.*reopens.*\n/, '\n');
  return [
    EXAMPLE,
    { name: 'first.merit', text: FIRST.replace('until 2026-12-31', 'until 2026-05-31') },
    { name: 'second.merit', text: second },
  ];
}

function officeAt(month: number, policy = filesAt(month)): Office {
  return { policy, sources: sourcesOf(dataAt(YEAR, month), COLUMNS) };
}

/** What single runs over the data of a month's close come to, up to that month: no ledger, nothing closed. */
function singleAt(month: number): Promise<readonly Statement[]> {
  const last = MONTHS[month - 1]!;
  const stretches = month < RAISED ? [`2026-01..${last}`] : ['2026-01..2026-05', `2026-06..${last}`];
  return single(officeAt(month, knownFiles(month)), stretches);
}

/** What was closed after each month. */
const all: Closed[] = [];

beforeAll(async () => {
  for (const [index, period] of MONTHS.entries())
    all.push(await close(all.at(-1) ?? NOTHING_CLOSED, officeAt(index + 1), period));
}, 600_000);

function statement(person: string, month: number): Statement | undefined {
  const { statements } = all[month - 1]!.closes.at(-1)!.body.result;
  return statements.find((each) => each.person === person);
}

function linesOf(each: Statement, kind: PayLine['kind']): readonly PayLine[] {
  return (each.lines ?? []).filter((line) => line.kind === kind);
}

describe('a year closed month by month', () => {
  it.each(MONTHS.map((period, index) => [period, index + 1] as const))(
    'has paid by %s what a single run over the data of that day earns',
    async (_, month) => {
      const closed = all[month - 1]!;
      const runs = await singleAt(month);
      expect(paidForGood(closed)).toEqual(payable(runs));
      const last = closed.closes.at(-1)!.body.result.statements;
      expect(withDue(paidForGood(closed), last)).toEqual(earned(runs));
    },
    600_000,
  );

  it('goes on from the inputs that the records tell', async () => {
    for (const [index, next] of MONTHS.slice(1).entries()) {
      const again = await draft(all[index]!, officeAt(index + 1), next);
      expect(again.snapshot).toEqual(all[index]!.snapshot);
    }
  }, 600_000);

  it('has had something to correct, to owe and to recover', () => {
    const statements = all.at(-1)!.closes.flatMap((each) => each.body.result.statements);
    const count = (kind: PayLine['kind']): number => statements.flatMap((each) => linesOf(each, kind)).length;
    expect(count('adjustment')).toBeGreaterThan(50);
    expect(count('carried')).toBeGreaterThan(3);
    expect(count('owed')).toBeGreaterThan(3);
    // nothing that was paid is below nothing, whatever is taken back
    expect(statements.filter((each) => each.pay.startsWith('-'))).toEqual([]);
  });

  it('corrects nothing where nothing has changed', async () => {
    for (const month of [3, 6, 11]) {
      const { result, changes, reopened } = await draft(all[month - 1]!, officeAt(month), MONTHS[month]!);
      expect(changes).toEqual([]);
      expect(reopened).toEqual([]);
      expect(result.statements.flatMap((each) => linesOf(each, 'adjustment'))).toEqual([]);
    }
  }, 600_000);
});

it('is closed alike by DuckDB', async () => {
  // August: late and cancelled deals, a new rate for closed months, somebody who has left
  const open = () => createDuckDbBackend({ readFile: () => Promise.reject(), paths: [], threads: 2 });
  const { result } = await draft(all[6]!, { ...officeAt(8), open }, '2026-08');
  expect(result.statements).toEqual(all[7]!.closes.at(-1)!.body.result.statements);
}, 600_000);

describe('dina, whose year story/case.md works by hand', () => {
  it('is paid month by month', () => {
    const pays = MONTHS.map((_, index) => statement('dina', index + 1)?.pay);
    expect(pays).toEqual([
      '44000',
      '26000',
      '56400',
      '48400',
      '68400',
      '46114.29',
      '52114.29',
      '59685.71',
      undefined,
      '0',
      '0',
      '0',
    ]);
  });

  it('has three lines for June in August, which add up, and what they did to July', () => {
    const adjustments = linesOf(statement('dina', 8)!, 'adjustment');
    expect(adjustments.map(({ cause, period, amount }) => [causeText(cause!), period, amount])).toEqual([
      ['deal D-09 has changed', '2026-06', '-21714.29'],
      ['deal D-10 is new', '2026-06', '16571.43'],
      ['rates ladder', '2026-06', '10000'],
      ['deal D-09 has changed', '2026-07', '4285.71'],
      ['deal D-10 is new', '2026-07', '571.43'],
      ['rates ladder', '2026-07', '10000'],
    ]);
    // without the cancelled deal July has grown on June by more than a fifth: the prize is its doing
    expect(adjustments[3]!.lines).toEqual([
      { kind: 'bonus', name: 'growth_prize', role: 'hunter', amount: '5000' },
      { kind: 'due', name: 'hunter_quarter', role: 'hunter', over: '2026-Q2', amount: '-714.29' },
    ]);
  });

  it('has left, owes, and has a statement as long as that lasts', () => {
    const balances = [10, 11, 12].map((month) => statement('dina', month)!.balances);
    expect(balances).toEqual([
      [{ kind: 'owed', before: '0', after: '45200' }],
      [{ kind: 'owed', before: '45200', after: '45200' }],
      [{ kind: 'owed', before: '45200', after: '19200' }],
    ]);
  });

  it('has in all what her year earns', () => {
    // 44,000 + 49,000 + 33,400 + 48,400 + 68,400 + 50,971.43 + 16,771.43 + 70,971.43
    expect(paidForGood(all.at(-1)!).get('dina')).toBe(exactText(exact('381914.29')));
  });
});
