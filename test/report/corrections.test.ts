// How corrections of closed periods look on statements, in tables and as CSV. The amounts are those of the closing tests.

import { describe, expect, test } from 'vitest';
import type { PayLine } from '../../src/model/pay-lines.ts';
import type { Result, Statement } from '../../src/model/result.ts';
import { resultCsv } from '../../src/report/csv.ts';
import { statementText } from '../../src/report/statement.ts';
import { resultText } from '../../src/report/table.ts';

const BASE = { formula: '', inputs: [], earned: '0' };

const line = (each: Omit<PayLine, 'formula' | 'inputs' | 'computed'>): PayLine => {
  return { ...BASE, computed: each.amount, ...each };
};

const LINES: readonly PayLine[] = [
  line({
    kind: 'adjustment',
    name: 'deal d1 has changed',
    period: '2026-01',
    amount: '-80',
    cause: {
      kind: 'row',
      change: 'changed',
      source: 'deal',
      key: 'd1',
      fields: [
        { field: 'amount', before: '400', after: '80' },
        { field: 'note', after: '\u001b[2J' },
      ],
    },
    lines: [{ kind: 'bonus', name: 'b', role: 'r', over: '2026-Q1', amount: '-80' }],
  }),
  line({
    kind: 'adjustment',
    name: 'another version of Merit',
    period: '2026-02',
    amount: '-80',
    cause: { kind: 'engine', before: '1.0.0', after: '1.1.0' },
    lines: [{ kind: 'bonus', name: 'b', role: 'r', amount: '-80' }],
  }),
  line({
    kind: 'offset',
    name: 'b',
    role: 'r',
    title: 'Bonus',
    period: '2026-01',
    due: '2026-04',
    amount: '20',
  }),
  line({ kind: 'owed', name: 'owed', period: '2026-03', amount: '-5' }),
  line({ kind: 'carried', name: 'carried', period: '2026-03', amount: '25' }),
];

const STATEMENT: Statement = {
  person: 'ann',
  name: 'Ann',
  period: '2026-03',
  roles: [],
  lines: LINES,
  earned: '120',
  pay: '0',
  balances: [{ kind: 'owed', before: '15', after: '35' }],
};

const RESULT: Result = {
  formatVersion: 1,
  policy: { name: 'sales', currency: 'RUB' },
  engine: { version: '1.1.0', backend: 'memory', zoneData: '2026a' },
  periods: ['2026-03'],
  statements: [STATEMENT],
  groups: [],
  company: [],
  control: [],
  rejectsAllowed: false,
};

/** Amounts stand at the right: how far is of no matter here. */
const squeezed = (text: string): string => text.replace(/(\S) {2,}(-?[0-9])/g, '$1 | $2');

describe('corrections', () => {
  test('on a statement: why, of what, and what is left', () => {
    expect(squeezed(statementText(STATEMENT, RESULT))).toBe(`Ann (ann), 2026-03
sales

From earlier periods, and of all pay
    deal d1 has changed, correction of 2026-01 | -80.00 RUB
        amount: 400 before, 80 now
        note: empty before, \\u{1b}[2J now
        b (r), worked out over 2026-Q1: -80.00 RUB
    another version of Merit, correction of 2026-02 | -80.00 RUB
        1.0.0 before, 1.1.0 now
        b (r): -80.00 RUB
    Bonus, earned in 2026-01 and due in 2026-04 | 20.00 RUB
        not taken from pay now, but from this part when it is due
    Taken back of what is owed | -5.00 RUB
    Can't be taken back now, stays owed | 25.00 RUB

Earned in 2026-03 | 120.00 RUB
Pay for 2026-03 | 0.00 RUB
  Owed of corrections: 35.00 RUB (before 15.00 RUB)
`);
  });

  test('in the table: one column for all causes', () => {
    const text = resultText(RESULT, { width: 120 });
    const table = text.slice(text.indexOf('From earlier')).split('\n').slice(1, 5);
    expect(table.map((each) => each.trim().replace(/ {2,}/g, ' | '))).toEqual([
      'Set against | Owed of',
      'Person | Corrections | parts | corrections | Pay, RUB | Owed',
      expect.stringMatching(/^─+$/),
      'Ann (ann) | -160.00 | 20.00 | 20.00 | 0.00 | 35.00',
    ]);
  });

  test('as CSV: a row each, with the period that it is of', () => {
    const rows = resultCsv(RESULT).split('\n').slice(1, -1);
    const cells = rows.map((each) => each.split(',').slice(6, 9).join(' '));
    expect(cells.filter((each) => !each.startsWith('earned'))).toEqual([
      'adjustment deal d1 has changed 2026-01 -80',
      'adjustment another version of Merit 2026-02 -80',
      'offset b 2026-01 2026-04 20',
      'owed owed -5',
      'carried carried 25',
      'pay total -120',
      'balance owed of corrections 35',
    ]);
  });
});
