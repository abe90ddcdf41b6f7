// Every period of some years by its id, in SQL and in TypeScript: whether it exists, and its first day.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect } from '../../src/backend/duckdb-connection.ts';
import type { Connection } from '../../src/backend/sql-connection.ts';
import { isPeriod, periodStart } from '../../src/backend/sql-periods.ts';
import { noParameters } from '../../src/backend/sql-text.ts';
import { dayOf } from '../../src/base/date.ts';
import type { Exact } from '../../src/base/exact.ts';
import type { FiscalYear } from '../../src/base/fiscal.ts';
import { parsePeriod } from '../../src/base/period.ts';

let connection: Connection;
beforeAll(async () => {
  connection = await connect({ paths: [] });
});
afterAll(() => connection.close());

const CALENDARS: readonly FiscalYear[] = [
  // the last day of a month, where a month has it
  { name: 'fy', starts: dayOf(2024, 8, 31) },
  { name: 'retail', starts: dayOf(2026, 2, 1), weeks: [4, 5, 4] },
  { name: 'ритейл 1', starts: dayOf(2025, 12, 29), weeks: [5, 4, 4] },
  { name: 'retail-2026', starts: dayOf(2026, 7, 1) },
];
const NAMES = ['', ...CALENDARS.map(({ name }) => `${name}-`), 'other-'];
const YEARS = ['0000', '0001', '1969', ...Array.from({ length: 30 }, (_, at) => String(2012 + at)), '9000'];
const two = (most: number): readonly string[] =>
  Array.from({ length: most + 1 }, (_, at) => String(at).padStart(2, '0'));
const PARTS = [
  '',
  ...two(13).map((each) => `-${each}`),
  ...[0, 1, 2, 3, 4, 5].map((each) => `-Q${each}`),
  ...two(54).map((each) => `-W${each}`),
  '-02-29',
];

test('both know the same periods, which begin on the same days', async () => {
  const ids = NAMES.flatMap((name) => YEARS.flatMap((year) => PARTS.map((part) => `${name}${year}${part}`)));
  await connection.fill('ids', [{ name: 'id', cells: ids }]);
  const parameters = noParameters();
  const names = { calendars: CALENDARS, parameters, dialect: connection.dialect };
  const sql = `SELECT id, ${periodStart('id', names)} FROM ids WHERE ${isPeriod('id', names)}`;
  const rows = await connection.rows({ sql, values: parameters.values, about: 'periods' });
  const found = new Map(rows.map(([id, day]) => [id as string, Number((day as Exact).num)]));
  const known = ids.flatMap((id) => {
    const period = parsePeriod(id, CALENDARS);
    return period ? [[id, period.from] as const] : [];
  });
  expect(found).toEqual(new Map(known));
  // of a calendar of months a year, 12 months and 4 quarters, of one of weeks 52 or 53 weeks too; in 33 years
  const of = (name: string) => {
    const shape = new RegExp(`^${name}[0-9]{4}(-([0-9]{2}|[QW][0-9]+))?$`);
    return known.filter(([id]) => shape.test(id)).length;
  };
  expect(of('fy-')).toBe(17 * 33);
  expect(of('retail-2026-')).toBe(17 * 33);
  expect(of('retail-')).toBeGreaterThan(69 * 33);
  expect(of('retail-')).toBeLessThan(70 * 33);
});
