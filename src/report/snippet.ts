// The boxed lines of a source with marks below them: several marks on one line, their texts hanging from right to left,
// tabs as spaces, long lines cut around the first mark.

import type { Severity } from '../base/diagnostic.ts';
import { lineStartsOf, placeOf, type Source, type Span } from '../base/source.ts';
import type { Paint } from './diagnostic-text.ts';
import { clip, displayWidth, visible } from './terminal-text.ts';

/** A marked place: the diagnostic's own (its severity) or a related one, and what it shows. */
export interface Mark {
  readonly span: Span;
  readonly text: string;
  readonly kind: Severity | 'related';
}

export interface SnippetLayout {
  /** Columns of the line numbers. */
  readonly gutter: number;
  /** Columns that a source line may take. */
  readonly width: number;
  readonly paint: Paint;
}

const TAB = 4;

/** A mark as columns `[from, to)` of the shown line. */
interface Stroke {
  readonly from: number;
  readonly to: number;
  readonly mark: Mark;
}

/** The box of one source: its first line says where the first mark is, then each marked line in order. */
export function snippet(source: Source, marks: readonly Mark[], layout: SnippetLayout): readonly string[] {
  const { gutter, paint } = layout;
  const first = placeOf(source, (marks[0] as Mark).span.start);
  const place = `${visible(source.name)}:${first.line}:${first.column}`;
  const out = [`${' '.repeat(gutter)}${paint('frame', '┌─')} ${place}`];
  const byLine = new Map<number, Mark[]>();
  for (const mark of marks) {
    const { line } = placeOf(source, mark.span.start);
    byLine.set(line, [...(byLine.get(line) ?? []), mark]);
  }
  let before: number | undefined;
  for (const line of [...byLine.keys()].sort((a, b) => a - b)) {
    if (before !== undefined && line > before + 1) out.push(`${' '.repeat(gutter)}${paint('frame', '·')}`);
    out.push(...markedLine(source, line, byLine.get(line) as Mark[], layout));
    before = line;
  }
  return out;
}

function markedLine(
  source: Source,
  line: number,
  marks: readonly Mark[],
  layout: SnippetLayout,
): readonly string[] {
  const { gutter, paint } = layout;
  const starts = lineStartsOf(source);
  const from = starts[line - 1] as number;
  const text = source.text.slice(from, starts[line] ?? source.text.length).replace(/[\r\n]+$/, '');
  const shown = shownLine(text, marks[0]!.span.start - from, layout.width);
  const strokes = marks.map((mark): Stroke => {
    const start = shown.columnOf(mark.span.start - from);
    const end = shown.columnOf(Math.min(mark.span.end - from, text.length));
    return { from: start, to: Math.max(end, start + 1), mark };
  });
  const frame = `${' '.repeat(gutter)}${paint('frame', '│')} `;
  const number = paint('frame', `${String(line).padStart(gutter)}│`);
  return [`${number} ${shown.text}`, ...markLines(strokes, layout).map((each) => frame + each)];
}

/** The line of marks, with the text of the rightmost, then the texts of the others, each below its mark. */
function markLines(strokes: readonly Stroke[], { paint }: SnippetLayout): readonly string[] {
  const sorted = [...strokes].sort((a, b) => a.from - b.from || a.to - b.to);
  const last = sorted.at(-1) as Stroke;
  const end = Math.max(...sorted.map((stroke) => stroke.to));
  const owners = Array.from({ length: end }, (_, column) => {
    const over = sorted.filter((stroke) => stroke.from <= column && column < stroke.to);
    return over.find((stroke) => stroke.mark.kind !== 'related') ?? over[0];
  });
  let line = '';
  for (const owner of owners) {
    if (!owner) line += ' ';
    else line += paint(owner.mark.kind, owner.mark.kind === 'related' ? '─' : '^');
  }
  const label = visible(last.mark.text);
  const out = [label === '' ? line : `${line} ${paint(last.mark.kind, label)}`];
  const hanging = sorted.slice(0, -1).filter((stroke) => stroke.mark.text !== '');
  for (let index = hanging.length - 1; index >= 0; index--) {
    const stroke = hanging[index] as Stroke;
    let lead = '';
    let column = 0;
    for (const other of hanging.slice(0, index)) {
      if (other.from < column || other.from >= stroke.from) continue;
      lead += `${' '.repeat(other.from - column)}${paint(other.mark.kind, '│')}`;
      column = other.from + 1;
    }
    lead += ' '.repeat(stroke.from - column);
    out.push(lead + paint(stroke.mark.kind, `│ ${visible(stroke.mark.text)}`));
  }
  return out;
}

interface ShownLine {
  readonly text: string;
  /** Column of an offset in the line; what was cut lies at the edge. */
  columnOf(offset: number): number;
}

/** The line as it is printed: hidden characters visible, tabs as spaces, cut on both sides around `focus` if too wide. */
function shownLine(text: string, focus: number, width: number): ShownLine {
  const pieces: { readonly offset: number; readonly shown: string; readonly column: number }[] = [];
  let column = 0;
  let offset = 0;
  for (const letter of text) {
    const shown = letter === '\t' ? ' '.repeat(TAB - (column % TAB)) : visible(letter);
    pieces.push({ offset, shown, column });
    column += displayWidth(shown);
    offset += letter.length;
  }
  const total = column;
  const columnAt = (at: number) => pieces.find((piece) => piece.offset >= at)?.column ?? total;
  if (total <= width) return { text: pieces.map((piece) => piece.shown).join(''), columnOf: columnAt };

  const room = Math.floor(width / 3);
  const skip = Math.max(0, Math.min(columnAt(focus) - room, total - width + 1));
  const kept = skip === 0 ? pieces : pieces.filter((piece) => piece.column >= skip);
  const base = kept[0]?.column ?? 0;
  const lead = skip === 0 ? '' : '…';
  const cut = clip(lead + kept.map((piece) => piece.shown).join(''), width);
  const edge = displayWidth(cut);
  return {
    text: cut,
    columnOf: (at) => Math.min(Math.max(columnAt(at) - base + lead.length, 0), edge),
  };
}
