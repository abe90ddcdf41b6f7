// Two versions of a policy as a comment on a pull request: tables that GitHub shows, names that do nothing there, and
// never more than a comment may hold.

import type { Delta, DiffFigures, PersonDelta, PolicyChange, PolicyDiff } from '../model/diff.ts';
import { TOP } from './diff-text.ts';
import {
  amountCells,
  attributionText,
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
import { amountText } from './format.ts';
import { visible } from './terminal-text.ts';

/** What a comment holds at most, with room to spare. */
const MOST_LETTERS = 60_000;
/** Changes that are spelled out, lines of one of them, and letters of a line. */
const MOST_CHANGES = 40;
const MOST_LINES = 20;
const MOST_OF_LINE = 300;

/** The comparison as Markdown, ended by a line end; `top` is how many people and other lines are listed at most. */
export function diffMarkdown(diff: PolicyDiff, { top = TOP }: { readonly top?: number } = {}): string {
  const text = whole(diff, { top, changes: MOST_CHANGES });
  if (text.length <= MOST_LETTERS) return text;
  for (let less = Math.min(top, 100); less > 1; less = Math.floor(less / 2)) {
    const shorter = whole(diff, { top: less, changes: Math.min(MOST_CHANGES, less) });
    if (shorter.length <= MOST_LETTERS) return shorter;
  }
  return whole(diff, { top: 1, changes: 1 }).slice(0, MOST_LETTERS);
}

interface Shown {
  readonly top: number;
  readonly changes: number;
}

function whole(diff: PolicyDiff, shown: Shown): string {
  const { after, before, changes, words, proofs, figures } = diff;
  const title = after.title ?? after.policy;
  const blocks = [
    `## What changes in pay: ${inert(title)}`,
    ...(before.policy === after.policy
      ? []
      : [`From \`${code(before.policy)}\` to \`${code(after.policy)}\`.`]),
    ...(figures?.rejectsAllowed ? ['**Rows that could not be read were left out, as was asked for.**'] : []),
    ...(figures ? [headline(figures)] : []),
    ...(changes.length === 0
      ? ['Both versions say the same.']
      : ['### What changed', ...listed(changes, shown.changes, changeText, 'change')]),
    ...(figures && changes.length > 0 ? figureBlocks(diff, figures, shown) : []),
    ...folded('In words only', words.map(wordsText), shown),
    ...folded(
      'Tests and invariants',
      proofs.map((each) => `${changeName(each)}: ${changeHow(each)}`),
      shown,
    ),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function headline(figures: DiffFigures): string {
  const { total, currency } = figures;
  const amounts = `${amountText(total.before, currency)} → ${amountText(total.after, currency)} ${currency}`;
  return `**${inert(periodsText(figures))}**: total pay ${amounts} (**${deltaText(total.delta, currency)}**). ${capital(movedCount(figures))}.`;
}

function changeText(change: PolicyChange): string {
  const { id, lines, periods } = change;
  const when = periods === undefined ? '' : `, in ${inert(periods)}`;
  const title = `**${id}.** ${inert(changeName(change))}: ${inert(changeHow(change))}${when}`;
  const said = lines.flatMap(({ before, after }) => [
    ...(before === undefined ? [] : [`- ${cut(visible(before))}`]),
    ...(after === undefined ? [] : [`+ ${cut(visible(after))}`]),
  ]);
  if (said.length === 0) return title;
  const more = said.length > MOST_LINES ? [`… and ${said.length - MOST_LINES} more lines`] : [];
  const body = [...said.slice(0, MOST_LINES), ...more];
  // longer than any run of ticks within
  const fence = '`'.repeat(
    Math.max(3, ...body.flatMap((line) => (line.match(/`+/g) ?? []).map((run) => run.length + 1))),
  );
  return [title, '', `${fence}diff`, ...body, fence].join('\n');
}

function cut(line: string): string {
  return line.length <= MOST_OF_LINE ? line : `${line.slice(0, MOST_OF_LINE)}…`;
}

function listed<T>(
  items: readonly T[],
  most: number,
  text: (item: T) => string,
  noun: string,
): readonly string[] {
  const more = items.length - most;
  const rest = more > 0 ? [`… and ${more} more ${noun}${more === 1 ? '' : 's'}`] : [];
  return [...items.slice(0, most).map(text), ...rest];
}

function figureBlocks(diff: PolicyDiff, figures: DiffFigures, { top }: Shown): readonly string[] {
  const { currency, byPeriod, byRole, byLine, crossings } = figures;
  const amounts = (heading: string, rows: readonly (readonly [string, Delta])[]): readonly string[] =>
    rows.length === 0
      ? []
      : [
          table(
            [heading, 'Before', 'After', 'Delta'],
            rows
              .slice(0, Math.max(top, 50))
              .map(([name, delta]) => [inert(name), ...amountCells(delta, currency)]),
            rows.length - Math.max(top, 50),
          ),
        ];
  const people = movers(figures);
  const moving = byLine.filter(({ delta }) => delta !== '0');
  return [
    '### Why',
    table(
      ['#', 'Cause', `Delta, ${currency}`, 'People'],
      figures.causes
        .slice(0, 50)
        .map(({ changes, delta, people: count }) => [
          changes.join(', '),
          inert(causeName(changes, diff)),
          count === 0 ? 'moves nobody' : deltaText(delta, currency),
          count === 0 ? '' : String(count),
        ]),
      figures.causes.length - 50,
    ),
    attributionText(figures),
    '### What it moves',
    ...(byPeriod.length < 2
      ? []
      : amounts(
          'Period',
          byPeriod.map((each) => [each.period, each] as const),
        )),
    ...amounts(
      'Role',
      byRole.map((each) => [each.role ?? 'of no role', each] as const),
    ),
    ...amounts(
      'Line of pay',
      moving.map((each) => [lineName(each), each] as const),
    ),
    ...(people.length === 0
      ? []
      : [
          '### Biggest movers',
          table(
            ['Person', 'Before', 'After', 'Delta', '', 'By which change'],
            people.slice(0, top).map((each) => moverCells(each, figures)),
            people.length - top,
          ),
        ]),
    ...folded(`What falls out otherwise (${crossings.length})`, byWeight(crossings).map(crossingLine), {
      top,
      changes: top,
    }),
  ];
}

function moverCells(each: PersonDelta, figures: DiffFigures): readonly string[] {
  return [
    inert(moverName(each)),
    ...amountCells(each, figures.currency),
    relativeText(each.relative),
    whyTexts(each, figures).join('<br>'),
  ];
}

/** Figures to the right; cells are finished Markdown without line ends. */
function table(headings: readonly string[], rows: readonly (readonly string[])[], more: number): string {
  const rights = headings.map((_, at) =>
    rows.every((row) => /^[-+−]?[0-9 ,.…%]*$/.test(row[at] ?? '')) ? '---:' : '---',
  );
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const rest = more > 0 ? [row([`… and ${more} more`, ...headings.slice(1).map(() => '')])] : [];
  return [row(headings), row(rights), ...rows.map(row), ...rest].join('\n');
}

/** Lines that unfold; the title is ours, and no Markdown. */
function folded(title: string, lines: readonly string[], { top }: Shown): readonly string[] {
  if (lines.length === 0) return [];
  const items = listed(lines, top, (line) => `- ${inert(cut(line))}`, 'line');
  return [`<details><summary>${title}</summary>\n\n${items.join('\n')}\n\n</details>`];
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** Text as it stands: no marks, no cells, no mentions, links or references. */
export function inert(text: string): string {
  return visible(text.replace(/\s+/g, ' '))
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/[\\`*_{}[\]()|~!]/g, (mark) => `\\${mark}`)
    .replace(/^(?:[-+=]|[0-9]*\.)/, (mark) => `${mark.slice(0, -1)}\\${mark.slice(-1)}`)
    .replace(/[@#]|:(?=\/\/)|(?<=www|WWW)\.|\b[Gg][Hh]-/g, (mark) => `${mark}<!-- -->`);
}

function code(text: string): string {
  return visible(text.replace(/\s+/g, ' ')).replaceAll('`', "'");
}
