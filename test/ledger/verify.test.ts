// Closed statements that don't hold in themselves.

import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../src/base/diagnostic.ts';
import { checkFingerprint, checkStatements } from '../../src/ledger/arithmetic.ts';
import { closesOf } from '../../src/ledger/records.ts';
import type { AdjustmentCause } from '../../src/model/ledger.ts';
import type { PayLine } from '../../src/model/pay-lines.ts';
import type { Statement } from '../../src/model/result.ts';
import { deals, line, sha256, statement, writing } from './sample.ts';

const CAUSE: AdjustmentCause = { kind: 'row', change: 'removed', source: 'deal', key: 'D-1', fields: [] };
const back = (amount: string, of: Partial<PayLine> = {}): PayLine =>
  line({
    kind: 'adjustment',
    name: 'deal D-1 removed',
    amount,
    cause: CAUSE,
    lines: [{ kind: 'bonus', name: 'commission', role: 'seller', amount }],
    ...of,
  });

function found(...months: readonly (readonly Statement[])[]): readonly string[] {
  const ledger = writing();
  for (const [index, statements] of months.entries()) ledger.close(`2026-0${index + 1}`, statements);
  const told: readonly Diagnostic[] = checkStatements(closesOf(ledger.records()));
  return told.map(({ code, message }) => `${code} ${message}`);
}

const anna = (month: number, of: Pick<Statement, 'pay'> & Partial<Statement> & { readonly bonus: string }) =>
  statement({ person: 'anna', period: `2026-0${month}`, ...of });

describe('statements', () => {
  it('hold where lines add up', () => {
    // 100 in January, of which 30 is taken back: 10 of February's 10, and 20 are owed
    const owing = [back('-30'), line({ kind: 'carried', name: 'owed', amount: '20' })];
    const owed = [{ kind: 'owed', before: '0', after: '20' }] as const;
    // 20 of March's 50
    const paying = [line({ kind: 'owed', name: 'owed', amount: '-20' })];
    const paid = [{ kind: 'owed', before: '20', after: '0' }] as const;
    expect(
      found(
        [anna(1, { bonus: '100', pay: '100' })],
        [anna(2, { bonus: '10', pay: '0', lines: owing, balances: owed })],
        [anna(3, { bonus: '50', pay: '30', lines: paying, balances: paid })],
      ),
    ).toEqual([]);
  });

  it("don't come to the pay", () => {
    expect(found([anna(1, { bonus: '100', pay: '100.01' })])).toEqual([
      'M3136 lines of `anna` in `2026-01` come to 100, and pay is said to be 100.01',
    ]);
  });

  it("don't come to the role's total", () => {
    const [role] = anna(1, { bonus: '100', pay: '0' }).roles;
    expect(found([anna(1, { bonus: '', pay: '90', roles: [{ ...role!, total: '90' }] })])).toEqual([
      'M3136 lines of `anna` in `2026-01` come to 100, and role `seller` is said to be 90',
    ]);
  });

  it("don't come to an adjustment", () => {
    const lines = [back('-30', { lines: [{ kind: 'bonus', name: 'commission', amount: '-20' }] })];
    expect(
      found([anna(1, { bonus: '100', pay: '100' })], [anna(2, { bonus: '50', pay: '20', lines })]),
    ).toEqual(['M3136 lines of `anna` in `2026-02` come to -20, and `deal D-1 removed` is said to be -30']);
  });

  it('lose or find what is owed', () => {
    const owing = {
      lines: [back('-30'), line({ kind: 'carried', name: 'owed', amount: '20' })],
      balances: [{ kind: 'owed', before: '0', after: '20' }] as const,
    };
    const january = [anna(1, { bonus: '100', pay: '100' })];
    const february = [anna(2, { bonus: '10', pay: '0', ...owing })];
    const forgot = [anna(3, { bonus: '50', pay: '50' })];
    expect(found(january, february, forgot)).toEqual([
      'M3137 `anna` owed 20 before `2026-03` by the statement before, and 0 by its own',
      'M3136 lines of `anna` in `2026-03` come to 20, and what is owed is said to be 0',
    ]);
    // and nobody may vanish with it
    expect(found(january, february, [])).toEqual([
      'M3137 `anna` owed 20 before `2026-03` by the statement before, and 0 by its own',
    ]);
  });

  it('say that more is owed than lines have left', () => {
    const lines = [back('-30'), line({ kind: 'carried', name: 'owed', amount: '20' })];
    const balances = [{ kind: 'owed', before: '0', after: '25' }] as const;
    expect(
      found([anna(1, { bonus: '100', pay: '100' })], [anna(2, { bonus: '10', pay: '0', lines, balances })]),
    ).toEqual(['M3136 lines of `anna` in `2026-02` come to 20, and what is owed is said to be 25']);
  });

  it("don't take of a part what was set against it", () => {
    // 30 of January are taken back of the part of its bonus that is due in March
    const offset = (amount: string): PayLine =>
      line({ kind: 'offset', name: 'commission', role: 'seller', amount, due: '2026-03' });
    const january = [anna(1, { bonus: '100', pay: '100' })];
    const february = [anna(2, { bonus: '10', pay: '10', lines: [back('-30'), offset('30')] })];
    const march = (taken: boolean) => [
      anna(3, { bonus: '50', pay: taken ? '20' : '50', ...(taken && { lines: [offset('-30')] }) }),
    ];
    expect(found(january, february, march(true))).toEqual([]);
    expect(found(january, february, march(false))).toEqual([
      'M3136 lines of `anna` in `2026-03` come to 30, and what is left to take of `commission` is said to be 0',
    ]);
  });

  it('book one cause twice', () => {
    const lines = [back('-30'), back('-5')];
    expect(
      found([anna(1, { bonus: '100', pay: '100' })], [anna(2, { bonus: '50', pay: '15', lines })]),
    ).toEqual(['M3138 `anna` has one cause twice for `2026-01` in `2026-02`']);
  });
});

describe('a fingerprint', () => {
  it('is of its statements and its inputs', () => {
    const ledger = writing();
    const inputs = deals({ 'D-1': '1000' });
    const { body } = ledger.close('2026-01', [anna(1, { bonus: '100', pay: '100' })], inputs);
    const codes = (of: typeof body, { sources }: typeof inputs) =>
      checkFingerprint(
        of,
        sources.flatMap(({ rows }) => rows),
        sha256,
      ).map(({ message }) => message);
    expect(codes(body, inputs)).toEqual([]);
    expect(codes(body, deals({ 'D-1': '1001' }))).toEqual([
      "the fingerprint of `2026-01` isn't that of its inputs",
    ]);
    expect(codes({ ...body, result: { ...body.result, statements: [] } }, inputs)).toEqual([
      "the fingerprint of `2026-01` isn't that of its statements",
    ]);
  });
});
