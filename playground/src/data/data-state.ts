// What the data panel shows, and what is done to the data in it. Other parts ask it to go to a cell.

import { computed, effect, signal } from '@preact/signals';
import type { DataPlace } from '../../../src/browser-data.ts';
import { columnName } from '../../../src/browser-data.ts';
import { removeData, setData, showPane } from '../app/actions.ts';
import { opened } from '../app/opened.ts';
import { data, markedRows, overview } from '../app/state.ts';
import type { DataFile } from '../worker/held.ts';
import type { SourceNeed } from '../worker/overview.ts';
import type { CsvDocument } from './csv-document.ts';
import { recordsOf, tableOf, withDocument } from './tables.ts';
import { type History, NO_HISTORY, redo, remembered, undo } from './text-history.ts';

/** A kind of rows with a tab of its own. */
export interface SourceTab {
  readonly name: string;
  /** What the policy reads of it; absent where it reads no such rows. */
  readonly need?: SourceNeed;
  readonly file?: DataFile;
}

/** A cell that the grid is to go to; each request is a new object. */
export interface WantedCell {
  readonly name: string;
  readonly row: number;
  readonly column: number;
}

const chosen = signal('person');
/** How the data is shown. */
export const view = signal<'grid' | 'text'>('grid');
export const wantedCell = signal<WantedCell | undefined>(undefined);
/** What was done to each kind, and the text that it led to: another text is another file, of which nothing was done. */
const histories = signal<ReadonlyMap<string, { readonly history: History; readonly text: string }>>(
  new Map(),
);

/** Everything that the policy reads, in its order, then what it doesn't. */
export const tabs = computed<readonly SourceTab[]>(() => {
  const needs = overview.value?.sources ?? [];
  const files = data.value;
  const fileOf = (name: string) => files.find((each) => each.name === name);
  return [
    ...needs.map((need) => {
      const file = fileOf(need.name);
      return { name: need.name, need, ...(file && { file }) };
    }),
    ...files
      .filter(({ name }) => needs.every((each) => each.name !== name))
      .map((file) => ({ name: file.name, file })),
  ];
});

/** The tab that is shown. */
export const shown = computed<SourceTab | undefined>(
  () => tabs.value.find((each) => each.name === chosen.value) ?? tabs.value[0],
);

// rows that are marked are to be seen, whichever part of the page marks them
effect(() => {
  const marked = markedRows.value;
  if (marked.length > 0 && marked.every((each) => each.name !== chosen.peek()))
    chosen.value = marked[0]!.name;
});

/** Shows a kind of rows. */
export function showSource(name: string): void {
  chosen.value = name;
}

/** Goes to a cell, row or file that a message speaks of; false where there is no such file. */
export function goToCell({ file, row = 1, column }: DataPlace): boolean {
  const found = data.value.find((each) => each.file === file);
  if (!found) return false;
  const header = recordsOf(tableOf(found))[0] ?? [];
  const at = column === undefined ? 0 : header.findIndex((each) => columnName(each) === columnName(column));
  goTo({ name: found.name, row: row - 1, column: Math.max(0, at) });
  return true;
}

/** Shows a row of a kind by its number in the file, where the heading is 1. */
export function goToRow(name: string, row: number): void {
  goTo({ name, row: row - 1, column: 0 });
}

function goTo(cell: WantedCell): void {
  chosen.value = cell.name;
  view.value = 'grid';
  showPane('data');
  wantedCell.value = cell;
}

// ---- changes ------------------------------------------------------------------------------------------------

/** Changes a file's table; what was there can be had again by `undoIn`. */
export function editTable(
  file: DataFile,
  change: (document: CsvDocument) => CsvDocument,
): CsvDocument | undefined {
  const table = tableOf(file);
  if (table.kind !== 'csv') return undefined;
  const after = change(table.document);
  if (after.text !== file.text) replace(file, withDocument(file, after));
  return after;
}

/** Puts another text in a file. */
export function editText(file: DataFile, text: string): void {
  replace(file, { ...file, text });
}

/** Puts a file in place of another of its kind. */
export function replace(before: DataFile, after: DataFile): void {
  remember(after, remembered(historyOf(before), before.text, after.text));
  setData(after);
}

/** What can be undone of a file, and done again. */
export function historyOf({ name, text }: DataFile): History {
  const known = histories.value.get(name);
  return known?.text === text ? known.history : NO_HISTORY;
}

export function undoIn(file: DataFile): void {
  step(file, undo(historyOf(file), file.text));
}

export function redoIn(file: DataFile): void {
  step(file, redo(historyOf(file), file.text));
}

function step(file: DataFile, { history, text }: { readonly history: History; readonly text: string }): void {
  const next = { ...file, text };
  remember(next, history);
  setData(next);
}

function remember({ name, text }: DataFile, history: History): void {
  histories.value = new Map([...histories.value, [name, { history, text }]]);
}

// ---- whole files ----------------------------------------------------------------------------------------------------

/** What was there of each kind before another file took its place, or it was removed. */
const aside = signal<ReadonlyMap<string, DataFile>>(new Map());

// what belonged to another policy doesn't come back
effect(() => {
  opened.value;
  aside.value = new Map();
});

/** Puts a file in place of what there is of its kind, which can be had again. */
export function putFile(file: DataFile): void {
  setAside(file.name);
  setData(file);
}

/** Takes a kind's rows away; they can be had again. */
export function removeFile(name: string): void {
  setAside(name);
  removeData(name);
}

/** The file that was there before, if there is one. */
export function fileBefore(name: string): DataFile | undefined {
  return aside.value.get(name);
}

/** Brings back the file that was there before; what is there now is kept in its place. */
export function bringBack(name: string): void {
  const file = aside.value.get(name);
  if (file) putFile(file);
}

function setAside(name: string): void {
  const file = data.value.find((each) => each.name === name);
  const others = [...aside.value].filter(([each]) => each !== name);
  aside.value = new Map(file ? [...others, [name, file]] : others);
}
