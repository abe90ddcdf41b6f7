// States of the inputs and what lies between them: what leads from one to the other leads back, and rows are known by keys
// that can't be taken for one another.

import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
  changedFields,
  changesBetween,
  NO_ROWS,
  rowKey,
  undone,
  withChanges,
} from '../../src/ledger/snapshot.ts';
import type { LedgerRow, Snapshot } from '../../src/model/ledger.ts';

function row(source: string, key: string, cells: Readonly<Record<string, string>>): LedgerRow {
  return { source, key, cells };
}

function snapshot(...rows: readonly LedgerRow[]): Snapshot {
  return withChanges(
    NO_ROWS,
    rows.map((each) => ({ kind: 'added', row: each })),
  );
}

const deal = (key: string, amount: string) => row('deal', key, { id: key, amount });

describe('changes', () => {
  it('are in order of source, then key, and none where nothing differs', () => {
    const before = snapshot(deal('b', '1'), deal('a', '1'), row('rate', 'x', { of: 'x' }));
    const after = snapshot(deal('b', '2'), deal('c', '1'), row('call', '1', { id: '1' }));
    expect(changesBetween(before, after).map(({ kind, row }) => `${kind} ${row.source} ${row.key}`)).toEqual([
      'added call 1',
      'removed deal a',
      'changed deal b',
      'added deal c',
      'removed rate x',
    ]);
    expect(changesBetween(before, snapshot(...before.sources.flatMap((each) => each.rows)))).toEqual([]);
  });

  it('say which fields differ, an empty cell being none', () => {
    const [change] = changesBetween(
      snapshot(row('deal', 'a', { id: 'a', cost: '5', note: 'x' })),
      snapshot(row('deal', 'a', { id: 'a', cost: '6', paid: '1' })),
    );
    expect(changedFields(change!)).toEqual([
      { field: 'cost', before: '5', after: '6' },
      { field: 'paid', after: '1' },
      { field: 'note', before: 'x' },
    ]);
  });

  it('of a dated row that holds from another day are one change, the earliest with the earliest', () => {
    const stay = (from: string, team: string) =>
      row('person', rowKey(['anna', 'seller'], from), { id: 'anna', role: 'seller', from, team });
    const before = snapshot(stay('2026-01-10', 'N'), stay('2026-05-01', 'S'));
    const after = snapshot(stay('2026-01-08', 'N'), stay('2026-05-01', 'S'));
    const changes = changesBetween(before, after);
    expect(changes.map(({ kind }) => kind)).toEqual(['changed']);
    expect(changedFields(changes[0]!)).toEqual([
      { field: 'from', before: '2026-01-10', after: '2026-01-08' },
    ]);
    expect(withChanges(before, changes)).toEqual(after);
    // of another person it is another row
    const other = row('person', rowKey(['boris', 'seller'], '2026-01-08'), {
      id: 'boris',
      from: '2026-01-08',
    });
    expect(changesBetween(before, snapshot(other)).map(({ kind }) => kind)).toEqual([
      'removed',
      'removed',
      'added',
    ]);
  });

  it('leave sources alone that none of them is of', () => {
    const before = snapshot(deal('a', '1'), row('rate', 'x', { of: 'x' }));
    const after = withChanges(before, [{ kind: 'added', row: deal('b', '1') }]);
    expect(after.sources[1]).toBe(before.sources[1]);
    expect(after.sources[0]!.rows.map((each) => each.key)).toEqual(['a', 'b']);
  });

  it('know names that objects have by themselves', () => {
    const odd = Object.fromEntries([
      ['constructor', '1'],
      ['__proto__', '2'],
    ]);
    const changes = changesBetween(snapshot(row('deal', 'a', {})), snapshot(row('deal', 'a', odd)));
    expect(changedFields(changes[0]!)).toEqual([
      { field: 'constructor', after: '1' },
      { field: '__proto__', after: '2' },
    ]);
    expect(JSON.parse(JSON.stringify(changes))).toEqual(changes);
  });
});

test('changes lead from any state to any other, and back', () => {
  const from = fc.constantFrom('', '2026-01-01', '2026-02-01', '2026-03-01');
  const one = fc.record({
    source: fc.constantFrom('deal', 'person'),
    name: fc.constantFrom('a', 'b', 'c', 'd'),
    from,
    cell: fc.constantFrom('1', '2'),
  });
  const state = fc.array(one, { maxLength: 12 }).map((rows) => {
    const made = rows.map(({ source, name, from, cell }) =>
      row(source, rowKey([name], source === 'person' ? from : undefined), {
        name,
        ...(from && { from }),
        cell,
      }),
    );
    return snapshot(...new Map(made.map((each) => [`${each.source} ${each.key}`, each])).values());
  });
  fc.assert(
    fc.property(state, state, (before, after) => {
      const changes = changesBetween(before, after);
      expect(withChanges(before, changes)).toEqual(after);
      expect(withChanges(after, changes.map(undone))).toEqual(before);
    }),
  );
});

test('different cells have different keys', () => {
  const part = fc.string({
    unit: fc.constantFrom('a', ' ', ',', '"', '\\', '#', ' from ', '2026-01-01', '\n', 'й'),
  });
  const key = fc.record({
    parts: fc.array(part, { minLength: 1, maxLength: 3 }),
    from: fc.constantFrom(undefined, '', '2026-01-01'),
  });
  fc.assert(
    fc.property(key, key, (a, b) => {
      const isSame = JSON.stringify(a) === JSON.stringify(b);
      expect(rowKey(a.parts, a.from) === rowKey(b.parts, b.from)).toBe(isSame);
    }),
    { numRuns: 2000 },
  );
});

test('keys read as they stand in the data where they can', () => {
  expect(rowKey(['D-17'])).toBe('D-17');
  expect(rowKey(['anna', 'seller'], '2026-01-01')).toBe('anna, seller from 2026-01-01');
  expect(rowKey(['anna', 'seller'], '')).toBe('anna, seller from the beginning');
  expect(rowKey(['ООО "Вектор", Казань'])).toBe('"ООО \\"Вектор\\", Казань"');
});
