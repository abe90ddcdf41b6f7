// Rows of cells as lined-up text of a given width. Cells are finished text: whoever makes them has made hidden
// characters visible. Figures are never cut; text is broken into lines, and columns that find no room go on below.

import { clip, displayWidth, padEnd, padStart, wrap } from './terminal-text.ts';

export interface Column {
  readonly heading: string;
  /** Left for text, which may be broken into lines; right for figures, which may not. */
  readonly align: 'left' | 'right';
}

export interface TableOptions {
  readonly indent?: string;
  /** A last row below a rule of its own. */
  readonly total?: readonly string[];
  /** Columns of the screen; `WIDTH` where nobody knows. */
  readonly width?: number;
}

/** Columns of a screen of which nothing is known. */
export const WIDTH = 120;

/** To how few columns a heading may be broken: the first of these with which the table fits. */
const HEADINGS = [14, 11, 8] as const;
/** A word of a heading longer than this is broken. */
const WORD = 24;
/** The columns that the first column gets if need be by narrower headings; and the least that its text is broken to. */
const FIRST = { wanted: 36, least: 16 } as const;
/** Text in another column is broken here. */
const TEXT = 40;
/** Text that is still longer after so many lines is cut. */
const LINES = 4;
const GAP = '  ';

/** A column with its cells as lines, ready to print. */
interface Laid {
  readonly align: Column['align'];
  readonly width: number;
  readonly heading: readonly string[];
  readonly cells: readonly (readonly string[])[];
}

/**
 * The heading, a rule, the rows, and below another rule the total; no line end at the end. A table that is too wide
 * goes on in another block below, after an empty line, with its first column repeated.
 */
export function columnsText(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  { indent = '', total, width = WIDTH }: TableOptions = {},
): string {
  const all = total ? [...rows, total] : rows;
  const cellsOf = (index: number) => all.map((row) => row[index] ?? '');
  const room = width - indent.length;
  const [head, ...others] = columns as readonly [Column, ...Column[]];
  const natural = widest([head.heading, ...cellsOf(0)]);
  const first = (most: number) => laid(head, cellsOf(0), { heading: most, text: most });
  const shape = { rule: total !== undefined, indent };
  const tries = HEADINGS.map((heading) => {
    const rest = others.map((each, at) => laid(each, cellsOf(at + 1), { heading }));
    return { rest, left: room - widthOf(rest) - (rest.length > 0 ? GAP.length : 0) };
  });
  for (const least of [FIRST.wanted, FIRST.least]) {
    const fits = tries.find(({ left }) => left >= Math.min(natural, least));
    if (fits) return blockText([first(fits.left), ...fits.rest], shape);
  }
  const repeated = first(Math.min(natural, FIRST.wanted));
  const blocks = divided(
    (tries[0] as { readonly rest: readonly Laid[] }).rest,
    room - repeated.width - GAP.length,
  );
  return blocks.map((block) => blockText([repeated, ...block], shape)).join('\n\n');
}

/** A column with heading and text broken to the given widths. */
function laid(
  { heading, align }: Column,
  cells: readonly string[],
  most: { readonly heading: number; readonly text?: number },
): Laid {
  const broken = cells.map((cell) => (align === 'right' ? [cell] : lines(cell, most.text ?? TEXT)));
  const body = widest(broken.flat());
  const word = Math.min(WORD, widest(heading.split(' ')));
  const top = lines(heading, most.text ?? Math.max(most.heading, body, word));
  return { align, width: Math.max(body, widest(top)), heading: top, cells: broken };
}

function lines(text: string, width: number): readonly string[] {
  const all = wrap(text, width);
  if (all.length <= LINES * 2) return all;
  return [...all.slice(0, LINES - 1), clip(all.slice(LINES - 1).join(' '), width)];
}

/** The columns in as few blocks of at most `room` as there can be, of about the same width. */
function divided(columns: readonly Laid[], room: number): readonly (readonly Laid[])[] {
  let blocks = filled(columns, room);
  for (let less = room - 1; less > 0; less -= 1) {
    const tighter = filled(columns, less);
    if (tighter.length > blocks.length) break;
    blocks = tighter;
  }
  return blocks;
}

function filled(columns: readonly Laid[], room: number): readonly (readonly Laid[])[] {
  const blocks: Laid[][] = [];
  for (const column of columns) {
    const last = blocks.at(-1);
    if (last && widthOf([...last, column]) <= room) last.push(column);
    else blocks.push([column]);
  }
  return blocks;
}

function blockText(
  columns: readonly Laid[],
  { rule, indent }: { readonly rule: boolean; readonly indent: string },
): string {
  const line = (texts: readonly string[]) => {
    const cells = columns.map(({ align, width }, index) =>
      (align === 'left' ? padEnd : padStart)(texts[index] ?? '', width),
    );
    return (indent + cells.join(GAP)).trimEnd();
  };
  const rows = (columns[0] as Laid).cells.map((_, row) => {
    const cells = columns.map((column) => column.cells[row] as readonly string[]);
    return upTo(tallest(cells), (at) => line(cells.map((cell) => cell[at] ?? '')));
  });
  const headings = columns.map((column) => column.heading);
  const height = tallest(headings);
  const heads = upTo(height, (at) => line(headings.map((each) => each[at - height + each.length] ?? '')));
  const ruled = indent + '─'.repeat(widthOf(columns));
  const body = rule ? [...rows.slice(0, -1), [ruled], ...rows.slice(-1)] : rows;
  return [...heads, ruled, ...body.flat()].join('\n');
}

function widthOf(columns: readonly Laid[]): number {
  return columns.reduce((sum, { width }) => sum + width, 0) + GAP.length * Math.max(0, columns.length - 1);
}

function tallest(cells: readonly (readonly string[])[]): number {
  return cells.reduce((most, cell) => Math.max(most, cell.length), 0);
}

function upTo<T>(count: number, make: (index: number) => T): readonly T[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

/** Columns of the widest of the texts, of which there may be any number. */
export function widest(texts: readonly string[]): number {
  return texts.reduce((most, text) => Math.max(most, displayWidth(text)), 0);
}

/** Numbers filled up so that their points stand below one another where they are aligned to the right. */
export function atPoint(numbers: readonly string[]): readonly string[] {
  const parts = numbers.map((number) => /^(.*?)(\.[0-9]+…?)?( [^0-9]*)?$/.exec(number));
  const most = widest(parts.map((part) => part?.[2] ?? ''));
  return numbers.map((number, index) => {
    const [, whole = number, decimals = '', unit = ''] = parts[index] ?? [];
    return number === '' ? '' : whole + padEnd(decimals, most) + unit;
  });
}
