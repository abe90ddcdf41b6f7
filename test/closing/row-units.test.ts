// In which order changes of rows are looked at, which stand apart, and which go together.

import { describe, expect, test } from 'vitest';
import { dayOf } from '../../src/base/date.ts';
import { inSteps, parted, type Readers } from '../../src/closing/row-units.ts';
import { causeText } from '../../src/ledger/cause-text.ts';
import type { LedgerRow, RowChange } from '../../src/model/ledger.ts';
import { modelOf } from '../evaluate/run-policy.ts';

const HEAD = 'policy p { currency RUB\n timezone "Europe/Moscow"\n period month }\n';
const EVENTS =
  'event visit { id: text key, day: date posts, person: person owner }\n' +
  'event deal { id: text key, day: date posts, known known_at: datetime?, person: person owner, amount: money }\n' +
  'table care { client: text key, farmer: person, from: date }\ntable word { id: text key, value: number }\n';
const MODEL = modelOf(`${HEAD}${EVENTS}role r { bonus b not prorated = 1 RUB }`);
const READERS: Readers = { open: MODEL, closed: [MODEL], until: dayOf(2026, 2, 1) };

const row = (source: string, key: string, cells: Readonly<Record<string, string>>): LedgerRow => {
  return { source, key, cells };
};
const added = (...of: Parameters<typeof row>): RowChange => ({ kind: 'added', row: row(...of) });
const deal = (id: string, day: string, known?: string): RowChange =>
  added('deal', id, { id, day, ...(known !== undefined && { known_at: known }) });

function steps(changes: readonly RowChange[], most = 200) {
  const { apart, others } = parted(changes, READERS);
  const units = inSteps(others, READERS, most);
  return { apart: apart.map((each) => each.row.key), units: units.map(({ cause }) => causeText(cause)) };
}

describe('changes of rows', () => {
  test('go in the order in which they became known, then of their day, then of source and key', () => {
    const changes = [
      deal('d1', '2026-01-20', '2026-01-25T10:00:00+03:00'),
      deal('d2', '2026-01-21', '2026-01-24T10:00:00+03:00'),
      deal('d4', '2026-01-05'),
      deal('d3', '2026-01-05'),
      added('visit', 'a', { id: 'a', day: '2026-01-04' }),
    ];
    // what has no known time was known from its beginning
    expect(steps(changes)).toEqual({
      apart: [],
      units: ['visit a is new', 'deal d3 is new', 'deal d4 is new', 'deal d2 is new', 'deal d1 is new'],
    });
  });

  test('people come first, then tables; rows of one person, and of one key of a dated table, go together', () => {
    const changes = [
      deal('d1', '2026-01-01'),
      added('care', 'A from 2026-01-01', { client: 'A', from: '2026-01-01' }),
      added('care', 'A from 2026-01-10', { client: 'A', from: '2026-01-10' }),
      added('care', 'B from 2026-01-01', { client: 'B', from: '2026-01-01' }),
      added('word', 'x', { id: 'x' }),
      added('person', 'ann, r from 2026-01-10', { id: 'ann', role: 'r', from: '2026-01-10' }),
      added('person', 'ann, s from 2026-01-20', { id: 'ann', role: 's', from: '2026-01-20' }),
    ];
    expect(steps(changes).units).toEqual([
      'person ann, r from 2026-01-10 is new and person ann, s from 2026-01-20 is new',
      'care A from 2026-01-01 is new and care A from 2026-01-10 is new',
      'care B from 2026-01-01 is new',
      'word x is new',
      'deal d1 is new',
    ]);
  });

  test('of the open month stand apart, if they were so before', () => {
    const later = deal('d1', '2026-02-01');
    const before = row('deal', 'd2', { id: 'd2', day: '2026-01-31' });
    const now = row('deal', 'd2', { id: 'd2', day: '2026-02-01' });
    const other: RowChange = {
      kind: 'changed',
      row: now,
      before: { ...now, cells: { ...now.cells, amount: '5' } },
    };
    expect(steps([later])).toEqual({ apart: ['d1'], units: [] });
    expect(steps([other])).toEqual({ apart: ['d2'], units: [] });
    expect(steps([{ kind: 'changed', row: now, before }])).toEqual({
      apart: [],
      units: ['deal d2 has changed'],
    });
    // a row of a table without a day holds in every month
    expect(steps([added('word', 'x', { id: 'x' })]).apart).toEqual([]);
  });

  test('of what no closed policy reads stand apart', () => {
    const unread = row('deal', 'd1', { id: 'd1', day: '2026-01-01', colour: 'red' });
    const blue: RowChange = {
      kind: 'changed',
      row: { ...unread, cells: { ...unread.cells, colour: 'blue' } },
      before: unread,
    };
    expect(steps([blue, added('survey', 's1', {})])).toEqual({ apart: ['d1', 's1'], units: [] });
  });

  test('past so many are taken by source and kind', () => {
    const gone: RowChange = { kind: 'removed', row: row('deal', 'd9', { id: 'd9', day: '2026-01-09' }) };
    const changes = [1, 2, 3, 4].map((at) => deal(`d${at}`, `2026-01-0${at}`));
    expect(steps([...changes, gone], 2).units).toEqual([
      'deal d1 is new',
      'deal d2 is new',
      '2 rows of deal are new',
      'deal d9 is gone',
    ]);
  });
});
