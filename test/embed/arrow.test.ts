// Arrow tables: decimals, days, moments and words as they are kept, and no binary fraction unless the program says so.

import * as arrow from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { compile, fromRows, type RowOptions, run } from '../../src/node-embed.ts';
import { PAY, PEOPLE, PERIOD, POLICY, payOf } from './example.ts';

const model = (await compile([POLICY])).value!;

/** A decimal of 128 bits as four words, the lowest first. */
function words(value: bigint): number[] {
  return [0n, 32n, 64n, 96n].map((shift) => Number((value >> shift) & 0xffffffffn));
}

function decimals(values: readonly bigint[], scale: number): arrow.Vector {
  const data = Uint32Array.from(values.flatMap(words));
  return arrow.makeVector(
    arrow.makeData({ type: new arrow.Decimal(scale, 18, 128), length: values.length, data }),
  );
}

const DAYS = ['2026-01-05', '2026-01-06', '2026-01-07', '2026-01-31'];
const dayOf = (text: string): number => Date.parse(text) / 86_400_000;

function deals(over: Readonly<Record<string, arrow.Vector>> = {}): arrow.Table {
  const day = Int32Array.from(DAYS.map(dayOf));
  return new arrow.Table({
    id: arrow.vectorFromArray([1, 2, 3, 4], new arrow.Int32()),
    closed: arrow.makeVector(arrow.makeData({ type: new arrow.DateDay(), length: 4, data: day })),
    seller: arrow.vectorFromArray(
      ['ann', 'ann', 'ann', 'bob'],
      new arrow.Dictionary(new arrow.Utf8(), new arrow.Int32()),
    ),
    amount: decimals([120050n, 9950n, 700000n, 10n], 2),
    status: arrow.vectorFromArray(['won', 'won', 'lost', 'won'], new arrow.Utf8()),
    is_big: arrow.vectorFromArray([true, null, false, null], new arrow.Bool()),
    unread: arrow.vectorFromArray(
      [[1.5], [], [], []],
      new arrow.List(arrow.Field.new('item', new arrow.Float64())),
    ),
    ...over,
  });
}

async function paid(table: arrow.Table, options: RowOptions = {}) {
  return run({ model, data: { person: PEOPLE, deal: fromRows(table, options) }, period: PERIOD });
}

describe('an Arrow table', () => {
  it('is data as it stands, whole and in parts', async () => {
    expect(payOf((await paid(deals())).value)).toEqual(PAY);
    const table = deals();
    const parts = table.slice(0, 1).concat(table.slice(1, 3), table.slice(3));
    expect(parts.batches.length).toBeGreaterThan(1);
    expect(payOf((await paid(parts)).value)).toEqual(PAY);
    const direct = await run({ model, data: { person: PEOPLE, deal: deals() }, period: PERIOD });
    expect(payOf(direct.value)).toEqual(PAY);
  });

  it('of doubles is refused, and taken by the shortest decimal where the program says so', async () => {
    const rough = deals({ amount: arrow.vectorFromArray([1200.5, 99.5, 7000, 0.1], new arrow.Float64()) });
    const { diagnostics } = await paid(rough);
    expect(diagnostics.map((each) => [each.code, each.data?.row])).toEqual([['M2064', 2]]);
    expect(payOf((await paid(rough, { numbers: 'shortest' })).value)).toEqual(PAY);
  });

  it('keeps a decimal below zero, one of many digits, and one without places', async () => {
    const total = async (values: readonly bigint[], scale: number) => {
      const { value, diagnostics } = await paid(deals({ amount: decimals(values, scale) }));
      expect(diagnostics).toEqual([]);
      return value!.company[0]!.kpis[0]!.actual.value;
    };
    // -0.05 + 123456789012345.67 + 0.01
    expect(await total([-5n, 12345678901234567n, 0n, 1n], 2)).toBe('123456789012345.63');
    expect(await total([1n, 2n, 0n, 4n], 0)).toBe('7');
  });

  it('keeps moments to a part of a second, instants and those of the clock', async () => {
    const posted = (
      await compile([
        {
          ...POLICY,
          text: POLICY.text.replace('closed:  date', 'closed:  datetime').replace('"UTC"', '"Asia/Tokyo"'),
        },
      ])
    ).value!;
    const moments = (type: arrow.DataType, ticks: readonly bigint[]) =>
      arrow.makeVector(
        arrow.makeData({ type: type as arrow.Timestamp, length: 4, data: BigInt64Array.from(ticks) }),
      );
    const count = async (closed: arrow.Vector): Promise<string | null> => {
      const data = { person: PEOPLE, deal: deals({ closed }) };
      const { value, diagnostics } = await run({ model: posted, data, period: PERIOD });
      expect(diagnostics.filter((each) => each.severity === 'error')).toEqual([]);
      return value!.company[0]!.kpis[1]!.actual.value;
    };
    // in Tokyo the month begins at 2025-12-31T15:00:00Z: a nanosecond before it is December
    const begins = BigInt(Date.parse('2025-12-31T15:00:00Z')) * 1_000_000n;
    const instants = moments(new arrow.Timestamp(arrow.TimeUnit.NANOSECOND, 'UTC'), [
      begins - 1n,
      begins,
      begins,
      begins,
    ]);
    expect(await count(instants)).toBe('2'); // the second and the fourth; the third is lost
    const local = BigInt(Date.parse('2026-01-01T00:00:00Z')) * 1_000n;
    const clock = moments(new arrow.Timestamp(arrow.TimeUnit.MICROSECOND), [local - 1n, local, local, local]);
    expect(await count(clock)).toBe('2');
  });
});
