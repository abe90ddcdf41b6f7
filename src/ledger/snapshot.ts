// Two states of the inputs, and what became of each row between them: plain sets of rows by source and key.

import type { LedgerRow, RowChange, Snapshot } from '../model/ledger.ts';

/** The state of the inputs before anything was closed. */
export const NO_ROWS: Snapshot = { sources: [] };

/** The rows of one source, by key. */
type Rows = ReadonlyMap<string, LedgerRow>;

/**
 * What leads from one state to the other, in order of source, then key. A dated row that is gone beside one of the same
 * key that is new has changed: the day from which it holds is another.
 */
export function changesBetween(before: Snapshot, after: Snapshot): readonly RowChange[] {
  const names = [...new Set([...before.sources, ...after.sources].map((each) => each.source))].sort(byText);
  return names.flatMap((source) => {
    const rowsOf = ({ sources }: Snapshot) => sources.find((each) => each.source === source)?.rows ?? [];
    const [old, now] = [rowsOf(before), rowsOf(after)];
    return old === now ? [] : changesOf(byKey(old), byKey(now));
  });
}

function changesOf(before: Rows, after: Rows): readonly RowChange[] {
  const changes: RowChange[] = [];
  const gone: LedgerRow[] = [];
  const fresh: LedgerRow[] = [];
  for (const row of before.values()) if (!after.has(row.key)) gone.push(row);
  for (const row of after.values()) {
    const old = before.get(row.key);
    if (old === undefined) fresh.push(row);
    else if (old !== row && !haveSameCells(old, row)) changes.push({ kind: 'changed', row, before: old });
  }
  const moved = movedRows(gone, fresh);
  for (const [row, old] of moved) changes.push({ kind: 'changed', row, before: old });
  const old = new Set(moved.values());
  for (const row of gone) if (!old.has(row)) changes.push({ kind: 'removed', row });
  for (const row of fresh) if (!moved.has(row)) changes.push({ kind: 'added', row });
  return changes.sort((a, b) => byText(a.row.key, b.row.key));
}

/** Dated rows that hold from another day than before, each with what it was: the earliest of one key with the earliest. */
function movedRows(
  gone: readonly LedgerRow[],
  fresh: readonly LedgerRow[],
): ReadonlyMap<LedgerRow, LedgerRow> {
  const inTime = (rows: readonly LedgerRow[]): readonly LedgerRow[] =>
    rows.toSorted((a, b) => byText(cellOf(a, 'from') ?? '', cellOf(b, 'from') ?? '') || byText(a.key, b.key));
  const waiting = new Map<string, LedgerRow[]>();
  for (const row of inTime(gone)) {
    const key = undatedKey(row);
    if (key !== undefined) waiting.set(key, [...(waiting.get(key) ?? []), row]);
  }
  const found = new Map<LedgerRow, LedgerRow>();
  for (const row of inTime(fresh)) {
    const key = undatedKey(row);
    const old = key === undefined ? undefined : waiting.get(key)?.shift();
    if (old) found.set(row, old);
  }
  return found;
}

/** A snapshot in which some changes have been made; sources that none of them is of are the same objects. */
export function withChanges(snapshot: Snapshot, changes: readonly RowChange[]): Snapshot {
  const bySource = new Map<string, RowChange[]>();
  for (const each of changes) {
    const own = bySource.get(each.row.source);
    if (own) own.push(each);
    else bySource.set(each.row.source, [each]);
  }
  const sources = snapshot.sources.map((each) => {
    const own = bySource.get(each.source);
    bySource.delete(each.source);
    return own ? { source: each.source, rows: changedRows(each.rows, own) } : each;
  });
  const fresh = [...bySource].map(([source, own]) => ({ source, rows: changedRows([], own) }));
  const filled = [...sources, ...fresh].filter((each) => each.rows.length > 0);
  return { sources: filled.sort((a, b) => byText(a.source, b.source)) };
}

function changedRows(rows: readonly LedgerRow[], changes: readonly RowChange[]): readonly LedgerRow[] {
  const gone = new Set<string>();
  const placed = new Map<string, LedgerRow>();
  for (const each of changes) {
    if (each.kind !== 'added') gone.add(each.kind === 'changed' ? each.before.key : each.row.key);
    if (each.kind !== 'removed') placed.set(each.row.key, each.row);
  }
  const kept = rows.filter((row) => !gone.has(row.key) && !placed.has(row.key));
  return [...kept, ...placed.values()].sort((a, b) => byText(a.key, b.key));
}

/** The change that leads back. */
export function undone(change: RowChange): RowChange {
  switch (change.kind) {
    case 'added':
      return { kind: 'removed', row: change.row };
    case 'removed':
      return { kind: 'added', row: change.row };
    case 'changed':
      return { kind: 'changed', row: change.before, before: change.row };
    default:
      return change satisfies never;
  }
}

/** The fields in which a row differs from what it was, with what stood and stands there; of a row alone all it has. */
export function changedFields(
  change: RowChange,
): readonly { readonly field: string; readonly before?: string; readonly after?: string }[] {
  const old = change.kind === 'changed' ? change.before : change.kind === 'removed' ? change.row : undefined;
  const now = change.kind === 'removed' ? undefined : change.row;
  const fields = [...new Set([...Object.keys(now?.cells ?? {}), ...Object.keys(old?.cells ?? {})])];
  return fields.flatMap((field) => {
    const [before, after] = [old && cellOf(old, field), now && cellOf(now, field)];
    if (before === after) return [];
    return [{ field, ...(before !== undefined && { before }), ...(after !== undefined && { after }) }];
  });
}

// ---- keys ----------------------------------------------------------------------------------------------------------

const FROM = ' from ';
const ALWAYS = 'the beginning';

/** A row's key by its key cells; of a dated row also the day from which it holds, `''` where it always did. */
export function rowKey(parts: readonly string[], from?: string): string {
  const key = parts.map(plainPart).join(', ');
  return from === undefined ? key : `${key}${FROM}${from === '' ? ALWAYS : from}`;
}

/** A part as it stands where nothing in it can be taken for what stands between parts, else in quotes. */
function plainPart(part: string): string {
  return part.trim() === part && part !== '' && !/[",#\p{Cc}]/u.test(part) && !part.includes(FROM)
    ? part
    : JSON.stringify(part);
}

const DATED = new RegExp(`${FROM}(?:${ALWAYS}|[0-9]{4}-[0-9]{2}-[0-9]{2})$`);

/** The key of a dated row without its day; of other rows nothing. */
function undatedKey({ key }: LedgerRow): string | undefined {
  const at = key.search(DATED);
  return at < 0 ? undefined : key.slice(0, at);
}

/** A row's cell; absent: it is empty. */
export function cellOf({ cells }: LedgerRow, field: string): string | undefined {
  return Object.hasOwn(cells, field) ? cells[field] : undefined;
}

function byKey(rows: readonly LedgerRow[]): Rows {
  return new Map(rows.map((row) => [row.key, row]));
}

function haveSameCells({ cells: a }: LedgerRow, { cells: b }: LedgerRow): boolean {
  const fields = Object.keys(a);
  return (
    fields.length === Object.keys(b).length &&
    fields.every((field) => Object.hasOwn(b, field) && a[field] === b[field])
  );
}

function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
