// Rows of cells as lined-up text. Cells are finished text: whoever makes them has made hidden characters visible.

import { clip, displayWidth, padEnd, padStart } from './terminal-text.ts';

export interface Column {
  readonly heading: string;
  readonly align: 'left' | 'right';
}

/** The longest that a cell gets before it is cut; names of people and titles come from data and have any length. */
const WIDEST = 40;

/** A heading line, the rows, and a rule with the last row below it where `total` is given; no line end at the end. */
export function columnsText(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  { indent = '', total }: { readonly indent?: string; readonly total?: readonly string[] } = {},
): string {
  const all = [columns.map((column) => column.heading), ...rows, ...(total ? [total] : [])];
  const widths = columns.map((_, index) =>
    Math.min(WIDEST, Math.max(...all.map((row) => displayWidth(row[index] ?? '')))),
  );
  const line = (row: readonly string[]) => {
    const cells = columns.map((column, index) => {
      const cell = clip(row[index] ?? '', WIDEST);
      return column.align === 'left'
        ? padEnd(cell, widths[index] as number)
        : padStart(cell, widths[index] as number);
    });
    return `${indent}${cells.join('  ')}`.trimEnd();
  };
  const rule = indent + '─'.repeat(widths.reduce((sum, width) => sum + width, 0) + 2 * (widths.length - 1));
  const lines = [...all.slice(0, rows.length + 1).map(line)];
  lines.splice(1, 0, rule);
  if (total) lines.push(rule, line(total));
  return lines.join('\n');
}
