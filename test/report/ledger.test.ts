// What is told of closed periods: its published forms, and names that could steer a terminal.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { historyOf } from '../../src/ledger/history.ts';
import { adjustmentsOf } from '../../src/ledger/open-adjustments.ts';
import type { Verification } from '../../src/model/history.ts';
import type { AdjustmentCause } from '../../src/model/ledger.ts';
import {
  adjustmentsSchema,
  historySchema,
  verificationSchema,
  writtenSchema,
} from '../../src/report/ledger-schema.ts';
import {
  adjustmentsText,
  historyText,
  remarkText,
  verificationText,
  writtenRecord,
  writtenText,
} from '../../src/report/ledger-text.ts';
import { deals, line, statement, writing } from '../ledger/sample.ts';

const HOSTILE = 'an\u202ena\u001b[31m';
const FIELDS = [{ field: 'status', before: 'won\u0007', after: 'lost' }];
const CAUSES: readonly AdjustmentCause[] = [
  { kind: 'row', change: 'changed', source: 'deal', key: 'D-1', fields: FIELDS },
  { kind: 'rows', change: 'added', source: 'deal', count: 300 },
  { kind: 'policy', policy: 'sales_2', declaration: 'commission' },
  { kind: 'engine', before: '0.1.0', after: '0.2.0' },
  { kind: 'reach' },
  { kind: 'together', causes: [{ kind: 'reach' }, { kind: 'policy', policy: 'sales_3' }] },
];

function ledger() {
  const written = writing();
  const { body } = written.close(
    '2026-01',
    [
      statement({
        person: HOSTILE,
        period: '2026-01',
        bonus: '100',
        pay: '40',
        earned: '100',
        lines: CAUSES.map((cause, at) =>
          line({ kind: 'adjustment', name: `cause ${at}`, amount: '-10', cause, lines: [] }),
        ),
        balances: [
          { kind: 'owed', before: '0', after: '5' },
          { kind: 'draw', role: 'seller', before: '1/3', after: '0' },
        ],
        due: [{ kind: 'part', name: 'commission', earnedIn: '2026-01', period: '2026-02', amount: '7' }],
        points: { gained: '1', balance: '3' },
        kept: [{ kind: 'badge', name: 'star', award: 'first', period: '2026-01' }],
      }),
    ],
    deals({ 'D-1': '1' }),
  );
  const approval = written.write({
    kind: 'approval',
    policy: 'sales',
    period: '2026-02',
    fingerprint: body.fingerprint,
  });
  const remark = { policy: 'sales', period: '2026-01', person: HOSTILE };
  const comment = written.write({ kind: 'comment', ...remark, text: 'why\u001b?' });
  written.write({ kind: 'acknowledgement', ...remark });
  return { written, body, approval, comment };
}

const VERIFIED: Verification = {
  formatVersion: 1,
  records: 1,
  head: 'a'.repeat(64),
  data: true,
  closes: [
    {
      period: '2026-01',
      policy: 'sales',
      by: 'olga',
      at: '2026-02-03',
      statements: 1,
      pay: '60',
      currency: 'RUB',
      again: {
        inputs: ['the data of `deal` has changed'],
        rows: [{ change: 'changed', source: 'deal', key: HOSTILE, fields: FIELDS }],
        moreRows: 2,
        lines: [
          { person: HOSTILE, kind: 'bonus', name: 'commission', role: 'seller', closed: '60', now: '70' },
        ],
      },
    },
  ],
};

describe('the published form', () => {
  it.each([
    ['close', writtenSchema()],
    ['history', historySchema()],
    ['adjustments', adjustmentsSchema()],
    ['verification', verificationSchema()],
  ] as const)('of %s is fresh', (name, schema) => {
    const committed = fileURLToPath(new URL(`../../schemas/merit.${name}.schema.json`, import.meta.url));
    expect(JSON.parse(readFileSync(committed, 'utf8'))).toEqual(schema);
  });

  it('holds what is told', () => {
    const { written, body, approval } = ledger();
    const [close] = written.records();
    for (const [schema, value] of [
      [writtenSchema(), writtenRecord(close as typeof approval, body.result)],
      [writtenSchema(), writtenRecord(approval, body.result)],
      [historySchema(), historyOf(written.records(), HOSTILE)],
      [adjustmentsSchema(), adjustmentsOf(body.result, 'draft')],
      [verificationSchema(), VERIFIED],
      [verificationSchema(), { ...VERIFIED, head: null, closes: [], data: false }],
    ] as const) {
      const isValid = new Ajv({ strict: true }).compile(schema);
      expect(isValid(JSON.parse(JSON.stringify(value))), JSON.stringify(isValid.errors?.slice(0, 3))).toBe(
        true,
      );
      expect(isValid({ ...value, more: 1 })).toBe(false);
    }
  });
});

describe('text', () => {
  const { written, body, approval, comment } = ledger();
  const texts = {
    written: writtenText(approval, { result: body.result, file: `${HOSTILE}.duckdb` }),
    remark: remarkText(comment, `${HOSTILE}.duckdb`),
    history: historyText(historyOf(written.records(), HOSTILE)!),
    adjustments: adjustmentsText(adjustmentsOf(body.result, 'close')),
    verification: verificationText(VERIFIED),
  };

  it.each(Object.entries(texts))('of %s shows what could steer a terminal', (_, text) => {
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(text.endsWith('\n')).toBe(true);
  });

  it('says what goes on', () => {
    expect(texts.history).toContain('owed of closed periods: 0.00 before, 5.00 after');
    expect(texts.history).toContain('due in 2026-02: 7.00 of commission');
    expect(texts.history).toContain('Still owed: 5.00 RUB');
    expect(texts.adjustments).toContain('cause 0: status won\\u{7} -> lost');
    expect(texts.adjustments).toContain('cause 2: reopened by sales_2');
    expect(texts.verification).toContain('and 2 more rows since its close');
    expect(texts.written).toContain('6 adjustments of earlier periods come to -60.00 RUB of it.');
  });

  it('says that there is nothing', () => {
    const none = adjustmentsOf({ ...body.result, statements: [] }, 'draft');
    expect(adjustmentsText(none)).toBe('Adjustments that 2026-01 would book as the data is now: none.\n');
  });
});
