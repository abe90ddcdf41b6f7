// A person over closed periods, adjustments with their causes, and what was said of a statement.

import { describe, expect, it } from 'vitest';
import { historyOf, peopleIn } from '../../src/ledger/history.ts';
import { adjustmentsOf } from '../../src/ledger/open-adjustments.ts';
import { closesOf } from '../../src/ledger/records.ts';
import { saidOf } from '../../src/ledger/said.ts';
import type { AdjustmentCause } from '../../src/model/ledger.ts';
import { line, statement, writing } from './sample.ts';

const CAUSE: AdjustmentCause = {
  kind: 'row',
  change: 'changed',
  source: 'deal',
  key: 'D-1',
  fields: [{ field: 'amount', before: '1000', after: '700' }],
};

/** 100 in January; February earns 10, and 30 of January is taken back: 10 now, 20 are owed; March pays them of 50. */
function threeMonths() {
  const ledger = writing();
  ledger.close('2026-01', [
    statement({ person: 'anna', period: '2026-01', bonus: '100', pay: '80', earned: '100' }),
    statement({ person: 'bob', period: '2026-01', bonus: '50', pay: '50' }),
  ]);
  const parts = [{ kind: 'bonus', name: 'commission', role: 'seller', amount: '-30' }];
  ledger.close('2026-02', [
    statement({
      person: 'anna',
      period: '2026-02',
      bonus: '10',
      pay: '0',
      lines: [
        line({ kind: 'adjustment', name: 'deal D-1 changed', amount: '-30', cause: CAUSE, lines: parts }),
        line({ kind: 'carried', name: 'owed', amount: '20', period: '2026-02' }),
      ],
      balances: [{ kind: 'owed', before: '0', after: '20' }],
      awards: [
        { award: 'first', role: 'seller', won: true, inputs: [], prizes: [] },
        { award: 'second', role: 'seller', won: false, inputs: [], prizes: [] },
      ],
    }),
  ]);
  ledger.write({ kind: 'comment', policy: 'sales', period: '2026-02', person: 'anna', text: 'why?' });
  ledger.write(
    { kind: 'comment', policy: 'sales', period: '2026-02', person: 'anna', text: 'D-1' },
    [],
    'ivan',
  );
  ledger.write({ kind: 'comment', policy: 'sales', period: '2026-01', person: 'bob', text: 'other' });
  ledger.write({ kind: 'acknowledgement', policy: 'sales', period: '2026-02', person: 'anna' }, [], 'anna');
  return ledger;
}

describe('history', () => {
  it('has earned, payable and paid, and what was corrected later', () => {
    const history = historyOf(threeMonths().records(), 'anna')!;
    expect(history).toMatchObject({ person: 'anna', name: 'ANNA', currency: 'RUB', owed: '20' });
    const [january, february] = history.periods;
    expect(january).toMatchObject({ earned: '100', payable: '80', paid: '80', corrected: '-30', won: [] });
    expect(january).not.toHaveProperty('adjusted');
    // -30 and +20
    expect(february).toMatchObject({
      earned: '10',
      payable: '10',
      adjusted: '-10',
      paid: '0',
      won: ['first'],
    });
    expect(february).not.toHaveProperty('corrected');
  });

  it('has what was said, of that statement only', () => {
    const february = historyOf(threeMonths().records(), 'anna')!.periods[1]!;
    expect(february.comments).toEqual([
      { by: 'olga', at: '2026-03-01', text: 'why?' },
      { by: 'ivan', at: '2026-03-01', text: 'D-1' },
    ]);
    expect(february.acknowledged).toEqual([{ by: 'anna', at: '2026-03-01' }]);
    expect(saidOf(threeMonths().records(), { person: 'anna', period: '2026-01' })).toEqual({
      person: 'anna',
      period: '2026-01',
      comments: [],
      acknowledgements: [],
    });
  });

  it('is of those who have a statement', () => {
    const records = threeMonths().records();
    expect(historyOf(records, 'vera')).toBeUndefined();
    expect(peopleIn(records)).toEqual(['anna', 'bob']);
    expect(peopleIn(records, '2026-02')).toEqual(['anna']);
  });
});

describe('adjustments', () => {
  it('have their causes and lines, and who owes', () => {
    const { body } = closesOf(threeMonths().records())[1]!;
    expect(adjustmentsOf(body.result, 'close')).toEqual({
      formatVersion: 1,
      period: '2026-02',
      closed: true,
      currency: 'RUB',
      adjustments: [
        {
          person: 'anna',
          name: 'ANNA',
          period: '2026-01',
          cause: CAUSE,
          text: 'deal D-1 changed',
          amount: '-30',
          lines: [{ kind: 'bonus', name: 'commission', role: 'seller', amount: '-30' }],
        },
      ],
      owed: [{ person: 'anna', name: 'ANNA', before: '0', after: '20' }],
      total: '-30',
    });
  });
});
