// From the text of a CSV file to typed columns, against papaparse, which gives strings only. Cells are compared with its
// cells, and columns with each cell converted by itself, before anything is timed.

import { createRequire } from 'node:module';
import { dayOf, dayText } from '../src/base/date.ts';
import { createClock } from '../src/input/clock.ts';
import { type Column, convertedAt, readColumns } from '../src/input/columns.ts';
import { type ConvertContext, cellConverter } from '../src/input/convert.ts';
import { readCsv } from '../src/input/csv.ts';
import { readRows } from '../src/input/rows.ts';
import type { BoundSource, Dialect } from '../src/model/dataset.ts';
import type { FieldModel } from '../src/model/policy.ts';
import type { ValueType } from '../src/model/value.ts';
import { type Figure, quantile, seeded, timedNow } from './measure.ts';

/** What is used of the peer, which comes without types. */
interface Papaparse {
  parse(
    text: string,
    options: { readonly skipEmptyLines: boolean },
  ): { readonly data: readonly (readonly string[])[] };
}
const { parse } = createRequire(import.meta.url)('papaparse') as Papaparse;

const field = (name: string, type: ValueType): FieldModel => ({
  name,
  type,
  optional: false,
  span: { source: '', start: 0, end: 0 },
});
const FIELDS: readonly FieldModel[] = [
  field('id', { kind: 'text' }),
  field('closed_on', { kind: 'date' }),
  field('manager', { kind: 'person' }),
  field('client', { kind: 'text' }),
  field('amount', { kind: 'money', currency: 'RUB' }),
  field('status', { kind: 'enumeration', members: ['won', 'lost', 'open'], ordered: false }),
  field('note', { kind: 'text' }),
];
const PEOPLE = 200;
const WORDS = ['Север', 'Юг', 'Волга', 'Урал', 'завод', 'склад', 'трубы', 'насосы'];

/** How a generated file is written. */
interface Form {
  readonly name: string;
  readonly dialect: Dialect;
  readonly delimiter: string;
  readonly lineEnd: string;
}
const FORMS: readonly Form[] = [
  { name: 'commas and LF', dialect: {}, delimiter: ',', lineEnd: '\n' },
  {
    name: 'semicolons, decimal commas and CRLF',
    dialect: { decimal: ',' },
    delimiter: ';',
    lineEnd: '\r\n',
  },
];

/** Deals with Cyrillic notes, one in five of which is quoted, with the delimiter and quotes in it. */
function deals(rows: number, { dialect, delimiter, lineEnd }: Form): string {
  const random = seeded(1);
  const below = (limit: number): number => Math.floor(random() * limit);
  const word = (): string => WORDS[below(WORDS.length)]!;
  const first = dayOf(2026, 1, 1);
  const lines = [FIELDS.map((each) => each.name).join(delimiter)];
  for (let n = 0; n < rows; n++) {
    const amount = `${below(100_000)}${dialect.decimal ?? '.'}${String(below(100)).padStart(2, '0')}`;
    const note = n % 5 === 0 ? `"${word()}${delimiter} ""${word()}"""` : `${word()} ${word()}`;
    const status = ['won', 'lost', 'open'][below(3)]!;
    lines.push(
      [
        `d${n}`,
        dayText(first + below(365)),
        `p${below(PEOPLE)}`,
        `c${below(5_000)}`,
        amount,
        status,
        note,
      ].join(delimiter),
    );
  }
  // as a file gives it: one piece of memory, not a text that is still to be put together
  return new TextDecoder().decode(new TextEncoder().encode(lines.join(lineEnd) + lineEnd));
}

/** Papaparse against typed columns, against the places of cells alone, and against rows of cells. */
export function benchCsv(options: { readonly rounds: number; readonly rows: number }): readonly Figure[] {
  return FORMS.flatMap((form) => benchForm(form, options));
}

function benchForm(
  form: Form,
  { rounds, rows }: { readonly rounds: number; readonly rows: number },
): readonly Figure[] {
  const text = deals(rows, form);
  const header = FIELDS.map((each) => each.name);
  const bound: BoundSource = {
    name: 'deal',
    file: 'deal.csv',
    format: 'csv',
    content: { kind: 'text', text },
    columns: new Map(),
    constants: new Map(),
    dialect: form.dialect,
    header,
    bindings: header.map((column, index) => ({ kind: 'column', column, index })),
  };
  const context: ConvertContext = {
    dialect: form.dialect,
    clock: createClock('Europe/Moscow'),
    persons: new Set(Array.from({ length: PEOPLE }, (_, n) => `p${n}`)),
  };
  const scan = () => readCsv(text, 'deal.csv', form.dialect).value;
  const peer = () => parse(text, { skipEmptyLines: true }).data;
  const columns = (): readonly Column[] => readColumns(bound, FIELDS, { text: scan(), context });
  const whole = () => readRows(bound, FIELDS, { text: scan(), context });

  compareAll(peer(), scan(), { columns: columns(), context });
  const ratios = { scan: [] as number[], columns: [] as number[], rows: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    ratios.columns.push(timedNow(peer) / timedNow(columns));
    ratios.scan.push(timedNow(peer) / timedNow(scan));
    ratios.rows.push(timedNow(peer) / timedNow(whole));
  }
  const input = `${rows} deals of 7 fields with ${form.name}, ${(text.length / 1e6).toFixed(1)} million letters, one note in five quoted; cells equal, papaparse gives strings only`;
  return [
    {
      what: 'CSV to typed columns against papaparse',
      input,
      value: quantile(ratios.columns, 0.5),
      unit: ' times as fast',
      least: 4,
    },
    {
      what: 'CSV to the places of cells against papaparse',
      input: 'the same; no cell is cut out of the text',
      value: quantile(ratios.scan, 0.5),
      unit: ' times as fast',
    },
    {
      what: 'CSV to typed rows, as the memory backend takes them, against papaparse',
      input: 'the same; every value an object or a text of its own',
      value: quantile(ratios.rows, 0.5),
      unit: ' times as fast',
    },
  ];
}

/** Throws where a cell isn't the peer's, or a column's value isn't what the cell comes to by itself. */
function compareAll(
  theirs: readonly (readonly string[])[],
  ours: { readonly header: readonly string[]; readonly rows: readonly (readonly string[])[] },
  { columns, context }: { readonly columns: readonly Column[]; readonly context: ConvertContext },
): void {
  const converters = FIELDS.map((each) => cellConverter(each, context));
  const records = [ours.header, ...ours.rows];
  if (records.length !== theirs.length)
    throw new Error(`${records.length} rows, ${theirs.length} by the peer`);
  for (const [row, cells] of records.entries()) {
    const others = theirs[row]!;
    if (cells.length !== others.length || cells.some((cell, at) => cell !== others[at]))
      throw new Error(`row ${row + 1} is read in two ways`);
    if (row === 0) continue;
    for (const [at, convert] of converters.entries()) {
      const value = written(convert(cells[at]!));
      if (written(convertedAt(columns[at]!, row - 1)) !== value)
        throw new Error(`row ${row + 1}: the column has something else than ${value}`);
    }
  }
}

function written(value: unknown): string {
  return JSON.stringify(value, (_, each) => (typeof each === 'bigint' ? String(each) : each));
}
