// A row of the grid: its number, and its cells with what is said of them.
// biome-ignore-all lint/a11y/useSemanticElements: rows are placed where they are in sight, which tables don't allow
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus itself, and names the active cell
// biome-ignore-all lint/a11y/useAriaPropsSupportedByRole: cells and headings of columns have an index
// biome-ignore-all lint/suspicious/noArrayIndexKey: a column is its place

import { memo } from 'preact/compat';
import type { Diagnostic } from '../../../src/browser-data.ts';
import type { RowMarks } from './cell-marks.ts';
import type { Block } from './selection.ts';

export interface RowView {
  readonly id: string;
  readonly row: number;
  readonly cells: readonly string[];
  readonly columns: number;
  /** What is chosen, where this row is in it. */
  readonly block: Block | undefined;
  /** The column of the active cell, or -1. */
  readonly active: number;
  readonly marks: RowMarks | undefined;
  readonly marked: boolean;
  readonly wrong: string;
}

function Row({ id, row, cells, columns, block, active, marks, marked, wrong }: RowView) {
  const isHeading = row === 0;
  const classes = ['grid-row', ...(isHeading ? ['heading'] : []), ...(marked ? ['marked'] : [])];
  return (
    <div
      class={classes.join(' ')}
      role="row"
      aria-rowindex={row + 1}
      style={isHeading ? undefined : { transform: `translateY(calc(${row - 1} * var(--row-height)))` }}
    >
      <div
        class={`grid-number ${severity([...(marks?.row ?? [])])}`}
        role="rowheader"
        data-row={row}
        data-column={-1}
        title={messages(marks?.row)}
      >
        {row + 1}
      </div>
      {Array.from({ length: columns }, (_, column) => {
        const found = marks?.cells.get(column);
        const isChosen = block !== undefined && column >= block.left && column <= block.right;
        const text = cells[column] ?? '';
        return (
          <div
            key={column}
            id={`${id}-${row}-${column}`}
            role={isHeading ? 'columnheader' : 'gridcell'}
            aria-colindex={column + 1}
            aria-selected={isChosen}
            aria-invalid={found?.some((each) => each.severity === 'error') ? 'true' : undefined}
            class={classOf(found, isChosen, column === active)}
            data-row={row}
            data-column={column}
            title={messages(found)}
          >
            {text.replace(/\r\n|\r|\n/g, '↵')}
            {found && <span class="hidden">{` ${wrong}: ${messages(found)}`}</span>}
          </div>
        );
      })}
    </div>
  );
}

/** Drawn again only where something of it is another: lists are compared by what they hold. */
export const GridRow = memo(Row, (before, after) => {
  const same = (a: readonly string[], b: readonly string[]): boolean =>
    a === b || (a.length === b.length && a.every((each, at) => each === b[at]));
  const blocks = (a: Block | undefined, b: Block | undefined): boolean =>
    a === b || (a !== undefined && b !== undefined && a.left === b.left && a.right === b.right);
  return (
    before.row === after.row &&
    before.columns === after.columns &&
    before.active === after.active &&
    before.marks === after.marks &&
    before.marked === after.marked &&
    before.wrong === after.wrong &&
    blocks(before.block, after.block) &&
    same(before.cells, after.cells)
  );
});

function classOf(found: readonly Diagnostic[] | undefined, isChosen: boolean, isActive: boolean): string {
  return [
    'grid-cell',
    severity(found ?? []),
    ...(isChosen ? ['chosen'] : []),
    ...(isActive ? ['active'] : []),
  ]
    .filter((each) => each !== '')
    .join(' ');
}

function severity(found: readonly Diagnostic[]): string {
  if (found.length === 0) return '';
  return found.some((each) => each.severity === 'error') ? 'bad' : 'doubtful';
}

/** What is said of a cell, in one text. */
export function messages(found: readonly Diagnostic[] | undefined): string | undefined {
  if (!found || found.length === 0) return undefined;
  return found.map(({ message, help }) => (help === undefined ? message : `${message} (${help})`)).join('\n');
}
