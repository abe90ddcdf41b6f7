// The rows of a test: which fields they give, and values of the fields' types.

import type { Span } from '../base/source.ts';
import { comparable, DATE, NUMBER, TEXT, typeInWords } from '../library/types.ts';
import type { Expression } from '../model/expression.ts';
import type { StepUnit, TestCell, TestRow } from '../model/proof.ts';
import type { ValueType } from '../model/value.ts';
import type * as ast from '../syntax/ast.ts';
import type * as astTests from '../syntax/ast-tests.ts';
import { lengthIn, wholeNumber } from './constants.ts';
import { type Checking, isError, NOTHING_KNOWN, type World } from './context.ts';
import { describe, infer } from './infer.ts';
import { fieldOf, type Meaning, means, personOf } from './meanings.ts';
import * as messages from './messages.ts';
import { BUILT_IN_ATTRIBUTES } from './names.ts';
import { tooManyRows } from './test-messages.ts';

/** The people of a test, each with the roles that it gives them. */
export interface TestPeople {
  readonly test: string;
  readonly roles: Map<string, Set<string> | 'unclear'>;
}

/** What can be given of a row: columns with their types, and those that are worked out. */
interface Columns {
  readonly kind: TestRow['kind'];
  readonly what: string;
  readonly types: ReadonlyMap<string, ValueType>;
  readonly computed: ReadonlySet<string>;
}

const COUNTED: ReadonlySet<string> = new Set(['month_in_role', 'month_of_service']);
const PERSON_COLUMNS: readonly (readonly [string, ValueType])[] = [
  ...[...BUILT_IN_ATTRIBUTES].map(([name, { type }]) => [name, type] as const),
  ['from', DATE] as const,
  ['until', DATE] as const,
].filter(([name]) => name !== 'id' && !COUNTED.has(name));
const ABSENCE_COLUMNS: ReadonlyMap<string, ValueType> = new Map<string, ValueType>([
  ['person', { kind: 'person' }],
  ['from', DATE],
  ['until', DATE],
  ['kind', TEXT],
]);

/** Most rows that one line of a test may stand for. */
const MOST_ROWS = 10_000;

export function isRowName({ declared }: Checking, name: string): boolean {
  return name === 'person' || name === 'absence' || declared.events.has(name) || declared.tables.has(name);
}

/** A row with what could be checked of it; notes the roles that it gives a person. */
export function checkRow(checking: Checking, row: astTests.TestRow, people: TestPeople): TestRow | undefined {
  const columns = columnsOf(checking, row);
  const count = row.count && wholeNumber(checking, row.count);
  if (row.count && count !== undefined && count > MOST_ROWS)
    checking.diagnostics.push(tooManyRows(row.count.span, count, MOST_ROWS));
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
  if (!columns) return undefined;
  if (columns.kind === 'person' && row.id) means(checking, row.id, personOf(people.test));
  const seen = new Map<string, Span>();
  const cells: TestCell[] = [];
  for (const cell of row.cells) {
    const { text, span } = cell.field;
    const first = seen.get(text);
    if (first) checking.diagnostics.push(messages.twice(span, `\`${text}\``, first));
    seen.set(text, span);
    const type = columns.types.get(text);
    if (type || columns.computed.has(text)) means(checking, cell.field, columnOf(checking, columns, text));
    if (type) cells.push(...(checkCell(checking, cell, type, { row, people }) ?? []));
    else if (columns.computed.has(text)) {
      const why = 'it is worked out from other fields: give those';
      checking.diagnostics.push(messages.notHere(span, `\`${text}\``, why));
    } else if (columns.kind === 'person' && text === 'id')
      checking.diagnostics.push(
        messages.notHere(span, '`id`', "a person's id stands before the rest: `person anna { … }`"),
      );
    else
      checking.diagnostics.push(
        messages.unknownName(span, `field of \`${columns.what}\``, text, [...columns.types.keys()]),
      );
  }
  return {
    kind: columns.kind,
    of: columns.what,
    ...(columns.kind === 'person' && row.id ? { person: row.id.text } : {}),
    ...(count === undefined ? {} : { count }),
    cells,
    span: row.span,
  };
}

function columnsOf(checking: Checking, { of, count }: astTests.TestRow): Columns | undefined {
  const { attributes, events, tables } = checking.declared;
  const none = new Set<string>();
  if (of.text === 'person') {
    means(checking, of, { kind: 'built-in' });
    const own = [...attributes.values()].map((each) => [each.name, each.type] as const);
    const types = new Map([...PERSON_COLUMNS, ...own]);
    return { kind: 'person', what: 'person', types, computed: COUNTED };
  }
  for (const name of count ? singulars(of.text) : [of.text]) {
    const event = events.get(name);
    const fields = event?.fields.values() ?? tables.get(name)?.fields;
    if (!fields) continue;
    means(checking, of, { kind: event ? 'event' : 'table', name });
    const types = new Map([...fields].map((each) => [each.name, each.type]));
    const computed = new Set(event?.formulas.keys());
    return { kind: event ? 'event' : 'table', what: name, types, computed };
  }
  if (of.text === 'absence') {
    means(checking, of, { kind: 'built-in' });
    return { kind: 'absence', what: 'absence', types: ABSENCE_COLUMNS, computed: none };
  }
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

/** What the column of a test's row stands for. */
function columnOf({ declared }: Checking, { kind, what }: Columns, name: string): Omit<Meaning, 'name'> {
  if (kind === 'event') return fieldOf(what);
  if (kind === 'table') return { kind: 'column', of: what };
  return { kind: kind === 'person' && declared.attributes.has(name) ? 'attribute' : 'built-in' };
}

/** `deals` is many a `deal`, `enquiries` many an `enquiry`. */
function singulars(word: string): readonly string[] {
  return [word, word.replace(/ies$/, 'y'), word.replace(/es$/, ''), word.replace(/s$/, '')];
}

// ---- cells ---------------------------------------------------------------------------------------------------

interface CellPlace {
  readonly row: astTests.TestRow;
  readonly people: TestPeople;
}

function checkCell(
  checking: Checking,
  cell: astTests.TestCell,
  type: ValueType,
  place: CellPlace,
): readonly TestCell[] | undefined {
  if (type.kind === 'error') return undefined;
  const { row } = place;
  const every = cell.every && checkEvery(checking, cell.every, type, row);
  const value = cellValue(checking, cell, type, place);
  if (!value) return undefined;
  return [{ field: cell.field.text, type, value, ...(every ? { every } : {}), span: cell.span }];
}

function cellValue(
  checking: Checking,
  cell: astTests.TestCell,
  type: ValueType,
  { row, people }: CellPlace,
): Expression | undefined {
  if (row.of.text === 'person' && cell.field.text === 'role') {
    const role = wordOf(cell.value);
    const { roles } = checking.declared;
    const given = people.roles.get(row.id?.text ?? '');
    if (role && roles.has(role.text)) {
      means(checking, role, { kind: 'role' });
      if (given instanceof Set) given.add(role.text);
      return word(role, type);
    }
    checking.diagnostics.push(
      messages.unknownName(cell.value.span, 'role', role?.text ?? 'this', [...roles.keys()]),
    );
    return undefined;
  }
  if (type.kind === 'person') {
    const person = wordOf(cell.value);
    if (person && people.roles.has(person.text)) {
      means(checking, person, personOf(people.test));
      return word(person, type);
    }
    checking.diagnostics.push(
      messages.unknownName(cell.value.span, 'person of this test', person?.text ?? 'this', [
        ...people.roles.keys(),
      ]),
    );
    return undefined;
  }
  const n: Expression = { kind: 'row number', type: NUMBER, optional: false, span: cell.span };
  const world: World = {
    kind: 'constant',
    known: NOTHING_KNOWN,
    ...(row.count ? { locals: new Map([['n', n]]) } : {}),
  };
  // a bare word is a text as well: `region South`
  if (type.kind === 'text' && cell.value.kind === 'name') return word(cell.value.name, type);
  const value = infer(checking, cell.value, world, type);
  if (isError(value)) return undefined;
  const asMoment = type.kind === 'datetime' && (value.type.kind === 'date' || value.type.kind === 'text');
  const asCurrency =
    type.kind === 'money' && value.type.kind === 'money' && !/^[A-Z]{3}$/.test(type.currency);
  if (asMoment || asCurrency || comparable(value.type, type)) return value;
  checking.diagnostics.push(messages.wrongType(value.span, typeInWords(type), describe(value)));
  return undefined;
}

function word({ text, span }: ast.Name, type: ValueType): Expression {
  return { kind: 'constant', type, text, optional: false, span };
}

function wordOf(node: ast.Expression): ast.Name | undefined {
  if (node.kind === 'name') return node.name;
  return node.kind === 'text' ? { text: node.value, span: node.span } : undefined;
}

/** `closed_on 2026-01-05 every 2 days`: of several rows, each so much later than the one before. */
function checkEvery(
  checking: Checking,
  every: ast.Expression,
  type: ValueType,
  row: astTests.TestRow,
): TestCell['every'] {
  if (!row.count) {
    const why = {
      text: 'one row has one value: say how many there are, `12 deals { … }`',
      yaml: 'one row has one value: say how many there are, `12 deals: { … }`',
    };
    checking.diagnostics.push(messages.notHere(every.span, '`every`', why));
    return undefined;
  }
  if (type.kind !== 'date' && type.kind !== 'datetime') {
    const why = `it steps from day to day: write ${typeInWords(type)} with \`n\`, the number of the row`;
    checking.diagnostics.push(messages.notHere(every.span, '`every`', why));
    return undefined;
  }
  const units = type.kind === 'date' ? DAYS : [...HOURS, ...DAYS];
  if (!lengthIn(checking, every, units) || every.kind !== 'duration') return undefined;
  const unit = units.find((each) => every.unit === each || every.unit === `${each}s`);
  return unit && { count: Number(every.digits), unit };
}

const DAYS: readonly StepUnit[] = ['day', 'week', 'month'];
const HOURS: readonly StepUnit[] = ['hour', 'minute'];
