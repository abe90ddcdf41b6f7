// Whether a period may be closed, and by whom.

import { describe, expect, it } from 'vitest';
import { dayOf } from '../../src/base/date.ts';
import { parsePeriod } from '../../src/base/period.ts';
import { approvalFor, checkApprovals, isSameName } from '../../src/ledger/approval.ts';
import { closable, dayOfTime, inOrder } from '../../src/ledger/closable.ts';
import { fingerprintOf } from '../../src/ledger/fingerprint.ts';
import type { Fingerprint, LedgerRecord, Snapshot } from '../../src/model/ledger.ts';
import type { Statement } from '../../src/model/result.ts';
import { deals, FILES, line, resultOf, sha256, statement, writing } from './sample.ts';

function january(): readonly LedgerRecord[] {
  const ledger = writing();
  ledger.close('2026-01', [statement({ person: 'anna', period: '2026-01', bonus: '100', pay: '100' })]);
  return ledger.records();
}

const messages = (records: readonly LedgerRecord[], period: string, at: string): readonly string[] =>
  closable(records, { period: parsePeriod(period)!, calendars: [], at }).map(
    ({ code, message }) => `${code} ${message}`,
  );

describe('a period', () => {
  it('may be the first whatever it is, and then the next one', () => {
    expect(messages([], '2026-05', '2026-06-01')).toEqual([]);
    expect(messages(january(), '2026-02', '2026-03-01T00:00')).toEqual([]);
  });

  it('is closed once', () => {
    expect(messages(january(), '2026-01', '2026-03-01')).toEqual([
      'M3120 `2026-01` is closed already, by olga at 2026-03-01',
    ]);
  });

  it('is closed in order, without a gap', () => {
    expect(messages(january(), '2026-03', '2026-05-01')).toEqual([
      "M3121 `2026-03` isn't the next period to close: that is `2026-02`",
    ]);
    expect(messages(january(), '2025-12', '2026-05-01')).toEqual([
      "M3121 `2025-12` isn't the next period to close: that is `2026-02`",
    ]);
  });

  it('is closed when it is over: from the day after its last', () => {
    expect(messages(january(), '2026-02', '2026-02-28T23:59:59+03:00')).toEqual([
      "M3122 `2026-02` isn't over at 2026-02-28T23:59:59+03:00: its last day is 2026-02-28",
    ]);
    expect(messages(january(), '2026-02', '2026-03-01')).toEqual([]);
  });

  it('is approved before it is over', () => {
    expect(inOrder(january(), { period: parsePeriod('2026-02')!, calendars: [] })).toEqual([]);
  });

  it('is of the calendar of those that were closed', () => {
    expect(messages(january(), '2026-Q2', '2026-07-01')).toEqual([
      'M3127 the ledger holds periods like `2026-01`, and `2026-Q2` is a quarter',
    ]);
  });
});

describe('a time', () => {
  it.each([
    ['2026-02-03', dayOf(2026, 2, 3)],
    ['2026-02-03T10:00', dayOf(2026, 2, 3)],
    ['2026-02-03 10:00:59', dayOf(2026, 2, 3)],
    ['2026-02-03T23:59Z', dayOf(2026, 2, 3)],
    ['2026-02-03T10:00+03:00', dayOf(2026, 2, 3)],
    ['2026-02-30', undefined],
    ['2026-02-03T24:00', undefined],
    ['2026-02-03T10', undefined],
    ['yesterday', undefined],
    ['2026-02-03\n', undefined],
  ])('%s', (text, day) => {
    expect(dayOfTime(text)).toBe(day);
  });
});

describe('names', () => {
  it('are the same however they are typed', () => {
    expect(isSameName('Olga', ' OLGA ')).toBe(true);
    expect(isSameName('Ольга  Лебедева', 'ольга лебедева')).toBe(true);
    expect(isSameName('Andr\u00e9', 'andre\u0301')).toBe(true);
    expect(isSameName('Straße', 'STRASSE')).toBe(true);
    expect(isSameName('olga', 'ivan')).toBe(false);
  });
});

describe('a fingerprint', () => {
  const result = resultOf('2026-02', [
    statement({ person: 'anna', period: '2026-02', bonus: '10', pay: '10' }),
  ]);
  const print = (of: {
    files?: typeof FILES;
    inputs?: Snapshot;
    statements?: readonly Statement[];
  }): Fingerprint =>
    fingerprintOf(
      {
        files: of.files ?? FILES,
        rows: (of.inputs ?? deals({ 'D-1': '1', 'D-2': '2' })).sources.flatMap(({ rows }) => rows),
        result: of.statements ? { ...result, statements: of.statements } : result,
      },
      sha256,
    );

  it('is the same for rows in another order', () => {
    expect(print({ inputs: deals({ 'D-2': '2', 'D-1': '1' }) })).toEqual(print({}));
  });

  it('is the same where a row stands elsewhere in its file', () => {
    const at = (row: number): readonly Statement[] => {
      const rows = [
        { key: 'D-1', row, day: '2026-02-01', share: '1', inputs: [], computed: '10', amount: '10' },
      ];
      const perEvent = { event: 'deal', rows, failed: 0, late: 0 };
      const [role] = result.statements[0]!.roles;
      const roles = [{ ...role!, lines: [line({ name: 'commission', amount: '10', perEvent })] }];
      return [{ ...result.statements[0]!, roles }];
    };
    expect(print({ statements: at(2) })).toEqual(print({ statements: at(7) }));
  });

  describe('of an approval', () => {
    const ledger = writing();
    ledger.close('2026-01', [statement({ person: 'anna', period: '2026-01', bonus: '100', pay: '100' })]);
    const approval = ledger.write(
      { kind: 'approval', policy: 'sales', period: '2026-02', fingerprint: print({}) },
      [],
      'Ivan',
    );
    const rests = (fingerprint: Fingerprint, by = 'olga', required = true) =>
      approvalFor(ledger.records(), { policy: 'sales/', period: '2026-02', by, fingerprint, required });

    it('lets another close the very same', () => {
      expect(rests(print({}))).toEqual({ approval, diagnostics: [] });
    });

    it("doesn't let the same person close", () => {
      expect(rests(print({}), ' IVAN').diagnostics.map(({ code }) => code)).toEqual(['M3125']);
    });

    it.each([
      [{ inputs: deals({ 'D-1': '1', 'D-2': '3' }) }, 'the data of `deal` has changed'],
      [{ inputs: { sources: [] } }, 'the data of `deal` has changed'],
      [{ files: [{ name: 'policy.merit', text: 'other' }] }, 'the policy has changed'],
      [{ files: [], inputs: deals({}) }, 'the policy has changed, the data of `deal` has changed'],
      [{ statements: [] }, 'the results differ, by what was closed or asked for otherwise since'],
    ])('is void where something has changed: %#', (of, what) => {
      for (const required of [true, false])
        expect(rests(print(of), 'olga', required).diagnostics).toMatchObject([
          { code: 'M3126', message: `what Ivan approved of \`2026-02\` isn't what would be closed: ${what}` },
        ]);
    });

    it('is needed only where that is said', () => {
      const closing = { policy: 'sales/', period: '2026-03', by: 'olga', fingerprint: print({}) };
      expect(approvalFor(ledger.records(), { ...closing, required: false }).diagnostics).toEqual([]);
      expect(approvalFor(ledger.records(), { ...closing, required: true }).diagnostics).toMatchObject([
        { code: 'M3124', message: 'nobody has approved `2026-03`' },
      ]);
    });

    it("stands before the close that rests on it, and is somebody else's", () => {
      const statements = result.statements;
      const told = (who: string, of: Fingerprint, hash?: string): readonly string[] => {
        const chain = writing();
        const body = { kind: 'approval', policy: 'sales', period: '2026-02', fingerprint: of } as const;
        const own = chain.write(body, [], who);
        const { entries } = chain;
        const close = writing().close('2026-02', statements, deals({ 'D-1': '1', 'D-2': '2' })).body;
        chain.write({ ...close, approval: hash ?? own.hash });
        expect(entries).toHaveLength(2);
        return checkApprovals(chain.records()).map(({ message }) => message);
      };
      expect(told('ivan', print({}))).toEqual([]);
      const off = ["the fingerprint of `2026-02` isn't that of its approval"];
      expect(told('olga', print({}))).toEqual(off);
      expect(told('ivan', print({ files: [] }))).toEqual(off);
      expect(told('ivan', print({}), 'a'.repeat(64))).toEqual(off);
    });

    it('is the last of its period', () => {
      const later = writing();
      const other = print({ inputs: deals({ 'D-1': '5' }) });
      const body = { kind: 'approval', policy: 'sales', period: '2026-02' } as const;
      later.write({ ...body, fingerprint: other }, [], 'Ivan');
      later.write({ ...body, fingerprint: print({}) }, [], 'Vera');
      const closing = { policy: 'sales/', period: '2026-02', by: 'ivan', required: true };
      expect(approvalFor(later.records(), { ...closing, fingerprint: print({}) }).diagnostics).toEqual([]);
      expect(approvalFor(later.records(), { ...closing, fingerprint: other }).diagnostics).toHaveLength(1);
    });
  });
});
