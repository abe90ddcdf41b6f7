// Tests: the fields and cells of their rows, and expectations, which stand in the roles that the test gives the person.

import { fits as fitsInto, type Period, parsePeriod } from '../base/period.ts';
import type { Span } from '../base/source.ts';
import { comparable, DATE, NUMBER, TEXT, TRUTH, typeInWords } from '../library/types.ts';
import type { Expression } from '../model/expression.ts';
import type { ValueType } from '../model/value.ts';
import type * as ast from '../syntax/ast.ts';
import { foldConstant, lengthIn, wholeNumber } from './constants.ts';
import { type Checking, isError, NOTHING_KNOWN, type World } from './context.ts';
import { fiscalYear } from './fiscal.ts';
import { describe, infer, require } from './infer.ts';
import * as messages from './messages.ts';
import { BUILT_IN_ATTRIBUTES } from './names.ts';
import { worldOfRoles } from './proof-world.ts';

/** What can be given of a row: columns with their types, and those that are worked out. */
interface Columns {
  readonly what: string;
  readonly types: ReadonlyMap<string, ValueType>;
  readonly computed: ReadonlySet<string>;
}

const PERSON_COLUMNS: readonly (readonly [string, ValueType])[] = [
  ...[...BUILT_IN_ATTRIBUTES].map(([name, { type }]) => [name, type] as const),
  ['from', DATE],
  ['until', DATE],
];
const ABSENCE_COLUMNS: ReadonlyMap<string, ValueType> = new Map<string, ValueType>([
  ['person', { kind: 'person' }],
  ['from', DATE],
  ['until', DATE],
  ['kind', TEXT],
]);

/** Checks the rows and expectations of a test; what a row leaves out is asked only when the test runs. */
export function checkTest(checking: Checking, test: ast.TestDeclaration): void {
  const people: People = new Map();
  for (const { of, id } of test.rows) {
    if (id && !people.has(id.text) && (of.text === 'person' || !isKnown(checking, of.text)))
      people.set(id.text, new Set());
  }
  for (const row of test.rows) {
    const before = checking.diagnostics.length;
    checkRow(checking, row, people);
    // a wrong row of a person may have said which roles are meant
    if (row.id && checking.diagnostics.length > before) people.set(row.id.text, 'unclear');
  }
  for (const each of test.expectations) checkExpectation(checking, each, people);
}

/** The people of a test, each with the roles that it gives them. */
type People = Map<string, Set<string> | 'unclear'>;

function isKnown({ declared }: Checking, rows: string): boolean {
  return rows === 'person' || rows === 'absence' || declared.events.has(rows) || declared.tables.has(rows);
}

// ---- rows --------------------------------------------------------------------------------------------------

function checkRow(checking: Checking, row: ast.TestRow, people: People): void {
  const columns = columnsOf(checking, row);
  if (row.count) wholeNumber(checking, row.count);
  if (row.of.text === 'person' && !row.id)
    checking.diagnostics.push(
      messages.missingPart(row.of.span, 'this person', 'id', {
        text: 'person anna { … }',
        yaml: 'person anna: { … }',
      }),
    );
  if (row.of.text !== 'person' && row.id && columns)
    checking.diagnostics.push(
      messages.notHere(
        row.id.span,
        `\`${row.id.text}\``,
        'only a person has an id here: keys are made up, or given as a cell',
      ),
    );
  if (!columns) return;
  const seen = new Map<string, Span>();
  for (const cell of row.cells) {
    const { text, span } = cell.field;
    const first = seen.get(text);
    if (first) checking.diagnostics.push(messages.twice(span, `\`${text}\``, first));
    seen.set(text, span);
    const type = columns.types.get(text);
    if (type) checkCell(checking, cell, type, { row, people });
    else if (columns.computed.has(text)) {
      const why = 'it is worked out from other fields: give those';
      checking.diagnostics.push(messages.notHere(span, `\`${text}\``, why));
    } else
      checking.diagnostics.push(
        messages.unknownName(span, `field of \`${columns.what}\``, text, [...columns.types.keys()]),
      );
  }
}

function columnsOf(checking: Checking, { of, count }: ast.TestRow): Columns | undefined {
  const { attributes, events, tables } = checking.declared;
  const none = new Set<string>();
  if (of.text === 'person') {
    const own = [...attributes.values()].map((each) => [each.name, each.type] as const);
    return { what: 'person', types: new Map([...PERSON_COLUMNS, ...own]), computed: none };
  }
  for (const name of count ? singulars(of.text) : [of.text]) {
    const event = events.get(name);
    const fields = event?.fields.values() ?? tables.get(name)?.fields;
    if (!fields) continue;
    const types = new Map([...fields].map((each) => [each.name, each.type]));
    return { what: name, types, computed: new Set(event?.formulas.keys()) };
  }
  if (of.text === 'absence') return { what: 'absence', types: ABSENCE_COLUMNS, computed: none };
  checking.diagnostics.push(
    messages.unknownName(
      of.span,
      'event or table',
      of.text,
      ['person', ...events.keys(), ...tables.keys()].map((each) => (count ? `${each}s` : each)),
    ),
  );
  return undefined;
}

/** `deals` is many a `deal`, `enquiries` many an `enquiry`. */
function singulars(word: string): readonly string[] {
  return [word, word.replace(/ies$/, 'y'), word.replace(/es$/, ''), word.replace(/s$/, '')];
}

interface CellPlace {
  readonly row: ast.TestRow;
  readonly people: People;
}

function checkCell(
  checking: Checking,
  cell: ast.TestCell,
  type: ValueType,
  { row, people }: CellPlace,
): void {
  if (type.kind === 'error') return;
  if (cell.every) checkEvery(checking, cell.every, type, row);
  if (row.of.text === 'person' && cell.field.text === 'role') {
    const role = wordOf(cell.value);
    const { roles } = checking.declared;
    const given = people.get(row.id?.text ?? '');
    if (role && roles.has(role.text)) {
      if (given instanceof Set) given.add(role.text);
    } else
      checking.diagnostics.push(
        messages.unknownName(cell.value.span, 'role', role?.text ?? 'this', [...roles.keys()]),
      );
    return;
  }
  if (type.kind === 'person') {
    const person = wordOf(cell.value);
    if (!person || !people.has(person.text))
      checking.diagnostics.push(
        messages.unknownName(cell.value.span, 'person of this test', person?.text ?? 'this', [
          ...people.keys(),
        ]),
      );
    return;
  }
  const n: Expression = {
    kind: 'later',
    what: 'n',
    args: [],
    type: NUMBER,
    optional: false,
    missing: 'own',
    span: cell.span,
  };
  const world: World = {
    kind: 'constant',
    known: NOTHING_KNOWN,
    ...(row.count ? { locals: new Map([['n', n]]) } : {}),
  };
  // a bare word is a text as well: `region South`
  if (type.kind === 'text' && cell.value.kind === 'name') return;
  const value = infer(checking, cell.value, world, type);
  if (isError(value)) return;
  const asMoment = type.kind === 'datetime' && (value.type.kind === 'date' || value.type.kind === 'text');
  const asCurrency =
    type.kind === 'money' && value.type.kind === 'money' && !/^[A-Z]{3}$/.test(type.currency);
  if (!asMoment && !asCurrency && !comparable(value.type, type))
    checking.diagnostics.push(messages.wrongType(value.span, typeInWords(type), describe(value)));
}

function wordOf(node: ast.Expression): ast.Name | undefined {
  if (node.kind === 'name') return node.name;
  return node.kind === 'text' ? { text: node.value, span: node.span } : undefined;
}

/** `closed_on 2026-01-05 every 2 days`: of several rows, each so much later than the one before. */
function checkEvery(checking: Checking, every: ast.Expression, type: ValueType, row: ast.TestRow): void {
  if (!row.count) {
    const why = {
      text: 'one row has one value: say how many there are, `12 deals { … }`',
      yaml: 'one row has one value: say how many there are, `12 deals: { … }`',
    };
    checking.diagnostics.push(messages.notHere(every.span, '`every`', why));
  } else if (type.kind !== 'date' && type.kind !== 'datetime') {
    const why = `it steps from day to day: write ${typeInWords(type)} with \`n\`, the number of the row`;
    checking.diagnostics.push(messages.notHere(every.span, '`every`', why));
  } else {
    const units =
      type.kind === 'date' ? ['day', 'week', 'month'] : ['hour', 'minute', 'day', 'week', 'month'];
    lengthIn(checking, every, units);
  }
}

// ---- expectations ------------------------------------------------------------------------------------------

function checkExpectation(
  checking: Checking,
  { person, period, conditions }: ast.Expectation,
  people: People,
): void {
  const roles = people.get(person.text);
  if (!roles)
    checking.diagnostics.push(
      messages.unknownName(person.span, 'person of this test', person.text, [...people.keys()]),
    );
  const found = periodOf(checking, period);
  if (!found)
    checking.diagnostics.push(
      messages.wrongType(period.span, 'a period, such as `2026-01` or `2026-Q1`', 'something else'),
    );
  if (!roles || roles === 'unclear') return;
  const grain = found && fitsInto(checking.grain, found.grain) ? found.grain : checking.grain;
  const world = worldOfRoles(checking, [...roles], grain);
  for (const each of conditions) {
    const condition = infer(checking, each, world);
    require(checking, condition, (type) =>
      type.kind === TRUTH.kind, 'a condition, such as `revenue is 100 RUB`');
    const value = foldConstant(condition);
    if (value !== undefined)
      checking.diagnostics.push(
        messages.wrongType(condition.span, 'a condition on results', 'one that is always the same'),
      );
  }
}

/** A period of everybody's calendar as it is, one of a fiscal calendar in quotes: `"retail-2026-01"`. */
function periodOf(checking: Checking, node: ast.Expression): Period | undefined {
  if (node.kind === 'period') return parsePeriod(node.text);
  if (node.kind === 'number') return parsePeriod(node.digits);
  const years = [...checking.declared.calendars.values()].flatMap((each) => fiscalYear(each) ?? []);
  return node.kind === 'text' ? parsePeriod(node.value, years) : undefined;
}
