// Rows of cells as a file: CSV in many hands, JSON and NDJSON.

import type { Dialect, SourceFormat } from '../../src/model/dataset.ts';
import type { Draw } from './draw.ts';

export interface WrittenFile {
  readonly format: SourceFormat;
  readonly text: string;
  readonly dialect: Dialect;
}

export function writeFile(
  draw: Draw,
  rows: readonly (readonly string[])[],
  options: { readonly dialect: Dialect; readonly clean: boolean },
): WrittenFile {
  const { dialect } = options;
  const format = draw.pick<SourceFormat>(['csv', 'csv', 'csv', 'csv', 'json', 'ndjson']);
  if (format !== 'csv') return { format, text: json(draw, rows, format), dialect };
  const delimiter = draw.pick([',', ';', '\t', '|']);
  const end = draw.pick(['\n', '\r\n', '\n', ...(options.clean ? [] : ['\r'])]);
  const quoting = draw.int(0, 3);
  const cell = (text: string): string => {
    const needed = text.includes(delimiter) || /[\r\n]/.test(text) || text.startsWith('"');
    if (!needed && (quoting === 0 || !draw.rarely(quoting * 3))) return text;
    return `"${text.replaceAll('"', '""')}"`;
  };
  const lines = rows.map((row) => row.map(cell).join(delimiter));
  const messy = options.clean ? lines : lines.flatMap((line, at) => untidy(draw, line, { at, delimiter }));
  const text = `${draw.rarely(4) ? '\ufeff' : ''}${messy.join(end)}${draw.rarely(3) ? '' : end}`;
  return { format, text, dialect: draw.rarely(2) ? { ...dialect, delimiter } : dialect };
}

/** Now and then a blank line, a ragged record or a stray quote. */
function untidy(
  draw: Draw,
  line: string,
  context: { readonly at: number; readonly delimiter: string },
): readonly string[] {
  const { at, delimiter } = context;
  if (!draw.rarely(40)) return [line];
  switch (draw.int(0, 6)) {
    case 0:
      return ['', line];
    case 1:
      return [line, ' '];
    case 2:
      return at === 0 ? [line] : [`${line}${delimiter}`];
    case 3:
      return at === 0 ? [line] : [line, 'x'];
    case 4:
      return at === 0 ? [line] : [line.replace(delimiter, `"${delimiter}`)];
    case 5:
      return [line, `""`];
    default:
      return draw.rarely(4) ? [`${line}"`] : [line, '', ''];
  }
}

function json(draw: Draw, rows: readonly (readonly string[])[], format: SourceFormat): string {
  const [header = [], ...body] = rows;
  const objects = body.map((row) => {
    const pairs = header.flatMap((name, at) => {
      const text = row[at] ?? '';
      if (text === '' && draw.rarely(2)) return draw.rarely(2) ? [] : [`${JSON.stringify(name)}: null`];
      const bare = /^-?(0|[1-9][0-9]*)(\.[0-9]+)?$/.test(text) || text === 'true' || text === 'false';
      return [`${JSON.stringify(name)}: ${bare && draw.rarely(2) ? text : JSON.stringify(text)}`];
    });
    return `{${pairs.join(', ')}}`;
  });
  // the first object has every column, so that the header is known
  const whole = `{${header.map((name) => `${JSON.stringify(name)}: ""`).join(', ')}}`;
  const all = [whole, ...objects];
  return format === 'json' ? `[${all.join(',\n')}]` : `${all.join('\n')}\n`;
}
