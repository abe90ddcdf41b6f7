// Messages of the checks in seldom.ts: grids, calendars, scorecards, and targets of single people.

import type { Diagnostic, Related } from '../base/diagnostic.ts';
import type { Span } from '../base/source.ts';
import { error } from './rule-messages.ts';

export function keysOutOfOrder(span: Span, before: Span): Diagnostic {
  return error('M1418', span, 'a key of a grid must lie above the one before it', {
    related: [{ span: before, message: 'the key before' }],
    help: 'write the bounds from the lowest to the highest, each once',
  });
}

/** `words`: those of the list that the grid says nothing of; none where it reads any text. */
export function wordsLeftOut(span: Span, words: readonly string[]): Diagnostic {
  const which = words.map((each) => `\`${each}\``).join(', ');
  return error('M1419', span, `the grid says nothing of ${words.length === 0 ? 'other texts' : which}`, {
    help: 'add what is left out, or `otherwise` for the rest',
  });
}

export function rowOfOtherLength(span: Span, found: number, columns: number, heading: Span): Diagnostic {
  return error('M1420', span, `this row has ${counted(found, 'value')} for ${counted(columns, 'column')}`, {
    related: [{ span: heading, message: 'the heading' }],
    help: 'write one value for each column, with `|` between them',
  });
}

/** `rows`: what the keys of rows are called, `column` those of the columns. */
export function keysOfOtherNumber(
  span: Span,
  found: number,
  { rows, column }: { readonly rows: readonly string[]; readonly column: string },
): Diagnostic {
  const [first, ...others] = rows.map((each) => `\`${each}\``);
  const keys = [`a key for ${first}`, ...others.map((each) => `one for ${each}`)].join(' and ');
  const commas = others.length === 0 ? ' alone' : ', with a comma between them';
  return error(
    'M1421',
    span,
    `this row begins with ${counted(found, 'key')}, and its grid asks for ${rows.length}`,
    {
      help: `begin it with ${keys}${commas}: the columns are for \`${column}\``,
    },
  );
}

/** `what` in words: `these targets of revenue`. */
export function overridesOverlap(span: Span, kpi: string, whose: string, first: Span): Diagnostic {
  return error('M1424', span, `\`${whose}\` has two targets of \`${kpi}\` for the same days`, {
    related: [{ span: first, message: 'the other one' }],
    help: 'end the earlier one before the later one begins: `from … until …`',
  });
}

export function hoursOverlap(span: Span, first: Span, day: string): Diagnostic {
  return error('M1427', span, `these working hours overlap others of ${day}`, {
    related: [{ span: first, message: 'the other hours' }],
    help: 'write each hour once; several lines for a day make a break',
  });
}

export function scoreMayBeMissing(
  span: Span,
  kpi: string,
  why: string,
  { shown, related = [] }: { readonly shown: string; readonly related?: readonly Related[] },
): Diagnostic {
  return error('M1301', span, `the score of \`${kpi}\` can be missing`, {
    label: why,
    related,
    help: `say what counts then: \`${shown} missing counts 0%\``,
  });
}

/** `off` is a percent: how far the total is from 100%. */
export function weightsDontAddUp(span: Span, total: string, off: string, more: boolean): Diagnostic {
  const points = `${off.replace('%', '')} percentage point${off === '1%' ? '' : 's'}`;
  return error(
    'M1401',
    span,
    `the weights of the scorecard come to ${total}, ${points} ${more ? 'more' : 'less'} than 100%`,
    {
      help: 'make the weights come to exactly 100%',
    },
  );
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
