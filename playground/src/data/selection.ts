// Which cells of the grid are chosen, and how keys move that. Row 0 is the heading, as record 0 of the file; one row past the
// last is empty and becomes a row once something is written into it.

export interface Cell {
  readonly row: number;
  readonly column: number;
}

/** A block of cells: the one it was begun at, which is the active one, and the one it reaches to. */
export interface Selection {
  readonly anchor: Cell;
  readonly head: Cell;
}

/** What there is to move in. */
export interface Extent {
  /** Rows with the heading, and the empty one past the last. */
  readonly rows: number;
  readonly columns: number;
  /** How many rows are seen at once. */
  readonly page: number;
  /** Whether a cell holds nothing. */
  readonly isEmpty: (cell: Cell) => boolean;
}

export interface Key {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
}

/** The first and last row and column of a block, both included. */
export interface Block {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

export function blockOf({ anchor, head }: Selection): Block {
  return {
    top: Math.min(anchor.row, head.row),
    bottom: Math.max(anchor.row, head.row),
    left: Math.min(anchor.column, head.column),
    right: Math.max(anchor.column, head.column),
  };
}

export function at(row: number, column: number): Selection {
  return { anchor: { row, column }, head: { row, column } };
}

/** A selection within what there is: rows and columns may have gone. */
export function within(
  { anchor, head }: Selection,
  { rows, columns }: Pick<Extent, 'rows' | 'columns'>,
): Selection {
  const cell = ({ row, column }: Cell): Cell => ({
    row: clamp(row, rows),
    column: clamp(column, columns),
  });
  return { anchor: cell(anchor), head: cell(head) };
}

/**
 * The selection after a key, `leaves` where Tab goes on past the first or last cell, and nothing where the key doesn't move.
 * Shift with arrows widens the block; Ctrl goes to the edge of what is filled.
 */
export function movedBy(
  { anchor, head }: Selection,
  { key, shiftKey, ctrlKey, metaKey }: Key,
  extent: Extent,
): Selection | 'leaves' | undefined {
  const jumps = ctrlKey || metaKey;
  if (key === 'Tab') return tabbed(anchor, shiftKey, extent);
  if (key === 'Enter') {
    const row = clamp(anchor.row + (shiftKey ? -1 : 1), extent.rows);
    return at(row, anchor.column);
  }
  if (jumps && (key === 'a' || key === 'ф'))
    return {
      anchor: { row: 0, column: 0 },
      head: { row: Math.max(0, extent.rows - 2), column: extent.columns - 1 },
    };
  const to = target(head, { key, jumps }, extent);
  if (!to) return undefined;
  return shiftKey ? { anchor, head: to } : { anchor: to, head: to };
}

function target(
  from: Cell,
  { key, jumps }: { readonly key: string; readonly jumps: boolean },
  extent: Extent,
): Cell | undefined {
  const { row, column } = from;
  const lastRow = extent.rows - 1;
  const lastColumn = extent.columns - 1;
  switch (key) {
    case 'ArrowLeft':
      return jumps ? edge(from, { row: 0, column: -1 }, extent) : { row, column: Math.max(0, column - 1) };
    case 'ArrowRight':
      return jumps
        ? edge(from, { row: 0, column: 1 }, extent)
        : { row, column: Math.min(lastColumn, column + 1) };
    case 'ArrowUp':
      return jumps ? edge(from, { row: -1, column: 0 }, extent) : { row: Math.max(0, row - 1), column };
    case 'ArrowDown':
      return jumps ? edge(from, { row: 1, column: 0 }, extent) : { row: Math.min(lastRow, row + 1), column };
    case 'PageUp':
      return { row: Math.max(0, row - extent.page), column };
    case 'PageDown':
      return { row: Math.min(lastRow, row + extent.page), column };
    case 'Home':
      return jumps ? { row: 0, column: 0 } : { row, column: 0 };
    case 'End':
      return jumps ? { row: Math.max(0, lastRow - 1), column: lastColumn } : { row, column: lastColumn };
    default:
      return undefined;
  }
}

/** The last filled cell on the way, or from there over empty ones to the next filled; the end where there is none. */
function edge(from: Cell, step: Cell, extent: Extent): Cell {
  const next = ({ row, column }: Cell): Cell | undefined => {
    const to = { row: row + step.row, column: column + step.column };
    const isIn = to.row >= 0 && to.row < extent.rows - 1 && to.column >= 0 && to.column < extent.columns;
    return isIn ? to : undefined;
  };
  let cell = from;
  let to = next(cell);
  if (!to) return from;
  const overEmpty = extent.isEmpty(cell) || extent.isEmpty(to);
  while (to) {
    if (!overEmpty && extent.isEmpty(to)) return cell;
    cell = to;
    if (overEmpty && !extent.isEmpty(cell)) return cell;
    to = next(cell);
  }
  return cell;
}

function tabbed({ row, column }: Cell, back: boolean, { rows, columns }: Extent): Selection | 'leaves' {
  const place = row * columns + column + (back ? -1 : 1);
  if (place < 0 || place >= rows * columns) return 'leaves';
  return at(Math.floor(place / columns), place % columns);
}

function clamp(value: number, count: number): number {
  return Math.max(0, Math.min(count - 1, value));
}
