// A file as a grid, with what can be done to the chosen cells and what is said of the active one.

import { useEffect, useMemo, useState } from 'preact/hooks';
import { columnName } from '../../../src/browser-data.ts';
import type { MenuItem } from '../app/menu.tsx';
import { tell } from '../app/notice-state.ts';
import { data, markedRows, overview, runDiagnostics } from '../app/state.ts';
import type { DataFile } from '../worker/held.ts';
import type { SourceNeed } from '../worker/overview.ts';
import { marksOf } from './cell-marks.ts';
import { copiedText, fitted, pastedCells } from './clipboard.ts';
import { deleteColumns, deleteRows, insertColumns, insertRows } from './csv-edits.ts';
import { editTable, redoIn, replace, undoIn, wantedCell } from './data-state.ts';
import { Grid } from './grid.tsx';
import { messages } from './grid-row.tsx';
import { PlaceLine } from './place-line.tsx';
import { at, blockOf, type Cell, type Selection } from './selection.ts';
import { asCsv, recordsOf, tableOf } from './tables.ts';
import { Toolbar } from './toolbar.tsx';
import { say, sourceName } from './words.ts';
import { writeCells } from './write-cells.ts';

export function TableView({
  file,
  need,
}: {
  readonly file: DataFile;
  readonly need: SourceNeed | undefined;
}) {
  const table = tableOf(file);
  const records = recordsOf(table);
  const header = records[0] ?? [];
  const columns = useMemo(() => widest(records), [records]);
  const [selection, setSelection] = useState<Selection>(at(Math.min(1, records.length), 0));
  const found = runDiagnostics.value;
  const marks = useMemo(() => marksOf(file.file, header, found), [file.file, header.join('\n'), found]);
  const pointed = markedRows.value.find((each) => each.name === file.name)?.rows;
  const marked = useMemo(() => new Set(pointed?.map((row) => row - 1)), [pointed]);
  const wanted = wantedCell.value;
  useEffect(() => {
    if (wanted?.name !== file.name) return;
    setSelection(at(wanted.row, wanted.column));
    document.querySelector<HTMLElement>('.data-panel .grid')?.focus({ preventScroll: true });
  }, [wanted]);
  useEffect(() => {
    if (pointed && pointed.length > 0) setSelection(at(Math.min(...pointed) - 1, 0));
  }, [pointed]);

  if (table.kind === 'unread')
    return (
      <>
        <Toolbar file={file} />
        <div class="empty bad" role="alert">
          {table.problems.map((each) => (
            <p key={each.message}>
              {each.message}
              {each.data?.row !== undefined &&
                ` (${say('place', { row: each.data.row, column: '' }).replace(/, $/, '')})`}
              {each.help !== undefined && `: ${each.help}`}
            </p>
          ))}
        </div>
      </>
    );
  const readOnly = table.kind !== 'csv';
  const { top, bottom, left, right } = blockOf(selection);
  const copied = () => {
    const block = records.slice(top, bottom + 1);
    return copiedText(
      block.map((record) => Array.from({ length: right - left + 1 }, (_, each) => record[left + each] ?? '')),
    );
  };
  const paste = (text: string) => {
    if (text === '') {
      tell('note', () => say('pastedNothing'));
      return;
    }
    const cells = pastedCells(text);
    const types = Array.from({ length: columns - left }, (_, each) =>
      typeOf(file, need, header[left + each]),
    );
    const { rows, numbers, dates } = fitted(cells, { types, decimal: file.dialect?.decimal ?? '.' });
    // one cell fills all that is chosen
    const [single] = rows.length === 1 && rows[0]!.length === 1 ? rows[0]! : [];
    const block =
      single === undefined
        ? rows
        : Array.from({ length: bottom - top + 1 }, () =>
            Array.from({ length: right - left + 1 }, () => single),
          );
    const width = block.reduce((most, each) => Math.max(most, each.length), 0);
    const changes = block.flatMap((row, record) =>
      row.map((value, column) => ({ record: top + record, column: left + column, value })),
    );
    editTable(file, (document) => writeCells(document, changes));
    setSelection({
      anchor: { row: top, column: left },
      head: { row: top + block.length - 1, column: left + width - 1 },
    });
    const added = Math.max(0, left + width - header.length);
    const said = [
      ...(numbers > 0 ? [say('fittedNumbers', { count: numbers })] : []),
      ...(dates > 0 ? [say('fittedDates', { count: dates })] : []),
      ...(added > 0 && top > 0 ? [say('addedColumns', { count: added })] : []),
    ];
    if (said.length > 0) tell('note', () => said.join(' '));
  };
  const placeName = ({ row, column }: Cell): string =>
    say('place', { row: row + 1, column: columnName(header[column] ?? '') || String(column + 1) });
  const next = (places: readonly Cell[]) => {
    const { row, column } = selection.anchor;
    const to =
      places.find((each) => each.row > row || (each.row === row && each.column > column)) ?? places[0];
    if (to) setSelection(at(to.row, to.column));
  };
  const { row: active, column: activeColumn } = selection.anchor;
  const activeMarks = marks.rows.get(active);
  return (
    <>
      <Toolbar
        file={file}
        {...(!readOnly && {
          edits: editsOf(file, selection, { rows: records.length, select: setSelection }),
        })}
      />
      {table.kind === 'json' && (
        <p class="data-note">
          {say('asJson')}{' '}
          <button
            type="button"
            class="link"
            onClick={() => {
              const others = data.value.filter((each) => each.name !== file.name);
              if (others.length < data.value.length) replace(file, asCsv(file));
            }}
          >
            {say('toCsv')}
          </button>
        </p>
      )}
      {!need && overview.value && <p class="data-note quiet">{say('unused')}</p>}
      {marks.file.length > 0 && <p class="data-note bad">{messages(marks.file)}</p>}
      <Grid
        label={say('table', { name: sourceName(file.name) })}
        hint={say('hint')}
        records={records}
        columns={columns}
        readOnly={readOnly}
        marks={marks}
        marked={marked}
        selection={selection}
        onSelect={setSelection}
        onWrite={(changes) => editTable(file, (document) => writeCells(document, changes))}
        onPaste={paste}
        onCopy={copied}
        onUndo={() => undoIn(file)}
        onRedo={() => redoIn(file)}
        placeName={placeName}
        wrong={say('wrong')}
      />
      <PlaceLine
        place={placeName(selection.anchor)}
        value={records[active]?.[activeColumn] ?? ''}
        message={messages([...(activeMarks?.row ?? []), ...(activeMarks?.cells.get(activeColumn) ?? [])])}
        problems={marks.places.length}
        onNextProblem={() => next(marks.places)}
        marked={marked.size}
        onNextMarked={() => next([...marked].toSorted((a, b) => a - b).map((row) => ({ row, column: 0 })))}
      />
    </>
  );
}

function widest(records: readonly (readonly string[])[]): number {
  let most = 1;
  for (const each of records) most = Math.max(most, each.length);
  return most;
}

/** The type of the field that is read from a column. */
function typeOf(
  file: DataFile,
  need: SourceNeed | undefined,
  heading: string | undefined,
): string | undefined {
  const column = columnName(heading ?? '');
  return need?.fields.find(({ name }) => columnName(file.columns?.[name] ?? name) === column)?.type;
}

/** What is done to the rows and columns that are chosen. */
function editsOf(
  file: DataFile,
  selection: Selection,
  { rows, select }: { readonly rows: number; readonly select: (selection: Selection) => void },
): readonly MenuItem[] {
  const { top, bottom, left, right } = blockOf(selection);
  const { column } = selection.anchor;
  const width = (record: readonly string[]) => Array.from({ length: record.length }, () => '');
  const insertRow = (row: number) => {
    editTable(file, (document) => insertRows(document, Math.min(row, rows), [width(document.records[0]!)]));
    select(at(Math.min(row, rows), column));
  };
  const insertColumn = (place: number) => {
    editTable(file, (document) => insertColumns(document, place, [newName(document.records[0]!)]));
    select(at(0, place));
  };
  const last = Math.min(bottom, rows - 1);
  return [
    { label: say('rowAbove'), run: () => insertRow(Math.max(1, top)) },
    { label: say('rowBelow'), run: () => insertRow(Math.max(1, bottom + 1)) },
    {
      label: say('deleteRows', { count: Math.max(1, last - Math.max(1, top) + 1) }),
      disabled: last < 1,
      run: () => editTable(file, (document) => deleteRows(document, top, bottom + 1)),
    },
    { label: say('columnLeft'), first: true, run: () => insertColumn(left) },
    { label: say('columnRight'), run: () => insertColumn(right + 1) },
    { label: say('rename'), run: () => select(at(0, left)) },
    {
      label: say('deleteColumns', { count: right - left + 1 }),
      run: () => {
        editTable(file, (document) => deleteColumns(document, left, right + 1));
        select(at(top, Math.max(0, left - 1)));
      },
    },
  ];
}

/** A heading that no column has: a new column is renamed by writing into it. */
function newName(header: readonly string[]): string {
  const names = header.map(columnName);
  const word = say('newColumn');
  for (let number = 1; ; number++) if (!names.includes(`${word}${number}`)) return `${word}${number}`;
}
