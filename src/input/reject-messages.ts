// Why a cell or a row isn't taken, in words: one stable code for each reason. Loaded when the first one isn't: most runs
// reject nothing.

import { dayText } from '../base/date.ts';
import type { Diagnostic } from '../base/diagnostic.ts';
import { exact } from '../base/exact.ts';
import type { FiscalYear } from '../base/fiscal.ts';
import { amountNotation, durationNotation, numberNotation, percentNotation } from '../base/notation.ts';
import { difference, suggestion } from '../base/suggest.ts';
import type { Dialect, Reject, RejectReason } from '../model/dataset.ts';
import type { FieldModel } from '../model/policy.ts';

/** What a message may lean on, beside the reject itself. */
export interface RejectFacts {
  readonly dialect: Dialect;
  /** The field that the cell was read for. */
  readonly field?: FieldModel;
  /** Ids of the people data, for near misses. */
  readonly persons?: readonly string[];
  readonly roles?: readonly string[];
  /** Calendars whose periods a cell may name. */
  readonly calendars?: readonly FiscalYear[];
}

interface Wording {
  readonly code: string;
  /** What is wrong, after the cell and its column; `OTHER` stands for the row that it clashes with. */
  readonly says: string;
}

const WORDINGS: Readonly<Record<RejectReason, Wording>> = {
  'wrong number of cells': { code: 'M2101', says: 'has more or fewer cells than the heading' },
  empty: { code: 'M2102', says: 'is empty, and a value is needed' },
  'not a number': { code: 'M2103', says: "isn't a number" },
  'too many digits': { code: 'M2104', says: 'has more digits than are kept' },
  'not a percent': { code: 'M2105', says: "isn't a percent" },
  'not a date': { code: 'M2106', says: "isn't a date" },
  'not a datetime': { code: 'M2107', says: "isn't a date and time" },
  'skipped by the clock': { code: 'M2108', says: 'is a time that local clocks skipped' },
  'not a duration': { code: 'M2109', says: "isn't a duration" },
  'not a period': { code: 'M2123', says: "isn't a period" },
  'not a truth value': { code: 'M2110', says: "isn't a truth value" },
  'not a word of the list': { code: 'M2111', says: "isn't one of the words that may stand there" },
  'below the bound': { code: 'M2112', says: 'is below the least value that the policy takes' },
  'above the bound': { code: 'M2113', says: 'is above the greatest value that the policy takes' },
  'unknown person': { code: 'M2114', says: 'is nobody in the people data' },
  'unknown role': { code: 'M2115', says: "isn't a role of the policy" },
  'duplicate key': { code: 'M2116', says: 'is the key of OTHER too' },
  'overlapping dates': { code: 'M2117', says: 'holds on days on which OTHER holds too' },
  'ends before it starts': { code: 'M2118', says: 'ends before it starts' },
  'shares not 100%': { code: 'M2119', says: "is credited in shares that don't come to exactly 100%" },
  'nobody credited': { code: 'M2120', says: 'has a credit line that names nobody' },
  'two roles that day': { code: 'M2121', says: 'credits a person who holds two roles that day' },
};

/** Two texts of one field that look the same: a warning, since both may be meant. */
export function nearMiss(
  file: string,
  event: string,
  { field, first, second }: { readonly field: string; readonly first: string; readonly second: string },
): Diagnostic {
  const [word, other] = difference(second, first) === undefined ? [first, second] : [second, first];
  const why = difference(word, other);
  return {
    code: 'M2122',
    severity: 'warning',
    message: `\`${first}\` and \`${second}\` look alike in \`${event}.${field}\`, and are taken as two`,
    data: { file, column: field },
    help: `if both mean one, write them the same${why === undefined ? '' : ` (\`${word}\`: ${why})`}`,
  };
}

/** References to rows that aren't there: a warning, since what is read through them is missing, and pays nothing. */
export function unknownKeys(
  file: string,
  event: string,
  found: {
    readonly field: string;
    readonly event: string;
    readonly rows: number;
    readonly first: { readonly row: number; readonly key: string };
  },
): Diagnostic {
  const { field, rows, first } = found;
  return {
    code: 'M2124',
    severity: 'warning',
    message: `\`${event}.${field}\` refers to a \`${found.event}\` that isn't there, in ${rows} ${rows === 1 ? 'row' : 'rows'}: first \`${first.key}\` in row ${first.row}`,
    data: { file, column: field },
    help: `what is read through the reference is missing there: add the rows of \`${found.event}\`, or mend the keys`,
  };
}

/** The reject as an error of its row, or of its cell where one is to blame. */
export function rejectDiagnostic(reject: Reject, facts: RejectFacts): Diagnostic {
  const { code, says } = WORDINGS[reject.reason];
  const help = helpFor(reject, facts);
  const column = reject.column ?? reject.field;
  return {
    code,
    severity: 'error',
    message: `${subject(reject)} ${says.replace('OTHER', () => otherRow(reject))}`,
    data: { file: reject.file, row: reject.row, ...(column !== undefined && { column }) },
    ...(help !== undefined && { help }),
  };
}

/** Cells of a source for which a near miss is looked for; a file of strangers isn't compared with everybody. */
const MOST_LOOKED_UP = 100;

/** What the messages about one source's rejects lean on. */
export type SourceFacts = Omit<RejectFacts, 'field'> & { readonly fields: readonly FieldModel[] };

/** The diagnostics of one source's rejects; a cell that stands in many rows is thought about once. */
export function rejectDiagnostics(rejects: readonly Reject[], facts: SourceFacts): readonly Diagnostic[] {
  const fields = new Map(facts.fields.map((field) => [field.name, field]));
  const known = new Map<string, Diagnostic>();
  return rejects.map((reject) => {
    const id = JSON.stringify([reject.reason, reject.field, reject.cell, reject.other]);
    const alike = reject.field === undefined ? undefined : known.get(id);
    if (alike) return { ...alike, data: { ...alike.data!, row: reject.row } };
    const field = reject.field === undefined ? undefined : fields.get(reject.field);
    const persons = known.size < MOST_LOOKED_UP ? facts.persons : undefined;
    const made = rejectDiagnostic(reject, { ...facts, ...(field && { field }), persons: persons ?? [] });
    known.set(id, made);
    return made;
  });
}

/** A file has one `row 3`; its name is said too, since a report lists many files. */
function otherRow({ file, other }: Reject): string {
  return other === undefined ? 'another row' : `row ${other} of \`${file}\``;
}

function subject(reject: Reject): string {
  if (reject.field === undefined) return `row ${reject.row} of \`${reject.source}\``;
  const place = reject.column === undefined ? `\`${reject.field}\`` : `column \`${reject.column}\``;
  return reject.cell === undefined || reject.cell === '' ? place : `\`${short(reject.cell)}\` in ${place}`;
}

const MOST_SHOWN = 200;

/** As much of a cell as helps to find it: a whole file may stand in one whose quote was never closed. */
function short(cell: string): string {
  if (cell.length <= MOST_SHOWN) return cell;
  return `${cell.slice(0, MOST_SHOWN).replace(/[\ud800-\udbff]$/, '')}…`;
}

function helpFor(reject: Reject, facts: RejectFacts): string | undefined {
  const cell = short(reject.cell ?? '');
  switch (reject.reason) {
    case 'not a number':
      return numberHelp(cell);
    case 'too many digits':
      return 'at most 18 digits before the decimal sign and 9 after it (7 in a percent); nothing is rounded here';
    case 'not a percent':
      return /^[+-]?[0-9]+(\.[0-9]+)?$/.test(cell.trim())
        ? `write \`${cell.trim()}%\`, or say \`percents: fractions\` for this file in merit.config.yaml`
        : 'write it like `12.5%`';
    case 'not a date':
      return 'write a day that exists like `2026-01-31`';
    case 'not a datetime':
      return "write it like `2026-01-31 17:45`, with an offset (`+03:00`) where it isn't local time";
    case 'skipped by the clock':
      return 'write it with its offset, like `2026-03-29T01:30:00Z`';
    case 'not a duration':
      return 'write it like `01:30:00` or `90 minutes`';
    case 'not a period':
      return periodHelp(facts.calendars ?? []);
    case 'not a truth value':
      return 'write `true` or `false`, `yes` or `no`';
    case 'not a word of the list':
      return facts.field?.type.kind === 'enumeration'
        ? suggestion(cell, facts.field.type.members)
        : undefined;
    case 'below the bound':
      return facts.field?.from === undefined ? undefined : `it starts from ${boundText(facts.field, 'from')}`;
    case 'above the bound':
      return facts.field?.until === undefined
        ? undefined
        : `it goes until ${boundText(facts.field, 'until')}`;
    case 'unknown person':
      return suggestion(cell, facts.persons ?? []);
    case 'unknown role':
      return suggestion(cell, facts.roles ?? []);
    case 'wrong number of cells':
      return 'a cell that holds the delimiter needs quotes around it';
    case 'duplicate key':
      return "keep one of the rows: which of them is right can't be told from here";
    case 'overlapping dates':
      return '`from` and `until` are both included: the next row starts the day after `until`';
    case 'shares not 100%':
      return 'check the `when` of its credit lines, or give one of them `rest`';
    case 'nobody credited':
      return 'fill in the person, or say in the credit line who it is `else`';
    case 'two roles that day':
      return 'say in the credit line which one it is: `in role …`';
    case 'empty':
    case 'ends before it starts':
      return undefined;
    default:
      return reject.reason satisfies never;
  }
}

/** What to write instead of a text that isn't a number, where that is plain. */
function numberHelp(cell: string): string {
  const plain = cell.replace(/[\s\u00a0\u202f]/g, '');
  if (/[\u00a0\u2007\u202f]/.test(cell) && /^[+-]?[0-9]+([.,][0-9]+)?$/.test(plain)) {
    return `it has a no-break space: write \`${plain.replace(',', '.')}\`, or say \`thousands: " "\` for this file in merit.config.yaml`;
  }
  if (/^[+-]?[0-9]+,[0-9]+$/.test(cell.trim())) {
    return `write \`${cell.trim().replace(',', '.')}\`, or say \`decimal: ","\` for this file in merit.config.yaml`;
  }
  if (/^[+-]?[0-9]{1,3}( [0-9]{3})+([.,][0-9]+)?$/.test(cell.trim())) {
    return `write \`${plain.replace(',', '.')}\`, or say \`thousands: " "\` for this file in merit.config.yaml`;
  }
  return 'write digits with a decimal point only, like `1234.50`: no currency, no exponent';
}

function boundText(field: FieldModel, edge: 'from' | 'until'): string {
  const text = field[edge]!;
  switch (field.type.kind) {
    case 'date':
      return dayText(Number(text));
    case 'money':
      return amountNotation(exact(text), field.type.currency);
    case 'duration':
      return durationNotation(exact(text));
    case 'percent':
      return percentNotation(exact(text));
    case 'number':
      return numberNotation(exact(text));
    default:
      return text;
  }
}

function periodHelp(calendars: readonly FiscalYear[]): string {
  const plain = 'write it like `2026-01`, `2026-Q1` or `2026-W05`';
  const [first, ...others] = calendars;
  if (!first) return plain;
  const names =
    others.length === 0 ? '' : `; the calendars are ${calendars.map(({ name }) => `\`${name}\``).join(', ')}`;
  const forms = ['01', 'Q1', ...(first.weeks ? ['W05'] : [])].map((each) => `\`${first.name}-2026-${each}\``);
  return `${plain}, or of a calendar like ${forms.slice(0, -1).join(', ')} or ${forms.at(-1)}${names}`;
}
