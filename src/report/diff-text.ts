// Two versions of a policy as text for a terminal: what they say differently, what that moves, and why.

import type { Delta, DiffFigures, PersonDelta, PolicyChange, PolicyDiff, Version } from '../model/diff.ts';
import { hanging } from './amounts.ts';
import { type Column, columnsText, WIDTH } from './columns.ts';
import {
  amountCells,
  attributionText,
  byRelative,
  byWeight,
  causeName,
  changeHow,
  changeName,
  crossingLine,
  deltaText,
  lineName,
  movedCount,
  moverName,
  movers,
  periodsText,
  relativeText,
  whyTexts,
  wordsText,
} from './diff-words.ts';
import { visible } from './terminal-text.ts';

export interface DiffTextOptions {
  readonly width?: number;
  /** How many people, crossings and words are listed at most; 10 unless said. */
  readonly top?: number;
}

/** How many of a list are shown unless said. */
export const TOP = 10;

/** The comparison as text, ended by a line end. */
export function diffText(diff: PolicyDiff, { width = WIDTH, top = TOP }: DiffTextOptions = {}): string {
  const { before, after, changes, words, proofs, figures } = diff;
  const blocks = [
    [
      visible(after.title ?? after.policy),
      ...hanging(`  before  ${files(before)}`, width),
      ...hanging(`  after   ${files(after)}`, width),
    ].join('\n'),
    ...(figures?.rejectsAllowed ? ['Rows that could not be read were left out, as was asked for.'] : []),
    changes.length === 0
      ? 'Both say the same.'
      : ['What changed', ...changes.flatMap((each) => changeLines(each, width))].join('\n'),
    ...(words.length === 0 ? [] : [list('In words only', words.map(wordsText), { width, top })]),
    ...(proofs.length === 0
      ? []
      : [
          list(
            'Tests and invariants',
            proofs.map((each) => `${changeName(each)}: ${changeHow(each)}`),
            { width, top },
          ),
        ]),
    ...(figures ? figureBlocks(diff, figures, { width, top }) : []),
  ];
  return `${blocks.join('\n\n')}\n`;
}

/** Only what moves, ended by a line end: of two results of one version. */
export function movedFiguresText(
  diff: PolicyDiff,
  { width = WIDTH, top = TOP }: DiffTextOptions = {},
): string {
  return diff.figures ? `${figureBlocks(diff, diff.figures, { width, top }).join('\n\n')}\n` : '';
}

function files({ files: all }: Version): string {
  return all.map(visible).join(', ');
}

function changeLines(change: PolicyChange, width: number): readonly string[] {
  const { id, lines, place, placeBefore, periods } = change;
  const at = place ?? placeBefore;
  const where = at ? ` (${visible(at.file.split(/[\\/]/).at(-1)!)}:${at.line})` : '';
  const when = periods === undefined ? '' : `, in ${visible(periods)}`;
  const title = `${String(id).padStart(3)}  ${visible(changeName(change))}: ${visible(changeHow(change))}${when}${where}`;
  return [
    ...hanging(title, width),
    ...lines.flatMap(({ before, after }) => [
      ...(before === undefined ? [] : hanging(`       - ${visible(before)}`, width)),
      ...(after === undefined ? [] : hanging(`       + ${visible(after)}`, width)),
    ]),
  ];
}

interface Shown {
  readonly width: number;
  readonly top: number;
}

function list(title: string, lines: readonly string[], { width, top }: Shown): string {
  const more = lines.length - top;
  return [
    title,
    ...lines.slice(0, top).flatMap((each) => hanging(`  ${visible(each)}`, width)),
    ...(more > 0 ? [`  and ${more} more`] : []),
  ].join('\n');
}

const AMOUNTS: readonly Column[] = ['Before', 'After', 'Delta', ''].map((heading) => ({
  heading,
  align: 'right',
}));

function figureBlocks(diff: PolicyDiff, figures: DiffFigures, shown: Shown): readonly string[] {
  const { total, byPeriod, byRole, byLine, crossings } = figures;
  const amounts = (heading: string, rows: readonly (readonly [string, Delta])[]) =>
    table(heading, rows, { figures, shown });
  const moving = byLine.filter(({ delta }) => delta !== '0');
  const people = movers(figures);
  const heading = `What it moves in ${visible(periodsText(figures))}, ${figures.currency}: ${movedCount(figures)}`;
  return [
    `${heading}\n${amounts('', [['Total', total]])}`,
    ...(diff.changes.length === 0 ? [] : [`Why\n${causes(diff, figures, shown)}`]),
    ...(byPeriod.length < 2
      ? []
      : [
          amounts(
            'Period',
            byPeriod.map((each) => [each.period, each] as const),
          ),
        ]),
    ...(byRole.length < 2 || people.length === 0
      ? []
      : [
          amounts(
            'Role',
            byRole.map((each) => [each.role ?? 'of no role', each] as const),
          ),
        ]),
    ...(moving.length === 0
      ? []
      : [
          amounts(
            'Line of pay',
            moving.map((each) => [lineName(each), each] as const),
          ),
        ]),
    ...(people.length === 0 ? [] : [moversText(people, { figures, shown })]),
    ...(crossings.length === 0
      ? []
      : [list('What falls out otherwise', byWeight(crossings).map(crossingLine), shown)]),
  ];
}

function table(
  heading: string,
  rows: readonly (readonly [string, Delta])[],
  { figures: { currency }, shown: { width } }: { readonly figures: DiffFigures; readonly shown: Shown },
): string {
  const columns: readonly Column[] = [{ heading, align: 'left' }, ...AMOUNTS.slice(0, 3)];
  const cells = rows.map(([name, delta]) => [visible(name), ...amountCells(delta, currency)]);
  return columnsText(columns, cells, { indent: '  ', width });
}

function causes(diff: PolicyDiff, figures: DiffFigures, { width }: Shown): string {
  const columns: readonly Column[] = [
    { heading: 'Cause', align: 'left' },
    { heading: 'Delta', align: 'right' },
    { heading: 'People', align: 'right' },
  ];
  const rows = figures.causes.map(({ changes, delta, people }) => [
    `${changes.join(', ')} ${visible(causeName(changes, diff))}`,
    people === 0 ? 'moves nobody' : deltaText(delta, figures.currency),
    people === 0 ? '' : String(people),
  ]);
  const total = ['Total', deltaText(figures.total.delta, figures.currency), ''];
  const note = hanging(`  ${attributionText(figures)}`, width);
  return [columnsText(columns, rows, { indent: '  ', width, total }), ...note].join('\n');
}

function moversText(
  people: readonly PersonDelta[],
  { figures, shown }: { readonly figures: DiffFigures; readonly shown: Shown },
): string {
  const { currency } = figures;
  const { width, top } = shown;
  const row = (each: PersonDelta) => [
    visible(moverName(each)),
    ...amountCells(each, currency),
    relativeText(each.relative),
    whyTexts(each, figures).join('; '),
  ];
  const columns: readonly Column[] = [
    { heading: 'Person', align: 'left' },
    ...AMOUNTS,
    { heading: 'By which change', align: 'left' },
  ];
  const biggest = people.slice(0, top);
  const text = columnsText(columns, biggest.map(row), { indent: '  ', width });
  const more = people.length > top ? [`  and ${people.length - top} more`] : [];
  const most = byRelative(people)
    .filter((each) => !biggest.includes(each))
    .slice(0, top);
  const rest =
    most.length === 0
      ? []
      : [
          '',
          'Of the others, those whose pay moves most for what it was',
          columnsText(columns, most.map(row), { indent: '  ', width }),
        ];
  return ['Biggest movers', text, ...more, ...rest].join('\n');
}
