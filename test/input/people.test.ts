import { expect, test } from 'vitest';
import { dayText } from '../../src/base/date.ts';
import { bindColumns } from '../../src/input/bind.ts';
import { readCsv } from '../../src/input/csv.ts';
import { PEOPLE_FIELDS, readPeople } from '../../src/input/people.ts';
import { rejectDiagnostics } from '../../src/input/reject-messages.ts';
import { smallModel } from '../backend/small-model.ts';
import { spec } from './fields.ts';

function people(text: string) {
  const table = readCsv(text, 'person.csv', {}).value;
  const fields = [...PEOPLE_FIELDS, ...smallModel.attributes];
  const bound = bindColumns(spec('person', text), fields, table.header);
  expect(bound.diagnostics).toEqual([]);
  const report = readPeople(smallModel, bound.value, table);
  return { ...report, diagnostics: rejectDiagnostics(report.rejects, report.facts) };
}

const shortRejects = (text: string): readonly string[] =>
  people(text).rejects.map((each) => `${each.row} ${each.field ?? '-'} ${each.cell ?? '-'} ${each.reason}`);

test('id and role are enough', () => {
  const { people: found, rejects, control } = people('id,role\nanna,hunter\n');
  expect(rejects).toEqual([]);
  expect(found.rows).toMatchObject([{ person: 'anna', name: 'anna', role: 'hunter', stay: 0 }]);
  expect(dayText(found.rows[0]!.from)).toBe('0001-01-01');
  expect(dayText(found.rows[0]!.until - 1)).toBe('9999-12-31');
  expect(found.rows[0]!.attributes).toEqual([undefined, { num: 1, den: 1 }]);
  expect(control.used.rows).toBe(1);
});

test('stays are adjoining rows of one person and role, whatever else changes', () => {
  const { people: found } = people(`id,role,team,from,until
boris,farmer,North,2026-01-01,
anna,hunter,North,2026-02-01,2026-02-28
anna,hunter,South,2026-03-01,2026-03-31
anna,hunter,South,2026-05-01,
anna,farmer,South,2026-03-15,2026-04-30
anna,hunter,North,2026-01-01,2026-01-31
`);
  expect(
    found.stays.map((each) => [
      each.index,
      each.person,
      each.role,
      dayText(each.from),
      dayText(each.until),
      each.rows.length,
    ]),
  ).toEqual([
    [0, 'anna', 'hunter', '2026-01-01', '2026-04-01', 3],
    [1, 'anna', 'farmer', '2026-03-15', '2026-05-01', 1],
    [2, 'anna', 'hunter', '2026-05-01', '10000-01-01', 1],
    [3, 'boris', 'farmer', '2026-01-01', '10000-01-01', 1],
  ]);
  expect(found.rows.map((each) => each.stay)).toEqual([0, 0, 0, 1, 2, 3]);
  for (const stay of found.stays) {
    for (const row of stay.rows) expect(found.rows[found.rows.indexOf(row)]!.stay).toBe(stay.index);
  }
});

test('overlapping rows of one role are rejected, all of them; of two roles they are fine', () => {
  expect(
    shortRejects(`id,role,from,until
anna,hunter,2026-01-01,2026-01-31
anna,hunter,2026-01-31,2026-02-28
anna,hunter,2026-03-01,2026-03-31
anna,farmer,2026-01-01,2026-12-31
boris,hunter,2026-01-01,
boris,hunter,2026-02-01,2026-02-28
boris,hunter,2026-03-01,
vera,hunter,2026-02-01,2026-01-31
vera,hunter,2026-01-01,
`),
  ).toEqual([
    '2 from 2026-01-01 overlapping dates',
    '3 from 2026-01-31 overlapping dates',
    '6 from 2026-01-01 overlapping dates',
    '7 from 2026-02-01 overlapping dates',
    '8 from 2026-03-01 overlapping dates',
    '9 until 2026-01-31 ends before it starts',
  ]);
});

test('a row of one day holds on that day', () => {
  const { people: found } = people('id,role,from,until\nanna,hunter,2026-01-05,2026-01-05\n');
  expect(found.rows[0]!.until - found.rows[0]!.from).toBe(1);
});

test('an unknown role is said with its near miss, in the row and cell', () => {
  const { diagnostics, rejects } = people('id,role\nanna,huntr\nboris,hunter\n');
  expect(rejects).toHaveLength(1);
  expect(diagnostics).toEqual([
    {
      code: 'M2115',
      severity: 'error',
      message: "`huntr` in column `role` isn't a role of the policy",
      data: { file: 'person.csv', row: 2, column: 'role' },
      help: 'did you mean `hunter`?',
    },
  ]);
});

test('bad cells, several in a row, and a wrong number of cells', () => {
  expect(shortRejects('id,role,from,fte\n,hunter,2026-02-30,90\nanna\nboris,hunter,,90%\n')).toEqual([
    '2 id  empty',
    '2 from 2026-02-30 not a date',
    '2 fte 90 not a percent',
    '3 - - wrong number of cells',
  ]);
});

test('names of objects are ids like any other, a lead needs no row', () => {
  const { people: found, rejects } = people(
    'id,role,lead\n__proto__,hunter,nobody\nconstructor,hunter,__proto__\n',
  );
  expect(rejects).toEqual([]);
  expect(found.rows.map((each) => [each.person, each.lead])).toEqual([
    ['__proto__', 'nobody'],
    ['constructor', '__proto__'],
  ]);
});
