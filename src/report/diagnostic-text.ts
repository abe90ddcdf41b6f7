// Diagnostics as people read them: the message, the place in the policy with the source line and marks below it, or the
// place in the data, related places, and help. Also the one-line form for editors and the JSON form for programs.

import type { DataPlace, Diagnostic, Severity } from '../base/diagnostic.ts';
import { placeOf, type Source, type Span } from '../base/source.ts';
import { jsonText } from './json.ts';
import { type Mark, snippet } from './snippet.ts';
import { visible } from './terminal-text.ts';

export type DiagnosticForm = 'text' | 'line' | 'json';

export interface DiagnosticOptions {
  readonly form?: DiagnosticForm;
  /** Whether ANSI colours are written; only for a terminal that takes them. */
  readonly colour?: boolean;
  /** Whether a closing line counts the diagnostics; it does unless said. */
  readonly count?: boolean;
  /** Columns that a source line may take before it is clipped. */
  readonly width?: number;
}

/** How parts of a message are painted; the identity where colours are off. */
export type Paint = (part: Severity | 'related' | 'frame' | 'bold', text: string) => string;

/** All diagnostics, in the order given, with a closing count in the text form; `''` for none (JSON: an empty list). */
export function diagnosticsText(
  diagnostics: readonly Diagnostic[],
  sources: readonly Source[],
  options: DiagnosticOptions = {},
): string {
  switch (options.form ?? 'text') {
    case 'json':
      return jsonText(diagnostics.map((each) => diagnosticRecord(each, sources)));
    case 'line':
      return diagnostics.map((each) => `${diagnosticLine(each, sources)}\n`).join('');
    case 'text': {
      if (diagnostics.length === 0) return '';
      const blocks = diagnostics.map((each) => diagnosticBlock(each, sources, options));
      return options.count === false
        ? blocks.join('\n')
        : `${blocks.join('\n')}\n${countText(diagnostics)}\n`;
    }
  }
}

/** `3 errors, 1 warning`; `no errors` for none. */
export function countText(diagnostics: readonly Diagnostic[]): string {
  const parts = (['error', 'warning', 'note'] as const).flatMap((severity) => {
    const count = diagnostics.filter((each) => each.severity === severity).length;
    return count === 0 ? [] : [`${count} ${severity}${count === 1 ? '' : 's'}`];
  });
  return parts.length === 0 ? 'no errors' : parts.join(', ');
}

/** One diagnostic as a block of lines, each ended by a line end. */
export function diagnosticBlock(
  diagnostic: Diagnostic,
  sources: readonly Source[],
  options: DiagnosticOptions = {},
): string {
  const paint = painter(options.colour ?? false);
  const { severity, code } = diagnostic;
  const head = `${paint(severity, `${severity}[${visible(code)}]`)}${paint('bold', `: ${visible(diagnostic.message)}`)}`;
  const lines = [head];
  const marks = marksOf(diagnostic);
  const files = [...new Set(marks.map((mark) => mark.span.source))];
  const gutter = gutterWidth(marks, sources);
  for (const file of files) {
    const source = sources.find((each) => each.name === file);
    const own = marks.filter((mark) => mark.span.source === file);
    if (source) lines.push(...snippet(source, own, { gutter, width: options.width ?? 110, paint }));
    else lines.push(`${' '.repeat(gutter)}${paint('frame', '┌─')} ${visible(file)}`);
  }
  if (diagnostic.data)
    lines.push(`${' '.repeat(gutter)}${paint('frame', '┌─')} ${dataPlaceText(diagnostic.data)}`);
  for (const help of helpOf(diagnostic))
    lines.push(`${' '.repeat(gutter)}${paint('frame', '=')} help: ${help}`);
  return lines.map((line) => `${line.trimEnd()}\n`).join('');
}

/** `policy.merit:14:23: error[M1203]: …`, as editors and build logs take it. */
export function diagnosticLine(diagnostic: Diagnostic, sources: readonly Source[]): string {
  const { code, severity, message, span, data } = diagnostic;
  const what = `${severity}[${visible(code)}]: ${visible(message)}`;
  if (span) return `${placeText(span, sources)}: ${what}`;
  if (!data) return what;
  const row = data.row === undefined ? '' : `:${data.row}`;
  const column = data.column === undefined ? '' : ` (column ${visible(data.column)})`;
  return `${visible(data.file)}${row}: ${what}${column}`;
}

/** `deals.csv, row 17, column amount`. */
export function dataPlaceText(place: DataPlace): string {
  const row = place.row === undefined ? '' : `, row ${place.row}`;
  const column = place.column === undefined ? '' : `, column ${visible(place.column)}`;
  return `${visible(place.file)}${row}${column}`;
}

function placeText(span: Span, sources: readonly Source[]): string {
  const source = sources.find((each) => each.name === span.source);
  if (!source) return visible(span.source);
  const { line, column } = placeOf(source, span.start);
  return `${visible(span.source)}:${line}:${column}`;
}

function marksOf(diagnostic: Diagnostic): readonly Mark[] {
  const related = (diagnostic.related ?? []).map(
    (each): Mark => ({ span: each.span, text: each.message, kind: 'related' }),
  );
  if (!diagnostic.span) return related;
  return [{ span: diagnostic.span, text: diagnostic.label ?? '', kind: diagnostic.severity }, ...related];
}

/** Columns of the widest line number; two at least, so that boxes of data places stand in the same column. */
function gutterWidth(marks: readonly Mark[], sources: readonly Source[]): number {
  const widths = marks.map(({ span }) => {
    const source = sources.find((each) => each.name === span.source);
    return source ? String(placeOf(source, span.start).line).length : 1;
  });
  return Math.max(2, ...widths);
}

function helpOf(diagnostic: Diagnostic): readonly string[] {
  if (diagnostic.help !== undefined) return [visible(diagnostic.help)];
  return (diagnostic.fix ?? []).map((fix) =>
    fix.text === '' ? 'leave the marked text out' : `write \`${visible(fix.text)}\``,
  );
}

/** A diagnostic as a program reads it: places as lines and columns beside the offsets. */
export function diagnosticRecord(diagnostic: Diagnostic, sources: readonly Source[]): object {
  const { code, severity, message, span, label, data, related, help, fix } = diagnostic;
  return {
    code,
    severity,
    message,
    ...(span && { place: spanRecord(span, sources) }),
    ...(label !== undefined && { label }),
    ...(data && { data }),
    ...(related && {
      related: related.map((each) => ({ place: spanRecord(each.span, sources), message: each.message })),
    }),
    ...(help !== undefined && { help }),
    ...(fix && { fix: fix.map((each) => ({ place: spanRecord(each.span, sources), text: each.text })) }),
  };
}

/** A place as a program reads it. */
export function spanRecord(span: Span, sources: readonly Source[]): object {
  const source = sources.find((each) => each.name === span.source);
  const { start, end } = span;
  if (!source) return { file: span.source, start, end };
  const first = placeOf(source, start);
  const last = placeOf(source, end);
  return {
    file: span.source,
    line: first.line,
    column: first.column,
    endLine: last.line,
    endColumn: last.column,
    start,
    end,
  };
}

const COLOURS = {
  error: '1;31',
  warning: '1;33',
  note: '1;36',
  related: '36',
  frame: '34',
  bold: '1',
} as const;

function painter(colour: boolean): Paint {
  if (!colour) return (_part, text) => text;
  return (part, text) => (text === '' ? '' : `\u001b[${COLOURS[part]}m${text}\u001b[0m`);
}
