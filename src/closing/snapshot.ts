// The state of all inputs as plain rows: what the files of a run hold, read by the policies that stand on them. What a
// file's form is, in which order its rows stand and how its cells are written doesn't show in it.

import type { Backend } from '../backend/backend.ts';
import { type Checked, type Diagnostic, hasErrors } from '../base/diagnostic.ts';
import { giveTurn, type Limits, withinRows } from '../base/limits.ts';
import { noData } from '../gather.ts';
import { bindColumns, forFields } from '../input/bind.ts';
import { rowCount } from '../input/csv-scan.ts';
import { readPeople } from '../input/people.ts';
import { rowKey } from '../ledger/snapshot.ts';
import type { BoundSource, SourceSpec, TextTable } from '../model/dataset.ts';
import type { LedgerRow, Snapshot } from '../model/ledger.ts';
import type { Model } from '../model/policy.ts';
import { isOptional, type KeptRow, keptRows, putCell, readingsOf, type SourceReading } from './kept-rows.ts';

/** Whose inputs are kept, and where they stand. */
export interface SnapshotRequest {
  /**
   * The policies that read them, the one that holds now first. A row is there if one of them takes it, with the cells that
   * any of them reads, each as the first does that reads it.
   */
  readonly models: readonly Model[];
  readonly sources: readonly SourceSpec[];
  readonly limits?: Limits;
}

/** One policy's reading of a source. */
interface Reader {
  readonly model: Model;
  readonly reading: SourceReading;
}

/**
 * Reads the state of the inputs. Errors: a source can't be read; one of the policies finds no data, or no column, that it
 * needs. The value is to be used only without them.
 */
export async function snapshotOf(
  { models, sources, limits }: SnapshotRequest,
  backend: Pick<Backend, 'columns' | 'text'>,
): Promise<Checked<Snapshot>> {
  const found: Snapshot['sources'][number][] = [];
  const diagnostics: Diagnostic[] = [];
  let persons: ReadonlySet<string> = new Set();
  for (const readers of readersOf(models)) {
    const name = readers[0]!.reading.source;
    const source = sources.find((each) => each.name === name);
    if (!source) {
      const needy = readers.find(({ reading }) => !isOptional(reading));
      if (needy) diagnostics.push(noData(name, needy.model.name));
      continue;
    }
    await giveTurn(limits);
    const { value: text, diagnostics: unread } = await backend.text(source);
    diagnostics.push(...unread);
    if (hasErrors(unread)) continue;
    withinRows(limits, source.file, rowCount(text));
    const bound = await boundBy(readers, source, backend);
    diagnostics.push(...bound.diagnostics);
    if (hasErrors(bound.diagnostics)) continue;
    if (name === 'person') persons = personsOf(readers[0]!.model, bound.value[0]!, text);
    const kept = readers.map(({ model, reading }, at) =>
      keptRows(model, reading, { bound: bound.value[at]!, text, persons }),
    );
    const rows = [...ledgerRows(name, kept), ...(name === 'person' ? namesAlone(kept, persons) : [])];
    if (rows.length > 0) found.push({ source: name, rows: rows.sort(inOrder) });
  }
  return { value: { sources: found.sort((a, b) => byText(a.source, b.source)) }, diagnostics };
}

/** Of each source the policies that read it, those that read it like another left out; the people come first. */
function readersOf(models: readonly Model[]): readonly (readonly Reader[])[] {
  const bySource = new Map<string, Map<string, Reader>>();
  for (const model of models) {
    for (const reading of readingsOf(model)) {
      const own = bySource.get(reading.source) ?? new Map<string, Reader>();
      bySource.set(reading.source, own);
      const way = wayOf(model, reading);
      if (!own.has(way)) own.set(way, { model, reading });
    }
  }
  return [...bySource.values()].map((own) => [...own.values()]);
}

/** All that decides which rows a policy takes, and what it reads in them. */
function wayOf({ zone, calendars, roles }: Model, reading: SourceReading): string {
  const plain = (key: string, value: unknown) => (key === 'span' || key === 'doc' ? undefined : value);
  const names = reading.kind === 'person' ? roles.map((each) => each.name) : [];
  return JSON.stringify([reading, zone, calendars, names], plain);
}

/** The source as each policy binds it. Where it lies is said for the policy that holds now: older ones know other fields. */
async function boundBy(
  readers: readonly Reader[],
  source: SourceSpec,
  backend: Pick<Backend, 'columns'>,
): Promise<Checked<readonly BoundSource[]>> {
  const header = await backend.columns(source);
  if (hasErrors(header.diagnostics)) return { value: [], diagnostics: header.diagnostics };
  const bound = readers.map(({ reading: { fields } }, at) => {
    return bindColumns(at === 0 ? source : forFields(source, fields), fields, header.value);
  });
  return {
    value: bound.map((each) => each.value),
    diagnostics: bound.flatMap((each, at) =>
      at === 0 ? each.diagnostics : each.diagnostics.filter(({ severity }) => severity === 'error'),
    ),
  };
}

function personsOf(model: Model, bound: BoundSource, text: TextTable): ReadonlySet<string> {
  return new Set(readPeople(model, bound, text).people.known);
}

/** The rows that any of the policies takes. */
function ledgerRows(source: string, kept: readonly ReadonlyMap<number, KeptRow>[]): readonly LedgerRow[] {
  const [first, ...others] = kept;
  const numbers =
    others.length === 0 ? [...first!.keys()] : [...new Set(kept.flatMap((each) => [...each.keys()]))];
  const rows = numbers.map((number): LedgerRow => {
    const own = others.length === 0 ? [first!.get(number)!] : kept.flatMap((each) => each.get(number) ?? []);
    const cells = own.length === 1 ? own[0]!.cells : firstOfEach(own);
    return { source, key: own[0]!.key, cells };
  });
  if (others.length === 0) return rows;
  const plain = (each: LedgerRow): string => JSON.stringify(each.cells);
  return numbered(rows.sort((a, b) => inOrder(a, b) || byText(plain(a), plain(b))));
}

/** Policies that tell rows apart by other fields may each have a row of the same name: those after the first get numbers. */
function numbered(rows: readonly LedgerRow[]): LedgerRow[] {
  let count = 1;
  return rows.map((row, at) => {
    count = rows[at - 1]?.key === row.key ? count + 1 : 1;
    return count === 1 ? row : { ...row, key: `${row.key} #${count}` };
  });
}

/** Ids of people of whom no row is taken: other rows may name them all the same, so they stand there without a role. */
function namesAlone(
  kept: readonly ReadonlyMap<number, KeptRow>[],
  persons: ReadonlySet<string>,
): readonly LedgerRow[] {
  const taken = new Set(kept.flatMap((rows) => [...rows.values()].map((each) => each.cells.id)));
  return [...persons]
    .filter((id) => !taken.has(id))
    .map((id): LedgerRow => ({ source: 'person', key: rowKey([id]), cells: { id } }));
}

/** Each cell as the first policy has it that takes the row and reads the field. */
function firstOfEach(own: readonly KeptRow[]): LedgerRow['cells'] {
  const found: Record<string, string> = {};
  for (const [field, text] of own.flatMap((each) => Object.entries(each.cells)))
    if (!Object.hasOwn(found, field)) putCell(found, field, text);
  return found;
}

function inOrder(a: LedgerRow, b: LedgerRow): number {
  return byText(a.key, b.key);
}

function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
