// Lines of a statement, some of which end in an amount: all amounts of a statement end in one column.

import { WIDTH } from './columns.ts';
import { displayWidth, wrap } from './terminal-text.ts';

/** Finished text, or a label and the amount that belongs to it. */
export type Line = string | AmountLine;

export interface AmountLine {
  readonly label: string;
  readonly amount: string;
}

/** The least column in which amounts end, so that short statements look alike. */
const LEAST = 76;
/** How far the continuation of a broken line is moved in. */
const HANGING = '    ';

/** The lines as text. Amounts end in the column that the longest label asks for; one with no room is broken. */
export function linesText(lines: readonly Line[], width: number = WIDTH): string {
  const wanted = lines.map((line) =>
    typeof line === 'string' ? 0 : displayWidth(line.label) + 2 + displayWidth(line.amount),
  );
  const end = Math.min(Math.max(LEAST, ...wanted), Math.max(LEAST, width));
  return lines
    .flatMap((line) => (typeof line === 'string' ? [line] : amountLines(line, end)))
    .map((line) => line.trimEnd())
    .join('\n');
}

function amountLines({ label, amount }: AmountLine, end: number): readonly string[] {
  const room = Math.max(20, end - 2 - displayWidth(amount));
  const lines = hanging(label, room);
  const last = lines.at(-1) as string;
  const gap = Math.max(2, end - displayWidth(last) - displayWidth(amount));
  return [...lines.slice(0, -1), `${last}${' '.repeat(gap)}${amount}`];
}

/** Text broken to the width, its further lines moved in. */
export function hanging(text: string, width: number): readonly string[] {
  const [first, ...rest] = wrap(text, width);
  if (rest.length === 0) return [text];
  const lead = /^ */.exec(text)?.[0] ?? '';
  const others = text.slice((first as string).length).trimStart();
  return [first as string, ...wrap(lead + HANGING + others, width)];
}
