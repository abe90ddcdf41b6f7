// The grid: a table of any length of which only the rows in sight are in the page. It has the focus as a whole and says
// which cell is active, so that keys and screen readers move in it as in a spreadsheet.
// biome-ignore-all lint/a11y/useSemanticElements: rows are placed where they are in sight, which tables don't allow

import type { RefObject } from 'preact';
import { useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { columnName } from '../../../src/browser-data.ts';
import { CellEditor, type Leaving } from './cell-editor.tsx';
import type { FileMarks } from './cell-marks.ts';
import type { CellChange } from './csv-edits.ts';
import { GridRow, type RowView } from './grid-row.tsx';
import { at, blockOf, type Cell, movedBy, type Selection, within } from './selection.ts';

/** The height of a row; the styles say the same. */
export const ROW_HEIGHT = 26;
/** Rows beyond those in sight that are there already, so that scrolling shows no gaps. */
const SPARE_ROWS = 8;

export interface GridProps {
  readonly label: string;
  /** What is said of its keys. */
  readonly hint: string;
  /** The heading, then the rows. */
  readonly records: readonly (readonly string[])[];
  readonly columns: number;
  readonly readOnly: boolean;
  readonly marks: FileMarks;
  /** Records that something else on the page points at. */
  readonly marked: ReadonlySet<number>;
  readonly selection: Selection;
  readonly onSelect: (selection: Selection) => void;
  readonly onWrite: (changes: readonly CellChange[]) => void;
  readonly onPaste: (text: string) => void;
  readonly onCopy: () => string;
  readonly onUndo: () => void;
  readonly onRedo: () => void;
  /** What a cell is called where it is written. */
  readonly placeName: (cell: Cell) => string;
  /** What is said of a cell that something is wrong with. */
  readonly wrong: string;
}

interface Editing {
  readonly cell: Cell;
  readonly value: string;
}

export function Grid(props: GridProps) {
  const { label, hint, records, columns, readOnly, selection, onSelect, onWrite } = props;
  const root = useRef<HTMLDivElement>(null);
  const id = useId();
  const sight = useSight(root);
  const [editing, setEditing] = useState<Editing>();
  const rows = records.length + (readOnly ? 0 : 1);
  const chosen = within(selection, { rows, columns });
  const { anchor, head } = chosen;
  const page = Math.max(1, Math.floor(sight.height / ROW_HEIGHT) - 2);
  const template = useTemplate(records, columns);
  useEffect(() => scrollTo(root.current, head), [head.row, head.column]);

  const cellText = ({ row, column }: Cell): string => records[row]?.[column] ?? '';
  const edit = (value?: string) => {
    if (!readOnly) setEditing({ cell: anchor, value: value ?? cellText(anchor) });
  };
  const finish = (value: string | undefined, leaving: Leaving) => {
    const done = editing;
    setEditing(undefined);
    if (done && value !== undefined && value !== cellText(done.cell))
      onWrite([{ record: done.cell.row, column: done.cell.column, value }]);
    if (leaving.kind === 'blur') return;
    root.current?.focus({ preventScroll: true });
    if (leaving.kind === 'key') move(leaving.event);
  };
  const move = (event: Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'metaKey'>): boolean => {
    const extent = {
      rows: Math.max(rows, records.length + 1),
      columns,
      page,
      isEmpty: (cell: Cell) => cellText(cell) === '',
    };
    const to = movedBy(chosen, event, extent);
    if (to === undefined || to === 'leaves') return false;
    onSelect(within(to, { rows, columns }));
    return true;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== root.current || event.isComposing) return;
    const { key, ctrlKey, metaKey, altKey, shiftKey } = event;
    const commands = ctrlKey || metaKey;
    if (commands && isKey(event, 'KeyZ') && !readOnly) (shiftKey ? props.onRedo : props.onUndo)();
    else if (commands && isKey(event, 'KeyY') && !readOnly) props.onRedo();
    else if (key === 'F2' || (key === 'Enter' && !shiftKey && !commands)) edit();
    else if ((key === 'Delete' || key === 'Backspace') && !readOnly) clear();
    else if (key === 'Escape') root.current?.blur();
    else if (key.length === 1 && !commands && !altKey) edit(key);
    else if (!move(commands && isKey(event, 'KeyA') ? withKey(event, 'a') : event)) return;
    event.preventDefault();
  };
  const clear = () => {
    const { top, bottom, left, right } = blockOf(chosen);
    const changes: CellChange[] = [];
    for (let record = top; record <= Math.min(bottom, records.length - 1); record++)
      for (let column = left; column <= right; column++)
        if (cellText({ row: record, column }) !== '') changes.push({ record, column, value: '' });
    onWrite(changes);
  };
  const onCopy = (event: ClipboardEvent) => {
    if (event.target !== root.current && !root.current?.contains(getSelection()?.anchorNode ?? null)) return;
    if (editing) return;
    event.clipboardData?.setData('text/plain', props.onCopy());
    event.preventDefault();
    if (event.type === 'cut' && !readOnly) clear();
  };
  const onPaste = (event: ClipboardEvent) => {
    if (editing || readOnly) return;
    event.preventDefault();
    props.onPaste(event.clipboardData?.getData('text/plain') ?? '');
  };
  const onPointer = usePointer({ columns, rows: records.length, chosen, onSelect, onTapAgain: edit });

  const first = Math.max(1, Math.floor(sight.top / ROW_HEIGHT) + 1 - SPARE_ROWS);
  const last = Math.min(rows - 1, Math.ceil((sight.top + sight.height) / ROW_HEIGHT) + SPARE_ROWS);
  const block = blockOf(chosen);
  const view = (row: number): RowView => ({
    id,
    row,
    cells: row === 0 ? (records[0] ?? []).map(columnName) : (records[row] ?? []),
    columns,
    block: row >= block.top && row <= block.bottom ? block : undefined,
    active: row === anchor.row ? anchor.column : -1,
    marks: props.marks.rows.get(row),
    marked: props.marked.has(row),
    wrong: props.wrong,
  });
  const seen = Array.from({ length: Math.max(0, last - first + 1) }, (_, each) => first + each);
  // what is active is there even where it is scrolled out of sight
  if (anchor.row > 0 && !seen.includes(anchor.row)) seen.push(anchor.row);
  return (
    <div
      ref={root}
      class="grid"
      role="grid"
      aria-label={label}
      aria-describedby={`${id}-hint`}
      aria-rowcount={rows}
      aria-colcount={columns}
      aria-readonly={readOnly}
      aria-multiselectable="true"
      aria-activedescendant={cellId(id, anchor)}
      tabIndex={0}
      style={{ '--columns': template, '--row-height': `${ROW_HEIGHT}px` }}
      onScroll={sight.update}
      onKeyDown={onKeyDown}
      onCopy={onCopy}
      onCut={onCopy}
      onPaste={onPaste}
      onDblClick={(event: MouseEvent) => cellUnder(event) && edit()}
      {...onPointer}
    >
      <GridRow {...view(0)} />
      <div class="grid-rows" role="presentation" style={{ height: `${(rows - 1) * ROW_HEIGHT}px` }}>
        {seen.map((row) => (
          <GridRow key={row} {...view(row)} />
        ))}
      </div>
      {editing && (
        <CellEditor
          root={root}
          place={cellId(id, editing.cell)}
          label={props.placeName(editing.cell)}
          value={editing.value}
          onDone={finish}
        />
      )}
      <span id={`${id}-hint`} class="hidden">
        {hint}
      </span>
    </div>
  );
}

export function cellId(id: string, { row, column }: Cell): string {
  return `${id}-${row}-${column}`;
}

/** Letters by their place on the keyboard: with a Russian layout Ctrl+Z is Ctrl+Я. */
function isKey(event: KeyboardEvent, code: string): boolean {
  return event.code === code;
}

function withKey(event: KeyboardEvent, key: string) {
  return { key, shiftKey: event.shiftKey, ctrlKey: event.ctrlKey, metaKey: event.metaKey };
}

interface Sight {
  readonly top: number;
  readonly height: number;
}

/** What of the grid is in sight. */
function useSight(root: RefObject<HTMLDivElement | null>): Sight & { readonly update: () => void } {
  const [sight, setSight] = useState<Sight>({ top: 0, height: 400 });
  const update = () => {
    const box = root.current;
    if (box)
      setSight((before) =>
        before.top === box.scrollTop && before.height === box.clientHeight
          ? before
          : { top: box.scrollTop, height: box.clientHeight },
      );
  };
  useLayoutEffect(() => {
    update();
    const watch = new ResizeObserver(update);
    watch.observe(root.current!);
    return () => watch.disconnect();
  }, []);
  return { ...sight, update };
}

const ROWS_MEASURED = 300;
/** A letter's width in the size of the type: the same for bold headings and their cells. */
const EM_PER_LETTER = 0.62;
const BOLD = 1.15;

/** Widths of the columns, by what stands in the first rows: the number of the row, then each column. */
function useTemplate(records: readonly (readonly string[])[], columns: number): string {
  return useMemo(() => {
    const sample = records.slice(0, ROWS_MEASURED);
    const widths = Array.from({ length: columns }, (_, column) => {
      const heading = (records[0]?.[column] ?? '').length * BOLD;
      const longest = sample.reduce((most, record) => Math.max(most, (record[column] ?? '').length), heading);
      return `${(Math.min(34, Math.max(6, longest + 2)) * EM_PER_LETTER).toFixed(2)}em`;
    });
    return [
      `${((Math.max(3, String(records.length).length) + 2) * EM_PER_LETTER).toFixed(2)}em`,
      ...widths,
    ].join(' ');
  }, [records, columns]);
}

/** Brings a cell into sight, past what stays in place: the heading and the numbers of the rows. */
function scrollTo(root: HTMLDivElement | null, { row, column }: Cell): void {
  if (!root) return;
  const head = root.querySelector<HTMLElement>('.grid-row.heading');
  const number = head?.children[0] as HTMLElement | undefined;
  const cell = head?.children[column + 1] as HTMLElement | undefined;
  if (row > 0) {
    const top = (row - 1) * ROW_HEIGHT;
    const height = root.clientHeight - ROW_HEIGHT;
    if (top < root.scrollTop) root.scrollTop = top;
    else if (top + ROW_HEIGHT > root.scrollTop + height) root.scrollTop = top + ROW_HEIGHT - height;
  }
  if (!cell || !number) return;
  const left = cell.offsetLeft - number.offsetWidth;
  const right = cell.offsetLeft + cell.offsetWidth;
  if (left < root.scrollLeft) root.scrollLeft = left;
  else if (right > root.scrollLeft + root.clientWidth)
    root.scrollLeft = Math.min(left, right - root.clientWidth);
}

/** The cell under the pointer; `-1` stands for the numbers of the rows and, at their top, for everything. */
function cellUnder(event: Event): Cell | undefined {
  const cell = (event.target as HTMLElement).closest<HTMLElement>('[data-column]');
  if (!cell) return undefined;
  return { row: Number(cell.dataset.row), column: Number(cell.dataset.column) };
}

/** Choosing with the pointer: a press begins, dragging or Shift widens; numbers of rows choose whole rows. */
function usePointer(grid: {
  readonly columns: number;
  readonly rows: number;
  readonly chosen: Selection;
  readonly onSelect: (selection: Selection) => void;
  /** A finger has no keys: a tap on the active cell writes it. */
  readonly onTapAgain: () => void;
}) {
  const dragging = useRef(false);
  const again = useRef(false);
  const { columns, rows, chosen, onSelect, onTapAgain } = grid;
  const choose = (cell: Cell, widens: boolean) => {
    const { anchor } = chosen;
    if (cell.column >= 0) onSelect(widens ? { anchor, head: cell } : at(cell.row, cell.column));
    else if (cell.row === 0)
      onSelect({ anchor: { row: 0, column: 0 }, head: { row: rows - 1, column: columns - 1 } });
    else
      onSelect({
        anchor: { row: widens ? anchor.row : cell.row, column: 0 },
        head: { row: cell.row, column: columns - 1 },
      });
  };
  return {
    onPointerDown: (event: PointerEvent) => {
      const cell = cellUnder(event);
      if (!cell || event.button !== 0) return;
      // touch scrolls by dragging
      dragging.current = event.pointerType === 'mouse';
      const { row, column } = chosen.anchor;
      again.current = event.pointerType === 'touch' && cell.row === row && cell.column === column;
      choose(cell, event.shiftKey);
    },
    onPointerOver: (event: PointerEvent) => {
      const cell = cellUnder(event);
      if (dragging.current && event.buttons === 1 && cell) choose(cell, true);
    },
    onPointerUp: () => {
      dragging.current = false;
    },
    onClick: () => {
      if (again.current) onTapAgain();
      again.current = false;
    },
  };
}
