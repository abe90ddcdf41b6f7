// What holds for any text: reading gives back what was written, and clocks agree with themselves.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FIRST_DAY, LAST_DAY } from '../../src/base/date.ts';
import { type Exact, exactText, fraction } from '../../src/base/exact.ts';
import { createClock } from '../../src/input/clock.ts';
import { convertCell } from '../../src/input/convert.ts';
import { readCsv } from '../../src/input/csv.ts';
import { readJson } from '../../src/input/json.ts';
import * as f from './fields.ts';

const cell = fc.string({
  unit: fc.constantFrom('a', '"', ',', ';', '\n', '\r', ' ', '\ufeff', 'я'),
  maxLength: 6,
});
const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

test('a CSV text that was written is read back, whatever its line ends', () => {
  const rows = fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { maxLength: 5 });
  fc.assert(
    fc.property(rows, fc.constantFrom('\n', '\r\n', '\r'), (written, end) => {
      const text = ['x,y,z', ...written.map((row) => row.map(quoted).join(','))].join(end);
      expect(readCsv(text, 'a.csv', {}).value.rows).toEqual(written);
    }),
  );
});

test('JSON strings and numbers are read back', () => {
  const rows = fc.array(fc.record({ text: fc.string(), number: fc.integer() }), {
    minLength: 1,
    maxLength: 5,
  });
  fc.assert(
    fc.property(rows, (written) => {
      const { value } = readJson(JSON.stringify(written, undefined, 1), 'a.json');
      expect(value.rows).toEqual(written.map((row) => [row.text, String(row.number)]));
    }),
  );
});

test('a number is the fraction that its digits say', () => {
  const digits = (most: number) =>
    fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 1, maxLength: most });
  fc.assert(
    fc.property(fc.constantFrom('', '-', '+'), digits(18), digits(9), (sign, before, after) => {
      const found = convertCell(`${sign}${before}.${after}`, f.field('n', f.NUMBER), f.context('UTC'));
      const expected = fraction(
        BigInt(before + after) * (sign === '-' ? -1n : 1n),
        10n ** BigInt(after.length),
      );
      expect('value' in found && exactText(found.value as Exact)).toBe(exactText(expected));
    }),
  );
});

const zones = ['UTC', 'Europe/Berlin', 'America/New_York', 'Africa/Cairo', 'Asia/Kathmandu', 'Pacific/Apia'];
const clocks = zones.map(createClock);

test('a local time lies on its own day, and later local times never come earlier', () => {
  const local = fc.oneof(
    fc.integer({ min: 0, max: 2_000_000_000 }),
    fc.integer({ min: FIRST_DAY * 86400, max: LAST_DAY * 86400 }),
  );
  fc.assert(
    fc.property(fc.constantFrom(...clocks), local, fc.integer({ min: 0, max: 7200 }), (clock, time, more) => {
      const instant = clock.instant(time);
      if (instant === undefined) return;
      expect(clock.day({ num: instant, den: 1 })).toBe(Math.floor(time / 86400));
      expect(clock.startOfDay(Math.floor(time / 86400))).toBeLessThanOrEqual(instant);
      // after the doubled hour clocks jump ahead of what they show twice, so the order holds
      const later = clock.instant(time + more);
      if (later !== undefined) expect(later).toBeGreaterThanOrEqual(instant);
    }),
    { numRuns: 300 },
  );
});
