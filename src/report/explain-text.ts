// An explanation as text: each step under the one that it explains, moved in, and broken to the width of the screen.

import type { Explanation } from '../model/explanation.ts';
import { hanging } from './amounts.ts';
import { columnsText, WIDTH } from './columns.ts';
import type { Language } from './explain-figures.ts';
import { notesOf, type Told, titleOf, toldOf } from './explain-told.ts';
import { WORDS } from './explain-words.ts';
import { displayWidth } from './terminal-text.ts';

export interface ExplainTextOptions {
  readonly language?: Language;
  /** Columns of the screen. */
  readonly width?: number;
  /** How deep steps are told; those below are counted. */
  readonly depth?: number;
}

/** The explanation as text, ended by a line end. */
export function explanationText(explanation: Explanation, options: ExplainTextOptions = {}): string {
  const { language = 'en' } = options;
  const said = notesOf(explanation, language);
  const notes = said.length > 0 ? [...said, ''] : [];
  const answers = toldOf(explanation, language).flatMap((each) => ['', ...stepText(each, options, 0)]);
  return `${[...notes, titleOf(explanation, language), ...answers].join('\n')}\n`;
}

function stepText(told: Told, options: ExplainTextOptions, level: number): readonly string[] {
  const { language = 'en', width = WIDTH, depth = Number.POSITIVE_INFINITY } = options;
  const lead = '  '.repeat(Math.min(level, MOST_INDENT));
  const inner = `${lead}  `;
  const say = WORDS[language];
  const goesOn = level < depth;
  const hidden = goesOn ? 0 : countOf(told.parts) + (told.rows ? 1 : 0);
  return [
    ...headText(told, { lead, width }),
    ...told.how.flatMap((each) => hanging(`${inner}${each}`, width)),
    ...(goesOn && told.rows ? rowsText(told.rows, { lead: inner, width }) : []),
    ...(told.would.length > 0
      ? [`${inner}${say.wouldPay}:`, ...told.would.flatMap((each) => hanging(`${inner}  ${each}`, width))]
      : []),
    ...(goesOn ? told.parts.flatMap((each) => stepText(each, options, level + 1)) : []),
    ...(hidden > 0 ? [`${inner}${say.hidden(hidden)}`] : []),
  ];
}

/** Past this, steps aren't moved in any further, so that there is room to read them. */
const MOST_INDENT = 14;

function countOf(parts: readonly Told[]): number {
  return parts.reduce((sum, each) => sum + 1 + countOf(each.parts), 0);
}

interface Page {
  readonly lead: string;
  readonly width: number;
}

/** The label and value, with the place in the policy at the right where there is room. */
function headText({ label, value, place }: Told, { lead, width }: Page): readonly string[] {
  const head = `${lead}${label}: ${value}`;
  if (place === undefined) return hanging(head, width);
  const gap = width - displayWidth(head) - displayWidth(place);
  return gap >= 2 ? [`${head}${' '.repeat(gap)}${place}`] : hanging(`${head}  ${place}`, width);
}

function rowsText(
  { columns, cells, rest }: NonNullable<Told['rows']>,
  { lead, width }: Page,
): readonly string[] {
  const table = columnsText(columns, cells, { indent: `${lead}  `, width });
  return [...table.split('\n'), ...(rest === undefined ? [] : [`${lead}  ${rest}`])];
}
