// Rows of cells as lined-up text. Cells are finished text: whoever makes them has made hidden characters visible.

import { clip, displayWidth, padEnd, padStart } from './terminal-text.ts';

export interface Column {
  readonly heading: string;
  readonly align: 'left' | 'right';
}

/** The longest that text gets before it is cut; titles and names have any length. Figures are never cut. */
const WIDEST = 60;
/** The least width to which a heading is broken into lines. */
const HEADING = 14;

/** The heading, a rule, the rows, and below another rule the row `total` where it is given; no line end at the end. */
export function columnsText(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  { indent = '', total }: { readonly indent?: string; readonly total?: readonly string[] } = {},
): string {
  const cells = [...rows, ...(total ? [total] : [])].map((row) =>
    columns.map((column, index) => {
      const cell = row[index] ?? '';
      return column.align === 'left' && index < columns.length - 1 ? clip(cell, WIDEST) : cell;
    }),
  );
  const headings = columns.map(({ heading }, index) =>
    broken(heading, Math.max(HEADING, widest(cells.map((row) => row[index] as string)))),
  );
  const widths = columns.map((_, index) =>
    widest([...(headings[index] as readonly string[]), ...cells.map((row) => row[index] as string)]),
  );
  const line = (row: readonly string[]) =>
    indent +
    columns
      .map(({ align }, index) =>
        (align === 'left' ? padEnd : padStart)(row[index] ?? '', widths[index] as number),
      )
      .join('  ')
      .trimEnd();
  const rule = indent + '─'.repeat(widths.reduce((sum, width) => sum + width, 0) + 2 * (widths.length - 1));

  const height = Math.max(...headings.map((each) => each.length));
  const heads = Array.from({ length: height }, (_, at) =>
    line(headings.map((each) => each[at - height + each.length] ?? '')),
  );
  const lines = cells.map(line);
  if (total) lines.splice(-1, 0, rule);
  return [...heads, rule, ...lines].join('\n');
}

/** Columns of the widest of the texts, of which there may be any number. */
function widest(texts: readonly string[]): number {
  return texts.reduce((most, text) => Math.max(most, displayWidth(text)), 0);
}

/** A heading as lines of no more columns than `width`, broken at spaces; a longer word is cut. */
function broken(heading: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of heading.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && displayWidth(longer) > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line].map((each) => clip(each, Math.max(width, 30)));
}
